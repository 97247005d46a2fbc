//! The picker: who a mention is about, or who says a quotation. A letter
//! picks at once; typing more filters by name.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::dialog::Dialog;
use super::each::Each;
use super::state::{App, Overlay};
use super::words;
use crate::document::{EntityId, SpanId};
use crate::session::{Command, EntityRow};
use crate::text::order;

/// The picker for one span.
#[component]
pub fn WhoPicker(app: App, span: SpanId) -> impl IntoView {
    let filter = RwSignal::new(String::new());
    let rows = Memo::new(move |_| {
        let filter = filter.get().to_lowercase();
        let rows = app.entities.get();
        let fits = |r: &&EntityRow| r.letter == filter || r.name.to_lowercase().contains(&filter);
        let mut rows: Vec<EntityRow> = rows.iter().filter(fits).cloned().collect();
        order::sort_by_key(&mut rows, |r| {
            (r.letter != filter, speaks(r), r.letter.len(), r.letter.clone())
        });
        rows
    });
    let pick = move |who: Option<EntityId>| {
        app.overlay.set(Overlay::None);
        app.perform(Command::Assign(span, who));
        super::keys::focus_sheet();
    };
    let new = move || {
        app.overlay.set(Overlay::None);
        app.perform(Command::AssignNew(span));
        super::keys::focus_sheet();
    };
    let typed = move |e: KeyboardEvent| {
        if e.key() == "Enter" {
            e.prevent_default();
            if let Some(first) = rows.with_untracked(|r| r.first().map(|r| r.id)) {
                pick(Some(first));
            }
        }
    };
    // One letter that is an entity's own, and no other starts with it: done.
    let entered = move |value: String| {
        let only = app.entities.with_untracked(|rows| {
            let mut starting = rows.iter().filter(|r| r.letter.starts_with(&value));
            match (starting.next(), starting.next()) {
                (Some(row), None) if row.letter == value => Some(row.id),
                _ => None,
            }
        });
        match only {
            Some(id) if value.len() == 1 => pick(Some(id)),
            _ => filter.set(value),
        }
    };
    let card = app
        .session
        .with_untracked(|s| s.work().and_then(|w| crate::session::span_card(&w.document, span)));
    let is_quotation = card.as_ref().is_some_and(|c| c.label == crate::scheme::QUOTE);
    let title = move || if is_quotation { app.words().who_speaks } else { app.words().who };
    view! {
        <Dialog app title=Signal::derive(move || title().to_owned())>
            <p class="card-words">{card.map(|c| super::palette::shortened(&c.words))}</p>
            <input
                type="text"
                class="wide"
                autofocus
                aria-label=title
                placeholder=move || app.words().pick_hint
                on:keydown=typed
                on:input=move |e| entered(event_target_value(&e))
            />
            <ul class="picks">
                <Each
                    each=move || rows.get()
                    key=|r| r.id
                    children=move |row| {
                        let color = super::theme::label_color(row.label.as_str());
                        view! {
                            <li>
                                <button class="pick" on:click=move |_| pick(Some(row.id))>
                                    <kbd>{row.letter.clone()}</kbd>
                                    <span class="name">{row.name.clone()}</span>
                                    <small class="label-name" style=("--c", color)>
                                        {move || words::label_names(app.lang.get(), row.label.as_str()).0}
                                    </small>
                                </button>
                            </li>
                        }
                    }
                />
            </ul>
            <div class="row">
                <button class="quiet" on:click=move |_| new()>{move || app.words().somebody_new}</button>
                <button class="quiet" on:click=move |_| pick(None)>{move || app.words().nobody}</button>
            </div>
        </Dialog>
    }
}

/// Those who can speak come first.
fn speaks(row: &EntityRow) -> u8 {
    match row.label.as_str() {
        "PERSON" | "SPEAKER" => 0,
        "ORG" | "ROLE" => 1,
        "PLACE" => 2,
        _ => 3,
    }
}
