//! Laws of the document under what a person does, in any order.

use std::collections::{BTreeMap, BTreeSet};

use guillemet::document::{
    Change, Document, EntityId, Origin, Rejection, RelationId, SpanId, Status, Transaction,
};
use guillemet::session::{Command, Session, blocks};
use guillemet::text::ByteSpan;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::any::{Deed, Proposals, command, deed, proposals, text};

/// A session over one document.
pub fn session(text: &str, first: &Proposals) -> Session {
    let mut session = Session::default();
    session.add(Document::new("d1", "titre", "fr", text), false);
    session.seed("d1", first.fit(text)).unwrap();
    session
}

pub fn document(session: &Session) -> &Document {
    &session.work().unwrap().document
}

pub fn carry_out(session: &mut Session, deed: &Deed) {
    let done = match deed {
        Deed::Do(a, b, c, places) => {
            session.perform(&command(document(session), (*a, *b, *c, *places)))
        }
        Deed::Seed(proposals) => {
            let analysis = proposals.fit(document(session).text());
            session.perform(&Command::Seed(Box::new(analysis)))
        }
        Deed::Undo => session.undo(),
        Deed::Redo => session.redo(),
    };
    done.unwrap();
}

/// What holds in every document.
fn is_sound(document: &Document) -> Result<(), TestCaseError> {
    for (id, span) in document.spans() {
        prop_assert!(ByteSpan::fits(document.text(), span.range.start, span.range.end));
        prop_assert!(!document.words(span).trim().is_empty(), "{} is empty", id);
        prop_assert_eq!(document.words(span).trim(), document.words(span));
        prop_assert!(span.entity.is_none_or(|e| document.entity(e).is_some()));
    }
    for (id, r) in document.relations() {
        let both = document.span(r.from).is_some() && document.span(r.to).is_some();
        prop_assert!(both, "{} misses an end", id);
    }
    for (id, _) in document.entities() {
        let mentioned = document.spans().any(|(_, s)| s.entity == Some(id));
        prop_assert!(mentioned, "nothing mentions {}", id);
    }
    Ok(())
}

/// The ids that were ever given.
#[derive(Default)]
struct Given(BTreeSet<SpanId>, BTreeSet<RelationId>, BTreeSet<EntityId>);

impl Given {
    /// Whether all that the step makes has a new id.
    fn is_new(&mut self, step: &Transaction) -> bool {
        step.changes.iter().all(|change| match change {
            Change::Span { id, before: None, .. } => self.0.insert(*id),
            Change::Relation { id, before: None, .. } => self.1.insert(*id),
            Change::Entity { id, before: None, .. } => self.2.insert(*id),
            _ => true,
        })
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn whatever_is_done_the_document_is_sound_and_can_be_taken_back(
        text in text(30), first in proposals(), deeds in vec(deed(), 1..30),
    ) {
        let mut session = session(&text, &first);
        let beginning = document(&session).clone();
        let mut given = Given::default();
        given.0.extend(beginning.spans().map(|(id, _)| id));
        given.1.extend(beginning.relations().map(|(id, _)| id));
        given.2.extend(beginning.entities().map(|(id, _)| id));
        is_sound(&beginning)?;
        for deed in &deeds {
            let before = document(&session).clone();
            let steps = session.work().unwrap().history.position();
            carry_out(&mut session, deed);
            is_sound(document(&session))?;
            let history = &session.work().unwrap().history;
            if !matches!(deed, Deed::Undo | Deed::Redo) && history.position() > steps {
                let step = history.steps().last().unwrap();
                prop_assert!(given.is_new(step), "an id is given again: {:?}", step);
                let mut back = document(&session).clone();
                back.apply(&step.clone().inverted()).unwrap();
                prop_assert_eq!(&back, &before);
            }
        }
        while session.redo().unwrap().changed {}
        let end = document(&session).clone();
        while session.undo().unwrap().changed {}
        prop_assert_eq!(document(&session), &beginning);
        while session.redo().unwrap().changed {}
        prop_assert_eq!(document(&session), &end);
    }

    #[test]
    fn a_step_for_another_state_changes_nothing(
        text in text(30), first in proposals(), deeds in vec(deed(), 2..12),
    ) {
        let mut session = session(&text, &first);
        for deed in &deeds {
            carry_out(&mut session, deed);
        }
        let work = session.work().unwrap();
        for step in work.history.steps() {
            let mut tried = work.document.clone();
            if tried.apply(step).is_err() {
                prop_assert_eq!(&tried, &work.document);
            }
        }
    }

    #[test]
    fn tagging_twice_is_tagging_once(
        text in text(30), first in proposals(), deeds in vec(deed(), 0..12), last in proposals(),
    ) {
        let mut session = session(&text, &first);
        for deed in &deeds {
            carry_out(&mut session, deed);
        }
        let seed = Command::Seed(Box::new(last.fit(&text)));
        session.perform(&seed).unwrap();
        let again = seed.plan(document(&session), session.scheme());
        prop_assert_eq!(again.transaction, None);
    }

    #[test]
    fn tagging_leaves_what_a_person_did(
        text in text(30), first in proposals(), deeds in vec(deed(), 0..16), last in proposals(),
    ) {
        let mut session = session(&text, &first);
        for deed in &deeds {
            carry_out(&mut session, deed);
        }
        let before = document(&session).clone();
        session.perform(&Command::Seed(Box::new(last.fit(&text)))).unwrap();
        let after = document(&session);
        let theirs = |id: SpanId| before.span(id).is_some_and(|s| {
            s.origin == Origin::Person || s.status == Status::Accepted || s.note.is_some()
        });
        for (id, span) in before.spans().filter(|(id, _)| theirs(*id)) {
            prop_assert_eq!(after.span(id), Some(span));
            if let Some(who) = span.entity {
                prop_assert_eq!(after.entity(who), before.entity(who));
            }
        }
        for (id, link) in before.relations().filter(|(_, r)| theirs(r.from) || theirs(r.to)) {
            prop_assert_eq!(after.relation(id), Some(link));
        }
        prop_assert_eq!(after.rejected(), before.rejected());
        for (id, span) in after.spans().filter(|(id, _)| before.span(*id).is_none()) {
            let refused = Rejection { range: span.range, label: span.label.clone() };
            prop_assert!(!after.rejected().contains(&refused), "{} was refused", id);
        }
    }

    #[test]
    fn what_is_drawn_tiles_the_lines(
        text in text(60), first in proposals(), deeds in vec(deed(), 0..8),
    ) {
        let mut session = session(&text, &first);
        for deed in &deeds {
            carry_out(&mut session, deed);
        }
        let document = document(&session);
        let lines: Vec<&str> = text.split('\n').collect();
        let drawn = blocks(document, session.focus());
        prop_assert_eq!(drawn.len(), lines.len());
        let mut shown: BTreeMap<SpanId, usize> = BTreeMap::new();
        for (block, line) in drawn.iter().zip(lines) {
            prop_assert_eq!(block.range.of(&text), line);
            let mut at = block.range.start;
            for piece in block.chunks.iter().flat_map(|c| &c.pieces) {
                prop_assert!(piece.start == at && piece.end > at);
                at = piece.end;
                for mark in &piece.marks {
                    let range = document.span(mark.id).unwrap().range;
                    prop_assert!(range.contains(ByteSpan::new(piece.start, piece.end)));
                    *shown.entry(mark.id).or_default() += piece.end - piece.start;
                }
            }
            prop_assert_eq!(at, block.range.end);
        }
        for (id, span) in document.spans() {
            let words = document.words(span).replace('\n', "");
            prop_assert_eq!(shown.get(&id), Some(&words.len()), "{} is not drawn whole", id);
        }
    }
}
