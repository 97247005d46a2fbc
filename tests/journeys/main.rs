//! Journeys: what a person does on the built page, in Chromium.
//!
//! They want `dist/`, Chromium and its driver; `scripts/test` sees to all
//! three. Screenshots land in `tests/output/`.
#![cfg(not(target_arch = "wasm32"))]

mod browser;
mod desk;
mod eyes;
mod fixing;
mod hands;
mod harness;
mod keeping;
mod keys;
mod server;
mod start;
mod webdriver;
