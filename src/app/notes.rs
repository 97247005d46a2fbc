//! The remark on the span in focus, as a part of its card.

use leptos::html;
use leptos::prelude::*;

use super::keys;
use super::state::App;
use crate::document::SpanId;
use crate::session::Command;

/// The remark, or a button to write one. Leaving the field writes it down;
/// Escape leaves it as it was.
#[component]
pub fn SpanNote(app: App, id: SpanId, note: Option<String>) -> impl IntoView {
    let field = NodeRef::<html::Textarea>::new();
    let noting = app.queue.noting;
    let is_there = note.is_some();
    let before = StoredValue::new(note.unwrap_or_default());
    let is_shown = move || is_there || noting.get();
    Effect::new(move |_| {
        if let Some(field) = field.get()
            && noting.get()
        {
            // It was just drawn; without focus it still takes a click.
            let _ = field.focus();
        }
    });
    on_cleanup(move || noting.set(false));
    let write = move || {
        let written = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        if written.trim() != before.get_value() {
            app.perform(Command::Note(id, written));
        }
        noting.set(false);
    };
    let typed = move |event: web_sys::KeyboardEvent| match &*event.key() {
        "Enter" if !event.shift_key() => {
            event.prevent_default();
            keys::focus_sheet();
        }
        "Escape" => {
            if let Some(field) = field.get_untracked() {
                field.set_value(&before.get_value());
            }
            keys::focus_sheet();
        }
        _ => {}
    };
    view! {
        <Show
            when=is_shown
            fallback=move || view! {
                <button class="quiet small write-note" on:click=move |_| noting.set(true)>
                    {move || app.words().note} " " <kbd>"r"</kbd>
                </button>
            }
        >
            <div class="field span-note" on:mousedown=|event| event.stop_propagation()>
                <span class="soft">{move || app.words().note}</span>
                <textarea
                    node_ref=field
                    class="value"
                    rows="2"
                    aria-label=move || app.words().note
                    placeholder=move || app.words().note_hint
                    prop:value=before.get_value()
                    on:blur=move |_| write()
                    on:keydown=typed
                ></textarea>
            </div>
        </Show>
    }
}
