//! What the models look at in one token: its hashes, affixes, shape and
//! classes, and where it stands in its sentence. Computed once a text.

use std::ops::Range;

use crate::engine::chars;
use crate::engine::lexicon::classes::{self, Classes};
use crate::engine::lexicon::{LONGEST, Lexicon, fold};
use crate::engine::tokens::{Token, TokenKind};

/// Outer form of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Shape {
    /// Outside the sentence.
    Nothing,
    Other,
    Comma,
    Stop,
    Opens,
    Closes,
    OpensBracket,
    ClosesBracket,
    Dash,
    Colon,
    /// Digits.
    Number,
    /// Four digits from 1000 to 2199.
    Year,
    /// Digits and letters ("14H30").
    NumberWord,
    Lower,
    /// "l'"
    LowerElided,
    LowerHyphen,
    /// "Paris"
    Capital,
    /// "Jean-Luc"
    CapitalHyphenCapital,
    /// "Aix-en-Provence": hardly ever anything but a place.
    CapitalHyphenWithin,
    /// "Porte-parole"
    CapitalHyphenLower,
    /// "L'"
    CapitalElided,
    /// "OMS"
    Capitals,
    /// "APT31"
    CapitalsDigits,
    /// "SAINT-MALO"
    CapitalsHyphen,
    /// "A"
    Letter,
    /// "J."
    Initial,
    /// "M.", "Dr."
    Abbreviation,
    /// "iPhone", "McDonald"
    Mixed,
    /// "@elysee"
    Handle,
    /// "lemonde.fr"
    Domain,
}

impl Shape {
    /// Whether a token of this shape can stand in a name by its form.
    pub fn is_name_like(self) -> bool {
        use Shape::*;
        matches!(
            self,
            Capital
                | CapitalHyphenCapital
                | CapitalHyphenWithin
                | CapitalHyphenLower
                | Capitals
                | CapitalsDigits
                | CapitalsHyphen
                | Letter
                | Initial
                | Mixed
                | Handle
                | Domain
        )
    }
}

/// One token as the models see it.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Hash of the folded word.
    pub id: u32,
    /// Hashes of its first two and three, last two, three and four characters.
    pub prefixes: [u32; 2],
    pub suffixes: [u32; 3],
    pub shape: Shape,
    /// Characters, at most 255.
    pub length: u8,
    /// Its own classes.
    pub classes: Classes,
    /// Classes of its first part where it is a compound ("Jean-Luc").
    pub part_classes: Classes,
    /// Classes of the longest listed phrase over it, and its place there.
    pub phrase: Classes,
    pub place: PhrasePlace,
    /// First of its sentence, marks aside.
    pub initial: bool,
    /// Inside quotation marks.
    pub quoted: bool,
    /// Its line has hardly a lower-case word.
    pub shouted: bool,
    /// "14H30", "9h"
    pub is_clock: bool,
    /// How many words before it is the nearest that heads the name of an
    /// organisation, place or work, with no mark between; 0 for none near.
    pub after_head: u8,
    /// The same for one that heads a role.
    pub after_role: u8,
}

/// What stands outside the sentence.
pub const OUTSIDE: Word = Word {
    id: fold::NO_WORD,
    prefixes: [fold::NO_WORD; 2],
    suffixes: [fold::NO_WORD; 3],
    shape: Shape::Nothing,
    length: 0,
    classes: 0,
    part_classes: 0,
    phrase: 0,
    place: PhrasePlace::None,
    initial: false,
    quoted: false,
    shouted: false,
    is_clock: false,
    after_head: 0,
    after_role: 0,
};

impl Word {
    /// Which word it is to those around it: which number it is matters to no
    /// name.
    pub fn id_for_others(&self) -> u32 {
        if self.shape == Shape::Number { 3 } else { self.id }
    }
}

/// Where a token stands in a listed phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum PhrasePlace {
    None,
    Begin,
    Inside,
    End,
    Single,
}

/// A phrase of one word has classes that say something about names.
const NAMING: Classes = classes::PLACE
    | classes::GIVEN
    | classes::SURNAME
    | classes::ORG
    | classes::MISC
    | classes::PERSON
    | classes::MEDIA
    | classes::CLUB;

/// The words of a text.
pub fn read(text: &str, tokens: &[Token], sentences: &[Range<usize>], lex: &Lexicon) -> Vec<Word> {
    let mut words: Vec<Word> = tokens.iter().map(|t| word(t.of(text), t.kind, lex)).collect();
    for sentence in sentences {
        let words = &mut words[sentence.clone()];
        mark_phrases(words, lex);
        mark_places(words);
        mark_heads(words);
    }
    words
}

fn word(text: &str, kind: TokenKind, lex: &Lexicon) -> Word {
    let mut hasher = fold::Hasher::default();
    let mut part = None;
    // The first two and three folded characters, and a ring of the last four.
    let (mut head, mut tail, mut length) = ([NO; 3], [NO; 4], 0usize);
    for c in text.chars() {
        fold::each(c, |c| {
            if c == '-' && part.is_none() && length > 0 {
                part = Some(hasher.finish());
            }
            hasher.push(c);
            if length < 3 {
                head[length] = u32::from(c);
            }
            tail[length & 3] = u32::from(c);
            length += 1;
        });
    }
    let last = |n: usize| if length >= n { tail[(length - n) & 3] } else { NO };
    let id = hasher.finish();
    let suffix2 = fold::phrase(last(2), last(1));
    let suffix3 = fold::phrase(last(3), suffix2);
    let prefix2 = fold::phrase(head[0], head[1]);
    let shape = if kind == TokenKind::Mark { mark_shape(text) } else { shape(text, kind) };
    let letters = kind == TokenKind::Word;
    let classes = if letters { lex.word(id) } else { 0 };
    Word {
        id,
        prefixes: [prefix2, fold::phrase(prefix2, head[2])],
        suffixes: [suffix2, suffix3, fold::phrase(last(4), suffix3)],
        shape,
        length: length.min(255) as u8,
        classes,
        part_classes: part.filter(|_| letters).map_or(0, |part| lex.word(part)),
        is_clock: shape == Shape::NumberWord && is_clock(text),
        ..OUTSIDE
    }
}

const GUILLEMET: u32 = fold::word_of_char('«');

/// Stands for a character that is not there.
const NO: u32 = 0;

fn mark_shape(text: &str) -> Shape {
    match text.chars().next().unwrap_or(' ') {
        ',' => Shape::Comma,
        '.' | '!' | '?' | '…' => Shape::Stop,
        '«' | '“' | '‹' | '„' => Shape::Opens,
        '»' | '”' | '›' => Shape::Closes,
        '"' => Shape::Opens,
        '(' | '[' => Shape::OpensBracket,
        ')' | ']' => Shape::ClosesBracket,
        '-' | '–' | '—' | '\u{2010}' | '\u{2011}' => Shape::Dash,
        ':' | ';' => Shape::Colon,
        _ => Shape::Other,
    }
}

fn shape(text: &str, kind: TokenKind) -> Shape {
    let (mut upper, mut lower, mut digits, mut hyphens, mut points) = (0, 0, 0, 0, 0);
    let (mut after_hyphen_upper, mut previous, mut inner_upper) = (false, ' ', false);
    let mut after_hyphen_lower = false;
    for c in text.chars() {
        after_hyphen_lower |= is_hyphen(previous) && chars::is_lowercase(c);
        if chars::is_uppercase(c) {
            upper += 1;
            after_hyphen_upper |= is_hyphen(previous);
            inner_upper |= chars::is_lowercase(previous);
        } else if chars::is_alphabetic(c) {
            lower += 1;
        } else if chars::is_numeric(c) {
            digits += 1;
        } else if is_hyphen(c) {
            hyphens += 1;
        } else if c == '.' {
            points += 1;
        }
        previous = c;
    }
    let first = text.chars().next().unwrap_or(' ');
    let elided = matches!(previous, '\'' | '’' | 'ʼ');
    if kind == TokenKind::Number {
        return match (lower + upper, digits) {
            (0, 4) if matches!(text.as_bytes(), [b'1', ..] | [b'2', b'0' | b'1', ..]) => {
                Shape::Year
            }
            (0, _) => Shape::Number,
            _ => Shape::NumberWord,
        };
    }
    match () {
        () if matches!(first, '@' | '#') => Shape::Handle,
        () if points > 0 && previous != '.' && lower > 0 => Shape::Domain,
        () if previous == '.' && upper > 0 && lower == 0 => Shape::Initial,
        () if previous == '.' => Shape::Abbreviation,
        () if matches!(text, "M" | "MM" | "Mme" | "Mmes" | "Mlle" | "Dr" | "Me" | "Mgr" | "Pr") => {
            Shape::Abbreviation
        }
        () if upper == 0 && elided => Shape::LowerElided,
        () if upper == 0 && hyphens > 0 => Shape::LowerHyphen,
        () if upper == 0 => Shape::Lower,
        () if elided && upper == 1 && lower <= 2 => Shape::CapitalElided,
        () if lower == 0 && digits > 0 => Shape::CapitalsDigits,
        () if lower == 0 && upper == 1 => Shape::Letter,
        () if lower == 0 && hyphens > 0 => Shape::CapitalsHyphen,
        () if lower == 0 => Shape::Capitals,
        () if !chars::is_uppercase(first) || inner_upper || digits > 0 => Shape::Mixed,
        () if hyphens > 1 && after_hyphen_upper && after_hyphen_lower => Shape::CapitalHyphenWithin,
        () if hyphens > 0 && after_hyphen_upper => Shape::CapitalHyphenCapital,
        () if hyphens > 0 => Shape::CapitalHyphenLower,
        () if upper > 1 => Shape::Mixed,
        () => Shape::Capital,
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Digits, one "h", at most two more digits.
fn is_clock(text: &str) -> bool {
    let mut parts = text.split(['h', 'H']);
    let mut short = || parts.next().is_some_and(|part| part.len() <= 2 && all_digits(part));
    short() && short() && parts.next().is_none()
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Finds the listed phrases of one sentence, longest first, left to right.
fn mark_phrases(words: &mut [Word], lex: &Lexicon) {
    let mut at = 0;
    while at < words.len() {
        let (mut length, mut found) = (1, words[at].classes & NAMING);
        if words[at].classes & classes::STARTS != 0 {
            let mut hash = words[at].id;
            for (next, word) in words.iter().enumerate().take(at + LONGEST).skip(at + 1) {
                hash = fold::phrase(hash, word.id);
                let classes = lex.phrase(hash);
                if classes != 0 {
                    (length, found) = (next + 1 - at, classes);
                }
            }
        }
        if length == 1 && !words[at].shape.is_name_like() {
            found = 0;
        }
        if found != 0 {
            for (i, word) in words[at..at + length].iter_mut().enumerate() {
                word.phrase = found;
                word.place = match i {
                    0 if length == 1 => PhrasePlace::Single,
                    0 => PhrasePlace::Begin,
                    i if i + 1 == length => PhrasePlace::End,
                    _ => PhrasePlace::Inside,
                };
            }
        }
        at += length;
    }
}

/// Marks what stands first, what is quoted and what is shouted.
fn mark_places(words: &mut [Word]) {
    let mut begun = false;
    let mut quoted = false;
    let (mut capitals, mut lower) = (0, 0);
    for word in words.iter_mut() {
        match word.shape {
            Shape::Opens => quoted = !quoted || word.id == GUILLEMET,
            Shape::Closes => quoted = false,
            _ => word.quoted = quoted,
        }
        let is_word = word.shape >= Shape::Number;
        word.initial = is_word && !begun;
        begun |= is_word;
        match word.shape {
            Shape::Capitals | Shape::CapitalsHyphen if word.length > 1 => capitals += 1,
            Shape::Lower | Shape::LowerHyphen | Shape::Capital => lower += 1,
            _ => (),
        }
    }
    if capitals >= 3 && capitals > 2 * lower {
        words.iter_mut().for_each(|word| word.shouted = true);
    }
}

/// Tells each word how far before it the nearest head is.
fn mark_heads(words: &mut [Word]) {
    const HEADS: Classes = classes::ORG_HEAD | classes::PLACE_HEAD | classes::MISC_HEAD;
    const ROLES: Classes = classes::ROLE_HEAD | classes::TRADE;
    const FURTHEST_HEAD: u8 = 6;
    const FURTHEST_ROLE: u8 = 9;
    // The distance to the next word; none where it would be too far.
    let next =
        |distance: u8, furthest| if (1..furthest).contains(&distance) { distance + 1 } else { 0 };
    let (mut head, mut role) = (0, 0);
    for word in words {
        (word.after_head, word.after_role) = (head, role);
        let is_mark = word.shape < Shape::Number;
        head = match () {
            () if is_mark || word.shape == Shape::Abbreviation => 0,
            () if word.classes & HEADS != 0 => 1,
            () => next(head, FURTHEST_HEAD),
        };
        role = match () {
            () if is_mark => 0,
            () if word.classes & ROLES != 0 => 1,
            () => next(role, FURTHEST_ROLE),
        };
    }
}
