//! What readers report, in French: they report in English, and a page may
//! speak French to its person.
//!
//! Most of what a parser of JSON or XML says of a broken file stays as it is.

use super::draft::Problem;

/// Each phrase of the readers with its French; `{}` stands for what differs.
const PHRASES: &[(&str, &str)] = &[
    (
        "its offsets count code points; they were put right",
        "ses positions comptent des caractères ; elles ont été corrigées",
    ),
    (
        "its offsets count UTF-16 units; they were put right",
        "ses positions comptent des unités UTF-16 ; elles ont été corrigées",
    ),
    (
        "its offsets count UTF-8 bytes; they were put right",
        "ses positions comptent des octets UTF-8 ; elles ont été corrigées",
    ),
    ("{}..{} reads {} in the text, not {}", "{}..{} donne {} dans le texte, et non {}"),
    ("{}..{} holds nothing", "{}..{} ne contient rien"),
    ("{}: the end lies before the start", "{} : la fin est avant le début"),
    ("{}: an offset lies past the end of the text", "{} : une position dépasse la fin du texte"),
    ("{}: an offset lies inside a character", "{} : une position coupe un caractère"),
    ("its offsets do not fit the text", "ses positions ne correspondent pas au texte"),
    ("it is no text", "ce n'est pas un texte"),
    ("it is neither true nor false", "ce n'est ni true ni false"),
    ("it refuses nothing", "rien n'y est refusé"),
    ("the id {} is given twice", "l'identifiant {} est donné deux fois"),
    ("its entity {} is not in the file", "son entité {} n'est pas dans le fichier"),
    ("its score {} is not between 0 and 1", "son score {} n'est pas entre 0 et 1"),
    ("one of its spans is not in the file", "une de ses étiquettes n'est pas dans le fichier"),
    ("{} is no span of the file", "{} n'est pas une étiquette du fichier"),
    ("a relation needs a \"label\"", "une relation doit avoir un « label »"),
    ("a span needs a \"label\"", "une étiquette doit avoir un « label »"),
    ("an entity needs a \"label\"", "une entité doit avoir un « label »"),
    ("a span is [start, end, label]", "une étiquette s'écrit [début, fin, label]"),
    ("a pair is [text, {\"entities\": …}]", "une paire s'écrit [texte, {\"entities\": …}]"),
    ("a token needs its tag in a last column", "un mot doit avoir sa marque en dernière colonne"),
    ("a link has two targets", "un lien a deux cibles"),
    ("a relation has two ends", "une relation a deux bouts"),
    ("a reference names a base and an id", "une référence nomme une base et un identifiant"),
    (
        "{} and {} become one event: they share {}",
        "{} et {} deviennent un seul événement : ils partagent {}",
    ),
    ("the span {} has another entity already", "l'étiquette {} a déjà une autre entité"),
    (
        "a result of type {} is no span of text",
        "un résultat de type {} n'est pas une étiquette de texte",
    ),
    (
        "a word has ten columns with tabs between them",
        "un mot a dix colonnes séparées par des tabulations",
    ),
    ("a word has ten columns, not {}", "un mot a dix colonnes, et non {}"),
    ("an entity has an id, a label and a name", "une entité a un identifiant, un label et un nom"),
    ("{} is no id of brat", "{} n'est pas un identifiant de brat"),
    ("{} is no place", "{} n'est pas une position"),
    ("{} is no tag", "{} n'est pas une marque"),
    ("{} tags for {} tokens", "{} marques pour {} mots"),
    ("its links of {} are left out", "ses liens de {} ne sont pas pris"),
    (
        "the parts of a mention of {} became several spans",
        "les parties d'une mention de {} sont devenues plusieurs étiquettes",
    ),
    ("a mention without words is left out", "une mention sans mots n'est pas prise"),
    ("{} closes nothing", "{} ne ferme rien"),
    ("{} closes and was not opened", "{} se ferme sans s'être ouvert"),
    ("{} opens and never closes", "{} s'ouvre et ne se ferme pas"),
    ("its fragments became one span", "ses fragments sont devenus une seule étiquette"),
    (
        "it has several annotations; the first was taken",
        "elle a plusieurs annotations ; la première a été prise",
    ),
    (
        "its annotation was cancelled and is left out",
        "son annotation a été annulée et n'est pas prise",
    ),
    ("its drafts are left out", "ses brouillons ne sont pas pris"),
    (
        "its answer is {}: the document comes without spans",
        "sa réponse est {} : le document vient sans étiquettes",
    ),
    ("it was skipped there and holds nothing", "il y a été passé et ne contient rien"),
    (
        "numbers need their list of tags: write the tags as words",
        "des nombres demandent leur liste de marques : écrivez les marques en mots",
    ),
    ("it needs \"{}\" and \"{}\" as whole numbers", "il faut « {} » et « {} » en nombres entiers"),
    ("missing field `{}`", "il manque « {} »"),
    ("unknown variant `{}`, expected {}", "« {} » n'est pas connu, attendu : {}"),
    ("invalid type: {}, expected {}", "type inattendu : {}, attendu : {}"),
    ("attribute '{}' at {} is already defined", "l'attribut « {} » ({}) est déjà défini"),
    ("the document does not have a root node", "le document n'a pas de racine"),
    ("the root node was opened but never closed", "la racine s'ouvre et ne se ferme pas"),
    ("unexpected end of stream", "le fichier est coupé"),
    ("it needs begin and end", "il faut begin et end"),
    ("it has no \"text\"", "il n'a pas de « text »"),
    ("it has no \"ner_tags\"", "il n'a pas de « ner_tags »"),
    ("it has no \"annotations\"", "il n'a pas de « annotations »"),
    ("it has no \"tokens\"", "il n'a pas de « tokens »"),
    ("{} notes beside the text are left out", "{} notes à côté du texte ne sont pas prises"),
    (
        "its entities make it too long: write them out",
        "ses entités le rendent trop long : développez-les",
    ),
    ("it has no text of TEI", "il n'a pas de texte TEI"),
    ("it has no text (uima.cas.Sofa)", "il n'a pas de texte (uima.cas.Sofa)"),
    ("it has neither a position nor a quote", "il n'a ni position ni citation"),
    (
        "its quote stands more than once in the text",
        "sa citation est plus d'une fois dans le texte",
    ),
    ("its quote is not in the text", "sa citation n'est pas dans le texte"),
    ("{} structures of {} are left out", "{} structures de {} ne sont pas prises"),
    ("its text is missing: add {}", "son texte manque : ajoutez {}"),
    ("there is no document in it", "il ne contient pas de dépêche"),
    ("there is no list of documents", "il n'y a pas de liste de documents"),
    ("there is no list of labels", "il n'y a pas de liste de labels"),
    ("it is none of codepoint, utf16, byte", "ce n'est ni codepoint, ni utf16, ni byte"),
    ("the name {} is empty or taken", "le nom {} est vide ou déjà pris"),
    ("the key {} is not one character", "la touche {} n'est pas un caractère"),
    ("{} is no color #rrggbb", "{} n'est pas une couleur #rrggbb"),
    (
        "byte {} is no UTF-8: save the file as UTF-8",
        "l'octet {} n'est pas de l'UTF-8 : enregistrez le fichier en UTF-8",
    ),
    (
        "{} bytes are more than a document holds: split it",
        "{} octets, c'est trop pour un document : coupez-le",
    ),
    (
        "this is an Office file: save it as text (.txt), then open that",
        "c'est un fichier Office : enregistrez-le en texte (.txt), puis ouvrez-le",
    ),
    (
        "archives lie too deep in each other: unpack it",
        "trop d'archives les unes dans les autres : décompressez-la",
    ),
    (
        "the archive's directory breaks off: make it again",
        "le répertoire de l'archive est coupé : refaites-la",
    ),
    (
        "this archive has no directory: it was cut off; make it again",
        "l'archive n'a pas de répertoire : elle est coupée ; refaites-la",
    ),
    ("it is damaged: make the archive again", "il est abîmé : refaites l'archive"),
    (
        "it is encrypted: make the archive without a password",
        "il est chiffré : refaites l'archive sans mot de passe",
    ),
    (
        "the archive unpacks to more than 100 MB: open it in parts",
        "l'archive contient plus de 100 Mo : ouvrez-la par parties",
    ),
    (
        "it is packed in a way that is not known: use plain ZIP",
        "sa compression n'est pas connue : utilisez un ZIP simple",
    ),
    (
        "this is WebAnno TSV: export UIMA CAS JSON or XMI from INCEpTION",
        "c'est du WebAnno TSV : exportez du CAS JSON ou XMI depuis INCEpTION",
    ),
    (
        "this is no JSON from line {}, column {} on: put it right",
        "ce n'est pas du JSON à partir de la ligne {}, colonne {} : corrigez-le",
    ),
    (
        "this file has version {}, and this page reads up to {}: reload the page",
        "ce fichier est de la version {}, et cette page lit jusqu'à {} : rechargez la page",
    ),
    ("this JSON is no Guillemet file: {}", "ce JSON n'est pas un fichier de Guillemet : {}"),
];

/// The words for places in files.
const PLACES: [(&str, &str); 3] =
    [("line", "ligne"), ("span", "étiquette"), ("document", "dépêche")];

/// The problem in French; what has no French there stays.
pub fn problem(problem: &Problem) -> Problem {
    let what = translated(&problem.what).unwrap_or_else(|| problem.what.clone());
    Problem::new(place(&problem.path), what)
}

/// The French of what a reader reports, if it is one of its own phrases.
pub fn translated(what: &str) -> Option<String> {
    let of = |(english, french): &(&str, &str)| Some(filled(french, &holes(english, what)?));
    PHRASES.iter().find_map(of)
}

/// What stands at the holes of `pattern` in `text`.
fn holes<'t>(pattern: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut fixed = pattern.split("{}");
    let mut rest = text.strip_prefix(fixed.next()?)?;
    let mut found = Vec::new();
    let mut fixed = fixed.peekable();
    while let Some(part) = fixed.next() {
        let at = if fixed.peek().is_none() {
            rest.ends_with(part).then(|| rest.len() - part.len())?
        } else {
            rest.find(part)?
        };
        found.push(&rest[..at]);
        rest = &rest[at + part.len()..];
    }
    rest.is_empty().then_some(found)
}

fn filled(pattern: &str, holes: &[&str]) -> String {
    let mut holes = holes.iter();
    let mut parts = pattern.split("{}");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out += holes.next().copied().unwrap_or_default();
        out += part;
    }
    out
}

/// A place in French: words before numbers change, names of files stay.
fn place(path: &str) -> String {
    let words: Vec<&str> = path.split(' ').collect();
    let is_number = |at: usize| words.get(at).is_some_and(|word| word.parse::<usize>().is_ok());
    let word = |(at, word): (usize, &&str)| {
        let known = PLACES.iter().find(|(english, _)| english == word);
        known
            .filter(|_| is_number(at + 1))
            .map_or_else(|| (*word).to_owned(), |(_, fr)| (*fr).to_owned())
    };
    words.iter().enumerate().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_phrase_has_as_many_holes_in_both_languages() {
        for (english, french) in PHRASES {
            assert_eq!(english.matches("{}").count(), french.matches("{}").count(), "{english}");
        }
    }

    #[test]
    fn problems_keep_what_they_name() {
        let told = Problem::new(
            "a line.jsonl line 3 span 1",
            "3..8 reads \"aris\" in the text, not \"Paris\"",
        );
        assert_eq!(
            problem(&told).to_string(),
            "a line.jsonl ligne 3 étiquette 1: 3..8 donne \"aris\" dans le texte, et non \"Paris\""
        );
        let told = Problem::new("b.ann", "expected value at line 1 column 2");
        assert_eq!(problem(&told), told);
        assert_eq!(translated("the id s1 is given twice?"), None);
    }
}
