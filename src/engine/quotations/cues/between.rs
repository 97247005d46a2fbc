//! The small words around and inside a verb group: clitics, negation, adverbs,
//! what stands apart between commas.

use crate::engine::quotations::conjugation::Mood;
use crate::engine::quotations::lexicon::Class;
use crate::engine::quotations::view::View;

/// Words between auxiliary and participle.
const MAX_BETWEEN: usize = 6;

/// A negation right behind the verb or its auxiliary.
pub fn is_negated(view: View<'_, '_>, at: usize, end: usize) -> bool {
    (at + 1..end + 2).any(|k| view.class(k).has(Class::NEGATION) && !view.is_word(k, "plus"))
}

/// "Personne n'a", "aucun élu n'a": a subject that denies.
pub fn is_nobody(view: View<'_, '_>, left: usize) -> bool {
    const NOBODY: [&str; 7] = ["personne", "aucun", "aucune", "nul", "nulle", "rien", "ni"];
    (left.saturating_sub(8)..left).any(|k| NOBODY.iter().any(|w| view.is_word(k, w)))
}

/// The words between subject and verb: where they start, and whether "se" is
/// among them.
pub fn before(view: View<'_, '_>, at: usize) -> (usize, bool) {
    let mut start = at;
    let mut reflexive = false;
    while start > 0 && start + 4 > at {
        let class = view.class(start - 1);
        let is_se = view.is_word(start - 1, "se")
            || view.is_word(start - 1, "s'")
            || ((view.is_word(start - 1, "me") || view.is_word(start - 1, "m'"))
                && view.word(at).mood.has(Mood::FIRST));
        let determiner = class.has(Class::DETERMINER) && !class.has(Class::CLITIC);
        let pronoun_subject = class.has(Class::SUBJECT) && !view.is_word(start - 1, "nous");
        if is_se {
            reflexive = true;
        } else if !(class.has(Class::CLITIC) || class.has(Class::NE))
            || determiner
            || pronoun_subject
        {
            break;
        } else if view.is_word(start - 1, "nous")
            || view.is_word(start - 1, "lui")
                && view.is(start.wrapping_sub(2), ",")
                && start + 1 == at
        {
            // "M. X, lui, a dit": no clitic of the verb.
            if view.word(at).mood.has(Mood::FIRST) {
                break;
            }
        }
        start -= 1;
    }
    (start, reflexive)
}

/// Where the reflexive clitic before the verb stands.
pub fn before_reflexive(view: View<'_, '_>, at: usize) -> usize {
    (at.saturating_sub(3)..at).find(|&k| view.class(k).has(Class::REFLEXIVE)).unwrap_or(at)
}

/// An inverted clitic behind the verb: its item, and what follows it.
pub fn inverted(view: View<'_, '_>, k: usize) -> (Option<usize>, usize) {
    if view.class(k + 1).has(Class::SUBJECT.with(Class::CLITIC))
        && view.of(k).starts_with(['-', '\u{2010}', '\u{2011}'])
        && !view.is_word(k + 1, "ce")
    {
        (Some(k + 1), k + 2)
    } else {
        (None, k)
    }
}

/// Over adverbs and set phrases: the next item, and whether a negation was
/// among them.
pub fn between(view: View<'_, '_>, from: usize) -> (usize, bool) {
    let mut k = from;
    let mut negated = false;
    while k < from + MAX_BETWEEN {
        let class = view.class(k);
        if let Some(end) = view.set_phrase(k).or_else(|| set_apart(view, k)) {
            k = end;
        } else if view.is_self(k)
            || view.word(k).mood == Mood::default()
                && class.has(Class::ADVERB.with(Class::NEGATION).with(Class::TIME))
        {
            negated |= class.has(Class::NEGATION);
            k += 1;
        } else {
            break;
        }
    }
    (k, negated)
}

/// ", lui,", ", pour sa part,": what stands between commas, where it ends.
fn set_apart(view: View<'_, '_>, k: usize) -> Option<usize> {
    if !view.is(k, ",") {
        return None;
    }
    let pronoun = ["lui", "elle", "eux", "elles"].iter().any(|w| view.is_word(k + 1, w));
    let alone = pronoun || view.class(k + 1).has(Class::ADVERB.with(Class::TIME));
    let end = view.set_phrase(k + 1).or(alone.then_some(k + 2))?;
    view.is(end, ",").then_some(end + 1)
}
