//! How fast the engine reads, and in how much memory: three sizes of our own
//! dispatches, one megabyte of them, and texts made to be slow, each at three
//! sizes.
//!
//! A plain harness: the best of several runs is all that a figure in the
//! README needs, and it brings no dependency. `cargo bench`.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Instant;

use guillemet::engine::{self, entities, lexicon, mentions, sentences, tokens};
use guillemet::lab::notation;

#[global_allocator]
static COUNTED: Counted = Counted;
static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

fn main() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let corpus = notation::corpus(&folder).expect("the corpus keeps its notation");
    let all: Vec<&str> = corpus.iter().map(|gold| gold.text.as_str()).collect();
    let all = all.join("\n\n");
    println!("unpacking       {:8.1} ms", seconds(1, &unpack) * 1e3);
    for (name, size) in [("4 KB", 4_000), ("40 KB", 40_000), ("400 KB", 400_000)] {
        let text = cut(&all, size);
        let count = tokens::tokenize(text).len() as f64;
        let runs = 4_000_000 / text.len();
        let line = |what, time: f64| {
            let (rate, tokens) = (text.len() as f64 / time / 1e6, count / time / 1e3);
            println!(
                "{name:<7} {what:<8} {:8.2} ms {rate:6.2} MB/s {tokens:6.0} k tokens/s",
                time * 1e3
            );
        };
        line("entities", seconds(runs, &|| find(text)));
        line("all", seconds(runs, &|| drop(engine::analyse(text))));
    }
    let megabyte = all.repeat(2);
    let text = cut(&megabyte, 1_000_000);
    let before = HELD.load(Relaxed);
    MOST.store(before, Relaxed);
    drop(engine::analyse(text));
    let most = MOST.load(Relaxed) - before;
    println!(
        "1 MB    memory   {:8.1} MB, and {:.1} MB that stay",
        most as f64 / 1e6,
        unpacked() as f64 / 1e6
    );
    for (name, piece) in SLOW {
        let time = |bytes| {
            let (mut text, mut number) = (String::with_capacity(bytes + 100), 0);
            while text.len() < bytes {
                text += &piece(number);
                number += 1;
            }
            seconds(3, &|| drop(engine::analyse(&text)))
        };
        grows(name, &time);
    }
    grows("the corpus", &|bytes| seconds(3, &|| drop(engine::analyse(cut(&all, bytes)))));
}

type Piece = fn(usize) -> String;

/// Texts made to be slow, piece by piece.
const SLOW: [(&str, Piece); 16] = [
    ("no space", |_| "a".to_owned()),
    ("open marks", |_| "« ".to_owned()),
    ("marks", |_| "«».,;:!?()".to_owned()),
    ("marks in turn", |_| "« a » “b” \"c\" ".to_owned()),
    ("brackets", |_| "(a [b ".to_owned()),
    ("capitals", |_| "PARIS MACRON ".to_owned()),
    ("one sentence", |_| "le ministre de la ".to_owned()),
    ("appositions", |_| "X, le Y, le Z, ".to_owned()),
    ("lines", |_| "A\n".to_owned()),
    ("numbers", |_| "1 2,5 12.000 ".to_owned()),
    ("accents", |_| "e\u{301}".to_owned()),
    ("new names", |i| format!("« Oui », a dit Jean {}. ", new("R", i))),
    ("new sources", |i| format!("« Oui », a dit une source {}. ", new("r", i))),
    ("new nouns", |i| format!("la {} ONU est là. ", new("r", i))),
    ("new bodies", |i| format!("L'association {0} ({0}). ", new("R", i))),
    ("sources", |_| "Selon le maire, le juge est là et selon le préfet aussi, ".to_owned()),
];

/// A word that is not in the text yet.
fn new(start: &str, number: usize) -> String {
    const SYLLABLES: [&str; 10] = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru"];
    number.to_string().bytes().fold(start.to_owned(), |word, digit| {
        word + SYLLABLES[usize::from(digit - b'0') % SYLLABLES.len()]
    })
}

/// Prints how time grows with the size; linear time doubles twice.
fn grows(name: &str, time: &dyn Fn(usize) -> f64) {
    let [once, twice, more] = [100_000, 200_000, 400_000].map(time);
    println!(
        "{name:<14} 100 KB {:8.1} ms, twice as much {:.1} times, again {:.1} times",
        once * 1e3,
        twice / once,
        more / twice
    );
}

fn cut(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

fn unpack() {
    std::hint::black_box((mentions::weights(), lexicon::lexicon()));
}

/// Bytes that lists and weights take up, once they are unpacked.
fn unpacked() -> usize {
    let before = HELD.load(Relaxed);
    let held = (mentions::weights().clone(), lexicon::lexicon().clone());
    let bytes = HELD.load(Relaxed) - before;
    drop(held);
    bytes
}

fn find(text: &str) {
    let tokens = tokens::tokenize(text);
    let sentences = sentences::split(text, &tokens);
    let mut mentions = mentions::find(text, &tokens, &sentences);
    std::hint::black_box(entities::link(text, &tokens, &mut mentions));
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

/// The system's allocator, and how much it has given out.
struct Counted;

impl Counted {
    fn more(bytes: usize) {
        let held = HELD.fetch_add(bytes, Relaxed) + bytes;
        MOST.fetch_max(held, Relaxed);
    }
}

// SAFETY: the system's allocator does all of the work.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Self::more(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(place, layout) }
    }
}
