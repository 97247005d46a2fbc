//! The documents of the workspace: how far all are, what is searched for, and
//! the list, of which only the rows near to what is seen are drawn.

use std::sync::Arc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::document_row::DocumentRow;
use super::each::Each;
use super::queue::{Queue, Row, open_id};
use super::start;
use super::state::App;
use super::words::{self, Words};
use crate::session::{Filter, Sort, State};

/// How long a person may pause between letters: then it is searched.
const PAUSE_MS: u32 = 150;
/// Rows that are drawn above and below what is seen.
const BEYOND: usize = 8;
/// Rows that are drawn before it is known what is seen.
const FIRST: usize = 24;

/// A value of a choice, what it means, its name.
type Choice<T> = (&'static str, T, fn(&Words) -> &'static str);

static FILTERS: [Choice<Filter>; 5] = [
    ("all", Filter::All, |w| w.filter_all),
    ("todo", Filter::Todo, |w| w.filter_todo),
    ("new", Filter::Only(State::New), |w| w.filter_new),
    ("work", Filter::Only(State::InWork), |w| w.filter_work),
    ("done", Filter::Only(State::Done), |w| w.filter_done),
];
static SORTS: [Choice<Sort>; 3] = [
    ("entered", Sort::Entered, |w| w.sort_entered),
    ("doubt", Sort::Doubt, |w| w.sort_doubt),
    ("title", Sort::Title, |w| w.sort_title),
];

/// The list of documents; the open one is marked.
#[component]
pub fn Documents(app: App) -> impl IntoView {
    let many = Memo::new(move |_| app.queue.tally.with(|tally| tally.all > 1));
    view! {
        <section class="documents" aria-labelledby="documents-title">
            <h2 id="documents-title">{move || app.words().documents}</h2>
            <Show when=move || many.get()>
                <Overall app />
                <Tools app />
            </Show>
            <List app />
            <start::AddMore app />
        </section>
    }
}

/// How far all documents are.
#[component]
fn Overall(app: App) -> impl IntoView {
    let tally = app.queue.tally;
    let text = move || words::queue_progress(app.lang.get(), tally.get().done, tally.get().all);
    view! {
        <div class="overall">
            <span>{text}</span>
            <progress
                aria-label=text
                max=move || tally.get().all.to_string()
                prop:value=move || tally.get().done as f64
            ></progress>
            <Show when=move || { tally.get().untagged > 0 }>
                <span class="to-tag">{move || words::still_to_tag(app.lang.get(), tally.get().untagged)}</span>
            </Show>
        </div>
    }
}

/// Search, filter and order.
#[component]
fn Tools(app: App) -> impl IntoView {
    let Queue { filter, sort, query, rows, .. } = app.queue;
    let timer = StoredValue::new_local(None::<Timeout>);
    let typed = move |event| {
        let words: String = event_target_value(&event);
        // Dropping the timer before ends it.
        timer.set_value(Some(Timeout::new(PAUSE_MS, move || query.set(words))));
    };
    let left = move |event: web_sys::KeyboardEvent| {
        let key = event.key();
        if key == "Escape" {
            event_target::<web_sys::HtmlInputElement>(&event).set_value("");
            timer.set_value(None);
            query.set(String::new());
        }
        if key == "Enter" && app.queue.rows.with(|rows| !rows.is_empty()) {
            first_hit(app);
        }
        if key == "Enter" || key == "Escape" {
            super::keys::focus_sheet();
        }
    };
    let told = move || {
        let (hits, documents) = rows.with(|rows| {
            let found = rows.iter().map(|(_, hits)| *hits).filter(|hits| *hits > 0);
            found.fold((0, 0), |(hits, documents), more| (hits + more, documents + 1))
        });
        match documents {
            0 => app.words().search_none.to_owned(),
            _ => words::all_hits(app.lang.get(), hits, documents),
        }
    };
    view! {
        <div class="tools">
            <input
                class="queue-search wide"
                type="text"
                inputmode="search"
                enterkeyhint="search"
                spellcheck="false"
                prop:value=move || query.get()
                aria-label=move || app.words().search
                placeholder=move || app.words().search
                on:input=typed
                on:keydown=left
            />
            <div class="pair">
                <select
                    class="queue-filter"
                    aria-label=move || app.words().filter
                    on:change=move |e| {
                        let chosen = event_target_value(&e);
                        let found = FILTERS.iter().find(|(id, ..)| *id == chosen);
                        filter.set(found.map_or(Filter::All, |(_, filter, _)| *filter));
                    }
                >
                    {FILTERS.iter().map(|(id, value, name)| view! {
                        <option value=*id prop:selected=move || filter.get() == *value>
                            {move || format!("{} ({})", name(app.words()), count(app, *value))}
                        </option>
                    }).collect_view()}
                </select>
                <select
                    class="queue-sort"
                    aria-label=move || app.words().sort
                    on:change=move |e| {
                        let chosen = event_target_value(&e);
                        let found = SORTS.iter().find(|(id, ..)| *id == chosen);
                        sort.set(found.map_or(Sort::Entered, |(_, sort, _)| *sort));
                    }
                >
                    {SORTS.iter().map(|(id, value, name)| view! {
                        <option value=*id prop:selected=move || sort.get() == *value>
                            {move || name(app.words())}
                        </option>
                    }).collect_view()}
                </select>
            </div>
            <div class="told soft" aria-live="polite">
                {move || (!query.with(|q| q.trim().is_empty())).then(told)}
            </div>
        </div>
    }
}

/// How many documents a filter takes.
fn count(app: App, filter: Filter) -> usize {
    let tally = app.queue.tally.get();
    match filter {
        Filter::All => tally.all,
        Filter::Todo => tally.all - tally.done,
        Filter::Only(State::New) => tally.new,
        Filter::Only(State::InWork) => tally.in_work,
        Filter::Only(State::Done) => tally.done,
    }
}

/// Opens the first document in which something was found.
fn first_hit(app: App) {
    let first = app.queue.rows.with_untracked(|rows| {
        rows.iter().find(|(_, hits)| *hits > 0).map(|(item, _)| item.id.clone())
    });
    if let Some(id) = first {
        app.open_document(&id);
    }
}

/// The rows that are drawn, each with its place in the list.
pub type Window = Memo<Arc<Vec<(usize, Row)>>>;

/// The list. All rows have one height, so the place of each is known without
/// drawing those above it.
#[component]
fn List(app: App) -> impl IntoView {
    let rows = app.queue.rows;
    let scroller = NodeRef::<html::Div>::new();
    let range = RwSignal::new((0, FIRST));
    // The list may be gone by the time of the next frame: no element, no rows.
    let element = move || scroller.try_get_untracked().flatten();
    let look = move || {
        let Some(rows) = rows.try_with_untracked(|rows| rows.len()) else { return };
        if let Some((first, last)) = element().and_then(|div| seen(&div, rows)) {
            let range_now = (first.saturating_sub(BEYOND), last + BEYOND);
            if range.get_untracked() != range_now {
                range.set(range_now);
            }
        }
    };
    let drawn = Memo::new(move |_| {
        let (first, last) = range.get();
        rows.with(|rows| {
            let all = rows.iter().cloned().enumerate();
            Arc::new(all.skip(first).take(last - first).collect::<Vec<_>>())
        })
    });
    let open = Memo::new(move |_| app.session.with(open_id));
    let length = Memo::new(move |_| rows.with(|rows| rows.len()));
    // After the drawing: the list may have become shorter.
    Effect::new(move |_| {
        length.get();
        app.tab.track();
        request_animation_frame(look);
    });
    Effect::new(move |_| {
        let Some(open) = open.get() else { return };
        request_animation_frame(move || {
            let place = rows.try_with_untracked(|rows| {
                Some((rows.iter().position(|(item, _)| item.id == open)?, rows.len()))
            });
            if let (Some((at, length)), Some(div)) = (place.flatten(), element()) {
                bring(&div, at, length);
            }
        });
    });
    let resized = EventListener::new(&gloo::utils::window(), "resize", move |_| look());
    let resized = StoredValue::new_local(Some(resized));
    on_cleanup(move || resized.dispose());
    view! {
        <div class="queue" node_ref=scroller on:scroll=move |_| look()>
            <ul style=("--count", move || length.get().to_string())>
                <Each each=move || drawn.get().to_vec() key=|(_, (item, _))| item.id.clone() let:row>
                    <DocumentRow app id=row.1.0.id.clone() drawn open />
                </Each>
            </ul>
            <Show when=move || length.get() == 0>
                <p class="soft hint">{move || app.words().queue_none}</p>
            </Show>
        </div>
    }
}

/// The height of one of `rows` rows in pixels, and of what can be seen. No row
/// need be drawn for that.
fn heights(scroller: &HtmlElement, rows: usize) -> Option<(f64, f64)> {
    let list: HtmlElement = scroller.first_element_child()?.dyn_into().ok()?;
    let row = f64::from(list.offset_height()) / rows as f64;
    let seen = f64::from(scroller.client_height());
    (rows > 0 && row > 0.0).then_some((row, seen))
}

/// The rows that can be seen: the first one, and one past the last.
fn seen(scroller: &HtmlElement, rows: usize) -> Option<(usize, usize)> {
    let (row, seen) = heights(scroller, rows)?;
    let top = f64::from(scroller.scroll_top());
    Some(((top / row) as usize, ((top + seen) / row).ceil() as usize))
}

/// Scrolls a row into view.
fn bring(scroller: &HtmlElement, at: usize, rows: usize) {
    let Some((row, seen)) = heights(scroller, rows) else { return };
    let (top, from) = (f64::from(scroller.scroll_top()), at as f64 * row);
    if from < top {
        scroller.set_scroll_top(from as i32);
    } else if from + row > top + seen {
        scroller.set_scroll_top((from + row - seen).ceil() as i32);
    }
}
