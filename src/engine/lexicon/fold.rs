//! Words made comparable: lower case, without accents, one apostrophe and one
//! hyphen; and the hash that stands for a folded word.

/// The hash of an empty word; what is outside a sentence has it too.
pub const NO_WORD: u32 = 0;

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// A running hash over folded characters.
#[derive(Clone, Copy, Debug)]
pub struct Hasher(u64);

impl Default for Hasher {
    fn default() -> Self {
        Self(SEED)
    }
}

impl Hasher {
    /// Goes on with one folded character.
    pub fn push(&mut self, c: char) {
        *self = self.after(u32::from(c));
    }

    const fn after(self, c: u32) -> Self {
        let mixed = (self.0 ^ c as u64).wrapping_mul(0x0000_0100_0000_01b3);
        Self(mixed ^ (mixed >> 29))
    }

    /// The hash so far.
    pub const fn finish(self) -> u32 {
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        (mixed >> 32) as u32 | 1
    }
}

/// The hash of a word, folded.
pub fn word(text: &str) -> u32 {
    let mut hasher = Hasher::default();
    for c in text.chars() {
        each(c, |c| hasher.push(c));
    }
    hasher.finish()
}

/// The hashes of words that are already folded, for tables of constants.
pub const fn ids<const N: usize>(words: [&str; N]) -> [u32; N] {
    let mut out = [NO_WORD; N];
    let mut i = 0;
    while i < N {
        out[i] = id(words[i]);
        i += 1;
    }
    out
}

/// The hash of a word that is already folded: ASCII only.
pub const fn id(word: &str) -> u32 {
    let bytes = word.as_bytes();
    let mut hasher = Hasher(SEED);
    let mut i = 0;
    while i < bytes.len() {
        assert!(bytes[i].is_ascii() && !bytes[i].is_ascii_uppercase(), "the word is not folded");
        hasher = hasher.after(bytes[i] as u32);
        i += 1;
    }
    hasher.finish()
}

/// The hash of a mark of one character.
pub const fn word_of_char(mark: char) -> u32 {
    Hasher(SEED).after(mark as u32).finish()
}

/// The hash of a sequence of words, from the hash of all but the last.
pub const fn phrase(before: u32, word: u32) -> u32 {
    let mixed = ((before as u64) << 32 | word as u64).wrapping_mul(0x9fb2_1c65_1e98_df25);
    ((mixed ^ (mixed >> 28)).wrapping_mul(0xd6e8_feb8_6659_fd93) >> 32) as u32 | 1
}

/// Folds one character to at most two, or none for what only joins or
/// combines.
pub fn each(c: char, mut give: impl FnMut(char)) {
    if c.is_ascii() {
        return give(c.to_ascii_lowercase());
    }
    let base = match c {
        'à'..='å' | 'À'..='Å' | 'ā' | 'Ā' | 'ă' | 'Ă' | 'ą' | 'Ą' => 'a',
        'ç' | 'Ç' | 'ć' | 'Ć' | 'č' | 'Č' | 'ĉ' | 'ċ' => 'c',
        'ď' | 'Ď' | 'đ' | 'Đ' | 'ð' | 'Ð' => 'd',
        'è'..='ë' | 'È'..='Ë' | 'ē' | 'Ē' | 'ĕ' | 'ė' | 'ę' | 'Ę' | 'ě' | 'Ě' => 'e',
        'ğ' | 'Ğ' | 'ġ' | 'ģ' | 'ĝ' => 'g',
        'ħ' | 'Ħ' | 'ḥ' | 'Ḥ' => 'h',
        'ì'..='ï' | 'Ì'..='Ï' | 'ī' | 'Ī' | 'į' | 'ı' | 'İ' | 'ĩ' => 'i',
        'ķ' | 'Ķ' => 'k',
        'ł' | 'Ł' | 'ļ' | 'ľ' | 'ĺ' => 'l',
        'ñ' | 'Ñ' | 'ń' | 'Ń' | 'ň' | 'Ň' | 'ņ' => 'n',
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' | 'ō' | 'Ō' | 'ő' | 'Ő' => 'o',
        'ŕ' | 'ř' | 'Ř' => 'r',
        'ś' | 'Ś' | 'š' | 'Š' | 'ş' | 'Ş' | 'ș' | 'Ș' | 'ŝ' | 'ṣ' => 's',
        'ţ' | 'Ţ' | 'ť' | 'Ť' | 'ț' | 'Ț' | 'ṭ' => 't',
        'ù'..='ü' | 'Ù'..='Ü' | 'ū' | 'Ū' | 'ů' | 'Ů' | 'ű' | 'Ű' | 'ų' => 'u',
        'ý' | 'ÿ' | 'Ý' | 'Ÿ' => 'y',
        'ź' | 'Ź' | 'ż' | 'Ż' | 'ž' | 'Ž' => 'z',
        'œ' | 'Œ' => return "oe".chars().for_each(give),
        'æ' | 'Æ' => return "ae".chars().for_each(give),
        'ß' => return "ss".chars().for_each(give),
        '’' | 'ʼ' | '‘' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' => return,
        _ => return c.to_lowercase().for_each(give),
    };
    give(base);
}

/// The folded word.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        each(c, |c| out.push(c));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_are_one() {
        assert_eq!(folded("L’ÉTAT"), "l'etat");
        assert_eq!(folded("Cœur-de‑Lion"), "coeur-de-lion");
        assert_eq!(word("Etats-Unis"), word("ÉTATS-UNIS"));
        assert_eq!(word("e\u{301}tat"), word("état"));
        assert_eq!(ids(["etats-unis", "l'"]), [word("États-Unis"), word("L’")]);
        assert_ne!(word("Paris"), word("Pari"));
        assert_ne!(phrase(word("New"), word("York")), phrase(word("York"), word("New")));
    }
}
