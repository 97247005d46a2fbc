//! The immutable source text of one document, and the only place where
//! offsets change unit.
//!
//! Inside Guillemet a place in a text is a byte offset on a character
//! boundary ([`ByteSpan`]). Code points (the native JSON, Python) and UTF-16
//! units (the DOM, UIMA) exist only as the types of [`offsets`]. What comes
//! from outside enters through [`intake`], which says what it changed.

mod intake;
mod offsets;
pub mod order;
mod span;
mod title;
mod words;

pub use intake::{IntakeError, IntakeNote, MAX_TEXT_BYTES, Received, receive_bytes, receive_str};
pub use offsets::{CodePointSpan, OffsetError, Offsets, Utf16Span};
pub use span::ByteSpan;
pub use title::title_of;
pub use words::{next_char, next_word, previous_char, previous_word, snap_to_words, trim};
