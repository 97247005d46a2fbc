//! Changing the label scheme: renaming, merging, removing, and all the way back.

use guillemet::document::{
    Change, Document, Relation, RelationId, Span, SpanId, Status, Transaction,
};
use guillemet::scheme::{Label, MentionLabel, RelationDef, Scheme};
use guillemet::session::{Command, Cost, Fate, Fault, Refusal, SchemeDraft, Session};
use guillemet::text::ByteSpan;

use crate::desk::{Desk, proposals};

/// Two tagged documents, the second open, with a person's label in each.
fn session() -> Session {
    let mut session = Desk::tagged().0;
    let text = session.work().unwrap().document.text().to_string();
    session.perform(&Command::Label(ByteSpan::new(0, 6), Label::new("MISC"))).unwrap();
    session.add(Document::new("e", "titre", "fr", &text), false);
    session.seed("e", proposals()).unwrap();
    session.perform(&Command::Label(ByteSpan::new(0, 6), Label::new("ORG"))).unwrap();
    session
}

fn draft(session: &Session) -> SchemeDraft {
    SchemeDraft::of(session.scheme())
}

fn row(draft: &SchemeDraft, name: &str) -> usize {
    draft.rows.iter().find(|row| row.name == name).unwrap().id
}

fn rename(session: &mut Session, from: &str, to: &str) -> usize {
    let mut draft = draft(session);
    let id = row(&draft, from);
    draft.change(id, |row| to.clone_into(&mut row.name));
    assert!(draft.is_sound());
    session.reform(&draft.reform()).unwrap()
}

fn count(session: &Session, label: &str) -> usize {
    session.usage(&Label::new(label)).0
}

#[test]
fn a_draft_changes_nothing_by_itself() {
    let session = session();
    let reform = draft(&session).reform();
    assert_eq!(reform.scheme, *session.scheme());
    assert_eq!(session.cost(&reform), []);
}

#[test]
fn a_renamed_label_is_renamed_on_its_spans_and_the_engine_follows() {
    let mut session = session();
    let before = session.clone();
    let (people, documents) = session.usage(&Label::new("PERSON"));
    assert!(people > 2 && documents == 2);
    let mut draft = draft(&session);
    let id = row(&draft, "PERSON");
    draft.change(id, |row| row.name = "PERS".to_owned());
    let cost = session.cost(&draft.reform());
    let fate = Some(Label::new("PERS"));
    let label = Label::new("PERSON");
    assert_eq!(cost, [Cost { label, fate, spans: people, documents }]);
    session.reform(&draft.reform()).unwrap();
    assert_eq!((count(&session, "PERSON"), count(&session, "PERS")), (0, people));
    let document = &session.work().unwrap().document;
    assert!(document.entities().all(|(_, e)| e.label != "PERSON"));
    // Proposals stay proposals, and what is tagged next has the new name.
    assert!(document.spans().any(|(_, s)| s.label == "PERS" && s.status == Status::Proposed));
    session.add(Document::new("f", "", "fr", document.text()), false);
    session.seed("f", proposals()).unwrap();
    assert_eq!((count(&session, "PERSON"), count(&session, "PERS")), (0, people + people / 2));
    // Tagging again finds what is there.
    session.open_document("e");
    let there = count(&session, "PERS");
    session.seed("e", proposals()).unwrap();
    assert_eq!((count(&session, "PERSON"), count(&session, "PERS")), (0, there));
    session.remove("f");
    session.open_document("e");
    while session.scheme() != before.scheme() {
        assert!(session.undo().unwrap().changed);
    }
    let documents = |s: &Session| s.works().iter().map(|w| w.document.clone()).collect::<Vec<_>>();
    assert_eq!(documents(&session), documents(&before));
}

#[test]
fn undo_in_one_document_takes_the_change_back_in_all() {
    let mut session = session();
    let before = session.clone();
    rename(&mut session, "PERSON", "PERS");
    let after = session.clone();
    let outcome = session.undo().unwrap();
    assert_eq!(outcome.action, "scheme");
    assert_eq!((count(&session, "PERS"), count(&session, "PERSON")), (0, count(&before, "PERSON")));
    assert_eq!(session.scheme(), before.scheme());
    assert_eq!(session.redo().unwrap().action, "scheme");
    assert_eq!(session.scheme(), after.scheme());
    let documents = |s: &Session| s.works().iter().map(|w| w.document.clone()).collect::<Vec<_>>();
    assert_eq!(documents(&session), documents(&after));
}

#[test]
fn where_work_came_since_the_other_document_goes_back_alone() {
    let mut session = session();
    let before = session.works()[1].document.clone();
    let number = rename(&mut session, "PERSON", "PERS");
    session.open_document("d");
    session.perform(&Command::Rename("autre".to_owned())).unwrap();
    session.open_document("e");
    assert_eq!(session.undo().unwrap().action, "scheme-part");
    assert_eq!(session.work().unwrap().document, before);
    // Both names are defined now, for spans have both; the engine's part and
    // the key stay with the new one.
    let scheme = session.scheme();
    let [old, new] = ["PERSON", "PERS"].map(|name| scheme.label(&Label::new(name)).unwrap());
    assert_eq!((old.key, new.key), (None, Some('1')));
    assert_eq!(scheme.label_for(MentionLabel::Person), Some(&Label::new("PERS")));
    // The other one still cannot; once it can, all is as it was.
    assert_eq!(session.take_back(number), 1);
    session.open_document("d");
    session.undo().unwrap();
    session.undo().unwrap();
    assert_eq!(count(&session, "PERS"), 0);
    assert_eq!(*session.scheme(), Scheme::default());
}

#[test]
fn a_label_that_goes_takes_its_spans_only_if_that_was_said() {
    let mut session = session();
    let before = session.clone();
    let mut draft = draft(&session);
    let id = row(&draft, "MISC");
    draft.remove(id);
    assert_eq!(draft.gone[&Label::new("MISC")], Fate::Open);
    let misc = count(&session, "MISC");
    assert!(misc > 0);
    session.reform(&draft.reform()).unwrap();
    assert_eq!(count(&session, "MISC"), misc);
    assert!(session.scheme().label(&Label::new("MISC")).is_some());

    draft.gone.insert(Label::new("MISC"), Fate::Remove);
    let number = session.reform(&draft.reform()).unwrap();
    assert_eq!(count(&session, "MISC"), 0);
    assert!(session.scheme().label(&Label::new("MISC")).is_none());
    assert_eq!(session.take_back(number), 0);
    assert_eq!(session.works()[0].document, before.works()[0].document);

    let org = row(&draft, "ORG");
    draft.gone.insert(Label::new("MISC"), Fate::Become(org));
    session.reform(&draft.reform()).unwrap();
    assert_eq!(count(&session, "MISC"), 0);
    assert!(count(&session, "ORG") > count(&before, "ORG"));
    // The engine proposes nothing under a label that is no more.
    assert_eq!(session.scheme().label_for(MentionLabel::Misc), None);
}

#[test]
fn two_labels_may_change_names() {
    let mut session = session();
    let counts = |s: &Session| (count(s, "PERSON"), count(s, "ORG"));
    let (people, bodies) = counts(&session);
    let mut draft = draft(&session);
    let (person, org) = (row(&draft, "PERSON"), row(&draft, "ORG"));
    draft.change(person, |row| row.name = "ORG".to_owned());
    assert_eq!(draft.fault(draft.row(person).unwrap()), Some(Fault::SameName));
    draft.change(org, |row| row.name = "PERSON".to_owned());
    session.reform(&draft.reform()).unwrap();
    assert_eq!(counts(&session), (bodies, people));
    session.undo().unwrap();
    assert_eq!(counts(&session), (people, bodies));
}

#[test]
fn faults_are_told() {
    let mut draft = draft(&Session::default());
    let id = draft.add();
    let fault = |draft: &SchemeDraft| draft.fault(draft.row(id).unwrap());
    assert_eq!(fault(&draft), Some(Fault::NoName));
    for (name, key, wanted) in [
        ("QUOTE", "", Some(Fault::SameName)),
        ("ORG ", "", Some(Fault::SameName)),
        ("LOI", "1", Some(Fault::SameKey)),
        ("LOI", "x", Some(Fault::KeyOfPage)),
        ("LOI", "q", Some(Fault::KeyOfPage)),
        ("LOI", "89", Some(Fault::KeyOfPage)),
        ("LOI", "l", None),
        ("LOI", "", None),
    ] {
        draft.change(id, |row| (row.name, row.key) = (name.to_owned(), key.to_owned()));
        assert_eq!(fault(&draft), wanted, "{name} {key}");
    }
}

#[test]
fn the_default_scheme_comes_back_with_the_spans() {
    let mut session = session();
    rename(&mut session, "PERSON", "PERS");
    let people = count(&session, "PERS");
    let mut draft = draft(&session);
    let id = draft.add();
    draft.change(id, |row| row.name = "LOI".to_owned());
    session.reform(&draft.reform()).unwrap();
    let mut draft = self::draft(&session);
    draft.become_like(&Scheme::default());
    assert_eq!(draft.gone.keys().map(Label::as_str).collect::<Vec<_>>(), ["LOI"]);
    session.reform(&draft.reform()).unwrap();
    assert_eq!(*session.scheme(), Scheme::default());
    assert_eq!((count(&session, "PERS"), count(&session, "PERSON")), (0, people));
}

#[test]
fn what_may_not_lie_in_another_is_refused() {
    let mut session = Desk::new().0;
    let at = |words: &str| {
        let start = crate::desk::TEXT.find(words).unwrap();
        ByteSpan::new(start, start + words.len())
    };
    let mut draft = draft(&session);
    let (role, org) = (row(&draft, "ROLE"), row(&draft, "ORG"));
    draft.change(org, |row| row.inside = Some([role].into()));
    session.reform(&draft.reform()).unwrap();
    let label = |s: &mut Session, words: &str, name: &str| {
        s.perform(&Command::Label(at(words), Label::new(name))).map(|_| ())
    };
    label(&mut session, "Lin Jian, un porte-parole", "PERSON").unwrap();
    let nested = Refusal::Nested(Label::new("ORG"), Label::new("PERSON"));
    assert_eq!(label(&mut session, "porte-parole", "ORG"), Err(nested));
    label(&mut session, "porte-parole", "ROLE").unwrap();
    label(&mut session, "Washington ment", "ROLE").unwrap();
    label(&mut session, "Washington", "ORG").unwrap();
    // Nor may a stretch be laid around it that makes it so.
    assert!(label(&mut session, "« Washington ment »", "MISC").is_err());
    // Quotations hold what they hold.
    label(&mut session, "« Washington ment »", "QUOTE").unwrap();
}

/// A session with one document in which two spans are tied as `parent`.
fn with_parents() -> Session {
    let mut document = Document::new("d", "", "fr", "Ana et Bob parlent");
    let mut step = Transaction::new("test");
    for (id, range) in [(1, ByteSpan::new(0, 3)), (2, ByteSpan::new(7, 10))] {
        let after = Some(Span::by_person(range, Label::new("PERSON")));
        step.changes.push(Change::Span { id: SpanId(id), before: None, after });
    }
    let after = Some(Relation { label: Label::new("parent"), from: SpanId(1), to: SpanId(2) });
    step.changes.push(Change::Relation { id: RelationId(1), before: None, after });
    document.apply(&step).unwrap();
    let mut session = Session::default();
    let mut scheme = Scheme::default();
    scheme.relations.push(RelationDef { name: Label::new("parent") });
    session.adopt(&scheme);
    session.add(document, true);
    session
}

fn relations(session: &Session) -> (Vec<String>, Vec<String>) {
    let defined = session.scheme().relations.iter().map(|def| def.name.to_string());
    let document = &session.work().unwrap().document;
    let used = document.relations().map(|(_, r)| r.label.to_string());
    (defined.collect(), used.collect())
}

#[test]
fn a_renamed_relation_is_renamed_where_it_stands_and_comes_back() {
    let mut session = with_parents();
    let before = relations(&session);
    let mut draft = draft(&session);
    let id = draft.relations.iter().find(|r| r.name == "parent").unwrap().id;
    let fault = |draft: &SchemeDraft| {
        draft.relation_fault(draft.relations.iter().find(|r| r.id == id).unwrap())
    };
    for (name, wanted) in
        [(" ", Some(Fault::NoName)), ("cue", Some(Fault::SameName)), ("famille", None)]
    {
        draft.rename_relation(id, name);
        assert_eq!(fault(&draft), wanted, "{name}");
        assert_eq!(draft.is_sound(), wanted.is_none());
    }
    session.reform(&draft.reform()).unwrap();
    let (defined, used) = relations(&session);
    assert_eq!(used, ["famille"]);
    assert!(defined.contains(&"famille".to_owned()) && !defined.contains(&"parent".to_owned()));
    assert!(session.undo().unwrap().changed);
    assert_eq!(relations(&session), before);
    assert!(session.redo().unwrap().changed);
    assert_eq!(relations(&session), (defined, used));
}

#[test]
fn what_quotations_are_made_of_keeps_its_name() {
    let session = session();
    let mut draft = draft(&session);
    for id in draft.relations.iter().map(|r| r.id).collect::<Vec<_>>() {
        draft.rename_relation(id, "autre");
        draft.remove_relation(id);
    }
    assert_eq!(draft.reform().scheme, *session.scheme());
}

#[test]
fn a_colour_alone_is_undone_like_any_step() {
    let mut session = session();
    let before = session.clone();
    let mut draft = draft(&session);
    let id = row(&draft, "PERSON");
    draft.change(id, |row| "#123456".clone_into(&mut row.color));
    let number = session.reform(&draft.reform()).unwrap();
    let color = |s: &Session| s.scheme().label(&Label::new("PERSON")).unwrap().color.clone();
    assert_eq!(color(&session), "#123456");
    // Nobody's work has begun by it.
    let done = session.undo().unwrap();
    assert!(done.changed && done.action == "scheme");
    assert_eq!(session.scheme(), before.scheme());
    session.redo().unwrap();
    assert_eq!(color(&session), "#123456");
    // What was done since in this document does not hold it.
    session.perform(&Command::Label(ByteSpan::new(0, 6), Label::new("PLACE"))).unwrap();
    assert_eq!(session.take_back(number), 0);
    assert_eq!(session.scheme(), before.scheme());
}

#[test]
fn a_document_is_not_begun_by_a_colour() {
    let mut session = Session::default();
    session.add(Document::new("d", "", "fr", "Ana parle"), true);
    let state = session.work().unwrap().item().state;
    let mut draft = draft(&session);
    let id = row(&draft, "ORG");
    draft.change(id, |row| "#654321".clone_into(&mut row.color));
    session.reform(&draft.reform()).unwrap();
    assert_eq!(session.work().unwrap().item().state, state);
}
