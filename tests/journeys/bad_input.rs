//! What no dispatch should be made of: each says what is wrong and what to
//! do, and what was on the page stays.

use serde_json::json;

use crate::browser::{Browser, dist};
use crate::desk::{LINES, TEXT, dispatch, only_document, told};

impl Browser {
    /// Pastes what the script `text` evaluates to: also what no clipboard of
    /// this machine holds.
    fn paste_of(&self, text: &str) {
        let body = format!(
            "const clipboardData = new DataTransfer();
             clipboardData.setData('text/plain', {text});
             document.activeElement.dispatchEvent(
               new ClipboardEvent('paste', {{ clipboardData, bubbles: true, cancelable: true }}));"
        );
        self.script(&body, &[]);
    }

    /// Waits for a notice that holds each of `parts`, and closes all.
    #[track_caller]
    fn wait_for_notice(&self, parts: &[&str]) {
        self.wait(&format!("a notice with {parts:?}"), || {
            let shown = self.texts(".notice span");
            shown.iter().any(|text| parts.iter().all(|part| text.contains(part)))
        });
        while self.count(".notice") > 0 {
            self.click(".notice .icon");
        }
    }

    /// Waits for a remark on a file that holds each of `parts`, and closes the
    /// dialog.
    #[track_caller]
    fn wait_for_remark(&self, parts: &[&str]) {
        self.wait(&format!("a remark with {parts:?}"), || {
            let shown = self.texts(".remarks li");
            shown.iter().any(|text| parts.iter().all(|part| text.contains(part)))
        });
        self.press("Escape");
        self.wait("the dialog to close", || self.count("dialog") == 0);
    }

    /// The text of the open document once there are `count` documents.
    #[track_caller]
    fn text_of_last(&self, count: usize) -> String {
        self.wait(&format!("{count} documents"), || self.count(".documents li") == count);
        only_document(&self.downloaded()).text().to_string()
    }
}

#[test]
fn what_is_no_dispatch_is_refused() {
    let browser = Browser::open_on(&dispatch());
    browser.press("n");
    browser.press("4");
    let before = browser.downloaded();
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

    browser.paste_of("''");
    browser.wait_for_notice(&["Rien n'a été pris", "pas de texte", "collez-la"]);
    browser.paste(" \n\t\n");
    browser.wait_for_notice(&["Rien n'a été pris", "pas de texte"]);
    browser.drop_file("body", "image.png", png);
    browser.wait_for_notice(&["image.png", "fichier binaire", "Enregistrez-le comme texte"]);
    browser.drop_file("body", "texte.txt", png);
    browser.wait_for_notice(&["texte.txt", "fichier binaire"]);
    browser.drop_file("body", "vide.txt", b"");
    browser.wait_for_notice(&["vide.txt", "pas de texte"]);
    browser.paste_of("'é'.repeat(10_000_000)");
    browser.wait_for_notice(&["Rien n'a été pris", "Mo", "2 Mo", "Coupez le texte"]);
    browser.script(
        "const dataTransfer = new DataTransfer();
         dataTransfer.items.add(new File([new Uint8Array(20_000_000).fill(97)], 'long.txt'));
         document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));",
        &[],
    );
    browser.wait_for_notice(&["long.txt", "19,1 Mo", "Coupez le texte"]);

    let spoilt = before.replacen("\"start\"", "start", 1);
    for (name, json, said) in [
        ("a.json", "{\"format\": \"guillemet\", ", "ce n'est pas du JSON à partir de la ligne 1"),
        ("b.json", spoilt.as_str(), "ce n'est pas du JSON à partir de la ligne"),
        ("e.json", "{\"format\": \"guillemet\", \"version\": 9}", "rechargez la page"),
        ("f.json", "", "ce n'est pas du JSON"),
    ] {
        browser.drop_file("body", name, json.as_bytes());
        browser.wait_for_text("dialog p", "Rien n'a été ouvert");
        browser.wait_for_remark(&[name, said]);
    }
    browser.drop_file("body", "g.json", b"{\"format\": \"\xe9\"}");
    browser.wait_for_remark(&["g.json", "UTF-8", "enregistrez le fichier en UTF-8"]);
    // What does not tell what it is can be left.
    browser.drop_file("body", "c.json", b"[1, 2]");
    browser.wait_for(".pairs");
    browser.press("Escape");
    browser.wait("the dialog to close", || browser.count("dialog") == 0);

    assert_eq!(browser.count(".documents li"), 1);
    assert_eq!(browser.downloaded(), before);
    browser.press("Ctrl+z");
    assert_ne!(browser.downloaded(), before);
}

#[test]
fn what_can_be_put_right_is_and_is_told() {
    let browser = Browser::open_on(&dispatch());
    browser.paste_of("'Un \\ud800 port\\udc00.'");
    browser.wait_for_notice(&["2 demi-caractère(s)", "la copie était abîmée"]);
    assert_eq!(browser.text_of_last(2), "Un \u{fffd} port\u{fffd}.");
    browser.paste_of("'Le\\0 port\\u2028dort\\u2029bien.'");
    browser.wait_for_notice(&["1 caractère(s) de contrôle", "vérifiez la source"]);
    assert_eq!(browser.text_of_last(3), "Le\u{fffd} port\ndort\nbien.");
    browser.paste_of("'Le port\\u2028dort.'");
    browser.wait_for_notice(&["1 séparateur(s) de ligne"]);
    assert_eq!(browser.text_of_last(4), "Le port\ndort.");
    browser.drop_file("body", "ancien.txt", b"L\x92\xe9t\xe9 \x80");
    browser.wait_for_notice(&["Windows-1252", "Vérifiez les accents"]);
    assert_eq!(browser.text_of_last(5), "L’été €");
    // Line ends and the mark that some programs put first need no words.
    browser.drop_file("body", "windows.txt", "\u{feff}Le port\r\ndort.\r".as_bytes());
    assert_eq!(browser.text_of_last(6), "Le port\ndort.\n");
    assert_eq!(browser.count(".notice"), 0);

    // Offsets that do not fit: what is sound is kept.
    let json = dispatch().replacen("\"start\":62", "\"start\":63", 1);
    let json = json.replacen("\"boat\"", "\"other\"", 1);
    assert!(json.contains("\"start\":63"));
    browser.drop_file("body", "decale.json", json.as_bytes());
    browser.wait_for_remark(&["decale.json", "documents[0].spans[5]", "dans le texte"]);
    browser.wait("7 documents", || browser.count(".documents li") == 7);
    let document = only_document(&browser.downloaded());
    assert_eq!(document.spans().len(), 5);
    browser.click_on(".document-go", "Un bateau");
    browser.wait_for_text(LINES, TEXT.lines().next().unwrap());
    assert_eq!(browser.document().spans().len(), 6);
}

#[test]
fn every_script_is_selected_and_counted() {
    let text = "رئيس الوزراء قال نعم à Rabat.\n👨‍👩‍👧 Léa𝒳 dit e\u{301}té.\n\u{200f}שלום Paris.\n";
    let browser = Browser::open();
    browser.wait_for("textarea");
    browser.paste(text);
    browser.wait_for_text("[role=status]", "Propositions reçues");
    browser.click_on(".bulk button", "Tout rejeter");
    for (words, key) in
        [("Rabat", "3"), ("قال", "4"), ("👨‍👩‍👧", "1"), ("Léa𝒳", "2"), ("e\u{301}té", "5")]
    {
        browser.press("Escape");
        browser.press("Escape");
        browser.select(LINES, words);
        browser.press(key);
    }
    // By characters, one press takes a whole one.
    browser.press("Escape");
    browser.select(LINES, "שלום");
    browser.press("x");
    browser.press("Shift+ArrowLeft");
    browser.press("4");
    let lines = told(&browser.document());
    let all = ["قال MISC", "Rabat PLACE", "👨‍👩‍👧 PERSON", "Léa𝒳 ORG", "e\u{301}té DATE", "שלו MISC"];
    assert_eq!(lines, all);
}

#[test]
fn without_storage_the_page_says_so_and_works() {
    let browser = Browser::open_without_storage();
    browser.wait_for_notice(&["interdit l'enregistrement", "téléchargez avant de fermer"]);
    browser.take_in(&dispatch());
    assert_eq!(browser.attribute(".saving", "data-state").as_deref(), Some("unsaved"));
    browser.press("n");
    browser.press("4");
    browser.click("header .lang");
    browser.press("Ctrl+z");
    browser.press("Ctrl+y");
    // Before it is lost, the browser asks.
    let body = "
        const leaving = new Event('beforeunload', { cancelable: true });
        dispatchEvent(leaving);
        return leaving.defaultPrevented;";
    assert_eq!(browser.script(body, &[]), true);
    assert!(told(&browser.document()).contains(&"lundi MISC".to_owned()));
}

#[test]
fn a_damaged_storage_is_told_and_gives_what_is_sound() {
    let browser = Browser::open_on(&dispatch());
    browser.press("n");
    browser.press("4");
    let sound = browser.downloaded();
    browser.press("Shift+ArrowRight");
    let body = "
        const done = arguments[0], open = indexedDB.open('guillemet');
        open.onsuccess = () => {
          const steps = open.result.transaction('steps', 'readwrite').objectStore('steps');
          steps.getAllKeys().onsuccess = e => {
            steps.put('{\"action', e.target.result.at(-1)).onsuccess = () => { open.result.close(); done('spoilt') };
          };
        };";
    assert_eq!(browser.script_later(body, &[]), "spoilt");
    browser.reload();
    browser.wait_for_notice(&["n'a pas pu être relue en entier", "dernier état sûr"]);
    assert_eq!(browser.downloaded(), sound);
    // The work goes on from there, and nothing is left of the damage.
    browser.click_in_text(LINES, "lundi");
    browser.press("2");
    let other = browser.downloaded();
    browser.reload();
    browser.wait_for(".chunk");
    assert_eq!(browser.downloaded(), other);
    assert_eq!(browser.count(".notice"), 0);
}

#[test]
fn a_refused_clipboard_is_told() {
    let browser = Browser::open_on(&dispatch());
    for name in ["clipboard-read", "clipboard-write"] {
        let refused = json!({ "permission": { "name": name }, "setting": "denied" });
        browser.devtools("Browser.setPermission", &refused);
    }
    browser
        .script("Clipboard.prototype.writeText = () => Promise.reject(new Error('refused'))", &[]);
    browser.press("Ctrl+s");
    browser.click("dialog .copy");
    // The words are selected, for the person's own way of copying.
    browser.wait("the words to be selected", || {
        let body = "
            const words = document.querySelector('dialog textarea');
            return words.selectionEnd - words.selectionStart === words.value.length;";
        browser.script(body, &[]) == true
    });
    browser.press("Escape");
    browser.wait_for_notice(&["presse-papiers", "téléchargez"]);
}

#[test]
fn a_full_storage_is_told_and_what_stays_is_kept() {
    let mut browser = Browser::start(&dist());
    browser.expect_error("Quota");
    let origin = format!("http://{}", browser.server().address());
    let quota = json!({ "origin": origin, "quotaSize": 600_000 });
    // Before the first write: the browser remembers for a while what was free.
    browser.devtools("Storage.overrideQuotaForOrigin", &quota);
    browser.visit();
    browser.wait_for(".welcome");
    browser.take_in(&dispatch());
    browser.press("n");
    browser.press("4");
    let saving = || browser.attribute(".saving", "data-state").unwrap_or_default();
    browser.wait("all to be saved", || saving() == "saved");

    // Words that no store can press together.
    browser.paste_of(
        "Array.from({ length: 100_000 }, () => Math.random().toString(36).slice(2)).join(' ')",
    );
    browser.wait_for_notice(&["Plus de place", "téléchargez, puis retirez"]);
    assert_eq!(saving(), "unsaved");
    browser.click_on(".document-go", "Un bateau");
    browser.press("n");
    browser.press("Backspace");
    assert_ne!(saving(), "saved");
    let there = browser.downloaded();
    // As told: the dispatch that is too large goes, and the steps that were
    // not saved either are.
    browser.hover(browser.point_of(".documents li:last-child", ""));
    browser.click(".documents li:last-child .more");
    browser.wait("all to be saved", || saving() == "saved");
    browser.reload();
    browser.wait_for(".chunk");
    assert_eq!(browser.count(".documents li"), 1);
    assert_eq!(browser.downloaded(), there);
    browser.press("Ctrl+z");
    browser.press("Ctrl+z");
    assert_eq!(told(&browser.document())[0], "lundi DATE?");
}

#[test]
fn what_cannot_be_loaded_later_is_told_and_asked_for_again() {
    let mut browser = Browser::start(&dist());
    browser.server().deny("later-");
    browser.expect_error("later-");
    browser.expect_error("WebAssembly");
    browser.visit();
    browser.wait_for("textarea");
    browser.paste("Ana Roy parle.");
    browser.wait_for(LINES);
    browser.press("?");
    browser.wait_for_notice(&["n'a pas pu être chargée", "recommencez"]);
    assert_eq!(browser.count("dialog"), 0);
    // The work goes on, and so does the keyboard.
    browser.select(LINES, "parle");
    browser.press("1");
    browser.server().deny_nothing();
    browser.press("?");
    browser.wait_for("dialog[open]");
    browser.press("Escape");
    let told = told(&browser.document());
    assert!(told.contains(&"parle PERSON".to_owned()), "{told:#?}");
}
