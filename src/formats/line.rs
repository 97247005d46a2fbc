//! One line of JSON Lines, as it comes to be tagged and as it leaves.
//!
//! A line is a text (a JSON string), an object with a `text`, a document of
//! the native JSON (an object that also has the lists `spans`, `relations` and
//! `entities`) or a whole native file. It leaves as a whole native file, so
//! that lines can be cut, joined and read alone. Of an object, `id`, `title`
//! and `language` are the document's, and every other field is kept as
//! metadata.

use std::fmt;

use serde_json::{Map, Value};

use super::native::{self, NativeError, Workspace};
use crate::document::Document;
use crate::scheme::Scheme;
use crate::text::title_of;

/// Why a line gives nothing to tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineError {
    /// It is no JSON: why, and where in the line.
    Json(String),
    /// It is JSON, but of no shape that has a text; what it is.
    Shape(&'static str),
    /// It is an object without `text`.
    NoText,
    /// Its `text` is not a string.
    TextIsNoString,
    /// It says that it is a native file, and is none.
    Native(NativeError),
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(why) => write!(f, "this is no JSON: {why}"),
            Self::Shape(what) => {
                write!(f, "this is {what}: a line is a text in quotes or an object with \"text\"")
            }
            Self::NoText => f.write_str("this object has no \"text\""),
            Self::TextIsNoString => f.write_str("\"text\" is not a string"),
            Self::Native(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for LineError {}

/// Reads a line. A document without an id gets `id`, and one without a title
/// its first line.
///
/// # Errors
/// If there is no text in it.
pub fn read(line: &str, id: &str) -> Result<Workspace, LineError> {
    let value: Value =
        serde_json::from_str(line).map_err(|error| LineError::Json(place(&error)))?;
    let fields = match value {
        Value::Object(fields) => fields,
        Value::String(text) => return Ok(alone(plain(&text, id, Map::new()))),
        Value::Array(_) => return Err(LineError::Shape("a list")),
        Value::Number(_) => return Err(LineError::Shape("a number")),
        Value::Bool(_) | Value::Null => return Err(LineError::Shape("a single word")),
    };
    if fields.get("format").and_then(Value::as_str) == Some(native::FORMAT) {
        return native::read(line).map_err(LineError::Native);
    }
    let text = match fields.get("text") {
        Some(Value::String(text)) => text.clone(),
        Some(_) => return Err(LineError::TextIsNoString),
        None => return Err(LineError::NoText),
    };
    let has_list = |key: &str| fields.get(key).is_some_and(Value::is_array);
    if ["spans", "relations", "entities"].into_iter().all(has_list) {
        return Ok(native::read_document(&Value::Object(fields)));
    }
    Ok(alone(plain(&text, id, fields)))
}

/// Writes a line, without its end.
pub fn write<'a>(scheme: &Scheme, documents: impl IntoIterator<Item = &'a Document>) -> String {
    native::write_line(scheme, documents)
}

fn alone(document: Document) -> Workspace {
    Workspace { scheme: Scheme::default(), documents: vec![document], problems: Vec::new() }
}

/// A document without annotation; `fields` beside its text.
fn plain(text: &str, id: &str, mut fields: Map<String, Value>) -> Document {
    fields.remove("text");
    let named = match fields.get("id") {
        Some(Value::String(id)) => Some(id.clone()),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    if named.is_some() {
        fields.remove("id");
    }
    let mut word = |key: &str| match fields.get(key) {
        Some(Value::String(word)) => {
            let word = word.clone();
            fields.remove(key);
            Some(word)
        }
        _ => None,
    };
    let title = word("title").unwrap_or_else(|| title_of(text));
    let language = word("language").unwrap_or_else(|| "fr".to_owned());
    let mut document = Document::new(named.as_deref().unwrap_or(id), &title, &language, text);
    document.metadata = fields.into_iter().map(|(name, v)| (name, v.to_string())).collect();
    document
}

/// What is wrong with a JSON of one line: the line that serde counts is no
/// line of the file.
fn place(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let what = said.split(" at line ").next().unwrap_or_default();
    format!("{what} at column {}", error.column())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(line: &str) -> Document {
        let mut read = read(line, "line-7").unwrap();
        assert_eq!((read.documents.len(), &read.problems[..]), (1, &[][..]), "{line}");
        read.documents.remove(0)
    }

    #[test]
    fn a_string_is_a_text() {
        let got = document(r#" "Paris\nLéa a dit : « \ud83d\udea8 »" "#);
        assert_eq!(&**got.text(), "Paris\nLéa a dit : « 🚨 »");
        assert_eq!((&*got.id, &*got.title, &*got.language), ("line-7", "Paris", "fr"));
        assert_eq!(document("\"\"").text().len(), 0);
    }

    #[test]
    fn other_fields_of_an_object_are_kept() {
        let got = document(
            r#"{"id": 12, "title": "T", "language": "fr-CA", "text": "Oui", "url": "x", "n": [1.5, null]}"#,
        );
        assert_eq!((&*got.id, &*got.title, &*got.language), ("12", "T", "fr-CA"));
        let kept: Vec<_> = got.metadata.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(kept, [("n", "[1.5,null]"), ("url", "\"x\"")]);
        let back = document(&write(&Scheme::default(), [&got]));
        assert_eq!(back, got);
    }

    #[test]
    fn a_field_that_is_not_what_its_name_says_is_kept_too() {
        let got = document(r#"{"id": {"a": 1}, "title": null, "text": "Oui", "spans": []}"#);
        assert_eq!((&*got.id, &*got.title), ("line-7", "Oui"));
        let names: Vec<&str> = got.metadata.keys().map(String::as_str).collect();
        assert_eq!(names, ["id", "spans", "title"]);
    }

    #[test]
    fn native_documents_keep_their_spans() {
        let spans = r#"[{"id": "s0", "start": 0, "end": 3, "label": "PERSON", "text": "Léa"}]"#;
        let line = format!(
            r#"{{"id": "d", "text": "Léa", "spans": {spans}, "relations": [], "entities": [], "metadata": {{"a": 1}}}}"#
        );
        let got = document(&line);
        assert_eq!((got.spans().len(), got.metadata["a"].as_str()), (1, "1"));
        let file = format!(r#"{{"format": "guillemet", "documents": [{line}, {line}]}}"#);
        let whole = read(&file, "").unwrap();
        assert_eq!(whole.documents, [got.clone(), got]);
    }

    #[test]
    fn what_has_no_text_is_told() {
        let told = |line: &str| read(line, "").unwrap_err().to_string();
        assert_eq!(
            told("{\"text\": \"a"),
            "this is no JSON: EOF while parsing a string at column 11"
        );
        assert_eq!(told("{\"texte\": \"a\"}"), "this object has no \"text\"");
        assert_eq!(told("{\"text\": 3}"), "\"text\" is not a string");
        assert!(told("[\"a\"]").starts_with("this is a list: a line is"));
        assert!(told("{\"format\": \"guillemet\", \"version\": 2}").contains("version 2"));
    }
}
