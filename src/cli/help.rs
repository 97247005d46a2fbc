//! `guillemet help`: what the program is for, what each command does, and
//! which words ask for help.

use super::{convert, tag};

/// What `guillemet --version` says.
pub const VERSION: &str = concat!("guillemet ", env!("CARGO_PKG_VERSION"), "\n");

/// The first part of what `guillemet help` says; the workshop's commands,
/// which the caller knows, follow.
pub const HELP: &str = "\
usage: guillemet COMMAND [ARGUMENT]...

Labels French news dispatches: who and what is named in them, and who is quoted
saying what. It runs the same engine as the page, on this machine alone.

commands:
  tag          finds names and quotations in texts; writes JSON for the page
  convert      turns the files of one annotation tool into those of another
  help         says this; guillemet help COMMAND says more of one
  --version    says which version this is

begin with:
  guillemet tag depeche.txt > depeche.json
";

/// What a call asks to be told.
#[derive(Debug, PartialEq, Eq)]
pub enum Topic<'w> {
    /// What the program is for.
    All,
    /// The version.
    Version,
    /// One command.
    Command(&'w str),
}

/// What these words ask to be told; nothing if they ask for work.
pub fn topic(words: &[String]) -> Option<Topic<'_>> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["help" | "--help" | "-h"] => Some(Topic::All),
        ["--version" | "-V" | "version"] => Some(Topic::Version),
        ["help" | "--help" | "-h", command, ..] => Some(Topic::Command(command)),
        [command, ref rest @ ..] => {
            let rest = rest.iter().take_while(|word| **word != "--");
            let asks = rest.into_iter().any(|word| matches!(*word, "--help" | "-h"));
            asks.then_some(Topic::Command(command))
        }
        [] => None,
    }
}

/// What is said of one of this module's commands.
pub fn of(command: &str) -> Option<String> {
    match command {
        "tag" => Some(tag::HELP.to_owned()),
        "convert" => Some(convert::help()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_words_ask_for_help() {
        let asked = |line: &str| {
            let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            format!("{:?}", topic(&words))
        };
        for line in ["help", "--help", "-h"] {
            assert_eq!(asked(line), "Some(All)");
        }
        for line in ["help tag", "--help tag", "tag --help", "tag --jsonl -h"] {
            assert_eq!(asked(line), "Some(Command(\"tag\"))");
        }
        assert_eq!(asked("-V"), "Some(Version)");
        for line in ["", "tag", "tag -- --help", "convert help"] {
            assert_eq!(asked(line), "None");
        }
    }
}
