//! Constructions of their own: who agrees with whom, what is called what by
//! whom, who is accused, infinitives that narrate.

use std::ops::Range;

use super::{Finder, How};
use crate::engine::quotations::conjugation::Mood;
use crate::engine::quotations::cues::{Cue, Form};
use crate::engine::quotations::lexicon::{Class, Strength, Uses};
use crate::engine::quotations::phrases::Number;
use crate::engine::quotations::view::View;

impl Finder<'_, '_, '_> {
    /// "Et Ana Roy d'insister : « … »": who, before the infinitive.
    pub(super) fn narrated(&self, cue: &Cue) -> Option<Range<usize>> {
        let view = self.view;
        let of = cue.left.checked_sub(1).filter(|&k| view.class(k).has(Class::OF))?;
        if cue.form != Form::Infinitive || view.has_finite(0..of) {
            return None;
        }
        // "le maire | de conclure" may be taken for an office.
        let cut = View { reading: view.reading, items: &view.items[..of] };
        let (start, end) = cut.phrase_before(of, Number::Plural)?;
        let opens = start == 0 || start == 1 && view.class(0).has(Class::AND);
        (opens && end == of).then_some(start..end)
    }

    /// Whether "et demandé …" goes on with the auxiliary of a verb that reports
    /// nothing: "avait quitté la salle et demandé …".
    pub(super) fn goes_with_auxiliary(&self, left: usize) -> bool {
        let view = self.view;
        let verb = (left.saturating_sub(16)..left)
            .rev()
            .find(|&k| view.is_finite(k) && !view.word(k).mood.has(Mood::PAST_PARTICIPLE));
        verb.is_some_and(|v| {
            view.reading.lexicon.is(view.word(v).lemma, "avoir")
                && (v + 1..v + 4).any(|k| {
                    view.word(k).mood.has(Mood::PAST_PARTICIPLE) || view.of(k).ends_with('é')
                })
                && !(v..left).any(|k| view.class(k).has(Class::RELATIVE.with(Class::THAT)))
        })
    }

    /// "accusé par X de …", "« … », lancée par X".
    pub(super) fn agent(&mut self, at: usize) {
        let cue = self.cues[at].clone();
        let view = self.view;
        let from = cue.items.end + 1;
        let Some(end) = view.phrase(from, Number::Plural) else { return };
        let speaker = from..end;
        let infinitive = self.infinitive(end, &cue);
        if let Some(start) = infinitive {
            let stop = self.clause_end(start, at);
            self.push(start, stop, How::Infinitive, Some(&cue), Some(speaker), None);
        } else if let Some(start) = self.named_so(view.skip_adjuncts(end), &cue) {
            let stop = self.object_end(start, at);
            // "… de « recul » | sera votée": the verb of the whole.
            let verb = |&k: &usize| view.region(k - 1).is_some() && view.is_finite(k);
            let stop = (start + 1..stop).find(verb).unwrap_or(stop);
            self.push(start, stop, How::Object, Some(&cue), Some(speaker), None);
        } else if cue.left > 0
            && view.region(cue.left - 1).is_some()
            && self.is_clause(cue.left - 1)
        {
            self.push(cue.left - 1, cue.left, How::Object, Some(&cue), Some(speaker), None);
        }
    }

    /// "décrit par X | comme un « … »", "qualifié par X | de « … »": where what
    /// it is called starts.
    fn named_so(&self, k: usize, cue: &Cue) -> Option<usize> {
        let view = self.view;
        let linked = view.is_word(k, "comme") || view.class(k).has(Class::OF);
        let marked = (k + 1..k + 4).any(|j| view.region(j).is_some());
        (cue.takes(Uses::ATTRIBUTE) && linked && marked).then_some(k)
    }

    /// "Comme l'explique X, …", "« … », comme l'a lancé X".
    pub(super) fn compared(&mut self, at: usize) -> bool {
        let cue = self.cues[at].clone();
        let view = self.view;
        let like = cue.left.wrapping_sub(1);
        let object = ["le", "l'"].iter().any(|w| view.is_word(cue.left, w));
        let says = cue.verb.is_some_and(|v| v.strength == Strength::Says);
        if !object || !says || !cue.takes(Uses::CLAUSE) || !view.is_word(like, "comme") {
            return false;
        }
        let from = view.skip_adjuncts(cue.items.end);
        let (speaker, end) = match cue.clitic {
            Some(clitic) => (clitic..clitic + 1, cue.items.end),
            None => match view.subject_after(from, cue.plural) {
                Some(end) => (from..end, end),
                None => return false,
            },
        };
        self.last = Some(speaker.clone());
        // "…, comme l'explique X : « … »".
        let colon = self.close_of_clause(end).filter(|&k| view.is(k, ":"));
        if let Some(colon) = colon.filter(|&k| view.region(k + 1).is_some()) {
            self.push(colon + 1, colon + 2, How::Colon, Some(&cue), Some(speaker), None);
            return true;
        }
        let comma = self.close_of_clause(end).filter(|&k| view.is(k, ","));
        let opens = (0..like).all(|k| !view.is_finite(k) && view.region(k).is_none()) && like <= 2;
        if let (true, Some(comma)) = (opens, comma) {
            let stop = self.clause_end(comma + 1, at);
            self.push(comma + 1, stop, How::Source, Some(&cue), Some(speaker), None);
        } else if like > 0 && self.after_region(like) {
            let region = if view.region(like - 1).is_some() { like - 1 } else { like - 2 };
            self.push(region, region + 1, How::Inserted, Some(&cue), Some(speaker), None);
        }
        true
    }

    /// "est décrit comme un « … » par X", "qualifié de « … » par X".
    pub(super) fn called(&mut self, at: usize) -> bool {
        let cue = self.cues[at].clone();
        let view = self.view;
        let ahead = self.ahead(&cue).filter(|f| f.how == How::Object);
        let Some(ahead) = ahead.filter(|_| cue.takes(Uses::ATTRIBUTE)) else { return false };
        let marked =
            (ahead.start..view.len().min(ahead.start + 8)).rfind(|&k| view.region(k).is_some());
        let Some(by) = marked.map(|k| k + 1).filter(|&k| view.is_word(k, "par")) else {
            return false;
        };
        let Some(end) = view.phrase(by + 1, Number::Plural) else { return false };
        let speaker = by + 1..view.appositions(by + 1, end);
        self.push(ahead.start, by, How::Object, Some(&cue), Some(speaker), None);
        true
    }

    /// "Ce que confirme X : « … »", "« … », c'est ce que dit X".
    pub(super) fn pointed(&mut self, at: usize) -> bool {
        let cue = self.cues[at].clone();
        let view = self.view;
        let that = cue.left.wrapping_sub(1);
        if !view.class(that).has(Class::THAT) || !view.is_word(that.wrapping_sub(1), "ce") {
            return false;
        }
        let from = view.skip_adjuncts(cue.items.end);
        let Some(end) = view.subject_after(from, cue.plural) else { return false };
        self.last = Some(from..end);
        let colon = (end..view.len().min(end + 12)).find(|&k| view.is(k, ":"));
        let Some(colon) = colon.filter(|&k| view.region(k + 1).is_some()) else { return false };
        self.push(colon + 1, colon + 2, How::Colon, Some(&cue), Some(from..end), None);
        true
    }

    /// "est accusé de …", "ont été appelés à …".
    pub(super) fn passive(&mut self, at: usize) {
        let cue = self.cues[at].clone();
        let view = self.view;
        if self.called(at) || !cue.takes(Uses::SOMEONE.with(Uses::ATTRIBUTE)) {
            return;
        }
        let by = (cue.items.end..cue.items.end + 3).find(|&k| view.is_word(k, "par"));
        let end = by.unwrap_or_else(|| view.skip_adjuncts(cue.items.end));
        if view.is_word(end, "par") {
            let from = end + 1;
            let Some(stop) = view.phrase(from, Number::Plural) else { return };
            if let Some(start) = self.infinitive(stop, &cue) {
                let end = self.clause_end(start, at);
                self.push(start, end, How::Infinitive, Some(&cue), Some(from..stop), None);
            } else if view.is_word(stop, "comme") && cue.takes(Uses::ATTRIBUTE) {
                // "est présenté par X comme un « … »".
                let end = self.object_end(stop, at);
                self.push(stop, end, How::Object, Some(&cue), Some(from..stop), None);
            }
        } else if let Some(start) = self.infinitive(end, &cue) {
            let end = self.clause_end(start, at);
            let accused = cue.takes(Uses::OBJECT);
            if accused || (start..end).any(|k| view.region(k).is_some()) {
                self.push(start, end, How::Infinitive, Some(&cue), None, None);
            }
        } else if view.class(end).has(Class::OF) && view.region(end + 1).is_some() {
            let stop = self.object_end(end, at);
            self.push(end, stop, How::Object, Some(&cue), None, None);
        }
    }
}
