//! Every fix that a person makes, by mouse, by touch and by keys; what counts
//! is what the page then gives for download.

use guillemet::document::{Document, EntityId};

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
    // Who leaves the span goes on from there.
    browser.press("Escape");
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
    // The card was pressed, and the keys are still the text's.
    browser.press("Shift+ArrowLeft");
    browser.press("n");
    browser.wait_for_text(".card-words", "Nous partons");
    browser.click_in_text(LINES, "Brest.");
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
    browser.quote();
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
fn a_quotation_goes_on_in_another() {
    let browser = Browser::open_on(&dispatch());
    browser.select(LINES, "Le port dort encore");
    browser.quote();
    browser.click(".check input");
    let document = browser.document();
    let next = document.relations().find(|(_, r)| r.label == *"next").map(|(_, r)| r.clone());
    let words = |id| document.span(id).map(|span| document.words(span).to_owned());
    let linked = next.map(|r| (words(r.from), words(r.to)));
    let part = |words: &str| Some(words.to_owned());
    assert_eq!(linked, Some((part("« Nous partons »"), part("Le port dort encore"))));
    // The box has the focus now, and the keys are the text's all the same.
    browser.press("k");
    browser.wait_for(".quote-kind:first-child.on");
    browser.press("Ctrl+z");
    browser.press("Ctrl+z");
    assert!(browser.document().relations().all(|(_, r)| r.label != *"next"));
}

#[test]
fn names_and_the_title_are_mended() {
    let browser = Browser::open_on(&dispatch());
    let names = |document: &Document| -> Vec<String> {
        document.entities().map(|(_, entity)| entity.name.clone()).collect()
    };
    browser.hover(browser.point_of(".entity", ""));
    browser.click(".entity .more");
    browser.type_text("Ana Maria Roy\n");
    browser.wait_for_text(".entity .name", "Ana Maria Roy");
    // Escape leaves the name as it is.
    browser.hover(browser.point_of(".entity", "Brest"));
    browser.click(".group:last-child .more");
    browser.type_text("Lorient");
    browser.press("Escape");
    assert_eq!(names(&browser.document()), ["Ana Maria Roy", "Brest"]);

    browser.click("input.title");
    browser.press("Ctrl+a");
    browser.paste("Un titre collé");
    browser.press("Enter");
    browser.click("input.title");
    browser.type_text(" de trop");
    browser.press("Escape");
    assert_eq!(browser.count(".documents li"), 1);
    assert_eq!(browser.document().title, "Un titre collé");
    browser.press("Ctrl+z");
    assert_eq!(browser.document().title, "Un bateau");
    browser.press("Ctrl+z");
    assert_eq!(names(&browser.document()), ["Ana Roy", "Brest"]);

    // Two that are one.
    browser.select(LINES, "port");
    browser.press("3");
    browser.hover(browser.point_of(".entity", "port"));
    browser.click(".group:last-child .entity:last-child .more");
    let merge = "
        const list = document.querySelector('.entity-edit select');
        list.value = [...list.options].find(o => o.textContent === 'Brest').value;
        list.dispatchEvent(new Event('change', { bubbles: true }));";
    browser.script(merge, &[]);
    browser.wait_for_text("[role=status]", "Fusionnés");
    let document = browser.document();
    assert_eq!(names(&document), ["Ana Roy", "Brest"]);
    let of_brest = document.spans().filter(|(_, s)| s.entity == Some(EntityId(1)));
    assert_eq!(of_brest.count(), 2);
}

#[test]
fn copying_gives_the_words_themselves() {
    let browser = Browser::open_on(&dispatch());
    let read = "const done = arguments[0]; navigator.clipboard.readText().then(done)";
    browser.copy("");
    browser.select(LINES, "Nous partons », a dit Ana Roy à Brest.");
    browser.press("Ctrl+c");
    assert_eq!(browser.script_later(read, &[]), "Nous partons », a dit Ana Roy à Brest.");
    browser.press("Escape");
    browser.click_in_text(LINES, "lundi");
    browser.wait_for_text(".card-words", "lundi");
    browser.press("Ctrl+c");
    assert_eq!(browser.script_later(read, &[]), "lundi");
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
    // After the last comes the first that was passed over.
    browser.wait_for_text(".card-words", "Brest");
    browser.press("n");
    browser.wait_for_text(".card-words", "Brest");
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
        for key in keys {
            if *key == "q" { browser.quote() } else { browser.press(key) }
        }
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
