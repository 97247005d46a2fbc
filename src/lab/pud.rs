//! UD French-PUD with our annotation: `sentences.tsv` and `part-N.jsonl`, one
//! sentence a document. For measuring only.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::{Gold, Guide, LabError, read};
use crate::scheme::MentionLabel;
use crate::text::{CodePointSpan, Offsets};

/// Reads these parts.
///
/// # Errors
/// If a file is missing or an annotation does not fit its sentence.
pub fn corpus(root: &Path, parts: &[u32]) -> Result<Vec<Gold>, LabError> {
    let sentences = read(&root.join("sentences.tsv"))?;
    let sentences: BTreeMap<&str, &str> =
        sentences.lines().filter_map(|line| line.split_once('\t')).collect();
    let mut documents = Vec::new();
    for part in parts {
        let path = root.join(format!("part-{part}.jsonl"));
        for (number, line) in read(&path)?.lines().enumerate() {
            let wrong =
                |what: &str| LabError(format!("{}, line {}: {what}", path.display(), number + 1));
            let value: Value = serde_json::from_str(line).map_err(|e| wrong(&e.to_string()))?;
            let id = value["id"].as_str().ok_or_else(|| wrong("no id"))?;
            let text = *sentences.get(id).ok_or_else(|| wrong("no such sentence"))?;
            let offsets = Offsets::new(text);
            let mut mentions = Vec::new();
            for span in value["spans"].as_array().into_iter().flatten() {
                let number = |key: &str| span[key].as_u64().map(|n| n as usize);
                let label = span["label"].as_str().and_then(MentionLabel::from_name);
                let (Some(start), Some(end), Some(label)) = (number("start"), number("end"), label)
                else {
                    return Err(wrong("a span without bounds or label"));
                };
                let span = offsets
                    .resolve_code_points(CodePointSpan { start, end })
                    .map_err(|error| wrong(&format!("{error:?}")))?;
                mentions.push((span, label));
            }
            mentions.sort_by_key(|(span, label)| (*span, *label));
            let style = if id.starts_with('n') { "news" } else { "encyclopaedia" };
            documents.push(Gold {
                id: id.to_owned(),
                style: style.to_owned(),
                guide: Guide::Own,
                text: text.to_owned(),
                mentions,
            });
        }
    }
    Ok(documents)
}
