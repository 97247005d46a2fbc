//! How the page starts, from any folder, and what it does where it cannot.

use guillemet::engine;
use guillemet::formats::wire;
use serde_json::json;

use crate::browser::{Browser, dist};
use crate::desk::{LINES, TEXT, told};

/// Where the engine runs, as the page says.
fn wait_for_engine(browser: &Browser, place: &str) {
    browser.wait(&format!("the engine to be in the {place}"), || {
        browser.attribute("html", "data-engine").as_deref() == Some(place)
    });
}

#[test]
fn the_page_starts_in_a_sub_folder_and_again_after_a_reload() {
    let browser = Browser::open();
    wait_for_engine(&browser, "worker");
    let mut asked = browser.server().requests();
    assert!(asked.iter().all(|path| path.starts_with("/some/where/")), "{asked:#?}");
    let count = asked.len();
    asked.sort();
    asked.dedup();
    assert_eq!(count, asked.len(), "a file was loaded twice: {asked:#?}");

    browser.reload();
    wait_for_engine(&browser, "worker");
    assert!(!browser.is_visible("#start-failed"));
}

#[test]
fn the_page_may_call_no_other_host() {
    let mut browser = Browser::open();
    browser.expect_error("Content Security Policy");
    let body = "
        const done = arguments[0];
        fetch('http://elsewhere.example/').then(() => done('fetched'), () => done('refused'));";
    assert_eq!(browser.script_later(body, &[]), "refused");
    let policy = browser.attribute("meta[http-equiv=Content-Security-Policy]", "content").unwrap();
    for rule in ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "connect-src 'self'"]
    {
        assert!(policy.contains(rule), "{policy}");
    }
    let body = "
        const script = document.createElement('script');
        script.textContent = 'document.title = \"strange\"';
        document.body.append(script);
        return document.title;";
    assert_eq!(browser.script(body, &[]), "Guillemet");
    let errors = browser.console_errors();
    assert!(errors.iter().any(|error| error.contains("Content Security Policy")), "{errors:#?}");
}

#[test]
fn without_a_worker_the_engine_runs_in_the_page() {
    let mut browser = Browser::start(&dist());
    browser.server().deny("start.js?worker");
    browser.expect_error("start.js?worker");
    browser.visit();
    wait_for_engine(&browser, "page");
    browser.wait_for_text(".notice", "l'étiquetage se fait dans la page");
    // The work goes on: tags come, and can be mended.
    browser.paste(TEXT);
    browser.wait_for(".piece.tagged");
    browser.press("n");
    browser.press("4");
    let document = browser.document();
    assert!(document.spans().any(|(_, span)| span.label == *"QUOTE"));
    assert!(document.spans().any(|(_, span)| span.label == *"MISC"));
}

#[test]
fn without_the_engine_the_page_says_so() {
    let mut browser = Browser::start(&dist());
    browser.server().deny("/worker-");
    browser.expect_error("/worker-");
    browser.visit();
    wait_for_engine(&browser, "failed");
    browser.wait_for_text(".notice", "vous pouvez étiqueter à la main");
    browser.paste(TEXT);
    browser.wait_for(".chunk");
    browser.select(LINES, "bateau");
    browser.press("4");
    assert_eq!(told(&browser.document()), ["bateau MISC"]);
    browser.reload();
    browser.wait_for(".chunk");
    assert_eq!(told(&browser.document()), ["bateau MISC"]);
}

#[test]
fn a_failed_engine_is_there_again_after_a_reload() {
    let mut browser = Browser::start(&dist());
    browser.server().deny("/worker-");
    browser.expect_error("/worker-");
    browser.visit();
    wait_for_engine(&browser, "failed");
    browser.paste(TEXT);
    browser.wait_for(".chunk");
    browser.server().allow_all();
    browser.reload();
    // What had waited for its proposals gets them.
    browser.wait_for(".piece.tagged");
}

#[test]
fn without_its_program_the_page_says_so() {
    let mut browser = Browser::start(&dist());
    browser.server().deny("/app-");
    browser.expect_error("/app-");
    browser.visit();
    browser.wait_for("#start-failed");
}

#[test]
fn the_engine_gives_the_same_natively_and_in_the_browser() {
    let browser = Browser::open();
    wait_for_engine(&browser, "worker");
    let module = browser.attribute("meta[name=engine]", "content").unwrap();
    let body = "
        const [module, text, done] = arguments;
        const at = file => new URL(file, document.baseURI);
        import(at(`${module}.js`))
          .then(async ({ default: init, tag }) => {
            await init({ module_or_path: at(`${module}_bg.wasm`) });
            done(tag(text, 'byte'));
          })
          .catch(error => done(String(error)));";
    let guide = include_str!("../../corpus/GUIDE.md");
    let hard = "« A\u{a0}» e\u{301}👨‍👩‍👧 \u{feff}\0\n\n…,l’«L'\u{2029}20\u{202f}000";
    for text in ["", "« Non », a dit Lin Jian, porte-parole du ministère.", guide, hard] {
        let got = browser.script_later(body, &[json!(module), json!(text)]);
        let got: wire::Analysis =
            serde_json::from_value(got.clone()).unwrap_or_else(|error| panic!("{error}: {got}"));
        assert_eq!(got, engine::analyse(text).into(), "{text:.60}");
    }
}
