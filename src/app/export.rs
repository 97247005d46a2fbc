//! The download: the formats, what the chosen one cannot hold, that it was
//! read back, and where it goes.
//!
//! The native JSON is written here; all else comes from the converter.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::annotators::{self, Annotators};
use super::converter::{self, Converting};
use super::dialog::Dialog;
use super::format_words::{FormatWords, GROUPS, format_words};
use super::state::App;
use super::words::{self, Words};
use super::{files, theme};
use crate::document::{Document, Status};
use crate::formats::converter::{Answer, Ask, Beside, Offer, Order, Packet, Written};
use crate::formats::{Options, Part, native};
use crate::session::ENGINE;

/// Where the browser keeps the format that was chosen last.
const FORMAT: &str = "guillemet.format";
/// The format that the page writes itself.
const NATIVE: &str = "native";
/// The format that compares annotators.
const AGREEMENT: &str = "agreement";
/// How much of the native JSON the dialog shows, in bytes.
const PREVIEW: usize = 4000;

/// The two sides of a choice, and what it is about.
type Sides = (Offer, [fn(&Words) -> &'static str; 3]);

static CHOICES: [Sides; 6] = [
    (Offer::Take, [|w| w.export_take, |w| w.export_take_all, |w| w.export_take_accepted]),
    (Offer::Layer, [|w| w.export_layer, |w| w.export_mentions, |w| w.quotations]),
    (Offer::Overlaps, [|w| w.export_overlaps, |w| w.export_outer, |w| w.export_inner]),
    (Offer::Columns, [|w| w.export_columns, |w| w.export_one, |w| w.export_two]),
    (Offer::Tagging, [|w| w.export_tagging, |_| "IOB2", |_| "BILOU"]),
    (Offer::Unit, [|w| w.export_unit, |w| w.export_points, |w| w.export_units]),
];

/// What was chosen in the dialog.
#[derive(Clone, Debug, Default, PartialEq)]
struct Choice {
    format: String,
    every: bool,
    /// The choices of which the other side is wanted.
    other: Vec<Offer>,
    beside: bool,
    /// Whom to compare with, where the format compares.
    others: Vec<String>,
}

/// What came of it; nothing while it is on its way.
type Outcome = Option<Result<Written, String>>;

/// The dialog of downloads.
#[component]
pub fn Export(app: App) -> impl IntoView {
    let format = theme::chosen(FORMAT).filter(|id| format_words(id).is_some());
    let format = format.unwrap_or_else(|| NATIVE.to_owned());
    let choice =
        RwSignal::new(Choice { format, others: vec![ENGINE.to_owned()], ..Choice::default() });
    let outcome: RwSignal<Outcome> = RwSignal::new(None);
    // Whoever opens this soon chooses another format.
    converter::wake();
    Effect::new(move |_| {
        let choice = choice.get();
        app.session.track();
        prepare(app, choice, outcome);
    });
    view! {
        <Dialog app title=Signal::derive(move || app.words().export_title.to_owned())>
            <div class="downloads">
                <div class="formats" role="radiogroup" aria-label=move || app.words().export_format>
                    {GROUPS.iter().map(|group| view! {
                        <fieldset>
                            <legend>{move || (group.name)(app.words())}</legend>
                            {group.formats.iter().map(|f| view! { <FormatItem app choice format=f /> }).collect_view()}
                        </fieldset>
                    }).collect_view()}
                </div>
                <Chosen app choice outcome />
            </div>
        </Dialog>
    }
}

/// Has the download made; an answer that is no longer wanted is dropped.
fn prepare(app: App, choice: Choice, outcome: RwSignal<Outcome>) {
    let documents = documents(app, choice.every);
    let stem = match documents.as_slice() {
        [document] => files::file_stem(&document.title),
        _ => "guillemet".to_owned(),
    };
    if choice.format == NATIVE && choice.other.is_empty() {
        // Another answer may be under way, and is stale from now on.
        latest();
        outcome.set(Some(Ok(native_file(app, &documents, &stem))));
        return;
    }
    outcome.set(None);
    let mut options = Options { stem, ..Options::default() };
    for offer in &choice.other {
        offer.turn(&mut options);
    }
    let beside = if choice.beside { Beside::Native } else { Beside::Nothing };
    let number = latest();
    spawn_local(async move {
        let mut documents = documents;
        if choice.format == AGREEMENT {
            let compared = annotators::gather(app, documents, &choice.others).await;
            (documents, options.annotators) = (compared.documents, compared.annotators);
        }
        let workspace = app.session.with_untracked(|s| native::write(s.scheme(), &documents));
        let order = Order { workspace, format: choice.format, options, beside };
        let answer = match converter::ask(Ask::Write(order)).await {
            Ok(Answer::Written(written)) => Ok(written),
            Ok(Answer::Refused(why)) | Err(why) => Err(why),
            Ok(Answer::Read(_)) => return,
        };
        if LATEST.get() == number {
            // The dialog may be closed by now.
            let _ = outcome.try_set(Some(answer));
        }
    });
}

thread_local! {
    static LATEST: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

/// The number of a new request: all earlier ones are stale.
fn latest() -> u32 {
    LATEST.set(LATEST.get().wrapping_add(1));
    LATEST.get()
}

fn documents(app: App, every: bool) -> Vec<Document> {
    app.session.with_untracked(|s| {
        if every {
            s.works().iter().map(|w| w.document.clone()).collect()
        } else {
            s.work().map(|w| w.document.clone()).into_iter().collect()
        }
    })
}

fn native_file(app: App, documents: &[Document], stem: &str) -> Written {
    let json = app.session.with_untracked(|s| files::native_json(s.scheme(), documents));
    let mut spans = documents.iter().flat_map(Document::spans);
    let is_proposed = spans.any(|(_, span)| span.status == Status::Proposed);
    let name = format!("{stem}.json");
    let differs = json.is_none().then(String::new);
    let json = json.unwrap_or_default();
    Written {
        names: vec![name.clone()],
        preview: json[..json.floor_char_boundary(PREVIEW)].to_owned(),
        download: Packet { name, bytes: json.into_bytes() },
        media_type: "application/json".to_owned(),
        losses: Vec::new(),
        offers: if is_proposed { vec![Offer::Take] } else { Vec::new() },
        checked: true,
        differs,
    }
}

#[component]
fn FormatItem(app: App, choice: RwSignal<Choice>, format: &'static FormatWords) -> impl IntoView {
    let is_on = move || choice.with(|c| c.format == format.id);
    let chosen = move |_| {
        choice.update(|c| format.id.clone_into(&mut c.format));
        theme::choose(FORMAT, format.id);
    };
    view! {
        <label class:on=is_on>
            <input
                type="radio"
                name="format"
                value=format.id
                autofocus=choice.with_untracked(|c| c.format == format.id)
                prop:checked=is_on
                on:change=chosen
            />
            {move || format.name(app.lang.get())}
        </label>
    }
}

/// The chosen format: what is lost, what can be decided, and the download.
#[component]
fn Chosen(app: App, choice: RwSignal<Choice>, outcome: RwSignal<Outcome>) -> impl IntoView {
    let many = app.session.with_untracked(|s| s.works().len() > 1);
    let format = move || choice.with(|c| format_words(&c.format));
    let name = move || format().map(|f| f.name(app.lang.get()));
    let about = move || format().map(|f| f.about(app.lang.get()));
    let offers = Memo::new(move |_| with(outcome, |w| w.offers.clone()).unwrap_or_default());
    let losses = Memo::new(move |_| {
        let mut losses = with(outcome, |w| w.losses.clone()).unwrap_or_default();
        // The person's choice is no fault of the format.
        losses.retain(|(part, _)| *part != Part::Refrained);
        losses
    });
    let ready = move || with(outcome, |w| w.differs.is_none()) == Some(true);
    let flip = move |offer: Offer, other: bool| {
        choice.update(|c| {
            c.other.retain(|o| *o != offer);
            if other {
                c.other.push(offer);
            }
        });
    };
    view! {
        <section class="format" aria-busy=move || outcome.with(Option::is_none).to_string()>
            <div>
                <h3>{name}</h3>
                <p class="soft">{about}</p>
            </div>
            {many.then(|| view! {
                <TwoSides
                    name=Signal::derive(|| "")
                    sides=[Signal::derive(move || app.words().export_this), Signal::derive(move || app.words().export_every)]
                    other=Signal::derive(move || choice.with(|c| c.every))
                    set=Callback::new(move |every| choice.update(|c| c.every = every))
                />
            })}
            <Show when=move || choice.with(|c| c.format == AGREEMENT)>
                <Annotators
                    app
                    chosen=Signal::derive(move || choice.with(|c| c.others.clone()))
                    set=Callback::new(move |(id, is_in): (String, bool)| choice.update(|c| {
                        c.others.retain(|other| *other != id);
                        if is_in {
                            c.others.push(id);
                        }
                    }))
                />
            </Show>
            {CHOICES.iter().map(|(offer, [name, first, second])| view! {
                <Show when=move || offers.with(|o| o.contains(offer))>
                    <TwoSides
                        name=Signal::derive(move || name(app.words()))
                        sides=[Signal::derive(move || first(app.words())), Signal::derive(move || second(app.words()))]
                        other=Signal::derive(move || choice.with(|c| c.other.contains(offer)))
                        set=Callback::new(move |other| flip(*offer, other))
                    />
                </Show>
            }).collect_view()}
            <Show when=move || !losses.with(Vec::is_empty)>
                <div class="losses">
                    <p>{move || app.words().export_losses}</p>
                    <ul>
                        {move || losses.get().into_iter().map(|(part, count)| view! {
                            <li>{words::loss(app.lang.get(), part, count)}</li>
                        }).collect_view()}
                    </ul>
                    <label class="check">
                        <input
                            type="checkbox"
                            prop:checked=move || choice.with(|c| c.beside)
                            on:change=move |e| choice.update(|c| c.beside = event_target_checked(&e))
                        />
                        {move || app.words().export_beside}
                    </label>
                </div>
            </Show>
            <Converting app />
            <p class="check-line" class:bad=move || !ready() && outcome.with(Option::is_some)>
                {move || outcome.with(|outcome| verdict(app, outcome.as_ref()))}
            </p>
            <Handing app outcome name=Signal::derive(move || name().unwrap_or_default()) />
        </section>
    }
}

/// What the check found.
fn verdict(app: App, outcome: Option<&Result<Written, String>>) -> String {
    let words = app.words();
    match outcome {
        None => "…".to_owned(),
        Some(Err(why)) => words::no_converter(app.lang.get(), why),
        Some(Ok(Written { differs: Some(what), .. })) => {
            format!("{} {what}", words.check_failed).trim_end().to_owned()
        }
        Some(Ok(Written { checked: false, .. })) => String::new(),
        Some(Ok(written)) if written.losses.is_empty() => words.checked.to_owned(),
        Some(Ok(_)) => words.checked_rest.to_owned(),
    }
}

fn with<T>(outcome: RwSignal<Outcome>, look: impl FnOnce(&Written) -> T) -> Option<T> {
    outcome.with(|outcome| outcome.as_ref()?.as_ref().ok().map(look))
}

/// A choice between two.
#[component]
fn TwoSides(
    name: Signal<&'static str>,
    sides: [Signal<&'static str>; 2],
    other: Signal<bool>,
    set: Callback<bool>,
) -> impl IntoView {
    let chip = move |second: bool, side: Signal<&'static str>| {
        let is_on = move || other.get() == second;
        view! {
            <button class="chip" class:on=is_on aria-pressed=move || is_on().to_string() on:click=move |_| set.run(second)>
                {move || side.get()}
            </button>
        }
    };
    let [first, second] = sides;
    view! {
        <div class="chips sides" role="group" aria-label=move || name.get()>
            <small>{move || name.get()}</small>
            {chip(false, first)}
            {chip(true, second)}
        </div>
    }
}

/// The beginning of the file, and the ways out.
#[component]
fn Handing(app: App, outcome: RwSignal<Outcome>, name: Signal<&'static str>) -> impl IntoView {
    let preview = NodeRef::<html::Textarea>::new();
    let shown = move || with(outcome, |w| w.preview.clone()).unwrap_or_default();
    let blocked = move || with(outcome, |w| w.differs.is_some()) != Some(false);
    let is_text =
        move || with(outcome, |w| w.names.len() == 1 && !w.preview.is_empty()) == Some(true);
    let download = move |_| {
        let file = untrack(|| with(outcome, |w| (w.download.clone(), w.media_type.clone())));
        if let Some((file, media_type)) = file {
            files::download(&file.name, &file.bytes, &media_type);
            app.notices.say(app.lang.get_untracked().words().downloaded);
        }
    };
    let copy = move |_| {
        let text = untrack(|| with(outcome, |w| String::from_utf8(w.download.bytes.clone())));
        let Some(Ok(text)) = text else { return };
        spawn_local(async move {
            let words = app.lang.get_untracked().words();
            if files::copy(text).await {
                app.notices.say(words.copied);
            } else {
                app.notices.warn(words.copy_failed);
                if let Some(preview) = preview.get_untracked() {
                    preview.select();
                }
            }
        });
    };
    let summary = move || {
        with(outcome, |w| {
            let lang = app.lang.get();
            let size = words::kilobytes(lang, w.download.bytes.len());
            format!("{} · {}{size}", w.download.name, words::file_count(lang, w.names.len()))
        })
    };
    view! {
        <textarea
            node_ref=preview
            class="preview"
            class:empty=move || shown().is_empty()
            readonly
            rows="6"
            spellcheck="false"
            aria-label=move || name.get()
            prop:value=shown
        ></textarea>
        <div class="row">
            <button class="go download" disabled=blocked on:click=download>
                {move || app.words().export}
            </button>
            <Show when=is_text>
                <button class="quiet copy" disabled=blocked on:click=copy>
                    {move || app.words().copy}
                </button>
            </Show>
            <small class="soft">{summary}</small>
        </div>
    }
}
