//! Noun phrases: the source phrases around a cue.
//!
//! Parses forwards over the items of a stretch, with the closed classes, the
//! mentions and the form of unknown words: a determiner or a name, what
//! belongs to it ("de …", "à …" after an office, "par …" after a participle,
//! "et …" before a plural verb), what stands in brackets; [`super::appositions`]
//! reaches over what follows between commas, [`super::lookback`] finds the phrase
//! before a verb.

use super::conjugation::Mood;
use super::lexicon::Class;
use super::view::View;
use super::words::is_plain;
use crate::scheme::MentionLabel;

/// No source phrase has more items.
pub(super) const MAX_PHRASE: usize = 40;

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

impl View<'_, '_> {
    /// The phrase that starts at `k`, up to the first region.
    pub fn phrase_without_regions(&self, k: usize) -> Option<usize> {
        let most = self.len().min(k + MAX_PHRASE);
        let stop = (k..most).find(|&j| self.region(j).is_some()).unwrap_or(self.len());
        let view = View { reading: self.reading, items: &self.items[..stop] };
        view.phrase(k, Number::Singular)
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
            } else if class.has(Class::OF)
                && self.class(end + 1).has(Class::CLITIC)
                && self.word(end + 2).mood.has(Mood::INFINITIVE)
            {
                None // "presse ses alliés | de lui livrer des armes"
            } else if class.has(Class::OF) && self.is_word(end + 1, "entre") {
                // "trois d'entre eux".
                self.is_pronoun(end + 2).then_some(end + 3)
            } else if class.has(Class::OF) && self.is_title(end + 1) {
                Some(end + 2)
            } else if class.has(Class::OF) && !self.is_word(end, "d'ici") {
                // "un ouvrier de chez Renault".
                self.base(if self.is_word(end + 1, "chez") { end + 2 } else { end + 1 })
            } else if let Some(reach) = self.charge(end) {
                Some(reach) // "le juge en charge du procès"
            } else if class.has(Class::TO)
                || self.is_word(end, "en")
                || self.is_word(end, "pour")
                || self.is_word(end, "chez")
                || self.is_word(end, "sur")
                || self.is_word(end, "auprès")
            {
                let participle = self.is_participle(end - 1);
                // "un sondage Ifop pour Le Figaro".
                let ordered = self.is_word(end, "pour")
                    && (k..end).any(|j| self.class(j).has(Class::DOCUMENT))
                    && self.word(end - 1).capital;
                let attached =
                    (attach || head_office(k, end) || self.in_name(end) || participle || ordered)
                        && !self.is_channel(end + 1)
                        && !self.is_number(end + 1)
                        && !self.is_word(end + 1, "sa")
                        && !self.is_word(end + 1, "son")
                        && !self.is_occasion(end)
                        && !(self.is_word(end, "en")
                            && (end + 1..end + 3)
                                .any(|j| self.of(j).ends_with("ant") && !self.word(j).capital));
                let start = if self.is_word(end, "auprès") { end + 2 } else { end + 1 };
                if attached { self.base(start) } else { None }
            } else if self.is_word(end, "au")
                && self.is_word(end + 1, "fait")
                && self.class(end + 2).has(Class::OF)
            {
                // "une source au fait du dossier".
                self.base(end + 3)
            } else if let Some(agent) = self.agent(end) {
                self.base(agent)
            } else if self.word(end).capital
                && self.is_nominal(end, false)
                && (!self.breaks(end, k) || self.is_somebody(k, end))
            {
                // "le maire de Lyon Ana Roy".
                self.base(end)
            } else if self.is_origin(end) && self.word(end - 1).reach > 0 {
                // "le ministre de l'Intérieur | français".
                Some(end + 1)
            } else if class.has(Class::AND) || self.is(end, "&") {
                self.coordinated(end, number)
            } else if self.is_self(end) {
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

    /// "mandaté | par …", "publiés | mercredi par …": where the agent starts.
    fn agent(&self, k: usize) -> Option<usize> {
        const ENDINGS: [&str; 15] = [
            "é", "ée", "és", "ées", "u", "ue", "us", "ues", "is", "ise", "ite", "ites", "i", "ie",
            "ies",
        ];
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

    /// Whether an adjective's ending is one of those that tell a country.
    fn is_origin(&self, k: usize) -> bool {
        const ENDINGS: [&str; 12] = [
            "ais", "aise", "ois", "oise", "ien", "ienne", "ain", "aine", "and", "ande", "ol", "que",
        ];
        let word = self.word(k);
        let plain = is_plain(word) && !word.capital && word.reach == 0;
        plain && ENDINGS.iter().any(|e| self.of(k).ends_with(e))
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
        // "nombreux" stands alone, or before its noun.
        let many = self.is_many(k) && self.is_nominal(k + 1, true);
        let mut at = k + usize::from(many);
        if self.is_pronoun(k) && !many {
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
            // "numéro deux de la banque".
            let rank = at > nouns && self.is_word(at - 1, "numéro") && self.word(at).word;
            // "les trois autres".
            let others = at == nouns && at > k && self.is_word(at, "autres");
            if dash || others || rank || self.is_nominal(at, at == nouns) && !self.breaks(at, nouns)
            {
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

    /// "nombreux": much like a determiner.
    pub(super) fn is_many(&self, k: usize) -> bool {
        self.is_word(k, "nombreux") || self.is_word(k, "nombreuses")
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
}
