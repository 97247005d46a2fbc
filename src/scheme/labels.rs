//! Labels of spans and relations, and the default scheme.

use std::fmt;
use std::sync::Arc;

/// The name of a label. Cheap to clone; any non-empty string, since people
/// bring their own.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(Arc<str>);

/// The span label of a quotation.
pub const QUOTE: &str = "QUOTE";
/// The span label of the words that report.
pub const CUE: &str = "CUE";
/// The span label of the source phrase.
pub const SPEAKER: &str = "SPEAKER";

/// Whether quotations are made of spans of this label: it is no person's to
/// change.
pub fn is_of_quotation(label: &Label) -> bool {
    [QUOTE, CUE, SPEAKER].contains(&label.as_str())
}

/// The labels of relations, all from a quotation.
pub mod relation {
    /// To its cue.
    pub const CUE: &str = "cue";
    /// To its speaker phrase.
    pub const SPEAKER: &str = "speaker";
    /// To the next part of the same utterance.
    pub const NEXT: &str = "next";
    /// All.
    pub const ALL: [&str; 3] = [CUE, SPEAKER, NEXT];
}

/// What the engine proposes for a stretch of text that names something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionLabel {
    /// A named individual, without title or function.
    Person,
    /// A named organisation.
    Org,
    /// A named place.
    Place,
    /// A named event, work, law, treaty, product, programme, prize.
    Misc,
    /// A calendar or clock expression.
    Date,
    /// A number with what it measures.
    Quantity,
    /// The function or title of a person.
    Role,
}

impl MentionLabel {
    /// All, in the order of the default scheme.
    pub const ALL: [Self; 7] =
        [Self::Person, Self::Org, Self::Place, Self::Misc, Self::Date, Self::Quantity, Self::Role];

    /// The label's name in the default scheme.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Org => "ORG",
            Self::Place => "PLACE",
            Self::Misc => "MISC",
            Self::Date => "DATE",
            Self::Quantity => "QUANTITY",
            Self::Role => "ROLE",
        }
    }

    /// The label of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|label| label.name() == name)
    }
}

/// How the words of a quotation are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteKind {
    /// Wholly inside quotation marks.
    Direct,
    /// Reported, with a fragment inside marks.
    Mixed,
    /// Reported without marks.
    Indirect,
}

impl QuoteKind {
    /// All, in the order in which the page offers them.
    pub const ALL: [Self; 3] = [Self::Direct, Self::Mixed, Self::Indirect];

    /// The value of the attribute `kind`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Label {
    /// The label `name`.
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }

    /// Its name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<MentionLabel> for Label {
    fn from(label: MentionLabel) -> Self {
        Self::new(label.name())
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq<str> for Label {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for Label {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

/// One label of a scheme, with how it shows and which key gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelDef {
    /// The label.
    pub name: Label,
    /// Its colour on a light page, `#rrggbb`; the page derives the dark one.
    pub color: String,
    /// The key that gives it, one character, where it has one.
    pub key: Option<char>,
    /// What the engine proposes under it: by default what has its name, and
    /// still the same once it has another.
    pub engine: Option<MentionLabel>,
    /// The labels in whose spans it may lie; where it says nothing, in any.
    pub inside: Option<Vec<Label>>,
}

impl LabelDef {
    /// A label that may lie in any other, under which the engine proposes what
    /// has its name.
    pub fn new(name: &str, color: String, key: Option<char>) -> Self {
        let (engine, name) = (MentionLabel::from_name(name), Label::new(name));
        Self { name, color, key, engine, inside: None }
    }
}

/// One relation of a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationDef {
    /// Its name.
    pub name: Label,
}

/// The labels and relations of a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// In the order in which the page offers them.
    pub labels: Vec<LabelDef>,
    /// All from a quotation in the default scheme.
    pub relations: Vec<RelationDef>,
}

impl Scheme {
    /// The definition of `label`, where the scheme has it.
    pub fn label(&self, label: &Label) -> Option<&LabelDef> {
        self.labels.iter().find(|def| def.name == *label)
    }

    /// The label for what the engine calls `found`; none where the scheme has
    /// no such label.
    pub fn label_for(&self, found: MentionLabel) -> Option<&Label> {
        self.labels.iter().find(|def| def.engine == Some(found)).map(|def| &def.name)
    }

    /// What the engine calls a label, also one that is not in the scheme.
    pub fn meaning(&self, label: &Label) -> Option<MentionLabel> {
        match self.label(label) {
            Some(def) => def.engine,
            None => MentionLabel::from_name(label.as_str()),
        }
    }

    /// Whether a span of `inner` may lie in one of `outer`. What quotations
    /// are made of lies where it is said.
    pub fn allows(&self, inner: &Label, outer: &Label) -> bool {
        let inside = self.label(inner).and_then(|def| def.inside.as_ref());
        is_of_quotation(inner) || is_of_quotation(outer) || inside.is_none_or(|i| i.contains(outer))
    }
}

impl Default for Scheme {
    /// The scheme of the annotation guide.
    fn default() -> Self {
        let label = |name, color: &str, key| LabelDef::new(name, color.to_owned(), Some(key));
        Self {
            labels: vec![
                label("PERSON", "#8a4b08", '1'),
                label("ORG", "#1f4e9c", '2'),
                label("PLACE", "#1d6b3c", '3'),
                label("MISC", "#7a2f86", '4'),
                label("DATE", "#0f6a75", '5'),
                label("QUANTITY", "#5a5a12", '6'),
                label("ROLE", "#7d3b3b", '7'),
                label(QUOTE, "#b23a2e", 'q'),
                label(CUE, "#b23a2e", 'c'),
                label(SPEAKER, "#b23a2e", 's'),
            ],
            relations: relation::ALL.map(|name| RelationDef { name: Label::new(name) }).to_vec(),
        }
    }
}
