//! French conjugation: from a lemma to the forms that news text uses.
//!
//! Takes an infinitive; looks for the longest ending in [`PATTERNS`], then
//! falls back on the first group (-er), the second (-ir) and the plain -re.
//! Emits the first and third persons, the participles and the infinitive.

use super::stems::PATTERNS;

/// What a form can be: a set, because one form often serves several times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mood(pub u16);

impl Mood {
    /// Finite, first person.
    pub const FIRST: Self = Self(1);
    /// Finite, third person singular.
    pub const THIRD: Self = Self(1 << 1);
    /// Finite, third person plural.
    pub const THIRD_PLURAL: Self = Self(1 << 2);
    /// Conditional, beside a person.
    pub const CONDITIONAL: Self = Self(1 << 3);
    /// Future, beside a person.
    pub const FUTURE: Self = Self(1 << 4);
    /// Past participle.
    pub const PAST_PARTICIPLE: Self = Self(1 << 5);
    /// Present participle.
    pub const PRESENT_PARTICIPLE: Self = Self(1 << 6);
    /// Infinitive.
    pub const INFINITIVE: Self = Self(1 << 7);
    /// Any finite form of the first or third person.
    pub const FINITE: Self = Self(0b111);

    /// Both sets together.
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Without those of `other`.
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether it is finite in the first person alone.
    pub const fn is_first_alone(self) -> bool {
        self.0 & Self::FINITE.0 == Self::FIRST.0
    }

    /// Whether one of `other` is in it.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Verbs in -eler and -eter that double their consonant; the others take "è".
const DOUBLING: [&str; 10] = [
    "appeler",
    "rappeler",
    "épeler",
    "jeter",
    "rejeter",
    "projeter",
    "interjeter",
    "renouveler",
    "étinceler",
    "feuilleter",
];

/// Calls `emit` with each form of `lemma`, in two parts, and what it is.
pub fn conjugate(lemma: &str, emit: &mut impl FnMut([&str; 2], Mood)) {
    emit([lemma, ""], Mood::INFINITIVE);
    let whole = |p: &&[&str; 9]| match p[0] {
        // These would catch the ends of other verbs.
        "être" | "avoir" | "aller" | "rire" => {
            lemma == p[0] || (p[0] == "rire" && lemma == "sourire")
        }
        "lire" => matches!(lemma, "lire" | "relire" | "élire" | "réélire"),
        "entir" => matches!(
            lemma.strip_suffix("entir"),
            Some("s" | "ress" | "press" | "cons" | "m" | "dém")
        ),
        "naître" => matches!(lemma, "naître" | "renaître"),
        "partir" => matches!(lemma, "partir" | "repartir"),
        _ => lemma.ends_with(p[0]),
    };
    if let Some(pattern) = PATTERNS.iter().filter(whole).max_by_key(|p| p[0].len()) {
        let head = &lemma[..lemma.len() - pattern[0].len()];
        let form = |i: usize| format!("{head}{}", pattern[i]);
        irregular(&std::array::from_fn(|i| form(i + 1)), emit);
    } else if lemma.ends_with("er") {
        first_group(lemma, emit);
    } else if let Some(stem) = lemma.strip_suffix("ir") {
        let form = |end: &str| format!("{stem}{end}");
        let forms = ["it", "issent", "iss", "it", "irent", "ir", "i", "isse"].map(form);
        irregular(&forms, emit);
    } else if let Some(stem) = lemma.strip_suffix("re") {
        let form = |end: &str| format!("{stem}{end}");
        irregular(&["", "ent", "", "it", "irent", "r", "u", "e"].map(form), emit);
    }
}

/// The forms from the eight stems of a row of [`PATTERNS`].
fn irregular(stems: &[String; 8], emit: &mut impl FnMut([&str; 2], Mood)) {
    let [present, presents, imperfect, past, pasts, future, participle, subjunctive] = stems;
    emit([present, ""], Mood::THIRD);
    emit([presents, ""], Mood::THIRD_PLURAL);
    emit([past, ""], Mood::THIRD);
    emit([pasts, ""], Mood::THIRD_PLURAL);
    emit([subjunctive, ""], Mood::THIRD);
    // "je dis", "je réponds", "je veux": the present of the first person.
    let first = match present.strip_suffix('t') {
        Some(stem) => [stem, "s"],
        None if present.ends_with('e') => [present, ""],
        None => [present, "s"],
    };
    emit(first, Mood::FIRST);
    match present.as_str() {
        "a" => {
            emit(["ai", ""], Mood::FIRST);
            emit(["ayant", ""], Mood::PRESENT_PARTICIPLE);
        }
        "sait" => emit(["sachant", ""], Mood::PRESENT_PARTICIPLE),
        _ => {}
    }
    endings(imperfect, future, emit);
    participles(participle, emit);
}

fn first_group(lemma: &str, emit: &mut impl FnMut([&str; 2], Mood)) {
    let stem = &lemma[..lemma.len() - 2];
    let soft = match stem.as_bytes().last() {
        Some(b'g') => format!("{stem}e"),
        Some(b'c') => format!("{}ç", &stem[..stem.len() - 1]),
        _ => stem.to_owned(),
    };
    let strong = strong_stem(lemma, stem);
    for stem in [Some(strong.as_str()), stem.ends_with("ay").then_some(stem)].into_iter().flatten()
    {
        emit([stem, "e"], Mood::THIRD.with(Mood::FIRST));
        emit([stem, "ent"], Mood::THIRD_PLURAL);
    }
    emit([&soft, "a"], Mood::THIRD);
    emit([&soft, "ai"], Mood::FIRST);
    emit([stem, "èrent"], Mood::THIRD_PLURAL);
    let future = match lemma {
        "envoyer" => "enverr".to_owned(),
        "renvoyer" => "renverr".to_owned(),
        // "espérera" and "espèrera" are both written.
        _ => strong.clone() + "er",
    };
    endings(&soft, &future, emit);
    if strong != stem {
        endings(&soft, lemma, emit);
    }
    participles(&format!("{stem}é"), emit);
}

/// The stem before a silent ending: "rappell-", "martèl-", "révèl-", "appui-".
fn strong_stem(lemma: &str, stem: &str) -> String {
    if let Some(head) = stem.strip_suffix('y') {
        return format!("{head}i");
    }
    let doubling = DOUBLING.contains(&lemma);
    if let (true, Some(last)) = (doubling, stem.chars().last()) {
        return format!("{stem}{last}");
    }
    let head = stem.trim_end_matches(|c: char| !"aeiouyéèêâîôûëïü".contains(c));
    let tail = &stem[head.len()..];
    let single = tail.chars().count() == 1;
    match head.chars().last() {
        Some('é') if !tail.is_empty() => {
            format!("{}è{tail}", &head[..head.len() - 'é'.len_utf8()])
        }
        Some('e') if single => format!("{}è{tail}", &head[..head.len() - 1]),
        _ => stem.to_owned(),
    }
}

/// Imperfect, future, conditional, the present of "nous" and the gerund.
fn endings(imperfect: &str, future: &str, emit: &mut impl FnMut([&str; 2], Mood)) {
    let soft = imperfect.strip_suffix('e').filter(|s| s.ends_with('g')).unwrap_or(imperfect);
    emit([imperfect, "ais"], Mood::FIRST);
    emit([imperfect, "ait"], Mood::THIRD);
    emit([imperfect, "aient"], Mood::THIRD_PLURAL);
    emit([imperfect, "ons"], Mood::FIRST);
    emit([soft, "ions"], Mood::FIRST);
    emit([imperfect, "ant"], Mood::PRESENT_PARTICIPLE);
    emit([future, "ai"], Mood::FIRST.with(Mood::FUTURE));
    emit([future, "a"], Mood::THIRD.with(Mood::FUTURE));
    emit([future, "ont"], Mood::THIRD_PLURAL.with(Mood::FUTURE));
    emit([future, "ons"], Mood::FIRST.with(Mood::FUTURE));
    emit([future, "ais"], Mood::FIRST.with(Mood::CONDITIONAL));
    emit([future, "ait"], Mood::THIRD.with(Mood::CONDITIONAL));
    emit([future, "aient"], Mood::THIRD_PLURAL.with(Mood::CONDITIONAL));
}

/// The past participle in its four endings.
fn participles(masculine: &str, emit: &mut impl FnMut([&str; 2], Mood)) {
    let stem = if masculine == "dû" { "du" } else { masculine };
    emit([masculine, ""], Mood::PAST_PARTICIPLE);
    emit([stem, "e"], Mood::PAST_PARTICIPLE);
    emit([stem, "es"], Mood::PAST_PARTICIPLE);
    if !stem.ends_with('s') {
        emit([stem, "s"], Mood::PAST_PARTICIPLE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(lemma: &str, form: &str, mood: Mood) -> bool {
        let mut found = false;
        conjugate(lemma, &mut |f, m| found |= f.concat() == form && m.has(mood));
        found
    }

    #[test]
    fn forms_of_news() {
        for (lemma, form) in [
            ("rappeler", "rappelle"),
            ("marteler", "martèle"),
            ("révéler", "révèle"),
            ("espérer", "espère"),
            ("annoncer", "annonçait"),
            ("juger", "jugea"),
            ("appuyer", "appuie"),
            ("balayer", "balaie"),
            ("balayer", "balaye"),
            ("avertir", "avertit"),
            ("répondre", "répond"),
            ("craindre", "craint"),
            ("admettre", "admet"),
            ("reconnaître", "reconnaît"),
            ("connaître", "connut"),
            ("prévenir", "prévient"),
            ("prédire", "prédit"),
            ("écrire", "écrivait"),
            ("croire", "croit"),
            ("poursuivre", "poursuit"),
            ("vouloir", "veut"),
            ("regretter", "regrette"),
        ] {
            assert!(is(lemma, form, Mood::THIRD), "{lemma}: {form}");
        }
        assert!(is("démentir", "démentent", Mood::THIRD_PLURAL));
        assert!(is("répondre", "répondu", Mood::PAST_PARTICIPLE));
        assert!(is("ajouter", "ajoutant", Mood::PRESENT_PARTICIPLE));
        assert!(is("dire", "disant", Mood::PRESENT_PARTICIPLE));
        assert!(is("se", "se", Mood::INFINITIVE));
        assert!(!is("regretter", "regrètte", Mood::THIRD));
        assert!(!is("alerter", "alèrte", Mood::THIRD));
    }
}
