//! The words after a subcommand: `--name value` pairs, each with a default.

use super::LabError;

/// The options of one call.
#[derive(Clone, Debug, Default)]
pub struct Options(Vec<(String, String)>);

impl Options {
    /// Reads `--name value` pairs.
    ///
    /// # Errors
    /// If a word is no option, has no value or is none of `known`.
    pub fn new(words: &[String], known: &[&str]) -> Result<Self, LabError> {
        let mut options = Vec::new();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let name =
                word.strip_prefix("--").filter(|name| known.contains(name)).ok_or_else(|| {
                    LabError(format!("unknown option {word}; known: --{}", known.join(", --")))
                })?;
            let value = words.next().ok_or_else(|| LabError(format!("{word} needs a value")))?;
            options.push((name.to_owned(), value.clone()));
        }
        Ok(Self(options))
    }

    /// The value of an option, or its default.
    pub fn get<'o>(&'o self, name: &str, default: &'o str) -> &'o str {
        self.0.iter().rev().find(|(n, _)| n == name).map_or(default, |(_, value)| value)
    }

    /// The value of an option as a number, or its default.
    ///
    /// # Errors
    /// If the value is no such number.
    pub fn number<N: std::str::FromStr>(&self, name: &str, default: N) -> Result<N, LabError> {
        match self.0.iter().rev().find(|(n, _)| n == name) {
            None => Ok(default),
            Some((_, value)) => {
                value.parse().map_err(|_| LabError(format!("--{name} needs a number, not {value}")))
            }
        }
    }
}
