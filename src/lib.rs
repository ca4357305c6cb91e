//! fumikura

pub mod document;
pub mod error;
pub mod facet;
pub mod language;

pub use document::{Block, BlockKind, Document, Metadata, Origin};
pub use error::{Error, ErrorKind, Result};
pub use facet::{Country, Facets, Finder, Found, Provenance};
pub use language::Language;
