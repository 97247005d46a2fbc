//! brat stand-off: `ID.txt` and `ID.ann` a document, and the configuration
//! that brat needs to open them.
//!
//! Offsets are code points. A span over a line end is cut into fragments. The
//! kind of a quotation is an attribute, a proposal has the flag `proposed`;
//! the entity is a reference (`N`) under the entity's label, with its id and
//! name. Types are plain words there: `visual.conf` has the real names.

use std::collections::BTreeMap;

use super::catalogue::{Export, File};
use super::json;
use super::projection::is_blank;
use crate::document::{Document, KIND, SpanId, Status};
use crate::scheme::{QUOTE, QuoteKind, Scheme};
use crate::text::{ByteSpan, Offsets};

/// Writes two files a document, and the configuration.
pub(super) fn write(export: &Export<'_>) -> Vec<File> {
    let types = Types::of(export.scheme, export.documents);
    let mut files = Vec::new();
    for (document, stem) in export.documents.iter().zip(export.stems()) {
        files.push(File::text(format!("{stem}.txt"), &**document.text()));
        files.push(File::text(format!("{stem}.ann"), annotation(document, &types)));
    }
    files.push(File::text("annotation.conf", types.configuration()));
    files.push(File::text("visual.conf", types.names()));
    files.push(File::text("tools.conf", types.references()));
    files
}

fn annotation(document: &Document, types: &Types) -> String {
    let offsets = Offsets::new(document.text());
    let mut out = String::new();
    let ordered = document.spans_in_order();
    let numbers: BTreeMap<SpanId, usize> =
        ordered.iter().enumerate().map(|(index, (id, _))| (*id, index + 1)).collect();
    let (mut attributes, mut references, mut notes) = (0, 0, 0);
    for (id, span) in &ordered {
        let number = numbers[id];
        let pieces = fragments(document.text(), span.range);
        let places: Vec<String> = pieces
            .iter()
            .map(|piece| {
                let (start, end) = json::code_points(&offsets, *piece);
                format!("{start} {end}")
            })
            .collect();
        let words: Vec<&str> = pieces.iter().map(|piece| piece.of(document.text())).collect();
        let kind = types.word(Kind::Span, span.label.as_str());
        out += &format!("T{number}\t{kind} {}\t{}\n", places.join(";"), words.join(" "));
        let mut attribute = |line: String| {
            attributes += 1;
            out.push_str(&format!("A{attributes}\t{line}\n"));
        };
        if let Some(kind) = span.attributes.get(KIND) {
            attribute(format!("{KIND} T{number} {}", kind.replace(is_blank, "_")));
        }
        if span.status == Status::Proposed {
            attribute(format!("proposed T{number}"));
        }
        if let Some((id, entity)) = span.entity.and_then(|id| Some((id, document.entity(id)?))) {
            references += 1;
            let base = types.word(Kind::Entity, entity.label.as_str());
            let name = one_line(&entity.name);
            out += &format!("N{references}\tReference T{number} {base}:{id}\t{name}\n");
        }
        // A note of several lines is several notes.
        for line in span.note.iter().flat_map(|note| note.split(['\n', '\r'])) {
            notes += 1;
            out += &format!("#{notes}\tAnnotatorNotes T{number}\t{line}\n");
        }
    }
    for (index, (_, relation)) in document.relations().enumerate() {
        let kind = types.word(Kind::Relation, relation.label.as_str());
        let end = |id| numbers.get(&id).copied().unwrap_or_default();
        let (from, to) = (end(relation.from), end(relation.to));
        out += &format!("R{}\t{kind} Arg1:T{from} Arg2:T{to}\n", index + 1);
    }
    out
}

/// The lines of a span, without the line ends and the spaces beside them.
fn fragments(text: &str, range: ByteSpan) -> Vec<ByteSpan> {
    let words = range.of(text);
    let is_end =
        |c| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let lines = words.split(is_end).map(|line| {
        let start = range.start + (line.as_ptr() as usize - words.as_ptr() as usize);
        crate::text::trim(text, ByteSpan::new(start, start + line.len()))
    });
    lines.filter(|line| !line.is_empty()).collect()
}

/// Tabs and line ends would end the column.
fn one_line(text: &str) -> String {
    text.split(['\t', '\n', '\r']).collect::<Vec<_>>().join(" ")
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Span,
    Relation,
    Entity,
}

/// The plain word of each label.
struct Types(Vec<(Kind, String, String)>);

impl Types {
    fn of(scheme: &Scheme, documents: &[Document]) -> Self {
        let mut types = Self(Vec::new());
        for def in &scheme.labels {
            types.add(Kind::Span, def.name.as_str());
        }
        for def in &scheme.relations {
            types.add(Kind::Relation, def.name.as_str());
        }
        for document in documents {
            document.spans().for_each(|(_, s)| types.add(Kind::Span, s.label.as_str()));
            document.relations().for_each(|(_, r)| types.add(Kind::Relation, r.label.as_str()));
            document.entities().for_each(|(_, e)| types.add(Kind::Entity, e.label.as_str()));
        }
        types
    }

    fn add(&mut self, kind: Kind, name: &str) {
        if self.0.iter().any(|(k, n, _)| *k == kind && n == name) {
            return;
        }
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
        let mut word = plain.clone();
        let mut number = 1;
        // visual.conf names spans and entities in one list.
        while self.0.iter().any(|(_, n, w)| *w == word && n != name) {
            number += 1;
            word = format!("{plain}_{number}");
        }
        self.0.push((kind, name.to_owned(), word));
    }

    fn word<'a>(&'a self, kind: Kind, name: &'a str) -> &'a str {
        let found = self.0.iter().find(|(k, n, _)| *k == kind && n == name);
        found.map_or(name, |(_, _, word)| word)
    }

    fn words(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(k, ..)| *k == kind).map(|(_, _, word)| word.as_str())
    }

    fn configuration(&self) -> String {
        let mut out = String::from("[entities]\n");
        self.words(Kind::Span).for_each(|word| out += &format!("{word}\n"));
        out += "\n[relations]\n";
        self.words(Kind::Relation)
            .for_each(|word| out += &format!("{word}\tArg1:<ENTITY>, Arg2:<ENTITY>\n"));
        out += "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n\n[events]\n\n[attributes]\n";
        let kinds = QuoteKind::ALL.map(QuoteKind::name).join("|");
        let quote = self.word(Kind::Span, QUOTE);
        out + &format!("{KIND}\tArg:{quote}, Value:{kinds}\nproposed\tArg:<ENTITY>\n")
    }

    /// `visual.conf`: what stands for each word on the screen.
    fn names(&self) -> String {
        let mut out = String::from("[labels]\n");
        let mut seen = std::collections::BTreeSet::new();
        for (_, name, word) in &self.0 {
            if seen.insert(word) {
                out += &format!("{word} | {}\n", one_line(name));
            }
        }
        out + "\n[drawing]\n"
    }

    /// `tools.conf`: the names under which references point at entities.
    fn references(&self) -> String {
        let mut out = String::from("[normalization]\n");
        self.words(Kind::Entity).for_each(|word| {
            out += &format!("{word}\tDB:{word}, <URL>:about:blank, <URLBASE>:about:blank#%s\n");
        });
        out
    }
}
