//! Reads CoNLL-U: entities in brackets, as CorefUD and ours have them, and
//! tags of tokens (`NE=B-PER`), as spaCy and Stanza write them.
//!
//! `global.Entity` says what the fields of a bracket are: the type is the
//! label, the rest are attributes. A mention in parts becomes several spans.

use std::collections::BTreeSet;

use super::Unit;
use super::catalogue::{File, Imported};
use super::conllu::{BLANK, NAME};
use super::draft::{Draft, Problem};
use super::words::{is_tag, spans_of};

/// The comment that names the fields of brackets.
const FIELDS: &str = "# global.Entity = ";
/// The fields that no attribute keeps: id, type, and which word is the head.
const PLAIN: [&str; 5] = ["eid", "GRP", "etype", "head", "minspan"];
/// Under which names tokens have tags.
const TAGS: [&str; 4] = ["NE", "name", "ner", "NER"];
/// Links that our model has no place for.
const LINKS: [&str; 2] = ["Bridge", "SplitAnte"];

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
        let mut fields = vec!["eid".to_owned(), "etype".to_owned(), "head".to_owned()];
        for (index, line) in text.split('\n').enumerate() {
            let line = line.strip_suffix('\r').unwrap_or(line);
            let at = format!("{} line {}", file.name, index + 1);
            if line == "# newdoc" || line.starts_with("# newdoc ") {
                if let Some(done) = reading.take() {
                    done.finish(&mut imported);
                }
                let id = line.split_once(" = ").map_or("", |(_, id)| id);
                reading = Some(Reading::new(&at, id, &fields));
                continue;
            }
            if let Some(told) = line.strip_prefix(FIELDS) {
                fields = told.trim().split('-').map(str::to_owned).collect();
                if let Some(reading) = &mut reading {
                    reading.fields.clone_from(&fields);
                }
                continue;
            }
            if line.is_empty() {
                if let Some(reading) = &mut reading {
                    reading.end();
                }
                continue;
            }
            let is_told = line.starts_with(BLANK) || line.starts_with(NAME);
            if line.starts_with('#') && !is_told {
                continue;
            }
            let reading = reading.get_or_insert_with(|| Reading::new(&at, file.stem(), &fields));
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

/// A mention that was opened.
struct Open {
    id: String,
    fields: Vec<String>,
    start: usize,
    at: String,
}

struct Reading {
    draft: Draft,
    /// White space that stands before the next token.
    gap: String,
    /// Whether the file tells that white space: at the end of a text the
    /// default of one space is none.
    is_told: bool,
    /// What the fields of a bracket are.
    fields: Vec<String>,
    open: Vec<Open>,
    /// The tags of a sentence, and where their words lie.
    tags: Vec<(String, usize, usize)>,
    /// What was left out, each said once.
    left: BTreeSet<String>,
    /// Up to where a multiword token holds the forms.
    covered: usize,
    /// Where the last form lies.
    last: (usize, usize),
}

impl Reading {
    fn new(at: &str, id: &str, fields: &[String]) -> Self {
        let mut draft = Draft::new(at, id, "");
        draft.unit = Unit::Byte;
        Self {
            draft,
            gap: String::new(),
            is_told: false,
            fields: fields.to_vec(),
            open: Vec::new(),
            tags: Vec::new(),
            left: BTreeSet::new(),
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
        let start = self.draft.text.len() + self.gap.len();
        let range = number.split_once('-').and_then(|(_, last)| last.parse::<usize>().ok());
        let inside = number.parse::<usize>().is_ok_and(|n| n <= self.covered);
        if let Some(last) = range {
            self.covered = last;
        }
        let fields = || notes.split('|').filter_map(|field| field.split_once('='));
        let note = |name: &str| fields().find(|(key, _)| *key == name).map(|(_, value)| value);
        for link in LINKS.into_iter().filter(|link| note(link).is_some()) {
            self.left.insert(format!("its links of {link} are left out"));
        }
        // Empty nodes are no words of the text.
        if number.contains('.') {
            let end = self.draft.text.len();
            return note("Entity").map_or(Ok(()), |entity| self.brackets(entity, start, end, at));
        }
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
        if range.is_none() {
            let tag = TAGS.iter().filter_map(|name| note(name)).find(|tag| is_tag(tag));
            self.tags.push((tag.unwrap_or("O").to_owned(), begin, end));
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
                let fields = opened[..until].splitn(self.fields.len().max(2), '-');
                let fields: Vec<String> = fields.map(str::to_owned).collect();
                let id = fields.first().cloned().unwrap_or_default();
                rest = &opened[until..];
                self.open.push(Open { id: id.clone(), fields, start, at: at.to_owned() });
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
        let found = self.open.iter().rposition(|open| open.id == id);
        let place = found.ok_or_else(|| format!("{id} closes and was not opened"))?;
        let Open { fields, start, at, .. } = self.open.remove(place);
        if start >= end {
            return Err("a mention without words is left out".to_owned());
        }
        // `e1[1/2]` is a part of a mention of `e1`.
        let entity = id.split_once('[').map_or(id, |(id, _)| id);
        if entity != id {
            self.left.insert(format!("the parts of a mention of {entity} became several spans"));
        }
        let mut label = "MENTION";
        let named = || self.fields.iter().zip(&fields).filter(|(_, value)| !value.is_empty());
        // Where no field is called so, the second is the type.
        let is_told = self.fields.iter().any(|name| name == "etype");
        for (index, (name, value)) in self.fields.iter().zip(&fields).enumerate() {
            let is_type = if is_told { name == "etype" } else { index == 1 };
            if is_type && !value.is_empty() {
                label = value;
            }
        }
        let own = is_own(entity);
        if !own {
            let name = self.draft.text.get(start..end).unwrap_or_default().to_owned();
            self.draft.entity(&at, entity, &name, label);
        }
        let span = self.draft.span(at, (start, end), label);
        span.entity = (!own).then(|| entity.to_owned());
        let others = named().filter(|(name, _)| !PLAIN.contains(&name.as_str()));
        span.attributes.extend(others.map(|(name, value)| (name.clone(), value.clone())));
        Ok(())
    }

    /// The end of a sentence.
    fn end(&mut self) {
        self.covered = 0;
        let tags = std::mem::take(&mut self.tags);
        let (spans, _) = spans_of(tags.iter().map(|(tag, ..)| tag.as_str()));
        for (words, label) in spans {
            let at = self.draft.path.clone();
            self.draft.span(at, (tags[words.start].1, tags[words.end - 1].2), label);
        }
    }

    fn finish(mut self, imported: &mut Imported) {
        self.end();
        let left = std::mem::take(&mut self.left);
        imported.problems.extend(left.iter().map(|what| Problem::new(&self.draft.path, what)));
        if self.is_told {
            self.draft.text += &self.gap;
        }
        for Open { id, at, .. } in &self.open {
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
