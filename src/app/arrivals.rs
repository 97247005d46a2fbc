//! Files on their way in, one or thousands: texts become documents a few at a
//! time, so that the page stays live; a bar shows how far it is, and a button
//! ends it.

use std::collections::VecDeque;

use gloo::file::File;
use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::backup;
use super::converter;
use super::files::{self, Found, Shows};
use super::import;
use super::state::{App, Tab};
use super::tagger::pause;
use super::words;
use crate::document::Document;
use crate::formats::converter::{Answer, Ask, Delivery, Packet};
use crate::formats::native::{self, Workspace};
use crate::formats::{self, plain};
use crate::text::{self, IntakeError, Received, order};

/// A file may hold many documents, but not more than the page's memory: 100 MB
/// of JSON take about ten times that while they are read.
const MAX_FILE_BYTES: u64 = 100 * 1024 * 1024;
/// Documents are put in together, so many or of so much text: to draw the list
/// and to write them down takes a moment each time.
const TOGETHER: usize = 20;
const TOGETHER_BYTES: usize = 64 * 1024;
/// Files that the browser is asked for before they are needed.
const AHEAD: usize = 16;
/// Web pages that go to the converter together.
const PAGES: usize = 30;
/// Where the browser gave more files than this, their faults are listed, not
/// each told.
const FEW: usize = 1;

/// How far what comes in is; a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Arrivals {
    /// Files read and files to read; `None` where nothing comes in.
    progress: RwSignal<Option<(usize, usize)>>,
    /// Counted up to end what runs.
    ended: StoredValue<u32>,
}

/// A file with its path in the folder that was opened.
pub struct Incoming {
    /// Its path, or its name.
    pub path: String,
    /// What it holds.
    pub file: File,
}

/// Files that were opened together, while they come in.
#[derive(Clone)]
pub struct Run {
    app: App,
    /// As [`Arrivals::ended`] was at the start.
    number: u32,
    /// How many files there are.
    files: usize,
    /// How many documents are in.
    pub count: usize,
    /// What there is to say.
    pub remarks: Vec<String>,
    pending: Vec<Document>,
    is_open: bool,
}

impl Arrivals {
    /// Nothing comes in.
    pub fn new() -> Self {
        Self { progress: RwSignal::new(None), ended: StoredValue::new(0) }
    }

    /// Adds files to those that are to come.
    fn expect(self, more: usize) {
        self.progress.update(|p| {
            let (done, all) = p.unwrap_or_default();
            *p = Some((done, all + more));
        });
    }

    /// Some of them are in.
    fn pass(self, count: usize) {
        self.progress.update(|p| {
            if let Some((done, all)) = p {
                *done += count;
                if done >= all {
                    *p = None;
                }
            }
        });
    }
}

/// Opens files together: texts and small native JSON here, all else by way of
/// the converter.
pub fn take(app: App, files: Vec<Incoming>) {
    if files.is_empty() || !app.is_open() {
        return;
    }
    let run = Run::new(app, files.len());
    spawn_local(run.read(files));
}

impl Run {
    /// A run over so many files.
    pub fn new(app: App, files: usize) -> Self {
        let number = app.arrivals.ended.get_value();
        let (remarks, pending) = (Vec::new(), Vec::new());
        Self { app, number, files, count: 0, remarks, pending, is_open: false }
    }

    /// Whether the person ended it.
    fn is_ended(&self) -> bool {
        self.app.arrivals.ended.get_value() != self.number
    }

    async fn read(mut self, files: Vec<Incoming>) {
        self.app.arrivals.expect(files.len());
        let stems = order::set(files.iter().filter_map(|file| annotated(&file.path)));
        let (mut pages, mut foreign) = (Vec::new(), Vec::new());
        // The browser takes its time for each: it is asked some files ahead.
        let mut asked = VecDeque::new();
        let mut ahead = files.iter();
        let ask = |next: &Incoming| {
            (next.file.size() <= MAX_FILE_BYTES).then(|| files::ask_for(&next.file))
        };
        for (at, Incoming { path, file }) in files.iter().enumerate() {
            let room = AHEAD - asked.len();
            asked.extend(ahead.by_ref().take(room).map(ask));
            if self.is_ended() {
                let left = self.files - at + pages.len() + foreign.len();
                return self.stop(left);
            }
            // A backup may be longer than what is read whole.
            if file.size() > MAX_FILE_BYTES && backup::is_backup(file.as_ref()).await {
                asked.pop_front();
                backup::offer(self.app, path, file.as_ref()).await;
                self.app.arrivals.pass(1);
                continue;
            }
            let Some(packet) = self.bytes(path, file, asked.pop_front().flatten()).await else {
                self.app.arrivals.pass(1);
                continue;
            };
            if formats::backup::is_backup(&packet.bytes) {
                drop(packet);
                backup::offer(self.app, path, file.as_ref()).await;
                self.app.arrivals.pass(1);
                continue;
            }
            let is_beside = stem(&packet.name).is_some_and(|stem| stems.contains(stem));
            if !is_beside && plain::is_plain(&packet.name, &packet.bytes) {
                self.text(&packet).await;
            } else if plain::is_page(&packet.name) {
                pages.push(packet);
                continue;
            } else if !files::take_json(self.app, &packet.bytes) {
                foreign.push(packet);
                continue;
            }
            self.app.arrivals.pass(1);
        }
        while !pages.is_empty() {
            if self.is_ended() {
                return self.stop(pages.len() + foreign.len());
            }
            let later = pages.split_off(pages.len().min(PAGES));
            let portion = std::mem::replace(&mut pages, later);
            self.pages(portion).await;
        }
        self.flush();
        if foreign.is_empty() {
            return import::report(self);
        }
        self.app.arrivals.pass(foreign.len());
        import::take(self, foreign);
    }

    /// The bytes of a file, unless it cannot be read; what is too long was not
    /// asked for.
    async fn bytes(&mut self, name: &str, file: &File, asked: Option<Promise>) -> Option<Packet> {
        let lang = self.app.lang.get_untracked();
        let Some(asked) = asked else {
            let size = usize::try_from(file.size()).unwrap_or(usize::MAX);
            let error = IntakeError::TooLong(size);
            self.remark(words::intake_error(lang, Some(name), error));
            return None;
        };
        match files::bytes_of(asked).await {
            Ok(bytes) => Some(Packet { name: name.to_owned(), bytes }),
            Err(why) => {
                self.remark(words::file_error(lang, name, &why));
                None
            }
        }
    }

    /// Web pages become texts in the converter.
    async fn pages(&mut self, portion: Vec<Packet>) {
        let count = portion.len();
        let tongue = import::tongue(self.app.lang.get_untracked());
        let delivery = Delivery { files: portion, tongue, ..Delivery::default() };
        match converter::ask(Ask::Read(delivery)).await {
            Ok(Answer::Read(read)) => {
                self.remarks.extend(import::told(&read));
                for packet in &read.texts {
                    self.text(packet).await;
                }
            }
            Err(why) if why == converter::STOPPED => {
                self.app.arrivals.ended.update_value(|ended| *ended = ended.wrapping_add(1));
            }
            Ok(Answer::Refused(why)) | Err(why) => {
                self.remark(words::no_converter(self.app.lang.get_untracked(), &why));
            }
            Ok(Answer::Written(_)) => {}
        }
        self.app.arrivals.pass(count);
    }

    /// Makes documents of texts that were read.
    ///
    /// # Errors
    /// If the person ended it: how many texts are left.
    pub async fn texts(&mut self, texts: &[Packet]) -> Result<(), usize> {
        // An archive is one file and may hold thousands.
        self.files = self.files.max(texts.len());
        self.app.arrivals.expect(texts.len());
        for (at, packet) in texts.iter().enumerate() {
            if self.is_ended() {
                return Err(texts.len() - at);
            }
            self.text(packet).await;
            self.app.arrivals.pass(1);
        }
        self.flush();
        Ok(())
    }

    /// Makes a document of a text.
    async fn text(&mut self, packet: &Packet) {
        let Packet { name, bytes } = packet;
        match text::receive_bytes(bytes) {
            Ok(received) => {
                let lang = self.app.lang.get_untracked();
                for note in received.notes.iter().filter_map(|n| words::intake_note(lang, *n)) {
                    self.remark(if self.files > FEW { format!("{name} : {note}") } else { note });
                }
                self.pending.push(document(self.app, &received));
            }
            Err(error) => {
                let lang = self.app.lang.get_untracked();
                self.remark(words::intake_error(lang, Some(name), error));
            }
        }
        let bytes: usize = self.pending.iter().map(|document| document.text().len()).sum();
        if self.pending.len() >= TOGETHER || bytes >= TOGETHER_BYTES || self.files <= FEW {
            self.flush();
            if self.files > FEW {
                pause(0).await;
            }
        }
    }

    /// Opens documents that were read, portion by portion.
    ///
    /// # Errors
    /// If the person ended it: how many portions are left.
    pub async fn workspaces(&mut self, portions: Vec<String>, found: Found) -> Result<(), usize> {
        self.app.arrivals.expect(portions.len());
        for (at, portion) in portions.iter().enumerate() {
            if at > 0 {
                pause(0).await;
            }
            if self.is_ended() {
                return Err(portions.len() - at);
            }
            match native::read(portion) {
                Ok(workspace) => self.workspace(workspace, found),
                Err(error) => self.remarks.push(error.to_string()),
            }
            self.app.arrivals.pass(1);
        }
        Ok(())
    }

    fn workspace(&mut self, workspace: Workspace, found: Found) {
        self.remarks.extend(workspace.problems.iter().map(ToString::to_string));
        self.count += workspace.documents.len();
        let is_first = !std::mem::replace(&mut self.is_open, true);
        let shows = if is_first { Shows::First } else { Shows::Nothing };
        files::open(self.app, workspace, found, shows);
    }

    /// Puts what waits in; the first document of all is opened.
    fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let Some(first) = pending.first().map(|document| document.id.clone()) else { return };
        self.count += pending.len();
        let opens = !std::mem::replace(&mut self.is_open, true);
        self.app.change(|s| {
            s.take_in(pending.into_iter().map(|document| (document, false)));
            if opens {
                s.open_document(&first);
            }
        });
        if opens {
            self.app.tab.set(Tab::Text);
        }
        self.app.tag_untagged();
    }

    /// Says what is wrong with one file: at once, or at the end with the rest.
    fn remark(&mut self, what: String) {
        if self.files > FEW {
            self.remarks.push(what);
        } else {
            self.app.notices.warn(&what);
        }
    }

    /// Says what is in after the person ended it.
    pub fn stop(mut self, left: usize) {
        self.flush();
        let lang = self.app.lang.get_untracked();
        self.app.notices.warn(&words::stopped(lang, self.count, left));
    }

    /// The page on which it runs.
    pub fn app(&self) -> App {
        self.app
    }
}

/// A document of a text that was taken in.
pub fn document(app: App, received: &Received) -> Document {
    let id = app.session.with_untracked(files::fresh_id);
    Document::new(&id, &text::title_of(&received.text), "fr", &received.text)
}

/// The path without its ending of a file that belongs to a text beside it.
fn annotated(path: &str) -> Option<String> {
    let (stem, ending) = path.rsplit_once('.')?;
    ["ann", "jsonld"].contains(&ending).then(|| stem.to_owned())
}

fn stem(path: &str) -> Option<&str> {
    path.rsplit_once('.').map(|(stem, _)| stem)
}

/// How far what comes in is, and the button that ends it.
#[component]
pub fn Arriving(app: App) -> impl IntoView {
    let progress = app.arrivals.progress;
    // One file is in before anybody could read this.
    let shown = Memo::new(move |_| progress.get().is_some_and(|(_, all)| all > FEW));
    let done = move || progress.get().unwrap_or_default();
    let text = move || words::arriving(app.lang.get(), done().0, done().1);
    let end = move |_| {
        app.arrivals.ended.update_value(|ended| *ended = ended.wrapping_add(1));
        progress.set(None);
    };
    view! {
        <Show when=move || shown.get()>
            <div class="arriving" role="group" aria-label=move || app.words().import_reading>
                <span>{text}</span>
                <progress
                    aria-label=text
                    max=move || done().1.to_string()
                    prop:value=move || done().0 as f64
                ></progress>
                <button class="quiet small" on:click=end>{move || app.words().stop}</button>
            </div>
        </Show>
    }
}
