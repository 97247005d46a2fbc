//! Laws of the engine: total, and sound in what it says, on any string.

use std::collections::BTreeSet;

use guillemet::engine::{self, sentences, tokens};
use guillemet::text::ByteSpan;
use proptest::prelude::*;

use crate::any::text;

/// What a person copies begins and ends anywhere, also after an open mark.
#[test]
fn any_stretch_of_a_dispatch_is_read() {
    let files = [
        include_str!("../dispatches/wire.txt"),
        include_str!("../dispatches/regional.txt"),
        include_str!("../dispatches/institution.txt"),
    ];
    for file in files {
        let tokens = tokens::tokenize(file);
        for (at, from) in tokens.iter().enumerate() {
            for length in [1, 4, 24] {
                let Some(to) = tokens.get(at + length - 1) else { continue };
                let stretch = &file[from.span.start..to.span.end];
                for end in ["", " «", " “", " \"", " +", " (", " :", "\n—"] {
                    let text = format!("{stretch}{end}");
                    let found = engine::analyse(&text).mentions;
                    assert!(found.iter().all(|m| m.span.end <= text.len()), "{text:?}");
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn tokens_and_gaps_tile_the_text(text in text(60)) {
        let tokens = tokens::tokenize(&text);
        let mut at = 0;
        for token in &tokens {
            prop_assert!(ByteSpan::fits(&text, token.span.start, token.span.end));
            prop_assert!(!token.span.is_empty() && token.span.start >= at);
            prop_assert!(text[at..token.span.start].trim().is_empty());
            at = token.span.end;
        }
        prop_assert!(text[at..].trim().is_empty());
        let mut next = 0;
        for sentence in sentences::split(&text, &tokens) {
            prop_assert!(sentence.start == next && sentence.end > next);
            next = sentence.end;
        }
        prop_assert_eq!(next, tokens.len());
    }

    #[test]
    fn proposals_are_sound_on_any_string(text in text(60)) {
        let found = engine::analyse(&text);
        prop_assert_eq!(&found, &engine::analyse(&text));
        let sound = |span: ByteSpan, score: f32| {
            ByteSpan::fits(&text, span.start, span.end)
                && !span.is_empty()
                && span.of(&text).trim() == span.of(&text)
                && (0.0..=1.0).contains(&score)
        };
        let known = |entity: Option<usize>| entity.is_none_or(|e| e < found.entities.len());
        let mut seen = BTreeSet::new();
        for m in &found.mentions {
            prop_assert!(sound(m.span, m.score) && known(m.entity), "{:?}", m);
            prop_assert!(seen.insert((m.span, m.label)), "{:?} is found twice", m);
        }
        for c in &found.cues {
            prop_assert!(sound(c.span, c.score), "{:?}", c);
        }
        for s in &found.speakers {
            prop_assert!(sound(s.span, s.score) && known(s.entity), "{:?}", s);
        }
        for (at, q) in found.quotations.iter().enumerate() {
            prop_assert!(sound(q.span, q.score) && known(q.entity), "{:?}", q);
            prop_assert!(q.cue.is_none_or(|c| c < found.cues.len()), "{:?}", q);
            prop_assert!(q.speaker.is_none_or(|s| s < found.speakers.len()), "{:?}", q);
            prop_assert!(q.continues.is_none_or(|earlier| earlier < at), "{:?}", q);
        }
        prop_assert!(found.mentions.is_sorted_by_key(|m| m.span));
        prop_assert!(found.quotations.is_sorted_by_key(|q| q.span));
        prop_assert!(found.entities.iter().all(|e| !e.name.trim().is_empty()));
    }
}
