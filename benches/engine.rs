//! How fast the engine reads: three sizes of our own dispatches, and texts
//! made to be slow, each at one size and at twice that size.
//!
//! A plain harness: the best of several runs is all that a figure in the
//! README needs, and it brings no dependency. `cargo bench`.

use std::time::Instant;

use guillemet::engine::{self, lexicon, mentions, sentences, tokens};
use guillemet::lab::notation;

fn main() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let corpus = notation::corpus(&folder).expect("the corpus keeps its notation");
    let all: Vec<&str> = corpus.iter().map(|gold| gold.text.as_str()).collect();
    let all = all.join("\n\n");
    let cut = |bytes: usize| {
        let end = (0..=bytes.min(all.len())).rev().find(|at| all.is_char_boundary(*at));
        &all[..end.unwrap_or(0)]
    };
    println!("unpacking       {:8.1} ms", seconds(1, &unpack) * 1e3);
    for (name, text) in [("4 KB", cut(4_000)), ("40 KB", cut(40_000)), ("400 KB", cut(400_000))] {
        let count = tokens::tokenize(text).len() as f64;
        let runs = 2_000_000 / text.len();
        let (found, whole) =
            (seconds(runs, &|| find(text)), seconds(runs, &|| drop(engine::analyse(text))));
        let line = |what, time: f64| {
            let (rate, tokens) = (text.len() as f64 / time / 1e6, count / time / 1e3);
            println!(
                "{name:<7} {what:<8} {:8.2} ms {rate:6.2} MB/s {tokens:6.0} k tokens/s",
                time * 1e3
            );
        };
        line("mentions", found);
        line("all", whole);
    }
    for (name, piece) in [
        ("no space", "a"),
        ("marks", "«».,;:!?()"),
        ("capitals", "Paris Macron "),
        ("one sentence", "le ministre de la "),
        ("lines", "A\n"),
        ("numbers", "1 2,5 12.000 "),
        ("accents", "e\u{301}"),
    ] {
        let text = |bytes: usize| piece.repeat(bytes / piece.len());
        let (once, twice) = (text(100_000), text(200_000));
        let time = |text: &str| seconds(3, &|| drop(engine::analyse(text)));
        let (once, twice) = (time(&once), time(&twice));
        println!(
            "{name:<14} 100 KB {:8.1} ms, twice as much {:.1} times",
            once * 1e3,
            twice / once
        );
    }
}

fn unpack() {
    std::hint::black_box((mentions::weights(), lexicon::lexicon()));
}

fn find(text: &str) {
    let tokens = tokens::tokenize(text);
    let sentences = sentences::split(text, &tokens);
    std::hint::black_box(mentions::find(text, &tokens, &sentences));
}

/// The shortest of some runs.
fn seconds(runs: usize, run: &dyn Fn()) -> f64 {
    (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64()
        })
        .fold(f64::MAX, f64::min)
}
