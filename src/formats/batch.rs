//! Files of any kind that a person opens together: archives are unpacked,
//! each file goes to the reader of its format, and what is no annotated file
//! is handed back.
//!
//! Files that only say something together (a text and its annotations in
//! brat's way, with their configuration) are read together.

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::{File, Format};
use super::draft::Problem;
use super::guess::{Kind, kind_of};
use super::{html, mapping, plain, unzip};
use crate::document::Document;
use crate::scheme::{Label, LabelDef, RelationDef, Scheme};
use crate::text::{MAX_TEXT_BYTES, title_of};

/// What a person may say of a file instead of a format: it is a text.
pub const TEXT: &str = "text";
/// What a person may say of a file instead of a format: leave it.
pub const LEAVE: &str = "leave";

/// How deep archives lie in archives: INCEpTION's exports have two levels.
const DEPTH: usize = 3;

/// Colours for labels that come without one, legible on a light page.
const COLORS: [&str; 6] = ["#6b4a8c", "#3d6b6b", "#8c4a5f", "#4a6b1d", "#80591a", "#4a5a8c"];

/// What files hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// The labels and relations that they define or use, but for labels that
    /// are known and not defined.
    pub scheme: Scheme,
    /// Their documents. An id is empty where the file gives none, or gives it
    /// twice.
    pub documents: Vec<Document>,
    /// What could not be kept.
    pub problems: Vec<Problem>,
    /// Texts without annotation.
    pub texts: Vec<File>,
    /// Files that do not tell their format.
    pub unsure: Vec<String>,
    /// Whether our own program wrote all that has annotation.
    pub ours: bool,
    /// Labels that are neither ours nor `known`, and on how many spans and
    /// entities they are.
    pub foreign: BTreeMap<String, usize>,
}

/// Reads `files`. `chosen` says by name what files are that do not tell;
/// labels in `known` are taken as they are, and those in `renamed` under
/// their new names.
pub fn read(
    files: Vec<File>,
    chosen: &BTreeMap<String, String>,
    known: &BTreeSet<String>,
    renamed: &BTreeMap<String, String>,
) -> Batch {
    let mut batch = Batch {
        scheme: Scheme { labels: Vec::new(), relations: Vec::new() },
        documents: Vec::new(),
        problems: Vec::new(),
        texts: Vec::new(),
        unsure: Vec::new(),
        ours: true,
        foreign: BTreeMap::new(),
    };
    let files = opened(files, &mut batch.problems);
    for (format, files) in sorted(files, chosen, &mut batch) {
        batch.take(format, &files, known);
    }
    for document in &mut batch.documents {
        mapping::rename(document, renamed);
    }
    let is_kept = |def: &LabelDef| renamed.get(def.name.as_str()).is_none_or(|n| def.name == **n);
    batch.scheme.labels.retain(is_kept);
    let used = mapping::count(&batch.documents);
    batch.define(used.into_keys().filter(|label| !known.contains(label)));
    batch
}

impl Batch {
    fn take(&mut self, format: &Format, files: &[File], known: &BTreeSet<String>) {
        let imported = format.import(files);
        if imported.documents.is_empty()
            && imported.problems.is_empty()
            && imported.scheme.is_none()
        {
            let names: Vec<&str> = files.iter().map(|file| &*file.name).collect();
            self.problems.push(Problem::new(names.join(", "), "there is no document in it"));
        }
        self.problems.extend(imported.problems);
        let is_ours = format.id.starts_with("native");
        self.ours &= is_ours;
        if !is_ours {
            for (label, count) in mapping::count(&imported.documents) {
                if !known.contains(&label) {
                    *self.foreign.entry(label).or_default() += count;
                }
            }
        }
        for def in imported.scheme.into_iter().flat_map(|scheme| scheme.labels) {
            if self.scheme.label(&def.name).is_none() {
                self.scheme.labels.push(def);
            }
        }
        for mut document in imported.documents {
            let size = document.text().len();
            if size > MAX_TEXT_BYTES {
                let path = files.first().map_or("", |file| &file.name);
                let what = format_args!("{size} bytes are more than a document holds: split it");
                self.problems.push(Problem::new(path, what));
                continue;
            }
            if self.documents.iter().any(|other| other.id == document.id) {
                document.id.clear();
            }
            if document.title.is_empty() {
                document.title = title_of(document.text());
            }
            self.documents.push(document);
        }
    }

    /// Defines the labels and relations of the documents that nothing does.
    fn define(&mut self, labels: impl Iterator<Item = String>) {
        for (index, name) in labels.enumerate() {
            let name = Label::new(&name);
            if self.scheme.label(&name).is_none() {
                let color = COLORS[index % COLORS.len()].to_owned();
                self.scheme.labels.push(LabelDef::new(name.as_str(), color, None));
            }
        }
        let relations: BTreeSet<Label> = self
            .documents
            .iter()
            .flat_map(|document| document.relations().map(|(_, relation)| relation.label.clone()))
            .collect();
        self.scheme.relations = relations.into_iter().map(|name| RelationDef { name }).collect();
    }
}

/// The files with archives unpacked, without what systems and tools add.
pub(crate) fn opened(files: Vec<File>, problems: &mut Vec<Problem>) -> Vec<File> {
    let mut found = Vec::new();
    let mut closed: Vec<(usize, File)> = files.into_iter().rev().map(|file| (0, file)).collect();
    let mut room = unzip::MAX_BYTES;
    while let Some((depth, file)) = closed.pop() {
        if !unzip::is_zip(&file.bytes) {
            found.push(file);
            continue;
        }
        if depth == DEPTH {
            problems
                .push(Problem::new(&file.name, "archives lie too deep in each other: unpack it"));
            continue;
        }
        let inner = unzip::unpack(&file, &mut room, problems);
        if inner.iter().any(|file| file.name == "[Content_Types].xml") {
            let what = "this is an Office file: save it as text (.txt), then open that";
            problems.push(Problem::new(&file.name, what));
            continue;
        }
        let inner = inner.into_iter().filter(|file| !is_by_the_way(&file.name)).map(|inner| {
            let name = format!("{}/{}", file.name, inner.name);
            (depth + 1, File { name, bytes: inner.bytes })
        });
        let mut inner: Vec<_> = inner.collect();
        inner.reverse();
        closed.extend(inner);
    }
    found
}

/// Whether a file of an archive is a card, a script or a system's own.
fn is_by_the_way(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    let last = last.to_lowercase();
    let endings = [".md", ".py"];
    plain::is_systems_own(name)
        || last == "typesystem.xml"
        || endings.iter().any(|ending| last.ends_with(ending))
}

/// The files by their formats, in the order in which these first come.
fn sorted(
    files: Vec<File>,
    chosen: &BTreeMap<String, String>,
    batch: &mut Batch,
) -> Vec<(&'static Format, Vec<File>)> {
    // Formats that keep a document's text in a file beside it, by that file's
    // path without its ending.
    let mut beside: BTreeMap<String, &str> = BTreeMap::new();
    let kinds: Vec<Kind> = files.iter().map(kind_of).collect();
    for (file, kind) in files.iter().zip(&kinds) {
        let format = match kind {
            _ if file.is("ann") => "brat",
            Kind::Of(format) if format.id == "web-annotation" => format.id,
            _ => continue,
        };
        let base = file.name.rsplit_once('.').map_or(&*file.name, |(base, _)| base);
        beside.insert(base.to_owned(), format);
    }
    let is_brat_here = beside.values().any(|format| *format == "brat");
    let format_of = |file: &File| {
        if file.is("ann") || file.is("conf") && is_brat_here {
            return Some("brat");
        }
        beside.get(file.name.strip_suffix(".txt")?).copied()
    };
    let mut groups: Vec<(&'static Format, Vec<File>)> = Vec::new();
    for (file, kind) in files.into_iter().zip(kinds) {
        let kind = match chosen.get(&file.name).map(String::as_str) {
            Some(LEAVE) => continue,
            Some(TEXT) => Kind::Text,
            Some(id) => Format::by_id(id).map_or(Kind::Unsure, Kind::Of),
            None => match format_of(&file) {
                Some(id) => Format::by_id(id).map_or(Kind::Unsure, Kind::Of),
                None => kind,
            },
        };
        match kind {
            Kind::Of(format) => match groups.iter_mut().find(|(other, _)| other.id == format.id) {
                Some((_, group)) => group.push(file),
                None => groups.push((format, vec![file])),
            },
            Kind::Text => batch.texts.push(file),
            Kind::Page => {
                let name = file.name.clone();
                match html::reduced(file) {
                    Ok(text) => batch.texts.push(text),
                    Err(error) => batch.problems.push(Problem::new(name, error)),
                }
            }
            Kind::Broken(why) => batch.problems.push(Problem::new(&file.name, why)),
            Kind::Unsure => batch.unsure.push(file.name),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::zip;

    const DOCCANO: &str = r#"{"text":"Ana Roy à Lyon","label":[[0,7,"PER"],[10,14,"LOC"]]}"#;

    fn batch(files: &[(&str, &str)], chosen: &[(&str, &str)]) -> Batch {
        let files = files.iter().map(|(name, text)| File::text(*name, *text)).collect();
        let text = |text: &&str| (*text).to_owned();
        let chosen = chosen.iter().map(|(a, b)| (text(a), text(b))).collect();
        let ours = Scheme::default().labels.into_iter().map(|def| def.name.to_string()).collect();
        read(files, &chosen, &ours, &BTreeMap::new())
    }

    #[test]
    fn a_text_goes_with_the_annotations_beside_it() {
        let page = r#"{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": []}"#;
        let read = batch(&[("d/a.txt", "Ana Roy"), ("d/a.jsonld", page), ("d/b.txt", "Lyon")], &[]);
        assert_eq!(told(&read), Vec::<String>::new());
        assert_eq!(read.documents.len(), 1);
        assert_eq!(&**read.documents[0].text(), "Ana Roy");
        assert_eq!(read.texts.len(), 1);
    }

    fn told(batch: &Batch) -> Vec<String> {
        batch.problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn each_file_goes_to_its_reader() {
        let found = batch(
            &[
                ("a.txt", "Une dépêche.\nO"),
                ("b.jsonl", DOCCANO),
                ("c.txt", "Ana Roy"),
                ("c.ann", "T1\tPERSON 0 7\tAna Roy\n"),
                ("d.md", "# Titre\n\nUn texte"),
                ("g.html", "<nav>Menu</nav><p>Un&nbsp;texte</p>"),
                ("e.json", r#"{"a": 1}"#),
                ("f.json", "{\"format\": \"guillemet\","),
            ],
            &[],
        );
        let titles: Vec<&str> = found.documents.iter().map(|d| &*d.title).collect();
        assert_eq!(titles, ["Ana Roy à Lyon", "Ana Roy"]);
        let texts: Vec<&str> = found.texts.iter().map(|file| &*file.name).collect();
        assert_eq!(texts, ["a.txt", "d.md", "g.html"]);
        assert_eq!(found.texts[2].bytes, "Un\u{a0}texte".as_bytes());
        assert_eq!(found.unsure, ["e.json"]);
        assert_eq!(found.foreign, BTreeMap::from([("LOC".into(), 1), ("PER".into(), 1)]));
        assert_eq!(
            told(&found),
            ["f.json: this is no JSON from line 1, column 23 on: put it right"]
        );
        let labels: Vec<&str> = found.scheme.labels.iter().map(|def| def.name.as_str()).collect();
        assert_eq!(labels, ["LOC", "PER"]);
    }

    #[test]
    fn a_person_decides_what_does_not_tell() {
        let odd = [("e.json", r#"{"a": 1}"#), ("f.csv", "a,b"), ("g.bin", DOCCANO)];
        assert_eq!(batch(&odd, &[]).unsure, ["e.json", "f.csv"]);
        let found = batch(&odd, &[("e.json", LEAVE), ("f.csv", TEXT), ("g.bin", "doccano")]);
        assert_eq!((found.unsure.len(), found.texts.len(), found.documents.len()), (0, 1, 1));
    }

    #[test]
    fn archives_are_read_as_their_files_are() {
        let archive = |files: &[File]| File { name: "a.zip".into(), bytes: zip::pack(files) };
        let files = [
            File::text("README.md", "# Un jeu"),
            File::text("__MACOSX/._x", "x"),
            File::text("data/train.jsonl", DOCCANO),
            File { name: "b.zip".into(), bytes: zip::pack(&[File::text("c.txt", "Un texte")]) },
        ];
        let found =
            read(vec![archive(&files)], &BTreeMap::new(), &BTreeSet::new(), &BTreeMap::new());
        assert_eq!((found.documents.len(), &*found.texts[0].name), (1, "a.zip/b.zip/c.txt"));
        assert_eq!(told(&found), [""; 0]);
        let office = archive(&[File::text("[Content_Types].xml", "<Types/>")]);
        let found = read(vec![office], &BTreeMap::new(), &BTreeSet::new(), &BTreeMap::new());
        assert_eq!(
            told(&found),
            ["a.zip: this is an Office file: save it as text (.txt), then open that"]
        );
    }

    #[test]
    fn an_id_is_given_once() {
        let line = r#"{"text":"Lyon","label":[],"doc_id":"d"}"#;
        let found = batch(&[("a.jsonl", line), ("b.jsonl", line)], &[]);
        let ids: Vec<&str> = found.documents.iter().map(|d| &*d.id).collect();
        assert_eq!(ids, ["d", ""]);
    }
}
