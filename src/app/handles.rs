//! What lies over the text: the paint of the selection, and the handles that
//! move the bounds of the selection or of the span in focus.
//!
//! Both are placed by measuring after each drawing, relative to the sheet, so
//! the text itself is never touched.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, PointerEvent};

use super::place;
use super::state::App;
use crate::session::{Command, Edge, Session, Step};
use crate::text::{ByteSpan, snap_to_words, trim};

/// A rectangle inside the sheet, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// From the sheet's left edge.
    pub left: f64,
    /// From the sheet's top edge.
    pub top: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// The rectangles of a span of the text, in order; empty if it is not drawn.
pub fn rects(app: App, sheet: NodeRef<html::Article>, span: ByteSpan) -> Vec<Rect> {
    let (Some(sheet), Some(text)) = (sheet.get_untracked(), app.text.get_untracked()) else {
        return Vec::new();
    };
    let blocks = app.blocks.get_untracked();
    let origin = sheet.get_bounding_client_rect();
    place::ranges_of(&blocks, &text, span)
        .into_iter()
        .filter_map(|range| range.get_client_rects())
        .flat_map(|list| (0..list.length()).filter_map(move |i| list.item(i)))
        .filter(|r| r.width() > 0.0)
        .map(|r| Rect {
            left: r.left() - origin.left(),
            top: r.top() - origin.top(),
            width: r.width(),
            height: r.height(),
        })
        .collect()
}

/// A memo of the rectangles of a span that is measured after each drawing and
/// each change of the sheet's size.
pub fn measured(
    app: App,
    sheet: NodeRef<html::Article>,
    span: impl Fn() -> Option<ByteSpan> + Copy + 'static,
) -> RwSignal<Vec<Rect>> {
    let rects_now = RwSignal::new(Vec::new());
    let resized = RwSignal::new(0_u32);
    // The window's size, or a part of the text that came into view and is
    // higher than was assumed.
    let grown = Closure::<dyn FnMut()>::new(move || {
        resized.try_update(|n| *n = n.wrapping_add(1));
    });
    let observer = web_sys::ResizeObserver::new(grown.as_ref().unchecked_ref());
    let observer = observer.expect("it takes any function");
    sheet.on_load({
        let observer = observer.clone();
        move |sheet| observer.observe(&sheet)
    });
    keep(Observed { observer, _grown: grown });
    Effect::new(move |_| {
        resized.track();
        app.blocks.track();
        app.lang.track();
        let at = span();
        // After the drawing that this change causes.
        request_animation_frame(move || {
            let measured = at.map(|at| rects(app, sheet, at)).unwrap_or_default();
            if rects_now.try_with_untracked(|now| *now != measured) == Some(true) {
                rects_now.set(measured);
            }
        });
    });
    rects_now
}

/// An observer of an element's size; it ends with this.
struct Observed {
    observer: web_sys::ResizeObserver,
    _grown: Closure<dyn FnMut()>,
}

impl Drop for Observed {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Keeps something of the browser's until the component goes.
pub fn keep<T: 'static>(kept: T) {
    let kept = StoredValue::new_local(Some(kept));
    on_cleanup(move || {
        kept.try_update_value(|k| k.take());
    });
}

/// The stretch that handles belong to: the selection, or the span in focus.
pub fn handled(app: App) -> Option<ByteSpan> {
    app.session.with(|s| {
        let focus = || Some(s.work()?.document.span(s.focus()?)?.range);
        s.range().filter(|r| !r.is_empty()).or_else(focus)
    })
}

/// The selection, painted under the words.
#[component]
pub fn SelectionPaint(app: App, sheet: NodeRef<html::Article>) -> impl IntoView {
    let span = move || app.session.with(Session::range).filter(|r| !r.is_empty());
    let rects = measured(app, sheet, span);
    view! {
        <div class="paint" aria-hidden="true">
            {move || rects.get().into_iter().map(|r| view! {
                <div
                    style:left=format!("{}px", r.left)
                    style:top=format!("{}px", r.top)
                    style:width=format!("{}px", r.width)
                    style:height=format!("{}px", r.height)
                ></div>
            }).collect_view()}
        </div>
    }
}

/// The two handles.
#[component]
pub fn Handles(app: App, sheet: NodeRef<html::Article>) -> impl IntoView {
    let rects = measured(app, sheet, move || handled(app));
    let ends = move || {
        let rects = rects.get();
        Some((*rects.first()?, *rects.last()?))
    };
    let handle = move |edge: Edge, rect: Rect| {
        let (class, left) = match edge {
            Edge::Start => ("handle start", rect.left),
            Edge::End => ("handle end", rect.left + rect.width),
        };
        view! {
            <div
                class=class
                aria-hidden="true"
                style:left=format!("{left}px")
                style:top=format!("{}px", rect.top)
                style:height=format!("{}px", rect.height)
                on:pointerdown=move |e| drag(app, &e, edge)
                on:click=|e| e.stop_propagation()
            ></div>
        }
    };
    view! {
        {move || ends().map(|(first, last)| view! {
            {handle(Edge::Start, first)}
            {handle(Edge::End, last)}
        })}
    }
}

/// Follows the pointer until it is released: the selection moves along, and
/// a span is resized at the end, as one step. With Alt it goes by characters.
fn drag(app: App, event: &PointerEvent, edge: Edge) {
    event.prevent_default();
    event.stop_propagation();
    let Some(text) = app.text.get_untracked() else { return };
    let Some(from) = untrack(|| handled(app)) else { return };
    let span = app.session.with_untracked(|s| s.range().is_none().then(|| s.focus()).flatten());
    let moved = move |e: &PointerEvent| {
        let under = without_overlay(e, || {
            place::offset_under(&text, e.client_x() as f32, e.client_y() as f32)
        })?;
        let exact = e.alt_key() || app.session.with_untracked(Session::step) == Step::Character;
        let word = if exact {
            ByteSpan::new(under, under)
        } else {
            snap_to_words(&text, ByteSpan::new(under, under))
        };
        let range = match edge {
            Edge::Start => ByteSpan::new(word.start.min(from.end), from.end),
            Edge::End => ByteSpan::new(from.start, word.end.max(from.start)),
        };
        Some(trim(&text, range)).filter(|r| !r.is_empty())
    };
    let window = gloo::utils::window();
    let show = moved.clone();
    let follow = Closure::<dyn FnMut(PointerEvent)>::new(move |e: PointerEvent| {
        if let Some(range) = show(&e) {
            app.session.update(|s| {
                let (step, focus) = (s.step(), s.focus());
                s.set_step(Step::Character);
                s.select(Some(range));
                s.set_step(step);
                debug_assert_eq!(s.focus(), focus, "selecting keeps the focus");
            });
        }
    });
    let follow_fn: js_sys::Function = follow.as_ref().unchecked_ref::<js_sys::Function>().clone();
    // The listeners outlive this call; the closure ends with the drag.
    let _ = window.add_event_listener_with_callback("pointermove", &follow_fn);
    let end = move |e: PointerEvent| {
        let window = gloo::utils::window();
        let _ = window.remove_event_listener_with_callback("pointermove", &follow_fn);
        drop(follow);
        if let (Some(id), Some(range)) = (span, moved(&e)) {
            app.session.update(|s| s.select(None));
            app.perform(Command::Resize(id, range));
        }
    };
    let end = Closure::once_into_js(end);
    let options = web_sys::AddEventListenerOptions::new();
    options.set_once(true);
    let _ = window.add_event_listener_with_callback_and_add_event_listener_options(
        "pointerup",
        end.unchecked_ref(),
        &options,
    );
}

/// Reads what is under the pointer, not the handle that is being dragged.
fn without_overlay<T>(event: &PointerEvent, read: impl FnOnce() -> T) -> T {
    let handle: Option<Element> = event.target().and_then(|t| t.dyn_into().ok());
    let hide = |class: &str| {
        if let Some(body) = gloo::utils::document().body() {
            body.set_class_name(class);
        }
    };
    drop(handle);
    hide("dragging");
    let result = read();
    hide("");
    result
}
