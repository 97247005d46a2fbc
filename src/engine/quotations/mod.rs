//! Quotations: who says what, and the words that tell it.
//!
//! Takes the text with its tokens, sentences, mentions and entities. Reads
//! ([`reading`]) the words and the regions in marks, finds the cues
//! ([`cues`]), what they report and whose subject they have ([`contents`]),
//! then what stands in marks alone ([`alone`]), and resolves the speakers
//! ([`who`]). Needs no weights; wrong or missing mentions cost it only
//! precision.

mod adjuncts;
mod alone;
mod appositions;
mod carve;
mod classes;
mod conjugation;
mod contents;
mod cues;
mod guesses;
mod lexicon;
mod lookback;
mod marks;
mod nouns;
mod phrases;
mod reading;
mod scores;
mod stems;
mod subjects;
mod view;
mod who;
mod words;

use std::ops::Range;

pub use self::carve::{Carved, carve};
pub use self::who::{Decision, Feature, Ranker, Task};

use self::contents::Draft;
use self::reading::Reading;
use super::analysis::{Cue, Entity, Mention, Quotation, Speaker};
use super::tokens::Token;
use crate::text::{ByteSpan, order};

/// What this stage finds; lists in text order, tied by index.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quotations {
    /// The words that report.
    pub cues: Vec<Cue>,
    /// The source phrases.
    pub speakers: Vec<Speaker>,
    /// The reported contents.
    pub quotations: Vec<Quotation>,
}

/// The quotations of `text`. A speaker that no entity stands for becomes one.
pub fn find(
    text: &str,
    tokens: &[Token],
    sentences: &[Range<usize>],
    mentions: &[Mention],
    entities: &mut Vec<Entity>,
) -> Quotations {
    let reading = Reading::new(text, tokens, sentences, mentions);
    let drafts = drafts(&reading);
    let ranker = who::ranker();
    let resolved = who::resolve(&reading, &drafts, mentions, entities, ranker, who::Keep::Nothing);
    tie(&reading, &drafts, &resolved)
}

/// [`find`] with other weights, and each decision that they made.
#[cfg(not(target_arch = "wasm32"))]
pub fn find_with(
    text: &str,
    tokens: &[Token],
    sentences: &[Range<usize>],
    mentions: &[Mention],
    entities: &mut Vec<Entity>,
    ranker: &Ranker,
) -> (Quotations, Vec<Decision>) {
    let reading = Reading::new(text, tokens, sentences, mentions);
    let drafts = drafts(&reading);
    let resolved =
        who::resolve(&reading, &drafts, mentions, entities, ranker, who::Keep::Decisions);
    (tie(&reading, &drafts, &resolved), resolved.decisions)
}

/// What each quotation of [`find`] rests on, in the same order: the keys by
/// which the scores are settled.
#[cfg(not(target_arch = "wasm32"))]
pub fn evidence(
    text: &str,
    tokens: &[Token],
    sentences: &[Range<usize>],
    mentions: &[Mention],
) -> Vec<String> {
    let reading = Reading::new(text, tokens, sentences, mentions);
    drafts(&reading).iter().map(scores::key).collect()
}

/// All drafts in text order.
fn drafts(reading: &Reading<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for stretch in &reading.stretches {
        contents::find(reading, stretch, &mut drafts);
    }
    let mut taken = vec![false; reading.regions.len()];
    for draft in &drafts {
        let first = reading.regions.partition_point(|r| r.tokens.start < draft.content.start);
        for (at, region) in reading.regions.iter().enumerate().skip(first) {
            if region.tokens.start >= draft.content.end {
                break;
            }
            taken[at] = true;
        }
        // A region cut by its own cue clause.
        if let Some(at) = first.checked_sub(1)
            && reading.regions[at].tokens.end == draft.content.end
        {
            taken[at] = true;
        }
    }
    for stretch in reading.stretches.iter().filter(|s| s.inside.is_none()) {
        alone::find(reading, stretch, &taken, &mut drafts);
    }
    in_order(drafts)
}

/// Sorts the drafts by content and keeps `continues` pointing right; of two
/// with one content, or of which each holds only a part of the other, the
/// first stays.
fn in_order(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    let key = |i: usize| (drafts[i].content.start, std::cmp::Reverse(drafts[i].content.end), i);
    order::sort_by_key(&mut order, |&i| key(i));
    let mut place = vec![0; drafts.len()];
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    let mut open: Vec<usize> = Vec::new();
    for &i in &order {
        let content = &drafts[i].content;
        while open.last().is_some_and(|&at| kept[at].content.end <= content.start) {
            open.pop();
        }
        // The innermost of those that go on here ends first.
        if let Some(&at) = open.last()
            && (kept[at].content == *content || kept[at].content.end < content.end)
        {
            place[i] = at;
            continue;
        }
        place[i] = kept.len();
        open.push(kept.len());
        kept.push(drafts[i].clone());
    }
    for (at, draft) in kept.iter_mut().enumerate() {
        draft.continues = draft.continues.map(|c| place[c]).filter(|&c| c < at);
    }
    kept
}

/// Cues and speakers as lists of their own, shared where drafts share them.
fn tie(reading: &Reading<'_>, drafts: &[Draft], resolved: &who::Resolved) -> Quotations {
    let spans = |of: &dyn Fn(&Draft) -> Option<Range<usize>>| {
        let mut spans: Vec<ByteSpan> =
            drafts.iter().filter_map(of).map(|t| reading.span(t)).collect();
        order::sort_by(&mut spans, Ord::cmp);
        spans.dedup();
        spans
    };
    let cues = spans(&|d| d.cue.clone());
    let speakers = spans(&|d| d.speaker.clone());
    let index = |spans: &[ByteSpan], tokens: &Option<Range<usize>>| {
        let span = reading.span(tokens.clone()?);
        spans.binary_search(&span).ok()
    };
    let mut out = Quotations {
        cues: cues.iter().map(|&span| Cue { span, score: 0.0 }).collect(),
        speakers: speakers.iter().map(|&span| Speaker { span, score: 0.0, entity: None }).collect(),
        quotations: Vec::with_capacity(drafts.len()),
    };
    for (at, draft) in drafts.iter().enumerate() {
        let scores = scores::of(draft);
        let (cue, speaker) = (index(&cues, &draft.cue), index(&speakers, &draft.speaker));
        let speaker = speaker.or_else(|| index(&speakers, &resolved.phrases[at]));
        if let Some(cue) = cue {
            out.cues[cue].score = out.cues[cue].score.max(scores.cue);
        }
        if let (Some(speaker), true) = (speaker, draft.speaker.is_some()) {
            let found = &mut out.speakers[speaker];
            found.score = found.score.max(scores.speaker);
            found.entity = found.entity.or(resolved.speakers[at]);
        }
        out.quotations.push(Quotation {
            span: reading.span(draft.content.clone()),
            kind: draft.kind,
            score: scores.quotation,
            cue,
            speaker,
            entity: resolved.quotations[at],
            continues: draft.continues,
        });
    }
    out
}
