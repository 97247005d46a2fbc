//! Which key does what. Pure, so that it is tested without a browser; the
//! page translates its events to [`Press`] and carries [`Action`]s out.

use super::select::{Edge, Move};

/// One press of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press<'k> {
    /// `KeyboardEvent.key`: what the layout gives.
    pub key: &'k str,
    /// `KeyboardEvent.code`: the place on the keyboard, by which the digits
    /// are read (a French layout gives them only with Shift).
    pub code: &'k str,
    /// Ctrl, or Cmd on a Mac.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Alt, or Option on a Mac.
    pub alt: bool,
}

/// What the person is at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeyContext {
    /// A span is in focus.
    pub span: bool,
    /// The span in focus is a quotation.
    pub quotation: bool,
    /// A stretch of text is selected.
    pub range: bool,
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Move or extend the selection.
    Select(Move),
    /// Move a bound of the span in focus.
    Resize(Edge, Move),
    /// To the next proposal (`true`) or the one before.
    Review(bool),
    /// To the next document (`true`) or the one before.
    Document(bool),
    /// Say that the document is done, or that it is not.
    Done,
    /// Write a remark on the span in focus, or on the document.
    Remark,
    /// Search the documents.
    Search,
    /// Accept the span in focus and go on.
    Accept,
    /// Remove the span in focus and go on.
    Remove,
    /// Give the label that has this key.
    Label(char),
    /// Make the selection a quotation.
    Quote,
    /// Make the selection the cue of the quotation in focus last.
    Cue,
    /// Make the selection the speaker, or ask who speaks.
    Speaker,
    /// Ask who a mention is about.
    Who,
    /// To the next kind of quotation.
    Kind,
    /// The same label wherever the words stand.
    Everywhere,
    /// By words, or by characters.
    Exact,
    /// Take the last step back.
    Undo,
    /// Do it again.
    Redo,
    /// Accept all proposals.
    AcceptAll,
    /// Write the file.
    Export,
    /// Leave what is selected.
    Leave,
    /// Show the keys.
    Help,
}

/// What a press in the text asks for, if anything.
pub fn action(press: Press<'_>, at: KeyContext) -> Option<Action> {
    if press.command {
        return command(press);
    }
    if press.alt && !press.key.starts_with("Arrow") {
        return None;
    }
    if let Some(arrow) = press.key.strip_prefix("Arrow") {
        return arrows(arrow, press, at);
    }
    if let Some(digit) = press.code.strip_prefix("Digit").or(press.code.strip_prefix("Numpad"))
        && let Some(digit) = digit.chars().next().filter(char::is_ascii_digit)
    {
        return Some(Action::Label(digit));
    }
    Some(match press.key {
        "Tab" => Action::Review(!press.shift),
        "Enter" if at.span => Action::Accept,
        "Enter" => Action::Review(true),
        "Backspace" | "Delete" if at.span => Action::Remove,
        "Escape" => Action::Leave,
        "/" => Action::Search,
        "?" => Action::Help,
        key => return letter(key, at),
    })
}

fn command(press: Press<'_>) -> Option<Action> {
    match (press.key, press.shift) {
        ("z", false) => Some(Action::Undo),
        ("z" | "Z", true) | ("y", false) => Some(Action::Redo),
        ("s", false) => Some(Action::Export),
        ("Enter", false) => Some(Action::AcceptAll),
        _ => None,
    }
}

fn arrows(arrow: &str, press: Press<'_>, at: KeyContext) -> Option<Action> {
    let on_span = at.span && !at.range;
    Some(match (arrow, press.shift, press.alt) {
        ("Left", true, true) if on_span => Action::Resize(Edge::Start, Move::Back),
        ("Right", true, true) if on_span => Action::Resize(Edge::Start, Move::Forth),
        ("Left", true, false) if on_span => Action::Resize(Edge::End, Move::Back),
        ("Right", true, false) if on_span => Action::Resize(Edge::End, Move::Forth),
        ("Left", true, _) => Action::Select(Move::Shrink),
        ("Right", true, _) => Action::Select(Move::Extend),
        ("Left", false, false) => Action::Select(Move::Back),
        ("Right", false, false) => Action::Select(Move::Forth),
        ("Up", false, true) => Action::Document(false),
        ("Down", false, true) => Action::Document(true),
        ("Up", false, false) => Action::Select(Move::LineBack),
        ("Down", false, false) => Action::Select(Move::LineForth),
        _ => return None,
    })
}

fn letter(key: &str, at: KeyContext) -> Option<Action> {
    let mut chars = key.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return None };
    Some(match c.to_ascii_lowercase() {
        'q' => Action::Quote,
        'c' => Action::Cue,
        's' => Action::Speaker,
        'e' if at.span => Action::Who,
        'k' if at.quotation => Action::Kind,
        't' if at.span => Action::Everywhere,
        'x' => Action::Exact,
        'd' => Action::Done,
        'r' => Action::Remark,
        'n' => Action::Review(true),
        'p' => Action::Review(false),
        c if c.is_alphanumeric() => Action::Label(c),
        _ => return None,
    })
}

/// Whether a key can give a label: whatever the person is at, it means nothing
/// else. What is typed for it is a digit or a small letter.
pub fn is_free_key(key: char) -> bool {
    let code = if key.is_ascii_digit() { format!("Digit{key}") } else { String::new() };
    let text = key.to_string();
    let press = Press { key: &text, code: &code, command: false, shift: false, alt: false };
    [(false, false), (true, false), (true, true)].into_iter().all(|(span, quotation)| {
        let at = KeyContext { span, quotation, range: false };
        action(press, at) == Some(Action::Label(key))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &'static str, code: &'static str) -> Press<'static> {
        Press { key, code, command: false, shift: false, alt: false }
    }

    const SPAN: KeyContext = KeyContext { span: true, quotation: false, range: false };

    #[test]
    fn digits_work_on_a_french_keyboard() {
        let azerty = action(press("&", "Digit1"), KeyContext::default());
        assert_eq!(azerty, Some(Action::Label('1')));
        assert_eq!(action(press("1", "Numpad1"), SPAN), Some(Action::Label('1')));
    }

    #[test]
    fn arrows_select_or_resize() {
        let right = Press { shift: true, ..press("ArrowRight", "ArrowRight") };
        assert_eq!(action(right, SPAN), Some(Action::Resize(Edge::End, Move::Forth)));
        assert_eq!(action(right, KeyContext::default()), Some(Action::Select(Move::Extend)));
        let start = Press { alt: true, ..right };
        assert_eq!(action(start, SPAN), Some(Action::Resize(Edge::Start, Move::Forth)));
    }

    #[test]
    fn keys_of_labels_are_no_others() {
        assert!(['0', '7', 'a', 'é'].into_iter().all(is_free_key));
        let taken = ['q', 'c', 's', 'e', 'k', 't', 'x', 'n', 'p', '?', ' ', 'A'];
        assert!(!taken.into_iter().any(is_free_key));
    }

    #[test]
    fn documents_have_keys_of_their_own() {
        let down = Press { alt: true, ..press("ArrowDown", "ArrowDown") };
        assert_eq!(action(down, SPAN), Some(Action::Document(true)));
        let up = Press { alt: true, ..press("ArrowUp", "ArrowUp") };
        assert_eq!(action(up, KeyContext::default()), Some(Action::Document(false)));
        assert_eq!(action(press("d", "KeyD"), SPAN), Some(Action::Done));
        assert_eq!(action(press("r", "KeyR"), SPAN), Some(Action::Remark));
        // On a French keyboard, the key of the colon with Shift.
        let slash = Press { shift: true, ..press("/", "Period") };
        assert_eq!(action(slash, SPAN), Some(Action::Search));
    }

    #[test]
    fn the_browser_keeps_its_own_keys() {
        let copy = Press { command: true, ..press("c", "KeyC") };
        assert_eq!(action(copy, SPAN), None);
        assert_eq!(action(press("F5", "F5"), SPAN), None);
        assert_eq!(action(press("Backspace", "Backspace"), KeyContext::default()), None);
    }
}
