//! Guillemet labels news dispatches: who and what is named, who is quoted
//! saying what.
//!
//! ```text
//! paste -> text -> engine -> proposals -> session -> document -> formats
//! ```

#[cfg(target_arch = "wasm32")]
pub mod app;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod document;
pub mod engine;
pub mod formats;
#[cfg(not(target_arch = "wasm32"))]
pub mod lab;
pub mod scheme;
pub mod session;
pub mod text;
