//! The workspace on disk: IndexedDB, written behind the editing. Each workspace
//! has a database of its own.
//!
//! Four stores: `documents` (the document as it first was, by id), `steps`
//! (each transaction, by document and index), `positions` (how many steps are
//! done, by document) and `workspace` (order, open document, label scheme, its
//! changes, and which documents were tagged after their first step).
//! One [`write`] is one transaction, opened and filled in the same task as the
//! edit that it belongs to: nothing is held back, and the browser keeps the
//! order. Only the tab that holds the workspace ([`tabs`](super::tabs)) writes;
//! what it writes after another one has taken over is refused by the database.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use idb::{
    Database, DatabaseEvent, Error, Factory, KeyRange, ObjectStoreParams, Query, Transaction,
    TransactionFuture, TransactionMode,
};
use js_sys::{Array, JsString};
use leptos::prelude::{RwSignal, Set};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

use super::opening;
use super::storage_read::read;
use super::tabs;
use crate::formats::journal;
use crate::session::{Entry, FIRST, Session};

/// The database of the first workspace, and how those of the others begin.
const DATABASE: &str = "guillemet";
/// 2: documents are in a form of their own, which earlier pages cannot read.
const VERSION: u32 = 2;
pub(super) const DOCUMENTS: &str = "documents";
pub(super) const STEPS: &str = "steps";
pub(super) const POSITIONS: &str = "positions";
pub(super) const WORKSPACE: &str = "workspace";
pub(super) const STORES: [&str; 4] = [DOCUMENTS, STEPS, POSITIONS, WORKSPACE];

/// Whether what the person did is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saving {
    /// All of it.
    Saved,
    /// The last steps are on their way.
    Writing,
    /// Another tab has the workspace: this one only shows it.
    Elsewhere,
    /// The browser forbids it: nothing will be kept.
    Forbidden,
    /// No room is left.
    Full,
    /// It failed; the browser's reason.
    Failed(String),
}

/// What was on disk.
pub struct Restored {
    /// The workspace.
    pub session: Session,
    /// Whether some document could only be read up to a point.
    pub damaged: bool,
}

thread_local! {
    static DB: RefCell<Option<Rc<Database>>> = const { RefCell::new(None) };
    static PENDING: Cell<usize> = const { Cell::new(0) };
    static BEHIND: Cell<bool> = const { Cell::new(false) };
    /// Under which name this tab writes; none while it only shows.
    static WRITER: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Opens the database of the workspace `id`.
///
/// # Errors
/// If the browser forbids storage.
pub async fn open(id: &str) -> Result<(), Saving> {
    let database = connect(id).await.map_err(|_| Saving::Forbidden)?;
    DB.set(Some(Rc::new(database)));
    Ok(())
}

/// Reads the workspace; `told` hears how many documents of how many are read.
///
/// # Errors
/// If reading fails.
pub async fn look(told: impl Fn(usize, usize)) -> Result<Restored, Saving> {
    let Some(database) = DB.with_borrow(Clone::clone) else { return Err(Saving::Forbidden) };
    read(&database, told).await.map_err(|error| failure(&error))
}

/// Reads a workspace that this tab does not have open.
///
/// # Errors
/// If reading fails.
pub async fn read_elsewhere(id: &str) -> Result<Restored, Saving> {
    let database = connect(id).await.map_err(|error| failure(&error))?;
    let restored = read(&database, |_, _| ()).await.map_err(|error| failure(&error));
    database.close();
    restored
}

/// How many documents a workspace has.
pub async fn count(id: &str) -> Option<usize> {
    let database = connect(id).await.ok()?;
    let count = async {
        let transaction = database.transaction(&[DOCUMENTS], TransactionMode::ReadOnly)?;
        transaction.object_store(DOCUMENTS)?.count(None)?.await
    };
    let count = count.await.ok();
    database.close();
    count.and_then(|count| usize::try_from(count).ok())
}

/// Writes a workspace that no tab has open yet.
///
/// # Errors
/// If there is no room; nothing is written then.
pub async fn fill(id: &str, entries: &[Entry]) -> Result<(), Saving> {
    let database = connect(id).await.map_err(|error| failure(&error))?;
    let filled = async { put_all(begin(&database)?, entries)?.await };
    let filled = filled.await;
    database.close();
    match filled {
        Ok(end) if end.is_committed() => Ok(()),
        Ok(_) => Err(Saving::Full),
        Err(error) => Err(failure(&error)),
    }
}

/// Deletes what a workspace holds, as soon as no tab has it open.
pub fn delete(id: &str) {
    if let Ok(factory) = Factory::new() {
        // The browser does it by itself; what it refuses stays unseen.
        let _ = factory.delete(&database_name(id));
    }
}

fn database_name(id: &str) -> String {
    if id == FIRST { DATABASE.to_owned() } else { format!("{DATABASE}.{id}") }
}

/// Makes this tab the one that writes and reads the workspace, with all that
/// the one before wrote; from now on that one's writing is refused.
///
/// # Errors
/// If reading fails.
pub async fn take_over(told: impl Fn(usize, usize)) -> Result<Restored, Saving> {
    let Some(database) = DB.with_borrow(Clone::clone) else { return Err(Saving::Forbidden) };
    let writer = format!("{:x}-{:x}", js_sys::Date::now() as u64, js_sys::Math::random().to_bits());
    // Where nothing can be written, what is there can still be read; the first
    // edit tells the trouble.
    let _ = succeed(&database, &writer).await;
    BEHIND.set(false);
    WRITER.set(Some(writer));
    look(told).await
}

/// Stops writing: another tab does.
pub fn leave() {
    WRITER.set(None);
}

/// Writes down that `writer` follows whoever wrote before.
async fn succeed(database: &Database, writer: &str) -> Result<(), Error> {
    let transaction = begin(database)?;
    let workspace = transaction.object_store(WORKSPACE)?;
    let before = workspace.get(Query::Key(text("writer")))?.await?;
    let (first, last) = (ended_key(""), ended_key("~"));
    workspace.delete(KeyRange::bound(&first, &last, None, None)?)?;
    if let Some(before) = before.and_then(|before| before.as_string()) {
        workspace.put(&JsValue::TRUE, Some(&ended_key(&before)))?;
    }
    workspace.put(&text(writer), Some(&text("writer")))?;
    transaction.commit()?.await?;
    Ok(())
}

/// Writes what happened. It is in the browser's hands when this returns;
/// `saving` tells when it is on disk, or why it is not.
pub fn write(entries: &[Entry], saving: RwSignal<Saving>) {
    let Some((database, writer)) = writing() else { return };
    let written = begin_as(&database, &writer).and_then(|open| put_all(open, entries));
    follow(written, saving);
}

/// Whether something is not on disk that was handed over: what follows would
/// stand on a gap.
pub fn is_behind() -> bool {
    BEHIND.get()
}

/// Writes a whole workspace in place of what is on disk.
pub fn rewrite(entries: &[Entry], saving: RwSignal<Saving>) {
    let Some((database, writer)) = writing() else { return };
    BEHIND.set(false);
    let cleared = begin_as(&database, &writer).and_then(|open| {
        for store in STORES {
            open.object_store(store)?.clear()?;
        }
        open.object_store(WORKSPACE)?.put(&text(&writer), Some(&text("writer")))?;
        Ok(open)
    });
    follow(cleared.and_then(|open| put_all(open, entries)), saving);
}

/// Tells how the writing ends.
fn follow(written: Result<TransactionFuture, Error>, saving: RwSignal<Saving>) {
    let fail = move |how| {
        // A tab that another one has followed is refused: that is no fault.
        if WRITER.with_borrow(Option::is_some) {
            BEHIND.set(true);
            saving.set(how);
        }
    };
    match written {
        Ok(mut transaction) => {
            saving.set(Saving::Writing);
            PENDING.set(PENDING.get() + 1);
            spawn_local(async move {
                let result = (&mut transaction).await;
                if result.is_err() {
                    // After the error comes the abortion: that event finds its
                    // listener still there.
                    std::mem::forget(transaction);
                }
                PENDING.set(PENDING.get() - 1);
                match result {
                    Ok(end) if end.is_committed() => {
                        if PENDING.get() == 0 && !BEHIND.get() && tabs::is_here() {
                            saving.set(Saving::Saved);
                        }
                        tabs::tell();
                    }
                    _ if !is_writer().await => leave(),
                    Ok(_) => fail(Saving::Full),
                    Err(error) => fail(failure(&error)),
                }
            });
        }
        Err(error) => fail(failure(&error)),
    }
}

/// What a failure means for what was to be saved.
pub fn failure(error: &Error) -> Saving {
    let text = error.to_string();
    if text.contains("Quota") { Saving::Full } else { Saving::Failed(text) }
}

async fn connect(id: &str) -> Result<Database, Error> {
    let mut request = Factory::new()?.open(&database_name(id), Some(VERSION))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            let there = database.store_names();
            for store in STORES {
                if !there.iter().any(|name| name == store) {
                    // The open request fails if a store cannot be made.
                    let _ = database.create_object_store(store, ObjectStoreParams::new());
                }
            }
        }
    });
    request.on_blocked(|_| opening::blocked());
    let mut database = request.await?;
    database.on_version_change(|event| {
        // A newer page waits for it; this one says that it saves no more.
        if let Ok(database) = event.database() {
            database.close();
        }
    });
    Ok(database)
}

fn begin(database: &Database) -> Result<Transaction, Error> {
    database.transaction(&STORES, TransactionMode::ReadWrite)
}

/// The database and the name under which this tab writes.
fn writing() -> Option<(Rc<Database>, String)> {
    Some((DB.with_borrow(Clone::clone)?, WRITER.with_borrow(Clone::clone)?))
}

/// Begins a transaction that the database undoes as a whole if another tab
/// has followed `writer`: to add a record that is there is an error. Nothing
/// has to be awaited, so that it is handed over in the task of the edit.
fn begin_as(database: &Database, writer: &str) -> Result<Transaction, Error> {
    let transaction = begin(database)?;
    let workspace = transaction.object_store(WORKSPACE)?;
    workspace.add(&JsValue::TRUE, Some(&ended_key(writer)))?;
    workspace.delete(Query::Key(ended_key(writer)))?;
    Ok(transaction)
}

/// Whether no other tab has followed this one.
async fn is_writer() -> bool {
    let Some((database, writer)) = writing() else { return false };
    let ended = async {
        let transaction = database.transaction(&[WORKSPACE], TransactionMode::ReadOnly)?;
        transaction.object_store(WORKSPACE)?.get(Query::Key(ended_key(&writer)))?.await
    };
    !matches!(ended.await, Ok(Some(_)))
}

fn put_all(transaction: Transaction, entries: &[Entry]) -> Result<TransactionFuture, Error> {
    for entry in entries {
        put(&transaction, entry)?;
    }
    Ok(transaction.commit()?.into_future())
}

fn put(transaction: &Transaction, entry: &Entry) -> Result<(), Error> {
    let store = |name| transaction.object_store(name);
    match entry {
        Entry::Document(document, tagged) => {
            let record = journal::write_document(document, *tagged);
            store(DOCUMENTS)?.put(&text(&record), Some(&text(&document.id)))?;
            store(STEPS)?.delete(steps_from(&document.id, 0)?)?;
            store(POSITIONS)?.put(&number(0), Some(&text(&document.id)))?;
            store(WORKSPACE)?.delete(Query::Key(tagged_key(&document.id)))?;
        }
        Entry::Step(id, index, step) => {
            let steps = store(STEPS)?;
            steps.delete(steps_from(id, *index)?)?;
            steps.put(&text(&journal::write_step(step)), Some(&step_key(id, *index)))?;
            store(POSITIONS)?.put(&number(index + 1), Some(&text(id)))?;
        }
        Entry::Position(id, position) => {
            store(POSITIONS)?.put(&number(*position), Some(&text(id)))?;
        }
        Entry::Tagged(id) => {
            store(WORKSPACE)?.put(&JsValue::TRUE, Some(&tagged_key(id)))?;
        }
        Entry::Removed(id) => {
            store(WORKSPACE)?.delete(Query::Key(tagged_key(id)))?;
            store(DOCUMENTS)?.delete(Query::Key(text(id)))?;
            store(STEPS)?.delete(steps_from(id, 0)?)?;
            store(POSITIONS)?.delete(Query::Key(text(id)))?;
        }
        Entry::Order(ids, open) => {
            let order = journal::Order { ids: ids.clone(), open: open.clone() };
            let record = journal::write_order(&order);
            store(WORKSPACE)?.put(&text(&record), Some(&text("order")))?;
        }
        Entry::SchemeChange(index, change) => {
            let record = journal::write_change(&change.before, &change.after);
            store(WORKSPACE)?.put(&text(&record), Some(&change_key(*index)))?;
        }
        Entry::Scheme(scheme) => {
            let record = journal::write_scheme(scheme);
            store(WORKSPACE)?.put(&text(&record), Some(&text("scheme")))?;
        }
    }
    Ok(())
}

pub(super) fn text(value: &str) -> JsValue {
    JsString::from(value).into()
}

fn number(value: usize) -> JsValue {
    JsValue::from_f64(value as f64)
}

/// Change `index` of the label scheme.
pub(super) fn change_key(index: usize) -> JsValue {
    Array::of2(&text("change"), &number(index)).into()
}

/// A document was tagged after it was first written down.
pub(super) fn tagged_key(id: &str) -> JsValue {
    Array::of2(&text("tagged"), &text(id)).into()
}

/// A tab that wrote under that name was followed by another one.
fn ended_key(writer: &str) -> JsValue {
    Array::of2(&text("ended"), &text(writer)).into()
}

pub(super) fn step_key(id: &str, index: usize) -> JsValue {
    Array::of2(&text(id), &number(index)).unchecked_into()
}

/// All steps of a document from one on. An array sorts after every number.
fn steps_from(id: &str, index: usize) -> Result<KeyRange, Error> {
    let end = Array::of2(&text(id), &Array::new().into());
    KeyRange::bound(&step_key(id, index), &end.unchecked_into(), None, None)
}
