//! Changing the label scheme with all documents under it: what it would cost,
//! the change as one step, and the way back.
//!
//! Each document that the change touches gets one step in its own history;
//! all of them have the change's number in their name, and the session keeps
//! the scheme before and after. Undo in any of these documents takes the whole
//! change back as long as nothing was done in them since; else that document's
//! share alone, and the labels that it needs come back into the scheme. The
//! open document has an empty step where the change leaves it as it is, so
//! that a colour can be taken back too.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use super::workspace::{Entry, Outcome, Refusal, Session, Work};
use crate::document::{Document, Rejection, SpanId, Transaction};
use crate::scheme::{Label, LabelDef, Scheme, is_of_quotation, relation};
use crate::text::order;

/// How the names of a change's steps begin; its number follows.
const STEP: &str = "scheme-";

/// What a person wants of the scheme.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reform {
    /// The scheme as it shall be.
    pub scheme: Scheme,
    /// What becomes of spans whose label goes: another label, or nothing.
    pub fates: BTreeMap<Label, Option<Label>>,
    /// The new names of relations. What quotations are made of keeps its own.
    pub relations: BTreeMap<Label, Label>,
}

/// A change of the scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct SchemeChange {
    /// The scheme as it was.
    pub before: Scheme,
    /// As it is.
    pub after: Scheme,
}

/// What a label's end or new name costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// The label.
    pub label: Label,
    /// What its spans become.
    pub fate: Option<Label>,
    /// How many spans have it.
    pub spans: usize,
    /// In how many documents.
    pub documents: usize,
}

impl Session {
    /// How many spans of how many documents have a label.
    pub fn usage(&self, label: &Label) -> (usize, usize) {
        let count = |w: &Work| w.document.spans().filter(|(_, s)| s.label == *label).count();
        let counts = self.works().iter().map(count).filter(|count| *count > 0);
        counts.fold((0, 0), |(spans, documents), count| (spans + count, documents + 1))
    }

    /// What a reform does to spans that are there.
    pub fn cost(&self, reform: &Reform) -> Vec<Cost> {
        let costs = reform.fates.iter().map(|(label, fate)| {
            let (spans, documents) = self.usage(label);
            Cost { label: label.clone(), fate: fate.clone(), spans, documents }
        });
        costs.filter(|cost| cost.spans > 0).collect()
    }

    /// Carries a reform out; its number, for [`Session::take_back`]. A label
    /// that spans have and that neither stays nor has a fate stays defined.
    ///
    /// # Errors
    /// If a document would not hold together; nothing changed then.
    pub fn reform(&mut self, reform: &Reform) -> Result<usize, Refusal> {
        let number = self.changes.len();
        let before = self.scheme.clone();
        let mut after = reform.scheme.clone();
        let mut steps = Vec::new();
        for (at, work) in self.works().iter().enumerate() {
            if let Some(mut step) = plan(&work.document, &after, reform) {
                step.action = format!("{STEP}{number}");
                let mut document = work.document.clone();
                document.apply(&step).map_err(Refusal::Broken)?;
                complete(&mut after, &before, &document);
                steps.push((at, step));
            } else {
                complete(&mut after, &before, &work.document);
            }
        }
        if let Ok(open) = self.open_index()
            && before != after
            && steps.iter().all(|(at, _)| *at != open)
        {
            steps.push((open, Transaction::new(&format!("{STEP}{number}"))));
        }
        for (at, step) in steps {
            self.commit(at, step)?;
        }
        let change = SchemeChange { before, after: after.clone() };
        self.journal.push(Entry::SchemeChange(number, Box::new(change.clone())));
        self.changes.push(change);
        self.set_scheme(after);
        self.leave_lost();
        Ok(number)
    }

    /// Takes a reform back wherever nothing was done since; in how many
    /// documents it had to stay.
    pub fn take_back(&mut self, number: usize) -> usize {
        let touched = self.touched(number, Way::Back);
        let (free, mut held): (Vec<usize>, Vec<usize>) =
            touched.into_iter().partition(|at| last(&self.works[*at]) == Some(number));
        // What an empty step leaves as it was does not hold the scheme.
        held.retain(|at| !is_empty_in(&self.works[*at], number));
        self.travel_reform(number, &free, held.is_empty(), Way::Back);
        held.len()
    }

    /// If the open document's next step back (or on) is a reform's: carries it
    /// out in all documents that it touched, if all stand there, or else in
    /// the open one alone.
    pub(super) fn travel_as_reform(&mut self, at: usize, way: Way) -> Option<Outcome> {
        let stands = |work: &Work| match way {
            Way::Back => last(work),
            Way::Forth => next(work),
        };
        let number = stands(&self.works[at])?;
        self.changes.get(number)?;
        let touched = self.touched(number, way);
        let all = touched.iter().all(|at| stands(&self.works[*at]) == Some(number));
        let travelling = if all { touched } else { vec![at] };
        let count = self.travel_reform(number, &travelling, all, way);
        let action = if all { "scheme" } else { "scheme-part" };
        Some(Outcome { action: action.to_owned(), count, changed: true })
    }

    fn travel_reform(&mut self, number: usize, works: &[usize], all: bool, way: Way) -> usize {
        let Some(SchemeChange { before, after }) = self.changes.get(number).cloned() else {
            return 0;
        };
        let mut count = 0;
        for at in works {
            let work = &mut self.works[*at];
            let step = match way {
                Way::Back => work.history.undo(&mut work.document),
                Way::Forth => work.history.redo(&mut work.document),
            };
            // A document's own history always fits it.
            count += step.ok().flatten().map_or(0, |step| step.changes.len());
            let position = work.history.position();
            work.refresh();
            self.journal.push(Entry::Position(work.document.id.clone(), position));
        }
        let (from, to) = match way {
            Way::Back => (after, before),
            Way::Forth => (before, after),
        };
        // What was changed since stays, and what the documents need comes back.
        let mut scheme = self.scheme.clone();
        if all && let Some(more) = scheme.labels.strip_prefix(from.labels.as_slice()) {
            let more = more.iter().filter(|def| !is_spare(def, &from, &to)).cloned();
            let more: Vec<LabelDef> = more.collect();
            scheme = to.clone();
            for mut def in more {
                free(&mut def, &scheme);
                scheme.labels.push(def);
            }
        }
        for work in &self.works {
            complete(&mut scheme, &to, &work.document);
            complete(&mut scheme, &from, &work.document);
        }
        self.set_scheme(scheme);
        self.leave_lost();
        count
    }

    /// The documents in which a reform was done, or can be done again.
    fn touched(&self, number: usize, way: Way) -> Vec<usize> {
        let name = format!("{STEP}{number}");
        let is_in = |work: &Work| {
            let (done, undone) = work.history.steps().split_at(work.history.position());
            let steps = match way {
                Way::Back => done,
                Way::Forth => undone,
            };
            steps.iter().any(|step| step.action == name)
        };
        (0..self.works.len()).filter(|at| is_in(&self.works[*at])).collect()
    }

    fn set_scheme(&mut self, scheme: Scheme) {
        if self.scheme != scheme {
            self.scheme = scheme.clone();
            self.journal.push(Entry::Scheme(scheme));
        }
    }
}

/// Which way through a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Undo.
    Back,
    /// Redo.
    Forth,
}

/// Whether a reform changed nothing in a document.
fn is_empty_in(work: &Work, number: usize) -> bool {
    let mut steps = work.history.steps().iter();
    steps.any(|step| number_of(step) == Some(number) && step.changes.is_empty())
}

/// The reform whose step was done last.
fn last(work: &Work) -> Option<usize> {
    number_of(work.history.steps().get(work.history.position().checked_sub(1)?)?)
}

/// The reform whose step would be done again next.
fn next(work: &Work) -> Option<usize> {
    number_of(work.history.steps().get(work.history.position())?)
}

fn number_of(step: &Transaction) -> Option<usize> {
    step.action.strip_prefix(STEP)?.parse().ok()
}

/// Defines the labels and relations that a document uses as `other` has them.
fn complete(scheme: &mut Scheme, other: &Scheme, document: &Document) {
    for label in order::set(document.spans().map(|(_, span)| &span.label)) {
        if scheme.label(label).is_none()
            && let Some(def) = other.label(label)
        {
            let mut def = def.clone();
            free(&mut def, scheme);
            scheme.labels.push(def);
        }
    }
    for (_, relation) in document.relations() {
        let there = |scheme: &Scheme| {
            scheme.relations.iter().find(|def| def.name == relation.label).cloned()
        };
        if there(scheme).is_none()
            && let Some(def) = there(other)
        {
            scheme.relations.push(def);
        }
    }
}

/// Whether a label is defined by a change of the scheme: it is there, or was
/// defined again for a document that went back alone.
fn is_spare(def: &LabelDef, from: &Scheme, to: &Scheme) -> bool {
    from.label(&def.name).is_some() || to.label(&def.name).is_some()
}

/// A key and a part of the engine's go to one label alone: to who has it.
pub(super) fn free(def: &mut LabelDef, scheme: &Scheme) {
    def.key = def.key.filter(|k| !scheme.labels.iter().any(|d| d.key == Some(*k)));
    def.engine = def.engine.filter(|found| scheme.label_for(*found).is_none());
}

/// What the fates of labels come to in one document.
fn plan(document: &Document, scheme: &Scheme, reform: &Reform) -> Option<Transaction> {
    let fates = &reform.fates;
    let mut draft = Draft::new(document, scheme);
    let fate = |label: &Label| fates.get(label).filter(|_| !is_of_quotation(label));
    let mut gone: BTreeSet<SpanId> = BTreeSet::new();
    for (id, span) in document.spans() {
        match fate(&span.label) {
            None => {}
            Some(None) => {
                gone.insert(id);
            }
            Some(Some(label)) => {
                let stays = !fates.contains_key(label);
                let is_double = stays && document.find(span.range, label).is_some();
                if is_double && document.touching(id).next().is_none() {
                    gone.insert(id);
                    continue;
                }
                let takes_entity = draft.takes_entity(label);
                draft.change_span(id, |span| {
                    span.label = label.clone();
                    span.entity = span.entity.filter(|_| takes_entity);
                });
            }
        }
    }
    draft.drop_spans(&gone);
    for (id, link) in document.relations() {
        if let Some(name) = reform.relations.get(&link.label)
            && !relation::ALL.contains(&link.label.as_str())
        {
            draft.rename_relation(id, name.clone());
        }
    }
    for (id, entity) in document.entities() {
        if let Some(Some(label)) = fate(&entity.label) {
            let mut entity = entity.clone();
            entity.label = label.clone();
            draft.put_entity(id, entity);
        }
    }
    let refused = document.rejected().iter();
    let refused = refused.filter_map(|r| Some((r, fate(&r.label)?.clone()?)));
    let refused: Vec<(&Rejection, Label)> = refused.collect();
    for (old, _) in &refused {
        draft.set_rejected((*old).clone(), false);
    }
    // Afterwards: two labels may change places.
    for (old, label) in refused {
        draft.set_rejected(Rejection { range: old.range, label }, true);
    }
    draft.finish(STEP)
}
