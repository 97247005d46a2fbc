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
    /// Where chance starts.
    pub seed: u64,
}

/// What training gives: quantised weights.
#[derive(Clone, Debug, Default)]
pub struct Trained {
    pub labels: usize,
    /// From each label, last from the start.
    pub steps: Vec<Row>,
    /// By kept hash.
    pub features: BTreeMap<u32, Vec<i32>>,
}

/// FTRL-proximal weights.
struct Parameters {
    z: Vec<f32>,
    n: Vec<f32>,
    w: Vec<f32>,
    alpha: f32,
    l2: f32,
}

impl Parameters {
    fn new(len: usize, settings: &Settings) -> Self {
        let zeros = || vec![0.0; len];
        Self { z: zeros(), n: zeros(), w: zeros(), alpha: settings.alpha, l2: settings.l2 }
    }

    fn update(&mut self, at: usize, gradient: f32, l1: f32) {
        let (n, w) = (self.n[at], self.w[at]);
        let next = n + gradient * gradient;
        let sigma = (next.sqrt() - n.sqrt()) / self.alpha;
        let z = self.z[at] + gradient - sigma * w;
        (self.z[at], self.n[at]) = (z, next);
        self.w[at] = if z.abs() <= l1 {
            0.0
        } else {
            -(z - l1 * z.signum()) / ((1.0 + next.sqrt()) / self.alpha + self.l2)
        };
    }
}

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
    // Shared weights, then those of the other guide; steps behind.
    let step_base = 2 * count * labels;
    let step_len = (labels + 1) * labels;
    let mut work = Work::default();
    // The mean over the second half of the rounds is steadier than the last.
    let averaged = settings.rounds.div_ceil(2);
    let share = 1.0 / (averaged as f32 * settings.runs as f32);
    let mut mean = vec![0.0f32; step_base + 2 * step_len];
    for run in 0..settings.runs {
        let mut parameters = Parameters::new(mean.len(), settings);
        let mut chances = Chances::new(settings.seed.wrapping_add(run << 32));
        let mut order: Vec<usize> = (0..samples.len()).collect();
        for round in 0..settings.rounds {
            chances.shuffle(&mut order);
            let mut loss = 0.0;
            for sample in order.iter().map(|i| &samples[*i]) {
                work.hide(features, sample, &mut chances, settings);
                let places = [count, step_base, step_len];
                loss += work.learn(&mut parameters, sample, labels, may, settings, places);
            }
            if round + averaged >= settings.rounds {
                mean.iter_mut().zip(&parameters.w).for_each(|(m, w)| *m += w * share);
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
                row[to] = units(mean[step_base + from * labels + to]);
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

    fn learn(
        &mut self,
        parameters: &mut Parameters,
        sample: &Sample,
        labels: usize,
        may: fn(usize, usize) -> bool,
        settings: &Settings,
        [count, step_base, step_len]: [usize; 3],
    ) -> f64 {
        let n = sample.gold.len();
        if n == 0 {
            return 0.0;
        }
        let foreign = sample.foreign;
        self.steps.clear();
        for from in 0..=labels {
            for to in 0..labels {
                let at = step_base + from * labels + to;
                let own = if foreign { parameters.w[at + step_len] } else { 0.0 };
                let from = if from == labels { WIDTH } else { from };
                self.steps.push(if may(from, to) { (parameters.w[at] + own).exp() } else { 0.0 });
            }
        }
        for buffer in [&mut self.here, &mut self.forward, &mut self.backward] {
            buffer.clear();
            buffer.resize(n * labels, 0.0);
        }
        let (here, forward, backward) = (&mut self.here, &mut self.forward, &mut self.backward);
        let mut loss = 0.0f64;
        let mut scale = vec![1.0f32; n];
        let mut start = 0;
        for t in 0..n {
            let row = &mut here[t * labels..(t + 1) * labels];
            for feature in &self.seen[start..self.ends[t] as usize] {
                let at = *feature as usize * labels;
                for (sum, w) in row.iter_mut().zip(&parameters.w[at..at + labels]) {
                    *sum += w;
                }
                if foreign {
                    let at = at + count * labels;
                    for (sum, w) in row.iter_mut().zip(&parameters.w[at..at + labels]) {
                        *sum += w;
                    }
                }
            }
            start = self.ends[t] as usize;
            let most = row.iter().copied().fold(f32::MIN, f32::max);
            loss -= f64::from(row[usize::from(sample.gold[t])] - most);
            row.iter_mut().for_each(|w| *w = (*w - most).exp());
            let mut total = 0.0;
            for to in 0..labels {
                let before: f32 = if t == 0 {
                    self.steps[labels * labels + to]
                } else {
                    (0..labels)
                        .map(|from| {
                            forward[(t - 1) * labels + from] * self.steps[from * labels + to]
                        })
                        .sum()
                };
                forward[t * labels + to] = before * here[t * labels + to];
                total += forward[t * labels + to];
            }
            scale[t] = total.max(f32::MIN_POSITIVE);
            for to in 0..labels {
                forward[t * labels + to] /= scale[t];
            }
            loss += f64::from(scale[t].ln());
            let from = if t == 0 { labels } else { usize::from(sample.gold[t - 1]) };
            let step = self.steps[from * labels + usize::from(sample.gold[t])];
            loss -= f64::from(step.max(f32::MIN_POSITIVE).ln());
        }
        for t in (0..n).rev() {
            for from in 0..labels {
                backward[t * labels + from] = if t + 1 == n {
                    1.0
                } else {
                    (0..labels)
                        .map(|to| {
                            let next = (t + 1) * labels + to;
                            self.steps[from * labels + to] * here[next] * backward[next]
                        })
                        .sum::<f32>()
                        / scale[t + 1]
                };
            }
        }
        // Gradients of the steps.
        for t in 0..n {
            let gold = usize::from(sample.gold[t]);
            let gold_from = if t == 0 { labels } else { usize::from(sample.gold[t - 1]) };
            for from in if t == 0 { labels..labels + 1 } else { 0..labels } {
                for to in 0..labels {
                    let step = self.steps[from * labels + to];
                    if step == 0.0 {
                        continue;
                    }
                    let before = if t == 0 { 1.0 } else { forward[(t - 1) * labels + from] };
                    let next = t * labels + to;
                    let chance = before * step * here[next] * backward[next] / scale[t];
                    let right = f32::from(u8::from(from == gold_from && to == gold));
                    let gradient = (chance - right) * sample.weight;
                    if gradient.abs() > 1e-3 {
                        let at = step_base + from * labels + to;
                        parameters.update(at, gradient, 0.0);
                        if foreign {
                            parameters.update(at + step_len, gradient, settings.foreign_l1);
                        }
                    }
                }
            }
        }
        // Gradients of the features.
        let mut start = 0;
        for t in 0..n {
            let end = self.ends[t] as usize;
            for label in 0..labels {
                let at = t * labels + label;
                let right = f32::from(u8::from(usize::from(sample.gold[t]) == label));
                let gradient = (forward[at] * backward[at] - right) * sample.weight;
                if gradient.abs() <= 1e-3 {
                    continue;
                }
                for feature in &self.seen[start..end] {
                    let at = *feature as usize * labels + label;
                    parameters.update(at, gradient, settings.l1);
                    if foreign {
                        parameters.update(at + count * labels, gradient, settings.foreign_l1);
                    }
                }
            }
            start = end;
        }
        loss
    }
}
