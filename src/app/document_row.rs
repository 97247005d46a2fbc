//! One row of the list of documents: how far it is, its title, what there is
//! to do.

use leptos::html;
use leptos::prelude::*;

use super::documents::Window;
use super::state::App;
use super::words;
use crate::session::{Command, Item, Sort, State};

/// A row; `drawn` has what it shows, for as long as it is there.
#[component]
pub fn DocumentRow(
    app: App,
    id: String,
    drawn: Window,
    open: Memo<Option<String>>,
) -> impl IntoView {
    let key = id.clone();
    let row = Memo::new(move |_| {
        drawn.with(|rows| rows.iter().find(|(_, (item, _))| item.id == key).cloned())
    });
    let item = move || row.get().map(|(_, (item, _))| item);
    let state = move || item().map_or(State::New, |item| item.state);
    let title = move || item().map(|item| item.title.clone()).unwrap_or_default();
    let id = StoredValue::new(id);
    let is_open = move || id.with_value(|id| open.with(|open| open.as_ref() == Some(id)));
    let is_renaming =
        Memo::new(move |_| id.with_value(|id| app.queue.renaming.with(|r| r.as_ref() == Some(id))));
    let rename = move || app.queue.renaming.set(Some(id.get_value()));
    let keys = move |event: web_sys::KeyboardEvent| match &*event.key() {
        "F2" => {
            event.prevent_default();
            rename();
        }
        "Delete" => {
            event.prevent_default();
            app.remove(&id.get_value());
        }
        _ => {}
    };
    view! {
        <li
            class:on=is_open
            style=("--at", move || row.get().map_or(0, |(at, _)| at).to_string())
            aria-setsize=move || app.queue.rows.with(|rows| rows.len()).to_string()
            aria-posinset=move || row.get().map_or(1, |(at, _)| at + 1).to_string()
        >
            <button
                class="state"
                data-state=move || match state() {
                    State::New => "new",
                    State::InWork => "work",
                    State::Done => "done",
                }
                aria-pressed=move || (state() == State::Done).to_string()
                aria-label=move || format!("{} : {}", app.words().mark_done, title())
                title=move || state_name(app, state())
                on:click=move |_| app.turn_done(&id.get_value())
            ></button>
            <Show
                when=move || !is_renaming.get()
                fallback=move || view! { <Title app id=id.get_value() /> }
            >
                <button
                    class="document-go"
                    aria-current=move || is_open().then_some("true")
                    title=title
                    on:click=move |_| app.open_document(&id.get_value())
                    on:dblclick=move |_| rename()
                    on:keydown=keys
                >
                    <span class="name">{title}</span>
                    <small class="soft">{move || row.get().map(|(_, (item, hits))| about(app, &item, hits))}</small>
                </button>
                <span class="row-tools">
                    <button
                        class="icon about"
                        aria-label=move || format!("{} : {}", app.words().about_document, title())
                        title=move || app.words().about_document
                        on:click=move |_| app.show_document(&id.get_value())
                    >
                        "⋯"
                    </button>
                    <button
                        class="icon more"
                        aria-label=move || format!("{} : {}", app.words().remove_document, title())
                        title=move || app.words().remove_document
                        on:click=move |_| app.remove(&id.get_value())
                    >
                        "×"
                    </button>
                </span>
            </Show>
        </li>
    }
}

/// The title while it is written.
#[component]
fn Title(app: App, id: String) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let title = app.session.with_untracked(|s| {
        let work = s.works().iter().find(|w| w.document.id == id);
        work.map(|w| w.document.title.clone()).unwrap_or_default()
    });
    let shown = title.clone();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            field.set_value(&shown);
            // It was just drawn; without focus it still takes a click.
            let _ = field.focus();
            field.select();
        }
    });
    let before = title;
    let end = move || {
        if app.queue.renaming.get_untracked().as_ref() != Some(&id) {
            return;
        }
        app.queue.renaming.set(None);
        let written = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        if !written.trim().is_empty() && written != before {
            app.perform_on(&id, Command::Rename(written.trim().to_owned()));
        }
    };
    let on_blur = end.clone();
    let keys = move |event: web_sys::KeyboardEvent| match &*event.key() {
        "Enter" => {
            end();
            super::keys::focus_sheet();
        }
        "Escape" => {
            app.queue.renaming.set(None);
            super::keys::focus_sheet();
        }
        _ => {}
    };
    view! {
        <input
            node_ref=field
            class="rename"
            type="text"
            spellcheck="false"
            aria-label=move || app.words().title_label
            on:blur=move |_| on_blur()
            on:keydown=keys
        />
    }
}

/// The name of a state.
pub fn state_name(app: App, state: State) -> &'static str {
    match state {
        State::New => app.words().state_new,
        State::InWork => app.words().state_work,
        State::Done => app.words().state_done,
    }
}

/// How long it is and what there is to do; while something is searched for,
/// how often it is there.
fn about(app: App, item: &Item, hits: usize) -> String {
    let lang = app.lang.get();
    let mut about = Vec::new();
    if !app.queue.query.with(|query| query.trim().is_empty()) {
        about.push(words::hits(lang, hits));
    } else if app.queue.sort.get() == Sort::Doubt && item.tagged {
        about.push(words::doubt(lang, item.doubt));
    } else {
        about.push(words::word_count(lang, item.words));
    }
    about.push(if item.tagged {
        words::review_counts(lang, item.overview.proposed, item.overview.accepted)
    } else {
        app.words().untagged.to_owned()
    });
    if item.noted {
        about.push("✎".to_owned());
    }
    about.join(" · ")
}
