//! What the page shows a person, and where.

use serde_json::{Value, json};

use crate::browser::Browser;

/// A place in the window, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

impl Browser {
    /// How many elements match.
    pub fn count(&self, css: &str) -> usize {
        let count =
            self.script("return document.querySelectorAll(arguments[0]).length", &[json!(css)]);
        count.as_u64().unwrap_or(0) as usize
    }

    /// The text of each matching element, as rendered.
    pub fn texts(&self, css: &str) -> Vec<String> {
        let body = "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText)";
        serde_json::from_value(self.script(body, &[json!(css)])).unwrap()
    }

    /// The text of the first matching element, once there is one.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        self.wait(&format!("an element {css}"), || self.count(css) > 0);
        self.texts(css).swap_remove(0)
    }

    /// An attribute of the first matching element.
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        let body = "return document.querySelector(arguments[0])?.getAttribute(arguments[1])";
        self.script(body, &[json!(css), json!(name)]).as_str().map(str::to_owned)
    }

    /// A property of the first matching element ("value", "checked").
    pub fn property(&self, css: &str, name: &str) -> Value {
        let body = "return document.querySelector(arguments[0])?.[arguments[1]]";
        self.script(body, &[json!(css), json!(name)])
    }

    /// Whether an element matches and takes up room on the page.
    pub fn is_visible(&self, css: &str) -> bool {
        let body = "return [...document.querySelectorAll(arguments[0])].some(e => e.checkVisibility() && e.getClientRects().length > 0)";
        self.script(body, &[json!(css)]) == true
    }

    /// Waits until an element matches and is visible.
    #[track_caller]
    pub fn wait_for(&self, css: &str) {
        self.wait(&format!("a visible {css}"), || self.is_visible(css));
    }

    /// Waits until some matching element shows `part`.
    #[track_caller]
    pub fn wait_for_text(&self, css: &str, part: &str) {
        self.wait(&format!("\"{part}\" in {css}"), || {
            self.texts(css).iter().any(|text| text.contains(part))
        });
    }

    /// What the person has selected.
    pub fn selected_text(&self) -> String {
        let text = self.script("return String(getSelection())", &[]);
        text.as_str().unwrap_or_default().to_owned()
    }

    /// The middle of the first matching visible element whose text or
    /// accessible name contains `part` ("" for any), scrolled into view.
    #[track_caller]
    pub fn point_of(&self, css: &str, part: &str) -> Point {
        let body = "
            const [css, part] = arguments;
            const named = e => [e.innerText, e.ariaLabel, e.title, e.value].some(t => typeof t === 'string' && t.includes(part));
            const it = [...document.querySelectorAll(css)].find(e => named(e) && e.checkVisibility());
            if (!it) return null;
            it.scrollIntoView({ block: 'nearest', behavior: 'instant' });
            const { x, y, width, height } = it.getBoundingClientRect();
            return [x + width / 2, y + height / 2];";
        self.points(&format!("a visible {css} with \"{part}\""), body, &[json!(css), json!(part)])
            [0]
    }

    /// Where the stretch `part` of the text of `css` begins and ends, in the
    /// middle of its first and last line.
    #[track_caller]
    pub fn ends_of(&self, css: &str, part: &str) -> (Point, Point) {
        let body = "
            const [css, part] = arguments;
            for (const root of document.querySelectorAll(css)) {
              const at = root.textContent.indexOf(part);
              if (at < 0) continue;
              const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
              const range = document.createRange();
              let before = 0, open = false;
              for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const end = before + node.length;
                if (!open && at < end) { range.setStart(node, at - before); open = true; }
                if (at + part.length <= end) { range.setEnd(node, at + part.length - before); break; }
                before = end;
              }
              range.startContainer.parentElement.scrollIntoView({ block: 'nearest', behavior: 'instant' });
              const boxes = [...range.getClientRects()].filter(b => b.width > 0);
              const [a, z] = [boxes[0], boxes.at(-1)];
              return [a.left + 1, (a.top + a.bottom) / 2, z.right, (z.top + z.bottom) / 2];
            }
            return null;";
        let ends = self.points(
            &format!("\"{part}\" in the text of {css}"),
            body,
            &[json!(css), json!(part)],
        );
        (ends[0], ends[1])
    }

    #[track_caller]
    fn points(&self, what: &str, body: &str, arguments: &[Value]) -> Vec<Point> {
        let mut found = Vec::new();
        self.wait(what, || {
            let numbers = self.script(body, arguments);
            let numbers: Vec<f64> = serde_json::from_value(numbers).unwrap_or_default();
            found = numbers.chunks_exact(2).map(|p| Point { x: p[0], y: p[1] }).collect();
            !found.is_empty()
        });
        found
    }
}
