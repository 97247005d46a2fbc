//! The engine's side of its worker: says that it is ready, then answers each
//! [`wire::Request`]. And the function that the JavaScript package exports.

use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::engine;
use crate::formats::{Unit, wire};

/// Serves the page, if this is a worker of it.
pub fn serve() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let page = scope.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let request: wire::Request =
            serde_wasm_bindgen::from_value(event.data()).expect("the page sends requests only");
        let analysis = engine::analyse(&request.text).into();
        post(&page, &wire::Message::Answer { id: request.id, analysis });
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // It lives as long as the worker.
    on_message.forget();
    post(&scope, &wire::Message::Ready);
}

/// What the engine proposes for `text`, as a plain JavaScript object. Offsets
/// count what `unit` says.
///
/// # Errors
/// If no unit is called that.
pub fn tag(text: &str, unit: &str) -> Result<JsValue, JsError> {
    let unit = Unit::from_word(unit).ok_or_else(|| {
        JsError::new(&format!("no unit is called {unit}: utf16, codepoint or byte"))
    })?;
    let analysis = wire::Analysis::from(engine::analyse(text)).in_unit(text, unit);
    Ok(serde_wasm_bindgen::to_value(&analysis).expect("plain data has a JavaScript form"))
}

fn post(scope: &DedicatedWorkerGlobalScope, message: &wire::Message) {
    let message = serde_wasm_bindgen::to_value(message).expect("plain data has a JavaScript form");
    scope.post_message(&message).expect("plain data can be posted");
}
