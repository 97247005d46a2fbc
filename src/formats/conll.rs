//! CoNLL-2003: four columns (form, part of speech, chunk, tag), an empty line
//! after a sentence, `-DOCSTART-` before a document. One layer, no overlaps;
//! where a second column is wanted, that of the chunks has the tags of the
//! spans that overlap the others, so that whoever reads the last column alone
//! reads what they expect.
//!
//! The header is the one that spaCy asks for. Readers cut lines at any white
//! space of Unicode, so no form holds any. It reads the first column as the
//! form and the last as the tag, in IOB1, IOB2, BILOU, IOBES or BMEWO; where
//! the first numbers the tokens, the second is the form, and two columns of
//! tags (GermEval) are both read. Lines that start with `#` and have no tag are
//! comments.

use super::catalogue::{Columns, Export, File, Imported, Tagging};
use super::draft::{Draft, Problem};
use super::projection::layers;
use super::words::{Rebuilt, Words, is_tag, spans_of};
use crate::document::Document;
use crate::text::ByteSpan;

/// The form that starts a document.
const MARK: &str = "-DOCSTART-";
const START: &str = "-DOCSTART- -X- O O\n\n";

/// Writes all documents into one file.
pub(super) fn write(export: &Export<'_>) -> Vec<File> {
    write_as(export, export.options.tagging, "conll")
}

/// Writes with the tags of BILOU.
pub(super) fn write_bilou(export: &Export<'_>) -> Vec<File> {
    write_as(export, Tagging::Bilou, "bilou.conll")
}

fn write_as(export: &Export<'_>, tagging: Tagging, ending: &str) -> Vec<File> {
    let mut out = String::new();
    for document in export.documents {
        out.push_str(START);
        let spans = document.spans_in_order();
        let whole: Vec<ByteSpan> = spans.iter().map(|(_, s)| s.range).collect();
        let words = words(document, &whole);
        let ranges = spans.iter().map(|(id, s)| (s.range, *id));
        let [tags, second] = layers(ranges, export.options.overlaps).map(|layer| {
            let of_layer = spans.iter().filter(|(id, _)| layer.contains(id));
            let of_layer: Vec<_> = of_layer.map(|(_, s)| (s.range, s.label.as_str())).collect();
            words.tags(&of_layer, tagging)
        });
        for sentence in &words.sentences {
            for at in sentence.clone() {
                out.push_str(words.tokens[at].of(document.text()));
                out.push_str(" -X- ");
                out.push_str(match export.options.columns {
                    Columns::One => "_",
                    Columns::Two => &second[at],
                });
                out.push(' ');
                out.push_str(&tags[at]);
                out.push('\n');
            }
            out.push('\n');
        }
    }
    vec![File::text(export.file(ending), out)]
}

/// The words of a document, of which none reads as the start of another.
fn words(document: &Document, whole: &[ByteSpan]) -> Words {
    let text = document.text();
    let starts = text.match_indices(MARK).map(|(at, _)| at + MARK.len() - 1);
    let bounds = whole.iter().flat_map(|range| [range.start, range.end]);
    Words::cut_at(text, bounds.chain(starts).collect(), whole)
}

/// Reads files of such lines, two columns or more.
pub(super) fn read(files: &[File]) -> Imported {
    let mut imported = Imported::default();
    for file in files {
        let Some(text) = file.read(&mut imported.problems) else { continue };
        let is_numbered = is_numbered(text);
        let mut reading = Reading::default();
        for (index, line) in text.lines().enumerate() {
            if is_comment(line) {
                continue;
            }
            // White space of ASCII alone: what another tool wrote into a form
            // with a no-break space is one form.
            let mut columns = line.split_ascii_whitespace().skip(usize::from(is_numbered));
            let Some(form) = columns.next() else {
                reading.words.end();
                continue;
            };
            if form == MARK {
                reading.finish(&file.name, &mut imported);
                reading = Reading { has_start: true, ..Reading::default() };
                continue;
            }
            let columns: Vec<&str> = columns.collect();
            let (second, tag) = match columns[..] {
                [] => {
                    let at = format!("{} line {}", file.name, index + 1);
                    let what = "a token needs its tag in a last column";
                    imported.problems.push(Problem::new(at, what));
                    continue;
                }
                // Two columns of tags, or one of chunks that holds tags: ours.
                [outer, inner] if is_numbered && is_tag(outer) => (outer, inner),
                ["-X-", second, .., tag] => (second, tag),
                [.., tag] => ("O", tag),
            };
            reading.words.push(form);
            reading.tags.push(tag);
            reading.second.push(second);
        }
        reading.finish(&file.name, &mut imported);
    }
    imported
}

/// Whether a line is a comment, and not a token `#` with its tag.
fn is_comment(line: &str) -> bool {
    line.starts_with('#') && !line.split_ascii_whitespace().skip(1).last().is_some_and(is_tag)
}

/// Whether the first column numbers the tokens of each sentence, before a
/// form and its tag.
fn is_numbered(text: &str) -> bool {
    let mut number = 0;
    let mut tokens = text.lines().filter(|line| !is_comment(line)).filter_map(|line| {
        let mut columns = line.split_ascii_whitespace();
        let first = columns.next();
        number = if first.is_some() { number + 1 } else { 0 };
        Some(first?.parse() == Ok(number) && columns.count() > 1)
    });
    tokens.next() == Some(true) && tokens.all(|is_it| is_it)
}

#[derive(Default)]
struct Reading<'t> {
    words: Rebuilt,
    tags: Vec<&'t str>,
    second: Vec<&'t str>,
    has_start: bool,
}

impl Reading<'_> {
    fn finish(self, file: &str, imported: &mut Imported) {
        if self.words.text.is_empty() && !self.has_start {
            return;
        }
        let at = format!("{file} document {}", imported.documents.len() + 1);
        let mut draft = Draft::new(&at, "", self.words.text.trim_end());
        draft.unit = super::Unit::Byte;
        for tags in [self.tags, self.second] {
            let (spans, odd) = spans_of(tags.into_iter());
            for tag in odd {
                imported.problems.push(Problem::new(&at, format_args!("{tag:?} is no tag")));
            }
            for (tokens, label) in spans {
                if let Some(range) = self.words.cover(&tokens) {
                    draft.span(&at, (range.start, range.end), label);
                }
            }
        }
        imported.documents.push(draft.finish(&mut imported.problems));
    }
}
