//! UIMA CAS: JSON 0.4, and XMI with its type system, as INCEpTION and
//! dkpro-cassis read them.
//!
//! Spans are DKPro's `NamedEntity`, quotations `webanno.custom.Quotation`,
//! relations `webanno.custom.Attribution` from Governor to Dependent,
//! entities `webanno.custom.Entity`, which spans name in `identifier`. Both
//! shapes are made of one list of feature structures. Offsets are UTF-16
//! units.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::catalogue::{Export, File};
use super::{Unit, json, xml};
use crate::document::{Document, KIND};
use crate::scheme::QUOTE;
use crate::text::{ByteSpan, Offsets};

pub(super) const SOFA: &str = "uima.cas.Sofa";
const ANNOTATION: &str = "uima.tcas.Annotation";
pub(super) const META: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";
pub(super) const NAMED: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";
pub(super) const QUOTATION: &str = "webanno.custom.Quotation";
pub(super) const ATTRIBUTION: &str = "webanno.custom.Attribution";
pub(super) const ENTITY: &str = "webanno.custom.Entity";
const TEXT: &str = "uima.cas.String";

/// A type: name, parent, and features with their ranges.
type Shape = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const TYPES: [Shape; 5] = [
    (META, "uima.tcas.DocumentAnnotation", &[("documentTitle", TEXT), ("documentId", TEXT)]),
    (NAMED, ANNOTATION, &[("value", TEXT), ("identifier", TEXT)]),
    (QUOTATION, ANNOTATION, &[("kind", TEXT), ("identifier", TEXT)]),
    (
        ATTRIBUTION,
        ANNOTATION,
        &[("Governor", ANNOTATION), ("Dependent", ANNOTATION), ("role", TEXT)],
    ),
    (ENTITY, "uima.cas.TOP", &[("key", TEXT), ("name", TEXT), ("label", TEXT)]),
];

/// A feature structure.
pub(super) struct Structure {
    pub id: usize,
    pub kind: String,
    pub features: Vec<(String, Feature)>,
}

pub(super) enum Feature {
    Text(String),
    Number(usize),
    Reference(usize),
}

/// Writes one JSON a document.
pub(super) fn write_json(export: &Export<'_>) -> Vec<File> {
    let write = |(document, stem): (&Document, String)| {
        File::text(format!("{stem}.json"), json::pretty(&cas_json(&structures(document))))
    };
    export.documents.iter().zip(export.stems()).map(write).collect()
}

/// Writes one XMI a document, and the type system.
pub(super) fn write_xmi(export: &Export<'_>) -> Vec<File> {
    let write = |(document, stem): (&Document, String)| {
        File::text(format!("{stem}.xmi"), xmi(&structures(document)))
    };
    let mut files: Vec<File> = export.documents.iter().zip(export.stems()).map(write).collect();
    files.push(File::text("TypeSystem.xml", type_system()));
    files
}

/// The first structure is the text.
fn structures(document: &Document) -> Vec<Structure> {
    let offsets = Offsets::new(document.text());
    let text = |name: &str, value: &str| (name.to_owned(), Feature::Text(value.to_owned()));
    let place = |range: ByteSpan| {
        let (start, end) = Unit::Utf16.count(&offsets, range);
        vec![("begin".to_owned(), Feature::Number(start)), ("end".to_owned(), Feature::Number(end))]
    };
    let sofa = vec![
        ("sofaNum".to_owned(), Feature::Number(1)),
        text("sofaID", "_InitialView"),
        text("mimeType", "text/plain"),
        text("sofaString", document.text()),
    ];
    let mut list = vec![Structure { id: 1, kind: SOFA.to_owned(), features: sofa }];
    let mut add = |kind: &str, features| {
        let id = list.len() + 1;
        list.push(Structure { id, kind: kind.to_owned(), features });
        id
    };
    let mut meta = place(ByteSpan::new(0, document.text().len()));
    meta.push(text("language", &document.language));
    meta.push(text("documentTitle", &document.title));
    meta.push(text("documentId", &document.id));
    add(META, meta);
    for (id, entity) in document.entities() {
        let key = text("key", &id.to_string());
        let label = text("label", entity.label.as_str());
        add(ENTITY, vec![key, text("name", &entity.name), label]);
    }
    let mut ids = BTreeMap::new();
    for (id, span) in document.spans_in_order() {
        let mut features = place(span.range);
        if let Some(entity) = span.entity {
            features.push(text("identifier", &entity.to_string()));
        }
        let is_quote = span.label == *QUOTE;
        match span.attributes.get(KIND) {
            Some(kind) if is_quote => features.push(text("kind", kind)),
            _ if is_quote => {}
            _ => features.push(text("value", span.label.as_str())),
        }
        ids.insert(id, add(if is_quote { QUOTATION } else { NAMED }, features));
    }
    for (_, relation) in document.relations() {
        let Some(from) = document.span(relation.from) else { continue };
        let mut features = place(from.range);
        for (name, id) in [("Governor", relation.from), ("Dependent", relation.to)] {
            if let Some(id) = ids.get(&id) {
                features.push((name.to_owned(), Feature::Reference(*id)));
            }
        }
        features.push(text("role", relation.label.as_str()));
        add(ATTRIBUTION, features);
    }
    list
}

fn cas_json(structures: &[Structure]) -> Value {
    let mut types = Map::new();
    for (name, parent, features) in TYPES {
        let mut shape = json!({"%NAME": name, "%SUPER_TYPE": parent});
        for (feature, range) in features {
            shape[*feature] = json!({"%NAME": feature, "%RANGE": range});
        }
        types.insert(name.to_owned(), shape);
    }
    let list = structures.iter().map(|structure| {
        let mut map = Map::new();
        map.insert("%ID".to_owned(), json!(structure.id));
        map.insert("%TYPE".to_owned(), json!(structure.kind));
        if structure.kind != SOFA && structure.kind != ENTITY {
            map.insert("@sofa".to_owned(), json!(1));
        }
        for (name, feature) in &structure.features {
            match feature {
                Feature::Text(text) => map.insert(name.clone(), json!(text)),
                Feature::Number(number) => map.insert(name.clone(), json!(number)),
                Feature::Reference(id) => map.insert(format!("@{name}"), json!(id)),
            };
        }
        Value::Object(map)
    });
    let members: Vec<usize> = structures.iter().skip(1).map(|structure| structure.id).collect();
    json!({
        "%TYPES": types,
        "%FEATURE_STRUCTURES": list.collect::<Value>(),
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": members}},
    })
}

/// The name space of a type in XMI, and its last word.
fn space(kind: &str) -> (String, &str) {
    let (package, word) = kind.rsplit_once('.').unwrap_or(("", kind));
    (format!("http:///{}.ecore", package.replace('.', "/")), word)
}

fn xmi(structures: &[Structure]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" \
         xmlns:cas=\"http:///uima/cas.ecore\" xmi:version=\"2.0\"",
    );
    for (number, (kind, ..)) in TYPES.iter().enumerate() {
        out += &format!(" xmlns:t{number}=\"{}\"", space(kind).0);
    }
    out += ">\n  <cas:NULL xmi:id=\"0\"/>\n";
    for structure in structures {
        let number = TYPES.iter().position(|(kind, ..)| *kind == structure.kind);
        let prefix = number.map_or("cas".to_owned(), |number| format!("t{number}"));
        out += &format!("  <{prefix}:{} xmi:id=\"{}\"", space(&structure.kind).1, structure.id);
        if structure.kind != SOFA && structure.kind != ENTITY {
            out += " sofa=\"1\"";
        }
        for (name, feature) in &structure.features {
            let value = match feature {
                Feature::Text(text) => xml::escape(text),
                Feature::Number(number) | Feature::Reference(number) => number.to_string(),
            };
            out += &format!(" {name}=\"{value}\"");
        }
        out += "/>\n";
    }
    let members: Vec<String> = structures.iter().skip(1).map(|s| s.id.to_string()).collect();
    out + &format!("  <cas:View sofa=\"1\" members=\"{}\"/>\n</xmi:XMI>\n", members.join(" "))
}

fn type_system() -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n  <types>\n",
    );
    for (name, parent, features) in TYPES {
        out += &format!("    <typeDescription>\n      <name>{name}</name>\n      <description/>\n");
        out += &format!("      <supertypeName>{parent}</supertypeName>\n      <features>\n");
        for (feature, range) in features {
            out += &format!(
                "        <featureDescription><name>{feature}</name><description/>\
                 <rangeTypeName>{range}</rangeTypeName></featureDescription>\n"
            );
        }
        out += "      </features>\n    </typeDescription>\n";
    }
    out + "  </types>\n</typeSystemDescription>\n"
}
