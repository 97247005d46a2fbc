//! Text in, proposals out. Pure, total and deterministic: no I/O, no clock,
//! never a panic on any string, the same answer natively and in WebAssembly.
//!
//! The stages, in the order in which [`analyse`] calls them:
//! [`tokens`] and [`sentences`], then the [`mentions`] of [`entities`], then
//! the quotations with cue and speaker, then who is who.

pub mod analysis;
mod chars;
pub mod entities;
pub mod lexicon;
mod math;
pub mod mentions;
pub mod pack;
pub mod quotations;
pub mod sentences;
pub mod tokens;

pub use analysis::{Analysis, Cue, Entity, Mention, Quotation, Speaker};

/// Everything that the engine proposes for `text`.
pub fn analyse(text: &str) -> Analysis {
    let tokens = tokens::tokenize(text);
    let sentences = sentences::split(text, &tokens);
    let mut mentions = mentions::find(text, &tokens, &sentences);
    let mut entities = entities::link(text, &tokens, &mut mentions);
    let quotations::Quotations { cues, speakers, quotations } =
        quotations::find(text, &tokens, &sentences, &mentions, &mut entities);
    Analysis { mentions, cues, speakers, quotations, entities }
}
