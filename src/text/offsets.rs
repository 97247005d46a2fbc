//! Conversions between bytes, code points and UTF-16 units.
//!
//! [`Offsets`] walks the text once and keeps a checkpoint every
//! [`STRIDE`] bytes; a conversion then looks its checkpoint up and walks at
//! most one stride.

use super::ByteSpan;

/// Bytes between checkpoints: a walk of this length takes no longer than the
/// search for its checkpoint, and the table stays under a fifth of the text.
const STRIDE: usize = 128;

/// `start..end` in Unicode code points (scalar values): what Python slices by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CodePointSpan {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// `start..end` in UTF-16 code units: what the DOM and UIMA count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Utf16Span {
    /// First unit.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// Why a pair of foreign offsets is no span of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffsetError {
    /// The end lies before the start.
    Reversed,
    /// An offset lies past the end of the text.
    PastEnd,
    /// An offset lies inside a character (half a surrogate pair, a byte of several).
    InsideCharacter,
}

impl std::fmt::Display for OffsetError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Reversed => "the end lies before the start",
            Self::PastEnd => "an offset lies past the end of the text",
            Self::InsideCharacter => "an offset lies inside a character",
        })
    }
}

#[derive(Clone, Copy, Debug)]
struct Checkpoint {
    byte: usize,
    code_point: usize,
    utf16: usize,
}

/// The conversions of one text.
#[derive(Clone, Debug)]
pub struct Offsets<'t> {
    text: &'t str,
    checkpoints: Vec<Checkpoint>,
    end: Checkpoint,
}

impl<'t> Offsets<'t> {
    /// Walks `text` once; time linear in its length.
    pub fn new(text: &'t str) -> Self {
        let mut checkpoints = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut at = Checkpoint { byte: 0, code_point: 0, utf16: 0 };
        checkpoints.push(at);
        while at.byte < text.len() {
            let next = text.ceil_char_boundary(at.byte + STRIDE);
            at = at.over(&text[at.byte..next]);
            if next < text.len() {
                checkpoints.push(at);
            }
        }
        Self { text, checkpoints, end: at }
    }

    /// Length of the text in code points.
    pub fn code_points(&self) -> usize {
        self.end.code_point
    }

    /// Length of the text in UTF-16 units.
    pub fn utf16_units(&self) -> usize {
        self.end.utf16
    }

    /// Bytes to code points. The span must be one of this text.
    pub fn to_code_points(&self, span: ByteSpan) -> CodePointSpan {
        let (start, end) = self.ends(span);
        CodePointSpan { start: start.code_point, end: end.code_point }
    }

    /// Bytes to UTF-16 units. The span must be one of this text.
    pub fn to_utf16(&self, span: ByteSpan) -> Utf16Span {
        let (start, end) = self.ends(span);
        Utf16Span { start: start.utf16, end: end.utf16 }
    }

    /// Code points to bytes.
    ///
    /// # Errors
    /// If the pair is reversed or leaves the text.
    pub fn resolve_code_points(&self, span: CodePointSpan) -> Result<ByteSpan, OffsetError> {
        self.resolve(span.start, span.end, |c| c.code_point)
    }

    /// UTF-16 units to bytes.
    ///
    /// # Errors
    /// If the pair is reversed, leaves the text or splits a surrogate pair.
    pub fn resolve_utf16(&self, span: Utf16Span) -> Result<ByteSpan, OffsetError> {
        self.resolve(span.start, span.end, |c| c.utf16)
    }

    /// Byte offsets that somebody else wrote, checked.
    ///
    /// # Errors
    /// If the pair is reversed, leaves the text or splits a character.
    pub fn resolve_bytes(&self, start: usize, end: usize) -> Result<ByteSpan, OffsetError> {
        self.resolve(start, end, |c| c.byte)
    }

    fn resolve(
        &self,
        start: usize,
        end: usize,
        unit: impl Fn(Checkpoint) -> usize + Copy,
    ) -> Result<ByteSpan, OffsetError> {
        if end < start {
            return Err(OffsetError::Reversed);
        }
        Ok(ByteSpan::new(self.at_unit(start, unit)?.byte, self.at_unit(end, unit)?.byte))
    }

    /// Most spans are short: their ends are near their starts.
    fn ends(&self, span: ByteSpan) -> (Checkpoint, Checkpoint) {
        let start = self.at_byte(span.start);
        let short = self.text.get(span.start..span.end).filter(|few| few.len() <= STRIDE);
        (start, short.map_or_else(|| self.at_byte(span.end), |few| start.over(few)))
    }

    fn at_byte(&self, byte: usize) -> Checkpoint {
        let after = self.checkpoints.partition_point(|c| c.byte <= byte);
        let at = self.checkpoints[after.saturating_sub(1)];
        let walk = self.text.get(at.byte..byte);
        at.over(walk.expect("a byte span lies on the boundaries of its text"))
    }

    fn at_unit(
        &self,
        target: usize,
        unit: impl Fn(Checkpoint) -> usize,
    ) -> Result<Checkpoint, OffsetError> {
        if target > unit(self.end) {
            return Err(OffsetError::PastEnd);
        }
        let after = self.checkpoints.partition_point(|c| unit(*c) <= target);
        let mut at = self.checkpoints[after.saturating_sub(1)];
        for c in self.text[at.byte..].chars() {
            if unit(at) >= target {
                break;
            }
            at = at.after(c);
        }
        if unit(at) == target { Ok(at) } else { Err(OffsetError::InsideCharacter) }
    }
}

impl Checkpoint {
    /// Past a few characters: no more than a stride and what completes the
    /// last of them, so that a byte counts them.
    fn over(self, few: &str) -> Self {
        // Bytes that go on in a character count nothing; characters of four
        // bytes are two units.
        let (mut starts, mut pairs) = (0, 0);
        for byte in few.bytes() {
            starts += u8::from(byte & 0xc0 != 0x80);
            pairs += u8::from(byte >= 0xf0);
        }
        Self {
            byte: self.byte + few.len(),
            code_point: self.code_point + usize::from(starts),
            utf16: self.utf16 + usize::from(starts) + usize::from(pairs),
        }
    }

    fn after(self, c: char) -> Self {
        Self {
            byte: self.byte + c.len_utf8(),
            code_point: self.code_point + 1,
            utf16: self.utf16 + c.len_utf16(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_units_of_one_sentence() {
        let text = "🚨 Paris\u{a0}: «\u{a0}Nous agirons\u{a0}», a dit Ana Roy.";
        let offsets = Offsets::new(text);
        assert_eq!((offsets.code_points(), offsets.utf16_units(), text.len()), (42, 43, 50));
        let start = text.find("Ana").unwrap();
        let span = ByteSpan::new(start, start + "Ana Roy".len());
        assert_eq!(span, ByteSpan::new(42, 49));
        assert_eq!(offsets.to_code_points(span), CodePointSpan { start: 34, end: 41 });
        assert_eq!(offsets.to_utf16(span), Utf16Span { start: 35, end: 42 });
    }

    #[test]
    fn half_a_surrogate_pair_is_no_offset() {
        let offsets = Offsets::new("a🚨b");
        let got = offsets.resolve_utf16(Utf16Span { start: 0, end: 2 });
        assert_eq!(got, Err(OffsetError::InsideCharacter));
        assert_eq!(
            offsets.resolve_utf16(Utf16Span { start: 0, end: 9 }),
            Err(OffsetError::PastEnd)
        );
        assert_eq!(
            offsets.resolve_utf16(Utf16Span { start: 3, end: 1 }),
            Err(OffsetError::Reversed)
        );
    }
}
