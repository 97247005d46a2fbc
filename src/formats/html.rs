//! The text of a web page: what a person would copy who wants the article.
//!
//! Tags are read as browsers do, without building a tree: blocks become lines,
//! white space is squeezed, references become characters. What is no text of
//! the article (scripts, menus, forms) is left out, and of the rest the one
//! `article` or `main` is taken where the page has just one.

use super::catalogue::File;
use crate::text::{IntakeError, receive_bytes};

/// Elements whose content is no markup, and no text of the page either.
const RAW: [&str; 7] = ["title", "script", "style", "noscript", "template", "iframe", "svg"];
/// Elements beside the article.
const ASIDE: [&str; 8] = ["head", "nav", "footer", "aside", "form", "button", "select", "dialog"];
/// Elements that stand apart from what is around them.
const PARAGRAPHS: [&str; 15] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "ul",
    "ol",
    "dl",
    "table",
    "figure",
    "section",
];
/// Elements on a line of their own.
const LINES: [&str; 13] = [
    "br",
    "div",
    "li",
    "tr",
    "dt",
    "dd",
    "hr",
    "article",
    "main",
    "header",
    "figcaption",
    "address",
    "caption",
];

/// What HTML calls the characters from U+00A0 to U+00FF, in order.
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg \
    macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 \
    iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave \
    Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc \
    Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc \
    euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave \
    uacute ucirc uuml yacute thorn yuml";
/// Further names that pages in French use.
const NAMES: [(&str, char); 27] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Yuml", 'Ÿ'),
    ("euro", '€'),
    ("hellip", '…'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("bull", '•'),
    ("trade", '™'),
    ("thinsp", '\u{2009}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
];
/// The longest name of a reference.
const LONGEST: usize = 8;

/// The file with its text alone.
///
/// # Errors
/// If its bytes are no text.
pub(super) fn reduced(file: File) -> Result<File, IntakeError> {
    let page = receive_bytes(&file.bytes)?;
    Ok(File { bytes: text_of(&page.text).into_bytes(), name: file.name })
}

/// The text of a page.
pub fn text_of(page: &str) -> String {
    let mut reader = Reader::default();
    reader.read(page);
    reader.finish()
}

/// The text so far, and where in the page the reader is.
#[derive(Default)]
struct Reader {
    out: String,
    /// White space was read that is not yet written.
    gap: bool,
    /// How deep in elements that are left out.
    aside: usize,
    /// How deep in preformatted text.
    pre: usize,
    articles: Parts,
    mains: Parts,
    titles: Parts,
}

/// Where elements of one name lie in the text, the outermost ones.
#[derive(Default)]
struct Parts {
    depth: usize,
    start: usize,
    found: Vec<(usize, usize)>,
}

impl Reader {
    fn read(&mut self, page: &str) {
        let mut rest = page;
        while let Some(at) = rest.find('<') {
            self.text(&rest[..at]);
            rest = &rest[at..];
            rest = match rest.as_bytes().get(1) {
                _ if rest.starts_with("<!--") => after(rest, "-->"),
                Some(b'!' | b'?') => after(rest, ">"),
                Some(b'/' | b'a'..=b'z' | b'A'..=b'Z') => self.tag(rest),
                _ => {
                    self.text("<");
                    &rest[1..]
                }
            };
        }
        self.text(rest);
    }

    /// Reads the tag that `rest` starts with; what follows it.
    fn tag<'p>(&mut self, rest: &'p str) -> &'p str {
        let end = end_of_tag(rest);
        let (inner, rest) = (&rest[1..end], rest.get(end + 1..).unwrap_or_default());
        let (inner, is_start) = inner.strip_prefix('/').map_or((inner, true), |i| (i, false));
        let is_name = |c: char| c.is_ascii_alphanumeric();
        let name = inner[..inner.find(|c| !is_name(c)).unwrap_or(inner.len())].to_lowercase();
        let name = name.as_str();
        if RAW.contains(&name) {
            // An element without an end holds the rest of the page.
            return if is_start && !inner.ends_with('/') { after_raw(rest, name) } else { rest };
        }
        if ASIDE.contains(&name) {
            self.aside = if is_start { self.aside + 1 } else { self.aside.saturating_sub(1) };
        }
        // A page that forgets to end its head has a body all the same.
        if name == "body" && is_start {
            self.aside = 0;
        }
        if PARAGRAPHS.contains(&name) {
            self.break_line(2);
        } else if LINES.contains(&name) {
            self.break_line(1);
        } else if matches!(name, "td" | "th") {
            self.gap = true;
        }
        let at = self.out.len();
        match name {
            "pre" => self.pre = if is_start { self.pre + 1 } else { self.pre.saturating_sub(1) },
            "article" => self.articles.turn(is_start, at),
            "main" => self.mains.turn(is_start, at),
            "h1" => self.titles.turn(is_start, at),
            _ => {}
        }
        rest
    }

    fn text(&mut self, text: &str) {
        if self.aside > 0 {
            return;
        }
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let (c, length) = match c {
                '&' => reference(rest).unwrap_or(('&', 1)),
                c => (c, c.len_utf8()),
            };
            rest = &rest[length..];
            // A space that does not break is a character.
            if matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{c}') && self.pre == 0 {
                self.gap = true;
                continue;
            }
            if self.gap && !self.out.is_empty() && !self.out.ends_with(['\n', ' ']) {
                self.out.push(' ');
            }
            self.gap = false;
            self.out.push(c);
        }
    }

    /// Goes to a new line, after `ends` line ends.
    fn break_line(&mut self, ends: usize) {
        self.gap = false;
        if self.aside > 0 || self.out.is_empty() {
            return;
        }
        self.out.truncate(self.out.trim_end_matches(' ').len());
        let there = self.out.len() - self.out.trim_end_matches('\n').len();
        for _ in there..ends {
            self.out.push('\n');
        }
    }

    fn finish(self) -> String {
        let article = self.articles.only().or(self.mains.only());
        let part = article.map(|(start, end)| (start, &self.out[start..end]));
        let Some((start, part)) = part.filter(|(_, part)| !part.trim().is_empty()) else {
            return self.out.trim().to_owned();
        };
        // The headline often stands before the article.
        match self.titles.only() {
            Some((from, to)) if to <= start => {
                format!("{}\n\n{}", self.out[from..to].trim(), part.trim())
            }
            _ => part.trim().to_owned(),
        }
    }
}

impl Parts {
    fn turn(&mut self, is_start: bool, at: usize) {
        if is_start {
            if self.depth == 0 {
                self.start = at;
            }
            self.depth += 1;
        } else if self.depth > 0 {
            self.depth -= 1;
            if self.depth == 0 {
                self.found.push((self.start, at.max(self.start)));
            }
        }
    }

    fn only(&self) -> Option<(usize, usize)> {
        if let [only] = self.found[..] { Some(only) } else { None }
    }
}

/// What follows the first `end`; nothing where there is none.
fn after<'p>(rest: &'p str, end: &str) -> &'p str {
    rest.find(end).map_or("", |at| &rest[at + end.len()..])
}

/// What follows the end tag of that name.
fn after_raw<'p>(mut rest: &'p str, name: &str) -> &'p str {
    while let Some(at) = rest.find("</") {
        rest = &rest[at + 2..];
        if rest.get(..name.len()).is_some_and(|there| there.eq_ignore_ascii_case(name)) {
            return after(rest, ">");
        }
    }
    ""
}

/// Where the tag ends: at the first `>` outside quotes.
fn end_of_tag(rest: &str) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            // Only a value is quoted.
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    rest.len()
}

/// The character that a reference at the start of `rest` means, and how long
/// the reference is.
fn reference(rest: &str) -> Option<(char, usize)> {
    if let Some(number) = rest.strip_prefix("&#") {
        let (digits, radix, mark) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16, 3),
            None => (number, 10, 2),
        };
        let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let value = u32::from_str_radix(&digits[..length], radix).ok()?;
        // Browsers read these as Windows-1252, as do we of bytes.
        let c = match value {
            0x80..=0x9f => receive_bytes(&[value as u8]).ok()?.text.chars().next(),
            0 => Some(char::REPLACEMENT_CHARACTER),
            value => char::from_u32(value),
        };
        let end = usize::from(digits[length..].starts_with(';'));
        return Some((c?, mark + length + end));
    }
    let name = &rest[1..];
    let end = name.bytes().take(LONGEST + 1).position(|byte| byte == b';')?;
    let name = name.get(..end)?;
    let latin = || {
        let at = LATIN.split_ascii_whitespace().position(|other| other == name)?;
        char::from_u32(0xa0 + u32::try_from(at).ok()?)
    };
    let known = NAMES.iter().find(|(other, _)| *other == name).map(|(_, c)| *c);
    Some((known.or_else(latin)?, end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_lines_and_space_is_squeezed() {
        let page = "<h1>Le <b>titre</b></h1>\n<p>Une  phrase,\n une autre.<br>Fin <P>Suite\
            <ul><li>un<li>deux</ul><div>a</div><div>b</div>";
        let text = "Le titre\n\nUne phrase, une autre.\nFin\n\nSuite\n\nun\ndeux\n\na\nb";
        assert_eq!(text_of(page), text);
        assert_eq!(text_of("<pre>a  b\n  c</pre>"), "a  b\n  c");
        assert_eq!(text_of("<td>a</td><td>b</td>"), "a b");
    }

    #[test]
    fn references_are_characters() {
        let page = "&laquo;&nbsp;L&rsquo;&Eacute;tat&nbsp;&raquo; &amp;lt; &#233;&#xE9;&#146; 5&euro;&oelig;";
        assert_eq!(text_of(page), "«\u{a0}L’État\u{a0}» &lt; éé’ 5€œ");
        for plain in ["&", "a & b", "&nothing;", "&#;", "&#x110000;", "R&D", "&é;"] {
            assert_eq!(text_of(plain), plain);
        }
    }

    #[test]
    fn what_is_beside_the_article_is_left_out() {
        let page = "<!doctype html><head><title>Site</title><style>p{}</style></head><body>\
            <nav><a>Menu</a></nav><h1>Titre</h1><script>if (a < b) '</p>'</script>\
            <article data-x='a>b'><p>Texte<!-- <p>rien --></p><aside>Pub</aside></article>\
            <footer>Pied</footer></body>";
        assert_eq!(text_of(page), "Titre\n\nTexte");
        let list = "<article>un</article><article>deux</article>";
        assert_eq!(text_of(list), "un\ndeux");
        assert_eq!(text_of("<main>a<article></article></main>b"), "a\n\nb".replace("\n\n", "\n"));
    }

    #[test]
    fn broken_pages_lose_no_text_and_never_panic() {
        assert_eq!(text_of("<head><body>Texte"), "Texte");
        assert_eq!(text_of("<title>Site</title><p>Texte"), "Texte");
        assert_eq!(text_of("a < b <é> c"), "a < b <é> c");
        assert_eq!(text_of("Texte <a href=\"x>y"), "Texte");
        assert_eq!(text_of("</article></nav>Texte<article>"), "Texte");
        for odd in ["<", "</", "<!", "<!--", "<a", "<script>", "<script", "&#x", "<é", "</svg/>é"]
        {
            text_of(odd);
        }
    }
}
