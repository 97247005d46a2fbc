//! W3C Web Annotation: `ID.jsonld`, a page of annotations on `ID.txt`.
//!
//! Each span is an annotation whose bodies are its label (`tagging`), the
//! kind of a quotation (`classifying`), its entity (`identifying`), its note
//! (`commenting`) and that it is proposed (`assessing`). Positions count code
//! points, as the standard says, or UTF-16 units, as many tools read them;
//! the quoted text tells which. A relation is an annotation of motivation
//! `linking` with two targets.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::catalogue::{Export, File, Imported};
use super::draft::{Draft, Problem};
use super::{Unit, json};
use crate::document::{Document, KIND, Status};
use crate::text::Offsets;

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// Characters of context on either side of a quoted text.
const CONTEXT_LENGTH: usize = 32;

/// Writes two files a document.
pub(super) fn write(export: &Export<'_>) -> Vec<File> {
    let unit = export.options.unit.unwrap_or(Unit::CodePoint);
    let pairs = export.documents.iter().zip(export.stems());
    pairs
        .flat_map(|(document, stem)| {
            let page = json::pretty(&page(document, &stem, unit));
            [
                File::text(format!("{stem}.jsonld"), page),
                File::text(format!("{stem}.txt"), &**document.text()),
            ]
        })
        .collect()
}

fn page(document: &Document, stem: &str, unit: Unit) -> Value {
    let text = document.text();
    let offsets = Offsets::new(text);
    let iri = |id: &str| format!("urn:guillemet:{}:{id}", encoded(stem));
    let spans = document.spans_in_order().into_iter().map(|(id, span)| {
        let mut bodies = Vec::new();
        let mut body = |purpose: &str, value: &str| {
            bodies.push(json!({"type": "TextualBody", "purpose": purpose, "value": value}));
        };
        body("tagging", span.label.as_str());
        if let Some(kind) = span.attributes.get(KIND) {
            body("classifying", kind);
        }
        if let Some(note) = &span.note {
            body("commenting", note);
        }
        if span.status == Status::Proposed {
            body("assessing", "proposed");
        }
        if let Some((id, entity)) = span.entity.and_then(|id| Some((id, document.entity(id)?))) {
            bodies.push(json!({
                "type": "TextualBody",
                "id": iri(&id.to_string()),
                "purpose": "identifying",
                "value": entity.name,
                "label": entity.label.as_str(),
            }));
        }
        let (start, end) = unit.count(&offsets, span.range);
        let before = text[..span.range.start].char_indices().rev().nth(CONTEXT_LENGTH - 1);
        let after = text[span.range.end..].char_indices().nth(CONTEXT_LENGTH);
        let prefix = &text[before.map_or(0, |(at, _)| at)..span.range.start];
        let suffix = &text[span.range.end..after.map_or(text.len(), |(at, _)| span.range.end + at)];
        json!({
            "id": iri(&id.to_string()),
            "type": "Annotation",
            "motivation": "tagging",
            "body": bodies,
            "target": {"source": format!("{}.txt", encoded(stem)), "selector": [
                {"type": "TextQuoteSelector", "exact": document.words(span), "prefix": prefix, "suffix": suffix},
                {"type": "TextPositionSelector", "start": start, "end": end},
            ]},
        })
    });
    let relations = document.relations().map(|(id, relation)| {
        json!({
            "id": iri(&id.to_string()),
            "type": "Annotation",
            "motivation": "linking",
            "body": {"type": "TextualBody", "purpose": "tagging", "value": relation.label.as_str()},
            "target": [iri(&relation.from.to_string()), iri(&relation.to.to_string())],
        })
    });
    json!({
        "@context": CONTEXT,
        "id": iri("page"),
        "type": "AnnotationPage",
        "items": spans.chain(relations).collect::<Value>(),
    })
}

/// As an IRI bears it.
fn encoded(stem: &str) -> String {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    let byte = |b: u8| if is_plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") };
    stem.bytes().map(byte).collect()
}

/// Reads pages, collections or lists of annotations, each with its text in a
/// `.txt` of the same name.
pub(super) fn read(files: &[File]) -> Imported {
    let mut imported = Imported::default();
    let texts = || files.iter().filter(|file| file.is("txt"));
    // Beside it, else anywhere: the first of equals.
    let by_base: BTreeMap<&str, &File> = texts().map(|file| (file.base(), file)).collect();
    let by_stem: BTreeMap<&str, &File> = texts().rev().map(|file| (file.stem(), file)).collect();
    for file in files.iter().filter(|file| !file.is("txt")) {
        let Some(json) = file.read(&mut imported.problems) else { continue };
        let value: Value = match serde_json::from_str(json) {
            Ok(value) => value,
            Err(error) => {
                imported.problems.push(Problem::new(&file.name, error));
                continue;
            }
        };
        let text = by_base.get(file.base()).or_else(|| by_stem.get(file.stem()));
        let Some(text) = text.and_then(|text| std::str::from_utf8(&text.bytes).ok()) else {
            let what = format_args!("its text is missing: add {}.txt", file.stem());
            imported.problems.push(Problem::new(&file.name, what));
            continue;
        };
        let mut draft = Draft::new(&file.name, file.stem(), text);
        let items = value.as_array().map_or_else(|| json::list(&value, "items"), Vec::as_slice);
        for (index, item) in items.iter().enumerate() {
            let at = format!("{} items[{index}]", file.name);
            annotation(item, &at, &mut draft, &mut imported.problems);
        }
        imported.documents.push(draft.finish(&mut imported.problems));
    }
    imported
}

/// One value or a list of them.
fn several<'v>(value: &'v Value, key: &str) -> Vec<&'v Value> {
    match value.get(key) {
        Some(Value::Array(values)) => values.iter().collect(),
        Some(value) => vec![value],
        None => Vec::new(),
    }
}

fn annotation(item: &Value, at: &str, draft: &mut Draft, problems: &mut Vec<Problem>) {
    let bodies = several(item, "body");
    let purpose = |body: &Value, wanted| json::text(body, "purpose") == Some(wanted);
    let find = |wanted| bodies.iter().copied().find(|body| purpose(body, wanted));
    let value = |wanted| find(wanted).and_then(|body| json::text(body, "value"));
    let tag =
        value("tagging").or_else(|| bodies.first().and_then(|body| json::text(body, "value")));
    let targets = several(item, "target");
    if json::text(item, "motivation") == Some("linking") {
        let end = |target: &Value| {
            target
                .as_str()
                .map(str::to_owned)
                .or_else(|| json::name(target, "id"))
                .unwrap_or_default()
        };
        if let [from, to] = targets[..] {
            draft.relation(at, tag.unwrap_or("relation"), &end(from), &end(to));
        } else {
            problems.push(Problem::new(at, "a link has two targets"));
        }
        return;
    }
    let selectors: Vec<&Value> =
        targets.iter().flat_map(|target| several(target, "selector")).collect();
    let of = |kind| selectors.iter().copied().find(|s| json::text(s, "type") == Some(kind));
    let Some(position) = of("TextPositionSelector") else {
        problems.push(Problem::new(at, "it has no TextPositionSelector"));
        return;
    };
    let Some(range) = json::range_of(position, at, ["start", "end"], problems) else { return };
    let quote = of("TextQuoteSelector").and_then(|quote| json::text(quote, "exact"));
    let entity = find("identifying").and_then(|body| {
        let id = json::name(body, "id")?;
        // The last part of our own addresses is our id.
        let id = id.rsplit(':').next().unwrap_or(&id).to_owned();
        draft.entity(
            at,
            &id,
            json::text(body, "value")?,
            json::text(body, "label").unwrap_or("MISC"),
        );
        Some(id)
    });
    let span = draft.span(at, range, tag.unwrap_or_default());
    span.id = json::name(item, "id").unwrap_or_else(|| at.to_owned());
    span.text = quote.map(str::to_owned);
    span.entity = entity;
    span.note = value("commenting").map(str::to_owned);
    if value("assessing") == Some("proposed") {
        span.status = Status::Proposed;
    }
    if let Some(kind) = value("classifying") {
        span.attributes.insert(KIND.to_owned(), kind.to_owned());
    }
}
