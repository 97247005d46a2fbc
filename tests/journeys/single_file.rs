//! The page as one file, opened from a disk without any network.

use std::path::Path;

use crate::browser::Browser;
use crate::desk::{LINES, TEXT, told};

#[test]
fn one_file_from_a_disk_does_the_work() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("dist-single/guillemet.html");
    assert!(file.is_file(), "dist-single/ has no page: scripts/single-file makes it");
    let browser = Browser::open_file(&file);
    browser.wait_for("textarea");
    browser.paste(TEXT);
    browser.wait_for(".piece.tagged");
    assert_eq!(browser.attribute("html", "data-engine").as_deref(), Some("worker"));
    browser.select(LINES, "bateau gris");
    browser.press("4");
    let before = browser.document();
    assert!(told(&before).contains(&"bateau gris MISC".to_owned()), "{:#?}", told(&before));
    browser.reload();
    browser.wait_for(".chunk");
    assert_eq!(browser.document(), before);
    assert_eq!(browser.count(".notice"), 0);
}
