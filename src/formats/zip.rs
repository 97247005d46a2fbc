//! Many files as one ZIP archive, stored as they are: no compressor in the
//! page, and the same files give the same bytes.

use super::catalogue::File;

/// Names are UTF-8 (bit 11 of the general purpose flags).
const UTF8: u16 = 1 << 11;
/// 1 January 1980, the first day that the format knows: no clock is read.
const DATE: u16 = (1 << 5) | 1;
/// Version 2.0, as folders need.
const VERSION: u16 = 20;

/// The archive of these files.
pub fn pack(files: &[File]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    for file in files {
        let start = size(out.len());
        let mut entry = Vec::new();
        for short in [VERSION, UTF8, 0, 0, DATE] {
            entry.extend(short.to_le_bytes());
        }
        let length = size(file.bytes.len());
        for long in [crc32(&file.bytes), length, length] {
            entry.extend(long.to_le_bytes());
        }
        entry.extend(u16::try_from(file.name.len()).unwrap_or(u16::MAX).to_le_bytes());
        entry.extend(0u16.to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&entry);
        out.extend(file.name.as_bytes());
        out.extend(&file.bytes);
        directory.extend(b"PK\x01\x02");
        directory.extend(VERSION.to_le_bytes());
        directory.extend(&entry);
        // No comment, the first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(start.to_le_bytes());
        directory.extend(file.name.as_bytes());
    }
    let start = size(out.len());
    let count = u16::try_from(files.len()).unwrap_or(u16::MAX);
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size(directory.len()).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0; 2]);
    out
}

/// Sizes are 32 bits: a workspace in a page's memory is far smaller.
fn size(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// The checksum of ISO 3309, bit by bit.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & 0u32.wrapping_sub(crc & 1))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn an_archive_names_its_files_twice_and_ends_in_its_directory() {
        let files = [File::text("é/a.txt", "alpha"), File::text("b", "")];
        let bytes = pack(&files);
        let count = |what: &[u8]| bytes.windows(what.len()).filter(|w| *w == what).count();
        assert_eq!((count("é/a.txt".as_bytes()), count(b"PK\x01\x02"), count(b"alpha")), (2, 2, 1));
        assert_eq!(&bytes[bytes.len() - 22..][..4], b"PK\x05\x06");
    }
}
