//! Backups: all workspaces into one file, and back. What comes back stands in
//! workspaces of its own beside those that are there.

use std::collections::BTreeMap;
use std::sync::Arc;

use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

use super::dialog::{self, Dialog};
use super::shelf_words;
use super::state::{App, Overlay};
use super::{files, storage, theme, workspaces};
use crate::formats::backup::{self, Backup, Damage, Kept, KeptDocument, Reading, Unreadable};
use crate::session::{PlaceState, SchemeChange, Session, Work};
use crate::text::order;

/// What a backup's name ends in.
const ENDING: &str = "backup.jsonl";
/// How much of a backup is in memory at once beside what it holds, in bytes.
const SLICE: f64 = 4.0 * 1024.0 * 1024.0;
/// How the page's settings begin.
const SETTINGS: &str = "guillemet.";

/// What goes into a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The open workspace.
    This,
    /// All of them.
    All,
}

/// A backup that was opened, and what is wrong with it.
#[derive(Clone)]
pub struct Offered {
    backup: Arc<Backup>,
    damage: Vec<Damage>,
}

/// Makes a backup and hands it to the downloads, once it was read back.
pub fn save(app: App, extent: Extent) {
    let here = workspaces::here();
    let mut places = app.shelf.places.get_untracked();
    places.retain(|p| p.id == here || extent == Extent::All && p.state == PlaceState::Here);
    spawn_local(async move {
        let words = app.lang.get_untracked().words();
        let own = shelf_words::of(app.lang.get_untracked());
        app.notices.say(own.backup_making);
        let mut backup = Backup { made: now(), settings: settings(), workspaces: Vec::new() };
        for place in &places {
            let session = if place.id == here {
                app.session.get_untracked()
            } else {
                match storage::read_elsewhere(&place.id).await {
                    Ok(restored) => {
                        if restored.damaged {
                            app.notices.warn(words.storage_broken);
                        }
                        restored.session
                    }
                    Err(_) => {
                        let lang = app.lang.get_untracked();
                        app.notices.warn(&shelf_words::not_read(lang, &place.name));
                        continue;
                    }
                }
            };
            backup.workspaces.push(kept(&place.name, &session));
        }
        let parts = Array::new();
        backup::write_parts(&backup, &mut |part| {
            parts.push(&Uint8Array::from(part.as_bytes()));
        });
        let options = web_sys::BlobPropertyBag::new();
        options.set_type("application/jsonl");
        let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options);
        let back = match &blob {
            Ok(blob) => read(blob).await,
            Err(error) => Err(super::engine::describe(error)),
        };
        match (blob, back) {
            (Ok(blob), Ok(Ok((back, damage)))) if damage.is_empty() && back == backup => {
                let stem = match places.as_slice() {
                    [place] if !place.name.is_empty() => files::file_stem(&place.name),
                    _ => "guillemet".to_owned(),
                };
                let day = backup.made.get(..10).unwrap_or_default();
                files::download_blob(&format!("{stem}-{day}.{ENDING}"), &blob);
                app.notices.say(own.backup_made);
            }
            (_, Err(why)) => {
                app.notices.warn(&super::words::unsaved_because(app.lang.get_untracked(), &why));
            }
            _ => app.notices.warn(words.check_failed),
        }
    });
}

/// Opens a backup of any length: the person says what of it is to come back.
pub async fn offer(app: App, name: &str, file: &web_sys::Blob) {
    let lang = app.lang.get_untracked();
    app.notices.say(lang.words().import_reading);
    let why = match read(file).await {
        Ok(Ok((backup, damage))) => {
            app.shelf.offered.set_value(Some(Offered { backup: Arc::new(backup), damage }));
            app.overlay.set(Overlay::Restore);
            return;
        }
        Ok(Err(why)) => why.to_string(),
        Err(why) => why,
    };
    app.notices.warn(&super::words::file_error(lang, name, &why));
}

/// Reads a backup slice by slice: of the file, no more is in memory.
async fn read(file: &web_sys::Blob) -> Result<Result<(Backup, Vec<Damage>), Unreadable>, String> {
    let mut reading = Reading::default();
    let mut at = 0.0;
    while at < file.size() {
        let slice = file.slice_with_f64_and_f64(at, at + SLICE);
        let slice = slice.map_err(|error| super::engine::describe(&error))?;
        reading.feed(&files::bytes_of(slice.array_buffer().unchecked_into()).await?);
        at += SLICE;
    }
    Ok(reading.finish())
}

/// Whether a file is a backup, whatever it is called: its beginning tells.
pub async fn is_backup(file: &web_sys::Blob) -> bool {
    let Ok(slice) = file.slice_with_f64_and_f64(0.0, 64.0) else { return false };
    let beginning = files::bytes_of(slice.array_buffer().unchecked_into()).await;
    beginning.is_ok_and(|bytes| backup::is_backup(&bytes))
}

/// What is in the backup, and which of it is to come back.
#[component]
pub fn Restore(app: App) -> impl IntoView {
    let offered = app.shelf.offered.get_value();
    let Offered { backup, damage } =
        offered.unwrap_or(Offered { backup: Arc::default(), damage: Vec::new() });
    let count = backup.workspaces.len();
    let chosen = RwSignal::new(vec![true; count]);
    let with_settings = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let made = backup.made.clone();
    let has_settings = !backup.settings.is_empty();
    let rows = backup.workspaces.iter().enumerate().map(|(at, kept)| {
        let (name, documents) = (kept.name.clone(), kept.documents.len());
        let steps = kept.documents.iter().map(|d| d.history.steps().len()).sum::<usize>();
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || chosen.with(|c| c.get(at) == Some(&true))
                    on:change=move |e| chosen.update(|c| c[at] = event_target_checked(&e))
                />
                <b>{move || shelf_words::name_of(app.lang.get(), &name)}</b>
                <span class="soft">{move || shelf_words::contents(app.lang.get(), documents, steps)}</span>
            </label>
        }
    });
    let rows = rows.collect_view();
    let is_damaged = !damage.is_empty();
    let report = damage.into_iter().map(|damage| {
        view! { <li>{move || shelf_words::damage(app.lang.get(), &damage)}</li> }
    });
    let report = report.collect_view();
    let none = move || busy.get() || chosen.with(|c| !c.contains(&true)) && !with_settings.get();
    let go = move |_| {
        busy.set(true);
        let settings = with_settings.get_untracked().then(|| backup.settings.clone());
        let (chosen, settings) = (chosen.get_untracked(), settings.unwrap_or_default());
        restore(app, Arc::clone(&backup), chosen, settings);
    };
    view! {
        <Dialog app title=Signal::derive(move || shelf_words::of(app.lang.get()).restore_title.to_owned())>
            <p class="soft">{move || shelf_words::made(app.lang.get(), &made)}</p>
            <Show when=move || is_damaged>
                <p>{move || shelf_words::of(app.lang.get()).restore_damaged}</p>
            </Show>
            {is_damaged.then_some(view! { <ul class="remarks">{report}</ul> })}
            <div class="stack">{rows}</div>
            {has_settings.then(|| view! {
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=move || with_settings.get()
                        on:change=move |e| with_settings.set(event_target_checked(&e))
                    />
                    {move || shelf_words::of(app.lang.get()).restore_settings}
                </label>
            })}
            <p class="soft">{move || shelf_words::of(app.lang.get()).restore_about}</p>
            <div class="row">
                <button class="go restore" autofocus disabled=none on:click=go>
                    {move || shelf_words::of(app.lang.get()).restore}
                </button>
                <button class="quiet" on:click=move |_| dialog::close(app)>
                    {move || shelf_words::of(app.lang.get()).cancel}
                </button>
            </div>
        </Dialog>
    }
}

/// Writes the chosen workspaces beside those that are there, and opens the
/// first.
fn restore(app: App, backup: Arc<Backup>, chosen: Vec<bool>, settings: BTreeMap<String, String>) {
    spawn_local(async move {
        let mut first = None;
        for (kept, _) in backup.workspaces.iter().zip(chosen).filter(|(_, chosen)| *chosen) {
            let name = kept.name.clone();
            match workspaces::add(app, &name, &session(kept.clone()).afresh()).await {
                Ok(id) => first = first.or(Some(id)),
                Err(trouble) => {
                    // What is on disk here is as it was.
                    dialog::close(app);
                    app.notices.warn(&shelf_words::not_restored(
                        app.lang.get_untracked(),
                        &name,
                        trouble == storage::Saving::Full,
                    ));
                    return;
                }
            }
        }
        for (name, value) in &settings {
            if is_setting(name) {
                theme::choose(name, value);
            }
        }
        let open = match first {
            Some(id) => {
                workspaces::leave_if_bare(app).await;
                id
            }
            None => workspaces::here(),
        };
        workspaces::open(&open);
    });
}

fn kept(name: &str, session: &Session) -> Kept {
    let document = |work: &Work| KeptDocument {
        document: work.document.clone(),
        history: work.history.clone(),
        tagged: work.tagged,
    };
    Kept {
        name: name.to_owned(),
        scheme: session.scheme().clone(),
        changes: session.changes().iter().map(|c| (c.before.clone(), c.after.clone())).collect(),
        open: session.work().map(|w| w.document.id.clone()),
        documents: session.works().iter().map(document).collect(),
    }
}

fn session(kept: Kept) -> Session {
    let work = |KeptDocument { document, history, tagged }| Work::new(document, history, tagged);
    let changes = kept.changes.into_iter().map(|(before, after)| SchemeChange { before, after });
    Session::restored(kept.scheme, kept.documents.into_iter().map(work).collect(), kept.open)
        .with_changes(changes.collect())
}

fn is_setting(name: &str) -> bool {
    name.starts_with(SETTINGS) && name != workspaces::LAST
}

/// What was chosen in the page.
fn settings() -> BTreeMap<String, String> {
    let Ok(Some(storage)) = gloo::utils::window().local_storage() else { return BTreeMap::new() };
    let names = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
    let value = |name: String| Some((name.clone(), storage.get_item(&name).ok().flatten()?));
    order::map(names.filter(|name| is_setting(name)).filter_map(value))
}

fn now() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}
