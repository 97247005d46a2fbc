//! A transaction in the making: reads fall through to the document, writes
//! collect, and [`Draft::finish`] gives the changes with what they entail
//! (relations of removed spans go, entities that nothing mentions go).

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{
    Change, Document, Entity, EntityId, Rejection, Relation, RelationId, Span, SpanId, Transaction,
};
use crate::scheme::{CUE, Label, MentionLabel, Scheme};
use crate::text::order;

/// Collected writes over one document.
pub struct Draft<'d> {
    document: &'d Document,
    scheme: &'d Scheme,
    spans: BTreeMap<SpanId, Option<Span>>,
    relations: BTreeMap<RelationId, Option<Relation>>,
    /// The document's relations that were removed, by what they say.
    removed: BTreeSet<(SpanId, SpanId, Label, RelationId)>,
    entities: BTreeMap<EntityId, Option<Entity>>,
    rejections: BTreeMap<Rejection, bool>,
    title: Option<String>,
    note: Option<Option<String>>,
    done: Option<bool>,
    next_span: SpanId,
    next_relation: RelationId,
    next_entity: EntityId,
}

impl<'d> Draft<'d> {
    /// Nothing written yet.
    pub fn new(document: &'d Document, scheme: &'d Scheme) -> Self {
        Self {
            document,
            scheme,
            spans: BTreeMap::new(),
            relations: BTreeMap::new(),
            removed: BTreeSet::new(),
            entities: BTreeMap::new(),
            rejections: BTreeMap::new(),
            title: None,
            note: None,
            done: None,
            next_span: document.fresh_span(),
            next_relation: document.fresh_relation(),
            next_entity: document.fresh_entity(),
        }
    }

    /// The document underneath, without the writes.
    pub fn document(&self) -> &'d Document {
        self.document
    }

    /// The label scheme.
    pub fn scheme(&self) -> &'d Scheme {
        self.scheme
    }

    /// Whether spans of this label are about somebody or something.
    pub fn takes_entity(&self, label: &Label) -> bool {
        let is_amount =
            matches!(self.scheme.meaning(label), Some(MentionLabel::Date | MentionLabel::Quantity));
        *label != CUE && !is_amount
    }

    /// The span as it will be.
    pub fn span(&self, id: SpanId) -> Option<&Span> {
        match self.spans.get(&id) {
            Some(written) => written.as_ref(),
            None => self.document.span(id),
        }
    }

    /// The relations from `from` with this label, as they will be.
    pub fn links(&self, from: SpanId, label: &str) -> Vec<(RelationId, SpanId)> {
        self.all_relations()
            .filter(|(_, r)| r.from == from && r.label == *label)
            .map(|(id, r)| (id, r.to))
            .collect()
    }

    /// The relations to `to` with this label, as they will be.
    pub fn links_to(&self, to: SpanId, label: &str) -> Vec<(RelationId, SpanId)> {
        self.all_relations()
            .filter(|(_, r)| r.to == to && r.label == *label)
            .map(|(id, r)| (id, r.from))
            .collect()
    }

    /// The relations to `to`, as they will be.
    pub fn linked_from(&self, to: SpanId) -> Vec<(RelationId, SpanId)> {
        self.all_relations().filter(|(_, r)| r.to == to).map(|(id, r)| (id, r.from)).collect()
    }

    fn all_relations(&self) -> impl Iterator<Item = (RelationId, &Relation)> {
        let kept = self.document.relations().filter(|(id, _)| !self.relations.contains_key(id));
        let written = self.relations.iter().filter_map(|(id, r)| Some((*id, r.as_ref()?)));
        kept.chain(written)
    }

    /// Writes a span that is there as it shall be.
    pub fn put_span(&mut self, id: SpanId, span: Span) {
        self.spans.insert(id, Some(span));
    }

    /// Changes a span, where it is there.
    pub fn change_span(&mut self, id: SpanId, change: impl FnOnce(&mut Span)) {
        if let Some(mut span) = self.span(id).cloned() {
            change(&mut span);
            self.put_span(id, span);
        }
    }

    /// Makes a span.
    pub fn add_span(&mut self, span: Span) -> SpanId {
        let id = self.next_span;
        self.next_span = SpanId(id.0 + 1);
        self.put_span(id, span);
        id
    }

    /// Removes a span and the relations that touch it.
    pub fn drop_span(&mut self, id: SpanId) {
        self.drop_spans(&order::set([id]));
    }

    /// Removes spans and the relations that touch them.
    pub fn drop_spans(&mut self, ids: &BTreeSet<SpanId>) {
        let touching: Vec<RelationId> = self
            .all_relations()
            .filter(|(_, r)| ids.contains(&r.from) || ids.contains(&r.to))
            .map(|(relation, _)| relation)
            .collect();
        for relation in touching {
            self.unlink(relation);
        }
        for id in ids {
            self.spans.insert(*id, None);
        }
    }

    /// Links two spans. A link that was removed in this draft comes back as
    /// it was.
    pub fn link(&mut self, label: &str, from: SpanId, to: SpanId) {
        let label = Label::new(label);
        let first = (from, to, label.clone(), RelationId(0));
        let there = self.removed.range(&first..).next();
        if let Some(same) = there.filter(|r| (r.0, r.1, &r.2) == (from, to, &label)).cloned() {
            self.removed.remove(&same);
            self.relations.remove(&same.3);
            return;
        }
        let link = Relation { label, from, to };
        let id = self.next_relation;
        self.next_relation = RelationId(id.0 + 1);
        self.relations.insert(id, Some(link));
    }

    /// Gives a relation another name.
    pub fn rename_relation(&mut self, id: RelationId, label: Label) {
        if let Some(relation) = self.document.relation(id)
            && !self.relations.contains_key(&id)
        {
            self.relations.insert(id, Some(Relation { label, ..relation.clone() }));
        }
    }

    /// Removes a relation.
    pub fn unlink(&mut self, id: RelationId) {
        self.relations.insert(id, None);
        if let Some(Relation { label, from, to }) = self.document.relation(id) {
            self.removed.insert((*from, *to, label.clone(), id));
        }
    }

    /// Makes an entity.
    pub fn add_entity(&mut self, name: &str, label: Label) -> EntityId {
        let id = self.next_entity;
        self.next_entity = EntityId(id.0 + 1);
        self.entities.insert(id, Some(Entity { name: name.to_owned(), label }));
        id
    }

    /// Removes an entity that no span mentions any more.
    pub fn drop_entity(&mut self, id: EntityId) {
        self.entities.insert(id, None);
    }

    /// Writes an entity as it shall be.
    pub fn put_entity(&mut self, id: EntityId, entity: Entity) {
        self.entities.insert(id, Some(entity));
    }

    /// Writes a refusal down, or takes it back.
    pub fn set_rejected(&mut self, what: Rejection, now: bool) {
        self.rejections.insert(what, now);
    }

    /// Gives the document a title.
    pub fn set_title(&mut self, title: &str) {
        self.title = Some(title.to_owned());
    }

    /// Writes the remark on the document.
    pub fn set_note(&mut self, note: Option<String>) {
        self.note = Some(note);
    }

    /// Says whether the document is done.
    pub fn set_done(&mut self, done: bool) {
        self.done = Some(done);
    }

    /// The transaction; `None` if nothing is different from the document.
    pub fn finish(mut self, action: &str) -> Option<Transaction> {
        self.drop_unmentioned();
        let mut changes = Vec::new();
        for (id, after) in self.entities {
            let before = self.document.entity(id).cloned();
            if before != after {
                changes.push(Change::Entity { id, before, after });
            }
        }
        for (id, after) in self.spans {
            let before = self.document.span(id).cloned();
            if before != after {
                changes.push(Change::Span { id, before, after });
            }
        }
        for (id, after) in self.relations {
            let before = self.document.relation(id).cloned();
            if before != after {
                changes.push(Change::Relation { id, before, after });
            }
        }
        for (what, now) in self.rejections {
            if self.document.rejected().contains(&what) != now {
                changes.push(Change::Rejection { what, now });
            }
        }
        if let Some(after) = self.title
            && after != self.document.title
        {
            changes.push(Change::Title { before: self.document.title.clone(), after });
        }
        if let Some(after) = self.note
            && after != self.document.note
        {
            changes.push(Change::Note { before: self.document.note.clone(), after });
        }
        if let Some(now) = self.done
            && now != self.document.done
        {
            changes.push(Change::Done { now });
        }
        (!changes.is_empty()).then(|| Transaction { action: action.to_owned(), changes })
    }

    /// An entity that lost its last span by these writes goes with it, as does
    /// a new one that got none.
    fn drop_unmentioned(&mut self) {
        let unknown = self.entities.keys().filter(|id| self.document.entity(**id).is_none());
        let of_changed = self.spans.keys().filter_map(|id| self.document.span(*id)?.entity);
        let mut lost = order::set(of_changed.chain(unknown.copied()));
        if lost.is_empty() {
            return;
        }
        let kept = self.document.spans().filter(|(id, _)| !self.spans.contains_key(id));
        for entity in kept.filter_map(|(_, s)| s.entity) {
            lost.remove(&entity);
        }
        for entity in self.spans.values().flatten().filter_map(|s| s.entity) {
            lost.remove(&entity);
        }
        for entity in lost {
            self.entities.insert(entity, None);
        }
    }
}
