//! The dialog of the label scheme: names, colours, keys, what may lie in what,
//! and what becomes of spans whose label goes.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::dialog::{self, Dialog};
use super::each::Each;
use super::state::App;
use super::words::Lang;
use super::{converter, files, scheme_words};
use crate::formats::converter::{Answer, Ask, Delivery, Packet};
use crate::formats::native;
use crate::scheme::{Label, Scheme, color};
use crate::session::{DraftRow, Fate, SchemeDraft};

/// The dialog of the label scheme.
#[component]
pub fn SchemeDialog(app: App) -> impl IntoView {
    let draft = RwSignal::new(app.session.with_untracked(|s| SchemeDraft::of(s.scheme())));
    let words = move || scheme_words::of(app.lang.get());
    let ids = move || draft.with(|d| d.rows.iter().map(|row| row.id).collect::<Vec<_>>());
    let is_same = move || {
        app.session.with(|s| draft.with(|d| d.reform().scheme == *s.scheme() && d.gone.is_empty()))
    };
    let is_open = move || {
        let used = |label: &Label| app.session.with(|s| s.usage(label).0 > 0);
        draft.with(|d| d.gone.iter().any(|(label, fate)| *fate == Fate::Open && used(label)))
    };
    let add = move |_| {
        let mut id = 0;
        draft.update(|d| id = d.add());
        // The field is there after the drawing.
        request_animation_frame(move || focus(&format!("#label-{id}")));
    };
    view! {
        <Dialog app title=Signal::derive(move || words().title.to_owned())>
            <p class="soft">{move || words().about}</p>
            <div class="scheme">
                <Each each=ids key=|id| *id let:id>
                    <LabelRow app draft id />
                </Each>
            </div>
            <div class="row">
                <button class="quiet add-label" on:click=add>"+ " {move || words().add}</button>
            </div>
            <p class="soft">{move || words().fixed}</p>
            <Gone app draft />
            <Relations app draft />
            <div class="row scheme-end">
                <button class="go apply" disabled=move || is_same() || is_open() || !draft.with(SchemeDraft::is_sound) on:click=move |_| apply(app, draft)>
                    {move || words().apply}
                </button>
                <button class="quiet" on:click=move |_| dialog::close(app)>{move || words().cancel}</button>
                <span class="space"></span>
                <Exchange app draft />
            </div>
        </Dialog>
    }
}

/// A label: how it shows, what it is called, which key gives it, where it may lie.
#[component]
fn LabelRow(app: App, draft: RwSignal<SchemeDraft>, id: usize) -> impl IntoView {
    let words = move || scheme_words::of(app.lang.get());
    let row = Memo::new(move |_| draft.with(|d| d.row(id).cloned()));
    let get = move |pick: fn(&DraftRow) -> String| {
        row.with(|row| row.as_ref().map(pick)).unwrap_or_default()
    };
    let set = move |change: fn(&mut DraftRow, String)| {
        move |e| draft.update(|d| d.change(id, |row| change(row, event_target_value(&e))))
    };
    let used = move || {
        let was = row.with(|row| row.as_ref().and_then(|row| row.was.clone()));
        was.map_or((0, 0), |was| app.session.with(|s| s.usage(&was)))
    };
    let fault = move || {
        let row = row.get()?;
        let fault = draft.with(|d| d.fault(&row))?;
        Some(scheme_words::fault(app.lang.get(), fault))
    };
    let is_darker = move || {
        let contrast = color::contrast(&get(|row| row.color.clone()));
        contrast.is_some_and(|contrast| contrast < color::CONTRAST)
    };
    let shown = move || {
        let color = get(|row| row.color.clone());
        let theme = (color::on_light(&color), color::on_dark(&color));
        format!("light-dark({}, {})", theme.0.unwrap_or_default(), theme.1.unwrap_or_default())
    };
    let label = move |what: &str| format!("{what} : {}", get(|row| row.name.clone()));
    view! {
        <div class="label-row" class:bad=move || fault().is_some()>
            <input
                type="color"
                aria-label=move || label(words().color)
                prop:value=move || get(|row| row.color.clone())
                on:input=set(|row, value| row.color = value)
            />
            <input
                id=format!("label-{id}")
                class="name"
                type="text"
                spellcheck="false"
                aria-label=move || words().name
                aria-invalid=move || fault().is_some().to_string()
                style:--c=shown
                prop:value=move || get(|row| row.name.clone())
                on:input=set(|row, value| row.name = value)
            />
            <input
                class="key"
                type="text"
                maxlength="1"
                autocomplete="off"
                aria-label=move || label(words().key)
                title=move || words().key
                prop:value=move || get(|row| row.key.clone())
                on:input=set(|row, value| row.key = value)
            />
            <Inside app draft id />
            <button class="icon raise" aria-label=move || label(words().raise) title=move || words().raise on:click=move |_| draft.update(|d| d.raise(id))>"↑"</button>
            <button class="icon" aria-label=move || label(words().remove) title=move || words().remove on:click=move |_| draft.update(|d| d.remove(id))>"×"</button>
            <small class="soft">
                {move || scheme_words::usage(app.lang.get(), used())}
                {move || if is_darker() { format!(" · {}", words().darker) } else { String::new() }}
            </small>
            <small class="fault" role="status">{fault}</small>
        </div>
    }
}

/// The labels in whose spans one may lie.
#[component]
fn Inside(app: App, draft: RwSignal<SchemeDraft>, id: usize) -> impl IntoView {
    let words = move || scheme_words::of(app.lang.get());
    let inside = move || draft.with(|d| d.row(id).and_then(|row| row.inside.clone()));
    let others =
        move || draft.with(|d| d.rows.iter().map(|r| (r.id, r.name.clone())).collect::<Vec<_>>());
    let told = move || {
        draft.with(|d| match d.row(id).and_then(|row| row.inside.as_ref()) {
            None => words().anywhere.to_owned(),
            Some(inside) if inside.is_empty() => words().nowhere.to_owned(),
            Some(inside) => {
                let names = inside.iter().filter_map(|id| d.row(*id));
                names.map(|row| row.name.as_str()).collect::<Vec<_>>().join(", ")
            }
        })
    };
    let all = move |e| {
        let all = event_target_checked(&e);
        let ids = draft.with_untracked(|d| d.rows.iter().map(|row| row.id).collect());
        draft.update(|d| d.change(id, |row| row.inside = if all { None } else { Some(ids) }));
    };
    let one = move |other: usize| {
        move |e| {
            let is_in = event_target_checked(&e);
            draft.update(|d| {
                d.change(id, |row| {
                    if let Some(inside) = &mut row.inside {
                        if is_in {
                            inside.insert(other);
                        } else {
                            inside.remove(&other);
                        }
                    }
                });
            });
        }
    };
    view! {
        <details class="inside">
            <summary><span class="soft">{move || words().inside} " : "</span>{told}</summary>
            <div class="stack">
                <label class="check">
                    <input type="checkbox" prop:checked=move || inside().is_none() on:change=all />
                    {move || words().anywhere}
                </label>
                <Show when=move || inside().is_some()>
                    <Each each=others key=|other| other.clone() let((other, name))>
                        <label class="check">
                            <input
                                type="checkbox"
                                prop:checked=move || inside().is_some_and(|i| i.contains(&other))
                                on:change=one(other)
                            />
                            {name}
                        </label>
                    </Each>
                </Show>
            </div>
        </details>
    }
}

/// What becomes of spans whose label goes.
#[component]
fn Gone(app: App, draft: RwSignal<SchemeDraft>) -> impl IntoView {
    let words = move || scheme_words::of(app.lang.get());
    let gone = move || {
        let labels = draft.with(|d| d.gone.keys().cloned().collect::<Vec<_>>());
        let used = labels
            .into_iter()
            .map(|label| app.session.with(|s| (label.to_string(), s.usage(&label))));
        used.filter(|(_, usage)| usage.0 > 0).collect::<Vec<_>>()
    };
    let rows =
        move || draft.with(|d| d.rows.iter().map(|r| (r.id, r.name.clone())).collect::<Vec<_>>());
    let choose = move |label: String| {
        move |e| {
            let fate = match event_target_value(&e).as_str() {
                "" => Fate::Open,
                "remove" => Fate::Remove,
                id => id.parse().map_or(Fate::Open, Fate::Become),
            };
            draft.update(|d| {
                d.gone.insert(Label::new(&label), fate);
            });
        }
    };
    view! {
        <Show when=move || !gone().is_empty()>
            <section class="stack losses">
                <h3>{move || words().gone}</h3>
                <p>{move || words().gone_ask}</p>
                <div class="pairs">
                    <Each each=gone key=|row| row.clone() let((label, usage))>
                        <label>
                            <span>
                                <b>{label.clone()}</b> " "
                                <small class="soft">{move || scheme_words::usage(app.lang.get(), usage)}</small>
                            </span>
                            <select class="fate" on:change=choose(label.clone())>
                                <option value="">{move || words().gone_choose}</option>
                                <option value="remove">{move || words().gone_remove}</option>
                                {move || rows().into_iter().map(|(id, name)| view! {
                                    <option value=id.to_string()>"→ " {name}</option>
                                }).collect_view()}
                            </select>
                        </label>
                    </Each>
                </div>
            </section>
        </Show>
    }
}

/// The relations; those of quotations stay.
#[component]
fn Relations(app: App, draft: RwSignal<SchemeDraft>) -> impl IntoView {
    let words = move || scheme_words::of(app.lang.get());
    let ids = move || draft.with(|d| d.relations.iter().map(|r| r.id).collect::<Vec<_>>());
    let field = NodeRef::<html::Input>::new();
    let add = move || {
        if let Some(field) = field.get_untracked() {
            draft.update(|d| d.add_relation(&field.value()));
            field.set_value("");
        }
    };
    view! {
        <div class="row relations">
            <span class="soft">{move || words().relations}</span>
            <Each each=ids key=|id| *id let:id>
                <RelationItem app draft id />
            </Each>
            <input node_ref=field type="text" spellcheck="false" aria-label=move || words().relation on:keydown=move |e| if e.key() == "Enter" { add() } />
            <button class="quiet small" on:click=move |_| add()>"+ " {move || words().add_relation}</button>
        </div>
    }
}

/// A relation: its name, unless quotations are made of it, and its end.
#[component]
fn RelationItem(app: App, draft: RwSignal<SchemeDraft>, id: usize) -> impl IntoView {
    let words = move || scheme_words::of(app.lang.get());
    let of = move |d: &SchemeDraft| d.relations.iter().find(|r| r.id == id).cloned();
    let name = move || draft.with(of).map(|r| r.name).unwrap_or_default();
    let fault = move || {
        let fault = draft.with(|d| d.relation_fault(&of(d)?))?;
        Some(scheme_words::fault(app.lang.get(), fault))
    };
    let rename = move |e| draft.update(|d| d.rename_relation(id, &event_target_value(&e)));
    if draft.with_untracked(of).is_some_and(|r| r.is_fixed()) {
        return view! { <span class="relation">{name}</span> }.into_any();
    }
    view! {
        <span class="relation">
            <input
                type="text"
                spellcheck="false"
                aria-label=move || words().relation
                aria-invalid=move || fault().is_some().to_string()
                prop:value=name
                on:input=rename
            />
            <button class="icon" aria-label=move || format!("{} : {}", words().remove, name()) on:click=move |_| draft.update(|d| d.remove_relation(id))>"×"</button>
            <small class="fault" role="status">{fault}</small>
        </span>
    }
    .into_any()
}

/// The scheme alone as a file, from a file, and the default one.
#[component]
fn Exchange(app: App, draft: RwSignal<SchemeDraft>) -> impl IntoView {
    let words = move || scheme_words::of(app.lang.get());
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let file = input.files().map(gloo::file::FileList::from).and_then(|f| f.first().cloned());
        if let Some(file) = file {
            spawn_local(async move {
                match read(&file, app.lang.get_untracked()).await {
                    Some(scheme) => drop(draft.try_update(|d| d.become_like(&scheme))),
                    None => app.notices.warn(scheme_words::of(app.lang.get_untracked()).no_scheme),
                }
            });
        }
        input.set_value("");
    };
    let export = move |_| {
        let json = native::write_scheme(&draft.with_untracked(SchemeDraft::reform).scheme);
        files::download("guillemet.scheme.json", json.as_bytes(), "application/json");
    };
    view! {
        <input node_ref=input class="file scheme-file" type="file" accept=".json,.xml,.txt" tabindex="-1" aria-hidden="true" on:change=chosen />
        <button class="quiet small import-scheme" on:click=move |_| if let Some(input) = input.get_untracked() { input.click() }>{move || words().import}</button>
        <button class="quiet small export-scheme" disabled=move || !draft.with(SchemeDraft::is_sound) on:click=export>{move || words().export}</button>
        <button class="quiet small default-scheme" on:click=move |_| draft.update(|d| d.become_like(&Scheme::default()))>{move || words().default}</button>
    }
}

/// The scheme of a file: our own, a list of names, or what the converter
/// makes of it.
async fn read(file: &gloo::file::File, lang: Lang) -> Option<Scheme> {
    let text = String::from_utf8(files::bytes_of(files::ask_for(file)).await.ok()?).ok()?;
    if let Some((scheme, _)) = native::read_scheme(&text) {
        return Some(scheme);
    }
    let packet = Packet { name: file.name(), bytes: text.into_bytes() };
    let chosen = [(packet.name.clone(), "label-studio".to_owned())].into();
    let delivery = Delivery {
        files: vec![packet],
        chosen,
        tongue: super::import::tongue(lang),
        ..Delivery::default()
    };
    let Ok(Answer::Read(read)) = converter::ask(Ask::Read(delivery)).await else { return None };
    let scheme = native::read(&read.scheme).ok()?.scheme;
    (!scheme.labels.is_empty()).then_some(scheme)
}

/// Carries the change out, and offers to put all back.
fn apply(app: App, draft: RwSignal<SchemeDraft>) {
    let reform = draft.get_untracked().reform();
    let costs = app.session.with_untracked(|s| s.cost(&reform));
    let spans = costs.iter().map(|cost| cost.spans).sum();
    let documents = costs.iter().map(|cost| cost.documents).max().unwrap_or(0);
    dialog::close(app);
    if let Some(number) = app.reform(&reform) {
        let lang = app.lang.get_untracked();
        let text = scheme_words::changed(lang, spans, documents);
        app.notices.offer(&text, scheme_words::of(lang).put_back, move || {
            let mut held = 0;
            app.change(|s| held = s.take_back(number));
            if held > 0 {
                app.notices.warn(&scheme_words::held(app.lang.get_untracked(), held));
            }
        });
    }
}

fn focus(css: &str) {
    use wasm_bindgen::JsCast;
    let found = gloo::utils::document().query_selector(css).ok().flatten();
    if let Some(field) = found.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Without focus it still takes a click.
        let _ = field.focus();
    }
}
