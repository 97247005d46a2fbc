//! The engine's proposals as they first came, beside what a person made of
//! them since: so that both can be compared.

use std::collections::BTreeSet;

use super::command::SEED;
use super::workspace::Work;
use crate::document::{Change, Document, Origin, Span, Status, Transaction};

/// The name under which the engine's proposals are compared with others'.
pub const ENGINE: &str = "engine";

/// A document with what the engine first proposed for it, and nothing else;
/// nothing where it never proposed anything there. Its spans count as
/// accepted: the engine stands behind them.
pub fn first_proposals(work: &Work) -> Option<Document> {
    let is_by_engine =
        |document: &Document| document.spans().any(|(_, span)| span.origin == Origin::Engine);
    let mut first = work.history.base(&work.document).ok()?;
    if !is_by_engine(&first) {
        let steps = &work.history.steps()[..work.history.position()];
        let came = steps.iter().position(|step| step.action == SEED)?;
        for step in &steps[..=came] {
            first.apply(step).ok()?;
        }
    }
    let mut only = Transaction::new(ENGINE);
    let mut kept = BTreeSet::new();
    for (id, entity) in first.entities() {
        let after = Some(entity.clone());
        only.changes.push(Change::Entity { id, before: None, after });
    }
    for (id, span) in first.spans().filter(|(_, span)| span.origin == Origin::Engine) {
        kept.insert(id);
        let span = Span { status: Status::Accepted, ..span.clone() };
        only.changes.push(Change::Span { id, before: None, after: Some(span) });
    }
    for (id, relation) in first.relations() {
        if kept.contains(&relation.from) && kept.contains(&relation.to) {
            let after = Some(relation.clone());
            only.changes.push(Change::Relation { id, before: None, after });
        }
    }
    let mut document = Document::new(&first.id, &first.title, &first.language, first.text());
    document.apply(&only).ok()?;
    Some(document)
}
