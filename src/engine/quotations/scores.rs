//! How sure a quotation, its cue and its speaker are.
//!
//! What a quotation rests on (construction, kind, strength of the cue, whether
//! a speaker was made out) is its key; `data/quotation_scores.txt` tells for
//! each key how often such proposals were right.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::contents::{Draft, How};
use super::lexicon::Strength;
use crate::engine::math::decimal;
use crate::text::order;

const TABLE: &str = include_str!("../data/quotation_scores.txt");

/// Probabilities of one quotation.
#[derive(Clone, Copy, Debug)]
pub struct Scores {
    /// That the content is right.
    pub quotation: f32,
    /// That the cue is.
    pub cue: f32,
    /// That the speaker is.
    pub speaker: f32,
}

/// What a key without a line gets.
const UNKNOWN: Scores = Scores { quotation: 0.5, cue: 0.5, speaker: 0.5 };

/// What a draft rests on, in words.
pub fn key(draft: &Draft) -> String {
    let how = match draft.how {
        How::Clause => "clause",
        How::Question => "question",
        How::Infinitive => "infinitive",
        How::Colon => "colon",
        How::Object => "object",
        How::Inserted => "inserted",
        How::Source => "source",
        How::Alone => "alone",
    };
    let strength = match draft.strength {
        Strength::Says => "says",
        Strength::Thinks => "thinks",
        Strength::Weak => "weak",
        Strength::Manner => "manner",
    };
    let spoken = if draft.speaker.is_some() { "spoken" } else { "silent" };
    let inside = if draft.inside.is_some() { "inside" } else { "outside" };
    format!("{how} {} {strength} {spoken} {inside}", draft.kind.name())
}

/// The probabilities of a draft.
pub fn of(draft: &Draft) -> Scores {
    static READ: OnceLock<BTreeMap<String, Scores>> = OnceLock::new();
    let table = READ.get_or_init(|| order::map(TABLE.lines().filter_map(line)));
    table.get(&key(draft)).copied().unwrap_or(UNKNOWN)
}

/// A line of the table: the five words of the key and three probabilities.
fn line(line: &str) -> Option<(String, Scores)> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [key @ .., quotation, cue, speaker] = words.as_slice() else { return None };
    if line.starts_with('#') || key.len() != 5 {
        return None;
    }
    let number = |word: &str| decimal(word).map(|n| n.clamp(0.0, 1.0));
    let scores =
        Scores { quotation: number(quotation)?, cue: number(cue)?, speaker: number(speaker)? };
    Some((key.join(" "), scores))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_key_with_probabilities() {
        let lines = TABLE.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
        for written in lines {
            assert!(line(written).is_some(), "cannot read {written:?}");
        }
    }
}
