//! Keys: what the keyboard sends becomes actions, and actions are carried out.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement, KeyboardEvent, MouseEvent};

use super::state::{App, Overlay};
use crate::scheme::{Label, QUOTE, QuoteKind};
use crate::session::{Action, Command, KeyContext, Move, Press, Session, Step, action};
use crate::text::ByteSpan;

/// Listens to the whole page for as long as it lives.
pub fn listen(app: App) {
    let handle = window_event_listener(leptos::ev::keydown, move |event| pressed(app, &event));
    // The page's own keys: they end with the page.
    std::mem::forget(handle);
}

fn pressed(app: App, event: &KeyboardEvent) {
    if event.default_prevented() || event.is_composing() {
        return;
    }
    let target: Option<Element> = event.target().and_then(|t| t.dyn_into().ok());
    let within = |selector: &str| {
        target.as_ref().is_some_and(|t| t.closest(selector).ok().flatten().is_some())
    };
    let overlay = app.overlay.get_untracked();
    if overlay != Overlay::None {
        if event.key() == "Escape" {
            app.overlay.set(Overlay::None);
            focus_sheet();
        }
        return;
    }
    let (key, code) = (event.key(), event.code());
    let press = Press {
        key: &key,
        code: &code,
        command: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
    };
    // Whoever types a word types no command; undo is the field's own there.
    if within("input:not([type=checkbox]), textarea, select, [contenteditable]") {
        return;
    }
    if app.session.with_untracked(|s| s.work().is_none()) {
        return;
    }
    // A button or a link keeps the keys that move to it and press it.
    let in_text = !within("button, a, summary, input");
    if !in_text
        && !press.command
        && !press.alt
        && (matches!(key.as_str(), "Tab" | "Enter" | " ") || key.starts_with("Arrow"))
    {
        return;
    }
    let Some(action) = action(press, context(app)) else { return };
    // Tab leaves the text where no proposal is left that way.
    if key == "Tab" && (!within(".sheet") || !app.review(!press.shift)) {
        return;
    }
    event.prevent_default();
    if key != "Tab" {
        carry_out(app, action);
    }
}

fn context(app: App) -> KeyContext {
    let range = app.session.with_untracked(|s| s.range().is_some_and(|r| !r.is_empty()));
    app.card.with_untracked(|card| KeyContext {
        span: card.is_some() && !range,
        quotation: card.as_ref().is_some_and(|c| c.quotation.is_some()) && !range,
        range,
    })
}

/// Leaves the keyboard where it is when a mouse presses a button: it goes on
/// in the text.
pub fn stay(event: MouseEvent) {
    event.prevent_default();
}

/// Puts the keyboard back into the text.
pub fn focus_sheet() {
    focus_on(".sheet");
}

/// Puts the keyboard on the first element that the selector finds.
pub fn focus_on(selector: &str) {
    if let Ok(Some(element)) = gloo::utils::document().query_selector(selector)
        && let Some(element) = element.dyn_ref::<HtmlElement>()
    {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        // Without focus the keys still work: the page listens.
        let _ = element.focus_with_options(&options);
    }
}

/// Takes the keyboard off a field that is about to go: to take away what has
/// the focus has the browser lay the page out once more.
pub fn leave_field() {
    let focused = gloo::utils::document().active_element();
    if let Some(field) = focused.and_then(|e| e.dyn_into::<HtmlTextAreaElement>().ok()) {
        // It goes with the field at the latest.
        let _ = field.blur();
    }
}

/// Does what a key or a button asks for.
pub fn carry_out(app: App, action: Action) {
    match action {
        Action::Select(to) => select(app, to),
        Action::Resize(edge, to) => {
            if let Some(command) = app.session.with_untracked(|s| s.resized(edge, to)) {
                app.perform(command);
            }
        }
        Action::Review(forward) => app.go_on(forward),
        Action::Document(forward) => app.next_document(forward),
        Action::Done => app.turn_open_done(),
        Action::Remark => app.remark(),
        Action::Search => app.search(),
        Action::Accept => app.accept_and_go_on(),
        Action::Remove => app.remove_and_go_on(),
        Action::Label(key) => {
            if let Some(label) = app.session.with_untracked(|s| s.label_of_key(key)) {
                app.label(&label);
            }
        }
        Action::Quote => quote(app),
        Action::Cue => part(app, Command::SetCue),
        Action::Speaker => speaker(app),
        Action::Who => {
            if let Some(card) = app.card.get_untracked() {
                app.overlay.set(Overlay::Who(card.id));
            }
        }
        Action::Kind => kind(app),
        Action::Everywhere => {
            if let Some(card) = app.card.get_untracked() {
                app.perform(Command::LabelEverywhere(card.id));
            }
        }
        Action::Exact => app.session.update(|s| {
            let other = match s.step() {
                Step::Word => Step::Character,
                Step::Character => Step::Word,
            };
            s.set_step(other);
        }),
        Action::Undo => app.undo(),
        Action::Redo => app.redo(),
        Action::AcceptAll => {
            app.perform(Command::AcceptAll);
        }
        Action::Export => app.overlay.set(Overlay::Export),
        Action::Leave => app
            .session
            .update(|s| if s.range().is_some() { s.select(None) } else { s.focus_on(None) }),
        Action::Help => app.overlay.set(Overlay::Help),
    }
}

fn select(app: App, to: Move) {
    app.session.update(|s| s.move_selection(to));
    let words =
        app.session.with_untracked(|s| Some(s.range()?.of(s.work()?.document.text()).to_owned()));
    if let Some(words) = words {
        app.notices.say(&words);
    }
    request_animation_frame(|| {
        if let Ok(Some(paint)) = gloo::utils::document().query_selector(".paint > :last-child") {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            paint.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

fn selected(app: App) -> Option<ByteSpan> {
    app.session.with_untracked(Session::range).filter(|r| !r.is_empty())
}

fn quote(app: App) {
    match selected(app) {
        Some(range) => {
            app.quote(range);
        }
        None => app.label(&Label::new(QUOTE)),
    }
}

/// The selected words become the cue or the speaker of the quotation that the
/// person was at.
fn part(app: App, command: fn(crate::document::SpanId, Option<ByteSpan>) -> Command) {
    let words = app.lang.get_untracked().words();
    match (app.quotation.get_untracked(), selected(app)) {
        (Some(quotation), Some(range)) => {
            app.perform(command(quotation, Some(range)));
        }
        (None, Some(_)) => app.notices.warn(words.quotation_first),
        (_, None) => app.notices.say(words.select_first),
    }
}

fn speaker(app: App) {
    match (selected(app), app.quotation.get_untracked()) {
        (None, Some(quotation)) => app.overlay.set(Overlay::Who(quotation)),
        _ => part(app, Command::SetSpeaker),
    }
}

fn kind(app: App) {
    let row = app.card.get_untracked().and_then(|c| c.quotation);
    if let Some(row) = row {
        let at = QuoteKind::ALL.iter().position(|k| Some(*k) == row.kind);
        let next = QuoteKind::ALL[at.map_or(0, |at| (at + 1) % QuoteKind::ALL.len())];
        app.perform(Command::SetKind(row.id, next));
    }
}
