//! Which format files are of: by their endings, and by the keys of JSON.

use serde_json::Value;

use super::catalogue::{File, Format};
use super::native;

impl Format {
    /// The format of these files, where they tell.
    pub fn guess(files: &[File]) -> Option<&'static Self> {
        if files.iter().any(|file| file.is("ann")) {
            return Self::by_id("brat");
        }
        let id = files.iter().find_map(id_of)?;
        Self::by_id(id)
    }
}

fn id_of(file: &File) -> Option<&'static str> {
    let text = std::str::from_utf8(&file.bytes).ok()?.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('<') {
        return markup(text);
    }
    if text.starts_with(['{', '[']) {
        let whole = serde_json::from_str::<Value>(text).ok();
        let first = || serde_json::from_str::<Value>(text.lines().next()?).ok();
        return json(&whole.or_else(first)?);
    }
    let columns = text.lines().find(|line| !line.trim().is_empty())?;
    if file.is("conllu") || columns.split('\t').count() == 10 || text.starts_with("# ") {
        return Some("conllu");
    }
    let is_tagged = |line: &str| {
        let last = line.split_ascii_whitespace().next_back().unwrap_or("O");
        line.trim().is_empty() || last == "O" || last.get(1..2) == Some("-")
    };
    let is_conll = text.starts_with("-DOCSTART-") || text.lines().take(20).all(is_tagged);
    is_conll.then_some("conll")
}

fn markup(text: &str) -> Option<&'static str> {
    let head = text.get(..text.len().min(4000)).unwrap_or(text);
    if head.contains("http://www.tei-c.org/ns/1.0") {
        Some("tei")
    } else if head.contains("http://www.omg.org/XMI") {
        Some("xmi")
    } else {
        None
    }
}

fn json(value: &Value) -> Option<&'static str> {
    let has = |key: &str| value.get(key).is_some();
    if value.get("format").and_then(Value::as_str) == Some(native::FORMAT) {
        return Some("native");
    }
    match value {
        // A list: of tasks, of pairs, or one pair itself.
        Value::Array(values) => match values.first()? {
            Value::String(_) => Some("spacy"),
            first @ Value::Array(_) => json(first),
            first => json(first),
        },
        _ if has("%FEATURE_STRUCTURES") => Some("cas-json"),
        _ if has("@context") => Some("web-annotation"),
        _ if has("classes") && has("annotations") => Some("ner-annotator"),
        _ if has("data") || (has("annotations") && has("predictions")) => Some("label-studio"),
        _ if has("ner_tags") || (has("tokens") && has("tags")) => Some("hugging-face"),
        _ if has("ents") => Some("spacy-docs"),
        _ if has("label") || has("labels") => Some("doccano"),
        _ if has("entities") && has("relations") && !has("spans") => Some("doccano-relations"),
        _ if has("spans") && has("text") => Some("prodigy"),
        _ => None,
    }
}
