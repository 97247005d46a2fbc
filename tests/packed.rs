//! The packed data in the program is whole: its checksum is what its bytes
//! say, and it reads as what it is.

use guillemet::engine::lexicon::{self, Lexicon, classes};
use guillemet::engine::mentions::{self, Weights};
use guillemet::engine::pack::checksum;

fn sum_in(pack: &[u8]) -> u64 {
    u64::from_le_bytes(pack[8..16].try_into().unwrap())
}

#[test]
fn checksums_are_recomputed() {
    for pack in [
        &include_bytes!("../src/engine/data/lexicon.bin")[..],
        &include_bytes!("../src/engine/data/mentions.bin")[..],
    ] {
        assert_eq!(sum_in(pack), checksum(&pack[16..]));
    }
}

#[test]
fn a_damaged_pack_is_no_pack() {
    let mut weights = include_bytes!("../src/engine/data/mentions.bin").to_vec();
    assert!(Weights::read(&weights).is_some());
    let middle = weights.len() / 2;
    weights[middle] ^= 1;
    assert!(Weights::read(&weights).is_none());
    assert!(Weights::read(&weights[..7]).is_none());
    assert!(Lexicon::read(&mentions::MAGIC).is_none());
}

#[test]
fn the_lexicon_knows_its_lists() {
    assert_ne!(lexicon::classes_of("Lundi") & classes::WEEKDAY, 0);
    assert_ne!(lexicon::classes_of("ministère") & classes::ORG_HEAD, 0);
    assert_ne!(lexicon::classes_of("Etats-Unis") & classes::COUNTRY, 0);
    assert_eq!(lexicon::classes_of("xqzwvv") & classes::COUNTRY, 0);
    assert_eq!(lexicon::gender_of_given_name("Lisa"), Some(lexicon::Gender::Female));
    assert_eq!(lexicon::gender_of_given_name("Jean-Luc"), Some(lexicon::Gender::Male));
}
