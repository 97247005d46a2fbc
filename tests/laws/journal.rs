//! What is written down of a session gives the session back.

use std::collections::{BTreeMap, BTreeSet};

use guillemet::document::{Document, History};
use guillemet::formats::{journal, native};
use guillemet::scheme::{Label, LabelDef, Scheme};
use guillemet::session::{Entry, Session, Work};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::any::{Deed, Proposals, deed, proposals, text};
use crate::document::carry_out;

/// What a page wrote before documents had a form of their own.
#[test]
fn a_document_of_an_earlier_page_is_read() {
    let json = include_str!("../golden/nested.json");
    let documents = native::read(json).unwrap().documents;
    for document in &documents {
        let file = native::write(&Scheme::default(), [document]);
        let record = serde_json::json!({ "tagged": true, "file": file }).to_string();
        assert_eq!(journal::read_document(&record), Ok((document.clone(), true, true)));
        let now = journal::write_document(document, true);
        assert_eq!(journal::read_document(&now), Ok((document.clone(), true, true)));
        assert!(now.len() < record.len());
    }
    assert!(journal::read_document(r#"{"tagged": true}"#).is_err());
}

/// The stores of the page's database.
#[derive(Default)]
struct Disk {
    documents: BTreeMap<String, String>,
    steps: BTreeMap<(String, usize), String>,
    positions: BTreeMap<String, usize>,
    order: (Vec<String>, Option<String>),
    scheme: Option<String>,
    /// Tagged after they were first written down.
    tagged: BTreeSet<String>,
}

impl Disk {
    fn write(&mut self, entry: Entry) {
        match entry {
            Entry::Document(document, tagged) => {
                let id = document.id.clone();
                let record = journal::write_document(&document, tagged);
                self.documents.insert(id.clone(), record);
                self.steps.retain(|(of, _), _| *of != id);
                self.tagged.remove(&id);
                self.positions.insert(id, 0);
            }
            Entry::Step(id, index, step) => {
                self.steps.retain(|(of, at), _| *of != id || *at < index);
                self.steps.insert((id.clone(), index), journal::write_step(&step));
                self.positions.insert(id, index + 1);
            }
            Entry::Position(id, position) => {
                self.positions.insert(id, position);
            }
            Entry::Tagged(id) => {
                self.tagged.insert(id);
            }
            Entry::Removed(id) => {
                self.documents.remove(&id);
                self.steps.retain(|(of, _), _| *of != id);
                self.positions.remove(&id);
            }
            Entry::Order(ids, open) => self.order = (ids, open),
            Entry::SchemeChange(..) => unreachable!("no reform is among the moves"),
            Entry::Scheme(scheme) => self.scheme = Some(journal::write_scheme(&scheme)),
        }
    }

    fn read(&self) -> Session {
        let mut works: Vec<Work> = self
            .documents
            .iter()
            .map(|(id, record)| {
                let (mut document, tagged, sound) = journal::read_document(record).unwrap();
                assert!(sound);
                let mut history = History::default();
                for (_, step) in self.steps.iter().filter(|((of, _), _)| of == id) {
                    history.commit(&mut document, journal::read_step(step).unwrap()).unwrap();
                }
                while history.position() > self.positions[id] {
                    history.undo(&mut document).unwrap();
                }
                Work::new(document, history, tagged || self.tagged.contains(id))
            })
            .collect();
        works.sort_by_key(|w| self.order.0.iter().position(|id| *id == w.document.id));
        let scheme = self.scheme.as_ref().map(|s| journal::read_scheme(s).unwrap());
        Session::restored(scheme.unwrap_or_default(), works, self.order.1.clone())
    }
}

#[derive(Clone, Debug)]
enum Move {
    Add(String),
    Seed(u8, Proposals),
    Open(u8),
    Remove(u8),
    PutBack,
    Duplicate(u8),
    TakeIn(Vec<String>),
    Adopt(u8),
    Do(Deed),
}

fn moves() -> impl Strategy<Value = Move> {
    prop_oneof![
        1 => text(20).prop_map(Move::Add),
        2 => (any::<u8>(), proposals()).prop_map(|(n, p)| Move::Seed(n, p)),
        1 => any::<u8>().prop_map(Move::Open),
        1 => any::<u8>().prop_map(Move::Remove),
        1 => Just(Move::PutBack),
        1 => any::<u8>().prop_map(Move::Duplicate),
        1 => vec(text(5), 0..4).prop_map(Move::TakeIn),
        1 => any::<u8>().prop_map(Move::Adopt),
        12 => deed().prop_map(Move::Do),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_session_comes_back_from_what_was_written(
        first in text(20), moves in vec(moves(), 1..40),
    ) {
        let mut session = Session::default();
        let mut disk = Disk::default();
        let mut removed = None;
        session.add(Document::new("d0", "0", "fr", &first), false);
        for (number, step) in moves.into_iter().enumerate() {
            let nth = |n: u8| {
                let works = session.works();
                works.get(usize::from(n) % (works.len() + 1)).map(|w| w.document.id.clone())
            };
            match step {
                Move::Add(text) => {
                    let id = format!("d{}", number + 1);
                    session.add(Document::new(&id, "titre", "fr", &text), false);
                }
                Move::Seed(n, proposals) => {
                    let id = nth(n).unwrap_or_default();
                    let work = session.works().iter().find(|w| w.document.id == id);
                    let text = work.map(|w| w.document.text().clone()).unwrap_or_default();
                    session.seed(&id, proposals.fit(&text)).unwrap();
                }
                Move::Open(n) => session.open_document(&nth(n).unwrap_or_default()),
                Move::Remove(n) => {
                    let id = nth(n).unwrap_or_default();
                    removed = session.remove(&id).or(removed);
                }
                Move::PutBack => {
                    if let Some((at, work)) = removed.take() {
                        session.put_back(at, work);
                    }
                }
                Move::Duplicate(n) => {
                    session.duplicate(&nth(n).unwrap_or_default(), &format!("c{number}"), "copie");
                }
                Move::TakeIn(texts) => {
                    let document = |(at, text): (usize, &String)| {
                        (Document::new(&format!("m{number}-{at}"), "m", "fr", text), at % 2 == 0)
                    };
                    session.take_in(texts.iter().enumerate().map(document));
                }
                Move::Adopt(n) => {
                    let mut scheme = Scheme::default();
                    let name = Label::new(&format!("L{}", n % 4));
                    let key = char::from_digit(u32::from(n % 10), 10);
                    scheme.labels.push(LabelDef::new(name.as_str(), "#123456".into(), key));
                    session.adopt(&scheme);
                }
                Move::Do(deed) if session.work().is_some() => carry_out(&mut session, &deed),
                Move::Do(_) => {}
            }
            session.journal().into_iter().for_each(|entry| disk.write(entry));
        }
        let mut anew = Disk::default();
        session.afresh().into_iter().for_each(|entry| anew.write(entry));
        let read = anew.read();
        prop_assert_eq!(read.works(), session.works());
        prop_assert_eq!(read.scheme(), session.scheme());
        let read = disk.read();
        prop_assert_eq!(read.works(), session.works());
        prop_assert_eq!(read.scheme(), session.scheme());
        prop_assert_eq!(read.work().map(|w| &w.document.id), session.work().map(|w| &w.document.id));
    }

    #[test]
    fn a_damaged_step_is_read_or_refused(
        text in text(20), first in proposals(), deeds in vec(deed(), 1..8),
        at in any::<prop::sample::Index>(), with in "[\\[\\]{}\",:0-9a-z-]{0,4}",
    ) {
        let mut session = crate::document::session(&text, &first);
        for deed in &deeds {
            carry_out(&mut session, deed);
        }
        let work = session.work().unwrap();
        for step in work.history.steps() {
            let mut json = journal::write_step(step);
            let mut cut = at.index(json.len());
            while !json.is_char_boundary(cut) {
                cut -= 1;
            }
            let next = json[cut..].chars().next().map_or(0, char::len_utf8);
            json.replace_range(cut..cut + next, &with);
            let Ok(step) = journal::read_step(&json) else { continue };
            let mut tried = work.document.clone();
            match tried.apply(&step) {
                Ok(()) => drop(native::write(&Scheme::default(), [&tried])),
                Err(_) => prop_assert_eq!(&tried, &work.document),
            }
        }
    }
}
