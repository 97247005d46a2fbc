//! WiNER in brat's stand-off form: a `.txt` beside an `.ann` whose lines are
//! `T1<tab>Person 12 25<tab>text`, offsets in code points. Its types become
//! our labels; Event and Product are MISC.

use std::path::Path;

use super::{Gold, Guide, LabError, files, read};
use crate::scheme::MentionLabel;
use crate::text::ByteSpan;

/// Reads `year/month/*.txt` below `root`, in order of time.
///
/// # Errors
/// If a file is missing or an annotation does not fit its text.
pub fn corpus(root: &Path) -> Result<Vec<Gold>, LabError> {
    let mut documents = Vec::new();
    for year in ["2016", "2017"] {
        for month in 1..=12 {
            for path in files(&root.join(year).join(format!("{month:02}")), "txt")? {
                documents.push(document(&path)?);
            }
        }
    }
    Ok(documents)
}

fn document(path: &Path) -> Result<Gold, LabError> {
    let text = read(path)?;
    let annotation = read(&path.with_extension("ann"))?;
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let (mut mentions, mut skipped) = (Vec::new(), 0);
    for (number, line) in annotation.lines().enumerate() {
        let wrong = |what: &str| {
            LabError(format!(
                "{}, line {}: {what}",
                path.with_extension("ann").display(),
                number + 1
            ))
        };
        let Some(("T", rest)) = line.split_at_checked(1) else { continue };
        let mut columns = rest.split('\t').skip(1);
        let (Some(place), Some(covered)) = (columns.next(), columns.next()) else {
            return Err(wrong("three columns expected"));
        };
        let mut place = place.split(' ');
        let kind = place.next().unwrap_or_default();
        let mut offset = || place.next().and_then(|n| n.parse::<usize>().ok());
        let (Some(start), Some(end)) = (offset(), offset()) else {
            return Err(wrong("two offsets expected"));
        };
        let (Some(start), Some(end)) = (bytes.get(start), bytes.get(end)) else {
            return Err(wrong("offsets outside the text"));
        };
        let span = ByteSpan::new(*start, *end);
        // Some entries cover a space that the text writes as another one; the
        // offsets are right. Where even the words differ, they are not.
        if !span.of(&text).split_whitespace().eq(covered.split_whitespace()) {
            skipped += 1;
            continue;
        }
        let trimmed = crate::text::trim(&text, span);
        if let Some(label) = label(kind)
            && let Some(span) = Some(trimmed).filter(|span| !span.is_empty())
        {
            mentions.push((span, label));
        }
    }
    mentions.sort_by_key(|(span, label)| (*span, *label));
    mentions.dedup();
    if skipped > 0 {
        eprintln!("{}: {skipped} annotations do not fit the text", path.display());
    }
    let id = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    Ok(Gold { style: id[..7].to_owned(), id, guide: Guide::Winer, text, mentions })
}

fn label(kind: &str) -> Option<MentionLabel> {
    match kind {
        "Person" => Some(MentionLabel::Person),
        "Organization" => Some(MentionLabel::Org),
        "Location" => Some(MentionLabel::Place),
        "Event" | "Product" => Some(MentionLabel::Misc),
        "Date" | "Hour" => Some(MentionLabel::Date),
        _ => None,
    }
}
