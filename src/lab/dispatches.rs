//! The subcommand `dispatches`: the texts of our own corpus as JSON Lines,
//! over and over, for trying out and measuring what reads streams.

use std::io::{self, Write};
use std::path::Path;

use super::options::Options;
use super::{Gold, LabError, notation};

/// Prints as many dispatches as the first word says. A reader that leaves
/// early is no error.
///
/// # Errors
/// If the words are wrong, the corpus cannot be read or the output not
/// written.
pub fn dispatches(words: &[String], out: &mut dyn Write) -> Result<(), LabError> {
    let (count, words) = words.split_first().map_or(("", words), |(count, rest)| (count, rest));
    let count = count.parse().map_err(|_| {
        LabError("say how many dispatches: guillemet dispatches 1000 [--own FOLDER]".to_owned())
    })?;
    let options = Options::new(words, &["own"])?;
    let corpus = notation::corpus(Path::new(options.get("own", "corpus")))?;
    if corpus.is_empty() {
        return Err(LabError(format!("no dispatch lies in {}", options.get("own", "corpus"))));
    }
    match print(&corpus, count, out) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(LabError(format!("the output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// One line a dispatch. From the second time on, its id says which time.
fn print(corpus: &[Gold], count: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    for (number, gold) in corpus.iter().cycle().take(count).enumerate() {
        let id = match number / corpus.len() {
            0 => gold.id.clone(),
            time => format!("{}-{}", gold.id, time + 1),
        };
        let line = serde_json::json!({"id": id, "style": gold.style, "text": gold.text});
        writeln!(out, "{line}")?;
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corpus_comes_again_under_other_ids() {
        let mut out = Vec::new();
        dispatches(&["1000".to_owned()], &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        let lines: Vec<serde_json::Value> =
            out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let ids: std::collections::BTreeSet<&str> =
            lines.iter().map(|line| line["id"].as_str().unwrap()).collect();
        assert_eq!((lines.len(), ids.len()), (1000, 1000));
        let first = lines[0]["id"].as_str().unwrap();
        let again = lines.iter().find(|line| line["id"] == format!("{first}-2")).unwrap();
        assert_eq!(again["text"], lines[0]["text"]);
        assert!(dispatches(&["many".to_owned()], &mut Vec::new()).is_err());
    }
}
