//! Who and what the text is about: entities by label, with their mentions.

use leptos::prelude::*;

use super::state::App;
use super::words;
use crate::document::EntityId;
use crate::scheme::SPEAKER;
use crate::session::{Command, EntityRow};

/// The entities of the open document.
#[component]
pub fn Entities(app: App) -> impl IntoView {
    let groups = move || {
        let rows = app.entities.get();
        let mut labels: Vec<String> =
            app.session.with(|s| s.scheme().labels.iter().map(|d| d.name.to_string()).collect());
        for row in rows.iter() {
            if !labels.iter().any(|l| row.label == l.as_str()) {
                labels.push(row.label.to_string());
            }
        }
        let group = |label: String| {
            let of_label = rows.iter().filter(|r| r.label == label.as_str());
            let rows: Vec<EntityRow> = of_label.cloned().collect();
            (!rows.is_empty()).then_some((label, rows))
        };
        labels.into_iter().filter_map(group).collect::<Vec<_>>()
    };
    view! {
        <section class="entities" aria-labelledby="entities-title">
            <h2 id="entities-title">{move || app.words().entities}</h2>
            <Show
                when=move || app.entities.with(|rows| !rows.is_empty())
                fallback=move || view! { <p class="soft hint">{move || app.words().no_entities}</p> }
            >
                {move || groups().into_iter().map(|(label, rows)| view! { <Group app label rows /> }).collect_view()}
            </Show>
        </section>
    }
}

#[component]
fn Group(app: App, label: String, rows: Vec<EntityRow>) -> impl IntoView {
    let count = rows.len();
    let color = super::theme::label_color(&label);
    let name = move || {
        if label == SPEAKER {
            return app.words().speaker_words.to_owned();
        }
        words::label_names(app.lang.get(), &label).1
    };
    view! {
        <div class="group" style=("--c", color)>
            <h3>{name} <span class="count">{count}</span></h3>
            <ul>{rows.into_iter().map(|row| view! { <Row app row /> }).collect_view()}</ul>
        </div>
    }
}

#[component]
fn Row(app: App, row: EntityRow) -> impl IntoView {
    let id = row.id;
    let (mentions, quotations) = (row.mentions.len(), row.quotations.len());
    let all: Vec<_> = row.mentions.iter().chain(&row.quotations).copied().collect();
    let label = row.label.to_string();
    let name = row.name.clone();
    let edit = RwSignal::new(false);
    // Each click goes to the next mention.
    let go = move |_| {
        let focus = app.session.with_untracked(crate::session::Session::focus);
        let at = focus.and_then(|f| all.iter().position(|m| *m == f));
        if let Some(next) = all.get(at.map_or(0, |at| (at + 1) % all.len())) {
            app.go_to(*next);
        }
    };
    let focused = move || {
        app.card.with(|c| c.as_ref().and_then(|c| c.entity.as_ref().map(|e| e.0)) == Some(id))
    };
    view! {
        <li class="entity" class:focused=focused>
            <Show
                when=move || edit.get()
                fallback={
                    let (name, letter) = (row.name.clone(), row.letter.clone());
                    move || {
                        let go = go.clone();
                        view! {
                            <button class="entity-go" on:click=go>
                                <kbd>{letter.clone()}</kbd>
                                <span class="name">{name.clone()}</span>
                                <small class="count">
                                    {mentions}
                                    {(quotations > 0).then(|| format!(" · {quotations} «»"))}
                                </small>
                            </button>
                            <button
                                class="icon more"
                                aria-label=move || app.words().rename
                                title=move || app.words().rename
                                on:click=move |_| edit.set(true)
                            >
                                "✎"
                            </button>
                        }
                    }
                }
            >
                <EntityEditor app id name=name.clone() label=label.clone() edit />
            </Show>
        </li>
    }
}

#[component]
fn EntityEditor(
    app: App,
    id: EntityId,
    name: String,
    label: String,
    edit: RwSignal<bool>,
) -> impl IntoView {
    let input = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            // Its words must be there to be selected.
            input.set_value(&name);
            // The field was just drawn; without focus it still works.
            let _ = input.focus();
            input.select();
        }
    });
    let save = move || {
        if let Some(input) = input.get_untracked() {
            app.perform(Command::RenameEntity(id, input.value()));
        }
        edit.set(false);
    };
    let others = app.entities.with_untracked(|rows| {
        let same = rows.iter().filter(|r| r.id != id && r.label == label.as_str());
        same.map(|r| (r.id, r.name.clone())).collect::<Vec<_>>()
    });
    view! {
        <form
            class="entity-edit"
            on:submit=move |e| {
                e.prevent_default();
                save();
            }
        >
            <input
                node_ref=input
                type="text"
                aria-label=move || app.words().rename
                on:keydown=move |e| if e.key() == "Escape" { edit.set(false) }
            />
            <select
                aria-label=move || app.words().merge
                on:change=move |e| {
                    if let Ok(into) = event_target_value(&e).parse() {
                        app.perform(Command::MergeEntities(id, into));
                    }
                }
            >
                <option value="">{move || app.words().merge}</option>
                {others.into_iter().map(|(id, name)| view! { <option value=id.to_string()>{name}</option> }).collect_view()}
            </select>
        </form>
    }
}
