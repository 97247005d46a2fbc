//! The session: the open workspace, where the person is in it, and the
//! journal of what has to be written down.

use std::fmt;
use std::sync::Arc;

use super::command::Command;
use super::queue::Item;
use super::reform::{SchemeChange, Way, free};
use super::select::{self, Edge, Move, Step};
use super::view::review_order;
use crate::document::{ApplyError, Change, Document, History, Span, SpanId, Transaction};
use crate::engine::Analysis;
use crate::scheme::{Label, Scheme};
use crate::text::{ByteSpan, snap_to_words};

/// One document with all that was done to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// As it is now.
    pub document: Document,
    /// What led here from the document as it was first written down.
    pub history: History,
    /// Whether the engine's answer has been taken in.
    pub tagged: bool,
    item: Arc<Item>,
}

impl Work {
    /// A document with what was done to it.
    pub fn new(document: Document, history: History, tagged: bool) -> Self {
        let item = Arc::new(Item::of(&document, &history, tagged, None));
        Self { document, history, tagged, item }
    }

    /// What the list of documents shows of it.
    pub fn item(&self) -> &Arc<Item> {
        &self.item
    }

    /// Makes its item anew, after a change.
    pub(super) fn refresh(&mut self) {
        let words = Some(self.item.words);
        let item = Item::of(&self.document, &self.history, self.tagged, words);
        if *self.item != item {
            self.item = Arc::new(item);
        }
    }
}

/// A workspace with one document open, and the person's place in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    pub(super) scheme: Scheme,
    /// The changes of the scheme, the first one first.
    pub(super) changes: Vec<SchemeChange>,
    pub(super) works: Vec<Work>,
    open: Option<String>,
    /// Where the open document stands, so that nobody has to look for it.
    open_at: usize,
    focus: Option<SpanId>,
    range: Option<ByteSpan>,
    /// Where the person was last, once they left a span or a selection.
    place: Option<usize>,
    step: Step,
    /// How often documents or proposals have come or gone.
    arrivals: u64,
    pub(super) journal: Vec<Entry>,
}

/// One thing to write down, in order; together they hold all of the session
/// that must outlive it.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A document as it is now, without history: it is new, or its proposals
    /// came in before anything was done.
    Document(Box<Document>, bool),
    /// Step `index` of a document was done; later steps are void.
    Step(String, usize, Box<Transaction>),
    /// A document stands after its first so many steps.
    Position(String, usize),
    /// The engine's answer for a document was taken in.
    Tagged(String),
    /// A document was taken out of the workspace.
    Removed(String),
    /// The order of the documents, and which is open.
    Order(Vec<String>, Option<String>),
    /// The label scheme.
    Scheme(Scheme),
    /// Change `index` of the scheme was made.
    SchemeChange(usize, Box<SchemeChange>),
}

/// What came of a command.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The command's name, or that of the step undone or redone.
    pub action: String,
    /// How many spans it concerned.
    pub count: usize,
    /// Whether the document is different.
    pub changed: bool,
}

/// Why a command was not carried out. Nothing changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// No document is open.
    NothingOpen,
    /// The document would not hold together.
    Broken(ApplyError),
    /// The scheme does not let the first label lie in the second.
    Nested(Label, Label),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingOpen => f.write_str("no document is open"),
            Self::Broken(error) => error.fmt(f),
            Self::Nested(inner, outer) => {
                write!(f, "the label scheme does not let {inner} lie in {outer}")
            }
        }
    }
}

impl std::error::Error for Refusal {}

impl Session {
    /// A session over what was written down earlier. `open` is ignored where
    /// no document has that id.
    pub fn restored(scheme: Scheme, works: Vec<Work>, open: Option<String>) -> Self {
        let mut session = Self { scheme, works, ..Self::default() };
        session.open = open
            .filter(|id| session.index(id).is_some())
            .or_else(|| session.works.first().map(|w| w.document.id.clone()));
        session.find_open();
        session
    }

    /// The same with the changes of its scheme, which can be taken back.
    #[must_use]
    pub fn with_changes(self, changes: Vec<SchemeChange>) -> Self {
        Self { changes, ..self }
    }

    /// The changes of the scheme, the first one first.
    pub fn changes(&self) -> &[SchemeChange] {
        &self.changes
    }

    /// The label scheme.
    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// All documents, in the order in which they came.
    pub fn works(&self) -> &[Work] {
        &self.works
    }

    /// The open document.
    pub fn work(&self) -> Option<&Work> {
        let work = self.works.get(self.open_at)?;
        (Some(&work.document.id) == self.open.as_ref()).then_some(work)
    }

    /// The span that the person is at.
    pub fn focus(&self) -> Option<SpanId> {
        self.focus
    }

    /// The stretch that the person has selected.
    pub fn range(&self) -> Option<ByteSpan> {
        self.range
    }

    /// Whether selecting and resizing go by words or by characters.
    pub fn step(&self) -> Step {
        self.step
    }

    /// A number that changes whenever documents or proposals come or go, and
    /// by nothing else: then the order of the documents may be another one.
    pub fn arrivals(&self) -> u64 {
        self.arrivals
    }

    /// Takes what has to be written down.
    pub fn journal(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.journal)
    }

    /// All that has to be written down where nothing is.
    pub fn afresh(&self) -> Vec<Entry> {
        let ids = self.works.iter().map(|w| w.document.id.clone()).collect();
        let mut all = vec![Entry::Scheme(self.scheme.clone())];
        let changes = self.changes.iter().cloned().map(Box::new).enumerate();
        all.extend(changes.map(|(at, change)| Entry::SchemeChange(at, change)));
        all.extend(self.works.iter().flat_map(entries));
        all.push(Entry::Order(ids, self.open.clone()));
        all
    }

    /// Puts a document in and opens it. Its id must be free (see
    /// [`Session::has`]).
    pub fn add(&mut self, document: Document, tagged: bool) {
        let id = document.id.clone();
        self.put(self.works.len(), document, tagged);
        self.open_document(&id);
    }

    /// Puts documents in, each with whether it needs no proposals, and opens
    /// none of them, unless none is open. Their ids must be free.
    pub fn take_in(&mut self, documents: impl IntoIterator<Item = (Document, bool)>) {
        for (document, tagged) in documents {
            self.open.get_or_insert_with(|| document.id.clone());
            self.put(self.works.len(), document, tagged);
        }
        self.find_open();
        self.write_order();
    }

    /// Puts a copy of a document behind it, under another title and id, and
    /// opens it. The copy has all that is in the document, and no history.
    pub fn duplicate(&mut self, id: &str, copy: &str, title: &str) {
        let Some(at) = self.index(id) else { return };
        let work = &self.works[at];
        let mut document = work.document.clone();
        copy.clone_into(&mut document.id);
        title.clone_into(&mut document.title);
        document.done = false;
        self.put(at + 1, document, work.tagged);
        self.open_document(copy);
    }

    fn put(&mut self, at: usize, document: Document, tagged: bool) {
        self.journal.push(Entry::Document(Box::new(document.clone()), tagged));
        self.works.insert(at, Work::new(document, History::default(), tagged));
        self.arrivals += 1;
    }

    /// Puts a removed document back where it was, with its history.
    pub fn put_back(&mut self, at: usize, work: Work) {
        let id = work.document.id.clone();
        self.journal.extend(entries(&work));
        self.works.insert(at.min(self.works.len()), work);
        self.arrivals += 1;
        self.open_document(&id);
    }

    /// Takes a document out; where it was, and all of it, for
    /// [`Session::put_back`].
    pub fn remove(&mut self, id: &str) -> Option<(usize, Work)> {
        let at = self.index(id)?;
        let work = self.works.remove(at);
        self.arrivals += 1;
        self.journal.push(Entry::Removed(id.to_owned()));
        if self.open.as_deref() == Some(id) {
            let next = self.works.get(at).or_else(|| self.works.last());
            self.open = next.map(|w| w.document.id.clone());
            self.leave();
        }
        self.find_open();
        self.write_order();
        Some((at, work))
    }

    /// Opens another document.
    pub fn open_document(&mut self, id: &str) {
        if self.index(id).is_some() {
            self.open = Some(id.to_owned());
            self.find_open();
            self.leave();
            self.write_order();
        }
    }

    /// Whether a document has that id.
    pub fn has(&self, id: &str) -> bool {
        self.index(id).is_some()
    }

    /// Adds the labels and relations that a foreign scheme has and this one
    /// has not. A key that is taken stays with its first label.
    pub fn adopt(&mut self, scheme: &Scheme) {
        let before = self.scheme.clone();
        for def in &scheme.labels {
            if self.scheme.label(&def.name).is_none() {
                let mut def = def.clone();
                free(&mut def, &self.scheme);
                self.scheme.labels.push(def);
            }
        }
        for def in &scheme.relations {
            if !self.scheme.relations.contains(def) {
                self.scheme.relations.push(def.clone());
            }
        }
        if self.scheme != before {
            self.journal.push(Entry::Scheme(self.scheme.clone()));
        }
    }

    /// Takes the engine's proposals for a document in. Before anything was
    /// done they become part of it; later they are a step like any other.
    ///
    /// # Errors
    /// If the proposals do not fit the document's text.
    pub fn seed(&mut self, id: &str, analysis: Analysis) -> Result<usize, Refusal> {
        let Some(at) = self.index(id) else { return Ok(0) };
        let work = &mut self.works[at];
        let plan = Command::Seed(Box::new(analysis)).plan(&work.document, &self.scheme);
        work.tagged = true;
        if work.history.steps().is_empty() {
            if let Some(transaction) = plan.transaction {
                work.document.apply(&transaction).map_err(Refusal::Broken)?;
            }
            self.journal.push(Entry::Document(Box::new(work.document.clone()), true));
        } else {
            if let Some(transaction) = plan.transaction {
                self.commit(at, transaction)?;
            }
            self.journal.push(Entry::Tagged(id.to_owned()));
        }
        self.works[at].refresh();
        self.arrivals += 1;
        self.leave_lost();
        Ok(plan.count)
    }

    /// Carries a command out on a document that need not be open.
    ///
    /// # Errors
    /// If it is not there, or would not hold together.
    pub fn perform_on(&mut self, id: &str, command: &Command) -> Result<Outcome, Refusal> {
        if self.open.as_deref() == Some(id) {
            return self.perform(command);
        }
        let at = self.index(id).ok_or(Refusal::NothingOpen)?;
        let plan = command.plan(&self.works[at].document, &self.scheme);
        if let Some(transaction) = &plan.transaction {
            self.check_nesting(&self.works[at].document, transaction)?;
        }
        let changed = plan.transaction.is_some();
        if let Some(transaction) = plan.transaction {
            self.commit(at, transaction)?;
        }
        Ok(Outcome { action: command.name().to_owned(), count: plan.count, changed })
    }

    /// Carries a command out on the open document.
    ///
    /// # Errors
    /// If no document is open, or the document would not hold together.
    pub fn perform(&mut self, command: &Command) -> Result<Outcome, Refusal> {
        let at = self.open_index()?;
        let plan = command.plan(&self.works[at].document, &self.scheme);
        if let Some(transaction) = &plan.transaction {
            self.check_nesting(&self.works[at].document, transaction)?;
        }
        let changed = plan.transaction.is_some();
        if let Some(transaction) = plan.transaction {
            self.commit(at, transaction)?;
        }
        self.range = None;
        let document = &self.works[at].document;
        self.focus = plan.focus.or(self.focus).filter(|id| document.span(*id).is_some());
        Ok(Outcome { action: command.name().to_owned(), count: plan.count, changed })
    }

    /// Takes the last step back.
    ///
    /// # Errors
    /// If no document is open.
    pub fn undo(&mut self) -> Result<Outcome, Refusal> {
        self.travel(Way::Back, History::undo)
    }

    /// Does the step that was taken back again.
    ///
    /// # Errors
    /// If no document is open.
    pub fn redo(&mut self) -> Result<Outcome, Refusal> {
        self.travel(Way::Forth, History::redo)
    }

    /// Goes to a span; `None` leaves all spans.
    pub fn focus_on(&mut self, id: Option<SpanId>) {
        self.mark_place();
        self.focus = id.filter(|id| self.work().is_some_and(|w| w.document.span(*id).is_some()));
        self.range = None;
    }

    /// Selects a stretch, widened to whole words unless going by characters.
    pub fn select(&mut self, range: Option<ByteSpan>) {
        self.mark_place();
        let step = self.step;
        let text = self.work().map(|w| w.document.text().clone());
        self.range = match (range, text) {
            (Some(range), Some(text)) if ByteSpan::fits(&text, range.start, range.end) => {
                Some(match step {
                    Step::Word => snap_to_words(&text, range),
                    Step::Character => range,
                })
            }
            _ => None,
        };
    }

    /// Goes by words or by characters from now on.
    pub fn set_step(&mut self, step: Step) {
        self.step = step;
    }

    /// Moves the keyboard's selection.
    pub fn move_selection(&mut self, to: Move) {
        let Some(work) = self.work() else { return };
        let text = work.document.text().clone();
        let start = || Some(work.document.span(self.focus?)?.range.start);
        let at = || start().or(self.place).map(|at| ByteSpan::new(at, at));
        let from = self.range.or_else(at);
        self.range = Some(select::moved(&text, from, to, self.step));
        self.focus = None;
    }

    /// The command that moves one bound of the span in focus by one step.
    pub fn resized(&self, edge: Edge, to: Move) -> Option<Command> {
        let work = self.work()?;
        let id = self.focus?;
        let range = work.document.span(id)?.range;
        let moved = select::moved_edge(work.document.text(), range, edge, to, self.step);
        (moved != range).then_some(Command::Resize(id, moved))
    }

    /// Goes to the next proposal after where the person is, or the one
    /// before; `false` if there is none that way.
    pub fn review(&mut self, forward: bool) -> bool {
        let Some(work) = self.work() else { return false };
        let here = self
            .focus
            .and_then(|id| work.document.span(id).map(|s| (s.range, id)))
            .or_else(|| self.range.map(|r| (r, SpanId(0))));
        let order = review_order(&work.document);
        let key = |id: &SpanId| (work.document.span(*id).map(|s| s.range), *id);
        let next = match here {
            None if forward => order.first(),
            None => order.last(),
            Some((range, id)) if forward => order.iter().find(|o| key(o) > (Some(range), id)),
            Some((range, id)) => order.iter().rev().find(|o| key(o) < (Some(range), id)),
        };
        let found = next.copied();
        if found.is_some() {
            self.focus = found;
            self.range = None;
        }
        found.is_some()
    }

    /// The label of the scheme that a key gives.
    pub fn label_of_key(&self, key: char) -> Option<Label> {
        let key = key.to_lowercase().next()?;
        self.scheme.labels.iter().find(|d| d.key == Some(key)).map(|d| d.name.clone())
    }

    /// Whether a step puts no span where the scheme does not let it lie. What
    /// lies there already may stay.
    fn check_nesting(&self, document: &Document, step: &Transaction) -> Result<(), Refusal> {
        if self.scheme.labels.iter().all(|def| def.inside.is_none()) {
            return Ok(());
        }
        let mut later = document.clone();
        later.apply(step).map_err(Refusal::Broken)?;
        for change in &step.changes {
            let Change::Span { id, before, after: Some(span) } = change else { continue };
            let place = |s: &Span| (s.range, s.label.clone());
            if before.as_ref().map(place) == Some(place(span)) {
                continue;
            }
            for (_, other) in later.spans().filter(|(of, s)| of != id && s.range != span.range) {
                let pair = if other.range.contains(span.range) {
                    (span, other)
                } else if span.range.contains(other.range) {
                    (other, span)
                } else {
                    continue;
                };
                let (inner, outer) = (&pair.0.label, &pair.1.label);
                if !self.scheme.allows(inner, outer) {
                    return Err(Refusal::Nested(inner.clone(), outer.clone()));
                }
            }
        }
        Ok(())
    }

    /// Nobody is at a span that is no more.
    pub(super) fn leave_lost(&mut self) {
        if let Some(focus) = self.focus
            && self.work().is_none_or(|w| w.document.span(focus).is_none())
        {
            self.focus = None;
        }
    }

    fn travel(
        &mut self,
        whither: Way,
        way: for<'h> fn(
            &'h mut History,
            &mut Document,
        ) -> Result<Option<&'h Transaction>, ApplyError>,
    ) -> Result<Outcome, Refusal> {
        let at = self.open_index()?;
        if let Some(outcome) = self.travel_as_reform(at, whither) {
            return Ok(outcome);
        }
        let work = &mut self.works[at];
        let step = way(&mut work.history, &mut work.document).map_err(Refusal::Broken)?.cloned();
        let Some(step) = step else {
            return Ok(Outcome { action: String::new(), count: 0, changed: false });
        };
        let position = work.history.position();
        work.refresh();
        self.journal.push(Entry::Position(self.works[at].document.id.clone(), position));
        let document = &self.works[at].document;
        let touched = step.changes.iter().find_map(|change| match change {
            Change::Span { id, .. } if document.span(*id).is_some() => Some(*id),
            _ => None,
        });
        self.range = None;
        self.focus = touched.or(self.focus).filter(|id| document.span(*id).is_some());
        let spans = step.changes.iter().filter(|c| matches!(c, Change::Span { .. }));
        Ok(Outcome { count: spans.count(), action: step.action, changed: true })
    }

    pub(super) fn commit(&mut self, at: usize, transaction: Transaction) -> Result<(), Refusal> {
        let work = &mut self.works[at];
        work.history.commit(&mut work.document, transaction.clone()).map_err(Refusal::Broken)?;
        work.refresh();
        let index = work.history.position() - 1;
        let id = work.document.id.clone();
        self.journal.push(Entry::Step(id, index, Box::new(transaction)));
        Ok(())
    }

    fn leave(&mut self) {
        self.focus = None;
        self.range = None;
        self.place = None;
    }

    fn mark_place(&mut self) {
        let focused = || Some(self.work()?.document.span(self.focus?)?.range);
        self.place = self.range.or_else(focused).map(|r| r.start).or(self.place);
    }

    fn write_order(&mut self) {
        let ids = self.works.iter().map(|w| w.document.id.clone()).collect();
        self.journal.push(Entry::Order(ids, self.open.clone()));
    }

    fn find_open(&mut self) {
        self.open_at = self.open.as_deref().and_then(|id| self.index(id)).unwrap_or(0);
    }

    fn index(&self, id: &str) -> Option<usize> {
        self.works.iter().position(|w| w.document.id == id)
    }

    pub(super) fn open_index(&self) -> Result<usize, Refusal> {
        self.work().map(|_| self.open_at).ok_or(Refusal::NothingOpen)
    }
}

/// A document as it first was, and what was done to it since.
fn entries(work: &Work) -> Vec<Entry> {
    let id = &work.document.id;
    let base = work.history.base(&work.document).expect("a document's own history can be undone");
    let steps = work.history.steps().iter().enumerate();
    let steps = steps.map(|(at, step)| Entry::Step(id.clone(), at, Box::new(step.clone())));
    let mut all = vec![Entry::Document(Box::new(base), work.tagged)];
    all.extend(steps);
    all.push(Entry::Position(id.clone(), work.history.position()));
    all
}
