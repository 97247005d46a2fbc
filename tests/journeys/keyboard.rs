//! From paste to download without a pointer: every step has a place for the
//! keyboard, and shows it.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::desk::{TEXT, only_document, told};

/// What has the focus and how it shows, or what is wrong with it.
fn focus(browser: &Browser) -> Result<String, String> {
    let body = "
        const it = document.activeElement;
        if (!it || it === document.body) return ['nothing has the focus', false];
        const name = it.tagName.toLowerCase() + (it.className ? '.' + [...it.classList].join('.') : '');
        const clear = color => /transparent|, 0\\)|\\/ 0\\)/.test(color);
        const ringed = e => {
          const s = getComputedStyle(e);
          return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && !clear(s.outlineColor);
        };
        const seen = e => {
          const b = e.getBoundingClientRect();
          return b.width > 0 && b.bottom > 0 && b.top < innerHeight && e.checkVisibility({ opacityProperty: true });
        };
        const marked = () => [...it.querySelectorAll('.piece.focused, .paint > div')].some(seen);
        const label = it.closest('label');
        const shows = it.matches('.sheet') ? ringed(it.parentElement) || marked()
          : ringed(it) && seen(it) || label !== null && ringed(label) && seen(label);
        return [name, shows];";
    let found: Value = browser.script(body, &[]);
    let name = found[0].as_str().unwrap_or_default().to_owned();
    if found[1] == true { Ok(name) } else { Err(name) }
}

/// Presses a key, and waits for the focus to be at `place` and to show.
#[track_caller]
fn press(browser: &Browser, key: &str, place: &str) {
    browser.press(key);
    let mut last = Ok(String::new());
    browser.wait(&format!("a visible focus on {place} after {key}"), || {
        last = focus(browser);
        last.as_ref().is_ok_and(|name| name.starts_with(place))
    });
}

#[test]
fn from_paste_to_download_without_a_pointer() {
    let browser = Browser::open();
    browser.wait_for("textarea");
    browser.copy(TEXT);
    // The page's own field has the focus from the start.
    press(&browser, "Ctrl+v", "article.sheet");
    browser.wait_for(".piece.tagged");

    // Through the proposals: accept, refuse, relabel, move bounds.
    press(&browser, "Tab", "article.sheet");
    browser.wait_for_text(".card-words", "lundi");
    press(&browser, "Enter", "article.sheet");
    press(&browser, "Shift+Tab", "button");
    press(&browser, "Tab", "article.sheet");
    let keys = ["n", "k", "n", "Backspace", "n", "2", "Shift+ArrowRight", "Shift+ArrowLeft"];
    for key in keys.into_iter().chain(["x", "x", "Escape", "Ctrl+z", "Ctrl+Shift+z"]) {
        press(&browser, key, "article.sheet");
    }
    // A quotation of one's own, and who says it.
    press(&browser, "ArrowDown", "article.sheet");
    for _ in 0..2 {
        press(&browser, "Shift+ArrowRight", "article.sheet");
    }
    press(&browser, "q", "article.sheet");
    browser.wait_for_text("[role=status]", "Citation faite");
    press(&browser, "s", "input");
    browser.type_text("Ana");
    press(&browser, "Enter", "article.sheet");
    // The keys, and away again.
    press(&browser, "?", "button.icon");
    press(&browser, "Escape", "article.sheet");
    press(&browser, "Ctrl+Enter", "article.sheet");

    press(&browser, "Ctrl+s", "input");
    press(&browser, "Tab", "textarea.preview");
    press(&browser, "Tab", "button.go.download");
    press(&browser, "Enter", "button.go.download");
    let (_, json) = browser.download();
    press(&browser, "Escape", "article.sheet");
    let lines = told(&only_document(&String::from_utf8(json).unwrap()));
    assert!(lines.contains(&"lundi DATE".to_owned()), "{lines:#?}");
    assert!(lines.iter().all(|line| !line.contains('?')), "{lines:#?}");
    let own = lines.iter().filter(|line| line.contains("QUOTE") && line.contains(": Ana Roy"));
    assert!(own.count() > 0, "{lines:#?}");
}

#[test]
fn every_control_is_reached_and_shows_it() {
    let browser = Browser::open();
    browser.wait_for("textarea");
    browser.copy(TEXT);
    press(&browser, "Ctrl+v", "article.sheet");
    browser.wait_for(".piece.tagged");
    press(&browser, "n", "article.sheet");
    press(&browser, "Ctrl+Enter", "article.sheet");
    // Nothing is left to review: Tab goes round the page.
    let body = "
        const can = 'button:enabled, input, select, textarea, a[href], [tabindex=\"0\"]';
        return [...document.querySelectorAll(can)].filter(e => e.tabIndex >= 0 && e.checkVisibility()).length;";
    let all = browser.script(body, &[]).as_u64().unwrap();
    browser.script("document.querySelector('.brand').setAttribute('tabindex', '-1'); document.querySelector('.brand').focus()", &[]);
    for _ in 0..all {
        browser.press("Tab");
        let now = focus(&browser);
        assert!(now.is_ok(), "{now:?}");
        browser.script("document.activeElement.setAttribute('data-reached', '')", &[]);
    }
    let reached = browser.count("[data-reached]");
    assert_eq!(json!(reached), json!(all), "not reached: {:?}", browser.script(
        "return [...document.querySelectorAll('button:enabled, input, [tabindex=\"0\"]')].filter(e => e.tabIndex >= 0 && e.checkVisibility() && !e.matches('[data-reached]')).map(e => e.outerHTML.slice(0, 90))", &[]));
}

#[test]
fn the_focus_outlives_what_had_it() {
    let browser = Browser::open_on(&crate::desk::dispatch());
    press(&browser, "n", "article.sheet");
    let to = |css: &str| {
        browser.script("document.querySelector(arguments[0]).focus()", &[json!(css)]);
    };
    // Buttons that go, or go out of use, with what they do.
    for (button, place) in [
        (".inspector .reject", ""),
        (".inspector .go", ""),
        (".inspector [data-label=MISC]", ""),
        (".inspector .bound", ""),
        (".inspector .card-head .icon", "article.sheet"),
        (".bulk button:first-child", "article.sheet"),
        (".quotation-go", ""),
        (".entity-go", ""),
        (".entity .more", "input"),
    ] {
        to(button);
        press(&browser, "Enter", place);
    }
    press(&browser, "Escape", "article.sheet");
    to(".add-more button");
    press(&browser, "Enter", "textarea");
    browser.copy("Le port dort.");
    press(&browser, "Ctrl+v", "article.sheet");
    assert_eq!(browser.count(".documents li"), 2);
    to(".documents li:last-child .more");
    press(&browser, "Enter", "article.sheet");
    to(".notice button");
    press(&browser, "Enter", "article.sheet");
    assert_eq!(browser.count(".documents li"), 2);
    for _ in 0..2 {
        to(".documents .more");
        browser.press("Enter");
    }
    browser.wait("a visible focus on the start", || {
        focus(&browser).is_ok_and(|name| name.starts_with("textarea"))
    });
}
