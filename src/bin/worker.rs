//! The engine as a WebAssembly module of its own: the page's worker starts
//! it, and so does the page itself where no worker starts. `scripts/module`
//! packs the same module for other people's JavaScript.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
}

/// Makes this worker the page's. `assets/start.js` calls it.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn serve() {
    guillemet::app::worker::serve();
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

/// The engine where no worker starts: the answer to one of the page's jobs.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn answer(job: wasm_bindgen::JsValue) -> Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue> {
    guillemet::app::worker::answer(job)
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("the worker is a part of the page: scripts/serve builds and serves it");
    std::process::exit(2);
}
