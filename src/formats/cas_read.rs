//! Reads UIMA CAS: JSON 0.4 and XMI, our own and what INCEpTION exports.
//!
//! Each text (Sofa) of a file is a document. Annotations of any layer are
//! spans, under the value of their label or the name of their layer; those
//! with Governor and Dependent are relations, and so are features of a span
//! that lead to another; other features are attributes.
//! Word classes and syntax are counted and left out.

use std::collections::BTreeMap;

use serde_json::Value;

use super::cas::{ATTRIBUTION, ENTITY, Feature, META, NAMED, QUOTATION, SOFA, Structure};
use super::catalogue::{File, Imported};
use super::draft::{Draft, Problem};
use super::{Unit, json};
use crate::scheme::QUOTE;

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
            Value::Null | Value::Array(_) | Value::Object(_) => None,
            _ => {
                let text = || Feature::Text(value.to_string());
                let feature = json::as_offset(value).map_or_else(text, Feature::Number);
                Some((name.clone(), feature))
            }
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

/// The documents of one file: one for each text in it.
fn document(list: Vec<Structure>, file: &File, imported: &mut Imported) {
    let texts = list.iter().filter(|s| s.kind == SOFA);
    let texts: Vec<(&Structure, &str)> =
        texts.filter_map(|s| Some((s, s.text("sofaString")?))).collect();
    if texts.is_empty() {
        imported.problems.push(Problem::new(&file.name, "it has no text (uima.cas.Sofa)"));
    }
    for (index, (sofa, text)) in texts.iter().enumerate() {
        let name = sofa.text("sofaID").unwrap_or_default();
        let id =
            if index == 0 { file.stem().to_owned() } else { format!("{}-{name}", file.stem()) };
        let mut draft = Draft::new(&file.name, &id, text);
        draft.unit = Unit::Utf16;
        let mut left: BTreeMap<&str, usize> = BTreeMap::new();
        // Entities first: spans name them.
        let (entities, others): (Vec<&Structure>, Vec<_>) =
            list.iter().partition(|structure| structure.kind == ENTITY);
        for structure in entities.into_iter().chain(others) {
            // What belongs to no text, belongs to all.
            if structure.number("sofa").is_some_and(|of| of != sofa.id && texts.len() > 1) {
                continue;
            }
            let at = format!("{} %ID {}", file.name, structure.id);
            if let Err(Unread) = structure.read(&at, &mut draft, &mut imported.problems) {
                *left.entry(&structure.kind).or_default() += 1;
            }
        }
        for (kind, count) in left {
            let what = format_args!("{count} structures of {kind} are left out");
            imported.problems.push(Problem::new(&file.name, what));
        }
        imported.documents.push(draft.finish(&mut imported.problems));
    }
}

/// What our model has no place for.
struct Unread;

/// Types that say nothing of what a text means: the reader makes its own.
const LAYOUT: [&str; 4] = ["Token", "Sentence", "Paragraph", "DocumentAnnotation"];
/// Packages of word classes and syntax, and of what INCEpTION notes for
/// itself.
const GRAMMAR: [&str; 3] = [".lexmorph.", ".syntax.", ".segmentation."];
const OWN: [&str; 2] = [".webanno.api.", ".metadata.type."];
/// Features that give a span or a relation its label, as layers call them.
const LABELS: [&str; 4] = ["value", "label", "role", "DependencyType"];
/// Features that are no values of a span.
const PLACES: [&str; 6] = ["begin", "end", "sofa", "identifier", "%TYPE", "%ID"];

impl Structure {
    fn read(&self, at: &str, draft: &mut Draft, problems: &mut Vec<Problem>) -> Result<(), Unread> {
        let kind = self.kind.as_str();
        let word = kind.rsplit('.').next().unwrap_or(kind);
        let label = || LABELS.iter().find_map(|name| self.text(name)).filter(|l| !l.is_empty());
        match kind {
            META => {
                draft.id = self.text("documentId").unwrap_or(&draft.id).to_owned();
                draft.title = self.text("documentTitle").unwrap_or_default().to_owned();
                let language = self.text("language").filter(|l| *l != "x-unspecified");
                draft.language = language.unwrap_or("fr").to_owned();
            }
            ENTITY => {
                let text = |name| self.text(name).unwrap_or_default();
                draft.entity(at, text("key"), text("name"), text("label"));
            }
            SOFA => {}
            _ if LAYOUT.contains(&word) || OWN.iter().any(|p| kind.contains(p)) => {}
            _ if GRAMMAR.iter().any(|package| kind.contains(package)) => return Err(Unread),
            _ if self.number("Governor").is_some() && self.number("Dependent").is_some() => {
                let end = |name| self.number(name).map_or(String::new(), |id| id.to_string());
                let ours = if kind == ATTRIBUTION { "relation" } else { word };
                draft.relation(at, label().unwrap_or(ours), &end("Governor"), &end("Dependent"));
            }
            _ => {
                let Some(range) = self.number("begin").zip(self.number("end")) else {
                    if kind == NAMED || kind == QUOTATION {
                        problems.push(Problem::new(at, "it needs begin and end"));
                        return Ok(());
                    }
                    // Views, lists and arrays are of UIMA itself.
                    return if kind.starts_with("uima.") { Ok(()) } else { Err(Unread) };
                };
                let label = match kind {
                    QUOTATION => QUOTE,
                    NAMED => self.text("value").unwrap_or("MISC"),
                    _ => label().unwrap_or(word),
                };
                let entity = self.text("identifier").filter(|id| !id.is_empty());
                // An identifier of another tool names an entry of a knowledge base.
                if let Some(entity) = entity
                    && draft.entities.iter().all(|known| known.id != entity)
                {
                    draft.entity(at, entity, entity, label);
                }
                let span = draft.span(at, range, label);
                span.id = self.id.to_string();
                span.entity = entity.map(str::to_owned);
                let own = |(name, _): &&(String, Feature)| !PLACES.contains(&name.as_str());
                let mut links = Vec::new();
                for (name, feature) in self.features.iter().filter(own) {
                    let value = match feature {
                        Feature::Text(value) => value.clone(),
                        Feature::Number(number) => number.to_string(),
                        Feature::Reference(to) => {
                            links.push((name, to.to_string()));
                            continue;
                        }
                    };
                    if !(LABELS.contains(&name.as_str()) && value == label) {
                        span.attributes.insert(name.clone(), value);
                    }
                }
                for (name, to) in links {
                    draft.relation(at, name, &self.id.to_string(), &to);
                }
            }
        }
        Ok(())
    }
}
