//! The units in which files count offsets, and how to tell which one a file
//! means: the one in which its spans read what they say they read.

use serde::{Deserialize, Serialize};

use crate::text::{ByteSpan, CodePointSpan, OffsetError, Offsets, Utf16Span};

/// What an offset counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// Unicode code points: Python.
    CodePoint,
    /// UTF-16 units: JavaScript, Java.
    Utf16,
    /// Bytes of UTF-8.
    Byte,
}

/// One span as a file gives it: its offsets and, where it says so, its text.
pub type Claim<'a> = (usize, usize, Option<&'a str>);

impl Unit {
    /// All, in the order in which they are tried.
    pub const ALL: [Self; 3] = [Self::CodePoint, Self::Utf16, Self::Byte];

    /// Its name in a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CodePoint => "code points",
            Self::Utf16 => "UTF-16 units",
            Self::Byte => "UTF-8 bytes",
        }
    }

    /// The word for it in files and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::CodePoint => "codepoint",
            Self::Utf16 => "utf16",
            Self::Byte => "byte",
        }
    }

    /// The unit of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.word() == word)
    }

    /// Offsets in this unit to bytes.
    ///
    /// # Errors
    /// If the pair is reversed, leaves the text or splits a character.
    pub fn resolve(
        self,
        offsets: &Offsets<'_>,
        start: usize,
        end: usize,
    ) -> Result<ByteSpan, OffsetError> {
        match self {
            Self::CodePoint => offsets.resolve_code_points(CodePointSpan { start, end }),
            Self::Utf16 => offsets.resolve_utf16(Utf16Span { start, end }),
            Self::Byte => offsets.resolve_bytes(start, end),
        }
    }

    /// Bytes to offsets in this unit. The span must be one of the text.
    pub fn count(self, offsets: &Offsets<'_>, span: ByteSpan) -> (usize, usize) {
        match self {
            Self::CodePoint => {
                let at = offsets.to_code_points(span);
                (at.start, at.end)
            }
            Self::Utf16 => {
                let at = offsets.to_utf16(span);
                (at.start, at.end)
            }
            Self::Byte => (span.start, span.end),
        }
    }

    /// The unit in which the most claims that have their text read it:
    /// `self`, unless another one fits better.
    pub fn meant<'a>(
        self,
        offsets: &Offsets<'_>,
        text: &str,
        claims: impl Iterator<Item = Claim<'a>> + Clone,
    ) -> Self {
        let fits = |unit: Self| {
            let reads = |(start, end, words): Claim<'_>| {
                words.is_some_and(|words| {
                    unit.resolve(offsets, start, end).is_ok_and(|range| range.of(text) == words)
                })
            };
            claims.clone().filter(|claim| reads(*claim)).count()
        };
        let own = fits(self);
        if own == claims.clone().count() {
            return self;
        }
        let better = Self::ALL.into_iter().map(|unit| (fits(unit), unit));
        better.fold((own, self), |best, next| if next.0 > best.0 { next } else { best }).1
    }

    /// The unit in which all claims are spans as people make them, which
    /// neither cut a word nor start or end in white space: `self`, unless
    /// only the other of code points and UTF-16 units fits. For files that
    /// neither say their unit nor quote their spans.
    pub fn guessed<'a>(
        self,
        offsets: &Offsets<'_>,
        text: &str,
        claims: impl Iterator<Item = Claim<'a>> + Clone,
    ) -> Self {
        self.best(&[Self::CodePoint, Self::Utf16], |unit| {
            claims.clone().all(|(start, end, _)| {
                unit.resolve(offsets, start, end).is_ok_and(|range| is_whole(text, range))
            })
        })
    }

    fn best(self, units: &[Self], fits: impl Fn(Self) -> bool) -> Self {
        if fits(self) {
            return self;
        }
        units.iter().copied().find(|unit| fits(*unit)).unwrap_or(self)
    }
}

/// Whether a span neither cuts a word nor starts or ends in white space.
fn is_whole(text: &str, range: ByteSpan) -> bool {
    let cuts = |at: usize| {
        let left = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        left && text[at..].starts_with(char::is_alphanumeric)
    };
    let words = range.of(text);
    !words.is_empty() && words.trim() == words && !cuts(range.start) && !cuts(range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "🚨 Paris : a dit Ana Roy.";

    fn meant(unit: Unit, claims: &[Claim<'_>]) -> Unit {
        unit.meant(&Offsets::new(TEXT), TEXT, claims.iter().copied())
    }

    fn guessed(unit: Unit, claims: &[Claim<'_>]) -> Unit {
        unit.guessed(&Offsets::new(TEXT), TEXT, claims.iter().copied())
    }

    #[test]
    fn the_text_of_spans_tells_the_unit() {
        assert_eq!(meant(Unit::CodePoint, &[(3, 8, Some("Paris"))]), Unit::Utf16);
        assert_eq!(meant(Unit::CodePoint, &[(5, 10, Some("Paris"))]), Unit::Byte);
        assert_eq!(meant(Unit::Utf16, &[(2, 7, Some("Paris"))]), Unit::CodePoint);
        // Nothing fits both: the file's own word stays.
        let both = [(2, 7, Some("Paris")), (3, 8, Some("Paris"))];
        assert_eq!(meant(Unit::Utf16, &both), Unit::Utf16);
        // One that is wrong in every unit does not hide the others.
        let wrong = [(3, 8, Some("Paris")), (17, 24, Some("Ana Roy")), (0, 1, Some("?"))];
        assert_eq!(meant(Unit::CodePoint, &wrong), Unit::Utf16);
    }

    #[test]
    fn without_texts_whole_words_tell_the_unit() {
        assert_eq!(guessed(Unit::CodePoint, &[(3, 8, None), (17, 24, None)]), Unit::Utf16);
        assert_eq!(guessed(Unit::Utf16, &[(2, 7, None), (16, 23, None)]), Unit::CodePoint);
        assert_eq!(guessed(Unit::Utf16, &[(3, 8, None)]), Unit::Utf16);
        // A span that cuts a word in both: nothing is known.
        assert_eq!(guessed(Unit::CodePoint, &[(2, 5, None)]), Unit::CodePoint);
        assert_eq!(meant(Unit::CodePoint, &[(3, 8, None)]), Unit::CodePoint);
    }
}
