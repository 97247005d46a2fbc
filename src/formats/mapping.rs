//! Labels of other schemes under the names of ours.

use std::collections::BTreeMap;

use crate::document::{Change, Document, Transaction};
use crate::scheme::Label;

/// What other schemes call what ours has, in lower case: CoNLL, OntoNotes,
/// spaCy, doccano's and Label Studio's examples, French corpora.
const LIKE: [(&str, &[&str]); 10] = [
    ("PERSON", &["per", "pers", "person", "personne", "people"]),
    ("ORG", &["org", "organization", "organisation", "company", "norp"]),
    ("PLACE", &["loc", "location", "place", "lieu", "gpe", "fac", "facility"]),
    ("MISC", &["misc", "event", "work_of_art", "product", "law", "prod", "evt"]),
    ("DATE", &["date", "time", "temps"]),
    ("QUANTITY", &["quantity", "amount", "money", "percent", "cardinal", "number", "quantité"]),
    ("ROLE", &["role", "fonction", "func", "title", "position"]),
    ("QUOTE", &["quote", "quotation", "citation", "content", "direct", "said"]),
    ("CUE", &["cue", "verb", "verbe", "reporting_verb"]),
    ("SPEAKER", &["speaker", "source", "locuteur"]),
];

/// The label of the default scheme that `name` most likely means.
pub fn like(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    LIKE.iter().find(|(_, others)| others.contains(&name.as_str())).map(|(label, _)| *label)
}

/// Gives spans, entities and refusals the labels that `names` says.
pub fn rename(document: &mut Document, names: &BTreeMap<String, String>) {
    let renamed = |label: &Label| {
        let name = names.get(label.as_str())?;
        (label != name.as_str()).then(|| Label::new(name))
    };
    let mut transaction = Transaction::new("read");
    let changes = &mut transaction.changes;
    for (id, span) in document.spans() {
        let Some(label) = renamed(&span.label) else { continue };
        let mut after = span.clone();
        after.label = label;
        changes.push(Change::Span { id, before: Some(span.clone()), after: Some(after) });
    }
    for (id, entity) in document.entities() {
        let Some(label) = renamed(&entity.label) else { continue };
        let mut after = entity.clone();
        after.label = label;
        changes.push(Change::Entity { id, before: Some(entity.clone()), after: Some(after) });
    }
    document.apply(&transaction).expect("another label breaks nothing");
}

/// How many spans and entities have each label.
pub fn count(documents: &[Document]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for document in documents {
        let spans = document.spans().map(|(_, span)| &span.label);
        let entities = document.entities().map(|(_, entity)| &entity.label);
        for label in spans.chain(entities) {
            *counts.entry(label.to_string()).or_default() += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Entity;
    use crate::document::{EntityId, Span, SpanId};
    use crate::scheme::Scheme;
    use crate::text::ByteSpan;

    #[test]
    fn every_likeness_is_a_label_of_ours_and_told_once() {
        let scheme = Scheme::default();
        let mut all: Vec<&str> =
            LIKE.iter().flat_map(|(_, others)| others.iter().copied()).collect();
        for (label, _) in LIKE {
            assert!(scheme.label(&Label::new(label)).is_some(), "{label}");
        }
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert_eq!((like("Per"), like("GPE"), like("xyz")), (Some("PERSON"), Some("PLACE"), None));
    }

    #[test]
    fn spans_and_entities_are_renamed_and_keep_the_rest() {
        let mut document = Document::new("d", "", "fr", "Ana Roy, Paris");
        let mut transaction = Transaction::new("test");
        let entity = Entity { name: "Ana Roy".into(), label: Label::new("PER") };
        transaction.changes.push(Change::Entity {
            id: EntityId(0),
            before: None,
            after: Some(entity),
        });
        for (id, (start, end, label)) in [(0, 7, "PER"), (9, 14, "X")].into_iter().enumerate() {
            let mut span = Span::by_person(ByteSpan::new(start, end), Label::new(label));
            span.entity = (label == "PER").then_some(EntityId(0));
            let id = SpanId(u32::try_from(id).unwrap());
            transaction.changes.push(Change::Span { id, before: None, after: Some(span) });
        }
        document.apply(&transaction).unwrap();
        assert_eq!(
            count(&[document.clone()]),
            BTreeMap::from([("PER".into(), 2), ("X".into(), 1)])
        );
        rename(&mut document, &BTreeMap::from([("PER".into(), "PERSON".into())]));
        assert_eq!(
            count(&[document.clone()]),
            BTreeMap::from([("PERSON".into(), 2), ("X".into(), 1)])
        );
        assert_eq!(document.span(SpanId(0)).unwrap().entity, Some(EntityId(0)));
    }
}
