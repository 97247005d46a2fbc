//! Word boundaries as a person means them when they select: Unicode word
//! boundaries (UAX #29) over the text, without the white space and without
//! the marks that hang on a selection's ends.

use unicode_segmentation::UnicodeSegmentation;

use super::ByteSpan;

/// Bytes read on each side of an offset to find a boundary: the longest word
/// of running text is far shorter, and a click in a text without any space
/// must not walk all of it.
const REACH: usize = 512;

/// Widens `span` to whole words and drops the white space at both ends.
///
/// A French elision is a boundary ("l’Etat" gives "Etat" for a click in
/// it), and a selection that only holds white space stays empty at its start,
/// as does a click before white space.
pub fn snap_to_words(text: &str, span: ByteSpan) -> ByteSpan {
    let inner = trim(text, span);
    let in_space = text[span.start..].starts_with(char::is_whitespace);
    if inner.is_empty() && (in_space || !span.is_empty()) {
        return ByteSpan::new(span.start, span.start);
    }
    let start = piece_at(text, inner.start, Side::Right).map_or(inner.start, |p| p.start);
    let end = if inner.is_empty() {
        piece_at(text, inner.start, Side::Right).map_or(inner.end, |p| p.end)
    } else {
        piece_at(text, inner.end, Side::Left).map_or(inner.end, |p| p.end)
    };
    trim(text, ByteSpan::new(start.min(inner.start), end.max(inner.end)))
}

/// Drops white space at both ends.
pub fn trim(text: &str, span: ByteSpan) -> ByteSpan {
    let inside = span.of(text);
    let start = span.start + (inside.len() - inside.trim_start().len());
    let end = start + inside.trim().len();
    ByteSpan::new(start, end)
}

/// The start of the next word after `offset`, or the end of the text.
pub fn next_word(text: &str, offset: usize) -> usize {
    let mut at = offset;
    while at < text.len() {
        let Some(piece) = piece_at(text, at, Side::Right) else { return text.len() };
        at = piece.end;
        if piece_at(text, at, Side::Right).is_some_and(|p| is_word(p.of(text))) {
            return at;
        }
    }
    text.len()
}

/// The start of the word before `offset`, or 0.
pub fn previous_word(text: &str, offset: usize) -> usize {
    let mut at = offset;
    while at > 0 {
        let Some(piece) = piece_at(text, at, Side::Left) else { return 0 };
        at = piece.start;
        if is_word(piece.of(text)) {
            return at;
        }
    }
    0
}

/// The offset one user-perceived character (grapheme cluster) further.
pub fn next_char(text: &str, offset: usize) -> usize {
    text[offset..].graphemes(true).next().map_or(text.len(), |g| offset + g.len())
}

/// The offset one user-perceived character back.
pub fn previous_char(text: &str, offset: usize) -> usize {
    text[..offset].graphemes(true).next_back().map_or(0, |g| offset - g.len())
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Left,
    Right,
}

/// The piece between two word boundaries that holds the character on `side`
/// of `offset`. Elided articles ("l'", "qu’") are pieces of their own.
fn piece_at(text: &str, offset: usize, side: Side) -> Option<ByteSpan> {
    let (low, high) = (floor(text, offset.saturating_sub(REACH)), ceil(text, offset + REACH));
    let mut found = None;
    for (at, piece) in text[low..high].split_word_bound_indices() {
        for part in split_elision(ByteSpan::new(low + at, low + at + piece.len()), text) {
            let holds = match side {
                Side::Right => part.contains_offset(offset),
                Side::Left => part.start < offset && offset <= part.end,
            };
            if holds {
                found = Some(part);
            }
        }
        if low + at > offset {
            break;
        }
    }
    found
}

/// UAX #29 keeps "l’Etat" together; French readers do not.
fn split_elision(piece: ByteSpan, text: &str) -> impl Iterator<Item = ByteSpan> + use<> {
    const ELIDED: [&str; 13] =
        ["l", "d", "j", "n", "s", "m", "t", "c", "qu", "lorsqu", "puisqu", "quoiqu", "jusqu"];
    let word = piece.of(text);
    let cut = word.char_indices().find(|(_, c)| matches!(c, '\'' | '’')).and_then(|(at, c)| {
        ELIDED
            .iter()
            .any(|e| word[..at].eq_ignore_ascii_case(e))
            .then_some(piece.start + at + c.len_utf8())
    });
    let (head, tail) = match cut {
        Some(cut) if cut < piece.end => {
            (ByteSpan::new(piece.start, cut), Some(ByteSpan::new(cut, piece.end)))
        }
        _ => (piece, None),
    };
    [Some(head), tail].into_iter().flatten()
}

fn is_word(piece: &str) -> bool {
    piece.chars().any(char::is_alphanumeric)
}

fn floor(text: &str, mut offset: usize) -> usize {
    offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn ceil(text: &str, mut offset: usize) -> usize {
    offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset += 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapped<'t>(text: &'t str, part: &str) -> &'t str {
        let start = text.find(part).unwrap();
        snap_to_words(text, ByteSpan::new(start, start + part.len())).of(text)
    }

    #[test]
    fn a_careless_selection_becomes_whole_words() {
        let text = "Selon l’Etat chinois, « rien » n'a eu lieu à Saint-Malo.";
        assert_eq!(snapped(text, "ta"), "Etat");
        assert_eq!(snapped(text, " chin"), "chinois");
        assert_eq!(snapped(text, "tat chinoi"), "Etat chinois");
        assert_eq!(snapped(text, "« ri"), "« rien");
        assert_eq!(snapped(text, "a eu"), "a eu");
    }

    #[test]
    fn a_click_gives_its_word() {
        let text = "Lin Jian parle";
        assert_eq!(snap_to_words(text, ByteSpan::new(5, 5)).of(text), "Jian");
        assert_eq!(snap_to_words(text, ByteSpan::new(14, 14)), ByteSpan::new(14, 14));
        assert_eq!(snap_to_words(text, ByteSpan::new(3, 3)), ByteSpan::new(3, 3));
    }

    #[test]
    fn words_forth_and_back() {
        let text = "L’Etat, dit-il";
        assert_eq!(next_word(text, 0), "L’".len());
        let etat = "L’".len();
        assert_eq!(next_word(text, etat), text.find("dit").unwrap());
        assert_eq!(previous_word(text, text.find("dit").unwrap()), etat);
        assert_eq!(next_word(text, text.len()), text.len());
        assert_eq!(previous_word(text, 0), 0);
    }

    #[test]
    fn a_character_is_what_a_person_sees() {
        let text = "e\u{301}👨‍👩‍👧!";
        assert_eq!(next_char(text, 0), "e\u{301}".len());
        assert_eq!(previous_char(text, text.len() - 1), "e\u{301}".len());
    }
}
