//! Keys by their names, as WebDriver wants them pressed.

use serde_json::{Value, json};

/// The key-down and key-up steps of a chord: "Enter", "Ctrl+Shift+z", "+".
///
/// # Panics
/// If a name means no key.
pub fn chord(chord: &str) -> Vec<Value> {
    // A lone or a final "+" is the key itself.
    let mut names: Vec<&str> = match chord.strip_suffix('+') {
        Some(rest) => rest.trim_end_matches('+').split('+').filter(|n| !n.is_empty()).collect(),
        None => chord.split('+').collect(),
    };
    if chord.ends_with('+') {
        names.push("+");
    }
    let codes: Vec<char> = names.into_iter().map(code).collect();
    let down = codes.iter().map(|code| json!({ "type": "keyDown", "value": code.to_string() }));
    let up = codes.iter().rev().map(|code| json!({ "type": "keyUp", "value": code.to_string() }));
    down.chain(up).collect()
}

/// The steps that type `text`, key by key.
pub fn typed(text: &str) -> Vec<Value> {
    let keys = text.chars().map(|c| if c == '\n' { code("Enter") } else { c }.to_string());
    keys.flat_map(|key| {
        [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })]
    })
    .collect()
}

/// The code point that WebDriver (section 17.4.2) gives the key.
fn code(name: &str) -> char {
    match name {
        "Backspace" => '\u{e003}',
        "Tab" => '\u{e004}',
        "Enter" => '\u{e007}',
        "Shift" => '\u{e008}',
        "Ctrl" => '\u{e009}',
        "Alt" => '\u{e00a}',
        "Escape" => '\u{e00c}',
        "Space" => ' ',
        "PageUp" => '\u{e00e}',
        "PageDown" => '\u{e00f}',
        "End" => '\u{e010}',
        "Home" => '\u{e011}',
        "ArrowLeft" => '\u{e012}',
        "ArrowUp" => '\u{e013}',
        "ArrowRight" => '\u{e014}',
        "ArrowDown" => '\u{e015}',
        "Delete" => '\u{e017}',
        "F1" => '\u{e031}',
        "F2" => '\u{e032}',
        "Meta" => '\u{e03d}',
        _ => {
            let mut chars = name.chars();
            match (chars.next(), chars.next()) {
                (Some(key), None) => key,
                _ => panic!("\"{name}\" names no key"),
            }
        }
    }
}
