//! What one document tells about each of its capitalised words, gathered from
//! all places where the word stands: a surname that once follows a given name
//! is a surname everywhere, a word that once stands in lower case is hardly a
//! name at the start of a sentence; and whether the document is about sports,
//! where towns are teams.

use std::ops::Range;

use super::words::{PhrasePlace, Shape, Word};
use crate::engine::lexicon::classes;
use crate::engine::lexicon::fold;

/// What is known of one word; bits of a set.
pub type Facts = u32;

/// The bits that [`Memory::facts`] may have set.
pub const BITS: u32 = 22;

const LOWER: Facts = 1;
const CAPITAL_INSIDE: Facts = 1 << 1;
const AFTER_GIVEN: Facts = 1 << 2;
const AFTER_TITLE: Facts = 1 << 3;
const AFTER_LOCATIVE: Facts = 1 << 4;
const AFTER_ROLE: Facts = 1 << 5;
const BEFORE_CAPITAL: Facts = 1 << 6;
const AFTER_CAPITAL: Facts = 1 << 7;
const IN_BRACKETS: Facts = 1 << 8;
const AFTER_ARTICLE: Facts = 1 << 9;
const AFTER_ORG_HEAD: Facts = 1 << 10;
const AFTER_DE: Facts = 1 << 11;
const AGAIN: Facts = 1 << 12;
const IN_PERSON: Facts = 1 << 13;
const IN_PLACE: Facts = 1 << 14;
const IN_ORG: Facts = 1 << 15;
const BEFORE_SPEECH: Facts = 1 << 16;
const AFTER_PLACE_HEAD: Facts = 1 << 17;
const BEFORE_AGE: Facts = 1 << 18;
const AFTER_SPEECH: Facts = 1 << 19;
const AFTER_PARTICLE_ARTICLE: Facts = 1 << 20;
const IN_MISC: Facts = 1 << 21;

/// The facts by word.
#[derive(Clone, Debug)]
pub struct Memory {
    slots: Vec<(u32, Facts)>,
    sport: Sport,
}

/// How much of a document is about sports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Sport {
    No,
    Perhaps,
    Yes,
}

impl Memory {
    /// Gathers the facts of a document.
    pub fn new(words: &[Word], sentences: &[Range<usize>]) -> Self {
        let capitals = words.iter().filter(|w| w.shape.is_name_like()).count();
        let mut memory = Self {
            slots: vec![(0, 0); (capitals * 2 + 16).next_power_of_two()],
            sport: sport(words),
        };
        for sentence in sentences {
            let words = &words[sentence.clone()];
            for i in 0..words.len() {
                if words[i].shape.is_name_like() && !words[i].shouted {
                    let facts = facts_at(words, i);
                    memory.add(words[i].id, facts);
                }
            }
        }
        // Lower case counts only for words that are also written large.
        for word in words {
            if word.shape == Shape::Lower
                && let Some(facts) = memory.slot(word.id)
            {
                *facts |= LOWER;
            }
        }
        memory
    }

    /// How much of the document is about sports.
    pub const fn sport(&self) -> Sport {
        self.sport
    }

    fn index(&self, id: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (id.wrapping_mul(0x9e37_79b1) >> 4) as usize & mask;
        while self.slots[slot].0 != 0 && self.slots[slot].0 != id {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn slot(&mut self, id: u32) -> Option<&mut Facts> {
        let index = self.index(id);
        let (found, facts) = &mut self.slots[index];
        (*found == id).then_some(facts)
    }

    fn add(&mut self, id: u32, new: Facts) {
        let index = self.index(id);
        let (found, facts) = &mut self.slots[index];
        if *found == id {
            *facts |= new | AGAIN;
        } else {
            (*found, *facts) = (id, new);
        }
    }

    /// What is known of a word; 0 for one never written large.
    pub fn facts(&self, id: u32) -> Facts {
        let (found, facts) = self.slots[self.index(id)];
        if found == id { facts } else { 0 }
    }
}

const LOCATIVES: [u32; 8] =
    fold::ids(["a", "en", "vers", "depuis", "pres", "entre", "chez", "dans"]);
const ARTICLES: [u32; 5] = fold::ids(["le", "la", "l'", "les", "au"]);
const OF: [u32; 4] = fold::ids(["de", "d'", "du", "des"]);

/// What the place `i` tells about its word.
fn facts_at(words: &[Word], i: usize) -> Facts {
    let mut facts = 0;
    let mut set = |bit, when: bool| {
        if when {
            facts |= bit;
        }
    };
    let word = &words[i];
    set(CAPITAL_INSIDE, !word.initial && !word.quoted);
    if let Some(before) = i.checked_sub(1).map(|i| &words[i]) {
        let all = before.classes | before.part_classes;
        let large = before.shape.is_name_like();
        set(AFTER_GIVEN, large && all & classes::GIVEN != 0);
        set(AFTER_CAPITAL, large);
        set(AFTER_TITLE, before.classes & classes::TITLE != 0);
        set(AFTER_LOCATIVE, LOCATIVES.contains(&before.id));
        set(AFTER_ARTICLE, ARTICLES.contains(&before.id));
        set(AFTER_DE, OF.contains(&before.id));
        set(AFTER_ROLE, !large && before.classes & (classes::ROLE_HEAD | classes::TRADE) != 0);
        set(AFTER_ORG_HEAD, before.classes & classes::ORG_HEAD != 0);
        set(AFTER_PLACE_HEAD, before.classes & classes::PLACE_HEAD != 0);
        set(AFTER_SPEECH, before.classes & classes::SPEECH != 0);
        let brackets = before.shape == Shape::OpensBracket
            && words.get(i + 1).is_some_and(|w| w.shape == Shape::ClosesBracket);
        set(IN_BRACKETS, brackets);
        if i >= 2 {
            let head = &words[i - 2];
            let article = ARTICLES.contains(&before.id) || OF.contains(&before.id);
            set(AFTER_ORG_HEAD, article && head.classes & classes::ORG_HEAD != 0);
            set(AFTER_PLACE_HEAD, article && head.classes & classes::PLACE_HEAD != 0);
            set(AFTER_PARTICLE_ARTICLE, article && head.shape.is_name_like());
        }
    }
    if let Some(after) = words.get(i + 1) {
        set(BEFORE_CAPITAL, after.shape.is_name_like());
        set(BEFORE_SPEECH, after.classes & classes::SPEECH != 0);
        set(
            BEFORE_AGE,
            after.shape == Shape::Comma
                && words.get(i + 2).is_some_and(|w| w.shape == Shape::Number),
        );
    }
    if word.place != PhrasePlace::None && word.place != PhrasePlace::Single {
        set(IN_PERSON, word.phrase & classes::PERSON != 0);
        set(IN_PLACE, word.phrase & classes::PLACE != 0);
        set(IN_ORG, word.phrase & (classes::ORG | classes::MEDIA | classes::CLUB) != 0);
        set(IN_MISC, word.phrase & classes::MISC != 0);
    }
    facts
}

/// Judges by words of sports: how often they stand among words in lower case,
/// and how many different ones, since one of them alone is about anything.
fn sport(words: &[Word]) -> Sport {
    const LOWER_FOR_EACH: usize = 40;
    const SOME: u32 = 3;
    const MANY: u32 = 6;
    let (mut all, mut lower) = (0, 0);
    let mut seen = [0u64; 4];
    for word in words.iter().filter(|word| !word.shape.is_name_like()) {
        lower += usize::from(word.shape == Shape::Lower);
        if word.classes & classes::SPORT != 0 {
            all += 1;
            let bit = word.id >> 5 & 255;
            seen[bit as usize / 64] |= 1 << (bit % 64);
        }
    }
    let different: u32 = seen.iter().map(|bits| bits.count_ones()).sum();
    match different {
        _ if all * LOWER_FOR_EACH < lower => Sport::No,
        MANY.. => Sport::Yes,
        SOME.. => Sport::Perhaps,
        _ => Sport::No,
    }
}
