//! Laws of the native JSON: what is written is read, and what is read never
//! breaks the reader.

use guillemet::document::Document;
use guillemet::formats::native;
use guillemet::scheme::Scheme;
use guillemet::text::{CodePointSpan, Offsets};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

use crate::any::{Deed, Proposals, deed, proposals, text};
use crate::document::{carry_out, document, session};

fn edited(text: &str, first: &Proposals, deeds: &[Deed]) -> Document {
    let mut session = session(text, first);
    for deed in deeds {
        carry_out(&mut session, deed);
    }
    document(&session).clone()
}

/// JSON with the words of the format at the wrong places.
fn scraps() -> impl Strategy<Value = Value> {
    const WORDS: [&str; 22] = [
        "format",
        "guillemet",
        "version",
        "scheme",
        "labels",
        "documents",
        "id",
        "text",
        "spans",
        "start",
        "end",
        "label",
        "entity",
        "entities",
        "relations",
        "from",
        "to",
        "s1",
        "e1",
        "rejected",
        "codepoint",
        "status",
    ];
    let word = || select(&WORDS[..]).prop_map(str::to_owned);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (0..9_u8).prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            vec((word(), inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// All values inside `value`, itself included.
fn nodes(value: &mut Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter_mut().map(nodes).sum(),
        Value::Object(fields) => fields.values_mut().map(nodes).sum(),
        _ => 0,
    }
}

/// Puts `with` in the place of the value that is `at` in reading order.
fn replace(value: &mut Value, at: &mut usize, with: &Value) {
    if *at == 0 {
        *value = with.clone();
    }
    *at = at.wrapping_sub(1);
    match value {
        Value::Array(items) => items.iter_mut().for_each(|v| replace(v, at, with)),
        Value::Object(fields) => fields.values_mut().for_each(|v| replace(v, at, with)),
        _ => {}
    }
}

/// What was read can be written, and is then read without a problem.
fn is_stable(json: &str) -> Result<(), TestCaseError> {
    let Ok(read) = native::read(json) else { return Ok(()) };
    let again = native::read(&native::write(&read.scheme, &read.documents)).unwrap();
    prop_assert_eq!(again.problems, vec![]);
    prop_assert_eq!(again.documents, read.documents);
    prop_assert_eq!(again.scheme, read.scheme);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn what_is_written_is_read(
        texts in vec((text(30), proposals()), 0..3), deeds in vec(deed(), 0..12),
    ) {
        let documents: Vec<Document> =
            texts.iter().map(|(text, first)| edited(text, first, &deeds)).collect();
        let json = native::write(&Scheme::default(), &documents);
        let read = native::read(&json).unwrap();
        prop_assert_eq!(read.problems, vec![]);
        prop_assert_eq!(&read.documents, &documents);
        prop_assert_eq!(read.scheme, Scheme::default());
        prop_assert_eq!(native::write(&Scheme::default(), &read.documents), json);
    }

    #[test]
    fn any_json_is_read_or_refused(value in scraps()) {
        is_stable(&json!({ "format": "guillemet", "documents": [value.clone()] }).to_string())?;
        let document = json!({ "text": "Lin Jian parle", "spans": value, "entities": value });
        is_stable(&json!({ "format": "guillemet", "documents": [document] }).to_string())?;
        is_stable(&json!({ "format": "guillemet", "scheme": { "labels": value } }).to_string())?;
        is_stable(&value.to_string())?;
    }

    #[test]
    fn a_damaged_file_is_read_as_far_as_it_goes(
        text in text(20), first in proposals(), at in any::<Index>(), with in scraps(), cut: Index,
    ) {
        let document = edited(&text, &first, &[]);
        let json = native::write(&Scheme::default(), [&document]);
        let mut value: Value = serde_json::from_str(&json).unwrap();
        let mut at = at.index(nodes(&mut value));
        replace(&mut value, &mut at, &with);
        is_stable(&value.to_string())?;
        let mut cut = cut.index(json.len());
        while !json.is_char_boundary(cut) {
            cut -= 1;
        }
        let is_error = matches!(native::read(&json[..cut]), Err(native::NativeError::Json { .. }));
        // Only the last line end may go.
        prop_assert!(is_error || cut + 1 == json.len());
    }

    #[test]
    fn offsets_in_another_unit_are_put_right(text in text(30), first in proposals(), bytes: bool) {
        let document = edited(&text, &first, &[]);
        let offsets = Offsets::new(&text);
        let mut value: Value =
            serde_json::from_str(&native::write(&Scheme::default(), [&document])).unwrap();
        let mut moved = false;
        for span in value["documents"][0]["spans"].as_array_mut().unwrap() {
            let at = |key: &str| span[key].as_u64().unwrap() as usize;
            let points = CodePointSpan { start: at("start"), end: at("end") };
            let range = offsets.resolve_code_points(points).unwrap();
            let units = offsets.to_utf16(range);
            let (start, end) =
                if bytes { (range.start, range.end) } else { (units.start, units.end) };
            moved |= (start, end) != (points.start, points.end);
            span["start"] = start.into();
            span["end"] = end.into();
        }
        let silent = native::read(&value.to_string()).unwrap();
        value["offset_unit"] = if bytes { "byte" } else { "utf16" }.into();
        let told = native::read(&value.to_string()).unwrap();
        prop_assert_eq!((&told.documents[..], told.problems), (&[document.clone()][..], vec![]));
        prop_assert_eq!(silent.documents, vec![document]);
        prop_assert_eq!(silent.problems.len(), usize::from(moved));
        if moved {
            prop_assert!(silent.problems[0].to_string().starts_with("documents[0]: its offsets"));
        }
    }
}
