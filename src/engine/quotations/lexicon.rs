//! What the stages know about words: the reporting verbs with their
//! constructions (`data/reporting_verbs.txt`), the other common verbs
//! (`data/verbs.txt`) and the closed classes (`data/function_words.txt`).
//!
//! Everything is one table from the hash of a lower-case word to what it can
//! be, built once from the lists.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::conjugation::{Mood, conjugate};
use crate::engine::chars;
use crate::text::order;

/// What a word can be: a set of closed classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class(pub u64);

impl Class {
    /// Opens a noun phrase: "le", "des", "cette", "plusieurs".
    pub const DETERMINER: Self = Self(1);
    /// "dans", "avec", "selon".
    pub const PREPOSITION: Self = Self(1 << 1);
    /// "de", "d'", "du", "des".
    pub const OF: Self = Self(1 << 2);
    /// "à", "au", "aux".
    pub const TO: Self = Self(1 << 3);
    /// "il", "elle", "on": a subject alone.
    pub const SUBJECT: Self = Self(1 << 4);
    /// "lui", "leur", "y", "l'": between subject and verb.
    pub const CLITIC: Self = Self(1 << 5);
    /// "se", "s'" (and "me", "m'" in the first person).
    pub const REFLEXIVE: Self = Self(1 << 6);
    /// "ne", "n'".
    pub const NE: Self = Self(1 << 7);
    /// "pas", "jamais", "rien".
    pub const NEGATION: Self = Self(1 << 8);
    /// Adverbs.
    pub const ADVERB: Self = Self(1 << 9);
    /// "et", "ou", "mais".
    pub const AND: Self = Self(1 << 10);
    /// "que", "qu'".
    pub const THAT: Self = Self(1 << 11);
    /// "qui", "dont", "où".
    pub const RELATIVE: Self = Self(1 << 12);
    /// "si", "quand", "alors", "comme": opens a clause.
    pub const SUBORDINATOR: Self = Self(1 << 13);
    /// Days, months, "hier".
    pub const TIME: Self = Self(1 << 14);
    /// "M.", "Mme", "Dr".
    pub const TITLE: Self = Self(1 << 15);
    /// "comment", "pourquoi", "combien": an indirect question.
    pub const QUESTION: Self = Self(1 << 16);
    /// "celui-ci", "certains", "beaucoup": stands for a noun phrase.
    pub const PRONOUN: Self = Self(1 << 17);
    /// A noun that could be taken for a verb or an adverb.
    pub const NOUN: Self = Self(1 << 18);
    /// A noun whose "à …" or "en …" belongs to it: "ambassadeur", "adjoint".
    pub const OFFICE: Self = Self(1 << 19);
    /// A noun that is no source after "selon": "modalités", "cas".
    pub const NO_SOURCE: Self = Self(1 << 20);
    /// A noun before words in marks that are a name: "baptisé", "intitulé".
    pub const NAMING: Self = Self(1 << 21);
    /// Feminine beside its other classes.
    pub const FEMININE: Self = Self(1 << 22);
    /// Plural beside its other classes.
    pub const PLURAL: Self = Self(1 << 23);
    /// Body or clothing: opens an absolute phrase ("le bras en écharpe").
    pub const BODY: Self = Self(1 << 24);
    /// "presse", "micro", "communiqué": where or through what one speaks.
    pub const CHANNEL: Self = Self(1 << 25);
    /// A document that speaks: "rapport", "étude", "sondage".
    pub const DOCUMENT: Self = Self(1 << 26);
    /// "du", "au", "aux": a determiner is in them.
    pub const FUSED: Self = Self(1 << 27);
    /// "en", before a gerund.
    pub const GERUND: Self = Self(1 << 28);
    /// "joint", "interrogé", "publié": how one was reached, never in a source.
    pub const REACHED: Self = Self(1 << 29);
    /// Nouns of those who hold views: "syndicats", "mairie".
    pub const PEOPLE: Self = Self(1 << 30);
    /// Nouns for a person that take up who was named: "la jeune femme".
    pub const PERSON_NOUN: Self = Self(1 << 31);
    /// Nouns for a body that take up which was named: "l'association", "le club".
    pub const GROUP: Self = Self(1 << 32);
    /// Nouns for a country or a town: "le pays".
    pub const LAND: Self = Self(1 << 33);

    /// Both sets together.
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether one of `other` is in it.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "determiner" => Self::DETERMINER,
            "preposition" => Self::PREPOSITION,
            "of" => Self::OF,
            "to" => Self::TO,
            "subject" => Self::SUBJECT,
            "clitic" => Self::CLITIC,
            "reflexive" => Self::REFLEXIVE,
            "ne" => Self::NE,
            "negation" => Self::NEGATION,
            "adverb" => Self::ADVERB,
            "and" => Self::AND,
            "that" => Self::THAT,
            "relative" => Self::RELATIVE,
            "subordinator" => Self::SUBORDINATOR,
            "time" => Self::TIME,
            "title" => Self::TITLE,
            "question" => Self::QUESTION,
            "pronoun" => Self::PRONOUN,
            "noun" => Self::NOUN,
            "office" => Self::OFFICE,
            "no-source" => Self::NO_SOURCE,
            "naming" => Self::NAMING,
            "feminine" => Self::FEMININE,
            "plural" => Self::PLURAL,
            "body" => Self::BODY,
            "channel" => Self::CHANNEL,
            "document" => Self::DOCUMENT,
            "fused" => Self::FUSED,
            "gerund" => Self::GERUND,
            "reached" => Self::REACHED,
            "people" => Self::PEOPLE,
            "person" => Self::PERSON_NOUN,
            "group" => Self::GROUP,
            "land" => Self::LAND,
            _ => return None,
        })
    }
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
    fn named(name: &str) -> Option<Self> {
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
pub struct Uses(pub u16);

impl Uses {
    /// "que" and a clause.
    pub const CLAUSE: Self = Self(1);
    /// An indirect question.
    pub const QUESTION: Self = Self(1 << 1);
    /// Turned, beside any content.
    pub const INSERTED: Self = Self(1 << 2);
    /// Turned, beside words in marks.
    pub const MARKED: Self = Self(1 << 3);
    /// A noun phrase with words in marks.
    pub const OBJECT: Self = Self(1 << 4);
    /// "de" and an infinitive.
    pub const DE: Self = Self(1 << 5);
    /// "à" and an infinitive.
    pub const A: Self = Self(1 << 6);
    /// A bare infinitive.
    pub const INFINITIVE: Self = Self(1 << 7);
    /// Someone between verb and content.
    pub const SOMEONE: Self = Self(1 << 8);
    /// What something is called.
    pub const ATTRIBUTE: Self = Self(1 << 9);
    /// Also when negated.
    pub const NEGATED: Self = Self(1 << 10);
    /// "est convaincu que": in the passive, by its subject.
    pub const STATE: Self = Self(1 << 11);

    /// Both sets together.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether one of `other` is in it.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "que" => Self::CLAUSE,
            "si" => Self::QUESTION,
            "incise" => Self::INSERTED,
            "marques" => Self::MARKED,
            "objet" => Self::OBJECT,
            "de" => Self::DE,
            "à" => Self::A,
            "inf" => Self::INFINITIVE,
            "qqn" => Self::SOMEONE,
            "attribut" => Self::ATTRIBUTE,
            "négation" => Self::NEGATED,
            "état" => Self::STATE,
            _ => return None,
        })
    }
}

/// A reporting verb: one line of the list.
#[derive(Clone, Debug)]
pub struct Verb {
    /// How strongly it reports.
    pub strength: Strength,
    /// In which constructions.
    pub uses: Uses,
    /// Whether it carries "se".
    pub pronominal: bool,
    /// The fixed words after it.
    pub tail: Vec<&'static str>,
}

/// What the table knows of one form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Entry {
    /// Its closed classes.
    pub class: Class,
    /// What it can be as a form of a verb.
    pub mood: Mood,
    /// The lemma it is a form of; index into [`Lexicon::lemmas`].
    pub lemma: Option<u16>,
}

/// A lemma: its reporting verbs, none for the other verbs.
#[derive(Clone, Debug, Default)]
pub struct Lemma {
    /// The infinitive.
    pub infinitive: &'static str,
    /// The verbs of the list that it heads, longest first.
    pub verbs: Vec<Verb>,
}

/// What is known of each form, by its hash: small enough to stay at hand while
/// texts are read, since most of what is asked for is not there.
struct Forms {
    /// Some bits of the hash; open addressing, 0 is free.
    kept: Vec<u32>,
    /// The place in `entries`, by slot.
    places: Vec<u32>,
    entries: Vec<(u64, Entry)>,
}

impl Forms {
    fn new() -> Self {
        // As many as there are now fill half of it.
        const SLOTS: usize = 1 << 16;
        Self {
            kept: vec![0; SLOTS],
            places: vec![0; SLOTS],
            entries: Vec::with_capacity(SLOTS / 2),
        }
    }

    /// Where a hash stands: its place, else the slot and the bits for it.
    #[inline]
    fn find(&self, hash: u64) -> Result<usize, (usize, u32)> {
        let mixed = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let (mut slot, kept) = ((mixed >> 32) as usize, mixed as u32 | 1);
        loop {
            slot &= self.kept.len() - 1;
            let there = self.kept[slot];
            if there == 0 {
                return Err((slot, kept));
            }
            let place = self.places[slot] as usize;
            if there == kept && self.entries[place].0 == hash {
                return Ok(place);
            }
            slot += 1;
        }
    }

    fn get(&self, hash: u64) -> Entry {
        self.find(hash).map_or_else(|_| Entry::default(), |place| self.entries[place].1)
    }

    /// The entry of a hash, new where there is none.
    fn entry(&mut self, hash: u64) -> &mut Entry {
        let place = self.find(hash).unwrap_or_else(|(slot, kept)| {
            self.entries.push((hash, Entry::default()));
            let place = self.entries.len() - 1;
            (self.kept[slot], self.places[slot]) = (kept, place as u32);
            if self.entries.len() * 4 > self.kept.len() * 3 {
                self.grow();
            }
            place
        });
        &mut self.entries[place].1
    }

    fn grow(&mut self) {
        let slots = self.kept.len() * 2;
        (self.kept, self.places) = (vec![0; slots], vec![0; slots]);
        for place in 0..self.entries.len() {
            if let Err((slot, kept)) = self.find(self.entries[place].0) {
                (self.kept[slot], self.places[slot]) = (kept, place as u32);
            }
        }
    }
}

/// Words and verbs.
pub struct Lexicon {
    forms: Forms,
    /// All lemmas.
    pub lemmas: Vec<Lemma>,
}

const REPORTING: &str = include_str!("../data/reporting_verbs.txt");
const OTHERS: &str = include_str!("../data/verbs.txt");
const FUNCTION: &str = include_str!("../data/function_words.txt");

/// The one lexicon.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::build)
}

impl Lexicon {
    /// What is known of `word`, in any case.
    pub fn get(&self, word: &str) -> Entry {
        self.forms.get(fold(word))
    }

    /// The lemma named `infinitive`.
    pub fn is(&self, lemma: Option<u16>, infinitive: &str) -> bool {
        lemma.is_some_and(|l| self.lemmas[usize::from(l)].infinitive == infinitive)
    }

    fn build() -> Self {
        let mut lexicon = Self { forms: Forms::new(), lemmas: Vec::new() };
        let mut numbers = BTreeMap::new();
        // These own the forms that they share with other verbs.
        for infinitive in ["être", "avoir", "aller", "faire"] {
            lexicon.lemma(infinitive, &mut numbers);
        }
        for line in lines(REPORTING) {
            let Some((lemma, verb)) = parse_verb(line) else { continue };
            let at = lexicon.lemma(lemma, &mut numbers);
            let verbs = &mut lexicon.lemmas[usize::from(at)].verbs;
            verbs.push(verb);
            order::sort_by_key(verbs, |v| std::cmp::Reverse((v.tail.len(), v.pronominal)));
        }
        for word in lines(OTHERS).flat_map(str::split_whitespace) {
            lexicon.lemma(word.trim_start_matches("s'"), &mut numbers);
        }
        for line in lines(FUNCTION) {
            let Some((classes, words)) = line.split_once(':') else { continue };
            let class = classes
                .split_whitespace()
                .filter_map(Class::named)
                .fold(Class::default(), Class::with);
            for word in words.split_whitespace() {
                let entry = lexicon.forms.entry(fold(word));
                entry.class = entry.class.with(class);
            }
        }
        lexicon
    }

    /// The lemma of this infinitive, conjugated into the table when new.
    fn lemma(
        &mut self,
        infinitive: &'static str,
        numbers: &mut BTreeMap<&'static str, u16>,
    ) -> u16 {
        let at = self.lemmas.len() as u16;
        let known = *numbers.entry(infinitive).or_insert(at);
        if known != at {
            return known;
        }
        self.lemmas.push(Lemma { infinitive, verbs: Vec::new() });
        let forms = &mut self.forms;
        conjugate(infinitive, &mut |[stem, end], mood| {
            let entry = forms.entry(fold_more(fold(stem), end));
            entry.mood = entry.mood.with(mood);
            entry.lemma.get_or_insert(at);
        });
        at
    }
}

fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'))
}

/// A line of the list of reporting verbs: the head's infinitive and the verb.
fn parse_verb(line: &'static str) -> Option<(&'static str, Verb)> {
    let words: Vec<&'static str> = line.split_whitespace().collect();
    // The last word that names a strength: "dire" and "penser" are lemmas too.
    let at = words.iter().rposition(|w| Strength::named(w).is_some()).filter(|&at| at > 0)?;
    let strength = Strength::named(words[at])?;
    let mut uses = Uses::default();
    for word in &words[at + 1..] {
        uses = uses.or(Uses::named(word)?);
    }
    let lemma = &words[..at];
    let (head, tail) = lemma.split_first()?;
    let (pronominal, head, tail) = match head.strip_prefix("s'") {
        Some(rest) => (true, rest, tail),
        None if *head == "se" => (true, *tail.first()?, &tail[1..]),
        None => (false, *head, tail),
    };
    Some((head, Verb { strength, uses, pronominal, tail: tail.to_vec() }))
}

/// The hash of a word in lower case with a straight apostrophe (FNV-1a).
pub fn fold(word: &str) -> u64 {
    fold_more(0xcbf2_9ce4_8422_2325, word)
}

/// The hash of a word from that of its beginning.
fn fold_more(mut hash: u64, word: &str) -> u64 {
    let mut add = |c: char| {
        let c = if matches!(c, '’' | 'ʼ') { '\'' } else { c };
        hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3);
    };
    word.chars().for_each(|c| chars::lower(c, &mut add));
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_read() {
        for line in lines(REPORTING) {
            assert!(parse_verb(line).is_some(), "cannot read {line:?}");
        }
        for line in lines(FUNCTION) {
            let (classes, _) = line.split_once(':').expect("classes: words");
            for class in classes.split_whitespace() {
                assert!(Class::named(class).is_some(), "no class {class:?}");
            }
        }
    }

    #[test]
    fn the_table_grows_and_keeps_what_it_has() {
        let mut forms = Forms::new();
        for hash in 0..100_000 {
            forms.entry(hash).lemma = Some(hash as u16);
        }
        forms.entry(7).class = Class::OF;
        assert_eq!((forms.get(7).class, forms.get(7).lemma), (Class::OF, Some(7)));
        assert!((0..100_000).all(|hash| forms.get(hash).lemma == Some(hash as u16)));
        assert_eq!(forms.get(100_000).lemma, None);
    }

    #[test]
    fn a_form_leads_to_its_verbs() {
        let lexicon = lexicon();
        let entry = lexicon.get("Félicite");
        assert!(entry.mood.has(Mood::THIRD));
        let lemma = &lexicon.lemmas[usize::from(entry.lemma.expect("known"))];
        assert!(lemma.verbs.iter().any(|v| v.pronominal));
        assert!(lexicon.get("qu’").class.has(Class::THAT));
        assert!(lexicon.lemmas.iter().filter(|l| !l.verbs.is_empty()).count() >= 250);
    }
}
