//! What the page asks of the converter, its module for all formats but the
//! native one, and what that answers. The page knows these shapes alone.
//!
//! Documents go as native JSON, which holds all of them. Both sides share one
//! build, so nothing here is versioned.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use super::answer::answer;
use super::catalogue::{Columns, File, Layer, Options, Overlaps, Tagging, Take};
use super::loss::Part;
use super::units::Unit;

/// A request; `id` comes back with the answer.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    /// Which.
    pub id: u32,
    /// What is asked.
    pub ask: Ask,
}

/// What the page asks.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Ask {
    /// To write documents in a format.
    Write(Order),
    /// To read files of any kind.
    Read(Delivery),
}

/// What is to be written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Order {
    /// The documents with their label scheme, as native JSON.
    pub workspace: String,
    /// [`super::Format::id`].
    pub format: String,
    /// What was chosen.
    pub options: Options,
    /// Whether the native JSON goes along.
    pub beside: Beside,
}

/// What goes along with the files of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Beside {
    /// Nothing.
    Nothing,
    /// The native JSON, which holds what the format cannot.
    Native,
}

/// Files to read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Delivery {
    /// The files.
    pub files: Vec<Packet>,
    /// By name, what files are that do not tell: a format's id,
    /// [`super::batch::TEXT`] or [`super::batch::LEAVE`].
    pub chosen: BTreeMap<String, String>,
    /// The labels of the workspace.
    pub known: BTreeSet<String>,
    /// Other labels and what they become.
    pub renamed: BTreeMap<String, String>,
    /// The language of what is reported.
    pub tongue: Tongue,
}

/// A language of what is reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tongue {
    /// English.
    #[default]
    English,
    /// French.
    French,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packet {
    /// Its name.
    pub name: String,
    /// What it holds.
    #[serde(with = "bytes")]
    pub bytes: Vec<u8>,
}

/// What the converter says to the page.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Message {
    /// It takes requests from now on.
    Ready,
    /// It cannot start, and why; `assets/start.js` sends it.
    Failed(String),
    /// The answer to the request of that id.
    Answer(u32, Answer),
}

/// An answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Answer {
    /// To [`Ask::Write`].
    Written(Written),
    /// To [`Ask::Read`].
    Read(Read),
    /// It was no sound request; why.
    Refused(String),
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The file to hand out; several files are one archive.
    pub download: Packet,
    /// Its media type.
    pub media_type: String,
    /// The names of the files in it.
    pub names: Vec<String>,
    /// The beginning of the first file of text.
    pub preview: String,
    /// What the format cannot hold, the weightiest first.
    pub losses: Vec<(Part, usize)>,
    /// The choices that would change what is written.
    pub offers: Vec<Offer>,
    /// Whether the files were read back: some formats only leave.
    pub checked: bool,
    /// What differs where the files do not give back what they should hold:
    /// they must not be handed out.
    pub differs: Option<String>,
}

/// A choice of [`Options`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Offer {
    /// [`Options::take`].
    Take,
    /// [`Options::layer`].
    Layer,
    /// [`Options::overlaps`].
    Overlaps,
    /// [`Options::columns`].
    Columns,
    /// [`Options::tagging`].
    Tagging,
    /// [`Options::unit`].
    Unit,
}

impl Offer {
    /// All of them.
    pub(super) const ALL: [Self; 6] =
        [Self::Take, Self::Layer, Self::Overlaps, Self::Columns, Self::Tagging, Self::Unit];

    /// Turns the choice to its other side.
    pub fn turn(self, options: &mut Options) {
        match self {
            Self::Take => turn(&mut options.take, Take::All, Take::Accepted),
            Self::Layer => turn(&mut options.layer, Layer::Mentions, Layer::Quotations),
            Self::Overlaps => turn(&mut options.overlaps, Overlaps::Outer, Overlaps::Inner),
            Self::Columns => turn(&mut options.columns, Columns::One, Columns::Two),
            Self::Tagging => turn(&mut options.tagging, Tagging::Iob2, Tagging::Bilou),
            Self::Unit => turn(&mut options.unit, Some(Unit::Utf16), Some(Unit::CodePoint)),
        }
    }
}

fn turn<T: PartialEq>(now: &mut T, one: T, other: T) {
    *now = if *now == one { other } else { one };
}

/// What files hold.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Read {
    /// The documents, with the labels that they use, as native JSON in
    /// portions of some text each: the page reads one at a time and stays
    /// live. An id is empty where the file gives none.
    pub workspaces: Vec<String>,
    /// The labels of the files, as native JSON without documents.
    pub scheme: String,
    /// Whether our own program wrote them.
    pub ours: bool,
    /// What could not be kept: where, and what.
    pub problems: Vec<(String, String)>,
    /// Texts without annotation.
    pub texts: Vec<Packet>,
    /// Files that do not tell their format.
    pub unsure: Vec<String>,
    /// Labels that the workspace does not have: how many spans and entities
    /// have them, and which of ours is most like them.
    pub foreign: Vec<(String, usize, Option<String>)>,
}

impl From<Packet> for File {
    fn from(Packet { name, bytes }: Packet) -> Self {
        Self { name, bytes }
    }
}

impl From<File> for Packet {
    fn from(File { name, bytes }: File) -> Self {
        Self { name, bytes }
    }
}

/// Bytes as a `Uint8Array`, not as a list of numbers.
mod bytes {
    use std::fmt;

    use serde::de::Visitor;
    use serde::{Deserializer, Serializer};

    pub fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(bytes)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        from.deserialize_byte_buf(Bytes)
    }

    struct Bytes;

    impl Visitor<'_> for Bytes {
        type Value = Vec<u8>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("bytes")
        }

        fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
            Ok(bytes)
        }
    }
}
