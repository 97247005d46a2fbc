//! All words of the interface, in French and in English.
//!
//! One line a phrase, both languages side by side; a missing translation does
//! not compile. Phrases with numbers or names are functions below the table.

use super::converter;
use crate::formats::Part;
use crate::text::{IntakeError, IntakeNote, MAX_TEXT_BYTES};

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    /// French.
    Fr,
    /// English.
    En,
}

impl Lang {
    /// The language for a browser's `navigator.language`.
    pub fn of_browser(tag: &str) -> Self {
        if tag.to_lowercase().starts_with("fr") { Self::Fr } else { Self::En }
    }

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// The language of that tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        [Self::Fr, Self::En].into_iter().find(|lang| lang.tag() == tag)
    }

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Fr => Self::En,
            Self::En => Self::Fr,
        }
    }

    /// Its words.
    pub fn words(self) -> &'static Words {
        match self {
            Self::Fr => &FR,
            Self::En => &EN,
        }
    }
}

macro_rules! words {
    ($($name:ident: $fr:literal, $en:literal;)*) => {
        /// The fixed phrases of a part of the interface.
        #[allow(missing_docs)]
        pub struct Words {
            $(pub $name: &'static str,)*
        }

        static FR: Words = Words { $($name: $fr,)* };
        static EN: Words = Words { $($name: $en,)* };
    };
}

pub(super) use words;

words! {
    // Start
    start_title: "Collez une dépêche", "Paste a dispatch";
    start_lead: "Guillemet y trouve les noms, les citations et qui parle. Vous corrigez, vous téléchargez.",
        "Guillemet finds the names, the quotations and who speaks. You correct, you download.";
    start_field: "Collez ou écrivez le texte ici", "Paste or type the text here";
    start_go: "Étiqueter", "Label it";
    start_open: "Ouvrir des fichiers…", "Open files…";
    start_folder: "Un dossier…", "A folder…";
    start_drop: "ou déposez-les n'importe où dans la page, par milliers aussi (texte, HTML, JSON, CoNLL, TEI, brat, zip…)",
        "or drop them anywhere on the page, thousands too (text, HTML, JSON, CoNLL, TEI, brat, zip…)";
    start_examples: "Essayer un exemple", "Try an example";
    start_private: "Rien ne quitte cette page : pas de serveur, pas de compte, pas de requête.",
        "Nothing leaves this page: no server, no account, no request.";
    drop_here: "Déposez les fichiers, ou un dossier", "Drop the files, or a folder";
    // Header
    undo: "Annuler", "Undo";
    redo: "Rétablir", "Redo";
    export: "Télécharger", "Download";
    theme: "Thème clair ou sombre", "Light or dark theme";
    language: "English", "Français";
    help: "Touches", "Keys";
    title_label: "Titre de la dépêche", "Title of the dispatch";
    saved: "Enregistré ici", "Saved here";
    saving: "Enregistrement…", "Saving…";
    unsaved: "Non enregistré", "Not saved";
    // Documents
    documents: "Dépêches", "Dispatches";
    new_document: "Nouvelle", "New";
    remove_document: "Retirer cette dépêche", "Remove this dispatch";
    state_new: "nouvelle", "new";
    state_work: "en cours", "in work";
    state_done: "terminée", "done";
    mark_done: "Terminée", "Done";
    about_document: "Cette dépêche", "This dispatch";
    duplicate: "Dupliquer", "Duplicate";
    take_out: "Retirer", "Remove";
    note: "Note", "Note";
    note_on_document: "Note sur la dépêche", "Note on the dispatch";
    note_hint: "Une remarque pour qui lira les données", "A remark for whoever reads the data";
    noted: "avec une note", "with a note";
    untagged: "en attente", "waiting";
    search: "Chercher dans toutes", "Search all";
    search_none: "Introuvable.", "Not found.";
    queue_none: "Aucune dépêche dans cet état.", "No dispatch in this state.";
    filter: "Montrer", "Show";
    filter_all: "Toutes", "All";
    filter_todo: "À terminer", "To do";
    filter_new: "Nouvelles", "New";
    filter_work: "En cours", "In work";
    filter_done: "Terminées", "Done";
    sort: "Ordre", "Order";
    sort_entered: "Arrivée", "As entered";
    sort_doubt: "Moins sûres", "Doubtful";
    sort_title: "Titre", "Title";
    queue_end: "C'est la dernière dépêche.", "This is the last dispatch.";
    queue_start: "C'est la première dépêche.", "This is the first dispatch.";
    stop: "Arrêter", "Stop";
    converting: "La conversion continue…", "Still converting…";
    put_back: "Remettre", "Put back";
    close: "Fermer", "Close";
    // Reading
    reading: "Texte de la dépêche", "Text of the dispatch";
    tagging: "Étiquetage…", "Tagging…";
    palette: "Donner une étiquette", "Give a label";
    exact_on: "Au caractère près", "By characters";
    exact_off: "Par mots", "By words";
    quotation: "Citation", "Quotation";
    // Selection
    selection: "Sélection", "Selection";
    nothing_selected: "Touchez une étiquette, ou choisissez des mots dans le texte.",
        "Click a label, or select words in the text.";
    accept: "Valider", "Accept";
    remove: "Retirer", "Remove";
    reject: "Rejeter", "Reject";
    accept_all: "Tout valider", "Accept all";
    reject_all: "Tout rejeter", "Reject all";
    tag_again: "Étiqueter à nouveau", "Tag again";
    everywhere: "Partout", "Everywhere";
    proposed: "proposée", "proposed";
    accepted: "validée", "accepted";
    label: "Étiquette", "Label";
    who: "De qui s'agit-il ?", "Who is it?";
    who_speaks: "Qui parle", "Who speaks";
    reported_by: "Dit par", "Reported by";
    speaker_words: "Source", "Source";
    no_words: "aucun mot", "no words";
    nobody: "personne", "nobody";
    somebody_new: "Quelqu'un d'autre", "Somebody new";
    clear: "Effacer", "Clear";
    bounds: "Bornes", "Bounds";
    start_back: "Début vers la gauche", "Start to the left";
    start_forth: "Début vers la droite", "Start to the right";
    end_back: "Fin vers la gauche", "End to the left";
    end_forth: "Fin vers la droite", "End to the right";
    pick_hint: "Tapez la lettre, ou un nom", "Type the letter, or a name";
    as_cue: "Mots qui rapportent", "Words that report";
    as_speaker: "Source", "Source";
    for_quotation: "Pour la citation", "For the quotation";
    continues: "suite", "continued";
    join: "Suite de la précédente", "Continues the previous one";
    rename: "Renommer", "Rename";
    merge: "Fusionner avec…", "Merge with…";
    // Lists
    entities: "Qui et quoi", "Who and what";
    no_entities: "Personne n'est nommé pour l'instant.", "Nobody is named so far.";
    quotations: "Citations", "Quotations";
    no_quotations: "Pas de citation pour l'instant.", "No quotation so far.";
    text_tab: "Texte", "Text";
    kind_direct: "directe", "direct";
    kind_mixed: "mixte", "mixed";
    kind_indirect: "indirecte", "indirect";
    // Export
    export_title: "Télécharger", "Download";
    export_format: "Format", "Format";
    group_keep: "Garder", "Keep";
    group_train: "Entraîner", "Train";
    group_tools: "Outils d'annotation", "Annotation tools";
    group_publish: "Publier et compter", "Publish and count";
    export_losses: "Ce format ne peut pas garder", "This format cannot hold";
    export_take: "Étiquettes", "Labels";
    export_take_all: "Toutes", "All";
    export_take_accepted: "Validées", "Accepted";
    export_layer: "Couche", "Layer";
    export_mentions: "Noms", "Names";
    export_overlaps: "Si elles se chevauchent", "Where they overlap";
    export_outer: "Les plus longues", "The longest";
    export_inner: "Les plus courtes", "The shortest";
    export_columns: "Colonnes", "Columns";
    export_one: "Une", "One";
    export_two: "Une seconde pour le reste", "A second for the rest";
    export_unit: "Positions", "Offsets";
    export_points: "Caractères (Python)", "Characters (Python)";
    export_units: "UTF-16 (JavaScript)", "UTF-16 (JavaScript)";
    export_tagging: "Marques", "Tags";
    export_beside: "Joindre le JSON de Guillemet, qui garde tout", "Add the Guillemet JSON, which holds all";
    export_with: "Comparer avec", "Compare with";
    export_engine: "Les premières propositions du moteur", "The engine's first proposals";
    export_this: "Cette dépêche", "This dispatch";
    export_every: "Toutes les dépêches", "All dispatches";
    copy: "Copier", "Copy";
    copied: "Copié.", "Copied.";
    copy_failed: "Le navigateur refuse l'accès au presse-papiers : téléchargez, ou sélectionnez le texte ci-dessous.",
        "The browser refuses access to the clipboard: download, or select the text below.";
    not_loaded: "Cette partie de la page n'a pas pu être chargée : vérifiez la connexion, puis recommencez. Rien n'a changé.",
        "This part of the page could not be loaded: check the connection, then try again. Nothing has changed.";
    downloaded: "Téléchargé.", "Downloaded.";
    checked: "Relu et comparé : rien n'est perdu.", "Read back and compared: nothing is lost.";
    checked_rest: "Relu et comparé : tout le reste y est.", "Read back and compared: all else is in it.";
    check_failed: "La relecture diffère de ce qui est à l'écran : rien n'a été téléchargé. Signalez-le, votre travail est intact.",
        "Reading back differs from what is on screen: nothing was downloaded. Please report it, your work is intact.";
    // Import
    import_reading: "Lecture…", "Reading…";
    import_choose: "Quel est ce fichier ?", "What is this file?";
    import_choose_about: "Son contenu ne le dit pas.", "Its content does not tell.";
    import_text: "Texte", "Text";
    import_leave: "Laisser de côté", "Leave out";
    import_map: "Étiquettes du fichier", "Labels of the file";
    import_map_about: "Elles ne sont pas d'ici. Vos choix servent aux prochains fichiers.",
        "They are not from here. Your choices are kept for the next files.";
    import_new: "nouvelle étiquette", "new label";
    import_open: "Ouvrir", "Open";
    import_report: "Ce qui a été lu", "What was read";
    // Notices
    engine_starting: "Le moteur démarre…", "The engine is starting…";
    engine_in_place: "Le navigateur refuse les fils d'exécution : l'étiquetage se fait dans la page et peut la figer un instant.",
        "The browser refuses web workers: tagging runs in the page and may freeze it for a moment.";
    storage_forbidden: "Ce navigateur interdit l'enregistrement (fenêtre privée ?) : téléchargez avant de fermer.",
        "This browser forbids saving (private window?): download before you close.";
    opening_blocked: "Guillemet est ouvert dans un autre onglet, en version ancienne : fermez-le, cette page s'ouvrira.",
        "Guillemet is open in another tab, in an older version: close it, and this page opens.";
    storage_full: "Plus de place pour enregistrer : téléchargez, puis retirez des dépêches.",
        "No room left to save: download, then remove dispatches.";
    storage_other_tab: "Vous travaillez dans un autre onglet : celui-ci montre le travail, sans le changer.",
        "You are at work in another tab: this one shows the work and does not change it.";
    work_here: "Travailler ici", "Work here instead";
    works_here: "Vous travaillez dans cet onglet.", "You work in this tab.";
    elsewhere: "Dans un autre onglet", "In another tab";
    storage_broken: "Une dépêche enregistrée n'a pas pu être relue en entier : elle est restituée jusqu'à son dernier état sûr.",
        "A saved dispatch could not be read in full: it is given back up to its last sound state.";
    new_version: "Une nouvelle version de Guillemet est prête.", "A new version of Guillemet is ready.";
    renew: "L'ouvrir", "Open it";
    nothing_to_undo: "Rien à annuler.", "Nothing to undo.";
    nothing_to_redo: "Rien à rétablir.", "Nothing to redo.";
    nothing_to_review: "Tout est vu.", "All is seen.";
    select_first: "Choisissez d'abord des mots.", "Select words first.";
    quotation_first: "Allez d'abord à une citation (touchez-la), puis choisissez les mots.",
        "Go to a quotation first (click it), then select the words.";
    already_open: "Ce fichier est déjà ouvert, inchangé.", "This file is already open, unchanged.";
    opened_as_copy: "Une dépêche du même nom est déjà ici : le fichier est ouvert comme copie.",
        "A dispatch of the same id is here already: the file was opened as a copy.";
    // Help
    help_title: "Touches", "Keys";
    help_move: "Aller de mot en mot, de ligne en ligne", "Move by words, by lines";
    help_extend: "Étendre la sélection", "Extend the selection";
    help_label: "Donner une étiquette", "Give a label";
    help_quote: "Citation : choisissez aussi « a dit Untel », elle se découpe seule",
        "Quotation: select “said So-and-so” too, it cuts itself";
    help_cue: "Mots qui rapportent, source de la citation", "Words that report, source of the quotation";
    help_kind: "Citation directe, mixte, indirecte", "Direct, mixed, indirect quotation";
    help_who: "De qui s'agit-il, qui parle", "Who is it, who speaks";
    help_review: "Proposition suivante, précédente", "Next, previous proposal";
    help_accept: "Valider et continuer", "Accept and go on";
    help_remove: "Rejeter ou retirer, et continuer", "Reject or remove, and go on";
    help_resize_end: "Déplacer la fin", "Move the end";
    help_resize_start: "Déplacer le début", "Move the start";
    help_exact: "Par mots ou au caractère près", "By words or by characters";
    help_everywhere: "Même étiquette partout", "Same label everywhere";
    help_document: "Dépêche suivante, précédente", "Next, previous dispatch";
    help_done: "La dépêche est terminée, ou pas", "The dispatch is done, or not";
    help_remark: "Note sur l'étiquette, ou sur la dépêche", "Note on the label, or on the dispatch";
    help_search: "Chercher dans toutes les dépêches", "Search all dispatches";
    help_undo: "Annuler, rétablir", "Undo, redo";
    help_accept_all: "Tout valider", "Accept all";
    help_export: "Télécharger", "Download";
    help_leave: "Quitter la sélection", "Leave the selection";
    hint_review: "suivante", "next";
    hint_accept: "valider", "accept";
    hint_remove: "rejeter", "reject";
    hint_label: "étiquette", "label";
    hint_quote: "citation", "quotation";
    hint_bounds: "bornes", "bounds";
    hint_who: "qui", "who";
    hint_undo: "annuler", "undo";
    hint_help: "touches", "keys";
    example_wire: "Une dépêche d'agence", "An agency dispatch";
    example_regional: "Un article régional", "A regional article";
    example_parliament: "Une séance à l'Assemblée", "A sitting of parliament";
}

/// The short name of a label beside its span, and its full name.
pub fn label_names(lang: Lang, label: &str) -> (String, String) {
    let (short, full) = match (lang, label) {
        (Lang::Fr, "PERSON") => ("PERS", "Personne"),
        (Lang::Fr, "ORG") => ("ORG", "Organisation"),
        (Lang::Fr, "PLACE") => ("LIEU", "Lieu"),
        (Lang::Fr, "MISC") => ("DIVERS", "Divers"),
        (Lang::Fr, "DATE") => ("DATE", "Date"),
        (Lang::Fr, "QUANTITY") => ("QTÉ", "Quantité"),
        (Lang::Fr, "ROLE") => ("FONC", "Fonction"),
        (Lang::Fr, "QUOTE") => ("CIT", "Citation"),
        (Lang::Fr, "CUE") => ("VERBE", "Mots qui rapportent"),
        (Lang::Fr, "SPEAKER") => ("SOURCE", "Source"),
        (Lang::En, "PERSON") => ("PERS", "Person"),
        (Lang::En, "ORG") => ("ORG", "Organisation"),
        (Lang::En, "PLACE") => ("PLACE", "Place"),
        (Lang::En, "MISC") => ("MISC", "Misc"),
        (Lang::En, "DATE") => ("DATE", "Date"),
        (Lang::En, "QUANTITY") => ("QTY", "Quantity"),
        (Lang::En, "ROLE") => ("ROLE", "Role"),
        (Lang::En, "QUOTE") => ("QUOTE", "Quotation"),
        (Lang::En, "CUE") => ("CUE", "Cue"),
        (Lang::En, "SPEAKER") => ("SPEAKER", "Speaker"),
        (_, other) => (other, other),
    };
    (short.to_owned(), full.to_owned())
}

/// "3 sur 12 vues".
pub fn progress(lang: Lang, accepted: usize, all: usize) -> String {
    match lang {
        Lang::Fr => format!("{accepted} sur {all} validées"),
        Lang::En => format!("{accepted} of {all} accepted"),
    }
}

/// How many proposals a document still has, and how much is accepted.
pub fn review_counts(lang: Lang, proposed: usize, accepted: usize) -> String {
    let s = if accepted > 1 { "s" } else { "" };
    match (lang, proposed, accepted) {
        (Lang::Fr, 0, 0) => "rien à voir".to_owned(),
        (Lang::En, 0, 0) => "nothing to review".to_owned(),
        (Lang::Fr, 0, _) => format!("{accepted} validée{s}"),
        (Lang::En, 0, _) => format!("{accepted} accepted"),
        (Lang::Fr, _, 0) => format!("{proposed} à voir"),
        (Lang::En, _, 0) => format!("{proposed} to review"),
        (Lang::Fr, _, _) => format!("{proposed} à voir, {accepted} validée{s}"),
        (Lang::En, _, _) => format!("{proposed} to review, {accepted} accepted"),
    }
}

/// How many documents are done.
pub fn queue_progress(lang: Lang, done: usize, all: usize) -> String {
    match (lang, done) {
        (Lang::Fr, 0 | 1) => format!("{done} terminée sur {}", grouped(lang, all)),
        (Lang::Fr, _) => format!("{} terminées sur {}", grouped(lang, done), grouped(lang, all)),
        (Lang::En, _) => format!("{} of {} done", grouped(lang, done), grouped(lang, all)),
    }
}

/// How many documents wait for their proposals.
pub fn still_to_tag(lang: Lang, count: usize) -> String {
    let number = grouped(lang, count);
    match lang {
        Lang::Fr => format!("Étiquetage : encore {number}"),
        Lang::En => format!("Tagging: {number} to go"),
    }
}

/// How doubtful a document is, from thousandths.
pub fn doubt(lang: Lang, thousandths: u16) -> String {
    let percent = f32::from(thousandths) / 10.0;
    match lang {
        Lang::Fr => format!("doute {percent:.0} %"),
        Lang::En => format!("doubt {percent:.0} %"),
    }
}

/// How often what is searched for stands in a document.
pub fn hits(lang: Lang, count: usize) -> String {
    match (lang, count) {
        (Lang::Fr, 0) => "introuvable ici".to_owned(),
        (Lang::En, 0) => "not found here".to_owned(),
        (Lang::Fr, 1) => "1 fois".to_owned(),
        (Lang::En, 1) => "once".to_owned(),
        (Lang::Fr, _) => format!("{count} fois"),
        (Lang::En, _) => format!("{count} times"),
    }
}

/// How often what is searched for stands in how many documents.
pub fn all_hits(lang: Lang, hits: usize, documents: usize) -> String {
    let s = |count: usize, end: &'static str| if count > 1 { end } else { "" };
    let (number, count) = (grouped(lang, hits), grouped(lang, documents));
    match lang {
        Lang::Fr => format!("{number} fois dans {count} dépêche{}", s(documents, "s")),
        Lang::En => {
            format!("{number} time{} in {count} dispatch{}", s(hits, "s"), s(documents, "es"))
        }
    }
}

/// How many files are read of those that come in.
pub fn arriving(lang: Lang, done: usize, all: usize) -> String {
    let (done, all) = (grouped(lang, done), grouped(lang, all));
    match lang {
        Lang::Fr => format!("Lecture : {done} sur {all}"),
        Lang::En => format!("Reading: {done} of {all}"),
    }
}

/// The person ended what was coming in: how many documents are in, and how
/// many files are not.
pub fn stopped(lang: Lang, count: usize, left: usize) -> String {
    let s = |count: usize| if count > 1 { "s" } else { "" };
    let (there, rest) = (grouped(lang, count), grouped(lang, left));
    match (lang, count, left) {
        (Lang::Fr, ..) => format!(
            "Arrêté : {there} dépêche{0} {1} là, {rest} fichier{2} de côté.",
            s(count),
            if count > 1 { "sont" } else { "est" },
            s(left)
        ),
        (Lang::En, 1, _) => format!("Stopped: 1 dispatch is in, {rest} file{} left out.", s(left)),
        (Lang::En, ..) => {
            format!("Stopped: {there} dispatches are in, {rest} file{} left out.", s(left))
        }
    }
}

/// A file that is of no known kind stays out.
pub fn left_out(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Fr => format!("{name} : laissé de côté, ce n'est pas un format connu"),
        Lang::En => format!("{name}: left out, it is of no known format"),
    }
}

/// The title of a copy.
pub fn copy_of(lang: Lang, title: &str) -> String {
    match lang {
        Lang::Fr => format!("{title} (copie)"),
        Lang::En => format!("{title} (copy)"),
    }
}

/// A number as it is written: thousands apart.
fn grouped(lang: Lang, number: usize) -> String {
    let digits = number.to_string();
    let mark = match lang {
        Lang::Fr => '\u{202f}',
        Lang::En => ',',
    };
    let mut out = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

/// How long a text is.
pub fn word_count(lang: Lang, count: usize) -> String {
    match (lang, count) {
        (Lang::Fr, 0 | 1) => format!("{count} mot"),
        (Lang::Fr, _) => format!("{count} mots"),
        (Lang::En, 1) => "1 word".to_owned(),
        (Lang::En, _) => format!("{count} words"),
    }
}

/// How large a file is.
pub fn kilobytes(lang: Lang, bytes: usize) -> String {
    let size = format!("{:.1}", bytes as f64 / 1024.0);
    match lang {
        Lang::Fr => format!("{} Ko", size.replace('.', ",")),
        Lang::En => format!("{size} KB"),
    }
}

/// What just happened, for the screen reader and the notice.
pub fn happened(lang: Lang, action: &str, count: usize) -> String {
    let (fr, en) = match action {
        "seed" => ("Propositions reçues", "Proposals are in"),
        "label" => ("Étiquette donnée", "Labelled"),
        "everywhere" => ("Proposée ailleurs", "Proposed elsewhere"),
        "relabel" => ("Étiquette changée", "Label changed"),
        "resize" => ("Bornes déplacées", "Bounds moved"),
        "remove" => ("Retirée", "Removed"),
        "accept" => ("Validée", "Accepted"),
        "accept-all" => ("Tout est validé", "All accepted"),
        "reject-all" => ("Tout est rejeté", "All rejected"),
        "quote" => ("Citation faite", "Quotation made"),
        "kind" => ("Sorte de citation changée", "Kind of quotation changed"),
        "cue" => ("Mots qui rapportent changés", "Cue changed"),
        "speaker" => ("Source changée", "Speaker changed"),
        "assign" => ("Attribuée", "Assigned"),
        "continue" => ("Suite changée", "Continuation changed"),
        "rename-entity" => ("Renommé", "Renamed"),
        "merge" => ("Fusionnés", "Merged"),
        "note" => ("Note écrite", "Note written"),
        "rename" => ("Titre changé", "Title changed"),
        "scheme" => ("Étiquettes changées partout", "Labels changed everywhere"),
        "scheme-part" => (
            "Étiquettes changées, dans cette dépêche seulement : les autres ont changé depuis",
            "Labels changed, in this dispatch alone: others were changed since",
        ),
        "remark" => ("Note écrite", "Note written"),
        "finish" => ("Terminée", "Done"),
        "reopen" => ("Reprise", "Not done any more"),
        other => (other, other),
    };
    let phrase = match lang {
        Lang::Fr => fr,
        Lang::En => en,
    };
    match count {
        0 | 1 => format!("{phrase}."),
        _ => format!("{phrase} ({count})."),
    }
}

/// What was undone or redone.
pub fn travelled(lang: Lang, action: &str, back: bool) -> String {
    let what = happened(lang, action, 1);
    match (lang, back) {
        (Lang::Fr, true) => format!("Annulé : {what}"),
        (Lang::Fr, false) => format!("Rétabli : {what}"),
        (Lang::En, true) => format!("Undone: {what}"),
        (Lang::En, false) => format!("Redone: {what}"),
    }
}

/// Why a text was not taken in, and what to do.
pub fn intake_error(lang: Lang, name: Option<&str>, error: IntakeError) -> String {
    let megabytes = |bytes: usize| format!("{:.1}", bytes as f64 / 1_048_576.0);
    let what = match (lang, error) {
        (Lang::Fr, IntakeError::Empty) => {
            "il n'y a pas de texte. Copiez la dépêche, puis collez-la.".to_owned()
        }
        (Lang::En, IntakeError::Empty) => {
            "there is no text in it. Copy the dispatch, then paste it.".to_owned()
        }
        (Lang::Fr, IntakeError::Binary { at }) => format!(
            "c'est un fichier binaire (octet {at}), pas du texte. Enregistrez-le comme texte (.txt), puis ouvrez-le."
        ),
        (Lang::En, IntakeError::Binary { at }) => format!(
            "this is a binary file (byte {at}), not text. Save it as text (.txt), then open it."
        ),
        (Lang::Fr, IntakeError::TooLong(bytes)) => format!(
            "{} Mo, c'est plus que les {} Mo d'un document. Coupez le texte, puis collez les parties.",
            megabytes(bytes).replace('.', ","),
            MAX_TEXT_BYTES / 1_048_576
        ),
        (Lang::En, IntakeError::TooLong(bytes)) => format!(
            "{} MB are more than the {} MB of a document. Split the text, then paste the parts.",
            megabytes(bytes),
            MAX_TEXT_BYTES / 1_048_576
        ),
    };
    match (lang, name) {
        (Lang::Fr, Some(name)) => format!("« {name} » : {what}"),
        (Lang::En, Some(name)) => format!("“{name}”: {what}"),
        (Lang::Fr, None) => format!("Rien n'a été pris : {what}"),
        (Lang::En, None) => format!("Nothing was taken: {what}"),
    }
}

/// What intake changed.
pub fn intake_note(lang: Lang, note: IntakeNote) -> Option<String> {
    let fr = lang == Lang::Fr;
    Some(match note {
        // Line ends and the mark are invisible, and everybody expects them
        // to be put right.
        IntakeNote::ByteOrderMark | IntakeNote::LineEnds(_) | IntakeNote::Utf16 => return None,
        IntakeNote::SeparatorLines(n) if fr => {
            format!("{n} séparateur(s) de ligne U+2028/2029 remplacé(s) par des fins de ligne.")
        }
        IntakeNote::SeparatorLines(n) => {
            format!("{n} line separator(s) U+2028/2029 were made line ends.")
        }
        IntakeNote::Controls(n) if fr => {
            format!(
                "{n} caractère(s) de contrôle remplacé(s) par « \u{fffd} » : vérifiez la source."
            )
        }
        IntakeNote::Controls(n) => {
            format!("{n} control character(s) were replaced by “\u{fffd}”: check the source.")
        }
        IntakeNote::Surrogates(n) if fr => {
            format!("{n} demi-caractère(s) remplacé(s) par « \u{fffd} » : la copie était abîmée.")
        }
        IntakeNote::Surrogates(n) => {
            format!("{n} half character(s) were replaced by “\u{fffd}”: the copy was damaged.")
        }
        IntakeNote::Windows1252 { at } if fr => format!(
            "Le fichier n'est pas en UTF-8 (octet {at}) : il a été lu comme Windows-1252. Vérifiez les accents."
        ),
        IntakeNote::Windows1252 { at } => format!(
            "The file is not UTF-8 (byte {at}): it was read as Windows-1252. Check the accents."
        ),
    })
}

/// What a format cannot hold.
pub fn loss(lang: Lang, part: Part, count: usize) -> String {
    let (fr, en) = match part {
        Part::Texts => ("l'espacement exact", "the exact spacing"),
        Part::Refrained => ("proposition§ laissée§", "proposal§ left out"),
        Part::OtherLayer => ("étiquette§ de l'autre couche", "span§ of the other layer"),
        Part::Overlaps => ("étiquette§ en chevauchement", "overlapping span§"),
        Part::Edges => ("étiquette§ avec une espace au bord", "span§ with a space at an end"),
        Part::LabelNames => ("nom§ d'étiquette exact§", "exact label name§"),
        Part::Relations => ("lien§ (source, mots qui rapportent)", "link§ (speaker, cue)"),
        Part::Entities => ("attribution§ (qui est qui)", "attribution§ (who is who)"),
        Part::Unmentioned => ("nom§ sans mention", "name§ without a mention"),
        Part::Kinds => ("sorte§ de citation", "kind§ of quotation"),
        Part::Attributes => ("attribut§", "attribute§"),
        Part::Notes => ("note§", "note§"),
        Part::Proposals => ("marque§ « proposée »", "“proposed” mark§"),
        Part::Origins => ("marque§ « du moteur »", "“by the engine” mark§"),
        Part::Scores => ("score§", "score§"),
        Part::Refusals => ("refus", "refusal§"),
        Part::Metadata => ("valeur§ de métadonnées", "value§ of metadata"),
        Part::Remarks => ("note§ sur une dépêche", "note§ on a dispatch"),
        Part::Done => ("marque§ « terminée »", "“done” mark§"),
        Part::Alone => ("dépêche§ d'un seul annotateur", "text§ of one annotator alone"),
        Part::Controls => ("caractère§ de contrôle", "control character§"),
        Part::Ids => ("identifiant§", "id§"),
        Part::Titles => ("titre§", "title§"),
        Part::Languages => ("langue§", "language§"),
    };
    let phrase = match lang {
        Lang::Fr => fr,
        Lang::En => en,
    };
    if part == Part::Texts {
        return phrase.to_owned();
    }
    format!("{count} {}", phrase.replace('§', if count > 1 { "s" } else { "" }))
}

/// How many files an archive has; nothing for a single file.
pub fn file_count(lang: Lang, count: usize) -> String {
    match (lang, count) {
        (_, 0 | 1) => String::new(),
        (Lang::Fr, _) => format!("{count} fichiers · "),
        (Lang::En, _) => format!("{count} files · "),
    }
}

/// The converter did not answer.
pub fn no_converter(lang: Lang, why: &str) -> String {
    match (lang, why) {
        (Lang::Fr, converter::STOPPED) => {
            "Conversion arrêtée : rien n'a changé, vous pouvez recommencer.".to_owned()
        }
        (Lang::En, converter::STOPPED) => {
            "The conversion was stopped: nothing has changed, you can begin again.".to_owned()
        }
        (Lang::Fr, converter::BROKEN) => {
            "La conversion s'est interrompue : rien n'a changé. Réessayez, ou par plus petites parts.".to_owned()
        }
        (Lang::En, converter::BROKEN) => {
            "The conversion broke off: nothing has changed. Try again, or with smaller parts.".to_owned()
        }
        (Lang::Fr, _) => format!("Le convertisseur ne répond pas ({why}) : rechargez la page."),
        (Lang::En, _) => format!("The converter does not answer ({why}): reload the page."),
    }
}

/// How many of the documents of a workspace are read.
pub fn opening(lang: Lang, done: usize, all: usize) -> String {
    match lang {
        Lang::Fr => format!("Ouverture : {done} dépêches sur {all}"),
        Lang::En => format!("Opening: {done} of {all} dispatches"),
    }
}

/// How many documents were opened, and how much there is to say.
pub fn opened(lang: Lang, documents: usize, remarks: usize) -> String {
    let s = |count: usize| if count > 1 { "s" } else { "" };
    let mut out = match (lang, documents) {
        (Lang::Fr, 0) => "Rien n'a été ouvert".to_owned(),
        (Lang::En, 0) => "Nothing was opened".to_owned(),
        (Lang::Fr, n) => format!("{n} dépêche{0} ouverte{0}", s(n)),
        (Lang::En, 1) => "1 dispatch opened".to_owned(),
        (Lang::En, n) => format!("{n} dispatches opened"),
    };
    if remarks > 0 {
        let remark = match lang {
            Lang::Fr => "remarque",
            Lang::En => "remark",
        };
        out += &format!(", {remarks} {remark}{}", s(remarks));
    }
    out + "."
}

/// Why a file was not opened.
pub fn file_error(lang: Lang, name: &str, why: &str) -> String {
    match lang {
        Lang::Fr => format!("« {name} » n'a pas été ouvert : {why}"),
        Lang::En => format!("“{name}” was not opened: {why}"),
    }
}

/// A document was taken out.
pub fn removed(lang: Lang, title: &str) -> String {
    match lang {
        Lang::Fr => format!("« {title} » est retirée."),
        Lang::En => format!("“{title}” was removed."),
    }
}

/// Several documents were taken out.
pub fn removed_many(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Fr => format!("{count} dépêches sont retirées."),
        Lang::En => format!("{count} dispatches were removed."),
    }
}

/// Where the person is, for the screen reader.
pub fn at_span(lang: Lang, label: &str, words: &str, proposed: bool, score: Option<f32>) -> String {
    let (_, full) = label_names(lang, label);
    let short: String = words.chars().take(80).collect();
    let status = match (lang, proposed) {
        (Lang::Fr, true) => "proposée",
        (Lang::Fr, false) => "validée",
        (Lang::En, true) => "proposed",
        (Lang::En, false) => "accepted",
    };
    match score {
        Some(score) if proposed => format!("{full} : {short}. {status}, {:.0} %", score * 100.0),
        _ => format!("{full} : {short}. {status}"),
    }
}

/// Something was refused for a reason that only developers can mend.
pub fn refused(lang: Lang, why: &str) -> String {
    match lang {
        Lang::Fr => format!("Rien n'a été changé : {why}."),
        Lang::En => format!("Nothing was changed: {why}."),
    }
}

/// Saving failed for a reason that the browser gives.
pub fn unsaved_because(lang: Lang, why: &str) -> String {
    match lang {
        Lang::Fr => format!("L'enregistrement a échoué ({why}) : téléchargez avant de fermer."),
        Lang::En => format!("Saving failed ({why}): download before you close."),
    }
}

/// Tagging failed.
pub fn tagging_failed(lang: Lang, why: &str) -> String {
    match lang {
        Lang::Fr => format!(
            "L'étiquetage a échoué ({why}) : le texte est là, étiquetez à la main ou relancez."
        ),
        Lang::En => {
            format!("Tagging failed ({why}): the text is here, label by hand or tag again.")
        }
    }
}
