//! Warms the page up while the person is still about to paste: a browser
//! compiles a WebAssembly function when it is first called, and the first text
//! would pay for all of them at once. So an example is tagged and drawn where
//! nobody sees it, and thrown away.

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::reading::Reading;
use super::start::EXAMPLES;
use super::state::App;
use super::words::Lang;
use crate::document::Document;
use crate::engine::Analysis;
use crate::session::Session;

/// What is tagged and drawn: all that a dispatch has.
pub const TEXT: &str = EXAMPLES[0].text;

/// Draws [`TEXT`] with its proposals, as the page would, and forgets it.
pub fn draw(analysis: Analysis, lang: Lang) {
    let mut session = Session::default();
    session.add(Document::new("", "", "", TEXT), false);
    let sheet = gloo::utils::document().create_element("div").map(JsCast::unchecked_into);
    let Ok(sheet) = sheet else { return };
    let drawn = mount_to(sheet, move || {
        let app = App::new(session, lang);
        app.session.update(|session| {
            // The first text of the person tells, if something is wrong here.
            let _ = session.seed("", analysis);
        });
        view! { <Reading app /> }
    });
    drop(drawn);
}
