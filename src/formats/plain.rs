//! Whether a file is a text without annotation, told without reading it as
//! anything: most files that come in are, and they need no converter.

use std::cmp::Ordering;

/// The endings of texts; a name without ending is one too.
const ENDINGS: [&str; 3] = ["txt", "text", "md"];

/// Whether `bytes` under this name are a plain text at first sight. What
/// starts as JSON, XML, an archive or a table of tags is not.
pub fn is_plain(name: &str, bytes: &[u8]) -> bool {
    if !is_text(name) {
        return false;
    }
    let mark: &[u8] = b"\xef\xbb\xbf";
    let bytes = bytes.strip_prefix(mark).unwrap_or(bytes).trim_ascii_start();
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let starts: [&[u8]; 5] = [b"{", b"[", b"<", b"PK\x03\x04", b"-DOCSTART-"];
    !starts.iter().any(|start| bytes.starts_with(start))
        && !line.contains(&b'\t')
        && !is_tagged(line)
}

/// Whether a file of this name is meant as a text.
pub fn is_text(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("txt", |(_, ending)| ending).to_lowercase();
    ENDINGS.contains(&&*ending)
}

/// Whether a file of a folder or an archive is an operating system's own.
pub fn is_systems_own(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    path.split('/').any(|folder| folder == "__MACOSX" || folder.starts_with('.'))
        || ["thumbs.db", "desktop.ini"].contains(&&*last)
}

/// The order of files as people number them: `2.txt` before `10.txt`.
pub fn by_name(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let (left, right) = (digits(a), digits(b));
        let order = if left.is_empty() || right.is_empty() {
            let (mut x, mut y) = (a.chars(), b.chars());
            let order = x.next().cmp(&y.next());
            if a.is_empty() {
                return order;
            }
            (a, b) = (x.as_str(), y.as_str());
            order
        } else {
            (a, b) = (&a[left.len()..], &b[right.len()..]);
            let value = |digits: &'_ str| digits.trim_start_matches('0').len();
            let number = value(left).cmp(&value(right));
            let digits = left.trim_start_matches('0').cmp(right.trim_start_matches('0'));
            number.then(digits).then(left.len().cmp(&right.len()))
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

fn digits(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())]
}

/// Whether a file of this name is a web page.
pub fn is_page(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["html", "htm", "xhtml"].iter().any(|page| ending.eq_ignore_ascii_case(page))
}

/// Whether a line ends in a tag, as in "Lyon B-LOC".
fn is_tagged(line: &[u8]) -> bool {
    let mut columns = line.split(u8::is_ascii_whitespace).filter(|column| !column.is_empty());
    let is_tag =
        |last: &[u8]| matches!(last, b"O" | [b'B' | b'I' | b'L' | b'U' | b'S' | b'E', b'-', _, ..]);
    columns.next().is_some() && columns.next_back().is_some_and(is_tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_are_numbers() {
        let mut names = ["b", "a10.txt", "a2.txt", "a02.txt", "a", "a2b", "", "é1", "a2.txt"];
        names.sort_by(|a, b| by_name(a, b));
        assert_eq!(names, ["", "a", "a2.txt", "a2.txt", "a2b", "a02.txt", "a10.txt", "b", "é1"]);
    }

    #[test]
    fn what_systems_leave_in_folders_is_theirs() {
        for path in ["d/.DS_Store", ".git/config", "__MACOSX/d/._a.txt", "d/Thumbs.db"] {
            assert!(is_systems_own(path), "{path}");
        }
        assert!(!is_systems_own("d/a.txt"));
    }

    #[test]
    fn texts_are_plain_and_formats_are_not() {
        for text in ["", "Le maire a dit « non ».\n[1]", "# Titre", "\u{feff}Lyon", "O"] {
            assert!(is_plain("a.TXT", text.as_bytes()), "{text}");
            assert!(is_plain("LISEZMOI", text.as_bytes()), "{text}");
        }
        for text in ["\u{feff}{\"a\"", " [1]", "<TEI", "Lyon B-LOC\n", "Lyon NNP O", "1\tLyon"] {
            assert!(!is_plain("a.txt", text.as_bytes()), "{text}");
        }
        assert!(!is_plain("a.conll", b"Lyon"));
        assert!(is_plain("a.txt", &[0xff, 0xfe, 0x4c, 0]));
    }
}
