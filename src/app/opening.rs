//! How far the opening of a large workspace is: before the page is there, a
//! line and a bar stand in its place.

use wasm_bindgen::JsCast;
use web_sys::Element;

use super::theme;
use super::words::{self, Lang};

/// What is read before anybody could read this needs no word.
const MANY: usize = 200;

/// Says how many of the documents are read.
pub fn tell(lang: Lang, done: usize, all: usize) {
    if all <= MANY {
        return;
    }
    // Without a place for it the page comes all the same.
    let Some(shown) = shown() else { return };
    if let Some(line) = shown.first_element_child() {
        line.set_text_content(Some(&words::opening(lang, done, all)));
    }
    if let Some(bar) = shown.last_element_child() {
        let _ = bar.set_attribute("max", &all.to_string());
        let _ = bar.set_attribute("value", &done.to_string());
    }
}

/// An earlier page in another tab holds the workspace: it has to be closed.
pub fn blocked() {
    let is_page_there = gloo::utils::document().query_selector(".page").is_ok_and(|p| p.is_some());
    if is_page_there {
        return;
    }
    if let Some(line) = shown().and_then(|shown| shown.first_element_child()) {
        line.set_text_content(Some(theme::first_language().words().opening_blocked));
    }
}

/// Makes room for the page.
pub fn end() {
    if let Some(shown) = found() {
        shown.remove();
    }
}

fn found() -> Option<Element> {
    gloo::utils::document().get_element_by_id("opening")
}

fn shown() -> Option<Element> {
    if let Some(shown) = found() {
        return Some(shown);
    }
    let document = gloo::utils::document();
    let shown = document.create_element("div").ok()?;
    shown.set_id("opening");
    shown.set_attribute("role", "status").ok()?;
    for name in ["span", "progress"] {
        shown.append_child(document.create_element(name).ok()?.unchecked_ref()).ok()?;
    }
    document.body()?.append_child(&shown).ok()?;
    Some(shown)
}
