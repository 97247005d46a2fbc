//! The native JSON: one file is one workspace.
//!
//! Offsets are code points, end exclusive, and each span carries its text, so
//! that a reader can check. `native.schema.json` beside this file is the
//! format's JSON Schema. [`read`] keeps what it can and reports the rest by
//! its path.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::document::{
    Change, Document, Entity, EntityId, Origin, Rejection, Relation, RelationId, Span, SpanId,
    Status, Transaction,
};
use crate::scheme::{Label, LabelDef, RelationDef, Scheme};
use crate::text::{ByteSpan, CodePointSpan, OffsetError, Offsets, Utf16Span};

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

/// One thing that could not be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where in the file: `documents[0].spans[3]`.
    pub path: String,
    /// What is wrong with it.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.what)
    }
}

/// Why nothing was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NativeError {
    /// It is no JSON: where and why.
    Json(String),
    /// It is JSON of something else.
    Foreign,
    /// It was written by a newer Guillemet.
    Newer(u64),
}

impl fmt::Display for NativeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(why) => write!(f, "this is no JSON: {why}"),
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
}

fn grey() -> String {
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
    let file = FileOut {
        format: FORMAT,
        version: VERSION,
        generator: GENERATOR,
        offset_unit: "codepoint",
        scheme: scheme_shape(scheme),
        documents: documents.into_iter().map(document_out).collect(),
    };
    let mut text = serde_json::to_string_pretty(&file).expect("these shapes always serialise");
    text.push('\n');
    text
}

/// Reads a workspace.
///
/// # Errors
/// If it is no JSON, not this format or of a newer version. What is wrong
/// with single documents, spans, relations or entities is a [`Problem`] of
/// the result.
pub fn read(json: &str) -> Result<Workspace, NativeError> {
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    let file: Value = serde_json::from_str(json).map_err(|e| NativeError::Json(e.to_string()))?;
    if file.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(NativeError::Foreign);
    }
    let version = file.get("version").and_then(Value::as_u64).unwrap_or(VERSION);
    if version > VERSION {
        return Err(NativeError::Newer(version));
    }
    let mut reader = Reader { problems: Vec::new(), unit: Unit::CodePoint };
    let scheme = reader.scheme(&file);
    match file.get("offset_unit").map(Value::as_str) {
        None | Some(Some("codepoint")) => {}
        Some(Some("utf16")) => reader.unit = Unit::Utf16,
        Some(Some("byte")) => reader.unit = Unit::Byte,
        Some(_) => reader.problem("offset_unit", "it is none of codepoint, utf16, byte"),
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

pub(super) fn scheme_shape(scheme: &Scheme) -> SchemeShape {
    SchemeShape {
        labels: scheme
            .labels
            .iter()
            .map(|def| LabelShape {
                name: def.name.to_string(),
                color: def.color.clone(),
                key: def.key.map(String::from),
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
        LabelDef { name: Label::new(&self.name), color: self.color, key }
    }
}

fn one_char(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// Whether it is `#rrggbb`, which is all that the page draws with.
fn is_color(text: &str) -> bool {
    let digits = text.strip_prefix('#').filter(|d| d.len() == 6);
    digits.is_some_and(|d| d.chars().all(|c| c.is_ascii_hexdigit()))
}

fn document_out(document: &Document) -> DocumentOut<'_> {
    let text = document.text();
    let offsets = Offsets::new(text);
    let mut spans: Vec<(SpanId, &Span)> = document.spans().collect();
    spans.sort_by_key(|(id, s)| (s.range, *id));
    DocumentOut {
        id: &document.id,
        title: &document.title,
        language: &document.language,
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

/// The unit that the file counts in.
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    CodePoint,
    Utf16,
    Byte,
}

impl Unit {
    const ALL: [(Self, &'static str); 3] = [
        (Self::CodePoint, "code points"),
        (Self::Utf16, "UTF-16 units"),
        (Self::Byte, "UTF-8 bytes"),
    ];

    fn resolve(
        self,
        offsets: &Offsets<'_>,
        start: usize,
        end: usize,
    ) -> Result<ByteSpan, OffsetError> {
        match self {
            Self::CodePoint => offsets.resolve_code_points(CodePointSpan { start, end }),
            Self::Utf16 => offsets.resolve_utf16(Utf16Span { start, end }),
            Self::Byte => offsets.resolve_bytes(start, end),
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
        self.problems.push(Problem { path: path.to_owned(), what: what.to_string() });
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
            self.problem(path, "it has no \"text\"");
            return None;
        };
        let id = field("id").unwrap_or_default();
        let title = field("title").unwrap_or_default();
        let mut document = Document::new(id, title, field("language").unwrap_or("fr"), text);
        let offsets = Offsets::new(text);
        let shapes: Vec<(String, SpanShape)> = self.shapes(value, path, "spans");
        let unit = self.unit_of(&offsets, text, &shapes, path);

        let mut transaction = Transaction::new("read");
        let mut entities: BTreeMap<String, EntityId> = BTreeMap::new();
        let mut taken = Taken::default();
        for (at, shape) in self.shapes::<EntityShape>(value, path, "entities") {
            if shape.label.is_empty() {
                self.problem(&at, "an entity needs a \"label\"");
                continue;
            }
            if entities.contains_key(&shape.id) {
                self.problem(&at, format_args!("the id {} is given twice", shape.id));
                continue;
            }
            let id = EntityId(taken.number(shape.id.parse().ok().map(|EntityId(n)| n)));
            let after = Some(Entity { name: shape.name, label: Label::new(&shape.label) });
            transaction.changes.push(Change::Entity { id, before: None, after });
            entities.insert(shape.id, id);
        }
        let mut spans: BTreeMap<String, SpanId> = BTreeMap::new();
        let mut taken = Taken::default();
        for (at, shape) in shapes {
            if spans.contains_key(&shape.id) {
                self.problem(&at, format_args!("the id {} is given twice", shape.id));
                continue;
            }
            let Some(range) = self.range(&at, unit, &offsets, text, &shape) else { continue };
            if shape.label.is_empty() {
                self.problem(&at, "a span needs a \"label\"");
                continue;
            }
            let entity = shape.entity.as_ref().and_then(|e| entities.get(e).copied());
            if let (Some(missing), None) = (&shape.entity, entity) {
                self.problem(&at, format_args!("its entity {missing} is not in the file"));
            }
            let score = shape.score.filter(|score| (0.0..=1.0).contains(score));
            if let (Some(wrong), None) = (shape.score, score) {
                self.problem(&at, format_args!("its score {wrong} is not between 0 and 1"));
            }
            let id = SpanId(taken.number(shape.id.parse().ok().map(|SpanId(n)| n)));
            let after = Some(Span {
                range,
                label: Label::new(&shape.label),
                entity,
                origin: shape.origin.into(),
                status: shape.status.into(),
                score,
                attributes: shape.attributes.into_iter().map(plain).collect(),
                note: shape.note,
            });
            transaction.changes.push(Change::Span { id, before: None, after });
            spans.insert(shape.id, id);
        }
        let mut taken = Taken::default();
        for (at, shape) in self.shapes::<RelationShape>(value, path, "relations") {
            let (Some(from), Some(to)) = (spans.get(&shape.from), spans.get(&shape.to)) else {
                self.problem(&at, "one of its spans is not in the file");
                continue;
            };
            if shape.label.is_empty() {
                self.problem(&at, "a relation needs a \"label\"");
                continue;
            }
            let number = shape.id.parse().ok().map(|RelationId(n)| n);
            let id = RelationId(taken.number(number));
            let after = Some(Relation { label: Label::new(&shape.label), from: *from, to: *to });
            transaction.changes.push(Change::Relation { id, before: None, after });
        }
        let mut refused = BTreeSet::new();
        for (at, shape) in self.shapes::<RejectionShape>(value, path, "rejected") {
            match unit.resolve(&offsets, shape.start, shape.end) {
                Ok(range) if range.is_empty() || shape.label.is_empty() => {
                    self.problem(&at, "it refuses nothing");
                }
                Ok(range) if shape.text.as_deref().is_none_or(|t| t == range.of(text)) => {
                    refused.insert(Rejection { range, label: Label::new(&shape.label) });
                }
                _ => self.problem(&at, "its offsets do not fit the text"),
            }
        }
        let refused = refused.into_iter().map(|what| Change::Rejection { what, now: true });
        transaction.changes.extend(refused);
        if let Err(error) = document.apply(&transaction) {
            // Each change was checked above: this says which check is missing.
            self.problem(path, error);
        }
        Some(document)
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
                Err(error) => self.problem(&at, error),
            }
        }
        shapes
    }

    /// The unit in which the most spans that carry their text fit it; the
    /// file's own, unless another one fits better.
    fn unit_of(
        &mut self,
        offsets: &Offsets<'_>,
        text: &str,
        shapes: &[(String, SpanShape)],
        path: &str,
    ) -> Unit {
        let fits = |unit: Unit| {
            let fits = |s: &SpanShape| {
                let range = unit.resolve(offsets, s.start, s.end);
                s.text.as_ref().is_some_and(|words| range.is_ok_and(|r| r.of(text) == words))
            };
            shapes.iter().filter(|(_, s)| fits(s)).count()
        };
        let mut put_right = None;
        let mut best = (self.unit, fits(self.unit));
        if best.1 < shapes.len() {
            for (unit, name) in Unit::ALL {
                let count = fits(unit);
                if count > best.1 {
                    best = (unit, count);
                    put_right = Some(name);
                }
            }
        }
        if let Some(name) = put_right {
            self.problem(path, format_args!("its offsets count {name}; they were put right"));
        }
        best.0
    }

    fn range(
        &mut self,
        at: &str,
        unit: Unit,
        offsets: &Offsets<'_>,
        text: &str,
        shape: &SpanShape,
    ) -> Option<ByteSpan> {
        let (start, end) = (shape.start, shape.end);
        let range = match unit.resolve(offsets, start, end) {
            Ok(range) => range,
            Err(error) => {
                self.problem(at, format_args!("{start}..{end}: {error}"));
                return None;
            }
        };
        if range.is_empty() {
            self.problem(at, format_args!("{start}..{end} holds nothing"));
            return None;
        }
        match &shape.text {
            Some(words) if words != range.of(text) => {
                let found = range.of(text);
                self.problem(
                    at,
                    format_args!("{start}..{end} reads {found:?} in the text, not {words:?}"),
                );
                None
            }
            _ => Some(range),
        }
    }
}

/// The numbers already given: a file keeps its own where they are ours.
#[derive(Default)]
struct Taken(BTreeSet<u32>);

/// The largest number that is kept: as many stay free for what is yet to come.
const LARGEST: u32 = u32::MAX / 2;

impl Taken {
    fn number(&mut self, wanted: Option<u32>) -> u32 {
        let wanted = wanted.filter(|n| *n <= LARGEST && !self.0.contains(n));
        let number = wanted.unwrap_or_else(|| self.0.last().map_or(0, |last| last + 1));
        self.0.insert(number);
        number
    }
}

fn plain((name, value): (String, Value)) -> (String, String) {
    let value = match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    (name, value)
}
