//! The label scheme is the person's: what is renamed, removed and brought
//! in, on the spans that are there, and all the way back.

use guillemet::scheme::Scheme;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::desk::{LINES, assert_same, dispatch, told};

fn open_labels(browser: &Browser) {
    browser.click("header .workspace");
    browser.click("dialog .labels");
    browser.wait_for(".label-row");
}

/// Types over the field of a label: `css` is within its row.
fn retype(browser: &Browser, label: &str, css: &str, text: &str) {
    let body = "
        const [label, css] = arguments;
        const rows = [...document.querySelectorAll('.label-row')];
        const row = rows.find(row => row.querySelector('.name').value === label);
        for (const old of document.querySelectorAll('[data-wanted]')) delete old.dataset.wanted;
        row.querySelector(css).dataset.wanted = '1';";
    browser.script(body, &[json!(label), json!(css)]);
    browser.click("[data-wanted]");
    browser.press("Ctrl+a");
    browser.type_text(text);
}

fn remove(browser: &Browser, label: &str) {
    let body = "
        const row = [...document.querySelectorAll('.label-row')]
            .find(row => row.querySelector('.name').value === arguments[0]);
        for (const old of document.querySelectorAll('[data-wanted]')) delete old.dataset.wanted;
        row.querySelector('button:last-of-type').dataset.wanted = '1';";
    browser.script(body, &[json!(label)]);
    browser.click("[data-wanted]");
}

fn apply(browser: &Browser) {
    browser.click("dialog .apply:enabled");
    browser.wait("the dialog to close", || browser.count("dialog") == 0);
}

fn scheme(json: &str) -> Value {
    serde_json::from_str::<Value>(json).unwrap()["scheme"].clone()
}

#[test]
fn a_renamed_label_is_renamed_everywhere_and_comes_back() {
    let browser = Browser::open_on(&dispatch());
    let before = browser.downloaded();
    open_labels(&browser);
    retype(&browser, "PERSON", ".name", "HUMAIN");
    retype(&browser, "PLACE", ".key", "l");
    apply(&browser);
    browser.wait_for_text(".notice", "1 dans 1");
    let lines = told(&browser.document());
    assert!(lines.contains(&"Ana Roy HUMAIN?".to_owned()), "{lines:#?}");
    // The key that was given gives it, and it outlives the page.
    browser.select(LINES, "port");
    browser.press("l");
    browser.reload();
    browser.wait_for(".chunk");
    let after = browser.downloaded();
    assert!(
        after.contains("\"HUMAIN\"")
            && told(&browser.document()).contains(&"port PLACE".to_owned())
    );
    browser.press("Ctrl+z");
    browser.press("Ctrl+z");
    browser.wait_for_text("[role=status]", "Étiquettes changées partout");
    assert_same(&browser.downloaded(), &before);
    browser.press("Ctrl+y");
    browser.press("Ctrl+y");
    assert_same(&browser.downloaded(), &after);
}

#[test]
fn a_label_goes_only_with_a_word_about_its_spans() {
    let browser = Browser::open_on(&dispatch());
    let before = browser.downloaded();
    open_labels(&browser);
    remove(&browser, "PLACE");
    browser.wait_for(".fate");
    assert_eq!(browser.count("dialog .apply:enabled"), 0);
    browser.wait_for_text("dialog .losses", "posée 1 fois, dans 1 dépêche");
    let choose = "const s = document.querySelector('.fate'); s.value = arguments[0]; s.dispatchEvent(new Event('change', { bubbles: true }))";
    browser.script(choose, &[json!("remove")]);
    apply(&browser);
    let gone = browser.downloaded();
    assert!(!gone.contains("PLACE"));
    browser.click_on(".notice button", "Tout remettre");
    assert_same(&browser.downloaded(), &before);
}

#[test]
fn keys_and_names_that_are_taken_are_told() {
    let browser = Browser::open_on(&dispatch());
    open_labels(&browser);
    for (key, why) in [("x", "la page se sert"), ("2", "est prise")] {
        retype(&browser, "PERSON", ".key", key);
        browser.wait_for_text(".fault", why);
        assert_eq!(browser.count("dialog .apply:enabled"), 0);
    }
    retype(&browser, "PERSON", ".key", "9");
    retype(&browser, "ORG", ".name", "PLACE");
    browser.wait_for_text(".fault", "ce nom est pris");
    browser.press("Escape");
    browser.wait("the dialog to close", || browser.count("dialog") == 0);
    let saved = scheme(&browser.downloaded());
    assert_eq!(saved["labels"][0]["key"], "1");
}

#[test]
fn a_scheme_comes_in_and_goes_out_alone() {
    let browser = Browser::open_on(&dispatch());
    open_labels(&browser);
    browser.choose_file("input.scheme-file", "noms.txt", b"ELU\nPERSON\nLOI\n");
    browser.wait("three", || browser.count(".label-row") == 3);
    // What is there and not among them waits for a word.
    browser.wait("what goes", || browser.count(".fate") == 2);
    let choose = "for (const s of document.querySelectorAll('.fate')) { s.value = s.options[2].value; s.dispatchEvent(new Event('change', { bubbles: true })) }";
    browser.script(choose, &[]);
    apply(&browser);
    let lines = told(&browser.document());
    assert!(lines.contains(&"Brest ELU?".to_owned()), "{lines:#?}");
    open_labels(&browser);
    browser.click("dialog .export-scheme");
    let (name, content) = browser.download();
    assert_eq!(name, "guillemet.scheme.json");
    let content: Value = serde_json::from_slice(&content).unwrap();
    assert_eq!(content["format"], "guillemet-scheme");
    browser.click("dialog .default-scheme");
    browser
        .wait("the default", || browser.count(".label-row") == Scheme::default().labels.len() - 3);
    browser.choose_file("input.scheme-file", "labels.json", content.to_string().as_bytes());
    browser.wait("three", || browser.count(".label-row") == 3);
    let config = r##"<View><Labels name="label" toName="text"><Label value="Parti" background="#ffff00"/></Labels><Text name="text" value="$text"/></View>"##;
    browser.choose_file("input.scheme-file", "config.xml", config.as_bytes());
    browser.wait("one", || browser.count(".label-row") == 1);
    browser.wait_for_text(".label-row", "trop claire");
    browser.choose_file("input.scheme-file", "wrong.json", b"{}");
    browser.wait_for_text(".notice", "pas d'étiquettes");
}

#[test]
fn a_colour_alone_is_taken_back_by_key() {
    let browser = Browser::open_on(&dispatch());
    let before = scheme(&browser.downloaded());
    open_labels(&browser);
    let paint = "
        const field = document.querySelector('.label-row input[type=color]');
        field.value = '#123456';
        field.dispatchEvent(new Event('input', { bubbles: true }));";
    browser.script(paint, &[]);
    apply(&browser);
    assert_eq!(scheme(&browser.downloaded())["labels"][0]["color"], "#123456");
    browser.press("Ctrl+z");
    assert_eq!(scheme(&browser.downloaded()), before);
    browser.press("Ctrl+y");
    browser.reload();
    browser.wait_for(".chunk");
    assert_eq!(scheme(&browser.downloaded())["labels"][0]["color"], "#123456");
    browser.press("Ctrl+z");
    assert_eq!(scheme(&browser.downloaded()), before);
}

#[test]
fn a_relation_gets_another_name() {
    let browser = Browser::open_on(&dispatch());
    open_labels(&browser);
    browser.click(".relations > input");
    browser.type_text("parent");
    browser.press("Enter");
    browser.wait_for(".relation input");
    // The names that quotations live by are no fields.
    assert_eq!(browser.count(".relation input"), 1);
    browser.click(".relation input");
    browser.press("Ctrl+a");
    browser.type_text("cue");
    browser.wait_for_text(".relation .fault", "ce nom est pris");
    assert_eq!(browser.count("dialog .apply:enabled"), 0);
    browser.press("Ctrl+a");
    browser.type_text("famille");
    apply(&browser);
    let names = scheme(&browser.downloaded())["relations"].to_string();
    assert!(names.contains("famille") && !names.contains("parent"), "{names}");
    browser.press("Ctrl+z");
    assert!(!scheme(&browser.downloaded())["relations"].to_string().contains("famille"));
}
