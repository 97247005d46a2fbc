//! The converter's worker: says that it is ready, then answers each
//! [`Request`].

use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::formats::converter::{self, Answer, Message, Request};

/// Serves the page that started this worker. Does nothing outside a worker:
/// the page imports the same module where no worker starts.
pub fn serve() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let page = scope.clone();
    let answer = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let request: Request =
            serde_wasm_bindgen::from_value(event.data()).expect("the page sends requests only");
        post(&page, &Message::Answer(request.id, converter::answer(request.ask)));
    });
    scope.set_onmessage(Some(answer.as_ref().unchecked_ref()));
    // It lives as long as the worker.
    answer.forget();
    post(&scope, &Message::Ready);
}

/// The answer to `ask`, as a plain JavaScript object.
pub fn convert(ask: JsValue) -> JsValue {
    let answer = match serde_wasm_bindgen::from_value(ask) {
        Ok(ask) => converter::answer(ask),
        Err(error) => Answer::Refused(error.to_string()),
    };
    serde_wasm_bindgen::to_value(&answer).expect("plain data has a JavaScript form")
}

fn post(scope: &DedicatedWorkerGlobalScope, message: &Message) {
    let message = serde_wasm_bindgen::to_value(message).expect("plain data has a JavaScript form");
    scope.post_message(&message).expect("plain data can be posted");
}
