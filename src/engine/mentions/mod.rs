//! The mentions of a text: who and what is named, when, how much, as what.
//!
//! Three chains read each sentence. The first finds names (people,
//! organisations, places, works and events), the second roles, dates and
//! quantities, seeing what the first found and what the [`grammar`] holds
//! possible; the third looks inside names for names. What the chains see is in
//! [`features`], over the [`words`] and the document's [`memory`].

pub mod agreement;
#[allow(clippy::needless_range_loop, reason = "matrices read as they are written, by label")]
pub mod chain;
pub mod features;
pub mod grammar;
pub mod memory;
mod seen;
#[allow(clippy::needless_range_loop, reason = "matrices read as they are written, by label")]
pub mod sums;
pub mod words;

use std::ops::Range;
use std::sync::OnceLock;

use self::agreement::Votes;
use self::chain::{Chain, Each, Sum, Tally};
use self::features::{Group, Sink, View};
use self::grammar::Form;
use self::memory::Memory;
use self::sums::Sums;
use super::analysis::Mention;
use super::lexicon::{Lexicon, lexicon};
use super::pack::Reader;
use super::tokens::Token;
use crate::scheme::MentionLabel;
use crate::text::{ByteSpan, order};

/// Magic and version of packed weights.
pub const MAGIC: [u8; 8] = *b"gl-ner01";
/// Sentences are read in stretches of at most so many tokens: longer ones are
/// lists or no language, and memory stays small.
pub const STRETCH: usize = 400;

static PACKED: &[u8] = include_bytes!("../data/mentions.bin");

/// What the chain of names tells apart; label 2k+1 begins, 2k+2 goes on.
pub const NAMES: [MentionLabel; 4] =
    [MentionLabel::Person, MentionLabel::Org, MentionLabel::Place, MentionLabel::Misc];
/// What the chain of parts tells apart.
pub const PARTS: [MentionLabel; 3] =
    [MentionLabel::Role, MentionLabel::Date, MentionLabel::Quantity];

/// The three chains.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// Names, outermost.
    pub names: Chain,
    /// Roles, dates, quantities.
    pub parts: Chain,
    /// Names inside names.
    pub inner: Chain,
}

impl Weights {
    /// Reads packed weights; none where the bytes are not weights.
    pub fn read(packed: &[u8]) -> Option<Self> {
        let mut reader = Reader::open(packed, MAGIC)?;
        // No feature is packed in less than half a byte.
        let limit = packed.len() * 2;
        let mut chain = || Chain::read(&mut reader, limit);
        Some(Self { names: chain(), parts: chain(), inner: chain() })
    }
}

/// The weights of the program.
pub fn weights() -> &'static Weights {
    static WEIGHTS: OnceLock<Weights> = OnceLock::new();
    WEIGHTS.get_or_init(|| Weights::read(PACKED).unwrap_or_default())
}

/// Whether label `to` may follow label `from`: what goes on must have begun.
pub fn may(from: usize, to: usize) -> bool {
    to == 0 || to % 2 == 1 || from == to || from + 1 == to
}

/// The number of the kind of name that a label is of, from 1; 0 for none.
pub const fn kind_of(label: usize) -> usize {
    label.div_ceil(2)
}

/// The mentions of `text` in order, without entities.
pub fn find(text: &str, tokens: &[Token], sentences: &[Range<usize>]) -> Vec<Mention> {
    find_with(weights(), lexicon(), text, tokens, sentences)
}

/// The mentions that these weights and this lexicon find.
pub fn find_with(
    weights: &Weights,
    lexicon: &Lexicon,
    text: &str,
    tokens: &[Token],
    sentences: &[Range<usize>],
) -> Vec<Mention> {
    let stretches = stretches(sentences);
    let words = words::read(text, tokens, &stretches, lexicon);
    let memory = Memory::new(&words, &stretches);
    let view = View { words: &words, memory: &memory };
    let names = words.iter().filter(|w| w.shape.is_name_like()).count();
    let mut finder = Finder {
        weights,
        view,
        tokens,
        votes: Votes::new(names),
        sums: Vec::with_capacity(words.len()),
        room: Room::default(),
        found: Vec::new(),
    };
    for stretch in &stretches {
        finder.vote(stretch);
    }
    for stretch in &stretches {
        finder.read(stretch);
    }
    let mut found = finder.found;
    order::sort_by(&mut found, |a, b| a.span.cmp(&b.span).then(a.label.cmp(&b.label)));
    found.dedup_by(|a, b| a.span == b.span && a.label == b.label);
    found
}

/// The sentences, the longest cut.
pub fn stretches(sentences: &[Range<usize>]) -> Vec<Range<usize>> {
    let cut = |s: &Range<usize>| {
        let end = s.end;
        s.clone().step_by(STRETCH).map(move |start| start..end.min(start + STRETCH))
    };
    sentences.iter().flat_map(cut).collect()
}

/// Buffers that sentences share.
#[derive(Default)]
struct Room {
    rows: Vec<Sum>,
    names: Vec<u8>,
    forms: Vec<Form>,
    labels: Vec<u8>,
    back: Vec<Each<u8>>,
    sums: Sums,
}

struct Finder<'f> {
    weights: &'f Weights,
    view: View<'f>,
    tokens: &'f [Token],
    votes: Votes,
    /// What the chain of names weighs at each token read so far.
    sums: Vec<Sum>,
    room: Room,
    found: Vec<Mention>,
}

/// One labelled stretch of tokens, and how sure it is.
struct Stretch {
    tokens: Range<usize>,
    kind: usize,
    chance: f32,
}

/// Sums what the features weigh.
struct Weigh<'w> {
    chain: &'w Chain,
    tally: Tally,
}

impl Sink for Weigh<'_> {
    fn feature(&mut self, _group: Group, hash: u32) {
        self.chain.add(hash, &mut self.tally);
    }
}

impl Finder<'_> {
    /// First reading: what the names of a sentence are by themselves.
    fn vote(&mut self, sentence: &Range<usize>) {
        let (chain, view) = (&self.weights.names, &self.view);
        let first = self.sums.len();
        self.sums.extend(
            sentence.clone().map(|at| weigh(chain, |sum| features::names(view, sentence, at, sum))),
        );
        let mut words = view.words[sentence.clone()].iter();
        if let Some(name) = words.position(|word| word.shape.is_name_like()) {
            let sums = &mut self.room.sums;
            sums.take(chain, &self.sums[first..], name);
            self.votes.take(view.words, sentence, sums);
        }
    }

    /// Second reading: the mentions of a sentence.
    fn read(&mut self, sentence: &Range<usize>) {
        let Room { rows, names, forms, labels, back, sums: room } = &mut self.room;
        let view = &self.view;
        let chain = &self.weights.names;
        // Stretches tile the tokens, so sums lie where their tokens do.
        let sums = &mut self.sums[sentence.clone()];
        self.votes.weigh(view.words, sentence, sums);
        chain.best(sums, back, names);
        let found = spans(chain, sums, names, sentence.start, room);

        forms.clear();
        forms.resize(sentence.len(), Form::None);
        grammar::forms(view.words, sentence, forms);
        rows.clear();
        let chain = &self.weights.parts;
        rows.extend(
            sentence.clone().map(|at| {
                weigh(chain, |sum| features::parts(view, sentence, at, forms, names, sum))
            }),
        );
        chain.best(rows, back, labels);
        let parts = spans(chain, rows, labels, sentence.start, room);

        let mut inner = Vec::new();
        let chain = &self.weights.inner;
        for outer in &found {
            if outer.tokens.len() < 2 || !nests(outer.kind) {
                continue;
            }
            let span = &outer.tokens;
            let kind = outer.kind as u32;
            rows.clear();
            rows.extend(
                span.clone()
                    .map(|at| weigh(chain, |sum| features::inner(view, span, at, kind, sum))),
            );
            chain.best(rows, back, labels);
            inner.extend(
                spans(chain, rows, labels, span.start, room)
                    .into_iter()
                    .filter(|inner| inner.tokens != *span)
                    .map(|inner| Stretch { chance: inner.chance * outer.chance, ..inner }),
            );
        }

        let (tokens, out) = (self.tokens, &mut self.found);
        for part in parts {
            if let Some(part) = settle(part, &found) {
                out.push(mention(tokens, &part, PARTS[part.kind]));
            }
        }
        for name in found.iter().chain(&inner) {
            out.push(mention(tokens, name, NAMES[name.kind]));
        }
    }
}

/// What the features that `see` gives weigh at one token.
fn weigh(chain: &Chain, see: impl FnOnce(&mut Weigh)) -> Sum {
    let mut weigh = Weigh { chain, tally: Tally::default() };
    see(&mut weigh);
    weigh.tally.sum()
}

/// Whether names of this kind hold names of others.
pub fn nests(kind: usize) -> bool {
    matches!(NAMES[kind], MentionLabel::Org | MentionLabel::Misc)
}

/// Makes peace between a part and the names: a role that cuts a name takes it
/// whole, a date or quantity inside a name is part of the name.
fn settle(mut part: Stretch, names: &[Stretch]) -> Option<Stretch> {
    let is_role = PARTS[part.kind] == MentionLabel::Role;
    for name in names {
        let (p, n) = (&mut part.tokens, &name.tokens);
        if p.start >= n.end || n.start >= p.end {
            continue;
        }
        if !is_role || (n.start <= p.start && p.end <= n.end) {
            return None;
        }
        p.start = p.start.min(n.start);
        p.end = p.end.max(n.end);
    }
    Some(part)
}

fn mention(tokens: &[Token], stretch: &Stretch, label: MentionLabel) -> Mention {
    let first = tokens[stretch.tokens.start].span;
    let last = tokens[stretch.tokens.end - 1].span;
    // Hundredths: finer is noise.
    let score = (stretch.chance * 100.0).round() / 100.0;
    Mention { span: ByteSpan::new(first.start, last.end), label, score, entity: None }
}

/// The spans of a row of labels, and their chances.
fn spans(
    chain: &Chain,
    rows: &[Sum],
    labels: &[u8],
    offset: usize,
    sums: &mut Sums,
) -> Vec<Stretch> {
    let mut found = Vec::new();
    let Some(first) = labels.iter().position(|label| *label != 0) else { return found };
    sums.take(chain, rows, first);
    let mut at = first;
    while at < labels.len() {
        let begin = usize::from(labels[at]);
        if begin == 0 {
            at += 1;
            continue;
        }
        let inside = begin + 1;
        let mut end = at + 1;
        while end < labels.len() && usize::from(labels[end]) == inside {
            end += 1;
        }
        let kind = (begin - 1) / 2;
        found.push(Stretch {
            tokens: at + offset..end + offset,
            kind,
            chance: sums.span_chance(chain, at, end, kind),
        });
        at = end;
    }
    found
}
