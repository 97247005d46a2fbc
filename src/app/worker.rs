//! The engine's worker: says that it is ready, then answers each
//! [`wire::Request`] with the proposals for its text.

use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::engine;
use crate::formats::wire;

/// Serves the page that started this worker. Does nothing outside a worker:
/// the page imports the same module where no worker starts.
pub fn serve() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let page = scope.clone();
    let answer = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let request: wire::Request =
            serde_wasm_bindgen::from_value(event.data()).expect("the page sends requests only");
        let analysis = engine::analyse(&request.text).into();
        post(&page, &wire::Message::Answer { id: request.id, analysis });
    });
    scope.set_onmessage(Some(answer.as_ref().unchecked_ref()));
    // It lives as long as the worker.
    answer.forget();
    post(&scope, &wire::Message::Ready);
}

/// What the engine proposes for `text`, as a plain JavaScript object.
pub fn tag(text: &str) -> JsValue {
    let analysis = wire::Analysis::from(engine::analyse(text));
    serde_wasm_bindgen::to_value(&analysis).expect("plain data has a JavaScript form")
}

fn post(scope: &DedicatedWorkerGlobalScope, message: &wire::Message) {
    let message = serde_wasm_bindgen::to_value(message).expect("plain data has a JavaScript form");
    scope.post_message(&message).expect("plain data can be posted");
}
