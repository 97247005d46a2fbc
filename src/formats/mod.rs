//! The shapes in which documents leave and come back: one file a format, and
//! the only place that serialises.
//!
//! [`Format::all`] is the table: each format says what it can hold, counts
//! what it cannot ([`Format::loss`]), writes, reads, and checks what it wrote.

pub mod agreement;
mod answer;
pub mod backup;
pub mod batch;
mod brat;
mod brat_read;
mod cas;
mod cas_read;
mod catalogue;
mod check;
mod conll;
mod conllu;
mod conllu_read;
pub mod converter;
mod dataset;
mod doccano;
mod draft;
mod duplicates;
pub mod french;
mod guess;
mod guide;
mod html;
mod hugging_face;
pub mod journal;
mod json;
mod label_studio;
mod label_studio_read;
pub mod line;
mod loss;
pub mod mapping;
pub mod native;
mod native_lines;
mod native_read;
mod native_shape;
mod ner_annotator;
mod nest;
mod page;
mod patterns;
pub mod plain;
mod prodigy;
mod projection;
mod shelf;
mod spacy;
mod tables;
mod tei;
mod tei_read;
mod units;
pub mod unzip;
mod web_annotation;
mod web_annotation_read;
pub mod wire;
mod words;
mod xlsx;
pub mod xml;
pub mod zip;

pub use catalogue::{
    Columns, File, Files, Format, Imported, Labels, Layer, Options, Overlaps, Spans, Tagging, Take,
};
pub use draft::Problem;
pub use loss::{Loss, Part, layer_of};
pub use units::Unit;
