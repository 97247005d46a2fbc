//! Commands on spans. Each returns the span that the person is at afterwards
//! and how many spans it concerns.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::{entity, quotation};
use crate::document::{Document, Origin, Rejection, Span, SpanId, Status};
use crate::scheme::{CUE, Label, QUOTE, SPEAKER};
use crate::text::{ByteSpan, trim};

type Touched = (Option<SpanId>, usize);

/// Labels a stretch. The same label on the same stretch accepts what is there.
pub fn label(draft: &mut Draft, range: ByteSpan, label: &Label) -> Touched {
    let document = draft.document();
    let range = trim(document.text(), range);
    if range.is_empty() {
        return (None, 0);
    }
    if *label == QUOTE {
        return quotation::quote(draft, range);
    }
    if let Some(id) = document.find(range, label) {
        return accept(draft, id);
    }
    let mut span = Span::by_person(range, label.clone());
    if entity::takes_entity(label) {
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
    if span.label == QUOTE && *label != QUOTE {
        quotation::dissolve(draft, id);
    }
    let who = match (entity::takes_entity(label), span.entity) {
        (false, _) => None,
        (true, Some(entity)) if *label == QUOTE || !entity::is_alone(draft, id, entity) => {
            Some(entity)
        }
        (true, _) => Some(entity::of_words(draft, span.range, label)),
    };
    if let Some(refused) = refusal(&span) {
        draft.set_rejected(refused, true);
    }
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
        && entity.name == draft.document().words(&span)
    {
        entity.name = range.of(draft.document().text()).to_owned();
        draft.put_entity(who, entity);
    }
    draft.put_span(id, Span { range, origin: Origin::Person, status: Status::Accepted, ..span });
    (Some(id), 1)
}

/// Removes a span, of a quotation with the cue and speaker that serve no other.
pub fn remove(draft: &mut Draft, id: SpanId) -> Touched {
    let mut count = 0;
    for part in quotation::parts(draft, id) {
        let Some(span) = draft.span(part).cloned() else { continue };
        if let Some(refused) = refusal(&span) {
            draft.set_rejected(refused, true);
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
        if let Some(span) = draft.span(*id).cloned() {
            if let Some(refused) = refusal(&span) {
                draft.set_rejected(refused, true);
            }
            draft.drop_span(*id);
        }
    }
    (None, proposed.len())
}

/// Writes a remark; an empty one removes it.
pub fn note(draft: &mut Draft, id: SpanId, note: &str) -> Touched {
    let note = note.trim();
    draft.change_span(id, |s| s.note = (!note.is_empty()).then(|| note.to_owned()));
    (Some(id), 1)
}

fn proposed(document: &Document) -> BTreeSet<SpanId> {
    document.spans().filter(|(_, s)| s.status == Status::Proposed).map(|(id, _)| id).collect()
}

fn accept_one(draft: &mut Draft, id: SpanId) -> bool {
    let fresh = draft.span(id).is_some_and(|s| s.status == Status::Proposed);
    if fresh {
        draft.change_span(id, |s| s.status = Status::Accepted);
    }
    fresh
}

/// What is refused when an engine's proposal is removed or changed. Cues and
/// speakers come with their quotation, so they are not remembered alone.
fn refusal(span: &Span) -> Option<Rejection> {
    (span.origin == Origin::Engine && span.label != CUE && span.label != SPEAKER)
        .then(|| Rejection { range: span.range, label: span.label.clone() })
}
