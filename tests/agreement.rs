//! What several annotators made of the same dispatches, side by side.

use guillemet::document::{Change, Document, Span, SpanId, Status, Transaction};
use guillemet::engine;
use guillemet::formats::{Format, Options, Part};
use guillemet::scheme::{Label, Scheme};
use guillemet::session::{Command, ENGINE, Session, first_proposals};
use guillemet::text::ByteSpan;

const TEXT: &str = "Ana Roy, maire de Lyon, a dit « non » à Bob Li.";

/// A document with these spans, found by their words.
fn document(id: &str, text: &str, spans: &[(&str, &str)]) -> Document {
    let mut document = Document::new(id, "", "fr", text);
    let mut transaction = Transaction::new("test");
    for (at, (words, label)) in spans.iter().enumerate() {
        let start = text.find(words).unwrap();
        let range = ByteSpan::new(start, start + words.len());
        let after = Some(Span::by_person(range, Label::new(label)));
        let id = SpanId(u32::try_from(at).unwrap());
        transaction.changes.push(Change::Span { id, before: None, after });
    }
    document.apply(&transaction).unwrap();
    document
}

/// The written files by name.
fn written(
    documents: &[Document],
    annotators: &[&str],
) -> std::collections::BTreeMap<String, String> {
    let annotators = annotators.iter().map(|name| (*name).to_owned()).collect();
    let options = Options { annotators, ..Options::default() };
    let format = Format::by_id("agreement").unwrap();
    let files = format.export(&Scheme::default(), documents, &options);
    files.into_iter().map(|f| (f.name, String::from_utf8(f.bytes).unwrap())).collect()
}

/// The rows of a table as lists of fields; no field here holds a comma.
fn rows(table: &str) -> Vec<Vec<&str>> {
    table.trim_start_matches('\u{feff}').lines().map(|line| line.split(',').collect()).collect()
}

#[test]
fn each_token_has_a_column_an_annotator() {
    let text = "Ana Roy est à Lyon";
    let files = written(
        &[
            document("d1", text, &[("Ana Roy", "PERSON"), ("Lyon", "PLACE")]),
            document("other", text, &[("Ana", "PERSON"), ("à Lyon", "PLACE")]),
        ],
        &["ana", "bob"],
    );
    let table = rows(&files["mentions.csv"]);
    assert_eq!(table[0], ["document", "token", "start", "end", "text", "ana", "bob"]);
    let labels: Vec<String> = table[1..].iter().map(|row| row[4..].join(" ")).collect();
    assert_eq!(
        labels,
        ["Ana PERSON PERSON", "Roy PERSON O", "est O O", "à O PLACE", "Lyon PLACE PLACE"]
    );
    assert_eq!(table[5][..4], ["d1", "4", "14", "18"]);
    assert!(files["mentions.tsv"].starts_with("ana\td1:0\tPERSON\nbob\td1:0\tPERSON\n"));
    assert_eq!(
        files["gamma/d1.csv"],
        "ana,PERSON,0,7\nana,PLACE,14,18\nbob,PERSON,0,3\nbob,PLACE,12,18\n"
    );
    let units = rows(&files["units.csv"]);
    assert_eq!(units[1][4..], ["Ana Roy", "PERSON", "O"]);
    assert_eq!(units[2][4..], ["Ana", "O", "PERSON"]);
    // Nobody marked a quotation.
    assert!(!files.contains_key("quotations.csv"));
}

#[test]
fn who_does_not_have_a_dispatch_says_nothing_of_it() {
    let mine = |id, text: &str| document(id, text, &[("Ana Roy", "PERSON")]);
    let other = "Ana Roy parle";
    let documents =
        [mine("a", TEXT), mine("b", TEXT), mine("c", TEXT), mine("x", other), mine("y", other)];
    let files = written(&documents, &["ana", "bob", "eve", "ana", "bob"]);
    let table = rows(files["mentions.csv"].trim_end());
    let last = table.last().unwrap();
    assert_eq!((last[0], last.last().copied()), ("x", Some("")));
    assert!(!files["mentions.tsv"].contains("eve\tx:"), "{}", files["mentions.tsv"]);
    assert!(files["README.md"].contains("| eve | 1 | 1 |"), "{}", files["README.md"]);
}

#[test]
fn dispatches_of_one_annotator_are_left_out_and_counted() {
    let documents =
        [document("a", TEXT, &[]), document("b", "Autre", &[]), document("c", TEXT, &[])];
    let options = Options {
        annotators: ["ana", "ana", "bob"].map(str::to_owned).to_vec(),
        ..Options::default()
    };
    let format = Format::by_id("agreement").unwrap();
    assert_eq!(format.loss(&documents, &options).of(Part::Alone), 1);
    let files = written(&documents, &["ana", "ana", "bob"]);
    assert!(files.contains_key("gamma/a.csv") && !files.contains_key("gamma/b.csv"));
}

#[test]
fn names_stay_one_field() {
    let text = "Lyon parle";
    let documents =
        [document("a b", text, &[("Lyon", "EN VILLE")]), document("c", text, &[("Lyon", "a,b")])];
    let files = written(&documents, &["Ana Roy", "B, \"ob\""]);
    assert!(
        files["gamma/a_b.csv"].contains("Ana Roy,EN VILLE,0,4\n\"B, \"\"ob\"\"\",\"a,b\",0,4\n")
    );
    for line in files["mentions.tsv"].lines() {
        assert_eq!(line.split_whitespace().count(), 3, "{line}");
    }
}

#[test]
fn the_engine_is_compared_as_it_first_proposed() {
    let mut session = Session::default();
    session.add(Document::new("d", "", "fr", TEXT), false);
    session.seed("d", engine::analyse(TEXT)).unwrap();
    let untouched = session.work().unwrap().document.clone();
    let first = first_proposals(session.work().unwrap()).unwrap();
    let places = |d: &Document| -> Vec<(ByteSpan, String)> {
        d.spans().map(|(_, s)| (s.range, s.label.to_string())).collect()
    };
    assert!(!places(&first).is_empty());
    assert_eq!(places(&first), places(&untouched));
    session.perform(&Command::RejectAll).unwrap();
    let lyon = TEXT.find("Lyon").unwrap();
    session.perform(&Command::Label(ByteSpan::new(lyon, lyon + 4), Label::new("MISC"))).unwrap();
    let later = first_proposals(session.work().unwrap()).unwrap();
    assert_eq!(places(&later), places(&untouched));
    assert!(later.spans().all(|(_, s)| s.status == Status::Accepted));
}

#[test]
fn proposals_that_came_after_work_began_count_too() {
    let mut session = Session::default();
    session.add(Document::new("d", "", "fr", TEXT), true);
    let work = |session: &Session| first_proposals(session.work().unwrap());
    assert_eq!(work(&session), None);
    let roy = TEXT.find("Bob Li").unwrap();
    session.perform(&Command::Label(ByteSpan::new(roy, roy + 6), Label::new("ORG"))).unwrap();
    assert_eq!(work(&session), None);
    session.seed("d", engine::analyse(TEXT)).unwrap();
    let first = work(&session).unwrap();
    assert!(first.spans().count() > 0);
    // The person's own span is none of the engine's.
    assert!(first.spans().all(|(_, s)| s.label != *"ORG" || s.range.start != roy));
    assert_eq!(ENGINE, "engine");
}

/// `guillemet convert` as a process, on its files in a folder of their own.
mod program {
    use std::fs;
    use std::path::PathBuf;
    use std::process::Command;

    use guillemet::formats::native;
    use guillemet::scheme::Scheme;

    use super::{TEXT, document};

    fn folder(test: &str) -> PathBuf {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("agreement-{test}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn agreement(folder: &PathBuf, words: &[&str]) -> String {
        let run = Command::new(env!("CARGO_BIN_EXE_guillemet"))
            .current_dir(folder)
            .args(["convert", "--to", "agreement", "--out", "out"])
            .args(words)
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stderr).unwrap()
    }

    #[test]
    fn files_are_annotators_whatever_their_format() {
        let folder = folder("files");
        let ana = document("d", TEXT, &[("Ana Roy", "PERSON")]);
        fs::write(folder.join("ana.json"), native::write(&Scheme::default(), [&ana])).unwrap();
        let bob =
            serde_json::json!({"text": TEXT, "label": [[0, 7, "PERSON"], [40, 46, "PERSON"]]});
        fs::write(folder.join("bob.jsonl"), format!("{bob}\n")).unwrap();
        agreement(&folder, &["ana.json", "bob.jsonl"]);
        let table = fs::read_to_string(folder.join("out/mentions.csv")).unwrap();
        assert!(table.starts_with("\u{feff}document,token,start,end,text,ana,bob\r\n"), "{table}");
        assert!(table.contains(",Roy,PERSON,PERSON\r\n") && table.contains(",Bob,O,PERSON\r\n"));
    }

    #[test]
    fn one_file_is_compared_with_the_engine() {
        let folder = folder("engine");
        let ana = document("d", TEXT, &[("Bob Li", "PERSON")]);
        fs::write(folder.join("ana.json"), native::write(&Scheme::default(), [&ana])).unwrap();
        agreement(&folder, &["--annotator", "Ana", "ana.json"]);
        let table = fs::read_to_string(folder.join("out/mentions.csv")).unwrap();
        assert!(
            table.starts_with("\u{feff}document,token,start,end,text,engine,Ana\r\n"),
            "{table}"
        );
        // The place lies in the role, and the outer one stays.
        assert!(table.contains(",Lyon,ROLE,O\r\n"), "{table}");
    }
}
