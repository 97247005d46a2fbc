//! A text as the quotation stages read it: each token with what it can be,
//! the regions in marks, and the stretches to search.
//!
//! A [`Stretch`] is a sentence, or several where marks hold them together, or
//! the inside of a region; regions within it count as one item each.

use std::ops::Range;

use super::lexicon::{Lexicon, lexicon};
use super::marks::{self, Region};
use super::words::{Word, first, words};
use crate::engine::Mention;
use crate::engine::tokens::Token;
use crate::text::ByteSpan;

/// Longer stretches are cut: no sentence of news has so many items.
const MAX_ITEMS: usize = 400;

/// One item of a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A token.
    Token(usize),
    /// A whole region in marks.
    Region(usize),
}

/// A run of items to search for reports.
#[derive(Clone, Debug)]
pub struct Stretch {
    /// Its items in text order.
    pub items: Vec<Item>,
    /// The region whose inside it is.
    pub inside: Option<usize>,
    /// The line it stands in.
    pub line: usize,
}

/// The text with all that was read from it.
pub struct Reading<'t> {
    /// The text.
    pub text: &'t str,
    /// Its tokens.
    pub tokens: &'t [Token],
    /// One for each token.
    pub words: Vec<Word>,
    /// In text order.
    pub regions: Vec<Region>,
    /// The lines as ranges of tokens.
    pub lines: Vec<Range<usize>>,
    /// The sentences as ranges of tokens.
    pub sentences: &'t [Range<usize>],
    /// What to search, outer stretches before inner ones.
    pub stretches: Vec<Stretch>,
    /// The words.
    pub lexicon: &'static Lexicon,
}

impl<'t> Reading<'t> {
    /// Reads `text`.
    pub fn new(
        text: &'t str,
        tokens: &'t [Token],
        sentences: &'t [Range<usize>],
        mentions: &[Mention],
    ) -> Self {
        let lexicon = lexicon();
        let lines = marks::lines(text, tokens);
        let regions = marks::regions(text, tokens, &lines, sentences);
        let words = words(text, tokens, sentences, mentions, lexicon);
        let mut reading =
            Self { text, tokens, words, regions, lines, sentences, stretches: Vec::new(), lexicon };
        reading.stretches = reading.cut(sentences);
        reading
    }

    /// The text of token `i`.
    pub fn of(&self, i: usize) -> &'t str {
        self.tokens[i].of(self.text)
    }

    /// Whether token `i` is this mark or word as written.
    #[inline]
    pub fn is(&self, i: usize, text: &str) -> bool {
        self.words.get(i).is_some_and(|w| w.first == first(text)) && self.of(i) == text
    }

    /// From the start of the first token to the end of the last.
    pub fn span(&self, tokens: Range<usize>) -> ByteSpan {
        debug_assert!(!tokens.is_empty());
        ByteSpan::new(self.tokens[tokens.start].span.start, self.tokens[tokens.end - 1].span.end)
    }

    /// Whether tokens `i` and `i + 1` touch.
    pub fn touches_next(&self, i: usize) -> bool {
        self.tokens.get(i + 1).is_some_and(|t| t.span.start == self.tokens[i].span.end)
    }

    /// Sentences joined where a region runs over their border, then the
    /// insides of the regions.
    fn cut(&self, sentences: &[Range<usize>]) -> Vec<Stretch> {
        let mut stretches = Vec::new();
        let mut line = 0;
        let mut at = 0;
        let mut region = 0;
        while at < sentences.len() {
            let mut range = sentences[at].clone();
            at += 1;
            // Top-level regions that start in the range hold it together.
            loop {
                while region < self.regions.len() && self.regions[region].tokens.start < range.end {
                    if self.regions[region].parent.is_none() {
                        let end = self.regions[region].tokens.end;
                        while at < sentences.len() && range.end < end {
                            range.end = sentences[at].end;
                            at += 1;
                        }
                    }
                    region += 1;
                }
                // "Elle a réagi :⏎« … »": what is said stands on the next line.
                let led = self.is(range.end - 1, ":");
                let said = self.regions.get(region).filter(|r| led && !r.dash);
                match sentences.get(at).filter(|s| said.is_some_and(|r| r.tokens.start == s.start))
                {
                    Some(next) => range.end = next.end,
                    None => break,
                }
                at += 1;
            }
            while self.lines.get(line).is_some_and(|l| l.end <= range.start) {
                line += 1;
            }
            self.push(range, None, line, &mut stretches);
        }
        let mut sentence = 0;
        for (at, region) in self.regions.iter().enumerate() {
            let inner = region.inner.clone();
            while sentences.get(sentence).is_some_and(|s| s.end <= inner.start) {
                sentence += 1;
            }
            let line = self.lines.partition_point(|l| l.end <= inner.start);
            let mut next = sentence;
            let mut start = inner.start;
            let mut child = at + 1;
            while start < inner.end && next < sentences.len() {
                let mut end = sentences[next].end.min(inner.end);
                // A nested region holds its sentences together too.
                while self.regions.get(child).is_some_and(|c| c.tokens.start < end) {
                    if self.regions[child].tokens.end <= inner.end {
                        end = end.max(self.regions[child].tokens.end);
                    }
                    child += 1;
                }
                self.push(start..end, Some(at), line, &mut stretches);
                start = end;
                while next < sentences.len() && sentences[next].end <= start {
                    next += 1;
                }
            }
        }
        stretches
    }

    fn push(
        &self,
        range: Range<usize>,
        inside: Option<usize>,
        line: usize,
        out: &mut Vec<Stretch>,
    ) {
        let mut items = Vec::with_capacity(range.len());
        let mut region = self.regions.partition_point(|r| r.tokens.start < range.start);
        let mut i = range.start;
        while i < range.end {
            while self.regions.get(region).is_some_and(|r| r.tokens.start < i) {
                region += 1;
            }
            match self.regions.get(region) {
                Some(r)
                    if r.tokens.start == i
                        && r.tokens.end <= range.end
                        && r.tokens.end > i
                        && inside != Some(region) =>
                {
                    items.push(Item::Region(region));
                    i = r.tokens.end;
                }
                _ => {
                    items.push(Item::Token(i));
                    i += 1;
                }
            }
        }
        if (1..=MAX_ITEMS).contains(&items.len()) {
            out.push(Stretch { items, inside, line });
            return;
        }
        for chunk in items.chunks(MAX_ITEMS) {
            out.push(Stretch { items: chunk.to_vec(), inside, line });
        }
    }
}
