//! The native command line's subcommands. Each takes its words and the
//! streams it reads and writes, so that it is tested without a process.

mod annotators;
pub mod convert;
pub mod help;
mod stream;
pub mod tag;
