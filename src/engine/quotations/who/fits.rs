//! How a candidate goes with what is asked: a noun, a pronoun or silence.

use super::candidates::{Asked, Pointing, Sight, Silence};
use super::features::{Ranks, is_person};
use super::figures::Figure;
use super::ranker::Feature;
use super::sorts;
use crate::engine::quotations::nouns::{NounKind, Plurality};
use crate::scheme::MentionLabel;

/// Whom one tells: seldom what "le groupe" is.
const AGENCIES: [&str; 12] = [
    "afp",
    "agence france-presse",
    "reuters",
    "ap",
    "associated press",
    "dpa",
    "ansa",
    "tass",
    "belga",
    "ats",
    "aps",
    "map",
];

/// What goes with a noun.
pub fn noun(asked: &Asked, figure: &Figure, out: &mut Vec<Feature>) {
    if figure.nouns.contains(&asked.noun) {
        let unnamed = figure.label.is_none();
        out.push(if unnamed { Feature::NounKnownUnnamed } else { Feature::NounKnown });
    } else if figure.name.contains(&asked.noun) {
        out.push(Feature::NounInName);
    }
    if !asked.words.is_empty() {
        let holds = |w: &&String| figure.name.contains(w.as_str()) || figure.nouns.contains(*w);
        out.push(match asked.words.iter().filter(holds).count() {
            0 => Feature::SharedNone,
            1 => Feature::Shared,
            _ => Feature::SharedMany,
        });
    }
    if asked.role.is_some() && figure.entity == asked.role {
        let named = figure.label == Some(MentionLabel::Person);
        out.push(if named { Feature::OwnName } else { Feature::OwnRole });
    }
    if AGENCIES.contains(&figure.name.as_str()) && asked.noun != "agence" {
        out.push(Feature::Channel);
    }
    let (person, role) =
        (figure.label == Some(MentionLabel::Person), figure.label == Some(MentionLabel::Role));
    let org = figure.label == Some(MentionLabel::Org);
    let land = figure.label == Some(MentionLabel::Place);
    let fits = match asked.kind {
        NounKind::Person | NounKind::Agent => person || figure.kind == NounKind::Person,
        NounKind::Group | NounKind::Document => org,
        NounKind::People => person || org,
        NounKind::Land => land,
        NounKind::Other => false,
    };
    if fits {
        let marks = [
            (Feature::FirstPerson, Feature::KindNearest),
            (Feature::FirstGroup, Feature::KindNearest),
            (Feature::Last, Feature::KindLast),
            (Feature::FirstOpening, Feature::KindSubject),
        ];
        for (sign, feature) in marks {
            if out.contains(&sign) {
                out.push(feature);
            }
        }
    }
    out.push(match asked.kind {
        NounKind::Person if person => Feature::PersonPerson,
        NounKind::Person if role => Feature::PersonRole,
        NounKind::Person => Feature::PersonOther,
        NounKind::Group if org => Feature::GroupOrg,
        NounKind::Group if land => Feature::GroupPlace,
        NounKind::Group => Feature::GroupOther,
        NounKind::People if person => Feature::PeoplePerson,
        NounKind::People if org => Feature::PeopleOrg,
        NounKind::People => Feature::PeopleOther,
        NounKind::Land if land => Feature::LandPlace,
        NounKind::Land => Feature::LandOther,
        NounKind::Document if org => Feature::DocumentOrg,
        NounKind::Document if person => Feature::DocumentPerson,
        NounKind::Document => Feature::DocumentOther,
        NounKind::Agent if person => Feature::AgentPerson,
        NounKind::Agent => Feature::AgentOther,
        NounKind::Other if person => Feature::OtherPerson,
        NounKind::Other if org => Feature::OtherOrg,
        NounKind::Other => Feature::OtherOther,
    });
}

/// How a body's name goes with the noun; the nearest that may.
pub fn sort(asked: &Asked, figure: &Figure, ranks: &mut Ranks, out: &mut Vec<Feature>) {
    if !matches!(figure.label, Some(MentionLabel::Org | MentionLabel::Misc)) {
        return;
    }
    let Some(fit) = sorts::fit(&asked.noun, &figure.name) else { return };
    out.push(fit);
    if matches!(fit, Feature::SortSame | Feature::SortCompany) {
        if ranks.sorted == 0 {
            out.push(Feature::SortFirst);
        }
        ranks.sorted += 1;
    }
}

/// What goes with words that name nobody.
pub fn silence(asked: &Asked, sight: &Sight, out: &mut Vec<Feature>) {
    let (last, subject) = match asked.silence {
        Silence::Alone => (Feature::AloneLast, Feature::AloneSubject),
        Silence::Mixed => (Feature::MixedLast, Feature::MixedSubject),
        Silence::Cued => (Feature::CuedLast, Feature::CuedSubject),
    };
    let spoke = out.contains(&Feature::Last);
    if spoke {
        out.push(last);
    }
    if sight.opens_here || sight.opens_before {
        out.push(subject);
        if !out.contains(&Feature::Spoke) {
            out.push(Feature::Introduced);
        }
    }
}

/// What goes with a pronoun.
pub fn pronoun(asked: &Asked, figure: &Figure, out: &mut Vec<Feature>) {
    let org = figure.label == Some(MentionLabel::Org);
    match asked.pointing {
        Pointing::We if org => out.push(Feature::WeOrg),
        Pointing::I if is_person(figure) => out.push(Feature::IPerson),
        Pointing::Plain if org && asked.number == Plurality::One => out.push(Feature::SingularOrg),
        _ => {}
    }
}
