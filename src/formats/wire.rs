//! What goes between the page and the engine's worker, and what the engine's
//! JavaScript function `tag` returns: [`crate::engine::Analysis`] as plain
//! data. Spans are byte offsets into the UTF-8 of the text, end exclusive,
//! unless [`Analysis::in_unit`] made others of them; the page and its worker
//! share one build, so nothing here is versioned. `npm/index.d.ts` describes
//! [`Analysis`] to users of the JavaScript module.

use serde::{Deserialize, Serialize};

use super::units::Unit;
use crate::engine;
use crate::scheme::{MentionLabel, QuoteKind};
use crate::text::{ByteSpan, Offsets};

/// What the page asks of the worker: the proposals for a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Comes back with the answer.
    pub id: u32,
    /// The text.
    pub text: String,
}

/// What the worker says to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Message {
    /// It takes requests from now on.
    Ready,
    /// It cannot start, and why; `assets/start.js` sends it.
    Failed(String),
    /// The answer to the request `id`.
    Answer {
        /// The request's.
        id: u32,
        /// What it asked for.
        analysis: Analysis,
    },
}

/// [`engine::Analysis`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// [`engine::Analysis::mentions`].
    pub mentions: Vec<Mention>,
    /// [`engine::Analysis::cues`].
    pub cues: Vec<Cue>,
    /// [`engine::Analysis::speakers`].
    pub speakers: Vec<Speaker>,
    /// [`engine::Analysis::quotations`].
    pub quotations: Vec<Quotation>,
    /// [`engine::Analysis::entities`].
    pub entities: Vec<Entity>,
}

/// [`engine::Mention`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    start: usize,
    end: usize,
    #[serde(with = "label")]
    label: MentionLabel,
    score: f32,
    entity: Option<usize>,
}

/// [`engine::Cue`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cue {
    start: usize,
    end: usize,
    score: f32,
}

/// [`engine::Speaker`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Speaker {
    start: usize,
    end: usize,
    score: f32,
    entity: Option<usize>,
}

/// [`engine::Quotation`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quotation {
    start: usize,
    end: usize,
    #[serde(with = "kind")]
    kind: QuoteKind,
    score: f32,
    cue: Option<usize>,
    speaker: Option<usize>,
    entity: Option<usize>,
    continues: Option<usize>,
}

/// [`engine::Entity`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    name: String,
    #[serde(with = "optional_label")]
    label: Option<MentionLabel>,
}

impl From<engine::Analysis> for Analysis {
    fn from(from: engine::Analysis) -> Self {
        Self {
            mentions: convert(from.mentions),
            cues: convert(from.cues),
            speakers: convert(from.speakers),
            quotations: convert(from.quotations),
            entities: convert(from.entities),
        }
    }
}

impl From<Analysis> for engine::Analysis {
    fn from(from: Analysis) -> Self {
        Self {
            mentions: convert(from.mentions),
            cues: convert(from.cues),
            speakers: convert(from.speakers),
            quotations: convert(from.quotations),
            entities: convert(from.entities),
        }
    }
}

impl Analysis {
    /// The same analysis of `text`, its offsets in `unit` instead of bytes.
    pub fn in_unit(mut self, text: &str, unit: Unit) -> Self {
        let offsets = Offsets::new(text);
        let Self { mentions, cues, speakers, quotations, entities: _ } = &mut self;
        let ends = mentions.iter_mut().map(|m| (&mut m.start, &mut m.end));
        let ends = ends.chain(cues.iter_mut().map(|c| (&mut c.start, &mut c.end)));
        let ends = ends.chain(speakers.iter_mut().map(|s| (&mut s.start, &mut s.end)));
        let ends = ends.chain(quotations.iter_mut().map(|q| (&mut q.start, &mut q.end)));
        for (start, end) in ends {
            (*start, *end) = unit.count(&offsets, ByteSpan::new(*start, *end));
        }
        self
    }
}

impl From<engine::Mention> for Mention {
    fn from(engine::Mention { span, label, score, entity }: engine::Mention) -> Self {
        Self { start: span.start, end: span.end, label, score, entity }
    }
}

impl From<Mention> for engine::Mention {
    fn from(Mention { start, end, label, score, entity }: Mention) -> Self {
        Self { span: ByteSpan { start, end }, label, score, entity }
    }
}

impl From<engine::Cue> for Cue {
    fn from(engine::Cue { span, score }: engine::Cue) -> Self {
        Self { start: span.start, end: span.end, score }
    }
}

impl From<Cue> for engine::Cue {
    fn from(Cue { start, end, score }: Cue) -> Self {
        Self { span: ByteSpan { start, end }, score }
    }
}

impl From<engine::Speaker> for Speaker {
    fn from(engine::Speaker { span, score, entity }: engine::Speaker) -> Self {
        Self { start: span.start, end: span.end, score, entity }
    }
}

impl From<Speaker> for engine::Speaker {
    fn from(Speaker { start, end, score, entity }: Speaker) -> Self {
        Self { span: ByteSpan { start, end }, score, entity }
    }
}

impl From<engine::Quotation> for Quotation {
    fn from(from: engine::Quotation) -> Self {
        let engine::Quotation { span, kind, score, cue, speaker, entity, continues } = from;
        let ByteSpan { start, end } = span;
        Self { start, end, kind, score, cue, speaker, entity, continues }
    }
}

impl From<Quotation> for engine::Quotation {
    fn from(from: Quotation) -> Self {
        let Quotation { start, end, kind, score, cue, speaker, entity, continues } = from;
        let span = ByteSpan { start, end };
        Self { span, kind, score, cue, speaker, entity, continues }
    }
}

impl From<engine::Entity> for Entity {
    fn from(engine::Entity { name, label }: engine::Entity) -> Self {
        Self { name, label }
    }
}

impl From<Entity> for engine::Entity {
    fn from(Entity { name, label }: Entity) -> Self {
        Self { name, label }
    }
}

fn convert<A, B: From<A>>(list: Vec<A>) -> Vec<B> {
    list.into_iter().map(B::from).collect()
}

/// A label by its name.
mod label {
    use super::{Deserialize, MentionLabel};
    use serde::{Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(label: &MentionLabel, to: S) -> Result<S::Ok, S::Error> {
        // A string in JSON, and in JavaScript one that is made once.
        to.serialize_unit_variant("MentionLabel", *label as u32, label.name())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<MentionLabel, D::Error> {
        let name = String::deserialize(from)?;
        MentionLabel::from_name(&name)
            .ok_or_else(|| D::Error::custom(format!("\"{name}\" is no label of the engine")))
    }
}

/// A label by its name, or none.
mod optional_label {
    use super::{Deserialize, MentionLabel, Serialize, label};
    use serde::{Deserializer, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Named(#[serde(with = "label")] MentionLabel);

    pub fn serialize<S: Serializer>(it: &Option<MentionLabel>, to: S) -> Result<S::Ok, S::Error> {
        it.map(Named).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<MentionLabel>, D::Error> {
        Ok(Option::<Named>::deserialize(from)?.map(|named| named.0))
    }
}

/// A kind of quotation by its name.
mod kind {
    use super::{Deserialize, QuoteKind};
    use serde::{Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(kind: &QuoteKind, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_unit_variant("QuoteKind", *kind as u32, kind.name())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<QuoteKind, D::Error> {
        let name = String::deserialize(from)?;
        QuoteKind::from_name(&name)
            .ok_or_else(|| D::Error::custom(format!("\"{name}\" is no kind of quotation")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn analysis() -> engine::Analysis {
        let span = ByteSpan::new(4, 13);
        let mention =
            |label| engine::Mention { span, label, score: 0.97, entity: Some(label as usize) };
        let quotation = |kind| engine::Quotation {
            span,
            kind,
            score: 0.5,
            cue: Some(0),
            speaker: None,
            entity: Some(1),
            continues: None,
        };
        engine::Analysis {
            mentions: MentionLabel::ALL.map(mention).to_vec(),
            cues: vec![engine::Cue { span, score: 1.0 }],
            speakers: vec![engine::Speaker { span, score: 0.1, entity: None }],
            quotations: QuoteKind::ALL.map(quotation).to_vec(),
            entities: vec![
                engine::Entity { name: "Lin Jian".into(), label: Some(MentionLabel::Person) },
                engine::Entity { name: "les médias".into(), label: None },
            ],
        }
    }

    #[test]
    fn an_analysis_comes_back_as_it_went() {
        let json = serde_json::to_string(&Analysis::from(analysis())).unwrap();
        let back: Analysis = serde_json::from_str(&json).unwrap();
        assert_eq!(engine::Analysis::from(back), analysis());
    }

    #[test]
    fn offsets_are_counted_as_asked() {
        let text = "🚨é« Lin Jian »";
        let counted = |unit| {
            let json = serde_json::to_value(Analysis::from(analysis()).in_unit(text, unit));
            let json = json.unwrap();
            ["mentions", "cues", "speakers", "quotations"].map(|list| {
                let span = &json[list][0];
                (span["start"].as_u64().unwrap(), span["end"].as_u64().unwrap())
            })
        };
        let span = ByteSpan::new(4, 13);
        assert_eq!(span.of(text), "é« Lin ");
        assert_eq!(analysis().cues[0].span, span);
        assert_eq!(counted(Unit::Byte), [(4, 13); 4]);
        assert_eq!(counted(Unit::CodePoint), [(1, 8); 4]);
        assert_eq!(counted(Unit::Utf16), [(2, 9); 4]);
    }

    #[test]
    fn spans_are_numbers_and_labels_are_names() {
        let json = serde_json::to_value(Analysis::from(analysis())).unwrap();
        assert_eq!(json["mentions"][0]["start"], 4);
        assert_eq!(json["mentions"][0]["label"], "PERSON");
        assert_eq!(json["quotations"][1]["kind"], "mixed");
        assert_eq!(json["entities"][1]["label"], serde_json::Value::Null);
    }

    #[test]
    fn a_label_that_the_engine_lacks_is_refused() {
        let error = serde_json::from_str::<Entity>(r#"{"name": "x", "label": "PLANET"}"#)
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("\"PLANET\" is no label of the engine"), "{error}");
    }

    #[test]
    fn the_start_script_can_say_that_it_failed() {
        let said: Message = serde_json::from_str(r#"{"failed": "no memory"}"#).unwrap();
        assert_eq!(said, Message::Failed("no memory".into()));
        assert_eq!(serde_json::to_string(&Message::Ready).unwrap(), "\"ready\"");
    }
}
