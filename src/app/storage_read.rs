//! Reading a workspace from its database: what documents first were, and their
//! steps done anew.
//!
//! All of it is one transaction, so what is read belongs together. Documents
//! are asked for in portions, each before the one that came is replayed: the
//! database and the page work at the same time, and the page can say how far
//! it is.

use std::collections::BTreeMap;

use idb::{Database, Error, KeyRange, Query, TransactionMode};
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

use super::storage::{
    DOCUMENTS, POSITIONS, Restored, STEPS, STORES, WORKSPACE, change_key, step_key, tagged_key,
    text,
};
use crate::formats::journal;
use crate::session::{SchemeChange, Session, Work};
use crate::text::order;

/// Documents of a portion: a tenth of a second of replaying.
const TOGETHER: usize = 50;

/// A document as it is on disk.
#[derive(Default)]
struct Record {
    file: Option<String>,
    steps: Vec<String>,
    position: usize,
}

/// Reads the workspace; `told` hears how many documents of how many are read.
pub(super) async fn read(
    database: &Database,
    told: impl Fn(usize, usize),
) -> Result<Restored, Error> {
    let transaction = database.transaction(&STORES, TransactionMode::ReadOnly)?;
    let store = |name| transaction.object_store(name);
    let workspace = store(WORKSPACE)?;
    let known = workspace.get(Query::Key(text("order")))?.into_future();
    let scheme = workspace.get(Query::Key(text("scheme")))?.into_future();
    let all = KeyRange::bound(&change_key(0), &change_key(usize::MAX), None, None)?;
    let changes = workspace.get_all(Some(all.into()), None)?.into_future();
    let all = KeyRange::bound(&tagged_key(""), &after(&text("tagged")), None, None)?;
    let tagged = workspace.get_all_keys(Some(all.into()), None)?.into_future();
    let keys = store(DOCUMENTS)?.get_all_keys(None, None)?.into_future();
    let (known, scheme, changes) = (known.await?, scheme.await?, changes.await?);
    let tagged = tagged.await?;
    let ids: Vec<String> = keys.await?.iter().filter_map(JsValue::as_string).collect();

    // What belongs to the documents from one to another, key by key.
    let ask = |portion: &[String]| {
        let (first, last) = (text(&portion[0]), text(&portion[portion.len() - 1]));
        let of_ids = || KeyRange::bound(&first, &last, None, None).map(Query::from);
        let of_steps = || {
            let (first, end) = (step_key(&portion[0], 0), after(&last));
            KeyRange::bound(&first, &end, None, None).map(Query::from)
        };
        let pairs = |name, range: &dyn Fn() -> Result<Query, Error>| {
            let keys = store(name)?.get_all_keys(Some(range()?), None)?.into_future();
            let values = store(name)?.get_all(Some(range()?), None)?.into_future();
            Ok::<_, Error>((keys, values))
        };
        Ok::<_, Error>([
            pairs(DOCUMENTS, &of_ids)?,
            pairs(POSITIONS, &of_ids)?,
            pairs(STEPS, &of_steps)?,
        ])
    };
    let tagged = order::set(tagged.iter().filter_map(second));
    let mut damaged = false;
    let mut works = Vec::with_capacity(ids.len());
    let mut portions = ids.chunks(TOGETHER);
    let mut asked = portions.next().map(&ask).transpose()?;
    while let Some([documents, positions, steps]) = asked.take() {
        asked = portions.next().map(&ask).transpose()?;
        let mut records: BTreeMap<String, Record> = BTreeMap::new();
        let (keys, values) = (documents.0.await?, documents.1.await?);
        for (id, file) in keys.iter().zip(values) {
            let Some(id) = id.as_string() else { continue };
            records.entry(id).or_default().file = file.as_string();
        }
        let (keys, values) = (positions.0.await?, positions.1.await?);
        for (id, position) in keys.iter().zip(values) {
            if let Some(record) = id.as_string().and_then(|id| records.get_mut(&id)) {
                record.position = position.as_f64().map_or(0, |position| position as usize);
            }
        }
        let (keys, values) = (steps.0.await?, steps.1.await?);
        for (key, step) in keys.iter().zip(values) {
            if let Some(record) = first(key).and_then(|id| records.get_mut(&id)) {
                record.steps.extend(step.as_string());
            }
        }
        for (id, record) in records {
            match work(&id, &record) {
                Some((mut work, whole)) => {
                    work.tagged |= tagged.contains(&id);
                    damaged |= !whole;
                    works.push(work);
                }
                None => damaged = true,
            }
        }
        told(works.len(), ids.len());
    }
    let known = known.and_then(|o| o.as_string());
    let known = known.and_then(|o| journal::read_order(&o).ok()).unwrap_or_default();
    let places = order::map(known.ids.iter().enumerate().map(|(at, id)| (id.as_str(), at)));
    order::sort_by_key(&mut works, |w| places.get(&*w.document.id).copied().unwrap_or(usize::MAX));
    let scheme = scheme
        .and_then(|s| s.as_string())
        .and_then(|s| journal::read_scheme(&s).ok())
        .unwrap_or_default();
    let changes = changes.iter().filter_map(JsValue::as_string);
    let changes = changes.filter_map(|record| {
        let (before, after) = journal::read_change(&record).ok()?;
        Some(SchemeChange { before, after })
    });
    let session = Session::restored(scheme, works, known.open).with_changes(changes.collect());
    Ok(Restored { session, damaged })
}

/// A document and its history, and whether all of it could be read.
fn work(id: &str, record: &Record) -> Option<(Work, bool)> {
    let (mut document, tagged, sound) = journal::read_document(record.file.as_deref()?).ok()?;
    id.clone_into(&mut document.id);
    let steps = record.steps.iter().map(|step| journal::read_step(step));
    let (document, history, whole) = journal::replay(document, steps, record.position);
    Some((Work::new(document, history, tagged), sound && whole))
}

/// The key after all that begin with this: an array sorts after every number and
/// every string.
fn after(beginning: &JsValue) -> JsValue {
    Array::of2(beginning, &Array::new()).into()
}

/// The string at the beginning of a key.
fn first(key: &JsValue) -> Option<String> {
    key.dyn_ref::<Array>()?.get(0).as_string()
}

/// The string that comes second in a key.
fn second(key: &JsValue) -> Option<String> {
    key.dyn_ref::<Array>()?.get(1).as_string()
}
