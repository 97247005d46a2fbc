//! CoNLL-U with the entities of CorefUD: `Entity=(e1-PERSON-1` … `e1)` in the
//! last column. One layer; its spans may nest.
//!
//! `SpacesAfter` gives the text back (`\s`, `\t`, `\n`, `\r`, as UDPipe writes
//! it). A span of no entity has an id of its own, as `d1x4`; the names of
//! entities stand in comments.

use std::collections::BTreeMap;

use super::Unit;
use super::catalogue::{Export, File, Imported};
use super::draft::{Draft, Problem};
use super::words::Words;
use crate::document::{Document, Span, SpanId};
use crate::text::ByteSpan;

/// The comment that holds a text without words.
const BLANK: &str = "# blank = ";
/// The comment that names an entity: its id, its label, its name.
const NAME: &str = "# entity = ";

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

fn unescaped(gap: &str) -> String {
    let mut out = String::new();
    let mut chars = gap.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('s') => out.push(' '),
            Some('t') => out.push('\t'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('p') => out.push('|'),
            Some('u') => {
                let digits: String = chars.by_ref().take(4).collect();
                out.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

/// Reads files of such lines; a file without `newdoc` is one document.
pub(super) fn read(files: &[File]) -> Imported {
    let mut imported = Imported::default();
    for file in files {
        let Some(text) = file.read(&mut imported.problems) else { continue };
        let mut reading: Option<Reading> = None;
        for (index, line) in text.split('\n').enumerate() {
            let line = line.strip_suffix('\r').unwrap_or(line);
            let at = format!("{} line {}", file.name, index + 1);
            if line == "# newdoc" || line.starts_with("# newdoc ") {
                if let Some(done) = reading.take() {
                    done.finish(&mut imported);
                }
                let id = line.split_once(" = ").map_or("", |(_, id)| id);
                reading = Some(Reading::new(&at, id));
                continue;
            }
            if line.is_empty() {
                if let Some(reading) = &mut reading {
                    reading.covered = 0;
                }
                continue;
            }
            let is_told = line.starts_with(BLANK) || line.starts_with(NAME);
            if line.starts_with('#') && !is_told {
                continue;
            }
            let reading = reading.get_or_insert_with(|| Reading::new(&at, file.stem()));
            if let Err(what) = reading.line(line, &at) {
                imported.problems.push(Problem::new(at, what));
            }
        }
        if let Some(done) = reading {
            done.finish(&mut imported);
        }
    }
    imported
}

struct Reading {
    draft: Draft,
    /// White space that stands before the next token.
    gap: String,
    /// Whether the file tells that white space: at the end of a text the
    /// default of one space is none.
    is_told: bool,
    open: Vec<(String, String, usize, String)>,
    /// Up to where a multiword token holds the forms.
    covered: usize,
    /// Where the last form lies.
    last: (usize, usize),
}

impl Reading {
    fn new(at: &str, id: &str) -> Self {
        let mut draft = Draft::new(at, id, "");
        draft.unit = Unit::Byte;
        Self {
            draft,
            gap: String::new(),
            is_told: false,
            open: Vec::new(),
            covered: 0,
            last: (0, 0),
        }
    }

    fn line(&mut self, line: &str, at: &str) -> Result<(), String> {
        if let Some(entity) = line.strip_prefix(NAME) {
            let mut parts = entity.splitn(3, ' ');
            let (Some(id), Some(label)) = (parts.next(), parts.next()) else {
                return Err("an entity has an id, a label and a name".to_owned());
            };
            self.draft.entity(at, id, parts.next().unwrap_or_default(), label);
            return Ok(());
        }
        if let Some(blank) = line.strip_prefix(BLANK) {
            self.draft.text += &unescaped(blank);
            return Ok(());
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [number, form, .., notes] = columns[..] else {
            return Err("a word has ten columns with tabs between them".to_owned());
        };
        if columns.len() != 10 {
            return Err(format!("a word has ten columns, not {}", columns.len()));
        }
        // Empty nodes are no words of the text.
        if number.contains('.') {
            return Ok(());
        }
        let start = self.draft.text.len() + self.gap.len();
        let range = number.split_once('-').and_then(|(_, last)| last.parse::<usize>().ok());
        let inside = number.parse::<usize>().is_ok_and(|n| n <= self.covered);
        if let Some(last) = range {
            self.covered = last;
        }
        let fields = || notes.split('|').filter_map(|field| field.split_once('='));
        let note = |name: &str| fields().find(|(key, _)| *key == name).map(|(_, value)| value);
        let (mut begin, mut end) = (start, start + form.len());
        if inside {
            // A word of a multiword token: the token's form stands for it.
            (begin, end) = self.last;
        } else {
            let before = note("SpacesBefore").filter(|_| self.draft.text.is_empty());
            self.draft.text += &before.map(unescaped).unwrap_or_default();
            self.draft.text += &std::mem::take(&mut self.gap);
            begin = begin.max(self.draft.text.len());
            self.draft.text += form;
            end = end.max(self.draft.text.len());
            self.last = (begin, end);
            self.is_told = note("SpacesAfter").is_some();
            self.gap = match note("SpacesAfter") {
                Some(gap) => unescaped(gap),
                None if note("SpaceAfter") == Some("No") => String::new(),
                None => " ".to_owned(),
            };
        }
        match note("Entity") {
            Some(entity) => self.brackets(entity, begin, end, at),
            None => Ok(()),
        }
    }

    /// `e1)(e2-ORG-1(e3-PLACE-1)`: what closes and opens at a word.
    fn brackets(
        &mut self,
        mut rest: &str,
        start: usize,
        end: usize,
        at: &str,
    ) -> Result<(), String> {
        while !rest.is_empty() {
            if let Some(opened) = rest.strip_prefix('(') {
                let until = opened.find(['(', ')']).unwrap_or(opened.len());
                let mut fields = opened[..until].split('-');
                let id = fields.next().unwrap_or_default().to_owned();
                let label = fields.next().filter(|l| !l.is_empty()).unwrap_or("MENTION").to_owned();
                rest = &opened[until..];
                self.open.push((id.clone(), label, start, at.to_owned()));
                if let Some(after) = rest.strip_prefix(')') {
                    rest = after;
                    self.close(&id, end)?;
                }
            } else {
                let until = rest.find(')').ok_or_else(|| format!("{rest:?} closes nothing"))?;
                let id = rest[..until].split('-').next().unwrap_or_default().to_owned();
                rest = &rest[until + 1..];
                self.close(&id, end)?;
            }
        }
        Ok(())
    }

    fn close(&mut self, id: &str, end: usize) -> Result<(), String> {
        let found = self.open.iter().rposition(|(open, ..)| open == id);
        let place = found.ok_or_else(|| format!("{id} closes and was not opened"))?;
        let (_, label, start, at) = self.open.remove(place);
        let own = is_own(id);
        if !own {
            let name = self.draft.text.get(start..end).unwrap_or_default().to_owned();
            self.draft.entity(&at, id, &name, &label);
        }
        let span = self.draft.span(at, (start, end), &label);
        span.entity = (!own).then(|| id.to_owned());
        Ok(())
    }

    fn finish(mut self, imported: &mut Imported) {
        if self.is_told {
            self.draft.text += &self.gap;
        }
        for (id, _, _, at) in &self.open {
            imported.problems.push(Problem::new(at, format_args!("{id} opens and never closes")));
        }
        imported.documents.push(self.draft.finish(&mut imported.problems));
    }
}

/// Whether an id is one of ours for a span of no entity: `d1x4`.
fn is_own(id: &str) -> bool {
    let parts = id.strip_prefix('d').and_then(|id| id.split_once('x'));
    let is_number = |part: &str| part.parse::<u32>().is_ok();
    parts.is_some_and(|(document, span)| is_number(document) && is_number(span))
}
