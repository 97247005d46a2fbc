//! From the paste of a dispatch to the data that other programs load.

use std::io::Write;
use std::process::{Command, Stdio};

use guillemet::document::Document;
use guillemet::engine;
use guillemet::lab::reports;
use serde_json::Value;

use crate::browser::Browser;
use crate::desk::{LINES, only_document};
use crate::hands::Pointer::Finger;

/// One of our own dispatches.
fn wire() -> String {
    let file = include_str!("../dispatches/wire.txt");
    reports::dispatches(file, "wire").unwrap().swap_remove(0).text
}

/// What `guillemet tag` says of a text, under another id.
fn tagged_natively(text: &str, id: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guillemet"))
        .arg("tag")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    command.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = command.wait_with_output().unwrap();
    assert!(output.status.success());
    let json = String::from_utf8(output.stdout).unwrap();
    json.replacen("\"id\": \"stdin\"", &format!("\"id\": \"{id}\""), 1)
}

/// Each span's offsets count code points and give its words, as any program
/// reads them.
fn check_offsets(json: &str) {
    let file: Value = serde_json::from_str(json).unwrap();
    let document = &file["documents"][0];
    let text: Vec<char> = document["text"].as_str().unwrap().chars().collect();
    let spans = document["spans"].as_array().unwrap();
    assert!(!spans.is_empty());
    for span in spans {
        let at = |key: &str| usize::try_from(span[key].as_u64().unwrap()).unwrap();
        let words: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(span["text"], words.as_str());
    }
}

/// What the page shows of what it found.
fn check_screen(browser: &Browser, text: &str, document: &Document) {
    // Also of the lines that are not in the window, and so not rendered.
    let lines =
        "return [...document.querySelectorAll('.line p')].map(p => p.textContent).join('\\n')";
    assert_eq!(browser.script(lines, &[]), text);
    let found = engine::analyse(text);
    assert!(found.quotations.len() > 2 && found.mentions.len() > 2);
    assert_eq!(browser.count(".quotation-go"), found.quotations.len());
    assert_eq!(browser.count(".entity"), document.entities().count());
    for mention in &found.mentions {
        let words = mention.span.of(text);
        let shown = browser.texts(".piece.tagged").iter().any(|piece| words.starts_with(piece));
        assert!(shown, "no tag at {words}");
    }
    let names = browser.texts(".entity .name");
    for (_, entity) in document.entities() {
        assert!(names.contains(&entity.name), "{} is not listed: {names:?}", entity.name);
    }
}

fn from_paste_to_json(text: &str) {
    let browser = Browser::open();
    browser.wait_for("textarea");
    browser.paste(text);
    browser.wait_for(".piece.tagged");
    let json = browser.downloaded();
    let document = only_document(&json);
    check_screen(&browser, text, &document);
    check_offsets(&json);
    assert_eq!(json, tagged_natively(text, &document.id));

    // On a phone the same, by finger alone.
    browser.as_phone(390, 844);
    browser.forget_all();
    browser.wait_for("textarea");
    browser.paste(text);
    browser.wait_for(".piece.tagged");
    let tap = |css: &str, part: &str| {
        browser.point_with(Finger, &[browser.point_of(css, part)]);
    };
    tap(".tabs button", "Citations");
    browser.wait_for(".quotation-go");
    let who = browser.text(".quotation-go .who b");
    tap(".quotation-go", &who);
    browser.wait_for(".card");
    assert!(browser.is_visible(LINES));
    tap(".card-head .icon", "");
    tap("header .export", "");
    tap("button.download", "");
    let (_, again) = browser.download();
    let again = String::from_utf8(again).unwrap();
    assert_eq!(again, tagged_natively(text, &only_document(&again).id));
}

#[test]
fn our_own_dispatch_from_paste_to_json() {
    from_paste_to_json(&wire());
}

#[test]
#[ignore = "needs ../shared"]
fn a_real_dispatch_from_paste_to_json() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/dispatches/cyberattaques.txt");
    from_paste_to_json(&std::fs::read_to_string(path).unwrap());
}

#[test]
fn an_example_is_tagged_without_a_paste() {
    let browser = Browser::open();
    browser.click_on("button.example", "agence");
    browser.wait_for(".piece.tagged");
    let json = browser.downloaded();
    check_offsets(&json);
    let document = only_document(&json);
    assert_eq!(json, tagged_natively(document.text(), &document.id));
}

#[test]
fn a_long_text_can_be_read_and_marked_while_it_is_tagged() {
    let browser = Browser::open();
    browser.wait_for("textarea");
    let wire = wire();
    let mut text = wire.repeat(200_000 / wire.len() + 1);
    text.push_str("\nLe port dort.\n");
    browser.paste(&text);
    browser.wait_for(".chunk");
    browser.press("ArrowRight");
    browser.press("4");
    browser.wait_for_text(".card-words", text.split(',').next().unwrap());
    browser.wait_for_text("[role=status]", "Propositions reçues");
    let document = only_document(&browser.downloaded());
    assert_eq!(&**document.text(), text);
    assert!(document.spans().len() > 1000);
    let first = document.spans().map(|(_, span)| span).find(|span| span.range.start == 0);
    assert_eq!(first.map(|span| span.label.as_str()), Some("MISC"));
}
