//! Common nouns that stand for somebody: what kind, which gender, one or many.

use super::lexicon::{Class, Lexicon};

/// Grammatical gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// "il"
    Male,
    /// "elle"
    Female,
}

/// Grammatical number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plurality {
    /// "il"
    One,
    /// "ils"
    Many,
}

/// What a noun stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NounKind {
    /// "la ministre", "le quinquagénaire".
    Person,
    /// "l'association", "le club".
    Group,
    /// "les enquêteurs", "la préfecture": those who hold views.
    People,
    /// "le pays", "la ville".
    Land,
    /// "le rapport".
    Document,
    /// By its ending somebody who does something: "la skippeuse".
    Agent,
    /// Anything else.
    Other,
}

/// What a noun, in any case and number, stands for.
pub fn kind(lexicon: &Lexicon, noun: &str) -> NounKind {
    let mut class = lexicon.get(noun).class;
    if let Some(single) = noun.strip_suffix(['s', 'x']) {
        class = class.with(lexicon.get(single).class);
    }
    let single = noun.strip_suffix('s').unwrap_or(noun);
    if class.has(Class::PERSON_NOUN) || single.ends_with("génaire") || single.ends_with("tenaire")
    {
        NounKind::Person
    } else if class.has(Class::GROUP) {
        NounKind::Group
    } else if class.has(Class::DOCUMENT) {
        NounKind::Document
    } else if class.has(Class::LAND) {
        NounKind::Land
    } else if class.has(Class::PEOPLE) {
        NounKind::People
    } else if is_agent(single) {
        NounKind::Agent
    } else {
        NounKind::Other
    }
}

/// Whether a noun's ending is one of those who do something: "skippeuse",
/// "juriste", "étudiant".
fn is_agent(noun: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "euse", "trice", "ienne", "ière", "iste", "eur", "ien", "ier", "ant", "ante", "aire",
        "ogue", "enne", "yenne",
    ];
    ENDINGS.iter().any(|e| noun.ends_with(e))
}

/// The gender that a determiner or title in lower case tells.
pub fn gender_of_determiner(word: &str) -> Option<Gender> {
    match word {
        "le" | "un" | "ce" | "cet" | "du" | "au" | "m." | "monsieur" => Some(Gender::Male),
        "la" | "une" | "cette" | "mme" | "madame" | "mlle" => Some(Gender::Female),
        _ => None,
    }
}

/// The gender that the ending of a noun of office tells.
pub fn gender_of_noun(noun: &str) -> Option<Gender> {
    const FEMALE: [&str; 15] = [
        "trice",
        "euse",
        "ienne",
        "ière",
        "ente",
        "ante",
        "ée",
        "esse",
        "eure",
        "cheffe",
        "maîtresse",
        "ciale",
        "rale",
        "ine",
        "onne",
    ];
    const MALE: [&str; 9] = ["teur", "eur", "ien", "ier", "ent", "ant", "ois", "al", "on"];
    if FEMALE.iter().any(|e| noun.ends_with(e)) {
        Some(Gender::Female)
    } else if MALE.iter().any(|e| noun.ends_with(e)) {
        Some(Gender::Male)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::quotations::lexicon::lexicon;

    #[test]
    fn nouns_tell_what_they_stand_for() {
        for (noun, expected) in [
            ("quinquagénaire", NounKind::Person),
            ("ministre", NounKind::Person),
            ("entreprise", NounKind::Group),
            ("syndicats", NounKind::Group),
            ("pays", NounKind::Land),
            ("enquêteurs", NounKind::People),
            ("rapport", NounKind::Document),
            ("skippeuse", NounKind::Agent),
            ("table", NounKind::Other),
        ] {
            assert_eq!(kind(lexicon(), noun), expected, "{noun}");
        }
        assert_eq!(gender_of_noun("directrice"), Some(Gender::Female));
        assert_eq!(gender_of_noun("porte-parole"), None);
    }
}
