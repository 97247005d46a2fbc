//! The tokens of a document as formats of tokens need them: no token holds
//! white space, and none reaches over the start or end of a span.

use std::collections::BTreeSet;
use std::ops::Range;

use super::catalogue::Tagging;
use super::projection::is_blank;
use crate::document::Document;
use crate::engine::{sentences, tokens};
use crate::text::{ByteSpan, order};

/// Tokens in sentences.
pub(super) struct Words {
    pub tokens: Vec<ByteSpan>,
    pub sentences: Vec<Range<usize>>,
}

impl Words {
    /// The words of a document. No sentence ends inside one of `whole`.
    pub fn of(document: &Document, whole: &[ByteSpan]) -> Self {
        let bounds = document.spans().flat_map(|(_, s)| [s.range.start, s.range.end]);
        Self::cut_at(document.text(), bounds.collect(), whole)
    }

    /// The words of a text, none of which reaches over one of `bounds`.
    pub fn cut_at(text: &str, mut bounds: Vec<usize>, whole: &[ByteSpan]) -> Self {
        let found = tokens::tokenize(text);
        order::sort_by(&mut bounds, Ord::cmp);
        bounds.dedup();
        let mut tokens = Vec::with_capacity(found.len());
        let mut sentences: Vec<Range<usize>> = Vec::new();
        let mut covered = 0;
        let mut whole = whole.to_vec();
        order::sort_by(&mut whole, Ord::cmp);
        let mut whole = whole.into_iter().peekable();
        for sentence in sentences::split(text, &found) {
            let start = tokens.len();
            for token in &found[sentence] {
                cut(text, token.span, &bounds, &mut tokens);
            }
            let Some(first) = tokens.get(start).copied() else { continue };
            while let Some(span) = whole.next_if(|s| s.start < first.start) {
                covered = covered.max(span.end);
            }
            match sentences.last_mut() {
                Some(last) if first.start < covered => last.end = tokens.len(),
                _ => sentences.push(start..tokens.len()),
            }
        }
        Self { tokens, sentences }
    }

    /// The tokens inside a span.
    pub fn inside(&self, span: ByteSpan) -> Range<usize> {
        let start = self.tokens.partition_point(|t| t.start < span.start);
        let end = self.tokens.partition_point(|t| t.end <= span.end);
        start..end.max(start)
    }

    /// A tag for each token; the spans do not overlap.
    pub fn tags(&self, spans: &[(ByteSpan, &str)], tagging: Tagging) -> Vec<String> {
        let mut tags = vec!["O".to_owned(); self.tokens.len()];
        for (span, label) in spans {
            let inside = self.inside(*span);
            let last = inside.end.saturating_sub(1);
            for at in inside.clone() {
                let mark = match tagging {
                    Tagging::Bilou if inside.len() == 1 => "U",
                    Tagging::Bilou if at == last => "L",
                    _ if at == inside.start => "B",
                    _ => "I",
                };
                tags[at] = format!("{mark}-{label}");
            }
        }
        tags
    }

    /// Tokens that give the text back when each is followed by a space where
    /// it says so: white space other than that becomes tokens too.
    pub fn tiles(&self, text: &str) -> Vec<(ByteSpan, Follow)> {
        let mut tiles = Vec::with_capacity(self.tokens.len() + 8);
        let mut at = 0;
        for index in 0..=self.tokens.len() {
            let next = self.tokens.get(index).copied();
            let until = next.map_or(text.len(), |t| t.start);
            if at < until {
                let spaced = text[at..until].starts_with(' ');
                if let Some((_, follow)) = tiles.last_mut()
                    && spaced
                {
                    *follow = Follow::Space;
                    at += 1;
                }
                if at < until {
                    tiles.push((ByteSpan::new(at, until), Follow::Nothing));
                }
            }
            if let Some(token) = next {
                tiles.push((token, Follow::Nothing));
                at = token.end;
            }
        }
        tiles
    }
}

/// What comes after a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follow {
    Space,
    Nothing,
}

/// Cuts a token at bounds of spans and takes white space out.
fn cut(text: &str, token: ByteSpan, bounds: &[usize], tokens: &mut Vec<ByteSpan>) {
    let mut start = token.start;
    let first = bounds.partition_point(|b| *b <= token.start);
    let inner = bounds[first..].iter().copied().take_while(|b| *b < token.end);
    for end in inner.chain([token.end]) {
        let piece = &text[start..end];
        for word in piece.split(is_blank).filter(|word| !word.is_empty()) {
            // A piece of a string knows where it lies in it.
            let at = start + (word.as_ptr() as usize - piece.as_ptr() as usize);
            tokens.push(ByteSpan::new(at, at + word.len()));
        }
        start = end;
    }
}

/// The spans that tags mark, as ranges of tokens, however a file marks them:
/// IOB1, IOB2, BILOU (BILUO), IOBES or BMEWO; and what is no tag, which marks
/// nothing.
pub(super) fn spans_of<'a>(
    tags: impl Iterator<Item = &'a str>,
) -> (Vec<(Range<usize>, &'a str)>, BTreeSet<&'a str>) {
    let mut spans: Vec<(Range<usize>, &str)> = Vec::new();
    let mut odd = BTreeSet::new();
    let mut is_open = false;
    for (at, tag) in tags.enumerate() {
        let (mark, label) = parts(tag);
        match mark {
            "I" | "L" | "E" | "M" if !label.is_empty() => {
                match spans.last_mut() {
                    Some((range, open)) if is_open && *open == label && range.end == at => {
                        range.end += 1;
                    }
                    _ => spans.push((at..at + 1, label)),
                }
                is_open = matches!(mark, "I" | "M");
            }
            "B" | "U" | "S" | "W" if !label.is_empty() => {
                spans.push((at..at + 1, label));
                is_open = mark == "B";
            }
            _ => {
                is_open = false;
                if !is_outside(tag) {
                    odd.insert(tag);
                }
            }
        }
    }
    (spans, odd)
}

/// Whether a word is a tag, as any of these write it.
pub(super) fn is_tag(word: &str) -> bool {
    spans_of(std::iter::once(word)).1.is_empty()
}

fn parts(tag: &str) -> (&str, &str) {
    tag.split_once(['-', '_']).unwrap_or((tag, ""))
}

fn is_outside(tag: &str) -> bool {
    matches!(tag, "O" | "" | "-" | "_")
}

/// A text of tokens, spaced as French is where the tokens show it, and where
/// each token lies in it.
#[derive(Default)]
pub(super) struct Rebuilt {
    pub text: String,
    pub tokens: Vec<ByteSpan>,
}

impl Rebuilt {
    /// Adds the next token of a sentence.
    pub fn push(&mut self, token: &str) {
        let follows = token.starts_with([',', '.', ')', ']', '…', '’']) || token.starts_with("-t-");
        let joins = self.text.is_empty()
            || self.text.ends_with(['\n', '’', '\'', '(', '['])
            || self.text.ends_with("-t-");
        if !follows && !joins {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(token);
        self.tokens.push(ByteSpan::new(start, self.text.len()));
    }

    /// Ends a sentence.
    pub fn end(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// From the first of these tokens to the last.
    pub fn cover(&self, tokens: &Range<usize>) -> Option<ByteSpan> {
        let first = self.tokens.get(tokens.start)?;
        let last = self.tokens.get(tokens.end.checked_sub(1)?)?;
        Some(first.cover(*last))
    }
}
