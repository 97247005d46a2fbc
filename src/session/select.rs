//! Where a selection or a bound goes when a key moves it.

use crate::text::{
    ByteSpan, next_char, next_word, previous_char, previous_word, snap_to_words, trim,
};

/// How far one press of an arrow key goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// To the next word; selections snap to whole words.
    #[default]
    Word,
    /// To the next user-perceived character; selections are exact.
    Character,
}

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// To what comes before.
    Back,
    /// To what comes next.
    Forth,
    /// The selection's end goes back, its start stays.
    Shrink,
    /// The selection's end goes on, its start stays.
    Extend,
    /// To the same place in the line above (a paragraph of the text).
    LineBack,
    /// To the same place in the line below.
    LineForth,
}

/// A bound of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Where it starts.
    Start,
    /// Where it ends.
    End,
}

/// The selection after a move; from nowhere, the first word of the text.
pub fn moved(text: &str, from: Option<ByteSpan>, to: Move, step: Step) -> ByteSpan {
    let Some(from) = from else { return unit_at(text, 0, step) };
    match to {
        Move::Back => unit_at(text, back(text, from.start, step), step),
        Move::Forth => {
            let next = forth(text, from.start, step);
            if next >= text.len() { from } else { unit_at(text, next, step) }
        }
        Move::LineBack => unit_at(text, line_start(text, from.start, Move::LineBack), step),
        Move::LineForth => unit_at(text, line_start(text, from.start, Move::LineForth), step),
        Move::Extend => moved_edge(text, from, Edge::End, Move::Forth, step),
        Move::Shrink => moved_edge(text, from, Edge::End, Move::Back, step),
    }
}

/// `range` with one bound moved by one step; it never becomes empty.
pub fn moved_edge(text: &str, range: ByteSpan, edge: Edge, to: Move, step: Step) -> ByteSpan {
    let moved = match (edge, to) {
        (Edge::Start, Move::Back) => ByteSpan::new(back(text, range.start, step), range.end),
        (Edge::Start, _) => {
            let start = forth(text, range.start, step);
            if start >= range.end {
                return range;
            }
            ByteSpan::new(start, range.end)
        }
        (Edge::End, Move::Back) => {
            // A range within one word starts after what lies a word back.
            let end = back(text, range.end, step).max(range.start);
            let end = trim(text, ByteSpan::new(range.start, end)).end;
            if end <= range.start {
                return range;
            }
            ByteSpan::new(range.start, end)
        }
        (Edge::End, _) => {
            let end = match step {
                Step::Character => next_char(text, range.end),
                // The end of the word that starts at or after the end.
                Step::Word => {
                    let rest = &text[range.end..];
                    let skipped = rest.len() - rest.trim_start().len();
                    let at = range.end + skipped;
                    if at >= text.len() { range.end } else { piece_end(text, at) }
                }
            };
            ByteSpan::new(range.start, end)
        }
    };
    if trim(text, moved).is_empty() { range } else { moved }
}

/// The end of the word or mark at `at`.
fn piece_end(text: &str, at: usize) -> usize {
    let snapped = snap_to_words(text, ByteSpan::new(at, next_char(text, at)));
    if snapped.end > at { snapped.end } else { next_char(text, at) }
}

fn unit_at(text: &str, at: usize, step: Step) -> ByteSpan {
    match step {
        Step::Word => snap_to_words(text, ByteSpan::new(at, next_char(text, at).max(at))),
        Step::Character => ByteSpan::new(at, next_char(text, at)),
    }
}

fn back(text: &str, at: usize, step: Step) -> usize {
    match step {
        Step::Word => previous_word(text, at),
        Step::Character => previous_char(text, at),
    }
}

fn forth(text: &str, at: usize, step: Step) -> usize {
    match step {
        Step::Word => next_word(text, at),
        Step::Character => next_char(text, at),
    }
}

/// The start of the nearest line with text before or after the line of `at`.
fn line_start(text: &str, at: usize, to: Move) -> usize {
    let this = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let found = match to {
        Move::LineBack => {
            let before = text[..this].trim_end();
            if before.is_empty() {
                return this;
            }
            before.rfind('\n').map_or(0, |n| n + 1)
        }
        _ => {
            let Some(end) = text[at..].find('\n') else { return this };
            let rest = &text[at + end..];
            let blank = rest.len() - rest.trim_start().len();
            if at + end + blank >= text.len() {
                return this;
            }
            at + end + blank
        }
    };
    found + (text[found..].len() - text[found..].trim_start().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Selon l’Etat, rien.\n\nLin Jian parle";

    fn at(part: &str) -> ByteSpan {
        let start = TEXT.find(part).unwrap();
        ByteSpan::new(start, start + part.len())
    }

    #[test]
    fn from_word_to_word() {
        let first = moved(TEXT, None, Move::Forth, Step::Word);
        assert_eq!(first, at("Selon"));
        let second = moved(TEXT, Some(first), Move::Forth, Step::Word);
        assert_eq!(second.of(TEXT), "l’");
        let third = moved(TEXT, Some(second), Move::Forth, Step::Word);
        assert_eq!(third, at("Etat"));
        assert_eq!(moved(TEXT, Some(third), Move::Back, Step::Word), second);
        assert_eq!(moved(TEXT, Some(third), Move::LineForth, Step::Word), at("Lin"));
        assert_eq!(moved(TEXT, Some(at("Jian")), Move::LineBack, Step::Word), first);
        assert_eq!(moved(TEXT, Some(at("parle")), Move::Forth, Step::Word), at("parle"));
    }

    #[test]
    fn a_selection_grows_and_shrinks_by_its_end() {
        let grown = moved(TEXT, Some(at("Lin")), Move::Extend, Step::Word);
        assert_eq!(grown, at("Lin Jian"));
        assert_eq!(moved(TEXT, Some(grown), Move::Shrink, Step::Word), at("Lin"));
        assert_eq!(moved(TEXT, Some(at("Lin")), Move::Shrink, Step::Word), at("Lin"));
        let exact = moved(TEXT, Some(at("Lin")), Move::Shrink, Step::Character);
        assert_eq!(exact, at("Li"));
    }

    #[test]
    fn a_range_within_a_word_stays_when_it_is_shrunk_by_words() {
        let range = ByteSpan::new(1, 3);
        assert_eq!(moved_edge("Lyonnais", range, Edge::End, Move::Back, Step::Word), range);
    }

    #[test]
    fn bounds_move_alone() {
        let span = at("Etat, rien");
        assert_eq!(moved_edge(TEXT, span, Edge::Start, Move::Forth, Step::Word), at("rien"));
        assert_eq!(moved_edge(TEXT, at("rien"), Edge::Start, Move::Back, Step::Word), span);
        assert_eq!(moved_edge(TEXT, at("rien"), Edge::Start, Move::Forth, Step::Word), at("rien"));
        assert_eq!(moved_edge(TEXT, at("rien"), Edge::End, Move::Forth, Step::Word), at("rien."));
        let end = ByteSpan::new(TEXT.len() - 5, TEXT.len());
        assert_eq!(moved_edge(TEXT, end, Edge::End, Move::Forth, Step::Word), end);
    }
}
