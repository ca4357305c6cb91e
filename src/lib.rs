//! fumikura

pub mod document;
pub mod error;

pub use document::{Block, BlockKind, Document, Metadata, Origin};
pub use error::{Error, ErrorKind, Result};
