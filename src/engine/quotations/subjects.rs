//! The subject of a cue: before the verb, over what is added to it, or behind
//! a turned verb.

use std::ops::Range;

use super::conjugation::Mood;
use super::contents::dateline;
use super::lexicon::Class;
use super::phrases::Number;
use super::view::View;

/// Adverbials that may open a clause before its subject.
const MAX_OPENINGS: usize = 4;

impl View<'_, '_> {
    /// The subject behind a turned verb: where it ends.
    pub fn subject_after(&self, k: usize, plural: bool) -> Option<usize> {
        let class = self.class(k);
        let word = self.word(k);
        if class.has(Class::OF) && !self.is_word(k, "des") && !self.is_word(k, "d'")
            || class.has(Class::THAT.with(Class::RELATIVE).with(Class::TIME))
            || word.mood.has(Mood::INFINITIVE)
            || self.region(k).is_some()
        {
            return None;
        }
        if self.is_word(k, "d'") && !self.is_word(k + 1, "autres") {
            return None;
        }
        let number = if plural { Number::Plural } else { Number::Singular };
        let end = if self.is_word(k, "d'") { k + 2 } else { self.phrase(k, number)? };
        Some(self.appositions(k, end))
    }

    /// The subject that ends right before the verb at `left`, or before what is
    /// added to it; `spoke` is whom "qui" after him points at.
    pub fn subject_before(
        &self,
        left: usize,
        plural: bool,
        spoke: Option<&Range<usize>>,
    ) -> Option<Range<usize>> {
        let number = if plural { Number::Plural } else { Number::Singular };
        let mut end = left;
        while end > 0
            && self.class(end - 1).has(Class::ADVERB)
            && !self.is_pronoun(end - 1)
            && !self.word(end - 1).capital
        {
            end -= 1;
        }
        // "il nous assure", "le maire vous confirme": to whom it is said.
        let verb = (left..self.len().min(left + 4)).find(|&k| self.is_finite(k)).unwrap_or(left);
        let addressed = |clitic: &str, endings: [&str; 2]| {
            self.is_word(end.wrapping_sub(1), clitic)
                && !endings.iter().any(|ending| self.of(verb).ends_with(ending))
        };
        if addressed("nous", ["ons", "mes"]) || addressed("vous", ["ez", "tes"]) {
            end -= 1;
        }
        if end == 0 {
            return None;
        }
        let last = end - 1;
        if self.class(last).has(Class::RELATIVE) {
            if !self.is_word(last, "qui")
                && !self.is_word(last, "lequel")
                && !self.is_word(last, "laquelle")
            {
                return None;
            }
            let head = if last > 0 && self.is(last - 1, ",") { last - 1 } else { last };
            if let Some(speaker) = spoke.cloned().filter(|s| s.end == head || s.end == last) {
                return Some(speaker);
            }
            let found = self.phrase_before(head, number).or_else(|| self.governed_before(head));
            let (start, stop) = found?;
            return Some(self.with_apposed(start, stop)..stop);
        }
        // "l'un d'eux", "trois d'entre elles", "d'autres".
        let part =
            last > 0 && (self.class(last - 1).has(Class::OF) || self.is_word(last - 1, "entre"));
        if self.is_pronoun(last) && part {
            let (start, stop) = self.phrase_before(end, number).unwrap_or((last - 1, end));
            return Some(start..stop);
        }
        if self.is_pronoun(last) {
            let neuter = ["ce", "c'", "ça", "cela"].iter().any(|w| self.is_word(last, w));
            return (!neuter).then_some(last..end);
        }
        // "X, le ministre, a dit", "X, interrogé lundi, a dit".
        if self.is(last, ",") || self.is(last, "—") || self.is(last, "–") {
            // "X, qui …, …, a dit": what stands nearest may be the relative's.
            let relative = |s: &Range<usize>| {
                self.is(s.end, ",") && self.class(s.end + 1).has(Class::RELATIVE)
            };
            if let Some(subject) = self.opening_subject(left, plural).filter(relative) {
                return Some(subject);
            }
            let subject = self.subject_before_addition(last, number)?;
            return Some(self.with_joined(subject, plural));
        }
        // "« Quotidien » affirme que …": a name in marks.
        if self.is_title(last) && !self.word(last.wrapping_sub(1)).word {
            return Some(last..end);
        }
        // "ce dernier", "l'intéressé" are phrases like others.
        let (start, stop) = self.phrase_before(end, number)?;
        if self.is_date_at(start) {
            return None;
        }
        // "Un officier ayant requis l'anonymat a dit": the participle's object.
        let governs = Mood::PAST_PARTICIPLE.with(Mood::PRESENT_PARTICIPLE);
        if start > 0
            && self.word(start - 1).mood.has(governs)
            && let Some(subject) = self.opening_subject(left, plural).filter(|s| s.end < start)
        {
            return Some(subject);
        }
        // "Ana Roy, présidente du club explique": a trade without its comma.
        let (first, noun) = (self.class(start), self.word(start).word);
        let bare =
            noun && !first.has(Class::DETERMINER.with(Class::TITLE)) && !self.word(start).capital;
        let cut = View { reading: self.reading, items: &self.items[..stop] };
        let whole = if bare { cut.with_apposed(start, stop) } else { start };
        // "les avocats qui défendent Ana Roy affirment": a plural verb is not hers,
        // and a singular one not that of "les agents".
        let one = !(start..stop).any(|k| self.class(k).has(Class::AND.with(Class::PLURAL)));
        let joined = self.class(start.wrapping_sub(1)).has(Class::AND);
        let many = self.class(start).has(Class::DETERMINER) && self.class(start).has(Class::PLURAL);
        let differs = if plural { one && !joined } else { many };
        let clause = || self.opening_subject(left, plural).filter(|s| s.end < stop);
        let other = if differs { clause() } else { None };
        // "de nombreux | élus affirment".
        let many = whole > 0 && self.is_many(whole - 1);
        let of = many && self.is_word(whole.wrapping_sub(2), "de");
        let whole = whole - usize::from(many) - usize::from(of);
        Some(other.unwrap_or_else(|| self.with_joined(whole..stop, plural)))
    }

    /// "Ana Roy, maire de Lyon, et | Paul Bel affirment": all who do.
    fn with_joined(&self, subject: Range<usize>, plural: bool) -> Range<usize> {
        let comma = subject.start.checked_sub(2).filter(|&k| plural && self.is(k, ","));
        let comma = comma.filter(|&k| self.class(k + 1).has(Class::AND));
        let first = comma.and_then(|k| self.opening_subject(k, false));
        let mut start = first.map_or(subject.start, |first| first.start);
        // "Amnesty, la FIDH et la LDH dénoncent": all of the list.
        let and = (start..subject.end).any(|k| self.class(k).has(Class::AND));
        while plural && and && start > 1 && self.is(start - 1, ",") {
            let before = self.phrase_before(start - 1, Number::Singular);
            let named =
                |p: &(usize, usize)| self.word(p.1 - 1).capital || self.word(p.1 - 1).reach > 0;
            let Some((before, _)) = before.filter(named) else { break };
            if self
                .class(before.wrapping_sub(1))
                .has(Class::PREPOSITION.with(Class::OF).with(Class::TO))
            {
                break;
            }
            start = before;
        }
        start..subject.end
    }

    /// The subject before an addition between commas, whose last is at `close`.
    pub fn subject_before_addition(&self, close: usize, number: Number) -> Option<Range<usize>> {
        let mut open = close;
        for _ in 0..3 {
            open = (open.saturating_sub(30)..open)
                .rev()
                .find(|&k| self.is(k, ",") || self.is(k, "—") || self.is(k, "–"))?;
            let Some((start, stop)) = self.phrase_before(open, number) else { continue };
            // All between the commas is added: appositions are part of the
            // phrase, the rest is not.
            let reach = self.appositions(start, stop);
            let verb = (open + 1..close).find(|&k| self.is_finite(k));
            let relative = (open + 1..close).any(|k| self.class(k).has(Class::RELATIVE));
            if verb.is_some() && !relative {
                return None;
            }
            if self.is_date_at(start) || self.class(start.wrapping_sub(1)).has(Class::PREPOSITION) {
                continue;
            }
            let end = if reach <= close { reach } else { stop };
            return Some(self.with_apposed(start, end)..end);
        }
        None
    }

    /// The phrase that opens the clause of the verb at `left`, where relative
    /// clauses, participles or additions part the two: "L'homme, qui nie, a
    /// dit", "Les taxis en grève demandent".
    pub fn opening_subject(&self, left: usize, plural: bool) -> Option<Range<usize>> {
        let opens = |k: usize| matches!(self.of(k), ";" | ":" | "—" | "–");
        let mut start = (0..left).rev().find(|&k| opens(k)).map_or(0, |k| k + 1);
        start = start.max(dateline(*self));
        for _ in 0..MAX_OPENINGS {
            let class = self.class(start);
            let word = self.word(start);
            if self.is_word(start, "mais") || class.has(Class::AND) {
                start += 1;
                continue;
            }
            let adverbial = class
                .has(Class::PREPOSITION.with(Class::TO).with(Class::OF).with(Class::SUBORDINATOR))
                && !class.has(Class::PLURAL)
                || class.has(Class::TIME.with(Class::GERUND))
                || class.has(Class::ADVERB) && !word.capital && word.reach == 0
                || word.mood.has(Mood::PAST_PARTICIPLE.with(Mood::PRESENT_PARTICIPLE))
                || self.is_date_at(start)
                || self.is(start, ",");
            if !adverbial {
                break;
            }
            start = (start..left).find(|&k| self.is(k, ",")).map(|k| k + 1)?;
        }
        if start >= left || self.is_pronoun(start) || self.is_date_at(start) {
            return None;
        }
        let end = self.phrase(start, Number::Plural)?;
        let reach = self.appositions(start, end);
        let end = if reach <= left { reach } else { end };
        let class = self.class(start);
        let joined = (start..end).any(|k| self.class(k).has(Class::AND));
        // "une trentaine de manifestants crient".
        let number = !class.has(Class::DETERMINER)
            || class.has(Class::PLURAL) == plural
            || plural && self.class(start + 2).has(Class::OF);
        // "Le projet, dit « … »,": one comma parts no subject from its verb.
        let lone = self.is(end, ",") && end + 1 == left;
        let parted = matches!(self.of(end), "," | "(" | "—" | "–")
            || self
                .class(end)
                .has(Class::RELATIVE.with(Class::PREPOSITION).with(Class::TO).with(Class::REACHED))
            || self.word(end).mood.has(Mood::PAST_PARTICIPLE.with(Mood::PRESENT_PARTICIPLE));
        // Each verb on the way is a relative's or a subordinate clause's.
        let mut opened = 0_usize;
        for k in end..left {
            let class = self.class(k);
            if class.has(Class::RELATIVE.with(Class::THAT).with(Class::SUBORDINATOR)) {
                opened += 1;
            } else if self.is_finite(k) && !self.word(k).mood.has(Mood::PAST_PARTICIPLE) {
                opened = opened.checked_sub(1)?;
            }
        }
        // "Le secrétaire d'Etat | chargé du dossier".
        let told = self.word(end).mood.has(Mood::PAST_PARTICIPLE).then_some(end + 1);
        let linked = told.filter(|&k| self.class(k).has(Class::OF.with(Class::TO)));
        let reach = linked.and_then(|k| self.phrase_without_regions(k + 1));
        let whole = reach.filter(|&reach| reach == left).unwrap_or(end);
        (end == left || end < left && parted && !lone)
            .then_some(start..whole)
            .filter(|_| number || joined)
    }

    /// The subject of the verb that governs what stands at `k`.
    pub fn governing_subject(&self, k: usize) -> Option<Range<usize>> {
        for v in (k.saturating_sub(60)..k).rev() {
            if !self.is_finite(v) {
                continue;
            }
            let mut left = v;
            while left > 0
                && self.class(left - 1).has(Class::CLITIC.with(Class::NE).with(Class::REFLEXIVE))
                && (!self.class(left - 1).has(Class::SUBJECT) || self.is_word(left - 1, "nous"))
                && !self.class(left - 1).has(Class::DETERMINER)
            {
                left -= 1;
            }
            while left > 0
                && (self.is_word(left - 1, "l'")
                    || self.is_word(left - 1, "le")
                    || self.is_word(left - 1, "la")
                    || self.is_word(left - 1, "les"))
            {
                left -= 1;
            }
            let plural =
                self.word(v).mood.has(Mood::THIRD_PLURAL) && !self.word(v).mood.has(Mood::THIRD);
            if let Some(subject) = self.subject_before(left, plural, None) {
                return Some(subject);
            }
        }
        None
    }
}
