//! The documents of the workspace.

use std::sync::Mutex;

use leptos::prelude::*;

use super::state::App;
use super::{start, words};
use crate::session::{self, Work};

/// The list of documents; the open one is marked.
#[component]
pub fn Documents(app: App) -> impl IntoView {
    let rows = move || {
        app.session.with(|s| {
            let open = s.work().map(|w| w.document.id.clone());
            s.works().iter().map(|w| Item::of(w, open.as_deref())).collect::<Vec<_>>()
        })
    };
    view! {
        <section class="documents" aria-labelledby="documents-title">
            <h2 id="documents-title">{move || app.words().documents}</h2>
            <ul>
                <For each=rows key=|r| r.clone() let:item>
                    <DocumentItem app item />
                </For>
            </ul>
            <start::AddMore app />
        </section>
    }
}

/// What the list shows of a document.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Item {
    id: String,
    title: String,
    words: usize,
    proposed: usize,
    accepted: usize,
    open: bool,
}

impl Item {
    fn of(work: &Work, open: Option<&str>) -> Self {
        let document = &work.document;
        let overview = session::overview(document);
        Self {
            id: document.id.clone(),
            title: document.title.clone(),
            words: document.text().split_whitespace().count(),
            proposed: overview.proposed,
            accepted: overview.accepted,
            open: open == Some(document.id.as_str()),
        }
    }
}

#[component]
fn DocumentItem(app: App, item: Item) -> impl IntoView {
    let state = move || {
        let lang = app.lang.get();
        match (item.proposed, item.accepted) {
            (0, 0) => app.words().state_new.to_owned(),
            (0, _) => app.words().state_done.to_owned(),
            (n, _) => words::to_review(lang, n),
        }
    };
    let (open_id, remove_id, title) = (item.id.clone(), item.id.clone(), item.title.clone());
    view! {
        <li class:on=item.open>
            <button
                class="document-go"
                aria-current=item.open.then_some("true")
                on:click=move |_| app.open_document(&open_id)
            >
                <span class="name">{item.title.clone()}</span>
                <small class="soft">{move || words::word_count(app.lang.get(), item.words)} " · " {state}</small>
            </button>
            <button
                class="icon more"
                aria-label=move || app.words().remove_document
                title=move || app.words().remove_document
                on:click=move |_| remove(app, &remove_id, &title)
            >
                "×"
            </button>
        </li>
    }
}

/// Takes a document out; a button of the notice puts it back with all that
/// was done to it.
fn remove(app: App, id: &str, title: &str) {
    let mut taken = None;
    app.change(|s| taken = s.remove(id));
    let Some((at, work)) = taken else { return };
    let lang = app.lang.get_untracked();
    // Not a signal of the row, which is gone by then.
    let kept = Mutex::new(Some(work));
    app.notices.offer(&words::removed(lang, title), lang.words().put_back, move || {
        if let Some(work) = kept.lock().ok().and_then(|mut kept| kept.take()) {
            app.change(|s| s.put_back(at, work));
        }
    });
}
