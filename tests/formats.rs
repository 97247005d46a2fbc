//! Every format over every golden case: what it holds comes back, what it
//! cannot hold is counted, and no broken file makes a reader fall.

use std::path::Path;

use guillemet::document::Document;
use guillemet::formats::{
    File, Format, Layer, Options, Overlaps, Part, Spans, Tagging, Take, native,
};
use guillemet::scheme::Scheme;

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
        for overlaps in [Overlaps::Outer, Overlaps::Inner] {
            for tagging in [Tagging::Iob2, Tagging::Bilou] {
                for take in [Take::All, Take::Accepted] {
                    choices.push(Options { layer, overlaps, tagging, take, ..Options::default() });
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
                for document in &back.documents {
                    let sound = document.spans().all(|(_, s)| !document.words(s).is_empty());
                    assert!(sound, "{}", format.id);
                }
            }
            let empty = [File { name: "x".to_owned(), bytes: b"\xff\xfe\0".to_vec() }];
            format.import(&empty);
        }
    }
}
