//! The closed words of Guillemet: labels, kinds of quotation, relations, and
//! the label scheme that a person may change.

pub mod color;
mod labels;

pub use labels::{
    CUE, Label, LabelDef, MentionLabel, QUOTE, QuoteKind, RelationDef, SPEAKER, Scheme,
    is_of_quotation, relation,
};
