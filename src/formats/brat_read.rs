//! Reads brat stand-off: our own and what brat writes.
//!
//! Events become links from their trigger to what takes part in them, and
//! equivalences an entity of all their spans. A reference to a base that is
//! none of ours is also an attribute, so that nothing of it is lost.

use std::collections::BTreeMap;
use std::ops::Range;

use super::catalogue::{File, Imported};
use super::draft::{Draft, Problem, SpanDraft};
use super::projection::is_blank;
use crate::document::Status;
use crate::text::order;

/// Reads pairs of `.txt` and `.ann`; a `visual.conf` gives the real names.
pub(super) fn read(files: &[File]) -> Imported {
    let mut imported = Imported::default();
    let names: BTreeMap<String, String> = files
        .iter()
        .filter(|file| file.is("conf") && file.stem() == "visual")
        .filter_map(|file| file.read(&mut imported.problems))
        .flat_map(str::lines)
        .filter_map(|line| line.split_once(" | "))
        .map(|(word, name)| (word.trim().to_owned(), name.to_owned()))
        .collect();
    let by_base = |ending: &'static str| -> BTreeMap<&str, &File> {
        files.iter().filter(|file| file.is(ending)).map(|file| (file.base(), file)).collect()
    };
    let (texts, annotations) = (by_base("txt"), by_base("ann"));
    for file in files.iter().filter(|file| file.is("ann")) {
        if !texts.contains_key(file.base()) {
            imported.problems.push(Problem::new(&file.name, "its text is missing: add the .txt"));
        }
    }
    for file in files.iter().filter(|file| file.is("txt")) {
        // brat counts a byte order mark, so it stays.
        let Ok(text) = std::str::from_utf8(&file.bytes) else {
            file.read(&mut imported.problems);
            continue;
        };
        let mut draft = Draft::new(&file.name, file.stem(), text);
        if let Some(ann) = annotations.get(file.base())
            && let Some(lines) = ann.read(&mut imported.problems)
        {
            let mut reader = Reader { draft: &mut draft, names: &names, events: BTreeMap::new() };
            let mut lines: Vec<(usize, &str)> = lines.lines().enumerate().collect();
            let mut triggers = BTreeMap::new();
            // What says something of others may stand before them.
            order::sort_by_key(&mut lines, |(_, line)| !line.starts_with('T'));
            for (index, line) in &lines {
                let Some((id, trigger)) = event(line) else { continue };
                reader.events.insert(id, trigger);
                if let Some(other) = triggers.insert(trigger, id) {
                    let what =
                        format_args!("{id} and {other} become one event: they share {trigger}");
                    let at = format!("{} line {}", ann.name, index + 1);
                    imported.problems.push(Problem::new(at, what));
                }
            }
            for (index, line) in lines {
                let at = format!("{} line {}", ann.name, index + 1);
                if let Err(what) = reader.line(line, &at) {
                    imported.problems.push(Problem::new(at, what));
                }
            }
        }
        imported.documents.push(draft.finish(&mut imported.problems));
    }
    imported
}

/// An event and its trigger: `E1<TAB>Quote:T4 Speaker:T3`.
fn event(line: &str) -> Option<(&str, &str)> {
    let (id, body) = line.split_once('\t').filter(|(id, _)| id.starts_with('E'))?;
    let kind = body.split(' ').next()?;
    Some((id, kind.split_once(':')?.1))
}

struct Reader<'a> {
    draft: &'a mut Draft,
    names: &'a BTreeMap<String, String>,
    /// The trigger of each event.
    events: BTreeMap<&'a str, &'a str>,
}

impl Reader<'_> {
    fn name(&self, word: &str) -> String {
        self.names.get(word).cloned().unwrap_or_else(|| word.to_owned())
    }

    fn line(&mut self, line: &str, at: &str) -> Result<(), String> {
        let mut columns = line.splitn(3, '\t');
        let id = columns.next().unwrap_or_default();
        let body = columns.next().unwrap_or_default();
        let rest = columns.next();
        let mut words = body.split(' ').filter(|word| !word.is_empty());
        let kind = words.next().unwrap_or_default();
        match id.chars().next() {
            None => {}
            Some('T') => {
                let places = body.split_once(' ').map_or("", |(_, places)| places);
                let (range, gaps) =
                    cover(places).ok_or_else(|| format!("{places:?} is no place"))?;
                let label = self.name(kind);
                // Fragments are joined by a space in the text column.
                let whole = !places.contains(';');
                let span = self.draft.span(at, (range.start, range.end), &label);
                id.clone_into(&mut span.id);
                span.text = rest.filter(|_| whole).map(str::to_owned);
                if !gaps.iter().all(|gap| self.is_blank(gap)) {
                    return Err("its fragments became one span".to_owned());
                }
            }
            Some('R') => {
                let ends: Vec<&str> =
                    words.filter_map(|word| word.split_once(':')).map(|(_, end)| end).collect();
                let [from, to] = ends[..] else { return Err("a relation has two ends".to_owned()) };
                let label = self.name(kind);
                let (from, to) = (self.trigger(from), self.trigger(to));
                self.draft.relation(at, &label, &from, &to);
            }
            Some('E') => {
                let trigger = self.trigger(id);
                for part in words {
                    let (role, to) = part.split_once(':').unwrap_or((part, ""));
                    let to = self.trigger(to);
                    self.draft.relation(at, role, &trigger, &to);
                }
            }
            Some('A' | 'M') => {
                let target = words.next().unwrap_or_default();
                let value = words.next().unwrap_or("true").to_owned();
                let kind = kind.to_owned();
                let span = self.target(target)?;
                if kind == "proposed" {
                    span.status = Status::Proposed;
                } else {
                    span.attributes.insert(kind, value);
                }
            }
            Some('N') => {
                let target = words.next().unwrap_or_default().to_owned();
                let reference = words.next().unwrap_or_default();
                let (base, entity) =
                    reference.split_once(':').ok_or("a reference names a base and an id")?;
                let ours = self.names.get(base).cloned();
                let id = if ours.is_some() { entity } else { reference };
                let span = self.target(&target)?;
                let label = ours.unwrap_or_else(|| {
                    let old = span.attributes.remove("reference");
                    let all = old.map_or_else(|| reference.to_owned(), |old| old + " " + reference);
                    span.attributes.insert("reference".to_owned(), all);
                    span.label.clone()
                });
                // Of several references the first is the entity.
                let entity = span.entity.get_or_insert_with(|| id.to_owned()).clone();
                self.draft.entity(at, &entity, rest.unwrap_or_default(), &label);
            }
            Some('#') => {
                let target = words.next().unwrap_or_default();
                let note = rest.unwrap_or_default().to_owned();
                let span = self.target(target)?;
                span.note = Some(span.note.take().map_or(note.clone(), |old| old + "\n" + &note));
            }
            Some('*') => {
                let spans: Vec<String> = words.map(|id| self.trigger(id)).collect();
                let same = spans.first().cloned().unwrap_or_default();
                let first = self.target(&same)?;
                let entity = first.entity.get_or_insert_with(|| format!("* {same}")).clone();
                let (label, name) = (first.label.clone(), first.text.clone());
                for id in &spans[1..] {
                    let span = self.target(id)?;
                    if *span.entity.get_or_insert_with(|| entity.clone()) != entity {
                        return Err(format!("the span {id} has another entity already"));
                    }
                }
                self.draft.entity(at, &entity, &name.unwrap_or(same), &label);
            }
            Some(_) => return Err(format!("{id:?} is no id of brat")),
        }
        Ok(())
    }

    /// The span that an id means: that of an event is its trigger.
    fn trigger(&self, id: &str) -> String {
        (*self.events.get(id).unwrap_or(&id)).to_owned()
    }

    fn target(&mut self, id: &str) -> Result<&mut SpanDraft, String> {
        let trigger = self.trigger(id);
        let found = self.draft.spans.iter_mut().find(|span| span.id == trigger);
        found.ok_or_else(|| format!("{id} is no span of the file"))
    }

    /// Whether a stretch is nothing but white space.
    fn is_blank(&self, range: &Range<usize>) -> bool {
        let words = self.draft.text.chars().skip(range.start).take(range.len());
        words.into_iter().all(is_blank)
    }
}

/// From the first to the last of `10 20;21 30`, and what lies between.
fn cover(places: &str) -> Option<(Range<usize>, Vec<Range<usize>>)> {
    let mut whole: Option<Range<usize>> = None;
    let mut gaps = Vec::new();
    for place in places.split(';') {
        let (start, end) = place.trim().split_once(' ')?;
        let (start, end): (usize, usize) = (start.parse().ok()?, end.trim().parse().ok()?);
        whole = Some(match whole {
            None => start..end,
            Some(w) => {
                gaps.push(w.end..start.max(w.end));
                w.start.min(start)..w.end.max(end)
            }
        });
    }
    Some((whole?, gaps))
}
