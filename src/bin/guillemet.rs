//! The native command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("guillemet: {message}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn run(words: &[String]) -> Result<(), String> {
    use guillemet::lab::{commands, quotations};
    let (name, rest) =
        words.split_first().ok_or("name a subcommand: lexicon, train, score, show, quotations")?;
    let done = match name.as_str() {
        "lexicon" => commands::lexicon(rest),
        "train" => commands::train(rest),
        "show" => commands::show(rest),
        "score" => commands::score(rest),
        "quotations" => quotations::score(rest),
        _ => {
            return Err(format!(
                "no subcommand is called {name}: lexicon, train, score, show, quotations"
            ));
        }
    };
    done.map_err(|error| error.to_string())
}

#[cfg(target_arch = "wasm32")]
fn run(_words: &[String]) -> Result<(), String> {
    Err("the command line is native".to_owned())
}
