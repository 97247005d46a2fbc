//! The converter as the page sees it: loaded when it is first needed, in a
//! worker, or in the page itself where no worker starts.
//!
//! Requests wait until it is ready. To drop a stale answer, drop its future. A
//! worker that dies of a request, or that the person stops, fails all that it
//! had; the next request starts another one.

use std::cell::RefCell;
use std::collections::BTreeMap;

use futures_channel::oneshot;
use gloo::timers::callback::Timeout;
use js_sys::Function;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use super::engine::{address, describe, import_module, module_name};
use super::state::App;
use crate::formats::converter::{Answer, Ask, Message, Request};

/// The name of the module's place in index.html and of its function.
const MODULE: &str = "converter";
const FUNCTION: &str = "convert";
/// After so long a person wants to know that it is still at work, and to be
/// able to end it.
const LONG_MS: u32 = 3000;

/// Why a request has no answer: the person stopped it.
pub const STOPPED: &str = "stopped";
/// Why a request has no answer: the worker broke off.
pub const BROKEN: &str = "broken";

type Reply = oneshot::Sender<Result<Answer, String>>;

enum Runner {
    /// Nobody has asked for it.
    Asleep,
    /// In the page there is no worker to wait for.
    Starting(Option<Worker>),
    Worker(Worker),
    Page(Function),
}

struct Client {
    runner: Runner,
    last: u32,
    waiting: BTreeMap<u32, (Ask, Reply)>,
}

thread_local! {
    static CLIENT: RefCell<Client> =
        const { RefCell::new(Client { runner: Runner::Asleep, last: 0, waiting: BTreeMap::new() }) };
    /// Whether something has taken long; as old as the page.
    static LONG: ArcRwSignal<bool> = ArcRwSignal::new(false);
}

/// Asks the converter.
///
/// # Errors
/// If it runs nowhere, with the browser's reason; [`STOPPED`] or [`BROKEN`].
pub async fn ask(ask: Ask) -> Result<Answer, String> {
    let (reply, replied) = oneshot::channel();
    let id = CLIENT.with_borrow_mut(|client| {
        client.last = client.last.wrapping_add(1);
        client.waiting.insert(client.last, (ask, reply));
        client.last
    });
    wake();
    forward(id);
    let timer = Timeout::new(LONG_MS, || LONG.with(|long| long.set(true)));
    let answer = replied.await.unwrap_or_else(|_| Err(STOPPED.to_owned()));
    drop(timer);
    answer
}

/// Stops the worker and all that it was asked.
pub fn stop() {
    end(STOPPED);
}

/// Ends the worker; what waits fails for that reason.
fn end(why: &str) {
    let (runner, waiting) = CLIENT.with_borrow_mut(|client| {
        let runner = std::mem::replace(&mut client.runner, Runner::Asleep);
        (runner, std::mem::take(&mut client.waiting))
    });
    if let Runner::Worker(worker) | Runner::Starting(Some(worker)) = runner {
        worker.set_onmessage(None);
        worker.set_onerror(None);
        worker.terminate();
    }
    LONG.with(|long| long.set(false));
    for (_, reply) in waiting.into_values() {
        // A dropped receiver wants no answer.
        let _ = reply.send(Err(why.to_owned()));
    }
}

/// Loads it, if nobody has.
pub fn wake() {
    let is_asleep = CLIENT.with_borrow_mut(|client| {
        let is_asleep = matches!(client.runner, Runner::Asleep);
        if is_asleep {
            client.runner = Runner::Starting(None);
        }
        is_asleep
    });
    if !is_asleep {
        return;
    }
    match start_worker() {
        Ok(worker) => {
            CLIENT.with_borrow_mut(|client| client.runner = Runner::Starting(Some(worker)));
        }
        Err(_) => move_to_page(),
    }
}

/// Hands the waiting request `id` to the runner, once there is one.
fn forward(id: u32) {
    let in_page = CLIENT.with_borrow(|client| {
        let (ask, _) = client.waiting.get(&id)?;
        match &client.runner {
            Runner::Asleep | Runner::Starting(_) => None,
            Runner::Worker(worker) => {
                let request = Request { id, ask: ask.clone() };
                let request =
                    serde_wasm_bindgen::to_value(&request).expect("it has a JavaScript form");
                worker.post_message(&request).expect("plain data can be posted");
                None
            }
            Runner::Page(convert) => {
                let ask = serde_wasm_bindgen::to_value(ask).expect("it has a JavaScript form");
                Some((convert.clone(), ask))
            }
        }
    });
    if let Some((convert, ask)) = in_page {
        let answer = convert.call1(&JsValue::NULL, &ask).map_err(|error| describe(&error));
        let answer = answer
            .and_then(|answer| serde_wasm_bindgen::from_value(answer).map_err(|e| e.to_string()));
        reply(id, answer);
    }
}

fn reply(id: u32, answer: Result<Answer, String>) {
    let (found, is_last) =
        CLIENT.with_borrow_mut(|client| (client.waiting.remove(&id), client.waiting.is_empty()));
    if is_last {
        LONG.with(|long| long.set(false));
    }
    if let Some((_, reply)) = found {
        // A dropped receiver wants no answer.
        let _ = reply.send(answer);
    }
}

fn run(runner: Runner) {
    let ids: Vec<u32> = CLIENT.with_borrow_mut(|client| {
        client.runner = runner;
        client.waiting.keys().copied().collect()
    });
    ids.into_iter().for_each(forward);
}

fn start_worker() -> Result<Worker, JsValue> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let script = address(&format!("start.js?{}", module_name(MODULE)?))?;
    let worker = Worker::new_with_options(&script, &options)?;
    let ready = worker.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        match serde_wasm_bindgen::from_value(event.data()) {
            Ok(Message::Ready) => run(Runner::Worker(ready.clone())),
            Ok(Message::Answer(id, answer)) => reply(id, Ok(answer)),
            Ok(Message::Failed(_)) | Err(_) => move_to_page(),
        }
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    let broken = worker.clone();
    let on_error = Closure::<dyn Fn()>::new(move || {
        // What it died of would take the page with it.
        if CLIENT.with_borrow(|client| matches!(client.runner, Runner::Worker(_))) {
            end(BROKEN);
        } else {
            broken.terminate();
            move_to_page();
        }
    });
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    // They live as long as the page: few workers ever end.
    on_message.forget();
    on_error.forget();
    Ok(worker)
}

/// That the converter is still at work, and the button that ends it; nothing
/// as long as it is quick.
#[component]
pub fn Converting(app: App) -> impl IntoView {
    let long = LONG.with(Clone::clone);
    view! {
        <Show when=move || long.get()>
            <div class="converting row" role="status">
                <progress aria-hidden="true"></progress>
                <span>{move || app.words().converting}</span>
                <button class="quiet small stop" on:click=|_| stop()>{move || app.words().stop}</button>
            </div>
        </Show>
    }
}

/// Goes on in the page. Where that fails, all that waits fails, and the next
/// request tries again.
fn move_to_page() {
    spawn_local(async {
        match import_module(MODULE, FUNCTION).await {
            Ok(convert) => run(Runner::Page(convert)),
            Err(error) => end(&describe(&error)),
        }
    });
}
