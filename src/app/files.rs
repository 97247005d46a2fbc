//! Texts and files that come in, and files that go out.

use gloo::events::{EventListener, EventListenerOptions};
use gloo::file::File;
use js_sys::JsString;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ClipboardEvent, DragEvent, Element, HtmlAnchorElement};

use super::state::App;
use super::words;
use crate::document::Document;
use crate::formats::native::{self, Workspace};
use crate::scheme::Scheme;
use crate::text::{self, IntakeError, MAX_TEXT_BYTES, Received};

/// A native file may hold many documents, but not more than the page's
/// memory: 100 MB of JSON take about ten times that while they are read.
const MAX_JSON_BYTES: u64 = 100 * 1024 * 1024;

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
    let files = data.files().map(|f| gloo::file::FileList::from(f).to_vec()).unwrap_or_default();
    if !files.is_empty() {
        take_files(app, files);
    } else if let Ok(text) = data.get_data("text/plain") {
        take_text(app, &text, 0);
    }
}

/// Makes a document of a text; whether it did. A text that is a native JSON
/// opens as such.
pub fn take_text(app: App, text: &str, surrogates: usize) -> bool {
    if text.trim_start().starts_with('{') && native::read(text).is_ok() {
        return take_json(app, "JSON", text);
    }
    take(app, None, text::receive_str(text, surrogates))
}

/// Makes documents of files, one after the other.
pub fn take_files(app: App, files: Vec<File>) {
    spawn_local(async move {
        for file in files {
            take_file(app, &file).await;
        }
    });
}

async fn take_file(app: App, file: &File) {
    let name = file.name();
    let lang = app.lang.get_untracked();
    let is_json = name.to_lowercase().ends_with(".json");
    let most = if is_json { MAX_JSON_BYTES } else { 2 * MAX_TEXT_BYTES as u64 };
    if file.size() > most {
        let size = usize::try_from(file.size()).unwrap_or(usize::MAX);
        app.notices.warn(&words::intake_error(lang, Some(&name), IntakeError::TooLong(size)));
        return;
    }
    match bytes_of(file).await {
        Ok(bytes) if is_json => match String::from_utf8(bytes) {
            Ok(json) => {
                take_json(app, &name, &json);
            }
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                app.notices.warn(&words::not_utf8(lang, &name, at));
            }
        },
        Ok(bytes) => {
            take(app, Some(&name), text::receive_bytes(&bytes));
        }
        Err(why) => app.notices.warn(&words::file_error(lang, &name, &why)),
    }
}

/// The bytes of a file, or the browser's reason why it cannot be read.
async fn bytes_of(file: &File) -> Result<Vec<u8>, String> {
    let blob: &web_sys::Blob = file.as_ref();
    match JsFuture::from(blob.array_buffer()).await {
        Ok(buffer) => Ok(js_sys::Uint8Array::new(&buffer).to_vec()),
        Err(error) => Err(String::from(js_sys::Object::from(error).to_string())),
    }
}

fn take(app: App, name: Option<&str>, received: Result<Received, IntakeError>) -> bool {
    let lang = app.lang.get_untracked();
    match received {
        Ok(received) => {
            for note in received.notes {
                if let Some(note) = words::intake_note(lang, note) {
                    app.notices.warn(&note);
                }
            }
            let title = text::title_of(&received.text);
            app.add(Document::new(&fresh_id(app), &title, "fr", &received.text));
            true
        }
        Err(error) => {
            app.notices.warn(&words::intake_error(lang, name, error));
            false
        }
    }
}

/// Opens the documents of a native JSON. One whose id is taken by other
/// content is opened as a copy; one that is here unchanged is only shown.
fn take_json(app: App, name: &str, json: &str) -> bool {
    let lang = app.lang.get_untracked();
    let workspace = match native::read(json) {
        Ok(workspace) => workspace,
        Err(error) => {
            app.notices.warn(&words::json_error(lang, name, &error));
            return false;
        }
    };
    if let Some(first) = workspace.problems.first() {
        let count = workspace.problems.len();
        app.notices.warn(&words::json_problems(lang, name, count, first));
    }
    let Workspace { scheme, documents, .. } = workspace;
    app.change(|s| s.adopt(&scheme));
    for mut document in documents {
        let there = app.session.with_untracked(|s| {
            let work = s.works().iter().find(|w| w.document.id == document.id);
            work.map(|w| w.document == document)
        });
        if document.id.is_empty() {
            document.id = fresh_id(app);
        }
        match there {
            Some(true) => {
                app.change(|s| s.open_document(&document.id));
                app.notices.say(lang.words().already_open);
                continue;
            }
            Some(false) => {
                document.id = fresh_id(app);
                app.notices.warn(lang.words().opened_as_copy);
            }
            None => {}
        }
        app.change(|s| s.add(document, true));
    }
    true
}

/// An id that no document of the workspace has, and none of another browser
/// either: the time, and chance.
fn fresh_id(app: App) -> String {
    loop {
        let time = js_sys::Date::now() as u64;
        let chance = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
        let id = format!("d{time:x}-{chance:08x}");
        if !app.session.with_untracked(|s| s.has(&id)) {
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
pub fn download(name: &str, contents: &str) {
    let blob = gloo::file::Blob::new_with_options(contents, Some("application/json"));
    let url = gloo::file::ObjectUrl::from(blob);
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

/// A file name from a title: letters and digits, joined by hyphens.
pub fn file_name(title: &str) -> String {
    let mut name = String::new();
    for c in title.chars().take(60) {
        if c.is_alphanumeric() {
            name.extend(c.to_lowercase());
        } else if !name.ends_with('-') && !name.is_empty() {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() { "guillemet.json".to_owned() } else { format!("{name}.json") }
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
