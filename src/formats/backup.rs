//! The backup: all workspaces of a browser with every document, every step
//! that can be undone, the label schemes and the settings, in one file.
//!
//! It is JSON lines. Each line is an object whose last member, `sum`, is the
//! CRC-32 (ISO 3309, eight hexadecimal digits) of the line's bytes before
//! `,"sum"`, so that damage is found and stays where it is. In order:
//!
//! 1. `{"format": "guillemet-backup", "version": 1, "generator", "made",
//!    "workspaces", "documents", "steps", "settings"}`: when it was made, how
//!    many lines of each kind follow, and what was chosen in the page.
//! 2. For each workspace `{"workspace": NUMBER, "name", "open", "scheme",
//!    "changes"}`, numbers counting from 0; `open` is the id of the open
//!    document, `scheme` is that of the native JSON, and `changes` has a list
//!    of two schemes, before and after, for each change that can be taken back.
//! 3. For each of its documents, in their order, `{"document": NUMBER,
//!    "workspace": NUMBER, "tagged", "position", "steps", "file"}`: `file` is a
//!    member of the native JSON's `documents`, the document as it first was;
//!    `steps` says how many lines of steps follow, and `position` how many of
//!    them are done.
//! 4. For each step `{"step": INDEX, "document": NUMBER, "record"}` with a
//!    record of [`journal`]: what was done, with every change before and after.
//!
//! [`read`] keeps what is sound. Of a document with a damaged step it keeps
//! what was done before that step.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde_json::{Value, json};

use super::journal::{self, Step};
use super::native;
use super::native_shape::SchemeShape;
use super::zip::crc32;
use crate::document::{Document, History, Transaction};
use crate::scheme::Scheme;

/// The value of `format`.
pub const FORMAT: &str = "guillemet-backup";
/// The value of `version`: the newest that [`read`] knows.
pub const VERSION: u64 = 1;

/// How much is handed over at once, in bytes.
const PART: usize = 1024 * 1024;
/// How a line ends: the member `sum` with its eight digits.
const SUM: &str = ",\"sum\":\"";
/// The length of that ending.
const SUM_END: usize = SUM.len() + 10;

/// All that a browser keeps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Backup {
    /// When it was made, as RFC 3339 has it.
    pub made: String,
    /// What was chosen in the page, by name.
    pub settings: BTreeMap<String, String>,
    /// The workspaces, in their order.
    pub workspaces: Vec<Kept>,
}

/// A workspace.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// What the person calls it; empty where they gave no name.
    pub name: String,
    /// Its labels and relations.
    pub scheme: Scheme,
    /// How its labels and relations were changed: before and after.
    pub changes: Vec<(Scheme, Scheme)>,
    /// The id of the open document.
    pub open: Option<String>,
    /// Its documents, in their order.
    pub documents: Vec<KeptDocument>,
}

/// A document as it is, and what can be undone and done again.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptDocument {
    /// As it is now.
    pub document: Document,
    /// What led here.
    pub history: History,
    /// Whether the engine's answer has been taken in.
    pub tagged: bool,
}

/// What is wrong with a backup that could be read in part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// This line, counted from 1, is not what was written.
    Line(usize),
    /// So many documents are missing.
    Documents(usize),
    /// The names and labels of so many workspaces are missing.
    Workspaces(usize),
    /// The document of this title stands as it was after so many of its steps.
    Steps(String, usize, usize),
}

/// Why nothing could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no backup.
    Foreign,
    /// A newer page wrote it, in this version.
    Newer(u64),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => f.write_str("this is no backup of Guillemet"),
            Self::Newer(version) => write!(
                f,
                "this backup has version {version}, and this page reads up to {VERSION}: reload the page"
            ),
        }
    }
}

impl std::error::Error for Unreadable {}

/// Whether a file says that it is a backup.
pub fn is_backup(bytes: &[u8]) -> bool {
    /// The line begins with its format, as [`write`] has it.
    const MARK: &str = "{\"format\":\"guillemet-backup\"";
    bytes.starts_with(MARK.as_bytes())
}

/// Whether a backup that begins with that line can be read here.
fn readable(line: &[u8]) -> Result<(), Unreadable> {
    if !is_backup(line) {
        return Err(Unreadable::Foreign);
    }
    let head: Value = serde_json::from_slice(line).unwrap_or_default();
    match head["version"].as_u64() {
        Some(version) if version > VERSION => Err(Unreadable::Newer(version)),
        _ => Ok(()),
    }
}

/// Writes a backup. A document whose history does not fit it is written
/// without that: reading back tells.
pub fn write(backup: &Backup) -> String {
    let mut all = String::new();
    write_parts(backup, &mut |part| all.push_str(&part));
    all
}

/// As [`write`], handed over in parts of about [`PART`] bytes: a large backup
/// is never in one piece.
pub fn write_parts(backup: &Backup, take: &mut dyn FnMut(String)) {
    let documents = || backup.workspaces.iter().flat_map(|w| &w.documents);
    let steps: usize = documents().map(|d| d.history.steps().len()).sum();
    let mut out = Parts { part: String::new(), take };
    let head = format!(
        "{{\"format\":\"{FORMAT}\",\"version\":{VERSION},\"generator\":{},\"made\":{},\
         \"workspaces\":{},\"documents\":{},\"steps\":{steps},\"settings\":{}",
        json!(native::GENERATOR),
        json!(backup.made),
        backup.workspaces.len(),
        documents().count(),
        json!(backup.settings),
    );
    out.put(&head);
    let mut number = 0;
    for (place, kept) in backup.workspaces.iter().enumerate() {
        let scheme = journal::write_scheme(&kept.scheme);
        let changes = kept.changes.iter();
        let changes: Vec<String> =
            changes.map(|(before, after)| journal::write_change(before, after)).collect();
        let changes = changes.join(",");
        let (name, open) = (json!(kept.name), json!(kept.open));
        out.put(&format!(
                "{{\"workspace\":{place},\"name\":{name},\"open\":{open},\"scheme\":{scheme},\"changes\":[{changes}]"
        ));
        for KeptDocument { document, history, tagged } in &kept.documents {
            let base = history.base(document).unwrap_or_else(|_| document.clone());
            let (position, steps) = (history.position(), history.steps());
            let file = native::write_document(&base);
            out.put(&format!(
                "{{\"document\":{number},\"workspace\":{place},\"tagged\":{tagged},\
                     \"position\":{position},\"steps\":{},\"file\":{file}",
                steps.len()
            ));
            for (index, step) in steps.iter().enumerate() {
                let record = journal::write_step(step);
                out.put(&format!("{{\"step\":{index},\"document\":{number},\"record\":{record}"));
            }
            number += 1;
        }
    }
    if !out.part.is_empty() {
        (out.take)(out.part);
    }
}

/// What was written and not handed over yet.
struct Parts<'t> {
    part: String,
    take: &'t mut dyn FnMut(String),
}

impl Parts<'_> {
    /// Writes a line: an object without its end.
    fn put(&mut self, object: &str) {
        let sum = crc32(object.as_bytes());
        self.part.push_str(object);
        self.part.push_str(&format!("{SUM}{sum:08x}\"}}\n"));
        if self.part.len() >= PART {
            (self.take)(std::mem::take(&mut self.part));
        }
    }
}

/// Reads a backup, and says what could not be read of it.
///
/// # Errors
/// If it is no backup, or one of a newer version.
pub fn read(text: &str) -> Result<(Backup, Vec<Damage>), Unreadable> {
    let mut reading = Reading::default();
    reading.feed(text.as_bytes());
    reading.finish()
}

/// A backup that is read piece by piece, wherever the pieces end.
#[derive(Default)]
pub struct Reading {
    reader: Reader,
    /// The line that has begun.
    rest: Vec<u8>,
    /// How many lines were read.
    lines: usize,
    unreadable: Option<Unreadable>,
}

impl Reading {
    /// Reads the next piece.
    pub fn feed(&mut self, mut bytes: &[u8]) {
        while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
            let (line, later) = bytes.split_at(end);
            if self.rest.is_empty() {
                self.line(line);
            } else {
                let mut whole = std::mem::take(&mut self.rest);
                whole.extend_from_slice(line);
                self.line(&whole);
            }
            bytes = &later[1..];
        }
        // What is no backup is not kept either.
        if self.unreadable.is_none() {
            self.rest.extend_from_slice(bytes);
        }
    }

    fn line(&mut self, line: &[u8]) {
        if self.unreadable.is_some() {
            return;
        }
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let is_first = self.lines == 0;
        self.lines += 1;
        if is_first && let Err(unreadable) = readable(line) {
            self.unreadable = Some(unreadable);
            return;
        }
        let read = str::from_utf8(line).ok().and_then(|line| self.reader.line(line, is_first));
        if read.is_none() {
            self.reader.damage.push(Damage::Line(self.lines));
        }
    }

    /// What was read, after the last piece.
    ///
    /// # Errors
    /// If it is no backup, or one of a newer version.
    pub fn finish(mut self) -> Result<(Backup, Vec<Damage>), Unreadable> {
        let rest = std::mem::take(&mut self.rest);
        if !rest.is_empty() || self.lines == 0 {
            self.line(&rest);
        }
        self.unreadable.map_or_else(|| Ok(self.reader.finish()), Err)
    }
}

#[derive(Default)]
struct Reader {
    made: String,
    settings: BTreeMap<String, String>,
    /// How many workspaces and documents the head promises.
    wanted: [usize; 2],
    workspaces: BTreeMap<usize, Kept>,
    documents: BTreeMap<usize, Found>,
    damage: Vec<Damage>,
}

/// A document that was read, and its steps so far.
struct Found {
    workspace: usize,
    base: Document,
    tagged: bool,
    position: usize,
    count: usize,
    steps: BTreeMap<usize, Transaction>,
}

impl Reader {
    /// Reads a line; nothing if it is damaged.
    fn line(&mut self, line: &str, is_first: bool) -> Option<()> {
        let end = line.len().checked_sub(SUM_END)?;
        let (object, sum) = line.split_at_checked(end)?;
        let sum = sum.strip_prefix(SUM)?.strip_suffix("\"}")?;
        if u32::from_str_radix(sum, 16) != Ok(crc32(object.as_bytes())) {
            return None;
        }
        let mut line: Value = serde_json::from_str(line).ok()?;
        let number = |line: &Value, name: &str| usize::try_from(line[name].as_u64()?).ok();
        let string = |line: &Value, name: &str| line[name].as_str().map(str::to_owned);
        if is_first {
            self.made = string(&line, "made")?;
            self.settings = serde_json::from_value(line["settings"].take()).ok()?;
            self.wanted = [number(&line, "workspaces")?, number(&line, "documents")?];
        } else if let Some(index) = number(&line, "step") {
            let step = Step::deserialize(&line["record"]).ok()?;
            // Those of a document that is missing say nothing.
            if let Some(found) = self.documents.get_mut(&number(&line, "document")?) {
                found.steps.insert(index, step.into_transaction().ok()?);
            }
        } else if let Some(at) = number(&line, "document") {
            let read = native::read_document(&line["file"]);
            let base = read.documents.into_iter().next().filter(|_| read.problems.is_empty())?;
            let found = Found {
                workspace: number(&line, "workspace")?,
                base,
                tagged: line["tagged"].as_bool()?,
                position: number(&line, "position")?,
                count: number(&line, "steps")?,
                steps: BTreeMap::new(),
            };
            self.documents.insert(at, found);
        } else {
            let at = number(&line, "workspace")?;
            let scheme = SchemeShape::deserialize(line["scheme"].take()).ok()?.into_scheme();
            let (name, open) = (string(&line, "name")?, string(&line, "open"));
            let changes: Vec<(SchemeShape, SchemeShape)> =
                serde_json::from_value(line["changes"].take()).unwrap_or_default();
            let changes = changes.into_iter();
            let changes = changes.map(|(a, b)| (a.into_scheme(), b.into_scheme())).collect();
            let kept = Kept { name, scheme, changes, open, documents: Vec::new() };
            self.workspaces.insert(at, kept);
        }
        Some(())
    }

    fn finish(mut self) -> (Backup, Vec<Damage>) {
        let [workspaces, documents] = self.wanted;
        let missing = workspaces.saturating_sub(self.workspaces.len());
        if missing > 0 {
            self.damage.push(Damage::Workspaces(missing));
        }
        let missing = documents.saturating_sub(self.documents.len());
        if missing > 0 {
            self.damage.push(Damage::Documents(missing));
        }
        for found in self.documents.into_values() {
            let kept = self.workspaces.entry(found.workspace).or_default();
            // What comes after a gap would stand on nothing.
            let gap = || "a step is missing".to_owned();
            let steps = &found.steps;
            let steps = (0..found.count).map(|at| steps.get(&at).cloned().ok_or_else(gap));
            let (document, history, whole) = journal::replay(found.base, steps, found.position);
            if !whole {
                let done = history.position();
                self.damage.push(Damage::Steps(document.title.clone(), done, found.position));
            }
            kept.documents.push(KeptDocument { document, history, tagged: found.tagged });
        }
        let workspaces = self.workspaces.into_values().collect();
        (Backup { made: self.made, settings: self.settings, workspaces }, self.damage)
    }
}
