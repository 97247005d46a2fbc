//! Transactions: the only way in which a document changes.

use std::collections::BTreeSet;
use std::fmt;
use std::hash::Hash;

use super::{Document, Entity, EntityId, Rejection, Relation, RelationId, Span, SpanId};
use crate::text::ByteSpan;

/// One thing before and after; `None` is "not there".
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A span was made, changed or removed.
    Span {
        /// Which.
        id: SpanId,
        /// As it was.
        before: Option<Span>,
        /// As it is.
        after: Option<Span>,
    },
    /// A relation was made, changed or removed.
    Relation {
        /// Which.
        id: RelationId,
        /// As it was.
        before: Option<Relation>,
        /// As it is.
        after: Option<Relation>,
    },
    /// An entity was made, changed or removed.
    Entity {
        /// Which.
        id: EntityId,
        /// As it was.
        before: Option<Entity>,
        /// As it is.
        after: Option<Entity>,
    },
    /// A refusal was written down or taken back.
    Rejection {
        /// What was refused.
        what: Rejection,
        /// Whether it is written down now; before, it was the other way.
        now: bool,
    },
    /// The title was changed.
    Title {
        /// As it was.
        before: String,
        /// As it is.
        after: String,
    },
    /// The remark on the document was written, changed or removed.
    Note {
        /// As it was.
        before: Option<String>,
        /// As it is.
        after: Option<String>,
    },
    /// A person said that the document is done, or that it is not.
    Done {
        /// Whether it is done now; before, it was the other way.
        now: bool,
    },
}

/// Changes that happen together or not at all, under the name of what a
/// person did.
#[derive(Clone, Debug, PartialEq)]
pub struct Transaction {
    /// What was done, as a stable word ("label", "resize"); the page has its
    /// wording in each language.
    pub action: String,
    /// In order.
    pub changes: Vec<Change>,
}

/// Why a transaction cannot be applied. The document is as it was.
#[derive(Clone, Debug, PartialEq)]
pub enum ApplyError {
    /// What a change calls "before" is not what is there: it was made for
    /// another state of the document.
    Stale(String),
    /// A span leaves the text, splits a character or is empty.
    BadRange(SpanId, ByteSpan),
    /// A refusal of what is no stretch of the text.
    BadRefusal(ByteSpan),
    /// A relation without one of its ends.
    Dangling(RelationId),
    /// A span of an entity that is not there.
    NoEntity(SpanId),
}

impl fmt::Display for ApplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stale(what) => write!(f, "{what} is not in the state that the change expects"),
            Self::BadRange(id, range) => {
                write!(f, "span {id} ({range:?}) is no stretch of the text")
            }
            Self::BadRefusal(range) => {
                write!(f, "the refusal of {range:?} is of no stretch of the text")
            }
            Self::Dangling(id) => write!(f, "relation {id} would miss one of its ends"),
            Self::NoEntity(id) => write!(f, "span {id} would belong to no known entity"),
        }
    }
}

impl std::error::Error for ApplyError {}

impl Change {
    /// The change that takes this one back.
    pub fn inverted(self) -> Self {
        match self {
            Self::Span { id, before, after } => Self::Span { id, before: after, after: before },
            Self::Relation { id, before, after } => {
                Self::Relation { id, before: after, after: before }
            }
            Self::Entity { id, before, after } => Self::Entity { id, before: after, after: before },
            Self::Rejection { what, now } => Self::Rejection { what, now: !now },
            Self::Title { before, after } => Self::Title { before: after, after: before },
            Self::Note { before, after } => Self::Note { before: after, after: before },
            Self::Done { now } => Self::Done { now: !now },
        }
    }
}

impl Transaction {
    /// An empty transaction.
    pub fn new(action: &str) -> Self {
        Self { action: action.to_owned(), changes: Vec::new() }
    }

    /// The transaction that takes this one back.
    pub fn inverted(self) -> Self {
        let changes = self.changes.into_iter().rev().map(Change::inverted).collect();
        Self { action: self.action, changes }
    }
}

impl Document {
    /// Applies all changes, or none.
    ///
    /// # Errors
    /// If a change was made for another state, or if the result would break
    /// the model (see [`ApplyError`]).
    pub fn apply(&mut self, transaction: &Transaction) -> Result<(), ApplyError> {
        for (done, change) in transaction.changes.iter().enumerate() {
            if let Err(error) = self.swap(change) {
                self.take_back(&transaction.changes[..done]);
                return Err(error);
            }
        }
        if let Err(error) = self.check(&transaction.changes) {
            self.take_back(&transaction.changes);
            return Err(error);
        }
        Ok(())
    }

    fn take_back(&mut self, changes: &[Change]) {
        for change in changes.iter().rev() {
            self.swap(&change.clone().inverted()).expect("what was just applied can be taken back");
        }
    }

    fn swap(&mut self, change: &Change) -> Result<(), ApplyError> {
        match change {
            Change::Span { id, before, after } => {
                if let Some(span) = after
                    && (span.range.is_empty()
                        || !ByteSpan::fits(&self.text, span.range.start, span.range.end))
                {
                    return Err(ApplyError::BadRange(*id, span.range));
                }
                exchange(&mut self.spans, id, before, after)?;
                self.next.span = self.next.span.max(id.0.saturating_add(1));
            }
            Change::Relation { id, before, after } => {
                exchange(&mut self.relations, id, before, after)?;
                self.next.relation = self.next.relation.max(id.0.saturating_add(1));
            }
            Change::Entity { id, before, after } => {
                exchange(&mut self.entities, id, before, after)?;
                self.next.entity = self.next.entity.max(id.0.saturating_add(1));
            }
            Change::Rejection { what, now } => {
                if !ByteSpan::fits(&self.text, what.range.start, what.range.end) {
                    return Err(ApplyError::BadRefusal(what.range));
                }
                let changed = if *now {
                    self.rejected.insert(what.clone())
                } else {
                    self.rejected.remove(what)
                };
                if !changed {
                    return Err(ApplyError::Stale(format!("the refusal of {what:?}")));
                }
            }
            Change::Title { before, after } => {
                if self.title != *before {
                    return Err(ApplyError::Stale("the title".to_owned()));
                }
                self.title.clone_from(after);
            }
            Change::Note { before, after } => {
                if self.note != *before {
                    return Err(ApplyError::Stale("the remark on the document".to_owned()));
                }
                self.note.clone_from(after);
            }
            Change::Done { now } => {
                if self.done == *now {
                    return Err(ApplyError::Stale("whether the document is done".to_owned()));
                }
                self.done = *now;
            }
        }
        Ok(())
    }

    /// Whether what the changes touched still holds together.
    fn check(&self, changes: &[Change]) -> Result<(), ApplyError> {
        let mut spans = BTreeSet::new();
        let mut entities = BTreeSet::new();
        for change in changes {
            match change {
                Change::Span { id, after: Some(span), .. }
                    if span.entity.is_some_and(|e| !self.entities.contains_key(&e))
                        && self.spans.get(id) == Some(span) =>
                {
                    return Err(ApplyError::NoEntity(*id));
                }
                Change::Span { id, after: None, .. } => {
                    spans.insert(*id);
                }
                Change::Relation { id, after: Some(_), .. } => {
                    if let Some(r) = self.relations.get(id)
                        && !(self.spans.contains_key(&r.from) && self.spans.contains_key(&r.to))
                    {
                        return Err(ApplyError::Dangling(*id));
                    }
                }
                Change::Entity { id, after: None, .. } => {
                    entities.insert(*id);
                }
                _ => {}
            }
        }
        spans.retain(|id| !self.spans.contains_key(id));
        entities.retain(|id| !self.entities.contains_key(id));
        if !spans.is_empty()
            && let Some((id, _)) =
                self.relations().find(|(_, r)| spans.contains(&r.from) || spans.contains(&r.to))
        {
            return Err(ApplyError::Dangling(id));
        }
        if !entities.is_empty()
            && let Some((id, _)) =
                self.spans().find(|(_, s)| s.entity.is_some_and(|e| entities.contains(&e)))
        {
            return Err(ApplyError::NoEntity(id));
        }
        Ok(())
    }
}

fn exchange<Id: Ord + Copy + Hash + fmt::Display, Value: Clone + PartialEq>(
    map: &mut std::collections::BTreeMap<Id, Value>,
    id: &Id,
    before: &Option<Value>,
    after: &Option<Value>,
) -> Result<(), ApplyError> {
    if map.get(id) != before.as_ref() {
        return Err(ApplyError::Stale(id.to_string()));
    }
    match after {
        Some(value) => map.insert(*id, value.clone()),
        None => map.remove(id),
    };
    Ok(())
}
