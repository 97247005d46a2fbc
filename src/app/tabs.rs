//! Which of several tabs works on the workspace. Each workspace has a lock and
//! a channel of its own: tabs on different ones know nothing of each other.
//!
//! The one that holds a Web Lock does, for as long as it lives; the others
//! wait for it and get it in the order in which they asked. Who is at another
//! tab may take it away. A browser without locks lets every tab work.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_channel::oneshot;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::EventTarget;

use crate::session::FIRST;

/// The name of the first workspace's lock, and of the channel on which its
/// tabs talk; those of the others begin with it.
const NAME: &str = "guillemet";

/// How long the start waits for the lock: a page that is loaded again may ask
/// before the browser has ended what it was.
const PATIENCE_MS: u32 = 400;

/// Hears whether the workspace is here.
type Listener = Rc<dyn Fn(bool)>;

thread_local! {
    static OPEN: RefCell<String> = const { RefCell::new(String::new()) };
    static HERE: Cell<bool> = const { Cell::new(true) };
    static WAITING: Cell<bool> = const { Cell::new(false) };
    static LISTENER: RefCell<Option<Listener>> = const { RefCell::new(None) };
    static CHANNEL: RefCell<Option<BroadcastChannel>> = const { RefCell::new(None) };
}

/// Asks for the workspace `id`; whether it is this tab's when the page starts.
pub async fn ask(id: &str) -> bool {
    OPEN.set(name_of(id));
    let Some(locks) = locks() else { return true };
    HERE.set(false);
    let (asked, answered) = oneshot::channel::<()>();
    let asked = Rc::new(Cell::new(Some(asked)));
    let late = Rc::clone(&asked);
    let timer = Timeout::new(PATIENCE_MS, move || drop(late.take()));
    listen(move |_| drop(asked.take()));
    wait_for(&locks);
    // It ends when the sender is dropped, by the lock or by the timer.
    let _ = answered.await;
    drop(timer);
    HERE.get()
}

/// Whether this tab works on the workspace.
pub fn is_here() -> bool {
    HERE.get()
}

/// `on_change` hears from now on when the workspace comes to this tab, and
/// when it goes to another one.
pub fn listen(on_change: impl Fn(bool) + 'static) {
    LISTENER.set(Some(Rc::new(on_change)));
}

/// Whether no tab works on the workspace `id`.
pub async fn is_free(id: &str) -> bool {
    let Some(locks) = locks() else { return true };
    let free = Rc::new(Cell::new(false));
    let found = Rc::clone(&free);
    let held = Closure::once_into_js(move |lock: JsValue| found.set(lock.is_object()));
    let options = Object::new();
    // A plain object takes every property.
    let _ = Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE);
    match locks.request(&name_of(id), &options, held.unchecked_ref()) {
        Ok(end) => JsFuture::from(end).await.is_err() || free.get(),
        Err(_) => true,
    }
}

fn name_of(id: &str) -> String {
    if id == FIRST { NAME.to_owned() } else { format!("{NAME}.{id}") }
}

/// Takes the workspace away from whichever tab has it.
pub fn take() {
    if let Some(locks) = locks() {
        request(&locks, &[("steal", JsValue::TRUE)]);
    }
}

/// Tells the other tabs that what is on disk has changed.
pub fn tell() {
    CHANNEL.with_borrow(|channel| {
        if let Some(channel) = channel {
            // A closed channel has nobody at its other end.
            let _ = channel.post_message(&JsValue::TRUE);
        }
    });
}

/// `on_change` hears when another tab has changed what is on disk.
pub fn hear(on_change: impl Fn() + 'static) {
    let Ok(channel) = BroadcastChannel::new(&OPEN.with_borrow(Clone::clone)) else { return };
    EventListener::new(&channel, "message", move |_| on_change()).forget();
    CHANNEL.set(Some(channel));
}

/// Asks for the lock, behind who has asked before.
fn wait_for(locks: &Locks) {
    if !WAITING.replace(true) {
        request(locks, &[]);
    }
}

fn request(locks: &Locks, options: &[(&str, JsValue)]) {
    let is_queued = options.is_empty();
    let held = Closure::once_into_js(move |_lock: JsValue| {
        if is_queued {
            WAITING.set(false);
        }
        turn(true);
        // Held until the page ends, or until another tab takes it away.
        Promise::new(&mut |_, _| {})
    });
    let object = Object::new();
    for (name, value) in options {
        // A plain object takes every property.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    let Ok(end) = locks.request(&OPEN.with_borrow(Clone::clone), &object, held.unchecked_ref())
    else {
        turn(true);
        return;
    };
    spawn_local(async move {
        let Err(error) = JsFuture::from(end).await else { return };
        let name = Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
        if name.as_deref() != Some("AbortError") {
            // The browser has locks, but none for this page.
            turn(true);
        } else if is_here() {
            turn(false);
            if let Some(locks) = self::locks() {
                wait_for(&locks);
            }
        }
    });
}

fn turn(here: bool) {
    if HERE.replace(here) == here {
        return;
    }
    let listener = LISTENER.with_borrow(Clone::clone);
    if let Some(listener) = listener {
        listener(here);
    }
}

fn locks() -> Option<Locks> {
    let locks = Reflect::get(&gloo::utils::window().navigator(), &"locks".into()).ok()?;
    locks.is_object().then(|| locks.unchecked_into())
}

#[wasm_bindgen]
extern "C" {
    /// `LockManager`, which web-sys still calls unstable.
    type Locks;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &Locks,
        name: &str,
        options: &Object,
        held: &Function,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(extends = EventTarget)]
    type BroadcastChannel;

    #[wasm_bindgen(constructor, catch)]
    fn new(name: &str) -> Result<BroadcastChannel, JsValue>;

    #[wasm_bindgen(method, catch, js_name = postMessage)]
    fn post_message(this: &BroadcastChannel, message: &JsValue) -> Result<(), JsValue>;
}
