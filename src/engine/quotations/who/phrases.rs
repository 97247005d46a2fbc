//! What a source phrase tells by itself: the mention at its head, its noun, its
//! gender and number, the role that it is.

use std::borrow::Cow;
use std::ops::Range;

use super::Resolver;
use crate::engine::chars;
use crate::engine::quotations::lexicon::Class;
use crate::engine::quotations::nouns::{Gender, Plurality, gender_of_determiner, gender_of_noun};
use crate::engine::{Entity, Mention};
use crate::scheme::MentionLabel;

impl<'t> Resolver<'_, 't> {
    /// A token in lower case.
    pub(super) fn lower(&self, token: usize) -> Cow<'t, str> {
        chars::lowered(self.reading.of(token))
    }

    /// The entity of the mention at the head of the phrase.
    pub(super) fn head_mention(&self, tokens: &Range<usize>) -> Option<usize> {
        let token_at = |byte: usize| self.reading.tokens.partition_point(|t| t.span.start < byte);
        // "l'intersyndicale (CGT, FO)", "les partisans du chef, Ana Roy": not all of
        // them; a list is called by its first.
        let words = &self.reading.words[tokens.clone()];
        let several = words[0].class.has(Class::PLURAL)
            && !words.iter().any(|w| w.class.has(Class::AND.with(Class::DOCUMENT)));
        let apart = |m: &Mention| {
            let before = || (tokens.start..token_at(m.span.start)).rev();
            let is = |mark: &'static str| move |t: &usize| self.reading.is(*t, mark);
            let open = before().find(is("(")).unwrap_or(0) > before().find(is(")")).unwrap_or(0);
            open || several && before().any(|t| self.reading.is(t, ","))
        };
        let inside: Vec<&Mention> = self.inside(tokens).into_iter().filter(|m| !apart(m)).collect();
        let governed = |m: &Mention| {
            let mut at = token_at(m.span.start);
            // "le cabinet de M. Roy".
            while at > tokens.start && self.reading.words[at - 1].class.has(Class::TITLE) {
                at -= 1;
            }
            // "une équipe dirigée par l'anthropologue Ana Roy".
            let mut before = (tokens.start..at).rev().take_while(|&t| !self.reading.is(t, ","));
            let agent = before.any(|t| self.reading.is(t, "par"));
            agent
                || at > tokens.start
                    && self.reading.words[at - 1]
                        .class
                        .has(Class::OF.with(Class::TO).with(Class::PREPOSITION))
        };
        let linked = |m: &Mention| {
            let at = token_at(m.span.start);
            (tokens.start..at).rev().take_while(|&t| !self.reading.is(t, ",")).any(|t| {
                let class = self.reading.words[t].class;
                class.has(Class::OF.with(Class::TO).with(Class::PREPOSITION))
                    && !class.has(Class::PLURAL.with(Class::DETERMINER))
            })
        };
        let nested =
            |m: &Mention| inside.iter().any(|o| o.span != m.span && o.span.contains(m.span));
        let document =
            self.head(tokens).is_some_and(|h| self.reading.words[h].class.has(Class::DOCUMENT));
        let issuer =
            || inside.iter().find(|m| matches!(m.label, MentionLabel::Org | MentionLabel::Person));
        let person =
            inside.iter().find(|m| m.label == MentionLabel::Person && !governed(m) && !nested(m));
        // "un cadre LR" is somebody, not the party.
        let somebody = self.head(tokens).is_some_and(|h| {
            let word = self.reading.words[h];
            word.class.has(Class::PERSON_NOUN) && !word.capital && word.reach == 0
        });
        let named = || {
            let acronym =
                |m: &Mention| !m.span.of(self.reading.text).chars().any(char::is_lowercase);
            inside.iter().filter(|m| !(somebody && acronym(m))).find(|m| {
                matches!(m.label, MentionLabel::Org | MentionLabel::Misc)
                    && !linked(m)
                    && !nested(m)
            })
        };
        let place = || {
            inside.iter().find(|m| {
                m.label == MentionLabel::Place
                    && !nested(m)
                    && token_at(m.span.start) <= tokens.start + 1
                    && !linked(m)
            })
        };
        let issuer = if document { issuer() } else { None };
        issuer.or(person).or_else(named).or_else(place).and_then(|m| m.entity)
    }

    /// The mentions in a phrase.
    pub(super) fn inside(&self, tokens: &Range<usize>) -> Vec<&Mention> {
        let span = self.reading.span(tokens.clone());
        let first = self.mentions.partition_point(|m| m.span.start < span.start);
        self.mentions[first..]
            .iter()
            .take_while(|m| m.span.start < span.end)
            .filter(|m| span.contains(m.span))
            .collect()
    }

    /// "34 ans".
    pub(super) fn is_age(&self, t: usize) -> bool {
        self.reading.is(t + 1, "ans")
            && self.reading.of(t).starts_with(|c: char| c.is_ascii_digit())
    }

    /// The noun at the head of a phrase.
    pub(super) fn head(&self, tokens: &Range<usize>) -> Option<usize> {
        let before = Class::DETERMINER.with(Class::OF).with(Class::TITLE);
        tokens.clone().find(|&t| {
            let word = self.reading.words[t];
            word.word
                && !word.class.has(before)
                && !matches!(
                    self.lower(t).as_ref(),
                    "ancien" | "ancienne" | "ex" | "jeune" | "nouveau" | "nouvelle" | "même"
                )
        })
    }

    pub(super) fn is_definite(&self, tokens: &Range<usize>) -> bool {
        let first = self.lower(tokens.start);
        matches!(first.as_ref(), "le" | "la" | "l'" | "l’" | "les" | "ce" | "cet" | "cette" | "ces")
    }

    pub(super) fn number(&self, tokens: &Range<usize>) -> Plurality {
        let plural = self.reading.words[tokens.start].class.has(Class::PLURAL);
        if plural { Plurality::Many } else { Plurality::One }
    }

    /// The gender that the determiner or the noun tells.
    pub(super) fn gender(&self, tokens: &Range<usize>) -> Option<Gender> {
        let first = self.lower(tokens.start);
        gender_of_determiner(&first)
            .or_else(|| self.head(tokens).and_then(|h| gender_of_noun(&self.lower(h))))
    }

    /// The entity of the role that the phrase is, named by nobody.
    pub(super) fn role(&self, tokens: &Range<usize>) -> Option<usize> {
        let role = self.inside(tokens).into_iter().find(|m| m.label == MentionLabel::Role)?;
        let at = self.reading.tokens.partition_point(|t| t.span.start < role.span.start);
        let governed =
            self.reading.words[at.saturating_sub(1)].class.has(Class::OF.with(Class::TO));
        role.entity.filter(|_| !governed || at == tokens.start)
    }

    /// A new entity for a phrase that nothing stands for.
    pub(super) fn name(&mut self, tokens: &Range<usize>) -> Option<usize> {
        let reading = self.reading;
        let skip = |t: usize| {
            const VAGUE: [&str; 11] = [
                "autres",
                "nombreux",
                "nombreuses",
                "certains",
                "certaines",
                "d'",
                "d’",
                "de",
                "des",
                "plusieurs",
                "même",
            ];
            let word = reading.words[t];
            let small = word.class.has(Class::DETERMINER) && !(word.capital && t > tokens.start);
            small
                || word.class.has(Class::TITLE)
                || VAGUE.contains(&chars::lowered(reading.of(t)).as_ref())
        };
        let start = tokens.clone().find(|&t| !skip(t))?;
        let stop = (start..tokens.end)
            .find(|&t| reading.is(t, ",") || (reading.is(t, "(") && t > start))
            .unwrap_or(tokens.end);
        let word = reading.words[start];
        let pronoun = word.class.has(Class::SUBJECT.with(Class::RELATIVE)) && word.reach == 0;
        if start >= stop || pronoun {
            return None;
        }
        if let Some(entity) = self.role(tokens) {
            return Some(self.figure(entity));
        }
        let name = reading.span(start..stop).of(reading.text);
        let entities = &mut *self.entities;
        let entity = *self.unnamed.entry(name.to_lowercase()).or_insert_with(|| {
            entities.push(Entity { name: name.to_owned(), label: None });
            entities.len() - 1
        });
        if let Some(figure) = self.figures.unnamed_in(tokens)
            && self.figures.all[figure].entity.is_none()
        {
            self.figures.becomes(figure, entity);
            return Some(figure);
        }
        Some(self.figure(entity))
    }
}
