//! The queue as the page shows it: what the person asked for (a filter, an
//! order, words), and what it comes to.

use std::sync::Arc;

use leptos::prelude::*;

use super::keys;
use super::state::{App, Overlay, Tab};
use super::words;
use crate::session::{self, Command, Filter, Found, Item, Session, Sort, State, Tally, Work};

/// What is shown of a document, and how often what is searched for is in it.
pub type Row = (Arc<Item>, usize);

/// The queue; a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Queue {
    /// Which documents are shown.
    pub filter: RwSignal<Filter>,
    /// In which order.
    pub sort: RwSignal<Sort>,
    /// The words that are searched for.
    pub query: RwSignal<String>,
    /// How many documents are how far.
    pub tally: Memo<Tally>,
    /// The documents that are shown, in order.
    pub rows: Memo<Arc<Vec<Row>>>,
    /// The document that a dialog is about.
    pub about: RwSignal<String>,
    /// The document whose title is being written in the list.
    pub renaming: RwSignal<Option<String>>,
    /// Whether the remark on the span in focus is being written.
    pub noting: RwSignal<bool>,
    /// What was taken out and can be put back, the last one last.
    removed: StoredValue<Vec<(usize, Work)>>,
}

impl Queue {
    /// The queue of a session.
    pub fn new(session: RwSignal<Session>) -> Self {
        let filter = RwSignal::new(Filter::All);
        let sort = RwSignal::new(Sort::Entered);
        let query = RwSignal::new(String::new());
        let items = Memo::new(move |_| session.with(items_of));
        let arrivals = Memo::new(move |_| session.with(Session::arrivals));
        let order = Memo::new(move |_| {
            // Read, not only tracked: a memo that nobody reads hears nothing.
            arrivals.get();
            let items = session.with_untracked(items_of);
            Arc::new(session::order(&items, sort.get()))
        });
        let found = Memo::new(move |before: Option<&Option<Arc<Found>>>| {
            arrivals.get();
            let before = before.and_then(Option::as_deref);
            let search = |s: &Session| query.with(|q| Found::search(s.works(), q, before));
            session.with_untracked(search).map(Arc::new)
        });
        let open = Memo::new(move |_| session.with(open_id));
        let rows = Memo::new(move |_| {
            let (order, found, open) = (order.get(), found.get(), open.get());
            let rows = items.with(|items| {
                session::shown(items, &order, filter.get(), found.as_deref(), open.as_deref())
            });
            Arc::new(rows)
        });
        Self {
            filter,
            sort,
            query,
            tally: Memo::new(move |_| items.with(|items| session::tally(items))),
            rows,
            about: RwSignal::new(String::new()),
            renaming: RwSignal::new(None),
            noting: RwSignal::new(false),
            removed: StoredValue::new(Vec::new()),
        }
    }
}

fn items_of(session: &Session) -> Vec<Arc<Item>> {
    session.works().iter().map(|work| Arc::clone(work.item())).collect()
}

/// The id of the open document.
pub fn open_id(session: &Session) -> Option<String> {
    session.work().map(|w| w.document.id.clone())
}

impl App {
    /// To the next document that is shown, or the one before.
    pub fn next_document(self, forward: bool) {
        let open = self.session.with_untracked(open_id);
        let next = self.queue.rows.with_untracked(|rows| {
            let at = rows.iter().position(|(item, _)| Some(&item.id) == open.as_ref());
            let next = match at {
                Some(at) if forward => at + 1,
                Some(at) => at.checked_sub(1)?,
                None => 0,
            };
            rows.get(next).map(|(item, _)| Arc::clone(item))
        });
        let words = self.lang.get_untracked().words();
        match next {
            Some(item) => {
                self.open_document(&item.id);
                keys::focus_sheet();
                self.notices.say(&item.title);
            }
            None if forward => self.notices.say(words.queue_end),
            None => self.notices.say(words.queue_start),
        }
    }

    /// Says that a document is done, or that it is not.
    pub fn turn_done(self, id: &str) {
        let state = self.session.with_untracked(|s| {
            s.works().iter().find(|w| w.document.id == id).map(|w| w.item().state)
        });
        let command = if state == Some(State::Done) { Command::Reopen } else { Command::Finish };
        self.perform_on(id, command);
    }

    /// As [`App::turn_done`], on the open document.
    pub fn turn_open_done(self) {
        if let Some(id) = self.session.with_untracked(open_id) {
            self.turn_done(&id);
        }
    }

    /// Shows the dialog about a document.
    pub fn show_document(self, id: &str) {
        self.queue.about.set(id.to_owned());
        self.overlay.set(Overlay::Document);
    }

    /// Lets the person write a remark: on the span in focus, or else on the
    /// document.
    pub fn remark(self) {
        if self.card.with_untracked(Option::is_some) {
            self.queue.noting.set(true);
        } else if let Some(id) = self.session.with_untracked(open_id) {
            self.show_document(&id);
        }
    }

    /// Puts the keyboard into the field for searching.
    pub fn search(self) {
        self.tab.set(Tab::Documents);
        // At once, for who types on; and where the list is drawn only now.
        keys::focus_on(".queue-search");
        request_animation_frame(|| keys::focus_on(".queue-search"));
    }

    /// Puts a copy of a document behind it.
    pub fn duplicate(self, id: &str) {
        let title = self.session.with_untracked(|s| {
            s.works().iter().find(|w| w.document.id == id).map(|w| w.document.title.clone())
        });
        let Some(title) = title else { return };
        let lang = self.lang.get_untracked();
        let title = words::copy_of(lang, &title);
        self.change(|s| s.duplicate(id, &super::files::fresh_id(s), &title));
        self.notices.say(&title);
    }

    /// Takes a document out; a button of the notice puts back all that was
    /// taken out since the notice came, with all that was done to it.
    pub fn remove(self, id: &str) {
        let mut taken = None;
        self.change(|s| taken = s.remove(id));
        let Some(taken) = taken else { return };
        let lang = self.lang.get_untracked();
        let title = taken.1.document.title.clone();
        let is_new = !self.notices.is_shown(REMOVED);
        let count = self.queue.removed.try_update_value(|removed| {
            if is_new {
                removed.clear();
            }
            removed.push(taken);
            removed.len()
        });
        let text = match count {
            Some(count @ 2..) => words::removed_many(lang, count),
            _ => words::removed(lang, &title),
        };
        self.notices.offer_as(REMOVED, &text, lang.words().put_back, move || self.put_back());
    }

    fn put_back(self) {
        let removed = self.queue.removed.try_update_value(std::mem::take).unwrap_or_default();
        self.change(|s| {
            for (at, work) in removed.into_iter().rev() {
                s.put_back(at, work);
            }
        });
    }
}

/// The notice about what was taken out.
const REMOVED: &str = "removed";
