//! What holds of a candidate: what it is, whether it agrees, where it stands,
//! whether it spoke; [`super::fits`] tells how it goes with what is asked.

use super::candidates::{AHEAD, Asked, Pointing, Scene, Sight, Silence, sentence};
use super::figures::{Figure, Figures};
use super::fits::{noun, pronoun, silence, sort};
use super::ranker::{Feature, Task};
use crate::engine::quotations::nouns::{Gender, NounKind, Plurality};
use crate::scheme::MentionLabel;

/// How many that fit were met already.
#[derive(Default)]
pub struct Ranks {
    all: usize,
    persons: usize,
    groups: usize,
    subjects: usize,
    pub(super) sorted: usize,
    agreeing: usize,
}

/// What holds of a candidate.
pub fn features(
    scene: &Scene<'_>,
    asked: &Asked,
    sight: &Sight,
    here: u32,
    ranks: &mut Ranks,
) -> Vec<Feature> {
    let figure = &scene.figures.all[sight.figure];
    let mut out = Vec::with_capacity(20);
    out.push(label(figure));
    agreement(asked, figure, &mut out);
    place(scene, asked, sight, here, &mut out);
    let fits = !out.contains(&Feature::GenderOther) && !out.contains(&Feature::NumberOther);
    if fits && !sight.after && !sight.all_quoted {
        rank(sight, figure, ranks, asked, &mut out);
    }
    speech(scene, asked, sight, &mut out);
    match asked.task {
        Task::Noun => {
            noun(asked, figure, &mut out);
            sort(asked, figure, ranks, &mut out);
        }
        Task::Silence => silence(asked, sight, &mut out),
        Task::Pronoun => pronoun(asked, figure, &mut out),
    }
    out
}

fn is_group(figure: &Figure) -> bool {
    match figure.label {
        Some(label) => label == MentionLabel::Org,
        None => matches!(figure.kind, NounKind::Group | NounKind::People),
    }
}

pub(super) fn is_person(figure: &Figure) -> bool {
    match figure.label {
        Some(label) => matches!(label, MentionLabel::Person | MentionLabel::Role),
        None => figure.kind == NounKind::Person,
    }
}

fn label(figure: &Figure) -> Feature {
    match figure.label {
        Some(MentionLabel::Person) => Feature::Person,
        Some(MentionLabel::Role) => Feature::Role,
        Some(MentionLabel::Org) => Feature::Org,
        Some(MentionLabel::Place) => Feature::Place,
        Some(_) => Feature::Misc,
        None => match figure.kind {
            NounKind::Person => Feature::UnnamedPerson,
            NounKind::Group | NounKind::People => Feature::UnnamedGroup,
            _ => Feature::Phrase,
        },
    }
}

fn agreement(asked: &Asked, figure: &Figure, out: &mut Vec<Feature>) {
    match (figure.gender, asked.gender) {
        (Some(a), Some(b)) if a == b => {
            let person = is_person(figure);
            out.push(if person { Feature::GenderSame } else { Feature::GenderSameGroup });
        }
        // "ils" may be men and women.
        (Some(_), Some(b)) if asked.number == Plurality::One || b == Gender::Female => {
            let person = is_person(figure);
            out.push(if person { Feature::GenderOther } else { Feature::GenderOtherGroup });
        }
        (None, Some(_)) => out.push(Feature::GenderUnknown),
        _ => {}
    }
    if asked.task == Task::Silence {
        return;
    }
    if figure.number == asked.number {
        out.push(Feature::NumberSame);
    } else if asked.number == Plurality::Many && figure.label == Some(MentionLabel::Org) {
        out.push(Feature::ManyNamed);
    } else {
        out.push(Feature::NumberOther);
    }
}

fn place(scene: &Scene<'_>, asked: &Asked, sight: &Sight, here: u32, out: &mut Vec<Feature>) {
    let latest = sight.latest;
    if sight.after {
        out.push(Feature::After);
        if latest.token - asked.after < AHEAD / 4 {
            out.push(Feature::AfterNear);
        }
        return;
    }
    out.push(match here.saturating_sub(sentence(scene, latest.token)) {
        0 => Feature::Here,
        1 => Feature::Before,
        2 => Feature::TwoBefore,
        3..=5 => Feature::FewBefore,
        _ => Feature::Far,
    });
    let line = |token: usize| scene.lines.get(token).or(scene.lines.last()).copied().unwrap_or(0);
    out.push(match line(asked.at).saturating_sub(line(latest.token)) {
        0 => Feature::SameLine,
        1 => Feature::LineBefore,
        _ => Feature::LineFar,
    });
    let marks = [
        (latest.opens, Feature::Opens),
        (sight.opens_here, Feature::OpensHere),
        (sight.opens_before, Feature::OpensBefore),
        (latest.governed, Feature::Governed),
        (latest.quoted, Feature::Quoted),
        (sight.all_quoted, Feature::OnlyQuoted),
        (sight.count == 1, Feature::Once),
        (sight.count > 3, Feature::Often),
        (
            scene.figures.appearances.first().is_some_and(|a| a.figure == sight.figure),
            Feature::Principal,
        ),
    ];
    out.extend(marks.into_iter().filter(|m| m.0).map(|m| m.1));
}

fn rank(sight: &Sight, figure: &Figure, ranks: &mut Ranks, asked: &Asked, out: &mut Vec<Feature>) {
    out.push(match ranks.all {
        0 => Feature::First,
        1 => Feature::Second,
        _ => Feature::Third,
    });
    if ranks.all == 0 && asked.pointing == Pointing::Nearest {
        out.push(Feature::NearestFirst);
    }
    ranks.all += 1;
    if out.contains(&Feature::GenderSame) {
        if ranks.agreeing == 0 {
            out.push(Feature::GenderFirst);
        }
        ranks.agreeing += 1;
    }
    if is_person(figure) {
        if ranks.persons == 0 {
            out.push(Feature::FirstPerson);
        }
        ranks.persons += 1;
    }
    if is_group(figure) {
        if ranks.groups == 0 {
            out.push(Feature::FirstGroup);
        }
        ranks.groups += 1;
    }
    if sight.latest.opens {
        if ranks.subjects == 0 {
            out.push(Feature::FirstOpening);
        }
        ranks.subjects += 1;
    }
}

fn speech(scene: &Scene<'_>, asked: &Asked, sight: &Sight, out: &mut Vec<Feature>) {
    let mut speakers = scene.spoke.iter().rev();
    if let Some(last) = speakers.next() {
        if last.figure == sight.figure {
            let distance = sentence(scene, asked.at).saturating_sub(sentence(scene, last.token));
            out.push(Feature::Last);
            match distance {
                0 | 1 => out.push(Feature::LastNear),
                2 | 3 => {}
                _ => out.push(Feature::LastFar),
            }
            if asked.goes_on {
                out.push(Feature::LastGoesOn);
            }
            if asked.pointing == Pointing::Nearest {
                out.push(Feature::NearestLast);
            }
        } else {
            let second = scene.spoke.iter().rev().find(|s| s.figure != last.figure);
            if second.is_some_and(|s| s.figure == sight.figure) {
                out.push(Feature::LastSecond);
            }
        }
    }
    if scene.spoke.iter().rev().take(30).any(|s| s.figure == sight.figure) {
        out.push(Feature::Spoke);
    }
}

/// What speaks for somebody who has not appeared.
pub fn nobody(figures: &Figures, asked: &Asked) -> Vec<Feature> {
    let mut out = vec![Feature::New];
    if asked.task == Task::Silence {
        out.push(match asked.silence {
            Silence::Alone => Feature::NewAlone,
            Silence::Mixed => Feature::NewMixed,
            Silence::Cued => Feature::NewCued,
        });
        return out;
    }
    out.push(match asked.kind {
        NounKind::Person => Feature::NewPerson,
        NounKind::Group => Feature::NewGroup,
        NounKind::People => Feature::NewPeople,
        NounKind::Land => Feature::NewLand,
        NounKind::Document => Feature::NewDocument,
        NounKind::Agent => Feature::NewAgent,
        NounKind::Other => Feature::NewOther,
    });
    let bare = asked.words.is_empty() && asked.number == Plurality::One;
    let marks = [
        (asked.number == Plurality::Many, Feature::NewPlural),
        (asked.phrase.pointed, Feature::NewPointed),
        (asked.phrase.governs, Feature::NewGoverns),
        (asked.phrase.capital, Feature::NewCapital),
        (!figures.by_noun(&asked.noun).is_empty(), Feature::NewKnown),
        (bare && asked.kind == NounKind::Group, Feature::NewBareGroup),
        (bare && asked.kind == NounKind::Person, Feature::NewBarePerson),
    ];
    out.extend(marks.into_iter().filter(|m| m.0).map(|m| m.1));
    out
}
