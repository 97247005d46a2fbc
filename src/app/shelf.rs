//! The dialog of workspaces: which there are, the backup, the room that is left.

use leptos::html;
use leptos::prelude::*;

use super::backup::{self, Extent};
use super::dialog::Dialog;
use super::each::Each;
use super::state::{App, Overlay};
use super::{files, room, shelf_words, workspaces};
use crate::session::{Place, PlaceState};

/// The workspaces, and how they are kept.
#[component]
pub fn Workspaces(app: App) -> impl IntoView {
    workspaces::refresh(app);
    room::look(app);
    let words = move || shelf_words::of(app.lang.get());
    let places = move || app.shelf.places.get();
    view! {
        <Dialog app title=Signal::derive(move || words().others.to_owned())>
            <ul class="shelf">
                <Each each=places key=|p| (p.id.clone(), p.name.clone(), p.state as u8) let:place>
                    <PlaceItem app place />
                </Each>
            </ul>
            <NewPlace app />
            <div class="row">
                <button class="quiet labels" on:click=move |_| app.overlay.set(Overlay::Scheme)>{move || words().scheme}</button>
            </div>
            <section class="stack">
                <h3>{move || words().backup}</h3>
                <p class="soft">{move || words().backup_about}</p>
                <div class="row">
                    <button class="go backup-all" on:click=move |_| backup::save(app, Extent::All)>{move || words().backup_all}</button>
                    <Show when=move || { app.shelf.places.with(|p| p.len() > 1) }>
                        <button class="quiet backup-this" on:click=move |_| backup::save(app, Extent::This)>{move || words().backup_this}</button>
                    </Show>
                    <OpenBackup app />
                </div>
            </section>
            <RoomLeft app />
        </Dialog>
    }
}

/// A workspace: its name, what it holds, and what can be done with it.
#[component]
fn PlaceItem(app: App, place: Place) -> impl IntoView {
    let words = move || shelf_words::of(app.lang.get());
    let id = StoredValue::new(place.id.clone());
    let name = StoredValue::new(place.name.clone());
    let is_open = place.id == workspaces::here();
    let is_removed = place.state == PlaceState::Removed;
    let shown = move || shelf_words::name_of(app.lang.get(), &name.get_value());
    let count = move || {
        let here = || app.session.with(|s| s.works().len());
        let read =
            || app.shelf.counts.with(|c| Some(c.iter().find(|(of, _)| *of == id.get_value())?.1));
        let count = if is_open { Some(here()) } else { read() };
        count.map(|count| shelf_words::documents(app.lang.get(), count))
    };
    let is_last = move || {
        app.shelf.places.with(|p| p.iter().filter(|p| p.state == PlaceState::Here).count() < 2)
    };
    let sure = RwSignal::new(false);
    let rename = move |e| {
        let wanted: String = event_target_value(&e);
        workspaces::change(app, &id.get_value(), |place| wanted.trim().clone_into(&mut place.name));
    };
    let put_back = move |_| {
        workspaces::change(app, &id.get_value(), |place| place.state = PlaceState::Here);
    };
    view! {
        <li class:on=is_open class:removed=is_removed>
            {if is_removed {
                view! { <span class="name">{shown}</span> }.into_any()
            } else {
                view! {
                    <input
                        class="name"
                        type="text"
                        spellcheck="false"
                        aria-label=move || words().rename
                        prop:value=shown
                        on:change=rename
                    />
                }.into_any()
            }}
            <small class="soft">
                {count}
                {move || if is_open { format!(" · {}", words().is_open) } else { String::new() }}
                {move || if is_removed { format!(" · {}", words().removed) } else { String::new() }}
            </small>
            <span class="row">
                {(!is_open && !is_removed).then(|| view! {
                    <button class="quiet small open" on:click=move |_| workspaces::open(&id.get_value())>{move || words().open}</button>
                })}
                {if is_removed {
                    view! {
                        <button class="quiet small put-back" on:click=put_back>{move || words().put_back}</button>
                        <Show
                            when=move || sure.get()
                            fallback=move || view! {
                                <button class="quiet small delete" on:click=move |_| sure.set(true)>{move || words().delete}</button>
                            }
                        >
                            <button class="quiet small sure" on:click=move |_| workspaces::delete(app, &id.get_value())>{move || words().delete_sure}</button>
                        </Show>
                    }.into_any()
                } else {
                    view! {
                        <button class="quiet small remove" disabled=is_last on:click=move |_| workspaces::remove(app, &id.get_value())>{move || words().remove}</button>
                    }.into_any()
                }}
            </span>
        </li>
    }
}

/// A name, and the workspace is there.
#[component]
fn NewPlace(app: App) -> impl IntoView {
    let words = move || shelf_words::of(app.lang.get());
    let name = NodeRef::<html::Input>::new();
    let make = move || {
        let typed = name.get_untracked().map(|field| field.value()).unwrap_or_default();
        let lang = app.lang.get_untracked();
        let typed = typed.trim();
        workspaces::make(app, if typed.is_empty() { shelf_words::of(lang).new } else { typed });
    };
    view! {
        <div class="row new-place">
            <input
                node_ref=name
                type="text"
                spellcheck="false"
                aria-label=move || words().rename
                placeholder=move || words().new
                on:keydown=move |e| if e.key() == "Enter" { make() }
            />
            <button class="quiet make" on:click=move |_| make()>{move || words().make}</button>
        </div>
    }
}

#[component]
fn OpenBackup(app: App) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        if let Some(list) = input.get_untracked().and_then(|input| input.files()) {
            files::take_files(app, gloo::file::FileList::from(list).to_vec());
        }
    };
    view! {
        <input node_ref=input class="file backup-file" type="file" accept=".jsonl" tabindex="-1" aria-hidden="true" on:change=chosen />
        <button class="quiet" on:click=move |_| if let Some(input) = input.get_untracked() { input.click() }>
            {move || shelf_words::of(app.lang.get()).restore_open}
        </button>
    }
}

/// How much room is left, and whether the browser keeps what is here.
#[component]
fn RoomLeft(app: App) -> impl IntoView {
    let words = move || shelf_words::of(app.lang.get());
    let room = move || app.shelf.room.get();
    let text = move || room().map(|r| shelf_words::room(app.lang.get(), r.used, r.all));
    let is_kept = move || room().is_some_and(|r| r.is_kept);
    view! {
        <Show when=move || room().is_some()>
            <section class="stack room">
                <h3>{move || words().room}</h3>
                <div class="row">
                    <meter
                        aria-label=move || words().room
                        min="0"
                        max="1"
                        low="0.8"
                        high="0.9"
                        optimum="0"
                        prop:value=move || room().map_or(0.0, |r| r.used / r.all.max(1.0))
                    ></meter>
                    <span class="soft">{text}</span>
                </div>
                <p class="soft">{move || if is_kept() { words().kept } else { words().not_kept }}</p>
                <Show when=move || !is_kept()>
                    <div class="row">
                        <button class="quiet small" on:click=move |_| room::ask(app)>{move || words().keep}</button>
                    </div>
                </Show>
            </section>
        </Show>
    }
}
