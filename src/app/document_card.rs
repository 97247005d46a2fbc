//! One document as a whole, in a dialog: its title, how far it is, a remark
//! on it, and what can be done with it.

use leptos::prelude::*;

use super::dialog::{self, Dialog};
use super::state::App;
use crate::document::Document;
use crate::session::{Command, State};

/// The dialog about the document that the queue names.
#[component]
pub fn DocumentCard(app: App) -> impl IntoView {
    let id = StoredValue::new(app.queue.about.get_untracked());
    let of_it = move |tell: fn(&Document) -> String| {
        app.session.with(|s| {
            let work = s.works().iter().find(|w| id.with_value(|id| w.document.id == *id));
            work.map(|w| tell(&w.document)).unwrap_or_default()
        })
    };
    let title = Memo::new(move |_| of_it(|document| document.title.clone()));
    let note = Memo::new(move |_| of_it(|document| document.note.clone().unwrap_or_default()));
    let state = Memo::new(move |_| {
        app.session.with(|s| {
            let work = s.works().iter().find(|w| id.with_value(|id| w.document.id == *id));
            work.map_or(State::New, |w| w.item().state)
        })
    });
    let rename = move |event| {
        let written: String = event_target_value(&event);
        let written = written.trim();
        if !written.is_empty() && written != title.get_untracked() {
            app.perform_on(&id.get_value(), Command::Rename(written.to_owned()));
        }
    };
    let remark = move |event| {
        app.perform_on(&id.get_value(), Command::Remark(event_target_value(&event)));
    };
    let leave = move |act: fn(App, &str)| {
        dialog::close(app);
        act(app, &id.get_value());
    };
    view! {
        <Dialog app title=Signal::derive(move || app.words().about_document.to_owned())>
            <label class="stacked">
                <span class="soft">{move || app.words().title_label}</span>
                <input class="wide" type="text" spellcheck="false" prop:value=move || title.get() on:change=rename />
            </label>
            <label class="stacked">
                <span class="soft">{move || app.words().note_on_document}</span>
                <textarea
                    autofocus
                    class="wide"
                    rows="4"
                    prop:value=move || note.get()
                    placeholder=move || app.words().note_hint
                    on:change=remark
                ></textarea>
            </label>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || state.get() == State::Done
                    on:change=move |_| app.turn_done(&id.get_value())
                />
                {move || app.words().mark_done} " " <kbd>"d"</kbd>
            </label>
            <div class="row">
                <button class="go" on:click=move |_| dialog::close(app)>{move || app.words().close}</button>
                <button class="quiet duplicate" on:click=move |_| leave(App::duplicate)>{move || app.words().duplicate}</button>
                <button class="quiet reject" on:click=move |_| leave(App::remove)>{move || app.words().take_out}</button>
            </div>
        </Dialog>
    }
}
