//! `guillemet convert`: files of one format into files of another.
//!
//! Says on standard error what could not be read and what the target cannot
//! hold, and checks what it wrote by reading it back. A format that compares
//! annotators takes each file for another one's work ([`annotators`]).

use std::path::Path;

use super::annotators;
use crate::formats::agreement::ANNOTATOR;
use crate::formats::{
    Columns, File, Files, Format, Imported, Layer, Options, Overlaps, Part, Problem, Tagging, Take,
    Unit, batch,
};

/// What `guillemet convert --help` says before it lists the formats.
const HELP: &str = "\
usage: guillemet convert [--from FORMAT] --to FORMAT [--OPTION VALUE]... FILE...

Turns files of one annotation format into files of another. Says on the
standard error what could not be read and what the target cannot hold, and
checks what it wrote by reading it back. A ZIP archive stands for its files.

  --from FORMAT         the format of the files; without it, it is guessed
  --to FORMAT           the format to write
  --out FOLDER          where the files go; without it, one file goes to the
                        standard output
  --stem NAME           how files that hold all documents are called; guillemet

What leaves, where the format leaves a choice; the first is the usual:
  --take all|accepted   all spans, or those that a person accepted
  --layer mentions|quotations
                        which spans, where the format holds one layer
  --columns one|two     CoNLL and BILOU: in a second column (the third) what
                        overlaps; one
  --overlaps outer|inner
                        which of overlapping spans, where it holds no overlaps
  --tagging iob2|bilou  how tags mark the ends of spans
  --unit codepoint|utf16|byte
                        what offsets count

agreement compares annotators: those of several files, which give them their
names (of formats with a file a dispatch, the folders), or what stands in one
file and what the engine proposes for the same texts:
  --annotator NAME      who made that one file; annotator

The exit status is 1 if something went wrong; it was told then.

examples:
  guillemet convert --to conll depeche.json > depeche.conll
  guillemet convert --to agreement --out agreement ana.json bob.json

formats:
";

/// What a wrong call is told.
const SEE: &str = "see guillemet convert --help";

/// What `guillemet convert --help` says.
pub fn help() -> String {
    let row = |format: &Format| {
        let reads = if format.reads() { "" } else { " (only written)" };
        format!("  {:<20}  {}{reads}\n", format.id, format.name)
    };
    HELP.to_owned() + &Format::all().iter().map(row).collect::<String>()
}

/// What a call asks for.
#[derive(Default)]
struct Call {
    from: Option<&'static Format>,
    to: Option<&'static Format>,
    out: Option<String>,
    files: Vec<String>,
    annotator: Option<String>,
    options: Options,
}

/// Runs `guillemet convert` with these words.
///
/// # Errors
/// If the call is wrong, a file cannot be read or written, nothing could be
/// read, or what was written does not come back.
pub fn run(words: &[String]) -> Result<(), String> {
    let mut call = Call::new(words)?;
    let to = call.to.ok_or_else(|| format!("name the target with --to: {}", known()))?;
    let files = call.files.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
    let mut problems = Vec::new();
    let files = batch::opened(files, &mut problems);
    tell(&problems);
    let read = if to.files == Files::Compared {
        let mut groups = Vec::new();
        for (name, files) in annotators::groups(files, call.from) {
            groups.push((name, take(call.from, &files)?));
        }
        let alone = call.annotator.take().unwrap_or_else(|| ANNOTATOR.to_owned());
        annotators::joined(groups, alone, &mut call.options)
    } else {
        take(call.from, &files)?
    };
    for (part, count) in to.loss(&read.documents, &call.options).parts() {
        if part != Part::Texts {
            eprintln!("guillemet: {} cannot hold: {count} {}", to.name, part.name());
        }
    }
    let scheme = read.scheme.unwrap_or_default();
    let written = to.export(&scheme, &read.documents, &call.options);
    to.check(&written, &read.documents, &call.options)
        .map_err(|what| format!("what was written of {} does not come back: {what}", to.name))?;
    match &call.out {
        Some(folder) => written.iter().try_for_each(|file| write(Path::new(folder), file)),
        None => print(&written),
    }
}

/// Reads files of one format, and says what could not be read.
fn take(from: Option<&'static Format>, files: &[File]) -> Result<Imported, String> {
    let from = from.or_else(|| Format::guess(files));
    let from = from.ok_or_else(|| match files.iter().find_map(Format::instead) {
        Some(what) => what.to_owned(),
        None => format!("name the source with --from: {}", known()),
    })?;
    if !from.reads() {
        return Err(format!("{} is only written, not read", from.name));
    }
    let read = from.import(files);
    tell(&read.problems);
    if read.documents.is_empty() {
        return Err(format!("no document of {} was read", from.name));
    }
    Ok(read)
}

fn tell(problems: &[Problem]) {
    for problem in problems {
        eprintln!("guillemet: {problem}");
    }
}

impl Call {
    fn new(words: &[String]) -> Result<Self, String> {
        let mut call = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let Some(option) = word.strip_prefix("--") else {
                call.files.push(word.clone());
                continue;
            };
            let value = words.next().ok_or_else(|| format!("{word} needs a value"))?;
            call.set(option, value)?;
        }
        if call.files.is_empty() {
            return Err(format!("name the files: {SEE}"));
        }
        Ok(call)
    }

    fn set(&mut self, option: &str, value: &str) -> Result<(), String> {
        let format = || {
            let found = Format::by_id(value);
            found.ok_or_else(|| format!("no format is called {value}: {}", known()))
        };
        match (option, value) {
            ("from", _) => self.from = Some(format()?),
            ("to", _) => self.to = Some(format()?),
            ("out", _) => self.out = Some(value.to_owned()),
            ("annotator", _) => self.annotator = Some(value.to_owned()),
            ("stem", _) => value.clone_into(&mut self.options.stem),
            ("layer", "mentions") => self.options.layer = Layer::Mentions,
            ("layer", "quotations") => self.options.layer = Layer::Quotations,
            ("columns", "one") => self.options.columns = Columns::One,
            ("columns", "two") => self.options.columns = Columns::Two,
            ("overlaps", "outer") => self.options.overlaps = Overlaps::Outer,
            ("overlaps", "inner") => self.options.overlaps = Overlaps::Inner,
            ("tagging", "iob2") => self.options.tagging = Tagging::Iob2,
            ("tagging", "bilou") => self.options.tagging = Tagging::Bilou,
            ("take", "all") => self.options.take = Take::All,
            ("take", "accepted") => self.options.take = Take::Accepted,
            ("unit", _) => {
                let unit = Unit::from_word(value);
                self.options.unit = Some(unit.ok_or_else(|| format!("no unit is called {value}"))?);
            }
            _ => return Err(format!("--{option} {value} is no option: {SEE}")),
        }
        Ok(())
    }
}

fn known() -> String {
    Format::all().iter().map(|format| format.id).collect::<Vec<_>>().join(", ")
}

fn read(path: &str) -> Result<File, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{path} cannot be read: {error}"))?;
    Ok(File { name: path.to_owned(), bytes })
}

fn write(folder: &Path, file: &File) -> Result<(), String> {
    let path = folder.join(&file.name);
    let parent = path.parent().unwrap_or(folder);
    std::fs::create_dir_all(parent)
        .and_then(|()| std::fs::write(&path, &file.bytes))
        .map_err(|error| format!("{} cannot be written: {error}", path.display()))
}

/// One file goes to standard output; several need a folder. A reader that
/// leaves early is no error.
fn print(files: &[File]) -> Result<(), String> {
    use std::io::{ErrorKind, Write};
    let [file] = files else {
        let names: Vec<&str> = files.iter().map(|file| &*file.name).collect();
        return Err(format!("name a folder with --out for {}", names.join(", ")));
    };
    match std::io::stdout().write_all(&file.bytes) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("standard output: {error}"))
        }
        _ => Ok(()),
    }
}
