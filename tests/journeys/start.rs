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
    // Its worker runs the scripts again, which are small.
    asked.retain(|path| !path.contains(".js"));
    let count = asked.len();
    asked.sort();
    asked.dedup();
    assert_eq!(count, asked.len(), "a file was loaded twice: {asked:#?}");
    assert_eq!(asked.iter().filter(|path| path.ends_with(".wasm")).count(), 1, "{asked:#?}");

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
    let browser = Browser::start(&dist());
    browser
        .before_the_page("globalThis.Worker = class { constructor() { throw new Error('no'); } }");
    browser.visit();
    wait_for_engine(&browser, "page");
    browser.wait_for_text(".notice", "l'étiquetage se fait dans la page");
    the_work_goes_on(&browser);
}

#[test]
fn a_worker_that_does_not_load_is_done_without() {
    let mut browser = Browser::start(&dist());
    browser.expect_error("nowhere.js");
    browser.before_the_page(
        "const Real = Worker;
         globalThis.Worker = class extends Real { constructor() { super('nowhere.js'); } }",
    );
    browser.visit();
    wait_for_engine(&browser, "page");
    the_work_goes_on(&browser);
}

#[test]
fn a_worker_that_dies_of_a_text_is_followed_by_another() {
    let browser = Browser::start(&dist());
    browser.before_the_page(
        "const Real = Worker;
         globalThis.Worker = class extends Real {
           postMessage(message) {
             if (!message.text?.includes('Un bateau')) super.postMessage(message);
             else if (!globalThis.died) {
               globalThis.died = true;
               this.dispatchEvent(new ErrorEvent('error', { message: 'it died' }));
             } else super.postMessage(message);
           }
         }",
    );
    browser.visit();
    wait_for_engine(&browser, "worker");
    browser.paste(TEXT);
    browser.wait_for_text(".notice", "it died");
    // The text is there, can be labelled by hand, and be tagged again.
    browser.wait_for(".chunk");
    browser.select(LINES, "bateau");
    browser.press("4");
    assert_eq!(told(&browser.document()), ["bateau MISC"]);
    wait_for_engine(&browser, "worker");
    browser.click_on(".bulk button", "Étiqueter à nouveau");
    browser.wait_for(".piece.quote");
}

/// Tags come, and can be mended.
fn the_work_goes_on(browser: &Browser) {
    browser.paste(TEXT);
    browser.wait_for(".piece.tagged");
    browser.press("n");
    browser.press("4");
    let document = browser.document();
    assert!(document.spans().any(|(_, span)| span.label == *"QUOTE"));
    assert!(document.spans().any(|(_, span)| span.label == *"MISC"));
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
    // As the page does: a worker, a request, its answer.
    let body = "
        const [text, done] = arguments;
        const worker = new Worker(document.querySelector('script[src]').src, { type: 'module', name: 'engine' });
        WebAssembly.compileStreaming(fetch(document.querySelector('link[as=fetch]').href)).then(it => worker.postMessage(it));
        worker.onerror = event => done(event.message);
        worker.onmessage = ({ data }) => {
          if (data === 'ready') worker.postMessage({ id: 1, text });
          else { worker.terminate(); done(data.answer.analysis); }
        };";
    let guide = include_str!("../../corpus/GUIDE.md");
    let hard = "« A\u{a0}» e\u{301}👨‍👩‍👧 \u{feff}\0\n\n…,l’«L'\u{2029}20\u{202f}000";
    for text in ["", "« Non », a dit Lin Jian, porte-parole du ministère.", guide, hard] {
        let got = browser.script_later(body, &[json!(text)]);
        let got: wire::Analysis =
            serde_json::from_value(got.clone()).unwrap_or_else(|error| panic!("{error}: {got}"));
        assert_eq!(got, engine::analyse(text).into(), "{text:.60}");
    }
}
