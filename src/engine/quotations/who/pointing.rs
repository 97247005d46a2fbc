//! What is asked of a phrase that points at somebody: a pronoun, "je", "ce
//! dernier", "l'une d'elles".

use std::ops::Range;

use super::Resolver;
use super::candidates::{Asked, Phrase, Pointing, Silence};
use super::ranker::Task;
use crate::engine::quotations::contents::Draft;
use crate::engine::quotations::nouns::{Gender, NounKind, Plurality};

impl Resolver<'_, '_> {
    /// A pronoun, "je", "ce dernier", "l'une d'elles".
    pub(super) fn pointed(
        &mut self,
        tokens: &Range<usize>,
        at: usize,
        draft: &Draft,
        outer: Option<usize>,
    ) -> Option<usize> {
        let first = self.reading.words[tokens.start];
        if first.reach > 0 {
            return None;
        }
        let word = self.lower(tokens.start);
        let last = self.lower(tokens.end - 1);
        let (gender, number, pointing) = match (tokens.len(), word.as_ref(), last.as_ref()) {
            (1, "je" | "j'" | "j’" | "me" | "m'" | "moi", _) if outer.is_some() => return outer,
            (1, "nous", _) if outer.is_some() => return outer,
            (1, "je" | "j'" | "j’", _) => (None, Plurality::One, Pointing::I),
            (1, "nous", _) => (None, Plurality::One, Pointing::We),
            (1, "il" | "lui", _) => (Some(Gender::Male), Plurality::One, Pointing::Plain),
            (1, "elle", _) => (Some(Gender::Female), Plurality::One, Pointing::Plain),
            (1, "ils" | "eux", _) => (Some(Gender::Male), Plurality::Many, Pointing::Plain),
            (1, "elles", _) => (Some(Gender::Female), Plurality::Many, Pointing::Plain),
            (1, "l'" | "l’" | "le" | "la", _) => (None, Plurality::One, Pointing::Plain),
            (1, "les", _) => (None, Plurality::Many, Pointing::Plain),
            (1 | 2, _, "dernier" | "celui-ci" | "intéressé") => {
                (Some(Gender::Male), Plurality::One, Pointing::Nearest)
            }
            (1 | 2, _, "dernière" | "celle-ci" | "intéressée") => {
                (Some(Gender::Female), Plurality::One, Pointing::Nearest)
            }
            (1 | 2, _, "derniers" | "ceux-ci" | "intéressés") => {
                (Some(Gender::Male), Plurality::Many, Pointing::Nearest)
            }
            (1 | 2, _, "dernières" | "celles-ci" | "intéressées") => {
                (Some(Gender::Female), Plurality::Many, Pointing::Nearest)
            }
            (3..=6, "l'" | "l’" | "un" | "une" | "certains" | "deux" | "trois", "eux") => {
                (Some(Gender::Male), Plurality::Many, Pointing::Plain)
            }
            (3..=6, "l'" | "l’" | "un" | "une" | "certaines" | "deux" | "trois", "elles") => {
                (Some(Gender::Female), Plurality::Many, Pointing::Plain)
            }
            _ => return None,
        };
        let mut asked = self.asked(Task::Pronoun, tokens, draft);
        asked.gender = gender;
        asked.number = number;
        asked.pointing = pointing;
        self.decide(&asked, at).flatten()
    }

    /// A question about a phrase, still without what it says.
    pub(super) fn asked(&self, task: Task, tokens: &Range<usize>, draft: &Draft) -> Asked {
        let behind = tokens.start >= draft.content.end;
        Asked {
            task,
            at: if behind { draft.content.start } else { tokens.start },
            after: draft.content.end,
            gender: None,
            number: Plurality::One,
            pointing: Pointing::Plain,
            noun: String::new(),
            kind: NounKind::Other,
            words: Vec::new(),
            others: Vec::new(),
            phrase: Phrase::default(),
            role: None,
            silence: Silence::Alone,
            goes_on: draft.cue.as_ref().is_some_and(|c| self.goes_on(c)),
        }
    }

    /// "a ajouté", "poursuit", "insiste": who spoke goes on.
    fn goes_on(&self, cue: &Range<usize>) -> bool {
        const STEMS: [&str; 9] = [
            "ajout",
            "poursui",
            "continu",
            "insist",
            "précis",
            "conclu",
            "renchéri",
            "repren",
            "complèt",
        ];
        let word = self.lower(cue.end - 1);
        let first = self.lower(cue.start);
        STEMS.iter().any(|s| word.starts_with(s) || first.starts_with(s))
    }
}
