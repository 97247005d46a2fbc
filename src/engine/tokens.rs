//! Tokens: words, numbers and marks, cut as French reads.
//!
//! Takes any text. An elided word ends at its apostrophe ("l’" + "Etat"), an
//! inverted clitic stands alone ("a" + "-t-" + "il", "dit" + "-" + "elle"), a
//! number keeps its groups and decimals ("10.000", "1 200", "3,5"), initials
//! and a closed list of abbreviations keep their point ("J.", "Dr."), and
//! every other mark is a token of its own. Tokens hold no white space but
//! that between the groups of a number; tokens and the gaps between them tile
//! the text.

use super::chars;
use crate::text::ByteSpan;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with the digits, hyphens and apostrophes inside.
    Word,
    /// Starts with a digit.
    Number,
    /// Anything else: punctuation, symbols, emoji.
    Mark,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where.
    pub span: ByteSpan,
    /// What.
    pub kind: TokenKind,
}

impl Token {
    /// Its text.
    pub fn of(self, text: &str) -> &str {
        self.span.of(text)
    }
}

/// Words that end at their apostrophe.
const ELIDED: [&str; 15] = [
    "l", "d", "j", "n", "s", "m", "t", "c", "qu", "lorsqu", "puisqu", "quoiqu", "jusqu", "quelqu",
    "entr",
];

/// Pronouns that an inverted verb carries.
const CLITICS: [&str; 12] =
    ["je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ce", "moi", "toi"];

/// Words that keep the point after them.
const ABBREVIATIONS: [&str; 22] = [
    "M", "MM", "Mme", "Mlle", "Dr", "Me", "Mgr", "Pr", "St", "Ste", "Cie", "Inc", "Corp", "Ltd",
    "Co", "Jr", "Sr", "art", "av", "etc", "vol", "env",
];

/// Cuts `text`; time linear in its length.
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
        } else if c.is_ascii_digit() {
            at = number(text, at, &mut tokens);
        } else if is_letter(c) {
            at = word(text, at, &mut tokens);
        } else if matches!(c, '@' | '#') && text[at + 1..].starts_with(is_letter) {
            let end =
                at + 1 + run(&text[at + 1..], |c| is_letter(c) || chars::is_numeric(c) || c == '_');
            tokens.push(Token { span: ByteSpan::new(at, end), kind: TokenKind::Word });
            at = end;
        } else {
            let end = at + mark_len(&text[at..]);
            tokens.push(Token { span: ByteSpan::new(at, end), kind: TokenKind::Mark });
            at = end;
        }
    }
    tokens
}

/// Letters and what combines with them.
fn is_letter(c: char) -> bool {
    chars::is_alphabetic(c) || is_joined(c)
}

/// Combining marks, the soft hyphen and the joiners: never a word of their own.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Bytes of the longest prefix whose characters all pass.
fn run(text: &str, passes: impl Fn(char) -> bool) -> usize {
    text.find(|c| !passes(c)).unwrap_or(text.len())
}

/// Where the letters and digits from `at` on end.
fn letters(text: &str, mut at: usize) -> usize {
    while let Some(byte) = text.as_bytes().get(at) {
        let next = if byte.is_ascii() { None } else { text[at..].chars().next() };
        at += match next {
            None if byte.is_ascii_alphanumeric() => 1,
            Some(c) if is_letter(c) || chars::is_numeric(c) => c.len_utf8(),
            _ => break,
        };
    }
    at
}

/// A word from `at` on: its parts, cut at elisions and before clitics.
fn word(text: &str, at: usize, tokens: &mut Vec<Token>) -> usize {
    let mut push = |start, end| {
        tokens.push(Token { span: ByteSpan::new(start, end), kind: TokenKind::Word });
    };
    let mut end = at;
    loop {
        end = letters(text, end);
        let mut rest = text[end..].chars();
        let Some(joint) = rest.next() else { break };
        let joins = rest.next().is_some_and(|c| is_letter(c) || c.is_ascii_digit());
        let after = end + joint.len_utf8();
        if is_apostrophe(joint) {
            if ELIDED.iter().any(|e| same_word(e, &text[at..end])) {
                push(at, after);
                return after;
            }
            // "aujourd'hui", "O'Neill", "prud'hommes": one word.
            if !joins {
                break;
            }
            end = after;
        } else if is_hyphen(joint) {
            if let Some((clitic_start, clitic_end)) = clitic(text, end) {
                push(at, end);
                let hyphen = ByteSpan::new(end, clitic_start);
                tokens.push(Token { span: hyphen, kind: TokenKind::Mark });
                tokens.push(Token {
                    span: ByteSpan::new(clitic_start, clitic_end),
                    kind: TokenKind::Word,
                });
                return clitic_end;
            }
            if !joins {
                break;
            }
            end = after;
        } else if joint == '.' {
            if keeps_point(&text[at..end]) {
                // "J.-C.", "U.S.A.": the point belongs to the initial.
                end = after;
                let next = text[end..].chars().next();
                if !next.is_some_and(|c| c.is_uppercase() || is_hyphen(c)) {
                    break;
                }
                let next_len = next.map_or(0, char::len_utf8);
                if !text[end..].chars().nth(1).is_some_and(|c| c == '.' || c.is_uppercase()) {
                    break;
                }
                end += if next.is_some_and(is_hyphen) { next_len } else { 0 };
            } else if joins && is_domain(&text[after..]) {
                end = after;
            } else {
                break;
            }
        } else {
            break;
        }
    }
    push(at, end);
    end
}

/// The clitic after the hyphen at `at`: where its word starts and ends.
/// "-t-il" gives the "il".
fn clitic(text: &str, at: usize) -> Option<(usize, usize)> {
    let hyphen = text[at..].chars().next()?.len_utf8();
    let mut start = at + hyphen;
    if let Some(rest) = text[start..].strip_prefix(['t', 'T'])
        && let Some(second) = rest.chars().next().filter(|c| is_hyphen(*c))
    {
        start += 1 + second.len_utf8();
    }
    let end = start + run(&text[start..], is_letter);
    let follows = text[end..].chars().next();
    let whole = !follows.is_some_and(|c| is_hyphen(c) || c.is_numeric() || is_apostrophe(c));
    let known = CLITICS.iter().any(|c| same_word(c, &text[start..end]));
    (known && whole).then_some((start, end))
}

fn same_word(lower: &str, word: &str) -> bool {
    lower.eq_ignore_ascii_case(word)
}

/// Whether the point after `word` belongs to it: single capitals (with what
/// hangs before them, "J.-C") and known abbreviations.
fn keeps_point(word: &str) -> bool {
    let last = word.rsplit(['.', '-', '\u{2010}', '\u{2011}']).next().unwrap_or(word);
    let mut letters = last.chars();
    let single = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    single || ABBREVIATIONS.contains(&word)
}

/// Whether what follows a point goes on as a domain name ("lemonde.fr").
fn is_domain(rest: &str) -> bool {
    const ENDINGS: [&str; 14] = [
        "fr", "com", "org", "net", "eu", "be", "ch", "ca", "info", "int", "gouv", "uk", "io", "tv",
    ];
    let end = run(rest, |c| c.is_ascii_lowercase());
    ENDINGS.contains(&&rest[..end])
}

/// A number from `at` on, with its groups ("10.000", "1 200") and decimals.
/// Letters glued to it stay ("14H30", "1er", "5G").
fn number(text: &str, at: usize, tokens: &mut Vec<Token>) -> usize {
    let mut end = at + run(&text[at..], |c| c.is_ascii_digit());
    let mut grouped = end - at <= 3;
    loop {
        let mut rest = text[end..].chars();
        let Some(joint) = rest.next() else { break };
        let after = end + joint.len_utf8();
        let digits = run(&text[after..], |c| c.is_ascii_digit());
        let group = matches!(joint, '.' | ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’');
        if group && grouped && digits == 3 {
            end = after + digits;
        } else if matches!(joint, ',' | '.') && digits > 0 {
            end = after + digits;
            grouped = false;
        } else {
            break;
        }
    }
    let glued = run(&text[end..], |c| is_letter(c) || c.is_ascii_digit());
    end += glued;
    tokens.push(Token { span: ByteSpan::new(at, end), kind: TokenKind::Number });
    end
}

/// The bytes of one mark: dots in a row, doubled quotes and a character with
/// all that combines with it stay together.
fn mark_len(text: &str) -> usize {
    if text.starts_with("..") {
        return run(text, |c| c == '.');
    }
    if text.starts_with("<<") || text.starts_with(">>") || text.starts_with("''") {
        return 2;
    }
    let first = text.chars().next().map_or(0, char::len_utf8);
    first + run(&text[first..], |c| is_joined(c) || matches!(c, '\u{fe0e}' | '\u{fe0f}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        tokenize(text).into_iter().map(|t| t.of(text)).collect()
    }

    #[test]
    fn french_words() {
        assert_eq!(cut("L’Etat d'Aujourd'hui"), ["L’", "Etat", "d'", "Aujourd'hui"]);
        assert_eq!(cut("a-t-il dit"), ["a", "-t-", "il", "dit"]);
        assert_eq!(cut("dit-elle"), ["dit", "-", "elle"]);
        assert_eq!(cut("Jean-Luc O'Neill"), ["Jean-Luc", "O'Neill"]);
        assert_eq!(cut("porte-parole, Saint-Malo."), ["porte-parole", ",", "Saint-Malo", "."]);
        assert_eq!(cut("rendez-vous"), ["rendez", "-", "vous"]);
    }

    #[test]
    fn points_that_belong_to_their_word() {
        assert_eq!(cut("M. Dowden et J.-C. Roy."), ["M.", "Dowden", "et", "J.-C.", "Roy", "."]);
        assert_eq!(cut("les U.S.A. ont"), ["les", "U.S.A.", "ont"]);
        assert_eq!(cut("lemonde.fr. Fin."), ["lemonde.fr", ".", "Fin", "."]);
    }

    #[test]
    fn numbers() {
        assert_eq!(
            cut("10.000 et 1\u{202f}200, 3,5%"),
            ["10.000", "et", "1\u{202f}200", ",", "3,5", "%"]
        );
        assert_eq!(cut("à 14H30 le 1er"), ["à", "14H30", "le", "1er"]);
        assert_eq!(cut("en 2020, 21"), ["en", "2020", ",", "21"]);
        assert_eq!(cut("2020 200"), ["2020", "200"]);
    }

    #[test]
    fn marks() {
        assert_eq!(cut("«Oui»... “a”…"), ["«", "Oui", "»", "...", "“", "a", "”", "…"]);
        assert_eq!(cut("@elysee #Paris"), ["@elysee", "#Paris"]);
    }
}
