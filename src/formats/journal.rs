//! Transactions as JSON, for the page's storage: one record a step, so that
//! undo outlives the page. Offsets are bytes, ids are numbers; nobody else
//! reads this.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::native;
use super::native_shape::{OriginShape, SchemeShape, StatusShape, scheme_shape};
use crate::document::{
    Change, Document, Entity, EntityId, History, Rejection, Relation, RelationId, Span, SpanId,
    Transaction,
};
use crate::scheme::{Label, Scheme};
use crate::text::ByteSpan;

/// A document as it was first written down, and whether it was tagged then.
#[derive(Serialize, Deserialize)]
struct Record {
    tagged: bool,
    /// Thousands of documents are read before the page shows: this is the
    /// shortest form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base: Option<Base>,
    /// What earlier pages wrote instead: the native JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Base {
    id: String,
    title: String,
    language: String,
    text: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    metadata: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    done: bool,
    entities: Vec<(u32, EntityShape)>,
    spans: Vec<(u32, SpanShape)>,
    relations: Vec<(u32, RelationShape)>,
    rejected: Vec<(usize, usize, String)>,
}

/// The order of the documents, and which one is open.
#[derive(Default, Serialize, Deserialize)]
pub struct Order {
    /// The ids, in order.
    pub ids: Vec<String>,
    /// The id of the open document.
    pub open: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Step {
    action: String,
    changes: Vec<ChangeShape>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ChangeShape {
    Span(u32, Option<SpanShape>, Option<SpanShape>),
    Relation(u32, Option<RelationShape>, Option<RelationShape>),
    Entity(u32, Option<EntityShape>, Option<EntityShape>),
    Rejection(usize, usize, String, bool),
    Title(String, String),
    Note(Option<String>, Option<String>),
    Done(bool),
}

#[derive(Serialize, Deserialize)]
struct SpanShape {
    at: (usize, usize),
    label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entity: Option<u32>,
    origin: OriginShape,
    status: StatusShape,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    score: Option<f32>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct RelationShape(String, u32, u32);

#[derive(Serialize, Deserialize)]
struct EntityShape(String, String);

/// Writes one step.
pub fn write_step(step: &Transaction) -> String {
    let shape = Step {
        action: step.action.clone(),
        changes: step.changes.iter().map(change_shape).collect(),
    };
    serde_json::to_string(&shape).expect("these shapes always serialise")
}

/// Reads one step.
///
/// # Errors
/// If it is not what [`write_step`] writes: what is wrong, and where.
pub fn read_step(json: &str) -> Result<Transaction, String> {
    let step: Step = serde_json::from_str(json).map_err(|e| e.to_string())?;
    step.into_transaction()
}

impl Step {
    pub(super) fn into_transaction(self) -> Result<Transaction, String> {
        let changes = self.changes.into_iter().map(change).collect::<Result<_, _>>()?;
        Ok(Transaction { action: self.action, changes })
    }
}

/// Writes a document as it is when nothing has been done to it.
pub fn write_document(document: &Document, tagged: bool) -> String {
    let entity = |(id, e): (EntityId, &Entity)| (id.0, entity_shape(e));
    let relation = |(id, r): (RelationId, &Relation)| (id.0, relation_shape(r));
    let rejected = document.rejected().iter();
    let base = Base {
        id: document.id.clone(),
        title: document.title.clone(),
        language: document.language.clone(),
        text: document.text().to_string(),
        metadata: document.metadata.clone(),
        note: document.note.clone(),
        done: document.done,
        entities: document.entities().map(entity).collect(),
        spans: document.spans().map(|(id, span)| (id.0, span_shape(span))).collect(),
        relations: document.relations().map(relation).collect(),
        rejected: rejected.map(|r| (r.range.start, r.range.end, r.label.to_string())).collect(),
    };
    let record = Record { tagged, base: Some(base), file: None };
    serde_json::to_string(&record).expect("these shapes always serialise")
}

/// Reads a document, whether it was tagged, and whether all of it was sound.
///
/// # Errors
/// If it is not what [`write_document`] writes: what is wrong, and where.
pub fn read_document(json: &str) -> Result<(Document, bool, bool), String> {
    let record: Record = serde_json::from_str(json).map_err(|e| e.to_string())?;
    if let Some(base) = record.base {
        return Ok((base.into_document()?, record.tagged, true));
    }
    let file = record.file.ok_or("there is no document in it")?;
    let file = native::read(&file).map_err(|e| e.to_string())?;
    let document = file.documents.into_iter().next().ok_or("there is no document in it")?;
    Ok((document, record.tagged, file.problems.is_empty()))
}

impl Base {
    fn into_document(self) -> Result<Document, String> {
        let mut document = Document::new(&self.id, &self.title, &self.language, &self.text);
        (document.metadata, document.note, document.done) = (self.metadata, self.note, self.done);
        let mut all = Transaction::new("base");
        for (id, shape) in self.entities {
            let after = Some(entity(shape));
            all.changes.push(Change::Entity { id: EntityId(id), before: None, after });
        }
        for (id, shape) in self.spans {
            let after = Some(span(shape)?);
            all.changes.push(Change::Span { id: SpanId(id), before: None, after });
        }
        for (id, shape) in self.relations {
            let after = Some(relation(shape));
            all.changes.push(Change::Relation { id: RelationId(id), before: None, after });
        }
        for (start, end, label) in self.rejected {
            let what = Rejection { range: range(start, end)?, label: Label::new(&label) };
            all.changes.push(Change::Rejection { what, now: true });
        }
        document.apply(&all).map_err(|error| error.to_string())?;
        Ok(document)
    }
}

/// Does the first `position` of `steps` on a document that has none yet, and
/// keeps the rest to be done again; with the history, and whether all of it
/// fitted. Steps after one that does not are left out: what came before is
/// sound.
pub fn replay(
    mut document: Document,
    steps: impl IntoIterator<Item = Result<Transaction, String>>,
    position: usize,
) -> (Document, History, bool) {
    let (mut history, mut whole) = (History::default(), true);
    for step in steps {
        if !matches!(step.map(|step| history.commit(&mut document, step)), Ok(Ok(()))) {
            whole = false;
            break;
        }
    }
    whole &= position <= history.steps().len();
    while history.position() > position {
        if !matches!(history.undo(&mut document), Ok(Some(_))) {
            whole = false;
            break;
        }
    }
    (document, history, whole)
}

/// Writes the order of the documents.
pub fn write_order(order: &Order) -> String {
    serde_json::to_string(order).expect("these shapes always serialise")
}

/// Reads the order of the documents.
///
/// # Errors
/// If it is not what [`write_order`] writes: what is wrong, and where.
pub fn read_order(json: &str) -> Result<Order, String> {
    serde_json::from_str(json).map_err(|e| e.to_string())
}

/// Writes a label scheme.
pub fn write_scheme(scheme: &Scheme) -> String {
    serde_json::to_string(&scheme_shape(scheme)).expect("these shapes always serialise")
}

/// Reads a label scheme.
///
/// # Errors
/// If it is not what [`write_scheme`] writes: what is wrong, and where.
pub fn read_scheme(json: &str) -> Result<Scheme, String> {
    scheme_in(parsed(json)?)
}

/// Writes a change of the label scheme: before and after.
pub fn write_change(before: &Scheme, after: &Scheme) -> String {
    let shapes = (scheme_shape(before), scheme_shape(after));
    serde_json::to_string(&shapes).expect("these shapes always serialise")
}

/// Reads a change of the label scheme.
///
/// # Errors
/// If it is not what [`write_change`] writes: what is wrong, and where.
pub fn read_change(json: &str) -> Result<(Scheme, Scheme), String> {
    match parsed(json)? {
        Value::Array(both) => match <[Value; 2]>::try_from(both) {
            Ok([before, after]) => Ok((scheme_in(before)?, scheme_in(after)?)),
            Err(_) => Err("two schemes are expected".to_owned()),
        },
        _ => Err("a list of two schemes is expected".to_owned()),
    }
}

fn parsed(json: &str) -> Result<Value, String> {
    serde_json::from_str(json).map_err(|e| e.to_string())
}

/// By way of a value, as [`native`] reads schemes: the page has one reader.
fn scheme_in(value: Value) -> Result<Scheme, String> {
    let shape: SchemeShape = serde_json::from_value(value).map_err(|e| e.to_string())?;
    Ok(shape.into_scheme())
}

fn change_shape(change: &Change) -> ChangeShape {
    match change {
        Change::Span { id, before, after } => {
            ChangeShape::Span(id.0, before.as_ref().map(span_shape), after.as_ref().map(span_shape))
        }
        Change::Relation { id, before, after } => {
            let shape = relation_shape;
            ChangeShape::Relation(id.0, before.as_ref().map(shape), after.as_ref().map(shape))
        }
        Change::Entity { id, before, after } => {
            let shape = entity_shape;
            ChangeShape::Entity(id.0, before.as_ref().map(shape), after.as_ref().map(shape))
        }
        Change::Rejection { what, now } => {
            let label = what.label.to_string();
            ChangeShape::Rejection(what.range.start, what.range.end, label, *now)
        }
        Change::Title { before, after } => ChangeShape::Title(before.clone(), after.clone()),
        Change::Note { before, after } => ChangeShape::Note(before.clone(), after.clone()),
        Change::Done { now } => ChangeShape::Done(*now),
    }
}

fn change(shape: ChangeShape) -> Result<Change, String> {
    Ok(match shape {
        ChangeShape::Span(id, before, after) => Change::Span {
            id: SpanId(id),
            before: before.map(span).transpose()?,
            after: after.map(span).transpose()?,
        },
        ChangeShape::Relation(id, before, after) => Change::Relation {
            id: RelationId(id),
            before: before.map(relation),
            after: after.map(relation),
        },
        ChangeShape::Entity(id, before, after) => Change::Entity {
            id: EntityId(id),
            before: before.map(entity),
            after: after.map(entity),
        },
        ChangeShape::Rejection(start, end, label, now) => Change::Rejection {
            what: Rejection { range: range(start, end)?, label: Label::new(&label) },
            now,
        },
        ChangeShape::Title(before, after) => Change::Title { before, after },
        ChangeShape::Note(before, after) => Change::Note { before, after },
        ChangeShape::Done(now) => Change::Done { now },
    })
}

fn relation_shape(relation: &Relation) -> RelationShape {
    RelationShape(relation.label.to_string(), relation.from.0, relation.to.0)
}

fn relation(RelationShape(label, from, to): RelationShape) -> Relation {
    Relation { label: Label::new(&label), from: SpanId(from), to: SpanId(to) }
}

fn entity_shape(entity: &Entity) -> EntityShape {
    EntityShape(entity.name.clone(), entity.label.to_string())
}

fn entity(EntityShape(name, label): EntityShape) -> Entity {
    Entity { name, label: Label::new(&label) }
}

fn span_shape(span: &Span) -> SpanShape {
    SpanShape {
        at: (span.range.start, span.range.end),
        label: span.label.to_string(),
        entity: span.entity.map(|e| e.0),
        origin: span.origin.into(),
        status: span.status.into(),
        score: span.score,
        attributes: span.attributes.clone(),
        note: span.note.clone(),
    }
}

fn span(shape: SpanShape) -> Result<Span, String> {
    Ok(Span {
        range: range(shape.at.0, shape.at.1)?,
        label: Label::new(&shape.label),
        entity: shape.entity.map(EntityId),
        origin: shape.origin.into(),
        status: shape.status.into(),
        score: shape.score,
        attributes: shape.attributes,
        note: shape.note,
    })
}

fn range(start: usize, end: usize) -> Result<ByteSpan, String> {
    if start <= end {
        Ok(ByteSpan::new(start, end))
    } else {
        Err(format!("{start}..{end} ends before it starts"))
    }
}
