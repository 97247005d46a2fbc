//! The words that report: verb groups and source prepositions.
//!
//! Looks at each item of a stretch for a reporting verb with its auxiliary,
//! clitic and fixed words ("a-t-il fait savoir"), a gerund, an infinitive
//! behind "avant de", a participle that goes on with the auxiliary before, or
//! a phrase such as "selon". Says how it stands, not yet what it reports.

mod between;
mod groups;
mod prepositions;

use std::ops::Range;

use self::groups::{beside_marks, group};
use self::prepositions::source;

use super::lexicon::{Uses, Verb};
use super::view::View;

/// In which form a cue stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A finite verb, its number as far as the form tells.
    Finite,
    /// "ajoutant", "en disant".
    Gerund,
    /// "avant d'ajouter".
    Infinitive,
    /// A participle: "a salué … et condamné …", "accusé par …".
    Participle,
    /// "selon", "d'après".
    Source,
}

/// A cue in a stretch.
#[derive(Clone, Debug)]
pub struct Cue {
    /// Its items.
    pub items: Range<usize>,
    /// How it stands.
    pub form: Form,
    /// The verb; none for a source phrase.
    pub verb: Option<&'static Verb>,
    /// The item of an inverted clitic.
    pub clitic: Option<usize>,
    /// Where the words before the cue end: before "ne", "lui", "s'".
    pub left: usize,
    /// Whether the verb is plural.
    pub plural: bool,
    /// Whether it is denied, wished or yet to come.
    pub unreal: bool,
    /// Whether it is passive.
    pub passive: bool,
}

impl Cue {
    fn source(items: Range<usize>) -> Self {
        Self {
            left: items.start,
            items,
            form: Form::Source,
            verb: None,
            clitic: None,
            plural: false,
            unreal: false,
            passive: false,
        }
    }

    /// Whether the verb takes one of these constructions.
    pub fn takes(&self, uses: Uses) -> bool {
        self.verb.is_some_and(|v| v.uses.has(uses))
    }
}

/// The cues of a stretch in order.
pub fn find(view: View<'_, '_>) -> Vec<Cue> {
    let mut cues = Vec::new();
    let mut at = 0;
    while at < view.len() {
        match source(view, at).or_else(|| group(view, at)).or_else(|| beside_marks(view, at)) {
            Some(cue) => {
                at = cue.items.end.max(at + 1);
                cues.push(cue);
            }
            None => at += 1,
        }
    }
    cues
}
