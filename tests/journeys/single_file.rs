//! The page as one file, opened from a disk without any network.

use std::path::Path;

use guillemet::document::Document;
use guillemet::formats::{File, Format, native, zip};

use crate::browser::Browser;
use crate::desk::{LINES, TEXT, dispatch, told, unpacked};

/// A browser on the page from the disk.
fn open() -> Browser {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("dist-single/guillemet.html");
    assert!(file.is_file(), "dist-single/ has no page: scripts/single-file makes it");
    let browser = Browser::open_file(&file);
    browser.wait_for("textarea");
    browser
}

#[test]
fn one_file_from_a_disk_does_the_work() {
    let browser = open();
    browser.paste(TEXT);
    browser.wait_for(".piece.tagged");
    assert_eq!(browser.attribute("html", "data-engine").as_deref(), Some("worker"));
    browser.select(LINES, "bateau gris");
    browser.press("4");
    let before = browser.document();
    assert!(told(&before).contains(&"bateau gris MISC".to_owned()), "{:#?}", told(&before));
    browser.reload();
    browser.wait_for(".chunk");
    assert_eq!(browser.document(), before);
    assert_eq!(browser.count(".notice"), 0);
}

#[test]
fn one_file_from_a_disk_does_all_of_it() {
    let browser = open();
    browser.take_in(&dispatch());
    browser.press("Enter");
    // Foreign files come in: one alone, and an archive.
    let line = "{\"text\":\"Luc Roy à Nice\",\"label\":[[0,7,\"PERSON\"],[10,14,\"PLACE\"]]}\n";
    browser.drop_file("body", "a.jsonl", line.as_bytes());
    browser.wait("the line", || browser.listed() == 2);
    let brat =
        [File::text("c.txt", "Eve Li parle."), File::text("c.ann", "T1\tPERSON 0 6\tEve Li\n")];
    browser.drop_file("body", "many.zip", &zip::pack(&brat));
    browser.wait("the archive", || browser.listed() == 3);
    // All of them leave, in files of every kind.
    browser.open_export();
    browser.click_on("dialog .chip", "Toutes");
    let native = browser.written_as("native");
    let documents = native::read(std::str::from_utf8(&native.bytes).unwrap()).unwrap().documents;
    assert_eq!(documents.len(), 3);
    for id in ["doccano", "xlsx", "brat", "tei", "label-studio", "dataset", "agreement"] {
        let file = browser.written_as(id);
        assert!(file.bytes.len() > 100, "{id}");
        let format = Format::by_id(id).unwrap();
        if !format.reads() || id == "dataset" {
            continue;
        }
        let back = format.import(&unpacked(&file));
        assert_eq!(back.documents.len(), 3, "{id}");
        let texts = |all: &[Document]| {
            let mut texts: Vec<String> = all.iter().map(|d| d.text().to_string()).collect();
            texts.sort();
            texts
        };
        assert_eq!(texts(&back.documents), texts(&documents), "{id}");
    }
    let set = unpacked(&browser.written_as("dataset"));
    let names: Vec<&str> = set.iter().map(|file| &*file.name).collect();
    assert!(names.contains(&"README.md") && names.contains(&"GUIDE.md"), "{names:?}");
    browser.leave();
    // A backup, and back beside what is here.
    browser.click("header .workspace");
    browser.click(".backup-all");
    let (name, backup) = browser.download();
    assert!(name.ends_with(".backup.jsonl"), "{name}");
    browser.press("Escape");
    browser.reload();
    browser.wait_for(".chunk");
    assert_eq!(browser.listed(), 3);
    browser.drop_file("body", &name, &backup);
    browser.click("dialog .restore:enabled");
    browser.wait_for_text("header .workspace", "2");
    browser.wait_for(".chunk");
    assert_eq!(browser.listed(), 3);
    browser.open_export();
    browser.click_on("dialog .chip", "Toutes");
    let again = browser.written_as("native");
    assert!(again.bytes == native.bytes, "what came back is what was there");
}
