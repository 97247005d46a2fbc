//! What the page has to say: a line for the screen reader at each step, and
//! notices that stay until they are closed.

use std::sync::Arc;

use leptos::prelude::*;

use super::each::Each;
use super::state::App;
use super::storage::Saving;
use super::tabs;

/// The page's voice; a handle, cheap to copy.
#[derive(Clone, Copy)]
pub struct Notices {
    spoken: RwSignal<String>,
    shown: RwSignal<Vec<Notice>>,
    next: StoredValue<u32>,
}

/// Something that stays on the page until it is closed.
#[derive(Clone)]
struct Notice {
    id: u32,
    text: String,
    key: &'static str,
    undo: Option<(String, Undo)>,
}

/// No `Callback`: that would go with the row that offers it.
type Undo = Arc<dyn Fn() + Send + Sync>;

impl Notices {
    /// Silence.
    pub fn new() -> Self {
        Self {
            spoken: RwSignal::new(String::new()),
            shown: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
        }
    }

    /// Says what just happened; the next word replaces it.
    pub fn say(self, text: &str) {
        self.spoken.set(text.to_owned());
    }

    /// Shows what the person has to know; the same words are not shown twice.
    pub fn warn(self, text: &str) {
        self.show("", text, None);
    }

    /// Shows what happened, with a button that takes it back.
    pub fn offer(self, text: &str, button: &str, action: impl Fn() + Send + Sync + 'static) {
        self.offer_as("", text, button, action);
    }

    /// As [`Notices::offer`], in place of what was shown under that key.
    pub fn offer_as(
        self,
        key: &'static str,
        text: &str,
        button: &str,
        action: impl Fn() + Send + Sync + 'static,
    ) {
        self.show(key, text, Some((button.to_owned(), Arc::new(action))));
    }

    /// Whether something is shown under that key.
    pub fn is_shown(self, key: &str) -> bool {
        self.shown.with_untracked(|shown| shown.iter().any(|notice| notice.key == key))
    }

    fn show(self, key: &'static str, text: &str, undo: Option<(String, Undo)>) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.shown.update(|shown| {
            shown.retain(|n| n.text != text && (key.is_empty() || n.key != key));
            shown.push(Notice { id, text: text.to_owned(), key, undo });
        });
    }

    fn close(self, id: u32) {
        self.shown.update(|shown| shown.retain(|n| n.id != id));
    }
}

/// The notices, and the line that screen readers read.
#[component]
pub fn NoticeBoard(app: App) -> impl IntoView {
    let notices = app.notices;
    view! {
        <div class="spoken" role="status" aria-live="polite">{move || notices.spoken.get()}</div>
        <div class="notices" role="region" aria-live="assertive">
            <Show when=move || app.saving.get() == Saving::Elsewhere>
                <div class="notice elsewhere" role="alert">
                    <span>{move || app.words().storage_other_tab}</span>
                    <button class="go" on:click=|_| tabs::take()>{move || app.words().work_here}</button>
                </div>
            </Show>
            <Each each=move || notices.shown.get() key=|n| n.id let:notice>
                <div class="notice" role="alert">
                    <span>{notice.text}</span>
                    {notice.undo.map(|(label, action)| {
                        let act = move |_| {
                            action();
                            notices.close(notice.id);
                        };
                        view! { <button class="quiet" on:click=act>{label}</button> }
                    })}
                    <button
                        class="icon"
                        aria-label=move || app.words().close
                        on:click=move |_| notices.close(notice.id)
                    >
                        "×"
                    </button>
                </div>
            </Each>
        </div>
    }
}
