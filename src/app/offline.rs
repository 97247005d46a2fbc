//! The page where there is no network: `assets/start.js` registers the
//! service worker that keeps the page's files, once the page is ready, and
//! says when a newer version waits.

use std::cell::Cell;

use gloo::events::EventListener;
use leptos::prelude::GetUntracked;
use web_sys::Event;

use super::state::App;

thread_local! {
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// Asks that the page be kept, and offers each newer version to the person.
pub fn keep(app: App) {
    if ASKED.replace(true) {
        return;
    }
    EventListener::new(&gloo::utils::window(), "newversion", move |_| {
        let words = app.lang.get_untracked().words();
        app.notices.offer(words.new_version, words.renew, || dispatch("renew"));
    })
    .forget();
    dispatch("ready");
}

fn dispatch(name: &str) {
    if let Ok(event) = Event::new(name) {
        // Whether somebody prevented its default means nothing here.
        let _ = gloo::utils::window().dispatch_event(&event);
    }
}
