//! The engine as a WebAssembly module of its own: the page's worker starts
//! it, and so does the page itself where no worker starts.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    guillemet::app::worker::serve();
}

/// The engine's JavaScript function: the proposals for `text`, as an object
/// of the lists `mentions`, `cues`, `speakers`, `quotations` and `entities`.
/// `start` and `end` count bytes of the text's UTF-8.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn tag(text: &str) -> wasm_bindgen::JsValue {
    guillemet::app::worker::tag(text)
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
