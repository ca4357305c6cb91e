//! fumikura

pub mod analysis;
pub mod document;
pub mod error;
pub mod evaluation;
pub mod facet;
pub mod hit;
pub mod index;
pub mod language;
mod offsets;
pub mod passage;
pub mod query;
pub mod render;
mod schema;
pub mod search;
mod snippet;
pub mod source;

pub use analysis::{
    Analysis, Analyzer, Dictionary, DictionaryInfo, Fingerprint, Token, TokenKind, Tokens,
};
pub use document::{Block, BlockKind, Document, Metadata, Origin};
pub use error::{Error, ErrorKind, Result};
pub use facet::{Country, Facets, Finder, Found, Provenance};
pub use hit::{FacetCount, FacetCounts, FacetValue, Hit, Hits, Shown, Snippet, Status};
pub use index::{Added, Event, Index, IndexWriter, UpdateSummary, WriterOptions};
pub use language::Language;
pub use passage::{Passage, Passages, passages};
pub use query::{Complaint, Facet, FacetFilter, ParseError, Parsed, Query, YearRange};
pub use search::{SearchOptions, Searcher};
pub use source::{Documents, Source, Walk};

/// The Rust code of both READMEs compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
#[doc = include_str!("../README.ja.md")]
struct Readme;
