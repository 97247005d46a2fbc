//! A dialog over the page: the browser's own, so that focus stays in it and
//! comes back.

use leptos::html;
use leptos::prelude::*;

use super::state::{App, Overlay};

/// Shown as long as it is mounted; closing it clears the overlay.
#[component]
pub fn Dialog(app: App, #[prop(into)] title: Signal<String>, children: Children) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get()
            && !dialog.open()
        {
            // It was just drawn and is not open: it can be shown.
            let _ = dialog.show_modal();
        }
    });
    let close = move || close(app);
    view! {
        <dialog
            node_ref=dialog
            aria-label=move || title.get()
            on:cancel=move |e: web_sys::Event| {
                e.prevent_default();
                close();
            }
            on:click=move |e| {
                // A click beside the dialog lands on the dialog itself.
                if e.target() == e.current_target() {
                    close();
                }
            }
        >
            <div class="dialog">
                <header>
                    <h2>{move || title.get()}</h2>
                    <button class="icon" aria-label=move || app.words().close on:click=move |_| close()>"×"</button>
                </header>
                {children()}
            </div>
        </dialog>
    }
}

/// Closes what lies over the page; the keyboard is back in the text.
pub fn close(app: App) {
    app.overlay.set(Overlay::None);
    super::keys::focus_sheet();
}
