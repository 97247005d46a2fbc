//! The page: the only part that knows the browser.

pub mod engine;
pub mod worker;

/// Starts the engine and shows where it runs, in the attribute `data-engine`
/// of the document's element: "starting", "worker", "page" or "failed".
pub fn start() {
    let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.document_element());
    let engine = engine::Engine::start(move |status| {
        if let Some(root) = &root {
            root.set_attribute("data-engine", status.name()).ok();
        }
    });
    // It lives as long as the page.
    std::mem::forget(engine);
}
