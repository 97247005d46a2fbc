//! What a cue reports behind it: a clause, a question, an infinitive, words
//! after a colon, an object in marks.

use std::ops::Range;

use super::{Finder, How};
use crate::engine::quotations::alone;
use crate::engine::quotations::conjugation::Mood;
use crate::engine::quotations::cues::{Cue, Form};
use crate::engine::quotations::lexicon::{Class, Strength, Uses};
use crate::engine::quotations::phrases::Number;
use crate::scheme::MentionLabel;

/// What follows a cue and where its content starts.
#[derive(Clone, Copy, Debug)]
pub struct Forward {
    /// The item.
    pub start: usize,
    /// The construction.
    pub how: How,
}

impl Finder<'_, '_, '_> {
    /// Pushes what a cue reports behind it.
    pub(super) fn forward(&mut self, at: usize, speaker: Range<usize>) {
        let cue = self.cues[at].clone();
        let Some(ahead) = self.ahead(&cue) else { return };
        // "Le maire assume : « … », a-t-il lancé": the turned cue says it.
        let turned =
            |c: &Cue| c.clitic.is_some() && c.left > ahead.start && c.left <= ahead.start + 2;
        let marked = ahead.how == How::Colon && self.view.region(ahead.start).is_some();
        if marked && self.cues.iter().any(turned) {
            return;
        }
        let stop = self.forward_end(ahead, at);
        let mut start = ahead.start;
        if let Some(next) = self.clause_beside(ahead) {
            self.push(start, start + 1, ahead.how, Some(&cue), Some(speaker.clone()), None);
            start = next;
        }
        // "évoque un « drame », « nous allons agir »": a sentence of its own.
        let own = (start + 2..stop).find(|&k| {
            ahead.how == How::Object
                && self.view.is(k - 1, ",")
                && self.view.region(k).is_some_and(|r| alone::has_subject(self.view, r))
        });
        if let Some(k) = own {
            self.push(start, k - 1, ahead.how, Some(&cue), Some(speaker.clone()), None);
            self.push(k, k + 1, How::Colon, Some(&cue), Some(speaker), None);
            return;
        }
        self.push(start, stop, ahead.how, Some(&cue), Some(speaker), None);
    }

    /// [`Self::forward`] without a speaker.
    pub(super) fn forward_silent(&mut self, at: usize) {
        let cue = self.cues[at].clone();
        let Some(ahead) = self.ahead(&cue) else { return };
        let stop = self.forward_end(ahead, at);
        self.push(ahead.start, stop, ahead.how, Some(&cue), None, None);
    }

    /// The content that follows a cue, past adverbs and addressees.
    pub(super) fn ahead(&self, cue: &Cue) -> Option<Forward> {
        let view = self.view;
        let mut k = cue.items.end;
        let most = (k + 40).min(view.len());
        let said =
            cue.verb.is_some_and(|v| matches!(v.strength, Strength::Says | Strength::Thinks));
        let (mut someone, mut thing, mut placed) = (false, false, false);
        let mut commas = 0;
        while k < most {
            let class = view.class(k);
            if class.has(Class::THAT) {
                // "apprennent plus vite que nous".
                let degree = ["plus", "moins", "aussi", "autant", "mieux"];
                let degree = k >= cue.items.end + 2
                    && degree.iter().any(|w| view.is_word(k - 2, w))
                    && !["tard", "tôt"].iter().any(|w| view.is_word(k - 1, w));
                let compared = degree || someone && !cue.takes(Uses::SOMEONE);
                let fits = cue.takes(Uses::CLAUSE) && !compared && !self.is_restrictive(cue);
                let start = if view.is(k + 1, ",") { k + 2 } else { k + 1 };
                return fits.then_some(Forward { start, how: How::Clause });
            }
            if view.is_word(k, "à")
                && view.is_word(k + 1, "ce")
                && view.class(k + 2).has(Class::THAT)
                || view.is_word(k, "le")
                    && view.is_word(k + 1, "fait")
                    && view.class(k + 2).has(Class::THAT)
            {
                return Some(Forward { start: k + 3, how: How::Clause });
            }
            let pleads = cue.takes(Uses::CLAUSE) && said;
            if view.is_word(k, "pour") && view.class(k + 1).has(Class::THAT) && pleads {
                return Some(Forward { start: k, how: How::Clause });
            }
            if view.is(k, ":") {
                let marked = view.region(k + 1).is_some();
                let near = k <= cue.items.end + 12;
                // Without marks a sentence, right behind a verb that takes one:
                // "a salué les reines : Ana et Lisa" tells who they are.
                let sentence =
                    !thing && cue.takes(Uses::CLAUSE) && view.has_finite(k + 1..view.len());
                let quotes = (k + 1..view.len()).any(|k| view.region(k).is_some());
                let told = said && near && cue.form == Form::Finite && (sentence || quotes);
                return (marked || (told && self.stretch.inside.is_none()))
                    .then_some(Forward { start: k + 1, how: How::Colon });
            }
            if view.region(k).is_some() {
                // "a commencé « par un ticket »" says nothing.
                // "s'est déclaré après l'arrivée « d'un groupe »": a fire.
                let far = placed && cue.verb.is_some_and(|v| v.pronominal) && !self.is_clause(k);
                let fits = said
                    || cue.takes(Uses::OBJECT.with(Uses::ATTRIBUTE).with(Uses::INFINITIVE))
                    || cue.takes(Uses::MARKED) && (self.is_clause(k) || self.is_sentence(k));
                let fits = fits && !far;
                let how =
                    if self.is_clause(k) && self.is_sentence(k) { How::Colon } else { How::Object };
                return fits.then_some(Forward { start: k, how });
            }
            let if_he =
                view.is_word(k, "s'") && ["il", "ils"].iter().any(|w| view.is_word(k + 1, w));
            if (class.has(Class::QUESTION) || if_he)
                && cue.takes(Uses::QUESTION)
                && (if_he || !view.class(k).has(Class::CLITIC))
            {
                return Some(Forward { start: k, how: How::Question });
            }
            if view.is_word(k, "ce") && view.class(k + 1).has(Class::RELATIVE.with(Class::THAT)) {
                return (cue.takes(Uses::QUESTION))
                    .then_some(Forward { start: k, how: How::Question });
            }
            if let Some(end) = self.view.set_phrase(k) {
                k = end;
                continue;
            }
            let timed = class.has(Class::DETERMINER) && view.class(k + 1).has(Class::TIME);
            if timed && view.region(k + 1).is_none() {
                k += 2;
                continue;
            }
            let plain_adverb = class.has(Class::ADVERB)
                && !class.has(Class::NE.with(Class::NEGATION).with(Class::DETERMINER));
            // "avançant vers la base qu'elle …": a way, not a saying.
            if view.is_word(k, "vers") {
                return None;
            }
            if view.is_word(k, "ainsi") && view.class(k + 1).has(Class::THAT) && k > cue.items.end {
                return None;
            }
            let even = view.is_word(k, "même");
            if even || plain_adverb && !view.class(k + 1).has(Class::THAT) {
                k += 1;
                continue;
            }
            if let Some(start) = self.infinitive(k, cue) {
                return Some(Forward { start, how: How::Infinitive });
            }
            // "exige du gouvernement qu'il …".
            if class.has(Class::OF)
                && cue.takes(Uses::CLAUSE)
                && let Some(end) = view.phrase_without_regions(k + 1)
                && view.class(end).has(Class::THAT)
            {
                k = end;
                continue;
            }
            let objects = Uses::OBJECT.with(Uses::ATTRIBUTE).with(Uses::A).with(Uses::DE);
            if cue.takes(objects)
                && let Some(start) = self.object(k, cue)
            {
                return Some(Forward { start, how: How::Object });
            }
            if cue.takes(Uses::ATTRIBUTE) && self.is_attribute(k, cue) {
                return Some(Forward { start: k, how: How::Infinitive });
            }
            // "le maire l'assure, « … »".
            let it = ["le", "l'"].iter().any(|w| view.is_word(cue.left, w));
            if view.is(k, ",") && it && said && view.region(k + 1).is_some() {
                return Some(Forward { start: k + 1, how: How::Colon });
            }
            // "somme le ministre, Ana Roy, | de venir".
            if view.is(k, ",")
                && someone
                && let Some(start) = self.infinitive(k + 1, cue)
            {
                return Some(Forward { start, how: How::Infinitive });
            }
            if view.is(k, ",") {
                commas += 1;
                let close = (k + 1..most.min(k + 30)).find(|&j| view.is(j, ","));
                match close {
                    Some(c)
                        if commas == 1
                            && !view.has_finite(k + 1..c)
                            && !self.is_cue_ahead(k + 1) =>
                    {
                        k = c + 1;
                        // "annonce, par la voix de son directeur, Ana Roy, que".
                        let named = view.word(k).capital && view.word(k).word;
                        let end = view.phrase_without_regions(k).filter(|_| named);
                        k = end.filter(|&end| view.is(end, ",")).map_or(k, |end| end + 1);
                    }
                    _ => return None,
                }
                continue;
            }
            let adverb = class.has(Class::ADVERB.with(Class::TIME).with(Class::NEGATION))
                || view.is_number(k) && view.beside_date(k)
                || view.word(k).mention == Some(MentionLabel::Date);
            if adverb {
                k += 1;
            } else if let Some(end) = self.view.adjunct(k) {
                // "dans une vidéo | mise en ligne lundi".
                let told = view.word(end).mood.has(Mood::PAST_PARTICIPLE);
                placed |= self.view.set_phrase(k).is_none();
                k = if told && end > k + 1 { end + 1 } else { end };
            } else if !someone
                && cue.takes(Uses::SOMEONE)
                && view.is_word(k, "d'")
                && let Some(end) = view.phrase_without_regions(k + 1)
            {
                // "soupçonne d'anciens élus de …".
                someone = true;
                k = end;
            } else if !someone
                && cue.takes(Uses::SOMEONE.with(Uses::ATTRIBUTE).with(Uses::OBJECT))
                && let Some(end) = view.phrase(k, Number::Plural)
                && (cue.takes(Uses::SOMEONE.with(Uses::ATTRIBUTE)))
            {
                someone = true;
                k = view.appositions(k, end);
            } else if someone && let Some(start) = self.asked(k, cue) {
                return Some(Forward { start, how: How::Infinitive });
            } else if !someone
                && said
                && let Some(end) = view.phrase(k, Number::Plural)
                && view.is(end, ":")
            {
                // "a donné ses raisons :", "nuance ces effets :".
                thing = true;
                k = end;
            } else {
                return None;
            }
        }
        None
    }

    /// "assure que « la route est libre » et que | personne n'a été blessé":
    /// where the clause beside one that stands wholly in marks starts.
    pub(super) fn clause_beside(&self, ahead: Forward) -> Option<usize> {
        let (view, k) = (self.view, ahead.start);
        let region = view.region(k).filter(|_| ahead.how == How::Clause)?;
        let and = if view.is(k + 1, ",") { k + 2 } else { k + 1 };
        let joined = view.class(and).has(Class::AND) && view.class(and + 1).has(Class::THAT);
        let whole = self.is_clause(k) && (self.is_sentence(k) || alone::has_subject(view, region));
        (joined && whole).then_some(and + 2)
    }

    /// Where what a cue reports ends.
    pub(super) fn forward_end(&self, ahead: Forward, at: usize) -> usize {
        match ahead.how {
            How::Object => self.object_end(ahead.start, at),
            How::Colon if self.view.region(ahead.start).is_some() => ahead.start + 1,
            _ => self.clause_end(ahead.start, at),
        }
    }

    /// "n'a dit que": only.
    fn is_restrictive(&self, cue: &Cue) -> bool {
        let view = self.view;
        !cue.takes(Uses::NEGATED)
            && (cue.left..cue.items.start + 1).any(|j| view.class(j).has(Class::NE))
    }

    /// The infinitive behind more that is told of whom one asks: "invite toute
    /// personne susceptible de témoigner | à se présenter".
    fn asked(&self, k: usize, cue: &Cue) -> Option<usize> {
        let view = self.view;
        let within = |j: &usize| {
            let ends = Class::RELATIVE.with(Class::THAT).with(Class::SUBORDINATOR).with(Class::AND);
            view.word(*j).word && !view.class(*j).has(ends) && !view.is_finite(*j)
        };
        (k..view.len().min(k + 14))
            .take_while(within)
            .find_map(|j| view.class(j).has(Class::TO).then(|| self.infinitive(j, cue)).flatten())
    }

    /// "de" or "à" with an infinitive, or a bare one, at `k`.
    pub(super) fn infinitive(&self, k: usize, cue: &Cue) -> Option<usize> {
        let view = self.view;
        let class = view.class(k);
        let (from, fits) = if class.has(Class::OF) && !class.has(Class::PLURAL) {
            (k + 1, cue.takes(Uses::DE))
        } else if view.is_word(k, "à") {
            (k + 1, cue.takes(Uses::A))
        } else {
            (k, cue.takes(Uses::INFINITIVE) || cue.takes(Uses::CLAUSE) && view.is_word(k, "avoir"))
        };
        if !fits {
            return None;
        }
        let mut at = from;
        while at < from + 4 && at < view.len() {
            let class = view.class(at);
            let word = view.word(at);
            if word.mood.has(Mood::INFINITIVE) {
                return Some(k);
            }
            // "de tout dire".
            let all = view.is_word(at, "tout") || view.is_word(at, "rien");
            if !all
                && !class.has(
                    Class::CLITIC
                        .with(Class::NE)
                        .with(Class::NEGATION)
                        .with(Class::ADVERB)
                        .with(Class::REFLEXIVE),
                )
            {
                return None;
            }
            at += 1;
        }
        None
    }
}
