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

use super::catalogue::{Export, File, Imported};
use super::draft::{Draft, Problem};
use super::{Unit, json, xml};
use crate::document::{Document, KIND};
use crate::scheme::QUOTE;
use crate::text::{ByteSpan, Offsets};

const SOFA: &str = "uima.cas.Sofa";
const ANNOTATION: &str = "uima.tcas.Annotation";
const META: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";
const NAMED: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";
const QUOTATION: &str = "webanno.custom.Quotation";
const ATTRIBUTION: &str = "webanno.custom.Attribution";
const ENTITY: &str = "webanno.custom.Entity";
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
struct Structure {
    id: usize,
    kind: String,
    features: Vec<(String, Feature)>,
}

enum Feature {
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

/// Reads JSON 0.4.
pub(super) fn read_json(files: &[File]) -> Imported {
    let mut imported = Imported::default();
    for file in files {
        let Some(text) = file.read(&mut imported.problems) else { continue };
        match serde_json::from_str::<Value>(text) {
            Ok(value) => {
                let list = json::list(&value, "%FEATURE_STRUCTURES").iter().filter_map(of_json);
                document(list.collect(), file, &mut imported);
            }
            Err(error) => imported.problems.push(Problem::new(&file.name, error)),
        }
    }
    imported
}

fn of_json(value: &Value) -> Option<Structure> {
    let feature = |(name, value): (&String, &Value)| match name.strip_prefix('@') {
        Some(name) => Some((name.to_owned(), Feature::Reference(json::as_offset(value)?))),
        None => match value {
            Value::String(text) => Some((name.clone(), Feature::Text(text.clone()))),
            _ => Some((name.clone(), Feature::Number(json::as_offset(value)?))),
        },
    };
    Some(Structure {
        id: json::offset(value, "%ID")?,
        kind: json::text(value, "%TYPE")?.to_owned(),
        features: value.as_object()?.iter().filter_map(feature).collect(),
    })
}

/// Reads XMI; the type system is not needed.
pub(super) fn read_xmi(files: &[File]) -> Imported {
    let mut imported = Imported::default();
    for file in files.iter().filter(|file| !file.is("xml") || file.stem() != "TypeSystem") {
        let Some(text) = file.read(&mut imported.problems) else { continue };
        match roxmltree::Document::parse(text) {
            Ok(tree) => {
                let nodes = tree.root_element().children().filter(roxmltree::Node::is_element);
                document(nodes.filter_map(of_xmi).collect(), file, &mut imported);
            }
            Err(error) => imported.problems.push(Problem::new(&file.name, error)),
        }
    }
    imported
}

fn of_xmi(node: roxmltree::Node<'_, '_>) -> Option<Structure> {
    let package = node.tag_name().namespace()?.strip_prefix("http:///")?.strip_suffix(".ecore")?;
    let kind = format!("{}.{}", package.replace('/', "."), node.tag_name().name());
    let feature = |attribute: roxmltree::Attribute<'_, '_>| {
        (attribute.name().to_owned(), Feature::Text(attribute.value().to_owned()))
    };
    Some(Structure {
        id: node.attribute(("http://www.omg.org/XMI", "id"))?.parse().ok()?,
        kind,
        features: node.attributes().filter(|a| a.namespace().is_none()).map(feature).collect(),
    })
}

impl Structure {
    fn text(&self, name: &str) -> Option<&str> {
        let found = self.features.iter().find(|(feature, _)| feature == name);
        found.and_then(|(_, feature)| match feature {
            Feature::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// A number, which XMI writes as a text.
    fn number(&self, name: &str) -> Option<usize> {
        let (_, feature) = self.features.iter().find(|(feature, _)| feature == name)?;
        match feature {
            Feature::Text(text) => text.parse().ok(),
            Feature::Number(number) | Feature::Reference(number) => Some(*number),
        }
    }
}

/// The document of one file.
fn document(list: Vec<Structure>, file: &File, imported: &mut Imported) {
    let sofa = list.iter().filter(|s| s.kind == SOFA).find_map(|s| s.text("sofaString"));
    let Some(text) = sofa else {
        imported.problems.push(Problem::new(&file.name, "it has no text (uima.cas.Sofa)"));
        return;
    };
    let mut draft = Draft::new(&file.name, file.stem(), text);
    draft.unit = Unit::Utf16;
    for structure in &list {
        let at = format!("{} %ID {}", file.name, structure.id);
        let range = structure.number("begin").zip(structure.number("end"));
        match structure.kind.as_str() {
            META => {
                draft.id = structure.text("documentId").unwrap_or(&draft.id).to_owned();
                draft.title = structure.text("documentTitle").unwrap_or_default().to_owned();
                let language = structure.text("language").filter(|l| *l != "x-unspecified");
                draft.language = language.unwrap_or("fr").to_owned();
            }
            ENTITY => {
                let key = structure.text("key").unwrap_or_default();
                let name = structure.text("name").unwrap_or_default();
                draft.entity(at, key, name, structure.text("label").unwrap_or_default());
            }
            ATTRIBUTION => {
                let end = |name| structure.number(name).map_or(String::new(), |id| id.to_string());
                let role = structure.text("role").unwrap_or("relation");
                draft.relation(at, role, &end("Governor"), &end("Dependent"));
            }
            kind @ (NAMED | QUOTATION) => {
                let Some(range) = range else {
                    imported.problems.push(Problem::new(at, "it needs begin and end"));
                    continue;
                };
                let label = match kind {
                    QUOTATION => QUOTE,
                    _ => structure.text("value").unwrap_or("MISC"),
                };
                let span = draft.span(at, range, label);
                span.id = structure.id.to_string();
                span.entity = structure.text("identifier").map(str::to_owned);
                if let Some(kind) = structure.text("kind") {
                    span.attributes.insert(KIND.to_owned(), kind.to_owned());
                }
            }
            _ => {}
        }
    }
    // An identifier of another tool names an entry of a knowledge base.
    for at in 0..draft.spans.len() {
        let span = draft.spans[at].clone();
        if let Some(entity) = span.entity
            && draft.entities.iter().all(|known| known.id != entity)
        {
            draft.entity(span.at, &entity, &entity, &span.label);
        }
    }
    imported.documents.push(draft.finish(&mut imported.problems));
}
