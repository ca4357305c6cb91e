//! What to search for beside the query, and what to show.
//!
//! In: what a caller wants. Out: plain data that a search reads. It checks nothing.

use crate::query::FacetFilter;

/// What to search for beside the query, and what to show.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchOptions {
    /// Number of hits on the page.
    pub limit: usize,
    /// Number of hits before the page.
    pub offset: usize,
    /// Filters: any of the values within one facet, all of the facets.
    pub filters: Vec<FacetFilter>,
    /// What comes first.
    pub sort: Sort,
    /// Whether the score of what is new grows a little; for [`Sort::Relevance`].
    pub prefer_recent: bool,
    /// How many of the best passages are looked at more closely (`docs/ranking.md`); with 0 they are ranked by the sum of their terms. It
    /// must be the same for all pages, or a passage could stand on two of them.
    pub rescored: usize,
    /// At most this many passages of one document; 0 for no limit.
    pub per_document: usize,
    /// Whether near copies of a hit in other documents are listed with it; otherwise they are hits of their own. Totals and counts are
    /// the same.
    pub fold_duplicates: bool,
    /// Longest snippet, in characters.
    pub snippet_chars: usize,
    /// Whether passages are counted per facet value.
    pub facet_counts: bool,
    /// Whether the answer says how the query was read, and each hit what its score rests on.
    pub explain: bool,
    /// Language of facet labels: `ja`, `en`, `ja_JP.UTF-8`.
    pub locale: String,
}

impl Default for SearchOptions {
    fn default() -> Self {
        SearchOptions {
            limit: 10,
            offset: 0,
            filters: Vec::new(),
            sort: Sort::Relevance,
            prefer_recent: false,
            rescored: 100,
            per_document: 0,
            fold_duplicates: false,
            snippet_chars: 160,
            facet_counts: true,
            explain: false,
            locale: "en".to_owned(),
        }
    }
}

/// What comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// What answers best.
    #[default]
    Relevance,
    /// What is newest, by the date of its document, among passages that have every word of the query, or any if none has all. Behind
    /// them what has no date, by the last year it speaks of.
    Newest,
}

impl SearchOptions {
    /// The first `limit` hits, everything else as by default.
    pub fn top(limit: usize) -> Self {
        SearchOptions {
            limit,
            ..SearchOptions::default()
        }
    }
}
