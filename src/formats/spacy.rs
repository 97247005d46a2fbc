//! spaCy 3: pairs of text and annotation for `Example.from_dict`, and the
//! JSON of `Doc.to_json` by lines, with the script that makes a `.spacy` of
//! it.
//!
//! `entities` (`ents`) must not overlap and so hold the mentions alone;
//! `spans["sc"]` holds every span. Offsets are code points.

use serde_json::{Value, json};

use super::catalogue::{Export, File, Imported, Layer, Options};
use super::draft::{Draft, Problem};
use super::words::Words;
use super::{Unit, doccano, hugging_face, json};
use crate::document::Document;
use crate::text::Offsets;

/// The key under which spaCy's span categorizer looks for its spans.
const GROUP: &str = "sc";
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

/// Reads such pairs; where there are no spans, the entities.
pub(super) fn read_pairs(files: &[File]) -> Imported {
    json::each(files, |value, at, imported| {
        // A line of JSONL holds one pair; a list holds many.
        let (Some(text), Some(notes)) = (value.get(0).and_then(Value::as_str), value.get(1)) else {
            imported.problems.push(Problem::new(at, "a pair is [text, {\"entities\": …}]"));
            return;
        };
        let mut draft = Draft::new(at, "", text);
        let spans = notes.get("spans").map_or(&[][..], |groups| json::list(groups, GROUP));
        let spans = if spans.is_empty() { json::list(notes, "entities") } else { spans };
        doccano::triples(spans, at, &mut draft, &mut imported.problems);
        imported.documents.push(draft.finish(&mut imported.problems));
    })
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
    let lines: Vec<File> = files.iter().filter(|file| !file.is("py")).cloned().collect();
    json::each(&lines, |value, at, imported| {
        let Some(mut draft) = json::draft(value, at, &["doc_id", "id"], imported) else { return };
        let spans = value.get("spans").map_or(&[][..], |groups| json::list(groups, GROUP));
        let spans = if spans.is_empty() { json::list(value, "ents") } else { spans };
        for (index, span) in spans.iter().enumerate() {
            let at = format!("{at} span {index}");
            let keys = ["start", "end"];
            let Some(range) = json::range_of(span, &at, keys, &mut imported.problems) else {
                continue;
            };
            let made = draft.span(at, range, json::text(span, "label").unwrap_or_default());
            made.entity = json::name(span, "kb_id").filter(|entity| !entity.is_empty());
        }
        json::read_entities(value, at, &mut draft);
        imported.documents.push(draft.finish(&mut imported.problems));
    })
}
