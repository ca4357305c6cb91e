//! The shelves of an index: the passages of one language each. A query is read in the language of each shelf and scored with that
//! shelf's own statistics, as if the others were not there.
//!
//! In: what the index says of its shelves. Out: queries that see the statistics of one shelf. Which passages lie on it is said by their terms
//! ([`crate::schema::term`]).

use std::sync::{Arc, OnceLock};

use tantivy::Term;
use tantivy::query::{Bm25StatisticsProvider, BoostWeight, EnableScoring, Query, Weight};
use tantivy::schema::Field;

/// The passages of one language.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shelf {
    /// Their language as an ISO 639 code; empty where it is not known.
    pub(crate) language: String,
    /// Their number.
    pub(crate) passages: u64,
    /// Number of tokens in each text field.
    pub(crate) tokens: Vec<(Field, u64)>,
}

impl Shelf {
    /// A shelf without passages.
    pub(crate) fn empty(language: &str) -> Arc<Self> {
        Arc::new(Shelf {
            language: language.to_owned(),
            passages: 0,
            tokens: Vec::new(),
        })
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

/// A query for the terms of one shelf.
#[derive(Debug)]
pub(super) struct OnShelf {
    pub(super) query: Box<dyn Query>,
    pub(super) shelf: Arc<Shelf>,
    pub(super) balance: Balance,
}

impl Clone for OnShelf {
    fn clone(&self) -> Self {
        OnShelf {
            query: self.query.box_clone(),
            shelf: self.shelf.clone(),
            balance: self.balance.clone(),
        }
    }
}

impl Query for OnShelf {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weight = match scoring {
            EnableScoring::Enabled {
                searcher,
                statistics_provider: all,
            } => {
                let shelf = &self.shelf;
                let statistics = ShelfStatistics { shelf, all };
                self.query
                    .weight(EnableScoring::enabled_from_statistics_provider(
                        &statistics,
                        searcher,
                    ))?
            }
            disabled => return self.query.weight(disabled),
        };
        Ok(match self.balance.get() {
            1.0 => weight,
            balance => Box::new(BoostWeight::new(weight, balance)),
        })
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.query.query_terms(visitor);
    }
}

struct ShelfStatistics<'s> {
    shelf: &'s Shelf,
    all: &'s dyn Bm25StatisticsProvider,
}

impl Bm25StatisticsProvider for ShelfStatistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        let own = self.shelf.tokens.iter().find(|(own, _)| *own == field);
        match own {
            Some((_, tokens)) => Ok(*tokens),
            None => self.all.total_num_tokens(field),
        }
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.shelf.passages)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.all.doc_freq(term)
    }
}
