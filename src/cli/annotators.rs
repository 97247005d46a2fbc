//! Whose work each file is, where a format compares annotators: the files of
//! each, their names, and the engine where there is nobody else.

use crate::document::{Document, Status};
use crate::formats::{File, Files, Format, Imported, Options};
use crate::scheme::Scheme;
use crate::session::{ENGINE, Session, first_proposals};

/// The files of each annotator, in the order in which they come, with a name:
/// that of the file, or of the folder where a format has a file a dispatch;
/// more of the path where two would have the same.
pub fn groups(files: Vec<File>, from: Option<&'static Format>) -> Vec<(String, Vec<File>)> {
    let mut groups: Vec<(String, Vec<File>)> = Vec::new();
    for file in files {
        let format = from.or_else(|| Format::guess(std::slice::from_ref(&file)));
        let is_one_of_many =
            format.is_some_and(|format| format.files == Files::Each) || file.name.ends_with(".txt");
        let place = match file.name.rsplit_once(['/', '\\']) {
            Some((folder, _)) if is_one_of_many => folder,
            _ if is_one_of_many => "",
            _ => without_ending(&file.name),
        };
        match groups.iter_mut().find(|(other, _)| other == place) {
            Some((_, group)) => group.push(file),
            None => groups.push((place.to_owned(), vec![file])),
        }
    }
    let last = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned();
    let names: Vec<String> = groups.iter().map(|(path, _)| last(path)).collect();
    for (at, name) in names.iter().enumerate() {
        if !name.is_empty() && names.iter().filter(|other| *other == name).count() == 1 {
            groups[at].0.clone_from(name);
        }
    }
    groups
}

fn without_ending(name: &str) -> &str {
    let start = name.rfind(['/', '\\']).map_or(0, |at| at + 1);
    name[start..].rfind('.').map_or(name, |at| &name[..start + at])
}

/// The documents of all annotators, and in `options` who made which. One
/// alone goes by the name `alone`, beside the engine.
pub fn joined(
    mut groups: Vec<(String, Imported)>,
    alone: String,
    options: &mut Options,
) -> Imported {
    if let [(name, only)] = groups.as_mut_slice() {
        *name = alone;
        let documents = only.documents.iter().map(proposals).collect();
        let engine = Imported { documents, ..Imported::default() };
        groups.insert(0, (ENGINE.to_owned(), engine));
    }
    let mut all = Imported::default();
    for (name, mut read) in groups {
        options.annotators.extend(read.documents.iter().map(|_| name.clone()));
        all.documents.append(&mut read.documents);
        all.scheme = all.scheme.or(read.scheme);
    }
    all
}

/// What the engine proposes for the text of a document.
fn proposals(document: &Document) -> Document {
    let mut session = Session::restored(Scheme::default(), Vec::new(), None);
    let bare = Document::new(&document.id, &document.title, &document.language, document.text());
    super::tag::tag(&mut session, bare);
    let proposed = session.works().first().and_then(first_proposals);
    debug_assert!(
        proposed.iter().flat_map(Document::spans).all(|(_, s)| s.status == Status::Accepted),
        "what the engine stands behind is no open proposal of anybody's"
    );
    proposed.unwrap_or_else(|| document.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(paths: &[&str], from: &str) -> Vec<(String, usize)> {
        let files = paths.iter().map(|path| File::text(*path, "")).collect();
        let groups = groups(files, Format::by_id(from));
        groups.into_iter().map(|(name, files)| (name, files.len())).collect()
    }

    #[test]
    fn a_file_or_a_folder_is_an_annotator() {
        let name = |name: &str, count| (name.to_owned(), count);
        assert_eq!(
            names(&["x/ana.json", "bob.v2.json"], "native"),
            [name("ana", 1), name("bob.v2", 1)]
        );
        assert_eq!(
            names(&["ana/d.json", "bob/d.json"], "native"),
            [name("ana/d", 1), name("bob/d", 1)]
        );
        let brat = ["r/ana/1.ann", "r/ana/1.txt", "r/bob/1.ann", "r/bob/1.txt"];
        assert_eq!(names(&brat, "brat"), [name("ana", 2), name("bob", 2)]);
    }
}
