//! What the engine knows of single words and set phrases: names of people,
//! places, organisations and works, and the words that announce them.
//!
//! The lists of `data/lists` and public name lists are packed by
//! `guillemet lexicon` into `data/lexicon.bin`: hashes of folded words, each
//! with the classes it belongs to. A list is evidence, never a verdict.

pub mod classes;
pub mod fold;

use std::sync::OnceLock;

use self::classes::{Classes, GIVEN_FEMALE, GIVEN_MALE};
use super::pack::{self, Chance, Reader};

/// Magic and version of a packed lexicon.
pub const MAGIC: [u8; 8] = *b"gl-lex02";
/// Bits of a word's hash that are kept: one unknown word in some hundreds is
/// taken for a listed one.
pub const WORD_BITS: u32 = 24;
/// Bits of a phrase's hash that are kept: phrases are asked for far more often
/// than words, and nearly always in vain.
pub const PHRASE_BITS: u32 = 27;
/// No entry is longer, in tokens.
pub const LONGEST: usize = 8;
/// Sets of classes that occur are numbered below this power of two.
pub const SET_BITS: u32 = 10;

static PACKED: &[u8] = include_bytes!("../data/lexicon.bin");

/// Grammatical gender of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// "il"
    Male,
    /// "elle"
    Female,
}

/// Classes by hashed word and by hashed phrase.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    words: Table,
    phrases: Table,
    /// The sets of classes that occur.
    sets: Vec<Classes>,
}

/// Numbers of sets by the kept bits of a hash; open addressing, zero is free.
/// Most of what is asked for is not there, so the hashes lie by themselves.
#[derive(Clone, Debug, Default)]
struct Table {
    bits: u32,
    hashes: Vec<u32>,
    sets: Vec<u16>,
}

/// The lexicon of the program.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| Lexicon::read(PACKED).unwrap_or_default())
}

/// The classes of one word, however it is written.
pub fn classes_of(word: &str) -> Classes {
    lexicon().word(fold::word(word))
}

/// The gender that a given name tells, where it tells one; a compound name
/// goes by its first part.
pub fn gender_of_given_name(name: &str) -> Option<Gender> {
    let gender = |name: &str| {
        let classes = classes_of(name);
        match (classes & GIVEN_MALE != 0, classes & GIVEN_FEMALE != 0) {
            (true, false) => Some(Gender::Male),
            (false, true) => Some(Gender::Female),
            _ => None,
        }
    };
    let first = name.split(['-', '\u{2010}', '\u{2011}', ' ']).next().unwrap_or(name);
    gender(name).or_else(|| gender(first))
}

impl Lexicon {
    /// Reads a packed lexicon; none where the bytes are not one.
    pub fn read(packed: &[u8]) -> Option<Self> {
        let mut reader = Reader::open(packed, MAGIC)?;
        let sets: Vec<Classes> = (0..reader.raw(SET_BITS)).map(|_| reader.raw(32)).collect();
        let words = Table::read(&mut reader, WORD_BITS, packed.len() * 4)?;
        let phrases = Table::read(&mut reader, PHRASE_BITS, packed.len() * 4)?;
        Some(Self { words, phrases, sets })
    }

    /// The classes of a hashed word; 0 where it is unknown.
    pub fn word(&self, hash: u32) -> Classes {
        self.classes(self.words.set(hash))
    }

    fn classes(&self, set: Option<u16>) -> Classes {
        set.and_then(|set| self.sets.get(usize::from(set))).copied().unwrap_or(0)
    }

    /// The classes of a hashed phrase; 0 where it is unknown.
    pub fn phrase(&self, hash: u32) -> Classes {
        self.classes(self.phrases.set(hash))
    }
}

impl Table {
    fn read(reader: &mut Reader, bits: u32, limit: usize) -> Option<Self> {
        let count = reader.raw(24) as usize;
        if count > limit {
            return None;
        }
        // At most two thirds are filled.
        let slots = (count * 3 / 2 + 1).next_power_of_two();
        let mut table = Self { bits, hashes: vec![0; slots], sets: vec![0; slots] };
        let (mut gaps, mut tree) = (pack::lengths(), vec![Chance::default(); 1 << SET_BITS]);
        let mut hash = 0u32;
        for _ in 0..count {
            hash = hash.wrapping_add(reader.number(&mut gaps)).wrapping_add(1);
            let set = reader.symbol(&mut tree, SET_BITS);
            table.put(hash, set as u16);
        }
        Some(table)
    }

    fn put(&mut self, hash: u32, set: u16) {
        let mask = self.hashes.len() - 1;
        let mut slot = hash as usize & mask;
        while self.hashes[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        (self.hashes[slot], self.sets[slot]) = (hash, set);
    }

    #[inline]
    fn set(&self, hash: u32) -> Option<u16> {
        let (last, kept) = (self.hashes.len().checked_sub(1)?, kept(hash, self.bits));
        let mut slot = kept as usize & last;
        loop {
            let hash = self.hashes[slot];
            if hash == kept {
                return self.sets.get(slot).copied();
            }
            if hash == 0 {
                return None;
            }
            slot = (slot + 1) & last;
        }
    }
}

/// The first `bits` bits of a hash, plus one: never zero.
pub const fn kept(hash: u32, bits: u32) -> u32 {
    (hash >> (32 - bits)) + 1
}

/// Packs words and phrases, each by their kept bits.
#[cfg(not(target_arch = "wasm32"))]
pub fn write(tables: [&std::collections::BTreeMap<u32, Classes>; 2]) -> Vec<u8> {
    let mut counts = std::collections::BTreeMap::<Classes, usize>::new();
    for classes in tables.iter().flat_map(|table| table.values()) {
        *counts.entry(*classes).or_default() += 1;
    }
    let mut sets: Vec<(usize, Classes)> = counts.into_iter().map(|(c, n)| (n, c)).collect();
    sets.sort_by(|a, b| b.cmp(a));
    sets.truncate((1 << SET_BITS) - 1);
    let mut writer = pack::Writer::default();
    writer.raw(SET_BITS, sets.len() as u32);
    for (_, classes) in &sets {
        writer.raw(32, *classes);
    }
    for entries in tables {
        writer.raw(24, entries.len() as u32);
        let (mut gaps, mut tree) = (pack::lengths(), vec![Chance::default(); 1 << SET_BITS]);
        let mut last = 0;
        for (hash, classes) in entries {
            writer.number(&mut gaps, hash - last - 1);
            last = *hash;
            // A set so rare that it has no number gives way to the nearest one.
            let set = sets
                .iter()
                .position(|(_, set)| set == classes)
                .or_else(|| {
                    (0..sets.len()).min_by_key(|i| ((sets[*i].1 ^ classes).count_ones(), *i))
                })
                .unwrap_or(0);
            writer.symbol(&mut tree, SET_BITS, set as u32);
        }
    }
    writer.finish(MAGIC)
}
