//! What a person does, on real sentences: each command, and what is shown.

mod commands;
mod desk;
mod entities;
mod queue;
mod quotations;
mod reform;
mod view;
