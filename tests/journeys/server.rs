//! A static file server for the built page, over the standard library alone:
//! `scripts/serve` runs it for people and the journeys run it in their own
//! process, where it also remembers every request, refuses files on demand,
//! and as the browser's proxy refuses every other host.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

/// A running server. Its thread ends with the process.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    root: PathBuf,
    mount: String,
    log: Mutex<Log>,
}

#[derive(Default)]
struct Log {
    requests: Vec<String>,
    denied: Vec<String>,
    is_away: bool,
}

impl Server {
    /// Serves the files of `root` below the path `mount` ("/" or "/some/where/")
    /// on 127.0.0.1; port 0 takes any free one.
    ///
    /// # Errors
    /// If the port is taken.
    pub fn start(root: &Path, mount: &str, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            root: root.to_owned(),
            mount: mount.to_owned(),
            log: Mutex::default(),
        });
        let served = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&served);
                // A browser that hangs up in the middle is its own affair.
                thread::spawn(move || shared.answer(&stream).ok());
            }
        });
        Ok(Self { address, shared })
    }

    /// Host and port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where the page is.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.shared.mount)
    }

    /// The path and query of every request so far.
    pub fn requests(&self) -> Vec<String> {
        self.shared.log().requests.clone()
    }

    /// From now on answers nothing, as a network that is not there.
    pub fn go_away(&self) {
        self.shared.log().is_away = true;
    }

    /// From now on answers 404 for each path and query that contains `part`.
    pub fn deny(&self, part: &str) {
        self.shared.log().denied.push(part.to_owned());
    }

    /// From now on answers all that there is again.
    pub fn deny_nothing(&self) {
        self.shared.log().denied.clear();
    }
}

impl Shared {
    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().expect("no thread panics with the log in hand")
    }

    fn answer(&self, stream: &TcpStream) -> io::Result<()> {
        let mut lines = BufReader::new(stream).lines();
        let request = lines.next().unwrap_or(Ok(String::new()))?;
        // The headers are read away: closing over unread bytes would reset the connection.
        for line in lines {
            if line?.is_empty() {
                break;
            }
        }
        let mut words = request.split(' ');
        let (Some(method), Some(target)) = (words.next(), words.next()) else { return Ok(()) };
        if !target.starts_with('/') {
            return respond(stream, "502 Bad Gateway", "text/plain", b"");
        }
        let denied = {
            let mut log = self.log();
            if log.is_away {
                return Ok(());
            }
            log.requests.push(target.to_owned());
            log.denied.iter().any(|part| target.contains(part))
        };
        let file = self.file(target).filter(|_| !denied && matches!(method, "GET" | "HEAD"));
        match file.and_then(|file| Some((std::fs::read(&file).ok()?, file))) {
            Some((body, file)) => respond(stream, "200 OK", media_type(&file), &body),
            None => respond(stream, "404 Not Found", "text/plain", b"no such file"),
        }
    }

    /// The file that a path and query mean; none for one outside the root.
    fn file(&self, target: &str) -> Option<PathBuf> {
        let path = target.split(['?', '#']).next()?.strip_prefix(&self.mount)?;
        let path = Path::new(if path.is_empty() { "index.html" } else { path });
        path.components()
            .all(|part| matches!(part, Component::Normal(_)))
            .then(|| self.root.join(path))
    }
}

fn respond(mut stream: &TcpStream, status: &str, media_type: &str, body: &[u8]) -> io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\n\
         Cache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(body)
}

/// Browsers compile WebAssembly while it loads only under its own media type,
/// and run scripts only under theirs.
fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json" | "webmanifest") => "application/json",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
