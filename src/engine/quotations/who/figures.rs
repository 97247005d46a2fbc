//! Who has appeared so far: those whom mentions name, and those for whom only
//! a noun stands ("un automobiliste"); with gender, number, the nouns that
//! were used of them, and where they appeared.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::places::{determiner, head_of, opens_clause, quoted};
use crate::engine::chars;
use crate::engine::lexicon::{Gender as Given, gender_of_given_name};
use crate::engine::quotations::conjugation::Mood;
use crate::engine::quotations::lexicon::Class;
use crate::engine::quotations::nouns::{
    self, Gender, NounKind, Plurality, gender_of_determiner, gender_of_noun,
};
use crate::engine::quotations::reading::Reading;
use crate::engine::quotations::words::is_plain;
use crate::engine::{Entity, Mention};
use crate::scheme::MentionLabel;
use crate::text::order;

/// Adjectives that are kept with the noun of somebody unnamed.
const MAX_ADJECTIVES: usize = 2;
/// Nouns with more figures than this are forgotten first to last.
const MAX_SAME_NOUN: usize = 6;

/// Somebody or something that may speak.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The entity, once there is one.
    pub entity: Option<usize>,
    /// As what it was named.
    pub label: Option<MentionLabel>,
    /// What its noun stands for, where it has no name.
    pub kind: NounKind,
    /// "il" or "elle", where that can be told.
    pub gender: Option<Gender>,
    /// One or many.
    pub number: Plurality,
    /// In lower case; a text may use thousands of one figure.
    pub nouns: BTreeSet<String>,
    /// In lower case.
    pub name: String,
    /// The words that brought it in, where it has no name.
    pub tokens: Range<usize>,
}

/// Where and how a figure appeared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appearance {
    /// The first token.
    pub token: usize,
    /// Who.
    pub figure: usize,
    /// Opens a clause: most likely its subject.
    pub opens: bool,
    /// Behind "de", "à" or another preposition.
    pub governed: bool,
    /// Inside another's words.
    pub quoted: bool,
}

/// All who appear in a text.
pub struct Figures {
    /// The first are the entities of the mentions, by their index.
    pub all: Vec<Figure>,
    /// In text order.
    pub appearances: Vec<Appearance>,
    /// Those for whom a noun was used, the last few.
    by_noun: BTreeMap<String, Vec<usize>>,
    /// By entity.
    of_entity: Vec<usize>,
    /// Figures without a name by the token of their noun.
    unnamed: BTreeMap<usize, usize>,
}

impl Figures {
    /// Those in the text, of whom `contents` are the words of others.
    pub fn new(
        reading: &Reading<'_>,
        mentions: &[Mention],
        entities: &[Entity],
        contents: &[Range<usize>],
    ) -> Self {
        let mut figures = Self {
            all: entities.iter().enumerate().map(named).collect(),
            appearances: Vec::new(),
            by_noun: BTreeMap::new(),
            of_entity: (0..entities.len()).collect(),
            unnamed: BTreeMap::new(),
        };
        let quoted = quoted(reading, contents);
        let sides = figures.mentions(reading, mentions, &quoted);
        figures.nouns(reading, &sides, &quoted);
        order::sort_by_key(&mut figures.appearances, |a| (a.token, a.figure));
        figures
    }

    /// Reads the mentions; tells where those of persons and bodies start and
    /// end.
    fn mentions(&mut self, reading: &Reading<'_>, mentions: &[Mention], quoted: &[bool]) -> Sides {
        let mut sides = Sides::default();
        for (i, mention) in mentions.iter().enumerate() {
            let Some(entity) = mention.entity else { continue };
            let token = reading.tokens.partition_point(|t| t.span.start < mention.span.start);
            let end = reading.tokens.partition_point(|t| t.span.start < mention.span.end);
            if matches!(mention.label, MentionLabel::Person | MentionLabel::Org) {
                sides.starts.insert(token, entity);
                sides.ends.insert(end, entity);
            }
            let nested = mentions[..i].iter().rev().take(4).any(|m| {
                m.span != mention.span
                    && m.span.contains(mention.span)
                    && m.label != MentionLabel::Role
            });
            if !nested {
                self.appears(reading, token, entity, quoted);
            }
            self.read(reading, mention, entity, token);
        }
        sides
    }

    fn appears(&mut self, reading: &Reading<'_>, token: usize, figure: usize, quoted: &[bool]) {
        let mut first = token;
        while first > 0 && reading.words[first - 1].class.has(Class::TITLE) {
            first -= 1;
        }
        let before = first.checked_sub(1).map(|b| reading.words[b].class).unwrap_or_default();
        self.appearances.push(Appearance {
            token,
            figure,
            opens: opens_clause(reading, first),
            governed: before.has(Class::OF.with(Class::TO).with(Class::PREPOSITION)),
            quoted: quoted.get(token).copied().unwrap_or(false),
        });
    }

    /// Gender and nouns from the words of a mention and around it.
    fn read(&mut self, reading: &Reading<'_>, mention: &Mention, figure: usize, at: usize) {
        let span = mention.span;
        let before = at.checked_sub(1).map_or("", |b| reading.of(b));
        let before = chars::lowered(before);
        let determined = gender_of_determiner(&before);
        let gender = self.all[figure].gender;
        match mention.label {
            MentionLabel::Person => {
                let title = at > 0 && reading.words[at - 1].class.has(Class::TITLE);
                let name = span.of(reading.text);
                let given = name.split_whitespace().next().filter(|_| name.contains(' '));
                let given = given.and_then(gender_of_given_name).map(|g| match g {
                    Given::Male => Gender::Male,
                    Given::Female => Gender::Female,
                });
                let known = if title { determined.or(gender) } else { gender };
                self.all[figure].gender = known.or(given).or(determined);
            }
            MentionLabel::Role => {
                let words = chars::lowered(span.of(reading.text));
                let noun = head_of(&words);
                // "un porte-parole" tells more than a given name from elsewhere.
                self.all[figure].gender = determined.or(gender).or(gender_of_noun(noun));
                self.learn_noun(figure, noun);
            }
            _ => {
                self.all[figure].gender = gender.or(determined);
                if before == "les" || before == "des" {
                    self.all[figure].number = Plurality::Many;
                }
                let words = chars::lowered(span.of(reading.text));
                self.learn_noun(figure, head_of(&words));
                // "l'ONG Promo-Alegeri", "la chaîne américaine NBC".
                for back in (at.saturating_sub(2)..at).rev() {
                    let word = reading.words[back];
                    let small = word.class.has(Class::DETERMINER.with(Class::OF));
                    if !word.word || small || word.capital {
                        break;
                    }
                    self.learn_noun(figure, &chars::lowered(reading.of(back)));
                }
            }
        }
    }

    /// Those for whom a noun stands: "un automobiliste", "le jeune homme". A
    /// noun beside a name is that name's.
    fn nouns(&mut self, reading: &Reading<'_>, sides: &Sides, quoted: &[bool]) {
        for t in 0..reading.words.len() {
            let word = reading.words[t];
            if !word.word || word.reach > 0 || word.mood.has(Mood::INFINITIVE) {
                continue;
            }
            let likely = Class::PERSON_NOUN.with(Class::GROUP).with(Class::PEOPLE);
            let written = reading.of(t);
            let plural = written.ends_with(['s', 'x']);
            if !word.class.has(likely) && !plural {
                continue;
            }
            let noun = chars::lowered(written);
            let kind = nouns::kind(reading.lexicon, &noun);
            if !matches!(kind, NounKind::Person | NounKind::Group | NounKind::People) {
                continue;
            }
            let mut end = t + 1;
            while end < t + 1 + MAX_ADJECTIVES
                && reading
                    .words
                    .get(end)
                    .is_some_and(|w| is_plain(*w) && w.reach == 0 && !w.capital)
            {
                end += 1;
            }
            let Some(start) = determiner(reading, t) else {
                // "Ana Roy, agricultrice".
                if t >= 2
                    && reading.is(t - 1, ",")
                    && let Some(&figure) = sides.ends.get(&(t - 1))
                {
                    self.learn_noun(figure, &noun);
                }
                continue;
            };
            let beside = sides.starts.get(&end).or_else(|| {
                let comma = start > 0 && reading.is(start - 1, ",");
                comma.then(|| sides.ends.get(&(start - 1))).flatten()
            });
            if let Some(&figure) = beside {
                self.learn_noun(figure, &noun);
                continue;
            }
            if start + 1 < t && self.unnamed.contains_key(&(t - 1)) {
                continue; // "un jeune homme": one figure.
            }
            self.unnamed(reading, start, t, end, kind, quoted);
        }
    }

    fn unnamed(
        &mut self,
        reading: &Reading<'_>,
        start: usize,
        noun: usize,
        end: usize,
        kind: NounKind,
        quoted: &[bool],
    ) {
        let word = chars::lowered(reading.of(noun));
        let first = chars::lowered(reading.of(start));
        let definite = matches!(first.as_ref(), "le" | "la" | "l'" | "l’" | "les" | "ce" | "cette");
        let known = self.by_noun.get(word.as_ref()).into_iter().flatten().rev().copied();
        let same =
            definite.then(|| known.into_iter().find(|&f| self.all[f].label.is_none())).flatten();
        let figure = same.unwrap_or_else(|| {
            let many = reading.words[start].class.has(Class::PLURAL) || word.ends_with(['s', 'x']);
            let singular = gender_of_determiner(&first).is_some();
            self.all.push(Figure {
                entity: None,
                label: None,
                kind,
                gender: gender_of_determiner(&first).or_else(|| gender_of_noun(&word)),
                number: if many && !singular { Plurality::Many } else { Plurality::One },
                nouns: BTreeSet::new(),
                name: reading.span(noun..end).of(reading.text).to_lowercase(),
                tokens: start..end,
            });
            self.all.len() - 1
        });
        self.learn_noun(figure, &word);
        self.unnamed.insert(noun, figure);
        self.appears(reading, start, figure, quoted);
    }

    /// The figure without a name whose noun is among these tokens.
    pub fn unnamed_in(&self, tokens: &Range<usize>) -> Option<usize> {
        self.unnamed.range(tokens.clone()).next().map(|(_, f)| *f)
    }

    /// The figure of an entity.
    pub fn of_entity(&mut self, entity: usize, name: &str) -> usize {
        while self.of_entity.len() <= entity {
            self.of_entity.push(self.all.len());
            self.all.push(Figure {
                entity: Some(entity),
                label: None,
                kind: NounKind::Other,
                gender: None,
                number: Plurality::One,
                nouns: BTreeSet::new(),
                name: name.to_lowercase(),
                tokens: 0..0,
            });
        }
        self.of_entity[entity]
    }

    /// Makes an entity of a figure that had no name.
    pub fn becomes(&mut self, figure: usize, entity: usize) {
        self.all[figure].entity = Some(entity);
        if self.of_entity.len() == entity {
            self.of_entity.push(figure);
        }
    }

    /// Keeps a noun that was used of a figure.
    pub fn learn_noun(&mut self, figure: usize, noun: &str) {
        let nouns = &mut self.all[figure].nouns;
        if noun.is_empty() || nouns.contains(noun) {
            return;
        }
        nouns.insert(noun.to_owned());
        let same = self.by_noun.entry(noun.to_owned()).or_default();
        same.push(figure);
        if same.len() > MAX_SAME_NOUN {
            same.remove(0);
        }
    }

    /// Keeps gender and number that a phrase tells.
    pub fn learn(&mut self, figure: usize, gender: Option<Gender>, number: Plurality) {
        let figure = &mut self.all[figure];
        figure.gender = figure.gender.or(gender);
        if number == Plurality::Many && figure.label.is_none() {
            figure.number = number;
        }
    }

    /// Those of whom a noun was used.
    pub fn by_noun(&self, noun: &str) -> &[usize] {
        self.by_noun.get(noun).map_or(&[], Vec::as_slice)
    }
}

/// Where mentions of persons and bodies start and end.
#[derive(Default)]
struct Sides {
    starts: BTreeMap<usize, usize>,
    ends: BTreeMap<usize, usize>,
}

fn named((at, entity): (usize, &Entity)) -> Figure {
    Figure {
        entity: Some(at),
        label: entity.label,
        kind: NounKind::Other,
        gender: None,
        number: Plurality::One,
        nouns: BTreeSet::new(),
        name: entity.name.to_lowercase(),
        tokens: 0..0,
    }
}
