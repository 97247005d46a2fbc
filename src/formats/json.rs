//! What the JSON formats share: fields of values, files of lines, and the
//! parts of a span that formats with free keys carry.

use serde_json::{Map, Value, json};

use super::catalogue::{File, Imported};
use super::draft::{Draft, Problem, SpanDraft};
use super::units::Unit;
use crate::document::{Document, KIND, Origin, Span, Status};
use crate::text::{ByteSpan, Offsets};

/// The text of a field.
pub(super) fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

/// The offset in a field; files of JavaScript may hold `3.0`.
pub(super) fn offset(value: &Value, key: &str) -> Option<usize> {
    value.get(key).and_then(as_offset)
}

/// A number that may be an offset.
pub(super) fn as_offset(value: &Value) -> Option<usize> {
    let number = value.as_u64().or_else(|| {
        let float = value.as_f64()?;
        // Exact in a float, and far more than a document holds.
        (float.fract() == 0.0 && (0.0..9e15).contains(&float)).then_some(float as u64)
    })?;
    usize::try_from(number).ok()
}

/// The list in a field, or nothing.
pub(super) fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The name that a field gives something: a text or a number.
pub(super) fn name(value: &Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// One object a line.
pub(super) fn lines(values: impl Iterator<Item = Value>) -> String {
    values.map(|value| format!("{value}\n")).collect()
}

/// Pretty, with a line end.
pub(super) fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// Reads all values of files that hold one a line, or one list, or one value;
/// `each` gets a value and its place.
pub(super) fn each<'f>(
    files: impl IntoIterator<Item = &'f File>,
    mut each: impl FnMut(&Value, &str, &mut Imported),
) -> Imported {
    let mut imported = Imported::default();
    for file in files {
        let Some(text) = file.read(&mut imported.problems) else { continue };
        match serde_json::from_str::<Value>(text) {
            // A list that starts with a text is one pair.
            Ok(Value::Array(values)) if !values.first().is_some_and(Value::is_string) => {
                for (index, value) in values.iter().enumerate() {
                    each(value, &format!("{} [{index}]", file.name), &mut imported);
                }
            }
            Ok(value) => each(&value, &file.name, &mut imported),
            Err(_) => {
                for (index, line) in text.lines().enumerate() {
                    if line.trim().is_empty() {
                        continue;
                    }
                    let at = format!("{} line {}", file.name, index + 1);
                    match serde_json::from_str::<Value>(line) {
                        Ok(value) => each(&value, &at, &mut imported),
                        Err(error) => imported.problems.push(Problem::new(at, error)),
                    }
                }
            }
        }
    }
    imported
}

/// A draft of the document in `value`: its text, its id in the first of `ids`
/// that it has, its title and language. Reports what has no text.
pub(super) fn draft(
    value: &Value,
    at: &str,
    ids: &[&str],
    imported: &mut Imported,
) -> Option<Draft> {
    let Some(words) = text(value, "text") else {
        imported.problems.push(Problem::new(at, "it has no \"text\""));
        return None;
    };
    let id = ids.iter().find_map(|key| name(value, key)).unwrap_or_default();
    let mut draft = Draft::new(at, &id, words);
    names(value, &mut draft);
    Some(draft)
}

/// Takes title and language over.
pub(super) fn names(value: &Value, draft: &mut Draft) {
    if let Some(title) = text(value, "title") {
        draft.title = title.to_owned();
    }
    if let Some(language) = text(value, "language") {
        draft.language = language.to_owned();
    }
}

/// Adds title and language, where there is something to say.
pub(super) fn put_names(value: &mut Value, document: &Document) {
    if !document.title.is_empty() {
        value["title"] = json!(document.title);
    }
    if document.language != "fr" {
        value["language"] = json!(document.language);
    }
}

/// The key under which metadata stands whose own names are taken.
pub(super) const METADATA: &str = "metadata";

/// Keeps as metadata what an object says under other names than `known`.
pub(super) fn metadata(value: &Value, known: &[&str], draft: &mut Draft) {
    let mut keep = |(name, value): (&String, &Value)| {
        draft.metadata.insert(name.clone(), value.to_string());
    };
    for field in value.as_object().into_iter().flatten() {
        match field {
            (name, Value::Object(inner)) if name == METADATA => inner.iter().for_each(&mut keep),
            (name, _) if !known.contains(&name.as_str()) => keep(field),
            _ => {}
        }
    }
}

/// Writes what [`metadata`] reads.
pub(super) fn put_metadata(value: &mut Value, known: &[&str], document: &Document) {
    for (name, json) in &document.metadata {
        let field = serde_json::from_str(json).unwrap_or_else(|_| json!(json));
        if name == METADATA || known.contains(&name.as_str()) {
            value[METADATA][name] = field;
        } else {
            value[name] = field;
        }
    }
}

/// `{"start", "end", "label"}` of a span, in code points or as chosen.
pub(super) fn place(offsets: &Offsets<'_>, unit: Unit, span: &Span) -> Map<String, Value> {
    let (start, end) = unit.count(offsets, span.range);
    let mut map = Map::new();
    map.insert("start".to_owned(), json!(start));
    map.insert("end".to_owned(), json!(end));
    map.insert("label".to_owned(), json!(span.label.as_str()));
    map
}

/// Adds what a span has beyond its place to an object with free keys.
pub(super) fn put_details(map: &mut Map<String, Value>, span: &Span) {
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            map.insert(key.to_owned(), value);
        }
    };
    let other: Map<String, Value> = span
        .attributes
        .iter()
        .filter(|(name, _)| *name != KIND)
        .map(|(name, value)| (name.clone(), json!(value)))
        .collect();
    put("entity", span.entity.map(|e| json!(e.to_string())));
    put("kind", span.attributes.get(KIND).map(|kind| json!(kind)));
    put("attributes", (!other.is_empty()).then_some(Value::Object(other)));
    put("note", span.note.as_ref().map(|note| json!(note)));
    put("origin", (span.origin == Origin::Engine).then(|| json!("engine")));
    put("status", (span.status == Status::Proposed).then(|| json!("proposed")));
    put("score", span.score.map(|score| json!(score)));
}

/// Takes over what [`put_details`] adds.
pub(super) fn details(value: &Value, span: &mut SpanDraft) {
    span.entity = name(value, "entity");
    if let Some(kind) = text(value, "kind") {
        span.attributes.insert(KIND.to_owned(), kind.to_owned());
    }
    for (name, value) in value.get("attributes").and_then(Value::as_object).into_iter().flatten() {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        span.attributes.insert(name.clone(), value);
    }
    span.note = text(value, "note").map(str::to_owned);
    if text(value, "origin") == Some("engine") {
        span.origin = Origin::Engine;
    }
    if text(value, "status") == Some("proposed") {
        span.status = Status::Proposed;
    }
    span.score = score(value);
}

/// What [`put_details`] calls what it adds.
const DETAILS: [&str; 7] = ["entity", "kind", "attributes", "note", "origin", "status", "score"];

/// Keeps as attributes what a span says under other names than `known` and
/// those of its [`details`].
pub(super) fn other_details(value: &Value, known: &[&str], span: &mut SpanDraft) {
    for (name, value) in value.as_object().into_iter().flatten() {
        let is_known = known.contains(&name.as_str()) || DETAILS.contains(&name.as_str());
        if !is_known && !value.is_null() {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            span.attributes.insert(name.clone(), value);
        }
    }
}

/// The score of a span.
pub(super) fn score(value: &Value) -> Option<f32> {
    value.get("score").and_then(Value::as_f64).map(|score| score as f32)
}

/// `[{"id", "name", "label"}]` of a document's entities.
pub(super) fn entities(document: &Document) -> Value {
    let entity = |(id, e): (crate::document::EntityId, &crate::document::Entity)| json!({"id": id.to_string(), "name": e.name, "label": e.label.as_str()});
    document.entities().map(entity).collect()
}

/// Takes over what [`entities`] writes.
pub(super) fn read_entities(value: &Value, at: &str, draft: &mut Draft) {
    for (index, entity) in list(value, "entities").iter().enumerate() {
        let (Some(id), Some(label)) = (name(entity, "id"), text(entity, "label")) else { continue };
        let at = format!("{at} entities[{index}]");
        draft.entity(at, &id, text(entity, "name").unwrap_or_default(), label);
    }
}

/// The range as a span of the text, or the report that it is none.
pub(super) fn range_of(
    value: &Value,
    at: &str,
    keys: [&str; 2],
    problems: &mut Vec<Problem>,
) -> Option<(usize, usize)> {
    let range = offset(value, keys[0]).zip(offset(value, keys[1]));
    if range.is_none() {
        let what = format_args!("it needs \"{}\" and \"{}\" as whole numbers", keys[0], keys[1]);
        problems.push(Problem::new(at, what));
    }
    range
}

/// Code points of a byte span.
pub(super) fn code_points(offsets: &Offsets<'_>, span: ByteSpan) -> (usize, usize) {
    Unit::CodePoint.count(offsets, span)
}
