//! Warms the page up while the person is still about to paste: a browser
//! compiles a WebAssembly function when it is first called, and measures letters
//! and styles when they are first laid out; the first text would pay for all of
//! it at once, and run code that the browser has not optimised yet. So examples
//! are tagged, drawn and laid out where nobody sees them, and thrown away in the
//! same task.

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::page;
use super::start::EXAMPLES;
use super::state::App;
use super::words::Lang;
use crate::document::Document;
use crate::engine::Analysis;
use crate::session::Session;

/// How many times: what runs less often the browser leaves unoptimised, and then
/// optimises it beside the first text, which is slower than both.
const ROUNDS: usize = 4;

/// What is tagged and drawn, one after the other: all that dispatches have.
pub fn texts() -> impl Iterator<Item = &'static str> {
    let texts = EXAMPLES.iter().map(|example| example.text);
    texts.cycle().take(ROUNDS * EXAMPLES.len())
}

/// Draws a text with its proposals, as the page would, and forgets it.
pub fn draw(text: &str, analysis: Analysis, lang: Lang) {
    let mut session = Session::default();
    session.add(Document::new("", "", "", text), false);
    let place =
        gloo::utils::document().create_element("div").map(JsCast::unchecked_into::<HtmlElement>);
    let Ok(place) = place else { return };
    for (property, value) in [("position", "fixed"), ("inset", "0"), ("visibility", "hidden")] {
        // Where it cannot be hidden it is gone before it is seen.
        let _ = place.style().set_property(property, value);
    }
    let _ = gloo::utils::body().append_child(&place);
    let drawn = mount_to(place.clone(), move || {
        let app = App::new(session, lang);
        app.session.update(|session| {
            // The first text of the person tells, if something is wrong here.
            let _ = session.seed("", analysis);
        });
        view! { <div class="page started" data-tab="text">{page::desk(app)}</div> }
    });
    let _ = place.get_bounding_client_rect();
    drop(drawn);
    place.remove();
}
