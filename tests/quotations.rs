//! The rules of the quotation stages, each with what it must catch and what
//! it must leave (`tests/cases/quotations`).

use std::path::Path;

use guillemet::engine::{self, quotations, sentences, tokens};
use guillemet::lab::reports::{Marked, Part, Reported, own};
use guillemet::text::ByteSpan;

fn cases() -> Vec<Reported> {
    own(Path::new("tests/cases/quotations"), Part::All).expect("cases keep the notation")
}

/// What the grammar finds, written like what is marked.
fn found(text: &str) -> Vec<Marked> {
    let tokens = tokens::tokenize(text);
    let sentences = sentences::split(text, &tokens);
    let mut entities = Vec::new();
    let found = quotations::find(text, &tokens, &sentences, &[], &mut entities);
    let mut out: Vec<Marked> = found
        .quotations
        .iter()
        .map(|q| Marked {
            span: q.span,
            kind: q.kind,
            cue: q.cue.map(|c| found.cues[c].span),
            speaker: q.speaker.map(|s| found.speakers[s].span),
            resolved: None,
        })
        .collect();
    out.sort_by_key(|q| q.span);
    out
}

fn written(text: &str, quotation: &Marked) -> String {
    let of = |span: Option<ByteSpan>| span.map_or("-", |s| s.of(text));
    format!(
        "{} [{}] <{}> <{}>",
        quotation.kind.name(),
        quotation.span.of(text),
        of(quotation.cue),
        of(quotation.speaker)
    )
}

#[test]
fn every_rule_catches_and_leaves() {
    let mut wrong = Vec::new();
    for case in cases() {
        let lines = |marked: &[Marked]| -> Vec<String> {
            marked.iter().map(|q| written(&case.text, q)).collect()
        };
        let (expected, ours) = (lines(&case.quotations), lines(&found(&case.text)));
        if expected != ours {
            wrong.push(format!("{}\n  expected {expected:?}\n  found    {ours:?}", case.id));
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_quotation_has_who_says_it() {
    let cases = own(Path::new("tests/cases/quotations/who"), Part::All).expect("cases are read");
    assert!(!cases.is_empty());
    for case in cases {
        let found = engine::analyse(&case.text);
        for marked in &case.quotations {
            let ours = found.quotations.iter().find(|q| q.span == marked.span);
            let name = ours.and_then(|q| q.entity).map(|e| found.entities[e].name.as_str());
            let words = marked.span.of(&case.text);
            assert_eq!(name, marked.resolved.as_deref(), "{}: {words}", case.id);
        }
    }
}

/// Texts that no newspaper prints: the engine takes them, in linear time.
#[test]
fn any_text_is_read() {
    let many = 10_000;
    for text in [
        "« ".repeat(many),
        "» ".repeat(many),
        "«»".repeat(many),
        "\"a ".repeat(many),
        "« a » \"b\" ".repeat(many),
        "a dit que ".repeat(many),
        "selon X, ".repeat(many),
        "« a, a-t-il dit, ".repeat(many / 4),
        "« a\n".repeat(many),
        "— Il a dit : « oui\n".repeat(many / 4),
        "X, le Y, le Z, ".repeat(many / 4) + "a dit",
        "Je dis que « je dis que « ".repeat(many / 8),
        "+a+ +b ".repeat(many),
        "\u{301}«é\u{301}»𝄞 a dit 🙂".to_owned(),
    ] {
        let analysis = engine::analyse(&text);
        for quotation in &analysis.quotations {
            let words = quotation.span.of(&text);
            assert!(!words.is_empty() && words.trim() == words);
            assert!((0.0..=1.0).contains(&quotation.score));
            assert!(quotation.cue.is_none_or(|c| c < analysis.cues.len()));
            assert!(quotation.speaker.is_none_or(|s| s < analysis.speakers.len()));
            assert!(quotation.entity.is_none_or(|e| e < analysis.entities.len()));
        }
    }
}
