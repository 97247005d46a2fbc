//! Who says it.

use super::contents::Draft;
use super::reading::Reading;
use crate::engine::{Entity, Mention};

/// The entity of each draft's speaker, and of each draft.
pub struct Resolved {
    /// One for each draft: who its speaker phrase is.
    pub speakers: Vec<Option<usize>>,
    /// One for each draft: who says it.
    pub quotations: Vec<Option<usize>>,
}

/// Resolves the speakers of `drafts`, which are in text order.
pub fn resolve(
    _reading: &Reading<'_>,
    drafts: &[Draft],
    _mentions: &mut Vec<Mention>,
    _entities: &mut Vec<Entity>,
) -> Resolved {
    Resolved { speakers: vec![None; drafts.len()], quotations: vec![None; drafts.len()] }
}
