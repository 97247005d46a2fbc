//! Label Studio: tasks as JSON, and the labelling configuration beside them.
//!
//! Accepted spans are an annotation. Proposals are a prediction, which also
//! holds the accepted spans, so that links between both stay whole. The kind
//! of a quotation is a choice of its region; entity, note and other values
//! are the region's `meta`. Offsets are code points, since Label Studio 1.5.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::catalogue::{Export, File};
use super::{json, xml};
use crate::document::{Document, KIND, Origin, Span, Status};
use crate::scheme::{QUOTE, QuoteKind, Scheme};
use crate::text::Offsets;

/// What has a meaning of its own in the data of a task.
pub(super) const KEYS: [&str; 6] = ["text", "doc_id", "id", "title", "language", "entities"];

/// Writes the tasks and the configuration.
pub(super) fn write(export: &Export<'_>) -> Vec<File> {
    let tasks: Value =
        export.documents.iter().enumerate().map(|(index, d)| task(index + 1, d)).collect();
    vec![
        File::text(export.file("json"), json::pretty(&tasks)),
        File::text(export.file("xml"), config(export.scheme, export.documents)),
    ]
}

fn task(number: usize, document: &Document) -> Value {
    let mut data = json!({
        "text": &**document.text(),
        "doc_id": document.id,
        "entities": json::entities(document),
    });
    json::put_names(&mut data, document);
    json::put_metadata(&mut data, &KEYS, document);
    let accepted = |span: &Span| span.status == Status::Accepted;
    let mut task = json!({"id": number, "data": data, "annotations": [], "predictions": []});
    if document.spans().len() == 0 || document.spans().any(|(_, s)| accepted(s)) {
        task["annotations"] = json!([{
            "id": number,
            "was_cancelled": false,
            "ground_truth": false,
            "result": result(document, accepted),
        }]);
    }
    if document.spans().any(|(_, s)| !accepted(s)) {
        task["predictions"] = json!([{
            "model_version": super::native::GENERATOR,
            "result": result(document, |_| true),
        }]);
    }
    task
}

fn result(document: &Document, is_in: impl Fn(&Span) -> bool) -> Value {
    let offsets = Offsets::new(document.text());
    let mut result = Vec::new();
    for (id, span) in document.spans_in_order().into_iter().filter(|(_, s)| is_in(s)) {
        let (start, end) = json::code_points(&offsets, span.range);
        let place = json!({"start": start, "end": end, "text": document.words(span)});
        let region = |name: &str, kind: &str, values: &str| {
            let mut value = place.clone();
            value[kind] = json!([values]);
            json!({"id": id.to_string(), "from_name": name, "to_name": "text", "type": kind, "value": value})
        };
        let mut labels = region("label", "labels", span.label.as_str());
        let is_engine = span.origin == Origin::Engine;
        labels["origin"] = json!(if is_engine { "prediction" } else { "manual" });
        if let Some(score) = span.score {
            labels["score"] = json!(score);
        }
        if let Some(meta) = meta(span) {
            labels["meta"] = meta;
        }
        result.push(labels);
        if let Some(kind) = span.attributes.get(KIND) {
            result.push(region("kind", "choices", kind));
        }
    }
    for (_, relation) in document.relations() {
        let ends = [relation.from, relation.to].map(|id| document.span(id).is_some_and(&is_in));
        if ends == [true, true] {
            result.push(json!({
                "type": "relation",
                "from_id": relation.from.to_string(),
                "to_id": relation.to.to_string(),
                "direction": "right",
                "labels": [relation.label.as_str()],
            }));
        }
    }
    Value::Array(result)
}

/// What the region's details show and keep.
fn meta(span: &Span) -> Option<Value> {
    let mut meta = Map::new();
    if let Some(note) = &span.note {
        meta.insert("text".to_owned(), json!([note]));
    }
    if let Some(entity) = span.entity {
        meta.insert("entity".to_owned(), json!(entity.to_string()));
    }
    let other: BTreeMap<_, _> = span.attributes.iter().filter(|(name, _)| *name != KIND).collect();
    if !other.is_empty() {
        meta.insert("attributes".to_owned(), json!(other));
    }
    (!meta.is_empty()).then_some(Value::Object(meta))
}

/// The configuration: all labels of the scheme and of the documents.
fn config(scheme: &Scheme, documents: &[Document]) -> String {
    let mut labels: Vec<(&str, &str, Option<char>)> =
        scheme.labels.iter().map(|def| (def.name.as_str(), &*def.color, def.key)).collect();
    let mut relations: Vec<&str> = scheme.relations.iter().map(|r| r.name.as_str()).collect();
    for document in documents {
        for (_, span) in document.spans() {
            if labels.iter().all(|(name, ..)| *name != span.label.as_str()) {
                labels.push((span.label.as_str(), "#6b6760", None));
            }
        }
        for (_, relation) in document.relations() {
            if !relations.contains(&relation.label.as_str()) {
                relations.push(relation.label.as_str());
            }
        }
    }
    let mut out = String::from("<View>\n  <Relations>\n");
    for relation in relations {
        out += &format!("    <Relation value=\"{}\"/>\n", xml::escape(relation));
    }
    out += "  </Relations>\n  <Labels name=\"label\" toName=\"text\">\n";
    for (name, color, key) in labels {
        let key =
            key.map_or(String::new(), |k| format!(" hotkey=\"{}\"", xml::escape(&k.to_string())));
        out += &format!(
            "    <Label value=\"{}\" background=\"{}\"{key}/>\n",
            xml::escape(name),
            xml::escape(color)
        );
    }
    out += "  </Labels>\n  <Text name=\"text\" value=\"$text\"/>\n";
    out += &format!(
        "  <Choices name=\"kind\" toName=\"text\" perRegion=\"true\" whenTagName=\"label\" whenLabelValue=\"{QUOTE}\">\n"
    );
    for kind in QuoteKind::ALL {
        out += &format!("    <Choice value=\"{}\"/>\n", kind.name());
    }
    out + "  </Choices>\n</View>\n"
}
