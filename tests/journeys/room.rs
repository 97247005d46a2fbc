//! The room runs out for good: the browser refuses to write, nothing is lost
//! on the page, and what is there is written as soon as there is room.

use guillemet::formats::native;
use serde_json::json;

use crate::browser::Browser;
use crate::desk::dispatch;

/// Room for the page's empty databases and a dispatch, in bytes.
const ROOM: usize = 400_000;

/// Lets the browser keep no more than so many bytes of the page.
fn allow(browser: &Browser, bytes: Option<usize>) {
    let origin = format!("http://{}", browser.server().address());
    let mut quota = json!({ "origin": origin });
    if let Some(bytes) = bytes {
        quota["quotaSize"] = json!(bytes);
    }
    browser.devtools("Storage.overrideQuotaForOrigin", &quota);
}

/// A browser that keeps this little of the page from the start (it looks only
/// now and then how much it may keep), with a dispatch and a step in it.
fn tight() -> Browser {
    let browser = Browser::start(&crate::browser::dist());
    allow(&browser, Some(ROOM));
    browser.visit();
    browser.take_in(&dispatch());
    browser.press("Enter");
    browser.wait_for(".saving[data-state='saved']");
    browser
}

/// A text of about so many bytes that says nothing, and never the same.
fn long(seed: u32, bytes: usize) -> String {
    let mut state = seed;
    let mut text = String::with_capacity(bytes + 8);
    while text.len() < bytes {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        text.push_str(&format!("{:x} ", state >> 8));
    }
    text
}

/// All dispatches, as the page downloads them.
fn all(browser: &Browser) -> Vec<guillemet::document::Document> {
    browser.open_export();
    browser.click_on("dialog .chip", "Toutes");
    let file = browser.written();
    browser.leave();
    native::read(std::str::from_utf8(&file.bytes).unwrap()).unwrap().documents
}

#[test]
fn when_the_disk_is_full_nothing_is_lost() {
    let browser = tight();
    let text = long(1, 900_000);
    browser.paste(&text);
    browser.wait_for_text(".notice", "Plus de place pour enregistrer");
    assert_eq!(browser.listed(), 2);
    // The work goes on, and can be taken away.
    browser.click_on(".document-go", "Un bateau");
    browser.wait_for_text(".lines", "bateau");
    browser.select(".lines", "bateau");
    browser.press("4");
    let there = all(&browser);
    assert_eq!(there.len(), 2);
    assert!(there[0].spans().any(|(_, s)| s.label == *"MISC"), "the last edit is there");
    assert_eq!(there[1].text().trim_end(), text.trim_end());
    browser.screenshot("full");
    // What was on disk before is sound; the browser asks before it is closed.
    allow(&browser, None);
    browser.select(".lines", "port");
    browser.press("3");
    browser.wait_for(".saving[data-state='saved']");
    let there = all(&browser);
    browser.reload();
    browser.wait_for(".chunk");
    assert_eq!(all(&browser), there);
}

#[test]
fn a_full_disk_keeps_what_it_had() {
    let browser = tight();
    let before = all_or_one(&browser);
    browser.paste(&long(2, 900_000));
    browser.wait_for_text(".notice", "Plus de place pour enregistrer");
    browser.reload();
    // The browser asks whether to leave: the person insists.
    browser.wait_for(".chunk");
    assert_eq!(all_or_one(&browser), before);
}

/// One dispatch alone has no choice of all.
fn all_or_one(browser: &Browser) -> Vec<guillemet::document::Document> {
    native::read(&browser.downloaded()).unwrap().documents
}
