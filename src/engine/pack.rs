//! Packed data: how weights and lexicons lie in the program.
//!
//! A pack is eight bytes of magic and version, eight bytes of checksum and a
//! stream of adaptive binary decisions (the range coder of LZMA, with chances
//! that settle), which stays within a few per cent of the entropy. Reading past the end gives zeros and
//! every count is checked by the reader, so that no bytes make it panic.

/// The bytes before the stream: magic, then checksum.
const HEADER: usize = 16;

/// Chances are out of 65,536.
const CHANCE_BITS: u32 = 16;
/// A chance follows what it sees by a half of the way, then a third, down to
/// this part: what is packed keeps its habits from end to end.
const SETTLED: u16 = 250;
const TOP: u32 = 1 << 24;

/// The chance of a zero in one context.
#[derive(Clone, Copy, Debug)]
pub struct Chance {
    zero: u16,
    seen: u16,
}

impl Default for Chance {
    fn default() -> Self {
        Self { zero: 1 << (CHANCE_BITS - 1), seen: 0 }
    }
}

impl Chance {
    fn saw(&mut self, bit: bool) {
        let part = self.seen + 2;
        if bit {
            self.zero -= self.zero / part;
        } else {
            self.zero += (u16::MAX - self.zero) / part;
        }
        // Neither side is ever impossible.
        self.zero = self.zero.clamp(64, u16::MAX - 63);
        self.seen = (self.seen + 1).min(SETTLED);
    }
}

/// The checksum of a stream: 64-bit FNV-1a.
pub fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Reads a stream of decisions.
#[derive(Debug)]
pub struct Reader<'d> {
    bytes: &'d [u8],
    at: usize,
    range: u32,
    code: u32,
}

impl<'d> Reader<'d> {
    /// Opens a pack; none where magic or checksum are not what they should be.
    pub fn open(pack: &'d [u8], magic: [u8; 8]) -> Option<Self> {
        let (header, bytes) = pack.split_at_checked(HEADER)?;
        let sum = u64::from_le_bytes(header[8..].try_into().ok()?);
        if header[..8] != magic || sum != checksum(bytes) {
            return None;
        }
        let mut reader = Self { bytes, at: 0, range: u32::MAX, code: 0 };
        for _ in 0..5 {
            reader.code = reader.code << 8 | reader.byte();
        }
        Some(reader)
    }

    fn byte(&mut self) -> u32 {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        u32::from(byte)
    }

    fn refill(&mut self) {
        while self.range < TOP {
            self.range <<= 8;
            self.code = self.code << 8 | self.byte();
        }
    }

    /// One decision whose chance adapts. By itself: a browser compiles well what
    /// is called often, long before the loops around it end.
    #[inline(never)]
    pub fn bit(&mut self, chance: &mut Chance) -> bool {
        let bound = (self.range >> CHANCE_BITS) * u32::from(chance.zero);
        let bit = self.code >= bound;
        if bit {
            self.code -= bound;
            self.range -= bound;
        } else {
            self.range = bound;
        }
        chance.saw(bit);
        self.refill();
        bit
    }

    /// `count` bits of even chance, highest first.
    pub fn raw(&mut self, count: u32) -> u32 {
        let mut value = 0;
        for _ in 0..count {
            self.range >>= 1;
            let bit = self.code >= self.range;
            if bit {
                self.code -= self.range;
            }
            value = value << 1 | u32::from(bit);
            self.refill();
        }
        value
    }

    /// A number in Elias-gamma form whose length adapts; up to 2^32 - 2.
    pub fn number(&mut self, lengths: &mut [Chance; 32]) -> u32 {
        let mut length = 0;
        while length < 31 && self.bit(&mut lengths[length]) {
            length += 1;
        }
        (1u64 << length).wrapping_add(u64::from(self.raw(length as u32))) as u32 - 1
    }

    /// A number below 2^`bits` by a tree of decisions that adapt.
    pub fn symbol(&mut self, tree: &mut [Chance], bits: u32) -> u32 {
        let mut node = 1;
        for _ in 0..bits {
            let bit = tree.get_mut(node).is_some_and(|chance| self.bit(chance));
            node = node << 1 | usize::from(bit);
        }
        node as u32 - (1 << bits)
    }
}

/// Writes a stream of decisions; the mirror of [`Reader`].
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug)]
pub struct Writer {
    bytes: Vec<u8>,
    low: u64,
    range: u32,
    cache: u8,
    pending: usize,
}

#[cfg(not(target_arch = "wasm32"))]
impl Default for Writer {
    fn default() -> Self {
        Self { bytes: Vec::new(), low: 0, range: u32::MAX, cache: 0, pending: 1 }
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Writer {
    fn shift(&mut self) {
        if self.low < 0xff00_0000 || self.low > 0xffff_ffff {
            let carry = (self.low >> 32) as u8;
            let mut byte = self.cache;
            for _ in 0..self.pending {
                self.bytes.push(byte.wrapping_add(carry));
                byte = 0xff;
            }
            self.pending = 0;
            self.cache = (self.low >> 24) as u8;
        }
        self.pending += 1;
        self.low = (self.low & 0x00ff_ffff) << 8;
    }

    fn refill(&mut self) {
        while self.range < TOP {
            self.range <<= 8;
            self.shift();
        }
    }

    /// One decision whose chance adapts.
    pub fn bit(&mut self, chance: &mut Chance, bit: bool) {
        let bound = (self.range >> CHANCE_BITS) * u32::from(chance.zero);
        if bit {
            self.low += u64::from(bound);
            self.range -= bound;
        } else {
            self.range = bound;
        }
        chance.saw(bit);
        self.refill();
    }

    /// The lowest `count` bits of `value`, of even chance.
    pub fn raw(&mut self, count: u32, value: u32) {
        for place in (0..count).rev() {
            self.range >>= 1;
            if value >> place & 1 == 1 {
                self.low += u64::from(self.range);
            }
            self.refill();
        }
    }

    /// A number in Elias-gamma form whose length adapts.
    pub fn number(&mut self, lengths: &mut [Chance; 32], value: u32) {
        let value = u64::from(value) + 1;
        let length = 63 - value.leading_zeros() as usize;
        for chance in &mut lengths[..length] {
            self.bit(chance, true);
        }
        if length < 31 {
            self.bit(&mut lengths[length], false);
        }
        self.raw(length as u32, value as u32 & ((1u64 << length) - 1) as u32);
    }

    /// A number below 2^`bits` by a tree of decisions that adapt.
    pub fn symbol(&mut self, tree: &mut [Chance], bits: u32, value: u32) {
        let mut node = 1;
        for place in (0..bits).rev() {
            let bit = value >> place & 1 == 1;
            self.bit(&mut tree[node], bit);
            node = node << 1 | usize::from(bit);
        }
    }

    /// The finished pack.
    pub fn finish(mut self, magic: [u8; 8]) -> Vec<u8> {
        for _ in 0..5 {
            self.shift();
        }
        // The first byte out of the coder is always the empty cache.
        let mut pack = magic.to_vec();
        pack.extend(checksum(&self.bytes).to_le_bytes());
        pack.extend(self.bytes);
        pack
    }
}

/// Fresh chances for [`Reader::number`].
pub fn lengths() -> [Chance; 32] {
    [Chance::default(); 32]
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAGIC: [u8; 8] = *b"gl-test1";

    fn written(numbers: &[u32]) -> Vec<u8> {
        let (mut writer, mut chances) = (Writer::default(), lengths());
        let mut tree = [Chance::default(); 16];
        for number in numbers {
            writer.number(&mut chances, *number);
            writer.symbol(&mut tree, 4, number % 16);
            writer.raw(7, number % 128);
        }
        writer.finish(MAGIC)
    }

    #[test]
    fn what_is_written_is_read() {
        let numbers: Vec<u32> =
            (0..5000u32).map(|i| i.wrapping_mul(2_654_435_761) >> (i % 32)).collect();
        let pack = written(&numbers);
        let mut reader = Reader::open(&pack, MAGIC).unwrap();
        let (mut chances, mut tree) = (lengths(), [Chance::default(); 16]);
        for number in numbers {
            assert_eq!(reader.number(&mut chances), number);
            assert_eq!(reader.symbol(&mut tree, 4), number % 16);
            assert_eq!(reader.raw(7), number % 128);
        }
    }

    #[test]
    fn damage_is_refused_and_the_end_is_zeros() {
        let mut pack = written(&[1, 2, 3]);
        assert!(Reader::open(&pack, *b"gl-other").is_none());
        assert!(Reader::open(&pack[..10], MAGIC).is_none());
        let mut reader = Reader::open(&pack, MAGIC).unwrap();
        let mut chances = lengths();
        for _ in 0..10_000 {
            reader.number(&mut chances);
        }
        *pack.last_mut().unwrap() ^= 1;
        assert!(Reader::open(&pack, MAGIC).is_none());
    }
}
