//! Verb groups that report: the verb with its auxiliary, clitic and fixed words.

use super::between::{before, before_reflexive, between, inverted, is_negated, is_nobody};
use super::{Cue, Form};
use crate::engine::quotations::conjugation::Mood;
use crate::engine::quotations::lexicon::{Class, Strength, Uses, Verb};
use crate::engine::quotations::view::View;

/// A verb group whose first word stands at `at`.
pub fn group(view: View<'_, '_>, at: usize) -> Option<Cue> {
    let word = view.word(at);
    let lemma = word.lemma?;
    let lexicon = view.reading.lexicon;
    let (before, reflexive) = before(view, at);
    let mut plural = word.mood.has(Mood::THIRD_PLURAL) && !word.mood.has(Mood::THIRD);
    let mut clitic = None;
    let mut end = at + 1;
    let mut form = Form::Finite;
    let mut head = at;
    // "« … », dira-t-il plus tard" was said.
    let comma = before.checked_sub(1).filter(|&k| view.is(k, ",")).unwrap_or(before);
    let marked = comma > 0 && view.region(comma - 1).is_some();
    let mut unreal = word.mood.has(Mood::FUTURE) && !marked;
    let mut passive = false;
    let mut start = at;
    let auxiliary = lexicon.is(Some(lemma), "avoir") || lexicon.is(Some(lemma), "être");
    if !word.mood.has(Mood::FINITE)
        && auxiliary
        && !word.mood.has(Mood::INFINITIVE.with(Mood::PRESENT_PARTICIPLE))
    {
        return None;
    }
    if word.mood.has(Mood::FINITE) && (view.is_finite(at) || auxiliary) {
        (clitic, end) = inverted(view, end);
    }
    if auxiliary {
        let (mut participle, negated) = between(view, end);
        if lexicon.is(view.word(participle).lemma, "être") && view.is_word(participle, "été") {
            passive = true;
            participle = between(view, participle + 1).0;
        } else if lexicon.is(Some(lemma), "être") && !reflexive {
            passive = true;
        }
        if !view.word(participle).mood.has(Mood::PAST_PARTICIPLE) {
            return None;
        }
        unreal |= negated;
        head = participle;
        end = participle + 1;
        if word.mood.has(Mood::PRESENT_PARTICIPLE) {
            form = Form::Gerund;
        } else if word.mood.has(Mood::INFINITIVE) && !word.mood.has(Mood::FINITE) {
            form = Form::Infinitive;
        }
    } else if view.is_finite(at) {
        unreal |= word.mood.has(Mood::CONDITIONAL);
    } else if word.mood.has(Mood::PRESENT_PARTICIPLE)
        && !word.class.has(Class::NOUN.with(Class::ADVERB))
    {
        form = Form::Gerund;
    } else if word.mood.has(Mood::INFINITIVE) {
        form = Form::Infinitive;
    } else if word.mood.has(Mood::PAST_PARTICIPLE) {
        form = Form::Participle;
    } else {
        return None;
    }
    if form == Form::Finite && clitic.is_some_and(|c| view.word(c).class.has(Class::PLURAL)) {
        plural = true;
    }
    let mut own = reflexive;
    if form == Form::Finite
        && let Some((verb_at, after)) = semi_auxiliary(view, head, end)
    {
        head = verb_at;
        end = after;
        own = false;
    }
    // "y voit une « gifle »", "voit en lui un « ami »", and no other seeing.
    let seen = lexicon.is(view.word(head).lemma, "voir");
    let taken = view.is_word(at.wrapping_sub(1), "y")
        || ["en", "dans"].iter().any(|w| view.is_word(end, w));
    // "cela dit": a set phrase.
    let aside = view.is_word(at, "dit")
        && ["cela", "ceci", "autrement"].iter().any(|w| view.is_word(at.wrapping_sub(1), w));
    if seen && !taken || aside {
        return None;
    }
    let (verb, end) = verb(view, head, end, own)?;
    if reflexive && form != Form::Participle {
        start = before_reflexive(view, at);
    }
    // "en rappelant" is one cue, as the guide has it with "en disant", though
    // most of what we tune on leaves "en" out; "tout en" links it.
    if form == Form::Gerund
        && start > 0
        && view.is_word(start - 1, "en")
        && !view.is_word(start.wrapping_sub(2), "tout")
    {
        start -= 1;
    }
    let negated = (view.class(before).has(Class::NE)
        || (at > 0 && view.class(at - 1).has(Class::NE)))
        && (between(view, at + 1).1
            || unreal
            || is_negated(view, at, end)
            || is_nobody(view, before));
    let denied = verb.uses.has(Uses::NEGATED) && negated;
    if denied {
        start = (before..start).find(|&k| view.class(k).has(Class::NE)).unwrap_or(start);
        start = if start > 0 && view.class(start - 1).has(Class::NE) { start - 1 } else { start };
    }
    let end = if denied && view.class(end).has(Class::NEGATION) { end + 1 } else { end };
    unreal = (unreal || negated) && !denied;
    Some(Cue {
        items: start..end,
        form,
        verb: Some(verb),
        clitic,
        left: before,
        plural,
        unreal,
        passive,
    })
}

/// Any verb that stands turned right behind words in marks: "« … », se console
/// X", "« … », sourit-elle".
pub fn beside_marks(view: View<'_, '_>, at: usize) -> Option<Cue> {
    static ANY: Verb = Verb {
        strength: Strength::Manner,
        uses: Uses::MARKED,
        pronominal: false,
        tail: Vec::new(),
    };
    let comma = at.checked_sub(1).filter(|&k| view.is(k, ",")).unwrap_or(at);
    let clitics = (comma..at + 3).find(|&k| {
        k >= at && !view.class(k).has(Class::REFLEXIVE.with(Class::CLITIC).with(Class::NE))
    })?;
    // "se contente de répondre", "ne cache pas": the verb has its own entry.
    if clitics > at
        && let Some(cue) = group(view, clitics)
    {
        return Some(cue);
    }
    // The marks open what is said: nothing but marks before them.
    let after_region = comma > 0
        && view.region(comma - 1).is_some()
        && (comma < 2
            || (0..comma - 1).all(|k| !view.word(k).word)
            || matches!(view.of(comma - 2), ":" | "." | "-" | "–" | "—"));
    if !after_region {
        return None;
    }
    let word = view.word(clitics);
    let written = view.of(clitics);
    let (clitic, end) = inverted(view, clitics + 1);
    let verbal = view.is_finite(clitics)
        || clitic.is_some_and(|c| view.class(c).has(Class::SUBJECT))
        || word.word
            && !word.capital
            && word.class == Class::default()
            && written.ends_with(['e', 't', 'd', 'a'])
            && (view.class(clitics + 1).has(Class::DETERMINER) || view.word(clitics + 1).capital);
    if !verbal || word.class.has(Class::AND.with(Class::RELATIVE)) {
        return None;
    }
    let auxiliary =
        view.reading.lexicon.is(word.lemma, "avoir") || view.reading.lexicon.is(word.lemma, "être");
    let end = if auxiliary {
        let (participle, negated) = between(view, end);
        let written = view.of(participle);
        let known = view.word(participle).mood.has(Mood::PAST_PARTICIPLE);
        if negated || !(known || written.ends_with(['é', 'i', 'u'])) {
            return None;
        }
        participle + 1
    } else {
        end
    };
    let start = if clitics > at && view.class(clitics - 1).has(Class::REFLEXIVE) {
        clitics - 1
    } else {
        clitics
    };
    Some(Cue {
        items: start..end,
        form: Form::Finite,
        verb: Some(&ANY),
        clitic,
        left: at,
        plural: word.mood.has(Mood::THIRD_PLURAL) && !word.mood.has(Mood::THIRD),
        unreal: false,
        passive: false,
    })
}

/// "a tenu à préciser", "vient d'annoncer", "a voulu rassurer": the infinitive
/// that reports, and what follows it.
fn semi_auxiliary(view: View<'_, '_>, head: usize, end: usize) -> Option<(usize, usize)> {
    const PAIRS: [(&str, &str); 18] = [
        ("accorder", "à"),
        ("pouvoir", ""),
        ("préférer", ""),
        ("oser", ""),
        ("tenir", "à"),
        ("venir", "de"),
        ("venir", "d'"),
        ("vouloir", ""),
        ("finir", "par"),
        ("employer", "à"),
        ("continuer", "à"),
        ("continuer", "de"),
        ("continuer", "d'"),
        ("cesser", "de"),
        ("cesser", "d'"),
        ("contenter", "de"),
        ("borner", "à"),
        ("devoir", ""),
    ];
    let lexicon = view.reading.lexicon;
    let lemma = view.word(head).lemma;
    let compound = view.word(head).mood.has(Mood::PAST_PARTICIPLE) && end == head + 1;
    PAIRS.iter().find_map(|(verb, link)| {
        // "doit annoncer" is yet to come, "a dû reconnaître" is not.
        let open = matches!(*verb, "devoir" | "vouloir") && !compound;
        if !lexicon.is(lemma, verb) || open {
            return None;
        }
        let at = if link.is_empty() {
            end
        } else if view.is_word(end, link) {
            end + 1
        } else {
            return None;
        };
        let at =
            if view.class(at).has(Class::CLITIC) && view.word(at + 1).mood.has(Mood::INFINITIVE) {
                at + 1
            } else {
                at
            };
        // "peut-on lire", and nothing else that somebody can.
        let read = ["lire", "entendre"].iter().any(|w| view.is_word(at, w));
        if *verb == "pouvoir" && !read {
            return None;
        }
        let reports =
            view.word(at).lemma.is_some_and(|l| !lexicon.lemmas[usize::from(l)].verbs.is_empty());
        (view.word(at).mood.has(Mood::INFINITIVE) && reports).then_some((at, at + 1))
    })
}

/// The reporting verb headed by the form at `head`, with its fixed words from
/// `end` on: the verb and where it ends.
fn verb(
    view: View<'_, '_>,
    head: usize,
    end: usize,
    reflexive: bool,
) -> Option<(&'static Verb, usize)> {
    let lemma = view.word(head).lemma?;
    let verbs = &view.reading.lexicon.lemmas[usize::from(lemma)].verbs;
    // "met toutefois en garde".
    let next = (end..end + 2).find(|&k| !view.class(k).has(Class::ADVERB)).unwrap_or(end);
    let tail = |v: &Verb| if v.tail.is_empty() { end } else { next };
    let fits = |v: &&Verb| v.tail.iter().enumerate().all(|(i, w)| view.is_word(tail(v) + i, w));
    let own = verbs.iter().filter(|v| v.pronominal == reflexive).find(fits);
    // "se sont accusés": reflexive without an entry of its own.
    let plain = || verbs.iter().filter(|v| reflexive && v.uses.has(Uses::SOMEONE)).find(fits);
    // "a reconnu coupable": a court's finding.
    let finding = ["coupable", "coupables"].iter().any(|w| view.is_word(end, w));
    own.or_else(plain).filter(|_| !finding).map(|v| (v, tail(v) + v.tail.len()))
}
