//! What the journeys start from and come to: a dispatch whose every span is
//! known, the document as the page downloads it, and what it says.

use guillemet::document::{Document, KIND, Span, SpanId, Status};
use guillemet::formats::{File, native, unzip};
use guillemet::scheme::{QUOTE, relation};
use serde_json::{Value, json};

use crate::browser::Browser;

/// The text as it stands on the page.
pub const LINES: &str = ".lines";

/// The words of [`dispatch`].
pub const TEXT: &str = "\
Un bateau gris coule lundi.
« Nous partons », a dit Ana Roy à Brest.
Le port dort encore, Brest aussi.
";

/// A dispatch with proposals, as native JSON.
pub fn dispatch() -> String {
    let span = |id: &str, label: &str, words: &str, entity: Option<&str>| {
        let start = TEXT[..TEXT.find(words).unwrap()].chars().count();
        let mut span = json!({
            "id": id, "start": start, "end": start + words.chars().count(), "label": label,
            "text": words, "origin": "engine", "status": "proposed", "score": 0.5,
        });
        if let Some(entity) = entity {
            span["entity"] = json!(entity);
        }
        if label == QUOTE {
            span["attributes"] = json!({ "kind": "direct" });
        }
        span
    };
    json!({
        "format": "guillemet", "version": 1, "offset_unit": "codepoint",
        "documents": [{
            "id": "boat", "title": "Un bateau", "language": "fr", "text": TEXT,
            "spans": [
                span("s0", "DATE", "lundi", None),
                span("s1", "QUOTE", "« Nous partons »", Some("e0")),
                span("s2", "CUE", "a dit", None),
                span("s3", "SPEAKER", "Ana Roy", Some("e0")),
                span("s4", "PERSON", "Ana Roy", Some("e0")),
                span("s5", "PLACE", "Brest", Some("e1")),
            ],
            "relations": [
                { "id": "r0", "label": "cue", "from": "s1", "to": "s2" },
                { "id": "r1", "label": "speaker", "from": "s1", "to": "s3" },
            ],
            "entities": [
                { "id": "e0", "name": "Ana Roy", "label": "PERSON" },
                { "id": "e1", "name": "Brest", "label": "PLACE" },
            ],
        }],
    })
    .to_string()
}

/// The dispatch without a span.
pub fn bare_dispatch() -> String {
    let mut file: Value = serde_json::from_str(&dispatch()).unwrap();
    for list in ["spans", "relations", "entities"] {
        file["documents"][0][list] = json!([]);
    }
    file.to_string()
}

impl Browser {
    /// A browser on the page with the file `json` open.
    pub fn open_on(json: &str) -> Self {
        let browser = Self::open();
        browser.take_in(json);
        browser
    }

    /// Drops the file `json` on the page and waits until its text is there.
    pub fn take_in(&self, json: &str) {
        self.wait_for("textarea, .sheet");
        self.drop_file("body", "dispatch.json", json.as_bytes());
        self.wait_for(".chunk");
    }

    /// How many documents the list has; of many, only some rows are drawn.
    pub fn listed(&self) -> usize {
        let size = self.attribute(".queue li", "aria-setsize");
        size.map_or(0, |size| size.parse().unwrap())
    }

    /// Opens the dialog of formats and waits until the first is written.
    #[track_caller]
    pub fn open_export(&self) {
        self.press("Ctrl+s");
        self.wait_until_written();
    }

    /// Chooses a format in the open dialog.
    #[track_caller]
    pub fn choose_format(&self, id: &str) {
        self.click(&format!(".formats label:has([value='{id}'])"));
    }

    #[track_caller]
    pub fn wait_until_written(&self) {
        self.wait_for(".format[aria-busy='false'] .download:enabled");
    }

    /// The file that the open dialog gives.
    #[track_caller]
    pub fn written(&self) -> File {
        self.wait_until_written();
        self.click(".download");
        let (name, bytes) = self.download();
        File { name, bytes }
    }

    /// The file that the open dialog gives in a format.
    #[track_caller]
    pub fn written_as(&self, id: &str) -> File {
        self.choose_format(id);
        self.written()
    }

    /// Closes the open dialog.
    #[track_caller]
    pub fn leave(&self) {
        self.press("Escape");
        self.wait("the dialog to close", || self.count("dialog") == 0);
    }

    /// The file that the page gives for download, by the keyboard's way.
    #[track_caller]
    pub fn downloaded(&self) -> String {
        self.open_export();
        let file = self.written();
        assert!(file.name.ends_with(".json"), "{}", file.name);
        self.leave();
        String::from_utf8(file.bytes).unwrap()
    }

    /// Makes a quotation of what is selected; the engine cuts it.
    #[track_caller]
    pub fn quote(&self) {
        self.press("q");
        self.wait_for_text("[role=status]", "Citation faite");
    }

    /// The one document of what the page gives for download.
    #[track_caller]
    pub fn document(&self) -> Document {
        only_document(&self.downloaded())
    }
}

/// The files of an archive by their names, or the file itself.
#[track_caller]
pub fn unpacked(file: &File) -> Vec<File> {
    if !unzip::is_zip(&file.bytes) {
        return vec![file.clone()];
    }
    let (mut room, mut problems) = (unzip::MAX_BYTES, Vec::new());
    let mut files = unzip::unpack(file, &mut room, &mut problems);
    assert_eq!(problems, []);
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// Holds two files equal, and shows the first lines in which they differ.
#[track_caller]
pub fn assert_same(got: &str, wanted: &str) {
    let differs = got.lines().zip(wanted.lines()).find(|(got, wanted)| got != wanted);
    assert_eq!(differs, None);
    assert_eq!(got.len(), wanted.len());
}

/// The one document of a native JSON without fault.
#[track_caller]
pub fn only_document(json: &str) -> Document {
    let mut workspace = native::read(json).unwrap_or_else(|error| panic!("{error}: {json}"));
    assert_eq!(workspace.problems, []);
    assert_eq!(workspace.documents.len(), 1);
    workspace.documents.remove(0)
}

/// What a document says, one span a line in text order: its words, its label,
/// `?` where it is proposed; of a quotation kind, cue, speaker and who says it.
/// Cues and speakers stand with their quotations alone.
pub fn told(document: &Document) -> Vec<String> {
    let is_part = |id: SpanId| document.relations().any(|(_, r)| r.to == id && r.label != *"next");
    let line = |(id, span): (SpanId, &Span)| {
        let doubt = if span.status == Status::Proposed { "?" } else { "" };
        let mut line = format!("{} {}{doubt}", document.words(span), span.label);
        if span.label == QUOTE {
            let part = |label: &str| {
                let of_it = |(_, r): &(_, &guillemet::document::Relation)| {
                    r.from == id && r.label == *label
                };
                let to = document.relations().find(of_it).and_then(|(_, r)| document.span(r.to));
                to.map_or("-", |span| document.words(span)).to_owned()
            };
            let kind = span.attributes.get(KIND).map_or("-", String::as_str);
            let sayer = span.entity.and_then(|e| document.entity(e));
            let sayer = sayer.map_or("-", |e| e.name.as_str());
            let (cue, speaker) = (part(relation::CUE), part(relation::SPEAKER));
            line += &format!(" {kind}, {cue}, {speaker}: {sayer}");
        }
        line
    };
    let spans = document.spans_in_order().into_iter();
    spans.filter(|(id, _)| !is_part(*id)).map(line).collect()
}
