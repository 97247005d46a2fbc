//! What the places of one name in a document say to one another. The first
//! reading of each place is a vote for what the name is; in the second reading
//! each place hears the votes of the others.

use super::NAMES;
use super::chain::{STEP, Sum};
use super::sums::Sums;
use super::words::Word;
use crate::engine::lexicon::fold;
use crate::engine::math::ln;
use std::ops::Range;

/// Nothing, or one of the kinds of names.
const KINDS: usize = NAMES.len() + 1;
/// How much a vote weighs against what stands around the word; tuned on
/// Wikinews of late 2017.
const WEIGHT: f32 = 0.6;
/// What each kind has before anyone voted: one vote in all.
const PRIOR: f32 = 1.0 / KINDS as f32;

type Ballot = [f32; KINDS];

/// The votes of a document, by name.
#[derive(Debug)]
pub struct Votes {
    /// Key, and votes by kind; open addressing, zero is free.
    slots: Vec<(u32, Ballot)>,
    /// What each place said, in the order of reading.
    said: Vec<Ballot>,
    /// How many places were weighed.
    weighed: usize,
}

/// What one token is called: alone, or with its neighbour in a longer name.
#[derive(Clone, Copy, Debug)]
enum Name {
    Alone(u32),
    Part { word: u32, pair: u32 },
}

impl Votes {
    /// Room for the votes of so many name-like words.
    pub fn new(names: usize) -> Self {
        Self {
            slots: vec![(0, [0.0; KINDS]); (names * 4 + 16).next_power_of_two()],
            said: Vec::with_capacity(names),
            weighed: 0,
        }
    }

    fn slot(&mut self, key: u32) -> &mut Ballot {
        let mask = self.slots.len() - 1;
        let mut slot = (key.wrapping_mul(0x9e37_79b1) >> 4) as usize & mask;
        while self.slots[slot].0 != 0 && self.slots[slot].0 != key {
            slot = (slot + 1) & mask;
        }
        self.slots[slot].0 = key;
        &mut self.slots[slot].1
    }

    /// Takes the votes of one sentence.
    pub fn take(&mut self, words: &[Word], sentence: &Range<usize>, sums: &Sums) {
        for at in sentence.clone() {
            if !votes(&words[at]) {
                continue;
            }
            let ballot = ballot(sums, at - sentence.start);
            self.said.push(ballot);
            match name(words, sentence, at) {
                Name::Alone(word) => add(self.slot(word), &ballot),
                Name::Part { word, pair } => {
                    add(self.slot(pair), &ballot);
                    // A surname stands alone later; part of another kind of
                    // name says little about the word alone.
                    self.slot(word)[1] += ballot[1];
                }
            }
        }
    }

    /// Adds to the sums of one sentence what the other places say. Sentences
    /// are weighed in the order in which they were taken.
    pub fn weigh(&mut self, words: &[Word], sentence: &Range<usize>, rows: &mut [Sum]) {
        for at in sentence.clone() {
            if !votes(&words[at]) {
                continue;
            }
            let i = at - sentence.start;
            let own = self.said.get(self.weighed).copied().unwrap_or_default();
            self.weighed += 1;
            let key = match name(words, sentence, at) {
                Name::Alone(word) => word,
                Name::Part { pair, .. } => pair,
            };
            let mut others = *self.slot(key);
            others.iter_mut().zip(own).for_each(|(all, own)| *all = (*all - own).max(0.0));
            let count: f32 = others.iter().sum();
            if count < 0.05 {
                continue;
            }
            let heard = others.map(|votes| {
                let share = (votes + PRIOR) / (count + 1.0);
                (WEIGHT * ln(share) / STEP).round() as i16
            });
            let row = &mut rows[i];
            row.outside += heard[0];
            for (kind, heard) in heard[1..].iter().enumerate() {
                row.begin[kind] += heard;
                row.inside[kind] += heard;
            }
        }
    }
}

/// Whether a token votes: it looks like a name, and its line is no headline in
/// capitals.
fn votes(word: &Word) -> bool {
    word.shape.is_name_like() && !word.shouted
}

fn add(sum: &mut Ballot, ballot: &Ballot) {
    sum.iter_mut().zip(ballot).for_each(|(sum, vote)| *sum += vote);
}

fn ballot(sums: &Sums, i: usize) -> Ballot {
    let mut ballot = [sums.chance(i, 0); KINDS];
    for kind in 0..NAMES.len() {
        ballot[kind + 1] = sums.chance(i, 2 * kind + 1) + sums.chance(i, 2 * kind + 2);
    }
    ballot
}

fn name(words: &[Word], sentence: &Range<usize>, at: usize) -> Name {
    let word = words[at].id;
    let near = |at: usize| Some(at).filter(|at| sentence.contains(at) && votes(&words[*at]));
    if let Some(before) = at.checked_sub(1).and_then(near) {
        Name::Part { word, pair: fold::phrase(words[before].id, word) }
    } else if let Some(after) = near(at + 1) {
        Name::Part { word, pair: fold::phrase(word, words[after].id).rotate_left(1) | 1 }
    } else {
        Name::Alone(word)
    }
}
