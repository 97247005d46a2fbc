//! The engine's proposals become spans, relations and entities of a document.
//!
//! What a person did outranks the engine: their spans and entities stay as
//! they are, a refused proposal does not come back, and a proposal that
//! overlaps an accepted span of its own family (entities, quotations) is left
//! out. Proposals of an earlier tagging that nobody touched are replaced.

use std::collections::BTreeMap;

use super::draft::Draft;
use crate::document::{EntityId, KIND, Origin, Rejection, Span, SpanId, Status};
use crate::engine::Analysis;
use crate::scheme::{CUE, Label, QUOTE, SPEAKER, relation};
use crate::text::ByteSpan;

/// Writes the proposals; how many spans it wrote.
pub fn seed(draft: &mut Draft, analysis: &Analysis) -> usize {
    let document = draft.document();
    let untouched: Vec<SpanId> = document
        .spans()
        .filter(|(_, s)| s.origin == Origin::Engine && s.status == Status::Proposed)
        .map(|(id, _)| id)
        .collect();
    for id in untouched {
        draft.drop_span(id);
    }
    let mut seeder = Seeder { kept: kept(draft), entities: BTreeMap::new(), count: 0 };
    for mention in &analysis.mentions {
        let label = Label::from(mention.label);
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
    /// The spans that stay, with their labels.
    kept: Vec<(SpanId, ByteSpan, Label)>,
    /// Entities of the analysis that are already in the document.
    entities: BTreeMap<usize, EntityId>,
    count: usize,
}

fn kept(draft: &Draft) -> Vec<(SpanId, ByteSpan, Label)> {
    draft
        .document()
        .spans()
        .filter(|(id, _)| draft.span(*id).is_some())
        .map(|(id, s)| (id, s.range, s.label.clone()))
        .collect()
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
        draft.add_span(span)
    }

    /// Whether a proposal neither was refused nor meets what a person did. A
    /// nested proposal is free: it says something else than what holds it.
    fn is_free(&self, draft: &Draft, range: ByteSpan, label: &Label) -> bool {
        let refused = Rejection { range, label: label.clone() };
        if draft.document().rejected().contains(&refused) {
            return false;
        }
        !self.kept.iter().any(|(_, kept, other)| {
            let nested = kept.contains(range) && *kept != range;
            kept.overlaps(range) && family(other) == family(label) && !(nested && other != label)
        })
    }

    /// The document's entity for one of the analysis: one with the same name
    /// and label, or a new one.
    fn entity(&mut self, draft: &mut Draft, analysis: &Analysis, index: usize) -> EntityId {
        if let Some(id) = self.entities.get(&index) {
            return *id;
        }
        let found = &analysis.entities[index];
        let label = found.label.map_or_else(|| Label::new(SPEAKER), Label::from);
        let still_mentioned = |id: EntityId| {
            let document = draft.document();
            document.spans().any(|(s, span)| span.entity == Some(id) && draft.span(s).is_some())
        };
        let there = draft
            .document()
            .entities()
            .find(|(id, e)| e.name == found.name && e.label == label && still_mentioned(*id))
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
            quotes.insert(index, quote);
            if let Some(cue) = quotation.cue {
                let found = &analysis.cues[cue];
                let id = match cues.get(&cue) {
                    Some(id) => *id,
                    None => {
                        self.part(draft, Span::by_engine(found.span, Label::new(CUE), found.score))
                    }
                };
                cues.insert(cue, id);
                draft.link(relation::CUE, quote, id);
            }
            if let Some(speaker) = quotation.speaker {
                let found = &analysis.speakers[speaker];
                let id = match speakers.get(&speaker) {
                    Some(id) => *id,
                    None => {
                        let label = Label::new(SPEAKER);
                        let mut span = Span::by_engine(found.span, label, found.score);
                        span.entity = found.entity.map(|e| self.entity(draft, analysis, e));
                        self.part(draft, span)
                    }
                };
                speakers.insert(speaker, id);
                draft.link(relation::SPEAKER, quote, id);
            }
            if let Some(earlier) = quotation.continues.and_then(|e| quotes.get(&e)) {
                draft.link(relation::NEXT, *earlier, quote);
            }
        }
    }

    /// A cue or a speaker: the one that stays in that place, or a new one.
    fn part(&mut self, draft: &mut Draft, span: Span) -> SpanId {
        let there = self.kept.iter().find(|(_, r, l)| *r == span.range && *l == span.label);
        match there {
            Some((id, _, _)) => *id,
            None => self.add(draft, span),
        }
    }
}
