//! The JavaScript module in a page: the example that people copy.

use std::fs;
use std::path::{Path, PathBuf};

use crate::browser::Browser;

/// A site that holds the example and the module, and sends to the example.
fn site() -> PathBuf {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = Path::new(env!("CARGO_TARGET_TMPDIR")).join("module-site");
    for folder in ["examples", "dist-module"] {
        fs::create_dir_all(site.join(folder)).unwrap();
        let files = fs::read_dir(project.join(folder));
        for file in files.expect("dist-module/ is there: scripts/module builds it") {
            let file = file.unwrap();
            fs::copy(file.path(), site.join(folder).join(file.file_name())).unwrap();
        }
    }
    let refresh = "<meta http-equiv=\"refresh\" content=\"0; url=examples/module.html\">";
    let icon = "<link rel=\"icon\" href=\"data:,\">";
    fs::write(site.join("index.html"), format!("<!doctype html>{icon}{refresh}")).unwrap();
    site
}

#[test]
fn the_example_names_who_is_in_the_text() {
    let browser = Browser::start(&site());
    browser.visit();
    browser.wait_for_text("output", "Ana Roy, Lyon");
    browser.click("textarea");
    browser.press("Ctrl+a");
    browser.type_text("Louise Martin est venue de Nantes.");
    browser.wait_for_text("output", "Louise Martin, Nantes");
}
