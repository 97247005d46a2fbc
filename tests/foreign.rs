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
        ["W-LOC", "O", "B-PER", "E-PER", "W-PER"],
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
            "x/a.ann line 1: its fragments became one span"
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

/// What the file says of the document beside its text.
fn metadata(document: &Document) -> Vec<(&str, &str)> {
    document.metadata.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[test]
fn what_else_a_line_says_is_metadata_and_goes_back() {
    let doccano = r#"{"id":7,"text":"Ana Roy","label":[[0,7,"PER"]],"Comments":["douteux",{"text":"vu"}],"url":"x","cats":{"sport":1.0},"metadata":{"title":3}}"#;
    let got = import("doccano", &[("a.jsonl", doccano)]);
    let document = &got.documents[0];
    assert_eq!(
        metadata(document),
        [("cats", r#"{"sport":1.0}"#), ("title", "3"), ("url", "\"x\"")]
    );
    assert_eq!(document.note.as_deref(), Some("douteux\nvu"));
    let studio = r#"[{"id":4,"data":{"text":"Ana Roy","url":"x","title":"T"},"meta":{"lot":2},"annotations":[{"result":[
        {"from_name":"sujet","to_name":"text","type":"choices","value":{"choices":["sport","eau"]}}]}]}]"#;
    let got = import("label-studio", &[("a.json", studio)]);
    let wanted = [("lot", "2"), ("sujet", r#"["sport","eau"]"#), ("url", "\"x\"")];
    assert_eq!(metadata(&got.documents[0]), wanted);
    let prodigy = r#"{"text":"Ana Roy","_input_hash":1,"_view_id":"ner","label":"SPORT","meta":{"source":"s","score":0.5},"spans":[],"answer":"accept"}"#;
    let got = import("prodigy", &[("a.jsonl", prodigy)]);
    assert_eq!(metadata(&got.documents[0]), [("label", "\"SPORT\""), ("score", "0.5")]);
    for id in ["doccano", "doccano-relations", "label-studio", "prodigy"] {
        let mut document = Document::new("d", "T", "fr", "Ana Roy");
        for (name, value) in [("url", "\"x\""), ("text", "[1]"), ("metadata", "{\"a\":null}")] {
            document.metadata.insert(name.into(), value.into());
        }
        let format = Format::by_id(id).unwrap();
        let files = format.export(&Scheme::default(), &[document.clone()], &Options::default());
        assert_eq!(format.import(&files).documents[0].metadata, document.metadata, "{id}");
    }
    let row = r#"{"id":"0","tokens":["Oui"],"ner_tags":["O"],"split":"dev"}"#;
    assert_eq!(
        metadata(&import("hugging-face", &[("a", row)]).documents[0]),
        [("split", "\"dev\"")]
    );
    let doc = r#"{"text":"Oui","ents":[],"cats":{"A":1.0},"user_data":{}}"#;
    assert_eq!(
        metadata(&import("spacy-docs", &[("a", doc)]).documents[0]),
        [("cats", "{\"A\":1.0}")]
    );
}

#[test]
fn doccano_of_the_first_version() {
    let line = r#"{"id":1,"text":"Ana Roy à Lyon","annotations":[{"label":2,"start_offset":0,"end_offset":7,"user":1},{"label":5,"start_offset":10,"end_offset":14,"user":1}],"meta":{"a":1}}"#;
    let got = import("doccano", &[("a.json", line)]);
    assert_eq!(spans(&got.documents[0]), [("2", "Ana Roy"), ("5", "Lyon")]);
    assert!(told(&got).is_empty());
}

#[test]
fn label_studio_with_regions_of_several_labels() {
    let tasks = r#"[{"id":1,"data":{"titre":"Un","depeche":"Ana Roy à Lyon"},"annotations":[{"result":[
          {"id":"a","from_name":"sure","to_name":"text","type":"choices","value":{"start":0,"end":7,"choices":["oui","lu"]}},
          {"id":"a","from_name":"name","to_name":"text","type":"labels","meta":{"text":["un","deux"]},"value":{"start":0,"end":7,"text":"Ana Roy","labels":["PER","SPEAKER"]}},
          {"id":"a","from_name":"role","to_name":"text","type":"labels","value":{"start":0,"end":7,"text":"Ana Roy","labels":["ROLE"]}},
          {"id":"b","from_name":"name","to_name":"text","type":"labels","value":{"start":10,"end":14,"labels":["LOC"]}},
          {"from_id":"a","to_id":"b","type":"relation","direction":"left","labels":["born","near"]}]}]},
        {"id":2,"data":{"depeche":"Rien"},"drafts":[{"id":4,"result":[]}],"annotations":[{"was_cancelled":true,"result":[]}]}]"#;
    let got = import("label-studio", &[("t.json", tasks)]);
    let document = &got.documents[0];
    assert_eq!(&**document.text(), "Ana Roy à Lyon");
    assert_eq!(metadata(document), [("titre", "\"Un\"")]);
    let all = [("PER", "Ana Roy"), ("SPEAKER", "Ana Roy"), ("ROLE", "Ana Roy"), ("LOC", "Lyon")];
    assert_eq!(spans(document), all);
    assert_eq!(links(document), [("born", "Lyon", "Ana Roy"), ("near", "Lyon", "Ana Roy")]);
    let (_, first) = document.spans().next().unwrap();
    assert_eq!(first.attributes["sure"], "oui, lu");
    assert_eq!(first.note.as_deref(), Some("un\ndeux"));
    assert_eq!(
        told(&got),
        [
            "t.json [1]: its drafts are left out",
            "t.json [1]: its annotation was cancelled and is left out"
        ]
    );
}

#[test]
fn label_studio_in_its_short_export() {
    let tasks = r#"[{"id":3,"text":"Ana Roy","label":[{"start":0,"end":7,"text":"Ana Roy","labels":["PER"]}],"sujet":"sport","annotator":1}]"#;
    let files = [File { name: "t.json".into(), bytes: tasks.into() }];
    assert_eq!(Format::guess(&files).map(|format| format.id), Some("label-studio"));
    let got = import("label-studio", &[("t.json", tasks)]);
    assert_eq!(spans(&got.documents[0]), [("PER", "Ana Roy")]);
    assert_eq!(metadata(&got.documents[0]), [("annotator", "1"), ("sujet", "\"sport\"")]);
    assert!(told(&got).is_empty());
}

#[test]
fn prodigy_with_ids_of_other_things_and_labels_of_the_text() {
    let task = r#"{"text":"Ana Roy, Ana.","label":"X","answer":"accept","spans":[{"id":"Q4","start":0,"end":7,"label":"PER","source":"a-model","pattern":12,"token_start":0},{"id":"Q4","start":9,"end":12,"label":"PER"}],
        "relations":[{"head":0,"child":3,"head_span":{"id":"Q4","start":0,"end":7,"label":"PER"},"child_span":{"id":"Q4","start":9,"end":12,"label":"PER"},"label":"same"}]}"#
        .replace('\n', "");
    let files = [File { name: "p.jsonl".into(), bytes: task.clone().into() }];
    assert_eq!(Format::guess(&files).map(|format| format.id), Some("prodigy"));
    let got = import("prodigy", &[("p.jsonl", &task)]);
    assert_eq!(spans(&got.documents[0]), [("PER", "Ana Roy"), ("PER", "Ana")]);
    assert_eq!(links(&got.documents[0]), [("same", "Ana Roy", "Ana")]);
    let (_, ana) = got.documents[0].spans().next().unwrap();
    let kept: Vec<_> = ana.attributes.iter().map(|(name, value)| (&**name, &**value)).collect();
    assert_eq!(kept, [("pattern", "12"), ("source", "a-model")]);
    assert!(told(&got).is_empty());
}

#[test]
fn spacy_with_groups_of_its_own() {
    let doc = r#"{"text":"Ana Roy à Lyon","ents":[{"start":0,"end":7,"label":"PER","kb_id":"Q42"},{"start":10,"end":14,"label":"LOC","kb_id":""}],
        "spans":{"sc":[{"start":0,"end":7,"label":"PER"}],"roles":[{"start":0,"end":3,"label":"FIRST"}]},"tokens":[]}"#
        .replace('\n', "");
    let files = [File { name: "d.jsonl".into(), bytes: doc.replace("ents", "x").into() }];
    assert_eq!(Format::guess(&files).map(|format| format.id), Some("spacy-docs"));
    let got = import("spacy-docs", &[("d.jsonl", &doc)]);
    let mut all = spans(&got.documents[0]);
    all.sort_unstable();
    assert_eq!(all, [("FIRST", "Ana"), ("LOC", "Lyon"), ("PER", "Ana Roy")]);
    assert!(
        got.documents[0]
            .spans()
            .any(|(_, s)| s.attributes.get("group").is_some_and(|g| g == "roles"))
    );
    let ents = doc.replace("\"sc\":[{\"start\":0,\"end\":7,\"label\":\"PER\"}],", "");
    let got = import("spacy-docs", &[("d.jsonl", &ents)]);
    assert_eq!(spans(&got.documents[0]).len(), 3);
    assert_eq!(got.documents[0].entities().map(|(_, e)| &*e.name).collect::<Vec<_>>(), ["Q42"]);
    assert!(told(&got).is_empty());
    let pair = r#"["Ana Roy à Lyon", {"entities":[[0,7,"PER"],[10,14,"LOC"]],"spans":{"sc":[[0,7,"PER"]],"x":[[0,3,"FIRST"]]},"cats":{"A":1}}]"#;
    let got = import("spacy", &[("d.jsonl", pair)]);
    assert_eq!(spans(&got.documents[0]).len(), 3);
    assert_eq!(metadata(&got.documents[0]), [("cats", "{\"A\":1}")]);
}

#[test]
fn cas_of_other_layers_and_of_several_texts() {
    let xmi = r#"<?xml version="1.0"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore"
        xmlns:seg="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" xmlns:pos="http:///de/tudarmstadt/ukp/dkpro/core/api/lexmorph/type/pos.ecore"
        xmlns:ner="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" xmlns:own="http:///de/tudarmstadt/ukp/clarin/webanno/api/type.ecore" xmi:version="2.0">
      <cas:NULL xmi:id="0"/><own:CASMetadata xmi:id="9" sofa="1" begin="0" end="14" username="ana"/>
      <seg:Token xmi:id="2" sofa="1" begin="0" end="3"/><seg:Sentence xmi:id="3" sofa="1" begin="0" end="14"/>
      <pos:POS xmi:id="4" sofa="1" begin="0" end="3" PosValue="PROPN"/>
      <custom:Span xmi:id="5" sofa="1" begin="0" end="7" label="PER" sure="oui"/>
      <custom:Flou xmi:id="6" sofa="1" begin="10" end="14"/>
      <custom:Relation xmi:id="7" sofa="1" begin="10" end="14" Governor="5" Dependent="6" label="à"/>
      <ner:NamedEntity xmi:id="12" sofa="11" begin="0" end="3" value="ORG" identifier="http://www.wikidata.org/entity/Q1"/>
      <cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="Ana Roy à Lyon"/>
      <cas:Sofa xmi:id="11" sofaNum="2" sofaID="en" mimeType="text" sofaString="AFP says"/>
      <cas:View sofa="1" members="2 3 4 5 6 7 9"/><cas:View sofa="11" members="12"/></xmi:XMI>"#;
    let got = import("xmi", &[("x.xmi", xmi)]);
    let [first, second] = &got.documents[..] else { panic!("{}", got.documents.len()) };
    assert_eq!(spans(first), [("PER", "Ana Roy"), ("Flou", "Lyon")]);
    assert_eq!(links(first), [("à", "Ana Roy", "Lyon")]);
    let (_, ana) = first.spans().next().unwrap();
    assert_eq!(
        ana.attributes.iter().collect::<Vec<_>>(),
        [(&"sure".to_owned(), &"oui".to_owned())]
    );
    assert_eq!((&*second.id, spans(second)), ("x-en", vec![("ORG", "AFP")]));
    assert_eq!(second.entities().len(), 1);
    let pos = "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS";
    assert_eq!(told(&got), [format!("x.xmi: 1 structures of {pos} are left out")]);
    let json = r#"{"%FEATURE_STRUCTURES":[{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaNum":1,"sofaID":"_InitialView","sofaString":"🚨 Ana"},
        {"%ID":2,"%TYPE":"custom.Span","%FLAGS":["x"],"@sofa":1,"begin":3,"end":6,"label":"PER","sure":true,"grade":3,"note":null,"@of":3},
        {"%ID":3,"%TYPE":"custom.Span","@sofa":1,"begin":0,"end":2,"label":"SIGN","@of":9}],"%VIEWS":{}}"#;
    let got = import("cas-json", &[("x.json", json)]);
    assert_eq!(spans(&got.documents[0]), [("SIGN", "🚨"), ("PER", "Ana")]);
    assert_eq!(links(&got.documents[0]), [("of", "Ana", "🚨")]);
    let (_, ana) = got.documents[0].spans().find(|(_, span)| span.label == *"PER").unwrap();
    assert_eq!(
        (&*ana.attributes["sure"], &*ana.attributes["grade"], ana.attributes.len()),
        ("true", "3", 2)
    );
    assert_eq!(told(&got), ["x.json %ID 3: one of its spans is not in the file"]);
}

#[test]
fn web_annotations_without_positions_and_with_several_tags() {
    let item = |id: &str, body: &str, target: &str| {
        format!(
            r#"{{"id":"{id}","type":"Annotation","motivation":"tagging",{body},"target":{target}}}"#
        )
    };
    let tag = r#""body":[{"type":"TextualBody","purpose":"tagging","value":"PER"},{"type":"TextualBody","purpose":"commenting","value":"sûr"},{"type":"TextualBody","purpose":"tagging","value":"ROLE"},
        {"type":"SpecificResource","purpose":"identifying","source":"http://www.wikidata.org/entity/Q42"}]"#;
    let quote = |exact: &str, prefix: &str| {
        format!(
            r#"{{"source":"t.txt","selector":{{"type":"TextQuoteSelector","exact":"{exact}","prefix":"{prefix}"}}}}"#
        )
    };
    let items = [
        item("a", tag, &quote("Ana Roy", "")),
        item("b", r#""bodyValue":"X""#, &quote("a", "Ro")),
        item("c", r#""bodyValue":"X""#, &quote("a", "")),
        item("d", r#""bodyValue":"X""#, &quote("absent", "")),
        item("e", r#""bodyValue":"LOC""#, r#""t.txt#char=2,7""#),
        item(
            "f",
            r#""body":[{"type":"TextualBody","purpose":"commenting","value":"?"}]"#,
            &quote("a dit", ""),
        ),
        r#"{"id":"g","type":"Annotation","motivation":"linking","body":"a","target":"e"}"#
            .to_owned(),
    ];
    let file = format!(
        r#"{{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationCollection","first":{{"type":"AnnotationPage","items":[{}]}}}}"#,
        items.join(",")
    );
    let text = TEXT.replace("Roy", "Roa");
    let got = import(
        "web-annotation",
        &[
            ("d/t.json", &file.replace("Ana Roy", "Ana Roa")),
            ("c/t.txt", "autre"),
            ("d/t.txt", &text),
        ],
    );
    let document = &got.documents[0];
    assert_eq!(
        spans(document),
        [
            ("LOC", "Paris"),
            ("tagging", "a dit"),
            ("PER", "Ana Roa"),
            ("ROLE", "Ana Roa"),
            ("X", "a")
        ]
    );
    assert_eq!(links(document), [("relation", "Paris", "Ana Roa")]);
    assert_eq!(document.entities().map(|(_, e)| &*e.name).collect::<Vec<_>>(), ["Ana Roa"]);
    assert_eq!(
        told(&got),
        [
            "d/t.json items[2]: its quote stands more than once in the text",
            "d/t.json items[3]: its quote is not in the text"
        ]
    );
    let alone = import("web-annotation", &[("t.json", &items[4]), ("t.txt", TEXT)]);
    assert_eq!(spans(&alone.documents[0]), [("LOC", "Paris")]);
}

#[test]
fn tei_with_two_readings_keys_and_several_texts() {
    let text = |id: &str, body: &str| {
        format!(
            r#"<TEI xml:id="{id}"><teiHeader><fileDesc><titleStmt><title>{id}</title></titleStmt></fileDesc></teiHeader><text><body>{body}</body></text></TEI>"#
        )
    };
    let file = format!(
        "<!DOCTYPE teiCorpus [<!ENTITY e \"é\">]>\n<teiCorpus xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><person xml:id=\"p\"><persName>Ana Roy</persName></person></teiHeader>\n{}{}</teiCorpus>",
        text(
            "a",
            r##"<p><persName ref="#p">Ana</persName> va à <settlement key="Q456">Lyon</settlement> l'<choice><sic>&e;t&e;</sic><corr>automne</corr></choice>.<note>?</note></p>
          <table><row><cell>un</cell><cell>deux</cell></row></table>"##
        ),
        text(
            "b",
            r##"<p><said who="#inconnu" xml:id="q.1" next="#q.2">« Oui</said>, dit-elle, <said xml:id="q.2" prev="#q.1">non »</said> à la <name type="organisation">SNCF</name></p>"##
        ),
    );
    let got = import("tei", &[("c.xml", &file)]);
    let [first, second] = &got.documents[..] else { panic!("{:?}", told(&got)) };
    assert_eq!(&**first.text(), "Ana va à Lyon l'été.\nun\ndeux");
    assert_eq!(spans(first), [("PERSON", "Ana"), ("PLACE", "Lyon")]);
    let names: Vec<&str> = first.entities().map(|(_, e)| &*e.name).collect();
    assert_eq!((&*first.id, names), ("a", vec!["Ana Roy", "Lyon"]));
    assert_eq!(spans(second), [("QUOTE", "« Oui"), ("QUOTE", "non »"), ("ORG", "SNCF")]);
    assert_eq!(links(second), [("next", "« Oui", "non »")]);
    let (_, said) = second.spans().next().unwrap();
    assert_eq!(second.entity(said.entity.unwrap()).unwrap().name, "inconnu");
    assert_eq!(told(&got), ["c.xml line 3: 1 notes beside the text are left out"]);
}

#[test]
fn brat_with_events_equivalences_and_references() {
    let text = "Ana Roy a dit oui\net Ana a ri, puis elle a vu Lyon.";
    let ann = "A1\tNegation E1\nT1\tPER 0 7\tAna Roy\nT2\tSay 8 13\ta dit\nT3\tPER 21 24\tAna\nT4\tLaugh 25 29\ta ri\n\
               T5\tODD 8 13;25 29\ta dit a ri\nT6\tLINE 14 17;18 20\toui et\nT7\tSay 8 13\ta dit\n\
               E1\tSay:T2 Who:T1 What:E2\nE2\tLaugh:T4 Who:T3\nE3\tSay:T2 Who:T3\n*\tEquiv T1 T3\n\
               N1\tReference T1 Wikidata:Q1\tAna\nN2\tReference T1 GeoNames:7\tAna\n#1\tAnnotatorNotes R9\tperdu\n#2\tAnnotatorNotes E2\tbien\n";
    let got = import("brat", &[("a.txt", text), ("a.ann", ann)]);
    let document = &got.documents[0];
    let wanted = [
        ("Who", "a dit", "Ana Roy"),
        ("What", "a dit", "a ri"),
        ("Who", "a ri", "Ana"),
        ("Who", "a dit", "Ana"),
    ];
    assert_eq!(links(document), wanted);
    let of = |words: &str| {
        document.spans().map(|(_, s)| s).find(|s| document.words(s) == words).unwrap()
    };
    assert_eq!(of("a dit").attributes["Negation"], "true");
    assert_eq!(of("a ri").note.as_deref(), Some("bien"));
    assert_eq!(of("Ana Roy").attributes["reference"], "Wikidata:Q1 GeoNames:7");
    assert!(of("Ana").entity.is_some() && of("Ana").entity == of("Ana Roy").entity);
    assert_eq!(document.words(of("oui\net")), "oui\net");
    assert_eq!(
        told(&got),
        [
            "a.ann line 11: E3 and E1 become one event: they share T2",
            "a.ann line 6: its fragments became one span",
            "a.ann line 15: R9 is no span of the file"
        ]
    );
}

#[test]
fn conll_with_comments_numbers_and_odd_tags() {
    let file = "# id 7\tdomain=fr\n1\tAna\tB-PER\tO\n2\tRoy\tI-PER\tB-LAST\n3\t#\tO\tO\n\n# suite\n1\tLyon\tB-LOC\tO\n";
    let files = [File { name: "a.tsv".into(), bytes: file.into() }];
    assert_eq!(Format::guess(&files).map(|format| format.id), Some("conll"));
    let got = import("conll", &[("a.tsv", file)]);
    let document = &got.documents[0];
    assert_eq!(&**document.text(), "Ana Roy #\nLyon");
    assert_eq!(spans(document), [("PER", "Ana Roy"), ("LAST", "Roy"), ("LOC", "Lyon")]);
    assert!(told(&got).is_empty(), "{:?}", told(&got));
    let got = import("conll", &[("b.conll", "# O\nAna B-PER\n12 PER\nLyon B-LOC\n")]);
    assert_eq!(&**got.documents[0].text(), "# Ana 12 Lyon");
    assert_eq!(spans(&got.documents[0]), [("PER", "Ana"), ("LOC", "Lyon")]);
    assert_eq!(told(&got), ["b.conll document 1: \"PER\" is no tag"]);
    let row = r#"{"tokens":["Ana","Roy"],"ner_tags":["B-PER","PER"]}"#;
    assert_eq!(spans(&import("hugging-face", &[("h", row)]).documents[0]), [("PER", "Ana")]);
    // A word that reads as the start of a document.
    let document = Document::new("", "", "fr", "Un -DOCSTART- deux");
    let format = Format::by_id("conll").unwrap();
    let files = format.export(&Scheme::default(), &[document], &Options::default());
    assert_eq!(format.import(&files).documents.len(), 1);
}

#[test]
fn conllu_with_fields_parts_and_tags_of_tokens() {
    let line = |number: &str, form: &str, notes: &str| {
        format!("{number}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{notes}\n")
    };
    let gum = [
        "# newdoc id = g\n# global.Entity = GRP-infstat-etype-minspan-identity\n".to_owned(),
        line("1", "Ana", "Bridge=e2<e1|Entity=(e1-new-person-1-Ana_Roy-Fr)"),
        line("2", "et", "Entity=(e2[1/2]-new-org-1)"),
        line("2.1", "_", "Entity=(e1-new-person-1)"),
        line("3", "Lyon", "_"),
        line("4", "SA", "Entity=(e2[2/2]-giv-org-1)"),
    ];
    let got = import("conllu", &[("g.conllu", &gum.concat())]);
    let document = &got.documents[0];
    assert_eq!(spans(document), [("person", "Ana"), ("org", "et"), ("org", "SA")]);
    let (_, ana) = document.spans().next().unwrap();
    assert_eq!((&*ana.attributes["infstat"], &*ana.attributes["identity"]), ("new", "Ana_Roy-Fr"));
    assert_eq!(document.entities().len(), 2);
    let wanted = [
        "g.conllu line 5: a mention without words is left out",
        "g.conllu line 1: its links of Bridge are left out",
        "g.conllu line 1: the parts of a mention of e2 became several spans",
    ];
    assert_eq!(told(&got), wanted);
    let stanza = [
        "# text = Ana Roy, Lyon\n".to_owned(),
        line("1", "Ana", "start_char=0|ner=B-PER"),
        line("2", "Roy", "ner=E-PER|SpaceAfter=No"),
        line("3", ",", "ner=O"),
        line("4", "Lyon", "NE=U-LOC"),
        "\n".to_owned(),
        line("1", "Oui", "name=Oui"),
    ];
    let got = import("conllu", &[("s.conllu", &stanza.concat())]);
    assert_eq!(spans(&got.documents[0]), [("PER", "Ana Roy"), ("LOC", "Lyon")]);
    assert!(told(&got).is_empty());
}

#[test]
fn prodigy_in_other_units_is_put_right_by_the_words_of_spans() {
    let task = format!(
        "{{\"text\":\"{TEXT}\",\"spans\":[{{\"start\":35,\"end\":42,\"text\":\"Ana Roy\",\"label\":\"PER\"}}]}}"
    );
    let got = import("prodigy", &[("p.jsonl", &task)]);
    assert_eq!(spans(&got.documents[0]), [("PER", "Ana Roy")]);
    assert_eq!(told(&got), ["p.jsonl: its offsets count UTF-16 units; they were put right"]);
}

#[test]
fn tei_of_endless_entities_is_refused() {
    let file = format!(
        "<!DOCTYPE TEI [<!ENTITY a \"{}\">]><TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><text><body><p>{}</p></body></text></TEI>",
        "x".repeat(10_000),
        "&a;".repeat(10_000)
    );
    let got = import("tei", &[("t.xml", &file)]);
    assert_eq!(told(&got), ["t.xml: its entities make it too long: write them out"]);
}
