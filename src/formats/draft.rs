//! A document while it is read: what a file says about its spans, relations
//! and entities, under the file's own names.
//!
//! [`Draft::finish`] keeps what is sound and reports the rest. It finds the
//! unit of the offsets, and keeps numbers of our own ids where they are free.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::units::Unit;
use crate::document::{
    Change, Document, Entity, EntityId, Origin, Rejection, Relation, RelationId, Span, SpanId,
    Status, Transaction,
};
use crate::scheme::Label;
use crate::text::{ByteSpan, Offsets};

/// One thing that could not be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where in the file: `documents[0].spans[3]`, `line 7`.
    pub path: String,
    /// What is wrong with it.
    pub what: String,
}

impl Problem {
    /// What is wrong, and where.
    pub fn new(path: impl fmt::Display, what: impl fmt::Display) -> Self {
        Self { path: path.to_string(), what: what.to_string() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.what)
    }
}

/// A document as a file tells it. Ids are the file's; each thing has the
/// place where it stands, for what is to be reported about it.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub path: String,
    pub id: String,
    pub title: String,
    pub language: String,
    /// What else the file says of it, each a JSON text.
    pub metadata: BTreeMap<String, String>,
    pub note: Option<String>,
    pub done: bool,
    pub text: String,
    pub unit: Unit,
    /// Whether the format or the file says the unit.
    pub is_unit_told: bool,
    pub spans: Vec<SpanDraft>,
    pub relations: Vec<RelationDraft>,
    pub entities: Vec<EntityDraft>,
    pub rejected: Vec<RejectionDraft>,
}

#[derive(Clone, Debug)]
pub(super) struct SpanDraft {
    pub at: String,
    pub id: String,
    pub start: usize,
    pub end: usize,
    pub label: String,
    pub text: Option<String>,
    pub entity: Option<String>,
    pub origin: Origin,
    pub status: Status,
    pub score: Option<f32>,
    pub attributes: BTreeMap<String, String>,
    pub note: Option<String>,
}

#[derive(Clone, Debug)]
pub(super) struct RelationDraft {
    pub at: String,
    pub id: String,
    pub label: String,
    pub from: String,
    pub to: String,
}

#[derive(Clone, Debug)]
pub(super) struct EntityDraft {
    pub at: String,
    pub id: String,
    pub name: String,
    pub label: String,
}

#[derive(Clone, Debug)]
pub(super) struct RejectionDraft {
    pub at: String,
    pub start: usize,
    pub end: usize,
    pub label: String,
    pub text: Option<String>,
}

impl Draft {
    /// A draft without annotation, in code points.
    pub fn new(path: impl fmt::Display, id: &str, text: &str) -> Self {
        Self {
            path: path.to_string(),
            id: id.to_owned(),
            title: String::new(),
            language: "fr".to_owned(),
            metadata: BTreeMap::new(),
            note: None,
            done: false,
            text: text.to_owned(),
            unit: Unit::CodePoint,
            is_unit_told: true,
            spans: Vec::new(),
            relations: Vec::new(),
            entities: Vec::new(),
            rejected: Vec::new(),
        }
    }

    /// Adds a span that a person accepted; its id is its place in the list.
    pub fn span(
        &mut self,
        at: impl fmt::Display,
        (start, end): (usize, usize),
        label: &str,
    ) -> &mut SpanDraft {
        let id = SpanId(u32::try_from(self.spans.len()).unwrap_or(u32::MAX)).to_string();
        self.spans.push(SpanDraft {
            at: at.to_string(),
            id,
            start,
            end,
            label: label.to_owned(),
            text: None,
            entity: None,
            origin: Origin::Person,
            status: Status::Accepted,
            score: None,
            attributes: BTreeMap::new(),
            note: None,
        });
        self.spans.last_mut().expect("one was just pushed")
    }

    /// Adds a relation.
    pub fn relation(&mut self, at: impl fmt::Display, label: &str, from: &str, to: &str) {
        let id = RelationId(u32::try_from(self.relations.len()).unwrap_or(u32::MAX)).to_string();
        let (label, from, to) = (label.to_owned(), from.to_owned(), to.to_owned());
        self.relations.push(RelationDraft { at: at.to_string(), id, label, from, to });
    }

    /// Adds an entity, unless the draft has one of this id.
    pub fn entity(&mut self, at: impl fmt::Display, id: &str, name: &str, label: &str) {
        if self.entities.iter().all(|e| e.id != id) {
            let (id, name, label) = (id.to_owned(), name.to_owned(), label.to_owned());
            self.entities.push(EntityDraft { at: at.to_string(), id, name, label });
        }
    }

    /// The document, with what is sound.
    pub fn finish(self, problems: &mut Vec<Problem>) -> Document {
        let mut document = Document::new(&self.id, &self.title, &self.language, &self.text);
        document.metadata = self.metadata;
        document.note = self.note;
        document.done = self.done;
        let offsets = Offsets::new(&self.text);
        let claims = self.spans.iter().map(|s| (s.start, s.end, s.text.as_deref()));
        let unit = if self.is_unit_told {
            self.unit.meant(&offsets, &self.text, claims)
        } else {
            self.unit.guessed(&offsets, &self.text, claims)
        };
        if unit != self.unit {
            let name = unit.name();
            problems.push(Problem::new(
                &self.path,
                format_args!("its offsets count {name}; they were put right"),
            ));
        }
        let mut transaction = Transaction::new("read");
        let entities = entities(self.entities, &mut transaction.changes, problems);
        let mut place = Place { text: &self.text, offsets: &offsets, unit, problems };
        let spans = place.spans(self.spans, &entities, &mut transaction.changes);
        place.relations(self.relations, &spans, &mut transaction.changes);
        place.rejected(self.rejected, &mut transaction.changes);
        if let Err(error) = document.apply(&transaction) {
            // Each change was checked above: this says which check is missing.
            problems.push(Problem::new(&self.path, error));
        }
        document
    }
}

fn entities(
    drafts: Vec<EntityDraft>,
    changes: &mut Vec<Change>,
    problems: &mut Vec<Problem>,
) -> BTreeMap<String, EntityId> {
    let mut entities = BTreeMap::new();
    let mut taken = Taken::default();
    for draft in drafts {
        if draft.label.is_empty() {
            problems.push(Problem::new(&draft.at, "an entity needs a \"label\""));
            continue;
        }
        if entities.contains_key(&draft.id) {
            let what = format_args!("the id {} is given twice", draft.id);
            problems.push(Problem::new(&draft.at, what));
            continue;
        }
        let id = EntityId(taken.number(draft.id.parse().ok().map(|EntityId(n)| n)));
        let after = Some(Entity { name: draft.name, label: Label::new(&draft.label) });
        changes.push(Change::Entity { id, before: None, after });
        entities.insert(draft.id, id);
    }
    entities
}

/// Where the offsets of one draft lie.
struct Place<'a> {
    text: &'a str,
    offsets: &'a Offsets<'a>,
    unit: Unit,
    problems: &'a mut Vec<Problem>,
}

impl Place<'_> {
    fn problem(&mut self, at: &str, what: impl fmt::Display) {
        self.problems.push(Problem::new(at, what));
    }

    fn spans(
        &mut self,
        drafts: Vec<SpanDraft>,
        entities: &BTreeMap<String, EntityId>,
        changes: &mut Vec<Change>,
    ) -> BTreeMap<String, SpanId> {
        let mut spans = BTreeMap::new();
        let mut taken = Taken::default();
        for draft in drafts {
            if spans.contains_key(&draft.id) {
                self.problem(&draft.at, format_args!("the id {} is given twice", draft.id));
                continue;
            }
            let Some(range) = self.range(&draft) else { continue };
            if draft.label.is_empty() {
                self.problem(&draft.at, "a span needs a \"label\"");
                continue;
            }
            let entity = draft.entity.as_ref().and_then(|e| entities.get(e).copied());
            if let (Some(missing), None) = (&draft.entity, entity) {
                self.problem(&draft.at, format_args!("its entity {missing} is not in the file"));
            }
            let score = draft.score.filter(|score| (0.0..=1.0).contains(score));
            if let (Some(wrong), None) = (draft.score, score) {
                let what = format_args!("its score {wrong} is not between 0 and 1");
                self.problem(&draft.at, what);
            }
            let id = SpanId(taken.number(draft.id.parse().ok().map(|SpanId(n)| n)));
            let after = Some(Span {
                range,
                label: Label::new(&draft.label),
                entity,
                origin: draft.origin,
                status: draft.status,
                score,
                attributes: draft.attributes,
                note: draft.note,
            });
            changes.push(Change::Span { id, before: None, after });
            spans.insert(draft.id, id);
        }
        spans
    }

    fn range(&mut self, draft: &SpanDraft) -> Option<ByteSpan> {
        let (start, end) = (draft.start, draft.end);
        let range = match self.unit.resolve(self.offsets, start, end) {
            Ok(range) => range,
            Err(error) => {
                self.problem(&draft.at, format_args!("{start}..{end}: {error}"));
                return None;
            }
        };
        if range.is_empty() {
            self.problem(&draft.at, format_args!("{start}..{end} holds nothing"));
            return None;
        }
        match &draft.text {
            Some(words) if words != range.of(self.text) => {
                let found = range.of(self.text);
                self.problem(
                    &draft.at,
                    format_args!("{start}..{end} reads {found:?} in the text, not {words:?}"),
                );
                None
            }
            _ => Some(range),
        }
    }

    fn relations(
        &mut self,
        drafts: Vec<RelationDraft>,
        spans: &BTreeMap<String, SpanId>,
        changes: &mut Vec<Change>,
    ) {
        let mut taken = Taken::default();
        for draft in drafts {
            let (Some(from), Some(to)) = (spans.get(&draft.from), spans.get(&draft.to)) else {
                self.problem(&draft.at, "one of its spans is not in the file");
                continue;
            };
            if draft.label.is_empty() {
                self.problem(&draft.at, "a relation needs a \"label\"");
                continue;
            }
            let number = draft.id.parse().ok().map(|RelationId(n)| n);
            let id = RelationId(taken.number(number));
            let after = Some(Relation { label: Label::new(&draft.label), from: *from, to: *to });
            changes.push(Change::Relation { id, before: None, after });
        }
    }

    fn rejected(&mut self, drafts: Vec<RejectionDraft>, changes: &mut Vec<Change>) {
        let mut rejected = BTreeSet::new();
        for draft in drafts {
            match self.unit.resolve(self.offsets, draft.start, draft.end) {
                Ok(range) if range.is_empty() || draft.label.is_empty() => {
                    self.problem(&draft.at, "it refuses nothing");
                }
                Ok(range) if draft.text.as_deref().is_none_or(|t| t == range.of(self.text)) => {
                    rejected.insert(Rejection { range, label: Label::new(&draft.label) });
                }
                _ => self.problem(&draft.at, "its offsets do not fit the text"),
            }
        }
        changes.extend(rejected.into_iter().map(|what| Change::Rejection { what, now: true }));
    }
}

/// The numbers already given: a file keeps its own where they are ours.
#[derive(Default)]
struct Taken(BTreeSet<u32>);

/// The largest number that is kept: as many stay free for what is yet to come.
const LARGEST: u32 = u32::MAX / 2;

impl Taken {
    fn number(&mut self, wanted: Option<u32>) -> u32 {
        let wanted = wanted.filter(|n| *n <= LARGEST && !self.0.contains(n));
        let number = wanted.unwrap_or_else(|| self.0.last().map_or(0, |last| last + 1));
        self.0.insert(number);
        number
    }
}
