//! Serves a folder on 127.0.0.1: `serve FOLDER PORT`.

#[path = "../tests/journeys/server.rs"]
#[allow(dead_code, reason = "the journeys use the rest")]
mod server;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, port] = arguments.as_slice() else {
        eprintln!("usage: serve FOLDER PORT");
        return ExitCode::from(2);
    };
    let Ok(port) = port.parse() else {
        eprintln!("\"{port}\" is no port: give a number from 0 to 65535");
        return ExitCode::from(2);
    };
    match server::Server::start(Path::new(folder), "/", port) {
        Ok(server) => {
            println!("{} (Ctrl+C ends)", server.url());
            loop {
                std::thread::park();
            }
        }
        Err(error) => {
            eprintln!("port {port} cannot be served: {error}; give another one");
            ExitCode::FAILURE
        }
    }
}
