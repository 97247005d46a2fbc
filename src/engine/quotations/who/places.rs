//! Where somebody appears: in others' words, at the head of a clause, behind
//! which determiner.

use std::ops::Range;

use crate::engine::quotations::conjugation::Mood;
use crate::engine::quotations::lexicon::Class;
use crate::engine::quotations::reading::Reading;
use crate::engine::quotations::words::is_plain;
use crate::scheme::MentionLabel;

/// Whether each token stands in another's words.
pub fn quoted(reading: &Reading<'_>, contents: &[Range<usize>]) -> Vec<bool> {
    let mut quoted = vec![false; reading.words.len()];
    let (mut region, mut content, mut furthest) = (0, 0, 0);
    for (t, quoted) in quoted.iter_mut().enumerate() {
        while let Some(r) = reading.regions.get(region).filter(|r| r.tokens.start <= t) {
            furthest = furthest.max(r.tokens.end);
            region += 1;
        }
        while let Some(c) = contents.get(content).filter(|c| c.start <= t) {
            furthest = furthest.max(c.end);
            content += 1;
        }
        *quoted = t < furthest;
    }
    quoted
}

/// The determiner of the noun at `t`, a word or two before it.
pub fn determiner(reading: &Reading<'_>, t: usize) -> Option<usize> {
    for start in (t.saturating_sub(2)..t).rev() {
        let word = reading.words[start];
        if word.class.has(Class::DETERMINER) && !word.class.has(Class::TITLE) {
            // "les deux hommes".
            let more = start > 0 && start + 1 == t && {
                let before = reading.words[start - 1];
                before.class.has(Class::DETERMINER) && !before.class.has(Class::OF)
            };
            return Some(if more { start - 1 } else { start });
        }
        let between = is_plain(word) || word.class.has(Class::PERSON_NOUN);
        if !between || word.reach > 0 {
            return None;
        }
    }
    None
}

/// The noun at the head of a name or role in lower case.
pub fn head_of(words: &str) -> &str {
    const BEFORE: [&str; 9] =
        ["ancien", "ancienne", "ex", "nouveau", "nouvelle", "premier", "vice", "jeune", "futur"];
    words.split_whitespace().find(|w| !BEFORE.contains(w)).unwrap_or_default()
}

/// Whether what starts at token `at` is what its sentence opens with: no verb,
/// comma or preposition before it, but for an adverbial: "En face, X".
pub fn opens_clause(reading: &Reading<'_>, at: usize) -> bool {
    let mut comma = false;
    for t in (at.saturating_sub(14)..at).rev() {
        let word = reading.words[t];
        if reading.is(t, ",") && t + 1 == at {
            let clause = reading.sentences.partition_point(|s| s.end <= t);
            let line = reading.lines.partition_point(|l| l.end <= t);
            let start = reading.sentences.get(clause).map_or(0, |s| s.start);
            let start = start.max(reading.lines.get(line).map_or(0, |l| l.start));
            let first = reading.words[start];
            let small = Class::PREPOSITION.with(Class::TO).with(Class::TIME).with(Class::ADVERB);
            comma =
                start < t && (first.class.has(small) || first.mention == Some(MentionLabel::Date));
            if !comma {
                return false;
            }
            continue;
        }
        if !word.word {
            if comma && reading.is(t, ",") {
                return false;
            }
            return matches!(
                reading.of(t),
                "." | "-" | "–" | "—" | "!" | "?" | "»" | "”" | "\"" | "…"
            );
        }
        if reading.lines.binary_search_by_key(&(t + 1), |l| l.start).is_ok() {
            return true;
        }
        let governed =
            t + 1 == at && word.class.has(Class::OF.with(Class::TO).with(Class::PREPOSITION));
        if governed || word.mood.has(Mood::FINITE) {
            return false;
        }
    }
    at < 14
}
