//! What a format cannot hold, counted so that a page can say it before the
//! download.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::catalogue::Layer;
use crate::scheme::{CUE, Label, QUOTE, SPEAKER};

/// A part of documents that some formats cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Part {
    /// Proposals, where only accepted spans leave: the person's choice.
    Refrained,
    /// Spans of labels that belong to the other layer.
    OtherLayer,
    /// Spans that overlap another one.
    Overlaps,
    /// White space at the ends of spans, or spans of nothing else.
    Edges,
    /// Names of labels that had to change.
    LabelNames,
    /// Links between spans: which cue, which speaker.
    Relations,
    /// Who or what spans are about, and who says a quotation.
    Entities,
    /// Entities that no span is about.
    Unmentioned,
    /// The kinds of quotations.
    Kinds,
    /// Other named values of spans.
    Attributes,
    /// Remarks on spans.
    Notes,
    /// That spans are only proposed.
    Proposals,
    /// That the engine made spans.
    Origins,
    /// How sure the engine was.
    Scores,
    /// What a person refused.
    Refusals,
    /// Texts, to the last space.
    Texts,
    /// Control characters.
    Controls,
    /// Ids of documents.
    Ids,
    /// Titles of documents.
    Titles,
    /// Languages of documents other than French.
    Languages,
    /// What else came with texts.
    Metadata,
    /// Remarks on documents.
    Remarks,
    /// That documents are done.
    Done,
    /// Documents that only one annotator has, where annotators are compared.
    Alone,
}

impl Part {
    /// All, the weightiest first.
    pub const ALL: [Self; 24] = [
        Self::Refrained,
        Self::OtherLayer,
        Self::Overlaps,
        Self::Edges,
        Self::LabelNames,
        Self::Relations,
        Self::Entities,
        Self::Unmentioned,
        Self::Kinds,
        Self::Attributes,
        Self::Notes,
        Self::Proposals,
        Self::Origins,
        Self::Scores,
        Self::Refusals,
        Self::Texts,
        Self::Controls,
        Self::Ids,
        Self::Titles,
        Self::Languages,
        Self::Metadata,
        Self::Remarks,
        Self::Done,
        Self::Alone,
    ];

    /// What is lost, in English, after a number.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Refrained => "proposals left out",
            Self::OtherLayer => "spans of the other layer",
            Self::Overlaps => "overlapping spans",
            Self::Edges => "spans with white space at an end",
            Self::LabelNames => "labels with a changed name",
            Self::Relations => "relations",
            Self::Entities => "spans tied to an entity",
            Self::Unmentioned => "entities without a span",
            Self::Kinds => "kinds of quotations",
            Self::Attributes => "attributes",
            Self::Notes => "notes",
            Self::Proposals => "marks that a span is only proposed",
            Self::Origins => "marks that the engine made a span",
            Self::Scores => "scores",
            Self::Refusals => "refused proposals",
            Self::Texts => "texts with exact spacing",
            Self::Controls => "control characters",
            Self::Ids => "document ids",
            Self::Titles => "titles",
            Self::Languages => "languages",
            Self::Metadata => "values of metadata",
            Self::Remarks => "notes on documents",
            Self::Done => "marks that a document is done",
            Self::Alone => "documents of one annotator alone",
        }
    }
}

/// How much of each part is lost; parts that lose nothing are not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loss(BTreeMap<Part, usize>);

impl Loss {
    /// What is lost, the weightiest first.
    pub fn parts(&self) -> impl Iterator<Item = (Part, usize)> {
        self.0.iter().map(|(part, count)| (*part, *count))
    }

    /// How much of `part` is lost.
    pub fn of(&self, part: Part) -> usize {
        self.0.get(&part).copied().unwrap_or(0)
    }

    /// Whether nothing is lost.
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn add(&mut self, part: Part, count: usize) {
        if count > 0 {
            *self.0.entry(part).or_default() += count;
        }
    }
}

/// The layer that a label belongs to.
pub fn layer_of(label: &Label) -> Layer {
    if [QUOTE, CUE, SPEAKER].contains(&label.as_str()) {
        Layer::Quotations
    } else {
        Layer::Mentions
    }
}
