//! Source phrases: "selon", "d'après", "aux yeux de", "pour X,".

use super::Cue;
use crate::engine::quotations::lexicon::Class;
use crate::engine::quotations::nouns::{self, NounKind};
use crate::engine::quotations::phrases::Number;
use crate::engine::quotations::view::View;
use crate::scheme::MentionLabel;

/// Fixed source phrases by their first word, longest first.
const SOURCES: [(&str, &[&[&str]]); 8] = [
    (
        "selon",
        &[
            &["les", "propres", "mots", "DE"],
            &["les", "mots", "DE"],
            &["les", "termes", "DE"],
            &["les", "dires", "DE"],
            &[],
        ],
    ),
    ("de", &[&["l'", "aveu", "même", "DE"], &["l'", "avis", "DE"], &["l'", "aveu", "DE"]]),
    ("si", &[&["l'", "on", "en", "croit"]]),
    ("aux", &[&["yeux", "DE"], &["dires", "DE"]]),
    ("au", &[&["dire", "DE"]]),
    ("à", &[&["en", "croire"], &["entendre"], &["lire"], &["écouter"]]),
    ("d'", &[&["après"]]),
    ("dixit", &[&[]]),
];

/// "À l'en croire", "à les entendre": the source is the clitic.
fn heard(view: View<'_, '_>, at: usize) -> Option<Cue> {
    if !view.class(at).has(Class::TO) || !view.class(at + 1).has(Class::CLITIC) {
        return None;
    }
    let croire = view.is_word(at + 2, "en") && view.is_word(at + 3, "croire");
    let len = if croire {
        4
    } else if view.is_word(at + 2, "entendre") {
        3
    } else {
        return None;
    };
    Some(Cue { clitic: Some(at + 1), ..Cue::source(at..at + len) })
}

pub fn source(view: View<'_, '_>, at: usize) -> Option<Cue> {
    let first = view.of(at).chars().next()?;
    if !matches!(first, 's' | 'S' | 'd' | 'D' | 'a' | 'A' | 'à' | 'À' | 'p' | 'P') {
        return None;
    }
    if let Some(cue) = heard(view, at) {
        return Some(cue);
    }
    let first = |word: &str| view.is_word(at, word) || word == "à" && view.is(at, "A");
    let word = |k: usize, w: &str| {
        if w == "DE" { view.class(k).has(Class::OF) } else { view.is_word(k, w) }
    };
    let fits = |rest: &&&[&str]| rest.iter().enumerate().all(|(i, w)| word(at + 1 + i, w));
    let known = SOURCES.iter().find(|(word, _)| first(word));
    let len = match known.and_then(|(_, rests)| rests.iter().find(fits)) {
        Some(rest) => 1 + rest.len(),
        None => from_view(view, at)?,
    };
    // "Fort de l'avis du Conseil": no source.
    let governed = at > 0
        && view.is_word(at, "de")
        && view.word(at - 1).word
        && !view.class(at - 1).has(Class::AND.with(Class::THAT).with(Class::ADVERB));
    if governed {
        return None;
    }
    let next = view.class(at + len);
    let noun = if next.has(Class::DETERMINER) { at + len + 1 } else { at + len };
    let for_whom = view.is_word(at, "pour") && next.has(Class::RELATIVE);
    if next.has(Class::THAT) || view.class(noun).has(Class::NO_SOURCE) && !for_whom {
        return None;
    }
    Some(Cue::source(at..at + len))
}

/// "Pour X, …", "De source policière, …", "Suivant X, …" at the start of a sentence.
fn from_view(view: View<'_, '_>, at: usize) -> Option<usize> {
    if view.is_word(at, "pour") && view.class(at + 1).has(Class::RELATIVE) && at > 0 {
        let who = ["qui", "lequel", "laquelle", "lesquels", "lesquelles"];
        return who.iter().any(|w| view.is_word(at + 1, w)).then_some(1);
    }
    // "« … » pour X".
    let behind = at > 0 && view.region(at - 1).is_some() && view.is_word(at, "pour");
    if behind && view.word(at + 1).mention == Some(MentionLabel::Person) {
        return Some(1);
    }
    let opens = at == 0 || matches!(view.of(at - 1), "," | ";") || view.is_word(at - 1, "mais");
    if !opens {
        return None;
    }
    // "Suivant Le Progrès, …", not "Suivant les consignes, …".
    if view.is_word(at, "suivant") {
        let end = view.phrase(at + 1, Number::Singular)?;
        let org = |k: usize| view.word(k).mention == Some(MentionLabel::Org);
        let named = org(at + 1) || org(at + 2) && end > at + 2;
        return (named && view.is(end, ",")).then_some(1);
    }
    if view.is_word(at, "de") && (view.is_word(at + 1, "source") || view.is_word(at + 1, "sources"))
    {
        return Some(1);
    }
    if !view.is_word(at, "pour") || view.set_phrase(at).is_some() {
        return None;
    }
    let end = view.phrase(at + 1, Number::Plural)?;
    let end = view.appositions(at + 1, end);
    // "Ana Roy, pour la CGT, dit …": for whom she speaks.
    let speaks = at > 1
        && view.is(end, ",")
        && view.is_finite(end + 1)
        && view.word(at - 2).capital
        && !view.has_finite(0..at);
    if speaks {
        return None;
    }
    // "Pour la défense, Me Ana Roy a plaidé": for whom she speaks.
    let named = |k: usize| {
        view.class(k).has(Class::TITLE) || view.word(k).mention == Some(MentionLabel::Person)
    };
    if view.is(end, ",") && named(end + 1) && view.class(at + 1).has(Class::DETERMINER) {
        return None;
    }
    let pronoun =
        view.is_word(at + 1, "lui") || view.is_word(at + 1, "elle") || view.is_word(at + 1, "eux");
    let someone = (at + 1..end)
        .any(|k| matches!(view.word(k).mention, Some(MentionLabel::Person | MentionLabel::Role)));
    let body = view.word(at + 2).mention == Some(MentionLabel::Org)
        || view.word(at + 1).mention == Some(MentionLabel::Org)
        || (at + 1..at + 4).any(|k| view.class(k).has(Class::PEOPLE));
    let clause = view.is(end, ",")
        && (end..view.len()).any(|k| view.is_finite(k) || view.region(k).is_some());
    // "Pour le plaignant, « … »".
    let marked =
        view.is(end, ",") && view.region(end + 1).is_some() && view.is_somebody(at + 1, end);
    // "Pour X : « … »".
    let colon = view.is(end, ":") && view.region(end + 1).is_some();
    // "Pour la donatrice, il s'agit d'un « effort »".
    let noun = if view.class(at + 1).has(Class::DETERMINER) { at + 2 } else { at + 1 };
    let kind = nouns::kind(view.reading.lexicon, &view.of(noun).to_lowercase());
    let said = matches!(kind, NounKind::Person | NounKind::Group | NounKind::Agent)
        && ["c'", "ce", "il"].iter().any(|w| view.is_word(end + 1, w))
        && (end..view.len()).any(|k| view.region(k).is_some());
    ((pronoun || someone || body || marked || said) && (clause || colon)).then_some(1)
}
