//! Journeys: what a person does on the built page, in Chromium.
//!
//! They want `dist/`, Chromium and its driver; `scripts/test` sees to all
//! three. Screenshots land in `tests/output/`.
#![cfg(not(target_arch = "wasm32"))]

mod agreement;
mod bad_input;
mod browser;
mod converting;
mod desk;
mod eyes;
mod fixing;
mod formats;
mod hands;
mod harness;
mod keeping;
mod keyboard;
mod keys;
mod looks;
mod measure;
mod module;
mod offline;
mod paste;
mod queue;
mod room;
mod scheme;
mod server;
mod single_file;
mod start;
mod tabs;
mod webdriver;
mod workspaces;
