//! What each token of a text can be, settled by its neighbours: a verb form or
//! a noun, a name, a word of a closed class.

use std::ops::Range;

use super::conjugation::Mood;
use super::guesses::{beside_first, guess, is_adverb, is_unknown};
use super::lexicon::{AUXILIARIES, Class, Entry, Lexicon};
use crate::engine::Mention;
use crate::engine::tokens::{Token, TokenKind};
use crate::scheme::MentionLabel;

/// Adjectives that stand before their noun and never alone for somebody.
const BEFORE_NOUNS: [&str; 13] = [
    "nouveau", "nouvelle", "nouvel", "ancien", "ancienne", "futur", "future", "actuel", "actuelle",
    "petit", "petite", "grand", "grande",
];

/// What a token can be, settled by its neighbours.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// Closed classes.
    pub class: Class,
    /// Verb forms; empty where the context makes it a noun.
    pub mood: Mood,
    /// The lemma of the verb.
    pub lemma: Option<u16>,
    /// Letters.
    pub word: bool,
    /// Starts with a capital and does not only because it opens a sentence.
    pub capital: bool,
    /// The kind of the mention around it, the innermost.
    pub mention: Option<MentionLabel>,
    /// One past the last token of the outermost mention around it; 0 for none.
    pub reach: usize,
    /// [`first`] of what is written.
    pub first: u8,
    /// Written in ASCII alone.
    pub ascii: bool,
}

pub fn words(
    text: &str,
    tokens: &[Token],
    sentences: &[Range<usize>],
    mentions: &[Mention],
    lexicon: &Lexicon,
) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(tokens.len());
    let mut starts = sentences.iter().map(|s| s.start).peekable();
    for (i, token) in tokens.iter().enumerate() {
        while starts.next_if(|&s| s < i).is_some() {}
        let written = token.of(text);
        let (first, ascii) = (first(written), written.is_ascii());
        let mut word = Word { first, ascii, ..Word::default() };
        if token.kind != TokenKind::Word {
            words.push(word);
            continue;
        }
        let opens = starts.peek() == Some(&i)
            || (i > 0 && tokens[i - 1].kind == TokenKind::Mark && !words[i - 1].word);
        let Entry { mut class, mut mood, mut lemma } = lexicon.get(written);
        // "plus" comes from no verb, whatever it is written like.
        if class.has(Class::NEGATION) {
            (mood, lemma) = (Mood::default(), None);
        }
        let upper = written.chars().next().is_some_and(char::is_uppercase);
        // "Heureusement, …", but Clément is somebody.
        let adverb = is_adverb(written) && !written.ends_with("ément");
        let known = class != Class::default() || mood != Mood::default() || adverb;
        word = Word { class, mood, lemma, word: true, ..word };
        let shouted = || {
            let letters = written.chars().filter(|c| c.is_alphabetic()).count();
            letters > 1 && !written.chars().any(char::is_lowercase)
        };
        word.capital = upper && (!(opens && known) || shouted());
        if class == Class::default() && mood == Mood::default() && is_adverb(written) {
            class = Class::ADVERB;
            word.class = class;
        }
        // "A Paris": a capital without its accent.
        if written == "A" && upper {
            let class = Class::TO.with(Class::PREPOSITION);
            word = Word { class, word: true, first, ascii, ..Word::default() };
        }
        words.push(word);
    }
    for i in 0..words.len() {
        if is_unknown(words[i]) {
            let before = i.checked_sub(1).map(|b| words[b]);
            words[i].mood = guess(tokens[i].of(text), words[i], before);
        }
    }
    mark_mentions(tokens, mentions, &mut words);
    for (i, word) in words.iter_mut().enumerate() {
        if word.mood.is_first_alone() && !beside_first(text, tokens, i) {
            word.mood = word.mood.without(Mood::FIRST);
        }
    }
    let reports = |l: u16| !lexicon.lemmas[usize::from(l)].verbs.is_empty();
    for i in 0..words.len() {
        let manner = i > 0
            && words[i].class == Class::default()
            && words[i].word
            && !words[i].capital
            && words[i - 1].mood != Mood::default()
            && tokens[i].of(text).ends_with("ment");
        if manner {
            words[i].class = Class::ADVERB;
        }
        if words[i].mood == Mood::default() {
            continue;
        }
        let closes = |t: usize| matches!(tokens[t].of(text), "»" | "\"" | "”");
        // "« … » l'interroge la juge": no noun stands right behind words in marks.
        let singular = words[i].mood.has(Mood::THIRD);
        let turned = i >= 2
            && closes(i - 2)
            && (!words[i].class.has(Class::NOUN) || singular && tokens[i - 1].of(text) == ",");
        // "le nouveau président".
        let described = i >= 2
            && words[i].class.has(Class::NOUN)
            && words[i - 2].class.has(Class::DETERMINER)
            && BEFORE_NOUNS.contains(&tokens[i - 1].of(text));
        // "comme l'explique X".
        let like = i >= 2
            && words[i - 1].class.has(Class::CLITIC)
            && !words[i].class.has(Class::NOUN)
            && matches!(tokens[i - 2].of(text), "comme" | "Comme");
        // ", président depuis 2012".
        let trade = i > 0
            && words[i - 1].first == b','
            && words[i].class.has(Class::PERSON_NOUN)
            && !words[i].mood.has(Mood::PAST_PARTICIPLE)
            && !words[i].lemma.is_some_and(reports)
            && words.get(i + 1).is_some_and(|w| w.class.has(Class::PREPOSITION));
        // "et leur a demandé": no noun stands before a participle of its own.
        let auxiliary = words[i].lemma.is_some_and(|l| l < AUXILIARIES)
            && words[i].mood.has(Mood::FINITE)
            && words.get(i + 1).is_some_and(|w| w.mood.has(Mood::PAST_PARTICIPLE));
        let noun = described || trade || !turned && !like && !auxiliary && is_noun_here(&words, i);
        if noun {
            words[i].mood = Mood::default();
            words[i].lemma = None;
            if !words[i].class.has(Class::PREPOSITION.with(Class::SUBORDINATOR)) {
                words[i].class = words[i].class.with(Class::NOUN);
            }
        }
    }
    words
}

/// What the first letter is in lower case, as far as one byte tells: words
/// that differ in it are not the same in any case. 0 for none.
#[inline]
pub fn first(word: &str) -> u8 {
    const NOT_ASCII: u8 = 0x80;
    match word.as_bytes().first() {
        None => 0,
        Some(byte) if byte.is_ascii() => byte.to_ascii_lowercase(),
        // All that becomes ASCII in lower case, and the apostrophes.
        Some(_) => match word.chars().next() {
            Some('İ') => b'i',
            Some('\u{212a}') => b'k',
            Some('’' | 'ʼ') => b'\'',
            _ => NOT_ASCII,
        },
    }
}

/// Tells each token the innermost mention around it.
fn mark_mentions(tokens: &[Token], mentions: &[Mention], words: &mut [Word]) {
    for mention in mentions {
        let first = tokens.partition_point(|t| t.span.end <= mention.span.start);
        let end = tokens.partition_point(|t| t.span.start < mention.span.end);
        // "accuse la procureure | de mentir": no office goes on with a verb.
        let verb = (first + 1..end).find(|&t| {
            let name = words[t].capital || words[t].class.has(Class::NOUN);
            words[t].mood.has(Mood::INFINITIVE) && !name && words[t - 1].class.has(Class::OF)
        });
        let end = verb.map_or(end, |t| t - 1);
        let label = mention.label;
        for word in &mut words[first..end.max(first)] {
            word.mention = Some(label);
            if !matches!(label, MentionLabel::Date | MentionLabel::Quantity) {
                word.reach = word.reach.max(end);
            }
        }
    }
}

/// Whether what looks like a verb is a noun or part of a name here.
fn is_noun_here(words: &[Word], i: usize) -> bool {
    let word = words[i];
    if word.capital || matches!(word.mention, Some(MentionLabel::Person | MentionLabel::Org)) {
        return true;
    }
    let governs = Class::PREPOSITION.with(Class::SUBORDINATOR).with(Class::AND);
    if word.class.has(governs) && !word.class.has(Class::OF.with(Class::TO)) {
        return !i.checked_sub(1).is_some_and(|b| words[b].class.has(Class::SUBJECT));
    }
    // Auxiliaries are never nouns here but "être" and "avoir".
    let finite_only = !word.mood.has(Mood::INFINITIVE) && !word.class.has(Class::NOUN);
    let Some(before) = i.checked_sub(1).map(|b| words[b]) else { return false };
    if !before.word {
        // ", président de …": an office, not a verb.
        let next = words.get(i + 1).map(|w| w.class).unwrap_or_default();
        let governs = next.has(Class::OF) && word.class.has(Class::NOUN)
            || next.has(Class::OF.with(Class::TO)) && word.class.has(Class::PERSON_NOUN);
        return governs && !word.mood.has(Mood::INFINITIVE);
    }
    let (mood, class) = (word.mood, before.class);
    if mood.has(Mood::INFINITIVE) {
        return class.has(Class::DETERMINER)
            && !class.has(Class::CLITIC)
            && word.class.has(Class::NOUN);
    }
    if mood.has(Mood::PRESENT_PARTICIPLE) {
        // "le requérant", but "en le voyant".
        let gerund = i.checked_sub(2).is_some_and(|b| words[b].class.has(Class::GERUND));
        let noun = word.class.has(Class::NOUN.with(Class::PERSON_NOUN));
        return class.has(Class::DETERMINER) && (noun || !gerund && !before_that(words, i).word)
            || noun && class.has(Class::OF);
    }
    if !mood.has(Mood::FINITE) {
        return word.class.has(Class::NOUN) && class.has(Class::DETERMINER.with(Class::OF));
    }
    let before_that = before_that(words, i);
    if class.has(Class::CLITIC) && class.has(Class::DETERMINER) {
        // "la critique": a noun, unless a subject stands before "la".
        let subject = before_that.class.has(Class::SUBJECT.with(Class::NE).with(Class::RELATIVE));
        let named = before_that.capital && finite_only;
        // "X, son ami, le décrit comme …".
        let apart = before_that.first == b',' && mood.has(Mood::THIRD.with(Mood::THIRD_PLURAL));
        let after_noun = before_that.word && is_plain(before_that);
        return !(subject || named || finite_only && (apart || after_noun));
    }
    if class.has(Class::DETERMINER) && !class.has(Class::PRONOUN) {
        return true;
    }
    if class.has(Class::OF) || class.has(Class::TO) {
        return !mood.has(Mood::PAST_PARTICIPLE) || class.has(Class::OF);
    }
    if class.has(Class::GERUND) && word.class.has(Class::NOUN) {
        // "en place", "en cause", but "il en demande".
        return !before_that.class.has(Class::SUBJECT.with(Class::NE).with(Class::RELATIVE));
    }
    if class.has(Class::PREPOSITION) && !class.has(Class::CLITIC) {
        // No finite verb stands behind a preposition.
        return true;
    }
    false
}

fn before_that(words: &[Word], i: usize) -> Word {
    i.checked_sub(2).map(|b| words[b]).unwrap_or_default()
}

/// A noun or an adjective, as far as the lists tell.
pub fn is_plain(word: Word) -> bool {
    const OTHER: Class = Class::DETERMINER
        .with(Class::PREPOSITION)
        .with(Class::OF)
        .with(Class::TO)
        .with(Class::SUBJECT)
        .with(Class::CLITIC)
        .with(Class::NE)
        .with(Class::NEGATION)
        .with(Class::ADVERB)
        .with(Class::AND)
        .with(Class::THAT)
        .with(Class::RELATIVE)
        .with(Class::SUBORDINATOR)
        .with(Class::PRONOUN)
        .with(Class::REFLEXIVE)
        .with(Class::QUESTION)
        .with(Class::TIME);
    word.word && !word.class.has(OTHER) && word.mood == Mood::default()
}
