//! The guide that goes with a data set: what the default labels mean, and of
//! a person's own labels what the data tell of them.

use std::collections::BTreeMap;

use super::layer_of;
use crate::document::Document;
use crate::scheme::{Label, LabelDef, Scheme};
use crate::text::order;

/// What the default labels mean.
const GUIDE: &str = include_str!("../../corpus/GUIDE.md");
/// How many of the words that a label is on most often are shown.
const EXAMPLES: usize = 5;
/// Words longer than this many characters are no example of a name.
const LONG: usize = 60;

/// The guide to the labels of these documents.
pub(super) fn guide(scheme: &Scheme, documents: &[Document]) -> String {
    let own = own(scheme, documents);
    if own.is_empty() {
        return GUIDE.to_owned();
    }
    let mut out = String::from(
        "# Labels\n\nThe labels that this data set has beside Guillemet's own, or under other \
         names. What they stand on most often shows how they were used.\n\n\
         | label | means | may lie in | most often |\n|---|---|---|---|\n",
    );
    for def in own {
        let means = match def.engine {
            Some(meaning) => format!("{} of the guide below", meaning.name()),
            None => "this data set's own".to_owned(),
        };
        let inside = match &def.inside {
            None => "any label".to_owned(),
            Some(labels) if labels.is_empty() => "none".to_owned(),
            Some(labels) => labels.iter().map(Label::as_str).collect::<Vec<_>>().join(", "),
        };
        let examples = examples(documents, &def.name).join(", ");
        let cells = [def.name.as_str(), &means, &inside, &examples];
        let cells = cells.map(|cell| cell.replace('|', "\\|"));
        out += &format!("| {} |\n", cells.join(" | "));
    }
    out + "\n" + GUIDE
}

/// The labels of which the default guide does not speak: those of the scheme,
/// and those that spans have all the same.
fn own(scheme: &Scheme, documents: &[Document]) -> Vec<LabelDef> {
    let default = Scheme::default();
    let is_own =
        |def: &LabelDef| default.label(&def.name).is_none_or(|known| known.engine != def.engine);
    let mut own: Vec<LabelDef> = scheme.labels.iter().filter(|def| is_own(def)).cloned().collect();
    let used = documents.iter().flat_map(Document::spans).map(|(_, span)| &span.label);
    for label in order::set(used) {
        if scheme.label(label).is_none() && default.label(label).is_none() {
            own.push(LabelDef::new(label.as_str(), String::new(), None));
        }
    }
    own
}

/// The words that a label is on most often.
fn examples(documents: &[Document], label: &Label) -> Vec<String> {
    if layer_of(label) == super::Layer::Quotations {
        return Vec::new();
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for document in documents {
        for (_, span) in document.spans().filter(|(_, span)| span.label == *label) {
            let words = document.words(span).split_whitespace().collect::<Vec<_>>().join(" ");
            if words.chars().count() <= LONG {
                *counts.entry(words).or_default() += 1;
            }
        }
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    order::sort_by_key(&mut counts, |(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().take(EXAMPLES).map(|(words, _)| words).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Change, Span, SpanId, Transaction};
    use crate::text::ByteSpan;

    #[test]
    fn the_default_labels_have_the_default_guide_whatever_their_colours() {
        let mut scheme = Scheme::default();
        "#000000".clone_into(&mut scheme.labels[0].color);
        scheme.relations.pop();
        assert_eq!(guide(&scheme, &[]), GUIDE);
    }

    #[test]
    fn own_labels_are_told_by_what_they_stand_on() {
        let mut scheme = Scheme::default();
        scheme.labels[0].name = Label::new("PERS");
        let mut law = LabelDef::new("LOI", "#123456".to_owned(), None);
        law.inside = Some(vec![Label::new("PERS")]);
        scheme.labels.push(law);
        let mut document = Document::new("d", "", "fr", "la loi Roy, la loi Roy, la loi Li");
        let mut step = Transaction::new("test");
        for (id, start, end) in [(0, 3, 10), (1, 15, 22), (2, 27, 33)] {
            let after = Some(Span::by_person(ByteSpan::new(start, end), Label::new("LOI")));
            step.changes.push(Change::Span { id: SpanId(id), before: None, after });
        }
        document.apply(&step).unwrap();
        let guide = guide(&scheme, &[document]);
        assert!(guide.contains("| PERS | PERSON of the guide below | any label |  |\n"), "{guide}");
        assert!(guide.contains("| LOI | this data set's own | PERS | loi Roy, loi Li |\n"));
        assert!(guide.ends_with(GUIDE));
    }
}
