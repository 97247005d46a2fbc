//! Queries: what to show of a document, computed afresh from its state.
//!
//! The text is cut into blocks (its lines), chunks (at most about
//! [`CHUNK_BYTES`]) and pieces (stretches under the same spans). A block
//! carries a fingerprint of all that it shows, so that the page draws only
//! those again that changed.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::document::{Document, EntityId, KIND, Span, SpanId, Status};
use crate::scheme::{CUE, Label, QUOTE, QuoteKind, SPEAKER, relation};
use crate::text::{ByteSpan, order};

/// A chunk ends at the first white space after so many bytes: large enough
/// that an ordinary paragraph is one chunk, small enough to draw in a
/// millisecond.
pub const CHUNK_BYTES: usize = 1200;

/// One line of the text, without its line end.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Where.
    pub range: ByteSpan,
    /// What it is made of; none for an empty line.
    pub chunks: Vec<Chunk>,
    /// Of all that it shows.
    pub fingerprint: u64,
}

/// A part of a line that is drawn at once.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Chunk {
    /// Where.
    pub range: ByteSpan,
    /// In order, without gaps.
    pub pieces: Vec<Piece>,
}

/// A stretch under the same spans.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Piece {
    /// Where, in bytes.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The spans over it, outermost first.
    pub marks: Vec<Mark>,
}

/// One span over a piece.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Mark {
    /// Which.
    pub id: SpanId,
    /// As what.
    pub label: Label,
    /// The line under the words that it is drawn on; spans that overlap have
    /// different ones, the inner nearer to the words.
    pub lane: usize,
    /// The span starts with this piece.
    pub starts: bool,
    /// The span ends with this piece.
    pub ends: bool,
    /// Nobody stands behind it yet.
    pub proposed: bool,
    /// The person is at it.
    pub focused: bool,
    /// It is a part of the quotation that the person is at.
    pub related: bool,
}

/// One entity with what mentions it.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct EntityRow {
    /// Which.
    pub id: EntityId,
    /// The key that picks it: `a`, `b`, …, `aa`.
    pub letter: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub label: Label,
    /// Its mentions in text order, quotations not among them.
    pub mentions: Vec<SpanId>,
    /// Its quotations in text order.
    pub quotations: Vec<SpanId>,
}

/// One quotation as one object.
#[derive(Clone, Debug, PartialEq)]
pub struct QuotationRow {
    /// The span of its content.
    pub id: SpanId,
    /// Counted from 1 in text order.
    pub number: usize,
    /// Where its content is.
    pub range: ByteSpan,
    /// How it is reported.
    pub kind: Option<QuoteKind>,
    /// Its content.
    pub words: String,
    /// The words that report it.
    pub cue: Option<String>,
    /// The source phrase.
    pub speaker: Option<String>,
    /// Who says it.
    pub sayer: Option<(EntityId, String)>,
    /// It goes on where an earlier part was cut.
    pub continued: bool,
    /// Nobody stands behind it yet.
    pub proposed: bool,
    /// The engine's score.
    pub score: Option<f32>,
    /// The person is at it, or at one of its parts.
    pub focused: bool,
}

impl QuotationRow {
    /// Of all that it shows.
    pub fn fingerprint(&self) -> u64 {
        fingerprint(&(
            (self.id, self.number, self.range, self.kind, self.continued),
            (&self.words, &self.cue, &self.speaker, &self.sayer),
            (self.proposed, self.score.map(f32::to_bits), self.focused),
        ))
    }
}

/// How far the work on a document is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// Things to review, a quotation with its parts counted once.
    pub proposed: usize,
    /// Things that a person stands behind.
    pub accepted: usize,
}

/// The span in focus.
#[derive(Clone, Debug, PartialEq)]
pub struct SpanCard {
    /// Which.
    pub id: SpanId,
    /// As what.
    pub label: Label,
    /// Its words.
    pub words: String,
    /// Nobody stands behind it yet.
    pub proposed: bool,
    /// The engine's score.
    pub score: Option<f32>,
    /// Who or what it is about.
    pub entity: Option<(EntityId, String)>,
    /// The quotation that it is, or that it is the cue or speaker of.
    pub quotation: Option<QuotationRow>,
    /// A remark.
    pub note: Option<String>,
}

/// The text as it is drawn.
pub fn blocks(document: &Document, focus: Option<SpanId>) -> Vec<Block> {
    let text = document.text();
    let spans = document.spans_in_order();
    let related: Vec<SpanId> = focus.map(|id| related(document, id)).unwrap_or_default();
    let mut blocks = Vec::new();
    let (mut start, mut upcoming) = (0, 0);
    let mut open: Vec<(SpanId, &Span)> = Vec::new();
    for line in text.split('\n') {
        let range = ByteSpan::new(start, start + line.len());
        start = range.end + 1;
        while upcoming < spans.len() && spans[upcoming].1.range.start < range.end {
            open.push(spans[upcoming]);
            upcoming += 1;
        }
        open.retain(|(_, s)| s.range.end > range.start);
        let lanes = lanes(&open);
        let mark = |at: ByteSpan| -> Vec<Mark> {
            let over = open.iter().zip(&lanes).filter(|((_, s), _)| s.range.overlaps(at));
            over.map(|((id, s), lane)| Mark {
                id: *id,
                label: s.label.clone(),
                lane: *lane,
                starts: s.range.start == at.start,
                ends: s.range.end == at.end,
                proposed: s.status == Status::Proposed,
                focused: focus == Some(*id),
                related: related.contains(id),
            })
            .collect()
        };
        let chunks: Vec<Chunk> =
            chunk_ranges(text, range).map(|r| chunk(r, &open, &mark)).collect();
        // Also the words: two documents may have lines of one length.
        let fingerprint = fingerprint(&(range.of(text), &chunks));
        blocks.push(Block { range, chunks, fingerprint });
    }
    blocks
}

fn fingerprint(shown: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    shown.hash(&mut hasher);
    hasher.finish()
}

fn chunk(
    range: ByteSpan,
    open: &[(SpanId, &Span)],
    mark: &impl Fn(ByteSpan) -> Vec<Mark>,
) -> Chunk {
    let mut cuts: Vec<usize> = vec![range.start, range.end];
    for (_, span) in open {
        for at in [span.range.start, span.range.end] {
            if range.start < at && at < range.end {
                cuts.push(at);
            }
        }
    }
    order::sort_by(&mut cuts, Ord::cmp);
    cuts.dedup();
    let pieces = cuts
        .windows(2)
        .map(|w| Piece { start: w[0], end: w[1], marks: mark(ByteSpan::new(w[0], w[1])) })
        .collect();
    Chunk { range, pieces }
}

/// The line under the words for each span. Quotations and cues are drawn in
/// another way and take none.
fn lanes(open: &[(SpanId, &Span)]) -> Vec<usize> {
    let mut lanes = vec![0; open.len()];
    let drawn = |s: &Span| s.label != QUOTE && s.label != CUE;
    let mut by_length: Vec<usize> = (0..open.len()).filter(|i| drawn(open[*i].1)).collect();
    order::sort_by_key(&mut by_length, |i| (open[*i].1.range.len(), std::cmp::Reverse(*i)));
    for (done, i) in by_length.iter().enumerate() {
        let range = open[*i].1.range;
        let above = by_length[..done].iter().filter(|j| open[**j].1.range.overlaps(range));
        lanes[*i] = above.map(|j| lanes[*j] + 1).max().unwrap_or(0);
    }
    lanes
}

fn chunk_ranges(text: &str, line: ByteSpan) -> impl Iterator<Item = ByteSpan> {
    let mut start = line.start;
    std::iter::from_fn(move || {
        if start >= line.end {
            return None;
        }
        let mut end = line.end;
        if line.end - start > CHUNK_BYTES {
            let rest = &text[start..line.end];
            let far = rest.char_indices().map(|(at, _)| at).filter(|at| *at >= CHUNK_BYTES);
            let space = |at: &usize| rest[*at..].starts_with(char::is_whitespace);
            // Without a space for twice the length, the cut is in the word.
            let cut = far.take_while(|at| *at < 2 * CHUNK_BYTES).find(space);
            let forced = rest.char_indices().map(|(at, _)| at).find(|at| *at >= 2 * CHUNK_BYTES);
            end = cut.or(forced).map_or(line.end, |at| start + at);
        }
        let range = ByteSpan::new(start, end);
        start = end;
        Some(range)
    })
}

/// The other parts of the quotation that `id` is or belongs to.
fn related(document: &Document, id: SpanId) -> Vec<SpanId> {
    let quotes: Vec<SpanId> = document
        .touching(id)
        .map(|(_, r)| r.from)
        .chain([id])
        .filter(|q| document.span(*q).is_some_and(|s| s.label == QUOTE))
        .collect();
    let parts = quotes.iter().flat_map(|q| document.touching(*q));
    let mut all: Vec<SpanId> = parts.flat_map(|(_, r)| [r.from, r.to]).collect();
    all.retain(|part| *part != id);
    order::sort_by(&mut all, Ord::cmp);
    all.dedup();
    all
}

/// What is still proposed, in text order; the cue and speaker of a quotation
/// are reviewed with it.
pub fn review_order(document: &Document) -> Vec<SpanId> {
    let parts = parts(document);
    let mut order: Vec<(ByteSpan, SpanId)> = document
        .spans()
        .filter(|(id, s)| s.status == Status::Proposed && !parts.contains_key(id))
        .map(|(id, s)| (s.range, id))
        .collect();
    order::sort_by(&mut order, Ord::cmp);
    order.into_iter().map(|(_, id)| id).collect()
}

/// Spans that belong to a quotation, with one that they belong to.
pub(super) fn parts(document: &Document) -> BTreeMap<SpanId, SpanId> {
    let relations = document.relations();
    let own = relations.filter(|(_, r)| r.label == relation::CUE || r.label == relation::SPEAKER);
    order::map(own.map(|(_, r)| (r.to, r.from)))
}

/// How far the work on a document is.
pub fn overview(document: &Document) -> Overview {
    let parts = parts(document);
    let mut overview = Overview::default();
    for (id, span) in document.spans() {
        match span.status {
            _ if parts.contains_key(&id) => {}
            Status::Proposed => overview.proposed += 1,
            Status::Accepted => overview.accepted += 1,
        }
    }
    overview
}

/// The entities, those with the most mentions first.
pub fn entity_rows(document: &Document) -> Vec<EntityRow> {
    let mut rows: BTreeMap<EntityId, EntityRow> = BTreeMap::new();
    for (id, entity) in document.entities() {
        let (name, label) = (entity.name.clone(), entity.label.clone());
        let (mentions, quotations) = (Vec::new(), Vec::new());
        rows.insert(id, EntityRow { id, letter: String::new(), name, label, mentions, quotations });
    }
    for (id, span) in document.spans_in_order() {
        if let Some(row) = span.entity.and_then(|e| rows.get_mut(&e)) {
            let list = if span.label == QUOTE { &mut row.quotations } else { &mut row.mentions };
            list.push(id);
        }
    }
    // A letter is for life: it follows the entity's number, not its rank.
    for row in rows.values_mut() {
        row.letter = entity_letter(row.id.0 as usize);
    }
    let mut rows: Vec<EntityRow> = rows.into_values().collect();
    order::sort_by_key(&mut rows, |r| {
        (std::cmp::Reverse(r.mentions.len() + r.quotations.len()), r.id)
    });
    rows
}

/// The key of the entity at that place: `a` to `z`, then `aa`, `ab`, ….
pub fn entity_letter(index: usize) -> String {
    let letter = |i: usize| char::from(b'a' + u8::try_from(i % 26).unwrap_or(0));
    match index / 26 {
        0 => letter(index).to_string(),
        n => format!("{}{}", entity_letter(n - 1), letter(index)),
    }
}

/// The quotations in text order.
pub fn quotation_rows(document: &Document, focus: Option<SpanId>) -> Vec<QuotationRow> {
    let mut quotes = document.spans_in_order();
    quotes.retain(|(_, span)| span.label == QUOTE);
    let mut links: BTreeMap<SpanId, Vec<(&Label, SpanId)>> = BTreeMap::new();
    let mut continued: Vec<SpanId> = Vec::new();
    for (_, r) in document.relations() {
        links.entry(r.from).or_default().push((&r.label, r.to));
        if r.label == relation::NEXT {
            continued.push(r.to);
        }
    }
    let none = Vec::new();
    let rows = quotes.into_iter().enumerate().map(|(index, (id, span))| {
        let links = links.get(&id).unwrap_or(&none);
        let part = |label: &str| {
            let (_, to) = links.iter().find(|(l, _)| **l == *label)?;
            Some(document.words(document.span(*to)?).to_owned())
        };
        QuotationRow {
            id,
            number: index + 1,
            range: span.range,
            kind: span.attributes.get(KIND).and_then(|k| QuoteKind::from_name(k)),
            words: document.words(span).to_owned(),
            cue: part(relation::CUE),
            speaker: part(relation::SPEAKER),
            sayer: named(document, span.entity),
            continued: continued.contains(&id),
            proposed: span.status == Status::Proposed,
            score: span.score,
            focused: focus == Some(id) || links.iter().any(|(_, to)| focus == Some(*to)),
        }
    });
    rows.collect()
}

/// The span in focus, with the quotation that it is a part of.
pub fn span_card(document: &Document, id: SpanId) -> Option<SpanCard> {
    let span = document.span(id)?;
    let quote = if span.label == QUOTE {
        Some(id)
    } else {
        let linked = |r: &&crate::document::Relation| {
            r.to == id && (span.label == CUE || span.label == SPEAKER)
        };
        document.relations().map(|(_, r)| r).find(linked).map(|r| r.from)
    };
    let quotation =
        quote.and_then(|q| quotation_rows(document, Some(id)).into_iter().find(|row| row.id == q));
    Some(SpanCard {
        id,
        label: span.label.clone(),
        words: document.words(span).to_owned(),
        proposed: span.status == Status::Proposed,
        score: span.score,
        entity: named(document, span.entity),
        quotation,
        note: span.note.clone(),
    })
}

fn named(document: &Document, entity: Option<EntityId>) -> Option<(EntityId, String)> {
    entity.and_then(|id| Some((id, document.entity(id)?.name.clone())))
}
