//! Label Studio: tasks as JSON, and the labelling configuration beside them.
//!
//! Accepted spans are an annotation. Proposals are a prediction, which also
//! holds the accepted spans, so that links between both stay whole. The kind
//! of a quotation is a choice of its region; entity, note and other values
//! are the region's `meta`. Offsets are code points, since Label Studio 1.5.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::catalogue::{Export, File, Imported};
use super::draft::{Draft, Problem};
use super::{json, native, xml};
use crate::document::{Document, KIND, Origin, Span, Status};
use crate::scheme::{Label, LabelDef, QUOTE, QuoteKind, RelationDef, Scheme};
use crate::text::Offsets;

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

/// Reads tasks, ours or Label Studio's exports, and a configuration.
pub(super) fn read(files: &[File]) -> Imported {
    let (configs, tasks): (Vec<File>, Vec<File>) =
        files.iter().cloned().partition(|file| file.is("xml"));
    let mut imported = json::each(&tasks, |task, at, imported| {
        let data = task.get("data").unwrap_or(task);
        let Some(mut draft) = json::draft(data, at, &["doc_id", "id"], imported) else { return };
        if data.get("doc_id").or_else(|| data.get("id")).is_none() {
            draft.id = json::name(task, "id").unwrap_or_default();
        }
        json::read_entities(data, at, &mut draft);
        let mut regions = Regions::default();
        for (key, status) in [("annotations", Status::Accepted), ("predictions", Status::Proposed)]
        {
            let lists = json::list(task, key);
            // The first annotation that was not cancelled, and the last prediction.
            let live = |v: &&Value| v.get("was_cancelled") != Some(&Value::Bool(true));
            let chosen = match status {
                Status::Accepted => lists.iter().find(live),
                Status::Proposed => lists.last(),
            };
            if status == Status::Accepted && lists.iter().filter(live).count() > 1 {
                let what = "it has several annotations; the first was taken";
                imported.problems.push(Problem::new(at, what));
            }
            let at = format!("{at} {key}");
            let result = chosen.map_or(&[][..], |value| json::list(value, "result"));
            regions.read(result, status, &at, &mut draft, &mut imported.problems);
        }
        imported.documents.push(draft.finish(&mut imported.problems));
    });
    for file in &configs {
        let Some(text) = file.read(&mut imported.problems) else { continue };
        match scheme(text) {
            Ok(scheme) => imported.scheme = Some(scheme),
            Err(error) => imported.problems.push(Problem::new(&file.name, error)),
        }
    }
    imported
}

/// The regions that were read, and the relations between them.
#[derive(Default)]
struct Regions {
    spans: BTreeMap<String, usize>,
    relations: Vec<(String, String, String)>,
}

impl Regions {
    fn read(
        &mut self,
        result: &[Value],
        status: Status,
        at: &str,
        draft: &mut Draft,
        problems: &mut Vec<Problem>,
    ) {
        let mut ours = Vec::new();
        for (index, item) in result.iter().enumerate() {
            let at = format!("{at} result[{index}]");
            let id = json::name(item, "id").unwrap_or_else(|| at.clone());
            let value = item.get("value").unwrap_or(&Value::Null);
            match json::text(item, "type").unwrap_or_default() {
                "labels" | "hypertextlabels" => {
                    if self.spans.contains_key(&id) {
                        continue;
                    }
                    let labels: Vec<&str> = ["labels", "hypertextlabels"]
                        .iter()
                        .flat_map(|key| json::list(value, key))
                        .filter_map(Value::as_str)
                        .collect();
                    let Some(range) = json::range_of(value, &at, ["start", "end"], problems) else {
                        continue;
                    };
                    if labels.len() != 1 {
                        problems.push(Problem::new(
                            &at,
                            format_args!("a span has one label, not {labels:?}"),
                        ));
                    }
                    let Some(label) = labels.first() else { continue };
                    self.spans.insert(id.clone(), draft.spans.len());
                    ours.push(id.clone());
                    let span = draft.span(&at, range, label);
                    span.id = id;
                    // Label Studio writes a line end as a backslash and an n.
                    let words = json::text(value, "text").filter(|words| !words.contains("\\n"));
                    span.text = words.map(str::to_owned);
                    span.status = status;
                    let is_engine = json::text(item, "origin") == Some("prediction");
                    let is_engine =
                        is_engine || (status == Status::Proposed && item.get("origin").is_none());
                    span.origin = if is_engine { Origin::Engine } else { Origin::Person };
                    span.score = json::score(item);
                    if let Some(meta) = item.get("meta") {
                        json::details(meta, span);
                        span.status = status;
                        span.origin = if is_engine { Origin::Engine } else { Origin::Person };
                        span.score = json::score(item);
                        span.note = json::list(meta, "text")
                            .first()
                            .and_then(Value::as_str)
                            .map(str::to_owned);
                    }
                }
                "choices" => {
                    let choice = json::list(value, "choices").first().and_then(Value::as_str);
                    if let (Some(place), Some(choice)) = (self.spans.get(&id), choice)
                        && ours.contains(&id)
                    {
                        let name = json::text(item, "from_name").unwrap_or(KIND).to_owned();
                        draft.spans[*place].attributes.insert(name, choice.to_owned());
                    }
                }
                "relation" => {
                    let end = |key| json::name(item, key).unwrap_or_default();
                    let label = json::list(item, "labels").first().and_then(Value::as_str);
                    let label = label.unwrap_or("relation").to_owned();
                    let link = (label, end("from_id"), end("to_id"));
                    if !self.relations.contains(&link) {
                        draft.relation(at, &link.0, &link.1, &link.2);
                        self.relations.push(link);
                    }
                }
                other => {
                    let what = format_args!("a result of type {other:?} is no span of text");
                    problems.push(Problem::new(at, what));
                }
            }
        }
    }
}

/// The labels and relations of a configuration.
fn scheme(text: &str) -> Result<Scheme, String> {
    let tree = roxmltree::Document::parse(text).map_err(|error| error.to_string())?;
    let named = |tag: &'static str| {
        tree.descendants().filter(move |n| n.has_tag_name(tag)).filter_map(|node| {
            node.attribute("value").filter(|value| !value.is_empty()).map(|value| (node, value))
        })
    };
    let labels = named("Label").map(|(node, value)| {
        let color = node.attribute("background").filter(|c| crate::scheme::color::is_color(c));
        let key = node.attribute("hotkey").and_then(|key| {
            let mut chars = key.chars();
            chars.next().filter(|_| chars.next().is_none())
        });
        LabelDef::new(value, color.map_or_else(native::grey, str::to_owned), key)
    });
    let relations = named("Relation").map(|(_, value)| RelationDef { name: Label::new(value) });
    Ok(Scheme { labels: labels.collect(), relations: relations.collect() })
}
