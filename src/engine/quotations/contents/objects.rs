//! Objects that are reported: phrases with words in marks, and what something
//! is called.

use super::Finder;
use crate::engine::quotations::conjugation::Mood;
use crate::engine::quotations::cues::Cue;
use crate::engine::quotations::lexicon::{Class, Strength, Uses};
use crate::engine::quotations::words::is_plain;

impl Finder<'_, '_, '_> {
    /// "se dit | attentive", "juge | ces mesures disproportionnées": what
    /// somebody or something is called, without marks.
    pub(super) fn is_attribute(&self, k: usize, cue: &Cue) -> bool {
        const ENDINGS: [&str; 14] = [
            "é", "ée", "és", "ées", "able", "ables", "ible", "ibles", "eux", "euse", "euses", "if",
            "ive", "ives",
        ];
        const DEGREES: [&str; 6] = ["plus", "trop", "très", "moins", "peu", "assez"];
        let view = self.view;
        let Some(verb) = cue.verb else { return false };
        let quality = |k: usize| {
            let word = view.word(k);
            is_plain(word) && !word.capital && word.reach == 0
        };
        if verb.pronominal {
            return quality(k) && verb.strength == Strength::Says;
        }
        // "estime | disproportionnée l'interdiction".
        let before = quality(k)
            && view.class(k + 1).has(Class::DETERMINER)
            && ENDINGS.iter().any(|e| view.of(k).ends_with(e));
        if before && verb.strength == Strength::Thinks {
            return true;
        }
        let pointed = ["le", "la", "l'", "les", "ce", "cet", "cette", "ces"];
        let judged = verb.strength == Strength::Thinks
            && pointed.iter().any(|w| view.is_word(k, w))
            && !view.class(k + 1).has(Class::PERSON_NOUN);
        let Some(end) = view.phrase_without_regions(k).filter(|_| judged) else { return false };
        let last = end - 1;
        let called =
            end > k + 2 && quality(last) && ENDINGS.iter().any(|e| view.of(last).ends_with(e));
        called || DEGREES.iter().any(|w| view.is_word(end, w)) && quality(end + 1)
    }

    /// An object phrase with words in marks that starts at `k`.
    pub(super) fn object(&self, k: usize, cue: &Cue) -> Option<usize> {
        let view = self.view;
        let class = view.class(k);
        // Of the adverbial prepositions only those that name a theme.
        let theme = class.has(Class::OF)
            || class.has(Class::TO)
            || ["pour", "contre", "comme", "sur", "en"].iter().any(|w| view.is_word(k, w));
        if class.has(Class::PREPOSITION) && !theme {
            return None;
        }
        if class.has(Class::TO) && (!cue.takes(Uses::A) || view.is_channel(k + 1)) {
            return None;
        }
        // "a mis en garde Moscou contre une « … »": whom, then what.
        let against = view.phrase_without_regions(k).filter(|_| cue.takes(Uses::SOMEONE) && !theme);
        if against.is_some_and(|end| view.is_word(end, "contre") || view.is_word(end, "sur")) {
            return None;
        }
        let someone = cue.takes(Uses::SOMEONE) && cue.takes(Uses::A.with(Uses::DE));
        if class.has(Class::ADVERB.with(Class::TIME))
            && !class.has(Class::PREPOSITION.with(Class::DETERMINER))
            || view.is(k, ",")
        {
            return None;
        }
        for j in k..view.len().min(k + 25) {
            if view.region(j).is_some() {
                // "présentait des « lésions »": what it is not called.
                if (!theme || class.has(Class::DETERMINER)) && !cue.takes(Uses::OBJECT) {
                    let calls = (k + 1..j).any(|k| {
                        view.class(k).has(Class::OF.with(Class::TO)) || view.is_word(k, "comme")
                    });
                    if !calls {
                        return None;
                    }
                }
                // "appelé les parties à « … »".
                if someone && j > k + 1 && view.class(j - 1).has(Class::OF.with(Class::TO)) {
                    return Some(j - 1);
                }
                // "a demandé à l'Etat « un plan »": whom, then what.
                if class.has(Class::TO) && j > k + 1 && self.is_determined(j) {
                    let whom = view.phrase_without_regions(k + 1) == Some(j);
                    if whom && !view.class(j - 1).has(Class::OF.with(Class::DETERMINER)) {
                        return Some(j);
                    }
                }
                // "a dit au président Alain Rousset « Il faut … »".
                let said = !theme && self.is_clause(j) && self.is_sentence(j);
                let start = if said { j } else { k };
                return (!self.is_name(j) || cue.takes(Uses::ATTRIBUTE)).then_some(start);
            }
            let word = view.word(j);
            let clause =
                word.class.has(Class::OF.with(Class::TO)) && self.infinitive(j, cue).is_some();
            let stop = clause
                || matches!(view.of(j), "," | ";" | ":" | "." | "(")
                || word.class.has(
                    Class::THAT
                        .with(Class::RELATIVE)
                        .with(Class::SUBJECT)
                        .with(Class::SUBORDINATOR),
                ) && !word.class.has(Class::ADVERB)
                    && !(j == k && theme)
                || view.is_finite(j) && !word.mood.has(Mood::PAST_PARTICIPLE)
                || j > k
                    && (view.is_word(j, "dans")
                        || view.is_word(j, "lors")
                        || view.is_word(j, "après")
                        || view.is_word(j, "devant"));
            if stop {
                return None;
            }
        }
        None
    }

    /// Whether the words in marks at `k` start with a determiner.
    fn is_determined(&self, k: usize) -> bool {
        let Some(region) = self.view.region(k) else { return false };
        let reading = self.view.reading;
        let first = reading.regions[region].inner.clone().next();
        first.is_some_and(|t| reading.words[t].class.has(Class::DETERMINER))
    }
}
