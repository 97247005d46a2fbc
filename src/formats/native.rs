//! The native JSON: one file is one workspace.
//!
//! Offsets are code points, end exclusive, and each span carries its text, so
//! that a reader can check. `native.schema.json` beside this file is the
//! format's JSON Schema. [`read`] keeps what it can and reports the rest by
//! its path.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use super::draft::Problem;
use super::draft::{Draft, EntityDraft, RejectionDraft, RelationDraft, SpanDraft};
use super::units::Unit;
use crate::document::{Document, Origin, Span, SpanId, Status};
use crate::scheme::color::is_color;
use crate::scheme::{Label, LabelDef, MentionLabel, RelationDef, Scheme};
use crate::text::{Offsets, order};

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

#[derive(Serialize)]
struct FileOut<'a> {
    format: &'static str,
    version: u64,
    generator: &'static str,
    offset_unit: &'static str,
    scheme: SchemeShape,
    documents: Vec<DocumentOut<'a>>,
}

#[derive(Serialize)]
struct DocumentOut<'a> {
    id: &'a str,
    title: &'a str,
    language: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    metadata: BTreeMap<&'a str, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    done: Option<bool>,
    text: &'a str,
    spans: Vec<SpanShape>,
    relations: Vec<RelationShape>,
    entities: Vec<EntityShape>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rejected: Vec<RejectionShape>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct SchemeShape {
    labels: Vec<LabelShape>,
    #[serde(default)]
    relations: Vec<NameShape>,
}

#[derive(Serialize, Deserialize)]
struct LabelShape {
    name: String,
    #[serde(default = "grey")]
    color: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    /// Only where it is not what has the label's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    engine: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    inside: Option<Vec<String>>,
}

pub(super) fn grey() -> String {
    "#6b6760".to_owned()
}

#[derive(Serialize, Deserialize)]
struct NameShape {
    name: String,
}

#[derive(Serialize, Deserialize)]
struct SpanShape {
    id: String,
    start: usize,
    end: usize,
    label: String,
    #[serde(default)]
    text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entity: Option<String>,
    #[serde(default = "person")]
    origin: OriginShape,
    #[serde(default = "accepted")]
    status: StatusShape,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    score: Option<f32>,
    #[serde(default)]
    attributes: BTreeMap<String, Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum OriginShape {
    Engine,
    Person,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum StatusShape {
    Proposed,
    Accepted,
}

fn person() -> OriginShape {
    OriginShape::Person
}

fn accepted() -> StatusShape {
    StatusShape::Accepted
}

#[derive(Serialize, Deserialize)]
struct RelationShape {
    id: String,
    label: String,
    from: String,
    to: String,
}

#[derive(Serialize, Deserialize)]
struct EntityShape {
    id: String,
    name: String,
    label: String,
}

#[derive(Serialize, Deserialize)]
struct RejectionShape {
    start: usize,
    end: usize,
    label: String,
    #[serde(default)]
    text: Option<String>,
}

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

fn file_out<'a>(scheme: &Scheme, documents: impl IntoIterator<Item = &'a Document>) -> FileOut<'a> {
    FileOut {
        format: FORMAT,
        version: VERSION,
        generator: GENERATOR,
        offset_unit: "codepoint",
        scheme: scheme_shape(scheme),
        documents: documents.into_iter().map(document_out).collect(),
    }
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

pub(super) fn scheme_shape(scheme: &Scheme) -> SchemeShape {
    SchemeShape {
        labels: scheme
            .labels
            .iter()
            .map(|def| LabelShape {
                name: def.name.to_string(),
                color: def.color.clone(),
                key: def.key.map(String::from),
                engine: (def.engine != MentionLabel::from_name(def.name.as_str()))
                    .then(|| def.engine.map_or("", MentionLabel::name).to_owned()),
                inside: def.inside.as_ref().map(|i| i.iter().map(Label::to_string).collect()),
            })
            .collect(),
        relations: scheme
            .relations
            .iter()
            .map(|def| NameShape { name: def.name.to_string() })
            .collect(),
    }
}

impl SchemeShape {
    pub(super) fn into_scheme(self) -> Scheme {
        let labels = self.labels.into_iter().filter(|l| !l.name.is_empty());
        let relations = self.relations.into_iter();
        Scheme {
            labels: labels.map(LabelShape::into_def).collect(),
            relations: relations.map(|r| RelationDef { name: Label::new(&r.name) }).collect(),
        }
    }
}

impl LabelShape {
    fn into_def(self) -> LabelDef {
        let key = self.key.as_deref().and_then(one_char);
        let mut def = LabelDef::new(&self.name, self.color, key);
        if let Some(name) = self.engine {
            def.engine = MentionLabel::from_name(&name);
        }
        def.inside = self.inside.map(|inside| inside.iter().map(|name| Label::new(name)).collect());
        def
    }
}

fn one_char(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

fn document_out(document: &Document) -> DocumentOut<'_> {
    let text = document.text();
    let offsets = Offsets::new(text);
    let spans = document.spans_in_order();
    DocumentOut {
        id: &document.id,
        title: &document.title,
        language: &document.language,
        metadata: order::map(document.metadata.iter().map(|(name, json)| (&**name, parsed(json)))),
        note: document.note.as_deref(),
        done: document.done.then_some(true),
        text,
        spans: spans
            .into_iter()
            .map(|(id, span)| span_shape(document, &offsets, id, span))
            .collect(),
        relations: document
            .relations()
            .map(|(id, r)| RelationShape {
                id: id.to_string(),
                label: r.label.to_string(),
                from: r.from.to_string(),
                to: r.to.to_string(),
            })
            .collect(),
        entities: document
            .entities()
            .map(|(id, e)| EntityShape {
                id: id.to_string(),
                name: e.name.clone(),
                label: e.label.to_string(),
            })
            .collect(),
        rejected: document
            .rejected()
            .iter()
            .map(|r| {
                let at = offsets.to_code_points(r.range);
                RejectionShape {
                    start: at.start,
                    end: at.end,
                    label: r.label.to_string(),
                    text: Some(r.range.of(text).to_owned()),
                }
            })
            .collect(),
    }
}

/// A value as JSON; not by its `Display`, which would be a second writer.
fn unparsed(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A value of metadata; a text that is no JSON stays a text.
fn parsed(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|_| Value::String(json.to_owned()))
}

fn span_shape(document: &Document, offsets: &Offsets<'_>, id: SpanId, span: &Span) -> SpanShape {
    let at = offsets.to_code_points(span.range);
    SpanShape {
        id: id.to_string(),
        start: at.start,
        end: at.end,
        label: span.label.to_string(),
        text: Some(document.words(span).to_owned()),
        entity: span.entity.map(|e| e.to_string()),
        origin: span.origin.into(),
        status: span.status.into(),
        score: span.score,
        attributes: span
            .attributes
            .iter()
            .map(|(name, value)| (name.clone(), Value::String(value.clone())))
            .collect(),
        note: span.note.clone(),
    }
}

impl From<Origin> for OriginShape {
    fn from(origin: Origin) -> Self {
        match origin {
            Origin::Engine => Self::Engine,
            Origin::Person => Self::Person,
        }
    }
}

impl From<OriginShape> for Origin {
    fn from(shape: OriginShape) -> Self {
        match shape {
            OriginShape::Engine => Self::Engine,
            OriginShape::Person => Self::Person,
        }
    }
}

impl From<Status> for StatusShape {
    fn from(status: Status) -> Self {
        match status {
            Status::Proposed => Self::Proposed,
            Status::Accepted => Self::Accepted,
        }
    }
}

impl From<StatusShape> for Status {
    fn from(shape: StatusShape) -> Self {
        match shape {
            StatusShape::Proposed => Self::Proposed,
            StatusShape::Accepted => Self::Accepted,
        }
    }
}

struct Reader {
    problems: Vec<Problem>,
    unit: Unit,
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

impl Reader {
    fn problem(&mut self, path: &str, what: impl fmt::Display) {
        self.problems.push(Problem::new(path, what));
    }

    /// The file's label scheme, or the default one where it has none.
    fn scheme(&mut self, file: &Value) -> Scheme {
        let Some(value) = file.get("scheme") else { return Scheme::default() };
        if !value.get("labels").is_some_and(Value::is_array) {
            self.problem("scheme", "there is no list of labels");
            return Scheme::default();
        }
        let mut scheme = Scheme { labels: Vec::new(), relations: Vec::new() };
        for (at, mut shape) in self.shapes::<LabelShape>(value, "scheme", "labels") {
            if shape.name.is_empty() || scheme.label(&Label::new(&shape.name)).is_some() {
                self.problem(&at, format_args!("the name {:?} is empty or taken", shape.name));
                continue;
            }
            if !is_color(&shape.color) {
                self.problem(&at, format_args!("{:?} is no color #rrggbb", shape.color));
                shape.color = grey();
            }
            if let Some(key) = shape.key.as_ref().filter(|key| one_char(key).is_none()) {
                self.problem(&at, format_args!("the key {key:?} is not one character"));
            }
            scheme.labels.push(shape.into_def());
        }
        for (at, shape) in self.shapes::<NameShape>(value, "scheme", "relations") {
            let def = RelationDef { name: Label::new(&shape.name) };
            if shape.name.is_empty() || scheme.relations.contains(&def) {
                self.problem(&at, format_args!("the name {:?} is empty or taken", shape.name));
                continue;
            }
            scheme.relations.push(def);
        }
        scheme
    }

    fn document(&mut self, value: &Value, path: &str) -> Option<Document> {
        let field = |key: &str| value.get(key).and_then(Value::as_str);
        let Some(text) = field("text") else {
            self.problems.push(Problem::new(path, "it has no \"text\""));
            return None;
        };
        let mut draft = Draft::new(path, field("id").unwrap_or_default(), text);
        draft.unit = self.unit;
        draft.title = field("title").unwrap_or_default().to_owned();
        draft.language = field("language").unwrap_or("fr").to_owned();
        match value.get("metadata") {
            Some(Value::Object(fields)) => {
                draft.metadata = order::map(fields.iter().map(|(n, v)| (n.clone(), unparsed(v))));
            }
            Some(_) => self.problem(&format!("{path}.metadata"), "it is no object"),
            None => {}
        }
        match value.get("note") {
            Some(Value::String(note)) => draft.note = Some(note.clone()),
            Some(Value::Null) | None => {}
            Some(_) => self.problem(&format!("{path}.note"), "it is no text"),
        }
        match value.get("done") {
            Some(Value::Bool(done)) => draft.done = *done,
            Some(Value::Null) | None => {}
            Some(_) => self.problem(&format!("{path}.done"), "it is neither true nor false"),
        }
        for (at, shape) in self.shapes::<SpanShape>(value, path, "spans") {
            draft.spans.push(SpanDraft {
                at,
                id: shape.id,
                start: shape.start,
                end: shape.end,
                label: shape.label,
                text: shape.text,
                entity: shape.entity,
                origin: shape.origin.into(),
                status: shape.status.into(),
                score: shape.score,
                attributes: order::map(shape.attributes.into_iter().map(plain)),
                note: shape.note,
            });
        }
        for (at, RelationShape { id, label, from, to }) in self.shapes(value, path, "relations") {
            draft.relations.push(RelationDraft { at, id, label, from, to });
        }
        for (at, EntityShape { id, name, label }) in self.shapes(value, path, "entities") {
            draft.entities.push(EntityDraft { at, id, name, label });
        }
        for (at, shape) in self.shapes(value, path, "rejected") {
            let RejectionShape { start, end, label, text } = shape;
            draft.rejected.push(RejectionDraft { at, start, end, label, text });
        }
        Some(draft.finish(&mut self.problems))
    }

    fn shapes<T: for<'de> Deserialize<'de>>(
        &mut self,
        value: &Value,
        path: &str,
        key: &str,
    ) -> Vec<(String, T)> {
        let mut shapes = Vec::new();
        for (index, item) in list(value, key).iter().enumerate() {
            let at = format!("{path}.{key}[{index}]");
            match T::deserialize(item) {
                Ok(shape) => shapes.push((at, shape)),
                Err(error) => self.problems.push(Problem::new(at, error)),
            }
        }
        shapes
    }
}

fn plain((name, value): (String, Value)) -> (String, String) {
    let value = match value {
        Value::String(text) => text,
        other => unparsed(&other),
    };
    (name, value)
}
