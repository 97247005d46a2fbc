//! What the components share: the session in one signal, the views derived
//! from it, and the ways in which it changes.
//!
//! Everything here lives as long as the page, so no signal that a row reads
//! can be gone when it does.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::arrivals::Arrivals;
use super::engine::{Engine, Status};
use super::import::Import;
use super::notices::Notices;
use super::offline;
use super::queue::Queue;
use super::room;
use super::scheme_words;
use super::storage::{self, Saving};
use super::tabs;
use super::tagger::{Tagger, pause};
use super::warm;
use super::words::{self, Lang, Words};
use super::workspaces::Shelf;
use crate::document::{Document, SpanId};
use crate::engine::quotations;
use crate::scheme::{Label, QUOTE};
use crate::session::{
    self, Block, Command, EntityRow, Outcome, Overview, QuotationRow, Reform, Refusal, Session,
    SpanCard,
};
use crate::text::ByteSpan;

/// The shared state; a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct App {
    /// The workspace and the person's place in it.
    pub session: RwSignal<Session>,
    /// The interface's language.
    pub lang: RwSignal<Lang>,
    /// What the page has to say.
    pub notices: Notices,
    /// What lies over the page.
    pub overlay: RwSignal<Overlay>,
    /// The files that are on their way in.
    pub import: RwSignal<Import>,
    /// Whether all is written down.
    pub saving: RwSignal<Saving>,
    /// The workspaces of this browser.
    pub shelf: Shelf,
    /// Where the engine runs.
    pub engine_status: RwSignal<Status>,
    /// Which documents are shown, and in which order.
    pub queue: Queue,
    /// Many files on their way in.
    pub arrivals: Arrivals,
    /// Documents whose proposals are on their way.
    pub tagger: Tagger,
    /// Which part shows where only one has room.
    pub tab: RwSignal<Tab>,
    /// The quotation that the person was at last: a cue or a speaker that is
    /// selected next belongs to it.
    pub quotation: RwSignal<Option<SpanId>>,
    /// The lines of the open document.
    pub blocks: Memo<Arc<Vec<Block>>>,
    /// Its entities.
    pub entities: Memo<Arc<Vec<EntityRow>>>,
    /// Its quotations.
    pub quotations: Memo<Arc<Vec<QuotationRow>>>,
    /// The span in focus.
    pub card: Memo<Option<SpanCard>>,
    /// How far the work is.
    pub overview: Memo<Overview>,
    /// The text of the open document.
    pub text: Memo<Option<Arc<str>>>,
    engine: StoredValue<Option<Engine>, LocalStorage>,
}

/// What lies over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// Nothing.
    None,
    /// The keys.
    Help,
    /// The downloads.
    Export,
    /// What has to be said or asked about files that come in.
    Import,
    /// The workspaces, and how they are kept.
    Workspaces,
    /// The labels of the workspace.
    Scheme,
    /// What of a backup is to come back.
    Restore,
    /// A document: its title, a remark on it.
    Document,
    /// Who a span is about, or who speaks.
    Who(SpanId),
}

/// The parts of the page of which a phone shows one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The text.
    Text,
    /// The entities.
    Entities,
    /// The quotations.
    Quotations,
    /// The documents.
    Documents,
}

impl App {
    /// The state over a session that was read from storage.
    pub fn new(session: Session, lang: Lang) -> Self {
        let session = RwSignal::new(session);
        let open = move || session.with(|s| s.work().map(|w| w.document.clone()));
        // One copy of the document a change, from which all views derive.
        let document = Memo::new_with_compare(move |_| open().map(Arc::new), |a, b| a != b);
        let focus = Memo::new(move |_| session.with(Session::focus));
        let blocks = Memo::new(move |_| {
            let view = |d: Arc<Document>| session::blocks(&d, focus.get());
            Arc::new(document.get().map(view).unwrap_or_default())
        });
        let entities = Memo::new(move |_| {
            let rows = document.get().map(|d| session::entity_rows(&d));
            Arc::new(rows.unwrap_or_default())
        });
        let quotations = Memo::new(move |_| {
            let rows = document.get().map(|d| session::quotation_rows(&d, focus.get()));
            Arc::new(rows.unwrap_or_default())
        });
        let card = Memo::new(move |_| session::span_card(&*document.get()?, focus.get()?));
        let overview =
            Memo::new(move |_| document.get().map(|d| session::overview(&d)).unwrap_or_default());
        let text = Memo::new(move |_| document.get().map(|d| d.text().clone()));
        let app = Self {
            session,
            lang: RwSignal::new(lang),
            notices: Notices::new(),
            overlay: RwSignal::new(Overlay::None),
            import: RwSignal::new(Import::default()),
            saving: RwSignal::new(Saving::Saved),
            shelf: Shelf::new(),
            engine_status: RwSignal::new(Status::Starting),
            queue: Queue::new(session),
            arrivals: Arrivals::new(),
            tagger: Tagger::new(),
            tab: RwSignal::new(Tab::Text),
            quotation: RwSignal::new(None),
            blocks,
            entities,
            quotations,
            card,
            overview,
            text,
            engine: StoredValue::new_local(None),
        };
        app.follow_quotation();
        app
    }

    /// The words of the interface.
    pub fn words(&self) -> &'static Words {
        self.lang.get().words()
    }

    /// Starts the engine and tags what has no proposals yet.
    pub fn start_engine(self) {
        let engine = Engine::start(move |status| {
            let words = self.lang.get_untracked().words();
            match &status {
                Status::InPage => self.notices.warn(words.engine_in_place),
                Status::Starting | Status::InWorker => {}
            }
            // Where who drives the page from outside can wait for it.
            if let Some(root) = gloo::utils::document().document_element() {
                let _ = root.set_attribute("data-engine", status.name());
            }
            let ready = status != Status::Starting;
            self.engine_status.set(status);
            if ready {
                offline::keep(self);
                self.warm_up();
            }
        });
        self.engine.set_value(Some(engine));
        self.tag_untagged();
    }

    /// Before the first text, where the engine is out of the way.
    fn warm_up(self) {
        let Some(engine) = self.engine.get_value() else { return };
        if self.engine_status.get_untracked() != Status::InWorker
            || self.session.with_untracked(|s| s.work().is_some())
        {
            return;
        }
        spawn_local(async move {
            for text in warm::texts() {
                let answer = engine.tag(text.to_owned()).proposals().await;
                // What the person does meanwhile comes first.
                pause(0).await;
                match answer {
                    Ok(analysis) if self.session.with_untracked(|s| s.work().is_none()) => {
                        warm::draw(text, analysis, self.lang.get_untracked());
                    }
                    _ => break,
                }
            }
        });
    }

    /// Goes along when the workspace comes to this tab or goes to another.
    pub fn follow_tabs(self) {
        let here = tabs::is_here();
        tabs::listen(move |here| self.turn(here));
        // One reading at a time, and one more for all that was heard meanwhile:
        // each holds up what the other tab writes.
        let heard = StoredValue::new(0_usize);
        tabs::hear(move || {
            let is_reading = |heard: &mut usize| std::mem::replace(heard, *heard + 1) > 0;
            if !tabs::is_here() && heard.try_update_value(is_reading) == Some(false) {
                spawn_local(self.read_all_heard(heard));
            }
        });
        if here == (self.saving.get_untracked() == Saving::Elsewhere) {
            // It came or went since this tab asked.
            self.turn(tabs::is_here());
        }
    }

    /// Shows what other tabs have written, until no more of it is heard.
    async fn read_all_heard(self, heard: StoredValue<usize>) {
        loop {
            let before = heard.get_value();
            let restored = storage::look(|_, _| ()).await;
            if tabs::is_here() {
                break;
            }
            if let Ok(restored) = restored {
                self.show(restored.session);
            }
            if heard.get_value() == before {
                break;
            }
        }
        heard.set_value(0);
    }

    /// The workspace is this tab's now, or another one's.
    fn turn(self, here: bool) {
        if !here {
            storage::leave();
            self.saving.set(Saving::Elsewhere);
            self.tagger.leave();
            return;
        }
        spawn_local(async move {
            match storage::take_over(|_, _| ()).await {
                // It went on to yet another tab meanwhile.
                _ if !tabs::is_here() => storage::leave(),
                Ok(restored) => {
                    self.show(restored.session);
                    self.saving.set(Saving::Saved);
                    self.notices.say(self.lang.get_untracked().words().works_here);
                    self.tag_untagged();
                }
                Err(trouble) => self.saving.set(trouble),
            }
        });
    }

    /// Shows what another tab has written, at the same document.
    fn show(self, mut session: Session) {
        let open = self.session.with_untracked(|s| s.work().map(|w| w.document.id.clone()));
        if let Some(open) = open {
            session.open_document(&open);
            session.journal();
        }
        self.session.set(session);
    }

    /// Whether the person may change something here; says where, if not.
    pub(super) fn is_open(self) -> bool {
        let open = self.saving.get_untracked() != Saving::Elsewhere;
        if !open {
            self.notices.say(self.lang.get_untracked().words().storage_other_tab);
        }
        open
    }

    /// Opens another document.
    pub fn open_document(self, id: &str) {
        self.session.update(|s| s.open_document(id));
        self.write_down();
        self.tab.set(Tab::Text);
    }

    /// Changes the session in a way that cannot fail, and writes it down.
    pub fn change(self, change: impl FnOnce(&mut Session)) {
        if self.is_open() {
            self.session.update(change);
            self.write_down();
        }
    }

    /// Changes the label scheme with all documents under it; the change's
    /// number, for taking it back.
    pub fn reform(self, reform: &Reform) -> Option<usize> {
        if !self.is_open() {
            return None;
        }
        let result = self.session.try_update(|s| s.reform(reform))?;
        self.write_down();
        result.map_err(|refusal| self.refuse(&refusal)).ok()
    }

    /// Carries a command out on the open document; whether it did.
    pub fn perform(self, command: Command) -> bool {
        if !self.is_open() {
            return false;
        }
        let result = self.session.try_update(|s| s.perform(&command));
        let done = self.finish(result, words::happened);
        if done {
            // There is something to lose now.
            room::ask_once(self);
        }
        done
    }

    /// Carries a command out on a document that need not be open.
    pub fn perform_on(self, id: &str, command: Command) -> bool {
        if !self.is_open() {
            return false;
        }
        let result = self.session.try_update(|s| s.perform_on(id, &command));
        self.finish(result, words::happened)
    }

    /// The engine, once it was started.
    pub(super) fn engine(self) -> Option<Engine> {
        self.engine.get_value()
    }

    /// Takes the last step back.
    pub fn undo(self) {
        if !self.is_open() {
            return;
        }
        let result = self.session.try_update(Session::undo);
        if !self.finish(result, |lang, action, _| words::travelled(lang, action, true)) {
            self.notices.say(self.lang.get_untracked().words().nothing_to_undo);
        }
    }

    /// Does it again.
    pub fn redo(self) {
        if !self.is_open() {
            return;
        }
        let result = self.session.try_update(Session::redo);
        if !self.finish(result, |lang, action, _| words::travelled(lang, action, false)) {
            self.notices.say(self.lang.get_untracked().words().nothing_to_redo);
        }
    }

    fn finish(
        self,
        result: Option<Result<Outcome, Refusal>>,
        phrase: impl FnOnce(Lang, &str, usize) -> String,
    ) -> bool {
        self.write_down();
        match result {
            Some(Ok(outcome)) if outcome.changed => {
                let lang = self.lang.get_untracked();
                self.notices.say(&phrase(lang, &outcome.action, outcome.count));
                true
            }
            Some(Err(refusal)) => {
                self.refuse(&refusal);
                false
            }
            _ => false,
        }
    }

    pub(super) fn refuse(self, refusal: &Refusal) {
        let lang = self.lang.get_untracked();
        let text = match refusal {
            Refusal::Nested(inner, outer) => scheme_words::nested(lang, inner, outer),
            other => words::refused(lang, &other.to_string()),
        };
        self.notices.warn(&text);
    }

    /// Sends what happened to storage, in this very task.
    pub(super) fn write_down(self) {
        // Nobody shows the journal: taking it must not wake anyone.
        let mut session = self.session.write_untracked();
        let entries = session.journal();
        if entries.is_empty() || !tabs::is_here() {
            return;
        }
        if storage::is_behind() {
            // What failed to be written would be a gap before what follows.
            storage::rewrite(&session.afresh(), self.saving);
        } else {
            storage::write(&entries, self.saving);
        }
        drop(session);
        room::watch(self);
    }

    /// Goes to a span with the keyboard, shows it and says it.
    pub fn go_to(self, id: SpanId) {
        self.session.update(|s| s.focus_on(Some(id)));
        self.tab.set(Tab::Text);
        super::keys::focus_sheet();
        self.show_focus();
    }

    /// Brings the span in focus into view and says it.
    pub fn show_focus(self) {
        let Some(card) = self.card.get_untracked() else { return };
        let (label, lang) = (card.label.to_string(), self.lang.get_untracked());
        self.notices.say(&words::at_span(lang, &label, &card.words, card.proposed, card.score));
        super::reading::scroll_to_span(card.id);
    }

    /// To the next proposal, or the one before; whether there is one.
    pub fn review(self, forward: bool) -> bool {
        let found = self.session.try_update(|s| s.review(forward)).unwrap_or(false);
        if found {
            self.show_focus();
        }
        found
    }

    /// To the next proposal, or the one before, round the text.
    pub fn go_on(self, forward: bool) {
        if self.review(forward) {
            return;
        }
        if self.overview.with_untracked(|o| o.proposed) == 0 {
            self.notices.say(self.lang.get_untracked().words().nothing_to_review);
            return;
        }
        self.session.update(|s| s.focus_on(None));
        self.review(forward);
    }

    /// Accepts the span in focus and goes on.
    pub fn accept_and_go_on(self) {
        if let Some(card) = self.card.get_untracked() {
            self.perform(Command::Accept(whole(&card)));
            self.go_on(true);
        }
    }

    /// Removes the span in focus and goes on from where it was.
    pub fn remove_and_go_on(self) {
        let Some(card) = self.card.get_untracked() else { return };
        let at = self.session.with_untracked(|s| {
            s.work().and_then(|w| w.document.span(card.id).map(|span| span.range.start))
        });
        self.perform(Command::Remove(card.id));
        self.session.update(|s| {
            if let Some(at) = at {
                let next = s.work().and_then(|w| {
                    let order = session::review_order(&w.document);
                    let after =
                        |id: &&SpanId| w.document.span(**id).is_some_and(|s| s.range.start >= at);
                    order.iter().find(after).or(order.first()).copied()
                });
                s.focus_on(next);
            }
        });
        self.show_focus();
    }

    /// Gives the selection, or the span in focus, a label.
    pub fn label(self, label: &Label) {
        let (range, focus) = self.session.with_untracked(|s| (s.range(), s.focus()));
        match (range, focus) {
            (Some(range), _) if !range.is_empty() && *label == QUOTE => self.quote(range),
            (Some(range), _) if !range.is_empty() => {
                self.perform(Command::Label(range, label.clone()));
            }
            (_, Some(id)) => {
                self.perform(Command::Relabel(id, label.clone()));
            }
            _ => self.notices.say(self.lang.get_untracked().words().select_first),
        }
    }

    /// Makes a quotation of a selection, which may hold its cue and speaker:
    /// the engine cuts it.
    pub fn quote(self, range: ByteSpan) {
        let text = self.session.with_untracked(|s| s.work().map(|w| w.document.text().clone()));
        if let Some(text) = text {
            self.perform(Command::Quote(quotations::carve(&text, range)));
        }
    }

    /// A cue or a speaker that is selected next belongs to the quotation in
    /// focus, or to the last one.
    fn follow_quotation(self) {
        Effect::new(move |_| {
            if let Some(card) = self.card.get() {
                self.quotation.set(card.quotation.map(|row| row.id));
            }
        });
        Effect::new(move |last: Option<Option<String>>| {
            let open = self.session.with(|s| s.work().map(|w| w.document.id.clone()));
            if last.is_some_and(|last| last != open) {
                self.quotation.set(None);
            }
            open
        });
    }
}

/// A cue or a speaker is accepted with its quotation: they are one object.
fn whole(card: &SpanCard) -> SpanId {
    card.quotation.as_ref().map_or(card.id, |row| row.id)
}
