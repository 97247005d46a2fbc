//! Quotations that people marked, with cue, speaker and who says it: from our
//! own corpus (`corpus/NOTATION.md`) and from the JSON of `quotes-dev`.

use std::path::Path;

use serde_json::Value;

use super::{LabError, files, read};
use crate::scheme::QuoteKind;
use crate::text::{ByteSpan, CodePointSpan, Offsets};

/// A text with its quotations.
#[derive(Clone, Debug)]
pub struct Reported {
    /// Its name in its corpus.
    pub id: String,
    /// The text.
    pub text: String,
    /// In text order.
    pub quotations: Vec<Marked>,
}

/// One quotation as a person marked it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// Where.
    pub span: ByteSpan,
    /// How it is reported.
    pub kind: QuoteKind,
    /// The words that report.
    pub cue: Option<ByteSpan>,
    /// The source phrase.
    pub speaker: Option<ByteSpan>,
    /// Who says it, by the name as first given.
    pub resolved: Option<String>,
}

/// The styles of our own corpus that are kept for the last score: each third
/// of those that there were when it was parted. Styles that came later are
/// tuned on.
const UNTOUCHED: [&str; 8] = [
    "courts",
    "disasters-weather",
    "interviews",
    "politics",
    "regional-east",
    "science-health",
    "wire-asia-americas",
    "wire-urgent",
];

/// Which files of a folder to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All but those, to tune on.
    Tuning,
    /// Those kept for the last score.
    Untouched,
    /// All.
    All,
}

impl Part {
    fn holds(self, is_untouched: bool) -> bool {
        match self {
            Self::Tuning => !is_untouched,
            Self::Untouched => is_untouched,
            Self::All => true,
        }
    }
}

/// Our own corpus; a part holds whole styles.
///
/// # Errors
/// If a file cannot be read or does not keep the notation.
pub fn own(folder: &Path, part: Part) -> Result<Vec<Reported>, LabError> {
    let mut out = Vec::new();
    for path in files(folder, "txt")? {
        let style = path.file_stem().unwrap_or_default();
        if part.holds(UNTOUCHED.iter().any(|untouched| style == *untouched)) {
            out.extend(dispatches(&read(&path)?, &path.display().to_string())?);
        }
    }
    Ok(out)
}

/// The dispatches of a file in the notation, called `name` in errors.
///
/// # Errors
/// If it does not keep the notation.
pub fn dispatches(file: &str, name: &str) -> Result<Vec<Reported>, LabError> {
    let mut out = Vec::new();
    for dispatch in file.split("\n=== ") {
        let dispatch = dispatch.strip_prefix("=== ").unwrap_or(dispatch).trim_start();
        let Some((header, marked)) = dispatch.split_once("\n\n") else { continue };
        let id = header.lines().next().unwrap_or_default().to_owned();
        let wrong = |what: &str| LabError(format!("{name}, {id}: {what}"));
        let (text, quotations) = unmark(marked.trim_end()).map_err(|what| wrong(&what))?;
        out.push(Reported { id, text, quotations });
    }
    Ok(out)
}

/// Takes the marks out of a text and keeps the quotations.
///
/// # Errors
/// In words, where the marks do not nest or a quotation has no kind.
pub fn unmark(marked: &str) -> Result<(String, Vec<Marked>), String> {
    let mut text = String::with_capacity(marked.len());
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut spans: Vec<(ByteSpan, String)> = Vec::new();
    let mut chars = marked.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => text.extend(chars.next().map(|(_, c)| c)),
            '{' => {
                let bar = marked[at..].find('|').ok_or("a span without \"|\"")?;
                open.push((text.len(), marked[at + 1..at + bar].to_owned()));
                while chars.next().is_some_and(|(_, c)| c != '|') {}
            }
            '}' => {
                let (start, label) = open.pop().ok_or("a \"}\" without \"{\"")?;
                spans.push((ByteSpan::new(start, text.len()), label));
            }
            c => text.push(c),
        }
    }
    if !open.is_empty() {
        return Err("a span is not closed".to_owned());
    }
    Ok((text, tie(&spans)?))
}

/// Ties quotations to cues and speakers by their numbers.
fn tie(spans: &[(ByteSpan, String)]) -> Result<Vec<Marked>, String> {
    let numbered = |letter: char, number: &str| {
        let mut found = spans.iter().filter(|(_, label)| {
            label.strip_prefix(letter).is_some_and(|n| n.split(',').any(|n| n == number))
        });
        found.next().map(|(span, _)| *span)
    };
    let mut out = Vec::new();
    for (span, label) in spans {
        let Some(rest) = label.strip_prefix('Q') else { continue };
        let Some((number, rest)) = rest.split_once(' ') else { continue };
        let (kind, name) = rest.split_once('=').unwrap_or((rest, ""));
        let kind = QuoteKind::from_name(kind.trim())
            .ok_or_else(|| format!("no kind of quotation is called {:?}", kind.trim()))?;
        out.push(Marked {
            span: *span,
            kind,
            cue: numbered('C', number),
            speaker: numbered('S', number),
            resolved: Some(name.trim().to_owned()).filter(|n| !n.is_empty()),
        });
    }
    out.sort_by_key(|q| q.span);
    Ok(out)
}

/// The articles of `quotes-dev`, whose texts lie in the folder of WiNER.
///
/// # Errors
/// If a file cannot be read or its offsets do not fit.
pub fn articles(folder: &Path, winer: &Path, part: Part) -> Result<Vec<Reported>, LabError> {
    let mut out = Vec::new();
    for (at, path) in files(folder, "json")?.iter().enumerate() {
        if !part.holds(at % 3 == 2) {
            continue;
        }
        let wrong = |what: String| LabError(format!("{}: {what}", path.display()));
        let value: Value = serde_json::from_str(&read(path)?).map_err(|e| wrong(e.to_string()))?;
        let source = value["source"].as_str().unwrap_or_default();
        let text = read(&winer.join(source.rsplit(' ').next().unwrap_or_default()))?;
        let offsets = Offsets::new(&text);
        let span = |value: &Value| {
            let number = |key: &str| value[key].as_u64().map(|n| n as usize);
            let (start, end) = (number("start")?, number("end")?);
            offsets.resolve_code_points(CodePointSpan { start, end }).ok()
        };
        let listed = |list: &str, at: &Value| span(&value[list][at.as_u64()? as usize]);
        let mut quotations = Vec::new();
        for quote in value["quotes"].as_array().into_iter().flatten() {
            let kind = quote["kind"].as_str().and_then(QuoteKind::from_name);
            let (Some(span), Some(kind)) = (span(quote), kind) else {
                return Err(wrong("a quotation without bounds or kind".to_owned()));
            };
            quotations.push(Marked {
                span,
                kind,
                cue: listed("cues", &quote["cue"]),
                speaker: listed("speakers", &quote["speaker"]),
                resolved: quote["resolved"].as_str().map(str::to_owned),
            });
        }
        quotations.sort_by_key(|q| q.span);
        let id = value["id"].as_str().unwrap_or_default().to_owned();
        drop(offsets);
        out.push(Reported { id, text, quotations });
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_tie() {
        let marked = "{Q1 direct =Ana Roy|« Oui »}, {C1|a dit} {S1|{PERSON|Ana Roy}}.";
        let (text, quotations) = unmark(marked).unwrap();
        assert_eq!(text, "« Oui », a dit Ana Roy.");
        let quotation = &quotations[0];
        assert_eq!(quotation.cue.unwrap().of(&text), "a dit");
        assert_eq!(quotation.speaker.unwrap().of(&text), "Ana Roy");
        assert_eq!(quotation.resolved.as_deref(), Some("Ana Roy"));
        assert!(unmark("{Q1 said|x}").is_err());
    }
}
