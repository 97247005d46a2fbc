//! Hugging Face token classification as JSONL, one document a line.
//!
//! `tokens` with `ner_tags` (mentions) and `quote_tags` (quotations, cues,
//! speakers), both without overlaps; `sentences` are ranges of tokens, since
//! a dispatch may be longer than what a model takes. `text`, `spans`,
//! `relations` and `entities` hold everything, in code points. Each object
//! has the same keys, as a table's columns must.

use serde_json::{Value, json};

use super::catalogue::{Export, File, Imported, Layer, Options};
use super::draft::Problem;
use super::json;
use super::loss::layer_of;
use super::projection::flat;
use super::words::{Rebuilt, Words, spans_of};
use crate::document::{Document, SpanId, Status};
use crate::text::{ByteSpan, Offsets};

/// What has a meaning of its own in a row.
const KEYS: [&str; 15] = [
    "id",
    "title",
    "language",
    "text",
    "tokens",
    "words",
    "ner_tags",
    "tags",
    "labels",
    "ner",
    "quote_tags",
    "sentences",
    "spans",
    "relations",
    "entities",
];
/// Columns of tokens, and of their tags.
const TOKENS: [&str; 2] = ["tokens", "words"];
const TAGS: [&str; 5] = ["ner_tags", "tags", "labels", "ner", "quote_tags"];

/// Writes one document a line.
pub(super) fn write(export: &Export<'_>) -> Vec<File> {
    let values = export.documents.iter().map(|document| row(document, export.options));
    vec![File::text(export.file("jsonl"), json::lines(values))]
}

/// The row of a document.
pub(super) fn row(document: &Document, options: &Options) -> Value {
    let text = document.text();
    let offsets = Offsets::new(text);
    let mentions = layer(document, Layer::Mentions, options);
    let quotations = layer(document, Layer::Quotations, options);
    let whole: Vec<ByteSpan> = mentions.iter().map(|(range, _)| *range).collect();
    let words = Words::of(document, &whole);
    let ordered = document.spans_in_order();
    let index = |id: SpanId| ordered.iter().position(|(other, _)| *other == id);
    let spans = ordered.iter().map(|(_, span)| {
        let mut map = json::place(&offsets, super::Unit::CodePoint, span);
        for key in ["entity", "kind", "note", "score"] {
            map.insert(key.to_owned(), Value::Null);
        }
        json::put_details(&mut map, span);
        map.remove("attributes");
        map.insert("text".to_owned(), json!(document.words(span)));
        let is_proposed = span.status == Status::Proposed;
        map.insert("status".to_owned(), json!(if is_proposed { "proposed" } else { "accepted" }));
        let is_engine = span.origin == crate::document::Origin::Engine;
        map.insert("origin".to_owned(), json!(if is_engine { "engine" } else { "person" }));
        Value::Object(map)
    });
    json!({
        "id": document.id,
        "title": document.title,
        "language": document.language,
        "text": &**text,
        "tokens": words.tokens.iter().map(|t| t.of(text)).collect::<Vec<_>>(),
        "ner_tags": words.tags(&mentions, options.tagging),
        "quote_tags": words.tags(&quotations, options.tagging),
        "sentences": words.sentences.iter().map(|s| [s.start, s.end]).collect::<Vec<_>>(),
        "spans": spans.collect::<Value>(),
        "relations": document.relations().map(|(_, r)| json!({"label": r.label.as_str(), "from": index(r.from), "to": index(r.to)})).collect::<Value>(),
        "entities": json::entities(document),
    })
}

/// The spans of a layer that do not overlap, with their labels, in order.
pub(super) fn layer<'d>(
    document: &'d Document,
    layer: Layer,
    options: &Options,
) -> Vec<(ByteSpan, &'d str)> {
    let spans = document.spans().filter(|(_, s)| layer_of(&s.label) == layer);
    let kept = flat(spans.map(|(id, s)| (s.range, id)), options.overlaps);
    let spans = kept.values().filter_map(|(_, id)| document.span(*id));
    spans.map(|s| (s.range, s.label.as_str())).collect()
}

/// Reads `spans` of `text`; of files without them, the tags of `tokens`.
/// Tags must be words: numbers mean nothing without their list.
pub(super) fn read(files: &[File]) -> Imported {
    json::each(files, |value, at, imported| {
        if json::text(value, "text").is_none() || value.get("spans").is_none() {
            return tagged(value, at, imported);
        }
        let Some(mut draft) = json::draft(value, at, &["id"], imported) else { return };
        for (index, span) in json::list(value, "spans").iter().enumerate() {
            let at = format!("{at} spans[{index}]");
            let keys = ["start", "end"];
            let range = json::range_of(span, &at, keys, &mut imported.problems);
            // A span that is left out keeps its number: relations count.
            let Some(range) = range else { continue };
            let made = draft.span(at, range, json::text(span, "label").unwrap_or_default());
            made.id = format!("s{index}");
            made.text = json::text(span, "text").map(str::to_owned);
            json::details(span, made);
        }
        for (index, relation) in json::list(value, "relations").iter().enumerate() {
            let end = |key| json::offset(relation, key).map_or(String::new(), |n| format!("s{n}"));
            let label = json::text(relation, "label").unwrap_or("relation");
            draft.relation(format!("{at} relations[{index}]"), label, &end("from"), &end("to"));
        }
        json::read_entities(value, at, &mut draft);
        json::metadata(value, &KEYS, &mut draft);
        imported.documents.push(draft.finish(&mut imported.problems));
    })
}

fn tagged(value: &Value, at: &str, imported: &mut Imported) {
    let tokens = TOKENS.iter().map(|key| json::list(value, key)).find(|list| !list.is_empty());
    let words = tokens.unwrap_or_default().iter().map(Value::as_str);
    let words: Option<Vec<&str>> = words.collect();
    let Some(words) = words.filter(|words| !words.is_empty()) else {
        imported.problems.push(Problem::new(at, "it has no \"tokens\""));
        return;
    };
    let mut rebuilt = Rebuilt::default();
    for word in &words {
        rebuilt.push(word);
    }
    let mut draft =
        super::draft::Draft::new(at, &json::name(value, "id").unwrap_or_default(), &rebuilt.text);
    draft.unit = super::Unit::Byte;
    json::names(value, &mut draft);
    json::metadata(value, &KEYS, &mut draft);
    if TAGS.iter().all(|key| value.get(key).is_none()) {
        imported.problems.push(Problem::new(at, "it has no \"ner_tags\""));
    }
    for key in TAGS {
        let tags = json::list(value, key);
        if tags.is_empty() {
            continue;
        }
        let at = format!("{at} {key}");
        let Some(tags) = tags.iter().map(Value::as_str).collect::<Option<Vec<&str>>>() else {
            let what = "numbers need their list of tags: write the tags as words";
            imported.problems.push(Problem::new(at, what));
            continue;
        };
        if tags.len() != words.len() {
            let what = format_args!("{} tags for {} tokens", tags.len(), words.len());
            imported.problems.push(Problem::new(&at, what));
            continue;
        }
        let (spans, odd) = spans_of(tags.into_iter());
        for tag in odd {
            imported.problems.push(Problem::new(&at, format_args!("{tag:?} is no tag")));
        }
        for (tokens, label) in spans {
            if let Some(range) = rebuilt.cover(&tokens) {
                draft.span(&at, (range.start, range.end), label);
            }
        }
    }
    imported.documents.push(draft.finish(&mut imported.problems));
}
