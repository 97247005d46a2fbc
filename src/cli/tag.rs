//! `guillemet tag FILE…`: the engine's proposals for files, as one native
//! JSON workspace.
//!
//! Takes file names, `-` or nothing for the standard input; reads each as
//! UTF-8, byte for byte; seeds a document as the page does; writes the
//! documents in the order of the names. What cannot be read is told on the
//! standard error, and the rest is written.

use std::fmt;
use std::io::{self, Read, Write};
use std::path::Path;
use std::str::Utf8Error;

use crate::document::Document;
use crate::engine;
use crate::formats::native;
use crate::scheme::Scheme;
use crate::session::Session;
use crate::text::title_of;

/// What `guillemet tag --help` says.
pub const HELP: &str = "\
usage: guillemet tag [FILE]...

Finds who and what is named in French news texts, and who is quoted saying
what. Writes one JSON workspace to the standard output: the documents in the
order of the files, each text as it was read, all spans as proposals. The page
opens it.

  FILE        a text in UTF-8; - or no file reads the standard input
  -h, --help  say this

The exit status is 1 if a file could not be read; the others are written then
too. It is 2 if the words of the call are wrong.
";

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All that was asked for is written.
    Done,
    /// Something could not be read or written; it was told.
    Failed,
    /// The words of the call are wrong; it was told.
    Misused,
}

/// Where the text of a document comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
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
    input: &mut dyn Read,
    out: &mut dyn Write,
    complaints: &mut dyn Write,
) -> End {
    // Nobody reads a complaint that cannot be written.
    let mut complain = |what: &dyn fmt::Display| {
        let _ = writeln!(complaints, "guillemet tag: {what}");
    };
    let sources = match sources(words) {
        Ok(Some(sources)) => sources,
        Ok(None) => return ended(out.write_all(HELP.as_bytes()), End::Done, &mut complain),
        Err(what) => {
            complain(&what);
            return End::Misused;
        }
    };
    let mut end = End::Done;
    let mut workspace = Session::default();
    for source in &sources {
        match read(source, input) {
            Ok(text) => add(&mut workspace, source, &text),
            Err(error) => {
                complain(&format_args!("{source} {error}"));
                end = End::Failed;
            }
        }
    }
    let documents = workspace.works().iter().map(|work| &work.document);
    let json = native::write(&Scheme::default(), documents);
    ended(out.write_all(json.as_bytes()).and_then(|()| out.flush()), end, &mut complain)
}

/// What to read; `None` if the call asks for help.
fn sources(words: &[String]) -> Result<Option<Vec<Source>>, String> {
    let mut sources = Vec::new();
    let mut only_files = false;
    for word in words {
        match word.as_str() {
            "--" if !only_files => only_files = true,
            "-h" | "--help" if !only_files => return Ok(None),
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
    Ok(Some(sources))
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
    workspace.add(Document::new(&id, &title_of(text), "fr", text), false);
    workspace.seed(&id, engine::analyse(text)).expect("the engine's spans lie in the text it read");
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

fn ended(written: io::Result<()>, end: End, complain: &mut dyn FnMut(&dyn fmt::Display)) -> End {
    match written {
        Ok(()) => end,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => end,
        Err(error) => {
            complain(&format_args!("the output cannot be written: {error}"));
            End::Failed
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
        let (end, out, complaints) = called(&["--jsonl"], b"");
        assert_eq!((end, out.as_str()), (End::Misused, ""));
        assert!(complaints.contains("no option --jsonl"), "{complaints}");
        assert_eq!(called(&["-", "-"], b"").0, End::Misused);
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
        assert_eq!(run(io::ErrorKind::StorageFull), End::Failed);
    }
}
