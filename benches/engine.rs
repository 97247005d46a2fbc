//! How fast the engine reads: real sizes of our own dispatches, and texts made
//! to be slow.
//!
//! A plain harness: best of several runs over wall time is all that a figure
//! in the README needs, and it brings no dependency. `cargo bench`.

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
        all[..end.unwrap_or(0)].to_owned()
    };
    let start = Instant::now();
    let (weights, words) = (mentions::weights(), lexicon::lexicon());
    println!("unpacking {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let _ = (weights, words);
    for (name, text) in [
        ("4 KB", cut(4_000)),
        ("40 KB", cut(40_000)),
        ("400 KB", cut(400_000)),
        ("no space", "a".repeat(2_000_000)),
        ("marks", "«».,;:!?()".repeat(150_000)),
        ("capitals", "Paris Macron ".repeat(150_000)),
        ("one sentence", "le ministre de la ".repeat(100_000)),
        ("lines", "A\n".repeat(500_000)),
        ("numbers", "1 2,5 12.000 ".repeat(150_000)),
        ("accents", "e\u{301}".repeat(500_000)),
    ] {
        measure(name, &text);
    }
}

fn measure(name: &str, text: &str) {
    let count = tokens::tokenize(text).len();
    let runs = if text.len() < 50_000 { 20 } else { 3 };
    let best = |run: &dyn Fn()| {
        (0..runs)
            .map(|_| {
                let start = Instant::now();
                run();
                start.elapsed().as_secs_f64()
            })
            .fold(f64::MAX, f64::min)
    };
    let found = best(&|| {
        let tokens = tokens::tokenize(text);
        let sentences = sentences::split(text, &tokens);
        std::hint::black_box(mentions::find(text, &tokens, &sentences));
    });
    let whole = best(&|| {
        std::hint::black_box(engine::analyse(text));
    });
    let (mb, tokens) = (text.len() as f64 / 1e6, count as f64 / 1e6);
    println!(
        "{name:<14} mentions {:8.1} ms {:7.2} MB/s {:6.2} M tokens/s   all {:8.1} ms {:7.2} MB/s",
        found * 1e3,
        mb / found,
        tokens / found,
        whole * 1e3,
        mb / whole,
    );
}
