//! The candidates for a pronoun, a noun or silence: who appeared or spoke
//! before, the nearest first, whoever had the noun, and nobody.

use super::features::{Ranks, features, nobody};
use super::figures::{Appearance, Figures};
use super::ranker::{Feature, Task};
use crate::engine::quotations::nouns::{Gender, NounKind, Plurality};

/// Tokens over which somebody is remembered.
const MEMORY: usize = 420;
/// Appearances that are looked at.
const MAX_SEEN: usize = 60;
/// No decision has more candidates.
const MAX_CANDIDATES: usize = 24;
/// Tokens in which somebody named later may have spoken before.
pub(super) const AHEAD: usize = 60;
/// What is to be resolved, and where.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What.
    pub task: Task,
    /// Candidates stand before this token.
    pub at: usize,
    /// For silence: candidates may also stand after this one.
    pub after: usize,
    /// What the words say of gender.
    pub gender: Option<Gender>,
    /// And of number.
    pub number: Plurality,
    /// How a pronoun points.
    pub pointing: Pointing,
    /// The noun in lower case; empty for others.
    pub noun: String,
    /// What it stands for.
    pub kind: NounKind,
    /// The further words of the phrase in lower case.
    pub words: Vec<String>,
    /// Whether the noun has a complement, a name, a demonstrative.
    pub phrase: Phrase,
    /// Entities that it cannot be: "la mère de Paul" is not Paul.
    pub others: Vec<usize>,
    /// The entity of the role that the phrase is.
    pub role: Option<usize>,
    /// What the words without a speaker look like.
    pub silence: Silence,
    /// Whether the cue says that somebody goes on.
    pub goes_on: bool,
}

/// How a pronoun points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointing {
    /// "il".
    Plain,
    /// "ce dernier", "celle-ci".
    Nearest,
    /// "je".
    I,
    /// "nous".
    We,
}

/// What a noun phrase has besides its noun.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    /// "de …".
    pub governs: bool,
    /// A capital.
    pub capital: bool,
    /// "ce", "cette".
    pub pointed: bool,
}

/// Words without a speaker phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// A whole sentence in marks.
    Alone,
    /// A fragment in marks.
    Mixed,
    /// A cue whose subject was not made out.
    Cued,
}

/// What the text has come to.
pub struct Scene<'a> {
    /// The figures.
    pub figures: &'a Figures,
    /// The sentence of each token.
    pub sentences: &'a [u32],
    /// The line of each token.
    pub lines: &'a [u32],
    /// Who spoke, where and in order.
    pub spoke: &'a [Appearance],
}

/// A candidate: a figure, or none for what nobody in the text stands for.
pub type Candidate = (Option<usize>, Vec<Feature>);

/// What was seen of a figure.
pub(super) struct Sight {
    /// Who.
    pub figure: usize,
    /// Where it appeared last, outside others' words where it did.
    pub latest: Appearance,
    /// How often.
    pub count: usize,
    /// Whether it opens a clause of this sentence.
    pub opens_here: bool,
    /// Or of the one before.
    pub opens_before: bool,
    /// Whether it appeared in others' words only.
    pub all_quoted: bool,
    /// Whether it is named only later.
    pub after: bool,
}

/// The candidates in the order in which they stand nearest.
pub fn find(scene: &Scene<'_>, asked: &Asked) -> Vec<Candidate> {
    let figures = scene.figures;
    let here = sentence(scene, asked.at);
    let mut sights: Vec<Sight> = Vec::new();
    let mut named = figures.appearances.partition_point(|a| a.token < asked.at);
    let mut spoken = scene.spoke.len();
    for _ in 0..MAX_SEEN {
        let name = named.checked_sub(1).map(|i| figures.appearances[i]);
        let speech = spoken.checked_sub(1).map(|i| scene.spoke[i]);
        let appearance = match (name, speech) {
            (Some(name), Some(speech)) if speech.token >= name.token => speech,
            (Some(name), _) => name,
            (None, Some(speech)) => speech,
            (None, None) => break,
        };
        if Some(appearance) == speech && name.is_none_or(|n| appearance.token >= n.token) {
            spoken -= 1;
        } else {
            named -= 1;
        }
        if appearance.token >= asked.at {
            continue;
        }
        if asked.at - appearance.token > MEMORY {
            break;
        }
        see(scene, &mut sights, appearance, here);
    }
    for &figure in figures.by_noun(&asked.noun).iter().rev() {
        let first = first_of(scene, figure, asked.at);
        if let Some(appearance) = first.filter(|_| sights.iter().all(|s| s.figure != figure)) {
            see(scene, &mut sights, appearance, here);
        }
    }
    if asked.task == Task::Silence {
        let from = figures.appearances.partition_point(|a| a.token < asked.after);
        for &appearance in figures.appearances[from..].iter().take(8) {
            let new = sights.iter().all(|s| s.figure != appearance.figure);
            if new && appearance.token - asked.after < AHEAD {
                see(scene, &mut sights, appearance, here);
                if let Some(sight) = sights.last_mut() {
                    sight.after = true;
                }
            }
        }
    }
    sights.retain(|s| figures.all[s.figure].entity.is_none_or(|e| !asked.others.contains(&e)));
    sights.truncate(MAX_CANDIDATES);
    let mut ranks = Ranks::default();
    let mut out: Vec<Candidate> = sights
        .iter()
        .map(|sight| (Some(sight.figure), features(scene, asked, sight, here, &mut ranks)))
        .collect();
    if asked.task != Task::Pronoun {
        // "la ministre" is no man, though "la victime" may be.
        const EITHER: [&str; 7] =
            ["victime", "star", "vedette", "recrue", "personne", "figure", "légende"];
        if asked.kind == NounKind::Person && !EITHER.contains(&asked.noun.as_str()) {
            out.retain(|c| !c.1.contains(&Feature::GenderOther));
        }
        out.push((None, nobody(figures, asked)));
    } else if asked.number == Plurality::One
        && out.iter().any(|c| c.1.contains(&Feature::GenderSame))
    {
        // "elle" is no man where a woman is at hand.
        out.retain(|c| !c.1.contains(&Feature::GenderOther));
    }
    out
}

/// The sentence of a token.
pub(super) fn sentence(scene: &Scene<'_>, token: usize) -> u32 {
    scene.sentences.get(token).or(scene.sentences.last()).copied().unwrap_or(0)
}

/// Where somebody who is not near appeared first.
fn first_of(scene: &Scene<'_>, figure: usize, at: usize) -> Option<Appearance> {
    let seen = scene.figures.appearances.iter().take(4 * MAX_SEEN);
    seen.copied().find(|a| a.figure == figure && a.token < at)
}

fn see(scene: &Scene<'_>, sights: &mut Vec<Sight>, appearance: Appearance, here: u32) {
    let distance = here.saturating_sub(sentence(scene, appearance.token));
    let (opens_here, opens_before) =
        (appearance.opens && distance == 0, appearance.opens && distance == 1);
    if let Some(sight) = sights.iter_mut().find(|s| s.figure == appearance.figure) {
        sight.count += 1;
        sight.opens_here |= opens_here;
        sight.opens_before |= opens_before;
        sight.all_quoted &= appearance.quoted;
        if sight.latest.quoted && !appearance.quoted {
            sight.latest = appearance;
        }
    } else {
        sights.push(Sight {
            figure: appearance.figure,
            latest: appearance,
            count: 1,
            opens_here,
            opens_before,
            all_quoted: appearance.quoted,
            after: false,
        });
    }
}
