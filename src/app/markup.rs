//! HTML as text, for what a document has hundreds of: the browser's own parser
//! draws it in one call, where a call for each element takes many times as long.

use std::fmt::Write;

use crate::formats::xml;

/// HTML that is being written; what is put into it is escaped.
#[derive(Default)]
pub struct Html(String);

impl Html {
    /// Begins an element.
    pub fn open(&mut self, tag: &str, attributes: &[(&str, &str)]) -> &mut Self {
        self.0 += "<";
        self.0 += tag;
        for (name, value) in attributes {
            // A String takes all that is written to it.
            let _ = write!(self.0, " {name}=\"{}\"", xml::escape(value));
        }
        self.0 += ">";
        self
    }

    /// Ends the element that was begun as `tag`.
    pub fn close(&mut self, tag: &str) -> &mut Self {
        let _ = write!(self.0, "</{tag}>");
        self
    }

    /// The words of an element, to the character: the parser leaves NUL out, so
    /// it shows as the sign for what cannot be shown, which is as long.
    pub fn text(&mut self, words: &str) -> &mut Self {
        self.0 += &xml::escape(words).replace('\0', "\u{fffd}");
        self
    }

    /// An element that holds words alone.
    pub fn element(&mut self, tag: &str, class: &str, words: &str) -> &mut Self {
        self.open(tag, &[("class", class)]).text(words).close(tag)
    }

    /// What was written.
    pub fn end(self) -> String {
        self.0
    }
}
