//! Drafts: quotations in the making.

use std::ops::Range;

use super::Finder;
use crate::engine::quotations::alone;
use crate::engine::quotations::conjugation::Mood;
use crate::engine::quotations::cues::Cue;
use crate::engine::quotations::lexicon::{Class, Strength, Uses};
use crate::scheme::QuoteKind;

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
}

impl Finder<'_, '_, '_> {
    /// Pushes the content between two items; what it is follows from the
    /// regions in it. Gives the index of the draft.
    pub(super) fn push(
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
        // "se dit « satisfait de la décision »" calls, and says no sentence.
        let calls =
            cue.and_then(|c| c.verb).is_some_and(|v| v.pronominal && v.uses.has(Uses::ATTRIBUTE));
        let kind = match kind {
            QuoteKind::Direct if calls && how == How::Object => QuoteKind::Mixed,
            kind => kind,
        };
        let strength = cue.and_then(|c| c.verb).map_or(Strength::Says, |v| v.strength);
        let marked = kind != QuoteKind::Indirect;
        let forward =
            matches!(how, How::Clause | How::Question | How::Infinitive | How::Colon | How::Object);
        if how == How::Object && !marked {
            return None;
        }
        if forward && !marked && matches!(strength, Strength::Weak | Strength::Manner) {
            return None;
        }
        // "jure que non", "elle disait que ça".
        if how == How::Clause && !marked && stop == start + 1 {
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
        // Arrows, bullets, emoji.
        let sign = |c: char| matches!(c, '\u{2022}' | '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..);
        let mark = |k: usize| {
            matches!(view.of(k), "," | "." | ";" | ":" | "—" | "–" | "-" | "…" | "..." | ")")
                || view.of(k).starts_with(sign)
        };
        while start < stop && mark(start) && !matches!(view.of(start), "…" | "...") {
            start += 1;
        }
        // "que, cependant, …".
        let links = ["cependant", "toutefois", "néanmoins", "pourtant"];
        let linked = links.iter().any(|w| view.is_word(start, w)) && view.is(start + 1, ",");
        if linked && start + 2 < stop {
            start += 2;
        }
        while start < stop && mark(stop - 1) {
            if view.is(stop - 1, ")") && (start..stop).any(|k| view.is(k, "(")) {
                break;
            }
            stop -= 1;
        }
        // "« … » [1]", "« … » [note 2]": a footnote.
        while stop > start + 3 && view.is(stop - 1, "]") {
            let open = (stop - 4..stop - 1).find(|&k| view.is(k, "["));
            let note = |&k: &usize| {
                (k + 1..stop - 1).all(|j| view.is_number(j) || view.is_word(j, "note"))
            };
            let Some(open) = open.filter(note).filter(|&k| k > start) else { break };
            stop = open;
        }
        // "« abjectes » et | visant à".
        if start + 1 < stop && view.class(stop - 1).has(Class::AND) {
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
                || last - start <= 2
                    && (start..last).all(|k| {
                        let class = view.class(k);
                        class.has(Class::AND.with(Class::ADVERB).with(Class::SUBORDINATOR))
                    });
            if introduced {
                return (last, stop, QuoteKind::Direct);
            }
        }
        let spoken = regions.iter().any(|&k| !self.is_name(k));
        let kind = if spoken { QuoteKind::Mixed } else { QuoteKind::Indirect };
        (start, stop, kind)
    }

    /// Whether the region holds a clause or a cry: a finite verb outside
    /// relatives and behind its subject, a pronoun that has one, "!".
    pub(super) fn is_clause(&self, k: usize) -> bool {
        let Some(region) = self.view.region(k) else { return false };
        let reading = self.view.reading;
        let inner = reading.regions[region].inner.clone();
        let Some(last) = inner.clone().last() else { return false };
        let mut relative = false;
        for t in inner.clone() {
            let word = reading.words[t];
            relative |= t > inner.start && word.class.has(Class::RELATIVE.with(Class::THAT));
            let called = reading.of(t).ends_with("ez") && word.class == Class::default();
            let finite = word.mood.has(Mood::FINITE) && !word.capital && t > inner.start;
            if finite || called {
                if relative {
                    relative = false;
                } else {
                    return true;
                }
            }
        }
        // "je vais": not all that "je" takes is a form we know.
        let small = Class::RELATIVE.with(Class::THAT);
        let spoken = || {
            inner.clone().any(|t| reading.words[t].class.has(Class::SUBJECT))
                && !inner.clone().any(|t| reading.words[t].class.has(small))
        };
        matches!(reading.of(last), "!" | "?") || spoken()
    }

    /// Whether the region reads as a sentence: a capital at its start.
    pub(super) fn is_sentence(&self, k: usize) -> bool {
        let Some(region) = self.view.region(k) else { return false };
        let reading = self.view.reading;
        let inner = &reading.regions[region].inner;
        let first = inner.clone().find(|&t| reading.words[t].word);
        // "« [les] agents … »": a capital was taken away.
        reading.is(inner.start, "[")
            || first.is_some_and(|t| reading.of(t).chars().next().is_some_and(char::is_uppercase))
    }

    /// Whether words in marks are a name: a title, what a noun of naming
    /// introduces, capitals throughout.
    pub(super) fn is_name(&self, k: usize) -> bool {
        alone::is_name(self.view, k)
    }
}
