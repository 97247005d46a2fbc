//! Noun phrases: the source phrases around a cue.
//!
//! Parses forwards over the items of a stretch, with the closed classes, the
//! mentions and the form of unknown words: a determiner or a name, what
//! belongs to it ("de …", "à …" after an office, "par …" after a participle,
//! "et …" before a plural verb), what stands in brackets; [`super::appositions`]
//! reaches over what follows between commas. The phrase before a verb is the longest that ends there.

use super::conjugation::Mood;
use super::lexicon::Class;
use super::reading::{Item, Reading, Stretch, Word, is_plain};
use crate::engine::tokens::TokenKind;
use crate::scheme::MentionLabel;

/// No source phrase has more items.
const MAX_PHRASE: usize = 40;

/// A stretch of items with its text.
#[derive(Clone, Copy)]
pub struct View<'r, 't> {
    /// The whole text.
    pub reading: &'r Reading<'t>,
    /// The items at hand.
    pub items: &'r [Item],
}

/// What may follow "et" in a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// The verb is plural: "X et Y" is its subject.
    Plural,
    /// The verb is singular, or there is none.
    Singular,
}

/// Whether "à …", "chez …", "en …" belong to a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attach {
    /// After an office or inside a name.
    Office,
    /// Always: the trade of an apposition ("notaire à Rezé").
    Always,
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
    pub fn is(&self, k: usize, text: &str) -> bool {
        self.token(k).is_some_and(|t| self.reading.is(t, text))
    }

    /// Whether it is this word in any case.
    pub fn is_word(&self, k: usize, lower: &str) -> bool {
        let written = self.of(k);
        written == lower || {
            let folded = written.chars().flat_map(char::to_lowercase);
            let mut folded = folded.map(|c| if matches!(c, '’' | 'ʼ') { '\'' } else { c });
            let mut lower = lower.chars();
            // Most words differ at once.
            folded.next().is_some_and(|c| lower.next() == Some(c)) && folded.eq(lower)
        }
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

    /// Whether the item is a date or a day.
    pub fn is_date_at(&self, k: usize) -> bool {
        self.is_date(k)
    }

    /// The phrase that starts at `k`, up to the first region.
    pub fn phrase_without_regions(&self, k: usize) -> Option<usize> {
        let most = self.len().min(k + MAX_PHRASE);
        let stop = (k..most).find(|&j| self.region(j).is_some()).unwrap_or(self.len());
        let view = View { reading: self.reading, items: &self.items[..stop] };
        view.phrase(k, Number::Singular)
    }

    pub(super) fn is_date(&self, k: usize) -> bool {
        let word = self.word(k);
        word.mention == Some(MentionLabel::Date) || (word.class.has(Class::TIME) && word.reach == 0)
    }

    /// A name, a noun, an adjective, a participle or a number.
    pub(super) fn is_nominal(&self, k: usize, first: bool) -> bool {
        if self.is_date(k) || (!first && self.class(k).has(Class::REACHED)) {
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
        let noun = word.class.has(Class::NOUN) && !word.mood.has(Mood::FINITE);
        if word.capital || noun || word.class.has(Class::TITLE) {
            return !word.class.has(Class::RELATIVE.with(Class::THAT));
        }
        is_plain(word)
            || self.is_number(k)
            || (!first && word.mood.has(Mood::PAST_PARTICIPLE) && !self.is_verb_like(k))
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

    /// The end of the noun phrase that starts at `k`, without appositions.
    pub fn phrase(&self, k: usize, number: Number) -> Option<usize> {
        self.chain(k, number, Attach::Office)
    }

    pub(super) fn chain(&self, k: usize, number: Number, attach: Attach) -> Option<usize> {
        let attach = attach == Attach::Always;
        let mut end = self.base(k)?;
        let head_office =
            |from: usize, to: usize| (from..to).any(|j| self.class(j).has(Class::OFFICE));
        let most = (k + MAX_PHRASE).min(self.len());
        while end < most {
            let class = self.class(end);
            let word = self.word(end);
            // No name goes on with an article: "à l'AFP | le maire".
            let governed = self.class(end - 1).has(Class::PREPOSITION.with(Class::TO));
            let article = class.has(Class::DETERMINER) && !class.has(Class::OF) && !word.capital;
            let inside = end > 0
                && (!article || governed)
                && self.token(end - 1).is_some_and(|t| {
                    self.token(end).is_some_and(|next| self.reading.words[t].reach > next)
                });
            let next = if inside {
                let reach = self.word(end - 1).reach;
                Some((end..most).find(|&j| self.first_token(j) >= reach).unwrap_or(most))
            } else if self.is(end, "(") || self.is(end, "[") {
                self.bracket(end)
            } else if class.has(Class::OF) && self.is_word(end + 1, "entre") {
                // "trois d'entre eux".
                self.is_pronoun(end + 2).then_some(end + 3)
            } else if class.has(Class::OF) && self.is_title(end + 1) {
                Some(end + 2)
            } else if class.has(Class::OF) && !self.is_word(end, "d'ici") {
                self.base(end + 1)
            } else if class.has(Class::TO)
                || self.is_word(end, "en")
                || self.is_word(end, "pour")
                || self.is_word(end, "chez")
                || self.is_word(end, "sur")
                || self.is_word(end, "auprès")
            {
                let participle = self.is_participle(end - 1);
                let attached = (attach || head_office(k, end) || self.in_name(end) || participle)
                    && !self.is_channel(end + 1)
                    && !self.is_number(end + 1)
                    && !self.is_word(end + 1, "sa")
                    && !self.is_word(end + 1, "son")
                    && !self.is_occasion(end);
                let start = if self.is_word(end, "auprès") { end + 2 } else { end + 1 };
                if attached { self.base(start) } else { None }
            } else if let Some(agent) = self.agent(end) {
                self.base(agent)
            } else if self.word(end).capital
                && self.is_nominal(end, false)
                && (!self.breaks(end, k) || self.is_somebody(k, end))
            {
                // "le maire de Lyon Ana Roy".
                self.base(end)
            } else if class.has(Class::AND) || self.is(end, "&") {
                self.coordinated(end, number)
            } else if word.word
                && (self.is_word(end, "lui-même")
                    || self.is_word(end, "elle-même")
                    || self.is_word(end, "eux-mêmes"))
            {
                Some(end + 1)
            } else {
                None
            };
            match next {
                Some(next) if next > end => end = next,
                _ => break,
            }
        }
        Some(end.min(most))
    }

    /// "en marge de", "en visite": when it is said, not who says it.
    fn is_occasion(&self, k: usize) -> bool {
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
        self.is_word(k, "en") && OCCASIONS.iter().any(|w| self.is_word(k + 1, w))
    }

    /// A few words in marks without a verb: "les « gilets jaunes »".
    fn is_called(&self, k: usize) -> bool {
        let Some(region) = self.region(k) else { return false };
        let inner = self.reading.regions[region].inner.clone();
        inner.len() <= 6 && !inner.clone().any(|t| self.reading.words[t].mood.has(Mood::FINITE))
    }

    /// A title in marks: "auteur de « L'Enfant »".
    fn is_title(&self, k: usize) -> bool {
        let first = self.region(k).map(|r| self.reading.regions[r].inner.start);
        let first = first.and_then(|t| self.reading.of(t).chars().next());
        self.is_called(k) && first.is_some_and(char::is_uppercase)
    }

    /// Whether the items have a noun of office or of persons.
    pub(super) fn is_somebody(&self, from: usize, to: usize) -> bool {
        (from..to).any(|j| self.class(j).has(Class::OFFICE.with(Class::PERSON_NOUN)))
    }

    /// A past participle, also of a verb that is not listed: "basée", "sise".
    fn is_participle(&self, k: usize) -> bool {
        let word = self.word(k);
        let ending = || ["é", "ée", "és", "ées"].iter().any(|e| self.of(k).ends_with(e));
        let unknown = is_plain(word) && !word.class.has(Class::NOUN) && word.reach == 0;
        word.mood.has(Mood::PAST_PARTICIPLE)
            || unknown && !word.capital && !self.class(k - 1).has(Class::DETERMINER) && ending()
    }

    /// "mandaté | par …", "publiés | mercredi par …": where the agent starts.
    fn agent(&self, k: usize) -> Option<usize> {
        const ENDINGS: [&str; 13] =
            ["é", "ée", "és", "ées", "u", "ue", "us", "ues", "is", "ise", "ite", "ites", "i"];
        let participle = |k: usize| {
            let word = self.word(k);
            word.word && !word.capital && ENDINGS.iter().any(|e| self.of(k).ends_with(e))
        };
        if self.is_word(k, "par") {
            let contact = self.class(k - 1).has(Class::REACHED);
            return (participle(k - 1) && !contact).then_some(k + 1);
        }
        // "publiés mercredi par": how a document came out.
        let issued = ["publié", "diffusé", "paru", "établi", "réalisé"];
        if !issued.iter().any(|i| self.of(k).starts_with(i)) {
            return None;
        }
        let by = (k + 1..k + 4).find(|&j| !self.is_date(j))?;
        self.is_word(by, "par").then_some(by + 1)
    }

    /// Whether the words around "pour", "à", "en" are one name: "Organisation
    /// internationale pour les migrations".
    fn in_name(&self, k: usize) -> bool {
        let before = k > 0 && self.word(k - 1).reach > 0;
        before && self.token(k).is_some_and(|t| self.word(k - 1).reach > t)
    }

    /// "l'AFP", "la presse": whom one tells, never part of the source.
    pub fn is_channel(&self, k: usize) -> bool {
        let at = if self.class(k).has(Class::DETERMINER) { k + 1 } else { k };
        self.class(at).has(Class::CHANNEL) || self.is(at, "AFP") || self.is(at, "Reuters")
    }

    /// "et Y": in the phrase where the verb is plural, or where it only joins
    /// what "de" governs.
    fn coordinated(&self, k: usize, number: Number) -> Option<usize> {
        let next = k + 1;
        if self.class(next).has(Class::OF) {
            return self.base(next + 1);
        }
        if self.is_number(next) {
            return None;
        }
        let end = self.base(next)?;
        let verb_follows = self.is_finite(next);
        let joins = number == Number::Plural
            || (self.class(next).has(Class::DETERMINER)
                == self.class(k - 1).has(Class::DETERMINER)
                && !self.class(next).has(Class::DETERMINER)
                && !self.is_finite(end));
        (joins && !verb_follows).then_some(end)
    }

    /// Short brackets: an acronym, a party, a place.
    fn bracket(&self, k: usize) -> Option<usize> {
        (k + 1..(k + 20).min(self.len()))
            .take_while(|&j| !self.is_finite(j))
            .find(|&j| self.is(j, ")") || self.is(j, "]"))
            .map(|j| j + 1)
    }

    /// Determiners and the nouns, names and adjectives behind them.
    pub(super) fn base(&self, k: usize) -> Option<usize> {
        let mut at = k;
        if self.is_pronoun(k) {
            return Some(k + 1);
        }
        // "tous les", "l'un des", "les deux".
        for _ in 0..3 {
            let class = self.class(at);
            let opens = class.has(Class::DETERMINER) && !self.word(at).capital
                || (class.has(Class::DETERMINER) && at == k);
            if opens {
                at += 1;
            } else {
                break;
            }
        }
        let nouns = at;
        // "l'un des responsables", "l'une d'elles".
        if at > k
            && self.class(at).has(Class::OF)
            && (self.is_word(at - 1, "un") || self.is_word(at - 1, "une"))
        {
            return self.base(at + 1);
        }
        if at > k && self.class(at).has(Class::OF) && self.is_word(at + 1, "entre") {
            return Some(at);
        }
        while at < self.len() && at < k + MAX_PHRASE {
            let dash = self.is(at, "-") && at > nouns && self.word(at + 1).capital
                || self.is(at, "%") && at > nouns && self.is_number(at - 1);
            if dash || self.is_nominal(at, at == nouns) && !self.breaks(at, nouns) {
                at += 1;
            } else if at == nouns && at > k && self.is_called(at) {
                at += 1; // "la « Françafrique »"
            } else if at == nouns
                && self.word(at).mood.has(Mood::PAST_PARTICIPLE)
                && (at > k || k > 0 && self.class(k - 1).has(Class::FUSED))
            {
                at += 1; // "les blessés", "l'intéressé"
            } else if self.class(at).has(Class::ADVERB)
                && at > nouns
                && self.word(at + 1).mood.has(Mood::PAST_PARTICIPLE)
                && !self.is_finite(at + 1)
            {
                at += 1;
            } else {
                break;
            }
        }
        (at > nouns).then_some(at)
    }

    /// Whether a new phrase starts at `k` though nothing stands between: a
    /// person after a place or an organisation of another phrase.
    fn breaks(&self, k: usize, start: usize) -> bool {
        if k == start {
            return false;
        }
        let (before, here) = (self.word(k - 1), self.word(k));
        let new = self.token(k).is_some_and(|t| before.reach > 0 && before.reach <= t);
        new && before.mention == Some(MentionLabel::Place)
            && here.mention == Some(MentionLabel::Person)
    }

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
            if determined {
                continue;
            }
            if self.phrase(start, number) == Some(end) && !governed {
                best = Some((start, end));
            }
        }
        best
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
