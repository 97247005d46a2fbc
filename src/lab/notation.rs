//! The notation of our own corpus: dispatches with their annotation inline
//! (see `corpus/NOTATION.md`). Here only the mentions are kept; quotations,
//! cues and speakers are read through.

use std::path::Path;

use super::{Gold, Guide, LabError, files, read};
use crate::scheme::MentionLabel;
use crate::text::ByteSpan;

/// Reads all `.txt` files of a folder.
///
/// # Errors
/// If a file does not keep the notation.
pub fn corpus(folder: &Path) -> Result<Vec<Gold>, LabError> {
    let mut documents = Vec::new();
    for path in files(folder, "txt")? {
        documents.extend(dispatches(&read(&path)?, &path.display().to_string())?);
    }
    Ok(documents)
}

/// Reads the dispatches of one file, called `name` in errors.
///
/// # Errors
/// If it does not keep the notation.
pub fn dispatches(file: &str, name: &str) -> Result<Vec<Gold>, LabError> {
    let mut documents = Vec::new();
    let mut lines = file.lines().enumerate().peekable();
    while let Some((number, line)) = lines.next() {
        let wrong = |what: &str| LabError(format!("{name}, line {}: {what}", number + 1));
        if line.trim().is_empty() {
            continue;
        }
        let id = line.strip_prefix("=== ").ok_or_else(|| wrong("a header \"=== id\" expected"))?;
        let mut style = String::new();
        for (_, line) in lines.by_ref() {
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("style: ") {
                style = value.trim().to_owned();
            }
        }
        let mut marked = String::new();
        while let Some((_, line)) = lines.next_if(|(_, line)| !line.starts_with("=== ")) {
            marked.push_str(line);
            marked.push('\n');
        }
        let (text, mentions) =
            unmark(marked.trim_end()).map_err(|what| wrong(&format!("{id}: {what}")))?;
        documents.push(Gold { id: id.to_owned(), style, guide: Guide::Own, text, mentions });
    }
    Ok(documents)
}

/// Takes the marks out of a text.
///
/// # Errors
/// In words, where the marks do not nest.
pub fn unmark(marked: &str) -> Result<(String, Vec<(ByteSpan, MentionLabel)>), String> {
    let mut text = String::with_capacity(marked.len());
    let mut open: Vec<(usize, Option<MentionLabel>)> = Vec::new();
    let mut mentions = Vec::new();
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let escaped = rest.chars().next().ok_or("a backslash at the end")?;
                rest = &rest[escaped.len_utf8()..];
                text.push(escaped);
            }
            '{' => {
                let (label, after) = rest.split_once('|').ok_or("a span without \"|\"")?;
                let known = MentionLabel::from_name(label);
                if known.is_none() && !label.starts_with(['Q', 'C', 'S']) {
                    return Err(format!("no label is called {label}"));
                }
                open.push((text.len(), known));
                rest = after;
            }
            '}' => {
                let (start, label) = open.pop().ok_or("a \"}\" without \"{\"")?;
                let span = ByteSpan::new(start, text.len());
                if span.of(&text).trim() != span.of(&text) || span.is_empty() {
                    return Err(format!(
                        "the span {:?} is empty or has space around",
                        span.of(&text)
                    ));
                }
                mentions.extend(label.map(|label| (span, label)));
            }
            c => text.push(c),
        }
    }
    if let Some((start, _)) = open.last() {
        return Err(format!(
            "a span is not closed: {:?}",
            text[*start..].chars().take(30).collect::<String>()
        ));
    }
    mentions.sort_by_key(|(span, label)| (*span, *label));
    Ok((text, mentions))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out() {
        let file = "=== a-1\nstyle: a\ntitle: T\n\n{Q1 direct =X|« {PLACE|Oui} \\{»}, {C1|dit-{S1|il}}.\n\nFin.\n\n=== a-2\nstyle: b\n\nRien.\n";
        let read = dispatches(file, "test").unwrap();
        assert_eq!(read[0].text, "« Oui {», dit-il.\n\nFin.");
        let (span, label) = read[0].mentions[0];
        assert_eq!((span.of(&read[0].text), label), ("Oui", MentionLabel::Place));
        assert_eq!((read[1].id.as_str(), read[1].style.as_str()), ("a-2", "b"));
        assert!(dispatches("=== a\n\n{PLACE|x", "t").is_err());
        assert!(dispatches("=== a\n\n{PLAC|x}", "t").is_err());
        assert!(dispatches("=== a\n\nx}", "t").is_err());
    }
}
