//! Other ways to write what a corpus says: people by their surname alone,
//! surnames and first lines in capitals. What training texts write one way,
//! other outlets write another.

use super::Gold;
use super::crf::Chances;
use crate::engine::lexicon::{Lexicon, classes, fold};
use crate::engine::tokens::{Token, tokenize};
use crate::scheme::MentionLabel;
use crate::text::ByteSpan;

/// How many people in full lose their given name.
const BY_SURNAME: f32 = 0.6;
/// How many texts write surnames in capitals.
const SURNAMES_LARGE: f32 = 0.15;
/// How many texts have a first line in capitals.
const HEADLINE_LARGE: f32 = 0.2;
/// A first line longer than this is no headline.
const HEADLINE: usize = 160;

/// The document written otherwise; none where nothing changed.
pub fn otherwise(gold: &Gold, lexicon: &Lexicon, chances: &mut Chances) -> Option<Gold> {
    let tokens = tokenize(&gold.text);
    let mut edits: Vec<(ByteSpan, String)> = Vec::new();
    let large = chances.part() < SURNAMES_LARGE;
    for (span, _) in gold.mentions.iter().filter(|(_, l)| *l == MentionLabel::Person) {
        let name = within(&tokens, *span);
        let [given, surname, ..] = name else { continue };
        if lexicon.word(fold::word(given.of(&gold.text))) & classes::GIVEN == 0 {
            continue;
        }
        if chances.part() < BY_SURNAME {
            edits.push((ByteSpan::new(given.span.start, surname.span.start), String::new()));
        }
        if large {
            edits.extend(name[1..].iter().map(|t| (t.span, t.of(&gold.text).to_uppercase())));
        }
    }
    let first = gold.text.find('\n').unwrap_or(gold.text.len());
    if first <= HEADLINE && chances.part() < HEADLINE_LARGE {
        edits.retain(|(span, _)| span.start >= first);
        let line = within(&tokens, ByteSpan::new(0, first));
        edits.extend(line.iter().map(|t| (t.span, t.of(&gold.text).to_uppercase())));
    }
    edits.sort();
    edits.dedup_by(|a, b| a.0.overlaps(b.0));
    (!edits.is_empty()).then(|| rewritten(gold, &edits))
}

fn within(tokens: &[Token], span: ByteSpan) -> &[Token] {
    let start = tokens.partition_point(|t| t.span.start < span.start);
    let end = tokens.partition_point(|t| t.span.end <= span.end);
    &tokens[start..end.max(start)]
}

/// The document with each edited span replaced; mentions keep their words.
fn rewritten(gold: &Gold, edits: &[(ByteSpan, String)]) -> Gold {
    let mut text = String::with_capacity(gold.text.len());
    // Where the text behind an edit starts: before, and after.
    let mut moved = vec![(0, 0)];
    let mut last = 0;
    for (span, new) in edits {
        text.push_str(&gold.text[last..span.start]);
        moved.push((span.start, text.len()));
        text.push_str(new);
        moved.push((span.end, text.len()));
        last = span.end;
    }
    text.push_str(&gold.text[last..]);
    let place = |at: usize| {
        let (before, after) = moved[moved.partition_point(|(before, _)| *before <= at) - 1];
        after + (at - before)
    };
    // The start of what is dropped is where the rest goes on.
    let mentions = gold
        .mentions
        .iter()
        .map(|(span, label)| (ByteSpan::new(place(span.start), place(span.end)), *label))
        .filter(|(span, _)| !span.is_empty())
        .collect();
    Gold { text, mentions, ..gold.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::notation::dispatches;

    #[test]
    fn mentions_keep_their_words() {
        let file = "=== a-1\nstyle: a\n\n{PERSON|Marie Élan}, {ROLE|maire de {PLACE|Sète}}, vit {PERSON|Paul Roy}.\n";
        let gold = &dispatches(file, "test").unwrap()[0];
        let cut = ByteSpan::new(0, 6);
        let shout = ByteSpan::new(6, 11);
        let new = rewritten(gold, &[(cut, String::new()), (shout, "ÉLAN".to_owned())]);
        assert_eq!(new.text, "ÉLAN, maire de Sète, vit Paul Roy.");
        let words: Vec<&str> = new.mentions.iter().map(|(span, _)| span.of(&new.text)).collect();
        assert_eq!(words, ["ÉLAN", "maire de Sète", "Sète", "Paul Roy"]);
    }
}
