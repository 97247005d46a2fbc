//! One token in its sentence, and what stands around it: what the templates of
//! features ask for. Outside the sentence there is nothing.

use std::ops::Range;

use super::words::{self, Word};
use crate::engine::lexicon::classes::Classes;

/// One token in its sentence.
#[derive(Debug)]
pub struct Seen<'s> {
    words: &'s [Word],
    range: &'s Range<usize>,
    at: usize,
    /// From two before it to two after it.
    near: [&'s Word; 5],
}

impl<'s> Seen<'s> {
    /// The token `at` in its sentence `range`.
    pub fn new(words: &'s [Word], range: &'s Range<usize>, at: usize) -> Self {
        let near = |at: usize| match words.get(at) {
            Some(word) if range.contains(&at) => word,
            _ => &words::OUTSIDE,
        };
        let before = |distance| at.checked_sub(distance).map_or(&words::OUTSIDE, near);
        let near = [before(2), before(1), &words[at], near(at + 1), near(at + 2)];
        Self { words, range, at, near }
    }

    /// The word at most two tokens away.
    #[inline(always)]
    pub fn near(&self, offset: isize) -> &Word {
        self.near[(offset + 2) as usize]
    }

    /// The word any number of tokens away.
    pub fn word(&self, offset: isize) -> &Word {
        match self.at.checked_add_signed(offset) {
            Some(at) if self.range.contains(&at) => &self.words[at],
            _ => &words::OUTSIDE,
        }
    }

    /// Which word it is, at most two tokens away.
    pub fn id(&self, offset: isize) -> u32 {
        self.near(offset).id_for_others()
    }

    /// The last three letters.
    pub fn ending(&self, offset: isize) -> u32 {
        self.near(offset).suffixes[1]
    }

    /// Its form, as a value.
    pub fn shape(&self, offset: isize) -> u32 {
        self.near(offset).shape as u32
    }

    /// Its classes.
    pub fn classes(&self, offset: isize) -> Classes {
        self.near(offset).classes
    }

    /// Where the run of name-like words around the token starts and ends.
    pub fn run(&self) -> (usize, usize) {
        const FURTHEST: usize = 8;
        let (mut start, mut end) = (self.at, self.at + 1);
        while start > self.range.start
            && self.at - start < FURTHEST
            && self.words[start - 1].shape.is_name_like()
        {
            start -= 1;
        }
        while end < self.range.end
            && end - self.at < FURTHEST
            && self.words[end].shape.is_name_like()
        {
            end += 1;
        }
        (start, end)
    }
}
