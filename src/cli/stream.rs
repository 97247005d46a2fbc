//! `guillemet tag --jsonl`: lines in, tagged lines out, in the order of the
//! input and in constant memory.
//!
//! Every thread does the whole of the work: it takes the next batch of lines,
//! tags it and hands the result in. Results leave in the order in which their
//! batches were taken; a thread that is more than a window ahead of the oldest
//! batch waits, so that a slow reader of the output holds the input back.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::num::NonZero;
use std::sync::{Condvar, Mutex, MutexGuard};

use super::tag::{End, Source, complain, ended, tag};
use crate::formats::line;
use crate::session::Session;

/// The most lines that a thread takes at once: some milliseconds of work, so
/// that threads seldom meet, and few enough that a short input is shared.
const BATCH: usize = 16;

/// Batches that may be taken before the oldest is written, for each thread.
const WINDOW: usize = 4;

/// Bytes that are read at once. Lines that are there whole go into one batch;
/// a line that comes alone is tagged and answered alone.
const BUFFER: usize = 1 << 16;

/// Tags all lines of the sources.
pub(super) fn run(
    sources: &[Source],
    threads: NonZero<usize>,
    input: &mut (dyn Read + Send),
    out: &mut (dyn Write + Send),
    complaints: &mut (dyn Write + Send),
) -> End {
    let input = Mutex::new(Input::new(sources, input));
    let output = Output {
        window: (WINDOW * threads.get()) as u64,
        state: Mutex::new(State::new(out, complaints)),
        moved: Condvar::new(),
    };
    let work = || {
        // Each lock is held for this statement alone.
        while let Some(batch) = take(&input) {
            let number = batch.number;
            if output.hand_in(number, batch.tagged()) == Go::Stop {
                break;
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.get() {
            scope.spawn(work);
        }
        work();
    });
    output.state.into_inner().expect(CALM).end()
}

const CALM: &str = "no thread panics while it holds a lock";

fn take(input: &Mutex<Input<'_>>) -> Option<Batch> {
    input.lock().expect(CALM).next()
}

/// The lines of all sources, one source after the other.
struct Input<'i> {
    sources: VecDeque<&'i Source>,
    standard: Option<&'i mut (dyn Read + Send)>,
    open: Option<Open<'i>>,
    next: u64,
}

/// The source that is being read.
struct Open<'i> {
    name: String,
    reader: BufReader<Box<dyn Read + Send + 'i>>,
    lines: usize,
}

/// Some lines of one source, and what stopped the reading after them.
struct Batch {
    number: u64,
    source: String,
    lines: Vec<(usize, Vec<u8>)>,
    broken: Option<io::Error>,
}

impl<'i> Input<'i> {
    fn new(sources: &'i [Source], standard: &'i mut (dyn Read + Send)) -> Self {
        Self { sources: sources.iter().collect(), standard: Some(standard), open: None, next: 0 }
    }

    /// The next batch; none at the end of the last source.
    fn next(&mut self) -> Option<Batch> {
        loop {
            let Some(open) = &mut self.open else {
                let source = self.sources.pop_front()?;
                match self.open(source) {
                    Ok(open) => self.open = Some(open),
                    Err(error) => return Some(self.batch(source.to_string(), vec![], Some(error))),
                }
                continue;
            };
            let (lines, broken) = open.read();
            let name = open.name.clone();
            if lines.is_empty() || broken.is_some() {
                self.open = None;
            }
            if !lines.is_empty() || broken.is_some() {
                return Some(self.batch(name, lines, broken));
            }
        }
    }

    fn open(&mut self, source: &Source) -> io::Result<Open<'i>> {
        let reader: Box<dyn Read + Send + 'i> = match source {
            Source::StandardInput => match self.standard.take() {
                Some(standard) => Box::new(standard),
                None => Box::new(io::empty()),
            },
            Source::File(name) => Box::new(File::open(name)?),
        };
        let reader = BufReader::with_capacity(BUFFER, reader);
        Ok(Open { name: source.to_string(), reader, lines: 0 })
    }

    fn batch(
        &mut self,
        source: String,
        lines: Vec<(usize, Vec<u8>)>,
        broken: Option<io::Error>,
    ) -> Batch {
        let number = self.next;
        self.next += 1;
        Batch { number, source, lines, broken }
    }
}

impl Open<'_> {
    /// Waits for a line, and takes those that have come with it. No line at
    /// the end.
    fn read(&mut self) -> (Vec<(usize, Vec<u8>)>, Option<io::Error>) {
        let mut lines = Vec::new();
        loop {
            let mut line = Vec::new();
            match self.reader.read_until(b'\n', &mut line) {
                Ok(0) => return (lines, None),
                Ok(_) => {
                    self.lines += 1;
                    lines.push((self.lines, line));
                }
                Err(error) => return (lines, Some(error)),
            }
            if lines.len() == BATCH || !self.reader.buffer().contains(&b'\n') {
                return (lines, None);
            }
        }
    }
}

/// What came of a batch.
#[derive(Default)]
struct Done {
    lines: String,
    complaints: Vec<String>,
}

impl Batch {
    fn tagged(self) -> Done {
        let mut done = Done::default();
        for (number, line) in &self.lines {
            let at = format!("{} line {number}", self.source);
            let complain = |what: &dyn fmt::Display| format!("{at}: {what}");
            // A file may start with a byte order mark.
            let bytes = line.strip_prefix(b"\xef\xbb\xbf").filter(|_| *number == 1);
            let text = match std::str::from_utf8(bytes.unwrap_or(line)) {
                Ok(text) if text.trim().is_empty() => continue,
                Ok(text) => text,
                Err(error) => {
                    let what = format_args!("byte {} is no UTF-8", error.valid_up_to());
                    done.complaints.push(complain(&what));
                    continue;
                }
            };
            match line::read(text, &format!("line-{number}")) {
                Ok(workspace) => {
                    done.complaints.extend(workspace.problems.iter().map(|p| complain(p)));
                    let tagged: Vec<Session> =
                        workspace.documents.into_iter().map(in_session).collect();
                    let works = tagged.iter().flat_map(Session::works);
                    done.lines += &line::write(&workspace.scheme, works.map(|w| &w.document));
                    done.lines.push('\n');
                }
                Err(error) => done.complaints.push(complain(&error)),
            }
        }
        if let Some(error) = &self.broken {
            done.complaints.push(format!("{} cannot be read: {error}", self.source));
        }
        done
    }
}

/// A session of its own: two documents of a line may have one id.
fn in_session(document: crate::document::Document) -> Session {
    let mut session = Session::default();
    tag(&mut session, document);
    session
}

/// Where the threads hand their results in.
struct Output<'o> {
    window: u64,
    state: Mutex<State<'o>>,
    moved: Condvar,
}

struct State<'o> {
    out: &'o mut (dyn Write + Send),
    complaints: &'o mut (dyn Write + Send),
    /// The number of the batch that is to be written next.
    next: u64,
    waiting: BTreeMap<u64, Done>,
    end: End,
    written: io::Result<()>,
}

/// Whether there is more to do.
#[derive(PartialEq, Eq)]
enum Go {
    On,
    Stop,
}

impl Output<'_> {
    /// Writes what has its turn. Returns once the batch is within the window.
    fn hand_in(&self, number: u64, done: Done) -> Go {
        let mut state = self.state.lock().expect(CALM);
        state.waiting.insert(number, done);
        state.write();
        self.moved.notify_all();
        let is_ahead =
            |state: &mut State<'_>| state.written.is_ok() && number >= state.next + self.window;
        let state: MutexGuard<'_, _> = self.moved.wait_while(state, is_ahead).expect(CALM);
        if state.written.is_ok() { Go::On } else { Go::Stop }
    }
}

impl<'o> State<'o> {
    fn new(out: &'o mut (dyn Write + Send), complaints: &'o mut (dyn Write + Send)) -> Self {
        let waiting = BTreeMap::new();
        Self { out, complaints, next: 0, waiting, end: End::Done, written: Ok(()) }
    }

    fn write(&mut self) {
        while self.written.is_ok()
            && let Some(done) = self.waiting.remove(&self.next)
        {
            self.next += 1;
            for what in &done.complaints {
                complain(self.complaints, what);
                self.end = End::Failed;
            }
            let lines = done.lines.as_bytes();
            self.written = self.out.write_all(lines).and_then(|()| self.out.flush());
        }
    }

    fn end(self) -> End {
        ended(self.written, self.end, self.complaints)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn streamed(input: &[u8], threads: usize) -> (End, String, String) {
        let threads = NonZero::new(threads).unwrap();
        let (mut out, mut complaints) = (Vec::new(), Vec::new());
        let sources = [Source::StandardInput];
        let end = run(&sources, threads, &mut &*input, &mut out, &mut complaints);
        (end, String::from_utf8(out).unwrap(), String::from_utf8(complaints).unwrap())
    }

    #[test]
    fn threads_change_nothing() {
        let lines: String = (0..200)
            .map(|n| {
                let text = "Ana Roy est à Lyon. ".repeat(if n % 50 == 0 { 200 } else { n % 7 });
                format!("{{\"id\": {n}, \"text\": \"{text}\"}}\nnon\n")
            })
            .collect();
        let one = streamed(lines.as_bytes(), 1);
        assert_eq!((one.0, one.1.lines().count(), one.2.lines().count()), (End::Failed, 200, 200));
        assert_eq!(streamed(lines.as_bytes(), 5), one);
    }

    #[test]
    fn a_file_that_is_not_there_is_told_and_the_next_is_read() {
        let sources = [Source::File("no/such/file".to_owned()), Source::StandardInput];
        let (mut out, mut complaints) = (Vec::new(), Vec::new());
        let mut input = &b"\xef\xbb\xbf\"Oui\""[..];
        let end = run(&sources, NonZero::<usize>::MIN, &mut input, &mut out, &mut complaints);
        assert_eq!(end, End::Failed);
        let told = String::from_utf8(complaints).unwrap();
        assert!(told.starts_with("guillemet tag: no/such/file cannot be read:"), "{told}");
        assert_eq!(String::from_utf8(out).unwrap().lines().count(), 1);
    }
}
