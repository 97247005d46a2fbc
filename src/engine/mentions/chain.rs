//! A linear chain: labels in a row, each weighed by what is seen at its token
//! and by the label before. Weights are small whole numbers, so that the best
//! row is the same on every machine.

use crate::engine::math::exp;
use crate::engine::pack::{self, Chance, Reader};

/// How many different features there can be.
const FEATURES: usize = 1 << HASH_BITS;

/// Most labels that a chain has; rows of weights are this wide.
pub const WIDTH: usize = 16;
/// Bits of a feature's hash that are kept.
pub const HASH_BITS: u32 = 20;
/// What one unit of a weight is worth.
pub const STEP: f32 = 0.12;
/// Weights lie within ± this many units.
pub const MOST: i32 = 100;

/// What the labels weigh.
pub type Row = [i32; WIDTH];
/// What the labels weigh at one token: some hundred features of at most
/// [`MOST`] cannot overflow.
pub type Sum = [i16; WIDTH];
/// Something of each label at one token, for sums.
type Chances = [f32; WIDTH];

/// The weights of one chain.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    labels: usize,
    /// By 64 kept hashes: which have a row, and how many rows came before.
    index: Vec<(u64, u32)>,
    rows: Vec<[i8; WIDTH]>,
    /// From the label (or, last, the start) to the label.
    steps: [Row; WIDTH + 1],
}

/// A way that is never taken.
const NEVER: i32 = i32::MIN / 4;

impl Chain {
    /// Reads the next chain of a pack; one without labels where it is none.
    pub fn read(reader: &mut Reader, limit: usize) -> Self {
        let labels = reader.raw(5) as usize;
        let count = reader.raw(24) as usize;
        if !(1..=WIDTH).contains(&labels) || count > limit {
            return Self::default();
        }
        let mut chain = Self {
            labels,
            index: vec![(0, 0); FEATURES / 64],
            rows: vec![[0; WIDTH]; count],
            steps: [[0; WIDTH]; WIDTH + 1],
        };
        let mut coder = WeightCoder::default();
        for from in (0..labels).chain([WIDTH]) {
            for to in 0..labels {
                chain.steps[from][to] = coder.read(reader, WIDTH, 0);
            }
        }
        let (mut gaps, mut next) = (pack::lengths(), 0u32);
        for row in 0..count {
            let hash = next.wrapping_add(reader.number(&mut gaps)) % FEATURES as u32;
            next = hash + 1;
            chain.index[hash as usize / 64].0 |= 1 << (hash % 64);
            let mut before = 0;
            for label in 0..labels {
                let weight = coder.read(reader, label, before);
                before = (before + usize::from(weight != 0)).min(3);
                chain.rows[row][label] = weight as i8;
            }
        }
        let mut rows = 0;
        for (here, before) in &mut chain.index {
            *before = rows;
            rows += here.count_ones();
        }
        chain
    }

    /// How many labels it tells apart.
    pub const fn labels(&self) -> usize {
        self.labels
    }

    /// Adds what one feature weighs.
    #[inline]
    pub fn add(&self, feature: u32, sum: &mut Sum) {
        let kept = kept(feature);
        let Some((here, before)) = self.index.get(kept as usize / 64) else { return };
        let place = 1u64 << (kept % 64);
        if here & place == 0 {
            return;
        }
        let row = before + (here & (place - 1)).count_ones();
        if let Some(row) = self.rows.get(row as usize) {
            for (sum, weight) in sum.iter_mut().zip(row) {
                *sum += i16::from(*weight);
            }
        }
    }

    /// What going `from` a label `to` another weighs, where it may.
    fn step(&self, from: usize, to: usize, may: fn(usize, usize) -> bool) -> i32 {
        if may(from, to) { self.steps[from][to] } else { NEVER }
    }

    fn all_steps(&self, may: fn(usize, usize) -> bool) -> [Row; WIDTH + 1] {
        let mut steps = [[NEVER; WIDTH]; WIDTH + 1];
        for from in (0..self.labels).chain([WIDTH]) {
            for to in 0..self.labels {
                steps[from][to] = self.step(from, to, may);
            }
        }
        steps
    }

    /// The best row of labels for the tokens of one sentence.
    pub fn best(&self, rows: &[Sum], may: fn(usize, usize) -> bool, out: &mut Vec<u8>) {
        out.clear();
        if self.labels == 0 || rows.is_empty() {
            out.resize(rows.len(), 0);
            return;
        }
        let steps = self.all_steps(may);
        let mut back = vec![[0u8; WIDTH]; rows.len()];
        let mut best = [NEVER; WIDTH];
        for to in 0..WIDTH {
            best[to] = steps[WIDTH][to] + i32::from(rows[0][to]);
        }
        for (i, row) in rows.iter().enumerate().skip(1) {
            let (mut next, mut from_where) = ([i32::MIN; WIDTH], [0i32; WIDTH]);
            for from in 0..self.labels {
                for to in 0..WIDTH {
                    let weight = best[from] + steps[from][to];
                    let better = weight > next[to];
                    next[to] = if better { weight } else { next[to] };
                    from_where[to] = if better { from as i32 } else { from_where[to] };
                }
            }
            // Only the differences matter: kept near zero, long sentences
            // cannot overflow.
            let most = next[..self.labels].iter().copied().max().unwrap_or(0);
            for to in 0..WIDTH {
                best[to] = (next[to] - most).max(NEVER) + i32::from(row[to]);
                back[i][to] = from_where[to] as u8;
            }
        }
        let mut label = (0..self.labels).rev().max_by_key(|l| best[*l]).unwrap_or(0);
        out.resize(rows.len(), 0);
        for i in (0..rows.len()).rev() {
            out[i] = label as u8;
            label = usize::from(back[i][label]);
        }
    }
}

/// The sums over all ways, forward and backward, of one sentence.
#[derive(Debug)]
pub struct Sums {
    labels: usize,
    steps: [Chances; WIDTH + 1],
    here: Vec<Chances>,
    forward: Vec<Chances>,
    backward: Vec<Chances>,
    scale: Vec<f32>,
}

impl Sums {
    /// Sums the ways of `chain` over `rows`.
    pub fn new(chain: &Chain, rows: &[Sum], may: fn(usize, usize) -> bool) -> Self {
        let labels = chain.labels;
        let (n, blank): (usize, Chances) = (rows.len(), [0.0; WIDTH]);
        let whole = chain.all_steps(may);
        let steps = whole.map(|row| row.map(|w| if w == NEVER { 0.0 } else { weigh(w) }));
        let mut sums = Self {
            labels,
            steps,
            here: vec![blank; n],
            forward: vec![blank; n],
            backward: vec![blank; n],
            scale: vec![1.0; n],
        };
        for i in 0..n {
            let most = rows[i][..labels].iter().copied().max().unwrap_or(0);
            for to in 0..labels {
                sums.here[i][to] = weigh(i32::from(rows[i][to] - most));
            }
            let mut before = steps[WIDTH];
            if i > 0 {
                before = blank;
                for from in 0..labels {
                    let share = sums.forward[i - 1][from];
                    for to in 0..WIDTH {
                        before[to] += share * steps[from][to];
                    }
                }
            }
            let mut total = 0.0;
            for to in 0..labels {
                before[to] *= sums.here[i][to];
                total += before[to];
            }
            sums.scale[i] = if total > 0.0 { total } else { 1.0 };
            let share = 1.0 / sums.scale[i];
            sums.forward[i] = before.map(|chance| chance * share);
        }
        let mut turned = [blank; WIDTH];
        for from in 0..WIDTH {
            for to in 0..WIDTH {
                turned[to][from] = steps[from][to];
            }
        }
        for i in (0..n).rev() {
            if i + 1 == n {
                sums.backward[i] = [1.0; WIDTH];
                continue;
            }
            let mut after = blank;
            for to in 0..labels {
                let share = sums.here[i + 1][to] * sums.backward[i + 1][to];
                for from in 0..WIDTH {
                    after[from] += turned[to][from] * share;
                }
            }
            let share = 1.0 / sums.scale[i + 1];
            sums.backward[i] = after.map(|chance| chance * share);
        }
        sums
    }

    /// The chance that token `i` has label `label`.
    pub fn chance(&self, i: usize, label: usize) -> f32 {
        (self.forward[i][label] * self.backward[i][label]).clamp(0.0, 1.0)
    }

    /// The chance of a span: `begin` at its first token, `inside` at the rest,
    /// and no `inside` after it.
    pub fn span_chance(&self, start: usize, end: usize, begin: usize, inside: usize) -> f32 {
        let mut chance = self.forward[start][begin];
        let mut label = begin;
        for i in start + 1..end {
            chance *= self.steps[label][inside] * self.here[i][inside] / self.scale[i];
            label = inside;
        }
        let after: f32 = if end == self.here.len() {
            1.0
        } else {
            (0..self.labels)
                .filter(|to| *to != inside)
                .map(|to| self.steps[label][to] * self.here[end][to] * self.backward[end][to])
                .sum::<f32>()
                / self.scale[end]
        };
        (chance * after).clamp(0.0, 1.0)
    }
}

fn weigh(units: i32) -> f32 {
    exp(units as f32 * STEP)
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
