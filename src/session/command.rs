//! What a person can do to a document, and how each becomes a transaction.

use super::draft::Draft;
use super::{entity, quotation, seed, span};
use crate::document::{Document, EntityId, SpanId, Transaction};
use crate::engine::Analysis;
use crate::engine::quotations::Carved;
use crate::scheme::{Label, QuoteKind, Scheme};
use crate::text::ByteSpan;

/// The name of [`Command::Seed`].
pub(super) const SEED: &str = "seed";
/// The name of [`Command::Finish`].
pub(super) const FINISH: &str = "finish";
/// The name of [`Command::Reopen`].
pub(super) const REOPEN: &str = "reopen";

/// One thing that a person (or the engine, by [`Command::Seed`]) does.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Take the engine's proposals in; what a person did stays as it is.
    Seed(Box<Analysis>),
    /// Give a stretch of text a label.
    Label(ByteSpan, Label),
    /// Give the label to every other place with the same words, as proposals.
    LabelEverywhere(SpanId),
    /// Give a span another label; it keeps its id, links, speaker and notes.
    Relabel(SpanId, Label),
    /// Move a span's bounds; it keeps its id, links, speaker and notes.
    Resize(SpanId, ByteSpan),
    /// Remove a span (of a quotation, with its cue and speaker); a proposal
    /// is remembered as refused.
    Remove(SpanId),
    /// Stand behind a span (of a quotation, with its cue and speaker).
    Accept(SpanId),
    /// Stand behind all that is still proposed.
    AcceptAll,
    /// Refuse all that is still proposed.
    RejectAll,
    /// Make a quotation of what the engine carved from a selection.
    Quote(Carved),
    /// Say how a quotation is reported.
    SetKind(SpanId, QuoteKind),
    /// Say which words report a quotation.
    SetCue(SpanId, Option<ByteSpan>),
    /// Say which words name a quotation's source.
    SetSpeaker(SpanId, Option<ByteSpan>),
    /// Say whose a quotation is, or who a mention is about.
    Assign(SpanId, Option<EntityId>),
    /// Say that a mention is about somebody not yet listed.
    AssignNew(SpanId),
    /// Say that a quotation goes on in another, or in none.
    Continue(SpanId, Option<SpanId>),
    /// Give an entity another name.
    RenameEntity(EntityId, String),
    /// Say that two entities are one; the second stays.
    MergeEntities(EntityId, EntityId),
    /// Write a remark on a span.
    Note(SpanId, String),
    /// Give the document another title.
    Rename(String),
    /// Write a remark on the document; an empty one removes it.
    Remark(String),
    /// Say that the document is done.
    Finish,
    /// Say that the document is not done after all.
    Reopen,
}

/// What a command comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What changes; `None` if all is already so.
    pub transaction: Option<Transaction>,
    /// The span that the person is at afterwards.
    pub focus: Option<SpanId>,
    /// How many spans it concerns.
    pub count: usize,
}

impl Command {
    /// A stable word for it, which the page has wording for.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Seed(_) => SEED,
            Self::Label(..) => "label",
            Self::LabelEverywhere(_) => "everywhere",
            Self::Relabel(..) => "relabel",
            Self::Resize(..) => "resize",
            Self::Remove(_) => "remove",
            Self::Accept(_) => "accept",
            Self::AcceptAll => "accept-all",
            Self::RejectAll => "reject-all",
            Self::Quote(_) => "quote",
            Self::SetKind(..) => "kind",
            Self::SetCue(..) => "cue",
            Self::SetSpeaker(..) => "speaker",
            Self::Assign(..) | Self::AssignNew(_) => "assign",
            Self::Continue(..) => "continue",
            Self::RenameEntity(..) => "rename-entity",
            Self::MergeEntities(..) => "merge",
            Self::Note(..) => "note",
            Self::Rename(_) => "rename",
            Self::Remark(_) => "remark",
            Self::Finish => FINISH,
            Self::Reopen => REOPEN,
        }
    }

    /// What it would change in `document` under a label scheme. A command about something that is
    /// not there plans nothing.
    pub fn plan(&self, document: &Document, scheme: &Scheme) -> Plan {
        let mut draft = Draft::new(document, scheme);
        let (focus, count) = match self {
            Self::Seed(analysis) => (None, seed::seed(&mut draft, analysis)),
            Self::Label(range, label) => span::label(&mut draft, *range, label),
            Self::LabelEverywhere(id) => span::label_everywhere(&mut draft, *id),
            Self::Relabel(id, label) => span::relabel(&mut draft, *id, label),
            Self::Resize(id, range) => span::resize(&mut draft, *id, *range),
            Self::Remove(id) => span::remove(&mut draft, *id),
            Self::Accept(id) => span::accept(&mut draft, *id),
            Self::AcceptAll => span::accept_all(&mut draft),
            Self::RejectAll => span::reject_all(&mut draft),
            Self::Quote(carved) => quotation::quote(&mut draft, carved),
            Self::SetKind(id, kind) => quotation::set_kind(&mut draft, *id, *kind),
            Self::SetCue(id, range) => quotation::set_cue(&mut draft, *id, *range),
            Self::SetSpeaker(id, range) => quotation::set_speaker(&mut draft, *id, *range),
            Self::Continue(id, next) => quotation::set_next(&mut draft, *id, *next),
            Self::Assign(id, who) => entity::assign(&mut draft, *id, *who),
            Self::AssignNew(id) => entity::assign_new(&mut draft, *id),
            Self::RenameEntity(id, name) => entity::rename(&mut draft, *id, name),
            Self::MergeEntities(from, into) => entity::merge(&mut draft, *from, *into),
            Self::Note(id, note) => span::note(&mut draft, *id, note),
            Self::Rename(title) => {
                draft.set_title(title);
                (None, 0)
            }
            Self::Remark(note) => {
                draft.set_note(span::remark(note));
                (None, 0)
            }
            Self::Finish => {
                draft.set_done(true);
                (None, 0)
            }
            Self::Reopen => {
                draft.set_done(false);
                (None, 0)
            }
        };
        Plan { transaction: draft.finish(self.name()), focus, count }
    }
}
