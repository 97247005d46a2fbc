//! The engine's side of its worker: says that it is ready, then answers each
//! [`wire::Request`]. The same module is what users of the JavaScript package
//! load.

use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::engine::{self, quotations};
use crate::formats::{Unit, wire};
use crate::text::ByteSpan;

/// Serves the page that started this worker.
///
/// # Panics
/// If this is no worker.
pub fn serve() {
    let scope: DedicatedWorkerGlobalScope =
        js_sys::global().dyn_into().expect("assets/start.js calls this in a worker only");
    let page = scope.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let request: wire::Request =
            serde_wasm_bindgen::from_value(event.data()).expect("the page sends requests only");
        post(&page, &wire::Message::Answer { id: request.id, answer: answer_to(request.job) });
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // It lives as long as the worker.
    on_message.forget();
    post(&scope, &wire::Message::Ready);
}

/// The answer to a [`wire::Job`], both as plain JavaScript objects.
///
/// # Errors
/// If `job` is no such object.
pub fn answer(job: JsValue) -> Result<JsValue, JsValue> {
    let job = serde_wasm_bindgen::from_value(job)?;
    Ok(serde_wasm_bindgen::to_value(&answer_to(job))?)
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

fn answer_to(job: wire::Job) -> wire::Answer {
    match job {
        wire::Job::Tag(text) => wire::Answer::Analysis(engine::analyse(&text).into()),
        wire::Job::Carve { text, start, end } => {
            wire::Answer::Carved(quotations::carve(&text, ByteSpan::new(start, end)).into())
        }
    }
}

fn post(scope: &DedicatedWorkerGlobalScope, message: &wire::Message) {
    let message = serde_wasm_bindgen::to_value(message).expect("plain data has a JavaScript form");
    scope.post_message(&message).expect("plain data can be posted");
}
