//! Workspaces: several, each with its own documents; the tabs on them; the
//! backup that holds all; the room that runs short.

use serde_json::json;

use crate::browser::Browser;
use crate::desk::{LINES, assert_same, dispatch, told};

const MENU: &str = "header .workspace";

fn label(browser: &Browser, words: &str, key: &str) {
    browser.select(LINES, words);
    browser.press(key);
}

fn make(browser: &Browser, name: &str) {
    browser.click(MENU);
    browser.click(".new-place input");
    browser.type_text(name);
    browser.press("Enter");
    browser.wait_for(".welcome");
    browser.wait_for_text(MENU, name);
}

fn go_to(browser: &Browser, name: &str) {
    browser.click(MENU);
    browser.wait("the workspaces", || browser.count(".shelf li") > 1);
    // A field tells its name by its value alone.
    let body = "const [name] = arguments; const li = [...document.querySelectorAll('.shelf li')].find(li => li.querySelector('input.name')?.value === name); li.querySelector('.open').id = 'wanted'";
    browser.script(body, &[json!(name)]);
    browser.click("#wanted");
    browser.wait_for_text(MENU, name);
}

#[test]
fn each_workspace_keeps_its_own() {
    let browser = Browser::open_on(&dispatch());
    label(&browser, "bateau", "4");
    let first = browser.downloaded();
    make(&browser, "Élections");
    browser.take_in(&dispatch());
    label(&browser, "port", "5");
    let second = browser.downloaded();
    assert_ne!(first, second);
    go_to(&browser, "Mon espace");
    browser.wait_for(".chunk");
    assert_same(&browser.downloaded(), &first);
    browser.press("Ctrl+z");
    browser.press("Ctrl+y");
    // What was open last is open again, in this tab and in a new one.
    go_to(&browser, "Élections");
    browser.reload();
    browser.wait_for(".chunk");
    assert_same(&browser.downloaded(), &second);
    browser.open_tab();
    browser.wait_for(".chunk");
    browser.wait_for_text(MENU, "Élections");
}

#[test]
fn two_tabs_on_two_workspaces_both_write() {
    let browser = Browser::open_on(&dispatch());
    let first = browser.tab();
    browser.open_tab();
    browser.wait_for_text(".elsewhere", "autre onglet");
    make(&browser, "Deux");
    let second = browser.tab();
    assert_eq!(browser.count(".elsewhere"), 0);
    browser.take_in(&dispatch());
    label(&browser, "port", "5");
    browser.go_to_tab(&first);
    assert_eq!(browser.count(".elsewhere"), 0);
    label(&browser, "bateau", "4");
    browser.reload();
    browser.wait_for(".chunk");
    let lines = told(&browser.document());
    assert!(lines.contains(&"bateau MISC".to_owned()) && !lines.contains(&"port DATE".to_owned()));
    browser.go_to_tab(&second);
    browser.reload();
    browser.wait_for(".chunk");
    let lines = told(&browser.document());
    assert!(lines.contains(&"port DATE".to_owned()) && !lines.contains(&"bateau MISC".to_owned()));
    // Gone over to the workspace of the first tab, it only shows that.
    go_to(&browser, "Mon espace");
    browser.wait_for_text(".elsewhere", "autre onglet");
}

#[test]
fn a_removed_workspace_is_there_until_it_is_deleted() {
    let browser = Browser::open_on(&dispatch());
    label(&browser, "bateau", "4");
    let first = browser.downloaded();
    browser.click(MENU);
    browser.wait_for(".shelf .remove:disabled");
    browser.press("Escape");
    make(&browser, "Deux");
    browser.click(MENU);
    browser.wait("two", || browser.count(".shelf .remove:enabled") == 2);
    browser.click(".shelf li:not(.on) .remove");
    browser.wait_for(".shelf li.removed");
    browser.click(".shelf .put-back");
    browser.wait("both", || browser.count(".shelf .remove:enabled") == 2);
    browser.press("Escape");
    go_to(&browser, "Mon espace");
    browser.wait_for(".chunk");
    assert_same(&browser.downloaded(), &first);
    // The open one goes as well; the other is open then.
    browser.click(MENU);
    browser.wait("two", || browser.count(".shelf .remove:enabled") == 2);
    browser.click(".shelf li.on .remove");
    browser.wait_for_text(MENU, "Deux");
    browser.click(MENU);
    browser.wait_for_text(".shelf li.removed", "1 dépêche");
    browser.click(".shelf .delete");
    browser.click(".shelf .sure");
    browser.wait("one", || browser.count(".shelf li") == 1);
    browser.reload();
    browser.wait_for_text(MENU, "Deux");
    browser.click(MENU);
    browser.wait_for(".shelf li");
    assert_eq!(browser.count(".shelf li"), 1);
}

#[test]
fn a_backup_brings_all_back_with_every_step() {
    let browser = Browser::open_on(&dispatch());
    label(&browser, "bateau", "4");
    let earlier = browser.downloaded();
    label(&browser, "port", "5");
    let first = browser.downloaded();
    make(&browser, "Deux");
    browser.take_in(&dispatch());
    let second = browser.downloaded();
    browser.click(MENU);
    browser.click(".backup-all");
    let (name, content) = browser.download();
    assert!(name.ends_with(".backup.jsonl"), "{name}");
    browser.press("Escape");

    browser.forget_all();
    browser.wait_for(".welcome");
    browser.drop_file(".welcome", "backup.jsonl", &content);
    browser.wait_for("dialog .restore:enabled");
    assert_eq!(browser.count("dialog .stack .check"), 2);
    browser.click("dialog .restore");
    browser.wait_for(".chunk");
    assert_same(&browser.downloaded(), &first);
    browser.press("Ctrl+z");
    assert_same(&browser.downloaded(), &earlier);
    browser.press("Ctrl+y");
    assert_same(&browser.downloaded(), &first);
    // The empty one that was here made room.
    browser.click(MENU);
    browser.wait("two", || browser.count(".shelf li") == 2);
    browser.press("Escape");
    go_to(&browser, "Deux");
    browser.wait_for(".chunk");
    assert_same(&browser.downloaded(), &second);

    // A damaged one says so, and changes nothing that is here.
    let mut damaged = content.clone();
    let at = damaged.windows(10).position(|w| w == b"\"record\":{").unwrap() + 20;
    damaged[at] = b'#';
    browser.drop_file("body", "damaged.jsonl", &damaged);
    browser.wait_for_text("dialog .remarks", "ligne");
    browser.click_on("dialog .quiet", "Annuler");
    assert_same(&browser.downloaded(), &second);
    browser.drop_file("body", "damaged.jsonl", &damaged);
    browser.click("dialog .restore:enabled");
    browser.wait_for_text(MENU, "Mon espace");
    browser.click(MENU);
    browser.wait("four", || browser.count(".shelf li") == 4);
}

#[test]
fn the_page_says_in_time_that_room_runs_short() {
    let browser = Browser::open_on(&dispatch());
    // Chromium tells no page how much room there is: a browser that does.
    let estimate = "StorageManager.prototype.estimate = async () => ({ usage: 81e6, quota: 1e8 })";
    let source = json!({ "source": estimate });
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", &source);
    browser.reload();
    browser.wait_for_text(".notice", "La place manque bientôt (81,0 Mo sur 100,0 Mo)");
    browser.click_on(".notice button", "Que faire");
    browser.wait_for_text("dialog .room", "81,0 Mo sur 100,0 Mo");
    browser.wait_for(".backup-all");
}

#[test]
fn the_database_of_an_earlier_page_is_the_first_workspace() {
    let browser = Browser::open_on(&dispatch());
    label(&browser, "bateau", "4");
    let saved = browser.downloaded();
    // Earlier pages had no names of workspaces and remembered none.
    let body = "
        const done = arguments[0];
        localStorage.removeItem('guillemet.workspace');
        sessionStorage.clear();
        const gone = indexedDB.deleteDatabase('guillemet.workspaces');
        gone.onsuccess = () => indexedDB.databases().then(all => done(all.map(d => d.name + ' ' + d.version)));";
    assert_eq!(browser.script_later(body, &[]), json!(["guillemet 2"]));
    browser.reload();
    browser.wait_for(".chunk");
    assert_same(&browser.downloaded(), &saved);
    browser.press("Ctrl+z");
    assert_ne!(browser.downloaded(), saved);
}
