//! The state of a document.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{EntityId, RelationId, SpanId};
use crate::scheme::Label;
use crate::text::{ByteSpan, order};

/// The attribute of a quotation that holds its kind.
pub const KIND: &str = "kind";

/// One dispatch with its annotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Unique in its workspace; given by whoever makes the document.
    pub id: String,
    /// What the list of documents shows.
    pub title: String,
    /// BCP 47 tag of the text's language.
    pub language: String,
    /// What else came with the text, by name; each value is a JSON text.
    pub metadata: BTreeMap<String, String>,
    /// A remark for whoever reads the data.
    pub note: Option<String>,
    /// Whether a person said that it is done.
    pub done: bool,
    pub(super) text: Arc<str>,
    pub(super) spans: BTreeMap<SpanId, Span>,
    pub(super) relations: BTreeMap<RelationId, Relation>,
    pub(super) entities: BTreeMap<EntityId, Entity>,
    pub(super) rejected: BTreeSet<Rejection>,
    pub(super) next: NextIds,
}

/// A labelled stretch of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Where.
    pub range: ByteSpan,
    /// As what.
    pub label: Label,
    /// Who or what it mentions; of a quotation, who says it.
    pub entity: Option<EntityId>,
    /// Who made it.
    pub origin: Origin,
    /// Whether a person stands behind it.
    pub status: Status,
    /// The engine's probability that it is right, 0 to 1.
    pub score: Option<f32>,
    /// Named values; a quotation has its [`KIND`].
    pub attributes: BTreeMap<String, String>,
    /// A remark for whoever reads the data.
    pub note: Option<String>,
}

/// Who made a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The engine proposed it.
    Engine,
    /// A person made it, or changed what the engine proposed.
    Person,
}

/// Whether a person stands behind a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Not yet looked at.
    Proposed,
    /// A person says that it is right.
    Accepted,
}

/// A labelled link between two spans.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// What kind of link.
    pub label: Label,
    /// Where it starts: the quotation.
    pub from: SpanId,
    /// Where it points: its cue, its speaker, its next part.
    pub to: SpanId,
}

/// Who or what mentions are about.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// The fullest name.
    pub name: String,
    /// What it is.
    pub label: Label,
}

/// A proposal that a person refused: tagging again must not bring it back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rejection {
    /// Where.
    pub range: ByteSpan,
    /// As what.
    pub label: Label,
}

/// The numbers to give next.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NextIds {
    pub span: u32,
    pub relation: u32,
    pub entity: u32,
}

/// Two documents are equal when they say the same; which number comes next
/// is no part of that.
impl PartialEq for NextIds {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Document {
    /// A document without annotation.
    pub fn new(id: &str, title: &str, language: &str, text: &str) -> Self {
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            language: language.to_owned(),
            metadata: BTreeMap::new(),
            note: None,
            done: false,
            text: text.into(),
            spans: BTreeMap::new(),
            relations: BTreeMap::new(),
            entities: BTreeMap::new(),
            rejected: BTreeSet::new(),
            next: NextIds::default(),
        }
    }

    /// The text; it never changes.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// All spans, by id.
    pub fn spans(&self) -> impl ExactSizeIterator<Item = (SpanId, &Span)> {
        self.spans.iter().map(|(id, span)| (*id, span))
    }

    /// All spans in text order: by start, the longer first, then by id.
    pub fn spans_in_order(&self) -> Vec<(SpanId, &Span)> {
        let mut spans: Vec<_> = self.spans().collect();
        order::sort_by_key(&mut spans, |(id, span)| (span.range, *id));
        spans
    }

    /// All relations, by id.
    pub fn relations(&self) -> impl ExactSizeIterator<Item = (RelationId, &Relation)> {
        self.relations.iter().map(|(id, relation)| (*id, relation))
    }

    /// All entities, by id.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = (EntityId, &Entity)> {
        self.entities.iter().map(|(id, entity)| (*id, entity))
    }

    /// What a person refused, in text order.
    pub fn rejected(&self) -> &BTreeSet<Rejection> {
        &self.rejected
    }

    /// The span of that id.
    pub fn span(&self, id: SpanId) -> Option<&Span> {
        self.spans.get(&id)
    }

    /// The relation of that id.
    pub fn relation(&self, id: RelationId) -> Option<&Relation> {
        self.relations.get(&id)
    }

    /// The entity of that id.
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(&id)
    }

    /// The words of a span.
    pub fn words(&self, span: &Span) -> &str {
        span.range.of(&self.text)
    }

    /// The relations that start at `from` with this label, by id.
    pub fn links(
        &self,
        from: SpanId,
        label: &str,
    ) -> impl Iterator<Item = (RelationId, &Relation)> {
        self.relations().filter(move |(_, r)| r.from == from && r.label == *label)
    }

    /// The relations that touch `span` at either end.
    pub fn touching(&self, span: SpanId) -> impl Iterator<Item = (RelationId, &Relation)> {
        self.relations().filter(move |(_, r)| r.from == span || r.to == span)
    }

    /// The first span with just this stretch and label.
    pub fn find(&self, range: ByteSpan, label: &Label) -> Option<SpanId> {
        self.spans().find(|(_, s)| s.range == range && s.label == *label).map(|(id, _)| id)
    }

    /// An id that no span of this document has had.
    pub fn fresh_span(&self) -> SpanId {
        SpanId(self.next.span)
    }

    /// An id that no relation of this document has had.
    pub fn fresh_relation(&self) -> RelationId {
        RelationId(self.next.relation)
    }

    /// An id that no entity of this document has had.
    pub fn fresh_entity(&self) -> EntityId {
        EntityId(self.next.entity)
    }
}

impl Span {
    /// A span that a person made.
    pub fn by_person(range: ByteSpan, label: Label) -> Self {
        Self {
            range,
            label,
            entity: None,
            origin: Origin::Person,
            status: Status::Accepted,
            score: None,
            attributes: BTreeMap::new(),
            note: None,
        }
    }

    /// A span that the engine proposes.
    pub fn by_engine(range: ByteSpan, label: Label, score: f32) -> Self {
        Self {
            origin: Origin::Engine,
            status: Status::Proposed,
            score: Some(score),
            ..Self::by_person(range, label)
        }
    }
}
