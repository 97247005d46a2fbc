//! Commands on spans.

use guillemet::document::{Origin, Status};
use guillemet::scheme::Label;
use guillemet::session::Command;

use crate::desk::{Desk, proposals};

#[test]
fn a_label_makes_a_span_of_the_person_and_its_entity() {
    let mut desk = Desk::new();
    desk.run(Command::Label(desk.at(" Lin Jian"), Label::new("PERSON")));
    let id = desk.id("Lin Jian", "PERSON");
    assert_eq!((desk.span(id).origin, desk.span(id).status), (Origin::Person, Status::Accepted));
    assert_eq!(desk.name(id), Some("Lin Jian"));
    let again = desk.at_again("Lin Jian");
    desk.run(Command::Label(again, Label::new("PERSON")));
    assert_eq!(desk.document().entities().len(), 1);
    let day = desk.label("mardi", "DATE");
    assert_eq!(desk.span(day).entity, None);
}

#[test]
fn the_same_label_on_a_proposal_accepts_it() {
    let mut desk = Desk::tagged();
    let id = desk.id("Ana Roy", "PERSON");
    assert_eq!(desk.label("Ana Roy", "PERSON"), id);
    assert_eq!((desk.span(id).origin, desk.span(id).status), (Origin::Engine, Status::Accepted));
    let outcome = desk.run(Command::Label(desk.at("Ana Roy"), Label::new("PERSON")));
    assert!(!outcome.changed);
}

#[test]
fn relabelling_keeps_the_id_and_refuses_the_old_label() {
    let mut desk = Desk::tagged();
    let id = desk.id("Lin Jian", "PERSON");
    desk.run(Command::Note(id, "à vérifier".into()));
    desk.run(Command::Relabel(id, Label::new("ORG")));
    let span = desk.span(id);
    assert_eq!(span.label, "ORG");
    assert_eq!(span.note.as_deref(), Some("à vérifier"));
    assert_eq!((span.origin, span.status), (Origin::Person, Status::Accepted));
    assert!(desk.is_refused(desk.at("Lin Jian"), "PERSON"));
    desk.run(Command::Relabel(id, Label::new("PERSON")));
    assert!(!desk.is_refused(desk.at("Lin Jian"), "PERSON"));
}

#[test]
fn relabelling_to_the_same_accepts() {
    let mut desk = Desk::tagged();
    let id = desk.id("Lin Jian", "PERSON");
    desk.run(Command::Relabel(id, Label::new("PERSON")));
    assert_eq!(desk.span(id).status, Status::Accepted);
    assert!(desk.document().rejected().is_empty());
}

#[test]
fn relabelling_a_speaker_phrase_keeps_its_link() {
    let mut desk = Desk::tagged();
    let id = desk.id("Ana Roy", "SPEAKER");
    desk.run(Command::Relabel(id, Label::new("ROLE")));
    let quote = desk.id("« rien ne presse »", "QUOTE");
    assert_eq!(desk.linked(quote, "speaker"), Some("Ana Roy"));
    assert_eq!(desk.name(id), Some("Ana Roy"));
}

#[test]
fn resizing_keeps_id_links_and_note_and_trims() {
    let mut desk = Desk::tagged();
    let id = desk.id("Lin Jian, un porte-parole", "SPEAKER");
    desk.run(Command::Note(id, "long".into()));
    desk.run(Command::Resize(id, desk.at(" Lin Jian")));
    assert_eq!(desk.document().words(desk.span(id)), "Lin Jian");
    assert_eq!(desk.span(id).note.as_deref(), Some("long"));
    let quote = desk.id("Pékin « a protesté »", "QUOTE");
    assert_eq!(desk.linked(quote, "speaker"), Some("Lin Jian"));
    let before = desk.document().clone();
    desk.run(Command::Resize(id, guillemet::text::ByteSpan::new(5, 5)));
    assert_eq!(*desk.document(), before);
}

#[test]
fn resizing_a_lone_mention_renames_its_entity() {
    let mut desk = Desk::new();
    let id = desk.label("Jian", "PERSON");
    desk.run(Command::Resize(id, desk.at("Lin Jian")));
    assert_eq!(desk.name(id), Some("Lin Jian"));
    let speaker = desk.label("un porte", "SPEAKER");
    assert_eq!(desk.name(speaker), Some("porte"));
    desk.run(Command::Resize(speaker, desk.at("un porte-parole")));
    assert_eq!(desk.name(speaker), Some("porte-parole"));
}

#[test]
fn a_removed_proposal_does_not_come_back() {
    let mut desk = Desk::tagged();
    desk.run(Command::Remove(desk.id("Pékin", "PLACE")));
    assert_eq!(desk.document().entities().len(), 2);
    desk.run(Command::Seed(Box::new(proposals())));
    assert_eq!(desk.ids("Pékin", "PLACE"), []);
    desk.label("Pékin", "PLACE");
    assert!(desk.document().rejected().is_empty());
}

#[test]
fn what_a_person_changed_and_removed_does_not_come_back_either() {
    let mut desk = Desk::tagged();
    let id = desk.id("Lin Jian", "PERSON");
    desk.run(Command::AssignNew(id));
    desk.run(Command::Remove(id));
    desk.run(Command::Seed(Box::new(proposals())));
    assert_eq!(desk.ids("Lin Jian", "PERSON"), []);
}

#[test]
fn a_proposal_with_a_note_outlives_tagging() {
    let mut desk = Desk::tagged();
    let id = desk.id("Ana Roy", "PERSON");
    desk.run(Command::Note(id, " qui ? ".into()));
    let none = guillemet::engine::Analysis::default();
    desk.run(Command::Seed(Box::new(none)));
    assert_eq!(desk.span(id).note.as_deref(), Some("qui ?"));
    assert_eq!(desk.document().spans().len(), 1);
    desk.run(Command::Note(id, " ".into()));
    assert_eq!(desk.span(id).note, None);
}

#[test]
fn everywhere_takes_whole_words_and_leaves_refused_places() {
    let mut desk = Desk::over("Lin parle. Linda et Lin sortent. « Lin », dit-on, Lin-Lin.");
    let id = desk.label("Lin", "PERSON");
    let outcome = desk.run(Command::LabelEverywhere(id));
    let all = desk.ids("Lin", "PERSON");
    assert_eq!((outcome.count, all.len()), (4, 5));
    assert!(all[1..].iter().all(|i| desk.span(*i).status == Status::Proposed));
    assert!(all.iter().all(|i| desk.name(*i) == Some("Lin")));
    desk.run(Command::Remove(all[2]));
    assert!(!desk.run(Command::LabelEverywhere(id)).changed);
    desk.run(Command::RejectAll);
    assert_eq!(desk.ids("Lin", "PERSON"), [id]);
    assert!(!desk.run(Command::LabelEverywhere(id)).changed);
}

#[test]
fn all_are_accepted_or_refused_in_one_step() {
    let mut desk = Desk::tagged();
    let all = desk.document().spans().len();
    assert_eq!(desk.run(Command::AcceptAll).count, all);
    assert!(desk.document().spans().all(|(_, s)| s.status == Status::Accepted));
    assert!(!desk.run(Command::RejectAll).changed);
    desk.0.undo().unwrap();
    assert_eq!(desk.run(Command::RejectAll).count, all);
    assert_eq!((desk.document().spans().len(), desk.document().entities().len()), (0, 0));
    assert!(!desk.run(Command::Seed(Box::new(proposals()))).changed);
    assert_eq!(desk.0.undo().unwrap().count, all);
}

#[test]
fn the_title_is_changed_and_taken_back() {
    let mut desk = Desk::new();
    desk.run(Command::Rename("Autre".into()));
    assert_eq!(desk.document().title, "Autre");
    assert!(!desk.run(Command::Rename("Autre".into())).changed);
    desk.0.undo().unwrap();
    assert_eq!(desk.document().title, "titre");
}

#[test]
fn what_is_not_there_is_no_error() {
    let mut desk = Desk::tagged();
    let (span, entity) = (guillemet::document::SpanId(99), guillemet::document::EntityId(99));
    let here = desk.id("Lin Jian", "PERSON");
    let quote = desk.id("« rien ne presse »", "QUOTE");
    for command in [
        Command::Remove(span),
        Command::Resize(span, desk.at("Pékin")),
        Command::Relabel(span, Label::new("ORG")),
        Command::LabelEverywhere(span),
        Command::SetCue(here, Some(desk.at("mardi"))),
        Command::SetSpeaker(span, None),
        Command::Assign(here, Some(entity)),
        Command::Assign(desk.id("a réagi", "CUE"), Some(desk.entity("Pékin"))),
        Command::MergeEntities(entity, desk.entity("Pékin")),
        Command::RenameEntity(desk.entity("Pékin"), "  ".into()),
        Command::Continue(here, Some(quote)),
    ] {
        assert!(!desk.run(command.clone()).changed, "{command:?}");
    }
}
