//! spaCy 3: pairs of text and annotation for `Example.from_dict`, and the
//! JSON of `Doc.to_json` by lines, with the script that makes a `.spacy` of
//! it.
//!
//! `entities` (`ents`) must not overlap and so hold the mentions alone;
//! `spans["sc"]` holds every span. Offsets are code points.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::catalogue::{Export, File, Imported, Layer, Options};
use super::draft::{Draft, Problem};
use super::words::Words;
use super::{Unit, doccano, hugging_face, json};
use crate::document::Document;
use crate::text::{Offsets, order};

/// The key under which spaCy's span categorizer looks for its spans.
const GROUP: &str = "sc";
/// What has a meaning of its own in the JSON of a `Doc`.
const KEYS: [&str; 10] =
    ["text", "tokens", "ents", "sents", "spans", "entities", "doc_id", "id", "title", "language"];
/// Turns the lines into a `.spacy`.
const SCRIPT: &str = include_str!("spacy_docbin.py");

/// Writes `[[text, {"entities", "spans"}]]`.
pub(super) fn write_pairs(export: &Export<'_>) -> Vec<File> {
    let pair = |document: &Document| {
        let text = document.text();
        let offsets = Offsets::new(text);
        let triple = |range, label: &str| {
            let (start, end) = json::code_points(&offsets, range);
            json!([start, end, label])
        };
        let entities = hugging_face::layer(document, Layer::Mentions, export.options);
        let entities = entities.into_iter().map(|(range, label)| triple(range, label));
        let spans = document.spans_in_order().into_iter();
        let spans = spans.map(|(_, s)| triple(s.range, s.label.as_str()));
        json!([&**text, {
            "entities": entities.collect::<Value>(),
            "spans": {GROUP: spans.collect::<Value>()},
        }])
    };
    let pairs: Value = export.documents.iter().map(pair).collect();
    vec![File::text(export.file("json"), json::pretty(&pairs))]
}

/// Reads such pairs.
pub(super) fn read_pairs(files: &[File]) -> Imported {
    json::each(files, |value, at, imported| {
        // A line of JSONL holds one pair; a list holds many.
        let (Some(text), Some(notes)) = (value.get(0).and_then(Value::as_str), value.get(1)) else {
            imported.problems.push(Problem::new(at, "a pair is [text, {\"entities\": …}]"));
            return;
        };
        let mut draft = Draft::new(at, "", text);
        json::metadata(notes, &["entities", "spans"], &mut draft);
        let problems = &mut imported.problems;
        for (group, spans) in groups(notes, "entities") {
            let first = draft.spans.len();
            doccano::triples(spans, at, &mut draft, problems);
            settle(&mut draft, first, group);
        }
        imported.documents.push(draft.finish(problems));
    })
}

/// The groups of spans, that of ours first, and the entities.
fn groups<'v>(value: &'v Value, entities: &str) -> Vec<(&'v str, &'v [Value])> {
    let all = value.get("spans").and_then(Value::as_object).into_iter().flatten();
    let all = all.map(|(name, spans)| (name.as_str(), spans.as_array().map_or(&[][..], |v| v)));
    let mut groups: Vec<_> = all.collect();
    order::sort_by_key(&mut groups, |(name, _)| *name != GROUP);
    groups.push((GROUP, json::list(value, entities)));
    groups
}

/// Keeps of the spans from `first` on those that no group before has, and the
/// name of another group than ours.
fn settle(draft: &mut Draft, first: usize, group: &str) {
    let mut known: BTreeSet<(usize, usize, String)> =
        draft.spans[..first].iter().map(|s| (s.start, s.end, s.label.clone())).collect();
    let mut read = draft.spans.split_off(first);
    if group == GROUP {
        // Ours may hold a span twice; the entities are among them.
        read.retain(|s| first == 0 || known.insert((s.start, s.end, s.label.clone())));
    } else {
        for span in &mut read {
            span.attributes.insert("group".to_owned(), group.to_owned());
        }
    }
    draft.spans.append(&mut read);
}

/// Writes the JSON of a `Doc` a line, and the script.
pub(super) fn write_docs(export: &Export<'_>) -> Vec<File> {
    let docs = export.documents.iter().map(|document| doc(document, export.options));
    vec![File::text(export.file("jsonl"), json::lines(docs)), File::text("make_spacy.py", SCRIPT)]
}

fn doc(document: &Document, options: &Options) -> Value {
    let text = document.text();
    let offsets = Offsets::new(text);
    let words = Words::of(document, &[]);
    let tiles = words.tiles(text);
    // spaCy reads from the text which token a space follows.
    let tokens = tiles.iter().enumerate().map(|(id, (span, _))| {
        let (start, end) = json::code_points(&offsets, *span);
        json!({"id": id, "start": start, "end": end})
    });
    let entities = hugging_face::layer(document, Layer::Mentions, options);
    let entities = entities.into_iter().map(|(range, label)| {
        let (start, end) = json::code_points(&offsets, range);
        json!({"start": start, "end": end, "label": label})
    });
    let spans = document.spans_in_order().into_iter().map(|(_, span)| {
        let mut map = json::place(&offsets, Unit::CodePoint, span);
        map.insert("kb_id".to_owned(), json!(span.entity.map_or(String::new(), |e| e.to_string())));
        Value::Object(map)
    });
    json!({
        "text": &**text,
        "tokens": tokens.collect::<Value>(),
        "ents": entities.collect::<Value>(),
        "spans": {GROUP: spans.collect::<Value>()},
        // spaCy leaves what it does not know alone.
        "doc_id": document.id,
        "title": document.title,
        "language": document.language,
        "entities": json::entities(document),
    })
}

/// Reads such lines.
pub(super) fn read_docs(files: &[File]) -> Imported {
    let lines = files.iter().filter(|file| !file.is("py"));
    json::each(lines, |value, at, imported| {
        let Some(mut draft) = json::draft(value, at, &["doc_id", "id"], imported) else { return };
        json::metadata(value, &KEYS, &mut draft);
        draft.metadata.retain(|_, value| !matches!(value.as_str(), "{}" | "[]" | "null"));
        json::read_entities(value, at, &mut draft);
        for (group, spans) in groups(value, "ents") {
            let first = draft.spans.len();
            for (index, span) in spans.iter().enumerate() {
                let at = format!("{at} span {index}");
                let keys = ["start", "end"];
                let Some(range) = json::range_of(span, &at, keys, &mut imported.problems) else {
                    continue;
                };
                let label = json::text(span, "label").unwrap_or_default();
                let entity = json::name(span, "kb_id").filter(|entity| !entity.is_empty());
                if let Some(id) = &entity {
                    // Of another tool, it names an entry of a knowledge base.
                    draft.entity(&at, id, id, label);
                }
                draft.span(at, range, label).entity = entity;
            }
            settle(&mut draft, first, group);
        }
        imported.documents.push(draft.finish(&mut imported.problems));
    })
}
