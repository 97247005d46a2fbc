//! Words that the lists do not know, or not surely: what their ending and their
//! neighbours tell.

use super::conjugation::Mood;
use super::lexicon::Class;
use super::words::Word;
use crate::engine::chars;
use crate::engine::tokens::Token;

/// Whether a form of the first person alone has its pronoun near, or is one
/// that calls on others ("allons").
pub fn beside_first(text: &str, tokens: &[Token], i: usize) -> bool {
    const PRONOUNS: [&str; 6] = ["je", "j'", "j’", "nous", "moi", "qui"];
    let near = i.saturating_sub(5)..tokens.len().min(i + 4);
    tokens[i].of(text).ends_with("ons")
        || near.into_iter().any(|t| PRONOUNS.contains(&chars::lowered(tokens[t].of(text)).as_ref()))
}

/// Whether the lists have nothing of a word.
pub fn is_unknown(word: Word) -> bool {
    word.word && word.class == Class::default() && word.mood == Mood::default()
}

/// What the ending of an unknown word tells: an infinitive behind "de", "à",
/// "pour"; a verb behind "ne", "se", "il"; the endings that only verbs have.
pub fn guess(written: &str, word: Word, before: Option<Word>) -> Mood {
    if word.capital || written.len() < 4 || written.contains('-') {
        return Mood::default();
    }
    // "assure collaborer", "a indiqué collaborer"; "a été classé premier".
    let verbal = before.is_some_and(|b| {
        let noun = b.class.has(Class::NOUN) && !b.class.has(Class::NAMING);
        let compound = b.mood.has(Mood::PAST_PARTICIPLE) && !written.ends_with("ier");
        (b.mood.has(Mood::FINITE) || compound) && !noun
    });
    let before = before.map(|b| b.class).unwrap_or_default();
    let ends = |endings: &[&str]| endings.iter().any(|e| written.ends_with(e));
    let governs = before.has(Class::OF.with(Class::TO).with(Class::PREPOSITION))
        && !before.has(Class::PLURAL.with(Class::FUSED));
    let pronoun = before.has(Class::NE.with(Class::REFLEXIVE).with(Class::SUBJECT));
    let clitic = before.has(Class::CLITIC.with(Class::NEGATION)) && !before.has(Class::DETERMINER);
    if (verbal || governs || pronoun || clitic)
        && ends(&["er", "ir", "dre", "tre", "ire", "vre", "pre"])
    {
        return Mood::INFINITIVE;
    }
    if ends(&["aient", "èrent", "eront", "iront"]) {
        return Mood::THIRD_PLURAL;
    }
    if ends(&["erait", "irait", "issait", "eait"]) {
        return Mood::THIRD;
    }
    if pronoun && !before.has(Class::DETERMINER) {
        if ends(&["ent", "ont"]) {
            return Mood::THIRD_PLURAL;
        }
        if ends(&["e", "t", "d", "a"]) {
            return Mood::THIRD;
        }
    }
    if governs && before.has(Class::GERUND) && written.ends_with("ant") {
        return Mood::PRESENT_PARTICIPLE;
    }
    Mood::default()
}

/// Adverbs in -ment by the ending of the adjective they come from.
pub fn is_adverb(word: &str) -> bool {
    const ENDINGS: [&str; 22] = [
        "ellement",
        "alement",
        "iquement",
        "ivement",
        "eusement",
        "airement",
        "ablement",
        "iblement",
        "èrement",
        "ètement",
        "amment",
        "emment",
        "ainement",
        "ectement",
        "estement",
        "idement",
        "ulièrement",
        "urement",
        "oirement",
        "ystiquement",
        "inement",
        "ément",
    ];
    word.ends_with("ment") && ENDINGS.iter().any(|e| word.len() > e.len() && word.ends_with(e))
}
