//! fumikura

pub mod document;
pub mod error;
pub mod source;

pub use document::{Block, BlockKind, Document, Metadata, Origin};
pub use error::{Error, ErrorKind, Result};
pub use source::{Documents, Source, Walk};
