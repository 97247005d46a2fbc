//! The words about workspaces, backups and the browser's room, in French and
//! in English.

use super::words::{Lang, words};
use crate::formats::backup::Damage;

words! {
    title: "Espace de travail", "Workspace";
    first: "Mon espace", "My workspace";
    others: "Espaces", "Workspaces";
    open: "Ouvrir", "Open";
    is_open: "ouvert", "open";
    rename: "Nom de l'espace", "Name of the workspace";
    remove: "Retirer", "Remove";
    put_back: "Remettre", "Put back";
    removed: "retiré", "removed";
    delete: "Supprimer…", "Delete…";
    delete_sure: "Supprimer pour de bon", "Delete for good";
    delete_open: "Cet espace est ouvert dans un autre onglet : fermez-le d'abord.",
        "This workspace is open in another tab: close that first.";
    scheme: "Étiquettes de cet espace…", "Labels of this workspace…";
    new: "Nouvel espace", "New workspace";
    make: "Créer et ouvrir", "Make and open";
    cancel: "Annuler", "Cancel";
    backup: "Sauvegarde", "Backup";
    backup_about: "Un fichier avec tout : dépêches, étiquettes, historique, réglages. Déposez-le sur la page pour tout retrouver.",
        "One file with everything: dispatches, labels, history, settings. Drop it on the page to have it all back.";
    backup_all: "Sauvegarder tout", "Back up everything";
    backup_this: "Cet espace", "This workspace";
    backup_making: "Sauvegarde…", "Backing up…";
    backup_made: "Sauvegardé, relu et comparé : rien ne manque.", "Backed up, read back and compared: nothing is missing.";
    restore: "Restaurer", "Restore";
    restore_open: "Restaurer…", "Restore…";
    restore_title: "Restaurer une sauvegarde", "Restore a backup";
    restore_about: "Ce qui est ici reste : chaque espace revient à côté des autres, et l'annulation reprend où elle en était.",
        "What is here stays: each workspace comes back beside the others, and undo goes on where it was.";
    restore_settings: "Reprendre aussi les réglages (langue, thème, correspondances)",
        "Take the settings as well (language, theme, mappings)";
    restore_damaged: "Ce fichier est abîmé. Voici ce qui manque ; tout le reste a été lu.",
        "This file is damaged. This is what is missing; all else was read.";
    room: "Place dans ce navigateur", "Room in this browser";
    kept: "Le navigateur gardera ce qui est ici jusqu'à ce que vous l'effaciez.",
        "The browser keeps what is here until you clear it.";
    not_kept: "Le navigateur peut effacer ce qui est ici s'il manque de place.",
        "The browser may clear what is here if it runs out of room.";
    keep: "Demander de garder", "Ask to keep it";
    what_to_do: "Que faire", "What to do";
}

/// The words of a language.
pub fn of(lang: Lang) -> &'static Words {
    match lang {
        Lang::Fr => &FR,
        Lang::En => &EN,
    }
}

/// What a workspace is called.
pub fn name_of(lang: Lang, name: &str) -> String {
    if name.is_empty() { of(lang).first.to_owned() } else { name.to_owned() }
}

/// How many documents a workspace has.
pub fn documents(lang: Lang, count: usize) -> String {
    match (lang, count) {
        (Lang::Fr, 0) => "vide".to_owned(),
        (Lang::En, 0) => "empty".to_owned(),
        (Lang::Fr, 1) => "1 dépêche".to_owned(),
        (Lang::En, 1) => "1 dispatch".to_owned(),
        (Lang::Fr, _) => format!("{count} dépêches"),
        (Lang::En, _) => format!("{count} dispatches"),
    }
}

/// What a workspace of a backup holds.
pub fn contents(lang: Lang, count: usize, steps: usize) -> String {
    let steps = match (lang, steps) {
        (Lang::Fr, 0 | 1) => format!("{steps} étape"),
        (Lang::Fr, _) => format!("{steps} étapes"),
        (Lang::En, 1) => "1 step".to_owned(),
        (Lang::En, _) => format!("{steps} steps"),
    };
    format!("{}, {steps}", documents(lang, count))
}

/// When a backup was made.
pub fn made(lang: Lang, made: &str) -> String {
    let at = made.get(..16).unwrap_or(made).replace('T', " ");
    match lang {
        Lang::Fr => format!("Sauvegarde du {at} (UTC)"),
        Lang::En => format!("Backup of {at} (UTC)"),
    }
}

/// What is wrong with a backup.
pub fn damage(lang: Lang, damage: &Damage) -> String {
    match (lang, damage) {
        (Lang::Fr, Damage::Line(line)) => format!("ligne {line} : illisible, laissée de côté"),
        (Lang::En, Damage::Line(line)) => format!("line {line}: cannot be read, left out"),
        (Lang::Fr, Damage::Documents(count)) => format!("dépêches manquantes : {count}"),
        (Lang::En, Damage::Documents(count)) => format!("dispatches that are missing: {count}"),
        (Lang::Fr, Damage::Workspaces(count)) => {
            format!("espaces sans nom ni étiquettes, ou manquants : {count}")
        }
        (Lang::En, Damage::Workspaces(count)) => {
            format!("workspaces without name and labels, or missing: {count}")
        }
        (Lang::Fr, Damage::Steps(title, done, all)) => {
            format!("« {title} » : {done} étapes sur {all}")
        }
        (Lang::En, Damage::Steps(title, done, all)) => format!("“{title}”: {done} of {all} steps"),
    }
}

/// A workspace could not be read for a backup.
pub fn not_read(lang: Lang, name: &str) -> String {
    let name = name_of(lang, name);
    match lang {
        Lang::Fr => format!("« {name} » n'a pas pu être lu : il manque dans la sauvegarde."),
        Lang::En => format!("“{name}” could not be read: it is not in the backup."),
    }
}

/// A workspace of a backup could not be written here.
pub fn not_restored(lang: Lang, name: &str, is_full: bool) -> String {
    let name = name_of(lang, name);
    match (lang, is_full) {
        (Lang::Fr, true) => format!(
            "Pas assez de place pour « {name} » : rien n'a été changé ici. Libérez de la place, puis recommencez."
        ),
        (Lang::En, true) => format!(
            "Not enough room for “{name}”: nothing was changed here. Make room, then try again."
        ),
        (Lang::Fr, false) => {
            format!("Ce navigateur n'a pas pu écrire « {name} » : rien n'a été changé ici.")
        }
        (Lang::En, false) => {
            format!("This browser could not write “{name}”: nothing was changed here.")
        }
    }
}

/// "12,3 Mo sur 2,0 Go".
pub fn room(lang: Lang, used: f64, all: f64) -> String {
    match lang {
        Lang::Fr => format!("{} sur {}", size(lang, used), size(lang, all)),
        Lang::En => format!("{} of {}", size(lang, used), size(lang, all)),
    }
}

/// The room runs short.
pub fn room_short(lang: Lang, used: f64, all: f64) -> String {
    let room = room(lang, used, all);
    match lang {
        Lang::Fr => format!(
            "La place manque bientôt ({room}). Faites une sauvegarde, puis retirez des dépêches ou supprimez un espace."
        ),
        Lang::En => format!(
            "Room runs short ({room}). Make a backup, then remove dispatches or delete a workspace."
        ),
    }
}

fn size(lang: Lang, bytes: f64) -> String {
    let (number, unit) = if bytes >= 1e9 {
        (bytes / 1e9, ["Go", "GB"])
    } else if bytes >= 1e6 {
        (bytes / 1e6, ["Mo", "MB"])
    } else {
        (bytes / 1e3, ["Ko", "KB"])
    };
    let number = format!("{number:.1}");
    match lang {
        Lang::Fr => format!("{} {}", number.replace('.', ","), unit[0]),
        Lang::En => format!("{number} {}", unit[1]),
    }
}
