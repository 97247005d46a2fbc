//! The classes of words and phrases, as bits of a set.

/// A set of classes.
pub type Classes = u32;

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $text:literal;)*) => {
        $($(#[$doc])* pub const $name: Classes = 1 << $bit;)*

        /// The class that the lists call `name`.
        pub fn from_name(name: &str) -> Option<Classes> {
            match name { $($text => Some($name),)* _ => None }
        }
    };
}

classes! {
    /// Given name of men.
    GIVEN_MALE = 0, "given-male";
    /// Given name of women.
    GIVEN_FEMALE = 1, "given-female";
    /// Family name.
    SURNAME = 2, "surname";
    /// French commune.
    COMMUNE = 3, "commune";
    /// City of the world.
    CITY = 4, "city";
    /// Country.
    COUNTRY = 5, "country";
    /// Region, river, mountain, sea, district, building.
    GEO = 6, "geo";
    /// Organisation by its full or short name.
    ORG = 7, "org";
    /// Word that opens the name of an organisation ("ministère").
    ORG_HEAD = 8, "org-head";
    /// Word that opens the name of a place ("rue").
    PLACE_HEAD = 9, "place-head";
    /// Work, event, product, law.
    MISC = 10, "misc";
    /// Word that opens the name of an event, law, work ("accord").
    MISC_HEAD = 11, "misc-head";
    /// Adjective or noun of origin ("britannique").
    DEMONYM = 12, "demonym";
    /// Word that opens a role ("président").
    ROLE_HEAD = 13, "role-head";
    /// What stands before a name ("M.").
    TITLE = 14, "title";
    /// A word that is also written in lower case.
    COMMON = 15, "common";
    /// Known person, by surname or in full.
    PERSON = 16, "person";
    /// Article, preposition, pronoun, conjunction.
    FUNCTION = 17, "function";
    /// Unit or currency.
    UNIT = 18, "unit";
    /// Number in letters.
    NUMERAL = 19, "numeral";
    /// Name of a month.
    MONTH = 20, "month";
    /// Name of a day of the week.
    WEEKDAY = 21, "weekday";
    /// Adjective inside names of organisations ("national").
    ORG_WORD = 22, "org-word";
    /// News organisation.
    MEDIA = 23, "media";
    /// Verb of speech and thought, as a reporting verb stands in text.
    SPEECH = 24, "speech";
    /// Domain of a ministry or authority ("Intérieur").
    DOMAIN = 25, "domain";
    /// Part of a surname ("de", "ben", "van").
    PARTICLE = 26, "particle";
    /// A trade or function that stands in apposition to a name.
    TRADE = 27, "trade";
    /// Sports club or team.
    CLUB = 28, "club";
    /// Word of reports on sports.
    SPORT = 29, "sport";
    /// Word inside the names of companies, media, clubs and bodies.
    FIRM = 30, "firm";
    /// First word of a longer entry; set by the packer.
    STARTS = 31, "starts";
}

/// What a given name has.
pub const GIVEN: Classes = GIVEN_MALE | GIVEN_FEMALE;
/// Names of places.
pub const PLACE: Classes = COMMUNE | CITY | COUNTRY | GEO;
