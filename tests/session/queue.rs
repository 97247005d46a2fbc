//! Many documents: how far each is, which are shown in which order, and what
//! is written down of it.

use std::sync::Arc;

use guillemet::document::{Document, Status};
use guillemet::engine::{Analysis, Mention};
use guillemet::scheme::MentionLabel;
use guillemet::session::{
    Command, Entry, Filter, Found, Item, Session, Sort, State, order, shown, tally,
};
use guillemet::text::ByteSpan;

use crate::desk::{Desk, proposals};

/// A workspace of texts; each is its own title, and its id its place.
fn workspace(texts: &[&str]) -> Session {
    let mut session = Session::default();
    let document =
        |(at, text): (usize, &&str)| (Document::new(&at.to_string(), text, "fr", text), false);
    session.take_in(texts.iter().enumerate().map(document));
    session
}

fn items(session: &Session) -> Vec<Arc<Item>> {
    session.works().iter().map(|work| Arc::clone(work.item())).collect()
}

fn titles(session: &Session, sort: Sort, filter: Filter, query: &str) -> Vec<(String, usize)> {
    let items = items(session);
    let order = order(&items, sort);
    let found = Found::search(session.works(), query, None);
    let open = session.work().map(|w| w.document.id.as_str());
    let shown = shown(&items, &order, filter, found.as_ref(), open);
    shown.iter().map(|(item, hits)| (item.title.clone(), *hits)).collect()
}

fn state(session: &Session) -> State {
    session.work().unwrap().item().state
}

/// Proposals for the first bytes of a text, with these scores.
fn doubted(scores: &[f32]) -> Analysis {
    let mention = |(at, score): (usize, &f32)| Mention {
        span: ByteSpan::new(at, at + 1),
        label: MentionLabel::Date,
        score: *score,
        entity: None,
    };
    Analysis { mentions: scores.iter().enumerate().map(mention).collect(), ..Analysis::default() }
}

#[test]
fn work_begins_with_a_persons_first_edit() {
    let mut desk = Desk::new();
    assert_eq!(state(&desk.0), State::New);
    desk.0.seed("d", proposals()).unwrap();
    assert_eq!(state(&desk.0), State::New);
    desk.run(Command::Finish);
    assert_eq!(state(&desk.0), State::Done);
    desk.run(Command::Reopen);
    assert_eq!(state(&desk.0), State::New, "to say that it is not done begins nothing");
    desk.label("mardi", "DATE");
    assert_eq!(state(&desk.0), State::InWork);
    desk.0.undo().unwrap();
    assert_eq!(state(&desk.0), State::New);
    desk.0.redo().unwrap();
    // Tagging again is nobody's work, and does not take it back.
    desk.0.seed("d", proposals()).unwrap();
    assert_eq!(state(&desk.0), State::InWork);
}

#[test]
fn what_a_file_says_was_accepted_is_work() {
    let desk = {
        let mut desk = Desk::tagged();
        desk.run(Command::AcceptAll);
        desk
    };
    let mut session = Session::default();
    session.add(desk.document().clone(), true);
    assert_eq!(state(&session), State::InWork);
    assert_eq!(session.work().unwrap().history.position(), 0);
    assert!(desk.document().spans().all(|(_, s)| s.status == Status::Accepted));
}

#[test]
fn done_is_a_step_like_any_other() {
    let mut desk = Desk::tagged();
    desk.0.journal();
    assert!(desk.run(Command::Finish).changed);
    assert!(!desk.run(Command::Finish).changed, "it is done already");
    assert!(matches!(&desk.0.journal()[..], [Entry::Step(id, 0, _)] if id == "d"));
    assert_eq!(desk.0.undo().unwrap().action, "finish");
    assert!(!desk.document().done);
    desk.0.redo().unwrap();
    assert!(desk.document().done);
    // Done, it can still be put right, and stays done.
    desk.run(Command::AcceptAll);
    assert_eq!(state(&desk.0), State::Done);
}

#[test]
fn a_remark_on_the_document_is_kept_and_taken_back() {
    let mut desk = Desk::tagged();
    desk.run(Command::Remark("  à relire\n".into()));
    assert_eq!(desk.document().note.as_deref(), Some("à relire"));
    assert!(desk.0.work().unwrap().item().noted);
    desk.run(Command::Remark(" ".into()));
    assert_eq!(desk.document().note, None);
    desk.0.undo().unwrap();
    assert_eq!(desk.document().note.as_deref(), Some("à relire"));
}

#[test]
fn a_document_that_is_not_open_is_renamed_and_finished() {
    let mut session = workspace(&["un", "deux"]);
    session.journal();
    session.perform_on("1", &Command::Rename("trois".into())).unwrap();
    session.perform_on("1", &Command::Finish).unwrap();
    assert_eq!(session.work().unwrap().document.id, "0");
    assert_eq!(session.works()[1].item().title, "trois");
    assert_eq!(session.works()[1].item().state, State::Done);
    let journal = session.journal();
    assert!(matches!(&journal[..], [Entry::Step(a, 0, _), Entry::Step(b, 1, _)] if a == b));
    assert!(session.perform_on("9", &Command::Finish).is_err());
}

#[test]
fn documents_come_together_and_the_open_one_stays() {
    let mut session = workspace(&["un"]);
    session.journal();
    let more = ["deux", "trois"].map(|t| (Document::new(t, t, "fr", t), true));
    session.take_in(more);
    assert_eq!(session.work().unwrap().document.id, "0");
    let journal = session.journal();
    let [Entry::Document(..), Entry::Document(_, tagged), Entry::Order(ids, open)] = &journal[..]
    else {
        panic!("{journal:?}")
    };
    assert!(tagged);
    assert_eq!((ids.join(" "), open.as_deref()), ("0 deux trois".into(), Some("0")));
}

#[test]
fn a_copy_stands_behind_its_model() {
    let mut desk = Desk::tagged();
    desk.0.take_in([(Document::new("e", "e", "fr", "e"), true)]);
    desk.run(Command::AcceptAll);
    desk.run(Command::Finish);
    desk.0.duplicate("d", "f", "titre (copie)");
    let ids: Vec<&str> = desk.0.works().iter().map(|w| w.document.id.as_str()).collect();
    assert_eq!(ids, ["d", "f", "e"]);
    let copy = desk.0.work().unwrap();
    assert_eq!((copy.document.id.as_str(), copy.document.title.as_str()), ("f", "titre (copie)"));
    assert!(copy.document.spans().eq(desk.0.works()[0].document.spans()));
    assert_eq!((copy.item().state, copy.history.steps().len()), (State::InWork, 0));
    // To change it leaves its model alone.
    desk.run(Command::RejectAll);
    desk.run(Command::Remark("copie".into()));
    assert_eq!(desk.0.works()[0].document.note, None);
}

#[test]
fn the_filter_shows_what_is_so_far_and_the_open_one() {
    let mut session = workspace(&["un", "deux", "trois"]);
    session.perform_on("1", &Command::Remark("?".into())).unwrap();
    session.perform_on("2", &Command::Finish).unwrap();
    let shown = |session: &Session, filter| {
        let shown = titles(session, Sort::Entered, filter, "");
        shown.into_iter().map(|(title, _)| title).collect::<Vec<_>>()
    };
    assert_eq!(shown(&session, Filter::All), ["un", "deux", "trois"]);
    assert_eq!(shown(&session, Filter::Todo), ["un", "deux"]);
    assert_eq!(shown(&session, Filter::Only(State::New)), ["un"]);
    assert_eq!(shown(&session, Filter::Only(State::InWork)), ["un", "deux"]);
    session.open_document("1");
    assert_eq!(shown(&session, Filter::Only(State::Done)), ["deux", "trois"]);
    let tally = tally(&items(&session));
    assert_eq!((tally.all, tally.new, tally.in_work, tally.done), (3, 1, 1, 1));
    assert_eq!(tally.untagged, 3);
}

#[test]
fn the_least_certain_come_first() {
    let mut session = workspace(&["aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd"]);
    session.seed("0", doubted(&[0.9; 8])).unwrap();
    session.seed("1", doubted(&[0.5])).unwrap();
    session.seed("2", doubted(&[0.6; 8])).unwrap();
    let by_doubt = |session: &Session| order(&items(session), Sort::Doubt);
    assert_eq!(by_doubt(&session), [2, 1, 0, 3], "one doubtful proposal says little");
    let thousandths: Vec<u16> = items(&session).iter().map(|item| item.doubt).collect();
    assert_eq!(thousandths, [66, 100, 266, 0]);
    // What a person has looked at is not doubtful any more.
    session.open_document("2");
    session.perform(&Command::AcceptAll).unwrap();
    assert_eq!(by_doubt(&session), [1, 0, 2, 3]);
}

#[test]
fn titles_sort_without_case_and_accents() {
    let session = workspace(&["zèbre", "Été", "ecole", "étage"]);
    let titles = titles(&session, Sort::Title, Filter::All, "");
    let titles: Vec<&str> = titles.iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(titles, ["ecole", "étage", "Été", "zèbre"]);
}

#[test]
fn a_search_counts_in_texts_and_finds_titles() {
    let mut session = workspace(&["Le maire de Lyon", "LE MAIRE, le Maire", "Rien", "Aucun"]);
    session.perform_on("2", &Command::Rename("Un maïre".into())).unwrap();
    session.open_document("2");
    let found = titles(&session, Sort::Entered, Filter::All, " Maire ");
    let found: Vec<(&str, usize)> = found.iter().map(|(title, n)| (title.as_str(), *n)).collect();
    assert_eq!(found, [("Le maire de Lyon", 1), ("LE MAIRE, le Maire", 2), ("Un maïre", 1)]);
    assert_eq!(titles(&session, Sort::Entered, Filter::All, " ").len(), 4);
    // What is known is taken over, and only for the same words.
    let before = Found::search(session.works(), "maire", None);
    session.take_in([(Document::new("n", "n", "fr", "Maire"), true)]);
    let again = Found::search(session.works(), "MAIRE", before.as_ref());
    assert_eq!(again, Found::search(session.works(), "maire", None));
    let other = Found::search(session.works(), "rien", before.as_ref());
    assert_eq!(other, Found::search(session.works(), "rien", None));
}

#[test]
fn only_what_changes_is_made_anew() {
    let mut session = workspace(&["aaaa", "bbbb"]);
    let before = items(&session);
    let arrivals = session.arrivals();
    session.perform(&Command::Rename("a".into())).unwrap();
    let after = items(&session);
    assert!(!Arc::ptr_eq(&before[0], &after[0]));
    assert!(Arc::ptr_eq(&before[1], &after[1]));
    assert_eq!(session.arrivals(), arrivals, "an edit moves nothing");
    session.seed("1", doubted(&[0.5])).unwrap();
    assert_ne!(session.arrivals(), arrivals);
}
