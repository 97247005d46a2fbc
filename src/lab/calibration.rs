//! How sure a quotation, its cue and its speaker are: counted by what they
//! rest on, and checked on documents held out.

use std::collections::BTreeMap;

use super::quotations::Match;
use super::reports::Reported;
use crate::engine;

/// Few cases lean towards the share of all as if they had so many more.
const LEAN: f64 = 4.0;
/// Parts that documents are held out by.
const FOLDS: usize = 8;

/// Right of all, for contents, cues and speakers.
type Tally = [(f64, f64); 3];

/// One proposal: its document, what it rests on, and what of it was right;
/// nothing where it has no cue or speaker.
pub struct Observed {
    document: usize,
    key: String,
    right: [Option<bool>; 3],
}

/// All proposals of the engine in documents.
pub fn observe(documents: &[Reported]) -> Vec<Observed> {
    let mut out = Vec::new();
    for (document, gold) in documents.iter().enumerate() {
        let found = engine::analyse(&gold.text);
        let tokens = engine::tokens::tokenize(&gold.text);
        let sentences = engine::sentences::split(&gold.text, &tokens);
        let keys = engine::quotations::evidence(&gold.text, &tokens, &sentences, &found.mentions);
        for (quotation, key) in found.quotations.iter().zip(keys) {
            let near =
                |q: &&super::reports::Marked| Match::Overlap(0.8).fits(q.span, quotation.span);
            let cue = quotation.cue.map(|c| found.cues[c].span);
            let speaker = quotation.speaker.map(|s| found.speakers[s].span);
            let right = [
                Some(gold.quotations.iter().any(|q| near(&q))),
                cue.map(|c| gold.quotations.iter().any(|q| q.cue == Some(c))),
                speaker.map(|s| gold.quotations.iter().any(|q| q.speaker == Some(s))),
            ];
            out.push(Observed { document, key, right });
        }
    }
    out
}

/// The share of right ones by key.
fn shares<'o>(observed: impl Iterator<Item = &'o Observed>) -> (BTreeMap<String, [f64; 3]>, f64) {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut all = Tally::default();
    for one in observed {
        let tally = tallies.entry(one.key.clone()).or_default();
        for (i, right) in one.right.iter().enumerate() {
            if let Some(right) = right {
                for count in [&mut tally[i], &mut all[i]] {
                    count.0 += f64::from(u8::from(*right));
                    count.1 += 1.0;
                }
            }
        }
    }
    let prior = |i: usize| all[i].0 / all[i].1.max(1.0);
    let share = |tally: &Tally, i: usize| (tally[i].0 + LEAN * prior(i)) / (tally[i].1 + LEAN);
    let shares =
        tallies.iter().map(|(key, tally)| (key.clone(), [0, 1, 2].map(|i| share(tally, i))));
    (shares.collect(), prior(0))
}

/// The table that the engine reads.
pub fn table(observed: &[Observed]) -> String {
    let mut out = String::from(
        "# Do not edit. How often proposals were right, by what they rest on: the\n\
         # construction, the kind, the strength of the cue, whether a speaker was made\n\
         # out, whether it stands in another's words; then the share of right contents,\n\
         # cues and speakers. Counted on the tuning part of our corpus and of WiNER-fr\n\
         # (Wikinews, CC BY 2.5; quotations annotated by the project) by\n\
         # `guillemet quotations --fit src/engine/data/quotation_scores.txt`.\n",
    );
    for (key, [quotation, cue, speaker]) in shares(observed.iter()).0 {
        out.push_str(&format!("{key} {quotation:.2} {cue:.2} {speaker:.2}\n"));
    }
    out
}

/// What was promised and what came true, on documents that were not counted.
pub fn reliability(observed: &[Observed]) -> String {
    let mut bins = [(0.0, 0.0, 0_usize); 10];
    for fold in 0..FOLDS {
        let (known, prior) = shares(observed.iter().filter(|o| o.document % FOLDS != fold));
        for one in observed.iter().filter(|o| o.document % FOLDS == fold) {
            let promised = known.get(&one.key).map_or(prior, |s| s[0]);
            let bin = &mut bins[((promised * 20.0 - 10.0).max(0.0) as usize).min(9)];
            bin.0 += promised;
            bin.1 += f64::from(u8::from(one.right[0] == Some(true)));
            bin.2 += 1;
        }
    }
    let mut out = String::from("promised, held out, proposals\n");
    for (promised, right, count) in bins.into_iter().filter(|b| b.2 > 0) {
        let of = count as f64;
        out.push_str(&format!("{:.2} {:.2} {count}\n", promised / of, right / of));
    }
    out
}
