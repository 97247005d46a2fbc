//! The closed words of Guillemet: labels, kinds of quotation, relations, and
//! the label scheme that a person may change.

mod labels;

pub use labels::{
    CUE, Label, LabelDef, MentionLabel, QUOTE, QuoteKind, RelationDef, SPEAKER, Scheme, relation,
};
