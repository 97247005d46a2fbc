//! What the stages know about words: the reporting verbs with their
//! constructions (`data/reporting_verbs.txt`), the other common verbs
//! (`data/verbs.txt`) and the closed classes (`data/function_words.txt`).
//!
//! Everything is one table from the hash of a lower-case word to what it can
//! be, built once from the lists.

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub use super::classes::{Class, Strength, Uses};
use super::conjugation::{Mood, conjugate};
use crate::engine::chars;
use crate::text::order;

/// A reporting verb: one line of the list.
#[derive(Clone, Debug)]
pub struct Verb {
    /// How strongly it reports.
    pub strength: Strength,
    /// In which constructions.
    pub uses: Uses,
    /// Whether it carries "se".
    pub pronominal: bool,
    /// The fixed words after it.
    pub tail: Vec<&'static str>,
}

/// What the table knows of one form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Entry {
    /// Its closed classes.
    pub class: Class,
    /// What it can be as a form of a verb.
    pub mood: Mood,
    /// The lemma it is a form of; index into [`Lexicon::lemmas`].
    pub lemma: Option<u16>,
}

/// A lemma: its reporting verbs, none for the other verbs.
#[derive(Clone, Debug, Default)]
pub struct Lemma {
    /// The infinitive.
    pub infinitive: &'static str,
    /// The verbs of the list that it heads, longest first.
    pub verbs: Vec<Verb>,
}

/// What is known of each form, by its hash: small enough to stay at hand while
/// texts are read, since most of what is asked for is not there.
struct Forms {
    /// Some bits of the hash; open addressing, 0 is free.
    kept: Vec<u32>,
    /// The place in `entries`, by slot.
    places: Vec<u32>,
    entries: Vec<(u64, Entry)>,
}

impl Forms {
    fn new() -> Self {
        // As many as there are now fill half of it.
        const SLOTS: usize = 1 << 16;
        Self {
            kept: vec![0; SLOTS],
            places: vec![0; SLOTS],
            entries: Vec::with_capacity(SLOTS / 2),
        }
    }

    /// Where a hash stands: its place, else the slot and the bits for it.
    #[inline]
    fn find(&self, hash: u64) -> Result<usize, (usize, u32)> {
        let mixed = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let (mut slot, kept) = ((mixed >> 32) as usize, mixed as u32 | 1);
        loop {
            slot &= self.kept.len() - 1;
            let there = self.kept[slot];
            if there == 0 {
                return Err((slot, kept));
            }
            let place = self.places[slot] as usize;
            if there == kept && self.entries[place].0 == hash {
                return Ok(place);
            }
            slot += 1;
        }
    }

    fn get(&self, hash: u64) -> Entry {
        self.find(hash).map_or_else(|_| Entry::default(), |place| self.entries[place].1)
    }

    /// The entry of a hash, new where there is none.
    fn entry(&mut self, hash: u64) -> &mut Entry {
        let place = self.find(hash).unwrap_or_else(|(slot, kept)| {
            self.entries.push((hash, Entry::default()));
            let place = self.entries.len() - 1;
            (self.kept[slot], self.places[slot]) = (kept, place as u32);
            if self.entries.len() * 4 > self.kept.len() * 3 {
                self.grow();
            }
            place
        });
        &mut self.entries[place].1
    }

    fn grow(&mut self) {
        let slots = self.kept.len() * 2;
        (self.kept, self.places) = (vec![0; slots], vec![0; slots]);
        for place in 0..self.entries.len() {
            if let Err((slot, kept)) = self.find(self.entries[place].0) {
                (self.kept[slot], self.places[slot]) = (kept, place as u32);
            }
        }
    }
}

/// Words and verbs.
pub struct Lexicon {
    forms: Forms,
    /// All lemmas.
    pub lemmas: Vec<Lemma>,
}

const REPORTING: &str = include_str!("../data/reporting_verbs.txt");
const OTHERS: &str = include_str!("../data/verbs.txt");
const FUNCTION: &str = include_str!("../data/function_words.txt");

/// The lemmas below it are "être" and "avoir".
pub const AUXILIARIES: u16 = 2;

/// The one lexicon.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::build)
}

impl Lexicon {
    /// What is known of `word`, in any case.
    pub fn get(&self, word: &str) -> Entry {
        self.forms.get(fold(word))
    }

    /// The lemma named `infinitive`.
    pub fn is(&self, lemma: Option<u16>, infinitive: &str) -> bool {
        lemma.is_some_and(|l| self.lemmas[usize::from(l)].infinitive == infinitive)
    }

    fn build() -> Self {
        let mut lexicon = Self { forms: Forms::new(), lemmas: Vec::new() };
        let mut numbers = BTreeMap::new();
        // These own the forms that they share with other verbs.
        for infinitive in ["être", "avoir", "aller", "faire"] {
            lexicon.lemma(infinitive, &mut numbers);
        }
        for line in lines(REPORTING) {
            let Some((lemma, verb)) = parse_verb(line) else { continue };
            let at = lexicon.lemma(lemma, &mut numbers);
            let verbs = &mut lexicon.lemmas[usize::from(at)].verbs;
            verbs.push(verb);
            order::sort_by_key(verbs, |v| std::cmp::Reverse((v.tail.len(), v.pronominal)));
        }
        for word in lines(OTHERS).flat_map(str::split_whitespace) {
            lexicon.lemma(word.trim_start_matches("s'"), &mut numbers);
        }
        for line in lines(FUNCTION) {
            let Some((classes, words)) = line.split_once(':') else { continue };
            let class = classes
                .split_whitespace()
                .filter_map(Class::named)
                .fold(Class::default(), Class::with);
            for word in words.split_whitespace() {
                let entry = lexicon.forms.entry(fold(word));
                entry.class = entry.class.with(class);
            }
        }
        lexicon
    }

    /// The lemma of this infinitive, conjugated into the table when new.
    fn lemma(
        &mut self,
        infinitive: &'static str,
        numbers: &mut BTreeMap<&'static str, u16>,
    ) -> u16 {
        let at = self.lemmas.len() as u16;
        let known = *numbers.entry(infinitive).or_insert(at);
        if known != at {
            return known;
        }
        self.lemmas.push(Lemma { infinitive, verbs: Vec::new() });
        let forms = &mut self.forms;
        conjugate(infinitive, &mut |[stem, end], mood| {
            let entry = forms.entry(fold_more(fold(stem), end));
            entry.mood = entry.mood.with(mood);
            entry.lemma.get_or_insert(at);
        });
        at
    }
}

fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'))
}

/// A line of the list of reporting verbs: the head's infinitive and the verb.
fn parse_verb(line: &'static str) -> Option<(&'static str, Verb)> {
    let words: Vec<&'static str> = line.split_whitespace().collect();
    // The last word that names a strength: "dire" and "penser" are lemmas too.
    let at = words.iter().rposition(|w| Strength::named(w).is_some()).filter(|&at| at > 0)?;
    let strength = Strength::named(words[at])?;
    let mut uses = Uses::default();
    for word in &words[at + 1..] {
        uses = uses.with(Uses::named(word)?);
    }
    let lemma = &words[..at];
    let (head, tail) = lemma.split_first()?;
    let (pronominal, head, tail) = match head.strip_prefix("s'") {
        Some(rest) => (true, rest, tail),
        None if *head == "se" => (true, *tail.first()?, &tail[1..]),
        None => (false, *head, tail),
    };
    Some((head, Verb { strength, uses, pronominal, tail: tail.to_vec() }))
}

/// The hash of a word in lower case with a straight apostrophe (FNV-1a).
pub fn fold(word: &str) -> u64 {
    fold_more(0xcbf2_9ce4_8422_2325, word)
}

/// The hash of a word from that of its beginning.
fn fold_more(mut hash: u64, word: &str) -> u64 {
    let mut add = |c: char| {
        let c = if matches!(c, '’' | 'ʼ') { '\'' } else { c };
        hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3);
    };
    word.chars().for_each(|c| chars::lower(c, &mut add));
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_read() {
        for line in lines(REPORTING) {
            assert!(parse_verb(line).is_some(), "cannot read {line:?}");
        }
        for line in lines(FUNCTION) {
            let (classes, _) = line.split_once(':').expect("classes: words");
            for class in classes.split_whitespace() {
                assert!(Class::named(class).is_some(), "no class {class:?}");
            }
        }
    }

    #[test]
    fn the_table_grows_and_keeps_what_it_has() {
        let mut forms = Forms::new();
        for hash in 0..100_000 {
            forms.entry(hash).lemma = Some(hash as u16);
        }
        forms.entry(7).class = Class::OF;
        assert_eq!((forms.get(7).class, forms.get(7).lemma), (Class::OF, Some(7)));
        assert!((0..100_000).all(|hash| forms.get(hash).lemma == Some(hash as u16)));
        assert_eq!(forms.get(100_000).lemma, None);
    }

    #[test]
    fn a_form_leads_to_its_verbs() {
        let lexicon = lexicon();
        let entry = lexicon.get("Félicite");
        assert!(entry.mood.has(Mood::THIRD));
        let lemma = &lexicon.lemmas[usize::from(entry.lemma.expect("known"))];
        assert!(lemma.verbs.iter().any(|v| v.pronominal));
        assert!(lexicon.get("qu’").class.has(Class::THAT));
        assert!(lexicon.lemmas.iter().filter(|l| !l.verbs.is_empty()).count() >= 250);
    }
}
