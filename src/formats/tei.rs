//! TEI P5: one file a document, its text in one `ab` that gives it back to
//! the last space.
//!
//! A quotation is `said` with `who` and `direct`, names are `persName`,
//! `orgName`, `placeName` and so on, cues and speakers `seg` with `corresp` to
//! their quotation; `next` ties the parts of an utterance. Other relations and
//! the entities are lists in the header. Where spans cross, one is cut into
//! pieces (`s7`, `s7.2`) tied by `next` and `prev`. What the scheme adds is a
//! category to which `ana` points; a proposal has `cert="low"`.

use std::collections::BTreeMap;

use super::catalogue::{Export, File};
use super::nest::{Event, events};
use super::xml;
use crate::document::{Document, Entity, EntityId, KIND, Span, SpanId, Status};
use crate::scheme::{CUE, QUOTE, QuoteKind, SPEAKER, relation};
use crate::text::ByteSpan;

pub(super) const NAMESPACE: &str = "http://www.tei-c.org/ns/1.0";

/// The element of each label of the default scheme.
pub(super) const ELEMENTS: [(&str, &str); 10] = [
    ("PERSON", "persName"),
    ("ORG", "orgName"),
    ("PLACE", "placeName"),
    ("MISC", "name"),
    ("DATE", "date"),
    ("QUANTITY", "measure"),
    ("ROLE", "roleName"),
    (QUOTE, "said"),
    (CUE, "seg"),
    (SPEAKER, "seg"),
];

/// The description, the list, the element and the element of the name of each
/// kind of entity; all others are categories.
const LISTS: [(&str, &str, &str, &str, &str); 3] = [
    ("PERSON", "particDesc", "listPerson", "person", "persName"),
    ("ORG", "particDesc", "listOrg", "org", "orgName"),
    ("PLACE", "settingDesc", "listPlace", "place", "placeName"),
];
/// The id of the taxonomy of all other entities.
pub(super) const OTHERS: &str = "entities";

/// Writes one file a document.
pub(super) fn write(export: &Export<'_>) -> Vec<File> {
    let write = |(document, stem)| File::text(format!("{stem}.xml"), Writer::new(document).write());
    export.documents.iter().zip(export.stems()).map(write).collect()
}

struct Writer<'d> {
    document: &'d Document,
    spans: Vec<(SpanId, &'d Span)>,
    /// The categories: what `ana` points at, and its value.
    categories: Vec<(String, String)>,
    /// Attributes that point from a span to another.
    links: BTreeMap<SpanId, Vec<(&'static str, SpanId)>>,
    /// Relations that no attribute says.
    others: Vec<(String, SpanId, SpanId)>,
}

impl<'d> Writer<'d> {
    fn new(document: &'d Document) -> Self {
        let mut writer = Self {
            document,
            spans: document.spans_in_order(),
            categories: Vec::new(),
            links: BTreeMap::new(),
            others: Vec::new(),
        };
        for (_, span) in &writer.spans {
            let label = span.label.as_str();
            if element(label).is_none() {
                category(&mut writer.categories, "label", label);
            }
            if let Some(kind) = span.attributes.get(KIND) {
                category(&mut writer.categories, "kind", kind);
            }
        }
        for (_, entity) in document.entities().filter(|(_, entity)| is_other(entity)) {
            category(&mut writer.categories, "label", entity.label.as_str());
        }
        writer.link();
        writer
    }

    /// What attributes can say, they say: a cue and a speaker point at their
    /// quotations, and a quotation at its one next part.
    fn link(&mut self) {
        for (_, r) in self.document.relations() {
            let label = |id| self.document.span(id).map_or("", |span| span.label.as_str());
            let (from, to) = (label(r.from), label(r.to));
            let known = self.links.get(&r.to).is_some_and(|l| l.contains(&("corresp", r.from)));
            let has =
                |id, name| self.links.get(&id).is_some_and(|l| l.iter().any(|(n, _)| *n == name));
            match r.label.as_str() {
                relation::CUE if from == QUOTE && to == CUE && !known => {
                    self.links.entry(r.to).or_default().push(("corresp", r.from));
                }
                relation::SPEAKER if from == QUOTE && to == SPEAKER && !known => {
                    self.links.entry(r.to).or_default().push(("corresp", r.from));
                }
                relation::NEXT
                    if from == QUOTE
                        && to == QUOTE
                        && r.from != r.to
                        && !has(r.from, "next")
                        && !has(r.to, "prev") =>
                {
                    self.links.entry(r.from).or_default().push(("next", r.to));
                    self.links.entry(r.to).or_default().push(("prev", r.from));
                }
                other => self.others.push((other.to_owned(), r.from, r.to)),
            }
        }
    }

    fn write(&self) -> String {
        let document = self.document;
        let title = if document.title.is_empty() { &document.id } else { &document.title };
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"{NAMESPACE}\" xml:lang=\"{}\">\n\
             <teiHeader>\n<fileDesc>\n<titleStmt><title>{}</title></titleStmt>\n\
             <publicationStmt><p>{}</p></publicationStmt>\n{}\
             <sourceDesc>{}</sourceDesc>\n</fileDesc>\n\
             <encodingDesc>\n<editorialDecl><quotation marks=\"all\"><p/></quotation></editorialDecl>\n",
            xml::escape(&document.language),
            xml::content(title),
            super::native::GENERATOR,
            self.notes(),
            self.relations(),
        );
        self.classes(&mut out);
        out += "</encodingDesc>\n";
        self.profile(&mut out);
        out += "</teiHeader>\n";
        out += "<text><body><ab xml:space=\"preserve\">";
        self.text(&mut out);
        out + "</ab></body></text>\n</TEI>\n"
    }

    /// The id, which a publication statement of prose has no place for.
    fn notes(&self) -> String {
        let id = xml::content(&self.document.id);
        let is_untitled = self.document.title.is_empty();
        let untitled = if is_untitled { "<note type=\"untitled\"/>" } else { "" };
        format!("<notesStmt><note type=\"id\">{id}</note>{untitled}</notesStmt>\n")
    }

    /// The categories, and the entities that no list of TEI is for.
    fn classes(&self, out: &mut String) {
        let entities = self.document.entities();
        let mut others = entities.filter(|(_, entity)| is_other(entity)).peekable();
        if self.categories.is_empty() && others.peek().is_none() {
            return;
        }
        *out += "<classDecl>\n<taxonomy>\n";
        for (id, value) in &self.categories {
            let value = xml::content(value);
            *out += &format!("<category xml:id=\"{id}\"><catDesc>{value}</catDesc></category>\n");
        }
        *out += "</taxonomy>\n";
        if others.peek().is_some() {
            *out += &format!("<taxonomy xml:id=\"{OTHERS}\">\n");
            for (id, entity) in others {
                let (ana, name) =
                    (self.ana("label", entity.label.as_str()), xml::content(&entity.name));
                *out += &format!(
                    "<category xml:id=\"{id}\"{ana}><catDesc>{name}</catDesc></category>\n"
                );
            }
            *out += "</taxonomy>\n";
        }
        *out += "</classDecl>\n";
    }

    /// The relations, where there are any that no attribute says.
    fn relations(&self) -> String {
        if self.others.is_empty() {
            return "<p/>".to_owned();
        }
        let mut out = String::from("<bibl><listRelation>\n");
        for (label, from, to) in &self.others {
            out += &format!(
                "<relation name=\"relation\" active=\"#{from}\" passive=\"#{to}\"><desc>{}</desc></relation>\n",
                xml::content(label)
            );
        }
        out + "</listRelation></bibl>"
    }

    /// Persons, organisations and places.
    fn profile(&self, out: &mut String) {
        let mut descriptions: Vec<(&str, String)> = Vec::new();
        for (label, description, list, item, name) in LISTS {
            let is_here = |(_, e): &(EntityId, &Entity)| e.label == *label;
            let mut inner = String::new();
            for (id, entity) in self.document.entities().filter(is_here) {
                let words = xml::content(&entity.name);
                inner += &format!("<{item} xml:id=\"{id}\"><{name}>{words}</{name}></{item}>\n");
            }
            if inner.is_empty() {
                continue;
            }
            let inner = format!("<{list}>\n{inner}</{list}>\n");
            match descriptions.iter_mut().find(|(known, _)| *known == description) {
                Some((_, lists)) => *lists += &inner,
                None => descriptions.push((description, inner)),
            }
        }
        if descriptions.is_empty() {
            return;
        }
        *out += "<profileDesc>\n";
        for (name, lists) in descriptions {
            *out += &format!("<{name}>\n{lists}</{name}>\n");
        }
        *out += "</profileDesc>\n";
    }

    fn ana(&self, group: &str, value: &str) -> String {
        let is_it = |(id, v): &&(String, String)| v == value && id.starts_with(group);
        let found = self.categories.iter().find(is_it);
        found.map_or(String::new(), |(id, _)| format!(" ana=\"#{id}\""))
    }

    fn text(&self, out: &mut String) {
        let ranges: Vec<ByteSpan> = self.spans.iter().map(|(_, span)| span.range).collect();
        let (events, pieces) = events(self.document.text().len(), &ranges);
        let mut open = Vec::new();
        for event in events {
            match event {
                Event::Text(range) => *out += &xml::content(range.of(self.document.text())),
                Event::Open { span: index, piece } => {
                    let (id, span) = self.spans[index];
                    let name = element(span.label.as_str()).unwrap_or("seg");
                    *out += &format!("<{name}{}>", self.attributes(id, span, piece, pieces[index]));
                    open.push(name);
                }
                Event::Close => {
                    let name = open.pop().expect("each close has its open");
                    *out += &format!("</{name}>");
                }
            }
        }
    }

    fn attributes(&self, id: SpanId, span: &Span, piece: usize, pieces: usize) -> String {
        let mut out = format!(" xml:id=\"{}\"", piece_id(id, piece));
        let label = span.label.as_str();
        match label {
            CUE => out += " type=\"cue\"",
            SPEAKER => out += " type=\"speaker\"",
            _ if element(label).is_none() => out += " type=\"label\"",
            _ => {}
        }
        if let Some(entity) = span.entity {
            let name = match element(label) {
                Some("said") => "who",
                Some("persName" | "orgName" | "placeName" | "name" | "roleName") => "ref",
                _ => "sameAs",
            };
            out += &format!(" {name}=\"#{entity}\"");
        }
        let kind = span.attributes.get(KIND);
        if label == QUOTE
            && let Some(kind) = kind
        {
            out += &format!(" direct=\"{}\"", kind == QuoteKind::Direct.name());
        }
        let group = if element(label).is_none() { Some(self.ana("label", label)) } else { None };
        let points: Vec<String> = group
            .into_iter()
            .chain(kind.map(|kind| self.ana("kind", kind)))
            .filter_map(|ana| ana.strip_prefix(" ana=\"")?.strip_suffix('"').map(str::to_owned))
            .collect();
        if !points.is_empty() {
            out += &format!(" ana=\"{}\"", points.join(" "));
        }
        if span.status == Status::Proposed {
            out += " cert=\"low\"";
        }
        let links = self.links.get(&id).map_or(&[][..], Vec::as_slice);
        let of = |name: &str| {
            let ends = links.iter().filter(|(n, _)| *n == name);
            ends.map(|(_, id)| format!("#{id}")).collect::<Vec<_>>().join(" ")
        };
        // The pieces of one span, else the parts of one utterance.
        let next =
            if piece + 1 < pieces { format!("#{}", piece_id(id, piece + 1)) } else { of("next") };
        let prev = if piece > 0 { format!("#{}", piece_id(id, piece - 1)) } else { of("prev") };
        for (name, value) in [("corresp", of("corresp")), ("next", next), ("prev", prev)] {
            if !value.is_empty() {
                out += &format!(" {name}=\"{value}\"");
            }
        }
        out
    }
}

fn category(categories: &mut Vec<(String, String)>, group: &str, value: &str) {
    if !categories.iter().any(|(id, v)| v == value && id.starts_with(group)) {
        categories.push((format!("{group}.{}", categories.len() + 1), value.to_owned()));
    }
}

/// The element of a label of the default scheme.
fn element(label: &str) -> Option<&'static str> {
    ELEMENTS.iter().find(|(name, _)| *name == label).map(|(_, element)| *element)
}

/// Whether no list of TEI is for this entity.
fn is_other(entity: &Entity) -> bool {
    LISTS.iter().all(|(label, ..)| entity.label != *label)
}

fn piece_id(id: SpanId, piece: usize) -> String {
    if piece == 0 { id.to_string() } else { format!("{id}.{}", piece + 1) }
}
