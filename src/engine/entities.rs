//! Who is who: ties the mentions of one person, organisation, place or work
//! into one entity.
//!
//! Names are compared as folded words. A person is the one who has the same
//! surname (or is called by the given name alone) and no other given name; an
//! organisation or place has the same words, or the letters in brackets after
//! its name; a role belongs to the person beside it.

use std::collections::BTreeMap;

use super::analysis::{Entity, Mention};
use super::lexicon::fold::folded;
use super::tokens::Token;
use crate::scheme::MentionLabel;
use crate::text::order;

/// Words of names that do not tell names apart.
const SMALL: [&str; 18] = [
    "le", "la", "les", "l", "de", "du", "des", "d", "et", "a", "au", "aux", "en", "of", "the",
    "al", "el", "pour",
];

/// One entity while it is gathered.
struct Gathered {
    label: MentionLabel,
    name: String,
    /// Folded words of its fullest name.
    words: Vec<String>,
}

/// Gives each mention its entity; dates and quantities have none.
pub fn link(text: &str, tokens: &[Token], mentions: &mut [Mention]) -> Vec<Entity> {
    let _ = tokens;
    let mut gathered: Vec<Gathered> = Vec::new();
    let mut index = Index::default();
    // Longer names first would pair a surname with a person named later;
    // reading order with the fullest first pass does both.
    let mut order: Vec<usize> = (0..mentions.len()).filter(|i| names(mentions[*i].label)).collect();
    let words: Vec<Vec<String>> = mentions
        .iter()
        .map(|m| if names(m.label) { parts(m.span.of(text)) } else { Vec::new() })
        .collect();
    order::sort_by_key(&mut order, |i| (usize::MAX - words[*i].len().min(2), *i));
    for i in order {
        let (label, words) = (mentions[i].label, &words[i]);
        if words.is_empty() {
            continue;
        }
        let entity = index.find(label, words, &gathered).unwrap_or_else(|| {
            gathered.push(Gathered {
                label,
                name: mentions[i].span.of(text).to_owned(),
                words: words.clone(),
            });
            gathered.len() - 1
        });
        let known = &mut gathered[entity];
        if words.len() > known.words.len() {
            known.words.clone_from(words);
            known.name = mentions[i].span.of(text).to_owned();
        }
        index.add(label, words, entity);
        mentions[i].entity = Some(entity);
    }
    tie_brackets(text, mentions, &gathered);
    tie_roles(text, mentions, &mut gathered);
    number(mentions, gathered)
}

fn names(label: MentionLabel) -> bool {
    !matches!(label, MentionLabel::Date | MentionLabel::Quantity | MentionLabel::Role)
}

/// The folded words of a name that tell it apart.
fn parts(name: &str) -> Vec<String> {
    let words = |keep_small: bool| -> Vec<String> {
        name.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\u{2011}' | '\u{2010}'))
            .filter(|word| !word.is_empty())
            .map(folded)
            .filter(|word| keep_small || !SMALL.contains(&word.as_str()))
            .collect()
    };
    let told = words(false);
    if told.is_empty() { words(true) } else { told }
}

/// Finds entities by what they were called.
#[derive(Default)]
struct Index {
    /// By label and all words.
    whole: BTreeMap<(MentionLabel, String), usize>,
    /// Persons by any one word; none where two share it.
    single: BTreeMap<String, Option<usize>>,
}

impl Index {
    fn find(&self, label: MentionLabel, words: &[String], all: &[Gathered]) -> Option<usize> {
        if let Some(found) = self.whole.get(&(label, words.join(" "))) {
            return Some(*found);
        }
        if label != MentionLabel::Person {
            return None;
        }
        let last = words.last()?;
        let found = (*self.single.get(last)?)?;
        let known = &all[found].words;
        let same_first = words.len() == 1
            || known.len() == 1
            || known.first() == words.first()
            || is_initial(words.first(), known.first())
            || is_initial(known.first(), words.first());
        same_first.then_some(found)
    }

    fn add(&mut self, label: MentionLabel, words: &[String], entity: usize) {
        self.whole.entry((label, words.join(" "))).or_insert(entity);
        if label == MentionLabel::Person {
            for word in words {
                let known = self.single.entry(word.clone()).or_insert(Some(entity));
                if known.is_some_and(|known| known != entity) {
                    *known = None;
                }
            }
        }
    }
}

fn is_initial(short: Option<&String>, long: Option<&String>) -> bool {
    match (short, long) {
        (Some(short), Some(long)) => short.chars().count() == 1 && long.starts_with(short.as_str()),
        _ => false,
    }
}

/// "Organisation mondiale de la santé (OMS)": letters in brackets right after
/// a name are that name, here and everywhere.
fn tie_brackets(text: &str, mentions: &mut [Mention], gathered: &[Gathered]) {
    let mut same: BTreeMap<usize, usize> = BTreeMap::new();
    for i in 1..mentions.len() {
        let short = &mentions[i];
        if !text[..short.span.start].trim_end().ends_with('(') {
            continue;
        }
        let Some(before) = mentions[..i].iter().rev().take(8).find(|m| {
            m.span.end < short.span.start && names(m.label) && outermost(m, &mentions[..i])
        }) else {
            continue;
        };
        let between = &text[before.span.end..short.span.start];
        let closed = text[short.span.end..].starts_with([')', ',']);
        let (Some(long), Some(brief)) = (before.entity, short.entity) else { continue };
        if between.trim() == "(" && closed && long != brief && short.label == before.label {
            let letters = short.span.of(text);
            if is_acronym(letters) && gathered[long].words.len() > 1 {
                same.entry(brief).or_insert(long);
            }
        }
    }
    for mention in mentions.iter_mut() {
        if let Some(long) = mention.entity.and_then(|entity| same.get(&entity)) {
            mention.entity = Some(*long);
        }
    }
}

/// Whether none of the last mentions before holds this one: what holds it
/// starts close before it.
fn outermost(mention: &Mention, before: &[Mention]) -> bool {
    !before
        .iter()
        .rev()
        .take(24)
        .any(|m| m.span != mention.span && m.span.contains(mention.span) && names(m.label))
}

fn is_acronym(letters: &str) -> bool {
    !letters.contains(' ')
        && letters.chars().filter(|c| c.is_uppercase()).count() * 2 > letters.chars().count() / 2
}

/// Gives a role the entity of the person beside it, or one of its own.
fn tie_roles(text: &str, mentions: &mut [Mention], gathered: &mut Vec<Gathered>) {
    let mut own: BTreeMap<String, usize> = BTreeMap::new();
    for i in 0..mentions.len() {
        if mentions[i].label != MentionLabel::Role {
            continue;
        }
        let role = mentions[i].span;
        let after = mentions[i + 1..]
            .iter()
            .find(|m| m.span.start >= role.end)
            .filter(|m| m.label == MentionLabel::Person)
            .filter(|m| beside(&text[role.end..m.span.start]));
        let before = mentions[..i]
            .iter()
            .rev()
            .find(|m| m.span.end <= role.start)
            .filter(|m| m.label == MentionLabel::Person)
            .filter(|m| apposed(&text[m.span.end..role.start]));
        let name = role.of(text);
        let known = after.or(before).and_then(|m| m.entity);
        let entity = known.or_else(|| own.get(&folded(name)).copied()).unwrap_or_else(|| {
            gathered.push(Gathered {
                label: MentionLabel::Role,
                name: name.to_owned(),
                words: Vec::new(),
            });
            gathered.len() - 1
        });
        own.entry(folded(name)).or_insert(entity);
        mentions[i].entity = Some(entity);
    }
}

/// What may stand between a role and the name after it: "le président
/// Macron", "le président, M. Macron".
fn beside(between: &str) -> bool {
    const TITLES: [&str; 8] = ["M.", "Mme", "Mlle", "Dr", "Me", "Mgr", "monsieur", "madame"];
    let between = between.trim().trim_start_matches(',').trim_start();
    between.is_empty() || TITLES.contains(&between)
}

/// What may stand between a name and the role after it: "Lin Jian, un
/// porte-parole".
fn apposed(between: &str) -> bool {
    const ARTICLES: [&str; 9] = ["", "le", "la", "l'", "l’", "un", "une", "ancien", "ancienne"];
    let Some(after) = between.trim().strip_prefix([',', '(']) else { return false };
    ARTICLES.contains(&after.trim())
}

/// Numbers entities in the order of their first mention.
fn number(mentions: &mut [Mention], gathered: Vec<Gathered>) -> Vec<Entity> {
    let mut numbers: Vec<Option<usize>> = vec![None; gathered.len()];
    let mut entities = Vec::new();
    for mention in mentions {
        let Some(entity) = mention.entity else { continue };
        let number = *numbers[entity].get_or_insert_with(|| {
            let gathered = &gathered[entity];
            entities.push(Entity { name: gathered.name.clone(), label: Some(gathered.label) });
            entities.len() - 1
        });
        mention.entity = Some(number);
    }
    entities
}
