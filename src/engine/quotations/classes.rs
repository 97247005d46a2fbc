//! The words by which the lists tell what a form can be: closed classes, how
//! strongly a verb reports and in which constructions.

/// A set of bits: each has a name in the code, one in the lists and a reason.
macro_rules! words_of {
    ($set:ident($bits:ty): $($(#[$doc:meta])+ $name:ident $word:literal,)+) => {
        const _: () = {
            #[allow(clippy::upper_case_acronyms, non_camel_case_types)]
            enum Bit { $($name),+ }

            impl $set {
                $($(#[$doc])+ pub const $name: Self = Self(1 << Bit::$name as $bits);)+

                /// What the lists call by this name.
                pub(super) fn named(name: &str) -> Option<Self> {
                    Some(match name {
                        $($word => Self::$name,)+
                        _ => return None,
                    })
                }
            }
        };

        impl $set {
            /// Both sets together.
            pub const fn with(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }

            /// Whether one of `other` is in it.
            pub const fn has(self, other: Self) -> bool {
                self.0 & other.0 != 0
            }
        }
    };
}

/// What a word can be: a set of closed classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class(u64);

words_of! {
    Class(u64):
    /// Opens a noun phrase: "le", "des", "cette", "plusieurs".
    DETERMINER "determiner",
    /// "dans", "avec", "selon".
    PREPOSITION "preposition",
    /// "de", "d'", "du", "des".
    OF "of",
    /// "à", "au", "aux".
    TO "to",
    /// "il", "elle", "on": a subject alone.
    SUBJECT "subject",
    /// "lui", "leur", "y", "l'": between subject and verb.
    CLITIC "clitic",
    /// "se", "s'" (and "me", "m'" in the first person).
    REFLEXIVE "reflexive",
    /// "ne", "n'".
    NE "ne",
    /// "pas", "jamais", "rien".
    NEGATION "negation",
    /// Adverbs.
    ADVERB "adverb",
    /// "et", "ou", "mais".
    AND "and",
    /// "que", "qu'".
    THAT "that",
    /// "qui", "dont", "où".
    RELATIVE "relative",
    /// "si", "quand", "alors", "comme": opens a clause.
    SUBORDINATOR "subordinator",
    /// Days, months, "hier".
    TIME "time",
    /// "M.", "Mme", "Dr".
    TITLE "title",
    /// "comment", "pourquoi", "combien": an indirect question.
    QUESTION "question",
    /// "celui-ci", "certains", "beaucoup": stands for a noun phrase.
    PRONOUN "pronoun",
    /// A noun that could be taken for a verb or an adverb.
    NOUN "noun",
    /// A noun whose "à …" or "en …" belongs to it: "ambassadeur", "adjoint".
    OFFICE "office",
    /// A noun that is no source after "selon": "modalités", "cas".
    NO_SOURCE "no-source",
    /// A noun before words in marks that are a name: "baptisé", "intitulé".
    NAMING "naming",
    /// Feminine beside its other classes.
    FEMININE "feminine",
    /// Plural beside its other classes.
    PLURAL "plural",
    /// Body or clothing: opens an absolute phrase ("le bras en écharpe").
    BODY "body",
    /// "presse", "micro", "communiqué": where or through what one speaks.
    CHANNEL "channel",
    /// A document that speaks: "rapport", "étude", "sondage".
    DOCUMENT "document",
    /// "du", "au", "aux": a determiner is in them.
    FUSED "fused",
    /// "en", before a gerund.
    GERUND "gerund",
    /// "joint", "interrogé", "publié": how one was reached, never in a source.
    REACHED "reached",
    /// Nouns of those who hold views: "syndicats", "mairie".
    PEOPLE "people",
    /// Nouns for a person that take up who was named: "la jeune femme".
    PERSON_NOUN "person",
    /// Nouns for a body that take up which was named: "l'association", "le club".
    GROUP "group",
    /// Nouns for a country or a town: "le pays".
    LAND "land",
}

/// How strongly a verb reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// Saying and writing.
    Says,
    /// Thought made public.
    Thinks,
    /// Often tells a fact or an act.
    Weak,
    /// Manner: beside words in marks.
    Manner,
}

impl Strength {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "dire" => Self::Says,
            "penser" => Self::Thinks,
            "faible" => Self::Weak,
            "ton" => Self::Manner,
            _ => return None,
        })
    }
}

/// The constructions in which a verb reports: a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses(u16);

words_of! {
    Uses(u16):
    /// "que" and a clause.
    CLAUSE "que",
    /// An indirect question.
    QUESTION "si",
    /// Turned, beside any content.
    INSERTED "incise",
    /// Turned, beside words in marks.
    MARKED "marques",
    /// A noun phrase with words in marks.
    OBJECT "objet",
    /// "de" and an infinitive.
    DE "de",
    /// "à" and an infinitive.
    A "à",
    /// A bare infinitive.
    INFINITIVE "inf",
    /// Someone between verb and content.
    SOMEONE "qqn",
    /// What something is called.
    ATTRIBUTE "attribut",
    /// Also when negated.
    NEGATED "négation",
    /// "est convaincu que": in the passive, by its subject.
    STATE "état",
}
