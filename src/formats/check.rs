//! Whether two lists of documents say the same, whatever their ids.

use super::projection::is_blank;
use crate::document::{Document, Span};
use crate::text::order;

/// Whether both lists say the same; `exact` or but for white space.
///
/// # Errors
/// What differs first, in words.
pub(super) fn same(told: &[Document], read: &[Document], exact: bool) -> Result<(), String> {
    if told.len() != read.len() {
        return Err(format!("{} documents came back, not {}", read.len(), told.len()));
    }
    // A format may sort documents; what their first fact says puts them back.
    let facts = |documents: &[Document]| {
        let mut facts: Vec<Vec<String>> = documents.iter().map(|d| facts(d, exact)).collect();
        order::sort_by(&mut facts, |a, b| a[0].cmp(&b[0]));
        facts
    };
    for (told, read) in facts(told).iter().zip(&facts(read)) {
        if told == read {
            continue;
        }
        let first = told.iter().zip(read).find(|(a, b)| a != b);
        let (told, read) = first
            .or_else(|| told.get(read.len()).map(|fact| (fact, &END)))
            .or_else(|| read.get(told.len()).map(|fact| (&END, fact)))
            .unwrap_or((&END, &END));
        return Err(format!("{} came back, not {}", shown(read, told), shown(told, read)));
    }
    Ok(())
}

/// A fact around the place where it differs from another: a text is long.
fn shown<'f>(fact: &'f str, other: &str) -> std::borrow::Cow<'f, str> {
    const SHOWN: usize = 60;
    if fact.len() <= 4 * SHOWN {
        return fact.into();
    }
    let same = fact.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let start = fact.floor_char_boundary(same.saturating_sub(SHOWN));
    let end = fact.floor_char_boundary(same + SHOWN);
    let dots = |cut| if cut { "…" } else { "" };
    format!("{}{}{}", dots(start > 0), &fact[start..end], dots(end < fact.len())).into()
}

static END: String = String::new();

/// What a document says, one line a fact, in an order that ids have no part in.
fn facts(document: &Document, exact: bool) -> Vec<String> {
    let text = document.text();
    let squeezed = |words: &str| words.chars().filter(|c| !is_blank(*c)).collect::<String>();
    let mut facts = vec![format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        document.id,
        document.title,
        document.language,
        document.metadata,
        document.note,
        document.done,
        if exact { text.to_string() } else { squeezed(text) }
    )];
    // One walk over the text, not one a span.
    let mut solid = vec![0; text.len() + 1];
    let mut count = 0;
    for (at, c) in text.char_indices() {
        solid[at] = count;
        count += usize::from(!is_blank(c));
    }
    solid[text.len()] = count;
    let place = |span: &Span| {
        let (start, end) = (span.range.start, span.range.end);
        let (start, end) = if exact { (start, end) } else { (solid[start], solid[end]) };
        format!("{start:09}..{end:09} {}", span.label)
    };
    let entity = |span: &Span| {
        let entity = span.entity.and_then(|e| document.entity(e));
        entity.map_or(String::new(), |e| format!("{:?} {}", one_line(&e.name), e.label))
    };
    let mut spans: Vec<String> = document
        .spans()
        .map(|(_, s)| {
            format!(
                "span {} entity {} {:?} {:?} {:?} {:?} {:?}",
                place(s),
                entity(s),
                s.origin,
                s.status,
                s.score,
                s.attributes,
                s.note
            )
        })
        .collect();
    order::sort_by(&mut spans, Ord::cmp);
    facts.append(&mut spans);
    let end = |id| document.span(id).map(place).unwrap_or_default();
    let mut links: Vec<String> = document
        .relations()
        .map(|(_, r)| format!("relation {} {} -> {}", r.label, end(r.from), end(r.to)))
        .collect();
    order::sort_by(&mut links, Ord::cmp);
    facts.append(&mut links);
    let mut entities: Vec<String> = document
        .entities()
        .map(|(id, e)| {
            let mut places: Vec<String> = document
                .spans()
                .filter(|(_, s)| s.entity == Some(id))
                .map(|(_, s)| place(s))
                .collect();
            order::sort_by(&mut places, Ord::cmp);
            format!("entity {:?} {} {places:?}", one_line(&e.name), e.label)
        })
        .collect();
    order::sort_by(&mut entities, Ord::cmp);
    facts.append(&mut entities);
    facts.extend(document.rejected().iter().map(|r| format!("refused {:?} {}", r.range, r.label)));
    facts
}

/// A name in one line: where a line breaks in it is no fact.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
