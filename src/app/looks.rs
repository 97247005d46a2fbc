//! What the pieces of the text look like under their spans: the lines under the
//! words, and the colour of the label's name. Few looks serve all pieces, so
//! each is a rule of the style with a class of its own.

use std::cell::RefCell;
use std::collections::BTreeMap;

use web_sys::CssStyleSheet;

use crate::scheme::SPEAKER;
use crate::session::Mark;

/// How many lines under the words are told apart; deeper spans share the last.
const LANES: usize = 4;

/// The rules that were made so far: the class of each.
struct Looks {
    /// None where the browser gives none: the words stay without lines.
    sheet: Option<CssStyleSheet>,
    classes: BTreeMap<String, String>,
}

thread_local! {
    static LOOKS: RefCell<Looks> = RefCell::new(Looks { sheet: sheet(), classes: BTreeMap::new() });
}

fn sheet() -> Option<CssStyleSheet> {
    let sheet = CssStyleSheet::new().ok()?;
    gloo::utils::document().adopted_style_sheets().push(&sheet);
    Some(sheet)
}

/// The class of a piece under `marks`; none if they show nothing here.
pub fn class(marks: &[Mark], is_drawn: impl Fn(&Mark) -> bool) -> Option<String> {
    let lined = || marks.iter().filter(|m| is_drawn(m) || m.label == SPEAKER);
    let lines: Vec<String> = lined().map(line).collect();
    let depth = lined().map(lane).max()?;
    let tag = marks.iter().find(|m| m.starts && is_drawn(m)).map(color);
    let mut rule = format!("--lines:{};--depth:{depth}", lines.join(","));
    if let Some(tag) = tag {
        rule += &format!(";--tag:{tag}");
    }
    LOOKS.with_borrow_mut(|looks| {
        let next = looks.classes.len();
        let class = looks.classes.entry(rule).or_insert_with_key(|rule| {
            let class = format!("look-{next}");
            if let Some(sheet) = &looks.sheet {
                // Where the browser refuses it, the words stay without lines.
                let _ = sheet.insert_rule(&format!(".{class}{{{rule}}}"));
            }
            class
        });
        Some(class.clone())
    })
}

/// A line under the words as a background: solid where a person stands behind
/// the span, dashed where it is proposed, dotted under a speaker.
fn line(mark: &Mark) -> String {
    let color = color(mark);
    let stripes = |on: u8, off: u8| {
        format!("repeating-linear-gradient(90deg,{color} 0 {on}px,transparent {on}px {off}px)")
    };
    let paint = match () {
        () if mark.label == SPEAKER => stripes(2, 5),
        () if mark.proposed => stripes(5, 8),
        () => format!("linear-gradient({color},{color})"),
    };
    format!("{paint} 0 calc(var(--line-at) + {}px)/100% 2px no-repeat", 4 * lane(mark))
}

fn lane(mark: &Mark) -> usize {
    mark.lane.min(LANES - 1)
}

/// The colour of a label, as the page's style names it.
fn color(mark: &Mark) -> String {
    super::theme::label_color(mark.label.as_str())
}
