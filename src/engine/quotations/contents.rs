//! From cues to contents and speakers, stretch by stretch.
//!
//! A cue reports what follows it ("a dit que …", "a dénoncé une « … »",
//! "a promis de …", ": « … »") with its subject before it, or what stands
//! around it ("…, a dit X, …", "…, selon X") with its subject after it.

use std::ops::Range;

use super::conjugation::Mood;
use super::cues::{self, Cue, Form};
use super::lexicon::{Class, Strength, Uses};
use super::phrases::{Number, View};
use super::reading::{Reading, Stretch};
use crate::scheme::{MentionLabel, QuoteKind};

/// How a content hangs on its cue; what the scores are kept by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// "a dit que …".
    Clause,
    /// "s'est demandé si …".
    Question,
    /// "a promis de …".
    Infinitive,
    /// "a dit : …".
    Colon,
    /// "a dénoncé une « … »".
    Object,
    /// "…, a dit X".
    Inserted,
    /// "selon X, …".
    Source,
    /// Marks without a cue.
    Alone,
}

/// A quotation in the making; ranges of tokens.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What is said.
    pub content: Range<usize>,
    /// How.
    pub kind: QuoteKind,
    /// The construction.
    pub how: How,
    /// How strongly the cue reports.
    pub strength: Strength,
    /// The words that report.
    pub cue: Option<Range<usize>>,
    /// The source phrase.
    pub speaker: Option<Range<usize>>,
    /// The draft that this one carries on, in the same list.
    pub continues: Option<usize>,
    /// The region whose inside it stands in.
    pub inside: Option<usize>,
    /// The line it stands in.
    pub line: usize,
}

/// The drafts of a stretch.
pub fn find(reading: &Reading<'_>, stretch: &Stretch, out: &mut Vec<Draft>) {
    let view = View::new(reading, stretch);
    let cues = cues::find(view);
    if cues.is_empty() {
        return;
    }
    let mut finder = Finder { view, stretch, cues: &cues, last: None, inserted: Vec::new(), out };
    for at in 0..cues.len() {
        finder.cue(at);
    }
}

/// What follows a cue and where its content starts.
#[derive(Clone, Copy, Debug)]
struct Forward {
    start: usize,
    how: How,
}

struct Finder<'a, 'r, 't> {
    view: View<'r, 't>,
    stretch: &'r Stretch,
    cues: &'a [Cue],
    /// The speaker of the last cue, for those that share it.
    last: Option<Range<usize>>,
    /// Inserted cues and where their speakers end.
    inserted: Vec<(usize, usize)>,
    out: &'a mut Vec<Draft>,
}

impl Finder<'_, '_, '_> {
    fn cue(&mut self, at: usize) {
        let cue = &self.cues[at];
        if cue.unreal {
            return;
        }
        match cue.form {
            Form::Source => self.source(at),
            _ if cue.passive => self.passive(at),
            Form::Finite if cue.clitic.is_some() => self.inverted(at),
            Form::Finite => self.finite(at),
            Form::Gerund | Form::Infinitive | Form::Participle => self.dependent(at),
        }
    }

    // ---- the ways of a cue

    /// "selon X, …", "…, selon X", "…, selon X, …".
    fn source(&mut self, at: usize) {
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
            let stop = self.clause_end(from + 1, at);
            self.push(from + 1, stop, How::Source, Some(&cue), before, None);
            return;
        }
        let (speaker, end) = if let Some(clitic) = cue.clitic {
            (clitic..clitic + 1, from)
        } else {
            let Some(end) = view.phrase(from, Number::Plural) else { return };
            if !self.is_source(from, end) {
                return;
            }
            let end = if self.is_apposition_here(end) { view.appositions(from, end) } else { end };
            (from..end, end)
        };
        let left_start = self.content_start(cue.items.start);
        let mut left_end = cue.items.start;
        if view.is_word(left_end.wrapping_sub(1), "toujours") {
            left_end -= 1;
        }
        let closed = view.is(left_end.wrapping_sub(1), ",");
        let fronted = left_start >= left_end.saturating_sub(1)
            || (0..left_end)
                .all(|k| !view.is_finite(k) && view.region(k).is_none() && !view.is(k, ","))
                && left_end - left_start <= 3
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
            // "interrogé par X,": one more addition to the speaker.
            if view.word(start).mood.has(Mood::PAST_PARTICIPLE)
                && let Some(k) = (start..view.len().min(start + 12)).find(|&k| view.is(k, ","))
                && !view.has_finite(start + 1..k)
            {
                start = k + 1;
            }
            let start = if view.class(start).has(Class::THAT) { start + 1 } else { start };
            let stop = self.clause_end(start, at);
            self.push(start, stop, How::Source, Some(&cue), Some(speaker), None);
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
        let first =
            self.push(left_start, stop, How::Source, Some(&cue), Some(speaker.clone()), None);
        // "…, selon X, …": the rest goes on where the left part is no clause,
        // or where the rest starts with its verb.
        if let (Some(first), true) = (first, view.is(end, ",")) {
            let rest = end + 1;
            let goes_on = view.is_finite(rest)
                || view.class(rest).has(Class::NE)
                || (!view.has_finite(left_start..stop) && view.has_finite(rest..view.len()));
            if goes_on || view.region(rest).is_some() {
                let stop = self.clause_end(rest, at);
                self.push(rest, stop, How::Source, Some(&cue), Some(speaker), Some(first));
            }
        }
    }

    /// Whether what follows the comma after a source is added to it: no
    /// finite verb before the next comma.
    fn is_apposition_here(&self, end: usize) -> bool {
        let view = self.view;
        if !view.is(end, ",") {
            return false;
        }
        let stop = (end + 1..view.len()).find(|&k| view.is(k, ",") || view.is(k, ";"));
        let stop = stop.unwrap_or(view.len());
        !(end + 1..stop).any(|k| view.is_finite(k))
    }

    /// Whether a phrase can be a source: somebody, a body, a document.
    fn is_source(&self, from: usize, end: usize) -> bool {
        let view = self.view;
        !(from..end).any(|k| view.region(k).is_some() && k == from)
            && !view.class(from).has(Class::TIME)
            && !view.class(from).has(Class::NO_SOURCE)
            && !(view.class(from).has(Class::DETERMINER)
                && view.class(from + 1).has(Class::NO_SOURCE))
            && !view.is_word(from, "leur")
            && !view.is_word(from, "leurs")
    }

    /// "a-t-il dit", "dit-elle", "a-t-on appris de X".
    fn inverted(&mut self, at: usize) {
        let cue = self.cues[at].clone();
        let view = self.view;
        let Some(clitic) = cue.clitic else { return };
        let mut speaker = clitic..clitic + 1;
        if view.is_word(clitic, "on") {
            // "apprend-on de source policière", "a-t-on appris auprès de X".
            let mut k = (cue.items.end..cue.items.end + 12)
                .find(|&k| view.is_word(k, "auprès"))
                .map_or_else(|| self.skip_adjuncts(cue.items.end), |k| k + 1);
            while view.is_date_at(k) {
                k += 1;
            }
            if view.class(k).has(Class::OF) {
                let from = if view.is_word(k, "des") { k } else { k + 1 };
                let from = if view.is_word(k, "du") { k + 1 } else { from };
                if let Some(end) = view.phrase(from, Number::Plural) {
                    speaker = from..view.appositions(from, end);
                }
            }
        } else if view.class(clitic).has(Class::SUBJECT) {
            // "Le ministre a-t-il annoncé que": the clitic repeats.
        }
        self.last = Some(speaker.clone());
        if view.class(cue.items.end).has(Class::THAT) && !self.is_after_content(cue.left) {
            self.forward(at, speaker);
            return;
        }
        self.around(at, speaker, cue.items.end);
    }

    fn finite(&mut self, at: usize) {
        let cue = self.cues[at].clone();
        let view = self.view;
        let ahead = self.ahead(&cue);
        let after_content = self.is_after_content(cue.left);
        let near = ahead.is_some_and(|f| {
            matches!(f.how, How::Clause | How::Colon | How::Question | How::Infinitive)
                && f.start <= cue.items.end + 3
                || (f.how == How::Object && f.start == cue.items.end)
        });
        let after_region = cue.left > 0 && self.after_region(cue.left);
        let said = after_region || self.holds_clause(cue.left);
        if after_content && said && (!near || after_region) {
            let after = self.skip_adjuncts(cue.items.end);
            if let Some(end) = self.subject_after(after, cue.plural)
                && (after_region || cue.takes(Uses::INSERTED))
            {
                let subject_left = !after_region && ahead.is_some() && self.subject(&cue).is_some();
                if !subject_left {
                    let speaker = after..end;
                    self.last = Some(speaker.clone());
                    self.around(at, speaker, end);
                    return;
                }
            }
        }
        let shares = self.shares(&cue);
        let governing =
            || self.last.clone().or_else(|| self.governing_subject(cue.left.saturating_sub(1)));
        let subject = if shares { governing() } else { self.subject(&cue) };
        let subject = subject.or_else(|| shares.then(|| self.last.clone()).flatten());
        if let Some(subject) = subject {
            self.last = Some(subject.clone());
            self.forward(at, subject);
        } else if ahead.is_some_and(|f| f.how == How::Clause || f.how == How::Colon)
            && view.class(cue.left.wrapping_sub(1)).has(Class::RELATIVE)
        {
            self.forward_silent(at);
        }
    }

    /// Whether what stands left of a turned cue can be its content: words in
    /// marks, a clause, or one word that is an answer ("Faux, …").
    fn holds_clause(&self, left: usize) -> bool {
        let view = self.view;
        let stop = left.saturating_sub(1);
        let start = self.content_start(stop).max(self.end_of_inserted(stop));
        if start >= stop {
            return false;
        }
        let mut opened = false;
        for k in start..stop {
            let class = view.class(k);
            if class.has(Class::RELATIVE.with(Class::THAT)) {
                opened = true;
            } else if view.is_finite(k) {
                if !opened {
                    return true;
                }
                opened = false;
            } else if view.region(k).is_some() {
                return true;
            }
        }
        // A subject is not parted from its verb by one comma: without another
        // what stands before is said ("Un parc, promet la mairie").
        (start..stop).all(|k| !view.is(k, ","))
    }

    /// Where the speaker of the last inserted cue before `stop` ends.
    fn end_of_inserted(&self, stop: usize) -> usize {
        let last = self.inserted.iter().rev().find(|&&(cue, _)| cue < stop);
        last.map_or(0, |&(_, end)| end.min(stop))
    }

    /// Gerunds, infinitives and participles take the speaker of the clause
    /// that governs them.
    fn dependent(&mut self, at: usize) {
        let cue = self.cues[at].clone();
        let view = self.view;
        if cue.form == Form::Infinitive {
            let before = cue.left.checked_sub(1);
            let linked = before.is_some_and(|b| {
                let c = view.class(b);
                (c.has(Class::OF)
                    && (view.is_word(b.wrapping_sub(1), "avant")
                        || view.is(b.wrapping_sub(1), ",")
                            && view.is_word(b.wrapping_sub(2), "avant")))
                    || view.is_word(b, "pour")
                    || view.is_word(b, "sans") && false
            });
            if !linked {
                return;
            }
        }
        if cue.form == Form::Participle {
            let joined = cue.left > 0
                && (view.class(cue.left - 1).has(Class::AND) || view.is(cue.left - 1, ","));
            let compound = self.cues[..at]
                .last()
                .is_some_and(|c| c.form == Form::Finite && c.items.len() > 1 && !c.passive);
            if view.is_word(cue.items.end, "par") {
                self.agent(at);
                return;
            }
            if !(joined && compound && self.last.is_some()) {
                return;
            }
        }
        let speaker = self.last.clone().or_else(|| self.governing_subject(cue.left));
        let Some(ahead) = self.ahead(&cue) else { return };
        if cue.form == Form::Gerund
            && matches!(ahead.how, How::Infinitive)
            && !cue.verb.is_some_and(|v| v.strength == Strength::Says)
        {
            return;
        }
        self.last = speaker.clone();
        let stop = self.forward_end(ahead, at);
        self.push(ahead.start, stop, ahead.how, Some(&cue), speaker, None);
    }

    /// "accusé par X de …", "« … », lancée par X".
    fn agent(&mut self, at: usize) {
        let cue = self.cues[at].clone();
        let view = self.view;
        let from = cue.items.end + 1;
        let Some(end) = view.phrase(from, Number::Plural) else { return };
        let speaker = from..end;
        let infinitive = self.infinitive(end, &cue);
        if let Some(start) = infinitive {
            let stop = self.clause_end(start, at);
            self.push(start, stop, How::Infinitive, Some(&cue), Some(speaker), None);
        } else if cue.left > 0
            && view.region(cue.left - 1).is_some()
            && self.is_clause(cue.left - 1)
        {
            self.push(cue.left - 1, cue.left, How::Object, Some(&cue), Some(speaker), None);
        }
    }

    /// "est accusé de …", "ont été appelés à …".
    fn passive(&mut self, at: usize) {
        let cue = self.cues[at].clone();
        let view = self.view;
        if !cue.takes(Uses::SOMEONE) {
            return;
        }
        let end = self.skip_adjuncts(cue.items.end);
        if view.is_word(end, "par") {
            let from = end + 1;
            let Some(stop) = view.phrase(from, Number::Plural) else { return };
            if let Some(start) = self.infinitive(stop, &cue) {
                let end = self.clause_end(start, at);
                self.push(start, end, How::Infinitive, Some(&cue), Some(from..stop), None);
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

    // ---- contents

    fn forward(&mut self, at: usize, speaker: Range<usize>) {
        let cue = self.cues[at].clone();
        let Some(ahead) = self.ahead(&cue) else { return };
        let stop = self.forward_end(ahead, at);
        self.push(ahead.start, stop, ahead.how, Some(&cue), Some(speaker), None);
    }

    fn forward_silent(&mut self, at: usize) {
        let cue = self.cues[at].clone();
        let Some(ahead) = self.ahead(&cue) else { return };
        let stop = self.forward_end(ahead, at);
        self.push(ahead.start, stop, ahead.how, Some(&cue), None, None);
    }

    fn forward_end(&self, ahead: Forward, at: usize) -> usize {
        match ahead.how {
            How::Object => self.object_end(ahead.start, at),
            How::Colon if self.view.region(ahead.start).is_some() => ahead.start + 1,
            _ => self.clause_end(ahead.start, at),
        }
    }

    /// What stands around a turned cue whose subject ends at `end`.
    fn around(&mut self, at: usize, speaker: Range<usize>, end: usize) {
        let cue = self.cues[at].clone();
        let view = self.view;
        let mut stop = cue.left;
        if stop > 0
            && (view.is(stop - 1, ",")
                || view.is(stop - 1, "—")
                || view.is(stop - 1, "–")
                || view.is(stop - 1, "-"))
        {
            stop -= 1;
        }
        let start = self.content_start(stop).max(self.end_of_inserted(stop));
        if start >= stop {
            return;
        }
        self.inserted.push((cue.left, end));
        // Inside marks a turned cue cuts the words of the region themselves.
        if let (Some(region), true) = (self.stretch.inside, cue.left > 0) {
            self.inside(at, region, speaker, end);
            return;
        }
        let marked = (start..stop).any(|k| view.region(k).is_some());
        if !marked && !cue.takes(Uses::INSERTED) && cue.clitic.is_none() {
            return;
        }
        if let Some(comma) = self.close_of_clause(end).filter(|&c| view.is(c, ","))
            && self.is_adverbial(start, stop)
            && view.has_finite(comma..view.len())
        {
            // "En l'espèce, relèvent les juges, …": only the clause is said.
            let stop = self.clause_end(comma + 1, at);
            self.push(comma + 1, stop, How::Inserted, Some(&cue), Some(speaker), None);
            return;
        }
        let first = self.push_all(start, stop, How::Inserted, &cue, &speaker);
        let Some(first) = first else { return };
        // The second half, behind the comma that closes the cue clause.
        let Some(comma) = self.close_of_clause(end) else { return };
        let mut rest = comma + 1;
        while view.class(rest).has(Class::AND) || view.is_word(rest, "mais") {
            rest += 1;
        }
        if view.is(comma, ":")
            && view.region(rest).is_none()
            && !self.ends_in_region(stop)
            && self.stretch.inside.is_none()
        {
            let stop = self.clause_end(rest, at);
            self.push(rest, stop, How::Inserted, Some(&cue), Some(speaker), Some(first));
        } else if view.region(rest).is_some() {
            self.push(rest, rest + 1, How::Inserted, Some(&cue), Some(speaker), Some(first));
        } else if !self.ends_in_region(stop) && !self.is_cue_ahead(rest) {
            let verb = view.is_finite(rest)
                || view.class(rest).has(Class::NE)
                || (view.class(rest).has(Class::CLITIC)
                    && view.is_finite(rest + 1)
                    && !view.class(rest).has(Class::DETERMINER));
            let lacks = !view.has_finite(start..stop) && view.has_finite(rest..view.len());
            if (verb || lacks) && view.is(comma, ",") {
                let stop = self.clause_end(comma + 1, at);
                self.push(comma + 1, stop, How::Inserted, Some(&cue), Some(speaker), Some(first));
            }
        }
    }

    /// Whether only an adverb or an adverbial phrase stands in the items.
    fn is_adverbial(&self, start: usize, stop: usize) -> bool {
        let view = self.view;
        let class = view.class(start);
        let opens = class
            .has(Class::ADVERB.with(Class::TIME).with(Class::PREPOSITION).with(Class::TO))
            || view.word(start).mention == Some(MentionLabel::Date)
            || view.of(start).ends_with("ment");
        opens
            && stop - start <= 6
            && !view.has_finite(start..stop)
            && (start..stop).all(|k| view.region(k).is_none())
    }

    /// Pushes a content; regions that commas part are each their own.
    fn push_all(
        &mut self,
        start: usize,
        stop: usize,
        how: How,
        cue: &Cue,
        speaker: &Range<usize>,
    ) -> Option<usize> {
        let view = self.view;
        let listed = stop - start > 1
            && (start..stop).all(|k| view.region(k).is_some() || view.is(k, ","))
            && view.region(start).is_some();
        if !listed {
            return self.push(start, stop, how, Some(cue), Some(speaker.clone()), None);
        }
        let mut last = None;
        for k in (start..stop).filter(|&k| view.region(k).is_some()) {
            last = self.push(k, k + 1, how, Some(cue), Some(speaker.clone()), last).or(last);
        }
        last
    }

    /// "« …, a-t-il dit, … »": the region in two.
    fn inside(&mut self, at: usize, region: usize, speaker: Range<usize>, end: usize) {
        let cue = self.cues[at].clone();
        let view = self.view;
        let whole = view.reading.regions[region].clone();
        let own = cue.clitic.is_some() || view.is(end, ",") || end >= view.len();
        if !own {
            return;
        }
        let cut = view.first_token(cue.left);
        let mut left = cut;
        if left > 0 && view.reading.is(left - 1, ",") {
            left -= 1;
        }
        if left <= whole.tokens.start + 1 {
            return;
        }
        let cue_tokens = self.tokens(cue.items.clone());
        let speaker_tokens = self.tokens(speaker);
        let comma = self.close_of_clause(end).map(|c| view.end_token(c));
        let first = self.out.len();
        let draft = Draft {
            content: whole.tokens.start..left,
            kind: QuoteKind::Direct,
            how: How::Inserted,
            strength: Strength::Says,
            cue: Some(cue_tokens),
            speaker: Some(speaker_tokens),
            continues: None,
            inside: whole.parent,
            line: self.stretch.line,
        };
        let rest = Draft { continues: Some(first), ..draft.clone() };
        self.out.push(draft);
        if let Some(from) = comma.filter(|&c| c < whole.tokens.end) {
            self.out.push(Draft { content: from..whole.tokens.end, ..rest });
        }
    }

    /// The comma or mark that closes the cue clause whose subject ends at `end`.
    fn close_of_clause(&self, end: usize) -> Option<usize> {
        let view = self.view;
        let found = (end..view.len().min(end + 25)).find(|&k| {
            view.is(k, ",") || view.is(k, ":") || view.is(k, ";") || view.region(k).is_some()
        })?;
        if view.region(found).is_some() {
            return found.checked_sub(1).filter(|_| found == end).or(Some(found.saturating_sub(1)));
        }
        Some(found)
    }

    /// Whether another cue starts within two items of `k`.
    fn is_cue_ahead(&self, k: usize) -> bool {
        self.cues.iter().any(|c| c.left >= k && c.left <= k + 2)
    }

    fn ends_in_region(&self, stop: usize) -> bool {
        stop > 0 && self.view.region(stop - 1).is_some()
    }

    /// Pushes the content between two items; what it is follows from the
    /// regions in it. Gives the index of the draft.
    fn push(
        &mut self,
        start: usize,
        stop: usize,
        how: How,
        cue: Option<&Cue>,
        speaker: Option<Range<usize>>,
        continues: Option<usize>,
    ) -> Option<usize> {
        let view = self.view;
        let (start, stop) = self.trim(start, stop);
        if start >= stop {
            return None;
        }
        let (start, stop, kind) = self.kind(start, stop, how);
        let strength = cue.and_then(|c| c.verb).map_or(Strength::Says, |v| v.strength);
        let marked = kind != QuoteKind::Indirect;
        let forward =
            matches!(how, How::Clause | How::Question | How::Infinitive | How::Colon | How::Object);
        if forward && !marked && matches!(strength, Strength::Weak | Strength::Manner) {
            return None;
        }
        if self.stretch.inside.is_some() && !marked && !self.is_told(strength, speaker.as_ref()) {
            return None;
        }
        let draft = Draft {
            content: view.first_token(start)..view.end_token(stop - 1),
            kind,
            how,
            strength,
            cue: cue.map(|c| self.tokens(c.items.clone())),
            speaker: speaker.filter(|s| !s.is_empty()).map(|s| self.tokens(s)),
            continues,
            inside: self.stretch.inside,
            line: self.stretch.line,
        };
        self.out.push(draft);
        Some(self.out.len() - 1)
    }

    /// Inside another's words only what somebody else says counts, not what
    /// the one who speaks thinks.
    fn is_told(&self, strength: Strength, speaker: Option<&Range<usize>>) -> bool {
        let own = speaker.is_none_or(|s| {
            ["je", "j'", "nous", "on", "vous", "tu"].iter().any(|w| self.view.is_word(s.start, w))
        });
        strength == Strength::Says && !own
    }

    /// Marks and spaces at the ends belong to no content.
    fn trim(&self, mut start: usize, mut stop: usize) -> (usize, usize) {
        let view = self.view;
        let mark = |k: usize| {
            matches!(view.of(k), "," | "." | ";" | ":" | "—" | "–" | "-" | "…" | "..." | ")")
        };
        while start < stop && mark(start) && !matches!(view.of(start), "…" | "...") {
            start += 1;
        }
        while start < stop && mark(stop - 1) {
            if view.is(stop - 1, ")") && (start..stop).any(|k| view.is(k, "(")) {
                break;
            }
            stop -= 1;
        }
        (start, stop)
    }

    /// The kind of a content, narrowed to the region where only that is said.
    fn kind(&self, start: usize, stop: usize, how: How) -> (usize, usize, QuoteKind) {
        let view = self.view;
        let regions: Vec<usize> = (start..stop).filter(|&k| view.region(k).is_some()).collect();
        let Some(&last) = regions.last() else { return (start, stop, QuoteKind::Indirect) };
        if stop - start == 1 {
            let direct = how != How::Object || self.is_clause(start);
            let kind = if direct { QuoteKind::Direct } else { QuoteKind::Mixed };
            return (start, stop, kind);
        }
        // Before an inserted cue: words in marks that are a sentence stand for
        // themselves, whatever introduces them.
        if how == How::Inserted && last == stop - 1 && self.is_sentence(last) {
            let introduced = last == start
                || view.is(last - 1, ":")
                || view.is(last - 1, ".")
                || (start..last).all(|k| !view.is_finite(k)) && last - start <= 2;
            if introduced {
                return (last, stop, QuoteKind::Direct);
            }
        }
        let spoken = regions.iter().any(|&k| !self.is_name(k));
        let kind = if spoken { QuoteKind::Mixed } else { QuoteKind::Indirect };
        (start, stop, kind)
    }

    /// Whether the region holds a clause: a finite verb outside relatives.
    fn is_clause(&self, k: usize) -> bool {
        let Some(region) = self.view.region(k) else { return false };
        let reading = self.view.reading;
        let inner = reading.regions[region].inner.clone();
        let mut relative = false;
        for t in inner {
            let word = reading.words[t];
            relative |= word.class.has(Class::RELATIVE);
            if word.mood.has(Mood::FINITE) && !word.capital {
                if relative {
                    relative = false;
                } else {
                    return true;
                }
            }
        }
        false
    }

    /// Whether the region reads as a sentence: a capital at its start.
    fn is_sentence(&self, k: usize) -> bool {
        let Some(region) = self.view.region(k) else { return false };
        let reading = self.view.reading;
        let inner = &reading.regions[region].inner;
        let first = inner.clone().find(|&t| reading.words[t].word);
        first.is_some_and(|t| reading.of(t).chars().next().is_some_and(char::is_uppercase))
    }

    /// Whether words in marks are a name: a title, what a noun of naming
    /// introduces, capitals throughout.
    fn is_name(&self, k: usize) -> bool {
        super::alone::is_name(self.view, k)
    }

    // ---- where contents start and end

    /// Where the content before `stop` starts: the start of the stretch, the
    /// dateline passed, or behind the last ";" or ":".
    fn content_start(&self, stop: usize) -> usize {
        let view = self.view;
        let dateline = dateline(view);
        let cut =
            (dateline..stop).rev().find(|&k| view.is(k, ";") || (view.is(k, ":") && k + 1 < stop));
        let start = cut.map_or(dateline, |k| k + 1);
        // "Mais …": what links the sentence is not said.
        let linked = ["mais", "et", "or", "car"].iter().any(|w| view.is_word(start, w));
        if linked && start + 1 < stop { start + 1 } else { start }
    }

    /// Where a clause that starts at `start` ends.
    fn clause_end(&self, start: usize, at: usize) -> usize {
        let view = self.view;
        let mut depth = 0_usize;
        for k in start..view.len() {
            if view.is(k, "(") {
                depth += 1;
            } else if view.is(k, ")") {
                if depth == 0 {
                    return k;
                }
                depth -= 1;
            }
            if depth == 0 && self.ends_clause(k, start, at) {
                return k;
            }
        }
        view.len()
    }

    fn ends_clause(&self, k: usize, start: usize, at: usize) -> bool {
        let view = self.view;
        if k == start {
            return false;
        }
        if view.is(k, ";") {
            return true;
        }
        let comma = view.is(k, ",");
        let and = view.class(k).has(Class::AND) || view.is_word(k, "mais");
        if !comma
            && !and
            && !view.is_word(k, "avant")
            && !view.is_word(k, "tout")
            && !view.is_word(k, "en")
        {
            return false;
        }
        if comma {
            let next = k + 1;
            let ce_que = view.is_word(next, "ce") && view.class(next + 1).has(Class::THAT);
            let reports = view
                .word(next + 1)
                .lemma
                .is_some_and(|l| !view.reading.lexicon.lemmas[usize::from(l)].verbs.is_empty());
            let silent = view.is_word(next, "sans")
                && (reports || view.is_word(next + 1, "plus") || view.is_word(next + 1, "autre"));
            let relative = view.class(self.cues[at].left.wrapping_sub(1)).has(Class::RELATIVE)
                && (view.is_finite(next) && !view.class(next).has(Class::NOUN)
                    || view.class(next).has(Class::NE));
            if ce_que
                || silent
                || relative
                || view.is_word(next, "alors") && view.class(next + 1).has(Class::THAT)
                || view.is_word(next, "tandis")
                || view.is_word(next, "comme") && view.class(next + 1).has(Class::CLITIC)
            {
                return true;
            }
        }
        // A cue that goes on with the same speaker.
        self.cues[at + 1..].iter().take(4).any(|c| {
            let gap = c.left.checked_sub(k + 1);
            let near = gap.is_some_and(|g| g <= 3);
            if !near || c.unreal {
                return false;
            }
            let between: bool = (k + 1..c.left).all(|j| {
                let class = view.class(j);
                class.has(Class::AND.with(Class::ADVERB).with(Class::OF))
                    || matches!(view.of(j), ",")
                    || ["en", "tout", "avant", "puis", "et"].iter().any(|w| view.is_word(j, w))
            });
            between
                && match c.form {
                    Form::Gerund => {
                        (comma || view.is_word(k, "en") || view.is_word(k, "tout") || and)
                            && self.ahead(c).is_some()
                    }
                    Form::Infinitive if self.ahead(c).is_none() => false,
                    Form::Infinitive => {
                        view.is_word(k, "avant")
                            || view.is_word(k + 1, "avant")
                            || comma && (k + 1..c.left).any(|j| view.is_word(j, "avant"))
                    }
                    Form::Finite => {
                        (and || comma) && c.clitic.is_none() && self.ahead(c).is_some()
                            || comma && c.clitic.is_some()
                    }
                    Form::Participle => and && self.ahead(c).is_some(),
                    Form::Source => comma && false,
                }
        })
    }

    /// Where an object phrase that starts at `start` ends.
    fn object_end(&self, start: usize, at: usize) -> usize {
        let view = self.view;
        let mut seen = view.region(start).is_some();
        for k in start + 1..view.len() {
            if view.region(k).is_some() {
                seen = true;
                continue;
            }
            if self.ends_clause(k, start, at) {
                return k;
            }
            let joins = |j: usize| {
                view.region(j).is_some()
                    || view.region(j + 1).is_some() && !view.is_finite(j)
                    || view.region(j + 2).is_some()
                        && view.class(j).has(Class::AND.with(Class::DETERMINER).with(Class::OF))
                        && !view.is_finite(j + 1)
            };
            if seen && (view.is(k, ":") || view.is(k, ",") && !joins(k + 1)) {
                return k;
            }
            if seen
                && view.class(k).has(Class::AND)
                && !joins(k + 1)
                && (view.is_finite(k + 1)
                    || view.word(k + 1).mood.has(Mood::PAST_PARTICIPLE)
                    || view.class(k + 1).has(
                        Class::CLITIC.with(Class::NE).with(Class::SUBJECT).with(Class::REFLEXIVE),
                    ) && view.is_finite(k + 2))
            {
                return k;
            }
            if seen
                && view.word(k).mood.has(Mood::PRESENT_PARTICIPLE)
                && !view.class(k).has(Class::NOUN)
            {
                return if view.is_word(k - 1, "en") { k - 1 } else { k };
            }
            if seen && view.is_word(k, "lors")
                || seen && view.is_word(k, "avant") && view.class(k + 1).has(Class::OF)
            {
                return k;
            }
        }
        view.len()
    }

    // ---- what follows a cue

    /// The content that follows a cue, past adverbs and addressees.
    fn ahead(&self, cue: &Cue) -> Option<Forward> {
        let view = self.view;
        let mut k = cue.items.end;
        let most = (k + 40).min(view.len());
        let said =
            cue.verb.is_some_and(|v| matches!(v.strength, Strength::Says | Strength::Thinks));
        let mut someone = false;
        let mut commas = 0;
        while k < most {
            let class = view.class(k);
            if class.has(Class::THAT) {
                let compared = someone && !cue.takes(Uses::SOMEONE);
                let fits = cue.takes(Uses::CLAUSE) && !compared && !self.is_restrictive(cue, k);
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
            if view.is_word(k, "pour") && view.class(k + 1).has(Class::THAT) && said {
                return Some(Forward { start: k, how: How::Clause });
            }
            if view.is(k, ":") {
                let marked = view.region(k + 1).is_some();
                let near = k <= cue.items.end + 12;
                return (marked || (said && near && self.stretch.inside.is_none()))
                    .then_some(Forward { start: k + 1, how: How::Colon });
            }
            if view.region(k).is_some() {
                let fits = cue.takes(Uses::OBJECT)
                    || cue.takes(Uses::ATTRIBUTE)
                    || cue.takes(Uses::MARKED)
                    || said;
                let how =
                    if self.is_clause(k) && self.is_sentence(k) { How::Colon } else { How::Object };
                return fits.then_some(Forward { start: k, how });
            }
            if class.has(Class::QUESTION)
                && cue.takes(Uses::QUESTION)
                && !view.class(k).has(Class::CLITIC)
            {
                return Some(Forward { start: k, how: How::Question });
            }
            if view.is_word(k, "ce") && view.class(k + 1).has(Class::RELATIVE.with(Class::THAT)) {
                return (cue.takes(Uses::QUESTION))
                    .then_some(Forward { start: k, how: How::Question });
            }
            if let Some(end) = self.set_phrase(k) {
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
            if plain_adverb && !view.class(k + 1).has(Class::THAT) {
                k += 1;
                continue;
            }
            if let Some(start) = self.infinitive(k, cue) {
                return Some(Forward { start, how: How::Infinitive });
            }
            if cue.takes(Uses::OBJECT.or(Uses::ATTRIBUTE)) || cue.takes(Uses::A.or(Uses::DE)) {
                if let Some(start) = self.object(k, cue) {
                    return Some(Forward { start, how: How::Object });
                }
            }
            if view.is(k, ",") {
                commas += 1;
                let close = (k + 1..most.min(k + 16)).find(|&j| view.is(j, ","));
                match close {
                    Some(c)
                        if commas == 1
                            && !view.has_finite(k + 1..c)
                            && !self.is_cue_ahead(k + 1) =>
                    {
                        k = c + 1
                    }
                    _ => return None,
                }
                continue;
            }
            let adverb = class.has(Class::ADVERB.with(Class::TIME).with(Class::NEGATION))
                || view.word(k).mention == Some(MentionLabel::Date);
            if adverb {
                k += 1;
            } else if let Some(end) = self.adjunct(k) {
                k = end;
            } else if !someone
                && cue.takes(Uses::SOMEONE.or(Uses::ATTRIBUTE).or(Uses::OBJECT))
                && let Some(end) = view.phrase(k, Number::Plural)
                && (cue.takes(Uses::SOMEONE.or(Uses::ATTRIBUTE)))
            {
                someone = true;
                k = end;
            } else if !someone
                && said
                && let Some(end) = view.phrase(k, Number::Plural)
                && view.is(end, ":")
            {
                // "a donné ses raisons :", "nuance ces effets :".
                k = end;
            } else {
                return None;
            }
        }
        None
    }

    /// "n'a dit que": only.
    fn is_restrictive(&self, cue: &Cue, k: usize) -> bool {
        let view = self.view;
        k == cue.items.end && (cue.left..cue.items.start + 1).any(|j| view.class(j).has(Class::NE))
    }

    /// An object phrase with words in marks that starts at `k`.
    fn object(&self, k: usize, cue: &Cue) -> Option<usize> {
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
        let someone = cue.takes(Uses::SOMEONE) && cue.takes(Uses::A.or(Uses::DE));
        if class.has(Class::ADVERB.with(Class::TIME))
            && !class.has(Class::PREPOSITION.with(Class::DETERMINER))
            || view.is(k, ",")
        {
            return None;
        }
        for j in k..view.len().min(k + 25) {
            if view.region(j).is_some() {
                // "le texte « … »" after a verb that calls it so: only that.
                let attribute = cue.takes(Uses::ATTRIBUTE)
                    && j > k
                    && !theme
                    && !view
                        .class(j - 1)
                        .has(Class::OF.with(Class::DETERMINER).with(Class::ADVERB));
                if attribute && view.phrase_without_regions(k) == Some(j) {
                    return Some(j);
                }
                // "appelé les parties à « … »".
                if someone && j > k + 1 && view.class(j - 1).has(Class::OF.with(Class::TO)) {
                    return Some(j - 1);
                }
                return (!self.is_name(j) || cue.takes(Uses::ATTRIBUTE)).then_some(k);
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

    /// "de" or "à" with an infinitive, or a bare one, at `k`.
    fn infinitive(&self, k: usize, cue: &Cue) -> Option<usize> {
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
            if !class.has(
                Class::CLITIC
                    .with(Class::NE)
                    .with(Class::NEGATION)
                    .with(Class::ADVERB)
                    .with(Class::REFLEXIVE),
            ) {
                return None;
            }
            at += 1;
        }
        None
    }

    // ---- subjects

    /// Over adverbs, dates and addressees between a verb and what follows.
    fn skip_adjuncts(&self, from: usize) -> usize {
        let view = self.view;
        let mut k = from;
        while k < view.len() && k < from + 30 {
            let class = view.class(k);
            let date = view.word(k).mention == Some(MentionLabel::Date);
            let number = view
                .token(k)
                .is_some_and(|t| view.reading.of(t).starts_with(|c: char| c.is_ascii_digit()));
            let dated = class.has(Class::DETERMINER) && view.is_date_at(k + 1)
                || class.has(Class::DETERMINER) && class_after_date(view, k + 1);
            if date
                || dated
                || class.has(Class::ADVERB.with(Class::TIME))
                    && !view.word(k).capital
                    && !class.has(Class::DETERMINER.with(Class::PRONOUN))
            {
                k += 1;
            } else if number && class_after_date(view, k) {
                k += 1;
            } else if view.is(k, ",")
                && k > from.saturating_sub(1)
                && let Some(close) = (k + 1..view.len().min(k + 14)).find(|&j| view.is(j, ","))
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
    fn adjunct_run(&self, from: usize, to: usize) -> bool {
        let view = self.view;
        let mood = to == from + 1 && view.word(from).word && !view.word(from).capital;
        if mood || view.word(from).mood.has(Mood::PAST_PARTICIPLE) && !view.has_finite(from + 1..to)
        {
            return true;
        }
        let mut k = from;
        while k < to {
            let date = view.word(k).mention == Some(MentionLabel::Date);
            if date || view.class(k).has(Class::ADVERB.with(Class::TIME)) {
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
    fn set_phrase(&self, k: usize) -> Option<usize> {
        const SET: [&[&str]; 12] = [
            &["pour", "sa", "part"],
            &["pour", "leur", "part"],
            &["de", "son", "côté"],
            &["de", "leur", "côté"],
            &["à", "son", "tour"],
            &["à", "leur", "tour"],
            &["en", "revanche"],
            &["en", "outre"],
            &["en", "effet"],
            &["au", "passage"],
            &["par", "ailleurs"],
            &["du", "même", "souffle"],
        ];
        let view = self.view;
        SET.iter()
            .find(|s| s.iter().enumerate().all(|(i, w)| view.is_word(k + i, w)))
            .map(|s| k + s.len())
    }

    /// A prepositional phrase that is no source: "devant la presse", "à l'AFP",
    /// "dans un communiqué".
    fn adjunct(&self, k: usize) -> Option<usize> {
        let view = self.view;
        let class = view.class(k);
        let set: [&[&str]; 6] = [
            &["pour", "sa", "part"],
            &["en", "marge", "de"],
            &["en", "marge", "du"],
            &["de", "son", "côté"],
            &["de", "leur", "côté"],
            &["à", "son", "tour"],
        ];
        if let Some(s) =
            set.iter().find(|s| s.iter().enumerate().all(|(i, w)| view.is_word(k + i, w)))
        {
            let end = k + s.len();
            return if s[s.len() - 1].starts_with('d') {
                view.phrase(end, Number::Singular)
            } else {
                Some(end)
            };
        }
        let governs = class.has(Class::PREPOSITION.with(Class::TO)) && !class.has(Class::OF);
        if !governs {
            return None;
        }
        let mut from = k + 1;
        // "auprès de", "lors de", "à propos de".
        if view.class(from).has(Class::OF) {
            from += 1;
        }
        while view.is_date_at(from) {
            from += 1;
        }
        if from > k + 1 && view.is_date_at(from - 1) {
            return Some(from);
        }
        if view.word(from).mood.has(Mood::INFINITIVE) {
            let object = view.class(from + 1).has(Class::DETERMINER);
            let end = object.then(|| view.phrase_without_regions(from + 1)).flatten();
            return view.is_word(k, "sans").then(|| end.unwrap_or(from + 1));
        }
        // Without an article one noun: "par téléphone", "sans rire".
        if !view.class(from).has(Class::DETERMINER)
            && !view.word(from).capital
            && !view.class(k).has(Class::TO)
        {
            let end = (view.class(from + 1).has(Class::OF))
                .then(|| view.phrase(from + 2, Number::Singular))
                .flatten();
            let word = view.word(from);
            return if word.word { Some(end.unwrap_or(from + 1)) } else { None };
        }
        let end = view.phrase_without_regions(from)?;
        let person = (from + 1..end).find(|&j| {
            let (word, before) = (view.word(j), view.word(j - 1));
            let starts = view.token(j).is_some_and(|t| before.reach <= t);
            let title = word.class.has(Class::TITLE) && word.capital && before.reach == 0;
            title
                || starts
                    && word.mention == Some(MentionLabel::Person)
                    && !before.class.has(Class::OF.with(Class::TITLE))
                    && before.mention != Some(MentionLabel::Role)
        });
        Some(person.unwrap_or(end))
    }

    /// The subject behind a turned verb: where it ends.
    fn subject_after(&self, k: usize, plural: bool) -> Option<usize> {
        let view = self.view;
        let class = view.class(k);
        let word = view.word(k);
        if class.has(Class::OF) && !view.is_word(k, "des") && !view.is_word(k, "d'")
            || class.has(Class::THAT.with(Class::RELATIVE).with(Class::TIME))
            || word.mood.has(Mood::INFINITIVE)
            || view.region(k).is_some()
        {
            return None;
        }
        if view.is_word(k, "d'") && !view.is_word(k + 1, "autres") {
            return None;
        }
        let number = if plural { Number::Plural } else { Number::Singular };
        let end = if view.is_word(k, "d'") { k + 2 } else { view.phrase(k, number)? };
        Some(view.appositions(k, end))
    }

    /// The subject before a finite cue.
    fn subject(&self, cue: &Cue) -> Option<Range<usize>> {
        self.subject_before(cue.left, cue.plural)
    }

    fn subject_before(&self, left: usize, plural: bool) -> Option<Range<usize>> {
        let view = self.view;
        let number = if plural { Number::Plural } else { Number::Singular };
        let mut end = left;
        while end > 0
            && view.class(end - 1).has(Class::ADVERB)
            && !view.is_pronoun(end - 1)
            && !view.word(end - 1).capital
        {
            end -= 1;
        }
        if end == 0 {
            return None;
        }
        let last = end - 1;
        if view.class(last).has(Class::RELATIVE) {
            if !view.is_word(last, "qui")
                && !view.is_word(last, "lequel")
                && !view.is_word(last, "laquelle")
            {
                return None;
            }
            let head = if last > 0 && view.is(last - 1, ",") { last - 1 } else { last };
            if let Some(speaker) = self.last.clone().filter(|s| s.end == head || s.end == last) {
                return Some(speaker);
            }
            let (start, stop) = view.phrase_before(head, number)?;
            return Some(view.with_apposed(start, stop)..stop);
        }
        if view.is_pronoun(last) {
            let ce = view.is_word(last, "ce") || view.is_word(last, "on") && false;
            return (!ce).then_some(last..end);
        }
        // "X, le ministre, a dit", "X, interrogé lundi, a dit".
        if view.is(last, ",") || view.is(last, "—") || view.is(last, "–") {
            return self.subject_before_addition(last, number);
        }
        // "ce dernier", "l'intéressé" are phrases like others.
        let (start, stop) = view.phrase_before(end, number)?;
        if view.is_date_at(start) {
            return None;
        }
        // "Le ministre de la Justice, Eric Dupond, a dit" ends in a comma; here
        // the phrase may itself be the name behind one: "la ministre, Anne
        // Roy a dit" stays the name.
        Some(start..stop)
    }

    /// The subject before an addition between commas, whose last is at `close`.
    fn subject_before_addition(&self, close: usize, number: Number) -> Option<Range<usize>> {
        let view = self.view;
        let mut open = close;
        for _ in 0..3 {
            open = (open.saturating_sub(30)..open)
                .rev()
                .find(|&k| view.is(k, ",") || view.is(k, "—") || view.is(k, "–"))?;
            let Some((start, stop)) = view.phrase_before(open, number) else { continue };
            // All between the commas is added: appositions are part of the
            // phrase, the rest is not.
            let reach = view.appositions(start, stop);
            let verb = (open + 1..close).find(|&k| view.is_finite(k));
            let relative = (open + 1..close).any(|k| view.class(k).has(Class::RELATIVE));
            if verb.is_some() && !relative {
                return None;
            }
            if view.is_date_at(start) || view.class(start.wrapping_sub(1)).has(Class::PREPOSITION) {
                continue;
            }
            let end = if reach <= close { reach } else { stop };
            return Some(view.with_apposed(start, end)..end);
        }
        None
    }

    /// The subject of the verb that governs what stands at `k`.
    fn governing_subject(&self, k: usize) -> Option<Range<usize>> {
        let view = self.view;
        for v in (k.saturating_sub(60)..k).rev() {
            if !view.is_finite(v) {
                continue;
            }
            let mut left = v;
            while left > 0
                && view.class(left - 1).has(Class::CLITIC.with(Class::NE).with(Class::REFLEXIVE))
                && (!view.class(left - 1).has(Class::SUBJECT) || view.is_word(left - 1, "nous"))
                && !view.class(left - 1).has(Class::DETERMINER)
            {
                left -= 1;
            }
            while left > 0
                && (view.is_word(left - 1, "l'")
                    || view.is_word(left - 1, "le")
                    || view.is_word(left - 1, "la")
                    || view.is_word(left - 1, "les"))
            {
                left -= 1;
            }
            let plural =
                view.word(v).mood.has(Mood::THIRD_PLURAL) && !view.word(v).mood.has(Mood::THIRD);
            if let Some(subject) = self.subject_before(left, plural) {
                return Some(subject);
            }
        }
        None
    }

    /// Whether a finite cue goes on with the speaker of the cue before: "et a
    /// ajouté".
    fn shares(&self, cue: &Cue) -> bool {
        let view = self.view;
        let mut left = cue.left;
        while left > 0 && view.class(left - 1).has(Class::ADVERB) {
            left -= 1;
        }
        let before = left.wrapping_sub(1);
        let joined = left > 0
            && (view.class(before).has(Class::AND)
                || view.is_word(before, "mais")
                || view.is_word(before, "puis")
                || view.is(before, ",") && self.last.is_some() && self.subject(cue).is_none());
        joined && (self.last.is_some() || self.governing_subject(before).is_some())
    }

    /// Whether what stands left of `k` closes a content: a comma, marks.
    fn is_after_content(&self, k: usize) -> bool {
        let view = self.view;
        if k == 0 {
            return false;
        }
        let mark = matches!(view.of(k - 1), "," | "—" | "–" | "?" | "!" | "…" | "..." | "-");
        mark || view.region(k - 1).is_some()
    }

    /// Whether a region stands right before `k`, a comma apart.
    fn after_region(&self, k: usize) -> bool {
        let view = self.view;
        view.region(k - 1).is_some()
            || (k >= 2 && view.region(k - 2).is_some() && !view.word(k - 1).word)
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

    fn tokens(&self, items: Range<usize>) -> Range<usize> {
        self.view.first_token(items.start)..self.view.end_token(items.end - 1)
    }
}

/// Whether a number goes with the date before or after it.
fn class_after_date(view: View<'_, '_>, k: usize) -> bool {
    view.class(k + 1).has(Class::TIME) || view.class(k.wrapping_sub(1)).has(Class::TIME)
}

/// One past the dateline of a wire: "PARIS, 4 mars (AFP) - ".
pub fn dateline(view: View<'_, '_>) -> usize {
    let most = view.len().min(26);
    let dash = (1..most).find(|&k| matches!(view.of(k), "-" | "–" | "—" | "--"));
    let Some(dash) = dash else { return 0 };
    let spaced = !view.reading.touches_next(view.first_token(dash));
    let signed = matches!(view.of(dash - 1), ")" | ".");
    let dated = (0..dash).any(|j| view.class(j).has(Class::TIME));
    let placed = dash <= 6
        && (0..dash)
            .all(|j| view.word(j).capital || !view.word(j).word || view.class(j).has(Class::OF));
    if spaced && (signed || dated || placed) && !view.has_finite(0..dash) { dash + 1 } else { 0 }
}
