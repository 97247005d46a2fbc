//! Packs the lexicon: our own lists, the public name lists and the words that
//! the training texts write in lower case.
//!
//! Our lists are text: `[class …]` opens a section, entries are separated by
//! commas or line ends, `#` starts a comment.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{LabError, files, read};
use crate::engine::lexicon::classes::{self, Classes};
use crate::engine::lexicon::{PHRASE_BITS, WORD_BITS, fold, kept};
use crate::engine::tokens::{TokenKind, tokenize};

/// Entries by kept hash.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    words: BTreeMap<u32, Classes>,
    phrases: BTreeMap<u32, Classes>,
}

impl Dictionary {
    /// The packed bytes.
    pub fn pack(&self) -> Vec<u8> {
        crate::engine::lexicon::write([&self.words, &self.phrases])
    }

    /// How many words it has.
    pub fn words(&self) -> usize {
        self.words.len()
    }

    /// How many phrases it has.
    pub fn phrases(&self) -> usize {
        self.phrases.len()
    }

    fn put(&mut self, hash: u32, classes: Classes) {
        *self.words.entry(kept(hash, WORD_BITS)).or_default() |= classes;
    }

    /// Adds a word or phrase.
    pub fn add(&mut self, entry: &str, classes: Classes) {
        let ids: Vec<u32> = tokenize(entry).iter().map(|t| fold::word(t.of(entry))).collect();
        match ids[..] {
            [] => (),
            [one] => self.put(one, classes),
            [first, ref rest @ ..] if ids.len() <= crate::engine::lexicon::LONGEST => {
                self.put(first, classes::STARTS);
                let hash = rest.iter().fold(first, |hash, id| fold::phrase(hash, *id));
                *self.phrases.entry(kept(hash, PHRASE_BITS)).or_default() |= classes;
            }
            _ => (),
        }
    }

    /// Adds our own lists.
    ///
    /// # Errors
    /// If a list cannot be read or names an unknown class.
    pub fn add_lists(&mut self, folder: &Path) -> Result<(), LabError> {
        for path in files(folder, "txt")? {
            let mut section = 0;
            for (number, line) in read(&path)?.lines().enumerate() {
                let line = line.split('#').next().unwrap_or_default().trim();
                if let Some(names) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                    section = 0;
                    for name in names.split_whitespace() {
                        section |= classes::from_name(name).ok_or_else(|| {
                            let path = path.display();
                            LabError(format!(
                                "{path}, line {}: no class is called {name}",
                                number + 1
                            ))
                        })?;
                    }
                } else {
                    for entry in line.split(',').map(str::trim).filter(|e| !e.is_empty()) {
                        self.add(entry, section);
                    }
                }
            }
        }
        Ok(())
    }

    /// Adds the public name lists.
    ///
    /// # Errors
    /// If one cannot be read.
    pub fn add_public(&mut self, folder: &Path) -> Result<(), LabError> {
        let countries = read(&folder.join("countries.fr.json"))?;
        let countries: BTreeMap<String, String> =
            serde_json::from_str(&countries).map_err(|e| LabError(e.to_string()))?;
        for country in countries.values() {
            self.add(country, classes::COUNTRY);
        }
        for (file, class) in [
            ("communes.fr.csv", classes::COMMUNE),
            ("departements.fr.csv", classes::GEO),
            ("regions.fr.csv", classes::GEO),
        ] {
            for row in table(&folder.join(file))? {
                let name = row.get("LIBELLE").map_or("", String::as_str);
                if row.get("TYPECOM").is_none_or(|kind| kind == "COM") && !tells_itself(name) {
                    self.add(name, class);
                }
            }
        }
        self.add_given_names(folder)?;
        for row in table(&folder.join("surnames.csv"))? {
            self.add_name(latin(&row), classes::SURNAME);
        }
        Ok(())
    }

    /// Adds given names with the gender that most lists give them; both where
    /// the lists are of two minds, or where hardly a list has a name that is
    /// a family name where those stand first ("Lin Jian").
    fn add_given_names(&mut self, folder: &Path) -> Result<(), LabError> {
        const FAMILY_FIRST: [&str; 4] = ["CN", "KR", "TW", "VN"];
        const FEW: usize = 2;
        const FRENCH: [&str; 5] = ["FR", "BE", "CH", "CA", "LU"];
        let mut votes = BTreeMap::<String, [usize; 2]>::new();
        let mut vote = |name: &str, female: usize, count: usize| {
            votes.entry(fold::folded(name)).or_default()[female] += count;
        };
        for row in table(&folder.join("forenames.csv"))? {
            let french = row.get("Country").is_some_and(|c| FRENCH.contains(&c.as_str()));
            let count = if french { 4 } else { 1 };
            match row.get("Gender").map(String::as_str) {
                Some("M") => vote(latin(&row), 0, count),
                Some("F") => vote(latin(&row), 1, count),
                _ => (),
            }
        }
        for line in read(&folder.join("forenames-gender.tsv"))?.lines() {
            match line.split_once('\t') {
                Some((name, "male")) => vote(name, 0, 3),
                Some((name, "female")) => vote(name, 1, 3),
                _ => (),
            }
        }
        let families: BTreeSet<String> = table(&folder.join("surnames.csv"))?
            .iter()
            .filter(|row| row.get("Country").is_some_and(|c| FAMILY_FIRST.contains(&c.as_str())))
            .map(|row| fold::folded(latin(row)))
            .collect();
        for (name, [male, female]) in votes {
            let class = match (male, female) {
                (m, f) if m + f <= FEW && families.contains(&name) => classes::GIVEN,
                (m, f) if m > 2 * f => classes::GIVEN_MALE,
                (m, f) if f > 2 * m => classes::GIVEN_FEMALE,
                _ => classes::GIVEN,
            };
            self.add_name(&name, class);
        }
        Ok(())
    }

    fn add_name(&mut self, name: &str, class: Classes) {
        if name.chars().count() > 1 {
            self.add(name, class);
        }
    }

    /// Adds the words that stand in lower case at least `least` times.
    pub fn add_common<'t>(&mut self, texts: impl Iterator<Item = &'t str>, least: usize) {
        let mut counts = BTreeMap::<u32, usize>::new();
        for text in texts {
            for token in tokenize(text).iter().filter(|t| t.kind == TokenKind::Word) {
                let word = token.of(text);
                if !word.contains(char::is_uppercase) && word.chars().count() > 1 {
                    *counts.entry(fold::word(word)).or_default() += 1;
                }
            }
        }
        for (hash, _) in counts.iter().filter(|(_, count)| **count >= least) {
            self.put(*hash, classes::COMMON);
        }
    }
}

/// Whether the form alone tells a place: "Aix-en-Provence", "Saint-Didier".
/// A third of all communes, left out for their room.
fn tells_itself(commune: &str) -> bool {
    let inner = commune.split('-').skip(1).any(|part| part.starts_with(char::is_lowercase));
    !commune.contains(' ')
        && (inner || commune.starts_with("Saint-") || commune.starts_with("Sainte-"))
}

fn latin(row: &BTreeMap<String, String>) -> &str {
    let name = |key| row.get(key).map_or("", String::as_str);
    let local = name("Localized Name");
    let is_latin = !local.is_empty() && local.chars().all(|c| (c as u32) < 0x250);
    if is_latin { local } else { name("Romanized Name") }
}

/// The rows of a comma-separated table by column name.
fn table(path: &Path) -> Result<Vec<BTreeMap<String, String>>, LabError> {
    let text = read(path)?;
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let header = cells(lines.next().unwrap_or_default());
    Ok(lines.map(|line| header.iter().cloned().zip(cells(line)).collect()).collect())
}

fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().expect("there is always a cell").push(c),
        }
    }
    cells
}
