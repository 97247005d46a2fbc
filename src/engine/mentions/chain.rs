//! A linear chain: labels in a row, each weighed by what is seen at its token
//! and by the label before. Label 0 is outside; each kind of span has one label
//! that begins it and one that goes on, which only these two come before.
//! Weights are small whole numbers, so that the best row is the same on every
//! machine.

use crate::engine::math::exp;
use crate::engine::pack::{self, Chance, Reader};

/// How many different features there can be.
const FEATURES: usize = 1 << HASH_BITS;

/// Most kinds of spans that a chain has.
pub const KINDS: usize = 4;
/// Most labels that a chain has; rows of weights are this wide.
pub const WIDTH: usize = 1 + 2 * KINDS;
/// Bits of a feature's hash that are kept.
pub const HASH_BITS: u32 = 20;
/// What one unit of a weight is worth.
pub const STEP: f32 = 0.12;
/// Weights lie within ± this many units.
pub const MOST: i32 = 100;
/// What a label weighs more than the outside lies in its row with this added,
/// so that nothing there is negative.
const ZERO: i32 = 2 * MOST;

/// What the labels weigh.
pub type Row = [i32; WIDTH];

/// Something of each label; the labels of one role lie side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Each<T> {
    pub outside: T,
    pub begin: [T; KINDS],
    pub inside: [T; KINDS],
}

/// What the labels weigh more than the outside at one token. A label that the
/// chain does not have weighs least.
pub type Sum = Each<i16>;

impl<T: Copy> Each<T> {
    /// That of one label.
    pub fn of(&self, label: usize) -> T {
        match label {
            0 => self.outside,
            _ if label % 2 == 1 => self.begin[label / 2],
            _ => self.inside[label / 2 - 1],
        }
    }
}

impl<T: Copy + Ord> Each<T> {
    /// The most of any label.
    pub fn most(&self) -> T {
        self.outside.max(self.most_within())
    }

    /// The most of any label but the outside.
    fn most_within(&self) -> T {
        let [a, b, c, d] = by_kind(|kind| self.begin[kind].max(self.inside[kind]));
        a.max(b).max(c.max(d))
    }
}

/// Something for each kind. Not a loop: the compiler makes none of it, also
/// where it is told to keep the program small.
#[inline(always)]
pub fn by_kind<T>(mut make: impl FnMut(usize) -> T) -> [T; KINDS] {
    [make(0), make(1), make(2), make(3)]
}

/// What the steps weigh, each where it may be taken.
#[derive(Clone, Copy, Debug, Default)]
pub struct Steps<T> {
    /// From each label and, last, the start: to the outside, then to what
    /// begins.
    pub open: [Open<T>; WIDTH + 1],
    /// From what begins, and from what goes on, to what goes on.
    pub on: [[T; KINDS]; 2],
}

/// What leads from one label to the outside and to what begins.
pub type Open<T> = [T; 1 + KINDS];

/// The weights of one chain.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    labels: usize,
    /// By 64 kept hashes: which have a row, and how many rows came before.
    index: Index,
    /// The first row is that of all features without weights.
    rows: Vec<Lanes>,
    steps: Steps<i32>,
    /// The most that a step from within a span weighs more than one from
    /// outside.
    lead: i32,
    /// e to the power of the steps.
    shares: Steps<f32>,
    /// e to the power of minus so many units; 0 from its end on.
    powers: Vec<f32>,
}

/// Most rows of a chain: their numbers have sixteen bits.
const MOST_ROWS: usize = u16::MAX as usize;

/// A way that is never taken.
const NEVER: i32 = i32::MIN / 4;

/// Which row a kept hash has, in as little room as can be: by 64 of them, a bit
/// for each that has one, and how many rows came before.
#[derive(Clone, Debug)]
struct Index {
    bits: Box<[u64; FEATURES / 64]>,
    before: Box<[u16; FEATURES / 64]>,
}

impl Default for Index {
    fn default() -> Self {
        let sized = "it is as long as it was made";
        Self {
            bits: vec![0; FEATURES / 64].into_boxed_slice().try_into().expect(sized),
            before: vec![0; FEATURES / 64].into_boxed_slice().try_into().expect(sized),
        }
    }
}

/// What begins and what goes on, four kinds in each number, sixteen bits a
/// kind; [`ZERO`] is added, and nothing is there where the chain has no such
/// label. 160 rows of at most 2 * [`ZERO`] each cannot overflow.
type Lanes = [u64; 2];

/// Sums the weights of features.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    lanes: Lanes,
    /// How many rows there were.
    rows: u32,
}

impl Tally {
    /// The sums.
    pub fn sum(&self) -> Sum {
        let zero = ZERO as u32 * self.rows;
        let lanes = |four: u64| {
            by_kind(|kind| u32::from((four >> (16 * kind)) as u16).wrapping_sub(zero) as i16)
        };
        Sum { outside: 0, begin: lanes(self.lanes[0]), inside: lanes(self.lanes[1]) }
    }
}

impl Chain {
    /// Reads the next chain of a pack; one without labels where it is none.
    pub fn read(reader: &mut Reader, limit: usize) -> Self {
        let labels = reader.raw(5) as usize;
        let count = reader.raw(24) as usize;
        if !(1..=WIDTH).contains(&labels)
            || labels.is_multiple_of(2)
            || count > limit.min(MOST_ROWS)
        {
            return Self::default();
        }
        let mut chain = Self { labels, rows: vec![[0; 2]; count + 1], ..Self::default() };
        let mut coder = WeightCoder::default();
        let mut steps = [[NEVER; WIDTH]; WIDTH + 1];
        for from in (0..labels).chain([WIDTH]) {
            for to in 0..labels {
                steps[from][to] = coder.read(reader, WIDTH, 0);
            }
        }
        chain.take_steps(&steps);
        let (mut gaps, mut next) = (pack::lengths(), 0u32);
        for row in 0..count {
            let hash = next.wrapping_add(reader.number(&mut gaps)) % FEATURES as u32;
            next = hash + 1;
            chain.index.bits[hash as usize / 64] |= 1 << (hash % 64);
            let outside = coder.read(reader, 0, 0);
            let mut before = usize::from(outside != 0);
            for label in 1..labels {
                let weight = coder.read(reader, label, before);
                before = (before + usize::from(weight != 0)).min(3);
                let (role, kind) = ((label - 1) % 2, (label - 1) / 2);
                chain.rows[row + 1][role] |= ((weight - outside + ZERO) as u64) << (16 * kind);
            }
        }
        let mut rows = 0u16;
        let Index { bits, before } = &mut chain.index;
        for (here, before) in bits.iter().zip(before.iter_mut()) {
            *before = rows;
            rows += here.count_ones() as u16;
        }
        chain
    }

    fn take_steps(&mut self, steps: &[Row; WIDTH + 1]) {
        for (from, steps) in steps.iter().enumerate() {
            for (place, to) in (0..WIDTH).filter(|to| opens(*to)).enumerate() {
                self.steps.open[from][place] = steps[to];
                self.shares.open[from][place] = share(steps[to]);
                if (1..WIDTH).contains(&from) {
                    self.lead = self.lead.max(steps[to] - self.steps.open[0][place]);
                }
            }
            if from > 0 && from < WIDTH {
                let (role, kind) = ((from - 1) % 2, (from - 1) / 2);
                self.steps.on[role][kind] = steps[2 * kind + 2];
                self.shares.on[role][kind] = share(steps[2 * kind + 2]);
            }
        }
        self.powers = (0..).map(|units: i32| weigh(-units)).take_while(|p| *p > 0.0).collect();
    }

    /// How many labels it tells apart.
    pub const fn labels(&self) -> usize {
        self.labels
    }

    /// What steps multiply a chance with.
    pub const fn shares(&self) -> &Steps<f32> {
        &self.shares
    }

    /// What a label that weighs so many units less multiplies a chance with.
    #[inline]
    pub fn power(&self, units: i32) -> f32 {
        self.powers.get(units as usize).copied().unwrap_or(0.0)
    }

    /// Adds what one feature weighs.
    #[inline]
    pub fn add(&self, feature: u32, tally: &mut Tally) {
        let kept = kept(feature);
        let (here, before) =
            (self.index.bits[kept as usize / 64], self.index.before[kept as usize / 64]);
        // Its own bit is the highest, those of lower hashes follow.
        let bits = here << (63 - kept % 64);
        let has = ((bits as i64) >> 63) as u32;
        // No branch: it would be guessed wrong as often as not.
        let row = (u32::from(before) + bits.count_ones()) & has;
        if let Some(row) = self.rows.get(row as usize) {
            tally.lanes[0] += row[0];
            tally.lanes[1] += row[1];
            tally.rows += has & 1;
        }
    }

    /// The best row of labels for the tokens of one sentence. `back` is room.
    pub fn best(&self, rows: &[Sum], back: &mut Vec<Each<u8>>, out: &mut Vec<u8>) {
        out.clear();
        out.resize(rows.len(), 0);
        let Some((first, rest)) = rows.split_first().filter(|_| self.labels > 0) else { return };
        back.clear();
        let start = &self.steps.open[WIDTH];
        let mut best = Each {
            outside: start[0] + i32::from(first.outside),
            begin: by_kind(|k| start[1 + k] + i32::from(first.begin[k])),
            inside: by_kind(|k| NEVER + i32::from(first.inside[k])),
        };
        for row in rest {
            let (next, from) = self.next(&best);
            back.push(from);
            // Only the differences matter: kept near zero, long sentences
            // cannot overflow.
            let most = next.most();
            let near = |weight: i32, here: i16| (weight - most).max(NEVER) + i32::from(here);
            best = Each {
                outside: near(next.outside, row.outside),
                begin: by_kind(|k| near(next.begin[k], row.begin[k])),
                inside: by_kind(|k| near(next.inside[k], row.inside[k])),
            };
        }
        let mut label = (0..self.labels).rev().max_by_key(|l| best.of(*l)).unwrap_or(0);
        for at in (0..out.len()).rev() {
            out[at] = label as u8;
            if at > 0 {
                label = usize::from(back[at - 1].of(label));
            }
        }
    }

    /// The best way to each label from those at the token before, and from
    /// which of them it comes: the first of those that are as good.
    fn next(&self, best: &Each<i32>) -> (Each<i32>, Each<u8>) {
        let steps = &self.steps;
        let begun = by_kind(|k| best.begin[k] + steps.on[0][k]);
        let went_on = by_kind(|k| best.inside[k] + steps.on[1][k]);
        let mut next = Each {
            outside: best.outside + steps.open[0][0],
            begin: by_kind(|k| best.outside + steps.open[0][1 + k]),
            inside: by_kind(|k| begun[k].max(went_on[k])),
        };
        let mut from = Each {
            inside: by_kind(|k| 2 * k as u8 + 1 + u8::from(went_on[k] > begun[k])),
            ..Each::default()
        };
        // Most words are outside beyond doubt.
        if best.most_within() + self.lead <= best.outside {
            return (next, from);
        }
        for label in 1..self.labels {
            let (weight, steps) = (best.of(label), &steps.open[label]);
            let better = |next: &mut i32, from: &mut u8, step: i32| {
                if weight + step > *next {
                    (*next, *from) = (weight + step, label as u8);
                }
            };
            better(&mut next.outside, &mut from.outside, steps[0]);
            for to in 0..KINDS {
                better(&mut next.begin[to], &mut from.begin[to], steps[1 + to]);
            }
        }
        (next, from)
    }
}

fn weigh(units: i32) -> f32 {
    exp(units as f32 * STEP)
}

fn share(units: i32) -> f32 {
    if units == NEVER { 0.0 } else { weigh(units) }
}

/// Whether a label may follow any other.
const fn opens(label: usize) -> bool {
    label == 0 || label % 2 == 1
}

/// The bits of a feature's hash that weights keep.
pub const fn kept(feature: u32) -> u32 {
    feature >> (32 - HASH_BITS)
}

/// How weights are coded: zero or not by label and by how many of the row came
/// before, then sign, then size.
#[derive(Debug)]
pub struct WeightCoder {
    some: [[Chance; 4]; WIDTH + 1],
    sign: [Chance; WIDTH + 1],
    size: [[Chance; 32]; WIDTH + 1],
}

impl Default for WeightCoder {
    fn default() -> Self {
        Self {
            some: Default::default(),
            sign: Default::default(),
            size: [[Chance::default(); 32]; WIDTH + 1],
        }
    }
}

impl WeightCoder {
    fn read(&mut self, reader: &mut Reader, label: usize, before: usize) -> i32 {
        if !reader.bit(&mut self.some[label][before]) {
            return 0;
        }
        let negative = reader.bit(&mut self.sign[label]);
        let mut size = 1;
        // One decision a unit while small: those are nearly all there are.
        while size < 24 && reader.bit(&mut self.size[label][size]) {
            size += 1;
        }
        if size == 24 {
            size += reader.raw(7) as usize;
        }
        let size = (size as i32).min(MOST);
        if negative { -size } else { size }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn write(&mut self, writer: &mut pack::Writer, label: usize, before: usize, weight: i32) {
        writer.bit(&mut self.some[label][before], weight != 0);
        if weight == 0 {
            return;
        }
        writer.bit(&mut self.sign[label], weight < 0);
        let size = weight.unsigned_abs().min(MOST as u32) as usize;
        for unit in 1..size.min(24) {
            writer.bit(&mut self.size[label][unit], true);
        }
        if size < 24 {
            writer.bit(&mut self.size[label][size], false);
        } else {
            writer.raw(7, size as u32 - 24);
        }
    }
}

/// Writes a chain: steps (the last row is the start) and kept hashes in order
/// with their weights.
#[cfg(not(target_arch = "wasm32"))]
pub fn write(
    writer: &mut pack::Writer,
    labels: usize,
    steps: &[Row],
    features: &std::collections::BTreeMap<u32, Vec<i32>>,
) {
    writer.raw(5, labels as u32);
    writer.raw(24, features.len() as u32);
    let mut coder = WeightCoder::default();
    for row in steps {
        for weight in &row[..labels] {
            coder.write(writer, WIDTH, 0, *weight);
        }
    }
    let (mut gaps, mut next) = (pack::lengths(), 0);
    for (hash, weights) in features {
        writer.number(&mut gaps, hash - next);
        next = hash + 1;
        let mut before = 0;
        for (label, weight) in weights.iter().enumerate() {
            coder.write(writer, label, before, *weight);
            before = (before + usize::from(*weight != 0)).min(3);
        }
    }
}
