//! Where the terms of a query stand in the best passages.
//!
//! In: a field, terms, candidates in the order of their addresses. Out: [`Occurrences`], read from the postings of the candidates alone. It
//! rates nothing.

use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, Term};

use super::super::collect::Candidate;

/// Occurrences of terms in one field of each candidate.
pub(super) struct Occurrences {
    terms: usize,
    /// How often each term stands in each candidate, candidate by candidate.
    counts: Vec<u32>,
    /// Where the positions of each of them end in `positions`; in order of terms, not of candidates.
    spans: Vec<(u32, u32)>,
    positions: Vec<u32>,
    lengths: Vec<u32>,
    average_length: f32,
}

impl Occurrences {
    /// Reads how often the terms stand in the candidates, and where if `positions` are wanted.
    pub(super) fn read(
        searcher: &Searcher,
        field: Field,
        average_length: f32,
        terms: &[Term],
        candidates: &[Candidate],
        positions: bool,
    ) -> tantivy::Result<Self> {
        let size = terms.len() * candidates.len();
        let mut read = Occurrences {
            terms: terms.len(),
            counts: vec![0; size],
            spans: vec![(0, 0); if positions { size } else { 0 }],
            positions: Vec::new(),
            lengths: Vec::with_capacity(candidates.len()),
            average_length,
        };
        for segment in candidates.chunk_by(|a, b| a.address.segment_ord == b.address.segment_ord) {
            read.read_segment(searcher, field, terms, segment)?;
        }
        Ok(read)
    }

    fn read_segment(
        &mut self,
        searcher: &Searcher,
        field: Field,
        terms: &[Term],
        candidates: &[Candidate],
    ) -> tantivy::Result<()> {
        let reader = searcher.segment_reader(candidates[0].address.segment_ord);
        let lengths = reader.get_fieldnorms_reader(field)?;
        let first = self.lengths.len();
        let docs = candidates.iter().map(|candidate| candidate.address.doc_id);
        self.lengths
            .extend(docs.clone().map(|doc| lengths.fieldnorm(doc)));
        let index = reader.inverted_index(field)?;
        let with_positions = !self.spans.is_empty();
        let option = match with_positions {
            true => IndexRecordOption::WithFreqsAndPositions,
            false => IndexRecordOption::WithFreqs,
        };
        let mut places = Vec::new();
        for (at, term) in terms.iter().enumerate() {
            let Some(mut postings) = index.read_postings(term, option)? else {
                continue;
            };
            for (candidate, doc) in (first..).zip(docs.clone()) {
                if postings.doc() < doc && postings.seek(doc) == tantivy::TERMINATED {
                    break;
                }
                if postings.doc() != doc {
                    continue;
                }
                let cell = candidate * self.terms + at;
                self.counts[cell] = postings.term_freq();
                if with_positions {
                    postings.positions(&mut places);
                    let start = self.positions.len() as u32;
                    self.positions.extend_from_slice(&places);
                    self.spans[cell] = (start, self.positions.len() as u32);
                }
            }
        }
        Ok(())
    }

    /// Counts other terms, where all of them are, for those of these terms that are not there.
    pub(super) fn stand_in(&mut self, terms: &[usize], others: &Occurrences) {
        for candidate in 0..self.lengths.len() {
            let there = (0..others.terms).map(|at| others.counts[candidate * others.terms + at]);
            let there = there.min().unwrap_or_default();
            for term in terms {
                let count = &mut self.counts[candidate * self.terms + term];
                if *count == 0 {
                    *count = there;
                }
            }
        }
    }

    /// How often a term stands in a candidate.
    pub(super) fn count(&self, candidate: usize, term: usize) -> f32 {
        self.counts[candidate * self.terms + term] as f32
    }

    /// Whether a term stands in a candidate.
    pub(super) fn has(&self, candidate: usize, term: usize) -> bool {
        self.counts[candidate * self.terms + term] > 0
    }

    /// Where a term stands in a candidate, in order.
    pub(super) fn positions(&self, candidate: usize, term: usize) -> &[u32] {
        let (start, end) = self.spans[candidate * self.terms + term];
        &self.positions[start as usize..end as usize]
    }

    /// Number of terms of the field in a candidate.
    pub(super) fn length(&self, candidate: usize) -> f32 {
        self.lengths[candidate] as f32
    }

    /// Number of terms of the field in a passage on average.
    pub(super) fn average_length(&self) -> f32 {
        self.average_length
    }
}
