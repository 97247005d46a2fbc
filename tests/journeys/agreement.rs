//! What two people and the engine make of the same dispatches leaves side by
//! side.

use guillemet::formats::File;
use serde_json::json;

use crate::browser::Browser;
use crate::desk::{LINES, dispatch, unpacked};

fn table(files: &[File], name: &str) -> String {
    let file = files.iter().find(|file| file.name == name).unwrap();
    String::from_utf8(file.bytes.clone()).unwrap()
}

/// A browser on the page with the dispatch and a decision of a person.
fn annotated() -> Browser {
    let browser = Browser::open_on(&dispatch());
    browser.select(LINES, "bateau");
    browser.press("4");
    browser
}

#[test]
fn a_persons_decisions_stand_beside_the_first_proposals() {
    let browser = annotated();
    browser.open_export();
    let files = unpacked(&browser.written_as("agreement"));
    let mentions = table(&files, "mentions.csv");
    assert!(
        mentions.starts_with("\u{feff}document,token,start,end,text,engine,annotator\r\n"),
        "{mentions}"
    );
    assert!(mentions.contains(",bateau,O,MISC\r\n"), "{mentions}");
    assert!(mentions.contains(",lundi,DATE,DATE\r\n"), "{mentions}");
    // Nobody to compare with is told.
    browser.click(".annotators .check:nth-of-type(1) input");
    browser.wait_for_text(".losses", "1 dépêche d'un seul annotateur");
}

#[test]
fn two_workspaces_are_two_annotators() {
    let browser = annotated();
    browser.click("header .workspace");
    browser.click(".new-place input");
    browser.type_text("Bob");
    browser.press("Enter");
    browser.wait_for(".welcome");
    browser.take_in(&dispatch());
    browser.select(LINES, "port");
    browser.press("3");
    browser.open_export();
    browser.choose_format("agreement");
    browser.wait_for_text(".annotators", "Mon espace");
    let choose = "for (const box of document.querySelectorAll('.annotators input')) box.click()";
    browser.script(choose, &[json!(0)]);
    let files = unpacked(&browser.written());
    let mentions = table(&files, "mentions.csv");
    assert!(mentions.contains("text,Bob,Mon espace\r\n"), "{mentions}");
    assert!(mentions.contains(",bateau,O,MISC\r\n") && mentions.contains(",port,PLACE,O\r\n"));
    browser.screenshot("agreement");
}
