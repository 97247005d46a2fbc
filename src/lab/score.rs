//! Scores proposals against what people marked: precision, recall and F1 by
//! label, exact and overlapping, and the edits that would be left to a person.

use std::collections::BTreeMap;

use super::Gold;
use crate::engine::Mention;
use crate::scheme::MentionLabel;
use crate::text::ByteSpan;

/// Edits a person makes: a missing span is two gestures, what is wrong is one.
const MISSING: usize = 2;
const WRONG: usize = 1;

/// Right, proposed and marked spans of one label.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    pub exact: usize,
    pub overlapping_proposed: usize,
    pub overlapping_marked: usize,
    pub proposed: usize,
    pub marked: usize,
}

impl Count {
    /// Adds another count.
    pub fn add(&mut self, other: Self) {
        self.exact += other.exact;
        self.overlapping_proposed += other.overlapping_proposed;
        self.overlapping_marked += other.overlapping_marked;
        self.proposed += other.proposed;
        self.marked += other.marked;
    }

    /// Precision, recall and F1 of spans that are exactly right, in per cent.
    pub fn exact(self) -> [f64; 3] {
        prf(ratio(self.exact, self.proposed), ratio(self.exact, self.marked))
    }

    /// The same of spans that overlap one of their label.
    pub fn overlapping(self) -> [f64; 3] {
        prf(
            ratio(self.overlapping_proposed, self.proposed),
            ratio(self.overlapping_marked, self.marked),
        )
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

fn prf(p: f64, r: f64) -> [f64; 3] {
    [p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }]
}

/// The score of some documents.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// By label.
    pub counts: BTreeMap<MentionLabel, Count>,
    /// Gestures that would be left.
    pub edits: usize,
    /// Words of the texts.
    pub words: usize,
    /// By tenth of the score: proposals, and those exactly right.
    pub calibration: [(usize, usize); 11],
    /// What was wrong, to read.
    pub errors: Vec<String>,
}

impl Score {
    /// Adds one document.
    pub fn add(&mut self, gold: &Gold, proposed: &[Mention], labels: &[MentionLabel]) {
        let marked: Vec<(ByteSpan, MentionLabel)> =
            gold.mentions.iter().filter(|(_, l)| labels.contains(l)).copied().collect();
        let proposed: Vec<&Mention> =
            proposed.iter().filter(|m| labels.contains(&m.label)).collect();
        let has = |span, label| marked.contains(&(span, label));
        for label in labels {
            let count = self.counts.entry(*label).or_default();
            let ours: Vec<ByteSpan> =
                proposed.iter().filter(|m| m.label == *label).map(|m| m.span).collect();
            let theirs: Vec<ByteSpan> =
                marked.iter().filter(|(_, l)| l == label).map(|(s, _)| *s).collect();
            let touches = |a: &ByteSpan, all: &[ByteSpan]| all.iter().any(|b| a.overlaps(*b));
            count.add(Count {
                exact: ours.iter().filter(|s| theirs.contains(s)).count(),
                overlapping_proposed: ours.iter().filter(|s| touches(s, &theirs)).count(),
                overlapping_marked: theirs.iter().filter(|s| touches(s, &ours)).count(),
                proposed: ours.len(),
                marked: theirs.len(),
            });
        }
        for mention in &proposed {
            let tenth = &mut self.calibration[(mention.score * 10.0) as usize % 11];
            tenth.0 += 1;
            tenth.1 += usize::from(has(mention.span, mention.label));
        }
        self.edits += self.edits(gold, &marked, &proposed);
        self.words += gold.text.split_whitespace().count();
    }

    /// Pairs what is wrong with what is meant, so that a wrong label or wrong
    /// bounds cost one gesture, not three.
    fn edits(
        &mut self,
        gold: &Gold,
        marked: &[(ByteSpan, MentionLabel)],
        proposed: &[&Mention],
    ) -> usize {
        let mut left: Vec<&(ByteSpan, MentionLabel)> = marked
            .iter()
            .filter(|(span, label)| !proposed.iter().any(|m| m.span == *span && m.label == *label))
            .collect();
        let mut edits = 0;
        let mut note = |what: &str, span: ByteSpan, more: String| {
            self.errors.push(format!("{}\t{what}\t{}{more}", gold.id, context(&gold.text, span)));
        };
        for mention in proposed {
            if marked.contains(&(mention.span, mention.label)) {
                continue;
            }
            edits += WRONG;
            let pair = left.iter().position(|(span, _)| *span == mention.span).or_else(|| {
                left.iter().position(|(span, label)| {
                    *label == mention.label && span.overlaps(mention.span)
                })
            });
            match pair.map(|at| left.swap_remove(at)) {
                Some((span, label)) => note(
                    "wrong",
                    mention.span,
                    format!(
                        "\t{} for {} {:?}",
                        mention.label.name(),
                        label.name(),
                        span.of(&gold.text)
                    ),
                ),
                None => note(
                    "spurious",
                    mention.span,
                    format!("\t{} {}", mention.label.name(), mention.score),
                ),
            }
        }
        for (span, label) in &left {
            edits += MISSING;
            note("missing", *span, format!("\t{}", label.name()));
        }
        edits
    }

    /// The sum over labels.
    pub fn micro(&self) -> Count {
        self.counts.values().fold(Count::default(), |mut sum, count| {
            sum.add(*count);
            sum
        })
    }

    /// A table to read.
    pub fn table(&self, title: &str) -> String {
        let mut out = format!(
            "{title}\n{:<10} {:>5} {:>5}  {:^20}  {:^20}\n",
            "", "gold", "ours", "exact P / R / F1", "overlap P / R / F1"
        );
        let mut line = |name: &str, count: &Count| {
            let three = |v: [f64; 3]| format!("{:5.1} {:5.1} {:5.1}", v[0], v[1], v[2]);
            out.push_str(&format!(
                "{name:<10} {:>5} {:>5}   {}    {}\n",
                count.marked,
                count.proposed,
                three(count.exact()),
                three(count.overlapping())
            ));
        };
        for (label, count) in &self.counts {
            line(label.name(), count);
        }
        line("all", &self.micro());
        let edits = 100.0 * self.edits as f64 / self.words.max(1) as f64;
        out.push_str(&format!("edits per 100 words {edits:.2}\n"));
        out
    }

    /// How often proposals of each tenth of the score are right.
    pub fn calibration_table(&self) -> String {
        let mut out = String::from("score: proposals, exactly right\n");
        for (tenth, (all, right)) in self.calibration.iter().enumerate() {
            if *all > 0 {
                out.push_str(&format!(
                    "{:.1}: {all:>5} {:5.1}%\n",
                    tenth as f64 / 10.0,
                    ratio(*right, *all)
                ));
            }
        }
        out
    }
}

fn context(text: &str, span: ByteSpan) -> String {
    let before: String = text[..span.start].chars().rev().take(40).collect();
    let before: String = before.chars().rev().collect();
    let after: String = text[span.end..].chars().take(30).collect();
    format!("{before}[[{}]]{after}", span.of(text)).replace('\n', "⏎")
}
