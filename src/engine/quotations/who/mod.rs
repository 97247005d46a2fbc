//! Who says it: from source phrases to entities.
//!
//! Walks the drafts in text order. A name, a role or an organisation at the
//! head of the phrase gives its entity. For a pronoun, for a noun that takes
//! somebody up and for words in marks without a speaker, those who appeared
//! so far ([`figures`]) are weighed ([`candidates`], [`ranker`]). What no
//! entity stands for becomes one.

mod candidates;
mod features;
mod figures;
mod fits;
mod phrases;
mod places;
mod pointing;
mod ranker;
mod sorts;

use std::collections::BTreeMap;
use std::ops::Range;

pub use self::ranker::{Feature, Ranker, Task, ranker};

use self::candidates::{Asked, Phrase, Scene, Silence};
use self::figures::{Appearance, Figures};
use super::contents::{Draft, How};
use super::lexicon::Class;
use super::nouns::{self, NounKind, Plurality};
use super::reading::Reading;
use crate::engine::{Entity, Mention};
use crate::scheme::{MentionLabel, QuoteKind};
use crate::text::order;

/// The entity of each draft's speaker, and of each draft.
pub struct Resolved {
    /// One for each draft: who its speaker phrase is.
    pub speakers: Vec<Option<usize>>,
    /// One for each draft: who says it.
    pub quotations: Vec<Option<usize>>,
    /// For words in marks without a speaker: the phrase of who spoke last,
    /// where that is who says them too.
    pub phrases: Vec<Option<Range<usize>>>,
    /// What was weighed, where that is asked for.
    #[cfg_attr(target_arch = "wasm32", expect(dead_code, reason = "training reads it, natively"))]
    pub decisions: Vec<Decision>,
}

/// Several weighed: what the weights are trained on.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The draft.
    pub draft: usize,
    /// What was asked.
    pub task: Task,
    /// What holds of each candidate.
    pub candidates: Vec<Vec<Feature>>,
    /// Their names; empty for nobody known.
    pub names: Vec<String>,
}

/// Whether decisions are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Only what was resolved.
    Nothing,
    /// Each decision.
    Decisions,
}

/// Resolves the speakers of `drafts`, which are in text order.
pub fn resolve(
    reading: &Reading<'_>,
    drafts: &[Draft],
    mentions: &[Mention],
    entities: &mut Vec<Entity>,
    ranker: &Ranker,
    keep: Keep,
) -> Resolved {
    let contents: Vec<Range<usize>> = drafts.iter().map(|d| d.content.clone()).collect();
    let mut unnamed = BTreeMap::new();
    for (at, entity) in entities.iter().enumerate().filter(|(_, entity)| entity.label.is_none()) {
        unnamed.insert(entity.name.to_lowercase(), at);
    }
    let mut resolver = Resolver {
        reading,
        mentions,
        figures: Figures::new(reading, mentions, entities, &contents),
        sentences: numbers(reading.words.len(), reading.sentences),
        lines: numbers(reading.words.len(), &reading.lines),
        entities,
        ranker,
        keep,
        spoke: Vec::new(),
        said: Vec::new(),
        decisions: Vec::new(),
        unnamed,
    };
    let mut speakers = vec![None; drafts.len()];
    let mut quotations: Vec<Option<usize>> = vec![None; drafts.len()];
    let mut phrases = vec![None; drafts.len()];
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    // A speaker before its content is read before it.
    order::sort_by_key(&mut order, |&i| (drafts[i].inside.is_some(), drafts[i].content.start, i));
    for i in order {
        let draft = &drafts[i];
        let outer = draft.inside.and_then(|_| outer(drafts, i)).and_then(|o| quotations[o]);
        let figure = match (&draft.speaker, draft.continues) {
            (Some(tokens), _) => resolver.phrase(tokens, i, draft, outer),
            (None, Some(before)) => quotations[before],
            (None, None) => match resolver.same_breath(drafts, i) {
                Some(tokens) => resolver.phrase(tokens, i + 1, &drafts[i + 1], outer),
                None => resolver.silent(i, draft),
            },
        };
        if draft.speaker.is_some() {
            speakers[i] = figure;
        } else if matches!(draft.how, How::Alone | How::Colon) {
            phrases[i] = resolver.said.last().filter(|s| Some(s.1) == figure).map(|s| s.0.clone());
        }
        quotations[i] = figure;
        if let Some(figure) = figure
            && draft.inside.is_none()
        {
            resolver.speaks(figure, draft);
        }
    }
    let entity = |figure: Option<usize>| figure.and_then(|f| resolver.figures.all[f].entity);
    Resolved {
        speakers: speakers.into_iter().map(entity).collect(),
        quotations: quotations.into_iter().map(entity).collect(),
        phrases,
        decisions: resolver.decisions,
    }
}

/// The number of the range that each of `len` tokens stands in.
fn numbers(len: usize, ranges: &[Range<usize>]) -> Vec<u32> {
    let mut out = Vec::with_capacity(len);
    let mut at = 0;
    for t in 0..len {
        while ranges.get(at).is_some_and(|r| r.end <= t) {
            at += 1;
        }
        out.push(at as u32);
    }
    out
}

/// The draft in whose words this one stands.
fn outer(drafts: &[Draft], at: usize) -> Option<usize> {
    const BACK: usize = 12;
    let inner = &drafts[at].content;
    (at.saturating_sub(BACK)..at).rev().find(|&i| {
        let content = &drafts[i].content;
        content.start <= inner.start && inner.end <= content.end && content.len() > inner.len()
    })
}

struct Resolver<'a, 't> {
    reading: &'a Reading<'t>,
    mentions: &'a [Mention],
    entities: &'a mut Vec<Entity>,
    figures: Figures,
    ranker: &'a Ranker,
    keep: Keep,
    sentences: Vec<u32>,
    lines: Vec<u32>,
    /// Who spoke, in order.
    spoke: Vec<Appearance>,
    /// Phrases seen, with the figures that they were.
    said: Vec<(Range<usize>, usize)>,
    decisions: Vec<Decision>,
    /// Entities that no name stands for, by what they are called in lower case.
    unnamed: BTreeMap<String, usize>,
}

impl Resolver<'_, '_> {
    /// "« … » « … », a dit X": who says the words right behind these, where
    /// nobody spoke in the line before.
    fn same_breath<'d>(&self, drafts: &'d [Draft], at: usize) -> Option<&'d Range<usize>> {
        let (draft, next) = (&drafts[at], drafts.get(at + 1)?);
        let line = |token: usize| self.lines.get(token);
        let adjoins = draft.how == How::Alone && draft.content.end == next.content.start;
        let opens = at == 0 || line(drafts[at - 1].content.start) != line(draft.content.start);
        let one = line(next.content.start) == line(draft.content.start);
        next.speaker.as_ref().filter(|_| adjoins && opens && one)
    }

    /// Who a source phrase is.
    fn phrase(
        &mut self,
        tokens: &Range<usize>,
        at: usize,
        draft: &Draft,
        outer: Option<usize>,
    ) -> Option<usize> {
        if let Some((_, figure)) = self.said.iter().rev().take(4).find(|(t, _)| t == tokens) {
            return Some(*figure);
        }
        let found = self.pointed(tokens, at, draft, outer);
        let subject = self.reading.words[tokens.start].class.has(Class::SUBJECT);
        let found = match found {
            Some(figure) => Some(figure),
            None if subject && self.reading.words[tokens.start].reach == 0 => None,
            None => self
                .head_mention(tokens)
                .map(|e| self.figure(e))
                .or_else(|| self.noun(tokens, at, draft))
                .or_else(|| self.name(tokens)),
        };
        if let Some(figure) = found {
            self.said.push((tokens.clone(), figure));
            self.learn(figure, tokens);
        }
        found
    }

    fn figure(&mut self, entity: usize) -> usize {
        let name = self.entities.get(entity).map_or("", |e| e.name.as_str());
        self.figures.of_entity(entity, name)
    }

    fn speaks(&mut self, figure: usize, draft: &Draft) {
        let token = draft.speaker.as_ref().map_or(draft.content.start, |s| s.start);
        let token = token.max(draft.content.end.saturating_sub(1));
        let token = token.max(self.spoke.last().map_or(0, |s| s.token));
        if self.spoke.last().is_some_and(|s| s.figure == figure && s.token == token) {
            return;
        }
        self.spoke.push(Appearance { token, figure, opens: true, governed: false, quoted: false });
    }

    /// The candidate that weighs most: its figure, or nobody.
    fn decide(&mut self, asked: &Asked, draft: usize) -> Option<Option<usize>> {
        let scene = Scene {
            figures: &self.figures,
            sentences: &self.sentences,
            lines: &self.lines,
            spoke: &self.spoke,
        };
        let candidates = candidates::find(&scene, asked);
        let (figures, features): (Vec<_>, Vec<_>) = candidates.into_iter().unzip();
        let best = self.ranker.best(asked.task, &features)?;
        if cfg!(not(target_arch = "wasm32")) && self.keep == Keep::Decisions {
            let role = asked.role.and_then(|e| self.entities.get(e));
            let new = || role.map_or_else(String::new, |e| e.name.clone());
            let names = figures.iter().map(|f| f.map_or_else(new, |f| self.title(f))).collect();
            self.decisions.push(Decision { draft, task: asked.task, candidates: features, names });
        }
        let figure = figures[best];
        if let Some(figure) = figure
            && self.figures.all[figure].entity.is_none()
        {
            let tokens = self.figures.all[figure].tokens.clone();
            self.name(&tokens);
        }
        Some(figure)
    }

    /// What a figure would be called.
    fn title(&self, figure: usize) -> String {
        let figure = &self.figures.all[figure];
        match figure.entity.and_then(|e| self.entities.get(e)) {
            Some(entity) => entity.name.clone(),
            None => self.reading.span(figure.tokens.clone()).of(self.reading.text).to_owned(),
        }
    }

    /// A common noun: somebody who appeared, or none of them.
    fn noun(&mut self, tokens: &Range<usize>, at: usize, draft: &Draft) -> Option<usize> {
        // "la même source": who was the source before.
        if tokens.clone().any(|t| self.reading.is(t, "même")) {
            return self.spoke.last().map(|s| s.figure);
        }
        let head = self.head(tokens)?;
        if !self.is_definite(tokens) {
            return None;
        }
        let noun = self.lower(head);
        let kind = nouns::kind(self.reading.lexicon, &noun);
        let kind = match kind {
            // "la Bretonne".
            NounKind::Other if self.reading.words[head].capital => NounKind::Person,
            kind => kind,
        };
        let ends = |&t: &usize| self.reading.is(t, ",") || self.reading.is(t, "(");
        let stop = (head..tokens.end).find(ends).unwrap_or(tokens.end);
        let rest: Vec<usize> = (head + 1..stop).collect();
        let words = &self.reading.words;
        let told = |t: &&usize| {
            let small = Class::DETERMINER.with(Class::OF).with(Class::TO).with(Class::AND);
            words[**t].word && !words[**t].class.has(small) && !self.is_age(**t - 1)
        };
        let mut asked = self.asked(Task::Noun, tokens, draft);
        asked.words = rest.iter().filter(told).map(|&t| self.lower(t).into_owned()).collect();
        asked.phrase = Phrase {
            governs: rest.iter().any(|&t| words[t].class.has(Class::OF) && !self.is_age(t + 1)),
            capital: rest.iter().any(|&t| words[t].capital),
            pointed: self.lower(tokens.start).starts_with("ce"),
        };
        let persons = self.inside(tokens).into_iter().filter(|m| m.label == MentionLabel::Person);
        asked.others = persons.filter_map(|m| m.entity).collect();
        asked.role = self.role(tokens);
        asked.gender = self.gender(tokens);
        asked.number = self.number(tokens);
        asked.noun = noun.into_owned();
        asked.kind = kind;
        self.decide(&asked, at).flatten()
    }

    /// Keeps what the phrase tells of its figure.
    fn learn(&mut self, figure: usize, tokens: &Range<usize>) {
        let first = self.reading.words[tokens.start].class;
        if tokens.len() == 1 && first.has(Class::SUBJECT) || !first.has(Class::DETERMINER) {
            return;
        }
        let number = self.number(tokens);
        let gender = self.gender(tokens).filter(|_| number == Plurality::One);
        self.figures.learn(figure, gender, number);
        if let Some(head) = self.head(tokens) {
            let noun = self.lower(head);
            self.figures.learn_noun(figure, &noun);
        }
    }

    /// "est accusé": the cue is said of its subject, by somebody else.
    fn is_suffered(&self, cue: &Range<usize>) -> bool {
        let lexicon = self.reading.lexicon;
        cue.clone().any(|t| lexicon.is(self.reading.words[t].lemma, "être"))
    }

    /// Words that no phrase gives a speaker.
    fn silent(&mut self, at: usize, draft: &Draft) -> Option<usize> {
        let passive = matches!(draft.how, How::Infinitive | How::Object);
        if draft.inside.is_some()
            || passive && draft.cue.as_ref().is_some_and(|c| self.is_suffered(c))
        {
            return None;
        }
        let mut asked = self.asked(Task::Silence, &draft.content, draft);
        asked.silence = if draft.how != How::Alone {
            Silence::Cued
        } else if draft.kind == QuoteKind::Direct {
            Silence::Alone
        } else {
            Silence::Mixed
        };
        self.decide(&asked, at).flatten()
    }
}
