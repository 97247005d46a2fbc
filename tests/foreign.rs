//! Files as other tools write them: what is kept of them, and what is told.

use guillemet::document::{Document, Status};
use guillemet::formats::{File, Format, Imported, Options};
use guillemet::scheme::Scheme;

/// The sentence of all shapes: an emoji, so that units differ, and no-break
/// spaces.
const TEXT: &str = "🚨 Paris\u{a0}: «\u{a0}Nous agirons\u{a0}», a dit Ana Roy.";

fn import(id: &str, files: &[(&str, &str)]) -> Imported {
    let files: Vec<File> = files
        .iter()
        .map(|(name, text)| File { name: (*name).to_owned(), bytes: text.as_bytes().to_vec() })
        .collect();
    Format::by_id(id).unwrap().import(&files)
}

/// The spans in text order: label and words.
fn spans(document: &Document) -> Vec<(&str, &str)> {
    let mut spans: Vec<_> = document.spans().map(|(_, s)| s).collect();
    spans.sort_by_key(|s| s.range);
    spans.into_iter().map(|s| (s.label.as_str(), document.words(s))).collect()
}

/// The relations: label, words, words.
fn links(document: &Document) -> Vec<(&str, &str, &str)> {
    let words = |id| document.span(id).map_or("", |s| document.words(s));
    document.relations().map(|(_, r)| (r.label.as_str(), words(r.from), words(r.to))).collect()
}

fn told(imported: &Imported) -> Vec<String> {
    imported.problems.iter().map(ToString::to_string).collect()
}

#[test]
fn doccano_in_the_units_of_its_interface_is_put_right() {
    let line = format!(
        "{{\"id\": 7, \"text\": \"{TEXT}\", \"label\": [[3, 8, \"LOC\"], [35, 42, \"PER\"]], \"Comments\": []}}\n"
    );
    let got = import("doccano", &[("a.jsonl", &line)]);
    assert_eq!(spans(&got.documents[0]), [("LOC", "Paris"), ("PER", "Ana Roy")]);
    assert_eq!(got.documents[0].id, "7");
    assert_eq!(told(&got), ["a.jsonl: its offsets count UTF-16 units; they were put right"]);
    let older =
        format!("{{\"text\": \"{TEXT}\", \"labels\": [[2, 7, \"LOC\"], [2, \"x\", \"PER\"]]}}");
    let got = import("doccano", &[("a.jsonl", &older)]);
    assert_eq!(spans(&got.documents[0]), [("LOC", "Paris")]);
    assert_eq!(told(&got), ["a.jsonl span 1: a span is [start, end, label]"]);
}

#[test]
fn doccano_relations() {
    let line = format!(
        "{{\"text\":\"{TEXT}\",\"entities\":[{{\"id\":1,\"label\":\"QUOTE\",\"start_offset\":10,\"end_offset\":26}},\
         {{\"id\":2,\"label\":\"PER\",\"start_offset\":34,\"end_offset\":41}}],\
         \"relations\":[{{\"id\":1,\"from_id\":1,\"to_id\":2,\"type\":\"speaker\"}},{{\"id\":2,\"from_id\":1,\"to_id\":9,\"type\":\"cue\"}}]}}"
    );
    let got = import("doccano-relations", &[("a.jsonl", &line)]);
    assert_eq!(links(&got.documents[0]), [("speaker", "«\u{a0}Nous agirons\u{a0}»", "Ana Roy")]);
    assert_eq!(told(&got), ["a.jsonl relations[1]: one of its spans is not in the file"]);
}

#[test]
fn label_studio_as_it_exports() {
    let tasks = r#"[{"id":12,"data":{"text":"Un.\nDeux Ana Roy."},"annotations":[
        {"id":1,"was_cancelled":true,"result":[{"id":"z","from_name":"label","to_name":"text","type":"labels","value":{"start":0,"end":2,"labels":["X"]}}]},
        {"id":2,"result":[
          {"id":"q","from_name":"label","to_name":"text","type":"labels","value":{"start":0,"end":8,"text":"Un.\\nDeux","labels":["QUOTE"]}},
          {"id":"q","from_name":"kind","to_name":"text","type":"choices","value":{"start":0,"end":8,"choices":["direct"]}},
          {"id":"p","from_name":"label","to_name":"text","type":"labels","value":{"start":9,"end":16,"text":"Ana Roy","labels":["PER"]}},
          {"from_id":"q","to_id":"p","type":"relation","direction":"right","labels":["speaker"]},
          {"id":"i","type":"rectanglelabels","value":{}}]}],
        "predictions":[{"result":[{"id":"d","type":"labels","score":0.5,"from_name":"label","to_name":"text","value":{"start":4,"end":8,"labels":["QUANTITY"]}}]}]}]"#;
    let config = r#"<View><Labels name="label" toName="text"><Label value="PER" background="red" hotkey="1"/></Labels><Text name="text" value="$text"/></View>"#;
    let got = import("label-studio", &[("t.json", tasks), ("t.xml", config)]);
    let document = &got.documents[0];
    assert_eq!(document.id, "12");
    assert_eq!(spans(document), [("QUOTE", "Un.\nDeux"), ("QUANTITY", "Deux"), ("PER", "Ana Roy")]);
    assert_eq!(links(document), [("speaker", "Un.\nDeux", "Ana Roy")]);
    let proposed: Vec<bool> = document.spans().map(|(_, s)| s.status == Status::Proposed).collect();
    assert_eq!(proposed.iter().filter(|p| **p).count(), 1);
    assert_eq!(got.scheme.unwrap().labels[0].key, Some('1'));
    assert_eq!(got.problems.len(), 1, "{:?}", got.problems);
}

#[test]
fn prodigy_with_rejected_tasks_and_relations_without_ids() {
    let lines = r#"{"text":"Ana Roy parle.","spans":[{"start":0,"end":7,"label":"PER"},{"start":8,"end":13,"label":"CUE"}],"relations":[{"head":2,"child":1,"head_span":{"start":8,"end":13,"label":"CUE"},"child_span":{"start":0,"end":7,"label":"PER"},"label":"by"}],"meta":{"source":"afp-1"},"answer":"accept"}
{"text":"Non.","spans":[{"start":0,"end":3,"label":"PER"}],"answer":"reject"}
{"text": broken"#;
    let got = import("prodigy", &[("p.jsonl", lines)]);
    assert_eq!(links(&got.documents[0]), [("by", "parle", "Ana Roy")]);
    assert_eq!(got.documents[0].id, "afp-1");
    assert_eq!(spans(&got.documents[1]), []);
    assert_eq!(got.problems.len(), 2);
    assert_eq!(got.problems[1].path, "p.jsonl line 3");
}

#[test]
fn conll_in_every_tagging() {
    for tags in [
        // IOB1 begins with I; B parts what touches.
        ["I-LOC", "O", "I-PER", "I-PER", "B-PER"],
        ["B-LOC", "O", "B-PER", "I-PER", "B-PER"],
        ["U-LOC", "O", "B-PER", "L-PER", "U-PER"],
        ["S-LOC", "O", "B-PER", "E-PER", "S-PER"],
    ] {
        let words = ["Paris", ":", "Ana", "Roy", "Luc"];
        let lines: Vec<String> =
            words.iter().zip(tags).map(|(word, tag)| format!("{word} {tag}")).collect();
        let file = format!("-DOCSTART- -X- O O\n\n{}\n\nOui O\n", lines.join("\n"));
        let got = import("conll", &[("a.conll", &file)]);
        assert_eq!(
            spans(&got.documents[0]),
            [("LOC", "Paris"), ("PER", "Ana Roy"), ("PER", "Luc")],
            "{tags:?}"
        );
        assert_eq!(&**got.documents[0].text(), "Paris : Ana Roy Luc\nOui");
        assert!(got.problems.is_empty());
    }
    let got = import("conll", &[("a.conll", "Paris\nAna B-PER\n")]);
    assert_eq!(told(&got), ["a.conll line 1: a token needs its tag in a last column"]);
    assert_eq!(spans(&got.documents[0]), [("PER", "Ana")]);
}

#[test]
fn conllu_of_corefud_with_words_inside_tokens() {
    let file = "# newdoc id = d\n# global.Entity = eid-etype-head-other\n# text = Au pont Ana\n\
                1-2\tAu\t_\t_\t_\t_\t_\t_\t_\t_\n1\tà\t_\t_\t_\t_\t_\t_\t_\t_\n2\tle\t_\t_\t_\t_\t_\t_\t_\t_\n\
                3\tpont\t_\t_\t_\t_\t_\t_\t_\tEntity=(e1-place-1-)\n\
                4\tAna\t_\t_\t_\t_\t_\t_\t_\tEntity=(e2-person-1-Q42(e3-x-1)|SpaceAfter=No\n\
                4.1\t_\t_\t_\t_\t_\t_\t_\t_\t_\n5\t!\t_\t_\t_\t_\t_\t_\t_\tEntity=e2)\n\n";
    let got = import("conllu", &[("a.conllu", file)]);
    let document = &got.documents[0];
    assert_eq!(&**document.text(), "Au pont Ana!");
    assert_eq!(spans(document), [("place", "pont"), ("person", "Ana!"), ("x", "Ana")]);
    assert_eq!(document.entities().len(), 3);
    assert!(got.problems.is_empty(), "{:?}", got.problems);
}

#[test]
fn brat_with_fragments_events_and_missing_texts() {
    let ann = "T1\tPER 0 3;8 11\tAna Roy\nT2\tLOC 4 7\tici\nR1\tnear Arg1:T2 Arg2:T1\t\nE1\tSay:T2\n\
               A1\tSure T2\n#1\tAnnotatorNotes T2\tun mot\n";
    let got = import("brat", &[("x/a.txt", "Ana ici Roy"), ("x/a.ann", ann), ("x/b.ann", "")]);
    let document = &got.documents[0];
    assert_eq!(spans(document), [("PER", "Ana ici Roy"), ("LOC", "ici")]);
    assert_eq!(links(document), [("near", "ici", "Ana ici Roy")]);
    let (_, ici) = document.spans().find(|(_, s)| s.label == *"LOC").unwrap();
    assert_eq!(ici.note.as_deref(), Some("un mot"));
    assert_eq!(ici.attributes.get("Sure").map(String::as_str), Some("true"));
    assert_eq!(
        told(&got),
        [
            "x/b.ann: its text is missing: add the .txt",
            "x/a.ann line 1: its fragments became one span",
            "x/a.ann line 4: a line E1 is no part of Guillemet's model"
        ]
    );
}

#[test]
fn tei_of_an_edition() {
    let file = r##"<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Le pont</title></titleStmt></fileDesc>
      <profileDesc><particDesc><listPerson><person xml:id="ana"><persName>Ana Roy</persName></person></listPerson></particDesc></profileDesc></teiHeader>
      <text><body><head>Le   pont</head>
        <p>Elle dit :
           <said who="#ana" xml:id="q1" next="#q2">« Oui</said>, <said who="#ana" xml:id="q2" prev="#q1" direct="false">non »</said>.<note>apparat</note></p>
        <p><persName ref="#ana">Ana</persName> part.</p></body></text></TEI>"##;
    let got = import("tei", &[("pont.xml", file)]);
    let document = &got.documents[0];
    assert_eq!(&**document.text(), "Le pont\nElle dit : « Oui, non ».\nAna part.");
    assert_eq!(spans(document), [("QUOTE", "« Oui"), ("QUOTE", "non »"), ("PERSON", "Ana")]);
    assert_eq!(links(document), [("next", "« Oui", "non »")]);
    assert!(document.spans().all(|(_, s)| s.entity.is_some()));
    assert_eq!((document.id.as_str(), document.title.as_str()), ("pont", "Le pont"));
}

#[test]
fn web_annotations_in_the_units_of_the_dom_are_put_right() {
    let list = r#"[{"@context":"http://www.w3.org/ns/anno.jsonld","id":"a","type":"Annotation","body":[{"type":"TextualBody","value":"PER","purpose":"tagging"}],
      "target":{"source":"t.txt","selector":[{"type":"TextQuoteSelector","exact":"Ana Roy"},{"type":"TextPositionSelector","start":35,"end":42}]}}]"#;
    let got = import("web-annotation", &[("t.json", list), ("t.txt", TEXT)]);
    assert_eq!(spans(&got.documents[0]), [("PER", "Ana Roy")]);
    assert_eq!(told(&got), ["t.json: its offsets count UTF-16 units; they were put right"]);
    let got = import("web-annotation", &[("t.json", list)]);
    assert_eq!(told(&got), ["t.json: its text is missing: add t.txt"]);
}

#[test]
fn ner_annotator_with_what_was_skipped() {
    let file = format!(
        "{{\"classes\":[\"PER\"],\"annotations\":[[\"{TEXT}\",{{\"entities\":[[35,42,\"PER\"]]}}],null]}}"
    );
    let got = import("ner-annotator", &[("n.json", &file)]);
    assert_eq!(spans(&got.documents[0]), [("PER", "Ana Roy")]);
    assert_eq!(got.scheme.as_ref().unwrap().labels[0].name, *"PER".to_owned().as_str());
    assert_eq!(told(&got), ["n.json annotations[1]: it was skipped there and holds nothing"]);
}

#[test]
fn spacy_and_hugging_face_rows_without_our_keys() {
    let pair = format!("[\"{TEXT}\", {{\"entities\": [[2, 7, \"LOC\"]]}}]");
    let got = import("spacy", &[("s.jsonl", &format!("{pair}\n{pair}\n"))]);
    assert_eq!((got.documents.len(), spans(&got.documents[0])), (2, vec![("LOC", "Paris")]));
    let row = r#"{"id":"0","tokens":["Ana","Roy","parle","."],"ner_tags":["B-PER","I-PER","O","O"]}
{"id":"1","tokens":["Oui"],"ner_tags":[3]}"#;
    let got = import("hugging-face", &[("h.jsonl", row)]);
    assert_eq!(spans(&got.documents[0]), [("PER", "Ana Roy")]);
    assert_eq!(&**got.documents[0].text(), "Ana Roy parle.");
    assert_eq!(got.problems.len(), 1);
}

#[test]
fn files_tell_their_format() {
    let json = include_str!("golden/split.json");
    let native = Format::by_id("native").unwrap();
    let documents = native.import(&[File { name: "s".into(), bytes: json.into() }]).documents;
    for format in Format::all().iter().filter(|format| format.reads()) {
        let files = format.export(&Scheme::default(), &documents, &Options::default());
        let guessed = Format::guess(&files).map(|found| found.id);
        // Those that read alike are told alike.
        let wanted = match format.id {
            "native-jsonl" => "native",
            "bilou" => "conll",
            "dataset" => "hugging-face",
            id => id,
        };
        assert_eq!(guessed, Some(wanted));
    }
}
