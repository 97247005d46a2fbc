//! "selon X" and its like: what they report stands around them.

use super::Finder;
use super::drafts::How;
use crate::engine::quotations::conjugation::Mood;
use crate::engine::quotations::cues::Form;
use crate::engine::quotations::lexicon::Class;
use crate::engine::quotations::nouns::{self, NounKind};
use crate::engine::quotations::phrases::Number;

impl Finder<'_, '_, '_> {
    /// "selon X, …", "…, selon X", "…, selon X, …".
    pub(super) fn source(&mut self, at: usize) {
        let cue = self.cues[at].clone();
        let view = self.view;
        let from = cue.items.end;
        if view.class(from).has(Class::RELATIVE) {
            // "…, pour qui …": the one just named.
            let head = if view.is(cue.left.wrapping_sub(1), ",") { cue.left - 1 } else { cue.left };
            let before = self.last.clone().filter(|s| s.end == head).or_else(|| {
                let (start, stop) = view.phrase_before(head, Number::Singular)?;
                Some(view.with_apposed(start, stop)..stop)
            });
            // "un toit, pour lequel on paie".
            let lexicon = view.reading.lexicon;
            let somebody = |k: usize| {
                let noun = view.of(k).to_lowercase();
                view.word(k).capital || nouns::kind(lexicon, &noun) != NounKind::Other
            };
            if !view.is_word(from, "qui") && !before.clone().is_some_and(|mut b| b.any(somebody)) {
                return;
            }
            let stop = self.clause_end(from + 1, at);
            self.push(from + 1, stop, How::Source, Some(&cue), before, None);
            return;
        }
        let (speaker, end) = if let Some(clitic) = cue.clitic {
            (clitic..clitic + 1, from)
        } else {
            let named = view.is_title(from).then_some(from + 1);
            let Some(end) = named.or_else(|| view.phrase(from, Number::Plural)) else { return };
            if named.is_none() && !self.is_source(from, end) {
                return;
            }
            // "de source judiciaire": nobody else.
            let police = cue.items.len() == 1 && view.is_word(cue.items.start, "de");
            let apposed = self.is_apposition_here(end) && !police;
            let end = if apposed { view.appositions(from, end) } else { end };
            (from..end, end)
        };
        // "…, selon X, qui ajoute", "…, pour qui".
        let goes_on = view.class(end + 1).has(Class::RELATIVE) || view.is_word(end + 1, "pour");
        if view.is(end, ",") && goes_on {
            self.last = Some(speaker.clone());
        }
        let left_start = self.content_start(cue.items.start);
        let mut left_end = cue.items.start;
        if view.is_word(left_end.wrapping_sub(1), "toujours") {
            left_end -= 1;
        }
        let closed = view.is(left_end.wrapping_sub(1), ",");
        let led = left_end > 0 && {
            let class = view.class(left_end - 1);
            class.has(Class::ADVERB.with(Class::AND)) || view.is(left_end - 1, ",")
        };
        let fronted = left_start >= left_end
            || left_start + 1 == left_end && led
            || (0..left_end)
                .all(|k| !view.is_finite(k) && view.region(k).is_none() && !view.is(k, ","))
                && left_end - left_start <= 3
                && led
            || view.class(left_end - 1).has(Class::THAT)
            || self.opens_clause(left_end);
        // Over what is added to the speaker up to the comma.
        let comma = (end..view.len().min(end + 16)).find(|&k| {
            view.is(k, ",") || view.is(k, ":") || view.is(k, ";") || view.region(k).is_some()
        });
        if fronted {
            let mut start = match comma {
                Some(k) if view.region(k).is_some() => k,
                Some(k) if !view.has_finite(end..k) || view.class(end).has(Class::RELATIVE) => {
                    k + 1
                }
                _ => end,
            };
            // "Pour X, en revanche, …".
            if let Some(close) = view.set_phrase(start).filter(|&k| view.is(k, ",")) {
                start = close + 1;
            }
            // "selon X, qui publie l'enquête, …".
            if view.class(start).has(Class::RELATIVE)
                && let Some(k) = (start..view.len()).find(|&k| view.is(k, ","))
                && view.has_finite(k..view.len())
            {
                start = k + 1;
            }
            // "interrogé par X,": one more addition to the speaker.
            if view.word(start).mood.has(Mood::PAST_PARTICIPLE)
                && let Some(k) = (start..view.len().min(start + 12)).find(|&k| view.is(k, ","))
                && !view.has_finite(start + 1..k)
            {
                start = k + 1;
            }
            // "Selon X, maire de Y : « … »".
            let colon = (end..view.len().min(end + 16))
                .find(|&k| view.is(k, ":") || view.region(k).is_some() || view.is_finite(k))
                .filter(|&k| view.is(k, ":") && view.region(k + 1).is_some());
            let start = colon.map_or(start, |k| k + 1);
            let start = if view.class(start).has(Class::THAT) { start + 1 } else { start };
            let stop = self.clause_end(start, at);
            // "Selon X, « … », les voisins disent …": another clause.
            let whole = self.is_clause(start) && view.is(start + 1, ",");
            let stop = if whole && self.is_clause_ahead(start + 2) { start + 1 } else { stop };
            // "Pour X, le choix est clair : « … »": the clause only leads.
            let leads = view.is(stop, ":") && view.is_word(cue.items.start, "pour");
            if !leads {
                self.push(start, stop, How::Source, Some(&cue), Some(speaker), None);
            }
            return;
        }
        // "Bonne nouvelle, selon X : « … »".
        let colon = comma.filter(|&k| view.is(k, ":") && view.region(k + 1).is_some());
        if let Some(colon) = colon
            && !view.has_finite(left_start..left_end)
        {
            self.push(colon + 1, colon + 2, How::Source, Some(&cue), Some(speaker), None);
            return;
        }
        let stop = if closed { left_end - 1 } else { left_end };
        if view.class(left_end - 1).has(Class::SUBJECT) {
            return;
        }
        let left_start = left_start.max(self.end_of_inserted(stop));
        if left_start >= stop {
            return;
        }
        // "attendue de longue date selon X": only what stands right before.
        let part = (left_start..stop).rev().find(|&k| view.is(k, ","));
        let left_start = match part {
            Some(k) if !closed && !view.has_finite(k..stop) => k + 1,
            _ => left_start,
        };
        let comma = (end..view.len()).find(|&k| view.is(k, ","));
        if let (true, Some(comma)) = (closed && self.is_adverbial(left_start, stop), comma) {
            let stop = self.clause_end(comma + 1, at);
            self.push(comma + 1, stop, How::Source, Some(&cue), Some(speaker), None);
            return;
        }
        // "laissent penser, selon X, que …": the clause is said.
        if view.is(end, ",")
            && view.class(end + 1).has(Class::THAT)
            && view.has_finite(end + 2..view.len())
        {
            let stop = self.clause_end(end + 2, at);
            self.push(end + 2, stop, How::Source, Some(&cue), Some(speaker), None);
            return;
        }
        let first =
            self.push(left_start, stop, How::Source, Some(&cue), Some(speaker.clone()), None);
        // "…, selon X, …": the rest goes on where the left part is no clause,
        // or where the rest starts with its verb.
        // "…, selon X, qui demande …": another report.
        let relative = view.class(end + 1).has(Class::RELATIVE);
        // "trois mille selon la police, le double selon les syndicats, …": no more
        // than the number.
        let counted = !view.has_finite(left_start..stop)
            && ((left_start..stop).any(|k| view.is_number(k)) && part.is_some() && !closed
                || self
                    .cues
                    .iter()
                    .any(|c| c.form == Form::Source && c.left > end && c.left <= end + 6));
        let goes_on = view.is(end, ",") && !relative && !counted;
        if let (Some(first), true) = (first, goes_on) {
            let rest = end + 1;
            // "Le maire a, selon X, démissionné".
            let compound =
                view.is_auxiliary(stop - 1) && view.word(rest).mood.has(Mood::PAST_PARTICIPLE);
            let goes_on = view.is_finite(rest)
                || compound
                || view.class(rest).has(Class::NE)
                || (!view.has_finite(left_start..stop) && view.has_finite(rest..view.len()));
            if goes_on || view.region(rest).is_some() {
                let stop = self.clause_end(rest, at);
                self.push(rest, stop, How::Source, Some(&cue), Some(speaker), Some(first));
            }
        }
    }

    /// Whether what follows the comma after a source is added to it: no
    /// finite verb before the next comma, also none within marks.
    fn is_apposition_here(&self, end: usize) -> bool {
        let view = self.view;
        if !view.is(end, ",") {
            return false;
        }
        let stop = (end + 1..view.len()).find(|&k| view.is(k, ",") || view.is(k, ";"));
        let stop = stop.unwrap_or(view.len());
        let says = |k: usize| self.is_clause(k) && !view.is(k - 1, ":");
        !(end + 1..stop).any(|k| view.is_finite(k) || says(k))
    }

    /// Whether a phrase can be a source: somebody, a body, a document.
    fn is_source(&self, from: usize, end: usize) -> bool {
        let view = self.view;
        end > from
            && view.region(from).is_none()
            && !view.class(from).has(Class::TIME)
            && !view.class(from).has(Class::NO_SOURCE)
            && !(view.class(from).has(Class::DETERMINER)
                && view.class(from + 1).has(Class::NO_SOURCE))
            && !(["ses", "leurs"].iter().any(|w| view.is_word(from, w))
                && view.of(from + 1).starts_with("source"))
            && !view.is_word(from, "leur")
            && !view.is_word(from, "leurs")
    }

    /// Whether a clause opens right before `k`: "mais selon X", "alors que,
    /// selon X,".
    fn opens_clause(&self, k: usize) -> bool {
        let view = self.view;
        let k = if view.is(k.wrapping_sub(1), ",") { k - 1 } else { k };
        let before = view.class(k.wrapping_sub(1));
        before.has(Class::AND.with(Class::THAT).with(Class::SUBORDINATOR))
            && !before.has(Class::ADVERB)
            || view.is(k.wrapping_sub(1), ":")
            || view.is(k.wrapping_sub(1), ";")
    }
}
