//! The engine's proposals become spans, relations and entities of a document.
//!
//! What a person did outranks the engine: their spans and entities stay as
//! they are, a refused proposal does not come back, and a proposal that
//! overlaps an accepted span of its own family (entities, quotations) is left
//! out. Proposals of an earlier tagging that nobody touched are replaced; one
//! that comes again keeps its id, and who it is about.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use crate::document::{Document, EntityId, KIND, Origin, Rejection, Span, SpanId, Status};
use crate::engine::Analysis;
use crate::scheme::{CUE, Label, QUOTE, SPEAKER, relation};
use crate::text::{ByteSpan, order};

/// Writes the proposals; how many spans it wrote.
pub fn seed(draft: &mut Draft, analysis: &Analysis) -> usize {
    let document = draft.document();
    let untouched = untouched(document);
    draft.drop_spans(&untouched);
    let mut seeder = Seeder {
        kept: kept(draft),
        earlier: earlier(document, &untouched),
        entities: known(draft, analysis),
        count: 0,
    };
    let nested = misplaced(draft, analysis);
    for (at, mention) in analysis.mentions.iter().enumerate() {
        // What the scheme has no label for is nothing to this person.
        let Some(label) = draft.scheme().label_for(mention.label).cloned() else { continue };
        if nested.contains(&at) {
            continue;
        }
        if seeder.is_free(draft, mention.span, &label) {
            let mut span = Span::by_engine(mention.span, label, mention.score);
            span.entity = mention.entity.map(|e| seeder.entity(draft, analysis, e));
            seeder.add(draft, span);
        }
    }
    seeder.quotations(draft, analysis);
    seeder.count
}

struct Seeder {
    /// The spans that stay and the quotations that came, with their labels.
    kept: Vec<(SpanId, ByteSpan, Label)>,
    /// The spans that go unless they are proposed again.
    earlier: BTreeMap<(ByteSpan, Label), Vec<SpanId>>,
    /// Entities of the analysis that are already in the document.
    entities: BTreeMap<usize, EntityId>,
    count: usize,
}

/// The proposals that no person touched. A quotation is one object: what is
/// linked with something that stays, stays.
fn untouched(document: &Document) -> BTreeSet<SpanId> {
    let fresh =
        |s: &Span| s.origin == Origin::Engine && s.status == Status::Proposed && s.note.is_none();
    let mut free = order::set(document.spans().filter(|(_, s)| fresh(s)).map(|(id, _)| id));
    loop {
        let ends = document.relations().map(|(_, r)| (r.from, r.to));
        let held: Vec<SpanId> = ends
            .filter_map(|(from, to)| match (free.contains(&from), free.contains(&to)) {
                (true, false) => Some(from),
                (false, true) => Some(to),
                _ => None,
            })
            .collect();
        if held.is_empty() {
            return free;
        }
        for id in held {
            free.remove(&id);
        }
    }
}

fn kept(draft: &Draft) -> Vec<(SpanId, ByteSpan, Label)> {
    draft
        .document()
        .spans()
        .filter(|(id, _)| draft.span(*id).is_some())
        .map(|(id, s)| (id, s.range, s.label.clone()))
        .collect()
}

/// The untouched spans by place and label, the first id last.
fn earlier(
    document: &Document,
    untouched: &BTreeSet<SpanId>,
) -> BTreeMap<(ByteSpan, Label), Vec<SpanId>> {
    let mut earlier: BTreeMap<(ByteSpan, Label), Vec<SpanId>> = BTreeMap::new();
    for id in untouched.iter().rev() {
        if let Some(span) = document.span(*id) {
            earlier.entry((span.range, span.label.clone())).or_default().push(*id);
        }
    }
    earlier
}

/// The entities of the analysis that the document knows by a span that the
/// engine made there: a person may have renamed or merged them since.
fn known(draft: &Draft, analysis: &Analysis) -> BTreeMap<usize, EntityId> {
    let (document, scheme) = (draft.document(), draft.scheme());
    let mut about: BTreeMap<(ByteSpan, Label), EntityId> = BTreeMap::new();
    for (_, span) in document.spans().filter(|(_, s)| s.origin == Origin::Engine) {
        if let Some(entity) = span.entity {
            about.entry((span.range, span.label.clone())).or_insert(entity);
        }
    }
    let mentions = analysis
        .mentions
        .iter()
        .filter_map(|m| Some((m.span, scheme.label_for(m.label)?.clone(), m.entity)));
    let speakers = analysis.speakers.iter().map(|s| (s.span, Label::new(SPEAKER), s.entity));
    let quotes = analysis.quotations.iter().map(|q| (q.span, Label::new(QUOTE), q.entity));
    let mut known = BTreeMap::new();
    for (range, label, entity) in mentions.chain(speakers).chain(quotes) {
        if let (Some(index), Some(there)) = (entity, about.get(&(range, label))) {
            known.entry(index).or_insert(*there);
        }
    }
    known
}

/// The mentions that lie where the scheme does not allow it: in others, or in
/// spans that stay.
fn misplaced(draft: &Draft, analysis: &Analysis) -> BTreeSet<usize> {
    let scheme = draft.scheme();
    if scheme.labels.iter().all(|def| def.inside.is_none()) {
        return BTreeSet::new();
    }
    let label = |found| scheme.label_for(found);
    let there = kept(draft).into_iter().map(|(_, range, label)| (range, label));
    let found = analysis.mentions.iter().filter_map(|m| Some((m.span, label(m.label)?.clone())));
    let outer: Vec<(ByteSpan, Label)> = there.chain(found).collect();
    let is_misplaced = |range: ByteSpan, label: &Label| {
        let mut around = outer.iter().filter(|(out, _)| *out != range && out.contains(range));
        around.any(|(_, outer)| !scheme.allows(label, outer))
    };
    let mentions = analysis.mentions.iter().enumerate();
    let wrong =
        mentions.filter(|(_, m)| label(m.label).is_some_and(|label| is_misplaced(m.span, label)));
    wrong.map(|(at, _)| at).collect()
}

/// Labels that compete for the same words.
fn family(label: &Label) -> u8 {
    match label.as_str() {
        QUOTE => 0,
        CUE | SPEAKER => 1,
        _ => 2,
    }
}

impl Seeder {
    fn add(&mut self, draft: &mut Draft, span: Span) -> SpanId {
        self.count += 1;
        let again = self.earlier.get_mut(&(span.range, span.label.clone())).and_then(Vec::pop);
        match again {
            Some(id) => {
                draft.put_span(id, span);
                id
            }
            None => draft.add_span(span),
        }
    }

    /// Whether a proposal neither was refused nor meets what a person did. A
    /// nested proposal is free: it says something else than what holds it, and
    /// what is quoted may quote in turn.
    fn is_free(&self, draft: &Draft, range: ByteSpan, label: &Label) -> bool {
        let refused = Rejection { range, label: label.clone() };
        if draft.document().rejected().contains(&refused) {
            return false;
        }
        !self.kept.iter().any(|(_, kept, other)| {
            let nested = *kept != range
                && if *label == QUOTE {
                    kept.contains(range) || range.contains(*kept)
                } else {
                    kept.contains(range) && other != label
                };
            kept.overlaps(range) && family(other) == family(label) && !nested
        })
    }

    /// The document's entity for one of the analysis: a known one, one with
    /// the same name and label that no other has, or a new one.
    fn entity(&mut self, draft: &mut Draft, analysis: &Analysis, index: usize) -> EntityId {
        if let Some(id) = self.entities.get(&index) {
            return *id;
        }
        let found = &analysis.entities[index];
        let label = found.label.and_then(|label| draft.scheme().label_for(label).cloned());
        let label = label.unwrap_or_else(|| Label::new(SPEAKER));
        let there = draft
            .document()
            .entities()
            .find(|(id, e)| {
                e.name == found.name
                    && e.label == label
                    && !self.entities.values().any(|taken| taken == id)
            })
            .map(|(id, _)| id);
        let id = there.unwrap_or_else(|| draft.add_entity(&found.name, label));
        self.entities.insert(index, id);
        id
    }

    fn quotations(&mut self, draft: &mut Draft, analysis: &Analysis) {
        let mut cues: BTreeMap<usize, SpanId> = BTreeMap::new();
        let mut speakers: BTreeMap<usize, SpanId> = BTreeMap::new();
        let mut quotes: BTreeMap<usize, SpanId> = BTreeMap::new();
        for (index, quotation) in analysis.quotations.iter().enumerate() {
            let label = Label::new(QUOTE);
            if !self.is_free(draft, quotation.span, &label) {
                continue;
            }
            let mut span = Span::by_engine(quotation.span, label, quotation.score);
            span.attributes.insert(KIND.to_owned(), quotation.kind.name().to_owned());
            span.entity = quotation.entity.map(|e| self.entity(draft, analysis, e));
            let quote = self.add(draft, span);
            self.kept.push((quote, quotation.span, Label::new(QUOTE)));
            quotes.insert(index, quote);
            if let Some(cue) = quotation.cue {
                let found = &analysis.cues[cue];
                let id = cues.get(&cue).copied().or_else(|| {
                    self.part(draft, Span::by_engine(found.span, Label::new(CUE), found.score))
                });
                if let Some(id) = id {
                    cues.insert(cue, id);
                    draft.link(relation::CUE, quote, id);
                }
            }
            if let Some(speaker) = quotation.speaker {
                let found = &analysis.speakers[speaker];
                let id = speakers.get(&speaker).copied().or_else(|| {
                    let mut span = Span::by_engine(found.span, Label::new(SPEAKER), found.score);
                    span.entity = found.entity.map(|e| self.entity(draft, analysis, e));
                    self.part(draft, span)
                });
                if let Some(id) = id {
                    speakers.insert(speaker, id);
                    draft.link(relation::SPEAKER, quote, id);
                }
            }
            if let Some(earlier) = quotation.continues.and_then(|e| quotes.get(&e)) {
                draft.link(relation::NEXT, *earlier, quote);
            }
        }
    }

    /// A cue or a speaker: the one that stays in that place, or a new one
    /// unless it was refused.
    fn part(&mut self, draft: &mut Draft, span: Span) -> Option<SpanId> {
        let there = self.kept.iter().find(|(_, r, l)| *r == span.range && *l == span.label);
        if let Some((id, _, _)) = there {
            return Some(*id);
        }
        let refused = Rejection { range: span.range, label: span.label.clone() };
        (!draft.document().rejected().contains(&refused)).then(|| self.add(draft, span))
    }
}
