//! The page: Leptos components over the [`session`](crate::session), the
//! browser's storage, files and keys, and the client of the engine's worker.
//!
//! Components read signals, render and dispatch; what is worth testing lives
//! in `session`.

mod annotators;
mod arrivals;
mod backup;
mod converter;
pub mod converting;
mod dialog;
mod document_card;
mod document_row;
mod documents;
mod each;
pub mod engine;
mod entities;
mod export;
mod files;
mod folders;
mod format_words;
mod handles;
mod header;
mod help;
mod import;
mod inspector;
mod keys;
pub mod later;
mod looks;
mod markup;
mod notes;
mod notices;
mod offline;
mod opening;
mod page;
mod palette;
mod place;
mod queue;
mod quotations;
mod reading;
mod room;
mod scheme;
mod scheme_words;
mod shelf;
mod shelf_words;
mod start;
mod state;
mod storage;
mod storage_read;
mod tabs;
mod tagger;
mod theme;
mod warm;
mod who;
pub mod words;
pub mod worker;
mod workspaces;

pub use page::start;
