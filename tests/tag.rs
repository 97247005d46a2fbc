//! `guillemet tag` as a process: files, what is wrong with them, and the exit
//! status.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use guillemet::formats::native;

const TEXT: &str = "PARIS - « Nous agirons »,\r\na déclaré lundi Ana Roy.\n";

/// A folder of files for one test.
fn folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("tag-{test}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("other")).unwrap();
    fs::write(folder.join("un.txt"), TEXT).unwrap();
    fs::write(folder.join("deux.txt"), "Lin Jian parle.").unwrap();
    fs::write(folder.join("other/un.txt"), "\u{feff}Londres\n\n").unwrap();
    fs::write(folder.join("latin.txt"), b"L'\xe9t\xe9").unwrap();
    fs::write(folder.join("empty.txt"), "").unwrap();
    fs::write(folder.join("blank.txt"), " \n").unwrap();
    folder
}

fn tag(test: &str, words: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_guillemet"))
        .current_dir(folder(test))
        .arg("tag")
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read its input closes it early.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn texts(output: &Output) -> Vec<(String, String)> {
    let read = native::read(std::str::from_utf8(&output.stdout).unwrap()).unwrap();
    assert_eq!(read.problems, []);
    read.documents.iter().map(|d| (d.id.clone(), d.text().to_string())).collect()
}

fn complaints(output: &Output) -> Vec<&str> {
    std::str::from_utf8(&output.stderr).unwrap().lines().collect()
}

#[test]
fn documents_come_in_the_order_of_the_files_with_ids_of_their_own() {
    let output = tag("order", &["un.txt", "deux.txt", "-", "other/un.txt"], b"Wuhan");
    assert_eq!((output.status.code(), complaints(&output)), (Some(0), vec![]));
    let expected = [
        ("un", TEXT),
        ("deux", "Lin Jian parle."),
        ("stdin", "Wuhan"),
        ("un-2", "\u{feff}Londres\n\n"),
    ];
    assert_eq!(texts(&output), expected.map(|(id, text)| (id.to_owned(), text.to_owned())));
}

#[test]
fn no_file_is_the_standard_input() {
    let output = tag("input", &[], TEXT.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(texts(&output), [("stdin".to_owned(), TEXT.to_owned())]);
    let nothing = tag("nothing", &[], b"");
    assert_eq!(nothing.status.code(), Some(1));
    assert_eq!(
        complaints(&nothing),
        ["guillemet tag: standard input is empty: there is no text in it"]
    );
    assert_eq!(texts(&nothing), []);
}

#[test]
fn what_cannot_be_read_is_told_and_the_others_are_written() {
    let words = ["missing.txt", "latin.txt", "un.txt", "empty.txt", "other", "blank.txt"];
    let output = tag("wrong", &words, b"");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(texts(&output), [("un".to_owned(), TEXT.to_owned())]);
    let told = complaints(&output);
    let expected = [
        "missing.txt cannot be read: ",
        "latin.txt byte 2 is no UTF-8: ",
        "empty.txt is empty: ",
        "other cannot be read: ",
        "blank.txt holds 2 bytes of white space",
    ];
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.starts_with(&format!("guillemet tag: {expected}")), "{told}");
    }
}

#[test]
fn help_and_wrong_words() {
    let help = tag("help", &["--help"], b"");
    assert_eq!(help.status.code(), Some(0));
    assert!(help.stdout.starts_with(b"usage: guillemet tag"));
    let wrong = tag("option", &["--fast"], b"");
    assert_eq!((wrong.status.code(), wrong.stdout.as_slice()), (Some(2), &b""[..]));
    let file = tag("dashes", &["--", "--fast"], b"");
    assert!(complaints(&file)[0].starts_with("guillemet tag: --fast cannot be read"));
}

#[test]
fn a_pipe_that_closes_early_is_no_error() {
    let folder = folder("pipe");
    let long = "Lin Jian parle à Pékin.\n".repeat(5000);
    fs::write(folder.join("long.txt"), long).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_guillemet"))
        .current_dir(folder)
        .args(["tag", "long.txt"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), complaints(&output)), (Some(0), vec![]));
}
