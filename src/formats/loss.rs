//! What a format cannot hold: counted before the download, and taken from
//! the documents before they are written.

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::{Files, Format, Labels, Layer, Options, Overlaps, Spans, Take};
use crate::document::{Change, Document, KIND, Origin, Span, SpanId, Status, Transaction};
use crate::scheme::{CUE, Label, QUOTE, SPEAKER};
use crate::text::ByteSpan;

/// A part of documents that some formats cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Proposals, where only accepted spans leave: the person's choice.
    Refrained,
    /// Spans of labels that belong to the other layer.
    OtherLayer,
    /// Spans that overlap another one.
    Overlaps,
    /// White space at the ends of spans, or spans of nothing else.
    Edges,
    /// Names of labels that had to change.
    LabelNames,
    /// Links between spans: which cue, which speaker.
    Relations,
    /// Who or what spans are about, and who says a quotation.
    Entities,
    /// Entities that no span is about.
    Unmentioned,
    /// The kinds of quotations.
    Kinds,
    /// Other named values of spans.
    Attributes,
    /// Remarks on spans.
    Notes,
    /// That spans are only proposed.
    Proposals,
    /// That the engine made spans.
    Origins,
    /// How sure the engine was.
    Scores,
    /// What a person refused.
    Refusals,
    /// Texts, to the last space.
    Texts,
    /// Control characters.
    Controls,
    /// Ids of documents.
    Ids,
    /// Titles of documents.
    Titles,
    /// Languages of documents other than French.
    Languages,
}

impl Part {
    /// All, the weightiest first.
    pub const ALL: [Self; 20] = [
        Self::Refrained,
        Self::OtherLayer,
        Self::Overlaps,
        Self::Edges,
        Self::LabelNames,
        Self::Relations,
        Self::Entities,
        Self::Unmentioned,
        Self::Kinds,
        Self::Attributes,
        Self::Notes,
        Self::Proposals,
        Self::Origins,
        Self::Scores,
        Self::Refusals,
        Self::Texts,
        Self::Controls,
        Self::Ids,
        Self::Titles,
        Self::Languages,
    ];

    /// What is lost, in English, after a number.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Refrained => "proposals left out",
            Self::OtherLayer => "spans of the other layer",
            Self::Overlaps => "overlapping spans",
            Self::Edges => "spans with white space at an end",
            Self::LabelNames => "labels with a changed name",
            Self::Relations => "relations",
            Self::Entities => "spans tied to an entity",
            Self::Unmentioned => "entities without a span",
            Self::Kinds => "kinds of quotations",
            Self::Attributes => "attributes",
            Self::Notes => "notes",
            Self::Proposals => "marks that a span is only proposed",
            Self::Origins => "marks that the engine made a span",
            Self::Scores => "scores",
            Self::Refusals => "refused proposals",
            Self::Texts => "texts with exact spacing",
            Self::Controls => "control characters",
            Self::Ids => "document ids",
            Self::Titles => "titles",
            Self::Languages => "languages",
        }
    }
}

/// How much of each part is lost; parts that lose nothing are not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loss(BTreeMap<Part, usize>);

impl Loss {
    /// What is lost, the weightiest first.
    pub fn parts(&self) -> impl Iterator<Item = (Part, usize)> {
        self.0.iter().map(|(part, count)| (*part, *count))
    }

    /// How much of `part` is lost.
    pub fn of(&self, part: Part) -> usize {
        self.0.get(&part).copied().unwrap_or(0)
    }

    /// Whether nothing is lost.
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    fn add(&mut self, part: Part, count: usize) {
        if count > 0 {
            *self.0.entry(part).or_default() += count;
        }
    }
}

/// The layer that a label belongs to.
pub fn layer_of(label: &Label) -> Layer {
    if [QUOTE, CUE, SPEAKER].contains(&label.as_str()) {
        Layer::Quotations
    } else {
        Layer::Mentions
    }
}

/// The document as `format` holds it; adds what is lost to `loss`.
pub(super) fn project(
    format: &Format,
    document: &Document,
    options: &Options,
    loss: &mut Loss,
) -> Document {
    let mut scale = Scale { holds: format.holds, loss };
    let text = document.text();
    let mut clean = None;
    if text.contains(is_control) && scale.lose(Part::Controls, text.matches(is_control).count()) {
        clean = Some(text.chars().map(readable).collect::<String>());
    }
    scale.lose(Part::Texts, 1);
    let stem = match format.files {
        Files::Each => file_stem(&document.id),
        Files::One | Files::Split => String::new(),
    };
    let id = scale.value(Part::Ids, &document.id, &stem);
    let title = scale.value(Part::Titles, &document.title, "");
    let language = scale.value(Part::Languages, &document.language, "fr");
    let text = clean.as_deref().unwrap_or(text);
    let spans = chosen(format, document, text, options, &mut scale);

    let mut transaction = Transaction::new("project");
    let mentioned: BTreeSet<_> = spans.values().filter_map(|s| s.entity).collect();
    for (id, entity) in document.entities() {
        if !mentioned.contains(&id) && scale.lose(Part::Unmentioned, 1) {
            continue;
        }
        let mut entity = entity.clone();
        entity.label = scale.label(format.labels, entity.label);
        transaction.changes.push(Change::Entity { id, before: None, after: Some(entity) });
    }
    for (id, span) in &spans {
        transaction.changes.push(Change::Span { id: *id, before: None, after: Some(span.clone()) });
    }
    for (id, relation) in document.relations() {
        let whole = [relation.from, relation.to].iter().all(|end| spans.contains_key(end));
        if !whole {
            scale.loss.add(Part::Relations, 1);
        }
        if !whole || scale.lose(Part::Relations, 1) {
            continue;
        }
        let after = Some(relation.clone());
        transaction.changes.push(Change::Relation { id, before: None, after });
    }
    if !scale.lose(Part::Refusals, document.rejected().len()) {
        let refused = document.rejected().iter().cloned();
        transaction.changes.extend(refused.map(|what| Change::Rejection { what, now: true }));
    }
    let mut projected = Document::new(&id, &title, &language, text);
    projected.apply(&transaction).expect("a part of a sound document is sound");
    projected
}

/// What a format holds, and what it has lost so far.
struct Scale<'a> {
    holds: &'a [Part],
    loss: &'a mut Loss,
}

impl Scale<'_> {
    /// Whether the format cannot hold this part; counts it then.
    fn lose(&mut self, part: Part, count: usize) -> bool {
        if self.holds.contains(&part) {
            return false;
        }
        self.loss.add(part, count);
        true
    }

    /// A label under the name that the format holds.
    fn label(&mut self, labels: Labels, label: Label) -> Label {
        let name = label_name(labels, &label);
        if label == *name {
            return label;
        }
        self.loss.add(Part::LabelNames, 1);
        Label::new(&name)
    }

    /// A value, or the default of a format that does not hold it.
    fn value(&mut self, part: Part, value: &str, default: &str) -> String {
        let is_lost = value != default && self.lose(part, 1);
        if is_lost { default.to_owned() } else { value.to_owned() }
    }
}

/// The spans that the format holds, with what it holds of them.
fn chosen(
    format: &Format,
    document: &Document,
    text: &str,
    options: &Options,
    scale: &mut Scale<'_>,
) -> BTreeMap<SpanId, Span> {
    let mut spans: BTreeMap<SpanId, Span> = BTreeMap::new();
    for (id, span) in document.spans() {
        if options.take == Take::Accepted && span.status == Status::Proposed {
            scale.loss.add(Part::Refrained, 1);
            continue;
        }
        if format.spans != Spans::All && layer_of(&span.label) != options.layer {
            scale.lose(Part::OtherLayer, 1);
            continue;
        }
        let inner = trim(text, span.range);
        let mut span = span.clone();
        if inner != span.range && scale.lose(Part::Edges, 1) {
            if inner.is_empty() {
                continue;
            }
            span.range = inner;
        }
        spans.insert(id, span);
    }
    if format.spans == Spans::Flat {
        let all = spans.len();
        let flat = flat(spans.iter().map(|(id, s)| (s.range, *id)), options.overlaps);
        spans.retain(|id, span| flat.get(&span.range.start).is_some_and(|(_, kept)| kept == id));
        scale.lose(Part::Overlaps, all - spans.len());
    }
    if format.spans == Spans::Nested {
        let all = spans.len();
        let nested = nested(spans.iter().map(|(id, s)| (s.range, *id)), options.overlaps);
        spans.retain(|id, _| nested.contains(id));
        scale.lose(Part::Overlaps, all - spans.len());
    }
    for span in spans.values_mut() {
        span.label = scale.label(format.labels, span.label.clone());
        if span.entity.is_some() && scale.lose(Part::Entities, 1) {
            span.entity = None;
        }
        let mut attributes = std::mem::take(&mut span.attributes);
        // Only a quotation has a kind; elsewhere the name is any other.
        let kind = if span.label == *QUOTE { attributes.remove(KIND) } else { None };
        if attributes.is_empty() || !scale.lose(Part::Attributes, attributes.len()) {
            span.attributes = attributes;
        }
        if let Some(kind) = kind
            && !scale.lose(Part::Kinds, 1)
        {
            span.attributes.insert(KIND.to_owned(), kind);
        }
        if span.note.is_some() && scale.lose(Part::Notes, 1) {
            span.note = None;
        }
        if span.status == Status::Proposed && scale.lose(Part::Proposals, 1) {
            span.status = Status::Accepted;
        }
        if span.origin == Origin::Engine && scale.lose(Part::Origins, 1) {
            span.origin = Origin::Person;
        }
        if span.score.is_some() && scale.lose(Part::Scores, 1) {
            span.score = None;
        }
    }
    spans
}

/// Of overlapping spans the outer or the inner ones: by start, the end and
/// the id. Of spans of equal length, the first.
pub(super) fn flat(
    spans: impl Iterator<Item = (ByteSpan, SpanId)>,
    overlaps: Overlaps,
) -> BTreeMap<usize, (usize, SpanId)> {
    let mut spans: Vec<_> = spans.collect();
    spans.sort_by_key(|(range, id)| match overlaps {
        Overlaps::Outer => (usize::MAX - range.len(), range.start, *id),
        Overlaps::Inner => (range.len(), range.start, *id),
    });
    let mut kept: BTreeMap<usize, (usize, SpanId)> = BTreeMap::new();
    for (range, id) in spans {
        let before = kept.range(..range.end).next_back();
        if before.is_none_or(|(_, (end, _))| *end <= range.start) {
            kept.insert(range.start, (range.end, id));
        }
    }
    kept
}

/// The spans without those that cross a longer (or a shorter) one.
fn nested(spans: impl Iterator<Item = (ByteSpan, SpanId)>, overlaps: Overlaps) -> BTreeSet<SpanId> {
    let mut spans: Vec<_> = spans.collect();
    spans.sort_by_key(|(range, id)| match overlaps {
        Overlaps::Outer => (usize::MAX - range.len(), range.start, *id),
        Overlaps::Inner => (range.len(), range.start, *id),
    });
    let mut kept: Vec<(ByteSpan, SpanId)> = Vec::new();
    for (range, id) in spans {
        if kept.iter().all(|(other, _)| !range.crosses(*other)) {
            kept.push((range, id));
        }
    }
    kept.into_iter().map(|(_, id)| id).collect()
}

/// The name of a label as a format holds it.
fn label_name(labels: Labels, label: &Label) -> String {
    let is_kept = |c: char| match labels {
        Labels::Any => true,
        Labels::Unspaced => !is_blank(c),
        Labels::Word => c.is_alphanumeric(),
    };
    label.as_str().chars().map(|c| if is_kept(c) { c } else { '_' }).collect()
}

/// A span without white space at its ends, also what Python takes for it.
fn trim(text: &str, span: ByteSpan) -> ByteSpan {
    let words = span.of(text);
    let start = span.start + words.len() - words.trim_start_matches(is_blank).len();
    ByteSpan::new(start, start + words.trim_matches(is_blank).len())
}

/// White space, also as Python splits lines and words.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// What XML 1.0 forbids.
fn is_control(c: char) -> bool {
    c < ' ' && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Another character of as many bytes, so that spans stay where they are.
fn readable(c: char) -> char {
    match c {
        '\u{fffe}' | '\u{ffff}' => char::REPLACEMENT_CHARACTER,
        c if is_control(c) => ' ',
        c => c,
    }
}

/// An id as far as file systems bear it.
pub(super) fn file_stem(id: &str) -> String {
    let is_borne = |c: char| c.is_alphanumeric() || c == '-';
    let stem: String = id.chars().map(|c| if is_borne(c) { c } else { '_' }).take(80).collect();
    if stem.is_empty() { "document".to_owned() } else { stem }
}
