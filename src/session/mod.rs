//! One person's editing: commands become transactions, proposals are seeded,
//! queries answer what to show. It knows no browser; whoever shows it reads
//! the queries, sends [`Command`]s and writes down what [`Session::journal`]
//! says.

mod command;
mod draft;
mod entity;
mod first;
mod keymap;
mod queue;
mod quotation;
mod reform;
mod scheme_draft;
mod search;
mod seed;
mod select;
mod shelf;
mod span;
mod view;
mod workspace;

pub use command::{Command, Plan};
pub use first::{ENGINE, first_proposals};
pub use keymap::{Action, KeyContext, Press, action, is_free_key};
pub use queue::{Filter, Found, Item, Sort, State, Tally, order, shown, tally};
pub use reform::{Cost, Reform, SchemeChange};
pub use scheme_draft::{DraftRelation, DraftRow, Fate, Fault, SchemeDraft};
pub use select::{Edge, Move, Step};
pub use shelf::{FIRST, Place, PlaceState, free_name, shelf, to_open};
pub use view::{
    Block, Chunk, EntityRow, Mark, Overview, Piece, QuotationRow, SpanCard, blocks, entity_letter,
    entity_rows, overview, quotation_rows, review_order, span_card,
};
pub use workspace::{Entry, Outcome, Refusal, Session, Work};
