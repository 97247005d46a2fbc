//! Every format over every golden case: what it holds comes back, what it
//! cannot hold is counted, and no broken file makes a reader fall.

use std::path::Path;

use guillemet::document::{
    Change, Document, Entity, EntityId, Origin, Relation, RelationId, Span, SpanId, Status,
    Transaction,
};
use guillemet::formats::{
    Columns, File, Format, Layer, Options, Overlaps, Part, Spans, Tagging, Take, french, native,
};
use guillemet::scheme::{Label, Scheme};
use guillemet::text::ByteSpan;
use proptest::prelude::*;

/// The golden cases: name, scheme, documents.
fn golden() -> Vec<(String, Scheme, Vec<Document>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let workspace = native::read(&std::fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(workspace.problems, [], "{name}");
        (name, workspace.scheme, workspace.documents)
    };
    let cases: Vec<_> = paths.into_iter().map(read).collect();
    assert!(cases.len() >= 12, "only {} golden cases", cases.len());
    cases
}

fn case(name: &str) -> (Scheme, Vec<Document>) {
    let (_, scheme, documents) = golden().into_iter().find(|(n, ..)| n == name).unwrap();
    (scheme, documents)
}

fn format(id: &str) -> &'static Format {
    Format::by_id(id).unwrap()
}

/// The choices that change what is written.
fn choices() -> Vec<Options> {
    let mut choices = Vec::new();
    for layer in [Layer::Mentions, Layer::Quotations] {
        for (overlaps, columns) in [
            (Overlaps::Outer, Columns::One),
            (Overlaps::Inner, Columns::One),
            (Overlaps::Outer, Columns::Two),
            (Overlaps::Inner, Columns::Two),
        ] {
            for tagging in [Tagging::Iob2, Tagging::Bilou] {
                for take in [Take::All, Take::Accepted] {
                    choices.push(Options {
                        layer,
                        overlaps,
                        columns,
                        tagging,
                        take,
                        ..Options::default()
                    });
                }
            }
        }
    }
    choices
}

#[test]
fn what_each_format_holds_comes_back() {
    for (name, scheme, documents) in golden() {
        for format in Format::all() {
            for options in choices() {
                let files = format.export(&scheme, &documents, &options);
                assert!(!files.is_empty(), "{} wrote nothing of {name}", format.id);
                if let Err(what) = format.check(&files, &documents, &options) {
                    panic!("{} of {name} with {options:?}: {what}", format.id);
                }
            }
        }
    }
}

#[test]
fn a_document_without_loss_comes_back_equal() {
    for (name, scheme, documents) in golden() {
        for format in Format::all().iter().filter(|format| format.reads()) {
            let options = Options::default();
            if !format.loss(&documents, &options).is_none() || !format.id.starts_with("native") {
                continue;
            }
            let back = format.import(&format.export(&scheme, &documents, &options));
            assert_eq!(back.documents, documents, "{} of {name}", format.id);
            assert_eq!(back.scheme.as_ref(), Some(&scheme), "{} of {name}", format.id);
        }
    }
}

#[test]
fn the_check_sees_a_changed_file() {
    let (scheme, documents) = case("split");
    let options = Options::default();
    for format in Format::all().iter().filter(|format| format.reads()) {
        let files = format.export(&scheme, &documents, &options);
        let mut changed = false;
        let bent: Vec<File> = files
            .into_iter()
            .map(|file| {
                let text = String::from_utf8_lossy(&file.bytes).into_owned();
                let bent = text.replace("Brest", "Brast").replace("PLACE", "PLICE");
                changed |= bent != text;
                File { bytes: bent.into_bytes(), ..file }
            })
            .collect();
        assert!(changed, "{} names no label", format.id);
        assert!(format.check(&bent, &documents, &options).is_err(), "{}", format.id);
    }
}

#[test]
fn losses_are_counted() {
    let options = Options::default();
    let (_, documents) = case("nested");
    let loss = format("conll").loss(&documents, &options);
    // Of nine spans one is a speaker; kept are the role, the person and the
    // longest of four that overlap.
    assert_eq!((loss.of(Part::OtherLayer), loss.of(Part::Overlaps)), (1, 5));
    // A second column holds the longest of what those overlap.
    let two = Options { columns: Columns::Two, ..Options::default() };
    assert_eq!(format("conll").loss(&documents, &two).of(Part::Overlaps), 2);
    let inner = Options { overlaps: Overlaps::Inner, ..Options::default() };
    let kept = format("conll").projection(&documents, &inner);
    let words: Vec<&str> = kept[0].spans().map(|(_, s)| kept[0].words(s)).collect();
    assert_eq!(words, ["Île-de-France", "Luc Petit", "Conseil d’État", "Lyon Nord"]);

    let (_, documents) = case("split");
    let loss = format("doccano").loss(&documents, &options);
    assert_eq!(loss.of(Part::Relations), 7);
    assert_eq!(loss.of(Part::Entities), 6);
    assert_eq!(loss.of(Part::Kinds), 3);
    assert!(format("doccano-relations").loss(&documents, &options).of(Part::Relations) == 0);

    let (_, documents) = case("outside");
    let taken = Options { take: Take::Accepted, ..Options::default() };
    assert_eq!(format("native").loss(&documents, &taken).of(Part::Refrained), 3);
    assert!(format("native").loss(&documents, &options).is_none());
    assert_eq!(format("brat").loss(&documents, &options).of(Part::Unmentioned), 1);
    assert_eq!(format("label-studio").loss(&documents, &options).of(Part::Refusals), 1);
}

#[test]
fn a_flat_format_never_holds_overlaps() {
    for (name, _, documents) in golden() {
        for format in Format::all().iter().filter(|format| format.spans == Spans::Flat) {
            for options in choices() {
                for document in format.projection(&documents, &options) {
                    let mut ranges: Vec<_> = document.spans().map(|(_, s)| s.range).collect();
                    ranges.sort();
                    let clear = ranges.windows(2).all(|pair| pair[0].end <= pair[1].start);
                    assert!(clear, "{} of {name}", format.id);
                }
            }
        }
    }
}

#[test]
fn broken_files_are_reported_and_never_fell_a_reader() {
    // A linear congruential generator: the same breaks on every run.
    let mut state = 1u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % below.max(1)
    };
    let mut english = std::collections::BTreeSet::new();
    for (_, scheme, documents) in golden() {
        for format in Format::all().iter().filter(|format| format.reads()) {
            let files = format.export(&scheme, &documents, &Options::default());
            for round in 0..40 {
                let mut broken = files.clone();
                let at = next(broken.len());
                let bytes = &mut broken[at].bytes;
                let place = next(bytes.len());
                match round % 5 {
                    0 => bytes.truncate(place),
                    1 if !bytes.is_empty() => bytes[place] = next(256) as u8,
                    2 => bytes.splice(place..place, *b"99999999999999999999").for_each(drop),
                    3 => {
                        let end = (place + next(40)).min(bytes.len());
                        bytes.drain(place..end);
                    }
                    _ => {
                        broken.remove(at);
                    }
                }
                let back = format.import(&broken);
                for problem in &back.problems {
                    // Parsers of JSON and XML speak for themselves, and name a place.
                    let last = problem.what.split(' ').next_back().unwrap_or_default();
                    let is_parsers = problem.what.contains(" at line ")
                        || last.split(':').count() == 2
                            && last.chars().all(|c| c.is_ascii_digit() || c == ':');
                    let french = french::translated(&problem.what);
                    if !is_parsers && french.is_none() {
                        english.insert(problem.what.clone());
                    }
                }
                for document in &back.documents {
                    let sound = document.spans().all(|(_, s)| !document.words(s).is_empty());
                    assert!(sound, "{}", format.id);
                }
            }
            let empty = [File { name: "x".to_owned(), bytes: b"\xff\xfe\0".to_vec() }];
            format.import(&empty);
        }
    }
    assert!(english.is_empty(), "no French for {english:#?}");
}

/// `tests/malformed` has a folder a format; the files of one name are read
/// together.
#[test]
fn malformed_files_are_reported_where_they_are_wrong() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/malformed");
    let list = |folder: &Path| {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    };
    for folder in list(&folder) {
        let format = format(folder.file_name().unwrap().to_str().unwrap());
        let paths = list(&folder);
        for same in paths.chunk_by(|a, b| a.file_stem() == b.file_stem()) {
            let file = |path: &std::path::PathBuf| {
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                File { name, bytes: std::fs::read(path).unwrap() }
            };
            let files: Vec<File> = same.iter().map(file).collect();
            let back = format.import(&files);
            assert!(!back.problems.is_empty(), "{} says nothing of {:?}", format.id, same);
            for problem in back.problems {
                let name = files[0].name.rsplit_once('.').unwrap().0;
                let place = &problem.path;
                assert!(place.contains(name) || place.contains("documents"), "{place}: {same:?}");
                assert!(!problem.what.is_empty());
            }
        }
    }
}

/// Texts of what breaks offsets, layouts and marks.
fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "Ana",
        "Roy",
        "l’",
        "a dit",
        " ",
        " ",
        " ",
        ".",
        ",",
        "«",
        "»",
        "\n",
        "\r\n",
        "\t",
        "\u{a0}",
        "\u{202f}",
        "🚨",
        "👩\u{200d}🚒",
        "e\u{301}",
        "<",
        "&",
        "\"",
        "|",
        "\\",
        "#",
        "-",
        "_",
        "12",
        "000",
        "\u{2028}",
        "\u{85}",
        "\u{1c}",
        "\u{1}",
        "\u{fffe}",
        "\u{feff}",
        "סלام",
        "]]>",
        "-DOCSTART-",
        "=",
        "'",
        "(",
        ")",
        "_x0041_",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40)
        .prop_map(|pieces| pieces.concat())
}

/// Documents with spans anywhere, tied anyhow.
fn document() -> impl Strategy<Value = Document> {
    let place = (0..200usize, 0..60usize);
    let label =
        prop::sample::select(vec!["PERSON", "ORG", "QUOTE", "CUE", "SPEAKER", "À b", "x-y"]);
    let details = (any::<bool>(), any::<bool>(), prop::option::of(0..3u32), 0..5u8);
    let span = (place, label, details);
    let relation =
        (0..12usize, 0..12usize, prop::sample::select(vec!["cue", "speaker", "next", "a b"]));
    let spans = prop::collection::vec(span, 0..12);
    // The same link twice says nothing that once does not.
    let relations = prop::collection::btree_set(relation, 0..8);
    (text(), spans, relations).prop_map(|(text, spans, relations)| {
        let mut document = Document::new("doc-1", "T", "fr", &text);
        let mut transaction = Transaction::new("made");
        for number in 0..3 {
            let label = Label::new(["PERSON", "ORG", "Ça & là"][number as usize]);
            let after = Some(Entity { name: format!("Nom {number} <é>"), label });
            transaction.changes.push(Change::Entity { id: EntityId(number), before: None, after });
        }
        let bounds: Vec<usize> =
            text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut made = Vec::new();
        for ((start, len), label, (is_engine, is_proposed, entity, extra)) in spans {
            let start = start % bounds.len();
            let end = (start + len).min(bounds.len() - 1);
            if start >= end {
                continue;
            }
            let range = ByteSpan::new(bounds[start], bounds[end]);
            let mut span = Span::by_person(range, Label::new(label));
            span.entity = entity.map(EntityId);
            if is_engine {
                span.origin = Origin::Engine;
                span.score = Some(0.625);
            }
            if is_proposed {
                span.status = Status::Proposed;
            }
            if label == "QUOTE" {
                let kind = ["direct", "mixed", "indirect"][usize::from(extra) % 3];
                span.attributes.insert("kind".to_owned(), kind.to_owned());
            }
            if extra == 4 {
                span.note = Some("une\nremarque\t<à> \"voir\"".to_owned());
            }
            let id = SpanId(made.len() as u32);
            transaction.changes.push(Change::Span { id, before: None, after: Some(span) });
            made.push(id);
        }
        let relations = relations.into_iter().filter(|(from, to, _)| *from.max(to) < made.len());
        for (number, (from, to, label)) in relations.enumerate() {
            let after = Some(Relation { label: Label::new(label), from: made[from], to: made[to] });
            let id = RelationId(number as u32);
            transaction.changes.push(Change::Relation { id, before: None, after });
        }
        document.apply(&transaction).unwrap();
        document
    })
}

proptest! {
    #[test]
    fn what_a_format_holds_of_any_document_comes_back(document in document()) {
        let documents = [document];
        let scheme = Scheme::default();
        for format in Format::all() {
            for layer in [Layer::Mentions, Layer::Quotations] {
                for (overlaps, columns) in
                    [(Overlaps::Outer, Columns::One), (Overlaps::Inner, Columns::Two)]
                {
                    let options = Options { layer, overlaps, columns, ..Options::default() };
                    let files = format.export(&scheme, &documents, &options);
                    let checked = format.check(&files, &documents, &options);
                    prop_assert!(checked.is_ok(), "{} with {:?}: {:?}", format.id, options, checked);
                    // What a format holds, it holds wholly, and what loses nothing is the same.
                    let held = format.projection(&documents, &options);
                    let again = format.loss(&held, &options);
                    prop_assert!(again.parts().all(|(part, _)| [Part::Texts, Part::Alone].contains(&part)), "{} {:?}", format.id, again);
                    if format.loss(&documents, &options).is_none() {
                        prop_assert_eq!(&held, &documents);
                    }
                }
            }
        }
    }
}

#[test]
fn documents_of_like_ids_all_come_back() {
    let ids = ["a/b", "a_b", "a_b", "a_b-2", "A_B", "", "", &"𝒜".repeat(300)];
    let documents: Vec<Document> = ids
        .iter()
        .enumerate()
        .map(|(number, id)| Document::new(id, "Titre", "fr", &format!("Texte {number}")))
        .collect();
    let options = Options::default();
    for format in Format::all() {
        let files = format.export(&Scheme::default(), &documents, &options);
        let names: std::collections::BTreeSet<String> =
            files.iter().map(|file| file.name.to_lowercase()).collect();
        assert_eq!(names.len(), files.len(), "{}", format.id);
        assert!(names.iter().all(|name| name.len() <= 255), "{}", format.id);
        let checked = format.check(&files, &documents, &options);
        assert!(checked.is_ok(), "{}: {checked:?}", format.id);
    }
}

#[test]
fn what_differs_is_told_in_short() {
    let long = "Une phrase sans fin. ".repeat(5000);
    let told = [Document::new("d", "", "fr", &format!("{long}Lyon{long}"))];
    let other = [Document::new("d", "", "fr", &format!("{long}Nice{long}"))];
    let options = Options::default();
    let native = format("native");
    let files = native.export(&Scheme::default(), &other, &options);
    let what = native.check(&files, &told, &options).unwrap_err();
    assert!(what.len() < 400 && what.contains("Lyon") && what.contains("Nice"), "{what}");
}
