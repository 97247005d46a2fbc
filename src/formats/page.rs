//! The annotated dispatches as one page of HTML that needs nothing else.
//!
//! Labels are readable without colour: each span has its label as a title and
//! beside its last word, and who says a quotation.

use super::catalogue::{Export, File};
use super::nest::{Event, events};
use super::xml;
use crate::document::{Document, KIND, Status};
use crate::scheme::{QUOTE, Scheme};
use crate::text::ByteSpan;

const STYLE: &str = include_str!("page.css");

/// Writes one page with all documents.
pub(super) fn write(export: &Export<'_>) -> Vec<File> {
    let language = export.documents.first().map_or("fr", |document| &document.language);
    let title = match export.documents {
        [document] if !document.title.is_empty() => &document.title,
        _ => &export.options.stem,
    };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"generator\" content=\"{}\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n",
        xml::escape(language),
        super::native::GENERATOR,
        xml::escape(title),
    );
    for document in export.documents {
        article(&mut out, document, export.scheme);
    }
    out += "</html>\n";
    vec![File::text(export.file("html"), out)]
}

fn article(out: &mut String, document: &Document, scheme: &Scheme) {
    let language = xml::escape(&document.language);
    *out += &format!("<article lang=\"{language}\">\n");
    let title = if document.title.is_empty() { &document.id } else { &document.title };
    *out += &format!("<h1>{}</h1>\n<div class=\"text\">", xml::escape(title));
    let spans = document.spans_in_order();
    let ranges: Vec<ByteSpan> = spans.iter().map(|(_, span)| span.range).collect();
    let (events, pieces) = events(document.text().len(), &ranges);
    let mut open: Vec<(usize, bool)> = Vec::new();
    for event in events {
        match event {
            Event::Open { span: index, piece } => {
                let span = spans[index].1;
                let color = scheme.label(&span.label).map_or("#6b6760", |def| &def.color);
                let mut title = span.label.to_string();
                if let Some(kind) = span.attributes.get(KIND) {
                    title += &format!(" ({kind})");
                }
                if let Some(entity) = span.entity.and_then(|id| document.entity(id)) {
                    title += &format!(": {}", entity.name);
                }
                if let Some(note) = &span.note {
                    title += &format!(" [{note}]");
                }
                let class = if span.status == Status::Proposed { "proposed" } else { "accepted" };
                *out += &format!(
                    "<mark class=\"{class}\" style=\"--c:{}\" title=\"{}\">",
                    xml::escape(color),
                    xml::escape(&title)
                );
                open.push((index, piece + 1 == pieces[index]));
            }
            Event::Text(range) => *out += &xml::content(range.of(document.text())),
            Event::Close => {
                if let Some((index, true)) = open.pop() {
                    // Not selectable, so that copied text is the text.
                    *out += &format!(
                        "<i data-label=\"{}\"></i>",
                        xml::escape(spans[index].1.label.as_str())
                    );
                }
                *out += "</mark>";
            }
        }
    }
    *out += "</div>\n";
    quotations(out, document);
    *out += "</article>\n";
}

/// Who says what, as a list under the text.
fn quotations(out: &mut String, document: &Document) {
    let quotes: Vec<_> =
        document.spans_in_order().into_iter().filter(|(_, s)| s.label == *QUOTE).collect();
    if quotes.is_empty() {
        return;
    }
    *out += "<dl>\n";
    for (_, quote) in quotes {
        let who = quote.entity.and_then(|id| document.entity(id)).map_or("?", |e| e.name.as_str());
        *out += &format!(
            "<dt>{}</dt><dd>{}</dd>\n",
            xml::content(who),
            xml::content(document.words(quote))
        );
    }
    *out += "</dl>\n";
}
