//! The workshop: reads annotated corpora, packs lexicons, trains the chains
//! and scores them. Native only; nothing of it is in the page.

pub mod antecedents;
pub mod augment;
pub mod brat;
pub mod calibration;
pub mod commands;
#[allow(clippy::needless_range_loop, reason = "matrices read as they are written, by label")]
pub mod crf;
pub mod dictionary;
pub mod dispatches;
mod help;
pub mod notation;
pub mod options;
pub mod pud;
pub mod quotations;
pub mod reports;
pub mod score;
pub mod train;

pub use help::HELP;

use crate::scheme::MentionLabel;
use crate::text::ByteSpan;

/// A text with what people marked in it.
#[derive(Clone, Debug)]
pub struct Gold {
    /// Its name in its corpus.
    pub id: String,
    /// What it was written for; documents of one style are kept together.
    pub style: String,
    /// Whose guide it follows.
    pub guide: Guide,
    /// The text.
    pub text: String,
    /// The mentions, in text order.
    pub mentions: Vec<(ByteSpan, MentionLabel)>,
}

/// Whose guide an annotation follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guide {
    /// The project's own, with all labels.
    Own,
    /// WiNER's: names and absolute dates only, bounds that differ in places.
    Winer,
}

/// What went wrong with a file, in words.
#[derive(Debug)]
pub struct LabError(pub String);

impl std::fmt::Display for LabError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for LabError {}

/// Reads a file as text.
///
/// # Errors
/// If it cannot be read or is not UTF-8.
pub fn read(path: &std::path::Path) -> Result<String, LabError> {
    std::fs::read_to_string(path)
        .map_err(|error| LabError(format!("{} cannot be read: {error}", path.display())))
}

/// The files of a folder with this ending, by name.
///
/// # Errors
/// If the folder cannot be read.
pub fn files(folder: &std::path::Path, ending: &str) -> Result<Vec<std::path::PathBuf>, LabError> {
    let entries = std::fs::read_dir(folder)
        .map_err(|error| LabError(format!("{} cannot be read: {error}", folder.display())))?;
    let mut files: Vec<_> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|e| e == ending))
        .collect();
    files.sort();
    Ok(files)
}
