//! Sentences: runs of tokens between ends.
//!
//! A line end always ends a sentence. A full stop, an exclamation or question
//! mark or an ellipsis does when a capital, a digit or an opening mark comes
//! next; closing marks right after it belong to the sentence.

use std::ops::Range;

use super::tokens::{Token, TokenKind};

/// The sentences of `text` as ranges of `tokens`; together they hold each
/// token once, in order.
pub fn split(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for i in 0..tokens.len() {
        let next = i + 1;
        let ends = next == tokens.len()
            || gap(text, tokens, i).bytes().any(|b| b == b'\n')
            || (closes(text, tokens, start, i) && opens(text, tokens, next));
        if ends {
            sentences.push(start..next);
            start = next;
        }
    }
    sentences
}

/// The white space between a token and the next.
fn gap<'t>(text: &'t str, tokens: &[Token], i: usize) -> &'t str {
    &text[tokens[i].span.end..tokens[i + 1].span.start]
}

/// Whether the sentence is over after token `i`: an end mark, or marks that
/// close what such a mark ended.
fn closes(text: &str, tokens: &[Token], start: usize, i: usize) -> bool {
    let end = |t: &Token| matches!(t.of(text), "." | "!" | "?" | "…" | "..." | "?!" | "!?");
    let closing = |t: &Token| matches!(t.of(text), "»" | "”" | "\"" | ")" | "]" | "’" | "›");
    if tokens[i].kind != TokenKind::Mark {
        return false;
    }
    let mut at = i;
    while at > start && closing(&tokens[at]) {
        at -= 1;
    }
    end(&tokens[at]) && (at > start || end(&tokens[i]))
}

/// Whether a sentence may begin with this token, after white space.
fn opens(text: &str, tokens: &[Token], i: usize) -> bool {
    let token = &tokens[i];
    let spaced = tokens[i - 1].span.end < token.span.start;
    let first = token.of(text).chars().next().unwrap_or(' ');
    let opening = matches!(first, '«' | '“' | '"' | '—' | '–' | '-' | '(' | '[' | '‹');
    spaced && (first.is_uppercase() || token.kind == TokenKind::Number || opening)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tokens::tokenize;

    fn cut(text: &str) -> Vec<&str> {
        let tokens = tokenize(text);
        split(text, &tokens)
            .into_iter()
            .map(|r| &text[tokens[r.start].span.start..tokens[r.end - 1].span.end])
            .collect()
    }

    #[test]
    fn ends_and_what_only_looks_like_one() {
        assert_eq!(cut("Il part. Elle reste."), ["Il part.", "Elle reste."]);
        assert_eq!(
            cut("M. Roy a dit : « Oui. » Puis il part."),
            ["M. Roy a dit : « Oui. »", "Puis il part."]
        );
        assert_eq!(cut("« Quoi ? » demande-t-il."), ["« Quoi ? » demande-t-il."]);
        assert_eq!(cut("TITRE\nTexte"), ["TITRE", "Texte"]);
    }
}
