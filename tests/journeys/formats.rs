//! Every format in and out of the page: what leaves is what the command line
//! writes, what cannot leave is told before, and what comes in is read,
//! mapped and reported.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use guillemet::document::Document;
use guillemet::formats::{File, Files, Format, Options, native, zip};
use guillemet::lab::notation;
use guillemet::scheme::Scheme;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::desk::unpacked;

/// One of our own dispatches, without its marks.
fn dispatch() -> String {
    let file = include_str!("../dispatches/wire.txt");
    notation::dispatches(file, "wire.txt").unwrap().swap_remove(0).text
}

/// A browser on the page with the dispatch tagged.
fn tagged() -> Browser {
    let browser = open();
    browser.wait_for("textarea");
    browser.paste(&dispatch());
    browser.wait("the proposals", || {
        browser.attribute("progress", "max").is_some_and(|max| max != "1")
    });
    browser
}

impl Browser {
    /// The open document, by way of the native JSON.
    #[track_caller]
    fn open_document(&self) -> Document {
        self.open_export();
        let file = self.written_as("native");
        self.leave();
        let mut workspace = native::read(std::str::from_utf8(&file.bytes).unwrap()).unwrap();
        assert_eq!(workspace.problems, []);
        workspace.documents.swap_remove(0)
    }

    /// Drops several files at once.
    fn drop_files(&self, files: &[(&str, &[u8])]) {
        let body = "
            const dataTransfer = new DataTransfer();
            for (const [name, bytes] of arguments[0])
              dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
            document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));";
        self.script(body, &[json!(files)]);
    }
}

/// What `guillemet convert` makes of a native JSON, by the names of files.
fn converted(folder: &Path, json: &[u8], id: &str, stem: &str, more: &[&str]) -> Vec<File> {
    fs::remove_dir_all(folder).ok();
    fs::create_dir_all(folder).unwrap();
    let (source, out) = (folder.join("source.json"), folder.join("out"));
    fs::write(&source, json).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_guillemet"))
        .args(["convert", "--from", "native", "--to", id, "--stem", stem])
        .args(more)
        .arg("--out")
        .args([&out, &source])
        .output()
        .unwrap();
    assert!(run.status.success(), "{id}: {}", String::from_utf8_lossy(&run.stderr));
    let mut files = Vec::new();
    collect(&out, &out, &mut files);
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<File>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            files.push(File { name, bytes: fs::read(&path).unwrap() });
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
}

/// Holds a download equal to what the command line wrote.
#[track_caller]
fn assert_equal(got: &File, wanted: &[File], id: &str) {
    match wanted {
        [only] => assert!(got.bytes == only.bytes, "{id} differs"),
        _ => {
            let got = unpacked(got);
            let names = |files: &[File]| files.iter().map(|f| f.name.clone()).collect::<Vec<_>>();
            assert_eq!(names(&got), names(wanted), "{id}");
            for (got, wanted) in got.iter().zip(wanted) {
                assert!(got.bytes == wanted.bytes, "{id}: {} differs", got.name);
            }
        }
    }
}

/// A browser on the page, in English.
fn open() -> Browser {
    let browser = Browser::open();
    browser.wait_for("textarea");
    browser.click_on("button", "EN");
    browser
}

#[test]
fn each_format_leaves_as_the_command_line_writes_it() {
    let browser = tagged();
    let is_there = || browser.server().requests().iter().any(|path| path.contains("converter"));
    assert!(!is_there(), "the formats were loaded before anyone wanted them");
    browser.open_export();
    let native = browser.written();
    let stem = native.name.strip_suffix(".json").unwrap();
    let folder = browser.folder.join("converted");
    let source = native::read(std::str::from_utf8(&native.bytes).unwrap()).unwrap();
    assert!(source.documents[0].relations().len() > 4, "the dispatch has quotations");
    for format in Format::all() {
        browser.choose_format(format.id);
        let wanted = converted(&folder, &native.bytes, format.id, stem, &[]);
        let got = browser.written();
        assert_equal(&got, &wanted, format.id);
        let ending = if wanted.len() == 1 {
            format!("{stem}.{}", format.extension)
        } else {
            format!("{stem}.{}.zip", format.id)
        };
        assert_eq!(got.name, ending);
        if format.files == Files::Compared {
            // What the engine first proposed counts as well there.
            continue;
        }
        // What is lost was told, number for number.
        let lost = format.loss(&source.documents, &Options::default());
        let told = browser.texts(".losses li");
        assert_eq!(told.len(), lost.parts().count(), "{}: {told:?}", format.id);
        for ((part, count), told) in lost.parts().zip(&told) {
            let number = told.split(' ').next().unwrap_or_default().parse();
            assert!(number.map_or(part == guillemet::formats::Part::Texts, |n: usize| n == count));
        }
    }
    assert!(is_there());
    // Opened again, the dialog has the last format.
    browser.leave();
    browser.open_export();
    assert_eq!(browser.text(".formats label.on"), "Train / dev / test set");
}

#[test]
fn what_a_format_cannot_hold_can_be_decided() {
    let browser = tagged();
    browser.open_export();
    let native = browser.written();
    let stem = native.name.strip_suffix(".json").unwrap();
    let folder = browser.folder.join("converted");
    browser.choose_format("conll");
    for (chip, option) in [
        ("The shortest", ["--overlaps", "inner"]),
        ("Quotations", ["--layer", "quotations"]),
        ("BILOU", ["--tagging", "bilou"]),
    ] {
        let before = converted(&folder, &native.bytes, "conll", stem, &[]);
        browser.click_on(".chip", chip);
        browser.wait_until_written();
        let wanted = converted(&folder, &native.bytes, "conll", stem, &option);
        assert!(before[0].bytes != wanted[0].bytes, "{chip} changes nothing");
        assert_equal(&browser.written(), &wanted, chip);
        // Back to the first side.
        let first = [("The shortest", "The longest"), ("Quotations", "Names"), ("BILOU", "IOB2")];
        let (_, first) = first.iter().find(|(second, _)| *second == chip).unwrap();
        browser.click_on(".chip", first);
        browser.wait_until_written();
    }
    browser.click(".losses input");
    browser.wait_until_written();
    browser.wait_for_text(".format .row small", ".conll.zip");
    let files = unpacked(&browser.written());
    let names: Vec<&str> = files.iter().map(|file| &*file.name).collect();
    assert_eq!(names, [format!("{stem}.conll"), format!("{stem}.guillemet.json")]);
    assert!(files[1].bytes == native.bytes, "the native JSON beside is the native JSON");
    // All by the keyboard: arrows choose, Escape leaves.
    browser.leave();
    browser.open_export();
    browser.press("ArrowDown");
    browser.wait_for_text(".format h3", "BILOU");
    browser.leave();
}

#[test]
fn each_format_that_is_read_comes_in() {
    let browser = open();
    browser.wait_for("textarea");
    let json = include_str!("../golden/split.json");
    let mut source = native::read(json).unwrap().documents;
    let facts = |document: &Document| {
        let mut spans: Vec<String> =
            document.spans().map(|(_, s)| format!("{:?} {}", s.range, s.label)).collect();
        spans.sort();
        let mut links: Vec<String> = document
            .relations()
            .map(|(_, r)| {
                let at = |id| document.span(id).unwrap().range;
                format!("{} {:?} {:?}", r.label, at(r.from), at(r.to))
            })
            .collect();
        links.sort();
        (document.text().to_string(), spans, links)
    };
    for format in Format::all().iter().filter(|format| format.reads()) {
        // Another dispatch each time: one that is here is only shown.
        format.id.clone_into(&mut source[0].id);
        let files = format.export(&Scheme::default(), &source, &Options::default());
        let wanted = format.import(&files);
        let there = browser.listed();
        match files.as_slice() {
            [file] => browser.drop_file("body", &file.name, &file.bytes),
            _ => browser.drop_file("body", "many.zip", &zip::pack(&files)),
        }
        browser.wait(&format!("{} to be open", format.id), || {
            browser.listed() == there + wanted.documents.len()
        });
        if browser.count("dialog") > 0 {
            panic!("{}: {:?}", format.id, browser.texts("dialog"));
        }
        assert_eq!(facts(&browser.open_document()), facts(&wanted.documents[0]), "{}", format.id);
        // A copy of a document that is here is told once.
        while browser.count(".notice") > 0 {
            browser.click(".notice .icon");
        }
    }
}

#[test]
fn what_cannot_be_read_is_reported_by_its_place() {
    let browser = open();
    browser.wait_for("textarea");
    let lines = "{\"text\":\"🚨 Ana Roy à Lyon\",\"label\":[[3,10,\"PERSON\"],[13,17,\"PLACE\"]]}\n\
                 {\"text\": broken\n\
                 {\"text\":\"Lyon\",\"label\":[[0,40,\"PLACE\"]]}\n";
    browser.drop_files(&[
        ("a.jsonl", lines.as_bytes()),
        ("b.json", b"{\"format\":\"guillemet\","),
        ("c.txt", "Un texte.".as_bytes()),
    ]);
    browser.wait_for(".remarks");
    let told = browser.texts(".remarks li").join("\n");
    for part in ["UTF-16", "a.jsonl line 2", "0..40", "b.json: this is no JSON"] {
        assert!(told.contains(part), "{part} is not in:\n{told}");
    }
    browser.wait_for_text("dialog p", "3 dispatches opened, 4 remarks.");
    browser.leave();
    assert_eq!(browser.count(".documents li"), 3);
    browser.click_on(".document-go", "Ana Roy");
    let document = browser.open_document();
    let words: Vec<&str> = document.spans().map(|(_, span)| document.words(span)).collect();
    assert_eq!(words, ["Ana Roy", "Lyon"]);
}

#[test]
fn labels_of_others_are_mapped_and_remembered() {
    let browser = open();
    browser.wait_for("textarea");
    let file =
        |text: &str| format!("{{\"text\":\"{text}\",\"label\":[[0,7,\"PER\"],[10,14,\"VILLE\"]]}}");
    browser.drop_file("body", "a.jsonl", file("Ana Roy à Lyon").as_bytes());
    browser.wait_for(".pairs");
    assert_eq!(browser.property(".pairs select", "value"), "PERSON");
    assert_eq!(browser.property(".pairs label:nth-of-type(2) select", "value"), "VILLE");
    let body = "
        const it = document.querySelector('.pairs label:nth-of-type(2) select');
        it.value = 'PLACE';
        it.dispatchEvent(new Event('change', { bubbles: true }));";
    browser.script(body, &[]);
    browser.click("dialog .go");
    browser.wait_for(".documents li");
    let labels = |document: &Document| {
        document.spans().map(|(_, span)| span.label.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(labels(&browser.open_document()), ["PERSON", "PLACE"]);
    // The next file asks nothing.
    browser.drop_file("body", "b.jsonl", file("Luc Roy à Nice").as_bytes());
    browser.wait_for_text(".document-go", "Luc Roy");
    assert_eq!(labels(&browser.open_document()), ["PERSON", "PLACE"]);
}

#[test]
fn a_file_that_does_not_tell_is_asked_about() {
    let browser = open();
    browser.wait_for("textarea");
    let rows: Value = json!([{ "titre": "Lyon" }]);
    browser.drop_file("body", "odd.json", rows.to_string().as_bytes());
    browser.wait_for(".pairs");
    let body = "
        const it = document.querySelector('.pairs select');
        it.value = 'text';
        it.dispatchEvent(new Event('change', { bubbles: true }));";
    browser.script(body, &[]);
    browser.click("dialog .go");
    browser.wait_for_text(".lines", "titre");
    // brat's two files are one dispatch; a text beside them is another.
    browser.drop_files(&[
        ("c.txt", b"Ana Roy parle."),
        ("d.txt", "Rien de plus.".as_bytes()),
        ("c.ann", b"T1\tPERSON 0 7\tAna Roy\n"),
    ]);
    browser.wait("both texts", || browser.count(".documents li") == 3);
    browser.wait_for_text(".document-go", "Ana Roy parle.");
}

#[test]
fn all_dispatches_leave_as_a_data_set() {
    let browser = open();
    browser.wait_for("textarea");
    let json = include_str!("../golden/nested.json");
    let mut workspace = native::read(json).unwrap();
    let first = workspace.documents.remove(0);
    let documents: Vec<Document> = (0..30)
        .map(|number| {
            let mut document = first.clone();
            document.id = format!("d{number}");
            document
        })
        .collect();
    let json = native::write(&Scheme::default(), &documents);
    browser.drop_file("body", "all.json", json.as_bytes());
    browser.wait("all documents", || browser.listed() == 30);
    browser.open_export();
    browser.click_on(".chip", "All dispatches");
    let set = unpacked(&browser.written_as("dataset")).into_iter();
    let files: BTreeMap<String, Vec<u8>> = set.map(|file| (file.name, file.bytes)).collect();
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    // One text thirty times is one group, and so in one split.
    let [guide, card, rows] = names[..] else { panic!("{names:?}") };
    assert_eq!((guide, card), ("GUIDE.md", "README.md"));
    assert!(rows.starts_with("data/"), "{rows}");
    let card = String::from_utf8_lossy(&files["README.md"]);
    assert!(card.contains("| documents | 30 |"), "{card}");
    assert_eq!(files[rows].iter().filter(|byte| **byte == b'\n').count(), 30);
}

#[test]
fn without_the_converter_the_native_file_still_leaves() {
    let mut browser = Browser::start(&crate::browser::dist());
    browser.server().deny("converter-");
    browser.expect_error("converter-");
    browser.visit();
    browser.wait_for("textarea");
    browser.paste("Ana Roy parle.");
    browser.wait_for(".lines");
    browser.open_export();
    assert!(browser.written().name.ends_with(".json"));
    browser.click(".formats label:has([value='tei'])");
    browser.wait_for(".check-line.bad");
    assert!(!browser.is_visible(".download:enabled"));
}
