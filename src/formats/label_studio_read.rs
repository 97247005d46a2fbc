//! Reads Label Studio: our tasks, its exports (JSON and JSON-MIN) and a
//! labelling configuration.
//!
//! The text is the field `text`, else the one that the configuration shows,
//! else the longest; the other fields of a task are metadata. Of several
//! annotations the first that was not cancelled is taken, and the last
//! prediction. A region with several labels becomes as many spans.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::catalogue::{File, Imported};
use super::draft::{Draft, Problem};
use super::label_studio::KEYS;
use super::{json, native_shape};
use crate::document::{KIND, Origin, Status};
use crate::scheme::{Label, LabelDef, RelationDef, Scheme};

/// Reads tasks and a configuration.
pub(super) fn read(files: &[File]) -> Imported {
    let (configs, tasks): (Vec<&File>, Vec<_>) = files.iter().partition(|file| file.is("xml"));
    let mut problems = Vec::new();
    let (mut scheme, mut shown) = (None, None);
    for file in configs {
        let Some(text) = file.read(&mut problems) else { continue };
        match roxmltree::Document::parse(text) {
            Ok(tree) => {
                scheme = Some(scheme_of(&tree));
                shown = shown_in(&tree).or(shown);
            }
            Err(error) => problems.push(Problem::new(&file.name, error)),
        }
    }
    let mut imported = json::each(tasks, |value, at, imported| {
        if let Some(draft) = task(value, at, shown.as_deref(), imported) {
            imported.documents.push(draft.finish(&mut imported.problems));
        }
    });
    imported.scheme = scheme;
    imported.problems.append(&mut problems);
    imported
}

fn task(task: &Value, at: &str, shown: Option<&str>, imported: &mut Imported) -> Option<Draft> {
    let data = task.get("data").unwrap_or(task);
    let problems = &mut imported.problems;
    let Some((key, words)) = text_of(data, shown) else {
        problems.push(Problem::new(at, "it has no \"text\""));
        return None;
    };
    let id = json::name(data, "doc_id").or_else(|| json::name(data, "id"));
    let id = id.or_else(|| json::name(task, "id")).unwrap_or_default();
    let mut draft = Draft::new(at, &id, words);
    json::names(data, &mut draft);
    json::read_entities(data, at, &mut draft);
    let known: Vec<&str> = KEYS.into_iter().chain([key]).collect();
    json::metadata(data, &known, &mut draft);
    if let Some(meta) = task.get("meta").and_then(Value::as_object).filter(|m| !m.is_empty()) {
        draft.metadata.extend(meta.iter().map(|(name, value)| (name.clone(), value.to_string())));
    }
    let mut regions = Regions { spans: BTreeMap::new(), relations: Vec::new() };
    if task.get("data").is_none() {
        let fields = task.as_object().into_iter().flatten();
        for (name, value) in fields.filter(|(_, value)| is_regions(value)) {
            draft.metadata.remove(name);
            let list = value.as_array().into_iter().flatten();
            let list: Vec<Value> =
                list.map(|region| json!({"type": "labels", "value": region})).collect();
            regions.read(&list, Status::Accepted, &format!("{at} {name}"), &mut draft, problems);
        }
    }
    if json::list(task, "drafts").iter().any(|draft| draft.get("result").is_some()) {
        problems.push(Problem::new(at, "its drafts are left out"));
    }
    for (key, status) in [("annotations", Status::Accepted), ("predictions", Status::Proposed)] {
        let lists = json::list(task, key);
        let live = |v: &&Value| v.get("was_cancelled") != Some(&Value::Bool(true));
        let chosen = match status {
            Status::Accepted => lists.iter().find(live),
            Status::Proposed => lists.last(),
        };
        if status == Status::Accepted && lists.iter().filter(live).count() > 1 {
            problems.push(Problem::new(at, "it has several annotations; the first was taken"));
        }
        if status == Status::Accepted && chosen.is_none() && !lists.is_empty() {
            problems.push(Problem::new(at, "its annotation was cancelled and is left out"));
        }
        let at = format!("{at} {key}");
        let result = chosen.map_or(&[][..], |value| json::list(value, "result"));
        regions.read(result, status, &at, &mut draft, problems);
    }
    Some(draft)
}

/// The field of a task that holds its text, and the text.
fn text_of<'d>(data: &'d Value, shown: Option<&str>) -> Option<(&'d str, &'d str)> {
    let fields = data.as_object()?.iter();
    let texts = fields.filter_map(|(key, v)| Some((key.as_str(), v.as_str()?)));
    let named = |name: &str| texts.clone().find(|(key, _)| *key == name);
    let others = texts.clone().filter(|(key, _)| !KEYS.contains(key));
    named("text").or_else(|| named(shown?)).or_else(|| others.max_by_key(|(_, text)| text.len()))
}

/// Whether a field of the short export holds regions of a text.
pub(super) fn is_regions(value: &Value) -> bool {
    let is_region = |region: &Value| {
        ["start", "end", "labels"].iter().all(|key| region.get(key).is_some())
            && region.get("result").is_none()
    };
    value.as_array().is_some_and(|list| !list.is_empty() && list.iter().all(is_region))
}

/// The regions that were read, and the relations between them.
struct Regions {
    /// The place of each region's first span.
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
        let kind = |item: &Value| json::text(item, "type").unwrap_or_default().to_owned();
        let is_span = |item: &Value| matches!(&*kind(item), "labels" | "hypertextlabels");
        let first = draft.spans.len();
        for (index, item) in result.iter().enumerate().filter(|(_, item)| is_span(item)) {
            let at = format!("{at} result[{index}]");
            let id = json::name(item, "id").unwrap_or_else(|| at.clone());
            // A prediction may hold again what was accepted.
            if self.spans.get(&id).is_none_or(|place| *place >= first) {
                self.region(item, id, status, &at, draft, problems);
            }
        }
        for (index, item) in result.iter().enumerate().filter(|(_, item)| !is_span(item)) {
            let at = format!("{at} result[{index}]");
            match &*kind(item) {
                "relation" => self.relation(item, &at, draft),
                kind => self.detail(item, kind, first, &at, draft, problems),
            }
        }
    }

    fn region(
        &mut self,
        item: &Value,
        id: String,
        status: Status,
        at: &str,
        draft: &mut Draft,
        problems: &mut Vec<Problem>,
    ) {
        let value = item.get("value").unwrap_or(&Value::Null);
        let Some(range) = json::range_of(value, at, ["start", "end"], problems) else { return };
        let labels = ["labels", "hypertextlabels"].iter().flat_map(|key| json::list(value, key));
        let mut labels: Vec<&str> = labels.filter_map(Value::as_str).collect();
        if labels.is_empty() {
            labels.push("");
        }
        for label in labels {
            let place = draft.spans.len();
            let span = draft.span(at, range, label);
            if self.spans.contains_key(&id) {
                span.id = format!("{id} {place}");
            } else {
                self.spans.insert(id.clone(), place);
                span.id.clone_from(&id);
            }
            // Label Studio writes a line end as a backslash and an n.
            let words = json::text(value, "text").filter(|words| !words.contains("\\n"));
            span.text = words.map(str::to_owned);
            if let Some(meta) = item.get("meta") {
                json::details(meta, span);
                let notes = json::list(meta, "text").iter().filter_map(Value::as_str);
                let notes = notes.collect::<Vec<_>>().join("\n");
                span.note = (!notes.is_empty()).then_some(notes);
            }
            let is_engine = json::text(item, "origin") == Some("prediction")
                || status == Status::Proposed && item.get("origin").is_none();
            span.origin = if is_engine { Origin::Engine } else { Origin::Person };
            span.status = status;
            span.score = json::score(item);
        }
    }

    fn relation(&mut self, item: &Value, at: &str, draft: &mut Draft) {
        let end = |key| json::name(item, key).unwrap_or_default();
        let (from, to) = (end("from_id"), end("to_id"));
        let ways = match json::text(item, "direction") {
            Some("left") => vec![(to, from)],
            Some("bi") => vec![(from.clone(), to.clone()), (to, from)],
            _ => vec![(from, to)],
        };
        let labels = json::list(item, "labels").iter().filter_map(Value::as_str);
        let mut labels: Vec<&str> = labels.collect();
        if labels.is_empty() {
            labels.push("relation");
        }
        for label in labels {
            for (from, to) in &ways {
                let link = (label.to_owned(), from.clone(), to.clone());
                if !self.relations.contains(&link) {
                    draft.relation(at, label, from, to);
                    self.relations.push(link);
                }
            }
        }
    }

    /// What is said of a region, or of the whole text: choices, words, numbers.
    fn detail(
        &mut self,
        item: &Value,
        kind: &str,
        first: usize,
        at: &str,
        draft: &mut Draft,
        problems: &mut Vec<Problem>,
    ) {
        let value = item.get("value").unwrap_or(&Value::Null);
        let said = value.get(if kind == "textarea" { "text" } else { kind });
        let Some(said) = said.filter(|_| !kind.ends_with("labels")) else {
            let what = format_args!("a result of type {kind:?} is no span of text");
            problems.push(Problem::new(at, what));
            return;
        };
        let name = json::text(item, "from_name").unwrap_or(KIND).to_owned();
        let region = json::name(item, "id").and_then(|id| self.spans.get(&id));
        match region {
            // Of what was accepted, the annotation says it.
            Some(place) if *place < first => {}
            Some(place) => {
                let word = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
                let words = match said {
                    Value::Array(words) => words.iter().map(word).collect::<Vec<_>>().join(", "),
                    one => word(one),
                };
                draft.spans[*place].attributes.insert(name, words);
            }
            None if value.get("start").is_some() => {
                problems.push(Problem::new(at, "one of its spans is not in the file"));
            }
            None => {
                draft.metadata.insert(name, said.to_string());
            }
        }
    }
}

/// The field that a configuration shows as text: `$text`.
fn shown_in(tree: &roxmltree::Document<'_>) -> Option<String> {
    let mut nodes = tree.descendants();
    let node = nodes.find(|n| n.has_tag_name("Text") || n.has_tag_name("HyperText"))?;
    node.attribute("value")?.strip_prefix('$').map(str::to_owned)
}

/// The labels and relations of a configuration.
fn scheme_of(tree: &roxmltree::Document<'_>) -> Scheme {
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
        LabelDef::new(value, color.map_or_else(native_shape::grey, str::to_owned), key)
    });
    let relations = named("Relation").map(|(_, value)| RelationDef { name: Label::new(value) });
    Scheme { labels: labels.collect(), relations: relations.collect() }
}
