//! From cues to contents and speakers, stretch by stretch.
//!
//! A cue reports what follows it ("a dit que …", "a dénoncé une « … »",
//! "a promis de …", ": « … »") with its subject before it, or what stands
//! around it ("…, a dit X, …", "…, selon X") with its subject after it.

mod ahead;
mod bounds;
mod drafts;
mod inserted;
mod objects;
mod sources;
mod turns;

use std::ops::Range;

pub use self::bounds::dateline;
pub use self::drafts::{Draft, How};

use super::conjugation::Mood;
use super::cues::{self, Cue, Form};
use super::lexicon::{Class, Strength, Uses};
use super::nouns::{self, NounKind};
use super::phrases::Number;
use super::reading::{Reading, Stretch};
use super::view::View;
use super::words::is_plain;
use crate::scheme::MentionLabel;

/// The drafts of a stretch.
pub fn find(reading: &Reading<'_>, stretch: &Stretch, out: &mut Vec<Draft>) {
    let view = View::new(reading, stretch);
    let cues = cues::find(view);
    if cues.is_empty() {
        return;
    }
    let mut finder = Finder { view, stretch, cues: &cues, last: None, inserted: Vec::new(), out };
    for at in 0..cues.len() {
        finder.cue(at);
    }
}

struct Finder<'a, 'r, 't> {
    view: View<'r, 't>,
    stretch: &'r Stretch,
    cues: &'a [Cue],
    /// The speaker of the last cue, for those that share it.
    last: Option<Range<usize>>,
    /// Inserted cues and where their speakers end.
    inserted: Vec<(usize, usize)>,
    out: &'a mut Vec<Draft>,
}

impl Finder<'_, '_, '_> {
    fn cue(&mut self, at: usize) {
        let cue = &self.cues[at];
        if cue.unreal {
            return;
        }
        match cue.form {
            Form::Source => self.source(at),
            Form::Finite if cue.takes(Uses::STATE) => {
                if cue.passive {
                    self.finite(at);
                }
            }
            _ if cue.passive => self.passive(at),
            // "un album décrit par X comme …".
            Form::Finite
                if cue.items.len() == 1
                    && self.view.is_word(cue.items.end, "par")
                    && self.view.word(cue.items.start).mood.has(Mood::PAST_PARTICIPLE) =>
            {
                self.agent(at);
            }
            Form::Finite if cue.clitic.is_some() => self.inverted(at),
            Form::Finite => self.finite(at),
            Form::Gerund | Form::Infinitive | Form::Participle => self.dependent(at),
        }
    }

    /// "a-t-il dit", "dit-elle", "a-t-on appris de X".
    fn inverted(&mut self, at: usize) {
        let cue = self.cues[at].clone();
        let view = self.view;
        let Some(clitic) = cue.clitic else { return };
        let mut speaker = clitic..clitic + 1;
        let read = ["lire", "entendre"].iter().any(|w| view.is_word(cue.items.end - 1, w));
        if read && view.is_word(clitic, "on") {
            // "peut-on lire": who wrote it is not said.
            self.around(at, clitic..clitic, cue.items.end);
            return;
        }
        if view.is_word(clitic, "on") {
            // "apprend-on de source policière", "a-t-on appris auprès de X".
            let mut k = (cue.items.end..cue.items.end + 12)
                .find(|&k| view.is_word(k, "auprès"))
                .map_or_else(|| self.view.skip_adjuncts(cue.items.end), |k| k + 1);
            while view.is_date_at(k) {
                k += 1;
            }
            // "du côté de la direction": where, not who.
            let side = view.is_word(k + 1, "côté");
            if view.class(k).has(Class::OF) && !side {
                let from = if view.is_word(k, "des") { k } else { k + 1 };
                let from = if view.is_word(k, "du") { k + 1 } else { from };
                if let Some(end) = view.phrase(from, Number::Plural) {
                    speaker = from..view.appositions(from, end);
                }
            }
        } else if view.class(clitic).has(Class::SUBJECT) {
            // "Le ministre a-t-il annoncé que": the clitic repeats.
        }
        self.last = Some(speaker.clone());
        if view.class(cue.items.end).has(Class::THAT) && !self.is_after_content(cue.left) {
            self.forward(at, speaker);
            return;
        }
        if cue.left == 0 || self.is_after_content(cue.left) {
            self.around(at, speaker, cue.items.end);
        }
    }

    fn finite(&mut self, at: usize) {
        if self.pointed(at) || self.compared(at) {
            return;
        }
        let cue = self.cues[at].clone();
        let view = self.view;
        let ahead = self.ahead(&cue);
        let after_content = self.is_after_content(cue.left);
        let near = ahead.is_some_and(|f| {
            matches!(f.how, How::Clause | How::Question | How::Infinitive)
                && f.start <= cue.items.end + 3
                || f.how == How::Colon && f.start <= cue.items.end + 1
                || (f.how == How::Object && f.start == cue.items.end)
        });
        // "Le roman « … » a obtenu": a name in marks is part of the subject.
        let named =
            cue.left > 0 && view.region(cue.left - 1).is_some() && self.is_name(cue.left - 1);
        let after_content = after_content && !named;
        let after_region = after_content && self.after_region(cue.left);
        // "« Des cales, pour aérer, a précisé Ana Roy, on a tout »".
        let named = || {
            let after = view.skip_adjuncts(cue.items.end);
            let title = view.class(after).has(Class::TITLE);
            let name = view.word(after).mention == Some(MentionLabel::Person);
            view.is(cue.left.wrapping_sub(1), ",") && (title || name)
        };
        let said = after_region
            || self.holds_clause(cue.left)
            || self.is_summed_up(&cue)
            || self.stretch.inside.is_some() && named();
        // "Gervais Luce, dit Ti-Jo, a été jugé": a name, no report.
        let nickname = !after_region
            && view.is_word(cue.items.start, "dit")
            && cue.items.len() == 1
            && view.word(cue.left.wrapping_sub(2)).capital
            && view.word(cue.items.end).capital;
        if after_content && said && !nickname && (!near || after_region) {
            let after = self.view.skip_adjuncts(cue.items.end);
            if let Some(end) = self.view.subject_after(after, cue.plural)
                && (after_region || cue.takes(Uses::INSERTED))
            {
                // "est délégué, poste essentiellement honorifique".
                let bare = !after_region
                    && (is_plain(view.word(after)) && !view.word(after).capital
                        || !self.speaks(after..end, &cue));
                // "ceux qui sont « déjà là » promettent un accueil « chaud »".
                let object = near
                    && self.view.region(cue.left - 1).is_some()
                    && !self.is_clause(cue.left - 1)
                    && !self.speaks(after..end, &cue);
                let subject_left = bare
                    || object
                    || !after_region && ahead.is_some() && self.subject(&cue).is_some();
                if !subject_left {
                    let speaker = after..end;
                    self.last = Some(speaker.clone());
                    self.around(at, speaker, end);
                    return;
                }
            }
        }
        let shares = self.shares(&cue);
        let governing = || {
            self.last.clone().or_else(|| self.view.governing_subject(cue.left.saturating_sub(1)))
        };
        let subject = if shares { governing() } else { self.subject(&cue) };
        let subject = subject
            .or_else(|| shares.then(|| self.last.clone()).flatten())
            .or_else(|| view.opening_subject(cue.left, cue.plural));
        // "on note que …": the one who writes, not one who speaks.
        let seen = [
            "note", "constate", "remarque", "observe", "relève", "sait", "rappelle", "appelle",
            "appelait",
        ];
        let narrator = subject.as_ref().is_some_and(|s| view.is_word(s.start, "on"))
            && self.stretch.inside.is_none()
            && seen.iter().any(|w| view.is_word(cue.items.start, w));
        if narrator {
            return;
        }
        if let Some(subject) = subject {
            let first = view.first_token(cue.items.start);
            let told = self.out.last().is_some_and(|d| d.content.contains(&first));
            let before = self.last.replace(subject.clone()).filter(|_| told);
            let drafts = self.out.len();
            self.forward(at, subject);
            // "promet à ce que son équipe montre la voie, assurant …": a verb of
            // what is said has no say in who goes on.
            if before.is_some() && self.out.len() == drafts {
                self.last = before;
            }
        } else if ahead.is_some_and(|f| matches!(f.how, How::Clause | How::Colon | How::Infinitive))
            && cue.left > 0
            && cue.verb.is_some_and(|v| v.strength == Strength::Says)
        {
            // Who says it was not made out; that it is said stands.
            self.forward_silent(at);
        }
    }

    /// Gerunds, infinitives and participles take the speaker of the clause
    /// that governs them.
    fn dependent(&mut self, at: usize) {
        let cue = self.cues[at].clone();
        let view = self.view;
        if let Some(speaker) = self.narrated(&cue) {
            self.last = Some(speaker.clone());
            self.forward(at, speaker);
            return;
        }
        if cue.form == Form::Infinitive {
            let before = cue.left.checked_sub(1);
            let linked = before.is_some_and(|b| {
                let c = view.class(b);
                (c.has(Class::OF)
                    && (view.is_word(b.wrapping_sub(1), "avant")
                        || view.is(b.wrapping_sub(1), ",")
                            && view.is_word(b.wrapping_sub(2), "avant")))
                    || view.is_word(b, "après") && view.is_word(cue.items.start, "avoir")
                    || view.is_word(b, "sans")
                        && (cue.takes(Uses::NEGATED) || view.is_word(b.wrapping_sub(1), "non"))
                    || view.is_word(b, "à") && view.is_word(b.wrapping_sub(1), "jusqu'")
                    || view.is_word(b, "jusqu'à")
                    || view.is_word(b, "pour") && !view.is_word(cue.items.start, "avoir")
                    || c.has(Class::OF) && b > 0 && b <= 2 && view.is_word(b - 1, "et")
            });
            if !linked {
                return;
            }
        }
        if cue.form == Form::Participle {
            let joined = cue.left > 0
                && (view.class(cue.left - 1).has(Class::AND)
                    || view.is(cue.left - 1, ",")
                    || view.is_word(cue.left - 1, "puis"));
            let compound = self.cues[..at]
                .last()
                .is_some_and(|c| c.form == Form::Finite && c.items.len() > 1 && !c.passive);
            if view.is_word(cue.items.end, "par") {
                self.agent(at);
                return;
            }
            let compound = compound && self.last.is_some();
            let other = joined && !compound && self.goes_with_auxiliary(cue.left);
            if other {
                self.last = view.governing_subject(cue.left);
            }
            if !(joined && (compound || other)) {
                self.called(at);
                return;
            }
        }
        // "une attitude indiquant que": a thing that says nothing.
        let noun = cue.left.checked_sub(1).filter(|&k| is_plain(view.word(k)));
        let thing = noun.is_some_and(|k| {
            let kind = nouns::kind(view.reading.lexicon, &view.of(k).to_lowercase());
            let other =
                Class::CHANNEL.with(Class::DOCUMENT).with(Class::PEOPLE).with(Class::OFFICE);
            !view.word(k).capital && kind == NounKind::Other && !view.class(k).has(other)
        });
        if cue.form == Form::Gerund && thing && !view.is_word(cue.items.start, "en") {
            return;
        }
        // ", le parquet précisant que …": a subject of its own.
        let own = (cue.form == Form::Gerund)
            .then(|| view.phrase_before(cue.left, Number::Plural))
            .flatten()
            .filter(|s| s.0 > 0 && view.is(s.0 - 1, ","));
        let own = own.map(|(start, end)| start..end);
        let speaker =
            own.or_else(|| self.last.clone()).or_else(|| self.view.governing_subject(cue.left));
        let Some(ahead) = self.ahead(&cue) else { return };
        if cue.form == Form::Gerund
            && matches!(ahead.how, How::Infinitive)
            && !cue.verb.is_some_and(|v| v.strength == Strength::Says)
        {
            return;
        }
        let stop = self.forward_end(ahead, at);
        // "Se disant « confiant », l'avocat attend": who, behind the comma.
        let opens = cue.left <= dateline(view) + 1;
        let behind = || {
            let end = view.subject_after(stop + 1, false).filter(|_| view.is(stop, ","))?;
            Some(stop + 1..end)
        };
        let speaker = if opens { behind() } else { speaker };
        self.last = speaker.clone();
        self.push(ahead.start, stop, ahead.how, Some(&cue), speaker, None);
    }

    /// Whether another cue starts within two items of `k`.
    fn is_cue_ahead(&self, k: usize) -> bool {
        let near = |c: &Cue| c.left >= k && c.left <= k + 2;
        // "n'a pas repris", "sera terminé" report only beside marks.
        let manner = |c: &Cue| c.verb.is_some_and(|v| v.strength == Strength::Manner);
        let reports = |c: &Cue| c.form != Form::Participle && !(manner(c) && c.clitic.is_none());
        self.cues.iter().any(|c| near(c) && reports(c))
    }

    /// The subject before a finite cue.
    fn subject(&self, cue: &Cue) -> Option<Range<usize>> {
        self.view.subject_before(cue.left, cue.plural, self.last.as_ref())
    }

    /// Whether a finite cue goes on with the speaker of the cue before: "et a
    /// ajouté".
    fn shares(&self, cue: &Cue) -> bool {
        let view = self.view;
        let mut left = cue.left;
        while left > 0 && view.class(left - 1).has(Class::ADVERB) {
            left -= 1;
        }
        let before = left.wrapping_sub(1);
        let joined = left > 0
            && (view.class(before).has(Class::AND)
                || view.is_word(before, "mais")
                || view.is_word(before, "puis")
                || view.is(before, ",") && self.last.is_some() && self.subject(cue).is_none());
        joined && (self.last.is_some() || self.view.governing_subject(before).is_some())
    }

    fn tokens(&self, items: Range<usize>) -> Range<usize> {
        self.view.first_token(items.start)..self.view.end_token(items.end - 1)
    }
}
