//! The workspaces of a browser: what they are called, which are put away, and
//! which one a tab opens. Each has a database of its own; the page keeps one
//! record a workspace, by its id.

use crate::text::order;

/// The id of the workspace that every browser has from the start.
pub const FIRST: &str = "first";

/// One workspace on the shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its id; ids of later ones sort later.
    pub id: String,
    /// What the person calls it; empty where they gave no name.
    pub name: String,
    /// Whether it is in use.
    pub state: PlaceState,
}

/// Whether a workspace is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceState {
    /// It can be opened.
    Here,
    /// It was removed and can be put back.
    Removed,
    /// Its contents were deleted.
    Gone,
}

impl Place {
    /// A workspace in use.
    pub fn new(id: &str, name: &str) -> Self {
        Self { id: id.to_owned(), name: name.to_owned(), state: PlaceState::Here }
    }

    /// What is written down of it, beside its id.
    pub fn record(&self) -> String {
        let state = match self.state {
            PlaceState::Here => "here",
            PlaceState::Removed => "removed",
            PlaceState::Gone => "gone",
        };
        format!("{state} {}", self.name)
    }

    /// Reads what [`Place::record`] wrote. A state that is not known is none
    /// in which anything was thrown away.
    pub fn read(id: &str, record: &str) -> Self {
        let (state, name) = record.split_once(' ').unwrap_or((record, ""));
        let state = match state {
            "removed" => PlaceState::Removed,
            "gone" => PlaceState::Gone,
            _ => PlaceState::Here,
        };
        Self { id: id.to_owned(), name: name.to_owned(), state }
    }
}

/// The workspaces that there are, in the order in which they were made. The
/// first has no record as long as nothing was said of it.
pub fn shelf(records: impl IntoIterator<Item = Place>) -> Vec<Place> {
    let mut places: Vec<Place> = records.into_iter().collect();
    if !places.iter().any(|p| p.id == FIRST) {
        places.push(Place::new(FIRST, ""));
    }
    places.retain(|p| p.state != PlaceState::Gone);
    order::sort_by(&mut places, |a, b| (a.id != FIRST, &a.id).cmp(&(b.id != FIRST, &b.id)));
    places
}

/// The id of the workspace to open: the first of the wanted ones that is in
/// use, or else the first in use.
pub fn to_open(places: &[Place], wanted: &[Option<String>]) -> String {
    let in_use = |p: &&Place| p.state == PlaceState::Here;
    let found = wanted
        .iter()
        .flatten()
        .find_map(|id| places.iter().find(|p| p.id == *id).filter(in_use))
        .or_else(|| places.iter().find(in_use));
    found.map_or_else(|| FIRST.to_owned(), |p| p.id.clone())
}

/// The name with a number behind it, where a workspace has it already.
pub fn free_name(places: &[Place], name: &str) -> String {
    let is_taken = |name: &str| places.iter().any(|p| p.name == name);
    let numbered = (2..).map(|number| format!("{name} {number}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(|name| !is_taken(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn removed(id: &str) -> Place {
        Place { state: PlaceState::Removed, ..Place::new(id, id) }
    }

    #[test]
    fn the_first_is_there_until_it_is_deleted() {
        assert_eq!(shelf([]), [Place::new(FIRST, "")]);
        let places = shelf([Place::new("w2", "b"), Place::new("a1", "a")]);
        let ids: Vec<&str> = places.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(ids, [FIRST, "a1", "w2"]);
        let gone = Place { state: PlaceState::Gone, ..Place::new(FIRST, "") };
        assert_eq!(shelf([gone, Place::new("w", "")]), [Place::new("w", "")]);
    }

    #[test]
    fn a_record_gives_the_workspace_back() {
        for place in [Place::new("w", "Élections 2027"), Place::new("w", ""), removed("w")] {
            assert_eq!(Place::read("w", &place.record()), place);
        }
        assert_eq!(Place::read("w", "later Nom").state, PlaceState::Here);
    }

    #[test]
    fn a_tab_opens_what_it_had_and_nothing_that_was_removed() {
        let places = shelf([Place::new("w1", ""), removed("w2")]);
        let wanted = |id: &str| Some(id.to_owned());
        assert_eq!(to_open(&places, &[None, wanted("w1")]), "w1");
        assert_eq!(to_open(&places, &[wanted("w2"), wanted("w1")]), "w1");
        assert_eq!(to_open(&places, &[wanted("w2"), wanted("w9")]), FIRST);
    }

    #[test]
    fn no_two_get_the_same_name() {
        let places = [Place::new("a", "Presse"), Place::new("b", "Presse 2")];
        assert_eq!(free_name(&places, "Presse"), "Presse 3");
        assert_eq!(free_name(&places, "Radio"), "Radio");
    }
}
