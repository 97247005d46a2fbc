//! What the converter answers to what the page asks ([`super::converter`]).

use super::catalogue::{Columns, File, Format, Options, Spans};
use super::converter::{
    Answer, Ask, Beside, Delivery, Offer, Order, Packet, Read, Tongue, Written,
};
use super::loss::Part;
use super::{batch, french, mapping, native, zip};
use crate::document::{Document, Status};
use crate::scheme::Scheme;

/// How much text is read at once, in bytes; a longer text is a portion alone.
const PORTION: usize = 64 * 1024;
/// How much of a text file the page shows, in bytes.
const PREVIEW: usize = 4000;

/// Answers a request.
pub fn answer(ask: Ask) -> Answer {
    match ask {
        Ask::Write(order) => write(&order).map_or_else(Answer::Refused, Answer::Written),
        Ask::Read(delivery) => Answer::Read(read(delivery)),
    }
}

fn write(order: &Order) -> Result<Written, String> {
    let Order { format, options, .. } = order;
    let format = Format::by_id(format).ok_or_else(|| format!("no format is called {format}"))?;
    let workspace = native::read(&order.workspace).map_err(|error| error.to_string())?;
    let (scheme, documents) = (&workspace.scheme, workspace.documents.as_slice());
    let mut files = format.export(scheme, documents, options);
    let losses = format.loss(documents, options);
    let differs = format.check(&files, documents, options).err();
    let offers = offers(format, scheme, documents, options, &files);
    if order.beside == Beside::Native {
        let name = format!("{}.guillemet.json", options.stem);
        files.push(File::text(name, native::write(scheme, documents)));
    }
    let text = files.iter().find_map(|file| std::str::from_utf8(&file.bytes).ok());
    let preview = text.filter(|_| format.id != "xlsx").unwrap_or_default();
    Ok(Written {
        preview: preview[..preview.floor_char_boundary(PREVIEW)].to_owned(),
        names: files.iter().map(|file| file.name.clone()).collect(),
        media_type: if files.len() == 1 { format.media_type } else { "application/zip" }.to_owned(),
        losses: losses.parts().collect(),
        offers,
        checked: format.reads(),
        differs,
        download: packed(files, format, &options.stem),
    })
}

/// One file as it is, under a name that a person gives; several as an archive.
fn packed(mut files: Vec<File>, format: &Format, stem: &str) -> Packet {
    match (files.pop(), files.is_empty()) {
        (Some(file), true) => {
            Packet { name: format!("{stem}.{}", format.extension), bytes: file.bytes }
        }
        (last, _) => {
            files.extend(last);
            Packet { name: format!("{stem}.{}.zip", format.id), bytes: zip::pack(&files) }
        }
    }
}

/// The choices of which the other side gives other files. The documents tell:
/// where nothing overlaps, nobody is asked what is to stay.
fn offers(
    format: &Format,
    scheme: &Scheme,
    documents: &[Document],
    options: &Options,
    files: &[File],
) -> Vec<Offer> {
    let is_asked = |offer: Offer, other: &Options| match offer {
        Offer::Take => documents
            .iter()
            .flat_map(Document::spans)
            .any(|(_, span)| span.status == Status::Proposed),
        Offer::Columns => {
            options.columns == Columns::Two
                || format.spans == Spans::Columns
                    && format.loss(documents, options).of(Part::Overlaps) > 0
        }
        Offer::Unit => other.unit.is_some_and(|unit| format.units.contains(&unit)),
        Offer::Layer | Offer::Overlaps | Offer::Tagging => true,
    };
    let changes = |offer: &Offer| {
        let mut other = options.clone();
        offer.turn(&mut other);
        is_asked(*offer, &other) && format.export(scheme, documents, &other) != files
    };
    Offer::ALL.into_iter().filter(changes).collect()
}

fn read(delivery: Delivery) -> Read {
    let files = delivery.files.into_iter().map(File::from).collect();
    let batch = batch::read(files, &delivery.chosen, &delivery.known, &delivery.renamed);
    let foreign = batch.foreign.into_iter().map(|(name, count)| {
        let like = mapping::like(&name).filter(|like| *like != name);
        (name, count, like.map(str::to_owned))
    });
    let told = |problem| match delivery.tongue {
        Tongue::English => problem,
        Tongue::French => french::problem(&problem),
    };
    Read {
        workspaces: portions(&batch.documents)
            .map(|portion| native::write_line(&batch.scheme, portion))
            .collect(),
        scheme: native::write_line(&batch.scheme, &[]),
        ours: batch.ours,
        problems: batch.problems.into_iter().map(told).map(|p| (p.path, p.what)).collect(),
        texts: batch.texts.into_iter().map(Packet::from).collect(),
        unsure: batch.unsure,
        foreign: foreign.collect(),
    }
}

/// The documents in order, so many at a time as make a portion.
fn portions(documents: &[Document]) -> impl Iterator<Item = &[Document]> {
    let mut rest = documents;
    std::iter::from_fn(move || {
        let mut size = 0;
        let mut fits = |document: &Document| {
            let is_first = size == 0;
            size += document.text().len().max(1);
            is_first || size <= PORTION
        };
        let count = rest.iter().take_while(|document| fits(document)).count();
        let (portion, later) = rest.split_at(count);
        rest = later;
        (!portion.is_empty()).then_some(portion)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A dispatch with quotations, nested names and an emoji.
    fn workspace() -> native::Workspace {
        native::read(include_str!("../../tests/golden/nested.json")).unwrap()
    }

    fn order(format: &str) -> Order {
        let native::Workspace { scheme, documents, .. } = workspace();
        Order {
            workspace: native::write(&scheme, &documents),
            format: format.to_owned(),
            options: Options { stem: "depeche".to_owned(), ..Options::default() },
            beside: Beside::Nothing,
        }
    }

    fn written(order: Order) -> Written {
        match answer(Ask::Write(order)) {
            Answer::Written(written) => written,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn one_file_goes_as_it_is_and_several_as_an_archive() {
        let native::Workspace { scheme, documents, .. } = workspace();
        let options = Options { stem: "depeche".to_owned(), ..Options::default() };
        for format in Format::all() {
            let files = format.export(&scheme, &documents, &options);
            let got = written(order(format.id));
            assert_eq!(got.differs, None, "{}", format.id);
            assert_eq!(got.names.len(), files.len());
            if let [file] = files.as_slice() {
                assert_eq!(got.download.bytes, file.bytes, "{}", format.id);
                assert_eq!(got.download.name, format!("depeche.{}", format.extension));
            } else {
                let archive = File::from(got.download);
                let mut room = super::super::unzip::MAX_BYTES;
                let back = super::super::unzip::unpack(&archive, &mut room, &mut Vec::new());
                assert_eq!(back, files, "{}", format.id);
            }
        }
    }

    #[test]
    fn the_native_file_goes_along_where_it_is_wanted() {
        let got = written(Order { beside: Beside::Native, ..order("conll") });
        assert_eq!(got.names, ["depeche.conll", "depeche.guillemet.json"]);
        assert_eq!(got.download.name, "depeche.conll.zip");
    }

    #[test]
    fn only_choices_that_change_the_files_are_offered() {
        let conll = written(order("conll"));
        assert!(conll.offers.contains(&Offer::Overlaps) && conll.offers.contains(&Offer::Tagging));
        assert!(conll.losses.iter().any(|(part, _)| *part == Part::Overlaps));
        let native = written(order("native-jsonl"));
        assert!(native.offers.iter().all(|offer| *offer == Offer::Take), "{:?}", native.offers);
        assert_eq!(native.losses, []);
    }

    #[test]
    fn what_is_no_request_is_refused() {
        for broken in [
            Order { format: "nothing".to_owned(), ..order("conll") },
            Order { workspace: "{".to_owned(), ..order("conll") },
        ] {
            assert!(matches!(answer(Ask::Write(broken)), Answer::Refused(_)));
        }
    }

    #[test]
    fn many_documents_come_in_portions() {
        let line =
            |n: usize| format!("{{\"text\":\"{n} {}\",\"label\":[]}}\n", "mot ".repeat(5_000));
        let lines: String = (0..8).map(line).collect();
        let packet = Packet { name: "a.jsonl".to_owned(), bytes: lines.into_bytes() };
        let delivery = Delivery { files: vec![packet], ..Delivery::default() };
        let Answer::Read(read) = answer(Ask::Read(delivery)) else { panic!("it is no answer") };
        let read = read.workspaces.iter().map(|json| native::read(json).unwrap());
        let counts: Vec<usize> = read.clone().map(|workspace| workspace.documents.len()).collect();
        assert_eq!(counts, [3, 3, 2]);
        let firsts = read.flat_map(|workspace| workspace.documents);
        let firsts: Vec<String> = firsts.map(|d| d.text()[..1].to_owned()).collect();
        assert_eq!(firsts.concat(), "01234567");
    }

    #[test]
    fn foreign_labels_are_told_and_renamed() {
        let line = r#"{"text":"Ana Roy à Lyon","label":[[0,7,"PER"],[10,14,"ville"]]}"#;
        let packet = Packet { name: "a.jsonl".to_owned(), bytes: line.into() };
        let mut delivery = Delivery { files: vec![packet], ..Delivery::default() };
        let read = |delivery: &Delivery| match answer(Ask::Read(delivery.clone())) {
            Answer::Read(read) => read,
            other => panic!("{other:?}"),
        };
        let foreign = read(&delivery).foreign;
        let like = Some("PERSON".to_owned());
        assert_eq!(foreign, [("PER".to_owned(), 1, like), ("ville".to_owned(), 1, None)]);
        delivery.renamed.insert("PER".to_owned(), "PERSON".to_owned());
        delivery.known.insert("PERSON".to_owned());
        let back = native::read(&read(&delivery).workspaces.concat()).unwrap();
        assert_eq!(back.problems, []);
        let labels: Vec<&str> = back.documents[0].spans().map(|(_, s)| s.label.as_str()).collect();
        assert_eq!(labels, ["PERSON", "ville"]);
        let defined: Vec<&str> = back.scheme.labels.iter().map(|def| def.name.as_str()).collect();
        assert_eq!(defined, ["ville"]);
    }
}
