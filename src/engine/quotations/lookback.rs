//! Noun phrases by where they end: the longest one before a verb.

use super::conjugation::Mood;
use super::lexicon::Class;
use super::phrases::{MAX_PHRASE, Number};
use super::view::View;
use super::words::is_plain;

impl View<'_, '_> {
    /// The longest noun phrase that ends right before `end`.
    pub fn phrase_before(&self, end: usize, number: Number) -> Option<(usize, usize)> {
        let mut best = None;
        for start in (end.saturating_sub(MAX_PHRASE)..end).rev() {
            if self.is_boundary(start, number) {
                break;
            }
            let governed = start > 0 && {
                let before = self.class(start - 1);
                before.has(Class::OF.with(Class::TO).with(Class::PREPOSITION))
            };
            if governed && best.is_some() {
                continue;
            }
            let determined = start > 0
                && self.class(start - 1).has(Class::DETERMINER)
                && !self.word(start - 1).capital;
            // "les communes | touchées": no phrase starts inside another one.
            let word = self.word(start);
            let bare = is_plain(word) && !word.capital && word.reach == 0;
            let within = bare
                && start > 0
                && (self.is_nominal(start - 1, true)
                    || start > 1 && self.class(start - 1).has(Class::AND));
            // "est | censurée par le général": a verb.
            let compound = word.mood.has(Mood::PAST_PARTICIPLE)
                && start > 0
                && self.is_finite(start - 1)
                && self.is_auxiliary(start - 1);
            // ", conduite par X": how, not who.
            let led = self.is_word(start + 1, "par") && !word.capital && word.word;
            let inside =
                start > 0 && self.token(start).is_some_and(|t| self.word(start - 1).reach > t);
            let led = led
                || inside
                    && (word.capital
                        || self.word(start - 1).word
                            && (is_plain(word) || word.class.has(Class::NOUN)));
            if determined || within || compound || led || self.class(start).has(Class::REACHED) {
                continue;
            }
            if self.phrase(start, number) == Some(end) && !governed {
                best = Some((start, end));
            }
        }
        best
    }

    /// The phrase behind a preposition that ends right before `end`: "par la
    /// SNCF", which "qui" may take up.
    pub fn governed_before(&self, end: usize) -> Option<(usize, usize)> {
        let starts = (end.saturating_sub(MAX_PHRASE)..end).rev();
        starts
            .take_while(|&start| !self.is_boundary(start, Number::Singular))
            .find(|&start| {
                let before = self.class(start.wrapping_sub(1));
                before.has(Class::TO.with(Class::PREPOSITION))
                    && !before.has(Class::OF)
                    && self.phrase(start, Number::Singular) == Some(end)
            })
            .map(|start| (start, end))
    }

    /// What no phrase to the left reaches over.
    fn is_boundary(&self, k: usize, number: Number) -> bool {
        let class = self.class(k);
        let word = self.word(k);
        if !word.word && self.region(k).is_none() {
            let passes = self.is_number(k)
                || (number == Number::Plural && self.is(k, ","))
                || matches!(self.of(k), "(" | ")" | "-" | "&" | "%");
            return !passes;
        }
        class.has(Class::THAT.with(Class::RELATIVE))
            || (class.has(Class::SUBJECT)
                && k + 1 < self.len()
                && word.reach == 0
                && !class.has(Class::PRONOUN))
            || (self.is_finite(k) && !word.mood.has(Mood::PAST_PARTICIPLE))
    }
}
