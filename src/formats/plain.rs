//! Whether a file is a text without annotation, told without reading it as
//! anything: most files that come in are, and they need no converter.

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
