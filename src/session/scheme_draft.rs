//! A label scheme while a person edits it: rows of labels, what becomes of
//! those that go, and what is wrong with it as it stands. The labels that
//! quotations are made of stand outside: nobody changes them.

use std::collections::{BTreeMap, BTreeSet};

use super::keymap::is_free_key;
use super::reform::Reform;
use crate::scheme::{
    Label, LabelDef, MentionLabel, RelationDef, Scheme, is_of_quotation, relation,
};
use crate::text::order;

/// The colour of a label that was just made.
const NEW_COLOR: &str = "#6b4a8c";

/// A scheme in the making.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SchemeDraft {
    /// The labels, in order.
    pub rows: Vec<DraftRow>,
    /// What becomes of the spans of labels that go.
    pub gone: BTreeMap<Label, Fate>,
    /// The relations, in order.
    pub relations: Vec<DraftRelation>,
    fixed: Vec<LabelDef>,
    next: usize,
}

/// A label in the making.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftRow {
    /// Its number in this draft, under whatever name.
    pub id: usize,
    /// The label that it was.
    pub was: Option<Label>,
    /// Its name, as typed.
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
    /// Its key, as typed.
    pub key: String,
    /// What the engine proposes under it.
    pub engine: Option<MentionLabel>,
    /// The rows in whose spans it may lie; where it says nothing, in any.
    pub inside: Option<BTreeSet<usize>>,
}

/// A relation in the making.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRelation {
    /// Its number in this draft, under whatever name.
    pub id: usize,
    /// The relation that it was.
    pub was: Option<Label>,
    /// Its name, as typed.
    pub name: String,
}

impl DraftRelation {
    /// Whether quotations are made of it, so that it keeps its name.
    pub fn is_fixed(&self) -> bool {
        self.was.as_ref().is_some_and(|was| relation::ALL.contains(&was.as_str()))
    }
}

/// What becomes of the spans of a label that goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The person has not said it.
    Open,
    /// They go with it.
    Remove,
    /// They get the label of this row.
    Become(usize),
}

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It has no name.
    NoName,
    /// Another label has this name, or quotations are made of it.
    SameName,
    /// Another label has this key.
    SameKey,
    /// The page uses this key itself, or it is no digit or small letter.
    KeyOfPage,
}

impl SchemeDraft {
    /// The draft of a scheme that stays as it is.
    pub fn of(scheme: &Scheme) -> Self {
        let mut draft = Self::default();
        for def in &scheme.relations {
            draft.put_relation(Some(def.name.clone()), def.name.as_str());
        }
        draft.take(scheme, |def| Some(def.name.clone()));
        let (fixed, _) = parted(scheme);
        draft.fixed = fixed.into_iter().cloned().collect();
        draft
    }

    /// The draft that makes another scheme of this one. A label goes on under
    /// the same name, or where the engine proposes the same under it.
    pub fn become_like(&mut self, scheme: &Scheme) {
        let old = std::mem::take(&mut self.rows);
        let is_named = |label: &Label| scheme.label(label).is_some();
        let of_name =
            |def: &LabelDef| old.iter().find_map(|r| r.was.clone().filter(|was| *was == def.name));
        let of_engine = |def: &LabelDef| {
            let alike = old.iter().filter(|r| def.engine.is_some() && r.engine == def.engine);
            alike.filter_map(|r| r.was.clone()).find(|was| !is_named(was))
        };
        self.take(scheme, |def| of_name(def).or_else(|| of_engine(def)));
        let kept = order::set(self.rows.iter().filter_map(|r| r.was.as_ref()));
        let before = old.iter().filter_map(|r| r.was.clone());
        let gone = before.chain(self.gone.keys().cloned()).filter(|was| !kept.contains(was));
        self.gone = order::map(gone.map(|was| (was, Fate::Open)));
        for def in &scheme.relations {
            self.add_relation(def.name.as_str());
        }
    }

    fn take(&mut self, scheme: &Scheme, was: impl Fn(&LabelDef) -> Option<Label>) {
        let (_, free) = parted(scheme);
        let first = self.next;
        let at = |name: &Label| free.iter().position(|def| def.name == *name).map(|at| first + at);
        for (id, def) in (first..).zip(&free) {
            self.rows.push(DraftRow {
                id,
                was: was(def),
                name: def.name.to_string(),
                color: def.color.clone(),
                key: def.key.map(String::from).unwrap_or_default(),
                engine: def.engine,
                inside: def.inside.as_ref().map(|names| names.iter().filter_map(at).collect()),
            });
        }
        self.next += free.len();
    }

    /// The row of that number.
    pub fn row(&self, id: usize) -> Option<&DraftRow> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// Changes a row.
    pub fn change(&mut self, id: usize, change: impl FnOnce(&mut DraftRow)) {
        if let Some(row) = self.rows.iter_mut().find(|row| row.id == id) {
            change(row);
        }
    }

    /// Adds a label without a name.
    pub fn add(&mut self) -> usize {
        let id = self.next;
        self.next += 1;
        self.rows.push(DraftRow {
            id,
            was: None,
            name: String::new(),
            color: NEW_COLOR.to_owned(),
            key: String::new(),
            engine: None,
            inside: None,
        });
        id
    }

    /// Takes a label out.
    pub fn remove(&mut self, id: usize) {
        let Some(at) = self.rows.iter().position(|row| row.id == id) else { return };
        if let Some(was) = self.rows.remove(at).was {
            self.gone.insert(was, Fate::Open);
        }
        for fate in self.gone.values_mut().filter(|fate| **fate == Fate::Become(id)) {
            *fate = Fate::Open;
        }
        for row in &mut self.rows {
            if let Some(inside) = &mut row.inside {
                inside.remove(&id);
            }
        }
    }

    /// Moves a label one place up.
    pub fn raise(&mut self, id: usize) {
        if let Some(at @ 1..) = self.rows.iter().position(|row| row.id == id) {
            self.rows.swap(at - 1, at);
        }
    }

    /// Adds a relation; one that is there is not added again.
    pub fn add_relation(&mut self, name: &str) {
        let name = name.trim();
        if !name.is_empty() && self.relations.iter().all(|r| r.name.trim() != name) {
            self.put_relation(None, name);
        }
    }

    fn put_relation(&mut self, was: Option<Label>, name: &str) {
        self.relations.push(DraftRelation { id: self.next, was, name: name.to_owned() });
        self.next += 1;
    }

    /// Gives a relation another name, unless quotations are made of it.
    pub fn rename_relation(&mut self, id: usize, name: &str) {
        let found = self.relations.iter_mut().find(|r| r.id == id);
        if let Some(found) = found.filter(|r| !r.is_fixed()) {
            name.clone_into(&mut found.name);
        }
    }

    /// Takes a relation out, unless quotations are made of it.
    pub fn remove_relation(&mut self, id: usize) {
        self.relations.retain(|r| r.id != id || r.is_fixed());
    }

    /// What is wrong with a relation.
    pub fn relation_fault(&self, relation: &DraftRelation) -> Option<Fault> {
        let name = relation.name.trim();
        let is_taken = |r: &DraftRelation| r.id != relation.id && r.name.trim() == name;
        if name.is_empty() {
            Some(Fault::NoName)
        } else {
            self.relations.iter().any(is_taken).then_some(Fault::SameName)
        }
    }

    /// What is wrong with a row.
    pub fn fault(&self, row: &DraftRow) -> Option<Fault> {
        let name = row.name.trim();
        let others = || self.rows.iter().filter(|other| other.id != row.id);
        if name.is_empty() {
            return Some(Fault::NoName);
        }
        if is_of_quotation(&Label::new(name)) || others().any(|o| o.name.trim() == name) {
            return Some(Fault::SameName);
        }
        let key = row.key.trim();
        if key.is_empty() {
            return None;
        }
        if others().any(|other| other.key.trim() == key) {
            return Some(Fault::SameKey);
        }
        let mut chars = key.chars();
        let is_free = chars.next().is_some_and(is_free_key) && chars.next().is_none();
        (!is_free).then_some(Fault::KeyOfPage)
    }

    /// Whether no row and no relation has a fault.
    pub fn is_sound(&self) -> bool {
        self.rows.iter().all(|row| self.fault(row).is_none())
            && self.relations.iter().all(|r| self.relation_fault(r).is_none())
    }

    /// The scheme as it shall be, and what becomes of spans. Who has not said
    /// it keeps the label.
    pub fn reform(&self) -> Reform {
        let name = |id: usize| self.row(id).map(|row| Label::new(row.name.trim()));
        let labels = self.rows.iter().map(|row| LabelDef {
            name: Label::new(row.name.trim()),
            color: row.color.clone(),
            key: row.key.trim().chars().next(),
            engine: row.engine,
            inside: row.inside.as_ref().map(|ids| ids.iter().filter_map(|id| name(*id)).collect()),
        });
        let labels = labels.chain(self.fixed.iter().cloned()).collect();
        let renamed = self.rows.iter().filter_map(|row| {
            let (was, now) = (row.was.clone()?, Label::new(row.name.trim()));
            (was != now).then_some((was, Some(now)))
        });
        let gone = self.gone.iter().filter_map(|(label, fate)| match fate {
            Fate::Open => None,
            Fate::Remove => Some((label.clone(), None)),
            Fate::Become(id) => Some((label.clone(), Some(name(*id)?))),
        });
        let fates = order::map(renamed.chain(gone));
        let names = self.relations.iter().map(|r| (r.was.clone(), Label::new(r.name.trim())));
        let relations = names.clone().map(|(_, name)| RelationDef { name }).collect();
        let renamed = names.filter_map(|(was, name)| Some((was.filter(|was| *was != name)?, name)));
        let scheme = Scheme { labels, relations };
        Reform { scheme, fates, relations: order::map(renamed) }
    }
}

/// What quotations are made of, and the labels that are the person's.
fn parted(scheme: &Scheme) -> (Vec<&LabelDef>, Vec<&LabelDef>) {
    scheme.labels.iter().partition(|def| is_of_quotation(&def.name))
}
