//! Nothing is lost: downloads open again unchanged, and what was done is there
//! after a reload, after the tab's end and after the browser's.

use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::browser::Browser;
use crate::desk::{LINES, TEXT, assert_same, dispatch, only_document, told};

/// A person's work of some steps.
fn work(browser: &Browser) {
    browser.take_in(&dispatch());
    for key in ["n", "Enter", "k", "n", "Backspace", "2"] {
        browser.press(key);
    }
    browser.select(LINES, "bateau gris");
    browser.press("4");
}

#[test]
fn what_was_downloaded_opens_again_unchanged() {
    let browser = Browser::open();
    work(&browser);
    let saved = browser.downloaded();
    let document = only_document(&saved);
    assert_eq!(&**document.text(), TEXT);
    let there = ["bateau gris MISC", "lundi DATE", "Brest ORG"];
    assert!(there.iter().all(|line| told(&document).contains(&(*line).to_owned())));
    assert_eq!(document.rejected().len(), 2, "{:?}", document.rejected());

    // What is copied is the same.
    browser.copy("");
    browser.press("Ctrl+s");
    browser.click("dialog .copy");
    browser.wait_for_text("[role=status]", "Copié");
    let body = "const done = arguments[0]; navigator.clipboard.readText().then(done)";
    assert_eq!(browser.script_later(body, &[]), saved);
    browser.press("Escape");

    // Unchanged, it is the document that is open already.
    browser.drop_file("body", "again.json", saved.as_bytes());
    browser.wait_for_text("[role=status]", "déjà ouvert");
    assert_eq!(browser.count(".documents li"), 1);

    for chosen in [true, false] {
        browser.forget_all();
        browser.wait_for(".welcome");
        if chosen {
            browser.choose_file("input.file", "again.json", saved.as_bytes());
        } else {
            browser.drop_file(".welcome", "again.json", saved.as_bytes());
        }
        browser.wait_for(".chunk");
        assert_same(&browser.downloaded(), &saved);
        // To open is no step.
        browser.press("Ctrl+z");
        assert_same(&browser.downloaded(), &saved);
    }
    // Pasted, it opens as well.
    browser.forget_all();
    browser.wait_for(".welcome");
    browser.paste(&saved);
    browser.wait_for(".chunk");
    assert_same(&browser.downloaded(), &saved);
}

#[test]
fn one_file_holds_all_dispatches() {
    let browser = Browser::open_on(&dispatch());
    browser.press("Enter");
    browser.press("4");
    browser.drop_file("body", "second.txt", "Le port dort.".as_bytes());
    browser.wait("both", || browser.count(".documents li") == 2);
    browser.press("Ctrl+s");
    browser.click_on("dialog .chip", "Toutes");
    browser.click("button.download:enabled");
    let (name, content) = browser.download();
    assert_eq!(name, "guillemet.json");
    browser.press("Escape");

    browser.forget_all();
    browser.wait_for(".welcome");
    browser.drop_file("body", "all.json", &content);
    browser.wait("both again", || browser.count(".documents li") == 2);
    browser.press("Ctrl+s");
    browser.click_on("dialog .chip", "Toutes");
    browser.click("button.download:enabled");
    assert_eq!(browser.download().1, content);
}

#[test]
fn a_reload_keeps_all_and_every_step() {
    let browser = Browser::open();
    browser.take_in(&dispatch());
    let mut states = vec![browser.downloaded()];
    // The page is loaded again after every step, and once in the middle of redoing.
    for key in ["n", "Ctrl+Enter", "n"] {
        browser.press(key);
    }
    for step in ["bateau", "gris", "port", "dort"] {
        browser.select(LINES, step);
        browser.press("4");
        browser.reload();
        browser.wait_for(".chunk");
        states.push(browser.downloaded());
    }
    browser.press("Ctrl+z");
    browser.press("Ctrl+z");
    browser.reload();
    browser.wait_for(".chunk");
    assert_same(&browser.downloaded(), &states[2]);
    browser.press("Ctrl+Shift+z");
    assert_same(&browser.downloaded(), &states[3]);
    browser.reload();
    browser.wait_for(".chunk");
    browser.press("Ctrl+y");
    assert_same(&browser.downloaded(), &states[4]);
    for _ in 0..5 {
        browser.press("Ctrl+z");
    }
    assert_same(&browser.downloaded(), &states[0]);
    // Another step makes the undone ones void, also on disk.
    browser.select(LINES, "encore");
    browser.press("5");
    let other = browser.downloaded();
    browser.reload();
    browser.wait_for(".chunk");
    browser.press("Ctrl+Shift+z");
    browser.wait_for_text("[role=status]", "Rien à rétablir");
    assert_same(&browser.downloaded(), &other);
}

#[test]
fn what_is_taken_out_comes_back_with_its_steps() {
    let browser = Browser::open();
    work(&browser);
    let saved = browser.downloaded();
    browser.drop_file("body", "second.txt", "Le port dort.".as_bytes());
    browser.wait("both", || browser.count(".documents li") == 2);
    browser.click("nav .documents li:first-child .more");
    browser.wait("one", || browser.count(".documents li") == 1);
    browser.click_on(".notice button", "Remettre");
    browser.wait("both", || browser.count(".documents li") == 2);
    browser.reload();
    browser.wait("both", || browser.count(".documents li") == 2);
    assert_same(&browser.downloaded(), &saved);
    browser.press("Ctrl+z");
    assert_ne!(browser.downloaded(), saved);
    browser.press("Ctrl+y");
    assert_same(&browser.downloaded(), &saved);
}

#[test]
fn a_killed_browser_loses_nothing() {
    let mut browser = Browser::open();
    browser.take_in(&dispatch());
    browser.press("n");
    for (key, line) in [("2", "lundi ORG"), ("4", "lundi MISC"), ("Backspace", "")] {
        browser.press(key);
        thread::sleep(Duration::from_millis(100));
        browser.kill();
        browser.wait_for(".chunk");
        let lines = told(&browser.document());
        let there = lines.iter().find(|told| told.starts_with("lundi"));
        assert_eq!(there.map_or("", String::as_str), line);
        browser.click_in_text(LINES, "lundi");
    }
}

#[test]
fn a_crashed_tab_loses_nothing() {
    let browser = Browser::open();
    browser.take_in(&dispatch());
    let key = json!({ "type": "keyDown", "key": "Enter", "code": "Enter", "text": "\r" });
    let bulk = json!({ "type": "keyDown", "key": "Enter", "code": "Enter", "modifiers": 2 });
    browser.devtools("Input.dispatchKeyEvent", &key);
    browser.devtools("Input.dispatchKeyEvent", &bulk);
    thread::sleep(Duration::from_millis(100));
    browser.crash_tab();
    browser.visit();
    browser.wait_for(".chunk");
    let lines = told(&browser.document());
    assert!(lines.iter().all(|line| !line.contains('?')), "{lines:#?}");
}
