//! What a person does at the page, and on what kind of device.

use std::fs;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::eyes::Point;
use crate::keys;

/// What a person points with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    /// A mouse.
    Mouse,
    /// A finger.
    Finger,
}

impl Browser {
    /// Clicks the first visible element that matches.
    #[track_caller]
    pub fn click(&self, css: &str) {
        self.click_on(css, "");
    }

    /// Clicks the first visible element that matches and whose text or
    /// accessible name contains `part`.
    #[track_caller]
    pub fn click_on(&self, css: &str, part: &str) {
        let point = self.point_of(css, part);
        self.point_with(Pointer::Mouse, &[point]);
    }

    /// Clicks into the text of `css`, at the start of `part`.
    #[track_caller]
    pub fn click_in_text(&self, css: &str, part: &str) {
        let (start, _) = self.ends_of(css, part);
        self.point_with(Pointer::Mouse, &[start]);
    }

    /// Clicks twice into the text of `css`, at the start of `part`.
    #[track_caller]
    pub fn double_click_in_text(&self, css: &str, part: &str) {
        let (start, _) = self.ends_of(css, part);
        let press = [
            json!({ "type": "pointerDown", "button": 0 }),
            json!({ "type": "pointerUp", "button": 0 }),
        ];
        let steps: Vec<Value> =
            [move_to(start)].into_iter().chain(press.clone()).chain(press).collect();
        self.perform(json!([{ "type": "pointer", "id": "mouse", "actions": steps }]));
    }

    /// Selects the stretch `part` of the text of `css` with the mouse.
    #[track_caller]
    pub fn select(&self, css: &str, part: &str) {
        let (start, end) = self.ends_of(css, part);
        self.drag(start, end);
    }

    /// Drags with the mouse.
    pub fn drag(&self, from: Point, to: Point) {
        self.point_with(Pointer::Mouse, &[from, to]);
    }

    /// Moves the mouse there without pressing it.
    pub fn hover(&self, at: Point) {
        self.perform(json!([{ "type": "pointer", "id": "mouse", "actions": [move_to(at)] }]));
    }

    /// Presses at the first of `points`, moves through the others and lets
    /// go: one point is a click or a tap.
    pub fn point_with(&self, pointer: Pointer, points: &[Point]) {
        let kind = match pointer {
            Pointer::Mouse => "mouse",
            Pointer::Finger => "touch",
        };
        let mut steps = vec![move_to(points[0]), json!({ "type": "pointerDown", "button": 0 })];
        for pair in points.windows(2) {
            // Halfway too: a drag that jumps is one that no hand makes.
            let half = Point { x: (pair[0].x + pair[1].x) / 2.0, y: (pair[0].y + pair[1].y) / 2.0 };
            steps.extend([move_to(half), move_to(pair[1])]);
        }
        steps.push(json!({ "type": "pointerUp", "button": 0 }));
        self.perform(json!([
            { "type": "pointer", "id": kind, "parameters": { "pointerType": kind }, "actions": steps }
        ]));
    }

    /// Presses a key or a chord: "Enter", "é", "Ctrl+Shift+z".
    pub fn press(&self, chord: &str) {
        self.perform(json!([{ "type": "key", "id": "keys", "actions": keys::chord(chord) }]));
    }

    /// Keeps a key down ("Shift", "Ctrl") while `act` is done.
    pub fn holding(&self, key: &str, act: impl FnOnce()) {
        let [down, up] = <[Value; 2]>::try_from(keys::chord(key)).expect("it is one key");
        self.perform(json!([{ "type": "key", "id": "keys", "actions": [down] }]));
        act();
        self.perform(json!([{ "type": "key", "id": "keys", "actions": [up] }]));
    }

    /// Types `text` into what has the focus.
    pub fn type_text(&self, text: &str) {
        self.perform(json!([{ "type": "key", "id": "keys", "actions": keys::typed(text) }]));
    }

    /// Puts `text` on the clipboard and presses Ctrl+V.
    pub fn paste(&self, text: &str) {
        self.copy(text);
        self.press("Ctrl+v");
    }

    /// Puts `text` on the clipboard, as another program does.
    pub fn copy(&self, text: &str) {
        for name in ["clipboard-read", "clipboard-write"] {
            let permission = json!({ "permission": { "name": name }, "setting": "granted" });
            self.devtools("Browser.setPermission", &permission);
        }
        // The clipboard is for the window in front, which a window without a screen never is.
        self.devtools("Emulation.setFocusEmulationEnabled", &json!({ "enabled": true }));
        let body = "const done = arguments[1]; navigator.clipboard.writeText(arguments[0]).then(() => done(null), e => done(String(e)))";
        let error = self.script_later(body, &[json!(text)]);
        assert!(error.is_null(), "the clipboard takes no text: {error}");
    }

    /// Chooses a file, with this name and content, in the file input `css`.
    pub fn choose_file(&self, css: &str, name: &str, content: &[u8]) {
        let path = self.folder.join(name);
        fs::write(&path, content).unwrap();
        let input = self.post("/element", &json!({ "using": "css selector", "value": css }));
        let id = input.as_object().and_then(|element| element.values().next()?.as_str());
        let path = path.to_str().expect("the folder's name is plain");
        self.post(&format!("/element/{}/value", id.unwrap()), &json!({ "text": path }));
    }

    /// Drops a file, with this name and content, on the element `css`.
    pub fn drop_file(&self, css: &str, name: &str, content: &[u8]) {
        let body = "
            const [css, name, bytes] = arguments;
            const it = document.querySelector(css), dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
            for (const type of ['dragenter', 'dragover', 'drop'])
              it.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));";
        self.script(body, &[json!(css), json!(name), json!(content)]);
    }

    /// The file that the page gave for download: its name and content. Each
    /// call takes one.
    #[track_caller]
    pub fn download(&self) -> (String, Vec<u8>) {
        let folder = self.folder.join("downloads");
        let mut found = None;
        self.wait("a download", || {
            let files = fs::read_dir(&folder).unwrap().flatten().map(|entry| entry.path());
            // Chromium writes under another name until a file is whole.
            found = files.filter(|path| path.extension().is_none_or(|e| e != "crdownload")).min();
            // Nor does it leave the empty file empty that keeps the name free.
            found.as_ref().is_some_and(|path| {
                !path.to_string_lossy().contains(".org.chromium.")
                    && fs::metadata(path).is_ok_and(|file| file.len() > 0)
            })
        });
        let path = found.expect("the wait ends with one");
        let content = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), content)
    }

    /// Makes the window this large, in CSS pixels.
    pub fn resize(&self, width: u32, height: u32) {
        self.set_screen(width, height, false);
    }

    /// Makes the window a phone's, with touch in place of a mouse.
    pub fn as_phone(&self, width: u32, height: u32) {
        self.set_screen(width, height, true);
        self.devtools("Emulation.setTouchEmulationEnabled", &json!({ "enabled": true }));
    }

    fn set_screen(&self, width: u32, height: u32, mobile: bool) {
        let screen =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
        self.devtools("Emulation.setDeviceMetricsOverride", &screen);
    }

    /// Sets media features that the person prefers:
    /// `[("prefers-color-scheme", "dark")]`.
    pub fn prefer(&self, features: &[(&str, &str)]) {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.devtools("Emulation.setEmulatedMedia", &json!({ "features": features }));
    }

    #[track_caller]
    fn perform(&self, actions: Value) {
        self.post("/actions", &json!({ "actions": actions }));
    }
}

fn move_to(at: Point) -> Value {
    json!({ "type": "pointerMove", "duration": 30, "origin": "viewport", "x": at.x.round(), "y": at.y.round() })
}
