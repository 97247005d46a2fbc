//! A document as a format holds it: what a format cannot hold is taken from
//! it here, and counted, so that no writer has to drop anything.

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::{Columns, Format, Labels, Options, Overlaps, Spans, Take};
use super::loss::{Loss, Part, layer_of};
use crate::document::{Change, Document, KIND, Origin, Span, SpanId, Status, Transaction};
use crate::scheme::{Label, QUOTE};
use crate::text::{ByteSpan, order};

/// The document as `format` holds it, in files of the name `stem` where it
/// has its own; adds what is lost to `loss`.
pub(super) fn project(
    format: &Format,
    document: &Document,
    stem: &str,
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
    let id = scale.value(Part::Ids, &document.id, stem);
    let title = scale.value(Part::Titles, &document.title, "");
    let language = scale.value(Part::Languages, &document.language, "fr");
    let text = clean.as_deref().unwrap_or(text);
    let spans = chosen(format, document, text, options, &mut scale);

    let mut transaction = Transaction::new("project");
    let mentioned: BTreeSet<_> = spans.values().filter_map(|s| s.entity).collect();
    let before: BTreeSet<_> = document.spans().filter_map(|(_, s)| s.entity).collect();
    for (id, entity) in document.entities() {
        // Whose mentions went is counted with them.
        let count = usize::from(!before.contains(&id));
        if !mentioned.contains(&id) && scale.lose(Part::Unmentioned, count) {
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
    if !scale.lose(Part::Metadata, document.metadata.len()) {
        projected.metadata.clone_from(&document.metadata);
    }
    if !scale.lose(Part::Remarks, usize::from(document.note.is_some())) {
        projected.note.clone_from(&document.note);
    }
    if !scale.lose(Part::Done, usize::from(document.done)) {
        projected.done = document.done;
    }
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
    if matches!(format.spans, Spans::Flat | Spans::Columns) {
        let all = spans.len();
        let ranges = spans.iter().map(|(id, s)| (s.range, *id));
        let [first, second] = layers(ranges, options.overlaps);
        let is_two = format.spans == Spans::Columns && options.columns == Columns::Two;
        spans.retain(|id, _| first.contains(id) || is_two && second.contains(id));
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

/// Of overlapping spans the outer or the inner ones, and of the rest again.
pub(super) fn layers(
    spans: impl Iterator<Item = (ByteSpan, SpanId)>,
    overlaps: Overlaps,
) -> [BTreeSet<SpanId>; 2] {
    let ids = |kept: BTreeMap<usize, (usize, SpanId)>| kept.into_values().map(|(_, id)| id);
    let mut spans: Vec<_> = spans.collect();
    let first: BTreeSet<SpanId> = ids(flat(spans.iter().copied(), overlaps)).collect();
    spans.retain(|(_, id)| !first.contains(id));
    [first, ids(flat(spans.into_iter(), overlaps)).collect()]
}

/// Of overlapping spans the outer or the inner ones: by start, the end and
/// the id. Of spans of equal length, the first.
pub(super) fn flat(
    spans: impl Iterator<Item = (ByteSpan, SpanId)>,
    overlaps: Overlaps,
) -> BTreeMap<usize, (usize, SpanId)> {
    let mut spans: Vec<_> = spans.collect();
    order::sort_by_key(&mut spans, |(range, id)| match overlaps {
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
    order::sort_by_key(&mut spans, |(range, id)| match overlaps {
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

/// An id as far as file systems bear it: names of 255 bytes, of which an
/// ending and a number need some.
pub(super) fn file_stem(id: &str) -> String {
    let is_borne = |c: char| c.is_alphanumeric() || c == '-';
    let mut stem: String = id.chars().map(|c| if is_borne(c) { c } else { '_' }).take(80).collect();
    stem.truncate(stem.floor_char_boundary(200));
    if stem.is_empty() { "document".to_owned() } else { stem }
}
