//! Scores quotations against what people marked: spans exact, at overlap and
//! by what is covered, cues, speakers, who says it, and the edits left.

use std::path::Path;
use std::time::{Duration, Instant};

use super::options::Options;
use super::reports::{Marked, Part, Reported, articles, own};
use super::{LabError, antecedents, calibration};
use crate::engine::{self, Analysis};
use crate::scheme::QuoteKind;
use crate::text::ByteSpan;

/// Edits: a missing quotation is a gesture for each of its parts; anything
/// wrong is one.
const MISSING: usize = 2;

/// Right of proposed and of marked.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    right: usize,
    proposed: usize,
    marked: usize,
}

impl Count {
    fn prf(self) -> [f64; 3] {
        let share = |whole: usize| 100.0 * self.right as f64 / whole.max(1) as f64;
        let (p, r) = (share(self.proposed), share(self.marked));
        [p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }]
    }
}

/// The ways to compare two spans.
#[derive(Clone, Copy)]
pub enum Match {
    /// The same bounds.
    Exact,
    /// This share of both together is common.
    Overlap(f64),
    /// This share of what is marked is ours too.
    Covered(f64),
}

impl Match {
    /// Whether ours stands for what is marked.
    pub fn fits(self, gold: ByteSpan, ours: ByteSpan) -> bool {
        let shared = gold.intersection(ours).map_or(0, ByteSpan::len) as f64;
        match self {
            Self::Exact => gold == ours,
            Self::Overlap(least) => shared >= least * gold.cover(ours).len() as f64 && shared > 0.0,
            Self::Covered(least) => shared >= least * gold.len() as f64 && shared > 0.0,
        }
    }
}

/// Pairs one to one, the largest overlap first.
fn pairs(gold: &[ByteSpan], ours: &[ByteSpan], way: Match) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (g, gold) in gold.iter().enumerate() {
        for (o, ours) in ours.iter().enumerate() {
            if way.fits(*gold, *ours) {
                let shared = gold.intersection(*ours).map_or(0, ByteSpan::len);
                found.push((gold.cover(*ours).len() - shared, g, o));
            }
        }
    }
    found.sort_unstable();
    let (mut golds, mut theirs) = (vec![false; gold.len()], vec![false; ours.len()]);
    found
        .into_iter()
        .filter(|&(_, g, o)| {
            let free = !golds[g] && !theirs[o];
            if free {
                golds[g] = true;
                theirs[o] = true;
            }
            free
        })
        .map(|(_, g, o)| (g, o))
        .collect()
}

/// The score of some documents.
#[derive(Default)]
pub struct Score {
    rows: Vec<(String, Count)>,
    edits: usize,
    words: usize,
    calibration: [(usize, usize); 10],
    errors: Vec<String>,
}

impl Score {
    fn count(&mut self, row: &str, right: usize, proposed: usize, marked: usize) {
        let at = self.rows.iter().position(|(name, _)| name == row).unwrap_or_else(|| {
            self.rows.push((row.to_owned(), Count::default()));
            self.rows.len() - 1
        });
        let count = &mut self.rows[at].1;
        count.right += right;
        count.proposed += proposed;
        count.marked += marked;
    }

    /// Adds one document.
    pub fn add(&mut self, gold: &Reported, ours: &Analysis) {
        let marked: Vec<ByteSpan> = gold.quotations.iter().map(|q| q.span).collect();
        let spans: Vec<ByteSpan> = ours.quotations.iter().map(|q| q.span).collect();
        let ways = [
            ("exact", Match::Exact),
            ("overlap 0.8", Match::Overlap(0.8)),
            ("covered 0.3", Match::Covered(0.3)),
            ("covered 0.8", Match::Covered(0.8)),
        ];
        for (name, way) in ways {
            let right = pairs(&marked, &spans, way).len();
            self.count(&format!("all {name}"), right, spans.len(), marked.len());
            for kind in QuoteKind::ALL {
                let gold_kind: Vec<ByteSpan> =
                    gold.quotations.iter().filter(|q| q.kind == kind).map(|q| q.span).collect();
                let our_kind: Vec<ByteSpan> =
                    ours.quotations.iter().filter(|q| q.kind == kind).map(|q| q.span).collect();
                let right = pairs(&gold_kind, &our_kind, way).len();
                self.count(
                    &format!("{} {name}", kind.name()),
                    right,
                    our_kind.len(),
                    gold_kind.len(),
                );
            }
        }
        let unique = |spans: Vec<ByteSpan>| {
            let mut spans = spans;
            spans.sort_unstable();
            spans.dedup();
            spans
        };
        let cues = unique(gold.quotations.iter().filter_map(|q| q.cue).collect());
        let our_cues: Vec<ByteSpan> = ours.cues.iter().map(|c| c.span).collect();
        let speakers = unique(gold.quotations.iter().filter_map(|q| q.speaker).collect());
        let our_speakers: Vec<ByteSpan> = ours.speakers.iter().map(|s| s.span).collect();
        for (name, gold, ours) in [("cue", &cues, &our_cues), ("speaker", &speakers, &our_speakers)]
        {
            for (way_name, way) in [("exact", Match::Exact), ("overlap", Match::Overlap(0.01))] {
                let right = pairs(gold, ours, way).len();
                self.count(&format!("{name} {way_name}"), right, ours.len(), gold.len());
            }
        }
        self.resolution(gold, ours, &marked, &spans);
        self.left(gold, ours, &marked, &spans);
        self.words += gold.text.split_whitespace().count();
    }

    /// Of the quotations whose speaker can be told: those found and resolved
    /// right; and of those found alone.
    fn resolution(
        &mut self,
        gold: &Reported,
        ours: &Analysis,
        marked: &[ByteSpan],
        spans: &[ByteSpan],
    ) {
        let pairs = pairs(marked, spans, Match::Overlap(0.3));
        let told = gold.quotations.iter().filter(|q| q.resolved.is_some()).count();
        let (mut found, mut right) = (0, 0);
        for (g, o) in pairs {
            let Some(name) = &gold.quotations[g].resolved else { continue };
            found += 1;
            let entity = ours.quotations[o].entity.map(|e| ours.entities[e].name.as_str());
            if entity.is_some_and(|e| same_name(e, name)) {
                right += 1;
            } else {
                let entity = entity.unwrap_or("-");
                self.errors.push(format!(
                    "{}\twho\t{entity:?} for {name:?}\t<{}>\t{}",
                    gold.id,
                    ours.quotations[o]
                        .speaker
                        .map_or("-", |s| ours.speakers[s].span.of(&gold.text)),
                    context(&gold.text, spans[o])
                ));
            }
        }
        self.count("resolved of all", right, told, told);
        self.count("resolved of found", right, found, found);
    }

    /// The edits that are left, and what was wrong, to read.
    fn left(&mut self, gold: &Reported, ours: &Analysis, marked: &[ByteSpan], spans: &[ByteSpan]) {
        let pairs = pairs(marked, spans, Match::Overlap(0.3));
        let mut note = |what: &str, text: String| {
            self.errors.push(format!("{}\t{what}\t{text}", gold.id));
        };
        let mut edits = 0;
        let of = |span: Option<ByteSpan>| span.map_or("-", |s| s.of(&gold.text));
        for &(g, o) in &pairs {
            let (theirs, our): (&Marked, _) = (&gold.quotations[g], &ours.quotations[o]);
            let mut differ = |what: &str, ours: &str, theirs: &str| {
                edits += 1;
                note(what, format!("{ours:?} for {theirs:?}"));
            };
            if theirs.span != our.span {
                differ("span", our.span.of(&gold.text), theirs.span.of(&gold.text));
            }
            if theirs.kind != our.kind {
                differ(
                    "kind",
                    our.kind.name(),
                    &format!("{} {}", theirs.kind.name(), theirs.span.of(&gold.text)),
                );
            }
            let cue = our.cue.map(|c| ours.cues[c].span);
            if theirs.cue != cue {
                differ("cue", of(cue), of(theirs.cue));
            }
            let speaker = our.speaker.map(|s| ours.speakers[s].span);
            if theirs.speaker != speaker {
                differ("speaker", of(speaker), of(theirs.speaker));
            }
        }
        for (o, quotation) in ours.quotations.iter().enumerate() {
            let right = pairs.iter().any(|p| p.1 == o);
            let near = marked.iter().any(|m| Match::Overlap(0.8).fits(*m, quotation.span));
            let bin = &mut self.calibration[((quotation.score * 10.0) as usize).min(9)];
            bin.0 += 1;
            bin.1 += usize::from(near);
            if !right {
                edits += 1;
                let cue = quotation.cue.map(|c| ours.cues[c].span);
                note(
                    "spurious",
                    format!(
                        "{} {} <{}>",
                        quotation.kind.name(),
                        context(&gold.text, quotation.span),
                        of(cue)
                    ),
                );
            }
        }
        for (g, quotation) in gold.quotations.iter().enumerate() {
            if !pairs.iter().any(|p| p.0 == g) {
                edits += MISSING;
                note(
                    "missing",
                    format!(
                        "{} {} <{}> <{}>",
                        quotation.kind.name(),
                        context(&gold.text, quotation.span),
                        of(quotation.cue),
                        of(quotation.speaker)
                    ),
                );
            }
        }
        self.edits += edits;
    }

    /// A table to read.
    pub fn table(&self, title: &str) -> String {
        let mut out = format!("{title}\n");
        for (name, count) in &self.rows {
            let [p, r, f] = count.prf();
            out.push_str(&format!(
                "{name:<22} gold {:>5} ours {:>5}   P {p:5.1} R {r:5.1} F1 {f:5.1}\n",
                count.marked, count.proposed
            ));
        }
        let edits = 100.0 * self.edits as f64 / self.words.max(1) as f64;
        out.push_str(&format!("edits left for 100 words: {edits:.2} ({} words)\n", self.words));
        out.push_str("score: quotations, of them right at overlap 0.8\n");
        for (at, (all, right)) in self.calibration.iter().enumerate().filter(|(_, b)| b.0 > 0) {
            let share = 100.0 * *right as f64 / *all as f64;
            out.push_str(&format!("  {:.1}: {all:>5}  {share:5.1}%\n", at as f64 / 10.0));
        }
        out
    }
}

/// Whether two names are one, articles and case aside, one maybe shorter.
pub fn same_name(a: &str, b: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        name.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| {
                !w.is_empty() && !["l", "le", "la", "les", "d", "un", "une", "des"].contains(w)
            })
            .map(str::to_owned)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let within = |small: &[String], large: &[String]| {
        !small.is_empty() && large.windows(small.len()).any(|w| w == small)
    };
    within(&a, &b) || within(&b, &a)
}

fn context(text: &str, span: ByteSpan) -> String {
    let before: Vec<char> = text[..span.start].chars().rev().take(50).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = text[span.end..].chars().take(60).collect();
    format!("{before}[{}]{after}", span.of(text)).replace('\n', "⏎")
}

/// `guillemet quotations`: scores what the engine finds.
///
/// # Errors
/// If a corpus cannot be read.
pub fn score(words: &[String]) -> Result<(), LabError> {
    let options = Options::new(
        words,
        &["quotes", "winer", "own", "part", "errors", "mentions", "show", "fit", "rank", "speed"],
    )?;
    let shown = options.get("show", "");
    if !shown.is_empty() {
        print!("{}", show(&super::read(Path::new(shown))?, options.get("mentions", "found")));
        return Ok(());
    }
    let part = match options.get("part", "tuning") {
        "untouched" => Part::Untouched,
        "all" => Part::All,
        _ => Part::Tuning,
    };
    let winer = options.get("winer", "../shared/corpora/winer-fr");
    let quotes = options.get("quotes", "../shared/corpora/quotes-dev");
    let sets = [
        ("quotes-dev", articles(Path::new(quotes), Path::new(winer), part)?),
        ("own corpus", own(Path::new(options.get("own", "corpus")), part)?),
    ];
    let table = options.get("fit", "");
    if !table.is_empty() {
        let documents: Vec<Reported> = sets.into_iter().flat_map(|(_, d)| d).collect();
        let observed = calibration::observe(&documents);
        print!("{}", calibration::reliability(&observed));
        return std::fs::write(table, calibration::table(&observed))
            .map_err(|error| LabError(format!("{table} cannot be written: {error}")));
    }
    let table = options.get("rank", "");
    if !table.is_empty() {
        let documents = antecedents::read(sets.into_iter().flat_map(|(_, d)| d).collect());
        let (weights, report) = antecedents::weights(&documents);
        print!("{report}");
        return std::fs::write(table, weights)
            .map_err(|error| LabError(format!("{table} cannot be written: {error}")));
    }
    let rounds: usize = options.number("speed", 0)?;
    if rounds > 0 {
        let texts: Vec<String> = sets.into_iter().flat_map(|(_, d)| d).map(|d| d.text).collect();
        println!("{}", speed(&texts, rounds));
        return Ok(());
    }
    for (name, documents) in sets {
        let mut score = Score::default();
        for gold in &documents {
            score.add(gold, &analyse(&gold.text, options.get("mentions", "found")));
        }
        println!("{}", score.table(&format!("{name} ({} texts)", documents.len())));
        let most: usize = options.number("errors", 0)?;
        for error in score.errors.iter().take(most) {
            println!("{error}");
        }
    }
    Ok(())
}

/// Tokens a second, of the engine and of the quotation stage in it.
fn speed(texts: &[String], rounds: usize) -> String {
    let (mut tokens, mut whole, mut stage) = (0, Duration::ZERO, Duration::ZERO);
    for text in (0..rounds).flat_map(|_| texts) {
        let start = Instant::now();
        let found = engine::analyse(text);
        whole += start.elapsed();
        let cut = engine::tokens::tokenize(text);
        let sentences = engine::sentences::split(text, &cut);
        let mut entities = found.entities.clone();
        let start = Instant::now();
        engine::quotations::find(text, &cut, &sentences, &found.mentions, &mut entities);
        stage += start.elapsed();
        tokens += cut.len();
    }
    let rate = |time: Duration| tokens as f64 / time.as_secs_f64().max(1e-9);
    format!("{tokens} tokens: engine {:.0}/s, quotations {:.0}/s", rate(whole), rate(stage))
}

/// What is found in a text, a line for each quotation.
fn show(text: &str, mentions: &str) -> String {
    let found = analyse(text, mentions);
    let mut out = String::new();
    for quotation in &found.quotations {
        let cue = quotation.cue.map_or("-", |c| found.cues[c].span.of(text));
        let speaker = quotation.speaker.map_or("-", |s| found.speakers[s].span.of(text));
        let entity = quotation.entity.map_or("-", |e| found.entities[e].name.as_str());
        out.push_str(&format!(
            "{} {:.2} [{}] <{cue}> <{speaker}> ={entity}\n",
            quotation.kind.name(),
            quotation.score,
            quotation.span.of(text)
        ));
    }
    out
}

/// The engine, or the quotation stage alone, without any mention.
fn analyse(text: &str, mentions: &str) -> Analysis {
    if mentions != "none" {
        return engine::analyse(text);
    }
    let tokens = engine::tokens::tokenize(text);
    let sentences = engine::sentences::split(text, &tokens);
    let (mentions, mut entities) = (Vec::new(), Vec::new());
    let found = engine::quotations::find(text, &tokens, &sentences, &mentions, &mut entities);
    Analysis {
        mentions,
        cues: found.cues,
        speakers: found.speakers,
        quotations: found.quotations,
        entities,
    }
}
