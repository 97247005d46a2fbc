//! doccano JSONL, one document a line: `label` triples of a span project, or
//! `entities` and `relations` of a relation project.
//!
//! Other keys are metadata, there and here. doccano counts code points
//! in its back end and UTF-16 units in its interface, so the unit is the
//! person's choice; `offset_unit` says it, and without it the spans tell.

use serde_json::{Value, json};

use super::catalogue::{Export, File, Imported};
use super::draft::{Draft, Problem};
use super::json;
use super::units::Unit;
use crate::document::Document;
use crate::text::Offsets;

/// What has a meaning of its own in a line; `annotations` is of the first
/// doccano, `Comments` are those of its annotators.
const KEYS: [&str; 12] = [
    "text",
    "label",
    "labels",
    "entities",
    "annotations",
    "relations",
    "Comments",
    "doc_id",
    "id",
    "title",
    "language",
    "offset_unit",
];
/// Of these, the lists of spans and relations.
const LISTS: std::ops::Range<usize> = 1..6;

/// Writes for a span project.
pub(super) fn write_spans(export: &Export<'_>) -> Vec<File> {
    write(export, |document, unit| {
        let offsets = Offsets::new(document.text());
        let triple = |span: &crate::document::Span| {
            let (start, end) = unit.count(&offsets, span.range);
            json!([start, end, span.label.as_str()])
        };
        let spans = document.spans_in_order().into_iter().map(|(_, span)| triple(span));
        json!({"text": &**document.text(), "label": spans.collect::<Value>()})
    })
}

/// Writes for a relation project.
pub(super) fn write_relations(export: &Export<'_>) -> Vec<File> {
    write(export, |document, unit| {
        let offsets = Offsets::new(document.text());
        let entity = |(id, span): (crate::document::SpanId, &crate::document::Span)| {
            let (start, end) = unit.count(&offsets, span.range);
            json!({"id": id.0 + 1, "label": span.label.as_str(), "start_offset": start, "end_offset": end})
        };
        let relations = document.relations().map(|(id, r)| {
            json!({"id": id.0 + 1, "from_id": r.from.0 + 1, "to_id": r.to.0 + 1, "type": r.label.as_str()})
        });
        json!({
            "text": &**document.text(),
            "entities": document.spans_in_order().into_iter().map(entity).collect::<Value>(),
            "relations": relations.collect::<Value>(),
        })
    })
}

fn write(export: &Export<'_>, line: impl Fn(&Document, Unit) -> Value) -> Vec<File> {
    let unit = export.options.unit.unwrap_or(Unit::CodePoint);
    // A key that only some lines have is not a number (NaN) to doccano in the
    // others, and its database refuses that.
    let any = |has: fn(&Document) -> bool| export.documents.iter().any(has);
    let is_titled = any(|document| !document.title.is_empty());
    let is_foreign = any(|document| document.language != "fr");
    let has_metadata = any(|document| !document.metadata.is_empty());
    let values = export.documents.iter().map(|document| {
        let mut value = line(document, unit);
        value["doc_id"] = json!(document.id);
        value["offset_unit"] = json!(unit.word());
        if is_titled {
            value["title"] = json!(document.title);
        }
        if is_foreign {
            value["language"] = json!(document.language);
        }
        if has_metadata {
            value[json::METADATA] = json!({});
            let names: Vec<&str> = document.metadata.keys().map(String::as_str).collect();
            json::put_metadata(&mut value, &names, document);
        }
        value
    });
    vec![File::text(export.file("jsonl"), json::lines(values))]
}

/// Reads both kinds, and what older doccano wrote (`labels`).
pub(super) fn read(files: &[File]) -> Imported {
    json::each(files, |value, at, imported| {
        let Some(mut draft) = json::draft(value, at, &["doc_id", "id"], imported) else { return };
        let told = json::text(value, "offset_unit").and_then(Unit::from_word);
        draft.unit = told.unwrap_or(Unit::CodePoint);
        draft.is_unit_told = told.is_some();
        for key in ["label", "labels"] {
            triples(json::list(value, key), at, &mut draft, &mut imported.problems);
        }
        for key in ["entities", "annotations"] {
            for (index, entity) in json::list(value, key).iter().enumerate() {
                let at = format!("{at} {key}[{index}]");
                let keys = ["start_offset", "end_offset"];
                let Some(range) = json::range_of(entity, &at, keys, &mut imported.problems) else {
                    continue;
                };
                // The first doccano wrote the numbers of its labels.
                let label = json::name(entity, "label").unwrap_or_default();
                let span = draft.span(at, range, &label);
                if let Some(id) = json::name(entity, "id") {
                    span.id = id;
                }
            }
        }
        for (index, relation) in json::list(value, "relations").iter().enumerate() {
            let at = format!("{at} relations[{index}]");
            let end = |key| json::name(relation, key).unwrap_or_default();
            let label = json::text(relation, "type").unwrap_or("relation");
            draft.relation(at, label, &end("from_id"), &end("to_id"));
        }
        json::metadata(value, &KEYS, &mut draft);
        // A label of the whole text is a word, no list of spans.
        for key in &KEYS[LISTS] {
            if let Some(word @ (Value::String(_) | Value::Number(_))) = value.get(key) {
                draft.metadata.insert((*key).to_owned(), word.to_string());
            }
        }
        let comment = |comment: &Value| {
            comment.as_str().or_else(|| json::text(comment, "text")).map(str::to_owned)
        };
        let comments: Vec<String> =
            json::list(value, "Comments").iter().filter_map(comment).collect();
        draft.note = (!comments.is_empty()).then(|| comments.join("\n"));
        imported.documents.push(draft.finish(&mut imported.problems));
    })
}

/// `[start, end, label]`, as many tools write spans.
pub(super) fn triples(values: &[Value], at: &str, draft: &mut Draft, problems: &mut Vec<Problem>) {
    for (index, triple) in values.iter().enumerate() {
        let at = format!("{at} span {index}");
        let number = |place: usize| triple.get(place).and_then(json::as_offset);
        let label = triple.get(2).and_then(Value::as_str);
        match (number(0), number(1), label) {
            (Some(start), Some(end), Some(label)) => {
                draft.span(at, (start, end), label);
            }
            _ => problems.push(Problem::new(at, "a span is [start, end, label]")),
        }
    }
}
