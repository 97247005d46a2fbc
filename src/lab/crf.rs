//! Trains a linear chain: the weights that make the marked rows of labels most
//! likely, found one sentence at a time by FTRL-proximal, whose L1 part leaves
//! most weights at zero.
//!
//! Sentences of another guide weigh each feature twice: once as all do, once
//! as only they do. The second weights hold what their guide does otherwise,
//! and are thrown away. So are the weights of features that a sentence has
//! aside: they hold what is said of its kind of text alone.

use std::collections::BTreeMap;

use crate::engine::mentions::chain::{HASH_BITS, MOST, Row, STEP, WIDTH, kept};
use crate::engine::mentions::features::{Group, Sink};

/// One sentence to learn from.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// Features of all tokens, one after the other.
    features: Vec<u32>,
    /// Where the features of each token end.
    ends: Vec<u32>,
    /// The label of each token.
    pub gold: Vec<u8>,
    /// Whether it follows another guide.
    pub foreign: bool,
    /// How much it counts.
    pub weight: f32,
}

impl Sample {
    fn of(&self, token: usize) -> &[u32] {
        let start = if token == 0 { 0 } else { self.ends[token - 1] as usize };
        &self.features[start..self.ends[token] as usize]
    }
}

/// Numbers features as they come.
#[derive(Debug, Default)]
pub struct Features {
    /// By kept hash, those aside behind: the number, one more; 0 for none.
    numbers: Vec<u32>,
    /// By number: hash kept by the weights, group, how often seen.
    known: Vec<(u32, Group, u32)>,
}

/// How many features aside there can be.
const ASIDE: usize = 1 << 16;

/// Takes the features of one sentence.
#[derive(Debug)]
pub struct Taker<'f> {
    features: &'f mut Features,
    sample: Sample,
}

impl Features {
    /// Takes a sentence: calls `see` for each of its tokens.
    pub fn take(&mut self, tokens: usize, mut see: impl FnMut(usize, &mut Taker)) -> Sample {
        let mut taker = Taker { features: self, sample: Sample::default() };
        for token in 0..tokens {
            see(token, &mut taker);
            taker.sample.ends.push(taker.sample.features.len() as u32);
        }
        taker.sample
    }

    /// Drops features seen fewer than `least` times.
    pub fn prune(&mut self, samples: &mut [Sample], least: u32) {
        let mut renumbered = vec![u32::MAX; self.known.len()];
        let mut known = Vec::new();
        for (old, feature) in self.known.iter().enumerate() {
            if feature.2 >= least {
                renumbered[old] = known.len() as u32;
                known.push(*feature);
            }
        }
        self.known = known;
        self.numbers.clear();
        for sample in samples {
            let (mut features, mut ends) = (Vec::new(), Vec::new());
            for token in 0..sample.ends.len() {
                let kept = sample.of(token).iter().map(|f| renumbered[*f as usize]);
                features.extend(kept.filter(|f| *f != u32::MAX));
                ends.push(features.len() as u32);
            }
            (sample.features, sample.ends) = (features, ends);
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}

impl Sink for Taker<'_> {
    fn feature(&mut self, group: Group, hash: u32) {
        self.take(group, kept(hash));
    }
}

impl Taker<'_> {
    /// One feature that training alone sees.
    pub fn aside(&mut self, hash: u32) {
        self.take(Group::Form, (1 << HASH_BITS) + hash % ASIDE as u32);
    }

    fn take(&mut self, group: Group, hash: u32) {
        let known = &mut self.features.known;
        let numbers = &mut self.features.numbers;
        numbers.resize((1 << HASH_BITS) + ASIDE, 0);
        let next = &mut numbers[hash as usize];
        if *next == 0 {
            known.push((hash, group, 0));
            *next = known.len() as u32;
        }
        let number = *next - 1;
        known[number as usize].2 += 1;
        self.sample.features.push(number);
    }
}

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Times through all sentences.
    pub rounds: usize,
    /// Step size.
    pub alpha: f32,
    /// What a weight must pull to be more than zero.
    pub l1: f32,
    /// How weights are held small.
    pub l2: f32,
    /// The L1 of weights of another guide.
    pub foreign_l1: f32,
    /// Features whose weights together pull fewer units are dropped: they are
    /// half of all and hardly move a score.
    pub least_pull: i32,
    /// How often identity, lists, context and memory are hidden at a token.
    pub hide: [f32; 4],
    /// The weights are the mean of so many runs, each in another order: what
    /// one order alone brings up is evened out.
    pub runs: u64,
    /// How little is learnt where another guide's mark is held unlikely: its
    /// share of what it would move is its chance to this power.
    pub doubt: f32,
    /// Where chance starts.
    pub seed: u64,
}

/// For so many rounds every mark is believed: before, nothing is known that
/// could speak against it.
const TRUSTING: usize = 3;

/// What training gives: quantised weights.
#[derive(Clone, Debug, Default)]
pub struct Trained {
    pub labels: usize,
    /// From each label, last from the start.
    pub steps: Vec<Row>,
    /// By kept hash.
    pub features: BTreeMap<u32, Vec<i32>>,
}

/// FTRL-proximal weights. All of a feature lies together: what its labels
/// weigh, shared and of the other guide, then what led there, twice as long
/// each. The steps from each label lie behind the features as rows of their
/// own.
struct Parameters {
    row: Vec<f32>,
    labels: usize,
    alpha: f32,
    l2: f32,
}

impl Parameters {
    fn new(rows: usize, labels: usize, settings: &Settings) -> Self {
        let row = vec![0.0; rows * ROW * labels];
        Self { row, labels, alpha: settings.alpha, l2: settings.l2 }
    }

    /// Where the shared weights of a row start; those of the other guide follow.
    fn place(&self, row: usize) -> usize {
        row * ROW * self.labels
    }

    fn update(&mut self, at: usize, gradient: f32, l1: f32) {
        let (z, n) = (at + 2 * self.labels, at + 4 * self.labels);
        let before = self.row[n];
        let next = (before * before + gradient * gradient).sqrt();
        let sigma = (next - before) / self.alpha;
        let pull = self.row[z] + gradient - sigma * self.row[at];
        (self.row[z], self.row[n]) = (pull, next);
        self.row[at] = if pull.abs() <= l1 {
            0.0
        } else {
            -(pull - l1 * pull.signum()) / ((1.0 + next) / self.alpha + self.l2)
        };
    }
}

/// Numbers that a row has for each label: weight, pull, and the root of the
/// sum of squared gradients, twice.
const ROW: usize = 6;

/// A row of chance that depends on its seed alone.
#[derive(Debug)]
pub struct Chances(u64);

impl Chances {
    /// Starts at `seed`.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    /// The next number from 0 up to 1.
    pub fn part(&mut self) -> f32 {
        (self.draw() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// Puts a list in another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, (self.draw() % (i as u64 + 1)) as usize);
        }
    }
}

/// Trains on all samples; `labels` labels, of which `may` says what may follow
/// what.
pub fn train(
    features: &Features,
    samples: &[Sample],
    labels: usize,
    may: fn(usize, usize) -> bool,
    settings: &Settings,
) -> Trained {
    let count = features.len();
    let rows = count + labels + 1;
    let mut work = Work::default();
    // The mean over the second half of the rounds is steadier than the last.
    let averaged = settings.rounds.div_ceil(2);
    let share = 1.0 / (averaged as f32 * settings.runs as f32);
    let mut mean = vec![0.0f32; rows * labels];
    for run in 0..settings.runs {
        let mut parameters = Parameters::new(rows, labels, settings);
        let mut chances = Chances::new(settings.seed.wrapping_add(run << 32));
        let mut order: Vec<usize> = (0..samples.len()).collect();
        for round in 0..settings.rounds {
            chances.shuffle(&mut order);
            let mut loss = 0.0;
            let doubt = if round < TRUSTING { 0.0 } else { settings.doubt };
            let settings = &Settings { doubt, ..*settings };
            for sample in order.iter().map(|i| &samples[*i]) {
                work.hide(features, sample, &mut chances, settings);
                // Rows of a known length are summed at once.
                loss += match labels {
                    9 => work.learn::<9>(&mut parameters, sample, may, settings, count),
                    _ => work.learn::<7>(&mut parameters, sample, may, settings, count),
                };
            }
            if round + averaged >= settings.rounds {
                let weights = parameters.row.chunks_exact(ROW * labels);
                for (mean, row) in mean.chunks_exact_mut(labels).zip(weights) {
                    mean.iter_mut().zip(row).for_each(|(m, w)| *m += w * share);
                }
            }
            if round + 1 == settings.rounds {
                eprintln!("round {:>3}: loss {:.0}", round + 1, loss);
            }
        }
    }
    let units = |w: f32| ((w / STEP).round() as i32).clamp(-MOST, MOST);
    let steps = (0..=labels)
        .map(|from| {
            let mut row = [0; WIDTH];
            for to in 0..labels {
                row[to] = units(mean[(count + from) * labels + to]);
            }
            row
        })
        .collect();
    let rows = features.known.iter().enumerate().map(|(number, (hash, ..))| {
        let weights = &mean[number * labels..(number + 1) * labels];
        (*hash, weights.iter().map(|w| units(*w)).collect::<Vec<i32>>())
    });
    let features = rows
        .filter(|(hash, _)| *hash >> HASH_BITS == 0)
        .filter(|(_, row)| row.iter().map(|w| w.abs()).sum::<i32>() >= settings.least_pull)
        .collect();
    Trained { labels, steps, features }
}

/// Buffers of one sentence.
#[derive(Default)]
struct Work {
    seen: Vec<u32>,
    ends: Vec<u32>,
    here: Vec<f32>,
    forward: Vec<f32>,
    backward: Vec<f32>,
    steps: Vec<f32>,
}

impl Work {
    /// Chooses which features of the sentence are seen this time.
    fn hide(
        &mut self,
        features: &Features,
        sample: &Sample,
        chances: &mut Chances,
        settings: &Settings,
    ) {
        self.seen.clear();
        self.ends.clear();
        for token in 0..sample.gold.len() {
            let hidden = settings.hide.map(|rate| rate > 0.0 && chances.part() < rate);
            let is_hidden = |f: &&u32| match features.known[**f as usize].1 {
                Group::Identity => hidden[0],
                Group::Lists => hidden[1],
                Group::Context => hidden[2],
                Group::Memory => hidden[3],
                Group::Form => false,
            };
            self.seen.extend(sample.of(token).iter().filter(|f| !is_hidden(f)));
            self.ends.push(self.seen.len() as u32);
        }
    }

    fn learn<const LABELS: usize>(
        &mut self,
        parameters: &mut Parameters,
        sample: &Sample,
        may: fn(usize, usize) -> bool,
        settings: &Settings,
        count: usize,
    ) -> f64 {
        let n = sample.gold.len();
        if n == 0 {
            return 0.0;
        }
        let foreign = sample.foreign;
        self.steps.clear();
        for from in 0..=LABELS {
            for to in 0..LABELS {
                let at = parameters.place(count + from) + to;
                let own = if foreign { parameters.row[at + LABELS] } else { 0.0 };
                let from = if from == LABELS { WIDTH } else { from };
                self.steps.push(if may(from, to) { (parameters.row[at] + own).exp() } else { 0.0 });
            }
        }
        for buffer in [&mut self.here, &mut self.forward, &mut self.backward] {
            buffer.clear();
            buffer.resize(n * LABELS, 0.0);
        }
        let (here, forward, backward) = (&mut self.here, &mut self.forward, &mut self.backward);
        let mut loss = 0.0f64;
        let mut scale = vec![1.0f32; n];
        let mut start = 0;
        for t in 0..n {
            let mut sums = [0.0f32; LABELS];
            for feature in &self.seen[start..self.ends[t] as usize] {
                let at = parameters.place(*feature as usize);
                add(&mut sums, &parameters.row[at..]);
                if foreign {
                    add(&mut sums, &parameters.row[at + LABELS..]);
                }
            }
            let row = &mut here[t * LABELS..(t + 1) * LABELS];
            row.copy_from_slice(&sums);
            start = self.ends[t] as usize;
            let most = row.iter().copied().fold(f32::MIN, f32::max);
            loss -= f64::from(row[usize::from(sample.gold[t])] - most);
            row.iter_mut().for_each(|w| *w = (*w - most).exp());
            let mut total = 0.0;
            for to in 0..LABELS {
                let before: f32 = if t == 0 {
                    self.steps[LABELS * LABELS + to]
                } else {
                    (0..LABELS)
                        .map(|from| {
                            forward[(t - 1) * LABELS + from] * self.steps[from * LABELS + to]
                        })
                        .sum()
                };
                forward[t * LABELS + to] = before * here[t * LABELS + to];
                total += forward[t * LABELS + to];
            }
            scale[t] = total.max(f32::MIN_POSITIVE);
            for to in 0..LABELS {
                forward[t * LABELS + to] /= scale[t];
            }
            loss += f64::from(scale[t].ln());
            let from = if t == 0 { LABELS } else { usize::from(sample.gold[t - 1]) };
            let step = self.steps[from * LABELS + usize::from(sample.gold[t])];
            loss -= f64::from(step.max(f32::MIN_POSITIVE).ln());
        }
        for t in (0..n).rev() {
            for from in 0..LABELS {
                backward[t * LABELS + from] = if t + 1 == n {
                    1.0
                } else {
                    (0..LABELS)
                        .map(|to| {
                            let next = (t + 1) * LABELS + to;
                            self.steps[from * LABELS + to] * here[next] * backward[next]
                        })
                        .sum::<f32>()
                        / scale[t + 1]
                };
            }
        }
        // Gradients of the steps.
        for t in 0..n {
            let gold = usize::from(sample.gold[t]);
            let gold_from = if t == 0 { LABELS } else { usize::from(sample.gold[t - 1]) };
            for from in if t == 0 { LABELS..LABELS + 1 } else { 0..LABELS } {
                for to in 0..LABELS {
                    let step = self.steps[from * LABELS + to];
                    if step == 0.0 {
                        continue;
                    }
                    let before = if t == 0 { 1.0 } else { forward[(t - 1) * LABELS + from] };
                    let next = t * LABELS + to;
                    let chance = before * step * here[next] * backward[next] / scale[t];
                    let right = f32::from(u8::from(from == gold_from && to == gold));
                    let gradient = (chance - right) * sample.weight;
                    if gradient.abs() > 1e-3 {
                        let at = parameters.place(count + from) + to;
                        parameters.update(at, gradient, 0.0);
                        if foreign {
                            parameters.update(at + LABELS, gradient, settings.foreign_l1);
                        }
                    }
                }
            }
        }
        // Gradients of the features.
        let mut start = 0;
        for t in 0..n {
            let end = self.ends[t] as usize;
            let gold = usize::from(sample.gold[t]);
            let chance = forward[t * LABELS + gold] * backward[t * LABELS + gold];
            let trust = if foreign { chance.clamp(0.0, 1.0).powf(settings.doubt) } else { 1.0 };
            for label in 0..LABELS {
                let at = t * LABELS + label;
                let right = f32::from(u8::from(gold == label));
                let gradient = (forward[at] * backward[at] - right) * sample.weight * trust;
                if gradient.abs() <= 1e-3 {
                    continue;
                }
                for feature in &self.seen[start..end] {
                    let at = parameters.place(*feature as usize) + label;
                    parameters.update(at, gradient, settings.l1);
                    if foreign {
                        parameters.update(at + LABELS, gradient, settings.foreign_l1);
                    }
                }
            }
            start = end;
        }
        loss
    }
}

#[inline(always)]
fn add<const LABELS: usize>(sums: &mut [f32; LABELS], weights: &[f32]) {
    for (sum, w) in sums.iter_mut().zip(&weights[..LABELS]) {
        *sum += w;
    }
}
