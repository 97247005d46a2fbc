//! A data set to train on: the rows of Hugging Face in `train`, `dev` and
//! `test`, a card that counts what they hold, and the annotation guide.
//!
//! A document's split depends on its id alone, so new documents move no old
//! one; near-duplicates go together ([`super::duplicates`]), by the first id
//! of their group.

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::{Export, File, Imported, Options};
use super::duplicates::{groups, hash};
use super::guide::guide;
use super::{hugging_face, json, layer_of};
use crate::document::Document;

/// The splits with the hundredths of all documents that come to each.
const SPLITS: [(&str, &str, u64); 3] =
    [("train", "train", 80), ("dev", "validation", 10), ("test", "test", 10)];

/// Writes the rows of each split that has any, and the card.
pub(super) fn write(export: &Export<'_>) -> Vec<File> {
    let splits = splits(export.documents);
    let mut files = Vec::new();
    let mut parts = Vec::new();
    for (name, key, _) in SPLITS {
        let of_split = export.documents.iter().zip(&splits).filter(|(_, split)| **split == name);
        let documents: Vec<&Document> = of_split.map(|(document, _)| document).collect();
        if documents.is_empty() {
            continue;
        }
        let rows = documents.iter().map(|document| hugging_face::row(document, export.options));
        files.push(File::text(format!("data/{name}.jsonl"), json::lines(rows)));
        parts.push((name, key, documents));
    }
    files.insert(0, File::text("README.md", card(&parts, export.options)));
    files.insert(1, File::text("GUIDE.md", guide(export.scheme, export.documents)));
    files
}

/// Reads the rows of all splits.
pub(super) fn read(files: &[File]) -> Imported {
    let rows: Vec<File> = files.iter().filter(|file| !file.is("md")).cloned().collect();
    hugging_face::read(&rows)
}

/// The split of each document.
pub(super) fn splits(documents: &[Document]) -> Vec<&'static str> {
    // Documents without an id are told apart by their text.
    let key = |document: &Document| match &*document.id {
        "" => hash(document.text()),
        id => hash(id),
    };
    let texts: Vec<&str> = documents.iter().map(|document| &**document.text()).collect();
    let groups = groups(&texts);
    let mut first: BTreeMap<usize, (&str, u64)> = BTreeMap::new();
    for (document, group) in documents.iter().zip(&groups) {
        let mine = (document.id.as_str(), key(document));
        first.entry(*group).and_modify(|f| *f = (*f).min(mine)).or_insert(mine);
    }
    let split = |group: &usize| {
        let mut place = first[group].1 % 100;
        let found = SPLITS.iter().find(|(_, _, share)| {
            let is_here = place < *share;
            place = place.saturating_sub(*share);
            is_here
        });
        found.map_or(SPLITS[0].0, |(name, ..)| *name)
    };
    groups.iter().map(split).collect()
}

/// The card: where the splits lie, and how many of each label they hold.
fn card(parts: &[(&str, &str, Vec<&Document>)], options: &Options) -> String {
    let all = || parts.iter().flat_map(|(_, _, documents)| documents.iter().copied());
    let languages: BTreeSet<&str> =
        all().map(|d| d.language.split('-').next().unwrap_or("fr")).collect();
    let mut out = String::from("---\nlanguage:\n");
    languages.iter().for_each(|language| out += &format!("- {}\n", quoted(language)));
    out += "task_categories:\n- token-classification\nconfigs:\n- config_name: default\n  data_files:\n";
    for (name, key, _) in parts {
        out += &format!("  - split: {key}\n    path: data/{name}.jsonl\n");
    }
    out += &format!("---\n\n# {}\n\n", options.stem);
    out += "Dispatches with the mentions of entities, quotations, cues and speakers, written by \
            Guillemet. Offsets count Unicode code points, and the end is exclusive. \
            The split depends on the document's id; near-duplicates are together, where the \
            first of their ids belongs. What the labels mean is in GUIDE.md.\n\n\
            | | ";
    let counts = parts.iter().map(|(_, _, documents)| count(documents));
    let counts: Vec<BTreeMap<&str, usize>> = counts.collect();
    out += &parts.iter().map(|(name, ..)| *name).collect::<Vec<_>>().join(" | ");
    out += &format!(" |\n|---|{}\n", "---:|".repeat(parts.len()));
    let mut row = |name: &str, cells: Vec<usize>| {
        let cells: Vec<String> = cells.iter().map(usize::to_string).collect();
        // A bar would end the cell.
        out.push_str(&format!("| {} | {} |\n", name.replace('|', "\\|"), cells.join(" | ")));
    };
    row("documents", parts.iter().map(|(_, _, documents)| documents.len()).collect());
    let labels: BTreeSet<&str> = counts.iter().flat_map(BTreeMap::keys).copied().collect();
    for label in &labels {
        row(label, counts.iter().map(|c| c.get(label).copied().unwrap_or(0)).collect());
    }
    let mentions = all().flat_map(Document::spans).map(|(_, span)| &span.label);
    let mentions: BTreeSet<&str> = mentions
        .filter(|label| layer_of(label) == super::Layer::Mentions)
        .map(|label| label.as_str())
        .collect();
    let tags: Vec<String> = std::iter::once(quoted("O"))
        .chain(mentions.iter().flat_map(|l| ["B", "I"].map(|mark| quoted(&format!("{mark}-{l}")))))
        .collect();
    out + &format!(
        "\n```python\nfrom datasets import ClassLabel, List, load_dataset\n\n\
         tags = [{}]\n\
         data = load_dataset(\"path/to/this/folder\")\n\
         data = data.cast_column(\"ner_tags\", List(ClassLabel(names=tags)))\n```\n",
        tags.join(", ")
    )
}

fn count<'d>(documents: &[&'d Document]) -> BTreeMap<&'d str, usize> {
    let mut counts = BTreeMap::new();
    for (_, span) in documents.iter().copied().flat_map(Document::spans) {
        *counts.entry(span.label.as_str()).or_default() += 1;
    }
    counts
}

/// A string of JSON, which YAML and Python read too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dispatch(number: usize) -> Document {
        let words: Vec<String> = (0..40).map(|i| format!("mot{}", number * 1000 + i)).collect();
        Document::new(&format!("depeche-{number}"), "", "fr", &words.join(" "))
    }

    #[test]
    fn the_splits_have_their_shares() {
        let documents: Vec<Document> = (0..2000).map(dispatch).collect();
        let splits = splits(&documents);
        let share = |name| splits.iter().filter(|split| **split == name).count();
        // Three standard deviations of a fair draw: 54 and 40 documents.
        assert!(share("train").abs_diff(1600) < 54, "{}", share("train"));
        assert!(share("dev").abs_diff(200) < 40, "{}", share("dev"));
        assert!(share("test").abs_diff(200) < 40, "{}", share("test"));
    }

    #[test]
    fn new_documents_move_no_old_one() {
        let documents: Vec<Document> = (0..300).map(dispatch).collect();
        let all = splits(&documents);
        assert_eq!(splits(&documents[..100]), all[..100]);
        let mut reversed: Vec<Document> = documents;
        reversed.reverse();
        assert!(splits(&reversed).iter().rev().eq(&all));
    }

    #[test]
    fn near_duplicates_stay_together() {
        let mut documents: Vec<Document> = (0..200).map(dispatch).collect();
        for number in 0..200 {
            let text = documents[number].text().replace("mot1 ", "autre ") + " et une fin nouvelle";
            documents.push(Document::new(&format!("suite-{number}"), "", "fr", &text));
        }
        let splits = splits(&documents);
        assert_eq!(splits[..200], splits[200..]);
    }
}
