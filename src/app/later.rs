//! What no page needs at first sight, the dialogs and all that reads files: a
//! module of its own beside the page's, loaded when it is first wanted.
//! `scripts/finish-dist` parts the two; what both use stays in the page's.

use std::pin::Pin;
use std::sync::OnceLock;

use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;

use super::arrivals::{self, Incoming};
use super::backup::Restore;
use super::document_card::DocumentCard;
use super::export::Export;
use super::help::Help;
use super::import::{self, ImportDialog};
use super::scheme::SchemeDialog;
use super::shelf::Workspaces;
use super::state::{App, Overlay};
use crate::formats::converter::Packet;

/// The ways into what is loaded later; handles, cheap to copy.
#[derive(Clone, Copy)]
pub struct Later {
    /// Draws what lies over the page.
    pub(super) overlay: fn(App, Overlay) -> AnyView,
    /// Opens files together.
    pub(super) files: fn(App, Vec<Incoming>),
    /// Opens what was pasted and is a file.
    pub(super) pasted: fn(App, Packet),
}

/// Loads it where it is not yet there. It is the page's program that is split:
/// the others of this crate have none of it.
pub type Loader = fn() -> Pin<Box<dyn Future<Output = Result<Later, SplitLoaderError>>>>;

/// What the page's program gave.
pub(super) static LOADER: OnceLock<Loader> = OnceLock::new();

impl Later {
    /// Called from within what is loaded later, and from nowhere else.
    pub fn here() -> Self {
        Self { overlay, files: arrivals::take, pasted: import::pasted }
    }
}

/// Loads it, once; `None`, and a word to the person, where that fails.
pub async fn load(app: App) -> Option<Later> {
    let loaded = LOADER.get()?().await;
    if loaded.is_err() {
        app.notices.warn(app.lang.get_untracked().words().not_loaded);
    }
    loaded.ok()
}

fn overlay(app: App, overlay: Overlay) -> AnyView {
    match overlay {
        Overlay::Help => view! { <Help app /> }.into_any(),
        Overlay::Export => view! { <Export app /> }.into_any(),
        Overlay::Workspaces => view! { <Workspaces app /> }.into_any(),
        Overlay::Scheme => view! { <SchemeDialog app /> }.into_any(),
        Overlay::Restore => view! { <Restore app /> }.into_any(),
        Overlay::Import => view! { <ImportDialog app /> }.into_any(),
        Overlay::Document => view! { <DocumentCard app /> }.into_any(),
        // The page draws these itself.
        Overlay::None | Overlay::Who(_) => ().into_any(),
    }
}
