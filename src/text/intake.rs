//! What comes from outside (a paste, a file) made into the text of a
//! document: decoded, with `\n` line ends and without what no text holds.
//!
//! Each change is reported as an [`IntakeNote`]; what cannot become a text is
//! an [`IntakeError`], and the caller keeps what it had.

use std::fmt;

/// The longest text a document holds, in bytes of UTF-8: a hundred times a
/// very long article, and still drawn and tagged without a wait.
pub const MAX_TEXT_BYTES: usize = 2 * 1024 * 1024;

/// A text that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The text, with `\n` line ends.
    pub text: String,
    /// What was changed on the way, in reading order of the checks.
    pub notes: Vec<IntakeNote>,
}

/// One change that intake made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntakeNote {
    /// A byte order mark was dropped, or several: files that were put together
    /// have one at each seam.
    ByteOrderMark,
    /// `\r\n` and lone `\r` became `\n`; how many.
    LineEnds(usize),
    /// U+2028 and U+2029 became `\n`; how many.
    SeparatorLines(usize),
    /// NUL and other control characters became U+FFFD; how many.
    Controls(usize),
    /// Lone surrogates had become U+FFFD; how many.
    Surrogates(usize),
    /// The bytes were UTF-16.
    Utf16,
    /// The bytes were not UTF-8 from this byte on, and were read as Windows-1252.
    Windows1252 {
        /// The first byte that UTF-8 forbids.
        at: usize,
    },
}

/// Why nothing was taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntakeError {
    /// No character but white space.
    Empty,
    /// The bytes are no text; where the first NUL lies.
    Binary {
        /// Offset of the first byte that no text has.
        at: usize,
    },
    /// More than [`MAX_TEXT_BYTES`]; how many bytes it has.
    TooLong(usize),
}

impl fmt::Display for IntakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there is no text in it"),
            Self::Binary { at } => write!(f, "byte {at} belongs to no text: this is a binary file"),
            Self::TooLong(bytes) => write!(
                f,
                "{bytes} bytes are more than a document holds ({MAX_TEXT_BYTES}): split the text"
            ),
        }
    }
}

impl std::error::Error for IntakeError {}

/// Takes a pasted string in. `surrogates` is how many lone surrogates the
/// caller's decoder had to replace.
///
/// # Errors
/// If it is empty or too long.
pub fn receive_str(pasted: &str, surrogates: usize) -> Result<Received, IntakeError> {
    let mut notes = Vec::new();
    if surrogates > 0 {
        notes.push(IntakeNote::Surrogates(surrogates));
    }
    clean(pasted, notes)
}

/// Takes the bytes of a file in: UTF-8, UTF-16 with a byte order mark, or
/// else Windows-1252 (what older newsroom systems write).
///
/// # Errors
/// If it is empty, too long or binary.
pub fn receive_bytes(bytes: &[u8]) -> Result<Received, IntakeError> {
    if bytes.len() > 2 * MAX_TEXT_BYTES {
        return Err(IntakeError::TooLong(bytes.len()));
    }
    if let [0xff, 0xfe, rest @ ..] = bytes {
        return from_utf16(rest, u16::from_le_bytes);
    }
    if let [0xfe, 0xff, rest @ ..] = bytes {
        return from_utf16(rest, u16::from_be_bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => match looks_binary(bytes) {
            Some(at) => Err(IntakeError::Binary { at }),
            None => clean(text, Vec::new()),
        },
        Err(error) => match looks_binary(bytes) {
            Some(at) => Err(IntakeError::Binary { at }),
            None => {
                let text: String = bytes.iter().map(|b| windows_1252(*b)).collect();
                clean(&text, vec![IntakeNote::Windows1252 { at: error.valid_up_to() }])
            }
        },
    }
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Received, IntakeError> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut lone = 0;
    let text: String = char::decode_utf16(units)
        .map(|c| {
            c.unwrap_or_else(|_| {
                lone += 1;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    let mut notes = vec![IntakeNote::Utf16];
    if lone > 0 {
        notes.push(IntakeNote::Surrogates(lone));
    }
    clean(&text, notes)
}

/// The first control byte of a file in which more than one byte in a hundred
/// is one: images, archives and office files are far above, texts with a
/// stray NUL far below.
fn looks_binary(bytes: &[u8]) -> Option<usize> {
    let is_control = |b: &&u8| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0c);
    let controls = bytes.iter().filter(is_control).count();
    (controls * 100 > bytes.len()).then(|| bytes.iter().position(|b| is_control(&b)).unwrap_or(0))
}

fn clean(text: &str, mut notes: Vec<IntakeNote>) -> Result<Received, IntakeError> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(IntakeError::TooLong(text.len()));
    }
    if text.contains('\u{feff}') {
        notes.push(IntakeNote::ByteOrderMark);
    }
    let mut out = String::with_capacity(text.len());
    let (mut line_ends, mut separators, mut controls) = (0, 0, 0);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                line_ends += 1;
                out.push('\n');
            }
            '\u{2028}' | '\u{2029}' => {
                separators += 1;
                out.push('\n');
            }
            '\n' | '\t' => out.push(c),
            '\u{feff}' => {}
            c if c.is_control() => {
                controls += 1;
                out.push(char::REPLACEMENT_CHARACTER);
            }
            c => out.push(c),
        }
    }
    for (count, note) in [
        (line_ends, IntakeNote::LineEnds as fn(usize) -> IntakeNote),
        (separators, IntakeNote::SeparatorLines),
        (controls, IntakeNote::Controls),
    ] {
        if count > 0 {
            notes.push(note(count));
        }
    }
    if out.trim().is_empty() {
        return Err(IntakeError::Empty);
    }
    Ok(Received { text: out, notes })
}

/// Windows-1252 as the WHATWG encoding standard maps it.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_and_marks_are_put_right_and_told() {
        let got = receive_str("\u{feff}a\r\nb\r\u{feff}c\u{2028}d\0", 0).unwrap();
        assert_eq!(got.text, "a\nb\nc\nd\u{fffd}");
        let told = [
            IntakeNote::ByteOrderMark,
            IntakeNote::LineEnds(2),
            IntakeNote::SeparatorLines(1),
            IntakeNote::Controls(1),
        ];
        assert_eq!(got.notes, told);
    }

    #[test]
    fn old_newsroom_files_are_read() {
        let got = receive_bytes(b"L\x92\xe9t\xe9 \x80").unwrap();
        assert_eq!(got.text, "L’été €");
        assert_eq!(got.notes, [IntakeNote::Windows1252 { at: 1 }]);
        let got = receive_bytes(&[0xff, 0xfe, 0xe9, 0x00, 0x00, 0xd8, 0x21, 0x00]).unwrap();
        assert_eq!(got.text, "é\u{fffd}!");
        assert_eq!(got.notes, [IntakeNote::Utf16, IntakeNote::Surrogates(1)]);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(receive_str(" \n\t", 0), Err(IntakeError::Empty));
        assert_eq!(receive_str("\u{feff}\u{feff}", 0), Err(IntakeError::Empty));
        assert_eq!(receive_bytes(b""), Err(IntakeError::Empty));
        assert_eq!(
            receive_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
            Err(IntakeError::Binary { at: 6 })
        );
        let long = "a".repeat(MAX_TEXT_BYTES + 1);
        assert_eq!(receive_str(&long, 0), Err(IntakeError::TooLong(MAX_TEXT_BYTES + 1)));
    }
}
