//! Spans that overlap as elements that nest: what markup needs.
//!
//! Where two spans cross, the one that was opened later is cut into pieces.

use crate::text::{ByteSpan, order};

/// What comes next in the markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// A piece of the span of this index opens; pieces count from 0.
    Open { span: usize, piece: usize },
    /// Text.
    Text(ByteSpan),
    /// The piece that was opened last closes.
    Close,
}

/// The markup of a text of `len` bytes, and how many pieces each span has.
pub(super) fn events(len: usize, spans: &[ByteSpan]) -> (Vec<Event>, Vec<usize>) {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order::sort_by_key(&mut order, |i| (spans[*i], *i));
    let mut bounds: Vec<usize> = spans.iter().flat_map(|s| [s.start, s.end]).collect();
    bounds.extend([0, len]);
    order::sort_by(&mut bounds, Ord::cmp);
    bounds.dedup();
    let mut pieces = vec![0; spans.len()];
    let mut events = Vec::new();
    let mut stack: Vec<usize> = Vec::new();
    let mut next = order.into_iter().peekable();
    let mut from = 0;
    for at in bounds {
        if from < at {
            events.push(Event::Text(ByteSpan::new(from, at)));
            from = at;
        }
        let keep = stack.iter().position(|i| spans[*i].end <= at).unwrap_or(stack.len());
        let mut opening: Vec<usize> = stack.split_off(keep);
        events.extend(opening.iter().map(|_| Event::Close));
        opening.retain(|i| spans[*i].end > at);
        while let Some(span) = next.next_if(|i| spans[*i].start == at) {
            opening.push(span);
        }
        // What ends last opens first; of equals, what stood first.
        order::sort_by_key(&mut opening, |i| std::cmp::Reverse(spans[*i].end));
        for span in opening {
            events.push(Event::Open { span, piece: pieces[span] });
            pieces[span] += 1;
            stack.push(span);
        }
    }
    (events, pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossing_spans_are_cut() {
        let spans = [ByteSpan::new(0, 3), ByteSpan::new(2, 5), ByteSpan::new(2, 3)];
        let (events, pieces) = events(6, &spans);
        assert_eq!(pieces, [1, 2, 1]);
        let text = |start, end| Event::Text(ByteSpan::new(start, end));
        let open = |span, piece| Event::Open { span, piece };
        let wanted = [
            open(0, 0),
            text(0, 2),
            open(1, 0),
            open(2, 0),
            text(2, 3),
            Event::Close,
            Event::Close,
            Event::Close,
            open(1, 1),
            text(3, 5),
            Event::Close,
            text(5, 6),
        ];
        assert_eq!(events, wanted);
    }
}
