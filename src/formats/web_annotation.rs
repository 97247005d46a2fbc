//! W3C Web Annotation: `ID.jsonld`, a page of annotations on `ID.txt`.
//!
//! Each span is an annotation whose bodies are its label (`tagging`), the
//! kind of a quotation (`classifying`), its entity (`identifying`), its note
//! (`commenting`) and that it is proposed (`assessing`). Positions count code
//! points, as the standard says, or UTF-16 units, as many tools read them;
//! the quoted text tells which. A relation is an annotation of motivation
//! `linking` with two targets.

use serde_json::{Value, json};

use super::catalogue::{Export, File};
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
