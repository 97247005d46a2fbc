//! Where a dispatch comes in: pasted, typed, opened, dropped, or an example.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::state::App;
use super::words::Words;
use super::{files, folders};

/// An example of our own writing.
pub struct Example {
    name: fn(&Words) -> &'static str,
    /// The dispatch.
    pub text: &'static str,
}

/// One dispatch of each style.
pub const EXAMPLES: [Example; 3] = [
    Example { name: |w| w.example_wire, text: include_str!("examples/agence.txt") },
    Example { name: |w| w.example_regional, text: include_str!("examples/regional.txt") },
    Example { name: |w| w.example_parliament, text: include_str!("examples/assemblee.txt") },
];

/// The page before anything is on it.
#[component]
pub fn Start(app: App) -> impl IntoView {
    let field = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // Pasting works without focus too.
            let _ = field.focus();
        }
    });
    let take = move || {
        if let Some(field) = field.get_untracked() {
            files::take_text(app, &field.value(), 0);
        }
    };
    view! {
        <div class="welcome">
            <h1>{move || app.words().start_title}</h1>
            <p class="lead">{move || app.words().start_lead}</p>
            <textarea
                node_ref=field
                rows="7"
                spellcheck="false"
                aria-label=move || app.words().start_field
                placeholder=move || app.words().start_field
                on:keydown=move |e| if e.key() == "Enter" && (e.ctrl_key() || e.meta_key()) { take() }
            ></textarea>
            <div class="row welcome-actions">
                <button class="go" on:click=move |_| take()>{move || app.words().start_go}</button>
                <OpenFile app />
                <span class="soft">{move || app.words().start_drop}</span>
            </div>
            <div class="row examples">
                <span class="soft">{move || app.words().start_examples}</span>
                <Examples app />
            </div>
            <p class="private">{move || app.words().start_private}</p>
        </div>
    }
}

/// A further document, beside those that are there.
#[component]
pub fn AddMore(app: App) -> impl IntoView {
    let open = RwSignal::new(false);
    // Done with when something came in, by whatever way.
    let count = Memo::new(move |_| app.session.with(|s| s.works().len()));
    Effect::new(move |before: Option<usize>| {
        if before.is_some_and(|before| count.get() > before) {
            open.set(false);
        }
        count.get()
    });
    view! {
        <div class="add-more">
            <button class="quiet" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|o| *o = !*o)>
                "+ " {move || app.words().new_document}
            </button>
            <Show when=move || open.get()>
                <PasteField app />
            </Show>
        </div>
    }
}

#[component]
fn PasteField(app: App) -> impl IntoView {
    let field = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // It was just drawn; without focus it still takes a click.
            let _ = field.focus();
        }
    });
    let take = move |_| {
        if let Some(field) = field.get_untracked() {
            files::take_text(app, &field.value(), 0);
        }
    };
    view! {
        <div class="paste-field">
            <textarea
                node_ref=field
                rows="4"
                spellcheck="false"
                aria-label=move || app.words().start_field
                placeholder=move || app.words().start_field
            ></textarea>
            <div class="row">
                <button class="go small" on:click=take>{move || app.words().start_go}</button>
                <OpenFile app />
            </div>
            <Examples app />
        </div>
    }
}

#[component]
fn Examples(app: App) -> impl IntoView {
    EXAMPLES
        .iter()
        .map(|example| {
            view! {
                <button class="quiet small example" on:click=move |_| files::take_text(app, example.text, 0)>
                    {move || (example.name)(app.words())}
                </button>
            }
        })
        .collect_view()
}

#[component]
fn OpenFile(app: App) -> impl IntoView {
    view! {
        <Chooser app class="file" what=What::Files name=|w| w.start_open />
        <Chooser app class="file folder" what=What::Folder name=|w| w.start_folder />
    }
}

/// What a person chooses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Files,
    Folder,
}

/// A button that opens the browser's dialog for files, or for a folder.
#[component]
fn Chooser(
    app: App,
    class: &'static str,
    what: What,
    name: fn(&Words) -> &'static str,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get()
            && what == What::Folder
        {
            // Where a browser has no such thing, it asks for files.
            let _ = input.set_attribute("webkitdirectory", "");
        }
    });
    let chosen = move |_| {
        if let Some(input) = input.get_untracked() {
            spawn_local(files::take_incoming(app, folders::chosen(&input)));
            // The same file can be opened again.
            input.set_value("");
        }
    };
    view! {
        <input
            node_ref=input
            class=class
            type="file"
            multiple
            tabindex="-1"
            aria-hidden="true"
            on:change=chosen
        />
        <button class="quiet" on:click=move |_| if let Some(input) = input.get_untracked() { input.click() }>
            {move || name(app.words())}
        </button>
    }
}
