//! The files of a ZIP archive, stored or deflated.
//!
//! Reads the central directory, as every archiver does: local headers may
//! leave sizes open. Folders are no files. What cannot be read is reported
//! under its name, and the rest is kept.

use super::catalogue::File;
use super::draft::Problem;
use super::zip::crc32;

/// What an archive may unpack to: as much as the page opens at once. A small
/// archive can claim terabytes.
pub const MAX_BYTES: usize = 100 * 1024 * 1024;

/// The record at the end of the directory, without the comment.
const END: usize = 22;
/// One record of the directory, without its names.
const RECORD: usize = 46;
/// A local header, without its names.
const LOCAL: usize = 30;

/// Whether these bytes start as an archive does, an empty one too.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Unpacks `archive` into at most `room` bytes, and takes them off; names keep
/// their folders.
pub fn unpack(archive: &File, room: &mut usize, problems: &mut Vec<Problem>) -> Vec<File> {
    let bytes = archive.bytes.as_slice();
    let mut files = Vec::new();
    let Some((count, mut at)) = directory(bytes) else {
        let what = "this archive has no directory: it was cut off; make it again";
        problems.push(Problem::new(&archive.name, what));
        return files;
    };
    for _ in 0..count {
        let Some((record, next)) = Record::at(bytes, at) else {
            let what = "the archive's directory breaks off: make it again";
            problems.push(Problem::new(&archive.name, what));
            break;
        };
        at = next;
        if record.name.ends_with('/') {
            continue;
        }
        match record.unpack(bytes, *room) {
            Ok(bytes) => {
                *room -= bytes.len();
                files.push(File { name: record.name, bytes });
            }
            Err(what) => {
                let path = format_args!("{} {}", archive.name, record.name);
                problems.push(Problem::new(path, what));
            }
        }
    }
    files
}

/// How many records the directory has, and where it starts.
fn directory(bytes: &[u8]) -> Option<(usize, usize)> {
    // A comment of up to 65535 bytes may follow the record.
    let last = bytes.len().checked_sub(END)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    let at = (first..=last).rev().find(|at| bytes[*at..].starts_with(b"PK\x05\x06"))?;
    Some((short(bytes, at + 10)?, long(bytes, at + 16)?))
}

/// One file as the directory tells it.
struct Record {
    name: String,
    flags: usize,
    method: usize,
    checksum: usize,
    packed: usize,
    size: usize,
    start: usize,
}

impl Record {
    /// The record at `at`, and where the next one starts.
    fn at(bytes: &[u8], at: usize) -> Option<(Self, usize)> {
        if !bytes.get(at..)?.starts_with(b"PK\x01\x02") {
            return None;
        }
        let names = at + RECORD;
        let end = names.checked_add(short(bytes, at + 28)?)?;
        let record = Self {
            name: String::from_utf8_lossy(bytes.get(names..end)?).into_owned(),
            flags: short(bytes, at + 8)?,
            method: short(bytes, at + 10)?,
            checksum: long(bytes, at + 16)?,
            packed: long(bytes, at + 20)?,
            size: long(bytes, at + 24)?,
            start: long(bytes, at + 42)?,
        };
        Some((record, end + short(bytes, at + 30)? + short(bytes, at + 32)?))
    }

    /// Its bytes, if they need at most `room`.
    fn unpack(&self, bytes: &[u8], room: usize) -> Result<Vec<u8>, &'static str> {
        const BROKEN: &str = "it is damaged: make the archive again";
        if self.flags & 1 == 1 {
            return Err("it is encrypted: make the archive without a password");
        }
        if self.size > room {
            return Err("the archive unpacks to more than 100 MB: open it in parts");
        }
        let names = short(bytes, self.start + 26).zip(short(bytes, self.start + 28));
        let (name, extra) = names.ok_or(BROKEN)?;
        let from = self.start + LOCAL + name + extra;
        let packed = bytes.get(from..from + self.packed).ok_or(BROKEN)?;
        let found = match self.method {
            0 => packed.to_vec(),
            8 => miniz_oxide::inflate::decompress_to_vec_with_limit(packed, self.size)
                .map_err(|_| BROKEN)?,
            _ => return Err("it is packed in a way that is not known: use plain ZIP"),
        };
        let is_whole = found.len() == self.size && crc32(&found) as usize == self.checksum;
        if is_whole { Ok(found) } else { Err(BROKEN) }
    }
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?)))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let value = u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?);
    usize::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::super::zip::pack;
    use super::*;

    fn unpacked(bytes: Vec<u8>) -> (Vec<File>, Vec<String>) {
        let mut problems = Vec::new();
        let files =
            unpack(&File { name: "a.zip".into(), bytes }, &mut MAX_BYTES.clone(), &mut problems);
        (files, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn what_was_packed_comes_back() {
        let files = vec![File::text("data/é.txt", "alpha"), File::text("b", "")];
        assert_eq!(unpacked(pack(&files)), (files, Vec::new()));
        assert_eq!(unpacked(pack(&[])), (Vec::new(), Vec::new()));
    }

    #[test]
    fn a_deflated_file_is_read() {
        // Python's zipfile: "aaaaaaaaaa" as a.txt, deflated.
        let packed = miniz_oxide::deflate::compress_to_vec(b"aaaaaaaaaa", 6);
        let mut bytes = pack(&[File { name: "a.txt".into(), bytes: packed }]);
        let central = bytes.len() - END - RECORD - 5;
        for (at, value) in [(10, 8u32), (16, crc32(b"aaaaaaaaaa")), (24, 10)] {
            let value = value.to_le_bytes();
            let len = if at == 10 { 2 } else { 4 };
            bytes[central + at..][..len].copy_from_slice(&value[..len]);
        }
        let (files, problems) = unpacked(bytes.clone());
        assert_eq!(files, [File::text("a.txt", "aaaaaaaaaa")], "{problems:?}");
        // A wrong checksum and a wrong size are told.
        bytes[central + 16] ^= 1;
        assert_eq!(
            unpacked(bytes.clone()).1,
            ["a.zip a.txt: it is damaged: make the archive again"]
        );
        bytes[central + 24] = 9;
        assert_eq!(unpacked(bytes).1, ["a.zip a.txt: it is damaged: make the archive again"]);
    }

    #[test]
    fn no_archive_fells_the_reader() {
        let whole = pack(&[File::text("a.txt", "alpha"), File::text("b.txt", "beta")]);
        for end in 0..whole.len() {
            let (files, problems) = unpacked(whole[..end].to_vec());
            assert!(files.is_empty() && problems.len() == 1, "{end}");
        }
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] = 0xff;
            unpacked(bytes);
        }
    }
}
