//! The engine as the page sees it: a text goes in, the proposals come back
//! later, and the page stays live meanwhile.
//!
//! A worker runs the page's own module a second time. Where none starts (a
//! blocked script, a browser without module workers), the page tags in place,
//! which [`Status::InPage`] tells. One that dies of a text fails that request,
//! and another takes its place. To drop a stale answer, drop its future.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::{Rc, Weak};

use futures_channel::oneshot;
use gloo::timers::callback::Timeout;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ErrorEvent, MessageEvent, Url, Worker, WorkerOptions, WorkerType};

use crate::engine::{self, Analysis};
use crate::formats::wire;

/// How long a worker may take to start: the browser has the module already,
/// but may be busy with much else.
const START_MS: u32 = 20_000;

/// Where the engine runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is starting; requests wait.
    Starting,
    /// In its worker.
    InWorker,
    /// In the page, which stands still while a text is tagged.
    InPage,
}

impl Status {
    /// One word for it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::InWorker => "worker",
            Self::InPage => "page",
        }
    }
}

/// Why a text was not tagged; the reason in the browser's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineError(String);

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EngineError {}

/// A running engine. Clones are the same engine; it ends with the last one.
#[derive(Clone)]
pub struct Engine(Rc<Client>);

impl Engine {
    /// Starts the engine and returns at once. `on_status` hears each change
    /// of where it runs.
    pub fn start(on_status: impl Fn(Status) + 'static) -> Self {
        let client = Rc::new(Client {
            on_status: Box::new(on_status),
            runner: RefCell::new(Runner::Page),
            waiting: RefCell::default(),
        });
        client.start();
        Self(client)
    }

    /// Hands the engine a text at once.
    pub fn tag(&self, text: String) -> Tagging {
        let (answer, answered) = oneshot::channel();
        self.0.ask(text, answer);
        Tagging(answered)
    }
}

/// A text that the engine has.
pub struct Tagging(oneshot::Receiver<Result<Analysis, EngineError>>);

impl Tagging {
    /// The proposals.
    ///
    /// # Errors
    /// If the worker dies of the text.
    pub async fn proposals(self) -> Result<Analysis, EngineError> {
        self.0.await.unwrap_or_else(|_| Err(EngineError("it was stopped".to_owned())))
    }
}

type Answer = oneshot::Sender<Result<Analysis, EngineError>>;

struct Client {
    on_status: Box<dyn Fn(Status)>,
    runner: RefCell<Runner>,
    waiting: RefCell<Waiting>,
}

/// Requests without an answer.
#[derive(Default)]
struct Waiting {
    last_id: u32,
    requests: BTreeMap<u32, (String, Answer)>,
    /// The one that the runner has: one at a time, so that it is known which
    /// text a worker died of.
    under_way: Option<u32>,
}

impl Waiting {
    /// The oldest request, if the runner is free.
    fn next(&mut self) -> Option<(u32, String)> {
        if self.under_way.is_some() {
            return None;
        }
        // Nobody waits for those any more.
        self.requests.retain(|_, (_, answer)| !answer.is_canceled());
        let (id, (text, _)) = self.requests.first_key_value()?;
        self.under_way = Some(*id);
        Some((*id, text.clone()))
    }
}

enum Runner {
    Worker(WorkerLink),
    Page,
}

struct WorkerLink {
    worker: Worker,
    /// Until the worker is ready.
    deadline: Option<Timeout>,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_error: Closure<dyn Fn(ErrorEvent)>,
}

impl Drop for WorkerLink {
    fn drop(&mut self) {
        // An event may still be under way, and the listeners go with this link.
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

impl Client {
    fn start(self: &Rc<Self>) {
        (self.on_status)(Status::Starting);
        match start_worker(self) {
            Ok(link) => {
                let old = self.runner.replace(Runner::Worker(link));
                // Dropped only after its own event handler, which calls this, returns.
                spawn_local(async move { drop(old) });
            }
            Err(_) => self.move_to_page(),
        }
    }

    fn ask(self: &Rc<Self>, text: String, answer: Answer) {
        {
            let mut waiting = self.waiting.borrow_mut();
            waiting.last_id = waiting.last_id.wrapping_add(1);
            let id = waiting.last_id;
            waiting.requests.insert(id, (text, answer));
        }
        self.forward();
    }

    /// Hands the next request to the runner, once it is ready and free.
    fn forward(self: &Rc<Self>) {
        let worker = match &*self.runner.borrow() {
            Runner::Worker(WorkerLink { deadline: Some(_), .. }) => return,
            Runner::Worker(link) => Some(link.worker.clone()),
            Runner::Page => None,
        };
        let Some((id, text)) = self.waiting.borrow_mut().next() else { return };
        if let Some(worker) = worker {
            let request = serde_wasm_bindgen::to_value(&wire::Request { id, text })
                .expect("a string has a JavaScript form");
            worker.post_message(&request).expect("plain data can be posted");
        } else {
            let client = Rc::clone(self);
            // The page first draws what it just changed.
            Timeout::new(0, move || client.answer(id, Ok(engine::analyse(&text)))).forget();
        }
    }

    /// Passes an answer on and turns to the next request.
    fn answer(self: &Rc<Self>, id: u32, answer: Result<Analysis, EngineError>) {
        let asker = {
            let mut waiting = self.waiting.borrow_mut();
            waiting.under_way = waiting.under_way.filter(|under_way| *under_way != id);
            waiting.requests.remove(&id)
        };
        if let Some((_, asker)) = asker {
            // A dropped receiver wants no answer.
            let _ = asker.send(answer);
        }
        self.forward();
    }

    fn hear(self: &Rc<Self>, data: JsValue) {
        match serde_wasm_bindgen::from_value(data) {
            Ok(wire::Message::Ready) => {
                if let Runner::Worker(link) = &mut *self.runner.borrow_mut() {
                    link.deadline = None;
                }
                (self.on_status)(Status::InWorker);
                self.forward();
            }
            Ok(wire::Message::Answer { id, analysis }) => self.answer(id, Ok(analysis.into())),
            Ok(wire::Message::Failed(_)) | Err(_) => self.move_to_page(),
        }
    }

    /// The worker died: of a text, and then another one goes on with the
    /// next; or before it was ready, and then the page does.
    fn bury(self: &Rc<Self>, why: String) {
        let died_of = self.waiting.borrow().under_way;
        let Some(id) = died_of else { return self.move_to_page() };
        self.start();
        self.answer(id, Err(EngineError(why)));
    }

    /// Ends the worker, where there is one, and goes on in the page.
    fn move_to_page(self: &Rc<Self>) {
        let old = self.runner.replace(Runner::Page);
        // Dropped only after its own event handler, which calls this, returns.
        spawn_local(async move { drop(old) });
        self.waiting.borrow_mut().under_way = None;
        (self.on_status)(Status::InPage);
        self.forward();
    }
}

fn start_worker(client: &Rc<Client>) -> Result<WorkerLink, JsValue> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name("engine");
    let worker = Worker::new_with_options(&own_script()?, &options)?;
    worker.post_message(&wasm_bindgen::module())?;

    let listener = Rc::downgrade(client);
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(client) = listener.upgrade() {
            client.hear(event.data());
        }
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));

    let listener = Rc::downgrade(client);
    let on_error = Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| {
        // A script that could not be loaded gives a plain event without a message.
        let message = Reflect::get(&event, &"message".into()).ok().and_then(|m| m.as_string());
        if let Some(client) = listener.upgrade() {
            client.bury(message.unwrap_or_default());
        }
    });
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));

    let listener = Rc::downgrade(client);
    let deadline = Timeout::new(START_MS, move || {
        if let Some(client) = Weak::upgrade(&listener) {
            client.move_to_page();
        }
    });
    Ok(WorkerLink {
        worker,
        deadline: Some(deadline),
        _on_message: on_message,
        _on_error: on_error,
    })
}

/// Starts a worker's module in the page and returns one of its functions.
pub(super) async fn import_module(module: &str, function: &str) -> Result<Function, JsValue> {
    let name = module_name(module)?;
    let module = JsFuture::from(import(&address(&format!("{name}.js"))?)).await?;
    let start: Function = Reflect::get(&module, &"default".into())?.dyn_into()?;
    let options = Object::new();
    let wasm = address(&format!("{name}_bg.wasm"))?;
    Reflect::set(&options, &"module_or_path".into(), &wasm.into())?;
    JsFuture::from(start.call1(&JsValue::NULL, &options)?.dyn_into::<Promise>()?).await?;
    Reflect::get(&module, &function.into())?.dyn_into()
}

/// The address of the script that started this page: in a worker it starts
/// the same module.
fn own_script() -> Result<String, JsValue> {
    let document = web_sys::window().and_then(|window| window.document());
    let script = document.and_then(|d| d.query_selector("script[src*='start.js']").ok()?);
    match script.and_then(|script| script.get_attribute("src")) {
        Some(script) => address(script.trim_start_matches("./")),
        // A page that is one file has no such element.
        None => address("start.js"),
    }
}

/// The name of a worker's module, which index.html carries.
pub(super) fn module_name(module: &str) -> Result<String, JsValue> {
    let document = web_sys::window().and_then(|window| window.document());
    document
        .and_then(|document| document.query_selector(&format!("meta[name={module}]")).ok()?)
        .and_then(|meta| meta.get_attribute("content"))
        .ok_or_else(|| "the page does not name its module".into())
}

/// The address of one of the page's files, wherever the page lies. A page that
/// is one file (scripts/single-file) carries the others within.
pub(super) fn address(file: &str) -> Result<String, JsValue> {
    let carried = Reflect::get(&js_sys::global(), &"carried".into())?;
    if carried.is_object() {
        let address = Reflect::get(&carried, &file.into())?.as_string();
        return address.ok_or_else(|| "the page does not carry its module".into());
    }
    let document = web_sys::window().and_then(|window| window.document());
    let base = document.and_then(|document| document.base_uri().ok()?).unwrap_or_default();
    Ok(Url::new_with_base(file, &base)?.href())
}

pub(super) fn describe(error: &JsValue) -> String {
    String::from(Object::from(error.clone()).to_string())
}

#[wasm_bindgen]
extern "C" {
    /// JavaScript's `import(…)`.
    #[wasm_bindgen(js_name = "import")]
    fn import(module: &str) -> Promise;
}
