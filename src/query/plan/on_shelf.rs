//! Queries for one shelf, and for all of them.
//!
//! In: queries. Out: queries that see the statistics of one shelf, and one that asks the shelves one after the other.

use std::sync::Arc;

use tantivy::index::SegmentReader;
use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, Score, Term};

use super::bag::BagWeight;
use super::leaf::joined;
use super::shelf::{Balance, Shelf};

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
        let EnableScoring::Enabled {
            searcher,
            statistics_provider: all,
        } = scoring
        else {
            return self.query.weight(scoring);
        };
        let shelf = &self.shelf;
        let statistics = ShelfStatistics { shelf, all };
        let scoring = EnableScoring::enabled_from_statistics_provider(&statistics, searcher);
        let weight = self.query.weight(scoring)?;
        Ok(match self.balance.get() {
            1.0 => weight,
            balance => Box::new(Balanced { weight, balance }),
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

/// A weight with its scores multiplied. The engine's own asks for one passage after the other.
struct Balanced {
    weight: Box<dyn Weight>,
    balance: Score,
}

impl Weight for Balanced {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        self.weight.scorer(reader, boost * self.balance)
    }

    fn for_each(
        &self,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score),
    ) -> tantivy::Result<()> {
        let balance = self.balance;
        self.weight
            .for_each(reader, &mut |doc, score| callback(doc, score * balance))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let inner = self.weight.explain(reader, doc)?;
        let mut explanation = Explanation::new("balanced", inner.value() * self.balance);
        explanation.add_detail(inner);
        Ok(explanation)
    }
}

/// What each shelf is asked. A passage stands on one of them, so whoever wants all that match gets those of one shelf after those of
/// another, and nothing need be merged.
#[derive(Debug)]
pub(super) struct AnyShelf(Vec<Box<dyn Query>>);

impl AnyShelf {
    /// The query; the empty one where no shelf can have a match.
    pub(super) fn of(shelves: Vec<Box<dyn Query>>) -> Box<dyn Query> {
        joined(shelves, |shelves| Box::new(AnyShelf(shelves)))
    }
}

impl Clone for AnyShelf {
    fn clone(&self) -> Self {
        AnyShelf(self.0.iter().map(|query| query.box_clone()).collect())
    }
}

impl Query for AnyShelf {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weights = self.0.iter().map(|query| query.weight(scoring));
        let weights = weights.collect::<tantivy::Result<_>>()?;
        Ok(Box::new(AnyShelfWeight(BagWeight::of(weights))))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        for query in &self.0 {
            query.query_terms(visitor);
        }
    }
}

/// The shelves as ways to match, for those that ask for one passage after the other.
struct AnyShelfWeight(BagWeight);

impl Weight for AnyShelfWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        self.0.scorer(reader, boost)
    }

    fn for_each(
        &self,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score),
    ) -> tantivy::Result<()> {
        let mut shelves = self.0.ways.iter();
        shelves.try_for_each(|shelf| shelf.for_each(reader, callback))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(reader, doc)
    }
}
