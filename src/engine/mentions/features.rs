//! What the chains see at a token, as hashed features.
//!
//! A feature is a template and the values in it, mixed into 32 bits. The
//! trainer and the tagger call the same functions. Templates come in groups,
//! so that training can hide a group and keep the model from leaning on it.

use std::ops::Range;

use super::grammar;
use super::memory::{self, Memory, Sport};
use super::seen::Seen;
use super::words::{PhrasePlace, Shape, Word};
use crate::engine::lexicon::classes::{self, Classes};
use crate::engine::lexicon::fold;

/// What a template looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Which word stands at the token itself.
    Identity,
    /// Lists, for the token itself.
    Lists,
    /// Words and shapes around.
    Context,
    /// The rest of the document.
    Memory,
    /// Plain form: the ground that is never hidden.
    Form,
}

/// Takes features as they are made.
pub trait Sink {
    /// One feature of a group.
    fn feature(&mut self, group: Group, hash: u32);
}

/// A text as the chains see it.
#[derive(Debug)]
pub struct View<'v> {
    pub words: &'v [Word],
    pub memory: &'v Memory,
}

/// Mixes a template and two values.
#[inline]
pub fn hash(template: u32, a: u32, b: u32) -> u32 {
    let x = (u64::from(a) << 32 | u64::from(b)) ^ u64::from(template).wrapping_mul(SPREAD);
    let x = (x ^ (x >> 31)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let x = (x ^ (x >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (x >> 32) as u32
}

const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// Classes that tell something at a neighbour.
const AROUND: Classes = classes::GIVEN
    | classes::TITLE
    | classes::ROLE_HEAD
    | classes::TRADE
    | classes::ORG_HEAD
    | classes::PLACE_HEAD
    | classes::MISC_HEAD
    | classes::DEMONYM
    | classes::SPEECH
    | classes::FUNCTION
    | classes::MONTH
    | classes::WEEKDAY
    | classes::UNIT
    | classes::NUMERAL
    | classes::ORG_WORD
    | classes::DOMAIN
    | classes::PARTICLE
    | classes::SPORT
    | classes::FIRM;

/// Classes that tell something about roles, dates and quantities.
const TELLING: Classes = AROUND & !classes::GIVEN & !classes::SPORT & !classes::FIRM;

/// Words that join names of one kind.
const JOINS: [u32; 3] = fold::ids(["et", "ou", "ni"]);

/// What a word in a report on sports is otherwise.
const ELSEWHERE: Classes =
    classes::PLACE | classes::CLUB | classes::GIVEN | classes::SURNAME | classes::PERSON;

/// The sentence `range`, token by token, as the chain of names sees it.
pub fn names(view: &View, range: &Range<usize>, at: usize, sink: &mut impl Sink) {
    let seen = Seen::new(view.words, range, at);
    let word = &view.words[at];
    let large = word.shape.is_name_like();
    let shape = word.shape as u32;
    let before = seen.id(-1);
    let after = seen.id(1);
    let (shape_before, shape_after) = (seen.shape(-1), seen.shape(1));

    use Group::{Context, Form, Identity, Lists};
    sink.feature(Form, hash(1, shape, 0));
    sink.feature(Form, hash(2, shape, shape_before << 8 | shape_after));
    sink.feature(Form, hash(3, shape, shape_before << 8 | seen.shape(-2)));
    sink.feature(Form, hash(4, shape, shape_after << 8 | seen.shape(2)));
    sink.feature(
        Form,
        hash(
            5,
            shape,
            u32::from(word.initial) | u32::from(word.quoted) << 1 | u32::from(word.shouted) << 2,
        ),
    );
    sink.feature(Identity, hash(6, word.id, u32::from(large)));
    sink.feature(Context, hash(7, before, u32::from(large)));
    sink.feature(Context, hash(8, after, u32::from(large)));
    sink.feature(Context, hash(9, seen.id(-2), u32::from(large)));
    sink.feature(Context, hash(10, seen.id(2), u32::from(large)));
    sink.feature(Identity, hash(11, before, word.id));
    sink.feature(Identity, hash(12, word.id, after));
    sink.feature(Identity, hash(16, word.suffixes[1], u32::from(large)));
    let own = word.classes & !classes::STARTS;
    let around_before = seen.classes(-1) & AROUND;
    let around_after = seen.classes(1) & AROUND;
    sink.feature(Lists, hash(17, own & AROUND, u32::from(large)));
    sink.feature(Context, hash(18, around_before, shape));
    sink.feature(Context, hash(19, around_after, shape));
    sink.feature(Context, hash(20, around_before, seen.classes(-2) & AROUND));
    if word.place != PhrasePlace::None {
        sink.feature(Lists, hash(21, word.phrase, word.place as u32));
        each(sink, Lists, 22, word.phrase & !classes::STARTS, word.place as u32);
    }
    if word.after_head > 0 {
        let head = seen.word(-isize::from(word.after_head));
        sink.feature(Context, hash(23, head.id, u32::from(large)));
        sink.feature(
            Context,
            hash(24, head.classes & AROUND, shape << 4 | u32::from(word.after_head)),
        );
    }
    if !large {
        return;
    }

    if view.memory.sport() != Sport::No {
        let (sport, other) = (view.memory.sport() as u32, own & ELSEWHERE);
        sink.feature(Form, hash(80, shape, sport));
        sink.feature(Context, hash(81, before, sport));
        sink.feature(Context, hash(82, after, sport));
        sink.feature(Lists, hash(83, other, sport));
        sink.feature(Lists, hash(84, other, before));
        sink.feature(Lists, hash(85, other, after));
        sink.feature(Form, hash(86, shape, shape_before << 8 | shape_after));
    }
    for (side, beside, other) in [(0, -1, -2), (1, 1, 2)] {
        let (join, other) = (seen.near(beside), seen.near(other));
        let comma = join.shape == Shape::Comma;
        if other.shape.is_name_like() && (comma || JOINS.contains(&join.id)) {
            let kind = u32::from(comma) << 1 | side;
            let listed = other.classes & !classes::STARTS;
            sink.feature(Lists, hash(65, listed, kind));
            sink.feature(Form, hash(66, other.shape as u32, kind | shape << 2));
            each(sink, Lists, 67, listed, kind);
        }
    }
    sink.feature(Identity, hash(30, word.suffixes[0], shape));
    sink.feature(Identity, hash(31, word.suffixes[2], 0));
    sink.feature(Identity, hash(32, word.prefixes[1], 0));
    sink.feature(Identity, hash(33, word.prefixes[0], shape));
    // How the words around end: a verb after it, a noun before "de".
    sink.feature(Context, hash(43, seen.ending(1), u32::from(word.initial)));
    sink.feature(Context, hash(44, seen.ending(-2), before));
    if word.initial {
        sink.feature(Context, hash(45, after, shape));
        sink.feature(Lists, hash(46, own, u32::from(word.quoted)));
        sink.feature(Form, hash(47, word.suffixes[2], shape));
    }
    sink.feature(Form, hash(34, shape, u32::from(word.length.min(12))));
    if own != 0 {
        sink.feature(Lists, hash(35, own, shape));
        sink.feature(Lists, hash(36, own, seen.classes(-1) & !classes::STARTS));
        sink.feature(Lists, hash(37, own, seen.classes(1) & !classes::STARTS));
        sink.feature(Lists, hash(38, own, before));
        each(sink, Lists, 39, own, shape);
    } else {
        sink.feature(Lists, hash(40, word.part_classes & !classes::STARTS, shape));
        sink.feature(Lists, hash(41, seen.classes(-1) & !classes::STARTS, 0));
        sink.feature(Lists, hash(42, seen.classes(1) & !classes::STARTS, 0));
    }

    // The run of large words that this one stands in.
    let run = seen.run();
    let first = run.0 as isize - at as isize;
    let last = run.1 as isize - at as isize;
    let length = (last - first).min(5) as u32;
    let position = u32::from(first == 0) | u32::from(last == 1) << 1;
    sink.feature(Form, hash(50, length, position | ((-first).min(3) as u32) << 2));
    sink.feature(Context, hash(51, seen.word(first - 1).id_for_others(), position));
    sink.feature(Context, hash(52, seen.word(last).id_for_others(), position));
    sink.feature(Context, hash(54, seen.word(first - 1).classes & AROUND, position | length << 2));
    sink.feature(Context, hash(55, seen.word(last).classes & AROUND, position | length << 2));
    sink.feature(
        Lists,
        hash(57, seen.word(first).classes & !classes::STARTS, position | length << 2),
    );
    sink.feature(
        Lists,
        hash(58, seen.word(last - 1).classes & !classes::STARTS, position | length << 2),
    );

    let facts = view.memory.facts(word.id);
    let again = u32::from(word.initial);
    for bit in 0..memory::BITS {
        if facts >> bit & 1 == 1 {
            sink.feature(Group::Memory, hash(60, bit, again));
        }
    }
}

/// The sentence `range`, token by token, as the chain of roles, dates and
/// quantities sees it: `forms` by the grammar, `names` by the chain of names.
pub fn parts(
    view: &View,
    range: &Range<usize>,
    at: usize,
    forms: &[grammar::Form],
    names: &[u8],
    sink: &mut impl Sink,
) {
    use Group::{Context, Form, Identity, Lists};
    let seen = Seen::new(view.words, range, at);
    let word = &view.words[at];
    let own = word.classes & TELLING;
    let (shape, before, after) = (word.shape as u32, seen.id(-1), seen.id(1));
    let within = |offset: isize| at.checked_add_signed(offset).filter(|at| range.contains(at));
    let form = |offset| within(offset).map_or(9, |at| forms[at - range.start] as u32);
    let name = |offset| within(offset).map_or(9, |at| u32::from(names[at - range.start]));
    let (f, n) = (form(0), name(0));

    sink.feature(Form, hash(100, f, 0));
    sink.feature(Form, hash(101, f, n));
    sink.feature(Form, hash(102, f, form(-1) << 4 | form(1)));
    sink.feature(Context, hash(103, f, before));
    sink.feature(Context, hash(104, f, after));
    sink.feature(Identity, hash(105, f, word.id));
    sink.feature(Context, hash(106, f, seen.id(-2)));
    sink.feature(Context, hash(107, f, seen.id(2)));
    sink.feature(Context, hash(108, f, seen.shape(-1) << 8 | seen.shape(1)));
    sink.feature(Form, hash(109, shape, f));
    sink.feature(Form, hash(110, n, name(-1) << 4 | name(1)));
    sink.feature(Context, hash(111, own, name(1)));
    sink.feature(Context, hash(112, before, n));
    sink.feature(Context, hash(113, after, n));
    sink.feature(Lists, hash(114, own, seen.classes(-1) & TELLING));
    sink.feature(Lists, hash(115, own, seen.classes(1) & TELLING));
    sink.feature(Lists, hash(116, own, before));
    sink.feature(Lists, hash(117, own, after));
    sink.feature(Lists, hash(118, own, 0));
    sink.feature(Context, hash(119, seen.classes(-1) & TELLING, seen.classes(-2) & TELLING));
    sink.feature(Context, hash(120, seen.classes(1) & TELLING, seen.classes(2) & TELLING));
    sink.feature(Identity, hash(121, word.suffixes[1], 0));
    sink.feature(Identity, hash(122, word.suffixes[2], 0));
    sink.feature(Identity, hash(123, before, word.id));
    sink.feature(Identity, hash(124, word.id, after));
    sink.feature(Context, hash(127, shape, seen.shape(-1) << 8 | seen.shape(1)));
    sink.feature(Form, hash(128, u32::from(word.initial), shape));
    if word.after_role > 0 {
        let role = seen.word(-isize::from(word.after_role));
        sink.feature(Context, hash(130, role.id, n));
        sink.feature(Context, hash(131, n, u32::from(word.after_role)));
        sink.feature(Context, hash(132, word.id, 0));
        sink.feature(Context, hash(133, own, n));
        sink.feature(Context, hash(134, shape, before));
    }
}

/// One feature for each class of a set.
fn each(sink: &mut impl Sink, group: Group, template: u32, set: Classes, value: u32) {
    let mut bits = set;
    while bits != 0 {
        sink.feature(group, hash(template, bits.trailing_zeros(), value));
        bits &= bits - 1;
    }
}

/// The inner chain: what nests in the name `span`, outer label `outer`.
pub fn inner(view: &View, span: &Range<usize>, at: usize, outer: u32, sink: &mut impl Sink) {
    use Group::{Context, Form, Identity, Lists};
    let seen = Seen::new(view.words, span, at);
    let word = &view.words[at];
    let own = word.classes & !classes::STARTS;
    let shape = word.shape as u32;
    let (before, after) = (seen.id(-1), seen.id(1));
    sink.feature(Form, hash(200, outer, shape));
    sink.feature(
        Form,
        hash(201, outer, u32::from(at == span.start) << 1 | u32::from(at + 1 == span.end)),
    );
    sink.feature(Identity, hash(202, word.id, 0));
    sink.feature(Context, hash(203, before, shape));
    sink.feature(Context, hash(204, after, shape));
    sink.feature(Context, hash(205, seen.id(-2), before));
    sink.feature(Lists, hash(206, own, outer));
    sink.feature(Lists, hash(207, own, before));
    sink.feature(Lists, hash(208, word.phrase & !classes::STARTS, word.place as u32));
    let mut bits = word.phrase & !classes::STARTS;
    while bits != 0 {
        let bit = bits.trailing_zeros();
        bits &= bits - 1;
        sink.feature(Lists, hash(209, bit, word.place as u32 | outer << 4));
        sink.feature(Lists, hash(210, bit, before));
    }
    sink.feature(Context, hash(211, seen.classes(-1) & AROUND, shape));
    sink.feature(Context, hash(212, seen.classes(1) & AROUND, shape));
    sink.feature(Context, hash(213, view.words[span.start].id, shape));
    sink.feature(Context, hash(214, view.words[span.start].classes & AROUND, shape));
    sink.feature(Identity, hash(215, word.suffixes[1], 0));
    sink.feature(Identity, hash(216, word.suffixes[2], 0));
    let facts = view.memory.facts(word.id);
    for bit in 0..memory::BITS {
        if facts >> bit & 1 == 1 {
            sink.feature(Group::Memory, hash(217, bit, 0));
        }
    }
}
