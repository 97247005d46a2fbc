//! A backup gives back all that it was made of, and of a damaged one all
//! that is sound.
#![cfg(not(target_arch = "wasm32"))]

use guillemet::document::{Document, History};
use guillemet::formats::backup::{self, Backup, Damage, Kept, KeptDocument, Reading, Unreadable};
use guillemet::scheme::{Label, Scheme};
use guillemet::session::{Command, Session};
use guillemet::text::ByteSpan;

/// A document with so many labels given, and the last one taken back.
fn worked(id: &str, labels: usize) -> KeptDocument {
    let mut session = Session::default();
    session.add(Document::new(id, &format!("« {id} »\n\"é\""), "fr", "Ana va à Brest, 😀."), true);
    for at in 0..labels {
        let range = ByteSpan::new(at, at + 1);
        session.perform(&Command::Label(range, Label::new("MISC"))).unwrap();
    }
    session.undo().unwrap();
    let work = session.work().unwrap();
    KeptDocument { document: work.document.clone(), history: work.history.clone(), tagged: true }
}

fn whole() -> Backup {
    let mut scheme = Scheme::default();
    scheme.labels.remove(3);
    let bare = KeptDocument {
        document: Document::new("bare", "", "en", "A text."),
        history: History::default(),
        tagged: false,
    };
    let first = Kept {
        name: "Élections".to_owned(),
        changes: vec![(Scheme::default(), scheme.clone())],
        scheme,
        open: Some("b".to_owned()),
        documents: vec![worked("a", 3), worked("b", 2)],
    };
    let second = Kept { documents: vec![bare], ..Kept::default() };
    let settings = [("guillemet.theme".to_owned(), "dark".to_owned())].into();
    Backup { made: "2026-01-02T03:04:05Z".to_owned(), settings, workspaces: vec![first, second] }
}

#[test]
fn a_backup_gives_back_all_with_every_step() {
    let backup = whole();
    let text = backup::write(&backup);
    assert!(backup::is_backup(text.as_bytes()));
    let (mut back, damage) = backup::read(&text).unwrap();
    assert_eq!(damage, []);
    assert_eq!(back, backup);
    assert_eq!(backup::write(&back), text);
    // Undo and redo go on where they were.
    let KeptDocument { document, history, .. } = &mut back.workspaces[0].documents[0];
    assert_eq!((history.position(), history.steps().len()), (2, 3));
    history.redo(document).unwrap();
    assert_eq!(document.spans().len(), 3);
    while history.undo(document).unwrap().is_some() {}
    assert_eq!(document.spans().len(), 0);
}

#[test]
fn each_line_is_json() {
    for line in backup::write(&whole()).lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).unwrap()["sum"].is_string());
    }
}

/// The backup with line `at`, counted from 1, changed.
fn with_line(at: usize, change: impl Fn(&str) -> String) -> String {
    let text = backup::write(&whole());
    let lines = text.lines().enumerate();
    let lines = lines.map(|(index, line)| if index + 1 == at { change(line) } else { line.into() });
    lines.map(|line| line + "\n").collect()
}

#[test]
fn a_changed_letter_costs_one_line() {
    // Lines: head, workspace, a, three steps, b, two steps, workspace, bare.
    let text = with_line(5, |line| line.replace("MISC", "MASC"));
    let (back, damage) = backup::read(&text).unwrap();
    let title = whole().workspaces[0].documents[0].document.title.clone();
    assert_eq!(damage, [Damage::Line(5), Damage::Steps(title, 1, 2)]);
    let documents = &back.workspaces[0].documents;
    assert_eq!(documents[0].document.spans().len(), 1);
    assert_eq!(documents[1], whole().workspaces[0].documents[1]);

    let text = with_line(3, |line| line.replace("Brest", "brest"));
    let (back, damage) = backup::read(&text).unwrap();
    assert_eq!(damage, [Damage::Line(3), Damage::Documents(1)]);
    assert_eq!(back.workspaces[0].documents, whole().workspaces[0].documents[1..]);

    // Without the line of a workspace its documents are there all the same.
    let text = with_line(2, |_| "{".to_owned());
    let (back, damage) = backup::read(&text).unwrap();
    assert_eq!(damage, [Damage::Line(2), Damage::Workspaces(1)]);
    assert_eq!(back.workspaces[0].documents, whole().workspaces[0].documents);
}

#[test]
fn no_cut_and_no_change_of_a_byte_goes_unnoticed() {
    let text = backup::write(&whole());
    let ends: Vec<usize> = (0..text.len() - 1).filter(|at| text.is_char_boundary(*at)).collect();
    for end in ends.iter().copied().step_by(37) {
        let Ok((back, damage)) = backup::read(&text[..end]) else { continue };
        assert!(!damage.is_empty(), "{end}");
        for kept in back.workspaces.iter().flat_map(|w| &w.documents) {
            assert!(kept.history.base(&kept.document).is_ok());
        }
    }
    for at in ends.into_iter().step_by(13) {
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1;
        let Ok(changed) = String::from_utf8(bytes) else { continue };
        assert!(!matches!(backup::read(&changed), Ok((_, damage)) if damage.is_empty()), "{at}");
    }
}

#[test]
fn what_is_no_backup_is_refused() {
    for text in ["", "{}", "\"guillemet-backup\"", "Un texte."] {
        assert_eq!(backup::read(text), Err(Unreadable::Foreign), "{text}");
    }
    let newer = with_line(1, |line| line.replace("\"version\":1", "\"version\":2"));
    assert_eq!(backup::read(&newer), Err(Unreadable::Newer(2)));
}

#[test]
fn a_backup_in_pieces_is_the_backup() {
    let backup = whole();
    let text = backup::write(&backup);
    let mut parts = String::new();
    backup::write_parts(&backup, &mut |part| parts += &part);
    assert_eq!(parts, text);
    // Pieces end inside lines, and inside characters.
    for size in [1, 7, 4096] {
        let mut reading = Reading::default();
        text.as_bytes().chunks(size).for_each(|piece| reading.feed(piece));
        assert_eq!(reading.finish(), Ok((backup.clone(), Vec::new())), "{size}");
    }
    // A last line without its end was cut off there, or edited.
    let cut = text.trim_end();
    assert_eq!(backup::read(cut), Ok((backup.clone(), Vec::new())));
    let windows = text.replace('\n', "\r\n");
    assert_eq!(backup::read(&windows), Ok((backup, Vec::new())));
}

#[test]
fn damaged_characters_damage_their_line_alone() {
    let text = backup::write(&whole());
    let mut bytes = text.into_bytes();
    let at = bytes.windows(4).position(|four| four == "😀".as_bytes()).unwrap();
    bytes[at] = b'x';
    let mut reading = Reading::default();
    reading.feed(&bytes);
    let (back, damage) = reading.finish().unwrap();
    assert!(matches!(damage[..], [Damage::Line(_), ..]), "{damage:?}");
    assert_eq!(back.workspaces.len(), 2);
    let mut foreign = Reading::default();
    foreign.feed(&vec![b'x'; 3_000_000]);
    assert_eq!(foreign.finish(), Err(Unreadable::Foreign));
}
