//! Two tabs on one workspace: one works, the other shows it, and whichever
//! way the work goes from one to the other nothing is lost.

use crate::browser::Browser;
use crate::desk::{LINES, assert_same, dispatch, told};

/// What the tab says that only shows the work.
const ELSEWHERE: &str = ".elsewhere";

fn wait_until_here(browser: &Browser) {
    browser.wait("the work to be here", || browser.count(ELSEWHERE) == 0);
    browser.wait_for(".chunk");
}

fn label(browser: &Browser, words: &str, key: &str) {
    browser.select(LINES, words);
    browser.press(key);
}

/// Waits until the label is in the text.
fn wait_for_mark(browser: &Browser, words: &str) {
    browser.wait(&format!("a label on {words}"), || {
        browser.texts(".piece.tagged").iter().any(|piece| words.starts_with(piece.as_str()))
    });
}

#[test]
fn one_tab_works_and_the_other_shows_it() {
    let browser = Browser::open();
    browser.take_in(&dispatch());
    label(&browser, "bateau", "4");
    let first = browser.tab();
    let saved = browser.downloaded();

    let second = browser.open_tab();
    browser.wait_for_text(ELSEWHERE, "autre onglet");
    assert_same(&browser.downloaded(), &saved);
    // It changes nothing, and says why.
    label(&browser, "encore", "4");
    for key in ["Ctrl+z", "Ctrl+Enter"] {
        browser.press(key);
    }
    browser.wait_for_text("[role=status]", "autre onglet");
    browser.paste("Une autre dépêche.");
    browser.click("nav .documents li .more");
    assert_same(&browser.downloaded(), &saved);
    browser.click("header .lang");
    browser.wait_for_text(ELSEWHERE, "another tab");
    browser.click("header .lang");

    // It shows what is done in the first.
    browser.go_to_tab(&first);
    assert_eq!(browser.count(ELSEWHERE), 0);
    label(&browser, "port", "5");
    let saved = browser.downloaded();
    browser.go_to_tab(&second);
    wait_for_mark(&browser, "port");
    assert_same(&browser.downloaded(), &saved);

    // It has the work when the first is closed, with every step.
    browser.go_to_tab(&first);
    browser.close_tab(&second);
    wait_until_here(&browser);
    label(&browser, "encore", "4");
    let saved = browser.downloaded();
    browser.reload();
    wait_until_here(&browser);
    assert_same(&browser.downloaded(), &saved);
    for _ in 0..2 {
        browser.press("Ctrl+z");
    }
    let lines = told(&browser.document());
    let has = |line: &str| lines.iter().any(|told| told == line);
    assert!(has("bateau MISC") && !has("port DATE") && !has("encore MISC"), "{lines:#?}");
}

#[test]
fn the_work_is_taken_from_tab_to_tab() {
    let browser = Browser::open();
    browser.take_in(&dispatch());
    let tabs = [browser.tab(), browser.open_tab()];
    for (turn, words) in ["bateau", "gris", "coule", "port", "encore"].into_iter().enumerate() {
        if turn > 0 {
            browser.click(".elsewhere .go");
            wait_until_here(&browser);
        } else {
            browser.go_to_tab(&tabs[0]);
        }
        label(&browser, words, "4");
        browser.go_to_tab(&tabs[(turn + 1) % 2]);
        browser.wait_for(ELSEWHERE);
        wait_for_mark(&browser, words);
    }
    let saved = browser.downloaded();
    let lines = told(&browser.document());
    for words in ["bateau", "gris", "coule", "port", "encore"] {
        assert!(lines.contains(&format!("{words} MISC")), "{words}: {lines:#?}");
    }
    // A step back goes over what the other tab did.
    browser.click(".elsewhere .go");
    wait_until_here(&browser);
    for _ in 0..5 {
        browser.press("Ctrl+z");
    }
    assert!(told(&browser.document()).iter().all(|line| !line.ends_with(" MISC")));
    for _ in 0..5 {
        browser.press("Ctrl+y");
    }
    // What is on its way to the disk when a page ends may end with it.
    browser.wait("all to be saved", || {
        browser.attribute(".saving", "data-state").as_deref() == Some("saved")
    });
    browser.reload();
    browser.wait_for(".chunk");
    assert_same(&browser.downloaded(), &saved);
}

#[test]
fn a_tab_that_has_not_heard_yet_writes_nothing() {
    let browser = Browser::open();
    browser.take_in(&dispatch());
    label(&browser, "bateau", "4");
    let first = browser.tab();
    let second = browser.open_tab();
    browser.wait_for(ELSEWHERE);
    browser.go_to_tab(&first);
    // Busy while the other tab takes the work, it then does four steps before it can hear.
    let body = "
        setTimeout(() => {
          const until = performance.now() + 4000;
          while (performance.now() < until);
          const key = (key, more) =>
            document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
          for (let step = 0; step < 2; step++) {
            key('z', { ctrlKey: true });
            key('y', { ctrlKey: true });
          }
          key('z', { ctrlKey: true });
          document.title = 'done';
        }, 200);";
    browser.script(body, &[]);
    browser.go_to_tab(&second);
    browser.click(".elsewhere .go");
    wait_until_here(&browser);
    label(&browser, "gris", "4");
    label(&browser, "coule", "4");
    let saved = browser.downloaded();
    browser.go_to_tab(&first);
    browser.wait("the late steps", || browser.script("return document.title", &[]) == "done");
    browser.wait_for(ELSEWHERE);
    wait_for_mark(&browser, "bateau");
    browser.close_tab(&second);
    browser.reload();
    wait_until_here(&browser);
    assert_eq!(browser.count(".notice:not(.elsewhere)"), 0, "{:?}", browser.texts(".notice"));
    assert_same(&browser.downloaded(), &saved);
}
