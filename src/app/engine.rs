//! The engine as the page sees it: a text goes in, the proposals come back
//! later, and the page stays live meanwhile.
//!
//! The engine runs in a worker. Where that does not start (a blocked script,
//! a browser without module workers) or dies, the page imports the same
//! module and tags in place, which [`Status::InPage`] tells. A request that
//! is under way then moves along. To drop a stale answer, drop its future.

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

use crate::engine::Analysis;
use crate::engine::quotations::Carved;
use crate::formats::wire::{self, Job};
use crate::text::ByteSpan;

/// How long a worker may take to load and start: the module is below 1 MB,
/// and this is what 400 kbit/s, the slow end of 3G, need for it.
const START_MS: u32 = 20_000;

/// Where the engine runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is loading; requests wait.
    Starting,
    /// In its worker.
    InWorker,
    /// In the page, which stands still while a text is tagged; why.
    InPage(String),
    /// Nowhere: every request fails; why.
    Failed(String),
}

impl Status {
    /// One word for it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::InWorker => "worker",
            Self::InPage(_) => "page",
            Self::Failed(_) => "failed",
        }
    }
}

/// Why a text was not tagged; the reason in the browser's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineError(String);

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the engine does not answer ({}): reload the page", self.0)
    }
}

impl std::error::Error for EngineError {}

impl EngineError {
    fn misunderstood() -> Self {
        Self("its answer is to another question".to_owned())
    }
}

/// A running engine. Clones are the same engine; it ends with the last one.
#[derive(Clone)]
pub struct Engine(Rc<Client>);

impl Engine {
    /// Starts the engine and returns at once. `on_status` hears each change
    /// of where it runs.
    pub fn start(on_status: impl Fn(Status) + 'static) -> Self {
        let client = Rc::new(Client {
            on_status: Box::new(on_status),
            runner: RefCell::new(Runner::Starting),
            waiting: RefCell::default(),
        });
        (client.on_status)(Status::Starting);
        match start_worker(&client) {
            Ok(link) => *client.runner.borrow_mut() = Runner::Worker(link),
            Err(error) => client.move_to_page(describe(&error)),
        }
        Self(client)
    }

    /// The proposals for `text`.
    ///
    /// # Errors
    /// If the engine runs nowhere.
    pub async fn tag(&self, text: String) -> Result<Analysis, EngineError> {
        match self.ask(Job::Tag(text)).await? {
            wire::Answer::Analysis(analysis) => Ok(analysis.into()),
            wire::Answer::Carved(_) => Err(EngineError::misunderstood()),
        }
    }

    /// A stretch that a person called a quotation, cut into its parts.
    ///
    /// # Errors
    /// If the engine runs nowhere.
    pub async fn carve(&self, text: String, range: ByteSpan) -> Result<Carved, EngineError> {
        match self.ask(Job::Carve { text, start: range.start, end: range.end }).await? {
            wire::Answer::Carved(carved) => Ok(carved.into()),
            wire::Answer::Analysis(_) => Err(EngineError::misunderstood()),
        }
    }

    async fn ask(&self, job: Job) -> Result<wire::Answer, EngineError> {
        let (answer, answered) = oneshot::channel();
        self.0.ask(job, answer);
        answered.await.unwrap_or_else(|_| Err(EngineError("it was stopped".to_owned())))
    }
}

type Answer = oneshot::Sender<Result<wire::Answer, EngineError>>;

struct Client {
    on_status: Box<dyn Fn(Status)>,
    runner: RefCell<Runner>,
    waiting: RefCell<Waiting>,
}

/// Requests without an answer. The job stays until then, for another runner.
#[derive(Default)]
struct Waiting {
    last_id: u32,
    requests: BTreeMap<u32, (Job, Answer)>,
    /// The one that the runner has: one at a time, so that a person never
    /// waits for a pile of documents.
    under_way: Option<u32>,
}

impl Waiting {
    /// The next request: what a person is waiting for, then the oldest.
    fn next(&self) -> Option<(u32, Job)> {
        let carve = |(_, (job, _)): &(&u32, &(Job, Answer))| matches!(job, Job::Carve { .. });
        let next = self.requests.iter().find(carve).or_else(|| self.requests.iter().next());
        next.filter(|_| self.under_way.is_none()).map(|(id, (job, _))| (*id, job.clone()))
    }
}

enum Runner {
    /// The page is importing the module.
    Starting,
    Worker(WorkerLink),
    /// The module's function `answer`.
    Page(Function),
    Failed(String),
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
    fn ask(self: &Rc<Self>, job: Job, answer: Answer) {
        {
            let mut waiting = self.waiting.borrow_mut();
            waiting.last_id = waiting.last_id.wrapping_add(1);
            let id = waiting.last_id;
            waiting.requests.insert(id, (job, answer));
        }
        self.forward();
    }

    /// Hands the next request to the runner, once there is one and it is free.
    fn forward(self: &Rc<Self>) {
        let Some((id, job)) = self.waiting.borrow().next() else { return };
        match &*self.runner.borrow() {
            Runner::Worker(WorkerLink { worker, deadline: None, .. }) => {
                self.waiting.borrow_mut().under_way = Some(id);
                let request = wire::Request { id, job };
                let request =
                    serde_wasm_bindgen::to_value(&request).expect("a string has a JavaScript form");
                worker.post_message(&request).expect("plain data can be posted");
            }
            Runner::Page(engine) => {
                self.waiting.borrow_mut().under_way = Some(id);
                let (client, engine) = (Rc::clone(self), engine.clone());
                // The page first draws what it just changed.
                Timeout::new(0, move || client.answer(id, answer_in_page(&engine, &job))).forget();
            }
            Runner::Failed(why) => {
                let requests = std::mem::take(&mut self.waiting.borrow_mut().requests);
                for (_, asker) in requests.into_values() {
                    let _ = asker.send(Err(EngineError(why.clone())));
                }
            }
            Runner::Starting | Runner::Worker(_) => {}
        }
    }

    /// Passes an answer on and turns to the next request.
    fn answer(self: &Rc<Self>, id: u32, answer: Result<wire::Answer, EngineError>) {
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
            Ok(wire::Message::Answer { id, answer }) => self.answer(id, Ok(answer)),
            Ok(wire::Message::Failed(why)) => self.move_to_page(why),
            Err(error) => self.move_to_page(error.to_string()),
        }
    }

    /// Ends the worker, where there is one, and goes on in the page.
    fn move_to_page(self: &Rc<Self>, why: String) {
        // Dropped only after its own event handler, which calls this, returns.
        let old = self.runner.replace(Runner::Starting);
        let client = Rc::clone(self);
        spawn_local(async move {
            drop(old);
            let (runner, status) = match import_module("engine", "answer").await {
                Ok(engine) => (Runner::Page(engine), Status::InPage(why)),
                Err(error) => {
                    let why = format!("{why}; {}", describe(&error));
                    (Runner::Failed(why.clone()), Status::Failed(why))
                }
            };
            *client.runner.borrow_mut() = runner;
            client.waiting.borrow_mut().under_way = None;
            (client.on_status)(status);
            client.forward();
        });
    }
}

fn start_worker(client: &Rc<Client>) -> Result<WorkerLink, JsValue> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let script = address(&format!("start.js?{}", module_name("engine")?))?;
    let worker = Worker::new_with_options(&script, &options)?;

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
        fail(&listener, message.unwrap_or_else(|| "the worker's script was not loaded".into()));
    });
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));

    let listener = Rc::downgrade(client);
    let deadline = Timeout::new(START_MS, move || {
        fail(&listener, format!("the worker was not ready after {} s", START_MS / 1000));
    });
    Ok(WorkerLink {
        worker,
        deadline: Some(deadline),
        _on_message: on_message,
        _on_error: on_error,
    })
}

fn fail(client: &Weak<Client>, why: String) {
    if let Some(client) = client.upgrade() {
        client.move_to_page(why);
    }
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

fn answer_in_page(engine: &Function, job: &Job) -> Result<wire::Answer, EngineError> {
    let failed = |error: JsValue| EngineError(describe(&error));
    let job = serde_wasm_bindgen::to_value(job).map_err(|error| failed(error.into()))?;
    let answer = engine.call1(&JsValue::NULL, &job).map_err(failed)?;
    serde_wasm_bindgen::from_value(answer).map_err(|error| EngineError(error.to_string()))
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
