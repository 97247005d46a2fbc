//! The room that the browser gives the page: how much there is, how much is
//! used, whether the browser may clear it, and a word in time when it runs short.

use std::cell::Cell;

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::state::{App, Overlay};
use super::{shelf_words, theme};

/// From this share of the room on the person is told.
const SHORT: f64 = 0.8;
/// Between two looks at the room, in milliseconds.
const PAUSE_MS: f64 = 10_000.0;
/// Where the browser keeps that it was asked to keep what is here.
const ASKED: &str = "guillemet:asked-to-keep";

thread_local! {
    static LOOKED: Cell<f64> = const { Cell::new(f64::MIN) };
    static TOLD: Cell<bool> = const { Cell::new(false) };
}

/// The page's room.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// What is used, in bytes.
    pub used: f64,
    /// What there is in all, in bytes.
    pub all: f64,
    /// Whether the browser keeps it until the person clears it.
    pub is_kept: bool,
}

/// Looks how much room is left, now and then; says it once when it runs short.
pub fn watch(app: App) {
    let now = js_sys::Date::now();
    if now - LOOKED.get() > PAUSE_MS {
        LOOKED.set(now);
        look(app);
    }
}

/// Looks how much room is left.
pub fn look(app: App) {
    spawn_local(async move {
        let Some(room) = measure().await else { return };
        app.shelf.room.set(Some(room));
        let is_short = room.all > 0.0 && room.used / room.all >= SHORT;
        if is_short && !TOLD.replace(true) {
            let lang = app.lang.get_untracked();
            let text = shelf_words::room_short(lang, room.used, room.all);
            app.notices.offer(&text, shelf_words::of(lang).what_to_do, move || {
                app.overlay.set(Overlay::Workspaces);
            });
        } else if !is_short {
            TOLD.set(false);
        }
    });
}

/// Asks the browser to keep what is here, once, as part of what a person
/// does: some browsers ask the person.
pub fn ask_once(app: App) {
    if theme::chosen(ASKED).is_none() {
        theme::choose(ASKED, "1");
        ask(app);
    }
}

/// Asks the browser to keep what is here.
pub fn ask(app: App) {
    let asked = call("persist");
    spawn_local(async move {
        if let Some(asked) = asked {
            // Where it will not, the dialog says so.
            let _ = JsFuture::from(asked).await;
            look(app);
        }
    });
}

async fn measure() -> Option<Room> {
    let estimate = JsFuture::from(call("estimate")?).await.ok()?;
    let number = |name: &str| Reflect::get(&estimate, &name.into()).ok()?.as_f64();
    let is_kept = match call("persisted") {
        Some(kept) => JsFuture::from(kept).await.is_ok_and(|kept| kept.is_truthy()),
        None => false,
    };
    Some(Room { used: number("usage")?, all: number("quota")?, is_kept })
}

/// Calls a method of the browser's `StorageManager`, which needs a secure
/// context.
fn call(method: &str) -> Option<Promise> {
    let navigator = gloo::utils::window().navigator();
    let manager = Reflect::get(&navigator, &JsValue::from_str("storage")).ok()?;
    let method: Function = Reflect::get(&manager, &method.into()).ok()?.dyn_into().ok()?;
    method.call0(&manager).ok()?.dyn_into().ok()
}
