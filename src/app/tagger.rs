//! Documents go to the engine and their proposals come back: one after the
//! other, the open one first, in the order of the workspace.

use std::collections::BTreeSet;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use futures_channel::oneshot;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::engine::{EngineError, Status, Tagging};
use super::queue::open_id;
use super::state::App;
use super::{keys, tabs, words};
use crate::document::Document;
use crate::engine::Analysis;

/// How many documents are on their way at a time: while the page takes one
/// answer in, the worker has the next text.
const AT_A_TIME: usize = 2;
/// Proposals for documents that nobody looks at are written down together, so
/// many documents at a time, or after so long. Were they lost, they would be
/// made again.
const TOGETHER: usize = 12;
const PATIENCE_MS: u32 = 400;
/// A text up to this many bytes waits so long for its proposals before it is
/// shown: to draw it without them and once more takes longer than they do.
const SHORT: usize = 16 * 1024;
const MOMENT_MS: u32 = 40;

/// What is to be tagged and what is under way; a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Tagger {
    /// Documents whose proposals a person waits for, or that are under way.
    pub tagging: RwSignal<Vec<String>>,
    work: StoredValue<Work>,
}

#[derive(Default)]
struct Work {
    /// Asked for by the person, the last one last.
    asked: Vec<String>,
    under_way: BTreeSet<String>,
    /// The engine gave no answer: they wait for a person, or the next start.
    failed: BTreeSet<String>,
    runners: usize,
    /// How many documents have proposals that are not written down.
    unwritten: usize,
}

impl Tagger {
    /// Nothing to do.
    pub fn new() -> Self {
        Self { tagging: RwSignal::new(Vec::new()), work: StoredValue::new(Work::default()) }
    }

    /// Forgets what is under way: another tab does it.
    pub fn leave(self) {
        self.work.update_value(|work| {
            work.asked.clear();
            work.under_way.clear();
        });
        self.tagging.set(Vec::new());
    }
}

impl App {
    /// Opens a new document, and tags it.
    pub fn add(self, document: Document) {
        let id = document.id.clone();
        let is_quick = document.text().len() <= SHORT
            && self.engine_status.get_untracked() == Status::InWorker;
        let engine = self.engine().filter(|_| is_quick);
        let asked = engine.map(|engine| engine.tag(document.text().to_string()));
        spawn_local(async move {
            let answer = match asked {
                Some(tagging) => within(MOMENT_MS, tagging.proposals()).await,
                None => None,
            };
            keys::leave_field();
            if !self.is_open() {
                return;
            }
            self.session.update(|s| s.add(document, false));
            match answer {
                Some(answer) => self.hear(&id, answer),
                // It is late: the engine is asked as for any other document.
                None => self.tag_untagged(),
            }
            // What the engine said is written down with the text.
            self.write_down();
        });
    }

    /// Tags what has no proposals yet.
    pub fn tag_untagged(self) {
        let free = self.tagger.work.try_update_value(|work| {
            let free = AT_A_TIME.saturating_sub(work.runners);
            work.runners += free;
            free
        });
        for _ in 0..free.unwrap_or(0) {
            // The engine has the text before the page draws it.
            let first = self.send_next();
            spawn_local(async move {
                self.run(first).await;
                self.tagger.work.update_value(|work| work.runners -= 1);
            });
        }
    }

    /// Asks the engine for a document's proposals once more.
    pub fn tag(self, id: String) {
        if !self.is_open() {
            return;
        }
        self.tagger.tagging.update(|tagging| tagging.push(id.clone()));
        self.tagger.work.update_value(|work| {
            work.failed.remove(&id);
            work.asked.push(id);
        });
        self.tag_untagged();
    }

    /// Hands the engine the next document.
    fn send_next(self) -> Option<(String, Tagging)> {
        let engine = self.engine()?;
        let (id, text) = self.next_to_tag()?;
        self.tagger.tagging.update(|tagging| tagging.push(id.clone()));
        Some((id, engine.tag(text)))
    }

    /// Takes in one answer after the other until no document is left.
    async fn run(self, mut next: Option<(String, Tagging)>) {
        while let Some((id, tagging)) = next {
            self.hear(&id, tagging.proposals().await);
            next = self.send_next();
        }
    }

    /// Takes in what the engine says of a document.
    fn hear(self, id: &str, answer: Result<Analysis, EngineError>) {
        self.tagger.work.update_value(|work| {
            work.under_way.remove(id);
            if answer.is_err() {
                work.failed.insert(id.to_owned());
            }
        });
        self.tagger.tagging.update(|tagging| tagging.retain(|other| other != id));
        if !tabs::is_here() {
            return;
        }
        match answer {
            Ok(analysis) => self.seed(id, analysis),
            Err(error) => {
                let lang = self.lang.get_untracked();
                self.notices.warn(&words::tagging_failed(lang, &error.to_string()));
            }
        }
    }

    /// The next document and its text: one that was asked for, the open one,
    /// or the first of the others.
    fn next_to_tag(self) -> Option<(String, String)> {
        if !tabs::is_here() {
            return None;
        }
        self.tagger.work.try_update_value(|tagger| {
            let asked = std::mem::take(&mut tagger.asked);
            let (now, later): (Vec<_>, Vec<_>) =
                asked.into_iter().partition(|id| !tagger.under_way.contains(id));
            let mut now = now.into_iter();
            let first = now.next();
            tagger.asked = now.chain(later).collect();
            let next = self.session.with_untracked(|s| {
                let text = |w: &crate::session::Work| {
                    (w.document.id.clone(), w.document.text().to_string())
                };
                if let Some(work) =
                    s.works().iter().find(|w| Some(&w.document.id) == first.as_ref())
                {
                    return Some(text(work));
                }
                let waits = |w: &&crate::session::Work| {
                    let id = &w.document.id;
                    !w.tagged && !tagger.under_way.contains(id) && !tagger.failed.contains(id)
                };
                s.work().filter(waits).or_else(|| s.works().iter().find(waits)).map(text)
            });
            if let Some((id, _)) = &next {
                tagger.under_way.insert(id.clone());
            }
            next
        })?
    }

    fn seed(self, id: &str, analysis: Analysis) {
        let is_open = self.session.with_untracked(open_id).is_some_and(|open| open == id);
        let result = self.session.try_update(|s| s.seed(id, analysis));
        if is_open {
            self.write_down();
        } else {
            self.write_down_soon();
        }
        match result {
            Some(Ok(count)) if is_open => {
                self.notices.say(&words::happened(self.lang.get_untracked(), "seed", count));
            }
            Some(Err(refusal)) => self.refuse(&refusal),
            _ => {}
        }
    }

    /// Writes down with what comes next. What a person does meanwhile writes
    /// all that waits, in order.
    fn write_down_soon(self) {
        let unwritten = self.tagger.work.try_update_value(|work| {
            work.unwritten += 1;
            work.unwritten
        });
        let write = move || {
            self.tagger.work.update_value(|work| work.unwritten = 0);
            self.write_down();
        };
        match unwritten {
            Some(1) => drop(Timeout::new(PATIENCE_MS, write).forget()),
            Some(count) if count >= TOGETHER => write(),
            _ => {}
        }
    }
}

/// What comes of `future` within so many milliseconds.
async fn within<T>(milliseconds: u32, future: impl Future<Output = T>) -> Option<T> {
    let (mut future, mut late) = (pin!(future), pin!(pause(milliseconds)));
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => late.as_mut().poll(context).map(|()| None),
    })
    .await
}

/// Ends after so many milliseconds; the page draws and listens meanwhile.
pub async fn pause(milliseconds: u32) {
    let (sender, receiver) = oneshot::channel::<()>();
    let _timer = Timeout::new(milliseconds, move || drop(sender));
    // It ends when the sender is dropped.
    let _ = receiver.await;
}
