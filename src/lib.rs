//! fumikura

pub mod document;
pub mod error;
pub mod query;

pub use document::{Block, BlockKind, Document, Metadata, Origin};
pub use error::{Error, ErrorKind, Result};
pub use query::{Complaint, Facet, FacetFilter, ParseError, Parsed, Query, YearRange};
