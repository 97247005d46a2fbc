//! The formats as a WebAssembly module of its own: a worker of the page, or
//! the page itself where no worker starts, loads it when it is first needed.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    guillemet::app::converting::serve();
}

/// Answers what the page asks; both are the plain objects of
/// `formats::converter`.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn convert(ask: wasm_bindgen::JsValue) -> wasm_bindgen::JsValue {
    guillemet::app::converting::convert(ask)
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("the converter is a part of the page: guillemet convert does the same natively");
    std::process::exit(2);
}
