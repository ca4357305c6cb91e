//! fumikura

pub mod analysis;
pub mod document;
pub mod error;
mod offsets;
pub mod passage;

pub use analysis::{
    Analysis, Analyzer, Dictionary, DictionaryInfo, Fingerprint, Token, TokenKind, Tokens,
};
pub use document::{Block, BlockKind, Document, Metadata, Origin};
pub use error::{Error, ErrorKind, Result};
pub use passage::{Passage, Passages, passages};
