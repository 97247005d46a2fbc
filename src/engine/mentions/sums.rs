//! The chances of labels: sums over all ways through a chain, forward and
//! backward, of one sentence.

use super::chain::{Chain, Each, KINDS, Open, Sum, WIDTH, by_kind};

/// Something of each label at one token.
type Chances = Each<f32>;

/// The sums of one sentence; room that the next one takes over.
#[derive(Debug, Default)]
pub struct Sums {
    here: Vec<Chances>,
    forward: Vec<Chances>,
    backward: Vec<Chances>,
    scale: Vec<f32>,
}

impl Sums {
    /// Sums the ways of `chain` over `rows`. What lies before token `from` is
    /// not asked for.
    pub fn take(&mut self, chain: &Chain, rows: &[Sum], from: usize) {
        self.here.clear();
        self.here.extend(rows.iter().map(|row| {
            let most = i32::from(row.most());
            let power = |weight: i16| chain.power(most - i32::from(weight));
            Each {
                outside: power(row.outside),
                begin: by_kind(|kind| power(row.begin[kind])),
                inside: by_kind(|kind| power(row.inside[kind])),
            }
        }));
        self.go_forward(chain);
        self.go_backward(chain, from);
    }

    fn go_forward(&mut self, chain: &Chain) {
        let steps = chain.shares();
        self.forward.clear();
        self.scale.clear();
        for here in &self.here {
            let (open, inside) = match self.forward.last() {
                None => (steps.open[WIDTH], [0.0; KINDS]),
                Some(before) => {
                    let mut open = times(&steps.open[0], before.outside);
                    by_kind(|kind| {
                        add(&mut open, &steps.open[2 * kind + 1], before.begin[kind]);
                        add(&mut open, &steps.open[2 * kind + 2], before.inside[kind]);
                    });
                    let inside = by_kind(|kind| {
                        before.begin[kind] * steps.on[0][kind]
                            + before.inside[kind] * steps.on[1][kind]
                    });
                    (open, inside)
                }
            };
            let mut now = Each {
                outside: open[0] * here.outside,
                begin: by_kind(|kind| open[1 + kind] * here.begin[kind]),
                inside: by_kind(|kind| inside[kind] * here.inside[kind]),
            };
            let mut total = now.outside;
            by_kind(|kind| total = total + now.begin[kind] + now.inside[kind]);
            let scale = if total > 0.0 { total } else { 1.0 };
            scale_by(&mut now, 1.0 / scale);
            self.scale.push(scale);
            self.forward.push(now);
        }
    }

    fn go_backward(&mut self, chain: &Chain, from: usize) {
        let steps = chain.shares();
        self.backward.clear();
        let mut after = Each { outside: 1.0, begin: [1.0; KINDS], inside: [1.0; KINDS] };
        self.backward.resize(self.here.len(), after);
        for at in (from + 1..self.here.len()).rev() {
            let here = &self.here[at];
            let share = Each {
                outside: here.outside * after.outside,
                begin: by_kind(|kind| here.begin[kind] * after.begin[kind]),
                inside: by_kind(|kind| here.inside[kind] * after.inside[kind]),
            };
            let on = |role: usize, kind: usize| steps.on[role][kind] * share.inside[kind];
            after = Each {
                outside: sum(&steps.open[0], &share, KINDS, 0.0),
                begin: by_kind(|k| sum(&steps.open[2 * k + 1], &share, k, on(0, k))),
                inside: by_kind(|k| sum(&steps.open[2 * k + 2], &share, k, on(1, k))),
            };
            scale_by(&mut after, 1.0 / self.scale[at]);
            self.backward[at - 1] = after;
        }
    }

    /// The chance that token `i` has label `label`.
    pub fn chance(&self, i: usize, label: usize) -> f32 {
        (self.forward[i].of(label) * self.backward[i].of(label)).clamp(0.0, 1.0)
    }

    /// The chance of a span of one kind, and that it does not go on after
    /// `end`.
    pub fn span_chance(&self, chain: &Chain, start: usize, end: usize, kind: usize) -> f32 {
        let steps = chain.shares();
        let mut chance = self.forward[start].begin[kind];
        for at in start + 1..end {
            let role = usize::from(at > start + 1);
            chance *= steps.on[role][kind] * self.here[at].inside[kind] / self.scale[at];
        }
        let after = if end == self.here.len() {
            1.0
        } else {
            let last = &steps.open[2 * kind + 1 + usize::from(end > start + 1)];
            let (here, backward) = (&self.here[end], &self.backward[end]);
            let mut after = last[0] * here.outside * backward.outside;
            for to in 0..KINDS {
                after += last[1 + to] * here.begin[to] * backward.begin[to];
            }
            after / self.scale[end]
        };
        (chance * after).clamp(0.0, 1.0)
    }
}

#[inline(always)]
fn times(steps: &Open<f32>, share: f32) -> Open<f32> {
    steps.map(|step| step * share)
}

#[inline(always)]
fn add(sum: &mut Open<f32>, steps: &Open<f32>, share: f32) {
    sum[0] += steps[0] * share;
    by_kind(|to| sum[1 + to] += steps[1 + to] * share);
}

/// The steps from one label to all that follow it, in the order of the labels:
/// what goes on in kind `own` has the sum `on`.
#[inline(always)]
fn sum(steps: &Open<f32>, share: &Chances, own: usize, on: f32) -> f32 {
    let mut sum = steps[0] * share.outside;
    by_kind(|kind| {
        sum += steps[1 + kind] * share.begin[kind];
        if kind == own {
            sum += on;
        }
    });
    sum
}

#[inline(always)]
fn scale_by(chances: &mut Chances, share: f32) {
    chances.outside *= share;
    chances.begin = by_kind(|kind| chances.begin[kind] * share);
    chances.inside = by_kind(|kind| chances.inside[kind] * share);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::engine::mentions::chain::{self, STEP, WIDTH};
    use crate::engine::mentions::may;
    use crate::engine::pack::{Reader, Writer};

    const LABELS: usize = 5;
    const LENGTH: usize = 5;

    /// Numbers that look like chance, from -20 to 20.
    fn numbers(seed: u32) -> impl FnMut() -> i32 {
        let mut state = seed;
        move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as i32 % 41 - 20
        }
    }

    /// All ways through the labels, and what they weigh.
    fn ways(steps: &[[i32; WIDTH]], rows: &[Sum]) -> Vec<(Vec<usize>, i32)> {
        let mut ways = vec![(Vec::new(), 0)];
        for row in rows {
            let on = |(way, weight): (Vec<usize>, i32)| {
                let from = way.last().copied().unwrap_or(LABELS);
                let outside = if from == LABELS { WIDTH } else { from };
                (0..LABELS).filter(move |to| may(outside, *to)).map(move |to| {
                    let next = way.iter().copied().chain([to]).collect();
                    (next, weight + steps[from][to] + i32::from(row.of(to)))
                })
            };
            ways = ways.into_iter().flat_map(on).collect();
        }
        ways
    }

    #[test]
    fn the_best_way_and_the_chances_are_those_of_all_ways() {
        for seed in 0..20 {
            let mut number = numbers(seed);
            let mut steps = [[0; WIDTH]; LABELS + 1];
            steps.iter_mut().flat_map(|row| &mut row[..LABELS]).for_each(|s| *s = number());
            let mut writer = Writer::default();
            chain::write(&mut writer, LABELS, &steps, &BTreeMap::new());
            let pack = writer.finish(*b"gl-tests");
            let chain = Chain::read(&mut Reader::open(&pack, *b"gl-tests").unwrap(), 0);
            let mut weight = || 1000 + number() as i16;
            let rows: Vec<Sum> = (0..LENGTH)
                .map(|_| Sum {
                    outside: weight(),
                    begin: [weight(), weight(), 0, 0],
                    inside: [weight(), weight(), 0, 0],
                })
                .collect();
            let ways = ways(&steps, &rows);
            let most = ways.iter().map(|(_, weight)| *weight).max().unwrap();
            let mut labels = Vec::new();
            chain.best(&rows, &mut Vec::new(), &mut labels);
            let found =
                ways.iter().find(|(way, _)| way.iter().map(|l| *l as u8).eq(labels.clone()));
            assert_eq!(found.unwrap().1, most);
            let mut sums = Sums::default();
            sums.take(&chain, &rows, 0);
            let share = |weight: i32| ((weight - most) as f32 * STEP).exp();
            let all: f32 = ways.iter().map(|(_, weight)| share(*weight)).sum();
            let near = |ours: f32, holds: &dyn Fn(&[usize]) -> bool| {
                let those = ways.iter().filter(|(way, _)| holds(way));
                let chance = those.map(|(_, weight)| share(*weight)).sum::<f32>() / all;
                assert!((ours - chance).abs() < 1e-3, "{ours} {chance}");
            };
            for at in 0..LENGTH {
                for label in 0..LABELS {
                    near(sums.chance(at, label), &|way| way[at] == label);
                }
            }
            near(sums.span_chance(&chain, 1, 4, 1), &|way| way[1..4] == [3, 4, 4] && way[4] != 4);
        }
    }
}
