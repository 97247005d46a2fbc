//! Many dispatches: how far each is, finding and ordering them, remarks, and
//! files by the hundred.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use guillemet::formats::native;
use guillemet::lab::notation;
use serde_json::json;

use crate::browser::Browser;
use crate::desk::{dispatch, only_document};

/// The titles that the list shows, in order.
fn titles(browser: &Browser) -> Vec<String> {
    browser.texts(".queue .name")
}

/// The title of the open document.
fn open(browser: &Browser) -> String {
    browser.text(".queue li.on .name")
}

fn states(browser: &Browser) -> Vec<String> {
    let body = "return [...document.querySelectorAll('.queue .state')].map(b => b.dataset.state)";
    let states = browser.script(body, &[]);
    states.as_array().unwrap().iter().map(|s| s.as_str().unwrap().to_owned()).collect()
}

/// Chooses an option of the select `css`.
fn choose(browser: &Browser, css: &str, value: &str) {
    let body = "
        const it = document.querySelector(arguments[0]);
        it.value = arguments[1];
        it.dispatchEvent(new Event('change', { bubbles: true }));";
    browser.script(body, &[json!(css), json!(value)]);
}

/// Three dispatches, the first one open.
fn three() -> Browser {
    let browser = Browser::open_on(&dispatch());
    for (count, text) in [(2, "Le phare s'éteint à Brest."), (3, "Été à Lyon\nBrest dort.")] {
        browser.paste(text);
        browser.wait("the text", || browser.listed() == count);
    }
    browser.click_on(".document-go", "Un bateau");
    browser.wait("the first one", || open(&browser) == "Un bateau");
    browser
}

/// So many texts of about 3 KB, cut from our own dispatches.
fn texts(count: usize) -> Vec<String> {
    let corpus = notation::corpus(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")).unwrap();
    let text = |number: usize| {
        let mut text = format!("Dépêche {number}\n");
        for gold in corpus.iter().cycle().skip(number * 3) {
            text += &gold.text;
            text += "\n\n";
            if text.len() >= 3000 {
                break;
            }
        }
        text.truncate(text.floor_char_boundary(3000));
        text
    };
    (1..=count).map(text).collect()
}

/// Drops texts as files named by their numbers.
fn drop_texts(browser: &Browser, texts: &[String]) {
    let body = "
        const dataTransfer = new DataTransfer();
        arguments[0].forEach((text, at) =>
          dataTransfer.items.add(new File([text], `${at + 1}.txt`)));
        document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));";
    browser.script(body, &[json!(texts)]);
}

/// Waits until no document waits for its proposals.
fn wait_until_tagged(browser: &Browser) {
    let is_tagged = || browser.count(".queue li") > 0 && browser.count(".to-tag") == 0;
    for _ in 0..20 {
        if is_tagged() {
            return;
        }
        thread::sleep(Duration::from_secs(1));
    }
    browser.wait("all to be tagged", is_tagged);
}

#[test]
fn done_is_said_by_key_and_by_click_and_taken_back() {
    let browser = three();
    browser.click(".sheet");
    browser.press("n");
    assert_eq!(states(&browser), ["new", "new", "new"]);
    browser.press("Enter");
    browser.wait("the first to be begun", || states(&browser)[0] == "work");
    browser.press("d");
    browser.wait("it to be done", || states(&browser)[0] == "done");
    browser.wait_for_text(".overall", "1 terminée sur 3");
    browser.click(".queue li:nth-child(2) .state");
    browser.wait("the second", || states(&browser) == ["done", "done", "new"]);
    browser.reload();
    browser.wait("all", || states(&browser) == ["done", "done", "new"]);
    // It is a step of its document, and in its file.
    assert!(browser.document_at("Un bateau").contains("\"done\": true"));
    browser.press("Ctrl+z");
    browser.wait("the first to be open", || states(&browser) == ["work", "done", "new"]);
    browser.press("Ctrl+Shift+z");
    browser.wait("the first to be done", || states(&browser)[0] == "done");
    browser.click(".queue li:nth-child(2) .state");
    browser.wait("the second to be new", || states(&browser)[1] == "new");
}

impl Browser {
    /// The file of the open document, which has this title.
    fn document_at(&self, title: &str) -> String {
        let file = self.downloaded();
        assert_eq!(only_document(&file).title, title);
        file
    }
}

#[test]
fn keys_go_through_what_the_filter_shows() {
    let browser = three();
    browser.click(".sheet");
    for (key, title) in [
        ("Alt+ArrowDown", "Le phare s'éteint à Brest."),
        ("Alt+ArrowDown", "Été à Lyon"),
        ("Alt+ArrowDown", "Été à Lyon"),
        ("Alt+ArrowUp", "Le phare s'éteint à Brest."),
    ] {
        browser.press(key);
        browser.wait(title, || open(&browser) == title);
    }
    browser.press("d");
    choose(&browser, ".queue-filter", "todo");
    // The open one stays where it is until it is left.
    assert_eq!(titles(&browser).len(), 3);
    browser.click(".sheet");
    browser.press("Alt+ArrowUp");
    browser.wait("the first", || open(&browser) == "Un bateau");
    browser.wait("two", || titles(&browser) == ["Un bateau", "Été à Lyon"]);
    browser.press("Alt+ArrowDown");
    browser.wait("the third", || open(&browser) == "Été à Lyon");
    choose(&browser, ".queue-filter", "all");
    choose(&browser, ".queue-sort", "title");
    let sorted = ["Été à Lyon", "Le phare s'éteint à Brest.", "Un bateau"];
    browser.wait("the titles in order", || titles(&browser) == sorted);
    // The help knows the keys.
    browser.press("?");
    browser.wait_for_text("dialog", "Dépêche suivante, précédente");
}

#[test]
fn words_are_found_in_all_dispatches() {
    let browser = three();
    browser.click(".sheet");
    browser.press("/");
    browser.type_text("BREST");
    browser.wait_for_text(".told", "4 fois dans 3 dépêches");
    browser.press("Escape");
    browser.press("/");
    browser.type_text("eteint");
    browser.wait_for_text(".told", "1 fois dans 1 dépêche");
    // The open one is shown beside what is found.
    assert_eq!(titles(&browser), ["Un bateau", "Le phare s'éteint à Brest."]);
    browser.press("Enter");
    browser.wait("the hit", || open(&browser) == "Le phare s'éteint à Brest.");
    browser.wait("only it", || titles(&browser).len() == 1);
    browser.press("/");
    browser.press("Escape");
    browser.wait("all", || titles(&browser).len() == 3);
    assert_eq!(browser.text(".told"), "");
}

#[test]
fn titles_copies_and_what_is_taken_out() {
    let browser = three();
    browser.script("document.querySelector('.queue li.on .document-go').focus()", &[]);
    browser.press("F2");
    browser.wait_for("input.rename");
    browser.type_text("Le bateau gris");
    browser.press("Enter");
    browser.wait("the title", || titles(&browser)[0] == "Le bateau gris");
    browser.press("Ctrl+z");
    browser.wait("the old title", || titles(&browser)[0] == "Un bateau");
    browser.double_click_in_text(".queue li:nth-child(2) .name", "phare");
    browser.wait_for("input.rename");
    browser.type_text("Rien");
    browser.press("Escape");
    browser.wait("the list", || browser.count("input.rename") == 0);
    assert_eq!(titles(&browser)[1], "Le phare s'éteint à Brest.");

    browser.script("document.querySelector('.queue li .about').click()", &[]);
    browser.click("dialog .duplicate");
    browser.wait("the copy", || open(&browser) == "Un bateau (copie)");
    assert_eq!(titles(&browser)[1], "Un bateau (copie)");
    assert_eq!(only_document(&browser.downloaded()).spans().len(), 6);
    let all = titles(&browser);
    for left in [3, 2, 1] {
        browser.script("document.querySelector('.queue li .more').click()", &[]);
        browser.wait("one less", || browser.listed() == left);
    }
    browser.wait_for_text(".notice", "3 dépêches sont retirées.");
    browser.click_on(".notice button", "Remettre");
    browser.wait("all", || titles(&browser) == all);
    browser.reload();
    browser.wait("all", || titles(&browser) == all);
}

#[test]
fn remarks_stay_with_spans_and_dispatches() {
    let browser = three();
    browser.click(".sheet");
    browser.press("n");
    browser.press("r");
    browser.wait_for(".span-note textarea");
    browser.type_text("quel lundi ?");
    browser.press("Enter");
    browser.wait_for_text("[role=status]", "Note écrite");
    // Words in the field were no commands.
    assert_eq!(browser.property(".span-note textarea", "value"), "quel lundi ?");
    browser.press("Escape");
    browser.press("r");
    browser.wait_for("dialog textarea");
    browser.type_text("à relire");
    browser.click("dialog .go");
    browser.wait("the dialog to close", || browser.count("dialog") == 0);
    browser.reload();
    browser.wait_for(".chunk");
    let document = browser.document();
    assert_eq!(document.note.as_deref(), Some("à relire"));
    let notes: Vec<&str> = document.spans().filter_map(|(_, s)| s.note.as_deref()).collect();
    assert_eq!(notes, ["quel lundi ?"]);
    browser.press("Ctrl+z");
    assert_eq!(browser.document().note, None);
}

#[test]
fn hundreds_of_files_come_in_and_are_tagged() {
    let browser = Browser::open();
    browser.wait_for("textarea");
    let texts = texts(200);
    drop_texts(&browser, &texts);
    browser.wait("all", || browser.listed() == 200);
    // They are there as they were numbered, and the first one is open.
    assert_eq!(open(&browser), "Dépêche 1");
    assert_eq!(titles(&browser)[..3], ["Dépêche 1", "Dépêche 2", "Dépêche 3"]);
    let drawn = browser.count(".queue li");
    assert!((5..60).contains(&drawn), "{drawn} rows are drawn");
    // Loaded again amid the tagging, the workspace is whole and goes on.
    browser.reload();
    browser.wait("all", || browser.listed() == 200);
    wait_until_tagged(&browser);
    // What the last moment before a reload brought is made again.
    browser.reload();
    browser.wait("all", || browser.listed() == 200);
    wait_until_tagged(&browser);
    // The far end of the list is drawn when it is scrolled to.
    browser.script("document.querySelector('.queue').scrollTop = 1e6", &[]);
    browser.wait("the last one", || titles(&browser).iter().any(|title| title == "Dépêche 200"));
    browser.click_on(".document-go", "Dépêche 200");
    browser.wait_for_text(".lines", "Dépêche 200");
    let document = only_document(&browser.downloaded());
    assert_eq!(**document.text(), texts[199]);
    assert!(document.spans().len() > 10);
    // The words of all of them are found.
    let pattern = "depeche 1";
    let expected = texts.iter().filter(|text| text.starts_with("Dépêche 1")).count();
    browser.press("/");
    browser.type_text(pattern);
    browser.wait_for_text(".told", &format!("dans {expected} dépêches"));
}

#[test]
fn what_comes_in_can_be_stopped() {
    let browser = Browser::open();
    browser.wait_for("textarea");
    drop_texts(&browser, &texts(200));
    // The click comes as soon as there is something to click.
    let body = "
        const done = arguments[0];
        const look = () => {
          const button = document.querySelector('.arriving button');
          if (button) { button.click(); done() } else setTimeout(look);
        };
        look();";
    browser.script_later(body, &[]);
    browser.wait_for_text(".notice", "Arrêté");
    let told = browser.text(".notice span");
    let count = browser.listed();
    let numbers: Vec<usize> = told
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse().ok())
        .collect();
    assert_eq!(numbers, [count, 200 - count], "{told}");
    assert!(count < 200);
    browser.reload();
    browser.wait("what was in", || browser.listed() == count);
}

#[test]
fn a_folder_comes_in_with_its_folders() {
    let browser = Browser::open();
    browser.wait_for("textarea");
    let folder = folder();
    let drop = |kind: &str| {
        let data = json!({ "items": [], "files": [folder], "dragOperationsMask": 1 });
        let event = json!({ "type": kind, "x": 300, "y": 300, "data": data });
        browser.devtools("Input.dispatchDragEvent", &event);
    };
    for kind in ["dragEnter", "dragOver", "drop"] {
        drop(kind);
    }
    // What is no text is told once, not asked for.
    browser.wait_for(".remarks");
    let told = browser.texts(".remarks li").join("\n");
    assert!(told.contains("image9.png") && !told.contains(".DS_Store"), "{told}");
    browser.press("Escape");
    browser.wait("the dialog to close", || browser.count("dialog") == 0);
    let mut there = titles(&browser);
    there.sort();
    assert_eq!(there, ["Deux", "Dix", "Page", "Un bateau"]);
    browser.click_on(".document-go", "Page");
    browser.wait_for_text(".lines", "Le port de Brest dort.");
    let page = only_document(&browser.downloaded());
    assert_eq!(&**page.text(), "Page\n\nLe port de Brest dort.");
    // Texts come as they are numbered.
    let place = |title: &str| titles(&browser).iter().position(|other| other == title);
    assert!(place("Deux") < place("Dix"));
    assert!(native::read(&dispatch()).is_ok());
}

/// A folder of texts, a page, a native file, pictures and what systems leave.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/output/folder");
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(folder.join("textes")).unwrap();
    let write = |name: &str, content: &[u8]| fs::write(folder.join(name), content).unwrap();
    write("textes/10.txt", b"Dix");
    write("textes/2.txt", b"Deux");
    write(
        "page.html",
        b"<title>Site</title><h1>Page</h1><nav>Menu</nav><p>Le port de <b>Brest</b> dort.",
    );
    write("bateau.json", dispatch().as_bytes());
    write(".DS_Store", b"\0\0\0\x01Bud1");
    for number in 0..10 {
        write(&format!("image{number}.png"), b"\x89PNG\r\n\x1a\n\0\0");
    }
    folder
}
