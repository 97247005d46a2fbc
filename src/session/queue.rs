//! The queue: what the list of documents shows of each, and which documents
//! are shown in which order.
//!
//! An [`Item`] is made anew only when its document changes. [`order`] is asked
//! for when documents or proposals come, not after an edit, so that a list by
//! doubt does not move under the person who works it off.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::command::{FINISH, REOPEN, SEED};
use super::search;
use super::view::{Overview, overview, parts};
use super::workspace::Work;
use crate::document::{Document, History, Origin, Status};
use crate::text::order;

/// How far a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nobody has done anything to it.
    New,
    /// A person has begun.
    InWork,
    /// A person said that it is done.
    Done,
}

/// What the list of documents shows of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Which.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its title, folded: by which it is sorted and found.
    pub folded: String,
    /// How many words its text has, by white space.
    pub words: usize,
    /// How many proposals are to review, and how many things a person stands
    /// behind.
    pub overview: Overview,
    /// How far it is.
    pub state: State,
    /// Which share of its proposals is likely to be wrong, in thousandths; see
    /// [`doubt`].
    pub doubt: u16,
    /// Somebody wrote a remark on it.
    pub noted: bool,
    /// The engine's answer has been taken in.
    pub tagged: bool,
}

/// Which documents are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// Those that are not done.
    Todo,
    /// Those that are just so far.
    Only(State),
}

/// In which order documents are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// As they came.
    #[default]
    Entered,
    /// Those with the most doubtful proposals first.
    Doubt,
    /// By title.
    Title,
}

/// What is searched for, and where it was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    query: String,
    /// How often in the text of each document; a text never changes.
    texts: BTreeMap<String, usize>,
}

/// How many documents are how far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All documents.
    pub all: usize,
    /// Untouched ones.
    pub new: usize,
    /// Those that a person is at.
    pub in_work: usize,
    /// Those that are done.
    pub done: usize,
    /// Those that the engine has not answered for yet.
    pub untagged: usize,
}

/// Proposals that are sure, put beside a document's own before its doubt is
/// taken: a document with one proposal at one half is no more urgent than one
/// with twenty at three quarters.
const SURE: f32 = 4.0;

impl Item {
    /// What the list shows of a document; `words` where they were counted
    /// before.
    pub(super) fn of(
        document: &Document,
        history: &History,
        tagged: bool,
        words: Option<usize>,
    ) -> Self {
        let count = || document.text().split_whitespace().count();
        Self {
            id: document.id.clone(),
            title: document.title.clone(),
            folded: search::folded(&document.title),
            words: words.unwrap_or_else(count),
            overview: overview(document),
            state: state(document, history),
            doubt: (doubt(document) * 1000.0) as u16,
            noted: document.note.is_some(),
            tagged,
        }
    }
}

impl Filter {
    /// Whether a document that is so far is shown.
    pub fn takes(self, state: State) -> bool {
        match self {
            Self::All => true,
            Self::Todo => state != State::Done,
            Self::Only(only) => state == only,
        }
    }
}

impl Found {
    /// Where `query` is found, in letters of any case and with any accents;
    /// `None` where it asks for nothing. What `before` knows is not searched
    /// again.
    pub fn search(works: &[Work], query: &str, before: Option<&Self>) -> Option<Self> {
        let query = search::folded(query.trim());
        if query.is_empty() {
            return None;
        }
        let before = before.filter(|before| before.query == query);
        let mut room = Vec::new();
        let count = |work: &Work| {
            let id = &work.document.id;
            let known = before.and_then(|before| before.texts.get(id)).copied();
            let count =
                known.unwrap_or_else(|| search::count(work.document.text(), &query, &mut room));
            (id.clone(), count)
        };
        let texts = order::map(works.iter().map(count));
        Some(Self { query, texts })
    }

    /// How often it stands in a document, its title among it.
    pub fn hits(&self, item: &Item) -> usize {
        let text = self.texts.get(&item.id).copied().unwrap_or(0);
        // The title is often the text's first line: that is one place.
        if text > 0 { text } else { item.folded.matches(&self.query).count() }
    }
}

/// How far a document is: the engine's proposals are nobody's work, and to say
/// that it is done, or not, begins nothing.
pub fn state(document: &Document, history: &History) -> State {
    if document.done {
        return State::Done;
    }
    let steps = &history.steps()[..history.position()];
    let mut steps = steps.iter().filter(|step| !step.changes.is_empty());
    let is_begun = steps.any(|step| ![SEED, FINISH, REOPEN].contains(&&*step.action))
        || document.note.is_some()
        || !document.rejected().is_empty()
        || document
            .spans()
            .any(|(_, s)| s.origin == Origin::Person || s.status == Status::Accepted);
    if is_begun { State::InWork } else { State::New }
}

/// Which share of a document's proposals is likely to be wrong, 0 to 1: the
/// scores are probabilities of being right, and what has none is not doubted.
/// A quotation counts once, with its parts. [`SURE`] proposals are put beside
/// its own.
pub fn doubt(document: &Document) -> f32 {
    let parts = parts(document);
    let (mut wrong, mut count) = (0.0, 0.0);
    for (id, span) in document.spans() {
        if span.status == Status::Proposed && !parts.contains_key(&id) {
            wrong += 1.0 - span.score.unwrap_or(1.0).clamp(0.0, 1.0);
            count += 1.0;
        }
    }
    wrong / (count + SURE)
}

/// The places of the documents in the order that is wished.
pub fn order(items: &[Arc<Item>], sort: Sort) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    match sort {
        Sort::Entered => {}
        Sort::Doubt => order::sort_by_key(&mut order, |at| std::cmp::Reverse(items[*at].doubt)),
        Sort::Title => order::sort_by(&mut order, |a, b| items[*a].folded.cmp(&items[*b].folded)),
    }
    order
}

/// The documents that are shown, in `order`, with how often what is searched
/// for stands in each. The open one stays where it is, whatever it becomes:
/// the list is not pulled away from under the person.
pub fn shown(
    items: &[Arc<Item>],
    order: &[usize],
    filter: Filter,
    found: Option<&Found>,
    open: Option<&str>,
) -> Vec<(Arc<Item>, usize)> {
    let mut shown = Vec::new();
    for item in order.iter().filter_map(|at| items.get(*at)) {
        let hits = found.map_or(0, |found| found.hits(item));
        let is_wanted = filter.takes(item.state) && (found.is_none() || hits > 0);
        if is_wanted || open == Some(&item.id) {
            shown.push((Arc::clone(item), hits));
        }
    }
    shown
}

/// How many documents are how far.
pub fn tally(items: &[Arc<Item>]) -> Tally {
    let mut tally = Tally { all: items.len(), ..Tally::default() };
    for item in items {
        match item.state {
            State::New => tally.new += 1,
            State::InWork => tally.in_work += 1,
            State::Done => tally.done += 1,
        }
        tally.untagged += usize::from(!item.tagged);
    }
    tally
}
