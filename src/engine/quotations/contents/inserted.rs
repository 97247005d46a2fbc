//! Cues turned beside their content: "…, a dit X, …", also inside the marks.

use std::ops::Range;

use super::Finder;
use super::drafts::{Draft, How};
use crate::engine::quotations::conjugation::Mood;
use crate::engine::quotations::cues::{Cue, Form};
use crate::engine::quotations::lexicon::{Class, Strength, Uses};
use crate::engine::quotations::nouns::{self, NounKind};
use crate::scheme::{MentionLabel, QuoteKind};

impl Finder<'_, '_, '_> {
    /// What stands around a turned cue whose subject ends at `end`.
    pub(super) fn around(&mut self, at: usize, speaker: Range<usize>, end: usize) {
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
        // "Traduction, glisse un chauffeur : « … »".
        let colon = self.close_of_clause(end).filter(|&k| view.is(k, ":"));
        let marked = colon.filter(|&k| view.region(k + 1).is_some());
        if let Some(colon) = marked.filter(|_| !view.has_finite(start..stop) && stop <= start + 6) {
            self.push(colon + 1, colon + 2, How::Inserted, Some(&cue), Some(speaker), None);
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
            // "La dame existe, précise le parquet, elle est vivante".
            let pronoun = view.class(rest).has(Class::SUBJECT)
                && view.is_finite(rest + 1)
                && self.cues.iter().all(|c| c.left <= rest);
            let verb = view.is_finite(rest)
                || pronoun
                || view.class(rest).has(Class::NE)
                || (view.class(rest).has(Class::CLITIC)
                    && view.is_finite(rest + 1)
                    && !view.class(rest).has(Class::DETERMINER));
            let lacks = !view.has_finite(start..stop)
                && view.has_finite(rest..view.len())
                && !view.class(rest + 1).has(Class::THAT);
            // "…, indique la régie, mais la ligne fermera".
            let but = view.is_word(comma + 1, "mais")
                && self.is_clause_ahead(rest)
                && !self.cues.iter().any(|c| c.left > rest && c.form == Form::Finite);
            if but {
                let stop = self.clause_end(rest, at);
                self.push(rest, stop, How::Inserted, Some(&cue), Some(speaker), Some(first));
            } else if (verb || lacks) && view.is(comma, ",") {
                let stop = self.clause_end(comma + 1, at);
                self.push(comma + 1, stop, How::Inserted, Some(&cue), Some(speaker), Some(first));
            }
        }
    }

    /// Whether what follows a turned verb can be its subject: somebody or some
    /// body, in the number of the verb. "Le maire, élu en mai, annonce un plan".
    pub(super) fn speaks(&self, subject: Range<usize>, cue: &Cue) -> bool {
        let view = self.view;
        let first = view.class(subject.start);
        if !first.has(Class::DETERMINER) || view.word(subject.start).capital {
            return true;
        }
        let noun = subject.start + 1;
        let many = first.has(Class::PLURAL)
            || view.class(noun + 1).has(Class::OF)
            || subject.clone().any(|k| view.class(k).has(Class::AND));
        if cue.plural && !many {
            return false;
        }
        let lexicon = view.reading.lexicon;
        let known = |k: usize| {
            let word = view.word(k);
            nouns::kind(lexicon, &view.of(k).to_lowercase()) != NounKind::Other
                || word.class.has(Class::OFFICE.with(Class::PEOPLE).with(Class::CHANNEL))
                || word.capital
                || word.reach > 0
        };
        let closed = matches!(view.of(subject.end), "," | ";" | "." | ":" | ")" | "")
            && view.region(subject.end).is_none();
        closed || view.is_pronoun(subject.end - 1) || subject.clone().any(known)
    }

    /// Whether what stands left of a turned cue can be its content: words in
    /// marks, a clause, or one word that is an answer ("Faux, …").
    pub(super) fn holds_clause(&self, left: usize) -> bool {
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
            } else if view.is(k, ",") {
                // "dont neuf nouveau-nés," had no verb.
                opened = false;
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

    /// "Deux filles, donc, et aucun garçon, résume l'historien.": no clause, but
    /// a verb that takes nobody for its object and somebody who closes the
    /// sentence.
    pub(super) fn is_summed_up(&self, cue: &Cue) -> bool {
        let view = self.view;
        let from = view.skip_adjuncts(cue.items.end);
        let Some(end) = view.subject_after(from, cue.plural) else { return false };
        let noun = if view.class(from).has(Class::DETERMINER) { from + 1 } else { from };
        let kind = nouns::kind(view.reading.lexicon, &view.of(noun).to_lowercase());
        let closed = matches!(view.of(end), "." | "" | ",") && view.region(end).is_none();
        let somebody = matches!(kind, NounKind::Person | NounKind::Group | NounKind::People);
        let who = view.word(from).capital || somebody;
        let indefinite = ["un", "une", "des"].iter().any(|w| view.is_word(from, w));
        closed
            && who
            && !indefinite
            && cue.takes(Uses::CLAUSE)
            && cue.takes(Uses::INSERTED)
            && !cue.takes(Uses::SOMEONE)
            && cue.verb.is_some_and(|v| v.strength == Strength::Says)
    }

    /// Where the speaker of the last inserted cue before `stop` ends.
    pub(super) fn end_of_inserted(&self, stop: usize) -> usize {
        let last = self.inserted.iter().rev().find(|&&(cue, _)| cue < stop);
        last.map_or(0, |&(_, end)| end.min(stop))
    }

    /// Whether only an adverb or an adverbial phrase stands in the items.
    pub(super) fn is_adverbial(&self, start: usize, stop: usize) -> bool {
        let view = self.view;
        let class = view.class(start);
        let opens = class
            .has(Class::ADVERB.with(Class::TIME).with(Class::PREPOSITION).with(Class::TO))
            || view.word(start).mention == Some(MentionLabel::Date)
            || view.of(start).ends_with("ment");
        view.set_phrase(start) == Some(stop)
            || opens
                && stop - start <= 6
                && !view.has_finite(start..stop)
                && (start..stop).all(|k| view.region(k).is_none())
    }

    /// Pushes a content; regions that commas part are each their own.
    pub(super) fn push_all(
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

    /// "« …, a-t-il dit, … »", "« …, dit X. … »": the region in two, or the last
    /// part of it where an earlier cue cut it.
    pub(super) fn inside(&mut self, at: usize, region: usize, speaker: Range<usize>, end: usize) {
        let cue = self.cues[at].clone();
        let view = self.view;
        let whole = view.reading.regions[region].tokens.clone();
        let full_stop = matches!(view.of(end), "." | "!" | "?" | "…" | "...");
        // "…, a répondu Ana Roy en se levant, …".
        let rises = view.is_word(end, "en") && view.is(cue.left.wrapping_sub(1), ",");
        let own = cue.clitic.is_some()
            || rises && !self.is_mine(&speaker)
            || view.is(end, ",")
            || end >= view.len()
            || full_stop && !self.is_quoted(&whole) && !self.is_mine(&speaker);
        if !own {
            return;
        }
        let mut left = view.first_token(cue.left);
        if left > 0 && view.reading.is(left - 1, ",") {
            left -= 1;
        }
        let rest = Some(self.rest(end)).filter(|&c| c < whole.end);
        // Nothing but marks is no rest.
        let rest = rest.filter(|&c| (c..whole.end).any(|t| view.reading.words[t].word));
        // The part that an earlier cue left was pushed last.
        let open = self.out.len().checked_sub(1).filter(|&o| {
            let d = &self.out[o];
            d.how == How::Inserted && d.content.end == whole.end && d.content.start > whole.start
        });
        let start = open.map_or(whole.start, |o| self.out[o].content.start);
        if left <= start + 1 {
            return;
        }
        let mut draft = Draft {
            content: start..left,
            kind: QuoteKind::Direct,
            how: How::Inserted,
            strength: Strength::Says,
            cue: Some(self.tokens(cue.items.clone())),
            speaker: (!speaker.is_empty()).then(|| self.tokens(speaker)),
            continues: None,
            inside: view.reading.regions[region].parent,
        };
        let first = open.unwrap_or(self.out.len());
        match open {
            Some(open) => self.out[open] = draft.clone(),
            None => self.out.push(draft.clone()),
        }
        if let Some(from) = rest {
            draft.content = from..whole.end;
            draft.continues = Some(first);
            self.out.push(draft);
        }
    }

    /// The token from which words go on behind an inserted cue whose subject
    /// ends at `end`: behind the comma, or with the next sentence where the
    /// clause closes this one ("…, dit X, qui vit là. …").
    fn rest(&self, end: usize) -> usize {
        let view = self.view;
        let added = |k: usize| {
            view.class(k).has(Class::RELATIVE)
                || view.word(k).mood.has(Mood::PAST_PARTICIPLE.with(Mood::PRESENT_PARTICIPLE))
        };
        let last = view.end_token(view.len() - 1);
        if matches!(view.of(end), "." | "!" | "?" | "…" | "...") {
            return view.end_token(end);
        }
        match self.close_of_clause(end) {
            Some(comma) if !added(comma + 1) => view.end_token(comma),
            _ => last,
        }
    }

    /// Whether a verb that reports follows the marks: the words are its own.
    fn is_quoted(&self, whole: &Range<usize>) -> bool {
        let reading = self.view.reading;
        let follows = |&t: &usize| reading.words[t].word || reading.is(t, ",");
        (whole.end..reading.words.len().min(whole.end + 4)).take_while(follows).any(|t| {
            let word = reading.words[t];
            let reports = |l: u16| !reading.lexicon.lemmas[usize::from(l)].verbs.is_empty();
            word.mood.has(Mood::FINITE.with(Mood::PAST_PARTICIPLE))
                && word.lemma.is_some_and(reports)
        })
    }

    /// "mon père", "nous": somebody whom the one who speaks tells of.
    fn is_mine(&self, speaker: &Range<usize>) -> bool {
        const MINE: [&str; 9] = ["mon", "ma", "mes", "notre", "nos", "je", "j'", "nous", "on"];
        MINE.iter().any(|w| self.view.is_word(speaker.start, w))
    }

    /// The comma or mark that closes the cue clause whose subject ends at `end`.
    pub(super) fn close_of_clause(&self, end: usize) -> Option<usize> {
        let view = self.view;
        let found = (end..view.len().min(end + 25)).find(|&k| {
            view.is(k, ",") || view.is(k, ":") || view.is(k, ";") || view.region(k).is_some()
        })?;
        if view.region(found).is_some() {
            return found.checked_sub(1).filter(|_| found == end).or(Some(found.saturating_sub(1)));
        }
        Some(found)
    }

    pub(super) fn ends_in_region(&self, stop: usize) -> bool {
        stop > 0 && self.view.region(stop - 1).is_some()
    }

    /// Whether what stands left of `k` closes a content: a comma, marks.
    pub(super) fn is_after_content(&self, k: usize) -> bool {
        let view = self.view;
        if k == 0 {
            return false;
        }
        let mark = matches!(view.of(k - 1), "," | "—" | "–" | "?" | "!" | "…" | "..." | "-");
        mark || view.region(k - 1).is_some()
    }

    /// Whether a region stands right before `k`, a comma apart.
    pub(super) fn after_region(&self, k: usize) -> bool {
        let view = self.view;
        view.region(k - 1).is_some()
            || (k >= 2 && view.region(k - 2).is_some() && !view.word(k - 1).word)
    }
}
