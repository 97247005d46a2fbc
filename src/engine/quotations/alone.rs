//! Words in marks that no cue reports: whole sentences said, fragments of
//! somebody's words, or a name, a title, a term.

use std::ops::Range;

use super::conjugation::Mood;
use super::contents::{Draft, How, dateline};
use super::lexicon::{Class, Strength};
use super::nouns::{self, NounKind};
use super::phrases::Number;
use super::reading::{Item, Reading, Stretch};
use super::view::View;
use crate::engine::chars;
use crate::scheme::{MentionLabel, QuoteKind};

/// A fragment of at least so many words can be somebody's words.
const MIN_FRAGMENT: usize = 5;

/// Adds a draft for each region of `stretch` that is said but that no draft
/// holds; `taken` tells which regions are held.
pub fn find(reading: &Reading<'_>, stretch: &Stretch, taken: &[bool], out: &mut Vec<Draft>) {
    let view = View::new(reading, stretch);
    for k in 0..view.len() {
        let Some(region) = view.region(k) else { continue };
        // "(« … »)": a term or what was just said in other words, but for a clause.
        let bracketed = k > 0 && (view.is(k - 1, "(") || view.is(k - 1, "["));
        let again = k < 2
            || view.region(k - 2).is_some()
            || !has_subject(view, region)
            || asks(view, region);
        if taken[region] || is_name(view, k) || bracketed && again {
            continue;
        }
        // "— Jean-Michel Aulas, président du club.": who signs, not what is said.
        let inner = &reading.regions[region].inner;
        let named = || {
            reading.words[inner.start].mention == Some(MentionLabel::Person)
                && !has_verb(view, region)
        };
        if reading.regions[region].dash && !inner.is_empty() && named() {
            continue;
        }
        let start = dateline(view);
        let alone = (start..k).all(|j| !view.word(j).word) && is_closed(view, k + 1);
        let sentence = opens_like_sentence(view, region) && has_verb(view, region);
        let introduced = k > 0 && view.is(k - 1, ":");
        // "« Le club est sauvé » : le soulagement du président".
        let somebody = view.is_somebody(k + 2, view.len().min(k + 6))
            || (k + 2..k + 6).any(|j| view.word(j).mention == Some(MentionLabel::Person));
        let heads = (start..k).all(|j| !view.word(j).word)
            && view.is(k + 1, ":")
            && (sentence || somebody)
            && view.region(k + 2).is_none();
        let words =
            reading.regions[region].inner.clone().filter(|&t| reading.words[t].word).count();
        let whole = heads
            || sentence && (alone || introduced)
            || alone && (words >= 3 || ends_itself(view, region))
            || introduced && words >= 2 && k > 1
            || reading.regions[region].continues.is_some();
        // "Pour le plaignant, « … »": a clause in marks that ends the sentence.
        let led = k > start && (view.is(k - 1, ",") || view.class(k - 1).has(Class::THAT));
        let ends = led && is_closed(view, k + 1);
        let clause = ends && has_subject(view, region) || bracketed;
        // ", « si le car suit ».": added to what is told.
        let added = ends && words >= 3 && has_verb(view, region);
        let added = added && !reading.words[inner.start].class.has(Class::RELATIVE);
        let predicate = subject_of(view, k, region);
        let fragment = words >= MIN_FRAGMENT
            && (has_verb(view, region) || is_personal(view, region))
            || words >= 2 && predicate.is_some();
        let fragment = fragment || added || bracketed;
        if !(whole || (fragment && stretch.inside.is_none())) {
            continue;
        }
        let speaker = if introduced {
            introducer(view, start, k - 1)
        } else if heads && somebody {
            view.subject_after(k + 2, false).map(|end| k + 2..end)
        } else if whole {
            None
        } else {
            predicate
        };
        let speaker = speaker.map(|s| view.first_token(s.start)..view.end_token(s.end - 1));
        let speaker =
            speaker.or_else(|| if alone { signature(reading, stretch.line) } else { None });
        out.push(Draft {
            content: reading.regions[region].tokens.clone(),
            kind: if whole || sentence || clause || added || is_broken(view, region) {
                QuoteKind::Direct
            } else {
                QuoteKind::Mixed
            },
            how: How::Alone,
            strength: Strength::Says,
            cue: None,
            speaker,
            continues: None,
            inside: stretch.inside,
        });
    }
}

/// Whether only marks follow.
fn is_closed(view: View<'_, '_>, from: usize) -> bool {
    (from..view.len()).all(|j| !view.word(j).word && view.region(j).is_none())
}

/// "X : « … »", "X se défend : « … »": the subject before the colon.
fn introducer(view: View<'_, '_>, start: usize, colon: usize) -> Option<Range<usize>> {
    let known = |k: usize| {
        let word = view.word(k);
        let kind = nouns::kind(view.reading.lexicon, &view.of(k).to_lowercase());
        word.capital || word.reach > 0 || view.is_pronoun(k) || kind != NounKind::Other
    };
    if !view.has_finite(start..colon) {
        let end = view.phrase(start, Number::Singular)?;
        let reach = view.appositions(start, end);
        // "Même constat chez Ana Roy : « … »", "Réponse du maire : « … »".
        let links = Class::OF.with(Class::TO).with(Class::PREPOSITION);
        let named = |k: usize| if k == start { view.word(k).reach > 0 } else { known(k) };
        let told = (start..colon).take_while(|&k| !named(k) && !view.is(k, ","));
        let behind = told.filter(|&k| view.class(k).has(links)).find_map(|link| {
            let end = view.phrase(link + 1, Number::Singular)?;
            let reach = view.appositions(link + 1, end);
            let whole = end == colon || reach == colon;
            (whole && (known(link + 1) || known(link + 2))).then_some(link + 1..colon)
        });
        if behind.is_some() {
            return behind;
        }
        let closed = reach == colon || end == colon || view.is(end, ",") || view.is(end, "(");
        // "Verdict : « … »", "Sa réponse : « … »": nobody.
        let lone = end == start + 1 && view.word(start).reach == 0 && !view.is_pronoun(start);
        let closed = closed && !lone && (start..end).any(known);
        return closed.then_some(start..if reach <= colon { reach } else { end });
    }
    let verb = (start..colon).find(|&k| view.is_finite(k))?;
    let mut left = verb;
    while left > start
        && view.class(left - 1).has(Class::CLITIC.with(Class::NE).with(Class::REFLEXIVE))
        && !view.class(left - 1).has(Class::SUBJECT)
    {
        left -= 1;
    }
    let subject = view.subject_before(left, false, None)?;
    // "le choix est clair :": nobody.
    subject.clone().any(known).then_some(subject)
}

/// The line after words in marks that signs them: "— X, maire de Y".
fn signature(reading: &Reading<'_>, line: usize) -> Option<Range<usize>> {
    let tokens = reading.lines.get(line + 1)?.clone();
    let dash = tokens.start;
    let opens = matches!(reading.of(dash), "—" | "–" | "-" | "―");
    let end = if reading.is(tokens.end - 1, ".") { tokens.end - 1 } else { tokens.end };
    let short = end > dash + 1 && end - dash < 30;
    let names = tokens.clone().any(|t| reading.words[t].capital);
    let says = tokens.clone().skip(1).any(|t| reading.words[t].mood.has(Mood::FINITE));
    (opens && short && names && !says).then_some(dash + 1..end)
}

fn opens_like_sentence(view: View<'_, '_>, region: usize) -> bool {
    let reading = view.reading;
    let inner = &reading.regions[region].inner;
    let first = inner.clone().find(|&t| reading.words[t].word);
    first.is_some_and(|t| reading.of(t).chars().next().is_some_and(char::is_uppercase))
}

/// "« Oui. »", "« Lequel ? »": few words that end a sentence in the marks.
fn ends_itself(view: View<'_, '_>, region: usize) -> bool {
    let inner = &view.reading.regions[region].inner;
    let last = inner.end.checked_sub(1).filter(|t| inner.contains(t));
    opens_like_sentence(view, region)
        && last.is_some_and(|t| matches!(view.reading.of(t), "." | "!" | "?"))
}

/// Whether the words are a question.
fn asks(view: View<'_, '_>, region: usize) -> bool {
    let inner = &view.reading.regions[region].inner;
    !inner.is_empty() && view.reading.is(inner.end - 1, "?")
}

/// The subject whose verb the words are: "Il « regrette son geste »", "la
/// région a « pris note »".
fn subject_of(view: View<'_, '_>, k: usize, region: usize) -> Option<Range<usize>> {
    let reading = view.reading;
    let word = reading.words[reading.regions[region].inner.start];
    let auxiliary = |k: &usize| {
        let of = |verb| reading.lexicon.is(view.word(*k).lemma, verb);
        view.is_finite(*k) && (of("avoir") || of("être"))
    };
    let left = if word.mood.has(Mood::PAST_PARTICIPLE) {
        k.checked_sub(1).filter(auxiliary)?
    } else if word.mood.has(Mood::THIRD.with(Mood::THIRD_PLURAL)) && !word.class.has(Class::NOUN) {
        k
    } else {
        return None;
    };
    let subject = view.subject_before(left, false, None).filter(|_| !word.capital)?;
    // "X, maire de Y, a « pris note »", but not "qui a « pris note »".
    (subject.end == left || view.is(left - 1, ",")).then_some(subject)
}

/// Whether a sentence ends inside and another starts.
fn is_broken(view: View<'_, '_>, region: usize) -> bool {
    let reading = view.reading;
    let inner = reading.regions[region].inner.clone();
    let sentence = reading.sentences.partition_point(|s| s.end <= inner.start);
    let next = reading.sentences.get(sentence).map_or(inner.end, |s| s.end);
    (next..inner.end).any(|t| reading.words[t].word)
}

fn has_verb(view: View<'_, '_>, region: usize) -> bool {
    let reading = view.reading;
    let mut inner = reading.regions[region].inner.clone();
    inner.any(|t| reading.words[t].mood.has(Mood::FINITE))
}

/// Whether the words start with a noun phrase and a finite verb behind it.
pub fn has_subject(view: View<'_, '_>, region: usize) -> bool {
    let reading = view.reading;
    let mut opened = false;
    for t in reading.regions[region].inner.clone() {
        let word = reading.words[t];
        if word.class.has(Class::RELATIVE.with(Class::THAT).with(Class::SUBORDINATOR)) {
            opened = true;
        } else if word.mood.has(Mood::FINITE) && !word.capital {
            if !opened {
                let first = reading.words[reading.regions[region].inner.start];
                return first.class.has(Class::DETERMINER.with(Class::SUBJECT)) || first.capital;
            }
            opened = false;
        }
    }
    false
}

/// First or second person, a question, a cry.
fn is_personal(view: View<'_, '_>, region: usize) -> bool {
    const PERSONS: [&str; 12] =
        ["je", "j'", "j’", "nous", "vous", "mon", "ma", "mes", "notre", "nos", "?", "!"];
    let reading = view.reading;
    let mut inner = reading.regions[region].inner.clone();
    inner.any(|t| PERSONS.contains(&chars::lowered(reading.of(t)).as_ref()))
}

/// Whether the words in marks at `k` are a name, a title or a term.
pub fn is_name(view: View<'_, '_>, k: usize) -> bool {
    let Some(Item::Region(region)) = view.items.get(k).copied() else { return false };
    let reading = view.reading;
    let inner = reading.regions[region].inner.clone();
    let words: Vec<usize> = inner.clone().filter(|&t| reading.words[t].word).collect();
    let (Some(&first), true) = (words.first(), words.len() <= 8) else { return words.is_empty() };
    let named = words
        .iter()
        .all(|&t| matches!(reading.words[t].mention, Some(MentionLabel::Misc | MentionLabel::Org)));
    let capital = reading.of(first).chars().next().is_some_and(char::is_uppercase);
    // "se dit « sidéré »" is no name, whatever the mention.
    if named && (capital || words.len() > 1) {
        return true;
    }
    // "a dit « ne pas savoir »" names nothing.
    let says = k > 0 && view.of(k - 1).starts_with("dit") && !capital;
    // "sous le nom de « Rouget »".
    const NAMES: [&str; 7] = ["nom", "mot", "terme", "sobriquet", "surnom", "pseudonyme", "pseudo"];
    let of =
        k > 1 && view.class(k - 1).has(Class::OF) && NAMES.iter().any(|w| view.is_word(k - 2, w));
    let named = k > 0 && view.class(k - 1).has(Class::NAMING) && !says;
    let naming = of || named;
    let verb = words.iter().any(|&t| reading.words[t].mood.has(Mood::FINITE));
    // "parle d'un « Djibouti sans embouteillage »".
    let kind = k > 1
        && words.len() >= 3
        && ["un", "une"].iter().any(|w| view.is_word(k - 1, w))
        && view.class(k - 2).has(Class::OF)
        && reading.words[*words.last().unwrap_or(&first)].mention.is_none();
    if kind {
        return false;
    }
    let after_noun = k > 0
        && view.word(k - 1).word
        && !view.class(k - 1).has(Class::OF.with(Class::THAT).with(Class::ADVERB));
    (naming && (capital || !verb)) || (capital && !verb && after_noun && words.len() <= 6)
}
