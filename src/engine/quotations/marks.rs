//! Regions in quotation marks.
//!
//! Takes the tokens; pairs the marks line by line with a stack: guillemets,
//! curly, straight and single quotes, the wires' "+…+" and dashes of dialogue.
//! A mark left open at the end of a line goes on where the next line reopens
//! it or closes it; else it ends with its sentence. A mark that closes nothing
//! opens at the start of its sentence. Returns the regions in text order, each
//! with the one around it.

use std::ops::Range;

use crate::engine::tokens::{Token, TokenKind};
use crate::text::ByteSpan;

/// Deeper nesting is no quotation; the bound keeps the work linear.
const MAX_DEPTH: usize = 4;
/// How many lines a mark may stay open without being reopened.
const MAX_OPEN_LINES: usize = 3;

/// A stretch in marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its tokens, marks included.
    pub tokens: Range<usize>,
    /// Its tokens without the marks.
    pub inner: Range<usize>,
    /// The region around it.
    pub parent: Option<usize>,
    /// The region of the line before that this one carries on.
    pub continues: Option<usize>,
    /// Whether it is a line of dialogue behind a dash.
    pub dash: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Guillemet,
    Angle,
    Curly,
    Straight,
    Single,
    Plus,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
}

struct Open {
    kind: Kind,
    region: usize,
}

/// The regions of `text`, whose lines are `lines` (ranges of tokens).
pub fn regions(
    text: &str,
    tokens: &[Token],
    lines: &[Range<usize>],
    sentences: &[Range<usize>],
) -> Vec<Region> {
    let mut pairing = Pairing {
        text,
        tokens,
        sentences,
        sentence: 0,
        furthest: 0,
        regions: Vec::new(),
        stack: Vec::new(),
    };
    for (at, line) in lines.iter().enumerate() {
        pairing.line(line.clone(), &lines[at + 1..]);
    }
    pairing.finish()
}

/// The lines of the text as ranges of tokens.
pub fn lines(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for i in 1..=tokens.len() {
        let ends = i == tokens.len()
            || text[tokens[i - 1].span.end..tokens[i].span.start].bytes().any(|b| b == b'\n');
        if ends {
            lines.push(start..i);
            start = i;
        }
    }
    lines
}

struct Pairing<'t> {
    text: &'t str,
    tokens: &'t [Token],
    sentences: &'t [Range<usize>],
    sentence: usize,
    furthest: usize,
    regions: Vec<Region>,
    stack: Vec<Open>,
}

impl Pairing<'_> {
    fn line(&mut self, line: Range<usize>, after: &[Range<usize>]) {
        let mut start = line.start;
        // A dash of dialogue: the whole line is said, as far as marks go.
        if self.stack.is_empty() && self.is_dialogue(&line) {
            self.push(line.start, line.clone(), true);
            let last = self.regions.len() - 1;
            self.regions[last].inner = line.start + 1..line.end;
            return;
        }
        // Reopening marks of a quotation that runs over lines.
        if let Some(open) = self.stack.last()
            && let Some((kind, side)) = self.mark(start)
            && kind == open.kind
            && side != Side::Close
        {
            let before = open.region;
            self.stack.clear();
            self.close_at(before, line.start, line.start);
            self.open(kind, start);
            if let Some(open) = self.stack.last() {
                self.regions[open.region].continues = Some(before);
            }
            start += 1;
        }
        let mut closings = self.count(start..line.end, Side::Close);
        for i in start..line.end {
            let Some((kind, side)) = self.mark(i) else { continue };
            let opened = self.stack.iter().rposition(|o| o.kind == kind);
            match (side, opened) {
                (Side::Close, Some(at)) => {
                    let region = self.stack[at].region;
                    self.stack.truncate(at);
                    self.close_at(region, i, i + 1);
                    closings = closings.saturating_sub(usize::from(side == Side::Close));
                }
                (Side::Open, Some(_))
                    if kind == Kind::Guillemet && closings <= self.depth(kind) =>
                {
                    // The one before was never closed: it ends with its sentence.
                    self.end_unclosed(i);
                    self.open(kind, i);
                }
                (Side::Open, _) => self.open(kind, i),
                // "« Nous partirons", a dit X": closed by another sign than opened.
                (Side::Close, None) if self.is_mismatched(kind, closings) => {
                    if let Some(open) = self.stack.pop() {
                        self.close_at(open.region, i, i + 1);
                    }
                }
                (Side::Close, None) if kind == Kind::Guillemet || kind == Kind::Curly => {
                    self.unopened(i, line.start);
                    closings = closings.saturating_sub(1);
                }
                (Side::Close, None) => {}
            }
        }
        let Some(kind) = self.stack.first().map(|o| o.kind) else { return };
        if !self.goes_on(kind, after) {
            self.end_unclosed(line.end);
        }
    }

    /// Whether a mark of this kind closes the innermost of another kind, whose
    /// own does not come.
    fn is_mismatched(&self, kind: Kind, closings: usize) -> bool {
        let straight = |kind| matches!(kind, Kind::Straight | Kind::Curly);
        match self.stack.last().map(|open| open.kind) {
            Some(Kind::Guillemet) => straight(kind) && closings == 0,
            Some(open) => straight(open) && kind == Kind::Guillemet,
            None => false,
        }
    }

    /// Open marks of this kind.
    fn depth(&self, kind: Kind) -> usize {
        self.stack.iter().filter(|o| o.kind == kind).count()
    }

    fn count(&self, range: Range<usize>, side: Side) -> usize {
        range.filter(|&i| self.mark(i).is_some_and(|m| m == (Kind::Guillemet, side))).count()
    }

    /// Whether the lines to come reopen or close a mark that stays open.
    fn goes_on(&self, kind: Kind, after: &[Range<usize>]) -> bool {
        if matches!(kind, Kind::Plus | Kind::Single) {
            return false;
        }
        for line in after.iter().take(MAX_OPEN_LINES) {
            for i in line.clone().take(400) {
                match self.mark(i) {
                    Some((k, side)) if k == kind => {
                        return side != Side::Open || i == line.start;
                    }
                    _ => {}
                }
            }
        }
        false
    }

    fn is_dialogue(&self, line: &Range<usize>) -> bool {
        let Some(first) = line.clone().next() else { return false };
        let dash = matches!(self.tokens[first].of(self.text), "—" | "–");
        let spaced = line.len() > 3
            && self.tokens[first].span.end < self.tokens[first + 1].span.start
            && self.tokens[first + 1].of(self.text).chars().next().is_some_and(char::is_uppercase);
        let ends = line.clone().last().is_some_and(|last| {
            matches!(self.tokens[last].of(self.text), "." | "!" | "?" | "…" | "..." | "»")
        });
        dash && spaced && ends
    }

    fn open(&mut self, kind: Kind, i: usize) {
        if self.stack.len() < MAX_DEPTH {
            self.push(i, i + 1..i + 1, false);
            self.stack.push(Open { kind, region: self.regions.len() - 1 });
        }
    }

    fn push(&mut self, first: usize, tokens: Range<usize>, dash: bool) {
        self.regions.push(Region {
            tokens: first..tokens.end,
            inner: first + 1..tokens.end,
            parent: self.stack.last().map(|o| o.region),
            continues: None,
            dash,
        });
    }

    fn close_at(&mut self, region: usize, inner_end: usize, end: usize) {
        self.furthest = self.furthest.max(end);
        let region = &mut self.regions[region];
        region.tokens.end = end.max(region.tokens.start);
        region.inner.end = inner_end.max(region.inner.start);
    }

    /// Closes what is open where the sentence of its mark ends, `limit` at most.
    fn end_unclosed(&mut self, limit: usize) {
        let opens: Vec<usize> = self.stack.drain(..).map(|o| o.region).collect();
        for region in opens {
            let start = self.regions[region].tokens.start;
            while self.sentences.get(self.sentence).is_some_and(|s| s.end <= start) {
                self.sentence += 1;
            }
            let end = self.sentences.get(self.sentence).map_or(limit, |s| s.end).min(limit);
            self.close_at(region, end, end);
        }
    }

    /// A mark that closes nothing: from the start of its sentence.
    fn unopened(&mut self, i: usize, line_start: usize) {
        if !self.stack.is_empty() {
            return;
        }
        let sentence = self.sentences.partition_point(|s| s.end <= i);
        let start = self.sentences.get(sentence).map_or(line_start, |s| s.start).max(line_start);
        if start >= self.furthest && start < i {
            self.furthest = i + 1;
            self.regions.push(Region {
                tokens: start..i + 1,
                inner: start..i,
                parent: None,
                continues: None,
                dash: false,
            });
        }
    }

    /// What the token `i` is as a quotation mark.
    fn mark(&self, i: usize) -> Option<(Kind, Side)> {
        let token = self.tokens[i];
        if token.kind != TokenKind::Mark {
            return None;
        }
        Some(match token.of(self.text) {
            "«" | "<<" => (Kind::Guillemet, Side::Open),
            "»" | ">>" => (Kind::Guillemet, Side::Close),
            "‹" => (Kind::Angle, Side::Open),
            "›" => (Kind::Angle, Side::Close),
            "“" | "„" => (Kind::Curly, Side::Open),
            "”" if self.faces_right(i) => (Kind::Curly, Side::Open),
            "”" => (Kind::Curly, Side::Close),
            "\"" | "''" | "＂" => (Kind::Straight, self.straight(i)?),
            // "l‘accord": an apostrophe.
            "‘" if self.glued(i) == (true, true) => return None,
            "‘" => (Kind::Single, Side::Open),
            "’" if self.stack.iter().any(|o| o.kind == Kind::Single) => {
                (Kind::Single, Side::Close)
            }
            "+" => (Kind::Plus, self.plus(i)?),
            _ => return None,
        })
    }

    /// Space before and none after: an opening posture.
    fn faces_right(&self, i: usize) -> bool {
        let (before, after) = self.glued(i);
        !before && after
    }

    /// Whether the token touches the one before and the one after.
    fn glued(&self, i: usize) -> (bool, bool) {
        let span: ByteSpan = self.tokens[i].span;
        let before = i > 0 && self.tokens[i - 1].span.end == span.start;
        let after = self.tokens.get(i + 1).is_some_and(|t| t.span.start == span.end);
        (before, after)
    }

    fn straight(&self, i: usize) -> Option<Side> {
        let (before, after) = self.glued(i);
        let open = self.stack.iter().any(|o| o.kind == Kind::Straight);
        let digit = before && self.tokens[i - 1].kind == TokenKind::Number;
        if digit && !open {
            return None; // inches, seconds
        }
        let elided =
            before && self.tokens[i - 1].of(self.text).ends_with(['\'', '’', '(', '«', '[']);
        // "« Nous partirons", a dit": punctuation behind, in another mark.
        let stop = after && self.tokens[i + 1].kind == TokenKind::Mark;
        let within = self.stack.last().is_some_and(|o| o.kind == Kind::Guillemet);
        Some(match (before && !elided, after) {
            (true, true) if !open && stop && within => Side::Close,
            (false, true) if !open => Side::Open,
            (true, false) => Side::Close,
            (_, _) if open => Side::Close,
            _ => Side::Open,
        })
    }

    /// The wires' inner mark: glued to the words on one side only.
    fn plus(&self, i: usize) -> Option<Side> {
        let (before, after) = self.glued(i);
        let open = self.stack.iter().any(|o| o.kind == Kind::Plus);
        let word = |t: Option<&Token>| t.is_some_and(|t| t.kind == TokenKind::Word);
        if open && before {
            Some(Side::Close)
        } else if !open && after && !before && word(self.tokens.get(i + 1)) {
            Some(Side::Open)
        } else {
            let elided =
                before && self.tokens[i - 1].of(self.text).ends_with(['\'', '’', '«', '"']);
            (!open && elided && after && word(self.tokens.get(i + 1))).then_some(Side::Open)
        }
    }

    fn finish(mut self) -> Vec<Region> {
        let end = self.tokens.len();
        self.end_unclosed(end);
        self.regions
    }
}
