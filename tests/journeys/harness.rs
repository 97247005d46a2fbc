//! The harness itself, on a page that shows what reaches it.

use std::path::{Path, PathBuf};

use crate::browser::Browser;
use crate::eyes::Point;
use crate::hands::Pointer;

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journeys/fixture")
}

#[test]
fn what_a_person_does_reaches_the_page() {
    let browser = Browser::start(&fixture());
    browser.visit();

    browser.click("textarea");
    browser.type_text("Été\n");
    browser.paste("« Oui », dit-il.\n");
    browser.wait_for_text("output", "« Oui », dit-il.");
    assert_eq!(browser.property("textarea", "value"), "Été\n« Oui », dit-il.\n");

    browser.select("#text", "directrice a dit");
    assert_eq!(browser.selected_text(), "directrice a dit");
    browser.click_in_text("#text", "préfet");
    assert_eq!(browser.selected_text(), "");
    let caret = browser.script("return getSelection().anchorOffset", &[]);
    assert_eq!(caret, " a dit non, et le ".chars().count());
    browser.press("Shift+ArrowRight");
    browser.wait_for_text("output", "shift right");
    browser.double_click_in_text("#text", "préfet");
    assert_eq!(browser.selected_text().trim_end(), "préfet");
    browser.click_in_text("#text", "dit");
    browser.holding("Shift", || browser.click_in_text("#text", "préfet"));
    assert_eq!(browser.selected_text(), "dit non, et le ");

    browser.click_on("a", "Enregistrer");
    assert_eq!(browser.download(), ("notes.txt".to_owned(), "« é »".as_bytes().to_vec()));

    browser.choose_file("input", "a.txt", b"chosen");
    browser.wait_for_text("output", "chosen");
    browser.drop_file("body", "b.txt", b"dropped");
    browser.wait_for_text("output", "dropped");
}

#[test]
fn the_device_is_what_the_journey_says() {
    let browser = Browser::start(&fixture());
    browser.visit();
    browser.resize(700, 600);
    assert_eq!(browser.script("return innerWidth", &[]), 700);
    let dark = "return matchMedia('(prefers-color-scheme: dark)').matches";
    assert_eq!(browser.script(dark, &[]), false);
    browser.prefer(&[("prefers-color-scheme", "dark")]);
    assert_eq!(browser.script(dark, &[]), true);

    let from = browser.point_of("#box", "");
    browser.drag(from, Point { x: from.x + 80.0, y: from.y });
    assert_eq!(browser.text("#box"), "mouse");
    let x: f64 = browser.attribute("#box", "data-x").unwrap().parse().unwrap();
    assert_eq!(x, (from.x + 80.0).round());
    browser.point_with(Pointer::Finger, &[from]);
    assert_eq!(browser.text("#box"), "touch");

    browser.hover(Point { x: from.x + 5.0, y: from.y });
    let x: f64 = browser.attribute("#box", "data-x").unwrap().parse().unwrap();
    assert_eq!(x, (from.x + 5.0).round());

    browser.as_phone(390, 844);
    assert_eq!(browser.script("return innerWidth", &[]), 390);
    assert_eq!(browser.script("return matchMedia('(pointer: coarse)').matches", &[]), true);

    browser.screenshot("harness");
    let shot = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/output/harness.png");
    assert!(std::fs::read(shot).unwrap().starts_with(b"\x89PNG\r\n"));
}

#[test]
#[should_panic(expected = "http://elsewhere.example/picture.png")]
fn a_request_to_another_host_is_seen() {
    let mut browser = Browser::start(&fixture());
    browser.expect_error("picture.png");
    browser.visit();
    let body = "
        const [done] = arguments, image = new Image();
        image.onerror = () => done();
        image.src = 'http://elsewhere.example/picture.png';";
    browser.script_later(body, &[]);
}

#[test]
#[should_panic(expected = "errors in the console")]
fn an_error_in_the_console_is_seen() {
    let browser = Browser::start(&fixture());
    browser.visit();
    browser
        .script("setTimeout(() => { document.title = 'thrown'; throw new Error('mistake') })", &[]);
    browser.wait("the error", || browser.script("return document.title", &[]) == "thrown");
}
