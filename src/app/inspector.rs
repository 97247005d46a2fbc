//! What can be done with the span that the person is at.

use leptos::prelude::*;

use super::notes::SpanNote;
use super::palette::{labels, shortened, step_name};
use super::quotations::kind_name;
use super::state::{App, Overlay};
use super::{keys, words};
use crate::scheme::{CUE, Label, QUOTE, QuoteKind, SPEAKER};
use crate::session::{Action, Command, Edge, Move, SpanCard};

/// The card of the span in focus.
#[component]
pub fn Inspector(app: App) -> impl IntoView {
    view! {
        <section class="inspector" class:empty=move || app.card.with(Option::is_none)>
            <h2>{move || app.words().selection}</h2>
            {move || match app.card.get() {
                Some(card) => view! { <Card app card /> }.into_any(),
                None => view! { <p class="soft hint">{move || app.words().nothing_selected}</p> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Card(app: App, card: SpanCard) -> impl IntoView {
    let id = card.id;
    let is_part = card.label == CUE || card.label == SPEAKER;
    let about = (card.label != CUE && card.entity.is_some()) || card.label == QUOTE;
    let entity = card.entity.clone();
    let proposed = card.proposed;
    let label = card.label.to_string();
    let color = super::theme::label_color(&label);
    let quotation = card.quotation.clone();
    view! {
        <div class="card" class:proposed=proposed on:mousedown=keys::stay>
            <div class="card-head">
                <b class="label-name" style=("--c", color)>
                    {move || words::label_names(app.lang.get(), &label).1}
                </b>
                <small class="soft">
                    {move || if proposed { app.words().proposed } else { app.words().accepted }}
                    {card.score.filter(|_| proposed).map(|s| format!(" · {:.0} %", s * 100.0))}
                </small>
                <button
                    class="icon"
                    aria-label=move || app.words().close
                    on:click=move |_| keys::carry_out(app, Action::Leave)
                >
                    "×"
                </button>
            </div>
            <p class="card-words">{shortened_words(&card.words)}</p>
            <div class="row actions">
                <button class="go" disabled=!proposed on:click=move |_| app.accept_and_go_on()>
                    {move || app.words().accept} " " <kbd>"↵"</kbd>
                </button>
                <button class="reject" on:click=move |_| app.remove_and_go_on()>
                    {move || if proposed { app.words().reject } else { app.words().remove }} " " <kbd>"⌫"</kbd>
                </button>
            </div>
            {quotation.map(|row| view! { <QuotationPart app row /> })}
            {(!is_part).then(|| view! { <Labels app current=card.label.clone() /> })}
            {(about && card.label != QUOTE).then(|| {
                let name = entity.map(|(_, name)| name).unwrap_or_default();
                view! {
                    <div class="field">
                        <span class="soft">{move || app.words().who}</span>
                        <button class="value" on:click=move |_| app.overlay.set(Overlay::Who(id))>
                            {shortened(&name)} " " <kbd>"e"</kbd>
                        </button>
                    </div>
                }
            })}
            <Bounds app />
            <SpanNote app id note=card.note.clone() />
            {(!is_part && card.label != QUOTE).then(|| view! {
                <button class="quiet small" on:click=move |_| keys::carry_out(app, Action::Everywhere)>
                    {move || app.words().everywhere} " " <kbd>"t"</kbd>
                </button>
            })}
        </div>
    }
}

#[component]
fn Labels(app: App, current: Label) -> impl IntoView {
    view! {
        <div class="chips" role="group" aria-label=move || app.words().label>
            {labels(app).into_iter().map(|label| {
                let on = current == label.as_str();
                let given = Label::new(&label);
                let (color, shown) = (super::theme::label_color(&label), label.clone());
                view! {
                    <button
                        class="chip"
                        class:on=on
                        aria-pressed=on.to_string()
                        data-label=label
                        style=("--c", color)
                        on:click=move |_| app.label(&given)
                    >
                        {move || words::label_names(app.lang.get(), &shown).1}
                    </button>
                }
            }).collect_view()}
        </div>
    }
}

#[component]
fn QuotationPart(app: App, row: crate::session::QuotationRow) -> impl IntoView {
    let id = row.id;
    let kind = row.kind;
    let number = row.number;
    let words_or = move |words: Option<String>| match words {
        Some(words) => shortened(&words).into_any(),
        None => view! { <i class="soft">{move || app.words().no_words}</i> }.into_any(),
    };
    let has_cue = row.cue.is_some();
    let has_speaker = row.speaker.is_some();
    let sayer = row.sayer.map(|(_, name)| name);
    let previous = move || {
        app.quotations.with(|rows| {
            let at = rows.iter().position(|r| r.id == id)?;
            Some(rows[at.checked_sub(1)?].id)
        })
    };
    let continued = row.continued;
    view! {
        <div class="quotation-part">
            <div class="chips" role="group" aria-label=move || app.words().quotation>
                {QuoteKind::ALL.map(|k| view! {
                    <button
                        class="chip quote-kind"
                        class:on=kind == Some(k)
                        aria-pressed=(kind == Some(k)).to_string()
                        on:click=move |_| { app.perform(Command::SetKind(id, k)); }
                    >
                        {move || kind_name(Some(k), app.lang.get())}
                    </button>
                }).collect_view()}
                <kbd>"k"</kbd>
            </div>
            <div class="field">
                <span class="soft">{move || app.words().who_speaks}</span>
                <button class="value strong" on:click=move |_| app.overlay.set(Overlay::Who(id))>
                    {match sayer {
                        Some(name) => shortened(&name).into_any(),
                        None => view! { <i class="soft">{move || app.words().nobody}</i> }.into_any(),
                    }}
                    " " <kbd>"s"</kbd>
                </button>
            </div>
            <div class="field">
                <span class="soft">{move || app.words().speaker_words}</span>
                <span class="value">{words_or(row.speaker)}</span>
                {has_speaker.then(|| view! {
                    <button
                        class="icon"
                        aria-label=move || format!("{} : {}", app.words().speaker_words, app.words().clear)
                        on:click=move |_| { app.perform(Command::SetSpeaker(id, None)); }
                    >"×"</button>
                })}
            </div>
            <div class="field">
                <span class="soft">{move || app.words().reported_by}</span>
                <span class="value">{words_or(row.cue)}</span>
                {has_cue.then(|| view! {
                    <button
                        class="icon"
                        aria-label=move || format!("{} : {}", app.words().reported_by, app.words().clear)
                        on:click=move |_| { app.perform(Command::SetCue(id, None)); }
                    >"×"</button>
                })}
            </div>
            {(number > 1).then(|| view! {
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=continued
                        on:change=move |e| {
                            if let Some(previous) = untrack(previous) {
                                let next = event_target_checked(&e).then_some(id);
                                app.perform(Command::Continue(previous, next));
                            }
                        }
                    />
                    {move || app.words().join}
                </label>
            })}
        </div>
    }
}

#[component]
fn Bounds(app: App) -> impl IntoView {
    let button =
        move |edge: Edge, to: Move, sign: &'static str, name: fn(&words::Words) -> &'static str| {
            view! {
                <button
                    class="icon bound"
                    aria-label=move || name(app.words())
                    title=move || name(app.words())
                    on:click=move |_| keys::carry_out(app, Action::Resize(edge, to))
                >
                    {sign}
                </button>
            }
        };
    view! {
        <div class="field bounds">
            <span class="soft">{move || app.words().bounds}</span>
            <span class="value">
                {button(Edge::Start, Move::Back, "⇤", |w| w.start_back)}
                {button(Edge::Start, Move::Forth, "→", |w| w.start_forth)}
                <span class="soft">"…"</span>
                {button(Edge::End, Move::Back, "←", |w| w.end_back)}
                {button(Edge::End, Move::Forth, "⇥", |w| w.end_forth)}
            </span>
            <button class="quiet small" on:click=move |_| keys::carry_out(app, Action::Exact)>
                {move || step_name(app)} " " <kbd>"x"</kbd>
            </button>
        </div>
    }
}

fn shortened_words(words: &str) -> String {
    const MOST: usize = 220;
    if words.chars().count() <= MOST {
        return words.to_owned();
    }
    let head: String = words.chars().take(MOST - 40).collect();
    let tail: Vec<char> = words.chars().rev().take(30).collect();
    format!("{head} … {}", tail.into_iter().rev().collect::<String>())
}
