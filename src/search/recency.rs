//! How recent passages are: an order by date, and a mild preference for what is new.
//!
//! In: the date of a document and the years a passage speaks of. Out: a number that grows with time, or a score that does. The day
//! on which one asks plays no part, so the same index always answers alike.

use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

use super::collect::Candidate;
use crate::hit::ScorePart;
use crate::query::{Clause, Occur, Query};

/// What the newest passage gains at most, as a share of its score.
const GAIN: f32 = 0.2;
/// Years after which half of the gain is left.
const HALF_LIFE_YEARS: f32 = 3.0;
/// In front of what has a date; below it are years.
const DATED: u32 = 1 << 31;

/// The dates of a segment.
pub(super) struct Recency {
    date: Column<i64>,
    year: Column<i64>,
}

impl Recency {
    pub(super) fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        Ok(Recency {
            date: columns.i64("date")?,
            year: columns.i64("year")?,
        })
    }

    /// More for what is newer: first by the date of the document; behind all that have one by the last year the passage speaks of.
    pub(super) fn of(&self, doc: DocId) -> u32 {
        let number = |value: i64| u32::try_from(value).unwrap_or(0);
        match self.date.first(doc) {
            Some(date) => DATED | number(date),
            None => number(self.year.values_for_doc(doc).max().unwrap_or(0)),
        }
    }

    pub(super) fn is_dated(&self, doc: DocId) -> bool {
        self.date.first(doc).is_some()
    }

    /// The date in years, to a day or so.
    fn years(&self, doc: DocId) -> Option<f32> {
        let date = self.date.first(doc)?;
        let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
        Some(year as f32 + (month - 1).max(0) as f32 / 12.0 + (day - 1).max(0) as f32 / 365.0)
    }
}

/// Raises the score of what is new: by `GAIN · 2^(−age / HALF_LIFE)` of itself, where the age counts from the newest of the
/// candidates. What has no date stays as it is. Gives the part of the score that this makes, for each that gained.
pub(super) fn prefer(
    searcher: &Searcher,
    candidates: &mut [Candidate],
) -> tantivy::Result<Vec<(DocAddress, ScorePart)>> {
    let mut dates = Vec::with_capacity(candidates.len());
    for segment in candidates.chunk_by(|a, b| a.address.segment_ord == b.address.segment_ord) {
        let recency = Recency::open(searcher.segment_reader(segment[0].address.segment_ord))?;
        let docs = segment.iter().map(|candidate| candidate.address.doc_id);
        dates.extend(docs.map(|doc| recency.years(doc)));
    }
    let newest = dates.iter().flatten().copied().fold(f32::MIN, f32::max);
    let mut gained = Vec::with_capacity(candidates.len());
    for (candidate, date) in candidates.iter_mut().zip(dates) {
        if let Some(date) = date {
            let gain = GAIN * (-(newest - date) / HALF_LIFE_YEARS).exp2();
            gained.push((
                candidate.address,
                ScorePart::new("recency", candidate.score, gain),
            ));
            candidate.score += candidate.score * gain;
        }
    }
    Ok(gained)
}

/// The query with its running text required, where that is what is wished for.
pub(super) fn every_word(query: Query) -> Query {
    let must = |query| Clause {
        occur: Occur::Must,
        query,
    };
    let mut clauses = match query {
        Query::Boolean(clauses) => clauses,
        query => return Query::Boolean(vec![must(query)]),
    };
    let mut wished = clauses
        .iter_mut()
        .filter(|clause| clause.occur == Occur::Should);
    if let (Some(text), None) = (wished.next(), wished.next()) {
        text.occur = Occur::Must;
    }
    Query::Boolean(clauses)
}
