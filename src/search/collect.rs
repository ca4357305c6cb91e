//! One pass over the matching passages: the best of them, their number, and counts per facet value.
//!
//! In: resolved filters. Out: [`Collected`]. Filters are applied here and not in the query, because the counts of a facet must not be
//! narrowed by that facet's own filter: a passage that fails one filter alone still counts for that filter's facet (what Lucene
//! calls drill-sideways). Every match is visited: with counts wanted that is no extra work, and for questions of many words it is
//! quicker than skipping (see `docs/ranking.md`).

use std::cmp::Ordering;
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::facet_column::{Filter, NarrowedFacet};
use super::facet_rows::FacetRows;
use super::recency::Recency;
use crate::analysis::Signature;
use crate::index::ORDINAL_BITS;
use crate::query::Facet;

/// The facets in the order of the arrays below.
pub(super) const FACETS: [Facet; 4] = [Facet::Country, Facet::Year, Facet::Topic, Facet::Language];

/// A filter for each facet of [`FACETS`], if it is narrowed.
pub(super) type Filters = [Option<Filter>; 4];

/// The facets of [`FACETS`] that are narrowed or counted.
pub(super) type Facets = [Option<NarrowedFacet>; 4];

/// Collects candidates and counts.
#[derive(Debug)]
pub(super) struct PassageCollector<'f> {
    /// Number of candidates to keep.
    pub(super) limit: usize,
    pub(super) facets: &'f Facets,
    /// Whether facet values are counted.
    pub(super) counts: bool,
    /// All of them in one row for each passage, for a search that narrows none.
    pub(super) rows: Option<&'f Arc<FacetRows>>,
    /// Whether the newest are the best, whatever their scores.
    pub(super) newest: bool,
    /// What is left out, with its near copies.
    pub(super) left_out: Option<LeftOut>,
}

/// A passage that is known already.
#[derive(Debug, Clone, Copy)]
pub(super) struct LeftOut {
    pub(super) address: DocAddress,
    pub(super) signature: Option<Signature>,
}

/// A passage that may be shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    /// How recent it is, where that decides the order; 0 elsewhere.
    pub(super) recency: u32,
    pub(super) score: Score,
    pub(super) address: DocAddress,
    /// Ties are broken by this, see the field `order`.
    pub(super) order: u64,
    /// None for short passages.
    pub(super) signature: Option<Signature>,
}

impl Candidate {
    /// What the passages of one document have in common.
    pub(super) fn document(&self) -> u64 {
        self.order >> ORDINAL_BITS
    }

    /// Better ones first; equal ones in an order that does not depend on how the index came about.
    fn place(&self, other: &Candidate) -> Ordering {
        (other.recency.cmp(&self.recency))
            .then(other.score.total_cmp(&self.score))
            .then(self.order.cmp(&other.order))
    }
}

/// What a search over an index, or a segment of it, gives.
#[derive(Debug, Default)]
pub(super) struct Collected {
    /// The best passages, best first.
    pub(super) candidates: Vec<Candidate>,
    /// Number of passages that match.
    pub(super) total: usize,
    /// Of these, passages without a date; counted where the newest come first.
    pub(super) undated: usize,
    /// Per facet of [`FACETS`], passages per value by its code; empty where nothing was counted.
    pub(super) counts: [Vec<usize>; 4],
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
        let counted = |facet: &NarrowedFacet| CountedFacet {
            facet: facet.clone(),
            counts: match self.counts {
                true => vec![0; facet.column.values().len()],
                false => Vec::new(),
            },
        };
        let facets = self
            .facets
            .each_ref()
            .map(|facet| facet.as_ref().map(counted));
        Ok(SegmentPassages {
            segment,
            limit: self.limit,
            order: columns.u64("order")?,
            signature: columns.u64("signature")?,
            recency: self.newest.then(|| Recency::open(reader)).transpose()?,
            left_out: self.left_out,
            narrowed: self.facets.iter().flatten().any(NarrowedFacet::is_narrowed),
            counts: self.counts,
            rows: self.rows.map(|rows| (rows.clone(), rows.zeros())),
            facets,
            best: Vec::new(),
            threshold: None,
            total: 0,
            undated: 0,
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
            all.undated += fruit.undated;
            for (all, counts) in all.counts.iter_mut().zip(fruit.counts) {
                all.resize(counts.len(), 0);
                all.iter_mut()
                    .zip(counts)
                    .for_each(|(all, count)| *all += count);
            }
        }
        sort(&mut all.candidates);
        all.candidates.truncate(self.limit);
        Ok(all)
    }
}

/// Best first.
pub(super) fn sort(candidates: &mut [Candidate]) {
    candidates.sort_unstable_by(Candidate::place);
}

/// A facet and its counts by code; no counts where none are wanted.
struct CountedFacet {
    facet: NarrowedFacet,
    counts: Vec<usize>,
}

impl CountedFacet {
    fn count(&mut self, segment: SegmentOrdinal, doc: DocId) {
        for &code in self.facet.codes(segment, doc) {
            self.counts[code as usize] += 1;
        }
    }
}

/// Collects from one segment.
pub(super) struct SegmentPassages {
    segment: SegmentOrdinal,
    limit: usize,
    order: Column<u64>,
    signature: Column<u64>,
    recency: Option<Recency>,
    left_out: Option<LeftOut>,
    narrowed: bool,
    counts: bool,
    /// Where no facet is narrowed, and all are counted: their codes and counts.
    rows: Option<(Arc<FacetRows>, Vec<u32>)>,
    /// For each of [`FACETS`] that is narrowed or counted.
    facets: [Option<CountedFacet>; 4],
    /// Up to twice the limit, cut back to the best when full.
    best: Vec<Candidate>,
    /// The last of them when they were cut back; what comes behind it is not among the best.
    threshold: Option<Candidate>,
    total: usize,
    undated: usize,
}

impl SegmentPassages {
    fn cut_back(&mut self) {
        self.best
            .select_nth_unstable_by(self.limit - 1, Candidate::place);
        self.best.truncate(self.limit);
        self.threshold = self.best.last().copied();
    }

    fn signature(&self, doc: DocId) -> Option<Signature> {
        self.signature.first(doc).map(Signature)
    }

    fn is(&self, left_out: LeftOut, doc: DocId) -> bool {
        let near = left_out.signature.zip(self.signature(doc));
        left_out.address == DocAddress::new(self.segment, doc)
            || near.is_some_and(|(known, other)| known.is_near(other))
    }

    /// Keeps a passage if it is among the best so far.
    fn consider(&mut self, doc: DocId, score: Score) {
        let recency = self.recency.as_ref().map_or(0, |recency| recency.of(doc));
        if let Some(last) = &self.threshold
            && (recency, score) < (last.recency, last.score)
        {
            return;
        }
        let candidate = Candidate {
            recency,
            score,
            address: DocAddress::new(self.segment, doc),
            order: self.order.first(doc).unwrap_or(0),
            signature: None,
        };
        if self
            .threshold
            .is_none_or(|last| candidate.place(&last).is_lt())
        {
            self.best.push(candidate);
            if self.best.len() == 2 * self.limit {
                self.cut_back();
            }
        }
    }
}

impl SegmentCollector for SegmentPassages {
    type Fruit = tantivy::Result<Collected>;

    fn collect(&mut self, doc: DocId, score: Score) {
        if self.left_out.is_some_and(|left_out| self.is(left_out, doc)) {
            return;
        }
        let segment = self.segment;
        if self.narrowed {
            let facets = self.facets.iter_mut().flatten();
            let mut failed = facets.filter(|counted| !counted.facet.passes(segment, doc));
            if let Some(facet) = failed.next() {
                if self.counts && failed.next().is_none() {
                    facet.count(segment, doc);
                }
                return;
            }
        }
        self.total += 1;
        if let Some((rows, counts)) = &mut self.rows {
            rows.count(segment, doc, counts);
        } else if self.counts {
            for facet in self.facets.iter_mut().flatten() {
                facet.count(segment, doc);
            }
        }
        if self
            .recency
            .as_ref()
            .is_some_and(|recency| !recency.is_dated(doc))
        {
            self.undated += 1;
        }
        if self.limit > 0 {
            self.consider(doc, score);
        }
    }

    fn harvest(mut self) -> tantivy::Result<Collected> {
        if self.limit > 0 && self.best.len() > self.limit {
            self.cut_back();
        }
        let mut candidates = std::mem::take(&mut self.best);
        for candidate in &mut candidates {
            candidate.signature = self.signature(candidate.address.doc_id);
        }
        if let Some((rows, counts)) = &self.rows {
            for (facet, counts) in self.facets.iter_mut().flatten().zip(rows.split(counts)) {
                facet.counts = counts;
            }
        }
        Ok(Collected {
            candidates,
            total: self.total,
            undated: self.undated,
            counts: (self.facets).map(|facet| facet.map_or_else(Vec::new, |facet| facet.counts)),
        })
    }
}
