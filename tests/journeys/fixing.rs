//! Every fix that a person makes, by mouse, by touch and by keys; what counts
//! is what the page then gives for download.

use crate::browser::Browser;
use crate::desk::{LINES, assert_same, bare_dispatch, dispatch, told};
use crate::eyes::Point;
use crate::hands::Pointer::{Finger, Mouse};

/// A phone in CSS pixels.
const PHONE: (u32, u32) = (390, 844);

impl Browser {
    /// The middle of the words `part` of the text, which stand on one line.
    #[track_caller]
    fn middle_of(&self, part: &str) -> Point {
        let (start, end) = self.ends_of(LINES, part);
        Point { x: (start.x + end.x) / 2.0, y: start.y }
    }

    /// Waits until `part` is what the page paints as selected.
    #[track_caller]
    fn wait_for_selected(&self, part: &str) {
        let (start, end) = self.ends_of(LINES, part);
        let body = "
            const boxes = [...document.querySelectorAll('.paint > div')].map(e => e.getBoundingClientRect());
            return boxes.length ? [boxes[0].left, boxes.at(-1).right] : null;";
        self.wait(&format!("the selection of {part:?}"), || {
            let ends = self.script(body, &[]);
            let near = |at: usize, x: f64| (ends[at].as_f64().unwrap_or(-9.0) - x).abs() < 1.6;
            near(0, start.x - 1.0) && near(1, end.x)
        });
    }
}

#[test]
fn words_are_labelled_by_mouse() {
    let browser = Browser::open_on(&bare_dispatch());
    // A drag that starts and ends within words takes them whole.
    browser.select(LINES, "teau gr");
    browser.wait_for_selected("bateau gris");
    browser.press("4");
    browser.holding("Alt", || browser.select(LINES, "ort do"));
    browser.wait_for_selected("ort do");
    browser.click(".palette [data-label=ORG]");
    assert_eq!(told(&browser.document()), ["bateau gris MISC", "ort do ORG"]);

    browser.press("x");
    browser.select(LINES, "core");
    browser.wait_for_selected("core");
    browser.click(".palette [data-label=DATE]");
    browser.press("x");
    // A click on a word selects it, a click beside all words leaves it.
    browser.click_in_text(LINES, "lundi");
    browser.wait_for_selected("lundi");
    browser.press("Escape");
    browser.wait("the selection to be left", || !browser.is_visible(".palette"));
    browser.double_click_in_text(LINES, "Nous");
    browser.wait_for_selected("Nous");
    browser.press("2");
    let all = ["bateau gris MISC", "Nous ORG", "ort do ORG", "core DATE"];
    assert_eq!(told(&browser.document()), all);
}

#[test]
fn words_are_labelled_by_keys() {
    let browser = Browser::open_on(&bare_dispatch());
    browser.press("ArrowRight");
    browser.wait_for_selected("Un");
    browser.press("ArrowRight");
    browser.press("Shift+ArrowRight");
    browser.wait_for_selected("bateau gris");
    browser.press("4");
    browser.press("ArrowDown");
    browser.press("ArrowDown");
    browser.press("ArrowRight");
    browser.press("x");
    browser.press("Shift+ArrowRight");
    browser.press("Shift+ArrowRight");
    browser.press("Shift+ArrowLeft");
    browser.wait_for_selected("port");
    browser.press("Shift+ArrowLeft");
    browser.wait_for_selected("por");
    browser.press("3");
    assert_eq!(told(&browser.document()), ["bateau gris MISC", "por PLACE"]);
}

#[test]
fn words_are_labelled_by_touch() {
    let browser = Browser::open_on(&bare_dispatch());
    browser.as_phone(PHONE.0, PHONE.1);
    // A tap selects a word, a tap on another one extends.
    browser.point_with(Finger, &[browser.middle_of("bateau")]);
    browser.wait_for_selected("bateau");
    browser.point_with(Finger, &[browser.middle_of("gris")]);
    browser.wait_for_selected("bateau gris");
    browser.point_with(Finger, &[browser.point_of(".palette [data-label=MISC]", "")]);
    // The handles of the selection move it.
    browser.point_with(Finger, &[browser.middle_of("port")]);
    browser.wait_for_selected("port");
    let handle = browser.point_of(".handle.end", "");
    browser.point_with(Finger, &[handle, browser.middle_of("dort")]);
    browser.wait_for_selected("port dort");
    browser.point_with(Finger, &[browser.point_of(".palette [data-label=ORG]", "")]);
    assert_eq!(told(&browser.document()), ["bateau gris MISC", "port dort ORG"]);
}

#[test]
fn the_platforms_own_handles_select() {
    let browser = Browser::open_on(&bare_dispatch());
    browser.as_phone(PHONE.0, PHONE.1);
    // A long press and its handles are the platform's; the page hears of
    // them by the selection alone.
    browser.point_with(Finger, &[browser.point_of("main", "")]);
    let select = |part: &str| {
        let body = "
            const [part] = arguments;
            const walker = document.createTreeWalker(document.querySelector('.lines'), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              const at = node.data.indexOf(part);
              if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + part.length);
            }";
        browser.script(body, &[part.into()]);
        browser.wait_for_selected(part);
    };
    select("bateau");
    select("bateau gris");
    browser.point_with(Finger, &[browser.point_of(".palette [data-label=MISC]", "")]);
    assert_eq!(told(&browser.document()), ["bateau gris MISC"]);
}

#[test]
fn a_span_is_changed_by_mouse() {
    let browser = Browser::open_on(&dispatch());
    browser.click_in_text(LINES, "lundi");
    browser.press("4");
    browser.click_in_text(LINES, "Brest.");
    browser.click(".inspector [data-label=ORG]");
    let end = browser.point_of(".handle.end", "");
    assert!(browser.count(".handle") == 2);
    browser.drag(end, browser.middle_of("aussi"));
    let start = browser.point_of(".handle.start", "");
    browser.drag(start, browser.middle_of("Roy"));
    let lines = told(&browser.document());
    assert_eq!(lines[0], "lundi MISC");
    assert_eq!(lines[3], "Roy à Brest.\nLe port dort encore, Brest aussi ORG");

    browser.click_in_text(LINES, "Nous");
    browser.click(".inspector .reject");
    // Its cue and its speaker go with it; the name stays.
    let lines = told(&browser.document());
    let named = "Roy à Brest.\nLe port dort encore, Brest aussi ORG";
    assert_eq!(lines, ["lundi MISC", "Ana Roy PERSON?", named]);
}

#[test]
fn a_span_is_changed_by_touch() {
    let browser = Browser::open_on(&dispatch());
    browser.as_phone(PHONE.0, PHONE.1);
    let tap = |css: &str| browser.point_with(Finger, &[browser.point_of(css, "")]);
    browser.point_with(Finger, &[browser.middle_of("lundi")]);
    tap(".inspector [data-label=ORG]");
    let start = browser.point_of(".handle.start", "");
    browser.point_with(Finger, &[start, browser.middle_of("coule")]);
    browser.wait_for_text(".card-words", "coule lundi");
    tap(".inspector .card-head .icon");
    browser.point_with(Finger, &[browser.middle_of("Nous")]);
    tap(".inspector .quote-kind:nth-child(3)");
    tap(".inspector .card-head .icon");
    browser.point_with(Finger, &[browser.middle_of("Brest.")]);
    tap(".inspector .reject");
    let lines = told(&browser.document());
    let quotation = "« Nous partons » QUOTE indirect, a dit, Ana Roy: Ana Roy";
    assert_eq!(lines, ["coule lundi ORG", quotation, "Ana Roy PERSON?"]);
}

#[test]
fn a_span_is_changed_by_keys() {
    let browser = Browser::open_on(&dispatch());
    browser.press("n");
    browser.wait_for_text(".card-words", "lundi");
    browser.press("4");
    browser.press("Shift+Alt+ArrowLeft");
    browser.wait_for_text(".card-words", "coule lundi");
    browser.press("Shift+ArrowRight");
    browser.wait_for_text(".card-words", "coule lundi.");
    browser.press("x");
    browser.press("Shift+Alt+ArrowRight");
    browser.wait_for_text(".card-words", "oule lundi.");
    browser.press("x");
    browser.press("n");
    browser.press("k");
    browser.press("n");
    browser.wait_for_text(".card-words", "Ana Roy");
    browser.press("Backspace");
    browser.wait_for_text(".card-words", "Brest");
    browser.press("t");
    browser.press("Enter");
    let quotation = "« Nous partons » QUOTE mixed, a dit, Ana Roy: Ana Roy";
    let lines = ["oule lundi. MISC", quotation, "Brest PLACE", "Brest PLACE?"];
    assert_eq!(told(&browser.document()), lines);
}

#[test]
fn a_quotation_is_made_in_one_gesture() {
    let browser = Browser::open_on(&bare_dispatch());
    browser.select(LINES, "« Nous partons », a dit Ana Roy");
    browser.press("q");
    let made = "« Nous partons » QUOTE direct, a dit, Ana Roy: Ana Roy";
    assert_eq!(told(&browser.document()), [made]);

    // Its parts are what the person says they are.
    browser.select(LINES, "a dit Ana");
    browser.press("c");
    browser.select(LINES, "Le port");
    browser.click_on(".palette .part .chip", "Source");
    browser.click_on(".quote-kind", "mixte");
    let changed = "« Nous partons » QUOTE mixed, a dit Ana, Le port: Le port";
    assert_eq!(told(&browser.document()), [changed]);

    // Who says it can be somebody whom no words there name.
    browser.select(LINES, "Brest");
    browser.press("3");
    browser.click_in_text(LINES, "Nous");
    browser.click(".quotation-part .value.strong");
    browser.click_on("dialog .pick", "Brest");
    browser.wait("the dialog to close", || browser.count("dialog") == 0);
    let lines = told(&browser.document());
    assert_eq!(lines[0], "« Nous partons » QUOTE mixed, a dit Ana, Le port: Brest");
}

#[test]
fn proposals_are_accepted_and_refused() {
    let browser = Browser::open_on(&dispatch());
    browser.click_in_text(LINES, "lundi");
    browser.click(".inspector .go");
    browser.wait_for_text(".card-words", "Nous partons");
    browser.click(".inspector .go");
    browser.wait_for_text(".card-words", "Ana Roy");
    browser.click(".inspector .reject");
    let quotation = "« Nous partons » QUOTE direct, a dit, Ana Roy: Ana Roy";
    let one_by_one = ["lundi DATE", quotation, "Brest PLACE?"];
    let document = browser.document();
    assert_eq!(told(&document), one_by_one);
    assert_eq!(document.rejected().len(), 1);

    browser.press("Ctrl+z");
    browser.press("Ctrl+z");
    browser.press("Ctrl+z");
    browser.click_on(".bulk button", "Tout rejeter");
    let document = browser.document();
    assert_eq!(told(&document), Vec::<String>::new());
    assert_eq!(document.rejected().len(), 4);
    // What was refused does not come back.
    browser.click_on(".bulk button", "Étiqueter à nouveau");
    browser.wait_for_text("[role=status]", "Propositions reçues");
    let again = told(&browser.document());
    assert!(again.iter().all(|line| !line.starts_with("lundi DATE")), "{again:#?}");
    browser.press("Ctrl+z");
    browser.press("Ctrl+z");
    browser.click_on(".bulk button", "Tout valider");
    let all = ["lundi DATE", quotation, "Ana Roy PERSON", "Brest PLACE"];
    assert_eq!(told(&browser.document()), all);
}

#[test]
fn undo_and_redo_have_no_end() {
    let browser = Browser::open_on(&dispatch());
    browser.press("n");
    // Single ones and many at once; each goes on from the one before.
    let steps: [&[&str]; 14] = [
        &["Enter"],
        &["k"],
        &["Shift+ArrowRight"],
        &["Shift+Alt+ArrowRight"],
        &["n", "Backspace"],
        &["t"],
        &["2"],
        &["Ctrl+Enter"],
        &["Escape", "ArrowRight", "ArrowRight", "1"],
        &["ArrowDown", "Shift+ArrowRight", "Shift+ArrowRight", "q"],
        &["ArrowDown", "c"],
        &["ArrowDown", "s"],
        &["Backspace"],
        &["ArrowUp", "ArrowUp", "4"],
    ];
    let mut states = vec![browser.downloaded()];
    for keys in steps {
        keys.iter().for_each(|key| browser.press(key));
        states.push(browser.downloaded());
        let changed = states[states.len() - 2] != states[states.len() - 1];
        assert!(changed, "{keys:?} changes nothing");
    }
    for state in states.iter().rev().skip(1) {
        browser.press("Ctrl+z");
        assert_same(&browser.downloaded(), state);
    }
    browser.press("Ctrl+z");
    browser.wait_for_text("[role=status]", "Rien à annuler");
    assert_same(&browser.downloaded(), &states[0]);
    browser.click("header button[aria-label=Rétablir]");
    assert_same(&browser.downloaded(), &states[1]);
    for state in &states[2..] {
        browser.press("Ctrl+Shift+z");
        assert_same(&browser.downloaded(), state);
    }
    browser.point_with(Mouse, &[browser.point_of("header button[aria-label=Annuler]", "")]);
    assert_same(&browser.downloaded(), &states[states.len() - 2]);
}
