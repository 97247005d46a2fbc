//! What several annotators made of the same dispatches, for measures of
//! agreement: a table with a row a token and a column an annotator, the same
//! as triples, the marked stretches side by side, and the units of each
//! dispatch for gamma.
//!
//! Documents with the same text are one dispatch. Only dispatches of at least
//! two annotators leave; all others are counted ([`alone`]).

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::{Export, File, Layer, Options};
use super::tables::{Cell, Table, csv, quoted};
use super::words::Words;
use super::{hugging_face, json, layer_of};
use crate::document::Document;
use crate::text::{ByteSpan, Offsets, order};

/// Who made what nobody is named for.
pub const ANNOTATOR: &str = "annotator";
/// What a token is labelled as that lies in no span.
const OUTSIDE: &str = "O";

/// One text with what each annotator made of it.
struct Dispatch<'d> {
    /// Its place among the documents: the first of them.
    at: usize,
    /// By annotator.
    versions: BTreeMap<usize, &'d Document>,
}

/// Who annotated each document, and the names in the order in which they come.
struct Coders<'o> {
    of: Vec<usize>,
    names: Vec<&'o str>,
}

/// How many documents nobody else annotated, so that there is nothing to
/// compare.
pub(super) fn alone(documents: &[Document], options: &Options) -> usize {
    let coders = Coders::new(documents, options);
    dispatches(documents, &coders).iter().filter(|d| d.versions.len() < 2).count()
}

/// Writes the files that the card explains.
pub(super) fn write(export: &Export<'_>) -> Vec<File> {
    let coders = Coders::new(export.documents, export.options);
    let mut dispatches = dispatches(export.documents, &coders);
    let all = dispatches.len();
    dispatches.retain(|dispatch| dispatch.versions.len() > 1);
    let mut files = vec![File::text("README.md", card(&coders, &dispatches, all))];
    for (layer, name) in [(Layer::Mentions, "mentions"), (Layer::Quotations, "quotations")] {
        let tokens = tokens(export, &coders, &dispatches, layer);
        if tokens.rows.len() > 1 {
            files.push(File::text(format!("{name}.csv"), csv(&tokens)));
            files.push(File::text(format!("{name}.tsv"), triples(&coders, &tokens)));
        }
    }
    files.push(File::text("units.csv", csv(&units(export, &coders, &dispatches))));
    let stems = export.stems();
    files.extend(dispatches.iter().map(|dispatch| {
        File::text(format!("gamma/{}.csv", stems[dispatch.at]), continuum(&coders, dispatch))
    }));
    files
}

impl<'o> Coders<'o> {
    fn new(documents: &[Document], options: &'o Options) -> Self {
        let mut coders = Self { of: Vec::with_capacity(documents.len()), names: Vec::new() };
        for at in 0..documents.len() {
            let name = options.annotators.get(at).map_or(ANNOTATOR, String::as_str);
            let known = coders.names.iter().position(|other| *other == name);
            coders.of.push(known.unwrap_or_else(|| {
                coders.names.push(name);
                coders.names.len() - 1
            }));
        }
        coders
    }
}

/// The documents by their texts. Where one annotator has a text twice, the
/// first ones belong together, then the second ones.
fn dispatches<'d>(documents: &'d [Document], coders: &Coders<'_>) -> Vec<Dispatch<'d>> {
    let mut found: Vec<Dispatch<'d>> = Vec::new();
    let mut by_text: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (document, coder)) in documents.iter().zip(&coders.of).enumerate() {
        let same = by_text.entry(document.text()).or_default();
        match same.iter().find(|known| !found[**known].versions.contains_key(coder)) {
            Some(known) => {
                found[*known].versions.insert(*coder, document);
            }
            None => {
                same.push(found.len());
                found.push(Dispatch { at, versions: BTreeMap::from([(*coder, document)]) });
            }
        }
    }
    found
}

/// A row a token, in the smallest pieces that any annotator's spans make;
/// only its head where nobody marked anything of this layer.
fn tokens(
    export: &Export<'_>,
    coders: &Coders<'_>,
    dispatches: &[Dispatch<'_>],
    layer: Layer,
) -> Table {
    let mut rows = vec![head(&["document", "token", "start", "end", "text"], coders)];
    let mut is_marked = false;
    for dispatch in dispatches {
        let text = export.documents[dispatch.at].text();
        let offsets = Offsets::new(text);
        let versions: BTreeMap<usize, Vec<(ByteSpan, &str)>> =
            order::map(dispatch.versions.iter().map(|(coder, document)| {
                (*coder, hugging_face::layer(document, layer, export.options))
            }));
        is_marked |= versions.values().any(|spans| !spans.is_empty());
        let bounds = versions.values().flatten().flat_map(|(range, _)| [range.start, range.end]);
        let words = Words::cut_at(text, bounds.collect(), &[]);
        let mut columns: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for (coder, spans) in &versions {
            let mut column = vec![OUTSIDE; words.tokens.len()];
            for (range, label) in spans {
                column[words.inside(*range)].fill(*label);
            }
            columns.insert(*coder, column);
        }
        for (at, token) in words.tokens.iter().enumerate() {
            let (start, end) = json::code_points(&offsets, *token);
            let id = Cell::text(&export.documents[dispatch.at].id);
            let mut row = vec![id, Cell::Number(at), Cell::Number(start), Cell::Number(end)];
            row.push(Cell::text(token.of(text)));
            // Who does not have the dispatch said nothing of it, not `O`.
            let said = |coder| columns.get(&coder).map_or("", |column| column[at]);
            row.extend((0..coders.names.len()).map(|coder| Cell::text(said(coder))));
            rows.push(row);
        }
    }
    if !is_marked {
        rows.truncate(1);
    }
    Table { name: "tokens", rows }
}

/// Coder, item and label of each row, between tabs. White space in them would
/// end a column for who splits at it.
fn triples(coders: &Coders<'_>, tokens: &Table) -> String {
    let mut out = String::new();
    for row in &tokens.rows[1..] {
        let [Cell::Text(document), Cell::Number(token), ..] = row.as_slice() else { continue };
        for (name, cell) in coders.names.iter().zip(&row[5..]) {
            if let Cell::Text(label) = cell
                && !label.is_empty()
            {
                let (name, document, label) = (joined(name), joined(document), joined(label));
                out += &format!("{name}\t{document}:{token}\t{label}\n");
            }
        }
    }
    out
}

/// A row a stretch that somebody marked, with the labels that each annotator
/// gave to exactly this stretch.
fn units(export: &Export<'_>, coders: &Coders<'_>, dispatches: &[Dispatch<'_>]) -> Table {
    let mut rows = vec![head(&["document", "layer", "start", "end", "text"], coders)];
    for dispatch in dispatches {
        let text = export.documents[dispatch.at].text();
        let offsets = Offsets::new(text);
        let mut found: BTreeMap<(ByteSpan, &str), BTreeMap<usize, BTreeSet<&str>>> =
            BTreeMap::new();
        for (coder, document) in &dispatch.versions {
            for (_, span) in document.spans() {
                let layer = match layer_of(&span.label) {
                    Layer::Mentions => "mentions",
                    Layer::Quotations => "quotations",
                };
                let unit = found.entry((span.range, layer)).or_default();
                unit.entry(*coder).or_default().insert(span.label.as_str());
            }
        }
        for ((range, layer), labels) in found {
            let (start, end) = json::code_points(&offsets, range);
            let id = Cell::text(&export.documents[dispatch.at].id);
            let mut row = vec![id, Cell::text(layer), Cell::Number(start), Cell::Number(end)];
            row.push(Cell::text(range.of(text)));
            row.extend((0..coders.names.len()).map(|coder| {
                let of_coder = labels.get(&coder);
                let said = of_coder.map(|l| l.iter().copied().collect::<Vec<_>>().join("+"));
                let has_it = dispatch.versions.contains_key(&coder);
                Cell::text(said.unwrap_or_else(|| if has_it { OUTSIDE } else { "" }.to_owned()))
            }));
            rows.push(row);
        }
    }
    Table { name: "units", rows }
}

/// Annotator, label, start and end of each span, without a head: what
/// `Continuum.from_csv` reads.
fn continuum(coders: &Coders<'_>, dispatch: &Dispatch<'_>) -> String {
    let mut out = String::new();
    for (coder, document) in &dispatch.versions {
        let offsets = Offsets::new(document.text());
        for (_, span) in document.spans_in_order() {
            let (start, end) = json::code_points(&offsets, span.range);
            let (name, label) = (plain(coders.names[*coder]), plain(span.label.as_str()));
            out += &format!("{name},{label},{start},{end}\n");
        }
    }
    out
}

fn head(names: &[&str], coders: &Coders<'_>) -> Vec<Cell> {
    names.iter().chain(&coders.names).map(|name| Cell::text(*name)).collect()
}

/// A field of a CSV file that no spreadsheet opens, so that none is guarded.
fn plain(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) { quoted(field) } else { field.to_owned() }
}

fn joined(field: &str) -> String {
    field.split_whitespace().collect::<Vec<_>>().join("_")
}

/// What the files hold and how to measure with them.
fn card(coders: &Coders<'_>, dispatches: &[Dispatch<'_>], all: usize) -> String {
    let mut out = String::from(
        "# Agreement\n\nThe same dispatches by several annotators, written by Guillemet. \
         Offsets count Unicode code points, and the end is exclusive.\n\n\
         | annotator | dispatches | spans |\n|---|---:|---:|\n",
    );
    for (coder, name) in coders.names.iter().enumerate() {
        let versions: Vec<&Document> =
            dispatches.iter().filter_map(|d| d.versions.get(&coder).copied()).collect();
        let spans: usize = versions.iter().map(|document| document.spans().count()).sum();
        let name = name.replace('|', "\\|");
        out += &format!("| {name} | {} | {spans} |\n", versions.len());
    }
    out += &format!(
        "\n{} of {all} dispatches have at least two annotators and are in these files. Proposals that \
         nobody has decided on count as the annotator's own, unless accepted spans alone left.\n\n",
        dispatches.len()
    );
    out + USES
}

/// How the usual libraries load the files; `tests/consumers/agreement.py`
/// runs this code.
const USES: &str = r#"- `mentions.csv`, `quotations.csv`: a row a token, a column an annotator; `O` is
  no label, an empty cell a dispatch that the annotator does not have.
- `mentions.tsv`, `quotations.tsv`: the same as annotator, item and label.
- `units.csv`: a row a stretch that anybody marked, with each one's label for
  exactly this stretch.
- `gamma/`: a file a dispatch with annotator, label, start and end of each span,
  those that overlap included. A dispatch in which fewer than two annotators
  marked anything has no gamma.

```python
import krippendorff, pandas

table = pandas.read_csv("mentions.csv", dtype=str, keep_default_na=False)
annotators = table.columns[5:]
ratings = table[annotators].replace("", "nan").T.to_numpy(dtype=str)
print("alpha", krippendorff.alpha(ratings, level_of_measurement="nominal"))
```

```python
from nltk.metrics.agreement import AnnotationTask

lines = open("mentions.tsv", encoding="utf-8").read().splitlines()
task = AnnotationTask(line.split("\t") for line in lines)
print("alpha", task.alpha(), "kappa", task.kappa())
```

```python
from pathlib import Path
from pygamma_agreement import Continuum, CombinedCategoricalDissimilarity

for path in sorted(Path("gamma").glob("*.csv")):
    continuum = Continuum.from_csv(path)
    if len(continuum.annotators) > 1:
        print(path.stem, continuum.compute_gamma(CombinedCategoricalDissimilarity()).gamma)
```
"#;
