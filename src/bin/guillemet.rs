//! The native command line.

use std::process::ExitCode;

#[cfg(not(target_arch = "wasm32"))]
use guillemet::{
    cli::{convert, help, tag},
    lab::{self, commands, quotations},
};

#[cfg(not(target_arch = "wasm32"))]
fn main() -> ExitCode {
    let words: Vec<String> = match std::env::args_os().skip(1).map(|w| w.into_string()).collect() {
        Ok(words) => words,
        Err(word) => {
            eprintln!("guillemet: {} is no UTF-8: rename the file", word.display());
            return ExitCode::from(2);
        }
    };
    let Some((name, rest)) = words.split_first() else {
        eprint!("{}", everything());
        return ExitCode::from(2);
    };
    let done = match help::topic(&words) {
        Some(help::Topic::All) => print(&everything()),
        Some(help::Topic::Version) => print(help::VERSION),
        Some(help::Topic::Command(name)) => help_of(name).and_then(|text| print(&text)),
        None if name == "tag" => return tagged(rest),
        None if name == "convert" => convert::run(rest),
        None => workshop(name, rest),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("guillemet: {message}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn tagged(words: &[String]) -> ExitCode {
    let (mut input, mut out) = (std::io::stdin(), std::io::stdout());
    match tag::run(words, &mut input, &mut out, &mut std::io::stderr()) {
        tag::End::Done => ExitCode::SUCCESS,
        tag::End::Failed => ExitCode::FAILURE,
        tag::End::Misused => ExitCode::from(2),
        tag::End::Unwritten => ExitCode::from(3),
    }
}

/// The subcommands for whoever works on the engine.
#[cfg(not(target_arch = "wasm32"))]
fn workshop(name: &str, rest: &[String]) -> Result<(), String> {
    let done = match name {
        "dispatches" => lab::dispatches::dispatches(rest, &mut std::io::stdout()),
        "lexicon" => commands::lexicon(rest),
        "train" => commands::train(rest),
        "show" => commands::show(rest),
        "score" => commands::score(rest),
        "quotations" => quotations::score(rest),
        _ => return Err(unknown(name)),
    };
    done.map_err(|error| error.to_string())
}

/// The help on the whole program.
#[cfg(not(target_arch = "wasm32"))]
fn everything() -> String {
    let row = |(name, what, _): &(&str, &str, &str)| format!("  {name:<11}  {what}\n");
    let workshop: String = lab::HELP.iter().map(row).collect();
    format!("{}\nfor work on the engine, from the folder of its sources:\n{workshop}", help::HELP)
}

#[cfg(not(target_arch = "wasm32"))]
fn help_of(name: &str) -> Result<String, String> {
    if name == "help" {
        return Ok(everything());
    }
    let workshop = || lab::HELP.iter().find(|(other, ..)| *other == name);
    let text = help::of(name).or_else(|| workshop().map(|(.., text)| (*text).to_owned()));
    text.ok_or_else(|| unknown(name))
}

#[cfg(not(target_arch = "wasm32"))]
fn unknown(name: &str) -> String {
    format!("no command is called {name}: guillemet help lists them")
}

/// Prints to the standard output. A reader that leaves early is no error.
#[cfg(not(target_arch = "wasm32"))]
fn print(text: &str) -> Result<(), String> {
    use std::io::{ErrorKind, Write};
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("the output cannot be written: {error}"))
        }
        _ => Ok(()),
    }
}

#[cfg(target_arch = "wasm32")]
fn main() -> ExitCode {
    eprintln!("guillemet: the command line is native");
    ExitCode::FAILURE
}
