//! The engine as a WebAssembly module for other people's JavaScript, which
//! `scripts/module` packs.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
}

/// The JavaScript package's function: the proposals for `text`, as an object
/// of the lists `mentions`, `cues`, `speakers`, `quotations` and `entities`.
/// `start` and `end` count what `unit` says ("utf16", "codepoint", "byte").
///
/// # Errors
/// If no unit is called that.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn tag(text: &str, unit: &str) -> Result<wasm_bindgen::JsValue, wasm_bindgen::JsError> {
    guillemet::app::worker::tag(text, unit)
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("the module is for JavaScript: scripts/module builds it");
    std::process::exit(2);
}
