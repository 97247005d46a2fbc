//! Laws of the text layer.

use guillemet::text::{
    ByteSpan, CodePointSpan, Offsets, Utf16Span, next_char, next_word, previous_char,
    previous_word, receive_bytes, receive_str, snap_to_words,
};
use proptest::prelude::*;

use crate::any::{Places, stretch, text};

fn is_clean(text: &str) -> bool {
    let forbidden = |c: char| match c {
        '\n' | '\t' => false,
        '\u{2028}' | '\u{2029}' | '\u{feff}' => true,
        c => c.is_control(),
    };
    !text.contains(forbidden) && !text.trim().is_empty()
}

proptest! {
    #[test]
    fn offsets_come_back_from_each_unit(text in text(400), places: Places) {
        let offsets = Offsets::new(&text);
        let span = stretch(&text, places);
        let (points, units) = (offsets.to_code_points(span), offsets.to_utf16(span));
        prop_assert_eq!(points.start, text[..span.start].chars().count());
        prop_assert_eq!(units.end, text[..span.end].encode_utf16().count());
        prop_assert_eq!(offsets.resolve_code_points(points), Ok(span));
        prop_assert_eq!(offsets.resolve_utf16(units), Ok(span));
        prop_assert_eq!(offsets.resolve_bytes(span.start, span.end), Ok(span));
    }

    #[test]
    fn foreign_offsets_are_places_or_errors(text in text(30), start in 0..99_usize, len in 0..9_usize) {
        let offsets = Offsets::new(&text);
        let end = start + len;
        if let Ok(span) = offsets.resolve_utf16(Utf16Span { start, end }) {
            prop_assert_eq!(offsets.to_utf16(span), Utf16Span { start, end });
        }
        let points = CodePointSpan { start, end };
        prop_assert_eq!(
            offsets.resolve_code_points(points).is_ok(),
            end <= text.chars().count()
        );
        prop_assert_eq!(
            offsets.resolve_bytes(start, end).is_ok(),
            ByteSpan::fits(&text, start, end)
        );
    }

    #[test]
    fn a_snapped_selection_is_trimmed_and_stays(text in text(40), places: Places) {
        let span = stretch(&text, places);
        let snapped = snap_to_words(&text, span);
        prop_assert!(ByteSpan::fits(&text, snapped.start, snapped.end));
        prop_assert_eq!(snapped.of(&text).trim(), snapped.of(&text));
        prop_assert_eq!(snap_to_words(&text, snapped), snapped);
        let inner = span.of(&text).trim();
        prop_assert!(snapped.of(&text).contains(inner), "{:?} lost {:?}", snapped, inner);
    }

    #[test]
    fn words_and_characters_go_on_until_the_end(text in text(40), places: Places) {
        type Way = fn(&str, usize) -> usize;
        let from = stretch(&text, places).start;
        for (forth, back) in [(next_word as Way, previous_word as Way), (next_char, previous_char)] {
            let mut at = from;
            while at < text.len() {
                let next = forth(&text, at);
                prop_assert!(next > at && text.is_char_boundary(next));
                at = next;
            }
            prop_assert_eq!(at, text.len());
            while at > 0 {
                let next = back(&text, at);
                prop_assert!(next < at && text.is_char_boundary(next));
                at = next;
            }
        }
    }

    #[test]
    fn any_bytes_are_a_clean_text_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(received) = receive_bytes(&bytes) {
            prop_assert!(is_clean(&received.text));
        }
    }

    #[test]
    fn any_string_is_a_clean_text_or_refused(text in text(40), mark: bool, units: bool) {
        let text = if mark { format!("\u{feff}{text}\r\n\u{2028}\u{85}") } else { text };
        let received = if units {
            let bytes = text.encode_utf16().flat_map(u16::to_be_bytes);
            receive_bytes(&[0xfe, 0xff].into_iter().chain(bytes).collect::<Vec<_>>())
        } else {
            receive_str(&text, 0)
        };
        if let Ok(received) = received {
            prop_assert!(is_clean(&received.text));
            let again = receive_str(&received.text, 0).unwrap();
            prop_assert_eq!((again.text, again.notes), (received.text, vec![]));
        }
    }
}
