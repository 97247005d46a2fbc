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
