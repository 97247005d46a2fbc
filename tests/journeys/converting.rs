//! The converter fails a person in every way that it can, and they go on.

use crate::browser::Browser;
use crate::desk::dispatch;

/// The converter's worker does what `window.fault` says with the next request:
/// never hears of it, or hears what it cannot bear.
const FAULTY: &str = "
    const Real = Worker;
    window.started = 0;
    window.Worker = class extends Real {
      constructor(...of) { super(...of); started += 1; }
      postMessage(message, ...more) {
        const fault = message?.ask && window.fault;
        if (fault) window.fault = null;
        if (fault === 'silent') return;
        super.postMessage(fault === 'dead' ? 'nothing it knows' : message, ...more);
      }
    };";

fn open() -> Browser {
    let mut browser = Browser::start(&crate::browser::dist());
    browser.before_the_page(FAULTY);
    // What the worker died of is in the console.
    browser.expect_error("the page sends requests only");
    browser.expect_error("unreachable");
    browser.visit();
    browser.wait_for("textarea");
    browser.take_in(&dispatch());
    browser
}

fn started(browser: &Browser) -> u64 {
    browser.script("return started", &[]).as_u64().unwrap()
}

fn next_is(browser: &Browser, fault: &str) {
    browser.script("window.fault = arguments[0]", &[fault.into()]);
}

#[test]
fn a_download_that_hangs_can_be_stopped() {
    let browser = open();
    browser.open_export();
    let before = started(&browser);
    next_is(&browser, "silent");
    browser.choose_format("tei");
    browser.wait_for_text("dialog .converting", "La conversion continue");
    browser.click("dialog .converting .stop");
    browser.wait_for_text(".check-line.bad", "arrêtée");
    assert_eq!(browser.count(".converting"), 0);
    // Another worker takes its place.
    assert!(!browser.written_as("conll").bytes.is_empty());
    assert!(!browser.written_as("tei").bytes.is_empty());
    assert_eq!(started(&browser), before + 1);
}

#[test]
fn a_worker_that_dies_fails_one_request() {
    let browser = open();
    browser.open_export();
    assert!(!browser.written_as("conll").bytes.is_empty());
    let before = started(&browser);
    next_is(&browser, "dead");
    browser.choose_format("tei");
    browser.wait_for_text(".check-line.bad", "interrompue");
    assert!(!browser.written_as("doccano").bytes.is_empty());
    assert!(!browser.written_as("tei").bytes.is_empty());
    assert_eq!(started(&browser), before + 1);
}

#[test]
fn an_import_that_hangs_can_be_stopped() {
    let browser = open();
    let line = r#"{"text":"Ana Roy parle.","label":[[0,7,"PERSON"]]}"#;
    next_is(&browser, "silent");
    browser.drop_file("body", "a.jsonl", line.as_bytes());
    browser.wait_for(".converting .stop");
    browser.screenshot("converting");
    browser.click(".converting .stop");
    browser.wait_for_text(".notice", "Conversion arrêtée");
    assert_eq!(browser.listed(), 1);
    browser.drop_file("body", "a.jsonl", line.as_bytes());
    browser.wait("both", || browser.listed() == 2);
}
