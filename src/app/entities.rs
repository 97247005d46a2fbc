//! Who and what the text is about: entities by label, with their mentions.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use super::each::Each;
use super::markup::Html;
use super::state::App;
use super::words::{self, Lang};
use crate::document::EntityId;
use crate::scheme::SPEAKER;
use crate::session::{Command, EntityRow};

/// The entities of the open document.
#[component]
pub fn Entities(app: App) -> impl IntoView {
    // In the order of the scheme; what it does not know comes last.
    let groups = move || {
        let mut labels: Vec<String> =
            app.session.with(|s| s.scheme().labels.iter().map(|d| d.name.to_string()).collect());
        app.entities.with(|rows| {
            for row in rows.iter() {
                if !labels.iter().any(|l| row.label == l.as_str()) {
                    labels.push(row.label.to_string());
                }
            }
            labels.retain(|label| rows.iter().any(|row| row.label == label.as_str()));
        });
        labels
    };
    view! {
        <section class="entities" aria-labelledby="entities-title">
            <h2 id="entities-title">{move || app.words().entities}</h2>
            <Show
                when=move || app.entities.with(|rows| !rows.is_empty())
                fallback=move || view! { <p class="soft hint">{move || app.words().no_entities}</p> }
            >
                <Each each=groups key=Clone::clone let:label>
                    <Group app label />
                </Each>
            </Show>
        </section>
    }
}

#[component]
fn Group(app: App, label: String) -> impl IntoView {
    let color = super::theme::label_color(&label);
    let is_of = {
        let label = label.clone();
        move |row: &EntityRow| row.label == label.as_str()
    };
    let count = {
        let is_of = is_of.clone();
        move || app.entities.with(|rows| rows.iter().filter(|row| is_of(row)).count())
    };
    let rows = move || {
        let (rows, lang) = (app.entities.get(), app.lang.get());
        let of_label = (0..rows.len()).filter(|at| is_of(&rows[*at]));
        of_label.map(|at| (rows.clone(), at, lang)).collect::<Vec<_>>()
    };
    let name = move || {
        if label == SPEAKER {
            return app.words().speaker_words.to_owned();
        }
        words::label_names(app.lang.get(), &label).1
    };
    view! {
        <div class="group" style=("--c", color)>
            <h3>{name} <span class="count">{count}</span></h3>
            <ul>
                <Each
                    each=rows
                    key=|(rows, at, lang)| (rows[*at].clone(), *lang)
                    children=move |(rows, at, lang)| view! { <Row app row=rows[at].clone() lang /> }
                />
            </ul>
        </div>
    }
}

#[component]
fn Row(app: App, row: EntityRow, lang: Lang) -> impl IntoView {
    let id = row.id;
    let all: Vec<_> = row.mentions.iter().chain(&row.quotations).copied().collect();
    let edit = RwSignal::new(false);
    let html = html(&row, lang);
    // A click beside the pen goes to the next mention.
    let clicked = move |event: MouseEvent| {
        let target: Option<Element> = event.target().and_then(|t| t.dyn_into().ok());
        if target.is_some_and(|t| t.closest(".more").ok().flatten().is_some()) {
            edit.set(true);
            return;
        }
        let focus = app.session.with_untracked(crate::session::Session::focus);
        let at = focus.and_then(|f| all.iter().position(|m| *m == f));
        if let Some(next) = all.get(at.map_or(0, |at| (at + 1) % all.len())) {
            app.go_to(*next);
        }
    };
    let focused = move || {
        app.card.with(|c| c.as_ref().and_then(|c| c.entity.as_ref().map(|e| e.0)) == Some(id))
    };
    move || {
        if edit.get() {
            let (name, label) = (row.name.clone(), row.label.to_string());
            view! { <li class="entity"><EntityEditor app id name label edit /></li> }.into_any()
        } else {
            let (clicked, html) = (clicked.clone(), html.clone());
            view! { <li class="entity" class:focused=focused on:click=clicked inner_html=html></li> }
                .into_any()
        }
    }
}

fn html(row: &EntityRow, lang: Lang) -> String {
    let mut count = row.mentions.len().to_string();
    if !row.quotations.is_empty() {
        count += &format!(" · {} «»", row.quotations.len());
    }
    let rename = lang.words().rename;
    let mut html = Html::default();
    html.open("button", &[("class", "entity-go")]);
    html.open("kbd", &[]).text(&row.letter).close("kbd");
    html.element("span", "name", &row.name);
    html.element("small", "count", &count).close("button");
    html.open("button", &[("class", "icon more"), ("aria-label", rename), ("title", rename)]);
    html.text("✎").close("button");
    html.end()
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
