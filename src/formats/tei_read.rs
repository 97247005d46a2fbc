//! Reads TEI: our own, and what editions write (`said`, `q`, `quote`, names).
//!
//! Each `TEI` of a corpus is a document. Of two readings (`choice`) the one
//! that the source has is taken, and notes are left out. An element with
//! `xml:space="preserve"` gives its text as it is; elsewhere white space is
//! layout: each block is a line, and runs of it are a space.

use std::collections::BTreeMap;
use std::ops::Range;

use roxmltree::{NS_XML_URI, Node, NodeType};

use super::catalogue::{File, Imported};
use super::draft::{Draft, Problem};
use super::tei::{ELEMENTS, NAMESPACE, OTHERS};
use super::{Unit, mapping};
use crate::document::{KIND, Status};
use crate::scheme::{CUE, QUOTE, QuoteKind, SPEAKER, relation};
use crate::text::MAX_TEXT_BYTES;

/// Reads a document for each `TEI` of the files.
pub(super) fn read(files: &[File]) -> Imported {
    let mut imported = Imported::default();
    for file in files {
        let Some(text) = file.read(&mut imported.problems) else { continue };
        if !is_bounded(text) {
            let what = "its entities make it too long: write them out";
            imported.problems.push(Problem::new(&file.name, what));
            continue;
        }
        // Editions declare entities of their own.
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
        let tree = match roxmltree::Document::parse_with_options(text, options) {
            Ok(tree) => tree,
            Err(error) => {
                imported.problems.push(Problem::new(&file.name, error));
                continue;
            }
        };
        let root = tree.root_element();
        let mut texts: Vec<Node<'_, '_>> = root.descendants().filter(|n| is(n, "TEI")).collect();
        if texts.is_empty() {
            texts.push(root);
        }
        let lines = text.match_indices('\n').map(|(at, _)| at).collect();
        let place = Lines { file, lines };
        for (index, text) in texts.iter().enumerate() {
            let number = if texts.len() > 1 { Some(index + 1) } else { None };
            one(*text, number, &place, &mut imported);
        }
    }
    imported
}

/// Whether a file stays a file of texts when its entities are written out.
fn is_bounded(text: &str) -> bool {
    let declared = text.split("<!ENTITY").skip(1);
    let longest = declared.map(|rest| rest.find("]>").unwrap_or(rest.len())).max();
    let references = text.matches('&').count();
    longest.unwrap_or(0).saturating_mul(references) <= 4 * MAX_TEXT_BYTES + 4 * text.len()
}

/// The document of one `TEI`, the `number`-th of its file.
fn one(root: Node<'_, '_>, number: Option<usize>, place: &Lines<'_>, imported: &mut Imported) {
    let Some(body) = root.descendants().find(|n| is(n, "body") || is(n, "text")) else {
        imported.problems.push(Problem::new(place.at(root), "it has no text of TEI"));
        return;
    };
    let mut reader = Reader::new(root, number, place);
    reader.walk(body, false);
    reader.link();
    if reader.notes > 0 {
        let what = format_args!("{} notes beside the text are left out", reader.notes);
        imported.problems.push(Problem::new(place.at(body), what));
    }
    let mut draft = reader.draft;
    if !reader.is_exact {
        draft.text.truncate(draft.text.trim_end().len());
    }
    imported.documents.push(draft.finish(&mut imported.problems));
}

/// A file and where its lines end: asking the tree would read the file from
/// its start each time.
struct Lines<'a> {
    file: &'a File,
    lines: Vec<usize>,
}

impl Lines<'_> {
    fn at(&self, node: Node<'_, '_>) -> String {
        let start = node.range().start;
        let line = self.lines.partition_point(|end| *end < start) + 1;
        format!("{} line {line}", self.file.name)
    }
}

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.is_element()
        && node.tag_name().name() == name
        && node.tag_name().namespace() == Some(NAMESPACE)
}

/// Whether another element of the same `choice` is read instead.
fn is_other_reading(node: Node<'_, '_>) -> bool {
    let name = |n: Node<'_, '_>| ["sic", "orig", "abbr"].contains(&n.tag_name().name());
    let choice = node.parent().filter(|parent| is(parent, "choice"));
    let mut readings = choice.into_iter().flat_map(|c| c.children()).filter(Node::is_element);
    let first = readings.clone().next();
    choice.is_some() && readings.find(|n| name(*n)).or(first) != Some(node)
}

fn xml_id<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attribute((NS_XML_URI, "id"))
}

/// What pointers (`#a #b`) point at.
fn pointers(value: Option<&str>) -> impl Iterator<Item = &str> {
    value.unwrap_or_default().split_ascii_whitespace().map(|p| p.strip_prefix('#').unwrap_or(p))
}

struct Reader<'a> {
    draft: Draft,
    place: &'a Lines<'a>,
    /// The categories that `ana` points at.
    categories: BTreeMap<String, String>,
    /// Pieces of one span: the id of each piece, and the place of its span.
    spans: BTreeMap<String, usize>,
    links: Vec<(&'static str, String, String)>,
    /// How many notes beside the text were passed over.
    notes: usize,
    is_exact: bool,
}

/// The text that stands in a node and below.
fn words(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|n| n.text()).collect()
}

impl<'a> Reader<'a> {
    fn new(root: Node<'_, '_>, number: Option<usize>, place: &'a Lines<'a>) -> Self {
        let note =
            |kind| root.descendants().find(|n| is(n, "note") && n.attribute("type") == Some(kind));
        let stem = place.file.stem();
        let named =
            number.map(|n| xml_id(root).map_or_else(|| format!("{stem}-{n}"), str::to_owned));
        let id = note("id").map(words).or(named).unwrap_or_else(|| stem.to_owned());
        let mut draft = Draft::new(&place.file.name, &id, "");
        draft.unit = Unit::Byte;
        if let Some(title) = root.descendants().find(|n| is(n, "title"))
            && note("untitled").is_none()
        {
            draft.title = words(title);
        }
        if let Some(language) = root.attribute((NS_XML_URI, "lang")) {
            draft.language = language.to_owned();
        }
        let categories = root.descendants().filter(|n| is(n, "category"));
        let categories =
            categories.filter_map(|n| Some((xml_id(n)?.to_owned(), words(n)))).collect();
        let mut reader = Self {
            draft,
            place,
            categories,
            spans: BTreeMap::new(),
            links: Vec::new(),
            notes: 0,
            is_exact: false,
        };
        // A corpus has a header of its own.
        let header = root.parent().and_then(|c| c.children().find(|n| is(n, "teiHeader")));
        for node in header.into_iter().flat_map(|h| h.descendants()).chain(root.descendants()) {
            reader.entity(node);
        }
        for node in root.descendants().filter(|n| is(n, "relation")) {
            let label = node.children().find(|n| is(n, "desc")).map(words);
            let label = label.or_else(|| node.attribute("name").map(str::to_owned));
            let at = reader.place.at(node);
            for from in pointers(node.attribute("active")) {
                for to in pointers(node.attribute("passive")) {
                    reader.draft.relation(&at, label.as_deref().unwrap_or("relation"), from, to);
                }
            }
        }
        reader
    }

    fn entity(&mut self, node: Node<'_, '_>) {
        let label = match node.tag_name().name() {
            "person" | "personGrp" => "PERSON",
            "org" => "ORG",
            "place" => "PLACE",
            "category" if node.parent().is_some_and(|p| xml_id(p) == Some(OTHERS)) => "MISC",
            _ => return,
        };
        let (Some(id), Some(NAMESPACE)) = (xml_id(node), node.tag_name().namespace()) else {
            return;
        };
        let is_name = |n: &Node<'_, '_>| is(n, "catDesc") || n.tag_name().name().ends_with("Name");
        let name = node.descendants().find(is_name);
        let name = name.map_or(String::new(), words);
        let label = self.value(node, "label").unwrap_or_else(|| label.to_owned());
        let at = self.place.at(node);
        self.draft.entity(at, id, &name, &label);
    }

    /// The category of a group that `ana` points at.
    fn value(&self, node: Node<'_, '_>, group: &str) -> Option<String> {
        let mut points = pointers(node.attribute("ana")).filter(|point| point.starts_with(group));
        points.find_map(|point| self.categories.get(point).cloned())
    }

    /// The label of an element, where it has one.
    fn label(&self, node: Node<'_, '_>) -> Option<String> {
        let name = node.tag_name().name();
        let label = match (name, node.attribute("type")) {
            ("seg", Some("cue")) => CUE,
            ("seg", Some("speaker")) => SPEAKER,
            ("seg", _) => return self.value(node, "label"),
            ("q" | "quote" | "said", _) => QUOTE,
            ("rs" | "name", Some(kind)) => mapping::like(kind).unwrap_or("MISC"),
            ("rs" | "objectName" | "eventName", _) => "MISC",
            (
                "geogName" | "settlement" | "country" | "region" | "district" | "bloc" | "geogFeat",
                _,
            ) => "PLACE",
            ("time", _) => "DATE",
            ("num", _) => "QUANTITY",
            _ => ELEMENTS.iter().find(|(_, element)| *element == name)?.0,
        };
        Some(label.to_owned())
    }

    fn walk(&mut self, node: Node<'_, '_>, preserved: bool) {
        let space = node.attribute((NS_XML_URI, "space"));
        let preserved = preserved || space == Some("preserve");
        self.is_exact |= preserved;
        let name = node.tag_name().name();
        let is_block = matches!(
            name,
            "p" | "head"
                | "ab"
                | "l"
                | "item"
                | "opener"
                | "closer"
                | "dateline"
                | "byline"
                | "salute"
                | "signed"
                | "trailer"
                | "row"
                | "cell"
                | "sp"
                | "speaker"
                | "stage"
                | "u"
        );
        if !preserved && (is_block || name == "lb") {
            self.end_line();
        }
        let start = self.draft.text.len();
        for child in node.children() {
            match child.node_type() {
                // Two readings of one place, with layout between them.
                NodeType::Text if name == "choice" => {}
                NodeType::Text => self.text(child.text().unwrap_or_default(), preserved),
                NodeType::Element if is_other_reading(child) => {}
                NodeType::Element => match child.tag_name().name() {
                    "note" => self.notes += 1,
                    "fw" | "teiHeader" => {}
                    _ => self.walk(child, preserved),
                },
                _ => {}
            }
        }
        if let Some(label) = self.label(node) {
            self.span(node, &label, start, preserved);
        }
        if !preserved && is_block {
            self.end_line();
        }
    }

    fn text(&mut self, text: &str, preserved: bool) {
        let out = &mut self.draft.text;
        if preserved {
            out.push_str(text);
            return;
        }
        // No-break spaces are words of the writer, not layout.
        let is_layout = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        for c in text.chars() {
            if !is_layout(c) {
                out.push(c);
            } else if !out.is_empty() && !out.ends_with([' ', '\n']) {
                out.push(' ');
            }
        }
    }

    fn end_line(&mut self) {
        let out = &mut self.draft.text;
        if out.ends_with(' ') {
            out.pop();
        }
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
    }

    fn span(&mut self, node: Node<'_, '_>, label: &str, start: usize, preserved: bool) {
        let text = &self.draft.text;
        let start = start.min(text.len());
        let (mut start, mut end) = (start, text.len());
        if !preserved {
            let words = &text[start..end];
            start += words.len() - words.trim_start().len();
            end = start + text[start..end].trim_end().len();
        }
        if start == end {
            return;
        }
        let at = self.place.at(node);
        let id = xml_id(node).map_or_else(|| at.clone() + &format!(" {start}"), str::to_owned);
        // A piece of ours goes on where the one before it ends.
        let base = id.split('.').next();
        let before = pointers(node.attribute("prev")).find_map(|prev| {
            let place = *self.spans.get(prev)?;
            let is_piece = prev.split('.').next() == base && self.draft.spans[place].end == start;
            is_piece.then_some(place)
        });
        if let Some(place) = before {
            self.draft.spans[place].end = end;
            self.spans.insert(id.clone(), place);
        } else {
            let kind = self.value(node, "kind").or_else(|| self.kind(node, label));
            let who = self.who(node, label, start..end);
            self.spans.insert(id.clone(), self.draft.spans.len());
            let span = self.draft.span(at, (start, end), label);
            span.id.clone_from(&id);
            span.entity = who;
            if node.attribute("cert") == Some("low") {
                span.status = Status::Proposed;
            }
            span.attributes.extend(kind.map(|kind| (KIND.to_owned(), kind)));
        }
        for to in pointers(node.attribute("corresp")) {
            let name = if label == CUE { relation::CUE } else { relation::SPEAKER };
            if label == CUE || label == SPEAKER {
                self.links.push((name, to.to_owned(), id.clone()));
            }
        }
        for next in pointers(node.attribute("next")) {
            self.links.push((relation::NEXT, id.clone(), next.to_owned()));
        }
    }

    /// The entity that an element names or that says it: one of the lists, or
    /// one that is known by its key alone.
    fn who(&mut self, node: Node<'_, '_>, label: &str, range: Range<usize>) -> Option<String> {
        let mut values = ["who", "ref", "sameAs", "key"].iter().filter_map(|n| node.attribute(*n));
        let who = pointers(values.next()).next()?.to_owned();
        if self.draft.entities.iter().all(|entity| entity.id != who) {
            let is_said = label == QUOTE;
            let name = if is_said { who.clone() } else { self.draft.text[range].to_owned() };
            let at = self.place.at(node);
            self.draft.entity(at, &who, &name, if is_said { "PERSON" } else { label });
        }
        Some(who)
    }

    /// The kind of a quotation of another's TEI.
    fn kind(&self, node: Node<'_, '_>, label: &str) -> Option<String> {
        // Our own elements say nothing by leaving it out.
        if label != QUOTE || self.is_exact {
            return None;
        }
        let kind = match node.attribute("direct") {
            Some("false") => QuoteKind::Indirect,
            _ => QuoteKind::Direct,
        };
        Some(kind.name().to_owned())
    }

    fn link(&mut self) {
        let mut seen = std::collections::BTreeSet::new();
        for (label, from, to) in std::mem::take(&mut self.links) {
            let id = |name: &str| Some(self.draft.spans[*self.spans.get(name)?].id.clone());
            let (Some(from), Some(to)) = (id(&from), id(&to)) else { continue };
            if from != to && seen.insert((label, from.clone(), to.clone())) {
                self.draft.relation(&self.place.file.name, label, &from, &to);
            }
        }
    }
}
