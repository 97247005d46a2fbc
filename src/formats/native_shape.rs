//! The shapes of the native JSON, for serde, and how documents and schemes
//! become shapes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::native::{FORMAT, GENERATOR, VERSION};
use crate::document::{Document, Origin, Span, SpanId, Status};
use crate::scheme::{Label, LabelDef, MentionLabel, RelationDef, Scheme};
use crate::text::{Offsets, order};

#[derive(Serialize)]
pub(super) struct FileOut<'a> {
    format: &'static str,
    version: u64,
    generator: &'static str,
    offset_unit: &'static str,
    scheme: SchemeShape,
    documents: Vec<DocumentOut<'a>>,
}

#[derive(Serialize)]
pub(super) struct DocumentOut<'a> {
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
    pub labels: Vec<LabelShape>,
    #[serde(default)]
    pub relations: Vec<NameShape>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct LabelShape {
    pub name: String,
    #[serde(default = "grey")]
    pub color: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Only where it is not what has the label's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engine: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<Vec<String>>,
}

pub(super) fn grey() -> String {
    "#6b6760".to_owned()
}

#[derive(Serialize, Deserialize)]
pub(super) struct NameShape {
    pub name: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct SpanShape {
    pub id: String,
    pub start: usize,
    pub end: usize,
    pub label: String,
    #[serde(default)]
    pub text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    #[serde(default = "person")]
    pub origin: OriginShape,
    #[serde(default = "accepted")]
    pub status: StatusShape,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f32>,
    #[serde(default)]
    pub attributes: BTreeMap<String, Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
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
pub(super) struct RelationShape {
    pub id: String,
    pub label: String,
    pub from: String,
    pub to: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct EntityShape {
    pub id: String,
    pub name: String,
    pub label: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct RejectionShape {
    pub start: usize,
    pub end: usize,
    pub label: String,
    #[serde(default)]
    pub text: Option<String>,
}

/// A workspace as it is written.
pub(super) fn file_out<'a>(
    scheme: &Scheme,
    documents: impl IntoIterator<Item = &'a Document>,
) -> FileOut<'a> {
    FileOut {
        format: FORMAT,
        version: VERSION,
        generator: GENERATOR,
        offset_unit: "codepoint",
        scheme: scheme_shape(scheme),
        documents: documents.into_iter().map(document_out).collect(),
    }
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
    pub(super) fn into_def(self) -> LabelDef {
        let key = self.key.as_deref().and_then(one_char);
        let mut def = LabelDef::new(&self.name, self.color, key);
        if let Some(name) = self.engine {
            def.engine = MentionLabel::from_name(&name);
        }
        def.inside = self.inside.map(|inside| inside.iter().map(|name| Label::new(name)).collect());
        def
    }
}

pub(super) fn one_char(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// A document as it is written.
pub(super) fn document_out(document: &Document) -> DocumentOut<'_> {
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
pub(super) fn unparsed(value: &Value) -> String {
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
