//! Reads W3C Web Annotations on a text: ours and those of other tools.
//!
//! A target is found by its position, by a fragment (`char=5,10`), or by its
//! quote alone, with what stands before and after it. Each tag of an
//! annotation is a span; one without a tag has its motivation for a label. A
//! link has two targets, or leads from its target to its body.

use std::collections::BTreeMap;

use serde_json::Value;

use super::catalogue::{File, Imported};
use super::draft::{Draft, Problem};
use super::{Unit, json};
use crate::document::{KIND, Status};
use crate::text::{ByteSpan, Offsets};

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
        let items = items(&value);
        let offsets = Offsets::new(text);
        let claims = items.iter().filter_map(|item| {
            let selectors = selectors(item);
            let ((start, end), quote) = (position(&selectors)?, quote(&selectors)?);
            Some((start, end, json::text(quote, "exact")))
        });
        let place =
            Place { text, offsets: &offsets, unit: draft.unit.meant(&offsets, text, claims) };
        for (index, item) in items.iter().enumerate() {
            let at = format!("{} items[{index}]", file.name);
            if let Err(what) = place.annotation(item, &at, &mut draft) {
                imported.problems.push(Problem::new(at, what));
            }
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

/// The annotations of a page, a list, a collection with its pages in it, or
/// the one that a file is.
fn items(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(values) => values.iter().flat_map(items).collect(),
        _ if value.get("items").is_some() => json::list(value, "items").iter().collect(),
        _ if value.get("first").is_some_and(Value::is_object) => items(&value["first"]),
        one if json::text(one, "type") == Some("AnnotationPage") => Vec::new(),
        one if one.is_object() => vec![one],
        _ => Vec::new(),
    }
}

fn selectors(item: &Value) -> Vec<&Value> {
    several(item, "target").into_iter().flat_map(|target| several(target, "selector")).collect()
}

fn of<'v>(selectors: &[&'v Value], kind: &str) -> Option<&'v Value> {
    selectors.iter().copied().find(|selector| json::text(selector, "type") == Some(kind))
}

fn position(selectors: &[&Value]) -> Option<(usize, usize)> {
    let selector = of(selectors, "TextPositionSelector")?;
    json::offset(selector, "start").zip(json::offset(selector, "end"))
}

fn quote<'v>(selectors: &[&'v Value]) -> Option<&'v Value> {
    of(selectors, "TextQuoteSelector").filter(|quote| json::text(quote, "exact").is_some())
}

/// The characters that a fragment names (RFC 5147): `char=5,10`.
fn fragment(words: &str) -> Option<(usize, usize)> {
    let (start, rest) = words.split_once("char=")?.1.split_once(',')?;
    let end = rest.split(';').next()?;
    Some((start.parse().ok()?, end.parse().ok()?))
}

/// What a link leads to: an address, or an object that has or names one.
fn address(value: &Value) -> Option<String> {
    let named = || json::name(value, "id").or_else(|| json::name(value, "source"));
    value.as_str().map(str::to_owned).or_else(named)
}

/// A text, and what the positions in its annotations count.
struct Place<'a> {
    text: &'a str,
    offsets: &'a Offsets<'a>,
    unit: Unit,
}

impl Place<'_> {
    fn annotation(&self, item: &Value, at: &str, draft: &mut Draft) -> Result<(), String> {
        let bodies = several(item, "body");
        let purpose = |body: &Value| {
            let own = json::text(body, "purpose").map(str::to_owned);
            own.unwrap_or_else(|| if body.is_string() { "linking" } else { "tagging" }.to_owned())
        };
        let find = |wanted| bodies.iter().copied().find(|body| purpose(body) == wanted);
        let value = |wanted| find(wanted).and_then(|body| json::text(body, "value"));
        let tags = bodies.iter().filter(|body| purpose(body) == "tagging");
        let mut tags: Vec<&str> = tags.filter_map(|body| json::text(body, "value")).collect();
        tags.extend(json::text(item, "bodyValue"));
        let motivations = several(item, "motivation");
        let motivation = motivations.first().and_then(|m| m.as_str()).unwrap_or("highlighting");
        if motivation == "linking" {
            let targets = several(item, "target").into_iter().filter_map(address);
            let mut ends: Vec<String> = targets.collect();
            if ends.len() == 1 {
                ends.extend(
                    bodies
                        .iter()
                        .copied()
                        .filter(|b| json::text(b, "value").is_none())
                        .filter_map(address),
                );
            }
            let [from, to] = &ends[..] else { return Err("a link has two targets".to_owned()) };
            draft.relation(at, tags.first().copied().unwrap_or("relation"), from, to);
            return Ok(());
        }
        let selectors = selectors(item);
        let quote = quote(&selectors);
        let (start, end) = self.range(item, &selectors, quote)?;
        if tags.is_empty() {
            tags.push(motivation);
        }
        let words = quote.and_then(|quote| json::text(quote, "exact"));
        let entity = find("identifying").and_then(|body| {
            let id = address(body)?;
            // The last part of our own addresses is our id.
            let own = id.strip_prefix("urn:guillemet:").and_then(|id| id.rsplit(':').next());
            let id = own.unwrap_or(&id).to_owned();
            let name = json::text(body, "value").or(words).unwrap_or(&id);
            draft.entity(at, &id, name, json::text(body, "label").unwrap_or(tags[0]));
            Some(id)
        });
        for (index, tag) in tags.iter().enumerate() {
            let span = draft.span(at, (start, end), tag);
            let id = json::name(item, "id").unwrap_or_else(|| at.to_owned());
            span.id = if index == 0 { id } else { format!("{id} {index}") };
            span.text = words.map(str::to_owned);
            span.entity.clone_from(&entity);
            span.note = value("commenting").map(str::to_owned);
            if value("assessing") == Some("proposed") {
                span.status = Status::Proposed;
            }
            if let Some(kind) = value("classifying") {
                span.attributes.insert(KIND.to_owned(), kind.to_owned());
            }
        }
        Ok(())
    }

    /// Where an annotation lies, in the unit of the file.
    fn range(
        &self,
        item: &Value,
        selectors: &[&Value],
        quote: Option<&Value>,
    ) -> Result<(usize, usize), String> {
        let targets = several(item, "target");
        let fragments = of(selectors, "FragmentSelector").and_then(|s| json::text(s, "value"));
        let addresses = targets.iter().copied().filter_map(address);
        let named = || {
            let (start, end) = fragments
                .and_then(fragment)
                .or_else(|| addresses.clone().find_map(|a| fragment(&a)))?;
            let range = Unit::CodePoint.resolve(self.offsets, start, end).ok()?;
            Some(self.unit.count(self.offsets, range))
        };
        if let Some(range) = position(selectors).or_else(named) {
            return Ok(range);
        }
        let quote = quote.ok_or("it has neither a position nor a quote")?;
        let part = |name| json::text(quote, name).unwrap_or_default();
        let (exact, prefix, suffix) = (part("exact"), part("prefix"), part("suffix"));
        let places = || self.text.match_indices(exact).filter(|(_, words)| !words.is_empty());
        let fits = |at: usize| {
            self.text[..at].ends_with(prefix) && self.text[at + exact.len()..].starts_with(suffix)
        };
        let mut fitting = places().map(|(at, _)| at).filter(|at| fits(*at));
        let (first, second) = (fitting.next(), fitting.next());
        let only = || places().next().filter(|_| places().nth(1).is_none()).map(|(at, _)| at);
        let Some(at) = first.filter(|_| second.is_none()).or_else(only) else {
            let there = places().next().is_some();
            return Err(if there {
                "its quote stands more than once in the text"
            } else {
                "its quote is not in the text"
            }
            .to_owned());
        };
        Ok(self.unit.count(self.offsets, ByteSpan::new(at, at + exact.len())))
    }
}
