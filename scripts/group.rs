//! Names the functions of a WebAssembly module so that like ones sort side by
//! side, where they compress better: `group IN OUT`. They go by the frequency
//! of their type, then by their code; `wasm-opt --reorder-functions-by-name`
//! puts them in that order.

use std::collections::BTreeMap;
use std::process::ExitCode;

/// Sections of a module, by their number in the format.
const CUSTOM: u8 = 0;
const IMPORTS: u8 = 2;
const FUNCTIONS: u8 = 3;
const CODE: u8 = 10;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, output] = arguments.as_slice() else {
        eprintln!("usage: group IN OUT");
        return ExitCode::from(2);
    };
    let named = std::fs::read(input).map_err(|error| error.to_string()).and_then(|module| {
        named(&module).ok_or_else(|| "it is no WebAssembly module of a known form".to_owned())
    });
    match named.and_then(|named| std::fs::write(output, named).map_err(|error| error.to_string())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{input}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The module with names of its functions that sort like ones side by side, and
/// no other names.
fn named(module: &[u8]) -> Option<Vec<u8>> {
    let (header, mut rest) = module.split_at_checked(8)?;
    let (mut out, mut imported, mut types, mut bodies) =
        (header.to_vec(), 0, Vec::new(), Vec::new());
    while !rest.is_empty() {
        let start = rest;
        let kind = byte(&mut rest)?;
        let length = number(&mut rest)?;
        let mut section = take(&mut rest, length)?;
        match kind {
            CUSTOM if section.starts_with(b"\x04name") => continue,
            IMPORTS => imported = imported_functions(section)?,
            FUNCTIONS => {
                types = (0..number(&mut section)?)
                    .map(|_| number(&mut section))
                    .collect::<Option<_>>()?;
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
    out.push(CUSTOM);
    out.extend(leb(section.len()));
    out.extend(section);
    Some(out)
}

/// How many of the imports are functions.
fn imported_functions(mut section: &[u8]) -> Option<usize> {
    let mut functions = 0;
    for _ in 0..number(&mut section)? {
        for _ in ["module", "name"] {
            let length = number(&mut section)?;
            take(&mut section, length)?;
        }
        // wasm-bindgen imports functions alone; other kinds are longer.
        if byte(&mut section)? != 0 {
            return None;
        }
        number(&mut section)?;
        functions += 1;
    }
    Some(functions)
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
