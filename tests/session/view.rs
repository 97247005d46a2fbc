//! What is shown: blocks, lanes, fingerprints, rows, the order of review.

use guillemet::document::Document;
use guillemet::scheme::Label;
use guillemet::session::{
    Command, Overview, blocks, entity_letter, entity_rows, overview, quotation_rows, review_order,
    span_card,
};

use crate::desk::{Desk, TEXT};

fn fingerprints(desk: &Desk) -> Vec<u64> {
    blocks(desk.document(), desk.0.focus()).iter().map(|b| b.fingerprint).collect()
}

#[test]
fn a_long_line_is_drawn_in_chunks_cut_at_spaces() {
    let line = "Le ministère chinois a protesté. ".repeat(200);
    let document = Document::new("d", "", "fr", &line);
    let drawn = blocks(&document, None);
    assert_eq!(drawn.len(), 1);
    let chunks = &drawn[0].chunks;
    assert!(chunks.len() > 3);
    assert_eq!(chunks.iter().map(|c| c.range.of(&line)).collect::<String>(), line);
    assert!(chunks[1..].iter().all(|c| c.range.of(&line).starts_with(' ')));
    let word = "é".repeat(5000);
    let cut = blocks(&Document::new("d", "", "fr", &word), None);
    assert!(cut[0].chunks.len() > 2);
}

#[test]
fn a_fingerprint_changes_with_what_its_line_shows_and_only_then() {
    let mut desk = Desk::tagged();
    desk.0.focus_on(None);
    let before = fingerprints(&desk);
    assert_eq!(fingerprints(&desk), before);
    desk.run(Command::RenameEntity(desk.entity("Ana Roy"), "A. Roy".into()));
    desk.run(Command::Note(desk.id("Pékin", "PLACE"), "note".into()));
    desk.0.focus_on(None);
    assert_eq!(fingerprints(&desk), before);
    desk.run(Command::Accept(desk.id("Ana Roy", "PERSON")));
    desk.0.focus_on(None);
    let accepted = fingerprints(&desk);
    assert_eq!((&accepted[..2], accepted[2] != before[2]), (&before[..2], true));
    desk.0.focus_on(Some(desk.id("« Washington ment »", "QUOTE")));
    let focused = fingerprints(&desk);
    assert!(focused[0] == accepted[0] && focused[1] != accepted[1] && focused[2] == accepted[2]);
}

#[test]
fn lines_of_one_length_and_other_words_differ() {
    let print = |text| blocks(&Document::new("d", "", "fr", text), None)[0].fingerprint;
    assert_ne!(print("Paris parle"), print("Nîmes parl"));
    assert_ne!(print("Paris parle"), print("Dijon parle"));
}

#[test]
fn spans_that_overlap_are_drawn_on_different_lines() {
    let mut desk = Desk::over("porte-parole du ministère chinois");
    for (words, label) in
        [("ministère chinois", "ORG"), ("chinois", "MISC"), ("porte-parole", "ROLE")]
    {
        desk.label(words, label);
    }
    desk.run(Command::Label(desk.at("porte-parole du ministère"), Label::new("ROLE")));
    let drawn = blocks(desk.document(), None);
    let lane = |words: &str, label: &str| {
        let id = desk.id(words, label);
        let pieces = drawn[0].chunks.iter().flat_map(|c| &c.pieces);
        pieces.flat_map(|p| &p.marks).find(|m| m.id == id).unwrap().lane
    };
    assert_eq!((lane("chinois", "MISC"), lane("porte-parole", "ROLE")), (0, 0));
    assert_eq!(lane("ministère chinois", "ORG"), 1);
    assert_eq!(lane("porte-parole du ministère", "ROLE"), 2);
}

#[test]
fn marks_say_where_their_span_starts_and_ends_and_who_belongs_together() {
    let mut desk = Desk::tagged();
    let quote = desk.id("Pékin « a protesté »", "QUOTE");
    desk.0.focus_on(Some(quote));
    let drawn = blocks(desk.document(), desk.0.focus());
    let marks: Vec<_> =
        drawn[0].chunks[0].pieces.iter().map(|p| (&TEXT[p.start..p.end], &p.marks)).collect();
    let (words, first) = &marks[0];
    assert_eq!((*words, first.len()), ("Pékin", 2));
    assert!(first[0].id == quote && first[0].focused && first[0].starts && !first[0].ends);
    let cue = marks.iter().find(|(words, _)| *words == "a réagi").unwrap().1;
    assert!(cue[0].related && cue[0].starts && cue[0].ends && cue[0].proposed);
}

#[test]
fn review_goes_through_the_text_and_takes_a_quotation_as_one() {
    let mut desk = Desk::tagged();
    let words = |desk: &Desk| -> Vec<String> {
        let document = desk.document();
        review_order(document).iter().map(|id| document.words(desk.span(*id)).to_owned()).collect()
    };
    let all = [
        "Pékin « a protesté »",
        "Pékin",
        "Lin Jian",
        "« Washington ment »",
        "Ana Roy",
        "« rien ne presse »",
    ];
    assert_eq!(words(&desk), all);
    assert_eq!(overview(desk.document()), Overview { proposed: 6, accepted: 0 });
    desk.0.focus_on(None);
    for expected in all {
        assert!(desk.0.review(true));
        let focus = desk.0.focus().unwrap();
        assert_eq!(desk.document().words(desk.span(focus)), expected);
    }
    assert!(!desk.0.review(true));
    assert!(desk.0.review(false));
    desk.run(Command::Accept(desk.id("« rien ne presse »", "QUOTE")));
    assert_eq!(words(&desk), all[..5]);
    assert_eq!(overview(desk.document()), Overview { proposed: 5, accepted: 1 });
}

#[test]
fn rows_hold_what_the_lists_show() {
    let desk = Desk::tagged();
    let rows = entity_rows(desk.document());
    let shown: Vec<_> = rows
        .iter()
        .map(|r| (r.letter.as_str(), r.name.as_str(), r.mentions.len(), r.quotations.len()))
        .collect();
    assert_eq!(shown, [("b", "Lin Jian", 3, 2), ("c", "Ana Roy", 2, 1), ("a", "Pékin", 1, 0)]);
    let rows = quotation_rows(desk.document(), Some(desk.id("il", "SPEAKER")));
    let second = &rows[1];
    assert_eq!((second.number, second.words.as_str()), (2, "« Washington ment »"));
    assert_eq!(
        (second.cue.as_deref(), second.speaker.as_deref()),
        (Some("a-t-il dénoncé"), Some("il"))
    );
    assert_eq!(second.sayer.as_ref().map(|(_, name)| name.as_str()), Some("Lin Jian"));
    assert!(second.focused && !rows[0].focused && second.proposed && !second.continued);
    let card = span_card(desk.document(), desk.id("il", "SPEAKER")).unwrap();
    assert_eq!(card.quotation.map(|q| q.number), Some(2));
}

#[test]
fn a_letter_stays_with_its_entity() {
    let mut desk = Desk::tagged();
    desk.run(Command::Remove(desk.id("Pékin", "PLACE")));
    let rows = entity_rows(desk.document());
    let letters: Vec<_> = rows.iter().map(|r| r.letter.as_str()).collect();
    assert_eq!(letters, ["b", "c"]);
    let counted = [0, 25, 26, 27, 51, 52, 701, 702].map(entity_letter);
    assert_eq!(counted, ["a", "z", "aa", "ab", "az", "ba", "zz", "aaa"]);
}
