//! The page, and in a worker of the page its engine: the same module runs
//! twice, so that what both need is downloaded once.

#[cfg(target_arch = "wasm32")]
mod page {
    use guillemet::app::later::Later;
    use leptos::wasm_split::{SplitLoaderError, wasm_split};

    pub fn main() {
        console_error_panic_hook::set_once();
        match web_sys::window() {
            Some(_) => guillemet::app::start(|| Box::pin(later())),
            None => guillemet::app::worker::serve(),
        }
    }

    /// Where the module is split: what only this calls is loaded when it is
    /// first called.
    #[wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
    fn later() -> Result<Later, SplitLoaderError> {
        Ok(Later::here())
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {
    page::main();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("the page runs in a browser: scripts/serve builds and serves it");
    std::process::exit(2);
}
