//! Appositions: what stands between commas behind a source phrase and says who
//! or what it is.
//!
//! "Lin Jian, un porte-parole du ministère", "la vice-ministre, Lisa Monaco, 34
//! ans": names with what they are, in either order, trades, ages, charges. Moods
//! ("hilare") and circumstances ("le bras en écharpe") stay out.

use super::conjugation::Mood;
use super::lexicon::Class;
use super::nouns::{self, NounKind};
use super::phrases::{Attach, Number};
use super::view::View;
use crate::scheme::MentionLabel;

/// What opens no apposition; "présent sur place" tells how one was reached.
const ADDED: Class = Class::RELATIVE.with(Class::AND).with(Class::ADVERB).with(Class::REACHED);
/// No phrase has more.
const MAX_APPOSITIONS: usize = 3;

impl View<'_, '_> {
    /// Reaches left over the phrases that a phrase is apposed to: from "31
    /// ans" to "Emmanuel Tamfu, mécanicien, 31 ans".
    pub fn with_apposed(&self, mut start: usize, end: usize) -> usize {
        for _ in 0..MAX_APPOSITIONS {
            if start < 2 || !self.is(start - 1, ",") {
                break;
            }
            let Some((before, stop)) = self.phrase_before(start - 1, Number::Singular) else {
                break;
            };
            // "Plus prudente, Ana Roy": how she is.
            let bare = stop == before + 1 && self.class(before.wrapping_sub(1)).has(Class::ADVERB);
            let governed = bare
                || before > 0
                    && self
                        .class(before - 1)
                        .has(Class::PREPOSITION.with(Class::OF).with(Class::TO));
            if governed || self.appositions(before, stop) < end || self.is_date(before) {
                break;
            }
            start = before;
        }
        start
    }

    /// Reaches over the appositions after `end`: "Lin Jian, un porte-parole du
    /// ministère", "la vice-ministre, Lisa Monaco, 34 ans".
    pub fn appositions(&self, start: usize, mut end: usize) -> usize {
        let mut told = false;
        for _ in 0..MAX_APPOSITIONS {
            let Some(next) = self.apposition(start, end) else { break };
            // "Ana Roy, présidente du club, la saison": told once what she is,
            // what follows is another phrase.
            let first = self.class(end + 1);
            let article = first.has(Class::DETERMINER) && !self.is_number(end + 1);
            if told && article && !self.is_named(end + 1, next) {
                break;
            }
            told |= !self.is_number(end + 1);
            end = next;
        }
        if told { self.located(end).unwrap_or(end) } else { end }
    }

    /// "…, maire de Beaupont, dans l'Ain": where what says where it is ends.
    fn located(&self, end: usize) -> Option<usize> {
        let at = if self.is(end, ",") { end + 1 } else { end };
        let local = self.class(at).has(Class::TO)
            || ["dans", "en", "près"].iter().any(|w| self.is_word(at, w));
        let reach = if local {
            self.chain(at + 1, Number::Singular, Attach::Office)?
        } else {
            return None;
        };
        let place = (at + 1..reach).any(|k| self.word(k).mention == Some(MentionLabel::Place));
        let closed = matches!(self.of(reach), "," | "." | ";" | ":" | ")");
        (place && closed && !self.has_finite(at..reach)).then_some(reach)
    }

    /// The end of the apposition behind the comma at `end`.
    fn apposition(&self, start: usize, end: usize) -> Option<usize> {
        if !self.is(end, ",") || self.is_pronoun(start) {
            return None;
        }
        // ", alors ministre", ", aujourd'hui retraitée".
        let once = ["alors", "aujourd'hui", "désormais", "également", "longtemps", "jadis"];
        let then = once.iter().any(|w| self.is_word(end + 1, w)) && !self.is(end + 2, ",");
        let first = if then { end + 2 } else { end + 1 };
        let class = self.class(first);
        let word = self.word(first);
        if self.is_date(first) || class.has(ADDED) {
            return None;
        }
        let of = class.has(Class::OF) && !class.has(Class::PLURAL) && !self.is_word(first, "des");
        let age = self.is_number(first)
            && (self.is_word(first + 1, "ans") || self.is_word(first + 1, "an"));
        if age {
            return self.closes(first + 2).then_some(first + 2);
        }
        if let Some(reach) = self.charge(first) {
            return self.closes(reach).then_some(reach);
        }
        let from = if of { first + 1 } else { first };
        let noun = class.has(Class::DETERMINER) || self.is_nominal(first, true) || of;
        if !noun || (class.has(Class::PREPOSITION) && !of) || word.mood.has(Mood::PAST_PARTICIPLE) {
            return None;
        }
        // "le bras en écharpe": a circumstance, no apposition.
        let noun_at = if class.has(Class::DETERMINER) { first + 1 } else { first };
        let list = self.is_word(noun_at + 2, "liste");
        if self.class(noun_at).has(Class::BODY) && !list || self.is_pronoun(first) {
            return None;
        }
        // "de son côté", "de même": no origin.
        if of
            && (self.is_word(from, "son") || self.is_word(from, "leur") || self.is_word(from, "sa"))
        {
            return None;
        }
        let trade = !class.has(Class::DETERMINER) && !word.capital && !of;
        let attach = if trade { Attach::Always } else { Attach::Office };
        let mut reach = self.chain(from, Number::Singular, attach)?;
        if trade && self.is_word(reach, "depuis") {
            let year = self.is_number(reach + 1).then_some(reach + 2);
            reach = year.or_else(|| self.base(reach + 1)).unwrap_or(reach);
        }
        // "hilare": a mood, no trade.
        let known = word.reach > 0 || self.is_trade(first);
        if trade && reach == first + 1 && !known {
            return None;
        }
        // "Hamza, quatre couvertures sur les épaules".
        if class.has(Class::DETERMINER) && class.has(Class::PLURAL) && self.is_named(start, end) {
            return None;
        }
        // A name and what it is, in either order; or a trade, an origin.
        let named = self.is_named(start, end);
        let names = self.is_named(first, reach);
        // "reconnaît Paul Ryan, la difficulté de …": nobody.
        let person = self.word(end - 1).mention == Some(MentionLabel::Person);
        let thing = || {
            let noun = self.of(noun_at).to_lowercase();
            // "l'un de ses auteurs".
            let one = self.class(noun_at + 1).has(Class::OF) && noun.starts_with("un");
            !one && nouns::kind(self.reading.lexicon, &noun) == NounKind::Other
                && self.word(noun_at).mention != Some(MentionLabel::Role)
                && !self.is_trade(noun_at)
                && !(first..reach).any(|k| self.class(k).has(Class::OFFICE))
        };
        // "selon les rapports, Cuaron": a document has no such name.
        let document = || {
            let noun =
                self.of(if self.class(start).has(Class::DETERMINER) { start + 1 } else { start });
            nouns::kind(self.reading.lexicon, &noun.to_lowercase()) == NounKind::Document
        };
        // "selon la Chambre, une entreprise sur trois": a clause starts.
        let share = ["un", "une"].iter().any(|w| self.is_word(first, w))
            && self.is_word(reach, "sur")
            && self.class(reach + 1).has(Class::DETERMINER);
        if share || word.mention == Some(MentionLabel::Person) && document() {
            return None;
        }
        // "selon X, cette mesure": a clause starts.
        let pointed = ["ce", "cet", "cette", "ces"].iter().any(|w| self.is_word(first, w));
        if (person || pointed) && !names && class.has(Class::DETERMINER) && !of && thing() {
            return None;
        }
        // "Conmebol, la Confédération de la région": a name, then a title.
        let title = class.has(Class::DETERMINER)
            && !class.has(Class::PLURAL)
            && named
            && end == start + 1
            && !self.class(start).has(Class::DETERMINER)
            && self.word(reach - 1).reach == 0
            && matches!(self.of(reach), "." | ",");
        // "un communiqué de Turkey Blocks, un organisme de surveillance".
        let indefinite = self.is_word(first, "un") || self.is_word(first, "une");
        let told = indefinite
            && !names
            && (self.word(end - 1).capital
                || self.is_somebody(start, end) && self.is_trade(first + 1))
            && matches!(self.of(reach), "," | "." | ";" | ":");
        (self.closes(reach) && (named != names || trade || of || title || told)).then_some(reach)
    }

    /// Whether a noun is one of persons, or ends like those who do something.
    fn is_trade(&self, k: usize) -> bool {
        const ENDINGS: [&str; 15] = [
            "eur",
            "euse",
            "ier",
            "ière",
            "iste",
            "ien",
            "ienne",
            "aire",
            "logue",
            "trice",
            "ger",
            "gère",
            "cogérant",
            "maître",
            "ante",
        ];
        self.class(k).has(Class::OFFICE.with(Class::PERSON_NOUN))
            || self.is_word(k, "numéro")
            || ENDINGS.iter().any(|e| self.of(k).ends_with(e))
    }

    /// "en charge du territoire", "à la tête de la cave": where it ends.
    pub(super) fn charge(&self, k: usize) -> Option<usize> {
        const SET: [&[&str]; 4] =
            [&["en", "charge"], &["à", "la", "tête"], &["en", "poste"], &["au", "nom"]];
        let fits = |set: &&&[&str]| set.iter().enumerate().all(|(i, w)| self.is_word(k + i, w));
        let governs = k + SET.iter().find(fits)?.len();
        let linked = self.class(governs).has(Class::OF.with(Class::TO));
        if linked { self.chain(governs + 1, Number::Singular, Attach::Office) } else { None }
    }

    /// Whether the head of a phrase is a name.
    fn is_named(&self, start: usize, end: usize) -> bool {
        let stop = (start + 1..end)
            .find(|&k| self.class(k).has(Class::OF.with(Class::TO).with(Class::PREPOSITION)))
            .unwrap_or(end);
        let same = |k: usize| {
            let (word, before) = (self.word(k), self.word(k - 1));
            before.mention == word.mention && before.reach == word.reach
        };
        let person = (start..end).any(|k| {
            let first = (start + 1..=k).rev().find(|&j| !same(j)).unwrap_or(start);
            self.word(k).mention == Some(MentionLabel::Person)
                && !(first > 0
                    && self
                        .class(first - 1)
                        .has(Class::OF.with(Class::TO).with(Class::PREPOSITION)))
        });
        let mut bracketed = false;
        let named = (start..stop).any(|k| {
            bracketed =
                (bracketed || matches!(self.of(k), "(" | "[")) && !self.is(k.wrapping_sub(1), ")");
            self.word(k).capital && !bracketed && !self.is_titled(k)
        });
        person || named
    }

    /// Whether a capital belongs to a title: "M.", "le Premier ministre".
    fn is_titled(&self, k: usize) -> bool {
        self.class(k).has(Class::TITLE.with(Class::OFFICE))
            || self.word(k).mention == Some(MentionLabel::Role)
            || self.class(k + 1).has(Class::OFFICE)
    }

    /// Whether an apposition may end before `k`.
    fn closes(&self, k: usize) -> bool {
        k >= self.len()
            || matches!(self.of(k), "," | "." | ";" | ":" | ")" | "…" | "!" | "?" | "—" | "–" | "-")
            || self
                .class(k)
                .has(Class::RELATIVE.with(Class::PREPOSITION).with(Class::AND).with(Class::TIME))
            || self.word(k).mood.has(Mood::PAST_PARTICIPLE.with(Mood::PRESENT_PARTICIPLE))
            || self.is_date(k)
    }
}
