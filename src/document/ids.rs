//! Identifiers inside one document. They are never given twice, also not
//! after an undo, so a link that was written down stays true.

use std::fmt;
use std::str::FromStr;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $letter:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($letter, "{}"), self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = ();

            /// Reads what `Display` writes, and nothing else.
            fn from_str(text: &str) -> Result<Self, ()> {
                let digits = text.strip_prefix($letter).ok_or(())?;
                let number = digits.parse().map_err(|_| ())?;
                let id = Self(number);
                if id.to_string() == text { Ok(id) } else { Err(()) }
            }
        }
    };
}

id!(
    /// A span: `s4`.
    SpanId,
    "s"
);
id!(
    /// A relation: `r1`.
    RelationId,
    "r"
);
id!(
    /// An entity: `e2`.
    EntityId,
    "e"
);
