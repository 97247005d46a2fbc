//! Commands on entities: who or what the mentions are about.

use super::draft::Draft;
use super::quotation;
use crate::document::{EntityId, SpanId};
use crate::scheme::{Label, relation};
use crate::text::{ByteSpan, order};

type Touched = (Option<SpanId>, usize);

/// The entity for a new mention: the one whose name, or one of whose mentions
/// with this label, is these words; else a new one.
pub fn of_words(draft: &mut Draft, range: ByteSpan, label: &Label) -> EntityId {
    let document = draft.document();
    let words = name_of(range.of(document.text()));
    let same_name =
        document.entities().find(|(_, e)| e.label == *label && e.name == words).map(|(id, _)| id);
    let same_mention = || {
        document
            .spans()
            .find(|(_, s)| s.label == *label && document.words(s) == words)
            .and_then(|(_, s)| s.entity)
    };
    same_name.or_else(same_mention).unwrap_or_else(|| draft.add_entity(words, label.clone()))
}

/// Whether `span` is the only one of `entity`.
pub fn is_alone(draft: &Draft, span: SpanId, entity: EntityId) -> bool {
    !draft.document().spans().any(|(id, s)| id != span && s.entity == Some(entity))
}

/// Says who a mention is about, or whose a quotation is. A quotation and its
/// speaker phrase always agree.
pub fn assign(draft: &mut Draft, id: SpanId, who: Option<EntityId>) -> Touched {
    let Some(span) = draft.span(id).cloned() else { return (None, 0) };
    if !draft.takes_entity(&span.label) || who.is_some_and(|w| draft.document().entity(w).is_none())
    {
        return (Some(id), 0);
    }
    give(draft, id, who);
    (Some(id), 1)
}

/// Says that a mention is about somebody not yet listed, named by its words
/// (of a quotation, by its speaker's).
pub fn assign_new(draft: &mut Draft, id: SpanId) -> Touched {
    let Some(span) = draft.span(id).cloned() else { return (None, 0) };
    if !draft.takes_entity(&span.label) {
        return (Some(id), 0);
    }
    let speaker = draft.links(id, relation::SPEAKER).first().map(|(_, to)| *to);
    let named = speaker.and_then(|s| draft.span(s).cloned()).unwrap_or_else(|| span.clone());
    let name = name_of(named.range.of(draft.document().text())).to_owned();
    let who = draft.add_entity(&name, named.label.clone());
    give(draft, id, Some(who));
    (Some(id), 1)
}

/// Gives an entity another name.
pub fn rename(draft: &mut Draft, id: EntityId, name: &str) -> Touched {
    let name = name.trim();
    if let Some(mut entity) = draft.document().entity(id).cloned()
        && !name.is_empty()
    {
        name.clone_into(&mut entity.name);
        draft.put_entity(id, entity);
        return (None, 1);
    }
    (None, 0)
}

/// Says that `from` is `into`: all its mentions move.
pub fn merge(draft: &mut Draft, from: EntityId, into: EntityId) -> Touched {
    let document = draft.document();
    if from == into || document.entity(from).is_none() || document.entity(into).is_none() {
        return (None, 0);
    }
    let moved: Vec<SpanId> =
        document.spans().filter(|(_, s)| s.entity == Some(from)).map(|(id, _)| id).collect();
    for id in &moved {
        draft.change_span(*id, |s| s.entity = Some(into));
    }
    draft.drop_entity(from);
    (None, moved.len())
}

/// A source phrase without its article is the plain name of the source.
pub fn name_of(words: &str) -> &str {
    const ARTICLES: [&str; 8] = ["le ", "la ", "les ", "l'", "l’", "un ", "une ", "des "];
    ARTICLES
        .iter()
        .find(|a| words.len() > a.len() && words.starts_with(**a))
        .map_or(words, |a| &words[a.len()..])
}

/// Quotations and speaker phrases that are tied to each other go together.
fn give(draft: &mut Draft, id: SpanId, who: Option<EntityId>) {
    let mut tied = order::set([id]);
    tied.extend(draft.links(id, relation::SPEAKER).into_iter().map(|(_, speaker)| speaker));
    for speaker in tied.clone() {
        tied.extend(draft.links_to(speaker, relation::SPEAKER).into_iter().map(|(_, q)| q));
    }
    for id in tied {
        draft.change_span(id, |s| s.entity = who);
        quotation::stand_behind(draft, id);
    }
}
