//! Reads the shapes of the native JSON one by one, so that what is wrong with
//! one of them leaves the others.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;

use super::draft::{Draft, EntityDraft, Problem, RejectionDraft, RelationDraft, SpanDraft};
use super::json::list;
use super::native_shape::{
    EntityShape, LabelShape, NameShape, RejectionShape, RelationShape, SpanShape, grey, one_char,
    unparsed,
};
use super::units::Unit;
use crate::document::Document;
use crate::scheme::color::is_color;
use crate::scheme::{Label, RelationDef, Scheme};
use crate::text::order;

/// What reads a file, and what it could not keep so far.
pub(super) struct Reader {
    pub problems: Vec<Problem>,
    pub unit: Unit,
}

impl Reader {
    pub fn problem(&mut self, path: &str, what: impl fmt::Display) {
        self.problems.push(Problem::new(path, what));
    }

    /// The file's label scheme, or the default one where it has none.
    pub fn scheme(&mut self, file: &Value) -> Scheme {
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

    pub fn document(&mut self, value: &Value, path: &str) -> Option<Document> {
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
