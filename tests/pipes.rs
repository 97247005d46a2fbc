//! `guillemet` as others run it: a process between two pipes.
#![cfg(not(target_arch = "wasm32"))]

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use guillemet::formats::native;
use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_guillemet");

fn started(words: &[&str]) -> (Child, ChildStdin, BufReader<ChildStdout>) {
    let mut child = Command::new(PROGRAM)
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let input = child.stdin.take().unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    (child, input, out)
}

fn run(words: &[&str], input: &[u8]) -> Output {
    let (child, mut stdin, mut stdout) = started(words);
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let mut out = Vec::new();
    stdout.read_to_end(&mut out).unwrap();
    writer.join().unwrap().unwrap();
    Output { stdout: out, ..child.wait_with_output().unwrap() }
}

/// Status, lines of the output, standard error.
fn tagged(words: &[&str], input: &[u8]) -> (i32, Vec<Value>, String) {
    let output = run(&[&["tag", "--jsonl"], words].concat(), input);
    let out = String::from_utf8(output.stdout).unwrap();
    let lines = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (output.status.code().unwrap(), lines, String::from_utf8(output.stderr).unwrap())
}

/// So many dispatches of the corpus, as lines.
fn dispatches(count: usize) -> String {
    let output = run(&["dispatches", &count.to_string()], b"");
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

fn ids(lines: &[Value]) -> Vec<&str> {
    lines.iter().map(|line| line["documents"][0]["id"].as_str().unwrap()).collect()
}

#[test]
fn five_thousand_lines_keep_their_order() {
    // Few and many words in turn, so that later lines are done earlier.
    let line = |n: usize| {
        let text =
            "Ana Roy l’a dit à Lyon. ".repeat(if n.is_multiple_of(97) { 120 } else { n % 3 });
        json!({"id": n.to_string(), "text": text}).to_string() + "\n"
    };
    let input: String = (0..5000).map(line).collect();
    let (status, lines, told) = tagged(&["--threads", "4"], input.as_bytes());
    assert_eq!((status, told.as_str()), (0, ""));
    let wanted: Vec<String> = (0..5000).map(|n| n.to_string()).collect();
    assert_eq!(ids(&lines), wanted);
}

#[test]
fn a_line_is_what_the_file_would_be_with_its_fields() {
    let input = dispatches(40);
    let (status, lines, _) = tagged(&[], input.as_bytes());
    assert_eq!((status, lines.len()), (0, 40));
    for (given, got) in input.lines().zip(&lines) {
        let given: Value = serde_json::from_str(given).unwrap();
        let text = given["text"].as_str().unwrap();
        let file = run(&["tag"], text.as_bytes());
        let mut wanted: Value = serde_json::from_slice(&file.stdout).unwrap();
        let document = &mut wanted["documents"][0];
        assert!(document["spans"].as_array().is_some_and(|spans| !spans.is_empty()));
        document["id"] = given["id"].clone();
        document["metadata"] = json!({"style": given["style"]});
        assert_eq!(*got, wanted);
        assert_eq!(native::read(&got.to_string()).unwrap().problems, []);
    }
}

#[test]
fn what_was_written_can_be_tagged_again_and_what_a_person_did_stays() {
    let (_, mut lines, _) =
        tagged(&[], b"{\"id\": 7, \"text\": \"Ana Roy est \xc3\xa0 Lyon.\", \"a\": 1}");
    let document = &mut lines[0]["documents"][0];
    assert_eq!(document["spans"][0]["label"], "PERSON");
    document["spans"][0]["label"] = "ORG".into();
    document["spans"][0]["status"] = "accepted".into();
    for line in [lines[0].to_string(), lines[0]["documents"][0].to_string()] {
        let (status, again, told) = tagged(&[], line.as_bytes());
        assert_eq!((status, told.as_str()), (0, ""));
        assert_eq!(again[0]["documents"][0]["spans"], lines[0]["documents"][0]["spans"]);
        assert_eq!(again[0]["documents"][0]["metadata"], json!({"a": 1}));
    }
}

#[test]
fn bad_lines_are_told_by_number_and_skipped() {
    let input = b"{\"text\": \"Oui\"}\n{\"text\": \"Ou\n\n[1]\n\"\xff\"\n{\"id\": \"b\", \"text\": \"Non\"}";
    let (status, lines, told) = tagged(&[], input);
    assert_eq!((status, ids(&lines)), (1, vec!["line-1", "b"]));
    let told: Vec<&str> = told.lines().collect();
    assert_eq!(told.len(), 3, "{told:?}");
    for (told, line) in told.iter().zip([2, 4, 5]) {
        let start = format!("guillemet tag: standard input line {line}: ");
        assert!(told.starts_with(&start), "{told}");
    }
}

#[test]
fn line_ends_and_a_missing_last_one_change_nothing() {
    let lines = ["{\"text\": \"Ana Roy\"}", "\"Lyon\"", "\"\""];
    let wanted = tagged(&[], (lines.join("\n") + "\n").as_bytes());
    assert_eq!((wanted.0, wanted.1.len()), (0, 3));
    for input in
        [lines.join("\n"), lines.join("\r\n") + "\r\n", "\u{feff}".to_owned() + &lines.join("\n")]
    {
        assert_eq!(tagged(&[], input.as_bytes()), wanted, "{input:?}");
    }
    for nothing in ["", "\n", "\r\n \n"] {
        assert_eq!(tagged(&[], nothing.as_bytes()), (0, vec![], String::new()));
    }
}

#[test]
fn one_huge_line_among_others_passes() {
    let text = "Ana Roy est à Lyon. « Oui », a-t-elle dit mardi.\n".repeat(2_000)
        + &"Il a plu sur la basse ville, puis sur la haute.\n".repeat(20_000);
    let huge = json!({"id": "huge", "text": text}).to_string();
    let input = format!("\"a\"\n{huge}\n\"b\"\n");
    let (status, lines, told) = tagged(&[], input.as_bytes());
    assert_eq!((status, told.as_str()), (0, ""));
    assert_eq!(ids(&lines), ["line-1", "huge", "line-3"]);
    assert_eq!(lines[1]["documents"][0]["text"], text);
    assert!(lines[1]["documents"][0]["spans"].as_array().unwrap().len() > 8_000);
}

#[test]
fn a_cut_stream_gives_the_same_lines() {
    let input = dispatches(90);
    let lines: Vec<&str> = input.lines().collect();
    let whole = tagged(&[], input.as_bytes()).1;
    let parts =
        lines.chunks(25).map(|part| tagged(&["--threads", "1"], part.join("\n").as_bytes()));
    let parts: Vec<Value> = parts.flat_map(|part| part.1).collect();
    assert_eq!(parts, whole);
}

#[test]
fn each_line_is_answered_before_the_next_is_asked() {
    let (mut child, mut input, mut out) = started(&["tag", "--jsonl"]);
    for id in ["a", "b"] {
        writeln!(input, "{}", json!({"id": id, "text": "Lyon"})).unwrap();
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["documents"][0]["id"], id);
    }
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_leaves_ends_it_quietly() {
    let (child, mut input, mut out) = started(&["tag", "--jsonl"]);
    let lines = dispatches(400);
    // It may end before it has read all.
    let writer = std::thread::spawn(move || {
        let _ = input.write_all(lines.as_bytes());
    });
    out.read_line(&mut String::new()).unwrap();
    drop(out);
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!((output.status.code(), &*output.stderr), (Some(0), &b""[..]));
}

/// The most memory that the process has held at once, in bytes.
#[cfg(target_os = "linux")]
fn peak(child: &Child) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    1024 * line.trim().trim_end_matches(" kB").parse::<usize>().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_stream() {
    let (mut child, mut input, mut out) = started(&["tag", "--jsonl", "--threads", "4"]);
    let lines = dispatches(449);
    let mut pass = || {
        let chunk = lines.clone();
        std::thread::scope(|scope| {
            scope.spawn(|| input.write_all(chunk.as_bytes()).unwrap());
            (0..449).map(|_| out.read_until(b'\n', &mut Vec::new()).unwrap()).sum::<usize>()
        })
    };
    let mut read: usize = (0..3).map(|_| pass()).sum();
    let early = peak(&child);
    read += (0..9).map(|_| pass()).sum::<usize>();
    let late = peak(&child);
    drop(input);
    assert!(child.wait().unwrap().success());
    assert!(read > 30_000_000, "{read} bytes are too few to tell");
    assert!(late < early + 4_000_000, "from {early} to {late} bytes");
}

#[cfg(target_os = "linux")]
#[test]
fn a_reader_that_waits_holds_the_input_back() {
    let (mut child, mut input, mut out) = started(&["tag", "--jsonl", "--threads", "2"]);
    let lines = dispatches(449);
    let taken = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&taken);
    let writer = std::thread::spawn(move || {
        for line in lines.lines().cycle().take(4_000) {
            writeln!(input, "{line}").unwrap();
            count.fetch_add(line.len() + 1, Ordering::Relaxed);
        }
    });
    let mut seen = 0;
    loop {
        std::thread::sleep(Duration::from_millis(400));
        let now = taken.load(Ordering::Relaxed);
        if now == seen && now > 0 {
            break;
        }
        seen = now;
    }
    assert!(!writer.is_finished() && seen < 2_000_000, "{seen} bytes were read ahead");
    let mut rest = Vec::new();
    out.read_to_end(&mut rest).unwrap();
    writer.join().unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(rest.iter().filter(|byte| **byte == b'\n').count(), 4_000);
}

#[cfg(unix)]
#[test]
fn the_example_of_the_readme_counts_what_it_says() {
    let readme = include_str!("../README.md");
    let example = readme.lines().find(|line| line.starts_with("guillemet dispatches 100000 |"));
    let fewer = example.expect("the example is in the README").replace("100000", "500");
    let folder = std::path::Path::new(PROGRAM).parent().unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let output = Command::new("sh").args(["-c", &fewer]).env("PATH", path).output().unwrap();
    let (_, lines, _) = tagged(&[], dispatches(500).as_bytes());
    let quotes = |line: &&Value| {
        let spans = line["documents"][0]["spans"].as_array().unwrap();
        spans.iter().any(|span| span["label"] == "QUOTE")
    };
    let count = lines.iter().filter(quotes).count();
    assert!((1..500).contains(&count));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("{count}\n"));
}

#[test]
fn a_newcomer_is_told_what_there_is() {
    let said = |words: &[&str]| {
        let output = run(words, b"");
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.code().unwrap(), text)
    };
    let (status, help) = said(&["help"]);
    assert_eq!(status, 0);
    assert_eq!(said(&["--help"]), (0, help.clone()));
    assert_eq!(said(&[]), (2, help.clone()));
    // Every command that is listed says how it is called, in both ways.
    let commands: Vec<&str> = help
        .lines()
        .filter_map(|line| line.strip_prefix("  "))
        .filter_map(|line| line.split_once("  ").map(|(name, _)| name))
        .filter(|name| !name.starts_with('-') && *name != "help")
        .collect();
    assert_eq!(commands.len(), 8, "{commands:?}");
    for command in commands {
        let (status, text) = said(&[command, "--help"]);
        assert_eq!(status, 0, "{command}");
        assert!(text.starts_with(&format!("usage: guillemet {command} ")), "{text}");
        assert_eq!(said(&["help", command]), (0, text));
    }
    assert_eq!(said(&["--version"]).1, concat!("guillemet ", env!("CARGO_PKG_VERSION"), "\n"));
    let (status, told) = said(&["tags"]);
    assert_eq!(
        (status, told.as_str()),
        (1, "guillemet: no command is called tags: guillemet help lists them\n")
    );
}

#[test]
fn convert_reads_archives_and_says_what_to_bring_instead() {
    use guillemet::formats::{File, zip};
    let file = |name: &str, text: &str| File { name: name.into(), bytes: text.into() };
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let archive = folder.join("brat.zip");
    let files = [
        file("README.md", "# Un jeu"),
        file("d/a.txt", "Ana Roy"),
        file("d/a.ann", "T1\tPERSON 0 7\tAna Roy\n"),
    ];
    std::fs::write(&archive, zip::pack(&files)).unwrap();
    let convert =
        |path: &std::path::Path| run(&["convert", "--to", "native", path.to_str().unwrap()], b"");
    let output = convert(&archive);
    let read = native::read(&String::from_utf8(output.stdout).unwrap()).unwrap();
    assert_eq!((read.documents.len(), read.documents[0].spans().len()), (1, 1));
    let table = folder.join("a.tsv");
    std::fs::write(&table, "#FORMAT=WebAnno TSV 3.3\n\n\n#Text=Ana\n1-1\t0-3\tAna\tPER\n").unwrap();
    let told = String::from_utf8(convert(&table).stderr).unwrap();
    assert_eq!(
        told,
        "guillemet: this is WebAnno TSV: export UIMA CAS JSON or XMI from INCEpTION\n"
    );
}
