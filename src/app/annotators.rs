//! Whose work is compared, where a download compares annotators: the person's,
//! what the engine first proposed, and other workspaces over the same texts.

use leptos::prelude::*;

use super::state::App;
use super::{shelf_words, storage, workspaces};
use crate::document::Document;
use crate::formats::agreement::ANNOTATOR;
use crate::session::{ENGINE, PlaceState, first_proposals};
use crate::text::order;

/// The documents of all annotators, and who made which.
#[derive(Default)]
pub struct Compared {
    /// The documents.
    pub documents: Vec<Document>,
    /// The name of each one's annotator.
    pub annotators: Vec<String>,
}

impl Compared {
    fn add(&mut self, name: &str, documents: impl IntoIterator<Item = Document>) {
        let before = self.annotators.len();
        let mut free = name.to_owned();
        let mut number = 1;
        // Two workspaces of one name are two annotators.
        while self.annotators[..before].contains(&free) {
            number += 1;
            free = format!("{name} {number}");
        }
        self.documents.extend(documents);
        self.annotators.resize(self.documents.len(), free);
    }
}

/// What stands in `documents`, which are of the open workspace, beside what
/// the chosen `others` make of the same texts.
pub async fn gather(app: App, documents: Vec<Document>, others: &[String]) -> Compared {
    let mut compared = Compared::default();
    let lang = app.lang.get_untracked();
    if others.iter().any(|id| id == ENGINE) {
        let ids = order::set(documents.iter().map(|d| d.id.as_str()));
        let first = app.session.with_untracked(|s| {
            let works = s.works().iter().filter(|w| ids.contains(w.document.id.as_str()));
            works.filter_map(first_proposals).collect::<Vec<_>>()
        });
        compared.add(ENGINE, first);
    }
    let texts = order::set(documents.iter().map(|d| d.text().clone()));
    let name = app.shelf.places.with_untracked(|places| {
        let here = workspaces::here();
        places.iter().find(|p| p.id == here).map(|p| p.name.clone()).unwrap_or_default()
    });
    compared.add(if name.is_empty() { ANNOTATOR } else { &name }, documents);
    for place in app.shelf.places.get_untracked().iter().filter(|p| others.contains(&p.id)) {
        let Ok(restored) = storage::read_elsewhere(&place.id).await else {
            app.notices.warn(&shelf_words::not_read(lang, &place.name));
            continue;
        };
        if restored.damaged {
            app.notices.warn(lang.words().storage_broken);
        }
        let works = restored.session.works().iter();
        let same = works.filter(|w| texts.contains(w.document.text()));
        let name = shelf_words::name_of(lang, &place.name);
        compared.add(&name, same.map(|w| w.document.clone()).collect::<Vec<_>>());
    }
    compared
}

/// Whom to compare with.
#[component]
pub fn Annotators(
    app: App,
    chosen: Signal<Vec<String>>,
    set: Callback<(String, bool)>,
) -> impl IntoView {
    let here = workspaces::here();
    let places = app.shelf.places.get_untracked();
    let places = places.into_iter().filter(|p| p.id != here && p.state == PlaceState::Here);
    let mut rows = vec![(ENGINE.to_owned(), None)];
    rows.extend(places.map(|place| (place.id, Some(place.name))));
    let rows = rows.into_iter().map(|(id, name)| {
        let shown = move || match &name {
            None => app.words().export_engine.to_owned(),
            Some(name) => shelf_words::name_of(app.lang.get(), name),
        };
        let (of, is_on) = (id.clone(), move || chosen.with(|c| c.contains(&id)));
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=is_on
                    on:change=move |e| set.run((of.clone(), event_target_checked(&e)))
                />
                {shown}
            </label>
        }
    });
    view! {
        <div class="stack annotators" role="group" aria-label=move || app.words().export_with>
            <small>{move || app.words().export_with}</small>
            {rows.collect_view()}
        </div>
    }
}
