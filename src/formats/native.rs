//! The native JSON: one file is one workspace.
//!
//! Offsets are code points, end exclusive, and each span carries its text, so
//! that a reader can check. `native.schema.json` beside this file is the
//! format's JSON Schema. [`read`] keeps what it can and reports the rest by
//! its path.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

pub use super::draft::Problem;
use super::json::list;
use super::native_read::Reader;
use super::native_shape::{SchemeShape, document_out, file_out, scheme_shape};
use super::units::Unit;
use crate::document::Document;
use crate::scheme::{Label, LabelDef, Scheme};

/// The value of `format`.
pub const FORMAT: &str = "guillemet";
/// The value of `version`: the newest that [`read`] knows.
pub const VERSION: u64 = 1;
/// Who wrote it.
pub const GENERATOR: &str = concat!("guillemet ", env!("CARGO_PKG_VERSION"));

/// A workspace that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Workspace {
    /// Its label scheme.
    pub scheme: Scheme,
    /// Its documents.
    pub documents: Vec<Document>,
    /// What could not be kept.
    pub problems: Vec<Problem>,
}

/// Why nothing was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NativeError {
    /// It is no JSON.
    Json {
        /// What the parser says.
        why: String,
        /// The line in which it stops, counted from 1.
        line: usize,
        /// The column, in bytes from 1.
        column: usize,
    },
    /// It is JSON of something else.
    Foreign,
    /// It was written by a newer Guillemet.
    Newer(u64),
}

impl fmt::Display for NativeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json { why, .. } => write!(f, "this is no JSON: {why}"),
            Self::Foreign => {
                write!(f, "this JSON is no Guillemet file: \"format\" is not \"{FORMAT}\"")
            }
            Self::Newer(version) => write!(
                f,
                "this file has version {version}, and this page reads up to {VERSION}: reload the page"
            ),
        }
    }
}

impl std::error::Error for NativeError {}

/// Writes a workspace. The same workspace gives the same bytes; spans stand
/// in text order.
pub fn write<'a>(scheme: &Scheme, documents: impl IntoIterator<Item = &'a Document>) -> String {
    let file = file_out(scheme, documents);
    let mut text = serde_json::to_string_pretty(&file).expect("these shapes always serialise");
    text.push('\n');
    text
}

/// Writes a workspace in one line, without a line end.
pub(super) fn write_line<'a>(
    scheme: &Scheme,
    documents: impl IntoIterator<Item = &'a Document>,
) -> String {
    serde_json::to_string(&file_out(scheme, documents)).expect("these shapes always serialise")
}

/// Writes one member of `documents` in one line.
pub(super) fn write_document(document: &Document) -> String {
    serde_json::to_string(&document_out(document)).expect("these shapes always serialise")
}

/// Reads a workspace.
///
/// # Errors
/// If it is no JSON, not this format or of a newer version. What is wrong
/// with single documents, spans, relations or entities is a [`Problem`] of
/// the result.
pub fn read(json: &str) -> Result<Workspace, NativeError> {
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    let file: Value = serde_json::from_str(json).map_err(|e| NativeError::Json {
        why: e.to_string(),
        line: e.line(),
        column: e.column(),
    })?;
    if file.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(NativeError::Foreign);
    }
    let version = file.get("version").and_then(Value::as_u64).unwrap_or(VERSION);
    if version > VERSION {
        return Err(NativeError::Newer(version));
    }
    let mut reader = Reader { problems: Vec::new(), unit: Unit::CodePoint };
    let scheme = reader.scheme(&file);
    if let Some(word) = file.get("offset_unit") {
        match word.as_str().and_then(Unit::from_word) {
            Some(unit) => reader.unit = unit,
            None => reader.problem("offset_unit", "it is none of codepoint, utf16, byte"),
        }
    }
    if !file.get("documents").is_some_and(Value::is_array) {
        reader.problem("documents", "there is no list of documents");
    }
    let mut documents = Vec::new();
    for (index, value) in list(&file, "documents").iter().enumerate() {
        documents.extend(reader.document(value, &format!("documents[{index}]")));
    }
    Ok(Workspace { scheme, documents, problems: reader.problems })
}

/// The value of `format` of a file that holds a label scheme alone.
pub const SCHEME_FORMAT: &str = "guillemet-scheme";

/// Writes a label scheme alone: the `scheme` of a workspace, with a mark.
pub fn write_scheme(scheme: &Scheme) -> String {
    #[derive(Serialize)]
    struct SchemeOut {
        format: &'static str,
        version: u64,
        scheme: SchemeShape,
    }
    let scheme = scheme_shape(scheme);
    let file = SchemeOut { format: SCHEME_FORMAT, version: VERSION, scheme };
    let mut text = serde_json::to_string_pretty(&file).expect("these shapes always serialise");
    text.push('\n');
    text
}

/// Reads the label scheme of such a file, or of a workspace, with what could
/// not be kept of it; a list of names, in JSON or one a line, is one too.
/// Nothing if it is none of these.
pub fn read_scheme(text: &str) -> Option<(Scheme, Vec<Problem>)> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let names: Vec<String> = match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(names)) => serde_json::from_value(Value::Array(names)).ok()?,
        Ok(file) => {
            let format = file.get("format").and_then(Value::as_str);
            if !matches!(format, Some(SCHEME_FORMAT | FORMAT)) || file.get("scheme").is_none() {
                return None;
            }
            let mut reader = Reader { problems: Vec::new(), unit: Unit::CodePoint };
            let scheme = reader.scheme(&file);
            return Some((scheme, reader.problems));
        }
        Err(_) if text.starts_with(['{', '[', '<']) => return None,
        Err(_) => text.lines().map(str::to_owned).collect(),
    };
    named(names).map(|scheme| (scheme, Vec::new()))
}

/// A scheme of labels with these names; nothing where they are no names.
fn named(names: Vec<String>) -> Option<Scheme> {
    /// A line that is longer is a text.
    const LONGEST: usize = 60;
    let mut scheme = Scheme { labels: Vec::new(), relations: Scheme::default().relations };
    let colors = Scheme::default().labels;
    for (name, like) in names.iter().zip(colors.iter().cycle()) {
        let name = name.trim();
        if name.chars().count() > LONGEST {
            return None;
        }
        if !name.is_empty() && scheme.label(&Label::new(name)).is_none() {
            scheme.labels.push(LabelDef::new(name, like.color.clone(), None));
        }
    }
    (!scheme.labels.is_empty()).then_some(scheme)
}

/// Reads one member of `documents` that stands alone, with the default scheme.
pub(super) fn read_document(value: &Value) -> Workspace {
    let mut reader = Reader { problems: Vec::new(), unit: Unit::CodePoint };
    let documents = reader.document(value, "document").into_iter().collect();
    Workspace { scheme: Scheme::default(), documents, problems: reader.problems }
}
