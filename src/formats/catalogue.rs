//! The table of formats: what each is called, what it can hold, who writes
//! and who reads it.
//!
//! [`Format::export`] first takes from the documents what the format cannot
//! hold ([`super::projection`]), so a writer never has to drop anything; then it
//! writes, and [`Format::check`] reads the files back and compares.

use serde::{Deserialize, Serialize};

use super::draft::Problem;
use super::loss::{Loss, Part};
use super::units::Unit;
use super::{agreement, check, projection, shelf};
use crate::document::Document;
use crate::scheme::Scheme;

/// A file that was written or is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name; folders with `/`.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What a format's reader kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// The label scheme, where the format has one.
    pub scheme: Option<Scheme>,
    /// The documents.
    pub documents: Vec<Document>,
    /// What could not be kept.
    pub problems: Vec<Problem>,
}

/// What is to be written.
#[derive(Clone, Copy, Debug)]
pub struct Export<'a> {
    /// The label scheme.
    pub scheme: &'a Scheme,
    /// The documents, as the format can hold them.
    pub documents: &'a [Document],
    /// What was chosen.
    pub options: &'a Options,
}

/// What a person can choose about an export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// The stem of file names that hold all documents.
    pub stem: String,
    /// Which spans leave.
    pub take: Take,
    /// Which labels leave, where the format holds one layer.
    pub layer: Layer,
    /// Which of overlapping spans leave, where the format holds no overlaps.
    pub overlaps: Overlaps,
    /// How tags mark the ends of spans, where the format tags tokens.
    pub tagging: Tagging,
    /// How many layers of overlapping spans leave, where the format has
    /// columns for them.
    pub columns: Columns,
    /// What offsets count, where the format leaves it open.
    pub unit: Option<Unit>,
    /// Who made each document, in their order, where the format compares; who
    /// is not there has no name.
    pub annotators: Vec<String>,
}

/// Which spans leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Take {
    /// Those that a person accepted, and the proposals.
    All,
    /// Those that a person accepted.
    Accepted,
}

/// The labels that a format with one layer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Layer {
    /// What names or points at someone or something.
    Mentions,
    /// Quotations, cues and speakers.
    Quotations,
}

/// Which of overlapping spans stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Overlaps {
    /// The longest.
    Outer,
    /// The shortest.
    Inner,
}

/// The columns of a format that has a tag for each token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Columns {
    /// Tags of spans that do not overlap.
    One,
    /// In the column before, those of what overlaps them.
    Two,
}

/// How tags mark the first and last token of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tagging {
    /// B, I, O.
    Iob2,
    /// B, I, L, O, U.
    Bilou,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            stem: "guillemet".to_owned(),
            take: Take::All,
            layer: Layer::Mentions,
            overlaps: Overlaps::Outer,
            tagging: Tagging::Iob2,
            columns: Columns::One,
            unit: None,
            annotators: Vec::new(),
        }
    }
}

/// Which spans a format holds at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spans {
    /// All, however they overlap.
    All,
    /// Those of one layer, however they overlap.
    Layer,
    /// Those of one layer that nest, and none that cross.
    Nested,
    /// Those of one layer that do not overlap, and in a second column, where
    /// that is wanted, of those that overlap them.
    Columns,
    /// Those of one layer that do not overlap.
    Flat,
}

/// Which names of labels a format holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Labels {
    /// Any.
    Any,
    /// Without white space, which becomes `_`.
    Unspaced,
    /// Letters and digits; all else becomes `_`.
    Word,
}

/// How a format spreads documents over files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Files {
    /// All into one.
    One,
    /// Each into its own, which has the document's id for its name.
    Each,
    /// Each into one of three.
    Split,
    /// Those of several annotators side by side.
    Compared,
}

/// One format.
pub struct Format {
    /// The word for it on the command line and in addresses; never changes.
    pub id: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// The ending of its files, without the point.
    pub extension: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// What its offsets may count, the usual first; none where it has no
    /// offsets.
    pub units: &'static [Unit],
    /// How it spreads documents over files.
    pub files: Files,
    /// Which spans it holds at once.
    pub spans: Spans,
    /// Which names of labels it holds.
    pub labels: Labels,
    /// What else it holds.
    pub holds: &'static [Part],
    pub(super) write: fn(&Export<'_>) -> Vec<File>,
    /// Reads files of this format; a format without it only leaves.
    pub(super) read: Option<fn(&[File]) -> Imported>,
}

impl Format {
    /// All formats, in the order in which a page offers them.
    pub fn all() -> &'static [Self] {
        shelf::FORMATS
    }

    /// The format of that id.
    pub fn by_id(id: &str) -> Option<&'static Self> {
        Self::all().iter().find(|format| format.id == id)
    }

    /// Whether it can be read.
    pub fn reads(&self) -> bool {
        self.read.is_some()
    }

    /// What of the documents this format cannot hold.
    pub fn loss(&self, documents: &[Document], options: &Options) -> Loss {
        let mut loss = Loss::default();
        self.project(documents, options, &mut loss);
        // Alone of what can be lost, it is seen by all documents together.
        if self.files == Files::Compared {
            loss.add(Part::Alone, agreement::alone(documents, options));
        }
        loss
    }

    /// The documents as this format holds them.
    pub fn projection(&self, documents: &[Document], options: &Options) -> Vec<Document> {
        self.project(documents, options, &mut Loss::default())
    }

    fn project(&self, documents: &[Document], options: &Options, loss: &mut Loss) -> Vec<Document> {
        let stems = match self.files {
            Files::Each => stems(documents),
            Files::One | Files::Split | Files::Compared => vec![String::new(); documents.len()],
        };
        let pairs = documents.iter().zip(&stems);
        pairs.map(|(d, stem)| projection::project(self, d, stem, options, loss)).collect()
    }

    /// Writes the documents, without what the format cannot hold.
    pub fn export(&self, scheme: &Scheme, documents: &[Document], options: &Options) -> Vec<File> {
        let documents = &self.projection(documents, options);
        (self.write)(&Export { scheme, documents, options })
    }

    /// Reads files of this format; nothing from a format that only leaves.
    pub fn import(&self, files: &[File]) -> Imported {
        self.read.map(|read| read(files)).unwrap_or_default()
    }

    /// Reads `files` back and compares what they hold with what the format
    /// can hold of the documents. A format that only leaves always passes.
    ///
    /// # Errors
    /// What differs first, in words.
    pub fn check(
        &self,
        files: &[File],
        documents: &[Document],
        options: &Options,
    ) -> Result<(), String> {
        let Some(read) = self.read else { return Ok(()) };
        let back = read(files);
        let exact = self.holds.contains(&Part::Texts);
        // What was put right on the way, as another unit, is no difference.
        check::same(&self.projection(documents, options), &back.documents, exact).map_err(|what| {
            back.problems.first().map_or(what.clone(), |problem| format!("{what} ({problem})"))
        })
    }
}

impl File {
    /// A file of text.
    pub fn text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), bytes: text.into().into_bytes() }
    }

    /// Its text without a byte order mark, or a report that it is none.
    pub(super) fn read<'f>(&'f self, problems: &mut Vec<Problem>) -> Option<&'f str> {
        match std::str::from_utf8(&self.bytes) {
            Ok(text) => Some(text.strip_prefix('\u{feff}').unwrap_or(text)),
            Err(error) => {
                let at = error.valid_up_to();
                let what = format_args!("byte {at} is no UTF-8: save the file as UTF-8");
                problems.push(Problem::new(&self.name, what));
                None
            }
        }
    }

    /// Whether its name has this ending, whatever its case.
    pub(super) fn is(&self, extension: &str) -> bool {
        let ending = self.name.rsplit_once('.').map_or("", |(_, ending)| ending);
        ending.eq_ignore_ascii_case(extension)
    }

    /// Its name without ending.
    pub(super) fn base(&self) -> &str {
        self.name.rsplit_once('.').map_or(&*self.name, |(base, _)| base)
    }

    /// Its name without folders and ending.
    pub(super) fn stem(&self) -> &str {
        let name = self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

impl Export<'_> {
    /// The name of the file that holds all documents.
    pub(super) fn file(&self, ending: &str) -> String {
        format!("{}.{ending}", self.options.stem)
    }

    /// A file name for each document, without ending.
    pub(super) fn stems(&self) -> Vec<String> {
        stems(self.documents)
    }
}

/// A file name for each document, without ending: its id as far as file
/// systems bear it, and a number where that is taken.
fn stems(documents: &[Document]) -> Vec<String> {
    let mut taken = std::collections::BTreeSet::new();
    let mut numbers = std::collections::BTreeMap::new();
    let stem = |document: &Document| {
        let stem = projection::file_stem(&document.id);
        let mut name = stem.clone();
        // File systems that ignore case would let one overwrite the other.
        let number = numbers.entry(stem.to_lowercase()).or_insert(1);
        while !taken.insert(name.to_lowercase()) {
            *number += 1;
            name = format!("{stem}-{number}");
        }
        name
    };
    documents.iter().map(stem).collect()
}
