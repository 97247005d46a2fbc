//! Commands on quotations: one object of content, cue and speaker.

use guillemet::document::{KIND, Origin, SpanId, Status};
use guillemet::scheme::{Label, QuoteKind};
use guillemet::session::Command;

use crate::desk::{Desk, proposals};

fn first(desk: &Desk) -> SpanId {
    desk.id("Pékin « a protesté »", "QUOTE")
}

fn second(desk: &Desk) -> SpanId {
    desk.id("« Washington ment »", "QUOTE")
}

fn third(desk: &Desk) -> SpanId {
    desk.id("« rien ne presse »", "QUOTE")
}

#[test]
fn a_selection_becomes_a_quotation_with_its_kind() {
    let mut desk = Desk::new();
    desk.run(Command::Quote(desk.quotation("« rien ne presse »")));
    let id = third(&desk);
    assert_eq!(desk.span(id).attributes[KIND], "direct");
    assert_eq!((desk.span(id).origin, desk.span(id).status), (Origin::Person, Status::Accepted));
    assert!(!desk.run(Command::Quote(desk.quotation("« rien ne presse »"))).changed);
}

#[test]
fn quoting_a_proposal_accepts_all_of_it() {
    let mut desk = Desk::tagged();
    let outcome = desk.run(Command::Quote(desk.quotation("« rien ne presse »")));
    assert_eq!(outcome.count, 3);
    assert_eq!(desk.span(desk.id("Pour", "CUE")).status, Status::Accepted);
}

#[test]
fn it_is_accepted_as_one_object() {
    let mut desk = Desk::tagged();
    assert_eq!(desk.run(Command::Accept(first(&desk))).count, 3);
    for (words, label) in [("a réagi", "CUE"), ("Lin Jian, un porte-parole", "SPEAKER")] {
        assert_eq!(desk.span(desk.id(words, label)).status, Status::Accepted);
    }
    assert_eq!(desk.span(desk.id("Lin Jian", "PERSON")).status, Status::Proposed);
}

#[test]
fn any_change_of_it_stands_for_all_of_it() {
    let kind = |d: &Desk| Command::SetKind(third(d), QuoteKind::Mixed);
    let size = |d: &Desk| Command::Resize(third(d), d.at("rien ne presse"));
    let cue = |d: &Desk| Command::SetCue(third(d), Some(d.at("Pour Ana")));
    let none = |d: &Desk| Command::SetSpeaker(third(d), None);
    let next = |d: &Desk| Command::Continue(third(d), Some(second(d)));
    let who = |d: &Desk| Command::Assign(third(d), Some(d.entity("Lin Jian")));
    for change in [kind as fn(&Desk) -> Command, size, cue, none, next, who] {
        let mut desk = Desk::tagged();
        let id = third(&desk);
        let outcome = desk.run(change(&desk));
        // Whoever makes it go on in another stays at that one.
        let at = (outcome.action != "continue").then_some(id);
        assert_eq!((outcome.count, desk.0.focus()), (1, at), "{}", outcome.action);
        assert_eq!(desk.span(id).origin, Origin::Person);
        let parts = desk.document().touching(id).filter(|(_, r)| r.label != "next");
        for part in [id].into_iter().chain(parts.map(|(_, r)| r.to)) {
            assert_eq!(desk.span(part).status, Status::Accepted, "{}", outcome.action);
        }
        let before = desk.document().clone();
        desk.run(Command::Seed(Box::new(proposals())));
        let after = desk.document();
        assert_eq!(after.span(id), before.span(id));
        for (link, relation) in before.touching(id) {
            assert_eq!(after.relation(link), Some(relation), "{}", outcome.action);
        }
    }
}

#[test]
fn its_parts_go_with_it_unless_they_serve_another() {
    let mut desk = Desk::tagged();
    desk.run(Command::SetSpeaker(second(&desk), Some(desk.at("Lin Jian, un porte-parole"))));
    assert_eq!(desk.ids("il", "SPEAKER"), []);
    assert_eq!(desk.run(Command::Remove(first(&desk))).count, 2);
    assert_eq!(desk.ids("a réagi", "CUE"), []);
    assert_eq!(desk.linked(second(&desk), "speaker"), Some("Lin Jian, un porte-parole"));
    assert_eq!(desk.run(Command::Remove(second(&desk))).count, 3);
    assert_eq!(desk.ids("Lin Jian, un porte-parole", "SPEAKER"), []);
    assert_eq!(desk.ids("Lin Jian", "PERSON").len(), 1);
}

#[test]
fn a_mention_that_is_its_speaker_stays_when_it_goes() {
    let mut desk = Desk::tagged();
    let speaker = desk.id("Ana Roy", "SPEAKER");
    let mention = desk.id("Ana Roy", "PERSON");
    desk.run(Command::Remove(mention));
    desk.run(Command::Relabel(speaker, Label::new("PERSON")));
    desk.run(Command::Remove(third(&desk)));
    assert_eq!(desk.ids("Ana Roy", "PERSON"), [speaker]);
}

#[test]
fn a_removed_speaker_does_not_come_back_with_its_quotation() {
    let mut desk = Desk::tagged();
    desk.run(Command::Remove(desk.id("il", "SPEAKER")));
    desk.run(Command::Seed(Box::new(proposals())));
    let id = second(&desk);
    assert_eq!(desk.linked(id, "speaker"), None);
    assert_eq!(desk.linked(id, "cue"), Some("a-t-il dénoncé"));
    desk.run(Command::SetSpeaker(id, Some(desk.at("il"))));
    assert!(!desk.is_refused(desk.at("il"), "SPEAKER"));
}

#[test]
fn a_proposal_whose_part_was_changed_stays() {
    let mut desk = Desk::tagged();
    let speaker = desk.id("Lin Jian, un porte-parole", "SPEAKER");
    desk.run(Command::Resize(speaker, desk.at("Lin Jian")));
    let id = first(&desk);
    desk.run(Command::Seed(Box::default()));
    assert_eq!(desk.linked(id, "speaker"), Some("Lin Jian"));
    assert_eq!(desk.linked(id, "cue"), Some("a réagi"));
    assert_eq!(desk.ids("« rien ne presse »", "QUOTE"), []);
}

#[test]
fn a_speaker_phrase_says_who_speaks() {
    let mut desk = Desk::tagged();
    let id = third(&desk);
    // By whom it mentions, the person before the role.
    desk.run(Command::SetSpeaker(id, Some(desk.at("Lin Jian, un"))));
    assert_eq!(desk.name(id), Some("Lin Jian"));
    // By a pronoun, who spoke last before.
    desk.run(Command::SetSpeaker(second(&desk), Some(desk.at("a-t-il"))));
    desk.run(Command::SetSpeaker(second(&desk), Some(desk.at("il"))));
    assert_eq!(desk.name(second(&desk)), Some("Lin Jian"));
    // By words that nobody has yet.
    desk.run(Command::SetSpeaker(id, Some(desk.at("un porte-parole"))));
    assert_eq!(desk.name(id), Some("porte-parole"));
    assert_eq!(desk.name(desk.id("un porte-parole", "SPEAKER")), Some("porte-parole"));
}

#[test]
fn no_words_for_the_speaker_leave_who_speaks() {
    let mut desk = Desk::tagged();
    desk.run(Command::SetSpeaker(second(&desk), None));
    assert_eq!(desk.ids("il", "SPEAKER"), []);
    assert_eq!(desk.name(second(&desk)), Some("Lin Jian"));
    desk.run(Command::SetCue(second(&desk), None));
    assert_eq!(desk.ids("a-t-il dénoncé", "CUE"), []);
}

#[test]
fn it_goes_on_in_one_other() {
    let mut desk = Desk::tagged();
    desk.run(Command::Continue(first(&desk), Some(second(&desk))));
    desk.run(Command::Continue(first(&desk), Some(third(&desk))));
    assert_eq!(desk.linked(first(&desk), "next"), Some("« rien ne presse »"));
    assert!(!desk.run(Command::Continue(first(&desk), Some(first(&desk)))).changed);
    desk.run(Command::Continue(first(&desk), None));
    assert_eq!(desk.linked(first(&desk), "next"), None);
}

#[test]
fn it_becomes_something_else_without_its_parts() {
    let mut desk = Desk::tagged();
    let id = third(&desk);
    desk.run(Command::Continue(second(&desk), Some(id)));
    desk.run(Command::Relabel(id, Label::new("MISC")));
    assert_eq!(desk.document().touching(id).count(), 0);
    assert_eq!(desk.ids("Pour", "CUE"), []);
    assert!(desk.span(id).attributes.is_empty());
    // Who said it is not what it mentions.
    assert_eq!(desk.name(id), Some("« rien ne presse »"));
    desk.run(Command::Relabel(id, Label::new("QUOTE")));
    assert_eq!(desk.span(id).attributes[KIND], "direct");
    assert_eq!(desk.span(id).entity, None);
}
