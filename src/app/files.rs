//! Texts and files that come in, and files that go out.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::file::File;
use js_sys::JsString;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ClipboardEvent, DragEvent, Element, HtmlAnchorElement};

use super::arrivals::{self, Incoming};
use super::state::{App, Tab};
use super::{folders, later, words};
use crate::document::Document;
use crate::formats::converter::Packet;
use crate::formats::native::{self, Workspace};
use crate::formats::plain;
use crate::scheme::Scheme;
use crate::session::Session;
use crate::text::{self, IntakeError, MAX_TEXT_BYTES, Received};

/// How long a native JSON may be that is read here: a tenth of a second.
const MAX_JSON_HERE: usize = 512 * 1024;

/// A file's name may begin another word up to this many characters.
const MAX_STEM: usize = 40;

/// What a pasted file is called.
const PASTED: &str = "collage.txt";

/// Listens for pastes and drops anywhere in the page, for as long as it lives.
pub fn listen(app: App, dropping: RwSignal<bool>) {
    let document = gloo::utils::document();
    let active = EventListenerOptions::enable_prevent_default();
    let on = |name: &'static str, act: Box<dyn FnMut(&web_sys::Event)>| {
        EventListener::new_with_options(&document, name, active, act).forget();
    };
    on("paste", Box::new(move |event| pasted(app, event.unchecked_ref())));
    on(
        "dragover",
        Box::new(move |event| {
            event.prevent_default();
            dropping.set(true);
        }),
    );
    on(
        "dragleave",
        Box::new(move |event| {
            let event: &DragEvent = event.unchecked_ref();
            // Leaving for another element of the page is no leaving.
            if event.related_target().is_none() {
                dropping.set(false);
            }
        }),
    );
    on(
        "drop",
        Box::new(move |event| {
            event.prevent_default();
            dropping.set(false);
            dropped(app, event.unchecked_ref());
        }),
    );
}

fn pasted(app: App, event: &ClipboardEvent) {
    let target: Option<Element> = event.target().and_then(|t| t.dyn_into().ok());
    let field = target.as_ref().and_then(|t| t.closest("input, textarea").ok().flatten());
    // A field that already holds words, or a title, keeps its paste.
    let keeps = field.is_some_and(|f| {
        f.dyn_ref::<web_sys::HtmlTextAreaElement>().is_none_or(|area| !area.value().is_empty())
    });
    if keeps || app.overlay.get_untracked() != super::state::Overlay::None {
        return;
    }
    let Some(data) = event.clipboard_data() else { return };
    let files = data.files().map(|f| gloo::file::FileList::from(f).to_vec()).unwrap_or_default();
    event.prevent_default();
    let Ok(raw) = js_sys::Reflect::get(&data, &"getData".into())
        .and_then(|f| f.dyn_into::<js_sys::Function>())
        .and_then(|f| f.call1(&data, &"text/plain".into()))
    else {
        return;
    };
    let raw: JsString = raw.unchecked_into();
    if raw.length() == 0 && !files.is_empty() {
        take_files(app, files);
        return;
    }
    // Before decoding: a paste of hundreds of megabytes is refused at once.
    if raw.length() as usize > MAX_TEXT_BYTES {
        let error = IntakeError::TooLong(raw.length() as usize);
        app.notices.warn(&words::intake_error(app.lang.get_untracked(), None, error));
        return;
    }
    let surrogates = char::decode_utf16(raw.iter()).filter(Result::is_err).count();
    take_text(app, &String::from(&raw), surrogates);
}

fn dropped(app: App, event: &DragEvent) {
    let Some(data) = event.data_transfer() else { return };
    if let Some(entries) = folders::dropped(&data) {
        spawn_local(async move { take_incoming(app, folders::files_of(entries).await).await });
        return;
    }
    let files = data.files().map(|f| gloo::file::FileList::from(f).to_vec()).unwrap_or_default();
    if !files.is_empty() {
        take_files(app, files);
    } else if let Ok(text) = data.get_data("text/plain") {
        take_text(app, &text, 0);
    }
}

/// Opens files together.
pub fn take_files(app: App, files: Vec<File>) {
    let named = |file: File| Incoming { path: file.name(), file };
    let files = files.into_iter().map(named).collect();
    spawn_local(take_incoming(app, files));
}

/// As [`take_files`], with their paths.
pub async fn take_incoming(app: App, files: Vec<Incoming>) {
    if let Some(later) = later::load(app).await {
        (later.files)(app, files);
    }
}

/// Makes a document of a text. A text that is a file of some format opens as
/// such.
pub fn take_text(app: App, text: &str, surrogates: usize) {
    if plain::is_plain(PASTED, text.as_bytes()) && !is_native(text) {
        return take(app, text::receive_str(text, surrogates));
    }
    let file = Packet { name: PASTED.to_owned(), bytes: text.as_bytes().to_vec() };
    spawn_local(async move {
        if let Some(later) = later::load(app).await {
            (later.pasted)(app, file);
        }
    });
}

/// Whether a file may be native: reading it tells.
fn is_native(json: &str) -> bool {
    json.trim_start_matches('\u{feff}').trim_start().starts_with('{')
        && json.contains("\"guillemet\"")
}

/// Asks the browser for a file, of which [`bytes_of`] gives what it holds.
pub fn ask_for(file: &File) -> js_sys::Promise {
    let blob: &web_sys::Blob = file.as_ref();
    blob.array_buffer().unchecked_into()
}

/// The bytes of a file, or the browser's reason why it cannot be read.
pub async fn bytes_of(asked: js_sys::Promise) -> Result<Vec<u8>, String> {
    match JsFuture::from(asked).await {
        Ok(buffer) => Ok(js_sys::Uint8Array::new(&buffer).to_vec()),
        Err(error) => Err(String::from(js_sys::Object::from(error).to_string())),
    }
}

fn take(app: App, received: Result<Received, IntakeError>) {
    let lang = app.lang.get_untracked();
    if !app.is_open() {
        return;
    }
    match received {
        Ok(received) => {
            for note in &received.notes {
                if let Some(note) = words::intake_note(lang, *note) {
                    app.notices.warn(&note);
                }
            }
            let document = arrivals::document(app, &received);
            app.tab.set(Tab::Text);
            app.add(document);
        }
        Err(error) => app.notices.warn(&words::intake_error(lang, None, error)),
    }
}

/// Opens the documents of a native JSON without fault that is no longer than
/// an article or two; whether it is one. Faults are told in the person's
/// language, which the converter knows, and long files are read there, while
/// the page goes on.
pub fn take_json(app: App, json: &[u8]) -> bool {
    let Ok(json) = std::str::from_utf8(json) else { return false };
    if json.len() > MAX_JSON_HERE || !is_native(json) {
        return false;
    }
    match native::read(json) {
        Ok(workspace) if workspace.problems.is_empty() => {
            open(app, workspace, Found::Here, Shows::First);
            true
        }
        _ => false,
    }
}

/// Who wrote what is opened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// This program: where nothing is labelled, that was the work.
    Here,
    /// Another one: what has no label yet is tagged.
    Elsewhere,
}

/// Whether what was opened is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// Its first document.
    First,
    /// Another one came before it.
    Nothing,
}

/// Opens the documents of a workspace, and shows the first of them. One
/// whose id is taken by other content is opened as a copy; one that is here
/// unchanged is only shown.
pub fn open(app: App, workspace: Workspace, found: Found, shows: Shows) {
    let words = app.lang.get_untracked().words();
    let (mut is_known, mut is_copy) = (false, false);
    let mut first = None;
    app.change(|session| {
        session.adopt(&workspace.scheme);
        let mut fresh = Vec::new();
        for mut document in workspace.documents {
            let there = session.works().iter().find(|w| w.document.id == document.id);
            let there = there.map(|w| w.document == document);
            is_copy |= there == Some(false);
            if there == Some(false) || document.id.is_empty() {
                document.id = fresh_id(session);
            }
            first.get_or_insert_with(|| document.id.clone());
            if there == Some(true) {
                is_known = true;
                continue;
            }
            let is_bare = found == Found::Elsewhere && document.spans().len() == 0;
            fresh.push((document, !is_bare));
        }
        if !fresh.is_empty() {
            session.take_in(fresh);
        }
        if let (Some(first), Shows::First) = (&first, shows) {
            session.open_document(first);
        }
    });
    if is_known {
        app.notices.say(words.already_open);
    }
    if is_copy {
        app.notices.warn(words.opened_as_copy);
    }
    app.tag_untagged();
}

/// An id that no document of the workspace has, and none of another browser
/// either: the time, and chance.
pub fn fresh_id(session: &Session) -> String {
    loop {
        let time = js_sys::Date::now() as u64;
        let chance = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
        let id = format!("d{time:x}-{chance:08x}");
        if !session.has(&id) {
            return id;
        }
    }
}

/// The documents as native JSON, checked: it is read back and compared.
/// `None` if it does not give back what is here.
pub fn native_json(scheme: &Scheme, documents: &[Document]) -> Option<String> {
    let json = native::write(scheme, documents);
    let back = native::read(&json).ok()?;
    (back.problems.is_empty() && back.documents == documents && back.scheme == *scheme)
        .then_some(json)
}

/// Hands a file to the browser's downloads.
pub fn download(name: &str, contents: &[u8], media_type: &str) {
    let blob = gloo::file::Blob::new_with_options(contents, Some(media_type));
    download_blob(name, blob.as_ref());
}

/// As [`download`], of what is no longer in this program's memory.
pub fn download_blob(name: &str, blob: &web_sys::Blob) {
    let url = gloo::file::ObjectUrl::from(gloo::file::Blob::from(blob.clone()));
    let link: HtmlAnchorElement = gloo::utils::document()
        .create_element("a")
        .expect("an element of a known name can be made")
        .unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser reads it after this task.
    gloo::timers::callback::Timeout::new(60_000, move || drop(url)).forget();
}

/// A file name without ending from a title: letters and digits, joined by hyphens.
pub fn file_stem(title: &str) -> String {
    let mut name = String::new();
    for c in title.chars() {
        if c.is_alphanumeric() {
            name.extend(c.to_lowercase());
        } else if !name.ends_with('-') && !name.is_empty() {
            // Whole words, and a name that a list of files shows.
            if name.chars().count() > MAX_STEM {
                break;
            }
            name.push('-');
        }
    }
    let name: String = name.chars().take(2 * MAX_STEM).collect();
    let name = name.trim_end_matches('-');
    if name.is_empty() { "guillemet".to_owned() } else { name.to_owned() }
}

/// Puts a text on the clipboard; whether the browser let it.
pub async fn copy(text: String) -> bool {
    let navigator = gloo::utils::window().navigator();
    // Without a secure context there is no clipboard at all.
    let there = js_sys::Reflect::get(&navigator, &"clipboard".into());
    if !there.is_ok_and(|c| c.is_object()) {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(&text)).await.is_ok()
}
