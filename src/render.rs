//! Rendering: hits for people and for programs.
//!
//! In: [`Hits`] and a writer. Out: text. [`Plain`] is for a terminal or a pager, [`Json`] is the one line of JSON that
//! `fumikura search --json` prints. What comes from files is made harmless here: no control character reaches a terminal.

mod json;
mod plain;
mod wrap;

pub use json::Json;
pub use plain::{Plain, PlainOptions, sanitize};

#[cfg(doc)]
use crate::hit::Hits;
