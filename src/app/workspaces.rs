//! The workspaces of this browser: which there are, which one this tab has
//! open, and how they come and go.
//!
//! Each has a database and a lock of its own. To open another one loads the
//! page anew, so that nothing of the one reaches into the other.

use std::cell::RefCell;

use idb::{Database, DatabaseEvent, Error, Factory, ObjectStoreParams, Query, TransactionMode};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::Storage;

use super::room::Room;
use super::state::App;
use super::{backup, shelf_words, storage, tabs, theme};
use crate::scheme::Scheme;
use crate::session::{Entry, FIRST, Place, PlaceState, Session, free_name, shelf, to_open};

/// The database of the names, and its one store.
const DATABASE: &str = "guillemet.workspaces";
const STORE: &str = "workspaces";
/// Under which name the browser keeps what was open last, here and in this tab.
pub const LAST: &str = "guillemet.workspace";

thread_local! {
    static HERE: RefCell<String> = RefCell::new(FIRST.to_owned());
}

/// What the page shows of the workspaces; a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Shelf {
    /// All that there are.
    pub places: RwSignal<Vec<Place>>,
    /// How many documents each has, by id, as far as that is known.
    pub counts: RwSignal<Vec<(String, usize)>>,
    /// How much room is left.
    pub room: RwSignal<Option<Room>>,
    /// The backup that was opened.
    pub offered: StoredValue<Option<backup::Offered>>,
}

impl Shelf {
    /// Before anything was read.
    pub fn new() -> Self {
        Self {
            places: RwSignal::new(shelf([])),
            counts: RwSignal::new(Vec::new()),
            room: RwSignal::new(None),
            offered: StoredValue::new(None),
        }
    }

    /// The name of the open workspace; empty where it has none.
    pub fn name(self) -> String {
        let here = here();
        let of = |places: &Vec<Place>| places.iter().find(|p| p.id == here).map(|p| p.name.clone());
        self.places.with(of).unwrap_or_default()
    }
}

/// The id of the open workspace.
pub fn here() -> String {
    HERE.with_borrow(Clone::clone)
}

/// Finds out which workspace this tab opens, and returns its id.
pub async fn enter() -> String {
    let places = read().await.unwrap_or_else(|_| shelf([]));
    let of_tab = tab_storage().and_then(|s| s.get_item(LAST).ok().flatten());
    let id = to_open(&places, &[of_tab, theme::chosen(LAST)]);
    remember(&id);
    HERE.set(id.clone());
    id
}

/// Reads the names anew, and how many documents there are: another tab may
/// have changed them.
pub fn refresh(app: App) {
    spawn_local(async move {
        let Ok(places) = read().await else { return };
        app.shelf.places.set(places.clone());
        let mut counts = Vec::new();
        for place in places {
            if let Some(count) = storage::count(&place.id).await {
                counts.push((place.id, count));
            }
        }
        app.shelf.counts.set(counts);
    });
}

/// Opens another workspace in this tab.
pub fn open(id: &str) {
    remember(id);
    // Nothing that is under way is lost: it is in the browser's hands.
    let _ = gloo::utils::window().location().reload();
}

/// Makes a workspace and opens it.
pub fn make(app: App, name: &str) {
    let place = fresh(app, name);
    spawn_local(async move {
        match put(&place).await {
            Ok(()) => open(&place.id),
            Err(error) => app.saving.set(storage::failure(&error)),
        }
    });
}

/// Writes a workspace that nobody has open, and puts it on the shelf.
///
/// # Errors
/// If there is no room, or no storage at all.
pub async fn add(app: App, name: &str, entries: &[Entry]) -> Result<String, storage::Saving> {
    let place = fresh(app, name);
    storage::fill(&place.id, entries).await?;
    put(&place).await.map_err(|error| storage::failure(&error))?;
    app.shelf.places.update(|places| places.push(place.clone()));
    Ok(place.id)
}

/// Changes what is written down of a workspace.
pub fn change(app: App, id: &str, change: impl FnOnce(&mut Place)) {
    let place = app.shelf.places.with_untracked(|p| p.iter().find(|p| p.id == id).cloned());
    let Some(mut place) = place else { return };
    change(&mut place);
    spawn_local(async move {
        match put(&place).await {
            Ok(()) => refresh(app),
            Err(error) => app.saving.set(storage::failure(&error)),
        }
    });
}

/// Takes a workspace off the shelf; its contents stay until they are deleted.
pub fn remove(app: App, id: &str) {
    let is_here = id == here();
    let next = app.shelf.places.with_untracked(|places| {
        let mut others = places.iter().filter(|p| p.id != id && p.state == PlaceState::Here);
        others.next().map(|p| p.id.clone())
    });
    // There is always one to work in.
    let Some(next) = next else { return };
    let place = app.shelf.places.with_untracked(|p| p.iter().find(|p| p.id == id).cloned());
    let Some(place) = place else { return };
    spawn_local(async move {
        let removed = Place { state: PlaceState::Removed, ..place };
        match put(&removed).await {
            Ok(()) if is_here => open(&next),
            Ok(()) => refresh(app),
            Err(error) => app.saving.set(storage::failure(&error)),
        }
    });
}

/// Deletes the contents of a workspace that was removed, unless another tab
/// has it open.
pub fn delete(app: App, id: &str) {
    let id = id.to_owned();
    spawn_local(async move {
        if !tabs::is_free(&id).await {
            app.notices.warn(shelf_words::of(app.lang.get_untracked()).delete_open);
            return;
        }
        change(app, &id, |place| place.state = PlaceState::Gone);
        storage::delete(&id);
    });
}

/// Lets go of the open workspace if nothing was ever done in it: what comes
/// in its place is all that there is.
pub async fn leave_if_bare(app: App) {
    let id = here();
    let place = app.shelf.places.with_untracked(|p| p.iter().find(|p| p.id == id).cloned());
    if let Some(place) = place.filter(|place| is_bare(app, place)) {
        // Where it stays it is only empty.
        let _ = put(&Place { state: PlaceState::Gone, ..place }).await;
    }
}

fn is_bare(app: App, place: &Place) -> bool {
    let is_empty = |s: &Session| s.works().is_empty() && *s.scheme() == Scheme::default();
    place.id == here() && place.name.is_empty() && app.session.with_untracked(is_empty)
}

/// A workspace that is not written down yet.
fn fresh(app: App, name: &str) -> Place {
    let lang = app.lang.get_untracked();
    let mut places = app.shelf.places.get_untracked();
    // As the person sees them, without one that makes room.
    places.retain(|place| !is_bare(app, place));
    for place in &mut places {
        place.name = shelf_words::name_of(lang, &place.name);
    }
    let name = free_name(&places, &shelf_words::name_of(lang, name.trim()));
    let time = js_sys::Date::now() as u64;
    let chance = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    Place::new(&format!("w{time:x}-{chance:08x}"), &name)
}

fn remember(id: &str) {
    theme::choose(LAST, id);
    if let Some(storage) = tab_storage() {
        // Without it the tab opens what was open last in any.
        let _ = storage.set_item(LAST, id);
    }
}

fn tab_storage() -> Option<Storage> {
    gloo::utils::window().session_storage().ok().flatten()
}

async fn connect() -> Result<Database, Error> {
    let mut request = Factory::new()?.open(DATABASE, Some(1))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            // The open request fails if the store cannot be made.
            let _ = database.create_object_store(STORE, ObjectStoreParams::new());
        }
    });
    request.await
}

async fn read() -> Result<Vec<Place>, Error> {
    let database = connect().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadOnly)?;
    let store = transaction.object_store(STORE)?;
    let keys = store.get_all_keys(None, None)?.await?;
    let mut places = Vec::new();
    for key in keys {
        let record = store.get(Query::Key(key.clone()))?.await?;
        if let (Some(id), Some(record)) = (key.as_string(), record.and_then(|r| r.as_string())) {
            places.push(Place::read(&id, &record));
        }
    }
    database.close();
    Ok(shelf(places))
}

async fn put(place: &Place) -> Result<(), Error> {
    let database = connect().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
    let (record, key) = (JsValue::from_str(&place.record()), JsValue::from_str(&place.id));
    transaction.object_store(STORE)?.put(&record, Some(&key))?;
    transaction.commit()?.await?;
    database.close();
    Ok(())
}
