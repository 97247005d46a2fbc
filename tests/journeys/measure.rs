//! How long a person waits, as the page's own clock sees it. Nothing here
//! asserts a time: the figures are printed.
//!
//! ```sh
//! cargo test --test journeys -- --nocapture --test-threads=1 measure
//! ```

use guillemet::lab::reports;

use crate::browser::Browser;

/// From the paste to the frame with the text, which begins with `arguments[0]`,
/// and to the end of the first frame with its tags: a message that is sent before
/// a frame is drawn comes after it.
const WATCH: &str = "
    const begins = arguments[0];
    window.times = new Promise((done) => addEventListener('paste', () => {
      const start = performance.now();
      const { port1, port2 } = new MessageChannel();
      let read = 0;
      port1.onmessage = () => done([read, performance.now() - start]);
      const look = () => {
        const there = document.querySelector('.lines')?.textContent.startsWith(begins);
        if (there) read ||= performance.now() - start;
        if (there && document.querySelector('.piece.tagged') && !document.querySelector('.sheet.busy')) {
          port2.postMessage(0);
        } else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }, { capture: true, once: true }));";

/// From a key to the end of the transaction that has it on disk.
const WATCH_DISK: &str = "
    window.times = new Promise((done) => addEventListener('keydown', () => {
      const start = performance.now();
      const begin = IDBDatabase.prototype.transaction;
      IDBDatabase.prototype.transaction = function (...of) {
        IDBDatabase.prototype.transaction = begin;
        const transaction = begin.apply(this, of);
        transaction.addEventListener('complete', () => done([performance.now() - start]));
        return transaction;
      };
    }, { capture: true, once: true }));";

/// Our own dispatches, one after another, this long in bytes at least.
fn text(bytes: usize) -> String {
    let files = [
        include_str!("../dispatches/wire.txt"),
        include_str!("../dispatches/regional.txt"),
        include_str!("../dispatches/institution.txt"),
    ];
    let all = files.iter().flat_map(|file| reports::dispatches(file, "own").unwrap());
    let all: Vec<String> = all.map(|dispatch| dispatch.text).collect();
    let mut text = String::new();
    for part in all.iter().cycle() {
        if text.len() >= bytes {
            break;
        }
        text.push_str(part);
        text.push_str("\n\n");
    }
    text
}

/// Waits for what a watch measures, in milliseconds.
#[track_caller]
fn times(browser: &Browser) -> Vec<f64> {
    // One question, which does not disturb the page while it works.
    let times = browser.script_later("times.then(arguments[0])", &[]);
    times.as_array().into_iter().flatten().filter_map(serde_json::Value::as_f64).collect()
}

#[test]
fn from_paste_to_tags_on_screen() {
    for (name, bytes) in [("4 KB", 4_000), ("20 KB", 20_000), ("200 KB", 200_000)] {
        let text = text(bytes);
        let browser = Browser::open();
        browser.wait("the engine", || {
            browser.attribute("html", "data-engine").as_deref() == Some("worker")
        });
        for nth in ["first", "second", "third"] {
            // What the page does by itself at the start is over.
            std::thread::sleep(std::time::Duration::from_secs(1));
            browser.script(WATCH, &[nth.into()]);
            browser.paste(&format!("{nth} {text}"));
            let times = times(&browser);
            eprintln!(
                "{name}, {nth}: text after {:.0} ms, tags after {:.0} ms",
                times[0], times[1]
            );
        }
    }
}

#[test]
fn from_a_key_to_the_disk() {
    for (name, bytes) in [("4 KB", 4_000), ("200 KB", 200_000)] {
        let browser = Browser::open();
        browser.wait_for(".welcome");
        browser.paste(&text(bytes));
        browser.wait_for(".piece.tagged");
        for _ in 0..3 {
            std::thread::sleep(std::time::Duration::from_millis(500));
            browser.press("n");
            browser.script(WATCH_DISK, &[]);
            browser.press("4");
            eprintln!("{name}: on disk {:.0} ms after the key", times(&browser)[0]);
        }
    }
}
