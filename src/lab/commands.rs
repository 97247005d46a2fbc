//! The subcommands `lexicon`, `train`, `score` and `show`.

use std::path::Path;

use super::options::Options;
use super::score::Score;
use super::train::{Plan, propose, weights};
use super::{Gold, LabError, brat, dictionary::Dictionary, notation, pud};
use crate::engine::lexicon::Lexicon;
use crate::engine::mentions::{self, Weights};
use crate::scheme::MentionLabel;

/// Documents of WiNER from this month on are measured, never trained on, in
/// development.
const HELD_OUT_FROM: &str = "2017_07";

pub(super) const OPTIONS: [&str; 9] =
    ["winer", "own", "pud", "pud-parts", "gazetteers", "data", "seed", "held-out", "errors"];

pub(super) struct Places {
    pub winer: Vec<Gold>,
    pub own: Vec<Gold>,
}

pub(super) fn corpora(options: &Options) -> Result<Places, LabError> {
    Ok(Places {
        winer: brat::corpus(Path::new(options.get("winer", "../shared/corpora/winer-fr")))?,
        own: notation::corpus(Path::new(options.get("own", "corpus")))?,
    })
}

/// Packs the lexicon from the lists.
///
/// # Errors
/// If a list cannot be read or the pack not written.
pub fn lexicon(words: &[String]) -> Result<(), LabError> {
    let options = Options::new(words, &OPTIONS)?;
    let data = Path::new(options.get("data", "src/engine/data"));
    let places = corpora(&options)?;
    let mut dictionary = Dictionary::default();
    dictionary.add_lists(&data.join("lists"))?;
    dictionary.add_public(Path::new(options.get("gazetteers", "../shared/gazetteers")))?;
    let texts = places.winer.iter().filter(|g| before_held_out(g)).chain(&places.own);
    dictionary.add_common(texts.map(|gold| gold.text.as_str()), 2);
    let packed = dictionary.pack();
    println!(
        "{} words, {} phrases, {} bytes",
        dictionary.words(),
        dictionary.phrases(),
        packed.len()
    );
    write(&data.join("lexicon.bin"), &packed)
}

/// The lexicon that lies beside the weights, whatever is in the program.
fn packed_lexicon(data: &Path) -> Result<Lexicon, LabError> {
    let path = data.join("lexicon.bin");
    let packed = std::fs::read(&path)
        .map_err(|error| LabError(format!("{} cannot be read: {error}", path.display())))?;
    Lexicon::read(&packed)
        .ok_or_else(|| LabError(format!("{} is no lexicon: pack one", path.display())))
}

pub(super) fn before_held_out(gold: &Gold) -> bool {
    gold.id.as_str() < HELD_OUT_FROM
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), LabError> {
    std::fs::write(path, bytes)
        .map_err(|error| LabError(format!("{} cannot be written: {error}", path.display())))
}

/// Trains the weights that ship.
///
/// # Errors
/// If a corpus cannot be read or the weights not written.
pub fn train(words: &[String]) -> Result<(), LabError> {
    let options = Options::new(words, &OPTIONS)?;
    let data = Path::new(options.get("data", "src/engine/data"));
    let places = corpora(&options)?;
    let held_out = options.get("held-out", "");
    let corpus: Vec<Gold> = places
        .winer
        .into_iter()
        .filter(before_held_out)
        .chain(places.own.into_iter().filter(|g| !held_out.split(',').any(|s| s == g.style)))
        .collect();
    let lexicon = packed_lexicon(data)?;
    let packed = weights(&corpus, &lexicon, &Plan::new(options.number("seed", 11)?));
    println!("{} documents, {} bytes", corpus.len(), packed.len());
    write(&data.join("mentions.bin"), &packed)
}

/// Scores the weights that ship on what they were not trained on, and, with
/// `--held-out N`, weights trained without one fold of styles of our corpus
/// after the other.
///
/// # Errors
/// If a corpus cannot be read.
pub fn score(words: &[String]) -> Result<(), LabError> {
    let options = Options::new(words, &OPTIONS)?;
    let places = corpora(&options)?;
    let data = Path::new(options.get("data", "src/engine/data"));
    let packed = std::fs::read(data.join("mentions.bin"))
        .map_err(|error| LabError(format!("mentions.bin cannot be read: {error}")))?;
    let shipped =
        Weights::read(&packed).ok_or_else(|| LabError("these are no weights".to_owned()))?;
    let lexicon = &packed_lexicon(data)?;
    let errors = options.get("errors", "");
    let three = &mentions::NAMES[..3];
    let four = &mentions::NAMES[..];
    let report = |title: &str, documents: &[&Gold], labels: &[MentionLabel], weights: &Weights| {
        let mut score = Score::default();
        for gold in documents {
            score.add(gold, &propose(weights, lexicon, &gold.text), labels);
        }
        println!("{}", score.table(title));
        if errors == title {
            println!("{}\n{}", score.errors.join("\n"), score.calibration_table());
        }
    };
    let later: Vec<&Gold> = places.winer.iter().filter(|g| !before_held_out(g)).collect();
    report("wikinews", &later, three, &shipped);
    report("wikinews+misc", &later, four, &shipped);
    let parts: Vec<u32> =
        options.get("pud-parts", "1,3").split(',').filter_map(|p| p.parse().ok()).collect();
    let pud = pud::corpus(Path::new(options.get("pud", "../shared/corpora/pud")), &parts)?;
    let pud: Vec<&Gold> = pud.iter().collect();
    report("pud", &pud, &MentionLabel::ALL, &shipped);
    report("pud-names", &pud, three, &shipped);
    let folds: usize = options.number("held-out", 0)?;
    if folds > 0 {
        held_out(&places, lexicon, &Plan::new(options.number("seed", 11)?), folds, errors == "own");
    }
    Ok(())
}

/// Trains without one fold of styles, measures on it, for each fold.
fn held_out(places: &Places, lexicon: &Lexicon, plan: &Plan, folds: usize, errors: bool) {
    let mut styles: Vec<&str> = places.own.iter().map(|g| g.style.as_str()).collect();
    styles.sort_unstable();
    styles.dedup();
    let mut score = Score::default();
    let mut names = Score::default();
    for fold in 0..folds {
        let held =
            |g: &Gold| styles.iter().position(|s| *s == g.style).unwrap_or(0) % folds == fold;
        let train: Vec<Gold> = places
            .winer
            .iter()
            .filter(|g| before_held_out(g))
            .chain(places.own.iter().filter(|g| !held(g)))
            .cloned()
            .collect();
        let trained = Weights::read(&weights(&train, lexicon, plan)).unwrap_or_default();
        for gold in places.own.iter().filter(|g| held(g)) {
            let proposed = propose(&trained, lexicon, &gold.text);
            score.add(gold, &proposed, &MentionLabel::ALL);
            names.add(gold, &proposed, &mentions::NAMES[..3]);
        }
    }
    println!("{}", score.table("own, held-out styles"));
    println!("{}", names.table("own names, held-out styles"));
    println!("{}", score.calibration_table());
    if errors {
        println!("{}", score.errors.join("\n"));
    }
}

/// Prints what the engine finds in files, one mention a line.
///
/// # Errors
/// If a file cannot be read.
pub fn show(words: &[String]) -> Result<(), LabError> {
    for path in words {
        let text = super::read(Path::new(path))?;
        let analysis = crate::engine::analyse(&text);
        for mention in &analysis.mentions {
            let entity = mention.entity.map_or("", |e| analysis.entities[e].name.as_str());
            let (label, score) = (mention.label.name(), mention.score);
            println!("{label:<8} {score:.2} {:?} = {entity}", mention.span.of(&text));
        }
    }
    Ok(())
}
