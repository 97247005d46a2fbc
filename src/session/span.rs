//! Commands on spans. Each returns the span that the person is at afterwards
//! and how many spans it concerns.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::{entity, quotation};
use crate::document::{Document, Origin, Rejection, Span, SpanId, Status};
use crate::scheme::{CUE, Label, QUOTE, SPEAKER};
use crate::text::{ByteSpan, order, trim};

type Touched = (Option<SpanId>, usize);

/// Labels a stretch. The same label on the same stretch accepts what is there.
pub fn label(draft: &mut Draft, range: ByteSpan, label: &Label) -> Touched {
    let document = draft.document();
    let range = trim(document.text(), range);
    if range.is_empty() {
        return (None, 0);
    }
    if *label == QUOTE {
        let plain = quotation::plain(document.text(), range);
        return quotation::quote(draft, &plain);
    }
    if let Some(id) = document.find(range, label) {
        return accept(draft, id);
    }
    let mut span = Span::by_person(range, label.clone());
    if draft.takes_entity(label) {
        span.entity = Some(entity::of_words(draft, range, label));
    }
    draft.set_rejected(Rejection { range, label: label.clone() }, false);
    (Some(draft.add_span(span)), 1)
}

/// Proposes the span's label wherever its words stand as whole words and no
/// span with this label is; refused places stay free.
pub fn label_everywhere(draft: &mut Draft, id: SpanId) -> Touched {
    let document = draft.document();
    let Some(model) = document.span(id) else { return (None, 0) };
    let taken: Vec<ByteSpan> =
        document.spans().filter(|(_, s)| s.label == model.label).map(|(_, s)| s.range).collect();
    let mut count = 0;
    for range in occurrences(document, document.words(model)) {
        let refused =
            document.rejected().contains(&Rejection { range, label: model.label.clone() });
        if refused || taken.iter().any(|t| t.overlaps(range)) {
            continue;
        }
        draft.add_span(Span {
            range,
            origin: Origin::Person,
            status: Status::Proposed,
            score: None,
            note: None,
            ..model.clone()
        });
        count += 1;
    }
    (Some(id), count)
}

/// The places where `words` stand as whole words.
pub fn occurrences(document: &Document, words: &str) -> Vec<ByteSpan> {
    let text = document.text();
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(words)
        .map(|(at, found)| ByteSpan::new(at, at + found.len()))
        .filter(|r| {
            !inside(text[..r.start].chars().next_back()) && !inside(text[r.end..].chars().next())
        })
        .collect()
}

/// Gives a span another label; a person stands behind it then.
pub fn relabel(draft: &mut Draft, id: SpanId, label: &Label) -> Touched {
    let Some(span) = draft.span(id).cloned() else { return (None, 0) };
    if span.label == *label {
        return accept(draft, id);
    }
    let was_quotation = span.label == QUOTE;
    if was_quotation {
        quotation::dissolve(draft, id);
    }
    let who = match span.entity {
        _ if !draft.takes_entity(label) => None,
        // Whom a mention is about does not say who speaks, nor the reverse.
        _ if *label == QUOTE => None,
        Some(entity) if !was_quotation && !entity::is_alone(draft, id, entity) => Some(entity),
        _ => Some(entity::of_words(draft, span.range, label)),
    };
    if let Some(refused) = refusal(&span) {
        draft.set_rejected(refused, true);
    }
    draft.set_rejected(Rejection { range: span.range, label: label.clone() }, false);
    let kept = draft.span(id).cloned().unwrap_or(span);
    draft.put_span(
        id,
        Span {
            label: label.clone(),
            entity: who,
            origin: Origin::Person,
            status: Status::Accepted,
            ..kept
        },
    );
    if *label == QUOTE {
        quotation::complete(draft, id);
    }
    (Some(id), 1)
}

/// Moves a span's bounds; a person stands behind it then. White space at the
/// ends is left out, an empty span is refused.
pub fn resize(draft: &mut Draft, id: SpanId, range: ByteSpan) -> Touched {
    let range = trim(draft.document().text(), range);
    let Some(span) = draft.span(id).cloned() else { return (None, 0) };
    if range.is_empty() || range == span.range {
        return (Some(id), 0);
    }
    if let Some(refused) = refusal(&span) {
        draft.set_rejected(refused, true);
    }
    let unnamed = span.entity.filter(|e| entity::is_alone(draft, id, *e));
    if let Some(who) = unnamed
        && span.label != QUOTE
        && let Some(mut entity) = draft.document().entity(who).cloned()
        && entity.name == entity::name_of(draft.document().words(&span))
    {
        entity.name = entity::name_of(range.of(draft.document().text())).to_owned();
        draft.put_entity(who, entity);
    }
    draft.set_rejected(Rejection { range, label: span.label.clone() }, false);
    draft.put_span(id, Span { range, ..span });
    quotation::stand_behind(draft, id);
    (Some(id), 1)
}

/// Removes a span, of a quotation with the cue and speaker that serve no other.
/// Its label does not come back there, whoever had given it.
pub fn remove(draft: &mut Draft, id: SpanId) -> Touched {
    let mut count = 0;
    for part in quotation::parts(draft, id) {
        let Some(span) = draft.span(part).cloned() else { continue };
        // A cue or speaker that goes with its quotation is not refused alone.
        if part == id || !is_part(&span) {
            draft.set_rejected(rejection(&span), true);
        }
        draft.drop_span(part);
        count += 1;
    }
    (None, count)
}

/// Stands behind a span, of a quotation with its cue and speaker.
pub fn accept(draft: &mut Draft, id: SpanId) -> Touched {
    let mut count = 0;
    for part in quotation::whole(draft, id) {
        count += usize::from(accept_one(draft, part));
    }
    (draft.span(id).map(|_| id), count)
}

/// Stands behind all that is proposed.
pub fn accept_all(draft: &mut Draft) -> Touched {
    let proposed = proposed(draft.document());
    for id in &proposed {
        accept_one(draft, *id);
    }
    (None, proposed.len())
}

/// Refuses all that is proposed. A proposed cue or speaker of a quotation
/// that a person stands behind goes as well: it is still a proposal.
pub fn reject_all(draft: &mut Draft) -> Touched {
    let proposed = proposed(draft.document());
    for id in &proposed {
        if let Some(span) = draft.span(*id)
            && !is_part(span)
        {
            let refused = rejection(span);
            draft.set_rejected(refused, true);
        }
    }
    draft.drop_spans(&proposed);
    (None, proposed.len())
}

/// Writes a remark; an empty one removes it.
pub fn note(draft: &mut Draft, id: SpanId, note: &str) -> Touched {
    draft.change_span(id, |s| s.note = remark(note));
    (Some(id), 1)
}

/// A remark as it is kept: `None` where nothing is said.
pub fn remark(note: &str) -> Option<String> {
    let note = note.trim();
    (!note.is_empty()).then(|| note.to_owned())
}

fn proposed(document: &Document) -> BTreeSet<SpanId> {
    order::set(document.spans().filter(|(_, s)| s.status == Status::Proposed).map(|(id, _)| id))
}

fn accept_one(draft: &mut Draft, id: SpanId) -> bool {
    let fresh = draft.span(id).is_some_and(|s| s.status == Status::Proposed);
    if fresh {
        draft.change_span(id, |s| s.status = Status::Accepted);
    }
    fresh
}

/// What is refused when an engine's proposal is changed. Cues and speakers
/// stay with their quotation then, which the engine does not propose again.
fn refusal(span: &Span) -> Option<Rejection> {
    (span.origin == Origin::Engine && !is_part(span)).then(|| rejection(span))
}

fn rejection(span: &Span) -> Rejection {
    Rejection { range: span.range, label: span.label.clone() }
}

fn is_part(span: &Span) -> bool {
    span.label == CUE || span.label == SPEAKER
}
