//! What a text is called where nobody has named it.

/// The most characters of a title.
const MOST: usize = 80;

/// The first line that holds words, cut at a word.
pub fn title_of(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|l| !l.is_empty()).unwrap_or_default();
    if line.chars().count() <= MOST {
        return line.to_owned();
    }
    let cut: String = line.chars().take(MOST).collect();
    let end = cut.rfind(char::is_whitespace).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_with_words_is_the_title() {
        assert_eq!(title_of("\n \nParis, lundi \nTexte"), "Paris, lundi");
        assert_eq!(title_of(" \n"), "");
    }

    #[test]
    fn a_long_line_is_cut_at_a_word() {
        let line = "Les élus du conseil régional ont adopté ".repeat(3);
        let title = title_of(&line);
        assert!(title.ends_with("Les élus du conseil régional ont adopté…"), "{title}");
        assert!(title.chars().count() <= MOST + 1);
        assert_eq!(title_of(&"é".repeat(100)), format!("{}…", "é".repeat(MOST)));
    }
}
