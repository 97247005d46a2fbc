//! What always holds, over generated texts, documents and files.

mod any;
mod document;
mod engine;
mod journal;
mod native;
mod text;
