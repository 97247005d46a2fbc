//! The native command line.

use std::process::ExitCode;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> ExitCode {
    let words: Vec<String> = match std::env::args_os().skip(1).map(|w| w.into_string()).collect() {
        Ok(words) => words,
        Err(word) => {
            eprintln!("guillemet: {} is no UTF-8: rename the file", word.display());
            return ExitCode::from(2);
        }
    };
    if let Some(("tag", rest)) = words.split_first().map(|(name, rest)| (name.as_str(), rest)) {
        let (mut input, mut out) = (std::io::stdin().lock(), std::io::stdout().lock());
        return match tag::run(rest, &mut input, &mut out, &mut std::io::stderr().lock()) {
            tag::End::Done => ExitCode::SUCCESS,
            tag::End::Failed => ExitCode::FAILURE,
            tag::End::Misused => ExitCode::from(2),
        };
    }
    match workshop(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("guillemet: {message}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
use guillemet::cli::tag;

/// The subcommands for whoever works on the engine.
#[cfg(not(target_arch = "wasm32"))]
fn workshop(words: &[String]) -> Result<(), String> {
    use guillemet::lab::{commands, quotations};
    let known = "tag, convert, lexicon, train, score, show, quotations";
    let (name, rest) = words.split_first().ok_or_else(|| format!("name a subcommand: {known}"))?;
    if name == "convert" {
        return guillemet::cli::convert::run(rest);
    }
    let done = match name.as_str() {
        "lexicon" => commands::lexicon(rest),
        "train" => commands::train(rest),
        "show" => commands::show(rest),
        "score" => commands::score(rest),
        "quotations" => quotations::score(rest),
        _ => return Err(format!("no subcommand is called {name}: {known}")),
    };
    done.map_err(|error| error.to_string())
}

#[cfg(target_arch = "wasm32")]
fn main() -> ExitCode {
    eprintln!("guillemet: the command line is native");
    ExitCode::FAILURE
}
