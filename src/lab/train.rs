//! `guillemet train`: corpora in, packed weights out. The same corpora,
//! lexicon and seed give the same bytes.

use std::ops::Range;

use super::augment::otherwise;
use super::crf::{Chances, Features, Sample, Settings, Taker, Trained, train};
use super::{Gold, Guide};
use crate::engine::lexicon::{Lexicon, classes, fold};
use crate::engine::mentions::features::{self, View};
use crate::engine::mentions::grammar::{self, Form};
use crate::engine::mentions::memory::Memory;
use crate::engine::mentions::words::{self, Word};
use crate::engine::mentions::{MAGIC, NAMES, PARTS, chain, may, nests, stretches};
use crate::engine::pack::Writer;
use crate::engine::tokens::{Token, tokenize};
use crate::engine::{mentions, sentences};
use crate::scheme::MentionLabel;
use crate::text::ByteSpan;

/// How the three chains are trained.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// For names.
    pub names: Settings,
    /// For roles, dates and quantities.
    pub parts: Settings,
    /// For names inside names.
    pub inner: Settings,
    /// Features seen less often are dropped.
    pub least: u32,
    /// What a document counts in another spelling.
    pub otherwise: f32,
    /// What is added to each step to a new organisation: our dispatches name
    /// more of them that no list has than news does.
    pub organisations: i32,
}

impl Plan {
    /// The plan of the weights that ship.
    pub const fn new(seed: u64) -> Self {
        let names = Settings {
            rounds: 12,
            alpha: 0.16,
            l1: 0.8,
            l2: 0.5,
            foreign_l1: 1.2,
            least_pull: 4,
            hide: [0.25, 0.15, 0.05, 0.2],
            runs: 3,
            doubt: 0.3,
            seed,
        };
        Self {
            names,
            parts: Settings {
                rounds: 25,
                alpha: 0.1,
                l1: 0.5,
                least_pull: 4,
                doubt: 0.0,
                hide: [0.1, 0.1, 0.0, 0.0],
                ..names
            },
            inner: Settings {
                rounds: 20,
                l1: 0.3,
                least_pull: 3,
                runs: 1,
                hide: [0.1, 0.1, 0.0, 0.1],
                ..names
            },
            least: 2,
            otherwise: 0.8,
            organisations: -8,
        }
    }
}

/// A span and the number of its label.
type Kinded = (ByteSpan, usize);

/// A document as the chains see it, with its labels.
struct Read {
    words: Vec<Word>,
    memory: Memory,
    stretches: Vec<Range<usize>>,
    /// Outermost names, token ranges.
    names: Vec<(Range<usize>, usize)>,
    /// Names inside them.
    inner: Vec<(Range<usize>, usize)>,
    parts: Vec<(Range<usize>, usize)>,
    guide: Guide,
    /// Which style, hashed.
    style: u32,
    /// What its sentences count.
    weight: f32,
}

/// Trains all chains and packs them.
pub fn weights(corpus: &[Gold], lexicon: &Lexicon, plan: &Plan) -> Vec<u8> {
    let mut chances = Chances::new(plan.names.seed);
    let mut read = Vec::new();
    for gold in corpus {
        read.push(document(gold, lexicon, 1.0));
        if plan.otherwise > 0.0
            && let Some(gold) = otherwise(gold, lexicon, &mut chances)
        {
            read.push(document(&gold, lexicon, plan.otherwise));
        }
    }
    let mut writer = Writer::default();
    for trained in [names(&read, plan), parts(&read, plan), inner(&read, plan)] {
        eprintln!("{} labels, {} features", trained.labels, trained.features.len());
        chain::write(&mut writer, trained.labels, &trained.steps, &trained.features);
    }
    writer.finish(MAGIC)
}

fn document(gold: &Gold, lexicon: &Lexicon, weight: f32) -> Read {
    let tokens = tokenize(&gold.text);
    let stretches = stretches(&sentences::split(&gold.text, &tokens));
    let words = words::read(&gold.text, &tokens, &stretches, lexicon);
    let memory = Memory::new(&words, &stretches);
    let of = |labels: &[MentionLabel]| -> Vec<Kinded> {
        let number = |label| labels.iter().position(|l| *l == label);
        gold.mentions.iter().filter_map(|(span, label)| Some((*span, number(*label)?))).collect()
    };
    let [names, inner] = outermost(&of(&NAMES));
    let [parts, _] = outermost(&of(&PARTS));
    let ranges = |spans: Vec<Kinded>| {
        spans.into_iter().filter_map(|(span, kind)| Some((range(&tokens, span)?, kind))).collect()
    };
    Read {
        names: ranges(names),
        inner: ranges(inner),
        parts: ranges(parts),
        words,
        memory,
        stretches,
        guide: gold.guide,
        style: fold::word(&gold.style),
        weight,
    }
}

/// Spans in text order apart: those inside no other, and those inside.
fn outermost(spans: &[Kinded]) -> [Vec<Kinded>; 2] {
    let (mut outer, mut inner) = (Vec::<Kinded>::new(), Vec::new());
    for (span, kind) in spans {
        match outer.last() {
            Some((last, _)) if last.overlaps(*span) => {
                if last.contains(*span) && last != span {
                    inner.push((*span, *kind));
                }
            }
            _ => outer.push((*span, *kind)),
        }
    }
    [outer, inner]
}

/// The tokens that a span touches.
fn range(tokens: &[Token], span: ByteSpan) -> Option<Range<usize>> {
    let start = tokens.partition_point(|t| t.span.end <= span.start);
    let end = tokens.partition_point(|t| t.span.start < span.end);
    (start < end).then_some(start..end)
}

/// The labels of one stretch of tokens.
fn labels(spans: &[(Range<usize>, usize)], stretch: &Range<usize>) -> Vec<u8> {
    let mut labels = vec![0; stretch.len()];
    let first = spans.partition_point(|(span, _)| span.end <= stretch.start);
    for (span, kind) in &spans[first..] {
        if span.start >= stretch.end {
            break;
        }
        for at in span.start.max(stretch.start)..span.end.min(stretch.end) {
            let begins = at == span.start.max(stretch.start);
            labels[at - stretch.start] = (2 * kind + if begins { 1 } else { 2 }) as u8;
        }
    }
    labels
}

fn names(read: &[Read], plan: &Plan) -> Trained {
    let mut features = Features::default();
    let mut samples = Vec::new();
    for document in read {
        let view = View { words: &document.words, memory: &document.memory };
        for stretch in &document.stretches {
            let sample = features.take(stretch.len(), |at, taker| {
                features::names(&view, stretch, stretch.start + at, taker);
                prior(document, &document.words[stretch.start + at], taker);
            });
            samples.push(finish(sample, labels(&document.names, stretch), document));
        }
    }
    features.prune(&mut samples, plan.least);
    let mut trained = train(&features, &samples, 2 * NAMES.len() + 1, may, &plan.names);
    let begins =
        NAMES.iter().position(|label| *label == MentionLabel::Org).map(|kind| 2 * kind + 1);
    for step in trained.steps.iter_mut().filter_map(|row| row.get_mut(begins?)) {
        *step += plan.organisations;
    }
    trained
}

/// What names are in one style of our corpus more than elsewhere, whatever
/// stands around them: who writes of companies has many that no list holds.
/// It is learnt aside, so that the weights that are kept need not say it.
fn prior(document: &Read, word: &Word, taker: &mut Taker) {
    if document.guide != Guide::Own || !word.shape.is_name_like() {
        return;
    }
    let listed = word.classes & !(classes::STARTS | classes::COMMON) != 0;
    let (style, listed) = (document.style, u32::from(!listed) << 8);
    taker.aside(features::hash(1, style, 0));
    taker.aside(features::hash(2, style, listed | word.shape as u32));
    taker.aside(features::hash(3, style, listed | u32::from(word.initial)));
}

fn finish(mut sample: Sample, gold: Vec<u8>, document: &Read) -> Sample {
    sample.gold = gold;
    sample.foreign = document.guide != Guide::Own;
    sample.weight = document.weight;
    sample
}

fn parts(read: &[Read], plan: &Plan) -> Trained {
    let mut features = Features::default();
    let mut samples = Vec::new();
    for document in read.iter().filter(|document| document.guide == Guide::Own) {
        let view = View { words: &document.words, memory: &document.memory };
        for stretch in &document.stretches {
            let names = labels(&document.names, stretch);
            let mut forms = vec![Form::None; stretch.len()];
            grammar::forms(&document.words, stretch, &mut forms);
            let sample = features.take(stretch.len(), |at, taker| {
                features::parts(&view, stretch, stretch.start + at, &forms, &names, taker);
            });
            samples.push(finish(sample, labels(&document.parts, stretch), document));
        }
    }
    features.prune(&mut samples, plan.least);
    train(&features, &samples, 2 * PARTS.len() + 1, may, &plan.parts)
}

fn inner(read: &[Read], plan: &Plan) -> Trained {
    let mut features = Features::default();
    let mut samples = Vec::new();
    for document in read {
        let view = View { words: &document.words, memory: &document.memory };
        for (span, kind) in &document.names {
            if span.len() < 2 || !nests(*kind) {
                continue;
            }
            let sample = features.take(span.len(), |at, taker| {
                features::inner(&view, span, span.start + at, *kind as u32, taker);
            });
            samples.push(finish(sample, labels(&document.inner, span), document));
        }
    }
    features.prune(&mut samples, plan.least);
    train(&features, &samples, 2 * NAMES.len() + 1, may, &plan.inner)
}

/// The mentions that packed weights and a lexicon find in a text.
pub fn propose(
    weights: &mentions::Weights,
    lexicon: &Lexicon,
    text: &str,
) -> Vec<crate::engine::Mention> {
    let tokens = tokenize(text);
    let sentences = sentences::split(text, &tokens);
    mentions::find_with(weights, lexicon, text, &tokens, &sentences)
}
