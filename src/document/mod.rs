//! The editable model: one dispatch with its spans, relations and entities.
//!
//! A document changes only by a [`Transaction`], a list of changes that each
//! hold the state before and after; so a transaction inverts itself, and a
//! [`History`] undoes and redoes to any depth.

mod change;
mod history;
mod ids;
mod model;

pub use change::{ApplyError, Change, Transaction};
pub use history::History;
pub use ids::{EntityId, RelationId, SpanId};
pub use model::{Document, Entity, KIND, Origin, Rejection, Relation, Span, Status};
