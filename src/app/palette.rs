//! The labels beside the selection: one click or one key gives one.

use leptos::html;
use leptos::prelude::*;

use super::each::Each;
use super::handles::{Rect, measured};
use super::state::App;
use super::{keys, words};
use crate::scheme::{CUE, SPEAKER};
use crate::session::{Action, Session, Step};
use crate::text::ByteSpan;

/// Shown while words are selected: under them, or at the foot of a phone.
#[component]
pub fn Palette(app: App, sheet: NodeRef<html::Article>) -> impl IntoView {
    let range = move || app.session.with(Session::range).filter(|r: &ByteSpan| !r.is_empty());
    let rects = measured(app, sheet, range);
    let place = Memo::new(move |_| rects.with(|rects| place(sheet, rects)));
    let for_quotation = move || {
        let id = app.quotation.get()?;
        app.quotations.with(|rows| rows.iter().find(|r| r.id == id).cloned())
    };
    view! {
        <Show when=move || range().is_some() && place.with(Option::is_some)>
            <div
                class="palette"
                role="toolbar"
                aria-label=move || app.words().palette
                class:above=move || place.get().is_some_and(|p| p.above)
                style:--x=move || format!("{}px", place.get().map_or(0.0, |p| p.x))
                style:--y=move || format!("{}px", place.get().map_or(0.0, |p| p.y))
                on:pointerdown=|e| e.stop_propagation()
                on:mousedown=keys::stay
                on:click=|e| e.stop_propagation()
            >
                <div class="chips">
                    <Each each=move || labels(app) key=|l| l.clone() let:label>
                        <LabelChip app label />
                    </Each>
                </div>
                {move || for_quotation().map(|row| {
                    let name = row.sayer.map_or_else(|| row.words.clone(), |(_, name)| name);
                    view! {
                        <div class="chips part">
                            <small>{move || app.words().for_quotation} " " <b>{row.number}</b> " " {shortened(&name)}</small>
                            <button class="chip quiet" on:click=move |_| keys::carry_out(app, Action::Cue)>
                                {move || app.words().as_cue} <kbd>"c"</kbd>
                            </button>
                            <button class="chip quiet" on:click=move |_| keys::carry_out(app, Action::Speaker)>
                                {move || app.words().as_speaker} <kbd>"s"</kbd>
                            </button>
                        </div>
                    }
                })}
                <div class="row">
                    <button class="quiet small" on:click=move |_| keys::carry_out(app, Action::Exact)>
                        {move || step_name(app)} " " <kbd>"x"</kbd>
                    </button>
                    <button
                        class="icon"
                        aria-label=move || app.words().close
                        on:click=move |_| keys::carry_out(app, Action::Leave)
                    >
                        "×"
                    </button>
                </div>
            </div>
        </Show>
    }
}

/// Where the palette stands, in the sheet.
#[derive(Clone, Copy, PartialEq)]
struct Place {
    x: f64,
    y: f64,
    above: bool,
}

/// Under the selection, or above it where the window ends.
fn place(sheet: NodeRef<html::Article>, rects: &[Rect]) -> Option<Place> {
    /// Between the selection and the palette, in CSS pixels.
    const GAP: f64 = 10.0;
    /// About the height of the palette with all its rows.
    const HEIGHT: f64 = 220.0;
    let (first, last) = (rects.first()?, rects.last()?);
    let below = last.top + last.height + GAP;
    let sheet = sheet.get_untracked()?;
    let seen = sheet.parent_element()?.get_bounding_client_rect();
    let top = sheet.get_bounding_client_rect().top();
    let (from, to) = (seen.top() - top, seen.bottom() - top);
    let above = below + HEIGHT > to && first.top - GAP - HEIGHT > from;
    Some(Place { x: first.left, y: if above { first.top - GAP } else { below }, above })
}

/// The label, its key, and its colour.
#[component]
pub fn LabelChip(app: App, label: String) -> impl IntoView {
    let color = super::theme::label_color(&label);
    let key = app.session.with_untracked(|s| {
        s.scheme().labels.iter().find(|d| d.name == label.as_str()).and_then(|d| d.key)
    });
    let (shown, given) = (label.clone(), crate::scheme::Label::new(&label));
    view! {
        <button
            class="chip"
            data-label=label
            style=("--c", color)
            on:click=move |_| app.label(&given)
        >
            {move || words::label_names(app.lang.get(), &shown).1}
            {key.map(|k| view! { <kbd>{k.to_string()}</kbd> })}
        </button>
    }
}

/// The labels that a selection can take by itself: cues and speakers belong
/// to a quotation.
pub fn labels(app: App) -> Vec<String> {
    app.session.with(|s| {
        let labels = s.scheme().labels.iter().map(|d| d.name.to_string());
        labels.filter(|l| l != CUE && l != SPEAKER).collect()
    })
}

/// Whether selecting goes by words or characters.
pub fn step_name(app: App) -> &'static str {
    match app.session.with(Session::step) {
        Step::Word => app.words().exact_off,
        Step::Character => app.words().exact_on,
    }
}

/// The first words of a name.
pub fn shortened(name: &str) -> String {
    const MOST: usize = 40;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    name.chars().take(MOST).chain(['…']).collect()
}
