//! Dates and quantities by their form: which tokens could be one, and where it
//! starts. The chain of parts weighs this against what stands around, since
//! "14 ans" is an age here and a duration there.

use std::ops::Range;

use super::words::{Shape, Word};
use crate::engine::lexicon::classes;
use crate::engine::lexicon::fold::{id, ids};

/// What a token could be part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum Form {
    #[default]
    None,
    DateBegin,
    DateInside,
    QuantityBegin,
    QuantityInside,
    /// A number with a stretch of time: an age or a duration.
    SpanBegin,
    SpanInside,
}

const DAY_PARTS: [u32; 8] =
    ids(["matin", "soir", "midi", "apres-midi", "nuit", "matinee", "soiree", "minuit"]);
const NEAR_DAYS: [u32; 5] = ids(["hier", "aujourd'hui", "demain", "avant-hier", "apres-demain"]);
const RELATIVE: [u32; 12] = ids([
    "dernier",
    "derniere",
    "prochain",
    "prochaine",
    "passe",
    "passee",
    "suivant",
    "suivante",
    "precedent",
    "precedente",
    "derniers",
    "courant",
]);
const STRETCHES: [u32; 12] = ids([
    "semaine",
    "mois",
    "annee",
    "an",
    "ete",
    "automne",
    "hiver",
    "printemps",
    "week-end",
    "decennie",
    "trimestre",
    "siecle",
]);
const SEASONS: [u32; 4] = ids(["ete", "automne", "hiver", "printemps"]);
const NEARNESS: [u32; 6] = ids(["debut", "fin", "mi", "courant", "milieu", "mi-"]);
const HOURS: [u32; 4] = ids(["h", "heures", "heure", "gmt"]);
const THIS: [u32; 4] = ids(["ce", "cet", "cette", "meme"]);
const TIME_UNITS: [u32; 18] = ids([
    "ans",
    "an",
    "mois",
    "jours",
    "jour",
    "semaines",
    "semaine",
    "heures",
    "heure",
    "minutes",
    "minute",
    "secondes",
    "seconde",
    "annees",
    "annee",
    "siecles",
    "decennies",
    "nuits",
]);
const MULTIPLIERS: [u32; 6] =
    ids(["million", "millions", "milliard", "milliards", "milliers", "mille"]);
const ROUND: [u32; 13] = ids([
    "dizaine",
    "dizaines",
    "quinzaine",
    "vingtaine",
    "trentaine",
    "quarantaine",
    "cinquantaine",
    "soixantaine",
    "centaine",
    "centaines",
    "millier",
    "milliers",
    "douzaine",
]);
const ONE: [u32; 2] = ids(["un", "une"]);
const OF: [u32; 2] = ids(["de", "d'"]);
const AT: [u32; 1] = ids(["au"]);
const FIRST: [u32; 2] = ids(["1er", "premier"]);
const AND: u32 = id("et");
const CENTURY: u32 = id("siecle");
const YEARS: u32 = id("annees");
const PERCENT: u32 = id("%");
const MONEY: [u32; 3] = [
    super::super::lexicon::fold::word_of_char('$'),
    super::super::lexicon::fold::word_of_char('€'),
    super::super::lexicon::fold::word_of_char('£'),
];

/// What each token of one sentence could be part of.
pub fn forms(words: &[Word], sentence: &Range<usize>, out: &mut [Form]) {
    let words = &words[sentence.clone()];
    let mut at = 0;
    while at < words.len() {
        if !may_begin(words, at) {
            at += 1;
            continue;
        }
        let found = date(words, at)
            .map(|end| (end, Form::DateBegin, Form::DateInside))
            .or_else(|| quantity(words, at));
        let Some((end, begin, inside)) = found else {
            at += 1;
            continue;
        };
        out[at] = begin;
        out[at + 1..end].fill(inside);
        at = end;
    }
}

/// Whether a date or quantity could start here: most words tell at once that
/// none does.
fn may_begin(words: &[Word], at: usize) -> bool {
    let word = &words[at];
    let digits = matches!(word.shape, Shape::Number | Shape::Year | Shape::NumberWord);
    let listed = OPENING[(word.id >> 27) as usize] >> (word.id >> 21 & 63) & 1 == 1;
    let class = classes::WEEKDAY | classes::MONTH | classes::NUMERAL;
    digits || listed || word.classes & class != 0 || is(words, at + 1, &[CENTURY])
}

/// The words that a date or quantity may start with: a bit for the first
/// eleven of each hash.
const OPENING: [u64; 32] = {
    let lists: [&[u32]; 11] = [
        &NEARNESS,
        &NEAR_DAYS,
        &DAY_PARTS,
        &FIRST,
        &THIS,
        &STRETCHES,
        &SEASONS,
        &[YEARS],
        &MONEY,
        &ONE,
        &ROUND,
    ];
    let (mut set, mut list) = ([0; 32], 0);
    while list < lists.len() {
        let mut at = 0;
        while at < lists[list].len() {
            let id = lists[list][at];
            set[(id >> 27) as usize] |= 1 << (id >> 21 & 63);
            at += 1;
        }
        list += 1;
    }
    set
};

fn is(words: &[Word], at: usize, known: &[u32]) -> bool {
    words.get(at).is_some_and(|w| known.contains(&w.id))
}

fn has(words: &[Word], at: usize, class: u32) -> bool {
    words.get(at).is_some_and(|w| w.classes & class != 0)
}

fn shaped(words: &[Word], at: usize, shape: Shape) -> bool {
    words.get(at).is_some_and(|w| w.shape == shape)
}

fn month(words: &[Word], at: usize) -> bool {
    has(words, at, classes::MONTH)
}

/// A day of the month: "26", "1er".
fn day(words: &[Word], at: usize) -> bool {
    words.get(at).is_some_and(|w| match w.shape {
        Shape::Number => w.length <= 2,
        Shape::NumberWord => w.id == FIRST[0],
        _ => false,
    }) || is(words, at, &FIRST[1..])
}

/// Where a date that starts at `at` ends.
fn date(words: &[Word], at: usize) -> Option<usize> {
    let mut end = at;
    if is(words, at, &NEARNESS) && (month(words, at + 1) || shaped(words, at + 1, Shape::Year)) {
        end = at + 1;
    }
    if has(words, end, classes::WEEKDAY) {
        end += 1;
        if day(words, end) && month(words, end + 1) {
            return Some(after_month(words, end + 2));
        }
        return Some(tail(words, end));
    }
    if day(words, end) && month(words, end + 1) {
        return Some(tail(words, after_month(words, end + 2)));
    }
    if month(words, end) {
        return Some(tail(words, after_month(words, end + 1)));
    }
    if is(words, at, &NEAR_DAYS) {
        return Some(tail(words, at + 1));
    }
    if shaped(words, end, Shape::Year) && !measured(words, end + 1) {
        return Some(end + 1);
    }
    clock(words, at)
        .or_else(|| stretch(words, at))
        .or_else(|| (is(words, at, &DAY_PARTS[2..3])).then_some(at + 1))
        .or_else(|| (is(words, at, &DAY_PARTS[7..8])).then_some(at + 1))
}

fn after_month(words: &[Word], at: usize) -> usize {
    if shaped(words, at, Shape::Year) { at + 1 } else { at }
}

/// What goes on after a day: "soir", "dernier", "après-midi".
fn tail(words: &[Word], mut at: usize) -> usize {
    if is(words, at, &RELATIVE) {
        at += 1;
    }
    if is(words, at, &DAY_PARTS) {
        at += 1;
    } else if is(words, at, &AT) && is(words, at + 1, &DAY_PARTS) {
        at += 2;
    }
    at
}

/// "14H30", "14 h 30", "10 heures".
fn clock(words: &[Word], at: usize) -> Option<usize> {
    let word = words.get(at)?;
    let glued = word.shape == Shape::NumberWord && word.length <= 6 && word.is_clock;
    if glued {
        let minutes = word.length <= 3 && shaped(words, at + 1, Shape::Number);
        return Some(if minutes { at + 2 } else { at + 1 });
    }
    let hour = word.shape == Shape::Number && word.length <= 2;
    if hour && is(words, at + 1, &HOURS) {
        let minutes = shaped(words, at + 2, Shape::Number) && words[at + 2].length == 2;
        return Some(if minutes { at + 3 } else { at + 2 });
    }
    None
}

/// "ce matin", "cette année", "semaine dernière", "années 1980", "XXe siècle",
/// "été 2020".
fn stretch(words: &[Word], at: usize) -> Option<usize> {
    if is(words, at, &THIS) && (is(words, at + 1, &STRETCHES) || is(words, at + 1, &DAY_PARTS)) {
        return Some(at + 2);
    }
    if is(words, at, &STRETCHES) && is(words, at + 1, &RELATIVE) {
        return Some(at + 2);
    }
    if is(words, at, &SEASONS) && shaped(words, at + 1, Shape::Year) {
        return Some(at + 2);
    }
    if is(words, at, &[YEARS])
        && words.get(at + 1).is_some_and(|w| matches!(w.shape, Shape::Year | Shape::Number))
    {
        return Some(at + 2);
    }
    let ordinal = words.get(at).is_some_and(|w| w.shape >= Shape::Number);
    (ordinal && is(words, at + 1, &[CENTURY])).then_some(at + 2)
}

/// Whether a unit of measure stands here, so that the number before it is no
/// year.
fn measured(words: &[Word], at: usize) -> bool {
    has(words, at, classes::UNIT) || is(words, at, &[PERCENT]) || is(words, at, &MULTIPLIERS)
}

fn quantity(words: &[Word], at: usize) -> Option<(usize, Form, Form)> {
    let whole = (Form::QuantityBegin, Form::QuantityInside);
    let with = |end| Some((end, whole.0, whole.1));
    let word = words.get(at)?;
    if MONEY.contains(&word.id) && shaped(words, at + 1, Shape::Number) {
        return with(number(words, at + 1)?);
    }
    if is(words, at, &ONE) && is(words, at + 1, &ROUND) {
        return with(unit(words, at + 2));
    }
    if is(words, at, &ROUND) {
        return with(unit(words, at + 1));
    }
    let end = number(words, at)?;
    if is(words, end, &TIME_UNITS) {
        return Some((end + 1, Form::SpanBegin, Form::SpanInside));
    }
    let end = unit(words, end);
    with(end)
}

/// Where a number ends, with what multiplies it: "12", "deux cent mille",
/// "1,5 million".
fn number(words: &[Word], at: usize) -> Option<usize> {
    let mut end = at;
    let digits = words.get(at).is_some_and(|w| {
        matches!(w.shape, Shape::Number | Shape::Year)
            || (w.shape == Shape::NumberWord && !w.is_clock)
    });
    if digits {
        // Letters glued to digits are an ordinal or a name.
        if words[at].shape == Shape::NumberWord {
            return None;
        }
        end += 1;
    } else if is(words, at, &ONE) && is(words, at + 1, &MULTIPLIERS) {
        end += 1;
    } else {
        while has(words, end, classes::NUMERAL)
            || (end > at && is(words, end, &[AND]) && has(words, end + 1, classes::NUMERAL))
        {
            end += 1;
        }
    }
    while end > at && is(words, end, &MULTIPLIERS) {
        end += 1;
    }
    (end > at).then_some(end)
}

/// Where the unit after a number ends.
fn unit(words: &[Word], at: usize) -> usize {
    if is(words, at, &[PERCENT]) || has(words, at, classes::UNIT) || is(words, at, &MONEY) {
        return unit_tail(words, at + 1);
    }
    if is(words, at, &OF) && has(words, at + 1, classes::UNIT) {
        return unit_tail(words, at + 2);
    }
    if is(words, at, &OF) && is(words, at + 1, &MULTIPLIERS) {
        return unit(words, at + 2);
    }
    at
}

/// "dollars américains", "mètres carrés", "km/h".
fn unit_tail(words: &[Word], at: usize) -> usize {
    const KINDS: [u32; 6] = ids(["carres", "cubes", "carre", "cube", "celsius", "cfa"]);
    if is(words, at, &KINDS) { at + 1 } else { at }
}
