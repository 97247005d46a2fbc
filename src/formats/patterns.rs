//! Patterns for spaCy's entity ruler and Prodigy's recipes: each name once,
//! with its label, a JSON line each. Made of the spans that leave; names
//! over several lines are none.

use std::collections::BTreeMap;

use serde_json::json;

use super::catalogue::{Export, File};
use super::json;

/// Writes the patterns, by label and name.
pub(super) fn write(export: &Export<'_>) -> Vec<File> {
    // Who it is goes along where all mentions of the name agree.
    let mut found: BTreeMap<(&str, &str), Option<&str>> = BTreeMap::new();
    for document in export.documents {
        for (_, span) in document.spans() {
            let words = document.words(span);
            if words.contains(['\n', '\r']) {
                continue;
            }
            let who = span.entity.and_then(|id| document.entity(id)).map(|e| e.name.as_str());
            let known = found.entry((span.label.as_str(), words)).or_insert(who);
            if *known != who {
                *known = None;
            }
        }
    }
    let lines = found.into_iter().map(|((label, pattern), who)| match who {
        Some(id) => json!({"label": label, "pattern": pattern, "id": id}),
        None => json!({"label": label, "pattern": pattern}),
    });
    vec![File::text(export.file("patterns.jsonl"), json::lines(lines))]
}
