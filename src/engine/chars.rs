//! What characters are, as the standard library tells it: at once for ASCII,
//! Latin-1 and the marks of print, which are nearly all of French, and from
//! its tables for the others.

use std::borrow::Cow;

/// No letters, digits or cases here: dashes, quotes, the ellipsis.
const MARKS: std::ops::RangeInclusive<char> = '\u{2000}'..='\u{206f}';

/// [`char::is_alphabetic`].
#[inline]
pub fn is_alphabetic(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphabetic(),
        '\u{80}'..='\u{ff}' => matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' | 'ª' | 'µ' | 'º'),
        _ => !MARKS.contains(&c) && c.is_alphabetic(),
    }
}

/// [`char::is_numeric`].
#[inline]
pub fn is_numeric(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_digit(),
        '\u{80}'..='\u{ff}' => matches!(c, '¹' | '²' | '³' | '¼'..='¾'),
        _ => !MARKS.contains(&c) && c.is_numeric(),
    }
}

/// [`char::is_uppercase`].
#[inline]
pub fn is_uppercase(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_uppercase(),
        '\u{80}'..='\u{ff}' => matches!(c, 'À'..='Ö' | 'Ø'..='Þ'),
        _ => !MARKS.contains(&c) && c.is_uppercase(),
    }
}

/// [`char::is_lowercase`].
#[inline]
pub fn is_lowercase(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_lowercase(),
        '\u{80}'..='\u{ff}' => matches!(c, 'ß'..='ö' | 'ø'..='ÿ' | 'ª' | 'µ' | 'º'),
        _ => !MARKS.contains(&c) && c.is_lowercase(),
    }
}

/// Gives the characters of [`char::to_lowercase`].
#[inline]
pub fn lower(c: char, mut give: impl FnMut(char)) {
    match c {
        '\0'..='\u{7f}' => give(c.to_ascii_lowercase()),
        'À'..='Ö' | 'Ø'..='Þ' => give(char::from(c as u8 + 32)),
        '\u{80}'..='\u{ff}' => give(c),
        _ if MARKS.contains(&c) => give(c),
        _ => c.to_lowercase().for_each(give),
    }
}

/// [`str::to_lowercase`]; no copy of what is in lower case already.
pub fn lowered(text: &str) -> Cow<'_, str> {
    let stays = |c: char| match c {
        '\0'..='\u{7f}' => !c.is_ascii_uppercase(),
        '\u{80}'..='\u{ff}' => !is_uppercase(c),
        _ => MARKS.contains(&c),
    };
    if text.chars().all(stays) { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
}

#[cfg(test)]
mod tests {
    #[test]
    fn all_is_as_the_standard_library_has_it() {
        for c in '\0'..=char::MAX {
            assert_eq!(super::is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(super::is_numeric(c), c.is_numeric(), "{c:?}");
            assert_eq!(super::is_uppercase(c), c.is_uppercase(), "{c:?}");
            assert_eq!(super::is_lowercase(c), c.is_lowercase(), "{c:?}");
            let mut lower = String::new();
            super::lower(c, |c| lower.push(c));
            assert_eq!(lower, c.to_lowercase().to_string(), "{c:?}");
            assert_eq!(super::lowered(&c.to_string()), lower, "{c:?}");
        }
    }
}
