//! A stretch that a person selected, cut into content, cue and speaker.
//!
//! Reads the line around the selection with the grammar alone: no weights, no
//! mentions. If the selection holds a whole report, it is cut into its parts;
//! else it is the content, and cue and speaker are those of the report that
//! it belongs to, or the nearest cue in its sentence.

use std::ops::Range;

use super::cues;
use super::lexicon::Class;
use super::phrases::Number;
use super::reading::Reading;
use super::view::View;
use super::{Draft, drafts};
use crate::engine::sentences;
use crate::engine::tokens;
use crate::scheme::QuoteKind;
use crate::text::{ByteSpan, trim};

/// Bytes of the line that are read to either side of a selection.
const REACH: usize = 2_000;

/// A selection as a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carved {
    /// What is said; the selection, or the part of it that is.
    pub content: ByteSpan,
    /// How.
    pub kind: QuoteKind,
    /// The words that report.
    pub cue: Option<ByteSpan>,
    /// The source phrase.
    pub speaker: Option<ByteSpan>,
}

/// Cuts what a person selected in `text` and called a quotation.
pub fn carve(text: &str, span: ByteSpan) -> Carved {
    let span = trim(text, span);
    let window = window(text, span);
    let part = &text[window.start..window.end];
    let tokens = tokens::tokenize(part);
    let sentences = sentences::split(part, &tokens);
    let reading = Reading::new(part, &tokens, &sentences, &[]);
    let local = ByteSpan::new(span.start - window.start, span.end - window.start);
    let carved = within(&reading, local);
    let moved = |s: ByteSpan| ByteSpan::new(s.start + window.start, s.end + window.start);
    Carved {
        content: moved(carved.content),
        kind: carved.kind,
        cue: carved.cue.map(moved),
        speaker: carved.speaker.map(moved),
    }
}

/// The lines of the selection, cut where they are endless.
fn window(text: &str, span: ByteSpan) -> ByteSpan {
    let mut start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let mut end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at);
    start = start.max(span.start.saturating_sub(REACH));
    end = end.min(span.end.saturating_add(REACH));
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    ByteSpan::new(start, end)
}

fn within(reading: &Reading<'_>, span: ByteSpan) -> Carved {
    let drafts = drafts(reading);
    let of = |tokens: &Range<usize>| reading.span(tokens.clone());
    // The selection holds the cue too: what is left of it is the content.
    let whole = drafts
        .iter()
        .filter(|d| d.cue.as_ref().is_some_and(|c| span.contains(of(c))))
        .filter(|d| span.contains(of(&d.content)))
        .max_by_key(|d| (of(&d.content).len(), std::cmp::Reverse(d.content.start)));
    if let Some(draft) = whole {
        let content = of(&draft.content);
        return carved(reading, content, draft);
    }
    let content = with_marks(reading, span);
    let shared = |d: &&Draft| {
        let both = of(&d.content).intersection(content).map_or(0, ByteSpan::len);
        2 * both >= of(&d.content).len().min(content.len()) && both > 0
    };
    let best = drafts
        .iter()
        .filter(shared)
        .filter(|d| d.cue.is_some())
        .max_by_key(|d| of(&d.content).intersection(content).map_or(0, ByteSpan::len));
    if let Some(draft) = best {
        return carved(reading, content, draft);
    }
    let kind = kind(reading, content);
    let (cue, speaker) = nearest(reading, content).unwrap_or((None, None));
    Carved { content, kind, cue, speaker }
}

/// A content with the cue and the speaker of a draft that do not cross it.
fn carved(reading: &Reading<'_>, content: ByteSpan, draft: &Draft) -> Carved {
    let apart = |tokens: &Option<Range<usize>>| {
        tokens.clone().map(|t| reading.span(t)).filter(|s| !content.overlaps(*s))
    };
    Carved {
        content,
        kind: kind(reading, content),
        cue: apart(&draft.cue),
        speaker: apart(&draft.speaker),
    }
}

/// The selection with the marks right around it, where it fills them.
fn with_marks(reading: &Reading<'_>, span: ByteSpan) -> ByteSpan {
    let filled = reading.regions.iter().filter(|r| !r.inner.is_empty() && !r.dash).find(|r| {
        let inner = reading.span(r.inner.clone());
        inner == span && r.tokens.end > r.inner.end
    });
    filled.map_or(span, |r| reading.span(r.tokens.clone()))
}

/// Direct where marks hold all of it, mixed where they hold a part.
fn kind(reading: &Reading<'_>, content: ByteSpan) -> QuoteKind {
    let mut kind = QuoteKind::Indirect;
    for region in &reading.regions {
        let span = reading.span(region.tokens.clone());
        if span.contains(content) {
            return QuoteKind::Direct;
        }
        if content.contains(span) {
            kind = QuoteKind::Mixed;
        }
    }
    kind
}

/// The cue nearest to the content in its sentence, with a subject.
fn nearest(
    reading: &Reading<'_>,
    content: ByteSpan,
) -> Option<(Option<ByteSpan>, Option<ByteSpan>)> {
    let stretch = reading.stretches.iter().filter(|s| s.inside.is_none()).find(|s| {
        let view = View::new(reading, s);
        let tokens = view.first_token(0)..view.end_token(view.len() - 1);
        reading.span(tokens).overlaps(content)
    })?;
    let view = View::new(reading, stretch);
    let span = |items: &Range<usize>| {
        reading.span(view.first_token(items.start)..view.end_token(items.end - 1))
    };
    let gap = |s: ByteSpan| {
        if s.end <= content.start { content.start - s.end } else { s.start - content.end }
    };
    let cues = cues::find(view);
    let cue = cues
        .iter()
        .filter(|c| !span(&c.items).overlaps(content))
        .min_by_key(|c| (gap(span(&c.items)), c.items.start))?;
    let number = if cue.plural { Number::Plural } else { Number::Singular };
    let after = || {
        let from = view.skip_adjuncts(cue.items.end);
        view.subject_after(from, cue.plural).map(|end| from..end)
    };
    let speaker = if let Some(clitic) = cue.clitic {
        Some(clitic..clitic + 1)
    } else if cue.form == cues::Form::Source {
        view.phrase(cue.items.end, number)
            .map(|end| cue.items.end..view.appositions(cue.items.end, end))
    } else if span(&cue.items).start >= content.end {
        after()
    } else {
        view.subject_before(cue.left, cue.plural, None).or_else(after)
    };
    let speaker = speaker
        .filter(|s| !s.is_empty() && !view.class(s.start).has(Class::THAT))
        .map(|s| span(&s))
        .filter(|s| !s.overlaps(content));
    Some((Some(span(&cue.items)), speaker))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut<'t>(text: &'t str, selected: &str) -> (&'t str, QuoteKind, &'t str, &'t str) {
        let start = text.find(selected).unwrap();
        let carved = carve(text, ByteSpan::new(start, start + selected.len()));
        let of = |span: Option<ByteSpan>| span.map_or("", |s| s.of(text));
        (carved.content.of(text), carved.kind, of(carved.cue), of(carved.speaker))
    }

    #[test]
    fn a_whole_report_is_cut_in_three() {
        let text = "Hier. « Nous partirons », a prévenu la maire, Ana Roy. Puis rien.";
        assert_eq!(
            cut(text, "« Nous partirons », a prévenu la maire, Ana Roy."),
            ("« Nous partirons »", QuoteKind::Direct, "a prévenu", "la maire, Ana Roy")
        );
        let text = "La préfecture a indiqué que la route resterait fermée.";
        assert_eq!(
            cut(text, text),
            ("la route resterait fermée", QuoteKind::Indirect, "a indiqué", "La préfecture")
        );
    }

    #[test]
    fn a_content_finds_its_cue_and_speaker() {
        let text = "Selon Ana Roy, le pont est « fichu ».";
        assert_eq!(
            cut(text, "le pont est « fichu »"),
            ("le pont est « fichu »", QuoteKind::Mixed, "Selon", "Ana Roy")
        );
        let text = "« Oui », a-t-elle dit.";
        assert_eq!(cut(text, "Oui"), ("« Oui »", QuoteKind::Direct, "a-t-elle dit", "elle"));
        let text = "Ana Roy pense, elle, à un départ.";
        assert_eq!(cut(text, "à un départ").0, "à un départ");
    }

    #[test]
    fn any_selection_is_cut() {
        let text = "«« \n” a dit que, selon » é𝄞";
        let ends: Vec<usize> = (0..=text.len()).filter(|&i| text.is_char_boundary(i)).collect();
        for &start in &ends {
            for &end in ends.iter().filter(|&&e| e >= start) {
                let carved = carve(text, ByteSpan::new(start, end));
                assert!(carved.content.end <= text.len());
            }
        }
    }
}
