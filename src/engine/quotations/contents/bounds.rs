//! Where contents start and end.

use super::Finder;
use crate::engine::quotations::conjugation::Mood;
use crate::engine::quotations::cues::Form;
use crate::engine::quotations::lexicon::Class;
use crate::engine::quotations::view::View;

impl Finder<'_, '_, '_> {
    /// Where the content before `stop` starts: the start of the stretch, the
    /// dateline passed, or behind the last ";" or ":".
    pub(super) fn content_start(&self, stop: usize) -> usize {
        let view = self.view;
        let dateline = dateline(view);
        // "à 20:15": no colon of a sentence.
        let clock = |k: usize| k > 0 && view.is_number(k - 1) && view.is_number(k + 1);
        let cut = (dateline..stop)
            .rev()
            .find(|&k| view.is(k, ";") || (view.is(k, ":") && k + 1 < stop && !clock(k)));
        let start = cut.map_or(dateline, |k| k + 1);
        // "Mais …": what links the sentence is not said.
        let linked = ["mais", "et", "or", "car"].iter().any(|w| view.is_word(start, w));
        if linked && start + 1 < stop { start + 1 } else { start }
    }

    /// Where a clause that starts at `start` ends.
    pub(super) fn clause_end(&self, start: usize, at: usize) -> usize {
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

    pub(super) fn ends_clause(&self, k: usize, start: usize, at: usize) -> bool {
        let view = self.view;
        if k == start {
            return false;
        }
        // Words in marks behind a colon are said for themselves.
        let quoted = view.is(k, ":") && view.region(k + 1).is_some();
        if view.is(k, ";") || quoted && self.is_clause(k + 1) && self.is_sentence(k + 1) {
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
            let cue = &self.cues[at];
            let who =
                if cue.form == Form::Source { cue.items.end } else { cue.left.wrapping_sub(1) };
            let relative = view.class(who).has(Class::RELATIVE)
                && (view.is_finite(next) && !view.class(next).has(Class::NOUN)
                    || view.class(next).has(Class::NE));
            // "Même s'il a dit qu'il viendrait, le port ferme": the main clause.
            // "Affirmant qu'il viendra, il part".
            let gerund =
                self.cues[at].form == Form::Gerund && self.cues[at].left <= dateline(view) + 1;
            let main = (gerund || self.is_subordinate(at)) && self.is_clause_ahead(next);
            // "dit vouloir partir, car il craint …": why he says it.
            let reason = view.is_word(next, "car") && !view.has_finite(start..k);
            if ce_que
                || main
                || reason
                || silent
                || relative
                || view.is_word(next, "alors") && view.class(next + 1).has(Class::THAT)
                || view.is_word(next, "tandis")
                || view.is_word(next, "comme") && view.class(next + 1).has(Class::CLITIC)
            {
                return true;
            }
        }
        // "selon X" reaches to the end of its sentence: what is coordinated in it
        // is part of it.
        let source = self.cues[at].form == Form::Source;
        // "dit avoir tout essayé, mais les élus en doutent": another clause.
        let next = if comma { k + 1 } else { k };
        let joined = view.class(next).has(Class::AND)
            || ["mais", "puis"].iter().any(|w| view.is_word(next, w));
        if joined
            && !source
            && !view.has_finite(start..k)
            && (start..k.min(start + 5)).any(|j| view.word(j).mood.has(Mood::INFINITIVE))
            && self.is_clause_ahead(next + 1)
        {
            return true;
        }
        if and && self.leaves_content(start, k, at) {
            return true;
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
                        // "demande de partir, évoquant une fuite".
                        let done = comma && c.left == k + 1 && !view.has_finite(start..k);
                        (comma || view.is_word(k, "en") || view.is_word(k, "tout") || and)
                            && (done || self.ahead(c).is_some())
                    }
                    Form::Infinitive if self.ahead(c).is_none() => false,
                    Form::Infinitive => {
                        view.is_word(k, "avant")
                            || view.is_word(k + 1, "avant")
                            || comma && (k + 1..c.left).any(|j| view.is_word(j, "avant"))
                    }
                    Form::Finite if source => comma && c.clitic.is_some(),
                    Form::Finite => {
                        (and || comma) && c.clitic.is_none() && self.ahead(c).is_some()
                            || comma && c.clitic.is_some()
                    }
                    Form::Participle => and && !source && self.ahead(c).is_some(),
                    Form::Source => false,
                }
        })
    }

    /// Whether the verb behind "et" at `k` goes on with the speaker, not with
    /// the content from `start` on: the content is an infinitive ("dit avoir
    /// compté dix morts et craint …"), or its verbs have the other number
    /// ("dit que les prix montent et tire …").
    fn leaves_content(&self, start: usize, k: usize, at: usize) -> bool {
        let view = self.view;
        let clitic = Class::CLITIC.with(Class::NE).with(Class::REFLEXIVE);
        // "a dit que c'est « un drame » et salué les secours": with its auxiliary.
        let compound = self.cues[at].form == Form::Finite && self.cues[at].items.len() > 1;
        let participle = view.word(k + 1).mood.has(Mood::PAST_PARTICIPLE);
        // "s'est engagé à agir et promis un plan".
        let infinitive =
            (start..k.min(start + 3)).find(|&j| view.word(j).mood.has(Mood::INFINITIVE));
        let acts = infinitive.is_some_and(|j| !view.is_auxiliary(j)) && !view.has_finite(start..k);
        if compound
            && participle
            && !view.is_finite(k + 1)
            && (acts || view.region(k - 1).is_some())
        {
            return true;
        }
        let mut verb = k + 1;
        while view.class(verb).has(clitic) && !view.class(verb).has(Class::SUBJECT) {
            verb += 1;
        }
        let number = |k: usize| {
            let mood = view.word(k).mood;
            mood.has(Mood::THIRD_PLURAL) && !mood.has(Mood::THIRD)
        };
        let ambiguous = Mood::PAST_PARTICIPLE.with(Mood::INFINITIVE);
        let noun = verb == k + 1 && view.class(verb).has(Class::NOUN);
        let finite = view.is_finite(verb) && !view.word(verb).mood.has(ambiguous) && !noun;
        if !finite || self.cues[at].form != Form::Finite || number(verb) != self.cues[at].plural {
            return false;
        }
        let mut verbs = (start..k).filter(|&j| view.is_finite(j)).peekable();
        if verbs.peek().is_none() {
            return (start..k.min(start + 5)).any(|j| view.word(j).mood.has(Mood::INFINITIVE))
                && !(start..k).any(|j| view.class(j).has(Class::RELATIVE.with(Class::THAT)));
        }
        verbs.all(|j| number(j) != number(verb))
    }

    /// Whether the cue stands in a clause that "si", "alors que", "bien que"
    /// opens the sentence with.
    fn is_subordinate(&self, at: usize) -> bool {
        let view = self.view;
        let start = dateline(view);
        let first = [
            "si", "s'", "quand", "lorsque", "lorsqu'", "puisque", "comme", "alors", "tandis",
            "bien", "même", "après",
        ]
        .iter()
        .any(|w| view.is_word(start, w));
        let left = self.cues[at].left;
        // "A Paris, où X espère …, la ministre a dit": no verb but the relative's.
        let relative = left
            .checked_sub(6)
            .map_or(start..left, |from| from.max(start)..left)
            .rfind(|&k| view.class(k).has(Class::RELATIVE));
        if relative
            .is_some_and(|k| k > start && view.is(k - 1, ",") && !view.has_finite(start..left))
        {
            return true;
        }
        first
            && !(start..left).any(|k| view.is(k, ","))
            && (start..left.min(start + 3)).any(|k| {
                view.class(k).has(Class::THAT.with(Class::SUBORDINATOR))
                    && !view.class(k).has(Class::ADVERB)
            })
    }

    /// Whether a subject with its finite verb starts at `k`.
    pub(super) fn is_clause_ahead(&self, k: usize) -> bool {
        let view = self.view;
        let Some(end) = view.phrase_without_regions(k) else { return false };
        let reach = view.appositions(k, end);
        [end, reach].into_iter().any(|end| {
            let mut verb = if view.is(end, ",") { end + 1 } else { end };
            let clitic = Class::CLITIC.with(Class::NE).with(Class::REFLEXIVE);
            while view.class(verb).has(clitic) && !view.class(verb).has(Class::DETERMINER) {
                verb += 1;
            }
            view.is_finite(verb) && !view.word(verb).mood.has(Mood::PAST_PARTICIPLE)
        })
    }

    /// Where an object phrase that starts at `start` ends.
    pub(super) fn object_end(&self, start: usize, at: usize) -> usize {
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
                && (view.class(k).has(Class::AND) || view.is_word(k, "mais"))
                && !joins(k + 1)
                && (view.is_finite(k + 1)
                    || view.word(k + 1).mood.has(Mood::PAST_PARTICIPLE)
                    || view.class(k + 1).has(
                        Class::CLITIC.with(Class::NE).with(Class::SUBJECT).with(Class::REFLEXIVE),
                    ) && view.is_finite(k + 2))
            {
                return k;
            }
            // "qu'il dit « absurde » et que la ministre …".
            if seen && view.class(k).has(Class::AND) && view.class(k + 1).has(Class::THAT) {
                return k;
            }
            // "… « absurde » et la ministre a demandé": another clause.
            if seen && view.class(k).has(Class::AND) && !joins(k + 1) && self.is_clause_ahead(k + 1)
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
}

/// One past the dateline of a wire: "PARIS, 4 mars (AFP) - ".
pub fn dateline(view: View<'_, '_>) -> usize {
    let most = view.len().min(26);
    // "4 mars. – Le maire …": the dash of a dateline that ended a sentence.
    if matches!(view.of(0), "-" | "–" | "—") {
        return 1;
    }
    let is_dash = |k: &usize| !view.word(*k).word && matches!(view.of(*k), "-" | "–" | "—" | "--");
    let dash = (1..most).find(is_dash);
    let Some(dash) = dash.filter(|&dash| (0..dash).all(|k| view.region(k).is_none())) else {
        return 0;
    };
    let spaced = !view.reading.touches_next(view.first_token(dash));
    let signed = matches!(view.of(dash - 1), ")" | ".");
    let dated = (0..dash).any(|j| view.class(j).has(Class::TIME));
    let placed = dash <= 6
        && (0..dash)
            .all(|j| view.word(j).capital || !view.word(j).word || view.class(j).has(Class::OF));
    if spaced && (signed || dated || placed) && !view.has_finite(0..dash) { dash + 1 } else { 0 }
}
