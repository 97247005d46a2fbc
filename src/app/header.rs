//! The head of the page: the document's title, how far the work is, and what
//! concerns the whole page.

use leptos::prelude::*;

use super::state::{App, Overlay};
use super::storage::Saving;
use super::{shelf_words, theme, words};
use crate::session::{Command, Session};

/// The head of the page.
#[component]
pub fn Header(app: App) -> impl IntoView {
    let open = move || app.session.with(|s| s.work().is_some());
    let title = move || app.session.with(|s| s.work().map(|w| w.document.title.clone()));
    let can_undo = move || app.session.with(|s| s.work().is_some_and(|w| w.history.position() > 0));
    let can_redo = move || {
        app.session
            .with(|s| s.work().is_some_and(|w| w.history.position() < w.history.steps().len()))
    };
    let saved = move || match app.saving.get() {
        Saving::Saved => ("saved", app.words().saved),
        Saving::Writing => ("saving", app.words().saving),
        Saving::Elsewhere => ("unsaved", app.words().elsewhere),
        Saving::Forbidden | Saving::Full | Saving::Failed(_) => ("unsaved", app.words().unsaved),
    };
    let language = move |_| {
        let other = app.lang.get_untracked().other();
        app.lang.set(other);
        theme::set_language(other);
    };
    view! {
        <header class="top">
            <b class="brand" translate="no"><i>"«"</i>" Guillemet "<i>"»"</i></b>
            <button
                class="quiet workspace"
                title=move || shelf_words::of(app.lang.get()).title
                aria-label=move || format!("{} : {}", shelf_words::of(app.lang.get()).title, shelf_words::name_of(app.lang.get(), &app.shelf.name()))
                aria-haspopup="dialog"
                on:click=move |_| app.overlay.set(Overlay::Workspaces)
            >
                <span class="name">{move || shelf_words::name_of(app.lang.get(), &app.shelf.name())}</span>
                <span aria-hidden="true">"▾"</span>
            </button>
            <Show when=open>
                <input
                    class="title"
                    type="text"
                    spellcheck="false"
                    aria-label=move || app.words().title_label
                    prop:value=move || title().unwrap_or_default()
                    on:change=move |e| { app.perform(Command::Rename(event_target_value(&e))); }
                    on:keydown=move |e| {
                        if e.key() == "Escape" {
                            event_target::<web_sys::HtmlInputElement>(&e).set_value(&title().unwrap_or_default());
                        }
                        if e.key() == "Enter" || e.key() == "Escape" {
                            super::keys::focus_sheet();
                        }
                    }
                />
                <Progress app />
                <span
                    class="saving"
                    data-state=move || saved().0
                    title=move || saved().1
                >
                    {move || saved().1}
                </span>
            </Show>
            <span class="space"></span>
            <Show when=open>
                <button class="icon" disabled=move || !can_undo() title=move || app.words().undo aria-label=move || app.words().undo on:click=move |_| app.undo()>"↶"</button>
                <button class="icon" disabled=move || !can_redo() title=move || app.words().redo aria-label=move || app.words().redo on:click=move |_| app.redo()>"↷"</button>
            </Show>
            <button class="icon help" title=move || app.words().help aria-label=move || app.words().help on:click=move |_| app.overlay.set(Overlay::Help)>"?"</button>
            <button class="icon lang" on:click=language title=move || app.words().language aria-label=move || app.words().language>
                {move || app.lang.get().other().tag().to_ascii_uppercase()}
            </button>
            <button class="icon" title=move || app.words().theme aria-label=move || app.words().theme on:click=|_| theme::toggle()>"◐"</button>
            <Show when=open>
                <button class="go export" on:click=move |_| app.overlay.set(Overlay::Export)>
                    {move || app.words().export}
                </button>
            </Show>
        </header>
    }
}

/// Accepted out of all, as words and as a bar.
#[component]
fn Progress(app: App) -> impl IntoView {
    let counts = move || {
        let overview = app.overview.get();
        (overview.accepted, overview.accepted + overview.proposed)
    };
    let text = move || words::progress(app.lang.get(), counts().0, counts().1);
    view! {
        <span class="progress" title=text>
            <span class="progress-words">{text}</span>
            <progress
                aria-label=text
                max=move || counts().1.max(1).to_string()
                prop:value=move || counts().0 as f64
            ></progress>
        </span>
    }
}

/// The keys that are of use now, at the foot of the page.
#[component]
pub fn Hints(app: App) -> impl IntoView {
    let on_span = move || app.card.with(Option::is_some);
    let selected = move || app.session.with(Session::range).is_some();
    let hint = |keys: &'static str, words: Signal<&'static str>| {
        view! {
            <span class="hint-key">
                {keys.split(' ').map(|k| view! { <kbd>{k}</kbd> }).collect_view()}
                " " {move || words.get()}
            </span>
        }
    };
    let word =
        move |pick: fn(&words::Words) -> &'static str| Signal::derive(move || pick(app.words()));
    view! {
        <footer class="hints" aria-hidden="true">
            <Show when=move || !selected()>{hint("Tab", word(|w| w.hint_review))}</Show>
            <Show when=move || on_span() && !selected()>
                {hint("↵", word(|w| w.hint_accept))}
                {hint("⌫", word(|w| w.hint_remove))}
                {hint("⇧ ← →", word(|w| w.hint_bounds))}
                {hint("e", word(|w| w.hint_who))}
            </Show>
            {hint("1 – 7", word(|w| w.hint_label))}
            {hint("q", word(|w| w.hint_quote))}
            {hint("Ctrl Z", word(|w| w.hint_undo))}
            {hint("?", word(|w| w.hint_help))}
        </footer>
    }
}
