//! What the engine returns: mentions, quotations and the entities behind
//! them, tied together by index.

use crate::scheme::{MentionLabel, QuoteKind};
use crate::text::ByteSpan;

/// The proposals for one text. Lists are in text order; every span lies
/// inside the text, on character boundaries, is not empty and neither starts
/// nor ends with white space.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// Stretches that name someone or something. They may nest.
    pub mentions: Vec<Mention>,
    /// The words that report.
    pub cues: Vec<Cue>,
    /// The source phrases.
    pub speakers: Vec<Speaker>,
    /// The reported contents.
    pub quotations: Vec<Quotation>,
    /// Who and what the mentions and speakers are about.
    pub entities: Vec<Entity>,
}

/// A stretch that names someone or something.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Where.
    pub span: ByteSpan,
    /// As what.
    pub label: MentionLabel,
    /// Probability that span and label are right, 0 to 1.
    pub score: f32,
    /// Index into [`Analysis::entities`]; dates and quantities have none.
    pub entity: Option<usize>,
}

/// The words that report a content.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// Where.
    pub span: ByteSpan,
    /// Probability that it is right, 0 to 1.
    pub score: f32,
}

/// A source phrase.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// Where.
    pub span: ByteSpan,
    /// Probability that it is right, 0 to 1.
    pub score: f32,
    /// Who it is; index into [`Analysis::entities`].
    pub entity: Option<usize>,
}

/// A reported content.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotation {
    /// Where.
    pub span: ByteSpan,
    /// How it is reported.
    pub kind: QuoteKind,
    /// Probability that it is right, 0 to 1.
    pub score: f32,
    /// Index into [`Analysis::cues`].
    pub cue: Option<usize>,
    /// Index into [`Analysis::speakers`].
    pub speaker: Option<usize>,
    /// Who says it, also where no words of the clause name them; index into
    /// [`Analysis::entities`].
    pub entity: Option<usize>,
    /// The earlier part of the same utterance; index into
    /// [`Analysis::quotations`].
    pub continues: Option<usize>,
}

/// Someone or something that a text is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its fullest mention.
    pub name: String,
    /// What it is; none for a source that no name stands for ("les médias
    /// britanniques").
    pub label: Option<MentionLabel>,
}
