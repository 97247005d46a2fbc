//! Makes a module of wasm-bindgen's compress better: `group IN OUT NAMES`.
//!
//! Its functions get names by which like ones sort side by side, by the
//! frequency of their type, then by their code; `wasm-opt
//! --reorder-functions-by-name` puts them in that order. What it imports of
//! wasm-bindgen's gets short names; NAMES is a script of sed that gives them to
//! the JavaScript.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::process::ExitCode;

/// Sections of a module, by their number in the format.
const CUSTOM: u8 = 0;
const IMPORTS: u8 = 2;
const FUNCTIONS: u8 = 3;
const CODE: u8 = 10;
/// What is imported, by its number.
const FUNCTION: u8 = 0;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output, names] = arguments.as_slice() else {
        eprintln!("usage: group IN OUT NAMES");
        return ExitCode::from(2);
    };
    let done = || -> Result<(), Box<dyn std::error::Error>> {
        let module = std::fs::read(input)?;
        let (grouped, script) = grouped(&module).ok_or("it is no module of wasm-bindgen's")?;
        std::fs::write(output, grouped)?;
        Ok(std::fs::write(names, script)?)
    };
    match done() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{input}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The module with its names, and the script for what it imports.
fn grouped(module: &[u8]) -> Option<(Vec<u8>, String)> {
    let (header, mut rest) = module.split_at_checked(8)?;
    let (mut out, mut script) = (header.to_vec(), String::new());
    let (mut imported, mut types, mut bodies) = (0, Vec::new(), Vec::new());
    while !rest.is_empty() {
        let start = rest;
        let kind = byte(&mut rest)?;
        let length = number(&mut rest)?;
        let mut section = take(&mut rest, length)?;
        match kind {
            CUSTOM if section.starts_with(b"\x04name") => continue,
            IMPORTS => {
                let renamed;
                (imported, renamed) = with_short_names(section, &mut script)?;
                put(&mut out, IMPORTS, &renamed);
                continue;
            }
            FUNCTIONS => {
                let count = number(&mut section)?;
                types = (0..count).map(|_| number(&mut section)).collect::<Option<_>>()?;
            }
            CODE => {
                for _ in 0..number(&mut section)? {
                    let length = number(&mut section)?;
                    bodies.push(take(&mut section, length)?);
                }
            }
            _ => (),
        }
        out.extend(&start[..start.len() - rest.len()]);
    }
    if types.len() != bodies.len() {
        return None;
    }
    let mut of_type = BTreeMap::<usize, usize>::new();
    for kind in &types {
        *of_type.entry(*kind).or_default() += 1;
    }
    let mut order: Vec<usize> = (0..bodies.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(of_type[&types[i]]), types[i], bodies[i]));
    let mut rank = vec![0; order.len()];
    order.iter().enumerate().for_each(|(place, &i)| rank[i] = place);
    let mut names = leb(rank.len());
    for (i, rank) in rank.iter().enumerate() {
        names.extend(leb(imported + i));
        let name = format!("{rank:06}");
        names.extend(leb(name.len()));
        names.extend(name.bytes());
    }
    let mut section = b"\x04name\x01".to_vec();
    section.extend(leb(names.len()));
    section.extend(names);
    put(&mut out, CUSTOM, &section);
    Some((out, script))
}

fn put(out: &mut Vec<u8>, kind: u8, section: &[u8]) {
    out.push(kind);
    out.extend(leb(section.len()));
    out.extend(section);
}

/// How many functions are imported, and the section with short names for them.
fn with_short_names(mut section: &[u8], script: &mut String) -> Option<(usize, Vec<u8>)> {
    let count = number(&mut section)?;
    let mut out = leb(count);
    for at in 0..count {
        let length = number(&mut section)?;
        let module = take(&mut section, length)?;
        let length = number(&mut section)?;
        let name = std::str::from_utf8(take(&mut section, length)?).ok()?;
        // Functions alone are imported.
        if byte(&mut section)? != FUNCTION {
            return None;
        }
        let kind = number(&mut section)?;
        let mut short = name.to_owned();
        // These names stand for nothing else in the JavaScript.
        if name.starts_with("__wb") {
            short = format!("_{at:x}");
            writeln!(script, "s/\\b{name}\\b/{short}/g").ok()?;
        }
        out.extend(leb(module.len()));
        out.extend(module);
        out.extend(leb(short.len()));
        out.extend(short.bytes());
        out.push(FUNCTION);
        out.extend(leb(kind));
    }
    Some((count, out))
}

fn byte(bytes: &mut &[u8]) -> Option<u8> {
    let (first, rest) = bytes.split_first()?;
    *bytes = rest;
    Some(*first)
}

fn take<'b>(bytes: &mut &'b [u8], length: usize) -> Option<&'b [u8]> {
    let (taken, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(taken)
}

/// A number in LEB128.
fn number(bytes: &mut &[u8]) -> Option<usize> {
    let mut number = 0;
    for shift in (0..32).step_by(7) {
        let byte = byte(bytes)?;
        number |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// A number as LEB128.
fn leb(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}
