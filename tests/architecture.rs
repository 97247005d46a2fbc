//! The house: which part of `src/` may use which other, and which outside
//! crates. The table is the law; `ARCHITECTURE.md` draws it.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::{Path, PathBuf};

/// One part of `src/`: a folder or a file of that name.
struct Part {
    name: &'static str,
    /// The parts that it may use, besides itself.
    uses: &'static [&'static str],
    /// The outside names that it may use, of those that not everyone may.
    outside: &'static [&'static [&'static str]],
}

const HOUSE: [Part; 10] = [
    Part { name: "text", uses: &[], outside: &[] },
    Part { name: "scheme", uses: &[], outside: &[] },
    Part { name: "engine", uses: &["text", "scheme"], outside: &[] },
    Part { name: "document", uses: &["text", "scheme"], outside: &[] },
    Part { name: "session", uses: &["text", "scheme", "engine", "document"], outside: &[] },
    Part { name: "formats", uses: &["text", "scheme", "engine", "document"], outside: &[SERDE] },
    // Corpora, training and scoring; not in the page.
    Part {
        name: "lab",
        uses: &["text", "scheme", "engine", "document", "formats"],
        outside: &[SERDE, SYSTEM],
    },
    // The subcommands of the native command line.
    Part {
        name: "cli",
        uses: &["text", "scheme", "engine", "document", "session", "formats"],
        outside: &[SYSTEM],
    },
    Part {
        name: "app",
        uses: &["text", "scheme", "engine", "document", "session", "formats"],
        outside: &[BROWSER],
    },
    Part {
        name: "bin",
        uses: &["text", "scheme", "engine", "document", "session", "formats", "lab", "cli", "app"],
        outside: &[BROWSER, SYSTEM],
    },
];

/// What names the browser.
const BROWSER: &[&str] = &[
    "console_error_panic_hook",
    "gloo",
    "idb",
    "js_sys",
    "leptos",
    "serde_wasm_bindgen",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "web_sys",
];

/// What gives data a written form.
const SERDE: &[&str] = &["serde", "serde_json"];

/// What reads or changes the world outside, the clock included.
const SYSTEM: &[&str] =
    &["std::env", "std::fs", "std::io", "std::net", "std::process", "std::thread", "std::time"];

#[test]
fn every_arrow_is_in_the_table() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for file in rust_files(&src) {
        let name = file.strip_prefix(&src).unwrap().to_string_lossy().into_owned();
        if name != "lib.rs" {
            wrong.extend(check(&name, &fs::read_to_string(&file).unwrap()));
        }
    }
    assert!(
        wrong.is_empty(),
        "arrows that tests/architecture.rs does not allow:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn a_wrong_arrow_is_found() {
    let found = |file, source: &str| check(file, source);
    let none: [&str; 0] = [];
    assert_eq!(found("engine/a.rs", "use crate::document::Id;"), ["engine/a.rs uses document"]);
    assert_eq!(
        found("document/a.rs", "use crate::{\n    scheme::Label,\n    engine::{self, text},\n};"),
        ["document/a.rs uses engine"]
    );
    assert_eq!(found("text/mod.rs", "use super::formats;"), ["text/mod.rs uses formats"]);
    assert_eq!(
        found("session/a.rs", "fn f() { web_sys::window(); }"),
        ["session/a.rs uses web_sys"]
    );
    assert_eq!(found("engine.rs", "use std::{fmt, fs};"), ["engine.rs uses std::fs"]);
    assert_eq!(found("engine/a.rs", "#[derive(serde::Serialize)]"), ["engine/a.rs uses serde"]);
    assert_eq!(found("bin/a.rs", "guillemet::engine::analyse(std::env::args())"), none);
    assert_eq!(found("cellar/a.rs", ""), ["cellar/a.rs belongs to no part of the table"]);
}

#[test]
fn words_that_are_no_arrows_are_left() {
    let source = r##"
        //! Like [`crate::app`], but without leptos::view.
        /* web_sys::window() */
        use crate::text::ByteSpan;
        use super::tokens::document;
        const HOST: &str = "crate::app and \" idb::open";
        const RAW: &str = r#"use leptos::*; " web_sys::x"#;
        fn f<'a>(c: char) -> bool { c == '"' || my_serde::ok() }
        #[cfg(test)]
        mod tests { use std::fs; use crate::formats::native; }
    "##;
    assert_eq!(check("engine/a.rs", source), Vec::<String>::new());
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// What the source of `file` (its path below `src/`) uses and may not.
fn check(file: &str, source: &str) -> Vec<String> {
    let name = file.split('/').next().unwrap_or_default().trim_end_matches(".rs");
    let Some(part) = HOUSE.iter().find(|part| part.name == name) else {
        return vec![format!("{file} belongs to no part of the table")];
    };
    let code = shipped_code(source);
    let used = paths(&code);
    let inside = HOUSE.iter().map(|part| part.name).filter(|other| {
        let roots = ["crate", "super", "guillemet"];
        *other != part.name
            && !part.uses.contains(other)
            && roots.iter().any(|root| used.contains(&format!("{root}::{other}")))
    });
    let outside =
        [BROWSER, SERDE, SYSTEM].into_iter().filter(|names| !part.outside.contains(names));
    let outside = outside.flatten().copied().filter(|name| used.iter().any(|path| path == name));
    inside.chain(outside).map(|what| format!("{file} uses {what}")).collect()
}

/// The source without its comments, its strings and its tests, which come last.
fn shipped_code(source: &str) -> String {
    let mut code = String::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("r#\"") {
            rest.find("\"#").map_or(rest.len(), |end| end + 2)
        } else if c == '"' {
            string_end(rest)
        } else if rest.starts_with("'\"'") {
            3
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        rest = &rest[skip..];
    }
    let tests = code.find("#[cfg(test)]").filter(|at| code[*at..].contains("mod tests {"));
    code.truncate(tests.unwrap_or(code.len()));
    code
}

/// The length of the string literal that `rest` starts with.
fn string_end(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    rest.len()
}

/// The first name and the first two of every path in `code`, groups in braces
/// taken apart: "std", "std::fmt" and "std::fs" for `use std::{fmt, fs}`.
fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    for (at, _) in code.match_indices("::") {
        let head = &code[..at];
        let first = &head[head.rfind(|c| !is_name(c)).map_or(0, |before| before + 1)..];
        // Only where the path begins.
        if first.is_empty() || head[..head.len() - first.len()].ends_with("::") {
            continue;
        }
        found.push(first.to_owned());
        let tail = &code[at + 2..];
        for member in members(tail) {
            let second = member.split(|c| !is_name(c)).next().unwrap_or_default();
            found.push(format!("{first}::{second}"));
        }
    }
    // `use serde;` and the like have no "::".
    found.extend(code.split("use ").skip(1).filter_map(|after| {
        let name = after.split(|c| !is_name(c)).next()?;
        after[name.len()..].starts_with([';', ' ']).then(|| name.to_owned())
    }));
    found
}

/// The members of the group in braces that `tail` starts with, or `tail`.
fn members(tail: &str) -> Vec<&str> {
    let Some(group) = tail.strip_prefix('{') else { return vec![tail] };
    let (mut depth, mut start, mut list) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                list.push(group[start..at].trim());
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    list
}
