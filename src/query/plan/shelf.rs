//! The shelves of an index: the passages of one language each. A query is read in the language of each shelf and scored with that
//! shelf's own statistics, as if the others were not there.
//!
//! In: what the index says of its shelves. Out: statistics. Which passages lie on a shelf is said by their terms
//! ([`crate::schema::term`]).

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use tantivy::schema::Field;

use crate::schema::AFTER_LANGUAGE;

/// The passages of one language.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shelf {
    /// Their language as an ISO 639 code; empty where it is not known.
    pub(crate) language: String,
    /// Their number.
    pub(crate) passages: u64,
    /// Number of tokens in each text field.
    pub(crate) tokens: Vec<(Field, u64)>,
    /// All terms of its passages, their language included, where the shelf is so small that hardly any query has one of them; none for
    /// others. A few passages in a stray language are in most indexes, and need not be looked up in.
    pub(crate) terms: Option<HashSet<Box<[u8]>>>,
}

impl Shelf {
    /// A shelf without passages.
    pub(crate) fn empty(language: &str) -> Arc<Self> {
        Arc::new(Shelf {
            language: language.to_owned(),
            passages: 0,
            tokens: Vec::new(),
            terms: None,
        })
    }

    /// Whether a term, its language included, is one of this shelf that no passage has.
    pub(crate) fn lacks(&self, term: &[u8]) -> bool {
        let Some(terms) = &self.terms else {
            return false;
        };
        let behind_language = term.strip_prefix(self.language.as_bytes());
        let is_own =
            behind_language.is_some_and(|text| text.first() == Some(&(AFTER_LANGUAGE as u8)));
        is_own && !terms.contains(term)
    }

    /// Number of tokens that a passage has in a text field, on average.
    pub(crate) fn average_length(&self, field: Field) -> f32 {
        let own = self.tokens.iter().find(|(own, _)| *own == field);
        let tokens = own.map_or(0, |(_, tokens)| *tokens);
        (tokens as f32 / self.passages.max(1) as f32).max(f32::MIN_POSITIVE)
    }

    /// How rare a term is that so many of its passages have: BM25's inverse document frequency (Robertson and Zaragoza 2009), as the engine
    /// computes it.
    pub(crate) fn idf(&self, found: u64) -> f32 {
        let (passages, found) = (self.passages as f32, found.min(self.passages) as f32);
        (1.0 + (passages - found + 0.5) / (found + 0.5)).ln()
    }

    /// The language for the analyzer.
    pub(crate) fn language(&self) -> Option<&str> {
        Some(self.language.as_str()).filter(|language| !language.is_empty())
    }
}

/// What the scores of a shelf for a query are multiplied by, to be compared with those of other shelves; known when the query was read
/// for all of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Balance(Arc<OnceLock<f32>>);

impl Balance {
    pub(crate) fn get(&self) -> f32 {
        self.0.get().copied().unwrap_or(1.0)
    }

    /// Decides it, once.
    pub(crate) fn set(&self, balance: f32) {
        self.0.get_or_init(|| balance);
    }
}
