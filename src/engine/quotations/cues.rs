//! The words that report: verb groups and source prepositions.
//!
//! Looks at each item of a stretch for a reporting verb with its auxiliary,
//! clitic and fixed words ("a-t-il fait savoir"), a gerund, an infinitive
//! behind "avant de", a participle that goes on with the auxiliary before, or
//! a phrase such as "selon". Says how it stands, not yet what it reports.

use std::ops::Range;

use super::conjugation::Mood;
use super::lexicon::{Class, Strength, Uses, Verb};
use super::phrases::View;
use crate::scheme::MentionLabel;

/// Words between auxiliary and participle.
const MAX_BETWEEN: usize = 6;

/// In which form a cue stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A finite verb, its number as far as the form tells.
    Finite,
    /// "ajoutant", "en disant".
    Gerund,
    /// "avant d'ajouter".
    Infinitive,
    /// A participle: "a salué … et condamné …", "accusé par …".
    Participle,
    /// "selon", "d'après".
    Source,
}

/// A cue in a stretch.
#[derive(Clone, Debug)]
pub struct Cue {
    /// Its items.
    pub items: Range<usize>,
    /// How it stands.
    pub form: Form,
    /// The verb; none for a source phrase.
    pub verb: Option<&'static Verb>,
    /// The item of an inverted clitic.
    pub clitic: Option<usize>,
    /// Where the words before the cue end: before "ne", "lui", "s'".
    pub left: usize,
    /// Whether the verb is plural.
    pub plural: bool,
    /// Whether it is denied, wished or yet to come.
    pub unreal: bool,
    /// Whether it is passive.
    pub passive: bool,
}

impl Cue {
    fn source(items: Range<usize>) -> Self {
        Self {
            left: items.start,
            items,
            form: Form::Source,
            verb: None,
            clitic: None,
            plural: false,
            unreal: false,
            passive: false,
        }
    }

    /// Whether the verb takes one of these constructions.
    pub fn takes(&self, uses: Uses) -> bool {
        self.verb.is_some_and(|v| v.uses.has(uses))
    }
}

/// The cues of a stretch in order.
pub fn find(view: View<'_, '_>) -> Vec<Cue> {
    let mut cues = Vec::new();
    let mut at = 0;
    while at < view.len() {
        match source(view, at).or_else(|| group(view, at)).or_else(|| beside_marks(view, at)) {
            Some(cue) => {
                at = cue.items.end.max(at + 1);
                cues.push(cue);
            }
            None => at += 1,
        }
    }
    cues
}

/// Fixed source phrases, longest first.
const SOURCES: [&[&str]; 16] = [
    &["selon", "les", "propres", "mots", "DE"],
    &["selon", "les", "mots", "DE"],
    &["selon", "les", "termes", "DE"],
    &["selon", "les", "dires", "DE"],
    &["de", "l'", "aveu", "même", "DE"],
    &["si", "l'", "on", "en", "croit"],
    &["de", "l'", "avis", "DE"],
    &["de", "l'", "aveu", "DE"],
    &["aux", "yeux", "DE"],
    &["aux", "dires", "DE"],
    &["au", "dire", "DE"],
    &["à", "en", "croire"],
    &["à", "entendre"],
    &["d'", "après"],
    &["selon"],
    &["dixit"],
];

/// "À l'en croire", "à les entendre": the source is the clitic.
fn heard(view: View<'_, '_>, at: usize) -> Option<Cue> {
    let croire = view.is_word(at + 2, "en") && view.is_word(at + 3, "croire");
    let len = if croire {
        4
    } else if view.is_word(at + 2, "entendre") {
        3
    } else {
        return None;
    };
    let clitic = view.class(at + 1).has(Class::CLITIC);
    (clitic && view.class(at).has(Class::TO))
        .then(|| Cue { clitic: Some(at + 1), ..Cue::source(at..at + len) })
}

fn source(view: View<'_, '_>, at: usize) -> Option<Cue> {
    let first = view.of(at).chars().next()?;
    if !matches!(first, 's' | 'S' | 'd' | 'D' | 'a' | 'A' | 'à' | 'À' | 'p' | 'P') {
        return None;
    }
    if let Some(cue) = heard(view, at) {
        return Some(cue);
    }
    let word = |k: usize, w: &str| match w {
        "DE" => view.class(k).has(Class::OF),
        "à" => view.is_word(k, "à") || view.is(k, "A"),
        _ => view.is_word(k, w),
    };
    let fits = |words: &&&[&str]| words.iter().enumerate().all(|(i, w)| word(at + i, w));
    let len = match SOURCES.iter().find(fits) {
        Some(words) => words.len(),
        None => from_view(view, at)?,
    };
    let next = view.class(at + len);
    let noun = if next.has(Class::DETERMINER) { at + len + 1 } else { at + len };
    if next.has(Class::THAT) || view.class(noun).has(Class::NO_SOURCE) {
        return None;
    }
    Some(Cue::source(at..at + len))
}

/// "Pour X, …", "De source policière, …" at the start of a sentence.
fn from_view(view: View<'_, '_>, at: usize) -> Option<usize> {
    if view.is_word(at, "pour") && view.class(at + 1).has(Class::RELATIVE) && at > 0 {
        let who = ["qui", "lequel", "laquelle", "lesquels", "lesquelles"];
        return who.iter().any(|w| view.is_word(at + 1, w)).then_some(1);
    }
    let opens = at == 0 || view.is(at - 1, ",") || view.is_word(at - 1, "mais");
    if !opens {
        return None;
    }
    if view.is_word(at, "de") && (view.is_word(at + 1, "source") || view.is_word(at + 1, "sources"))
    {
        return Some(1);
    }
    if !view.is_word(at, "pour") || view.set_phrase(at).is_some() {
        return None;
    }
    let end = view.phrase(at + 1, super::phrases::Number::Plural)?;
    let end = view.appositions(at + 1, end);
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
    ((pronoun || someone || body || marked) && clause).then_some(1)
}

/// A verb group whose first word stands at `at`.
fn group(view: View<'_, '_>, at: usize) -> Option<Cue> {
    let word = view.word(at);
    let lemma = word.lemma?;
    let lexicon = view.reading.lexicon;
    let (before, reflexive) = before(view, at);
    let mut plural = word.mood.has(Mood::THIRD_PLURAL) && !word.mood.has(Mood::THIRD);
    let mut clitic = None;
    let mut end = at + 1;
    let mut form = Form::Finite;
    let mut head = at;
    let mut unreal = word.mood.has(Mood::FUTURE);
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
    } else if word.mood.has(Mood::PRESENT_PARTICIPLE) && !word.class.has(Class::NOUN) {
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
    let (verb, end) = verb(view, head, end, own)?;
    if reflexive && form != Form::Participle {
        start = before_reflexive(view, at);
    }
    // "en rappelant" is one cue, "tout en" links it.
    if form == Form::Gerund
        && start > 0
        && view.is_word(start - 1, "en")
        && !view.is_word(start.wrapping_sub(2), "tout")
    {
        start -= 1;
    }
    let negated = (view.class(before).has(Class::NE)
        || (at > 0 && view.class(at - 1).has(Class::NE)))
        && (between(view, at + 1).1 || unreal || is_negated(view, at, end));
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
fn beside_marks(view: View<'_, '_>, at: usize) -> Option<Cue> {
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
    if !after_region || !verbal || word.class.has(Class::AND.with(Class::RELATIVE)) {
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

/// A negation right behind the verb or its auxiliary.
fn is_negated(view: View<'_, '_>, at: usize, end: usize) -> bool {
    (at + 1..end + 2).any(|k| view.class(k).has(Class::NEGATION) && !view.is_word(k, "plus"))
}

/// The words between subject and verb: where they start, and whether "se" is
/// among them.
fn before(view: View<'_, '_>, at: usize) -> (usize, bool) {
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
fn before_reflexive(view: View<'_, '_>, at: usize) -> usize {
    (at.saturating_sub(3)..at).find(|&k| view.class(k).has(Class::REFLEXIVE)).unwrap_or(at)
}

/// An inverted clitic behind the verb: its item, and what follows it.
fn inverted(view: View<'_, '_>, k: usize) -> (Option<usize>, usize) {
    let hyphen = view.of(k).starts_with(['-', '\u{2010}', '\u{2011}']);
    if hyphen
        && view.class(k + 1).has(Class::SUBJECT.with(Class::CLITIC))
        && !view.is_word(k + 1, "ce")
    {
        (Some(k + 1), k + 2)
    } else {
        (None, k)
    }
}

/// Over adverbs and set phrases: the next item, and whether a negation was
/// among them.
fn between(view: View<'_, '_>, from: usize) -> (usize, bool) {
    let mut k = from;
    let mut negated = false;
    while k < from + MAX_BETWEEN {
        let class = view.class(k);
        if let Some(end) = view.set_phrase(k).or_else(|| set_apart(view, k)) {
            k = end;
        } else if view.word(k).mood == Mood::default()
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

/// "a tenu à préciser", "vient d'annoncer", "a voulu rassurer": the infinitive
/// that reports, and what follows it.
fn semi_auxiliary(view: View<'_, '_>, head: usize, end: usize) -> Option<(usize, usize)> {
    const PAIRS: [(&str, &str); 17] = [
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
