//! A stretch of items with its text: what stands at each of them.

use super::conjugation::Mood;
use super::lexicon::Class;
use super::reading::{Item, Reading, Stretch};
use super::words::{Word, first, is_plain};
use crate::engine::tokens::TokenKind;
use crate::scheme::MentionLabel;

/// A stretch of items with its text.
#[derive(Clone, Copy)]
pub struct View<'r, 't> {
    /// The whole text.
    pub reading: &'r Reading<'t>,
    /// The items at hand.
    pub items: &'r [Item],
}

impl<'r, 't> View<'r, 't> {
    /// The items of `stretch`.
    pub fn new(reading: &'r Reading<'t>, stretch: &'r Stretch) -> Self {
        Self { reading, items: &stretch.items }
    }

    /// How many items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// The token at `k`, where it is one.
    pub fn token(&self, k: usize) -> Option<usize> {
        match self.items.get(k) {
            Some(Item::Token(t)) => Some(*t),
            _ => None,
        }
    }

    /// The region at `k`, where it is one.
    pub fn region(&self, k: usize) -> Option<usize> {
        match self.items.get(k) {
            Some(Item::Region(r)) => Some(*r),
            _ => None,
        }
    }

    /// What the item at `k` can be; nothing for a region or past the end.
    pub fn word(&self, k: usize) -> Word {
        self.token(k).map(|t| self.reading.words[t]).unwrap_or_default()
    }

    /// Its closed classes.
    pub fn class(&self, k: usize) -> Class {
        self.word(k).class
    }

    /// Its text; empty for a region or past the end.
    pub fn of(&self, k: usize) -> &'t str {
        self.token(k).map(|t| self.reading.of(t)).unwrap_or_default()
    }

    /// Whether the item at `k` is this mark or word as written.
    #[inline]
    pub fn is(&self, k: usize, text: &str) -> bool {
        self.token(k).is_some_and(|t| self.reading.is(t, text))
    }

    /// Whether it is this word in any case.
    #[inline]
    pub fn is_word(&self, k: usize, lower: &str) -> bool {
        let Some(token) = self.token(k) else { return lower.is_empty() };
        // Most words differ at once.
        let word = &self.reading.words[token];
        word.first == first(lower)
            && (!word.ascii || self.reading.tokens[token].span.len() == lower.len())
            && same_word(self.reading.of(token), lower)
    }

    /// The first token of the item at `k`.
    pub fn first_token(&self, k: usize) -> usize {
        match self.items[k] {
            Item::Token(t) => t,
            Item::Region(r) => self.reading.regions[r].tokens.start,
        }
    }

    /// One past the last token of the item at `k`.
    pub fn end_token(&self, k: usize) -> usize {
        match self.items[k] {
            Item::Token(t) => t + 1,
            Item::Region(r) => self.reading.regions[r].tokens.end,
        }
    }

    /// Whether the item is a finite verb where it stands.
    pub fn is_finite(&self, k: usize) -> bool {
        let word = self.word(k);
        if !word.mood.has(Mood::FINITE) {
            return false;
        }
        // A participle that is also a finite form ("dit", "fait", "joint")
        // stands after a noun only as a participle, unless it opens a clause.
        !(word.class.has(Class::NOUN) && self.noun_before(k))
    }

    fn noun_before(&self, k: usize) -> bool {
        k > 0 && self.class(k - 1).has(Class::OF.with(Class::DETERMINER))
    }

    /// Whether there is a finite verb in the items.
    pub fn has_finite(&self, items: std::ops::Range<usize>) -> bool {
        items.into_iter().any(|k| self.is_finite(k))
    }

    pub(super) fn is_number(&self, k: usize) -> bool {
        self.token(k).is_some_and(|t| self.reading.tokens[t].kind == TokenKind::Number)
    }

    /// A form of "avoir" or "être".
    pub fn is_auxiliary(&self, k: usize) -> bool {
        let of = |verb| self.reading.lexicon.is(self.word(k).lemma, verb);
        of("avoir") || of("être")
    }

    /// "lui-même", "elles-mêmes".
    pub fn is_self(&self, k: usize) -> bool {
        let word = self.word(k);
        word.word && (self.of(k).ends_with("-même") || self.of(k).ends_with("-mêmes"))
    }

    /// Whether the item is a date or a day.
    pub fn is_date_at(&self, k: usize) -> bool {
        self.is_date(k)
    }

    pub(super) fn is_date(&self, k: usize) -> bool {
        let word = self.word(k);
        word.mention == Some(MentionLabel::Date) || (word.class.has(Class::TIME) && word.reach == 0)
    }

    /// A name, a noun, an adjective, a participle or a number.
    pub(super) fn is_nominal(&self, k: usize, first: bool) -> bool {
        // "les élus présents affirment", but "l'élue, jointe par téléphone".
        let reached = self.class(k).has(Class::REACHED)
            && !self.is_finite(k + 1)
            && !self.class(k + 1).has(Class::AND);
        if self.is_date(k) || (!first && reached) {
            return false;
        }
        if let Some(region) = self.region(k) {
            // A name in marks: "le quotidien « X »".
            let inner = &self.reading.regions[region].inner;
            return !first && inner.len() <= 6;
        }
        let word = self.word(k);
        // "Ensemble à Gauche": part of a name, whatever the word is elsewhere.
        let named = matches!(word.mention, Some(MentionLabel::Person | MentionLabel::Org));
        if named && word.word && !word.class.has(Class::DETERMINER.with(Class::OF)) {
            return true;
        }
        // "l'association représentant les agents".
        let governs = !first
            && word.mood.has(Mood::PRESENT_PARTICIPLE)
            && self.class(k + 1).has(Class::DETERMINER);
        let noun = word.class.has(Class::NOUN) && !word.mood.has(Mood::FINITE) && !governs;
        if word.capital || noun || word.class.has(Class::TITLE) {
            return !word.class.has(Class::RELATIVE.with(Class::THAT));
        }
        is_plain(word)
            || self.is_number(k)
            || (!first
                && word.mood.has(Mood::PAST_PARTICIPLE)
                && !self.is_verb_like(k)
                && !self.is_placed(k))
    }

    /// "les taxis | réunis devant la mairie": a participle of its own.
    fn is_placed(&self, k: usize) -> bool {
        let next = self.class(k + 1);
        let agent = self.is_word(k + 1, "par");
        next.has(Class::PREPOSITION) && !next.has(Class::OF.with(Class::TO)) && !agent
    }

    /// A form that is participle and finite verb at once, read as a verb.
    fn is_verb_like(&self, k: usize) -> bool {
        let word = self.word(k);
        word.mood.has(Mood::FINITE) && !self.is_word(k + 1, "par")
    }

    /// Whether the item at `k` stands alone for a person: "il", "celui-ci".
    pub fn is_pronoun(&self, k: usize) -> bool {
        let class = self.class(k);
        class.has(Class::SUBJECT) || (class.has(Class::PRONOUN) && !class.has(Class::DETERMINER))
    }

    /// "en marge de", "à l'issue de": when it is said, not who says it.
    pub(super) fn is_occasion(&self, k: usize) -> bool {
        const OCCASIONS: [&str; 12] = [
            "marge",
            "visite",
            "déplacement",
            "conférence",
            "réponse",
            "réaction",
            "larmes",
            "colère",
            "ouverture",
            "clôture",
            "présence",
            "préambule",
        ];
        const MOMENTS: [&str; 16] = [
            "issue",
            "propos",
            "suite",
            "occasion",
            "adresse",
            "antenne",
            "arrivée",
            "sortie",
            "veille",
            "approche",
            "fin",
            "début",
            "lendemain",
            "sujet",
            "cours",
            "terme",
        ];
        let noun = if self.class(k + 1).has(Class::DETERMINER) { k + 2 } else { k + 1 };
        let any = |words: &[&str], k: usize| words.iter().any(|w| self.is_word(k, w));
        self.is_word(k, "en") && any(&OCCASIONS, k + 1)
            || self.class(k).has(Class::TO) && any(&MOMENTS, noun)
    }

    /// A few words in marks without a verb: "les « gilets jaunes »".
    pub(super) fn is_called(&self, k: usize) -> bool {
        let Some(region) = self.region(k) else { return false };
        let inner = self.reading.regions[region].inner.clone();
        inner.len() <= 6 && !inner.clone().any(|t| self.reading.words[t].mood.has(Mood::FINITE))
    }

    /// A title in marks: "auteur de « L'Enfant »".
    pub(super) fn is_title(&self, k: usize) -> bool {
        let inner = self.region(k).map(|r| self.reading.regions[r].inner.clone());
        let first = inner.filter(|inner| !inner.is_empty()).map(|inner| inner.start);
        let first = first.and_then(|t| self.reading.of(t).chars().next());
        self.is_called(k) && first.is_some_and(char::is_uppercase)
    }

    /// Whether the items have a noun of office or of persons.
    pub(super) fn is_somebody(&self, from: usize, to: usize) -> bool {
        (from..to).any(|j| self.class(j).has(Class::OFFICE.with(Class::PERSON_NOUN)))
    }

    /// A past participle, also of a verb that is not listed: "basée", "sise".
    pub(super) fn is_participle(&self, k: usize) -> bool {
        let word = self.word(k);
        let ending = || ["é", "ée", "és", "ées"].iter().any(|e| self.of(k).ends_with(e));
        let unknown = is_plain(word) && !word.class.has(Class::NOUN) && word.reach == 0;
        word.mood.has(Mood::PAST_PARTICIPLE)
            || unknown
                && !word.capital
                && !self.class(k.wrapping_sub(1)).has(Class::DETERMINER)
                && ending()
    }
}

/// Whether a word is written like this one, but for its case and apostrophe.
fn same_word(written: &str, lower: &str) -> bool {
    let folded = || {
        let folded = written.chars().flat_map(char::to_lowercase);
        folded.map(|c| if matches!(c, '’' | 'ʼ') { '\'' } else { c })
    };
    written.eq_ignore_ascii_case(lower) || !written.is_ascii() && folded().eq(lower.chars())
}
