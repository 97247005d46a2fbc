//! Guillemet labels news dispatches: who and what is named, who is quoted
//! saying what.
//!
//! ```text
//! paste -> text -> engine -> proposals -> session -> document -> formats
//! ```

pub mod engine;
pub mod scheme;
pub mod text;
