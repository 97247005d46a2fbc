//! A person at the page: Chromium with a fresh profile, on the built page
//! that this process serves from a sub-folder. What the person sees is in
//! [`crate::eyes`], what they do in [`crate::hands`]; each method waits, up to
//! [`PATIENCE`], until the page is there for it.
//!
//! When a browser is dropped it checks what every journey promises: no
//! request but for the page's own files, no error and no violation of the
//! content security policy in the console.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::server::Server;
use crate::webdriver::Session;

/// How long a condition may take to come true on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Between two looks at a condition.
const GLANCE: Duration = Duration::from_millis(25);

/// The folder of the page on its host: not the root, so that an absolute
/// address in the page shows.
const MOUNT: &str = "/some/where/";

/// Chromium's log of what it asks the network, in the browser's own folder.
const NET_LOG: &str = "network.json";

/// A browser on the page.
pub struct Browser {
    /// There until the browser is dropped.
    session: Option<Session>,
    server: Server,
    /// Where the page is.
    url: String,
    pub(crate) folder: PathBuf,
    expected: Vec<String>,
}

/// A tab of a browser.
pub struct Tab(String);

impl Browser {
    /// A browser on the built page, which is loaded.
    pub fn open() -> Self {
        let browser = Self::start(&dist());
        browser.visit();
        browser
    }

    /// A browser on the built page that keeps nothing for any page, as some
    /// organisations set it.
    pub fn open_without_storage() -> Self {
        let browser = Self::start_with(&dist(), &json!({ "cookies": 2 }));
        browser.visit();
        browser
    }

    /// A browser on the page of the folder `root`, not yet visited. It has no
    /// service workers, as some have none, so that each file is asked for.
    pub fn start(root: &Path) -> Self {
        Self::start_with(root, &json!({}))
    }

    /// A browser with service workers on the page of the folder `root`, not
    /// yet visited.
    pub fn start_with_service_workers(root: &Path) -> Self {
        let browser = Self::start(root);
        // A tab that was opened since is not told to be without.
        browser.open_empty_tab();
        browser
    }

    /// A browser on a page that is a file of the disk, which is loaded.
    pub fn open_file(file: &Path) -> Self {
        let mut browser = Self::start(file.parent().expect("a file is in a folder"));
        browser.url = format!("file://{}", file.display());
        browser.server.go_away();
        browser.visit();
        browser
    }

    fn start_with(root: &Path, permissions: &Value) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("journey-{}-{number}", std::process::id()));
        for part in ["profile", "downloads"] {
            fs::create_dir_all(folder.join(part)).unwrap();
        }
        let server = Server::start(root, MOUNT, 0).unwrap();
        let session = Some(Session::start(&capabilities(&server, &folder, permissions)));
        let url = server.url();
        let browser = Self { session, server, url, folder, expected: Vec::new() };
        browser.hide_service_workers();
        browser
    }

    fn hide_service_workers(&self) {
        self.before_the_page("delete Navigator.prototype.serviceWorker");
    }

    /// Runs this JavaScript in every page before its own.
    pub fn before_the_page(&self, script: &str) {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": script }));
    }

    /// Opens the page and waits until it is loaded.
    pub fn visit(&self) {
        self.post("/url", &json!({ "url": self.url }));
    }

    /// Reloads the page past every cache.
    pub fn reload(&self) {
        self.devtools("Page.reload", &json!({ "ignoreCache": true }));
        self.wait("the page to be loaded again", || {
            self.script("return document.readyState", &[]) == "complete"
        });
    }

    /// Ends the browser as a failing machine does, and opens the page in a new
    /// one over the same profile.
    pub fn kill(&mut self) {
        self.session().kill_browser();
        self.session = None;
        self.session = Some(Session::start(&capabilities(&self.server, &self.folder, &json!({}))));
        self.hide_service_workers();
        self.visit();
    }

    /// Ends the process of the tab, and goes on in another one, still empty.
    pub fn crash_tab(&self) {
        let other = self.post("/window/new", &json!({ "type": "tab" }));
        let crash = json!({ "cmd": "Page.crash", "params": {} });
        // The driver's answer is that the tab has crashed.
        assert!(self.session().post("/goog/cdp/execute", &crash).is_err(), "the tab did not crash");
        self.post("/window", &json!({ "handle": other["handle"] }));
    }

    /// Loads the page again, as a person does.
    pub fn refresh(&self) {
        self.post("/refresh", &json!({}));
    }

    /// Opens another tab, and the page in it, and goes on there.
    pub fn open_tab(&self) -> Tab {
        let tab = self.open_empty_tab();
        self.hide_service_workers();
        self.visit();
        tab
    }

    fn open_empty_tab(&self) -> Tab {
        let other = self.post("/window/new", &json!({ "type": "tab" }));
        let tab = Tab(other["handle"].as_str().expect("a window has a handle").to_owned());
        self.go_to_tab(&tab);
        tab
    }

    /// The tab that the person is at.
    pub fn tab(&self) -> Tab {
        let handle = self.session().get("/window").unwrap();
        Tab(handle.as_str().expect("a window has a handle").to_owned())
    }

    /// Goes on in another tab.
    pub fn go_to_tab(&self, tab: &Tab) {
        self.post("/window", &json!({ "handle": tab.0 }));
        // Of windows without a screen one alone would be in front.
        self.devtools("Emulation.setFocusEmulationEnabled", &json!({ "enabled": true }));
    }

    /// Closes the tab, and goes on in another one.
    pub fn close_tab(&self, then: &Tab) {
        self.session().delete("/window").unwrap();
        self.go_to_tab(then);
    }

    /// Takes away all that the page keeps, and loads it again.
    pub fn forget_all(&self) {
        self.post("/url", &json!({ "url": "about:blank" }));
        let origin = format!("http://{}", self.server.address());
        let all = json!({ "origin": origin, "storageTypes": "all" });
        self.devtools("Storage.clearDataForOrigin", &all);
        self.visit();
    }

    /// The server of the page: what was asked of it, what it shall refuse.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// Allows errors in the console that contain `part`.
    pub fn expect_error(&mut self, part: &str) {
        self.expected.push(part.to_owned());
    }

    /// Waits until `holds`.
    ///
    /// # Panics
    /// After [`PATIENCE`], with `what` and a screenshot.
    #[track_caller]
    pub fn wait(&self, what: &str, mut holds: impl FnMut() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !holds() {
            if Instant::now() > deadline {
                let test = thread::current().name().unwrap_or("journey").replace("::", "-");
                self.screenshot(&format!("failed-{test}"));
                panic!("waited in vain for {what}; in the console: {:?}", self.console_errors());
            }
            thread::sleep(GLANCE);
        }
    }

    /// Runs the body of a JavaScript function in the page; returns what it returns.
    pub fn script(&self, body: &str, arguments: &[Value]) -> Value {
        self.post("/execute/sync", &json!({ "script": body, "args": arguments }))
    }

    /// Runs a script that ends by calling its last argument; returns what it
    /// is called with.
    pub fn script_later(&self, body: &str, arguments: &[Value]) -> Value {
        self.post("/execute/async", &json!({ "script": body, "args": arguments }))
    }

    /// Writes what the window shows to `tests/output/NAME.png`.
    pub fn screenshot(&self, name: &str) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/output");
        fs::create_dir_all(&folder).unwrap();
        let shot = self.session().get("/screenshot").unwrap();
        let bytes = base64(shot.as_str().unwrap_or_default());
        fs::write(folder.join(format!("{name}.png")), bytes).unwrap();
    }

    /// Calls a method of the DevTools protocol.
    pub fn devtools(&self, method: &str, parameters: &Value) -> Value {
        self.post("/goog/cdp/execute", &json!({ "cmd": method, "params": parameters }))
    }

    /// The errors of the console since the last call.
    pub fn console_errors(&self) -> Vec<String> {
        let entries = self.post("/se/log", &json!({ "type": "browser" }));
        let entries = entries.as_array().map(Vec::as_slice).unwrap_or_default();
        entries
            .iter()
            .filter(|entry| entry["level"] == "SEVERE")
            .filter_map(|entry| entry["message"].as_str().map(str::to_owned))
            .collect()
    }

    fn session(&self) -> &Session {
        self.session.as_ref().expect("it is there until the browser is dropped")
    }

    #[track_caller]
    pub(crate) fn post(&self, path: &str, body: &Value) -> Value {
        self.session().post(path, body).unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let mut errors = if thread::panicking() { Vec::new() } else { self.console_errors() };
        errors.retain(|error| !self.expected.iter().any(|part| error.contains(part)));
        // Chromium completes its log when it ends.
        self.session = None;
        let log = fs::read_to_string(self.folder.join(NET_LOG)).unwrap_or_default();
        fs::remove_dir_all(&self.folder).ok();
        if !thread::panicking() {
            assert!(errors.is_empty(), "errors in the console: {errors:#?}");
            let is_file = self.url.starts_with("file:");
            assert!(is_file || log.contains(&self.url), "Chromium's log lacks the page itself");
            let foreign = foreign_requests(&log, &self.server);
            assert!(foreign.is_empty(), "requests to other places: {foreign:#?}");
        }
    }
}

/// What the page or its worker asked of other places than the page's folder,
/// from Chromium's own log. That names the origin on whose behalf a request
/// is made; Chromium's calls to its makers have none.
fn foreign_requests(log: &str, server: &Server) -> Vec<String> {
    let origin = format!("http://{}", server.address());
    // One event a line.
    log.lines()
        .filter_map(|line| serde_json::from_str::<Value>(line.trim_end_matches(',')).ok())
        .filter(|event| {
            // That of a file is one of these.
            let origins = [origin.as_str(), "file://", "null"];
            event["params"]["initiator"].as_str().is_some_and(|it| origins.contains(&it))
        })
        .filter_map(|event| event["params"]["url"].as_str().map(str::to_owned))
        .filter(|url| !url.starts_with(&server.url()))
        .collect()
}

/// The folder of the built page.
///
/// # Panics
/// If it was not built.
pub fn dist() -> PathBuf {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("dist");
    assert!(dist.join("index.html").is_file(), "dist/ has no page: scripts/test builds it");
    dist
}

/// What the browser shall be; `permissions` are Chromium's content settings.
fn capabilities(server: &Server, folder: &Path, permissions: &Value) -> Value {
    json!({ "alwaysMatch": {
        "browserName": "chrome",
        "timeouts": { "script": PATIENCE.as_millis() as u64 },
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": {
            "args": [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-quic",
                "--accept-lang=fr-FR",
                // A page that was left would hold on to its storage.
                "--disable-features=BackForwardCache",
                "--window-size=1280,900",
                format!("--log-net-log={}", folder.join(NET_LOG).display()),
                // Nothing leaves this machine: the server, as a proxy, refuses.
                format!("--proxy-server={}", server.address()),
                format!("--user-data-dir={}", folder.join("profile").display()),
            ],
            "prefs": {
                "download.default_directory": folder.join("downloads"),
                "download.prompt_for_download": false,
                "profile.default_content_setting_values": permissions,
            },
        },
    }})
}

/// Decodes the standard alphabet (RFC 4648, section 4).
fn base64(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => Some(c - b'A'),
        b'a'..=b'z' => Some(c - b'a' + 26),
        b'0'..=b'9' => Some(c - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let sextets: Vec<u32> = text.bytes().filter_map(value).map(u32::from).collect();
    let mut bytes = Vec::with_capacity(sextets.len() * 3 / 4);
    for group in sextets.chunks(4) {
        let bits =
            group.iter().fold(0, |bits, sextet| bits << 6 | sextet) << (6 * (4 - group.len()));
        bytes.extend(&bits.to_be_bytes()[1..group.len()]);
    }
    bytes
}
