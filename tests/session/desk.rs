//! A session over one dispatch, addressed by its words.

use guillemet::document::{Document, Entity, EntityId, Rejection, Span, SpanId};
use guillemet::engine::quotations::{Carved, carve};
use guillemet::engine::{self, Analysis};
use guillemet::scheme::{Label, MentionLabel, QuoteKind};
use guillemet::session::{Command, Outcome, Session};
use guillemet::text::ByteSpan;

pub const TEXT: &str = "Pékin « a protesté », a réagi Lin Jian, un porte-parole.\n\
    « Washington ment », a-t-il dénoncé mardi.\n\
    Pour Ana Roy, « rien ne presse ». A Pékin, Lin Jian et Linda Roy se taisent.";

pub struct Desk(pub Session);

impl Desk {
    /// The dispatch without any proposal.
    pub fn new() -> Self {
        Self::over(TEXT)
    }

    pub fn over(text: &str) -> Self {
        let mut session = Session::default();
        session.add(Document::new("d", "titre", "fr", text), false);
        Self(session)
    }

    /// The dispatch with what an engine would propose for it.
    pub fn tagged() -> Self {
        let mut desk = Self::new();
        desk.0.seed("d", proposals()).unwrap();
        desk
    }

    pub fn document(&self) -> &Document {
        &self.0.work().unwrap().document
    }

    pub fn run(&mut self, command: Command) -> Outcome {
        let name = command.name();
        let outcome = self.0.perform(&command).unwrap();
        assert_eq!(outcome.action, name);
        outcome
    }

    pub fn label(&mut self, words: &str, label: &str) -> SpanId {
        let range = self.at(words);
        self.run(Command::Label(range, Label::new(label)));
        self.id(words, label)
    }

    /// The only span with these words and this label.
    pub fn id(&self, words: &str, label: &str) -> SpanId {
        let all = self.ids(words, label);
        assert_eq!(all.len(), 1, "{label} {words:?} in {:?}", self.shown());
        all[0]
    }

    pub fn ids(&self, words: &str, label: &str) -> Vec<SpanId> {
        let document = self.document();
        let fits = |s: &Span| document.words(s) == words && s.label == *label;
        document.spans().filter(|(_, s)| fits(s)).map(|(id, _)| id).collect()
    }

    pub fn span(&self, id: SpanId) -> &Span {
        self.document().span(id).unwrap()
    }

    /// Who or what a span is about.
    pub fn name(&self, id: SpanId) -> Option<&str> {
        let entity = self.span(id).entity?;
        Some(self.document().entity(entity).unwrap().name.as_str())
    }

    pub fn entity(&self, name: &str) -> EntityId {
        let named = |e: &Entity| e.name == name;
        self.document().entities().find(|(_, e)| named(e)).unwrap().0
    }

    /// The words at the other end of a quotation's link.
    pub fn linked(&self, from: SpanId, link: &str) -> Option<&str> {
        let (_, relation) = self.document().links(from, link).next()?;
        Some(self.document().words(self.span(relation.to)))
    }

    pub fn is_refused(&self, range: ByteSpan, label: &str) -> bool {
        self.document().rejected().contains(&Rejection { range, label: Label::new(label) })
    }

    /// The first place of these words.
    pub fn at(&self, words: &str) -> ByteSpan {
        at(self.document().text(), words)
    }

    /// The words as the quotation that the engine carves from them.
    pub fn quotation(&self, words: &str) -> Carved {
        carve(self.document().text(), self.at(words))
    }

    /// The place of these words after the first.
    pub fn at_again(&self, words: &str) -> ByteSpan {
        let first = self.at(words).end;
        let rest = at(&self.document().text()[first..], words);
        ByteSpan::new(first + rest.start, first + rest.end)
    }

    fn shown(&self) -> Vec<String> {
        let document = self.document();
        document.spans().map(|(id, s)| format!("{id} {} {}", s.label, document.words(s))).collect()
    }
}

fn at(text: &str, words: &str) -> ByteSpan {
    let start = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in the text"));
    ByteSpan::new(start, start + words.len())
}

/// Three persons, a place and three quotations, two of them of one speaker.
pub fn proposals() -> Analysis {
    let mention = |words, label, entity| engine::Mention {
        span: at(TEXT, words),
        label,
        score: 0.9,
        entity: Some(entity),
    };
    let cue = |words| engine::Cue { span: at(TEXT, words), score: 0.9 };
    let speaker =
        |words, entity| engine::Speaker { span: at(TEXT, words), score: 0.9, entity: Some(entity) };
    let quotation = |words, kind, at_index, entity| engine::Quotation {
        span: at(TEXT, words),
        kind,
        score: 0.9,
        cue: Some(at_index),
        speaker: Some(at_index),
        entity: Some(entity),
        continues: None,
    };
    let named = |name: &str, label| engine::Entity { name: name.into(), label: Some(label) };
    Analysis {
        mentions: vec![
            mention("Pékin", MentionLabel::Place, 1),
            mention("Lin Jian", MentionLabel::Person, 0),
            mention("Ana Roy", MentionLabel::Person, 2),
        ],
        cues: vec![cue("a réagi"), cue("a-t-il dénoncé"), cue("Pour")],
        speakers: vec![
            speaker("Lin Jian, un porte-parole", 0),
            speaker("il", 0),
            speaker("Ana Roy", 2),
        ],
        quotations: vec![
            quotation("Pékin « a protesté »", QuoteKind::Mixed, 0, 0),
            quotation("« Washington ment »", QuoteKind::Direct, 1, 0),
            quotation("« rien ne presse »", QuoteKind::Direct, 2, 2),
        ],
        entities: vec![
            named("Lin Jian", MentionLabel::Person),
            named("Pékin", MentionLabel::Place),
            named("Ana Roy", MentionLabel::Person),
        ],
    }
}
