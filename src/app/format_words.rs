//! What the formats are called and are for, in French and in English, by
//! their use.

use super::words::{Lang, Words};

/// Formats for one use.
pub struct Group {
    /// What they are used for.
    pub name: fn(&Words) -> &'static str,
    /// The formats.
    pub formats: &'static [FormatWords],
}

/// One format: its id, then each phrase in French and in English.
pub struct FormatWords {
    /// [`crate::formats::Format::id`].
    pub id: &'static str,
    name: [&'static str; 2],
    about: [&'static str; 2],
}

impl FormatWords {
    /// What it is called.
    pub fn name(&self, lang: Lang) -> &'static str {
        of(self.name, lang)
    }

    /// What it is for.
    pub fn about(&self, lang: Lang) -> &'static str {
        of(self.about, lang)
    }
}

fn of([fr, en]: [&'static str; 2], lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => fr,
        Lang::En => en,
    }
}

/// The words of the format of that id.
pub fn format_words(id: &str) -> Option<&'static FormatWords> {
    GROUPS.iter().flat_map(|group| group.formats).find(|format| format.id == id)
}

/// Formats that are written and never read.
pub const ONLY_WRITTEN: [&str; 6] =
    ["html", "quotations-csv", "entities-csv", "xlsx", "agreement", "patterns"];

macro_rules! formats {
    ($($id:literal: $name:expr, $fr:literal, $en:literal;)*) => {
        &[$(FormatWords { id: $id, name: $name, about: [$fr, $en] },)*]
    };
}

/// All formats.
pub static GROUPS: [Group; 4] = [
    Group {
        name: |w| w.group_keep,
        formats: formats! {
            "native": ["JSON de Guillemet", "Guillemet JSON"],
                "Tout : texte, étiquettes, citations, qui est qui. Se rouvre ici sans rien perdre.",
                "Everything: text, labels, quotations, who is who. Opens here again with nothing lost.";
            "native-jsonl": ["JSONL de Guillemet", "Guillemet JSONL"],
                "Le même, une dépêche par ligne.", "The same, one dispatch a line.";
        },
    },
    Group {
        name: |w| w.group_train,
        formats: formats! {
            "hugging-face": ["Hugging Face"; 2],
                "Mots et ner_tags pour datasets, le reste à côté.",
                "Tokens and ner_tags for datasets, all else beside.";
            "dataset": ["Jeu train / dev / test", "Train / dev / test set"],
                "Un dossier pour load_dataset : partage stable, quasi-doublons du même côté, fiche, comptes et guide.",
                "A folder for load_dataset: stable split, near-duplicates on one side, card, counts and guide.";
            "spacy": ["spaCy, paires", "spaCy pairs"],
                "Texte et entités, pour Example.from_dict.", "Text and entities, for Example.from_dict.";
            "spacy-docs": ["spaCy, Doc", "spaCy Doc"],
                "Pour DocBin (.spacy) ; garde ce qui se chevauche.", "For DocBin (.spacy); keeps what overlaps.";
            "patterns": ["Motifs, spaCy et Prodigy", "Patterns, spaCy and Prodigy"],
                "Chaque nom une fois, pour entity_ruler.", "Each name once, for entity_ruler.";
            "conll": ["CoNLL-2003"; 2],
                "Un mot par ligne, IOB2 : Flair, seqeval…", "One word a line, IOB2: Flair, seqeval…";
            "bilou": ["CoNLL, BILOU"; 2],
                "Le même, avec les fins marquées.", "The same, with ends marked.";
            "conllu": ["CoNLL-U"; 2],
                "CorefUD : noms imbriqués, qui est qui.", "CorefUD: nested names, who is who.";
        },
    },
    Group {
        name: |w| w.group_tools,
        formats: formats! {
            "doccano": ["doccano"; 2],
                "Étiquetage de séquences.", "Sequence labelling.";
            "doccano-relations": ["doccano, relations"; 2],
                "Avec les liens entre étiquettes.", "With the links between spans.";
            "label-studio": ["Label Studio"; 2],
                "Tâches et configuration.", "Tasks and configuration.";
            "prodigy": ["Prodigy"; 2],
                "Pour ner.manual, spans.manual, rel.manual.", "For ner.manual, spans.manual, rel.manual.";
            "brat": ["brat"; 2],
                "Un .txt et un .ann par dépêche, et la configuration.", "A .txt and an .ann a dispatch, and the configuration.";
            "cas-json": ["INCEpTION, CAS JSON"; 2],
                "UIMA CAS JSON : INCEpTION, cassis.", "UIMA CAS JSON: INCEpTION, cassis.";
            "xmi": ["INCEpTION, WebAnno, XMI"; 2],
                "UIMA CAS XMI : INCEpTION, WebAnno.", "UIMA CAS XMI: INCEpTION, WebAnno.";
            "ner-annotator": ["NER Annotator"; 2],
                "JSON de tecoholic/ner-annotator.", "JSON of tecoholic/ner-annotator.";
        },
    },
    Group {
        name: |w| w.group_publish,
        formats: formats! {
            "tei": ["TEI"; 2],
                "Édition : noms, personnes et <said>.", "Editions: names, persons and <said>.";
            "web-annotation": ["W3C Web Annotation"; 2],
                "JSON-LD : Recogito, Hypothesis.", "JSON-LD: Recogito, Hypothesis.";
            "html": ["Page HTML", "HTML page"],
                "Le texte annoté, à lire et à imprimer.", "The annotated text, to read and print.";
            "quotations-csv": ["Citations, CSV", "Quotations, CSV"],
                "Qui dit quoi, une ligne par citation.", "Who says what, a row a quotation.";
            "entities-csv": ["Noms, CSV", "Names, CSV"],
                "Qui est nommé, et combien de fois.", "Who is named, and how often.";
            "agreement": ["Accord entre annotateurs", "Agreement of annotators"],
                "Les mêmes dépêches par plusieurs annotateurs, pour les alpha, kappa et gamma.",
                "The same dispatches by several annotators, for alpha, kappa and gamma.";
            "xlsx": ["Excel"; 2],
                "Les deux tableaux dans un classeur.", "Both tables in a workbook.";
        },
    },
];
