//! Near-duplicates among texts: a dispatch and its later versions.
//!
//! Texts are compared by their shingles, runs of five words without regard to
//! case and marks. MinHash finds who may share them, so that not every pair
//! is compared; the shingles themselves decide.

use std::collections::{BTreeMap, BTreeSet};

/// Words of a shingle: names and set phrases are shorter.
const SHINGLE: usize = 5;
/// Hashes of a text, in bands of two: texts that share a fifth of their
/// shingles meet in one band in three of four cases, those that share a
/// third in nearly all.
const BANDS: usize = 32;
const ROWS: usize = 2;
/// The part of the shorter text that must stand in the other one: a later
/// version holds most of an earlier one and goes on.
const SHARED: f64 = 0.5;
/// Texts of one band that a further one is compared with: what all texts
/// share, as an agency's closing line, must not cost a comparison of all.
const COMPARED: usize = 8;

/// The group of each text, by the index of its first member.
pub(super) fn groups(texts: &[&str]) -> Vec<usize> {
    let sets: Vec<BTreeSet<u64>> = texts.iter().map(|text| shingles(text)).collect();
    let mut parent: Vec<usize> = (0..texts.len()).collect();
    let mut bands: BTreeMap<(usize, [u64; ROWS]), Vec<usize>> = BTreeMap::new();
    for (text, set) in sets.iter().enumerate() {
        if set.is_empty() {
            continue;
        }
        for band in 0..BANDS {
            let least = |row: usize| {
                let seed = mixed((band * ROWS + row + 1) as u64);
                set.iter().map(|shingle| mixed(shingle ^ seed)).min().unwrap_or(0)
            };
            let met = bands.entry((band, std::array::from_fn(least))).or_default();
            for other in met.iter().take(COMPARED) {
                let (a, b) = (root(&parent, text), root(&parent, *other));
                if a != b && alike(set, &sets[*other]) {
                    parent[a.max(b)] = a.min(b);
                }
            }
            met.push(text);
        }
    }
    (0..texts.len()).map(|text| root(&parent, text)).collect()
}

fn root(parent: &[usize], mut text: usize) -> usize {
    while parent[text] != text {
        text = parent[text];
    }
    text
}

fn alike(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> bool {
    let shared = a.intersection(b).count();
    shared as f64 >= SHARED * a.len().min(b.len()) as f64
}

/// The hashes of a text's shingles; of a shorter text, of all its words.
fn shingles(text: &str) -> BTreeSet<u64> {
    let words: Vec<u64> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| hash(&word.to_lowercase()))
        .collect();
    let join = |words: &[u64]| words.iter().fold(0, |sum, word| mixed(sum ^ word));
    if words.is_empty() {
        BTreeSet::new()
    } else if words.len() < SHINGLE {
        BTreeSet::from([join(&words)])
    } else {
        words.windows(SHINGLE).map(join).collect()
    }
}

/// FNV-1a, mixed: the same on every machine and in every version.
pub(super) fn hash(text: &str) -> u64 {
    mixed(text.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    }))
}

/// The finaliser of SplitMix64: each bit depends on all.
fn mixed(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_one_dispatch_are_one_group() {
        let first = "Le maire de Brest a annoncé mardi la fermeture du pont pour trois mois, \
                     le temps de remplacer les câbles usés par le sel.";
        let later = "ACTUALISE - Le maire de Brest a annoncé mardi la fermeture du pont pour trois \
                     mois, le temps de remplacer les câbles usés par le sel. Les habitants devront \
                     faire un détour de douze kilomètres, ont précisé les services de la ville.";
        let other = "Le maire de Lille a annoncé jeudi l’ouverture d’une piscine dans le sud de la \
                     ville, attendue depuis dix ans par les habitants du quartier.";
        assert_eq!(groups(&[first, other, later, "", ""]), [0, 1, 0, 3, 4]);
        assert_eq!(groups(&["Paris", "paris !", "Rome"]), [0, 0, 2]);
    }
}
