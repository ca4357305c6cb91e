//! One pass over the matching passages: the best of them, their number, and counts per facet value.
//!
//! In: resolved filters. Out: [`Collected`]. Filters are applied here and not in the query, because the counts of a facet must not be
//! narrowed by that facet's own filter: a passage that fails one filter alone still counts for that filter's facet (what Lucene
//! calls drill-sideways). Every match is visited: with counts wanted that is no extra work, and for questions of many words it is
//! quicker than skipping (see `docs/ranking.md`).

use std::collections::HashMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::facet_column::{FacetColumn, Filter};
use crate::index::ORDINAL_BITS;
use crate::query::Facet;

/// The facets in the order of the arrays below.
pub(super) const FACETS: [Facet; 4] = [Facet::Country, Facet::Year, Facet::Topic, Facet::Language];

/// A filter for each facet of [`FACETS`], if it is narrowed.
pub(super) type Filters = [Option<Filter>; 4];

/// Collects candidates and counts.
#[derive(Debug)]
pub(super) struct PassageCollector<'f> {
    /// Number of candidates to keep.
    pub(super) limit: usize,
    pub(super) filters: &'f Filters,
    /// Whether facet values are counted.
    pub(super) counts: bool,
}

/// A passage that may be shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    pub(super) score: Score,
    pub(super) address: DocAddress,
    /// Ties are broken by this, see the field `order`.
    pub(super) order: u64,
}

impl Candidate {
    /// What the passages of one document have in common.
    pub(super) fn document(&self) -> u64 {
        self.order >> ORDINAL_BITS
    }
}

/// What a search over an index, or a segment of it, gives.
#[derive(Debug, Default)]
pub(super) struct Collected {
    /// The best passages, best first.
    pub(super) candidates: Vec<Candidate>,
    /// Number of passages that match.
    pub(super) total: usize,
    /// Per facet of [`FACETS`], passages per value (years as decimal numbers, others as encoded paths).
    pub(super) counts: [HashMap<String, usize>; 4],
}

impl Collector for PassageCollector<'_> {
    type Fruit = Collected;
    type Child = SegmentPassages;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentPassages> {
        let columns = reader.fast_fields();
        let mut facets = Vec::with_capacity(FACETS.len());
        for (facet, filter) in FACETS.iter().zip(self.filters) {
            facets.push(FacetColumn::open(reader, *facet, filter.as_ref())?);
        }
        Ok(SegmentPassages {
            segment,
            limit: self.limit,
            order: columns.u64("order")?,
            filtered: self.filters.iter().any(Option::is_some),
            counts: self.counts,
            facets,
            best: Vec::new(),
            threshold: (Score::NEG_INFINITY, 0),
            total: 0,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.limit > 0
    }

    fn merge_fruits(&self, fruits: Vec<tantivy::Result<Collected>>) -> tantivy::Result<Collected> {
        let mut all = Collected::default();
        for fruit in fruits {
            let fruit = fruit?;
            all.candidates.extend(fruit.candidates);
            all.total += fruit.total;
            for (all, counts) in all.counts.iter_mut().zip(fruit.counts) {
                for (value, count) in counts {
                    *all.entry(value).or_default() += count;
                }
            }
        }
        sort(&mut all.candidates);
        all.candidates.truncate(self.limit);
        Ok(all)
    }
}

/// Best first; equal scores in an order that does not depend on how the index came about.
pub(super) fn sort(candidates: &mut [Candidate]) {
    candidates.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.order.cmp(&b.order)));
}

/// Collects from one segment.
pub(super) struct SegmentPassages {
    segment: SegmentOrdinal,
    limit: usize,
    order: Column<u64>,
    filtered: bool,
    counts: bool,
    facets: Vec<FacetColumn>,
    /// Up to twice the limit, cut back to the best when full.
    best: Vec<(Score, u64, DocId)>,
    /// Score and order of the last of them when they were cut back; what comes behind it is not among the best.
    threshold: (Score, u64),
    total: usize,
}

impl SegmentPassages {
    fn cut_back(&mut self) {
        self.best.select_nth_unstable_by(self.limit - 1, |a, b| {
            b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))
        });
        self.best.truncate(self.limit);
        let (score, order, _) = self.best[self.limit - 1];
        self.threshold = (score, order);
    }
}

impl SegmentCollector for SegmentPassages {
    type Fruit = tantivy::Result<Collected>;

    fn collect(&mut self, doc: DocId, score: Score) {
        if self.filtered {
            let mut failed = self.facets.iter_mut().filter(|facet| !facet.passes(doc));
            if let Some(facet) = failed.next() {
                if self.counts && failed.next().is_none() {
                    facet.count(doc);
                }
                return;
            }
        }
        self.total += 1;
        if self.counts {
            for facet in &mut self.facets {
                facet.count(doc);
            }
        }
        if self.limit > 0 && score >= self.threshold.0 {
            let order = self.order.first(doc).unwrap_or(0);
            if score > self.threshold.0 || order < self.threshold.1 {
                self.best.push((score, order, doc));
                if self.best.len() == 2 * self.limit {
                    self.cut_back();
                }
            }
        }
    }

    fn harvest(mut self) -> tantivy::Result<Collected> {
        if self.limit > 0 && self.best.len() > self.limit {
            self.cut_back();
        }
        let candidates = self.best.iter().map(|&(score, order, doc)| Candidate {
            score,
            address: DocAddress::new(self.segment, doc),
            order,
        });
        let mut collected = Collected {
            candidates: candidates.collect(),
            total: self.total,
            ..Collected::default()
        };
        for (facet, counts) in self.facets.iter().zip(&mut collected.counts) {
            *counts = facet.counts()?;
        }
        Ok(collected)
    }
}
