//! CoNLL-U with the entities of CorefUD: `Entity=(e1-PERSON-1` … `e1)` in the
//! last column. One layer; its spans may nest.
//!
//! `SpacesAfter` gives the text back (`\s`, `\t`, `\n`, `\r`, as UDPipe writes
//! it). A span of no entity has an id of its own, as `d1x4`; the names of
//! entities stand in comments.

use std::collections::BTreeMap;

use super::catalogue::{Export, File};
use super::words::Words;
use crate::document::{Document, Span, SpanId};
use crate::text::ByteSpan;

/// The comment that holds a text without words.
pub(super) const BLANK: &str = "# blank = ";
/// The comment that names an entity: its id, its label, its name.
pub(super) const NAME: &str = "# entity = ";

/// Writes all documents into one file.
pub(super) fn write(export: &Export<'_>) -> Vec<File> {
    let mut out = String::from("# global.Entity = eid-etype-head\n");
    let mut number = 0;
    for (index, document) in export.documents.iter().enumerate() {
        // Readers take a file for one space of names.
        let prefix = format!("d{}", index + 1);
        out += &format!("# newdoc id = {}\n", document.id.replace(['\n', '\r'], " "));
        for (id, entity) in document.entities() {
            let name = entity.name.split_whitespace().collect::<Vec<_>>().join(" ");
            out += &format!("{NAME}{prefix}{id} {} {name}\n", entity.label);
        }
        sentences(&mut out, document, &prefix, &mut number);
    }
    // Comments alone are no sentence: what has no words ends the file.
    vec![File::text(export.file("conllu"), out)]
}

/// `number` is that of the last sentence: readers want each only once a file.
fn sentences(out: &mut String, document: &Document, prefix: &str, number: &mut usize) {
    let text = document.text();
    let whole: Vec<ByteSpan> = document.spans().map(|(_, span)| span.range).collect();
    let words = Words::of(document, &whole);
    if words.tokens.is_empty() && !text.is_empty() {
        *out += &format!("{BLANK}{}\n", spaces(text));
    }
    let brackets = brackets(document, &words, prefix);
    for sentence in &words.sentences {
        *number += 1;
        let first = words.tokens[sentence.start].start;
        let last = words.tokens[sentence.end - 1].end;
        let shown = text[first..last].split_whitespace().collect::<Vec<_>>().join(" ");
        *out += &format!("# sent_id = {number}\n# text = {shown}\n");
        for at in sentence.clone() {
            let token = words.tokens[at];
            let until = words.tokens.get(at + 1).map_or(text.len(), |next| next.start);
            let mut notes = Vec::new();
            if at == 0 && token.start > 0 {
                notes.push(format!("SpacesBefore={}", spaces(&text[..token.start])));
            }
            let is_last = at + 1 == words.tokens.len();
            match &text[token.end..until] {
                " " if !is_last => {}
                "" => notes.push("SpaceAfter=No".to_owned()),
                gap => notes.push(format!("SpacesAfter={}", spaces(gap))),
            }
            if let Some(entity) = brackets.get(&at) {
                notes.insert(0, format!("Entity={entity}"));
            }
            let notes = if notes.is_empty() { "_".to_owned() } else { notes.join("|") };
            let place = at - sentence.start + 1;
            *out += &format!("{place}\t{}\t_\t_\t_\t_\t_\t_\t_\t{notes}\n", token.of(text));
        }
        out.push('\n');
    }
}

/// What opens and closes at each token.
fn brackets(document: &Document, words: &Words, prefix: &str) -> BTreeMap<usize, String> {
    let name = |id: SpanId, span: &Span| {
        span.entity.map_or_else(|| format!("{prefix}x{}", id.0), |e| format!("{prefix}{e}"))
    };
    let mut opens: BTreeMap<usize, String> = BTreeMap::new();
    let mut closes: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (id, span) in document.spans_in_order() {
        let tokens = words.inside(span.range);
        if tokens.is_empty() {
            continue;
        }
        let last = tokens.end - 1;
        let open = format!("({}-{}-1", name(id, span), span.label);
        let opened = opens.entry(tokens.start).or_default();
        *opened += &open;
        if tokens.start == last {
            opened.push(')');
        } else {
            closes.entry(last).or_default().push(format!("{})", name(id, span)));
        }
    }
    let mut all: BTreeMap<usize, String> = BTreeMap::new();
    for (at, closed) in closes {
        // What was opened last closes first.
        all.insert(at, closed.into_iter().rev().collect());
    }
    for (at, opened) in opens {
        *all.entry(at).or_default() += &opened;
    }
    all
}

fn spaces(gap: &str) -> String {
    let one = |c: char| match c {
        ' ' => "\\s".to_owned(),
        '\t' => "\\t".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '|' => "\\p".to_owned(),
        '\\' => "\\\\".to_owned(),
        // Readers that cut lines at these would lose the rest.
        c if matches!(
            c,
            '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1f}' | '\u{85}' | '\u{2028}' | '\u{2029}'
        ) =>
        {
            format!("\\u{:04X}", u32::from(c))
        }
        c => c.to_string(),
    };
    gap.chars().map(one).collect()
}
