//! The page, and in a worker of the page its engine: the same module runs
//! twice, so that what both need is downloaded once.

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    match web_sys::window() {
        Some(_) => guillemet::app::start(),
        None => guillemet::app::worker::serve(),
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("the page runs in a browser: scripts/serve builds and serves it");
    std::process::exit(2);
}
