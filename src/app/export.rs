//! The download: what is written, that it was checked, and where it goes.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::dialog::Dialog;
use super::files;
use super::state::App;
use super::words;
use crate::document::Document;

/// The dialog of downloads.
#[component]
pub fn Export(app: App) -> impl IntoView {
    let many = app.session.with_untracked(|s| s.works().len() > 1);
    let every = RwSignal::new(false);
    let json = Memo::new(move |_| {
        app.session.with(|s| {
            let documents: Vec<Document> = if every.get() {
                s.works().iter().map(|w| w.document.clone()).collect()
            } else {
                s.work().map(|w| w.document.clone()).into_iter().collect()
            };
            files::native_json(s.scheme(), &documents)
        })
    });
    let name = move || {
        let title = app.session.with(|s| {
            let open = s.work().map(|w| w.document.title.clone()).unwrap_or_default();
            if every.get() { String::new() } else { open }
        });
        files::file_name(&title)
    };
    let download = move |_| {
        if let Some(json) = json.get_untracked() {
            files::download(&untrack(name), &json);
            app.notices.say(app.lang.get_untracked().words().downloaded);
        }
    };
    let preview = NodeRef::<html::Textarea>::new();
    let copy = move |_| {
        let Some(json) = json.get_untracked() else { return };
        spawn_local(async move {
            let words = app.lang.get_untracked().words();
            if files::copy(json).await {
                app.notices.say(words.copied);
            } else {
                app.notices.warn(words.copy_failed);
                if let Some(preview) = preview.get_untracked() {
                    preview.select();
                }
            }
        });
    };
    let size = move || json.with(|j| j.as_ref().map_or(0, String::len));
    view! {
        <Dialog app title=Signal::derive(move || app.words().export_title.to_owned())>
            <section class="format">
                <h3>{move || app.words().export_json}</h3>
                <p class="soft">{move || app.words().export_json_about}</p>
                {many.then(|| view! {
                    <div class="chips" role="group">
                        <button class="chip" class:on=move || !every.get() aria-pressed=move || (!every.get()).to_string() on:click=move |_| every.set(false)>
                            {move || app.words().export_this}
                        </button>
                        <button class="chip" class:on=move || every.get() aria-pressed=move || every.get().to_string() on:click=move |_| every.set(true)>
                            {move || app.words().export_every}
                        </button>
                    </div>
                })}
                <p class="check-line" class:bad=move || json.with(Option::is_none)>
                    {move || if json.with(Option::is_some) { app.words().checked } else { app.words().check_failed }}
                </p>
                <textarea
                    node_ref=preview
                    class="preview"
                    readonly
                    rows="9"
                    spellcheck="false"
                    aria-label=move || app.words().export_json
                    prop:value=move || json.get().unwrap_or_default()
                ></textarea>
                <div class="row">
                    <button class="go download" disabled=move || json.with(Option::is_none) on:click=download>
                        {move || app.words().export}
                    </button>
                    <button class="quiet copy" disabled=move || json.with(Option::is_none) on:click=copy>
                        {move || app.words().copy}
                    </button>
                    <small class="soft">{name} " · " {move || words::kilobytes(app.lang.get(), size())}</small>
                </div>
            </section>
        </Dialog>
    }
}
