//! The cases that the laws are tried on: texts, proposals for a text, and
//! what a person may do.

use guillemet::document::{Document, EntityId, SpanId};
use guillemet::engine::quotations::carve;
use guillemet::engine::{self, Analysis};
use guillemet::scheme::{Label, MentionLabel, QuoteKind};
use guillemet::session::Command;
use guillemet::text::{ByteSpan, trim};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Stretches that a text is made of: what dispatches hold, and what breaks
/// programs that cut text.
const PIECES: [&str; 56] = [
    "Lin Jian",
    "Ana Roy",
    "l’Etat",
    "d'",
    "le Foreign Office",
    "Paris",
    "Saint-Malo",
    "lundi",
    "10.000",
    "1\u{202f}200",
    "3,5%",
    "14H30",
    "M. ",
    "Selon ",
    "selon",
    "a dit",
    "a-t-il ajouté",
    "dit-elle",
    "que ",
    " qui ",
    "il",
    "« ",
    " »",
    "«",
    "»",
    "“",
    "”",
    "\"",
    "'",
    "’",
    "(",
    ")",
    ", ",
    ". ",
    ": ",
    "! ",
    "…",
    "—",
    "- ",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "\u{a0}",
    "\u{202f}",
    "e\u{301}",
    "\u{301}",
    "🚨",
    "👨‍👩‍👧",
    "🇫🇷🇧",
    "𝒜",
    "مرحبا",
    "\u{202e}",
    "\u{200d}",
    "\u{200b}",
];

/// A text of up to `most` pieces, some of them any characters at all.
pub fn text(most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        12 => select(&PIECES[..]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[a-zéèÀ]{1,9} ?",
    ];
    vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

/// Two places anywhere, to be fitted to a text by [`stretch`].
pub type Places = (u16, u16);

/// The stretch of `text` between two places; it may be empty.
pub fn stretch(text: &str, (a, b): Places) -> ByteSpan {
    let [a, b] = [a, b].map(|at| {
        let mut at = usize::from(at) * (text.len() + 1) / (usize::from(u16::MAX) + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    });
    ByteSpan::new(a.min(b), a.max(b))
}

/// Any proposals, to be fitted to a text by [`Proposals::fit`].
#[derive(Clone, Debug)]
pub struct Proposals {
    mentions: Vec<(Places, u8, Option<u8>)>,
    quotations: Vec<Proposed>,
    entities: Vec<u8>,
}

type Proposed = (Places, Option<Places>, Option<Places>, Option<u8>, bool);

pub fn proposals() -> impl Strategy<Value = Proposals> {
    let mention = (any::<Places>(), any::<u8>(), any::<Option<u8>>());
    let quotation = any::<Proposed>();
    (vec(mention, 0..9), vec(quotation, 0..5), vec(any::<u8>(), 1..6))
        .prop_map(|(mentions, quotations, entities)| Proposals { mentions, quotations, entities })
}

impl Proposals {
    /// An analysis of `text`, as sound as the engine promises.
    pub fn fit(&self, text: &str) -> Analysis {
        let mut found = Analysis::default();
        let names = ["Lin Jian", "Ana Roy", "Paris", "Etat"];
        for (index, n) in self.entities.iter().enumerate() {
            let label = MentionLabel::ALL.get(usize::from(*n) % 9).copied();
            let name = names[usize::from(*n) % names.len()];
            // The engine names no two entities alike.
            let name = format!("{name}{}", " bis".repeat(index));
            found.entities.push(engine::Entity { name, label });
        }
        let entity = |n: Option<u8>| n.map(|n| usize::from(n) % self.entities.len());
        let place = |places| Some(trim(text, stretch(text, places))).filter(|s| !s.is_empty());
        for (places, label, who) in &self.mentions {
            let label = MentionLabel::ALL[usize::from(*label) % MentionLabel::ALL.len()];
            let Some(span) = place(*places) else { continue };
            if !found.mentions.iter().any(|m| m.span == span && m.label == label) {
                let score = 0.9;
                found.mentions.push(engine::Mention { span, label, score, entity: entity(*who) });
            }
        }
        for (places, cue, speaker, who, goes_on) in &self.quotations {
            let Some(span) = place(*places) else { continue };
            if found.quotations.iter().any(|q| q.span == span) {
                continue;
            }
            let cue = cue.and_then(place).map(|span| {
                let there = found.cues.iter().position(|c| c.span == span);
                there.unwrap_or_else(|| {
                    found.cues.push(engine::Cue { span, score: 0.8 });
                    found.cues.len() - 1
                })
            });
            let speaker = speaker.and_then(place).map(|span| {
                let there = found.speakers.iter().position(|s| s.span == span);
                there.unwrap_or_else(|| {
                    let entity = entity(*who);
                    found.speakers.push(engine::Speaker { span, score: 0.7, entity });
                    found.speakers.len() - 1
                })
            });
            let continues = found.quotations.len().checked_sub(1).filter(|_| *goes_on);
            let kind = QuoteKind::ALL[span.len() % 3];
            let entity = entity(*who);
            let quotation =
                engine::Quotation { span, kind, score: 0.6, cue, speaker, entity, continues };
            found.quotations.push(quotation);
        }
        found
    }
}

/// Something that a person (or the engine) does to a document.
#[derive(Clone, Debug)]
pub enum Deed {
    Do(u8, u8, u8, Places),
    Seed(Proposals),
    Undo,
    Redo,
}

pub fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        12 => any::<(u8, u8, u8, Places)>().prop_map(|(a, b, c, d)| Deed::Do(a, b, c, d)),
        2 => proposals().prop_map(Deed::Seed),
        2 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
    ]
}

/// The command that the numbers of a [`Deed::Do`] mean for this document.
pub fn command(document: &Document, (what, a, b, places): (u8, u8, u8, Places)) -> Command {
    let spans: Vec<SpanId> = document.spans().map(|(id, _)| id).collect();
    let entities: Vec<EntityId> = document.entities().map(|(id, _)| id).collect();
    // Now and then something that is not there.
    let span =
        |n: u8| spans.get(usize::from(n) % (spans.len() + 1)).copied().unwrap_or(SpanId(999));
    let entity = |n: u8| {
        entities.get(usize::from(n) % (entities.len() + 1)).copied().unwrap_or(EntityId(999))
    };
    let range = stretch(document.text(), places);
    let some = |n: u8| !n.is_multiple_of(4);
    let labels = ["PERSON", "ORG", "DATE", "QUOTE", "CUE", "SPEAKER", "TEAM"];
    let label = || Label::new(labels[usize::from(b) % labels.len()]);
    match what % 25 {
        0 | 1 => Command::Label(range, label()),
        2 => Command::LabelEverywhere(span(a)),
        3 | 4 => Command::Relabel(span(a), label()),
        5 | 6 => Command::Resize(span(a), range),
        7 | 8 => Command::Remove(span(a)),
        9 => Command::Accept(span(a)),
        10 => Command::Quote(carve(document.text(), range)),
        11 => Command::SetKind(span(a), QuoteKind::ALL[usize::from(b) % 3]),
        12 => Command::SetCue(span(a), some(b).then_some(range)),
        13 => Command::SetSpeaker(span(a), some(b).then_some(range)),
        14 => Command::Assign(span(a), some(b).then(|| entity(b))),
        15 => Command::AssignNew(span(a)),
        16 => Command::Continue(span(a), some(b).then(|| span(b))),
        17 => Command::RenameEntity(entity(a), ["Lin Jian", " ", "Zoé"][usize::from(b) % 3].into()),
        18 => Command::MergeEntities(entity(a), entity(b)),
        19 => Command::Note(span(a), ["", "à voir"][usize::from(b) % 2].into()),
        20 => Command::Rename(format!("titre {}", b % 3)),
        21 => Command::Remark(["", "à voir", "vu"][usize::from(b) % 3].into()),
        22 => Command::Finish,
        23 => Command::Reopen,
        _ if b.is_multiple_of(2) => Command::AcceptAll,
        _ => Command::RejectAll,
    }
}
