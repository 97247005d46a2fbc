//! Who of several is meant: a log-linear model over what can be told of each.
//!
//! `data/antecedents.txt` has a line for each feature: its name, then its
//! weight for pronouns, for nouns and for words that name nobody.

use std::sync::OnceLock;

use crate::engine::math::decimal;

const TABLE: &str = include_str!("../../data/antecedents.txt");

/// What is to be resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// "il", "elles", "ce dernier".
    Pronoun,
    /// "la ministre", "le club".
    Noun,
    /// Nothing: words in marks alone.
    Silence,
}

impl Task {
    /// All, in the order of the columns.
    pub const ALL: [Self; 3] = [Self::Pronoun, Self::Noun, Self::Silence];

    /// The column of its weights.
    pub fn column(self) -> usize {
        match self {
            Self::Pronoun => 0,
            Self::Noun => 1,
            Self::Silence => 2,
        }
    }
}

macro_rules! features {
    ($($feature:ident $name:literal),+ $(,)?) => {
        /// What may hold of a candidate.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Feature {
            $(#[doc = $name] $feature),+
        }

        impl Feature {
            /// All, in order.
            pub const ALL: &'static [Self] = &[$(Self::$feature),+];

            /// The name in the table.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$feature => $name),+
                }
            }
        }
    };
}

features! {
    New "new",
    NewPerson "new-person",
    NewGroup "new-group",
    NewPeople "new-people",
    NewLand "new-land",
    NewDocument "new-document",
    NewAgent "new-agent",
    NewOther "new-other",
    NewPlural "new-plural",
    NewPointed "new-pointed",
    NewGoverns "new-governs",
    NewCapital "new-capital",
    NewKnown "new-noun-known",
    NewBareGroup "new-bare-group",
    NewBarePerson "new-bare-person",
    NewAlone "new-alone",
    NewMixed "new-mixed",
    NewCued "new-cued",
    Here "same-sentence",
    Before "sentence-before",
    TwoBefore "two-before",
    FewBefore "few-before",
    Far "far",
    SameLine "same-line",
    LineBefore "line-before",
    LineFar "line-far",
    First "most-recent",
    Second "second-most-recent",
    Third "further-back",
    FirstPerson "most-recent-person",
    FirstGroup "most-recent-group",
    FirstOpening "most-recent-subject",
    Last "spoke-last",
    LastNear "spoke-last-near",
    LastFar "spoke-last-far",
    LastGoesOn "spoke-last-goes-on",
    LastSecond "spoke-second-last",
    Spoke "spoke",
    Opens "subject",
    OpensHere "subject-here",
    OpensBefore "subject-before",
    Governed "governed",
    Quoted "quoted",
    OnlyQuoted "only-quoted",
    Once "once",
    Often "often",
    Principal "principal",
    After "after",
    AfterNear "after-near",
    Person "person",
    Role "role",
    Org "organisation",
    Place "place",
    Misc "misc",
    Phrase "phrase",
    UnnamedPerson "unnamed-person",
    UnnamedGroup "unnamed-group",
    GenderSame "gender-same",
    GenderSameGroup "gender-same-group",
    GenderOther "gender-other",
    GenderOtherGroup "gender-other-group",
    GenderUnknown "gender-unknown",
    NumberSame "number-same",
    NumberOther "number-other",
    ManyNamed "many-for-a-name",
    NounKnown "noun-known",
    NounKnownUnnamed "noun-known-unnamed",
    NounInName "noun-in-name",
    Shared "shares-word",
    SharedNone "shares-no-word",
    OwnRole "own-role",
    OwnName "own-role-named",
    Channel "news-agency",
    KindNearest "kind-most-recent",
    KindLast "kind-spoke-last",
    KindSubject "kind-subject",
    SharedMany "shares-words",
    GenderFirst "gender-same-most-recent",
    SortSame "sort-same",
    SortOther "sort-other",
    SortCompany "sort-company",
    SortUnknown "sort-unknown",
    SortFirst "sort-most-recent",
    PersonPerson "person-noun-person",
    PersonRole "person-noun-role",
    PersonOther "person-noun-other",
    GroupOrg "group-noun-organisation",
    GroupPlace "group-noun-place",
    GroupOther "group-noun-other",
    PeoplePerson "people-noun-person",
    PeopleOrg "people-noun-organisation",
    PeopleOther "people-noun-other",
    LandPlace "land-noun-place",
    LandOther "land-noun-other",
    DocumentOrg "document-organisation",
    DocumentPerson "document-person",
    DocumentOther "document-other",
    AgentPerson "agent-noun-person",
    AgentOther "agent-noun-other",
    OtherPerson "other-noun-person",
    OtherOrg "other-noun-organisation",
    OtherOther "other-noun-other",
    NearestFirst "nearest-most-recent",
    NearestLast "nearest-spoke-last",
    SingularOrg "singular-organisation",
    WeOrg "we-organisation",
    IPerson "i-person",
    AloneLast "alone-spoke-last",
    AloneSubject "alone-subject",
    MixedLast "mixed-spoke-last",
    MixedSubject "mixed-subject",
    CuedLast "cued-spoke-last",
    CuedSubject "cued-subject",
    Introduced "introduced",
}

/// The weights.
#[derive(Clone, Debug)]
pub struct Ranker {
    /// By feature and task.
    pub weights: Vec<[f32; 3]>,
}

/// The weights that ship.
pub fn ranker() -> &'static Ranker {
    static READ: OnceLock<Ranker> = OnceLock::new();
    READ.get_or_init(|| Ranker::read(TABLE))
}

impl Ranker {
    /// All weights zero.
    pub fn zero() -> Self {
        Self { weights: vec![[0.0; 3]; Feature::ALL.len()] }
    }

    /// Reads a table; a feature without a line weighs nothing.
    pub fn read(table: &str) -> Self {
        let mut ranker = Self::zero();
        for line in table.lines() {
            let mut words = line.split_whitespace();
            let Some(name) = words.next() else { continue };
            if let Some(at) = Feature::ALL.iter().position(|f| f.name() == name) {
                for (weight, word) in ranker.weights[at].iter_mut().zip(words) {
                    *weight = decimal(word).unwrap_or(0.0);
                }
            }
        }
        ranker
    }

    /// How much speaks for a candidate.
    pub fn weigh(&self, task: Task, features: &[Feature]) -> f32 {
        features.iter().map(|&f| self.weights[f as usize][task.column()]).sum()
    }

    /// The best candidate, the first of equals.
    pub fn best(&self, task: Task, candidates: &[Vec<Feature>]) -> Option<usize> {
        let mut best: Option<(usize, f32)> = None;
        for (at, features) in candidates.iter().enumerate() {
            let weight = self.weigh(task, features);
            if best.is_none_or(|b| weight > b.1) {
                best = Some((at, weight));
            }
        }
        best.map(|b| b.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_line() {
        for feature in Feature::ALL {
            let lines =
                TABLE.lines().filter(|l| l.split_whitespace().next() == Some(feature.name()));
            assert_eq!(lines.count(), 1, "{}", feature.name());
        }
    }
}
