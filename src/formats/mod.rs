//! The shapes in which documents leave and come back: one file a format, and
//! the only place that serialises.

pub mod journal;
pub mod native;
pub mod wire;
