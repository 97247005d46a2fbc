//! Writing XML: what must be escaped.

/// A text as content or as an attribute in double quotes. Line ends and tabs
/// are written as references, since readers change them in attributes and
/// `\r` everywhere.
pub fn escape(text: &str) -> String {
    escaped(text, "\t\n")
}

/// A text as content, with its line ends as they are.
pub(super) fn content(text: &str) -> String {
    escaped(text, "")
}

fn escaped(text: &str, also: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c == '\r' || also.contains(c) => out += &format!("&#{};", u32::from(c)),
            c => out.push(c),
        }
    }
    out
}
