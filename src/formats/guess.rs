//! Which format files are of: by their endings, and by the keys of JSON.

use serde_json::Value;

use super::catalogue::{File, Format};
use super::{native, plain};

impl Format {
    /// The format of these files, where they tell.
    pub fn guess(files: &[File]) -> Option<&'static Self> {
        if files.iter().any(|file| file.is("ann")) {
            return Self::by_id("brat");
        }
        let id = files.iter().find_map(id_of)?;
        Self::by_id(id)
    }

    /// What to bring instead of a file that is not read here.
    pub fn instead(file: &File) -> Option<&'static str> {
        let is_webanno = file.bytes.starts_with(b"#FORMAT=WebAnno TSV");
        is_webanno.then_some("this is WebAnno TSV: export UIMA CAS JSON or XMI from INCEpTION")
    }
}

/// What a file is, as far as its name and content tell.
pub(super) enum Kind {
    /// A file of a format that is read.
    Of(&'static Format),
    /// A web page, of which the text is wanted.
    Page,
    /// A text without annotation, or what only the intake of texts can judge.
    Text,
    /// JSON that breaks off or never was; why.
    Broken(String),
    /// Nothing that is known.
    Unsure,
}

/// What `file` is.
pub(super) fn kind_of(file: &File) -> Kind {
    if let Some(what) = Format::instead(file) {
        return Kind::Broken(what.to_owned());
    }
    if let Some(format) = id_of(file).and_then(Format::by_id) {
        return Kind::Of(format);
    }
    if plain::is_page(&file.name) {
        return Kind::Page;
    }
    let is_json = file.is("json") || file.is("jsonl") || file.is("jsonld");
    match std::str::from_utf8(&file.bytes) {
        Ok(text) if is_json => match serde_json::from_str::<Value>(text.trim_start_matches(MARK)) {
            Ok(_) => Kind::Unsure,
            Err(error) => Kind::Broken(format!(
                "this is no JSON from line {}, column {} on: put it right",
                error.line(),
                error.column()
            )),
        },
        Err(error) if is_json => {
            let at = error.valid_up_to();
            Kind::Broken(format!("byte {at} is no UTF-8: save the file as UTF-8"))
        }
        Ok(_) if !plain::is_text(&file.name) => Kind::Unsure,
        _ => Kind::Text,
    }
}

/// The byte order mark.
const MARK: char = '\u{feff}';
/// Lines of which one must tell: the first ones may be broken.
const LINES: usize = 50;

fn id_of(file: &File) -> Option<&'static str> {
    if Format::instead(file).is_some() {
        return None;
    }
    let text = std::str::from_utf8(&file.bytes).ok()?.trim_start_matches(MARK).trim_start();
    if text.starts_with('<') {
        return markup(text);
    }
    if text.starts_with(['{', '[']) {
        if let Ok(whole) = serde_json::from_str::<Value>(text) {
            return json(&whole);
        }
        let lines = text.lines().take(LINES).filter(|line| line.starts_with(['{', '[']));
        return lines.filter_map(|line| serde_json::from_str(line).ok()).find_map(|v| json(&v));
    }
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let columns = lines.find(|line| !line.trim().is_empty())?;
    if file.is("conllu") || columns.split('\t').count() == 10 {
        return Some("conllu");
    }
    let is_tagged = |line: &str| {
        let mut columns = line.split_ascii_whitespace();
        let Some(_) = columns.next() else { return true };
        columns.next_back().is_some_and(|last| last == "O" || last.get(1..2) == Some("-"))
    };
    let is_conll = text.starts_with("-DOCSTART-")
        || text.lines().filter(|l| !l.starts_with('#')).take(20).all(is_tagged);
    is_conll.then_some("conll")
}

fn markup(text: &str) -> Option<&'static str> {
    let head = &text[..text.floor_char_boundary(4000)];
    if head.contains("http://www.tei-c.org/ns/1.0") {
        Some("tei")
    } else if head.contains("http://www.omg.org/XMI") {
        Some("xmi")
    } else if head.starts_with("<View") {
        // A labelling configuration.
        Some("label-studio")
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
            first => json(first),
        },
        _ if has("%FEATURE_STRUCTURES") => Some("cas-json"),
        _ if has("@context") => Some("web-annotation"),
        _ if has("classes") && has("annotations") => Some("ner-annotator"),
        _ if has("data") || (has("annotations") && has("predictions")) => Some("label-studio"),
        _ if has("ner_tags") || (has("tokens") && has("tags")) => Some("hugging-face"),
        _ if has("ents") || value.get("spans").is_some_and(Value::is_object) => Some("spacy-docs"),
        // A task of Prodigy may also have a label of the whole text.
        _ if has("spans") && (has("_input_hash") || has("answer")) => Some("prodigy"),
        _ if is_minimal(value) => Some("label-studio"),
        _ if has("label") || has("labels") => Some("doccano"),
        _ if has("entities") && has("relations") && !has("spans") => Some("doccano-relations"),
        _ if has("spans") && has("text") => Some("prodigy"),
        _ => None,
    }
}

/// Whether this is a task of Label Studio's short export.
fn is_minimal(value: &Value) -> bool {
    value.as_object().is_some_and(|task| task.values().any(super::label_studio_read::is_regions))
}
