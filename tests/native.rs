//! The native JSON: its schema, which is published beside the code, and what
//! reading says of files that are not as they should be.

use guillemet::document::{Document, Origin, Rejection, Span, Status};
use guillemet::engine::analyse;
use guillemet::engine::quotations::carve;
use guillemet::formats::native::{self, NativeError};
use guillemet::scheme::{Label, QuoteKind, Scheme};
use guillemet::session::{Command, Session};
use guillemet::text::ByteSpan;
use jsonschema::Validator;
use serde_json::{Value, json};

const TEXT: &str = "🚨 Paris\u{a0}: « Nous agirons », a déclaré lundi Ana Roy, la ministre.\n\
    Selon le Foreign Office, Londres « a protesté ».";

fn schema() -> Value {
    serde_json::from_str(include_str!("../src/formats/native.schema.json")).unwrap()
}

fn validator() -> Validator {
    let schema = schema();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

fn faults(value: &Value) -> Vec<String> {
    validator().iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

/// A document with everything that the format can hold.
fn full() -> Document {
    let mut session = Session::default();
    session.add(Document::new("d1", "titre", "fr", TEXT), false);
    session.seed("d1", analyse(TEXT)).unwrap();
    let at = |words: &str| {
        let start = TEXT.find(words).unwrap();
        ByteSpan::new(start, start + words.len())
    };
    for command in [
        Command::Label(at("la ministre"), Label::new("ROLE")),
        Command::Quote(carve(TEXT, at("« Nous agirons »"))),
        Command::Label(at("Londres"), Label::new("EQUIPE")),
    ] {
        session.perform(&command).unwrap();
    }
    let document = |s: &Session| s.work().unwrap().document.clone();
    let id = |s: &Session, words: &str, label: &str| {
        let found = document(s).find(at(words), &Label::new(label));
        found.unwrap()
    };
    let quote = id(&session, "« Nous agirons »", "QUOTE");
    let team = id(&session, "Londres", "EQUIPE");
    for command in [
        Command::SetCue(quote, Some(at("a déclaré"))),
        Command::SetSpeaker(quote, Some(at("Ana Roy"))),
        Command::Note(quote, "à vérifier".into()),
        Command::Remove(team),
        Command::Remark("à relire".into()),
        Command::Finish,
    ] {
        session.perform(&command).unwrap();
    }
    document(&session)
}

fn written() -> Value {
    serde_json::from_str(&native::write(&Scheme::default(), [&full()])).unwrap()
}

/// The value after one change.
fn changed(pointer: &str, with: Value) -> Value {
    let mut value = written();
    *value.pointer_mut(pointer).unwrap() = with;
    value
}

fn problems(value: &Value) -> Vec<String> {
    native::read(&value.to_string()).unwrap().problems.iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_written_keeps_to_the_schema() {
    let value = written();
    assert_eq!(faults(&value), Vec::<String>::new());
    let document = &value["documents"][0];
    for list in ["spans", "relations", "entities", "rejected"] {
        assert!(!document[list].as_array().unwrap().is_empty(), "no {list} to check");
    }
    let keys =
        |key: &str| document["spans"].as_array().unwrap().iter().any(|s| s.get(key).is_some());
    assert!(keys("note") && keys("score") && keys("entity"));
    let empty = native::write(&Scheme::default(), []);
    assert_eq!(faults(&serde_json::from_str(&empty).unwrap()), Vec::<String>::new());
}

#[test]
fn the_shape_that_is_documented_keeps_to_the_schema_and_is_read() {
    let text = "« Nous agirons », dit le Foreign Office.";
    let example = json!({"format": "guillemet", "version": 1, "generator": "guillemet 0.1.0",
        "offset_unit": "codepoint",
        "scheme": {"labels": [{"name": "PERSON", "color": "#8a4b08", "key": "1"}],
            "relations": [{"name": "speaker"}]},
        "documents": [{"id": "d", "title": "t", "language": "fr", "text": text,
            "spans": [
                {"id": "s4", "start": 25, "end": 39, "label": "ORG", "text": "Foreign Office",
                 "entity": "e2", "origin": "engine", "status": "proposed", "score": 0.97,
                 "attributes": {}},
                {"id": "s7", "start": 0, "end": 16, "label": "QUOTE", "text": "« Nous agirons »",
                 "entity": "e2", "origin": "engine", "status": "accepted",
                 "attributes": {"kind": "direct"}},
                {"id": "s8", "start": 18, "end": 21, "label": "CUE", "text": "dit",
                 "origin": "engine", "status": "accepted", "attributes": {}}],
            "relations": [{"id": "r1", "label": "cue", "from": "s7", "to": "s8"}],
            "entities": [{"id": "e2", "name": "Foreign Office", "label": "ORG"}]}]});
    assert_eq!(faults(&example), Vec::<String>::new());
    let read = native::read(&example.to_string()).unwrap();
    assert_eq!(read.problems, []);
    let again: Value = serde_json::from_str(&native::write(&read.scheme, &read.documents)).unwrap();
    let ids = |v: &Value| {
        let mut ids: Vec<String> = v["documents"][0]["spans"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| s["id"].to_string())
            .collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(&again), ids(&example));
    assert_eq!(again["documents"][0]["relations"], example["documents"][0]["relations"]);
    assert_eq!(again["documents"][0]["entities"], example["documents"][0]["entities"]);
}

#[test]
fn schema_and_code_have_the_same_words() {
    let schema = schema();
    let words = |pointer: &str| schema.pointer(pointer).unwrap().clone();
    assert_eq!(words("/properties/format/const"), native::FORMAT);
    assert_eq!(words("/properties/version/const"), native::VERSION);
    let kinds = "/$defs/span/then/properties/attributes/properties/kind/enum";
    assert_eq!(words(kinds), json!(QuoteKind::ALL.map(QuoteKind::name)));
    // Each status and origin of the code is written with a word of the schema,
    // and the schema has no other.
    let span = |origin, status| {
        let mut document = Document::new("d", "t", "fr", "Paris");
        let mut step = guillemet::document::Transaction::new("test");
        let after = Span::by_person(ByteSpan::new(0, 5), Label::new("PLACE"));
        let after = Some(Span { origin, status, ..after });
        let id = document.fresh_span();
        step.changes.push(guillemet::document::Change::Span { id, before: None, after });
        document.apply(&step).unwrap();
        let file: Value =
            serde_json::from_str(&native::write(&Scheme::default(), [&document])).unwrap();
        let span = file["documents"][0]["spans"][0].clone();
        (span["origin"].clone(), span["status"].clone())
    };
    let (engine, proposed) = span(Origin::Engine, Status::Proposed);
    let (person, accepted) = span(Origin::Person, Status::Accepted);
    assert_eq!(words("/$defs/span/properties/origin/enum"), json!([engine, person]));
    assert_eq!(words("/$defs/span/properties/status/enum"), json!([proposed, accepted]));
}

#[test]
fn the_schema_finds_what_is_wrong() {
    for (pointer, with) in [
        ("/format", json!("brat")),
        ("/version", json!(2)),
        ("/offset_unit", json!("grapheme")),
        ("/documents/0/text", Value::Null),
        ("/documents/0/spans/0/start", json!(-1)),
        ("/documents/0/spans/0/status", json!("maybe")),
        ("/documents/0/spans/0/id", json!(4)),
        ("/documents/0/note", json!(1)),
        ("/documents/0/done", json!("yes")),
        ("/documents/0/spans/0/label", json!("")),
        ("/documents/0/spans/0/attributes", json!({"kind": 3})),
        ("/documents/0/relations/0/to", json!(1)),
        ("/scheme/labels/0/color", json!("red")),
        ("/scheme/labels/0/key", json!("ab")),
    ] {
        assert_eq!(faults(&changed(pointer, with)).len(), 1, "{pointer}");
    }
}

#[test]
fn problems_say_where_they_are_and_the_rest_is_kept() {
    let whole = full();
    let spans = whole.spans().len();
    for (pointer, with, path, kept) in [
        ("/documents/0/spans/0/start", json!(999), "documents[0].spans[0]: 999..", spans - 1),
        ("/documents/0/spans/1/text", json!("?"), "documents[0].spans[1]: ", spans - 1),
        (
            "/documents/0/spans/1/status",
            json!("maybe"),
            "documents[0].spans[1]: unknown",
            spans - 1,
        ),
        ("/documents/0/spans/1/label", json!(""), "documents[0].spans[1]: a span needs", spans - 1),
        ("/documents/0/spans/1/score", json!(7), "documents[0].spans[1]: its score 7", spans),
        ("/documents/0/relations/0/to", json!("s99"), "documents[0].relations[0]: one of", spans),
        ("/documents/0/entities/0", json!(1), "documents[0].entities[0]: ", spans),
        ("/documents/0/rejected/0/text", json!("?"), "documents[0].rejected[0]: its", spans),
        ("/scheme/labels/2/color", json!("url(x)"), "scheme.labels[2]: \"url(x)\" is no", spans),
        ("/scheme/labels/2/key", json!("ab"), "scheme.labels[2]: the key \"ab\"", spans),
        ("/scheme/labels/1/name", json!("PERSON"), "scheme.labels[1]: the name", spans),
        ("/documents/0/note", json!(1), "documents[0].note: it is no text", spans),
        ("/documents/0/done", json!(1), "documents[0].done: it is neither", spans),
        ("/scheme", json!([]), "scheme: there is no list", spans),
        ("/offset_unit", json!("line"), "offset_unit: it is none of", spans),
    ] {
        let value = changed(pointer, with);
        let found = problems(&value);
        assert!(found.iter().any(|p| p.starts_with(path)), "{pointer}: {found:?}");
        let read = native::read(&value.to_string()).unwrap();
        assert_eq!(read.documents[0].spans().len(), kept, "{pointer}");
    }
}

#[test]
fn a_remark_and_done_come_back_and_older_files_lack_them() {
    let document = full();
    let back = native::read(&written().to_string()).unwrap();
    assert_eq!(back.documents, [document]);
    assert_eq!(back.documents[0].note.as_deref(), Some("à relire"));
    assert!(back.documents[0].done);
    let mut older = written();
    let fields = older["documents"][0].as_object_mut().unwrap();
    assert!(fields.remove("note").is_some() && fields.remove("done").is_some());
    assert_eq!(problems(&older), Vec::<String>::new());
    let read = native::read(&older.to_string()).unwrap();
    assert!(!read.documents[0].done && read.documents[0].note.is_none());
    // What says nothing is not written: a file without them is as it was.
    let again: Value = serde_json::from_str(&native::write(&read.scheme, &read.documents)).unwrap();
    assert_eq!(again["documents"], older["documents"]);
}

#[test]
fn one_broken_document_does_not_hide_the_others() {
    let mut value = written();
    let document = value["documents"][0].clone();
    value["documents"] = json!([{"id": "x"}, 3, document]);
    let read = native::read(&value.to_string()).unwrap();
    assert_eq!(read.documents, [full()]);
    assert_eq!(
        problems(&value),
        ["documents[0]: it has no \"text\"", "documents[1]: it has no \"text\""]
    );
}

#[test]
fn a_broken_span_does_not_hide_the_unit_of_the_others() {
    let document = full();
    let mut value = written();
    for span in value["documents"][0]["spans"].as_array_mut().unwrap() {
        // One emoji before every span: UTF-16 is one ahead.
        span["start"] = (span["start"].as_u64().unwrap() + 1).into();
        span["end"] = (span["end"].as_u64().unwrap() + 1).into();
    }
    value["documents"][0]["spans"][0]["text"] = "?".into();
    let read = native::read(&value.to_string()).unwrap();
    assert_eq!(read.documents[0].spans().len(), document.spans().len() - 1);
    assert!(problems(&value)[0].contains("UTF-16 units; they were put right"));
}

#[test]
fn numbers_at_the_end_of_their_range_leave_room_for_more() {
    let mut value = written();
    let spans = value["documents"][0]["spans"].as_array_mut().unwrap();
    spans[0]["id"] = "s4294967294".into();
    spans[1]["id"] = "mine".into();
    value["documents"][0]["relations"] = json!([]);
    let read = native::read(&value.to_string()).unwrap();
    assert_eq!(read.problems, []);
    let mut session = Session::default();
    session.add(read.documents.into_iter().next().unwrap(), true);
    for words in ["agirons", "ministre", "protesté"] {
        let start = TEXT.find(words).unwrap();
        let range = ByteSpan::new(start, start + words.len());
        session.perform(&Command::Label(range, Label::new("MISC"))).unwrap();
    }
}

#[test]
fn what_is_no_workspace_is_refused_with_the_reason() {
    let error = |json: &str| native::read(json).unwrap_err();
    assert!(matches!(error("{\"format\": "), NativeError::Json { line: 1, .. }));
    assert!(matches!(error(""), NativeError::Json { .. }));
    for foreign in ["[]", "3", "{}", "{\"format\": \"brat\"}", "{\"documents\": []}"] {
        assert_eq!(error(foreign), NativeError::Foreign);
    }
    assert_eq!(error("{\"format\": \"guillemet\", \"version\": 2}"), NativeError::Newer(2));
    assert!(error("{\"format\": \"guillemet\", \"version\": 2}").to_string().contains("version 2"));
}

#[test]
fn a_mark_before_the_json_is_no_harm_and_refusals_come_back() {
    let json = native::write(&Scheme::default(), [&full()]);
    let read = native::read(&format!("\u{feff}{json}")).unwrap();
    let refused = Rejection {
        range: ByteSpan::new(TEXT.find("Londres").unwrap(), TEXT.find("Londres").unwrap() + 7),
        label: Label::new("EQUIPE"),
    };
    assert!(read.documents[0].rejected().contains(&refused));
}
