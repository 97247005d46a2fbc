//! Searching texts as a person means it: letters of any case, with or without
//! accents, and white space of any kind and length.

use crate::engine::lexicon::fold;

/// A text as it is searched: folded, and each run of white space one space.
pub fn folded(text: &str) -> String {
    let mut out = Vec::new();
    fold_into(text, &mut out);
    String::from_utf8(out).expect("whole characters were written")
}

/// How often `needle`, which is folded, stands in `text`. `room` is where the
/// text is folded to, so that many texts need no more room than the longest.
pub fn count(text: &str, needle: &str, room: &mut Vec<u8>) -> usize {
    fold_into(text, room);
    let needle = needle.as_bytes();
    let Some(first) = needle.first() else { return 0 };
    let (mut at, mut count) = (0, 0);
    while let Some(found) = room[at..].iter().position(|byte| byte == first) {
        at += found;
        if room[at..].starts_with(needle) {
            count += 1;
            at += needle.len();
        } else {
            at += 1;
        }
    }
    count
}

/// Most of a French text is ASCII, which needs no table: 6 MB are folded
/// while a person types.
fn fold_into(text: &str, out: &mut Vec<u8>) {
    out.clear();
    for c in text.chars() {
        if c.is_whitespace() {
            if out.last() != Some(&b' ') {
                out.push(b' ');
            }
        } else if c.is_ascii() {
            out.push(c.to_ascii_lowercase() as u8);
        } else {
            fold::each(c, |c| out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count_in(text: &str, query: &str) -> usize {
        count(text, &folded(query), &mut Vec::new())
    }

    #[test]
    fn case_accents_and_white_space_are_one() {
        let text = "L’État, c’est l’Etat.\nÀ\u{a0}Saint\u{2011}Malo, l'ÉTAT\n  paie ; Œdipe.";
        assert_eq!(count_in(text, "l'état"), 3);
        assert_eq!(count_in(text, "etat paie"), 1);
        assert_eq!(count_in(text, "a saint-malo"), 1);
        assert_eq!(count_in(text, "oedipe"), 1);
        assert_eq!(count_in(text, "état c"), 0);
    }

    #[test]
    fn places_do_not_overlap() {
        assert_eq!(count_in("ananas", "ana"), 1);
        assert_eq!(count_in("aaaa", "aa"), 2);
        assert_eq!(count_in("", "a"), 0);
    }
}
