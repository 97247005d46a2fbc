//! `guillemet tag FILE…`: the engine's proposals for files, as one native
//! JSON workspace, or line by line (`--jsonl`, see [`stream`]).
//!
//! Takes file names, `-` or nothing for the standard input; reads each as
//! UTF-8, byte for byte; seeds a document as the page does; writes the
//! documents in the order of the names. What cannot be read is told on the
//! standard error, and the rest is written.

use std::fmt;
use std::io::{self, Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::str::Utf8Error;

use super::stream;
use crate::document::Document;
use crate::engine;
use crate::formats::native;
use crate::scheme::Scheme;
use crate::session::Session;
use crate::text::title_of;

/// What `guillemet tag --help` says.
pub const HELP: &str = "\
usage: guillemet tag [FILE]...
       guillemet tag --jsonl [--threads N] [FILE]...

Finds who and what is named in French news texts, and who is quoted saying
what. Writes one JSON workspace to the standard output: the documents in the
order of the files, each text as it was read, all spans as proposals. The page
opens it.

  FILE         a text in UTF-8; - or no file reads the standard input
  --jsonl      reads JSON Lines, one text a line, and writes one line for each,
               in the order of the input, while it reads; for streams of any
               length
  --threads N  with --jsonl: how many threads tag; without it, one a core
  -h, --help   says this

A line of the input is one of
  {\"id\": \"a1\", \"text\": \"...\", ...}  a text; id, title and language are the
               document's, and all other fields are kept as its metadata
  \"...\"        a text alone; its id is the number of its line (line-12)
  {\"format\": \"guillemet\", ...}  what this program wrote, or one of its documents:
               spans that a person accepted or made stay
A line of the output is a JSON workspace of the same shape as without --jsonl.
An empty line is skipped. A line that cannot be read is told on the standard
error with its number, and skipped.

The exit status is 0 if all was tagged; 1 if a file or a line could not be
read, and the others are written then; 2 if the words of the call are wrong;
3 if the output could not be written. A reader that leaves early, as head
does, is no error.

examples:
  guillemet tag depeche.txt > depeche.json
  echo '{\"text\": \"« Oui », a dit Ana Roy.\"}' | guillemet tag --jsonl
";

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All that was asked for is written.
    Done,
    /// Something could not be read; it was told, and the rest is written.
    Failed,
    /// The words of the call are wrong; it was told.
    Misused,
    /// The output could not be written; it was told.
    Unwritten,
}

/// What a call asks for.
#[derive(Debug, PartialEq, Eq)]
enum Call {
    Help,
    Workspace(Vec<Source>),
    Lines(Vec<Source>, NonZero<usize>),
}

/// Where texts come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    StandardInput,
    File(String),
}

/// Why a source gives no document.
#[derive(Debug)]
enum SourceError {
    Unreadable(io::Error),
    NotUtf8(Utf8Error),
    Empty(usize),
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(f, "cannot be read: {error}"),
            Self::NotUtf8(error) => write!(
                f,
                "byte {} is no UTF-8: convert the file to UTF-8 first",
                error.valid_up_to()
            ),
            Self::Empty(0) => f.write_str("is empty: there is no text in it"),
            Self::Empty(bytes) => write!(f, "holds {bytes} bytes of white space and no text"),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StandardInput => f.write_str("standard input"),
            Self::File(name) => f.write_str(name),
        }
    }
}

/// Carries the call out. A reader of `out` that leaves early is no error.
pub fn run(
    words: &[String],
    input: &mut (dyn Read + Send),
    out: &mut (dyn Write + Send),
    complaints: &mut (dyn Write + Send),
) -> End {
    let sources = match call(words) {
        Ok(Call::Workspace(sources)) => sources,
        Ok(Call::Lines(sources, threads)) => {
            return stream::run(&sources, threads, input, out, complaints);
        }
        Ok(Call::Help) => return ended(out.write_all(HELP.as_bytes()), End::Done, complaints),
        Err(what) => {
            complain(complaints, &what);
            return End::Misused;
        }
    };
    let mut end = End::Done;
    let mut workspace = Session::default();
    for source in &sources {
        match read(source, input) {
            Ok(text) => add(&mut workspace, source, &text),
            Err(error) => {
                complain(complaints, &format_args!("{source} {error}"));
                end = End::Failed;
            }
        }
    }
    let documents = workspace.works().iter().map(|work| &work.document);
    let json = native::write(&Scheme::default(), documents);
    ended(out.write_all(json.as_bytes()).and_then(|()| out.flush()), end, complaints)
}

fn call(words: &[String]) -> Result<Call, String> {
    let mut sources = Vec::new();
    let (mut lines, mut threads) = (false, None);
    let mut only_files = false;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--" if !only_files => only_files = true,
            "-h" | "--help" if !only_files => return Ok(Call::Help),
            "--jsonl" if !only_files => lines = true,
            "--threads" if !only_files => {
                let number = words.next().and_then(|number| number.parse().ok());
                let number: NonZero<usize> = number.ok_or("--threads needs a number from 1 on")?;
                threads = Some(number);
            }
            "-" => sources.push(Source::StandardInput),
            option if option.starts_with('-') && !only_files => {
                return Err(format!("there is no option {option}: see guillemet tag --help"));
            }
            file => sources.push(Source::File(file.to_owned())),
        }
    }
    if sources.iter().filter(|s| **s == Source::StandardInput).count() > 1 {
        return Err("the standard input can be read once: name - once".to_owned());
    }
    if sources.is_empty() {
        sources.push(Source::StandardInput);
    }
    match (lines, threads) {
        (true, threads) => Ok(Call::Lines(sources, threads.unwrap_or_else(cores))),
        (false, None) => Ok(Call::Workspace(sources)),
        (false, Some(_)) => Err("--threads goes with --jsonl".to_owned()),
    }
}

/// How many threads may run at once.
fn cores() -> NonZero<usize> {
    std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN)
}

fn read(source: &Source, input: &mut dyn Read) -> Result<String, SourceError> {
    let mut bytes = Vec::new();
    match source {
        Source::StandardInput => input.read_to_end(&mut bytes).map(drop),
        Source::File(name) => std::fs::read(name).map(|read| bytes = read),
    }
    .map_err(SourceError::Unreadable)?;
    let text = String::from_utf8(bytes).map_err(|e| SourceError::NotUtf8(e.utf8_error()))?;
    if text.trim().is_empty() { Err(SourceError::Empty(text.len())) } else { Ok(text) }
}

/// Tags a text as the page does: a new document, seeded.
fn add(workspace: &mut Session, source: &Source, text: &str) {
    let id = free_id(workspace, source);
    tag(workspace, Document::new(&id, &title_of(text), "fr", text));
}

/// Adds a document, with the engine's proposals. Its id must be free.
pub(super) fn tag(workspace: &mut Session, document: Document) {
    let id = document.id.clone();
    let analysis = engine::analyse(document.text());
    workspace.add(document, false);
    workspace.seed(&id, analysis).expect("the engine's spans lie in the text it read");
}

/// The file's name without folders and ending, numbered where it is taken.
fn free_id(workspace: &Session, source: &Source) -> String {
    let stem = match source {
        Source::StandardInput => "stdin".into(),
        Source::File(name) => {
            Path::new(name).file_stem().map_or(name.into(), std::ffi::OsStr::to_string_lossy)
        }
    };
    let numbered = (2..).map(|n| format!("{stem}-{n}"));
    let mut ids = std::iter::once(stem.to_string()).chain(numbered);
    ids.find(|id| !workspace.has(id)).expect("there are more numbers than documents")
}

/// Says it on the standard error. Nobody reads a complaint that cannot be
/// written.
pub(super) fn complain(complaints: &mut dyn Write, what: &dyn fmt::Display) {
    let _ = writeln!(complaints, "guillemet tag: {what}");
}

/// How a call ended whose output was `written`.
pub(super) fn ended(written: io::Result<()>, end: End, complaints: &mut dyn Write) -> End {
    match written {
        Ok(()) => end,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => end,
        Err(error) => {
            complain(complaints, &format_args!("the output cannot be written: {error}"));
            End::Unwritten
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Paris\r\n\u{feff}« Nous agirons », a dit lundi Ana Roy.\n\n";

    fn called(words: &[&str], input: &[u8]) -> (End, String, String) {
        let words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
        let (mut out, mut complaints) = (Vec::new(), Vec::new());
        let end = run(&words, &mut &*input, &mut out, &mut complaints);
        (end, String::from_utf8(out).unwrap(), String::from_utf8(complaints).unwrap())
    }

    #[test]
    fn the_text_comes_back_byte_for_byte_with_what_the_page_proposes() {
        let (end, out, complaints) = called(&[], TEXT.as_bytes());
        assert_eq!((end, complaints.as_str()), (End::Done, ""));
        let read = native::read(&out).unwrap();
        assert_eq!(read.problems, []);
        let document = &read.documents[0];
        assert_eq!(&**document.text(), TEXT);
        assert_eq!((document.id.as_str(), document.title.as_str()), ("stdin", "Paris"));
        let mut page = Session::default();
        page.add(Document::new("stdin", "Paris", "fr", TEXT), false);
        page.seed("stdin", engine::analyse(TEXT)).unwrap();
        assert_eq!(*document, page.work().unwrap().document);
        assert!(document.spans().len() > 1);
    }

    #[test]
    fn wrong_words_are_told_and_help_is_given() {
        let (end, out, complaints) = called(&["--xml"], b"");
        assert_eq!((end, out.as_str()), (End::Misused, ""));
        assert!(complaints.contains("no option --xml"), "{complaints}");
        assert_eq!(called(&["-", "-"], b"").0, End::Misused);
        assert_eq!(called(&["--threads", "2"], b"").0, End::Misused);
        assert_eq!(called(&["--jsonl", "--threads", "0"], b"").0, End::Misused);
        assert_eq!(called(&["--help"], b""), (End::Done, HELP.to_owned(), String::new()));
    }

    #[test]
    fn a_reader_that_leaves_is_no_error_and_a_full_disk_is() {
        struct Broken(io::ErrorKind);
        impl Write for Broken {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(self.0.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let run = |kind| run(&[], &mut TEXT.as_bytes(), &mut Broken(kind), &mut Vec::new());
        assert_eq!(run(io::ErrorKind::BrokenPipe), End::Done);
        assert_eq!(run(io::ErrorKind::StorageFull), End::Unwritten);
    }
}
