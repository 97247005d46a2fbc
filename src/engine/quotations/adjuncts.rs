//! What stands between a verb and its subject or content: adverbs, dates, set
//! phrases, whom and where one tells.

use super::conjugation::Mood;
use super::lexicon::Class;
use super::nouns::{self, NounKind};
use super::phrases::Number;
use super::view::View;
use crate::scheme::MentionLabel;

impl View<'_, '_> {
    /// Over adverbs, dates and addressees between a verb and what follows.
    pub fn skip_adjuncts(&self, from: usize) -> usize {
        let mut k = from;
        while k < self.len() && k < from + 30 {
            let class = self.class(k);
            let date = self.word(k).mention == Some(MentionLabel::Date);
            let number = self
                .token(k)
                .is_some_and(|t| self.reading.of(t).starts_with(|c: char| c.is_ascii_digit()));
            let dated = class.has(Class::DETERMINER) && self.is_date_at(k + 1)
                || class.has(Class::DETERMINER) && self.beside_date(k + 1);
            if date
                || dated
                || class.has(Class::ADVERB.with(Class::TIME))
                    && !self.word(k).capital
                    && !class.has(Class::DETERMINER.with(Class::PRONOUN))
                || number && self.beside_date(k)
                || self.is_word(k, "même") && self.class(k + 1).has(Class::TO)
            {
                k += 1;
            } else if self.is(k, ",")
                && k > from.saturating_sub(1)
                && let Some(close) = (k + 1..self.len().min(k + 14)).find(|&j| self.is(j, ","))
                && self.adjunct_run(k + 1, close)
            {
                k = close + 1;
            } else if let Some(end) = self.adjunct(k) {
                k = end;
            } else {
                break;
            }
        }
        k
    }

    /// Whether adverbs and adjuncts fill the items.
    pub fn adjunct_run(&self, from: usize, to: usize) -> bool {
        let mood = to == from + 1 && self.word(from).word && !self.word(from).capital;
        if mood || self.word(from).mood.has(Mood::PAST_PARTICIPLE) && !self.has_finite(from + 1..to)
        {
            return true;
        }
        // "avoue, un brin ému, le maire".
        let small = Class::OF.with(Class::TO).with(Class::PREPOSITION).with(Class::RELATIVE);
        let quality = to <= from + 4
            && (from..to).all(|k| {
                let word = self.word(k);
                word.word && !word.capital && !self.is_finite(k) && !word.class.has(small)
            });
        if quality {
            return true;
        }
        let mut k = from;
        while k < to {
            let date = self.word(k).mention == Some(MentionLabel::Date);
            if date || self.class(k).has(Class::ADVERB.with(Class::TIME)) {
                k += 1;
            } else if let Some(end) = self.adjunct(k) {
                k = end;
            } else {
                return false;
            }
        }
        k == to
    }

    /// "pour sa part", "de son côté": their end.
    pub fn set_phrase(&self, k: usize) -> Option<usize> {
        /// By their first word.
        const SET: [(&str, &[&[&str]]); 18] = [
            (
                "pour",
                &[
                    &["sa", "part"],
                    &["sa", "défense"],
                    &["leur", "défense"],
                    &["leur", "part"],
                    &["l'", "heure"],
                    &["l'", "instant"],
                    &["le", "moment"],
                ],
            ),
            ("de", &[&["son", "côté"], &["leur", "côté"], &["nouveau"]]),
            ("à", &[&["son", "tour"], &["leur", "tour"], &["nouveau"]]),
            (
                "en",
                &[
                    &["revanche"],
                    &["outre"],
                    &["effet"],
                    &["substance"],
                    &["bloc"],
                    &["tout", "cas"],
                    &["retour"],
                    &["réponse"],
                    &["vain"],
                    &["particulier"],
                ],
            ),
            ("au", &[&["passage"], &["contraire"]]),
            ("par", &[&["ailleurs"], &["exemple"], &["la", "suite"]]),
            ("du", &[&["même", "souffle"], &["reste"]]),
            (
                "d'",
                &[
                    &["ailleurs"],
                    &["abord"],
                    &["emblée"],
                    &["ores", "et", "déjà"],
                    &["une", "part"],
                    &["autre", "part"],
                ],
            ),
            ("tout", &[&["de", "même"], &["de", "suite"], &["en", "bloc"]]),
            ("dans", &[&["la", "foulée"], &["un", "premier", "temps"]]),
            ("quant", &[&["à", "lui"], &["à", "elle"], &["à", "eux"], &["à", "elles"]]),
            ("un", &[&["jour"]]),
            ("malgré", &[&["tout"]]),
            ("quand", &[&["même"]]),
            ("sans", &[&["détour"]]),
            ("cela", &[&["dit"]]),
            ("ceci", &[&["dit"]]),
            ("autrement", &[&["dit"]]),
        ];
        let (_, rests) = SET.iter().find(|(first, _)| self.is_word(k, first))?;
        let from = k + 1;
        rests
            .iter()
            .find(|rest| rest.iter().enumerate().all(|(i, w)| self.is_word(from + i, w)))
            .map(|rest| from + rest.len())
    }

    /// A prepositional phrase that is no source: "devant la presse", "à l'AFP",
    /// "dans un communiqué".
    pub fn adjunct(&self, k: usize) -> Option<usize> {
        let class = self.class(k);
        if let Some(end) = self.set_phrase(k) {
            return Some(end);
        }
        if self.is_word(k, "en") && self.is_word(k + 1, "marge") && self.class(k + 2).has(Class::OF)
        {
            return self.phrase(k + 3, Number::Singular);
        }
        let governs = class.has(Class::PREPOSITION.with(Class::TO)) && !class.has(Class::OF);
        if !governs {
            return None;
        }
        let mut from = k + 1;
        // "auprès de", "lors de", "à propos de".
        if self.class(from).has(Class::OF) {
            from += 1;
        }
        while self.is_date_at(from) {
            from += 1;
        }
        if from > k + 1 && self.is_date_at(from - 1) {
            return Some(from);
        }
        if self.word(from).mood.has(Mood::INFINITIVE) {
            // "sans lever le nez | Ana Roy", "sans rire | le sociologue".
            let noun = self.of(from + 2).to_lowercase();
            let object = self.class(from + 1).has(Class::DETERMINER)
                && nouns::kind(self.reading.lexicon, &noun) == NounKind::Other;
            let end = object.then(|| self.phrase_without_regions(from + 1)).flatten();
            let end = end.map(|end| (from + 2..end).find(|&j| self.word(j).capital).unwrap_or(end));
            return self.is_word(k, "sans").then(|| end.unwrap_or(from + 1));
        }
        // "avant qu'on joue": a clause.
        if self.class(from).has(Class::THAT.with(Class::RELATIVE)) {
            return None;
        }
        // Without an article one noun: "par téléphone", "sans rire".
        if !self.class(from).has(Class::DETERMINER)
            && !self.word(from).capital
            && !self.class(k).has(Class::TO)
        {
            let end = (self.class(from + 1).has(Class::OF))
                .then(|| self.phrase(from + 2, Number::Singular))
                .flatten();
            let word = self.word(from);
            return if word.word { Some(end.unwrap_or(from + 1)) } else { None };
        }
        // "au « 20 Heures » de TF1".
        if self.is_title(from) {
            let of = self.class(from + 1).has(Class::OF);
            let owner = of.then(|| self.phrase_without_regions(from + 2)).flatten();
            return Some(owner.unwrap_or(from + 1));
        }
        let end = self.phrase_without_regions(from)?;
        let person = (from + 1..end).find(|&j| {
            let (word, before) = (self.word(j), self.word(j - 1));
            let starts = self.token(j).is_some_and(|t| before.reach <= t);
            let title = word.class.has(Class::TITLE) && word.capital && before.reach == 0;
            title
                || starts
                    && word.mention == Some(MentionLabel::Person)
                    && !before.class.has(Class::OF.with(Class::TITLE))
                    && before.mention != Some(MentionLabel::Role)
        });
        Some(person.unwrap_or(end))
    }

    /// Whether a number goes with the day or month before or after it.
    pub(super) fn beside_date(&self, k: usize) -> bool {
        self.class(k + 1).has(Class::TIME) || self.class(k.wrapping_sub(1)).has(Class::TIME)
    }
}
