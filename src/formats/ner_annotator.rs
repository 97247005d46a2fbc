//! The JSON of tecoholic's NER Annotator: classes, and pairs of text and
//! entities. Offsets are UTF-16 units; what was skipped there is `null`.

use serde_json::{Value, json};

use super::catalogue::{Export, File, Imported};
use super::draft::{Draft, Problem};
use super::{Unit, doccano, json};
use crate::document::Document;
use crate::scheme::{LabelDef, Scheme};
use crate::text::Offsets;

/// Writes one pair a document.
pub(super) fn write(export: &Export<'_>) -> Vec<File> {
    let pair = |document: &Document| {
        let offsets = Offsets::new(document.text());
        let entities = document.spans_in_order().into_iter().map(|(_, span)| {
            let (start, end) = Unit::Utf16.count(&offsets, span.range);
            json!([start, end, span.label.as_str()])
        });
        json!([&**document.text(), {"entities": entities.collect::<Value>()}])
    };
    let mut classes: Vec<&str> = export.scheme.labels.iter().map(|l| l.name.as_str()).collect();
    for (_, span) in export.documents.iter().flat_map(Document::spans) {
        if !classes.contains(&span.label.as_str()) {
            classes.push(span.label.as_str());
        }
    }
    let file = json!({
        "classes": classes,
        "annotations": export.documents.iter().map(pair).collect::<Value>(),
    });
    vec![File::text(export.file("json"), json::pretty(&file))]
}

/// Reads such files; the classes become a scheme in the default's colours.
pub(super) fn read(files: &[File]) -> Imported {
    json::each(files, |value, at, imported| {
        let classes = json::list(value, "classes").iter().filter_map(Value::as_str);
        let colors = Scheme::default().labels;
        let labels: Vec<LabelDef> = classes
            .zip(colors.iter().cycle())
            .map(|(name, like)| LabelDef::new(name, like.color.clone(), None))
            .collect();
        if !labels.is_empty() && imported.scheme.is_none() {
            let relations = Scheme::default().relations;
            imported.scheme = Some(Scheme { labels, relations });
        }
        if value.get("annotations").is_none() {
            imported.problems.push(Problem::new(at, "it has no \"annotations\""));
        }
        for (index, pair) in json::list(value, "annotations").iter().enumerate() {
            let at = format!("{at} annotations[{index}]");
            if pair.is_null() {
                imported.problems.push(Problem::new(at, "it was skipped there and holds nothing"));
                continue;
            }
            let Some(text) = pair.get(0).and_then(Value::as_str) else {
                imported.problems.push(Problem::new(at, "a pair is [text, {\"entities\": …}]"));
                continue;
            };
            let mut draft = Draft::new(&at, "", text);
            draft.unit = Unit::Utf16;
            let entities = pair.get(1).map_or(&[][..], |notes| json::list(notes, "entities"));
            doccano::triples(entities, &at, &mut draft, &mut imported.problems);
            imported.documents.push(draft.finish(&mut imported.problems));
        }
    })
}
