//! Commands on quotations. A quotation is one object: its content (QUOTE),
//! its cue and its speaker, tied by relations, and the entity who says it.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::{entity, span};
use crate::document::{Document, EntityId, KIND, Origin, Rejection, Span, SpanId, Status};
use crate::engine::quotations::Carved;
use crate::scheme::{CUE, Label, QUOTE, QuoteKind, SPEAKER, relation};
use crate::text::{ByteSpan, order, trim};

type Touched = (Option<SpanId>, usize);

/// A stretch as a quotation without a known cue or speaker; its kind by the
/// marks in and around it.
pub fn plain(text: &str, range: ByteSpan) -> Carved {
    let content = trim(text, range);
    let is_mark = |c: &char| "«»“”\"‹›".contains(*c);
    let words = content.of(text);
    let ends = |words: &str| words.starts_with(|c| is_mark(&c)) && words.ends_with(|c| is_mark(&c));
    let around = text[..content.start].trim_end().ends_with(|c| is_mark(&c))
        && text[content.end..].trim_start().starts_with(|c| is_mark(&c));
    let kind = match words.chars().filter(is_mark).count() {
        0 if !around => QuoteKind::Indirect,
        0 => QuoteKind::Direct,
        2 if ends(words) => QuoteKind::Direct,
        _ => QuoteKind::Mixed,
    };
    Carved { content, kind, cue: None, speaker: None }
}

/// Makes a quotation of what a person selected.
pub fn quote(draft: &mut Draft, carved: &Carved) -> Touched {
    let document = draft.document();
    if trim(document.text(), carved.content).is_empty() {
        return (None, 0);
    }
    let label = Label::new(QUOTE);
    if let Some(id) = document.find(carved.content, &label) {
        return span::accept(draft, id);
    }
    let mut content = Span::by_person(carved.content, label.clone());
    content.attributes.insert(KIND.to_owned(), carved.kind.name().to_owned());
    draft.set_rejected(Rejection { range: carved.content, label }, false);
    let id = draft.add_span(content);
    if let Some(cue) = carved.cue {
        set_cue(draft, id, Some(cue));
    }
    if let Some(speaker) = carved.speaker {
        set_speaker(draft, id, Some(speaker));
    }
    (Some(id), 1)
}

/// Gives a span that became a quotation what a quotation has.
pub fn complete(draft: &mut Draft, id: SpanId) {
    let Some(range) = draft.span(id).map(|s| s.range) else { return };
    let carved = plain(draft.document().text(), range);
    draft.change_span(id, |s| {
        s.attributes.entry(KIND.to_owned()).or_insert_with(|| carved.kind.name().to_owned());
    });
}

/// Takes a quotation's cue, speaker and kind from it, before it becomes
/// something else.
pub fn dissolve(draft: &mut Draft, id: SpanId) {
    for part in parts(draft, id).into_iter().filter(|part| *part != id) {
        draft.drop_span(part);
    }
    for label in [relation::CUE, relation::SPEAKER, relation::NEXT] {
        for (link, _) in draft.links(id, label) {
            draft.unlink(link);
        }
    }
    for (link, _) in draft.linked_from(id) {
        draft.unlink(link);
    }
    draft.change_span(id, |s| {
        s.attributes.remove(KIND);
    });
}

/// Says how a quotation is reported; a person stands behind it then.
pub fn set_kind(draft: &mut Draft, id: SpanId, kind: QuoteKind) -> Touched {
    if !is_quotation(draft, id) {
        return (None, 0);
    }
    draft.change_span(id, |s| {
        s.attributes.insert(KIND.to_owned(), kind.name().to_owned());
    });
    stand_behind(draft, id);
    (Some(id), 1)
}

/// Says which words report a quotation; `None` for no words.
pub fn set_cue(draft: &mut Draft, id: SpanId, range: Option<ByteSpan>) -> Touched {
    if !is_quotation(draft, id) {
        return (None, 0);
    }
    set_part(draft, id, relation::CUE, CUE, range);
    (Some(id), 1)
}

/// Says which words name a quotation's source, and so who says it.
pub fn set_speaker(draft: &mut Draft, id: SpanId, range: Option<ByteSpan>) -> Touched {
    if !is_quotation(draft, id) {
        return (None, 0);
    }
    if let Some(part) = set_part(draft, id, relation::SPEAKER, SPEAKER, range) {
        let who = draft.span(part).and_then(|s| s.entity).or_else(|| source(draft, id, part));
        draft.change_span(part, |s| s.entity = who);
        draft.change_span(id, |s| s.entity = who);
    }
    (Some(id), 1)
}

/// Says that a quotation goes on in `next`, or in none.
pub fn set_next(draft: &mut Draft, id: SpanId, next: Option<SpanId>) -> Touched {
    if !is_quotation(draft, id) || next == Some(id) {
        return (None, 0);
    }
    for (link, _) in draft.links(id, relation::NEXT) {
        draft.unlink(link);
    }
    if let Some(next) = next.filter(|next| is_quotation(draft, *next)) {
        draft.link(relation::NEXT, id, next);
    }
    stand_behind(draft, id);
    // The person stays where they are: most often at the next one.
    (None, 1)
}

/// The span and, of a quotation, its cue and speaker.
pub fn whole(draft: &Draft, id: SpanId) -> BTreeSet<SpanId> {
    let mut all = order::set([id]);
    for label in [relation::CUE, relation::SPEAKER] {
        all.extend(draft.links(id, label).into_iter().map(|(_, to)| to));
    }
    all
}

/// The span and, of a quotation, the cue and speaker that serve no other.
pub fn parts(draft: &Draft, id: SpanId) -> BTreeSet<SpanId> {
    let mut all = whole(draft, id);
    all.retain(|part| *part == id || is_part_of(draft, *part, id));
    all
}

/// Whether a span is only there as the cue or the speaker of `quote`. A
/// mention that is linked as a speaker is more than that.
fn is_part_of(draft: &Draft, part: SpanId, quote: SpanId) -> bool {
    draft.span(part).is_some_and(|s| s.label == CUE || s.label == SPEAKER)
        && draft.linked_from(part).iter().all(|(_, from)| *from == quote)
}

fn is_quotation(draft: &Draft, id: SpanId) -> bool {
    draft.span(id).is_some_and(|s| s.label == QUOTE)
}

/// A person changed it: it is theirs, and they stand behind all of it.
pub fn stand_behind(draft: &mut Draft, id: SpanId) {
    draft.change_span(id, |s| s.origin = Origin::Person);
    for part in whole(draft, id) {
        draft.change_span(part, |s| s.status = Status::Accepted);
    }
}

/// Sets the cue or the speaker; the span in that place.
fn set_part(
    draft: &mut Draft,
    id: SpanId,
    link: &str,
    label: &str,
    range: Option<ByteSpan>,
) -> Option<SpanId> {
    let range = range.map(|r| trim(draft.document().text(), r)).filter(|r| !r.is_empty());
    for (relation, old) in draft.links(id, link) {
        if draft.span(old).map(|s| s.range) == range && range.is_some() {
            stand_behind(draft, id);
            return Some(old);
        }
        let alone = is_part_of(draft, old, id);
        draft.unlink(relation);
        if alone {
            draft.drop_span(old);
        }
    }
    let part = range.map(|range| {
        let label = Label::new(label);
        let there = draft.document().find(range, &label).filter(|id| draft.span(*id).is_some());
        draft.set_rejected(Rejection { range, label: label.clone() }, false);
        let part = there.unwrap_or_else(|| draft.add_span(Span::by_person(range, label)));
        draft.link(link, id, part);
        part
    });
    stand_behind(draft, id);
    part
}

/// Who a speaker phrase stands for: the entity that is mentioned in it, a
/// person before a body before a place; for a pronoun, who spoke last before;
/// else somebody new.
fn source(draft: &mut Draft, quote: SpanId, part: SpanId) -> Option<EntityId> {
    let range = draft.span(part)?.range;
    let document = draft.document();
    let rank = |label: &Label| match label.as_str() {
        "PERSON" => 0,
        "ORG" => 1,
        "ROLE" => 2,
        "PLACE" => 3,
        _ => 4,
    };
    let inside = document
        .spans()
        .filter(|(id, s)| *id != quote && range.contains(s.range))
        .filter(|(_, s)| s.label != QUOTE && s.label != CUE)
        .filter_map(|(_, s)| Some((rank(&s.label), s.range.start, s.entity?)))
        .min();
    if let Some((_, _, entity)) = inside {
        return Some(entity);
    }
    let words = range.of(document.text());
    if is_pronoun(words) {
        return last_sayer(document, range.start);
    }
    Some(entity::of_words(draft, range, &Label::new(SPEAKER)))
}

fn is_pronoun(words: &str) -> bool {
    const PRONOUNS: [&str; 12] = [
        "il",
        "elle",
        "ils",
        "elles",
        "on",
        "lui",
        "celui-ci",
        "celle-ci",
        "ceux-ci",
        "celles-ci",
        "ce dernier",
        "cette dernière",
    ];
    PRONOUNS.contains(&words.to_lowercase().as_str())
}

fn last_sayer(document: &Document, before: usize) -> Option<EntityId> {
    document
        .spans()
        .filter(|(_, s)| s.label == QUOTE && s.range.end <= before)
        .max_by_key(|(_, s)| s.range.end)
        .and_then(|(_, s)| s.entity)
}
