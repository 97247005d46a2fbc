//! A list whose rows stay as they are while their keys do: Leptos's `For`,
//! compiled once for all lists of the page instead of once for each.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use leptos::prelude::*;

struct Row {
    key: u64,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

/// A row for each item; see [`For`].
#[component]
pub fn Each<Items, Item, Key, View>(
    /// The items, in order.
    each: impl Fn() -> Items + Send + 'static,
    /// What tells an item from the others.
    key: impl Fn(&Item) -> Key + Send + 'static,
    /// The view of an item.
    children: impl Fn(Item) -> View + Send + Sync + 'static,
) -> impl IntoView
where
    Items: IntoIterator<Item = Item>,
    Item: Send + 'static,
    Key: Hash,
    View: IntoView + 'static,
{
    let children = Arc::new(children);
    let row = move |item: Item| {
        let mut hasher = DefaultHasher::new();
        key(&item).hash(&mut hasher);
        let children = children.clone();
        Row { key: hasher.finish(), draw: Box::new(move || children(item).into_any()) }
    };
    list(Box::new(move || each().into_iter().map(&row).collect()))
}

fn list(rows: Box<dyn Fn() -> Vec<Row> + Send>) -> AnyView {
    view! { <For each=rows key=|row| row.key children=|row| (row.draw)() /> }.into_any()
}
