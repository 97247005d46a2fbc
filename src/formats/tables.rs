//! Tables for people who read in a spreadsheet: who says what, and who and
//! what is named. The same tables leave as CSV and as the sheets of a
//! workbook.

use std::collections::BTreeMap;

use super::catalogue::{Export, File};
use super::json;
use crate::document::{Document, KIND, Span, SpanId, Status};
use crate::scheme::{MentionLabel, QUOTE, relation};
use crate::text::{Offsets, order};

/// A table: its first row is its head.
pub(super) struct Table {
    pub name: &'static str,
    pub rows: Vec<Vec<Cell>>,
}

/// What stands in a cell.
pub(super) enum Cell {
    Text(String),
    Number(usize),
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// Writes the quotations.
pub(super) fn write_quotations(export: &Export<'_>) -> Vec<File> {
    vec![File::text(export.file("quotations.csv"), csv(&quotations(export.documents)))]
}

/// Writes the mentions with their entities.
pub(super) fn write_entities(export: &Export<'_>) -> Vec<File> {
    vec![File::text(export.file("entities.csv"), csv(&entities(export.documents)))]
}

/// RFC 4180, with the mark by which Excel knows UTF-8.
pub(super) fn csv(table: &Table) -> String {
    let mut out = String::from("\u{feff}");
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(field).collect();
        out += &cells.join(",");
        out += "\r\n";
    }
    out
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => {
            // A spreadsheet would run these as a formula.
            let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
            let guard = if is_formula { "'" } else { "" };
            if is_formula || text.contains([',', '"', '\n', '\r', ';', '\t']) {
                quoted(&format!("{guard}{text}"))
            } else {
                text.clone()
            }
        }
    }
}

/// A field of a CSV file in its quotation marks.
pub(super) fn quoted(field: &str) -> String {
    format!("\"{}\"", field.replace('"', "\"\""))
}

fn head(names: &[&str]) -> Vec<Cell> {
    names.iter().map(|name| Cell::text(*name)).collect()
}

/// One row a quotation, in text order; the parts of one utterance share
/// its number.
pub(super) fn quotations(documents: &[Document]) -> Table {
    let mut rows = vec![head(&[
        "document",
        "title",
        "utterance",
        "who",
        "role",
        "quote",
        "kind",
        "cue",
        "speaker",
        "start",
        "end",
        "status",
    ])];
    let mut utterances = 0;
    for document in documents {
        let offsets = Offsets::new(document.text());
        let mut numbers: BTreeMap<SpanId, usize> = BTreeMap::new();
        for (id, quote) in document.spans_in_order() {
            if quote.label != *QUOTE {
                continue;
            }
            let number = *numbers.entry(id).or_insert_with(|| {
                utterances += 1;
                utterances
            });
            for (_, next) in document.links(id, relation::NEXT) {
                numbers.insert(next.to, number);
            }
            let linked = |label| {
                let mut ends = document.links(id, label).filter_map(|(_, r)| document.span(r.to));
                ends.next()
            };
            let words = |span: Option<&Span>| {
                Cell::text(span.map_or("", |span| document.words(span)).trim())
            };
            let (cue, speaker) = (linked(relation::CUE), linked(relation::SPEAKER));
            let entity = quote.entity.or_else(|| speaker.and_then(|s| s.entity));
            let who = entity.and_then(|e| document.entity(e)).map(|e| e.name.as_str());
            let who = who.or_else(|| speaker.map(|span| document.words(span))).unwrap_or_default();
            let (start, end) = json::code_points(&offsets, quote.range);
            rows.push(vec![
                Cell::text(&document.id),
                Cell::text(&document.title),
                Cell::Number(number),
                Cell::text(who),
                words(role(document, quote, speaker)),
                Cell::text(document.words(quote)),
                Cell::text(quote.attributes.get(KIND).map_or("", String::as_str)),
                words(cue),
                words(speaker),
                Cell::Number(start),
                Cell::Number(end),
                Cell::text(status(quote)),
            ]);
        }
    }
    Table { name: "quotations", rows }
}

/// The role of who speaks: inside the speaker's phrase, else the first that
/// is tied to the same entity.
fn role<'d>(document: &'d Document, quote: &Span, speaker: Option<&Span>) -> Option<&'d Span> {
    let is_role = |span: &Span| span.label == *MentionLabel::Role.name();
    let mut roles: Vec<&Span> = document.spans().map(|(_, s)| s).filter(|s| is_role(s)).collect();
    order::sort_by_key(&mut roles, |span| span.range);
    let inside = |span: &&&Span| speaker.is_some_and(|s| s.range.contains(span.range));
    let same = |span: &&&Span| span.entity.is_some() && span.entity == quote.entity;
    roles.iter().find(inside).or_else(|| roles.iter().find(same)).copied()
}

/// One row a span that names someone or something, in text order, and one an
/// entity that no span is about.
pub(super) fn entities(documents: &[Document]) -> Table {
    let names =
        ["document", "title", "entity", "name", "type", "label", "text", "start", "end", "status"];
    let mut rows = vec![head(&names)];
    for document in documents {
        let offsets = Offsets::new(document.text());
        let mut row = |key: String, name: &str, kind: &str, span: Option<&Span>| {
            let place = span.map(|span| json::code_points(&offsets, span.range));
            let number = |n: Option<usize>| n.map_or(Cell::text(""), Cell::Number);
            rows.push(vec![
                Cell::text(&document.id),
                Cell::text(&document.title),
                Cell::text(key),
                Cell::text(name),
                Cell::text(kind),
                Cell::text(span.map_or("", |span| span.label.as_str())),
                Cell::text(span.map_or("", |span| document.words(span))),
                number(place.map(|(start, _)| start)),
                number(place.map(|(_, end)| end)),
                Cell::text(span.map_or("", status)),
            ]);
        };
        for (_, span) in document.spans_in_order() {
            if super::layer_of(&span.label) == super::Layer::Quotations {
                continue;
            }
            match span.entity.and_then(|id| Some((id, document.entity(id)?))) {
                Some((id, e)) => row(id.to_string(), &e.name, e.label.as_str(), Some(span)),
                None => row(String::new(), "", "", Some(span)),
            }
        }
        for (id, entity) in document.entities() {
            let is_named = |span: &Span| {
                span.entity == Some(id) && super::layer_of(&span.label) == super::Layer::Mentions
            };
            if !document.spans().any(|(_, span)| is_named(span)) {
                row(id.to_string(), &entity.name, entity.label.as_str(), None);
            }
        }
    }
    Table { name: "entities", rows }
}

fn status(span: &Span) -> &'static str {
    match span.status {
        Status::Proposed => "proposed",
        Status::Accepted => "accepted",
    }
}
