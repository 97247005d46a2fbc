//! The W3C WebDriver protocol as far as the journeys need it: JSON over HTTP
//! to a chromedriver that this process starts and ends. Written out, because
//! the client crates bring an asynchronous HTTP stack of some fifty crates
//! for what is one blocking exchange a command.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;

use serde_json::Value;

/// One browser window under one chromedriver. Both end when it is dropped.
pub struct Session {
    driver: Child,
    port: u16,
    id: String,
    browser: u64,
}

impl Session {
    /// Starts chromedriver on a free port and a browser with `capabilities`.
    ///
    /// # Panics
    /// If either does not start.
    pub fn start(capabilities: &Value) -> Self {
        // The port that it picks may be taken on the other IP version: it ends then.
        let (driver, port) =
            (0..5).find_map(|_| start_driver()).expect("chromedriver says its port");
        let mut session = Self { driver, port, id: String::new(), browser: 0 };
        let answer = session
            .request("POST", "/session", &serde_json::json!({ "capabilities": capabilities }))
            .unwrap_or_else(|error| {
                panic!("Chromium does not start ({error}): scripts/test installs it")
            });
        session.id = answer["sessionId"].as_str().expect("a session has an id").to_owned();
        session.browser = answer["capabilities"]["goog:processID"].as_u64().unwrap_or(0);
        session
    }

    /// Ends the browser's process at once; every further request fails.
    ///
    /// # Panics
    /// If the driver did not tell the process.
    pub fn kill_browser(&self) {
        assert_ne!(self.browser, 0, "the driver tells the browser's process");
        let id = self.browser.to_string();
        let killed = Command::new("kill").args(["-KILL", &id]).status().expect("kill starts");
        assert!(killed.success(), "the browser's process {id} was not there");
    }

    /// `POST`s `body` to the session's `path` and returns the value.
    ///
    /// # Errors
    /// The driver's error and message.
    pub fn post(&self, path: &str, body: &Value) -> Result<Value, String> {
        self.request("POST", &format!("/session/{}{path}", self.id), body)
    }

    /// `GET`s the session's `path`.
    ///
    /// # Errors
    /// The driver's error and message.
    pub fn get(&self, path: &str) -> Result<Value, String> {
        self.request("GET", &format!("/session/{}{path}", self.id), &Value::Null)
    }

    /// `DELETE`s the session's `path`.
    ///
    /// # Errors
    /// The driver's error and message.
    pub fn delete(&self, path: &str) -> Result<Value, String> {
        self.request("DELETE", &format!("/session/{}{path}", self.id), &Value::Null)
    }

    fn request(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let (status, answer) =
            exchange(self.port, method, path, body).map_err(|error| error.to_string())?;
        let mut answer: Value = serde_json::from_slice(&answer).map_err(|e| e.to_string())?;
        let value = answer["value"].take();
        if status == 200 {
            return Ok(value);
        }
        // The first line; what follows is the driver's own stack.
        let message = value["message"].as_str().and_then(|all| all.lines().next());
        Err(format!(
            "{}: {}",
            value["error"].as_str().unwrap_or("error"),
            message.unwrap_or_default()
        ))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Ends the browser; then the driver, by its process id.
        let _ = self.delete("");
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// A chromedriver and its port; nothing if it ended without one.
fn start_driver() -> Option<(Child, u16)> {
    let mut driver = Command::new("chromedriver")
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| {
            panic!("chromedriver does not start ({error}): scripts/test installs it")
        });
    let mut said = BufReader::new(driver.stdout.take().expect("its output is piped")).lines();
    let port = said.by_ref().map_while(Result::ok).find_map(|line| {
        let port = line.split("successfully on port ").nth(1)?;
        port.trim_end_matches('.').parse().ok()
    });
    let Some(port) = port else {
        // It ended by itself.
        let _ = driver.wait();
        return None;
    };
    // Read away what else it says, or it would wait for a reader.
    thread::spawn(move || said.for_each(drop));
    Some((driver, port))
}

/// One HTTP request; returns the status and the body.
fn exchange(port: u16, method: &str, path: &str, body: &Value) -> std::io::Result<(u16, Vec<u8>)> {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )?;
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        match line.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().unwrap_or(0);
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut answer = vec![0; length];
    reader.read_exact(&mut answer)?;
    Ok((status, answer))
}
