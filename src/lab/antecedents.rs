//! Trains the weights by which speakers are resolved, and measures them on
//! documents held out.
//!
//! A decision of the engine is an example where one of its candidates is who
//! a person marked. The weights maximise the likelihood of the right ones
//! (several may be), with a penalty on their squares. Decisions depend on
//! earlier ones, so the engine is run again with each round's weights.

use super::quotations::same_name;
use super::reports::Reported;
use crate::engine::quotations::{self, Decision, Feature, Quotations, Ranker, Task};
use crate::engine::tokens::Token;
use crate::engine::{self, Entity, Mention};
use crate::text::ByteSpan;
use std::ops::Range;

/// Rounds of running the engine and training.
const ROUNDS: usize = 4;
/// Steps of a training.
const STEPS: usize = 400;
/// How much large weights cost, in examples.
const PENALTY: f64 = 0.6;
/// Parts that documents are held out by.
const FOLDS: usize = 8;

/// A document with what does not depend on the weights.
pub struct Read {
    gold: Reported,
    tokens: Vec<Token>,
    sentences: Vec<Range<usize>>,
    mentions: Vec<Mention>,
    entities: Vec<Entity>,
    group: usize,
}

/// Reads documents; those of one style are held out together.
pub fn read(documents: Vec<Reported>) -> Vec<Read> {
    let style = |id: &str| -> String {
        if id.starts_with(|c: char| c.is_ascii_digit()) {
            return id.to_owned();
        }
        id.rsplit_once('-').map_or(id, |(style, _)| style).to_owned()
    };
    let mut styles: Vec<String> = documents.iter().map(|d| style(&d.id)).collect();
    styles.dedup();
    documents
        .into_iter()
        .map(|gold| {
            let tokens = engine::tokens::tokenize(&gold.text);
            let sentences = engine::sentences::split(&gold.text, &tokens);
            let mut mentions = engine::mentions::find(&gold.text, &tokens, &sentences);
            let entities = engine::entities::link(&gold.text, &tokens, &mut mentions);
            let own = style(&gold.id);
            let group = styles.iter().position(|s| *s == own).unwrap_or(0) % FOLDS;
            Read { gold, tokens, sentences, mentions, entities, group }
        })
        .collect()
}

impl Read {
    fn run(&self, ranker: &Ranker) -> (Quotations, Vec<Entity>, Vec<Decision>) {
        let mut entities = self.entities.clone();
        let (found, decisions) = quotations::find_with(
            &self.gold.text,
            &self.tokens,
            &self.sentences,
            &self.mentions,
            &mut entities,
            ranker,
        );
        (found, entities, decisions)
    }

    /// The marked quotation that each found one is, by overlap.
    fn meant(&self, span: ByteSpan) -> Option<usize> {
        let shared =
            |i: &usize| self.gold.quotations[*i].span.intersection(span).map_or(0, ByteSpan::len);
        let best = (0..self.gold.quotations.len()).max_by_key(shared)?;
        let cover = self.gold.quotations[best].span.cover(span).len();
        (shared(&best) as f64 >= 0.3 * cover as f64).then_some(best)
    }

    /// The decisions with which of their candidates are right.
    fn examples(&self, ranker: &Ranker) -> Vec<Example> {
        let (found, _, decisions) = self.run(ranker);
        let mut out = Vec::new();
        for decision in decisions {
            let quotation = &found.quotations[decision.draft];
            let Some(meant) = self.meant(quotation.span) else { continue };
            let gold = &self.gold.quotations[meant].resolved;
            let phrase =
                quotation.speaker.map_or("", |s| found.speakers[s].span.of(&self.gold.text));
            let right = |name: &String| {
                let name = if name.is_empty() { phrase } else { name };
                match gold {
                    Some(gold) => !name.is_empty() && same_name(name, gold),
                    None => name.is_empty(),
                }
            };
            let right: Vec<bool> = decision.names.iter().map(right).collect();
            let id = format!("{}\t{phrase}\t{gold:?}", self.gold.id);
            out.push(Example { decision, right, id });
        }
        out
    }
}

/// A decision and which of its candidates are right.
struct Example {
    decision: Decision,
    right: Vec<bool>,
    id: String,
}

/// Trains on documents.
fn train(documents: &[&Read]) -> Ranker {
    let mut ranker = start();
    for _ in 0..ROUNDS {
        let examples: Vec<Example> = documents.iter().flat_map(|d| d.examples(&ranker)).collect();
        fit(&mut ranker, &examples);
    }
    ranker
}

/// What is known of French before any example: the weights are drawn to it.
fn start() -> Ranker {
    let known = [
        (Feature::GenderOther, -2.0),
        (Feature::NumberOther, -1.5),
        (Feature::OnlyQuoted, -0.5),
        (Feature::Far, -0.5),
        (Feature::Last, 0.5),
        (Feature::FirstPerson, 0.5),
        (Feature::NounKnown, 2.0),
        (Feature::NounKnownUnnamed, 2.0),
        (Feature::OwnName, 2.0),
        (Feature::Channel, -1.0),
        (Feature::KindNearest, 0.5),
        (Feature::NewBareGroup, -1.0),
        (Feature::NewBarePerson, -0.5),
        (Feature::Misc, -1.0),
    ];
    let mut ranker = Ranker::zero();
    for (feature, weight) in known {
        ranker.weights[feature as usize] = [weight; 3];
    }
    ranker
}

/// Gradient ascent, each weight at its own pace (Adagrad).
fn fit(ranker: &mut Ranker, examples: &[Example]) {
    let size = Feature::ALL.len();
    let mut pace = vec![[1e-3_f64; 3]; size];
    let prior: Vec<[f64; 3]> = start().weights.iter().map(|w| w.map(f64::from)).collect();
    let mut weights = prior.clone();
    for _ in 0..STEPS {
        let mut slope = vec![[0.0_f64; 3]; size];
        for example in examples.iter().filter(|e| e.right.contains(&true)) {
            let column = example.decision.task.column();
            let candidates = &example.decision.candidates;
            let weigh = |features: &Vec<Feature>| -> f64 {
                features.iter().map(|&f| weights[f as usize][column]).sum()
            };
            let scores: Vec<f64> = candidates.iter().map(weigh).collect();
            let top = scores.iter().copied().fold(f64::MIN, f64::max);
            let likely: Vec<f64> = scores.iter().map(|s| (s - top).exp()).collect();
            let all: f64 = likely.iter().sum();
            let right: f64 =
                likely.iter().zip(&example.right).filter(|(_, r)| **r).map(|(l, _)| l).sum();
            for ((features, likely), is_right) in candidates.iter().zip(&likely).zip(&example.right)
            {
                let target = if *is_right { likely / right } else { 0.0 };
                for &feature in features {
                    slope[feature as usize][column] += target - likely / all;
                }
            }
        }
        for (at, weight) in weights.iter_mut().enumerate() {
            for column in 0..3 {
                let slope = slope[at][column] - PENALTY * (weight[column] - prior[at][column]);
                pace[at][column] += slope * slope;
                weight[column] += 0.5 * slope / pace[at][column].sqrt();
            }
        }
    }
    for (at, weight) in weights.iter().enumerate() {
        ranker.weights[at] = weight.map(|w| (w * 100.0).round() as f32 / 100.0);
    }
}

/// Right, with a right candidate at hand, and all, of each task.
type Tally = [[usize; 3]; 3];

fn measure(documents: &[&Read], ranker: &Ranker, tally: &mut Tally, wrong: &mut Vec<String>) {
    for example in documents.iter().flat_map(|d| d.examples(ranker)) {
        let decision = &example.decision;
        let Some(best) = ranker.best(decision.task, &decision.candidates) else { continue };
        let counts = &mut tally[decision.task.column()];
        counts[0] += usize::from(example.right[best]);
        counts[1] += usize::from(example.right.contains(&true));
        counts[2] += 1;
        if !example.right[best] {
            let best = &decision.names[best];
            wrong.push(format!("{:?}\t{}\t{best:?}", decision.task, example.id));
        }
    }
}

fn resolved(documents: &[&Read], ranker: &Ranker) -> [usize; 3] {
    let mut out = [0; 3];
    for document in documents {
        let (found, entities, _) = document.run(ranker);
        out[2] += document.gold.quotations.iter().filter(|q| q.resolved.is_some()).count();
        for quotation in &found.quotations {
            let Some(meant) = document.meant(quotation.span) else { continue };
            let Some(name) = &document.gold.quotations[meant].resolved else { continue };
            out[1] += 1;
            out[0] +=
                usize::from(quotation.entity.is_some_and(|e| same_name(&entities[e].name, name)));
        }
    }
    out
}

/// Trains on all documents; a table of the weights, and what they reach on
/// documents held out.
pub fn weights(documents: &[Read]) -> (String, String) {
    let mut report = String::new();
    let (mut tally, mut wrong) = (Tally::default(), Vec::new());
    let mut sums = [0; 3];
    for fold in 0..FOLDS {
        let (held, rest): (Vec<&Read>, Vec<&Read>) =
            documents.iter().partition(|d| d.group == fold);
        let ranker = train(&rest);
        measure(&held, &ranker, &mut tally, &mut wrong);
        for (sum, more) in sums.iter_mut().zip(resolved(&held, &ranker)) {
            *sum += more;
        }
    }
    for (task, [right, able, all]) in Task::ALL.iter().zip(tally) {
        report.push_str(&format!("{task:?}: {right} right, {able} could be, of {all}\n"));
    }
    let share = |of: usize| 100.0 * sums[0] as f64 / of.max(1) as f64;
    report.push_str(&format!(
        "held out: resolved {:.1} of all {}, {:.1} of found {}\n",
        share(sums[2]),
        sums[2],
        share(sums[1]),
        sums[1]
    ));
    report.extend(wrong.iter().map(|w| format!("{w}\n")));
    let all: Vec<&Read> = documents.iter().collect();
    let ranker = train(&all);
    let mut table = String::from(
        "# Do not edit. How much each feature speaks for a candidate: for a pronoun,\n\
         # for a noun, for words that name nobody. Trained on the tuning part of our\n\
         # corpus and of WiNER-fr (Wikinews, CC BY 2.5; quotations annotated by the\n\
         # project) by `guillemet quotations --rank src/engine/data/antecedents.txt`.\n",
    );
    for feature in Feature::ALL {
        let [pronoun, noun, silence] = ranker.weights[*feature as usize];
        table.push_str(&format!("{} {pronoun:.2} {noun:.2} {silence:.2}\n", feature.name()));
    }
    (table, report)
}
