//! Who is who: ties the mentions of one person, organisation, place or work
//! into one entity.
//!
//! Names are compared as folded words. A person is the one who has the same
//! surname (or is called by the given name alone) and no other given name; an
//! organisation or place has the same words, or the letters in brackets after
//! its name; a role belongs to the person beside it.

use std::collections::BTreeMap;

use super::analysis::{Entity, Mention};
use super::lexicon::fold::{self, folded};
use super::tokens::Token;
use crate::scheme::MentionLabel;
use crate::text::order;

/// Words of names that do not tell names apart.
const SMALL: [&str; 18] = [
    "le", "la", "les", "l", "de", "du", "des", "d", "et", "a", "au", "aux", "en", "of", "the",
    "al", "el", "pour",
];

/// One entity while it is gathered.
struct Gathered<'t> {
    label: MentionLabel,
    name: &'t str,
    /// Of its fullest name.
    words: Words<'t>,
}

/// The folded words of a name, with a space between.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Words<'w> {
    text: &'w str,
    count: usize,
}

/// Gives each mention its entity; dates and quantities have none.
pub fn link(text: &str, tokens: &[Token], mentions: &mut [Mention]) -> Vec<Entity> {
    let _ = tokens;
    let mut room = String::new();
    let ends: Vec<(usize, usize)> = mentions
        .iter()
        .map(|m| {
            let count = if names(m.label) { parts(m.span.of(text), &mut room) } else { 0 };
            (room.len(), count)
        })
        .collect();
    let words = |i: usize| {
        let start = i.checked_sub(1).map_or(0, |before| ends[before].0);
        Words { text: &room[start..ends[i].0], count: ends[i].1 }
    };
    let mut gathered: Vec<Gathered> = Vec::new();
    let mut index = Index::default();
    // Longer names first would pair a surname with a person named later;
    // reading order with the fullest first pass does both.
    let mut order: Vec<usize> = (0..mentions.len()).filter(|i| names(mentions[*i].label)).collect();
    order::sort_by_key(&mut order, |i| (usize::MAX - words(*i).count.min(2), *i));
    for i in order {
        let (label, words) = (mentions[i].label, words(i));
        if words.count == 0 {
            continue;
        }
        let name = mentions[i].span.of(text);
        let entity = index.find(label, words, &gathered).unwrap_or_else(|| {
            gathered.push(Gathered { label, name, words });
            gathered.len() - 1
        });
        let known = &mut gathered[entity];
        if words.count > known.words.count {
            (known.words, known.name) = (words, name);
        }
        index.add(label, words, entity);
        mentions[i].entity = Some(entity);
    }
    tie_brackets(text, mentions, &gathered);
    tie_roles(text, mentions, &mut gathered);
    number(mentions, &gathered)
}

fn names(label: MentionLabel) -> bool {
    !matches!(label, MentionLabel::Date | MentionLabel::Quantity | MentionLabel::Role)
}

/// Adds the folded words of a name that tell it apart; tells how many.
fn parts(name: &str, out: &mut String) -> usize {
    let mut add = |keep: fn(&str) -> bool| {
        let mut count = 0;
        let parts = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\u{2011}' | '\u{2010}');
        for word in name.split(parts).filter(|word| !word.is_empty()) {
            let before = out.len();
            if count > 0 {
                out.push(' ');
            }
            let from = out.len();
            word.chars().for_each(|c| fold::each(c, |c| out.push(c)));
            if keep(&out[from..]) {
                count += 1;
            } else {
                out.truncate(before);
            }
        }
        count
    };
    match add(|word| !SMALL.contains(&word)) {
        0 => add(|_| true),
        count => count,
    }
}

impl<'w> Words<'w> {
    fn each(self) -> impl DoubleEndedIterator<Item = &'w str> {
        self.text.split(' ')
    }

    fn first(self) -> &'w str {
        self.each().next().unwrap_or_default()
    }

    fn last(self) -> &'w str {
        self.each().next_back().unwrap_or_default()
    }
}

/// Finds entities by what they were called.
#[derive(Default)]
struct Index<'w> {
    /// By label and all words.
    whole: BTreeMap<(MentionLabel, &'w str), usize>,
    /// Persons by any one word; none where two share it.
    single: BTreeMap<&'w str, Option<usize>>,
}

impl<'w> Index<'w> {
    fn find(&self, label: MentionLabel, words: Words, all: &[Gathered]) -> Option<usize> {
        if let Some(found) = self.whole.get(&(label, words.text)) {
            return Some(*found);
        }
        if label != MentionLabel::Person {
            return None;
        }
        let found = (*self.single.get(words.last())?)?;
        let known = all[found].words;
        let (first, known_first) = (words.first(), known.first());
        let same_first = words.count == 1
            || known.count == 1
            || known_first == first
            || is_initial(first, known_first)
            || is_initial(known_first, first);
        same_first.then_some(found)
    }

    fn add(&mut self, label: MentionLabel, words: Words<'w>, entity: usize) {
        self.whole.entry((label, words.text)).or_insert(entity);
        if label == MentionLabel::Person {
            for word in words.each() {
                let known = self.single.entry(word).or_insert(Some(entity));
                if known.is_some_and(|known| known != entity) {
                    *known = None;
                }
            }
        }
    }
}

fn is_initial(short: &str, long: &str) -> bool {
    short.chars().count() == 1 && long.starts_with(short)
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
            if is_acronym(letters) && gathered[long].words.count > 1 {
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
fn tie_roles<'t>(text: &'t str, mentions: &mut [Mention], gathered: &mut Vec<Gathered<'t>>) {
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
        let label = MentionLabel::Role;
        let entity = *own.entry(folded(name)).or_insert_with(|| {
            known.unwrap_or_else(|| {
                gathered.push(Gathered { label, name, words: Words::default() });
                gathered.len() - 1
            })
        });
        let entity = known.unwrap_or(entity);
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
fn number(mentions: &mut [Mention], gathered: &[Gathered]) -> Vec<Entity> {
    let mut numbers: Vec<Option<usize>> = vec![None; gathered.len()];
    let mut entities = Vec::new();
    for mention in mentions {
        let Some(entity) = mention.entity else { continue };
        let number = *numbers[entity].get_or_insert_with(|| {
            let gathered = &gathered[entity];
            entities.push(Entity { name: gathered.name.to_owned(), label: Some(gathered.label) });
            entities.len() - 1
        });
        mention.entity = Some(number);
    }
    entities
}
