//! Commands on who and what is mentioned.

use guillemet::document::{Origin, Status};
use guillemet::scheme::Label;
use guillemet::session::Command;

use crate::desk::{Desk, proposals};

#[test]
fn a_quotation_and_its_speaker_go_to_one_together() {
    let mut desk = Desk::tagged();
    let quote = desk.id("« rien ne presse »", "QUOTE");
    let speaker = desk.id("Ana Roy", "SPEAKER");
    let lin = desk.entity("Lin Jian");
    desk.run(Command::Assign(quote, Some(lin)));
    assert_eq!(desk.name(speaker), Some("Lin Jian"));
    desk.run(Command::Assign(speaker, None));
    assert_eq!((desk.name(speaker), desk.name(quote)), (None, None));
    desk.run(Command::AssignNew(speaker));
    assert_eq!((desk.name(speaker), desk.name(quote)), (Some("Ana Roy"), Some("Ana Roy")));
    assert_eq!(desk.name(desk.id("Ana Roy", "PERSON")), Some("Ana Roy"));
    desk.run(Command::AssignNew(quote));
    assert_eq!(desk.span(speaker).entity, desk.span(quote).entity);
}

#[test]
fn quotations_that_share_a_speaker_go_together() {
    let mut desk = Desk::tagged();
    let one = desk.id("Pékin « a protesté »", "QUOTE");
    let other = desk.id("« Washington ment »", "QUOTE");
    desk.run(Command::SetSpeaker(other, Some(desk.at("Lin Jian, un porte-parole"))));
    desk.run(Command::Assign(one, Some(desk.entity("Ana Roy"))));
    assert_eq!(desk.name(other), Some("Ana Roy"));
}

#[test]
fn only_a_speaker_is_tied_to_who_speaks() {
    let mut desk = Desk::tagged();
    let mention = desk.id("Lin Jian", "PERSON");
    desk.run(Command::Assign(mention, Some(desk.entity("Ana Roy"))));
    assert_eq!(
        (desk.span(mention).origin, desk.span(mention).status),
        (Origin::Person, Status::Accepted)
    );
    assert_eq!(desk.name(desk.id("Pékin « a protesté »", "QUOTE")), Some("Lin Jian"));
}

#[test]
fn merged_entities_stay_merged() {
    let mut desk = Desk::tagged();
    let (lin, ana) = (desk.entity("Lin Jian"), desk.entity("Ana Roy"));
    assert_eq!(desk.run(Command::MergeEntities(ana, lin)).count, 3);
    assert_eq!(desk.document().entity(ana), None);
    assert_eq!(desk.name(desk.id("« rien ne presse »", "QUOTE")), Some("Lin Jian"));
    assert!(!desk.run(Command::Seed(Box::new(proposals()))).changed);
    assert!(!desk.run(Command::MergeEntities(lin, lin)).changed);
}

#[test]
fn a_renamed_entity_keeps_its_name() {
    let mut desk = Desk::tagged();
    let lin = desk.entity("Lin Jian");
    desk.run(Command::RenameEntity(lin, " M. Lin ".into()));
    assert_eq!(desk.document().entity(lin).unwrap().name, "M. Lin");
    assert!(!desk.run(Command::Seed(Box::new(proposals()))).changed);
}

#[test]
fn what_nothing_mentions_is_gone_and_comes_back_by_undo() {
    let mut desk = Desk::tagged();
    let before = desk.document().clone();
    desk.run(Command::Remove(desk.id("Pékin", "PLACE")));
    assert!(desk.document().entities().all(|(_, e)| e.name != "Pékin"));
    desk.0.undo().unwrap();
    assert_eq!(*desk.document(), before);
}

#[test]
fn an_entity_without_mentions_from_a_file_can_be_named_and_merged() {
    let json = r#"{"format": "guillemet", "version": 1, "documents": [{"id": "d", "title": "t",
        "text": "Lin Jian", "spans": [{"id": "s0", "start": 0, "end": 8, "label": "PERSON",
        "entity": "e0"}], "entities": [{"id": "e0", "name": "Lin Jian", "label": "PERSON"},
        {"id": "e1", "name": "Ana", "label": "PERSON"}]}]}"#;
    let read = guillemet::formats::native::read(json).unwrap();
    let mut desk = Desk(guillemet::session::Session::default());
    desk.0.add(read.documents.into_iter().next().unwrap(), true);
    let ana = desk.entity("Ana");
    desk.run(Command::RenameEntity(ana, "Ana Roy".into()));
    assert_eq!(desk.entity("Ana Roy"), ana);
    desk.run(Command::MergeEntities(ana, desk.entity("Lin Jian")));
    assert_eq!(desk.document().entities().len(), 1);
}

#[test]
fn a_relabelled_mention_is_no_longer_about_whom_it_alone_named() {
    let mut desk = Desk::new();
    let id = desk.label("Pékin", "PERSON");
    desk.run(Command::Relabel(id, Label::new("PLACE")));
    let labels: Vec<_> =
        desk.document().entities().map(|(_, e)| (e.name.as_str(), e.label.as_str())).collect();
    assert_eq!(labels, [("Pékin", "PLACE")]);
    desk.run(Command::Relabel(id, Label::new("DATE")));
    assert_eq!((desk.span(id).entity, desk.document().entities().len()), (None, 0));
}
