//! Who has appeared so far: gender, number, nouns that were used, and where.

use std::ops::Range;

use super::conjugation::Mood;
use super::lexicon::Class;
use super::reading::Reading;
use crate::engine::lexicon::{Gender as Given, gender_of_given_name};
use crate::engine::{Entity, Mention};
use crate::scheme::MentionLabel;

/// Grammatical gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// "il"
    Male,
    /// "elle"
    Female,
}

/// Grammatical number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plurality {
    /// "il"
    One,
    /// "ils"
    Many,
}

/// How somebody appeared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Was named.
    Named,
    /// Opened a sentence.
    Opens,
    /// Spoke.
    Speaks,
    /// Was named in another's words.
    Quoted,
}

/// Tokens after which somebody is forgotten.
const MEMORY: usize = 260;
/// How much one stands out: weights settled on the tuning texts.
const SAME_LINE: f32 = 1.5;
const SPOKEN: f32 = 2.6;
const SPOKEN_BODY: f32 = 1.8;
const LAST: f32 = 0.8;
const REPEATED: f32 = 0.1;
/// Tokens over which a weight fades by one.
const FADING: f32 = 40.0;
/// Appearances that are weighed.
const MAX_SEEN: usize = 40;

#[derive(Clone, Debug, Default)]
struct Figure {
    label: Option<MentionLabel>,
    gender: Option<Gender>,
    plural: bool,
    nouns: Vec<String>,
    name: String,
    first: usize,
}

/// All who appear in a text.
pub struct Cast {
    figures: Vec<Figure>,
    /// Token, entity and how, in text order.
    seen: Vec<(usize, usize, Seen)>,
    /// Speakers as they come.
    spoke: Vec<(usize, usize)>,
}

impl Cast {
    /// Those whom the mentions name.
    pub fn new(
        reading: &Reading<'_>,
        mentions: &[Mention],
        entities: &[Entity],
        contents: &[Range<usize>],
    ) -> Self {
        let mut cast = Self {
            figures: entities
                .iter()
                .map(|e| Figure {
                    label: e.label,
                    name: e.name.to_lowercase(),
                    first: usize::MAX,
                    ..Figure::default()
                })
                .collect(),
            seen: Vec::new(),
            spoke: Vec::new(),
        };
        let (mut region, mut content) = (0, 0);
        let mut furthest = 0;
        for (i, mention) in mentions.iter().enumerate() {
            let Some(entity) = mention.entity else { continue };
            let at = reading.tokens.partition_point(|t| t.span.start < mention.span.start);
            let nested = i > 0
                && mentions[..i].iter().rev().take(4).any(|m| {
                    m.span != mention.span
                        && m.span.contains(mention.span)
                        && m.label != MentionLabel::Role
                });
            while reading.regions.get(region).is_some_and(|r| r.tokens.start <= at) {
                furthest = furthest.max(reading.regions[region].tokens.end);
                region += 1;
            }
            while contents.get(content).is_some_and(|c| c.start <= at) {
                furthest = furthest.max(contents[content].end);
                content += 1;
            }
            let opens = opens_clause(reading, at);
            let how = match (at < furthest, opens) {
                (true, _) => Seen::Quoted,
                (_, true) => Seen::Opens,
                _ => Seen::Named,
            };
            if !nested {
                cast.seen.push((at, entity, how));
            }
            let figure = &mut cast.figures[entity];
            figure.first = figure.first.min(at);
            cast.read(reading, mention, entity, at);
        }
        cast.seen.sort_unstable_by_key(|s| (s.0, s.1));
        cast
    }

    /// Gender and nouns from the words of a mention and around it.
    fn read(&mut self, reading: &Reading<'_>, mention: &Mention, entity: usize, at: usize) {
        let span = mention.span;
        let figure = &mut self.figures[entity];
        let before = at.checked_sub(1).map(|b| reading.of(b).to_lowercase()).unwrap_or_default();
        let determined = match before.as_str() {
            "m." | "monsieur" | "le" | "un" | "ce" => Some(Gender::Male),
            "mme" | "madame" | "mlle" | "la" | "une" | "cette" => Some(Gender::Female),
            _ => None,
        };
        match mention.label {
            MentionLabel::Person => {
                let title =
                    matches!(before.as_str(), "m." | "mme" | "mlle" | "monsieur" | "madame");
                let name = span.of(reading.text);
                let given = name.split_whitespace().next().filter(|_| name.contains(' '));
                let given = given.and_then(gender_of_given_name).map(|g| match g {
                    Given::Male => Gender::Male,
                    Given::Female => Gender::Female,
                });
                if title {
                    figure.gender = determined;
                }
                figure.gender = figure.gender.or(given).or(determined);
            }
            MentionLabel::Role => {
                let words = span.of(reading.text).to_lowercase();
                let first = words.split_whitespace().find(|w| {
                    !matches!(
                        *w,
                        "ancien" | "ancienne" | "ex" | "nouveau" | "nouvelle" | "premier" | "vice"
                    )
                });
                let noun = first.unwrap_or_default();
                // "un porte-parole" tells more than a given name from elsewhere.
                figure.gender = determined.or(figure.gender).or(gender_of_noun(noun));
                if !figure.nouns.iter().any(|n| n == noun) {
                    figure.nouns.push(noun.to_owned());
                }
            }
            _ => {
                figure.gender = figure.gender.or(determined);
                figure.plural |= before == "les" || before == "des";
                let first = span.of(reading.text).split_whitespace().next().unwrap_or_default();
                let first = first.to_lowercase();
                if !figure.nouns.contains(&first) {
                    figure.nouns.push(first);
                }
                // "l'ONG Promo-Alegeri", "la chaîne américaine NBC".
                for back in 1..=2 {
                    let Some(b) = at.checked_sub(back) else { break };
                    let word = reading.words[b];
                    if !word.word
                        || word.class.has(Class::DETERMINER.with(Class::OF))
                        || word.capital
                    {
                        break;
                    }
                    figure.nouns.push(reading.of(b).to_lowercase());
                }
            }
        }
    }

    fn figure(&mut self, entity: usize) -> &mut Figure {
        if entity >= self.figures.len() {
            self.figures.resize_with(entity + 1, Figure::default);
        }
        &mut self.figures[entity]
    }

    /// Notes that somebody spoke.
    pub fn see(&mut self, entity: usize, at: usize, how: Seen) {
        self.figure(entity);
        if how == Seen::Speaks {
            self.spoke.push((at, entity));
        }
    }

    /// Keeps what a phrase tells.
    pub fn learn(
        &mut self,
        entity: usize,
        gender: Option<Gender>,
        plural: bool,
        noun: Option<&str>,
    ) {
        let figure = self.figure(entity);
        figure.gender = figure.gender.or(gender);
        figure.plural |= plural && figure.label.is_none();
        if let Some(noun) = noun
            && !figure.nouns.iter().any(|n| n == noun)
        {
            figure.nouns.push(noun.to_owned());
        }
    }

    fn fits(&self, entity: usize, gender: Option<Gender>, number: Plurality) -> bool {
        let figure = &self.figures[entity];
        let agrees = match (figure.gender, gender) {
            (Some(a), Some(b)) => a == b || number == Plurality::Many && b == Gender::Male,
            _ => true,
        };
        let count = match number {
            Plurality::One => !figure.plural,
            Plurality::Many => figure.plural || figure.label.is_none(),
        };
        agrees && count
    }

    /// Those who appeared before token `at`, with how much they stand out; the
    /// line of the pronoun starts at token `line`.
    fn before(&self, at: usize, line: usize) -> Vec<(usize, f32)> {
        let mut weights: Vec<(usize, f32)> = Vec::new();
        let mut add = |entity: usize, weight: f32| match weights.iter_mut().find(|w| w.0 == entity)
        {
            Some(w) => w.1 = w.1.max(weight) + REPEATED,
            None => weights.push((entity, weight)),
        };
        let near = |token: usize| {
            let here = if token >= line { SAME_LINE } else { 0.0 };
            here - (at - token) as f32 / FADING
        };
        let end = self.seen.partition_point(|s| s.0 < at);
        for &(token, entity, how) in self.seen[..end].iter().rev().take(MAX_SEEN) {
            if at - token > MEMORY {
                break;
            }
            let label = match self.figures[entity].label {
                Some(MentionLabel::Person) => 2.0,
                Some(MentionLabel::Role) => 1.0,
                Some(MentionLabel::Org) => 0.3,
                _ => -3.0,
            };
            let how = match how {
                Seen::Opens => 1.6,
                Seen::Quoted => -2.5,
                _ => 0.0,
            };
            add(entity, near(token) + label + how);
        }
        for &(token, entity) in self.spoke.iter().rev().filter(|s| s.0 < at).take(8) {
            if at - token > MEMORY {
                break;
            }
            let body = self.figures[entity].label == Some(MentionLabel::Org);
            add(entity, near(token) + if body { SPOKEN_BODY } else { SPOKEN });
        }
        weights
    }

    /// Who "il", "elle", "ils" before token `at` is.
    pub fn salient(
        &self,
        at: usize,
        line: usize,
        gender: Gender,
        number: Plurality,
        last: Option<usize>,
    ) -> Option<usize> {
        let mut best: Option<(usize, f32)> = None;
        for (entity, mut weight) in self.before(at, line) {
            if !self.fits(entity, Some(gender), number) {
                continue;
            }
            if last == Some(entity) {
                weight += LAST;
            }
            if self.figures[entity].gender == Some(gender) {
                weight += 0.7;
            }
            if best.is_none_or(|b| weight > b.1) {
                best = Some((entity, weight));
            }
        }
        best.map(|b| b.0).or(last.filter(|&l| self.fits(l, Some(gender), number)))
    }

    /// Who a bare noun stands for: a body or a person.
    pub fn stands_for(
        &self,
        at: usize,
        line: usize,
        body: bool,
        gender: Option<Gender>,
        last: Option<usize>,
    ) -> Option<usize> {
        let wanted = |entity: usize| match self.figures[entity].label {
            Some(MentionLabel::Org) => body,
            Some(MentionLabel::Person) => !body,
            _ => false,
        };
        let mut best: Option<(usize, f32)> = None;
        for (entity, mut weight) in self.before(at, line) {
            if !wanted(entity) || (!body && !self.fits(entity, gender, Plurality::One)) {
                continue;
            }
            if last == Some(entity) {
                weight += LAST;
            }
            if best.is_none_or(|b| weight > b.1) {
                best = Some((entity, weight));
            }
        }
        best.map(|b| b.0)
    }

    /// Whom a text is about before anybody speaks: the first person named
    /// before token `at`, else the first named after it.
    pub fn principal(&self, at: usize) -> Option<usize> {
        let person = |s: &&(usize, usize, Seen)| {
            self.figures[s.1].label == Some(MentionLabel::Person) && s.2 != Seen::Quoted
        };
        let end = self.seen.partition_point(|s| s.0 < at);
        let before = self.seen[..end].iter().find(person);
        before.or_else(|| self.seen[end..].iter().take(12).find(person)).map(|s| s.1)
    }

    /// Whether the gender of an entity is known and this one.
    pub fn agrees(&self, entity: usize, gender: Option<Gender>) -> bool {
        gender.is_some() && self.figures[entity].gender == gender
    }

    /// Who came with this noun before: a person with that role, a body whose
    /// name starts with it.
    pub fn by_noun(
        &self,
        noun: &str,
        tokens: &Range<usize>,
        reading: &Reading<'_>,
        gender: Option<Gender>,
    ) -> Option<usize> {
        let phrase: Vec<String> = tokens
            .clone()
            .filter(|&t| {
                reading.words[t].word
                    && !reading.words[t].class.has(Class::DETERMINER.with(Class::OF))
            })
            .map(|t| reading.of(t).to_lowercase())
            .collect();
        let mut best: Option<(usize, f32)> = None;
        for (entity, figure) in self.figures.iter().enumerate() {
            let spoke = self.spoke.iter().any(|s| s.1 == entity);
            let came = figure.first < tokens.start || spoke;
            if !came || !figure.nouns.iter().any(|n| n == noun) {
                continue;
            }
            let person = figure.label == Some(MentionLabel::Person);
            if person && gender.is_some() && figure.gender.is_some() && gender != figure.gender {
                continue;
            }
            if figure.label == Some(MentionLabel::Role) {
                continue;
            }
            // Each further word of the phrase that the name has speaks for it.
            let shared = phrase.iter().filter(|w| figure.name.contains(w.as_str())).count();
            let last =
                self.spoke.iter().rposition(|s| s.1 == entity).map_or(0.0, |p| p as f32 * 0.1);
            let more = phrase.len() > 1 && !person && shared < phrase.len().min(2);
            let weight = shared as f32 + last - if more { 3.0 } else { 0.0 };
            if weight > -1.5 && best.is_none_or(|b| weight > b.1) {
                best = Some((entity, weight));
            }
        }
        best.map(|b| b.0)
    }

    /// Whether a noun stands for a body rather than a person.
    pub fn is_body(&self, noun: &str) -> bool {
        const BODIES: [&str; 44] = [
            "institution",
            "organisation",
            "organisme",
            "ong",
            "association",
            "entreprise",
            "société",
            "groupe",
            "compagnie",
            "firme",
            "constructeur",
            "syndicat",
            "parti",
            "club",
            "fédération",
            "collectif",
            "agence",
            "chaîne",
            "journal",
            "quotidien",
            "hebdomadaire",
            "magazine",
            "média",
            "radio",
            "site",
            "banque",
            "fondation",
            "opérateur",
            "régulateur",
            "exploitant",
            "laboratoire",
            "géant",
            "mouvement",
            "coalition",
            "formation",
            "structure",
            "plateforme",
            "équipementier",
            "enseigne",
            "distributeur",
            "avionneur",
            "armateur",
            "instance",
            "établissement",
        ];
        BODIES.contains(&noun)
    }
}

/// Whether a mention at token `at` is what its sentence opens with: no verb,
/// comma or preposition before it.
fn opens_clause(reading: &Reading<'_>, at: usize) -> bool {
    for t in (at.saturating_sub(14)..at).rev() {
        let word = reading.words[t];
        if !word.word {
            return matches!(
                reading.of(t),
                "." | "-" | "–" | "—" | "!" | "?" | "»" | "”" | "\"" | "…"
            );
        }
        if reading.lines.binary_search_by_key(&(t + 1), |l| l.start).is_ok() {
            return true;
        }
        let governed =
            t + 1 == at && word.class.has(Class::OF.with(Class::TO).with(Class::PREPOSITION));
        if governed || word.mood.has(Mood::FINITE) {
            return false;
        }
    }
    at < 14
}

/// Whether a noun's ending is one of those who do something: "skippeuse",
/// "juriste", "étudiant".
pub fn is_agent(noun: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "euse", "trice", "ienne", "ière", "iste", "eur", "ien", "ier", "ant", "ante", "aire",
        "ogue", "enne", "yenne",
    ];
    ENDINGS.iter().any(|e| noun.ends_with(e))
}

/// The gender that the ending of a noun of office tells.
pub fn gender_of_noun(noun: &str) -> Option<Gender> {
    const FEMALE: [&str; 16] = [
        "trice",
        "euse",
        "ienne",
        "ière",
        "ente",
        "ante",
        "ée",
        "esse",
        "eure",
        "euse",
        "cheffe",
        "maîtresse",
        "ciale",
        "rale",
        "ine",
        "onne",
    ];
    const MALE: [&str; 9] = ["teur", "eur", "ien", "ier", "ent", "ant", "ois", "al", "on"];
    let noun = noun.to_lowercase();
    if FEMALE.iter().any(|e| noun.ends_with(e)) {
        Some(Gender::Female)
    } else if MALE.iter().any(|e| noun.ends_with(e)) {
        Some(Gender::Male)
    } else {
        None
    }
}
