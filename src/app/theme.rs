//! Light and dark, and the colours of labels.
//!
//! One palette: `light-dark()` in the style picks by `color-scheme`, which
//! follows the system until the person says otherwise. The labels' colours
//! are the scheme's, as far as they can be read; the dark ones are derived from
//! them.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Storage};

use super::words::Lang;
use crate::scheme::{Scheme, color};

const THEME: &str = "guillemet.theme";
const LANG: &str = "guillemet.lang";

/// The language to start with: the one chosen earlier, or the browser's.
pub fn first_language() -> Lang {
    let chosen = chosen(LANG);
    let browser = gloo::utils::window().navigator().language().unwrap_or_default();
    chosen.and_then(|tag| Lang::from_tag(&tag)).unwrap_or_else(|| Lang::of_browser(&browser))
}

/// Remembers the language, and tells the browser.
pub fn set_language(lang: Lang) {
    choose(LANG, lang.tag());
    if let Some(root) = root() {
        root.set_lang(lang.tag());
    }
}

/// Takes the theme that was chosen earlier.
pub fn restore() {
    if let Some(theme) = chosen(THEME) {
        apply(&theme);
    }
}

/// From light to dark or back.
pub fn toggle() {
    let dark = root().and_then(|r| r.get_attribute("data-theme")).map_or_else(
        || {
            let query = gloo::utils::window().match_media("(prefers-color-scheme: dark)");
            query.ok().flatten().is_some_and(|q| q.matches())
        },
        |theme| theme == "dark",
    );
    let theme = if dark { "light" } else { "dark" };
    apply(theme);
    choose(THEME, theme);
}

/// What the person chose earlier.
pub fn chosen(what: &str) -> Option<String> {
    preferences()?.get_item(what).ok().flatten()
}

/// Remembers a choice.
pub fn choose(what: &str, value: &str) {
    if let Some(preferences) = preferences() {
        // Without room the choice holds for this visit.
        let _ = preferences.set_item(what, value);
    }
}

/// Nothing where the browser forbids it: to ask is an error there.
fn preferences() -> Option<Storage> {
    gloo::utils::window().local_storage().ok().flatten()
}

fn apply(theme: &str) {
    if let Some(root) = root() {
        // The name and the value are plain words.
        let _ = root.set_attribute("data-theme", theme);
    }
}

/// Gives the style the colours of the labels.
pub fn set_label_colors(scheme: &Scheme) {
    let Some(root) = root() else { return };
    for def in &scheme.labels {
        let shown = (color::on_light(&def.color), color::on_dark(&def.color));
        let (Some(light), Some(dark)) = shown else { continue };
        let value = format!("light-dark({light}, {dark})");
        // Where the browser refuses it, the fallback stays.
        let _ = root.style().set_property(&property(def.name.as_str()), &value);
    }
}

/// The colour of a label, as a value in the style.
pub fn label_color(label: &str) -> String {
    format!("var({}, var(--soft))", property(label))
}

fn property(label: &str) -> String {
    // A custom property takes letters, digits, hyphens and all beyond ASCII.
    let safe = |c: char| if c.is_ascii() && !c.is_ascii_alphanumeric() { '_' } else { c };
    format!("--label-{}", label.chars().map(safe).collect::<String>())
}

fn root() -> Option<HtmlElement> {
    gloo::utils::document().document_element().and_then(|e| e.dyn_into().ok())
}
