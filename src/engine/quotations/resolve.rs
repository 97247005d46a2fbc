//! Who says it: from source phrases to entities.
//!
//! Walks the drafts in text order. A name, a role or an organisation at the
//! head of the phrase gives its entity; a noun that came before gives the one
//! it came with; a pronoun the most salient entity of its gender and number,
//! the last speaker first. What no entity stands for becomes one. Words in
//! marks without a speaker go to the last one while the text goes on.

use std::ops::Range;

use super::cast::{Cast, Gender, Plurality, Seen};
use super::contents::{Draft, How};
use super::lexicon::Class;
use super::reading::Reading;
use crate::engine::{Entity, Mention};
use crate::scheme::{MentionLabel, QuoteKind};

/// Lines over which words in marks still belong to the last speaker.
const MAX_SILENCE: usize = 2;

/// The entity of each draft's speaker, and of each draft.
pub struct Resolved {
    /// One for each draft: who its speaker phrase is.
    pub speakers: Vec<Option<usize>>,
    /// One for each draft: who says it.
    pub quotations: Vec<Option<usize>>,
}

/// Resolves the speakers of `drafts`, which are in text order.
pub fn resolve(
    reading: &Reading<'_>,
    drafts: &[Draft],
    mentions: &[Mention],
    entities: &mut Vec<Entity>,
) -> Resolved {
    let contents: Vec<Range<usize>> = drafts.iter().map(|d| d.content.clone()).collect();
    let mut resolver = Resolver {
        reading,
        mentions,
        cast: Cast::new(reading, mentions, entities, &contents),
        entities,
        last: None,
        said: Vec::new(),
    };
    let mut out =
        Resolved { speakers: vec![None; drafts.len()], quotations: vec![None; drafts.len()] };
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    // A speaker before its content is read before it.
    order.sort_by_key(|&i| (drafts[i].inside.is_some(), drafts[i].content.start, i));
    for i in order {
        let draft = &drafts[i];
        let speaker = draft.speaker.clone().and_then(|s| resolver.phrase(&s, draft, drafts, &out));
        out.speakers[i] = speaker;
        let entity = match (&draft.speaker, draft.continues) {
            (Some(_), _) => speaker,
            (None, Some(before)) => out.quotations[before],
            (None, None) => resolver.silent(draft),
        };
        out.quotations[i] = entity;
        if let Some(entity) = entity
            && draft.inside.is_none()
        {
            resolver.last = Some((entity, draft.line));
        }
    }
    out
}

struct Resolver<'a, 'r, 't> {
    reading: &'r Reading<'t>,
    mentions: &'a [Mention],
    entities: &'a mut Vec<Entity>,
    cast: Cast,
    /// Who spoke last, and in which line.
    last: Option<(usize, usize)>,
    /// Phrases seen, with who they were.
    said: Vec<(Range<usize>, usize)>,
}

impl Resolver<'_, '_, '_> {
    /// Who a source phrase is.
    fn phrase(
        &mut self,
        tokens: &Range<usize>,
        draft: &Draft,
        drafts: &[Draft],
        done: &Resolved,
    ) -> Option<usize> {
        if let Some((_, entity)) = self.said.iter().rev().take(4).find(|(t, _)| t == tokens) {
            return Some(*entity);
        }
        let first = self.reading.words[tokens.start];
        let written = self.reading.of(tokens.start).to_lowercase();
        let person = matches!(written.as_str(), "je" | "j'" | "j’" | "nous");
        let found = if person {
            self.outer(draft, drafts, done)
        } else if tokens.len() == 1
            && first.class.has(Class::SUBJECT.with(Class::PRONOUN))
            && first.reach == 0
            || tokens.len() == 1 && first.class.has(Class::CLITIC)
            || self.is_anaphor(tokens)
        {
            self.pronoun(tokens, &written, draft)
        } else {
            let document =
                self.head(tokens).is_some_and(|h| self.reading.words[h].class.has(Class::DOCUMENT));
            let issuer = document.then(|| self.issuer(tokens)).flatten();
            issuer.or_else(|| self.head_mention(tokens)).or_else(|| self.noun(tokens, draft))
        };
        let found = found.or_else(|| {
            (!person && !first.class.has(Class::SUBJECT)).then(|| self.name(tokens)).flatten()
        });
        if let Some(entity) = found {
            self.said.push((tokens.clone(), entity));
            self.cast.see(entity, tokens.start, Seen::Speaks);
            self.learn(entity, tokens);
        }
        found
    }

    /// "ce dernier", "celui-ci", "l'intéressée".
    fn is_anaphor(&self, tokens: &Range<usize>) -> bool {
        const WORDS: [&str; 12] = [
            "dernier",
            "dernière",
            "derniers",
            "dernières",
            "intéressé",
            "intéressée",
            "celui-ci",
            "celle-ci",
            "ceux-ci",
            "celles-ci",
            "intéressés",
            "intéressées",
        ];
        let last = self.reading.of(tokens.end - 1).to_lowercase();
        tokens.len() <= 2 && WORDS.contains(&last.as_str())
    }

    /// In another's words "je" is who says those.
    fn outer(&self, draft: &Draft, drafts: &[Draft], done: &Resolved) -> Option<usize> {
        (0..drafts.len())
            .filter(|&i| {
                let content = &drafts[i].content;
                content.start <= draft.content.start
                    && draft.content.end <= content.end
                    && content.len() > draft.content.len()
            })
            .filter_map(|i| done.quotations[i])
            .next_back()
    }

    /// The most salient entity that a pronoun fits.
    fn pronoun(&mut self, tokens: &Range<usize>, written: &str, draft: &Draft) -> Option<usize> {
        let last_word = self.reading.of(tokens.end - 1).to_lowercase();
        let plural = matches!(written, "ils" | "elles" | "eux" | "ceux-ci" | "celles-ci" | "ces")
            || last_word.ends_with("ers") && tokens.len() == 2;
        let feminine = matches!(written, "elle" | "elles" | "celle-ci" | "celles-ci")
            || matches!(last_word.as_str(), "dernière" | "dernières" | "intéressée");
        let masculine = matches!(written, "il" | "ils" | "lui" | "celui-ci" | "eux")
            || matches!(last_word.as_str(), "dernier" | "derniers" | "intéressé");
        if !feminine && !masculine {
            // "à l'en croire".
            let elided = matches!(written, "l'" | "l’" | "le" | "la" | "les");
            return self.last.filter(|_| elided).map(|(e, _)| e);
        }
        let gender = if feminine { Gender::Female } else { Gender::Male };
        let number = if plural { Plurality::Many } else { Plurality::One };
        let nearest = written.starts_with("ce");
        let line = draft.line;
        let recent =
            self.last.filter(|(_, l)| line.saturating_sub(*l) <= MAX_SILENCE).map(|(e, _)| e);
        let at = if tokens.start >= draft.content.end { draft.content.start } else { tokens.start };
        let start = self.reading.lines[draft.line].start;
        self.cast.salient(at, start, gender, number, if nearest { None } else { recent })
    }

    /// The entity of the mention at the head of the phrase.
    fn head_mention(&self, tokens: &Range<usize>) -> Option<usize> {
        let span = self.reading.span(tokens.clone());
        let first = self.mentions.partition_point(|m| m.span.start < span.start);
        let inside: Vec<&Mention> = self.mentions[first..]
            .iter()
            .take_while(|m| m.span.start < span.end)
            .filter(|m| span.contains(m.span))
            .collect();
        let token_at = |byte: usize| self.reading.tokens.partition_point(|t| t.span.start < byte);
        let governed = |m: &Mention| {
            let at = token_at(m.span.start);
            at > tokens.start
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
        let person =
            inside.iter().find(|m| m.label == MentionLabel::Person && !governed(m) && !nested(m));
        let named = || {
            inside.iter().find(|m| {
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
        person.or_else(named).or_else(place).and_then(|m| m.entity)
    }

    /// A common noun: the one it came with before, a role that was given a
    /// name, or the last one it can stand for.
    fn noun(&mut self, tokens: &Range<usize>, draft: &Draft) -> Option<usize> {
        let reading = self.reading;
        // "la même source": who was the source before.
        if tokens.clone().any(|t| reading.is(t, "même")) {
            return self.last.map(|(e, _)| e);
        }
        let head = self.head(tokens)?;
        let noun = reading.of(head).to_lowercase();
        let definite = self.is_definite(tokens);
        if !definite {
            return None;
        }
        let gender = self.gender(tokens);
        let plural = self.is_plural(tokens);
        if !plural && let Some(entity) = self.cast.by_noun(&noun, tokens, reading, gender) {
            return Some(entity);
        }
        if plural {
            return self.cast.by_noun(&noun, tokens, reading, None);
        }
        // "le diplomate", "cette mère de famille": who was just named.
        let aged = |t: usize| {
            let next = self.reading.tokens.get(t + 1).map(|n| n.of(reading.text));
            next.is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()))
        };
        let bare = !(head + 1..tokens.end)
            .any(|t| reading.words[t].class.has(Class::OF) && !aged(t) || reading.words[t].capital);
        let pointing = reading.of(tokens.start).to_lowercase().starts_with("ce");
        if bare || pointing {
            let recent = self
                .last
                .filter(|(_, l)| draft.line.saturating_sub(*l) <= MAX_SILENCE)
                .map(|(e, _)| e);
            let body = self.cast.is_body(&noun);
            let person = reading.words[head].class.has(Class::PERSON_NOUN)
                || noun.ends_with("naire")
                || reading.words[head].capital;
            let start = reading.lines[draft.line].start;
            let found = self.cast.stands_for(tokens.start, start, body, gender, recent);
            if body || person || pointing {
                return found;
            }
            // "la skippeuse": any noun for a person, where the gender agrees.
            let agent = super::cast::is_agent(&noun);
            return found.filter(|&e| agent && self.cast.agrees(e, gender));
        }
        None
    }

    /// The noun at the head of a phrase.
    fn head(&self, tokens: &Range<usize>) -> Option<usize> {
        tokens.clone().find(|&t| {
            let word = self.reading.words[t];
            word.word
                && !word.class.has(Class::DETERMINER.with(Class::OF).with(Class::TITLE))
                && !matches!(
                    self.reading.of(t).to_lowercase().as_str(),
                    "ancien" | "ancienne" | "ex" | "jeune" | "nouveau" | "nouvelle" | "même"
                )
        })
    }

    fn is_definite(&self, tokens: &Range<usize>) -> bool {
        let first = self.reading.of(tokens.start).to_lowercase();
        matches!(first.as_str(), "le" | "la" | "l'" | "l’" | "les" | "ce" | "cet" | "cette" | "ces")
    }

    fn is_plural(&self, tokens: &Range<usize>) -> bool {
        self.reading.words[tokens.start].class.has(Class::PLURAL)
    }

    /// The gender that the determiner or the noun tells.
    fn gender(&self, tokens: &Range<usize>) -> Option<Gender> {
        let first = self.reading.of(tokens.start).to_lowercase();
        match first.as_str() {
            "le" | "un" | "ce" | "cet" => Some(Gender::Male),
            "la" | "une" | "cette" => Some(Gender::Female),
            _ => self.head(tokens).and_then(|h| super::cast::gender_of_noun(self.reading.of(h))),
        }
    }

    /// Who the sentence before words in marks is about, where it names
    /// somebody new: "Zeinab ne compte sur personne. « … »".
    fn introduced(&self, draft: &Draft) -> Option<usize> {
        let said = draft.kind == QuoteKind::Direct && draft.how == How::Alone;
        if !said || draft.inside.is_some() {
            return None;
        }
        let line = &self.reading.lines[draft.line];
        let since = self.said.last().map_or(0, |(tokens, _)| tokens.end).max(line.start);
        let start = draft.content.start;
        let byte = |t: usize| self.reading.tokens[t].span.start;
        if since >= start {
            return None;
        }
        let (from, to) = (byte(since), byte(start));
        let first = self.mentions.partition_point(|m| m.span.start < from);
        self.mentions[first..]
            .iter()
            .take_while(|m| m.span.start < to)
            .find(|m| m.label == MentionLabel::Person)
            .and_then(|m| m.entity)
    }

    /// A new entity for a phrase that nothing stands for.
    fn name(&mut self, tokens: &Range<usize>) -> Option<usize> {
        let reading = self.reading;
        let skip = |t: usize| {
            let word = reading.words[t];
            let small = word.class.has(Class::DETERMINER) && !(word.capital && t > tokens.start)
                || word.class.has(Class::TITLE);
            let vague = matches!(
                reading.of(t).to_lowercase().as_str(),
                "autres"
                    | "nombreux"
                    | "nombreuses"
                    | "certains"
                    | "certaines"
                    | "d'"
                    | "d’"
                    | "de"
                    | "des"
                    | "plusieurs"
                    | "même"
            );
            small || vague
        };
        let start = tokens.clone().find(|&t| !skip(t))?;
        let stop = (start..tokens.end)
            .find(|&t| reading.is(t, ",") || (reading.is(t, "(") && t > start))
            .unwrap_or(tokens.end);
        if start >= stop
            || reading.words[start].class.has(Class::SUBJECT.with(Class::RELATIVE))
                && reading.words[start].reach == 0
        {
            return None;
        }
        let name = reading.span(start..stop).of(reading.text);
        if let Some(entity) = self.role(tokens) {
            return Some(entity);
        }
        let same = |e: &Entity| e.label.is_none() && e.name.to_lowercase() == name.to_lowercase();
        let known = self.entities.iter().rposition(same);
        let entity = known.unwrap_or_else(|| {
            self.entities.push(Entity { name: name.to_owned(), label: None });
            self.entities.len() - 1
        });
        Some(entity)
    }

    /// The entity of the role that the phrase is, named by nobody.
    fn role(&self, tokens: &Range<usize>) -> Option<usize> {
        let span = self.reading.span(tokens.clone());
        let first = self.mentions.partition_point(|m| m.span.start < span.start);
        self.mentions[first..]
            .iter()
            .take_while(|m| m.span.start < span.end)
            .find(|m| m.label == MentionLabel::Role && span.contains(m.span))
            .filter(|m| {
                let at = self.reading.tokens.partition_point(|t| t.span.start < m.span.start);
                !self.reading.words[at.saturating_sub(1)].class.has(Class::OF.with(Class::TO))
                    || at == tokens.start
            })
            .and_then(|m| m.entity)
    }

    /// Keeps what the phrase tells of its entity.
    fn learn(&mut self, entity: usize, tokens: &Range<usize>) {
        if tokens.len() == 1 && self.reading.words[tokens.start].class.has(Class::SUBJECT) {
            return;
        }
        let plural = self.is_plural(tokens);
        let head = self.head(tokens);
        let determined = self.reading.words[tokens.start].class.has(Class::DETERMINER);
        let noun = head.filter(|_| determined).map(|h| self.reading.of(h).to_lowercase());
        let gender = if plural { None } else { self.gender(tokens).filter(|_| determined) };
        self.cast.learn(entity, gender, plural, noun.as_deref());
    }

    /// The body that issued a document: "le rapport de la Cour des comptes", or
    /// the last body named.
    fn issuer(&self, tokens: &Range<usize>) -> Option<usize> {
        let span = self.reading.span(tokens.clone());
        let first = self.mentions.partition_point(|m| m.span.start < span.start);
        let inside = self.mentions[first..]
            .iter()
            .take_while(|m| m.span.start < span.end)
            .find(|m| matches!(m.label, MentionLabel::Org | MentionLabel::Person));
        if let Some(mention) = inside {
            return mention.entity;
        }
        let definite = self.is_definite(tokens);
        definite
            .then(|| self.cast.stands_for(tokens.start, tokens.start, true, None, None))
            .flatten()
    }

    /// Words in marks that no phrase gives a speaker.
    fn silent(&self, draft: &Draft) -> Option<usize> {
        if let Some(entity) = self.introduced(draft) {
            return Some(entity);
        }
        let said = draft.kind == QuoteKind::Direct && draft.how == How::Alone;
        if !said || draft.inside.is_some() {
            return None;
        }
        let near = |line: usize| draft.line.saturating_sub(line) <= MAX_SILENCE;
        match self.last {
            Some((entity, line)) if near(line) => Some(entity),
            // An interview, or a text that opens with somebody's words.
            _ => self.cast.principal(draft.content.start),
        }
    }
}
