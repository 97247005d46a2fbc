//! Sorts of bodies: what "le syndicat", "la chaîne", "le club" can be, by the
//! words of their names.

use super::ranker::Feature;

/// Nouns, and words of names that go with them.
const SORTS: [(&str, &str); 8] = [
    (
        "quotidien journal hebdomadaire magazine chaîne radio média site rédaction agence revue",
        "monde figaro libération parisien télégramme france tv tf1 bfm bfmtv rtl rmc m6 arte canal \
         times post bbc cnn afp reuters ap presse radio télévision journal mediapart express point \
         échos croix humanité dépêche voix progrès midi info infos news nouvelles gazette tribune",
    ),
    (
        "syndicat syndicats intersyndicale centrale",
        "cgt cfdt fo cftc cfe-cgc unsa fsu sud solidaires sud-rail fnsea snes confédération \
         coordination syndicat union ouvrière",
    ),
    (
        "parti formation mouvement coalition",
        "parti ps lr rn lfi eelv ump modem renaissance front rassemblement républicains \
         insoumise écologistes mouvement reconquête fdp spd cdu psoe",
    ),
    (
        "club équipe",
        "fc as ac rc sc us sm losc psg om ol stade olympique racing sporting athletic club real \
         en-avant rugby",
    ),
    ("tribunal cour juridiction magistrats juges", "tribunal cour conseil parquet prud'hommes"),
    (
        "institution instance autorité organisme commission assemblée",
        "commission conseil comité cour autorité agence défenseur défenseure tribunal organisation \
         fédération banque observatoire haute office assemblée sénat parlement ligue institut",
    ),
    (
        "association organisation ong collectif fondation fédération comité",
        "association ong organisation collectif ligue fondation amnesty médecins secours fédération \
         croix-rouge comité greenpeace amis sentinelles unis onu oms",
    ),
    ("gouvernement exécutif ministère", "gouvernement ministère exécutif élysée matignon"),
];
/// Nouns of companies, whose names have words of their own.
const COMPANIES: &str = "entreprise société groupe firme constructeur compagnie enseigne opérateur \
                         industriel fabricant géant filiale banque distributeur transporteur";

/// How a name goes with a noun that takes up a body; both in lower case.
pub fn fit(noun: &str, name: &str) -> Option<Feature> {
    let holds = |words: &str, word: &str| words.split_whitespace().any(|w| w == word);
    let company = holds(COMPANIES, noun);
    let own = SORTS.iter().find(|s| holds(s.0, noun));
    if own.is_none() && !company {
        return None;
    }
    let told = |names: &str| {
        let mut words = name.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'');
        words.any(|word| holds(names, word))
    };
    Some(if own.is_some_and(|s| told(s.1)) {
        Feature::SortSame
    } else if SORTS.iter().any(|s| told(s.1)) {
        Feature::SortOther
    } else if company {
        Feature::SortCompany
    } else {
        Feature::SortUnknown
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_with_their_nouns() {
        for (noun, name, expected) in [
            ("syndicat", "cgt", Some(Feature::SortSame)),
            ("syndicat", "le télégramme", Some(Feature::SortOther)),
            ("club", "fc lorient", Some(Feature::SortSame)),
            ("entreprise", "zellwerk", Some(Feature::SortCompany)),
            ("entreprise", "parquet de brest", Some(Feature::SortOther)),
            ("chaîne", "france 3", Some(Feature::SortSame)),
            ("club", "brest", Some(Feature::SortUnknown)),
            ("ministre", "cgt", None),
        ] {
            assert_eq!(fit(noun, name), expected, "{noun} {name}");
        }
    }
}
