//! The words about the label scheme, in French and in English.

use super::words::{Lang, label_names, words};
use crate::scheme::Label;
use crate::session::Fault;

words! {
    title: "Étiquettes de cet espace", "Labels of this workspace";
    about: "Un nom changé ici change sur toutes les étiquettes déjà posées ; le moteur suit.",
        "A name that is changed here changes on all labels that are there; the engine follows.";
    fixed: "QUOTE, CUE et SPEAKER restent : Guillemet en fait les citations (touches q, c, s).",
        "QUOTE, CUE and SPEAKER stay: Guillemet makes quotations of them (keys q, c, s).";
    color: "Couleur", "Colour";
    name: "Nom", "Name";
    key: "Touche", "Key";
    inside: "Peut être dans", "May lie in";
    anywhere: "toutes", "all";
    nowhere: "aucune", "none";
    raise: "Monter", "Move up";
    remove: "Retirer", "Remove";
    add: "Étiquette", "Label";
    relations: "Liens", "Relations";
    relation: "Nom du lien", "Name of the relation";
    add_relation: "Lien", "Relation";
    gone: "Étiquettes retirées", "Labels that go";
    gone_ask: "Que deviennent celles qui sont posées ?", "What becomes of those that are there?";
    gone_choose: "Choisir…", "Choose…";
    gone_remove: "Les effacer", "Remove them";
    apply: "Appliquer", "Apply";
    cancel: "Annuler", "Cancel";
    export: "Exporter", "Export";
    import: "Importer…", "Import…";
    default: "Revenir à celles de Guillemet", "Back to Guillemet's own";
    no_scheme: "Ce fichier ne contient pas d'étiquettes : il faut un JSON de Guillemet, une liste de noms ou une configuration de Label Studio.",
        "This file holds no labels: it takes a JSON of Guillemet, a list of names or a configuration of Label Studio.";
    darker: "trop claire pour être lue : montrée plus sombre", "too light to be read: shown darker";
    no_name: "il faut un nom", "it needs a name";
    same_name: "ce nom est pris", "this name is taken";
    same_key: "cette touche est prise", "this key is taken";
    key_of_page: "la page se sert de cette touche : un chiffre ou une autre petite lettre",
        "the page uses this key: take a digit or another small letter";
    put_back: "Tout remettre", "Put all back";
}

/// The words of a language.
pub fn of(lang: Lang) -> &'static Words {
    match lang {
        Lang::Fr => &FR,
        Lang::En => &EN,
    }
}

/// What is wrong with a label.
pub fn fault(lang: Lang, fault: Fault) -> &'static str {
    let words = of(lang);
    match fault {
        Fault::NoName => words.no_name,
        Fault::SameName => words.same_name,
        Fault::SameKey => words.same_key,
        Fault::KeyOfPage => words.key_of_page,
    }
}

/// On how many spans of how many documents a label is.
pub fn usage(lang: Lang, (spans, documents): (usize, usize)) -> String {
    let s = |count: usize| if count > 1 { "s" } else { "" };
    match (lang, spans) {
        (Lang::Fr, 0) => "pas encore posée".to_owned(),
        (Lang::En, 0) => "not used yet".to_owned(),
        (Lang::Fr, _) => {
            format!("posée {spans} fois, dans {documents} dépêche{}", s(documents))
        }
        (Lang::En, 1) => "used once".to_owned(),
        (Lang::En, _) => {
            let what = if documents > 1 { "dispatches" } else { "dispatch" };
            format!("used {spans} times, in {documents} {what}")
        }
    }
}

/// What was changed.
pub fn changed(lang: Lang, spans: usize, documents: usize) -> String {
    match (lang, spans) {
        (Lang::Fr, 0) => "Étiquettes de l'espace changées.".to_owned(),
        (Lang::En, 0) => "The labels of the workspace were changed.".to_owned(),
        (Lang::Fr, _) => format!("Étiquettes changées : {spans} dans {documents} dépêche(s)."),
        (Lang::En, _) => format!("Labels changed: {spans} in {documents} dispatch(es)."),
    }
}

/// Where a change of the scheme could not be taken back.
pub fn held(lang: Lang, documents: usize) -> String {
    match lang {
        Lang::Fr => format!(
            "Remis, sauf dans {documents} dépêche(s) où vous avez travaillé depuis : annulez-y jusque-là."
        ),
        Lang::En => format!(
            "Put back, but for {documents} dispatch(es) in which you worked since: undo there up to that point."
        ),
    }
}

/// The scheme does not let a label lie there.
pub fn nested(lang: Lang, inner: &Label, outer: &Label) -> String {
    let name = |label: &Label| label_names(lang, label.as_str()).1;
    let (inner, outer) = (name(inner), name(outer));
    match lang {
        Lang::Fr => format!(
            "Rien n'a été changé : d'après vos étiquettes, « {inner} » ne se place pas dans « {outer} »."
        ),
        Lang::En => {
            format!("Nothing was changed: by your labels, “{inner}” does not lie in “{outer}”.")
        }
    }
}
