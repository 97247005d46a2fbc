//! Without a network: what was opened once opens again, and works.

use std::fs;
use std::path::{Path, PathBuf};

use crate::browser::{Browser, dist};
use crate::desk::{LINES, TEXT};

/// A copy of the built page, whose files may change.
fn copy_of_page() -> PathBuf {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("offline-site");
    fs::remove_dir_all(&copy).ok();
    fs::create_dir_all(&copy).unwrap();
    for file in fs::read_dir(dist()).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), copy.join(file.file_name())).unwrap();
    }
    copy
}

/// Waits until the browser has kept the page.
fn wait_until_kept(browser: &Browser) {
    let body = "
        const [done] = arguments;
        navigator.serviceWorker.ready.then(() => done(true));";
    assert_eq!(browser.script_later(body, &[]), true);
}

#[test]
fn the_page_works_when_the_network_is_gone() {
    let browser = Browser::start_with_service_workers(&dist());
    browser.visit();
    wait_until_kept(&browser);
    browser.server().go_away();
    browser.refresh();
    browser.wait_for("textarea");
    browser.paste(TEXT);
    browser.wait_for(".piece.tagged");
    assert_eq!(browser.attribute("html", "data-engine").as_deref(), Some("worker"));
    browser.select(LINES, "bateau");
    browser.press("4");
    let before = browser.document();
    browser.refresh();
    browser.wait_for(".chunk");
    assert_eq!(browser.document(), before);
}

#[test]
fn a_newer_version_is_offered_and_opened_whole() {
    let site = copy_of_page();
    let browser = Browser::start_with_service_workers(&site);
    browser.visit();
    wait_until_kept(&browser);
    browser.refresh();
    browser.wait_for("textarea");

    let change = |file: &str, from: &str, to: &str| {
        let path = site.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from));
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    };
    change("index.html", "<title>Guillemet</title>", "<title>Newer</title>");
    change("offline.js", "const VERSION = \"", "const VERSION = \"newer");
    // What is kept is shown until the person wants the other.
    browser.refresh();
    browser.wait_for_text(".notice", "nouvelle version");
    assert_eq!(browser.script("return document.title", &[]), "Guillemet");
    browser.click_on(".notice button", "L'ouvrir");
    browser.wait("the newer page", || browser.script("return document.title", &[]) == "Newer");
    browser.server().go_away();
    browser.refresh();
    browser.wait_for("textarea");
    assert_eq!(browser.script("return document.title", &[]), "Newer");
    let names = "const [done] = arguments; caches.keys().then(done)";
    let names = browser.script_later(names, &[]);
    assert_eq!(names.as_array().map(Vec::len), Some(1), "{names}");
}
