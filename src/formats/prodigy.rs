//! Prodigy JSONL: `text`, `tokens`, `spans`, `relations`, one task a line.
//!
//! `token_end` is the last token, not one past it; `head` and `child` of a
//! relation are the last tokens of its spans. Prodigy keeps keys that it does
//! not know, so the rest of a span stands beside its place.

use serde_json::{Map, Value, json};

use super::catalogue::{Export, File, Imported};
use super::draft::Problem;
use super::words::{Follow, Words};
use super::{Unit, json};
use crate::document::{Document, Span, SpanId, Status};
use crate::text::{ByteSpan, Offsets};

/// What has a meaning of its own in a task, but for what starts with `_`.
const KEYS: [&str; 8] =
    ["text", "tokens", "spans", "relations", "entities", "answer", "doc_id", "id"];
/// The same of a span; its tokens follow from its place.
const SPAN_KEYS: [&str; 7] = ["id", "start", "end", "label", "text", "token_start", "token_end"];
/// The same of its `meta`, where the metadata of the document is.
const META: [&str; 3] = ["source", "title", "language"];

/// Writes one task a line.
pub(super) fn write(export: &Export<'_>) -> Vec<File> {
    vec![File::text(export.file("jsonl"), json::lines(export.documents.iter().map(task)))]
}

fn task(document: &Document) -> Value {
    let text = document.text();
    let offsets = Offsets::new(text);
    let tiles = Words::of(document, &[]).tiles(text);
    let tokens = tiles.iter().enumerate().map(|(id, (span, follow))| {
        let (start, end) = json::code_points(&offsets, *span);
        json!({"text": span.of(text), "start": start, "end": end, "id": id, "ws": *follow == Follow::Space})
    });
    let place = |id: SpanId, span: &Span| {
        let mut map = json::place(&offsets, Unit::CodePoint, span);
        let (first, last) = ends(&tiles, span.range);
        map.insert("token_start".to_owned(), json!(first));
        map.insert("token_end".to_owned(), json!(last));
        map.insert("id".to_owned(), json!(id.to_string()));
        map
    };
    let spans = document.spans_in_order().into_iter().map(|(id, span)| {
        let mut map = place(id, span);
        json::put_details(&mut map, span);
        Value::Object(map)
    });
    let relations = document.relations().filter_map(|(_, relation)| {
        let end = |id| document.span(id).map(|span| place(id, span));
        let (head, child) = (end(relation.from)?, end(relation.to)?);
        let mut map = Map::new();
        map.insert("head".to_owned(), head["token_end"].clone());
        map.insert("child".to_owned(), child["token_end"].clone());
        map.insert("head_span".to_owned(), Value::Object(head));
        map.insert("child_span".to_owned(), Value::Object(child));
        map.insert("label".to_owned(), json!(relation.label.as_str()));
        Some(Value::Object(map))
    });
    let mut meta = json!({"source": document.id});
    json::put_names(&mut meta, document);
    json::put_metadata(&mut meta, &META, document);
    let mut task = json!({
        "text": &**text,
        "tokens": tokens.collect::<Value>(),
        "spans": spans.collect::<Value>(),
        "relations": relations.collect::<Value>(),
        "entities": json::entities(document),
        "meta": meta,
    });
    // A task with an answer is not asked again.
    if document.spans().all(|(_, span)| span.status == Status::Accepted) {
        task["answer"] = json!("accept");
    }
    task
}

/// The first and the last tile that a span touches.
fn ends(tiles: &[(ByteSpan, Follow)], range: ByteSpan) -> (usize, usize) {
    let first = tiles.partition_point(|(tile, _)| tile.end <= range.start);
    let after = tiles.partition_point(|(tile, _)| tile.start < range.end);
    (first, after.saturating_sub(1).max(first))
}

/// Reads tasks. Relations without ids are tied by the places of their spans.
pub(super) fn read(files: &[File]) -> Imported {
    json::each(files, |task, at, imported| {
        if let Some(answer @ ("reject" | "ignore")) = json::text(task, "answer") {
            let what = format_args!("its answer is {answer:?}: the document comes without spans");
            imported.problems.push(Problem::new(at, what));
        }
        let is_answered = !matches!(json::text(task, "answer"), Some("reject" | "ignore"));
        let Some(mut draft) = json::draft(task, at, &["doc_id", "id"], imported) else { return };
        let is_own = |key: &&str| key.starts_with('_') || *key == "meta";
        let own = task.as_object().into_iter().flat_map(|task| task.keys().map(String::as_str));
        let known: Vec<&str> = own.filter(is_own).chain(KEYS).collect();
        json::metadata(task, &known, &mut draft);
        if let Some(meta) = task.get("meta") {
            json::metadata(meta, &META, &mut draft);
            draft.id = json::name(meta, "source").unwrap_or(draft.id);
            json::names(meta, &mut draft);
        }
        json::read_entities(task, at, &mut draft);
        let mut ids = std::collections::BTreeMap::new();
        let spans = if is_answered { json::list(task, "spans") } else { &[] };
        for (index, span) in spans.iter().enumerate() {
            let at = format!("{at} spans[{index}]");
            let keys = ["start", "end"];
            let Some(range) = json::range_of(span, &at, keys, &mut imported.problems) else {
                continue;
            };
            let made = draft.span(at, range, json::text(span, "label").unwrap_or_default());
            made.id = key(span);
            json::details(span, made);
            json::other_details(span, &SPAN_KEYS, made);
            made.text = json::text(span, "text").map(str::to_owned);
            // An id of another tool may be that of an entity.
            if ids.contains_key(&made.id) {
                made.id = place(span);
            } else {
                ids.insert(made.id.clone(), index);
            }
        }
        let relations = if is_answered { json::list(task, "relations") } else { &[] };
        for (index, relation) in relations.iter().enumerate() {
            let end = |name: &str| {
                let Some(span) = relation.get(name) else { return String::new() };
                let is_there = |at: &usize| spans.get(*at).is_some_and(|s| place(s) == place(span));
                let id = key(span);
                if ids.get(&id).is_some_and(is_there) { id } else { place(span) }
            };
            let label = json::text(relation, "label").unwrap_or("relation");
            let at = format!("{at} relations[{index}]");
            draft.relation(at, label, &end("head_span"), &end("child_span"));
        }
        imported.documents.push(draft.finish(&mut imported.problems));
    })
}

/// The id of a span, or its place where it has none.
fn key(span: &Value) -> String {
    json::name(span, "id").unwrap_or_else(|| place(span))
}

fn place(span: &Value) -> String {
    let number = |name| json::offset(span, name).unwrap_or(usize::MAX);
    let label = json::text(span, "label").unwrap_or_default();
    format!("{} {} {label}", number("start"), number("end"))
}
