//! Years that a query names: a question about 2024 prefers passages of that year, in whatever words they say it.
//!
//! In: the years of a query, candidates. Out: the share of them that each candidate has, times what the query is worth.

use tantivy::columnar::Column;

use super::super::collect::Candidate;
use super::SecondStage;
use super::evidence::{EVIDENCE, Evidence};
use crate::query::Facet;

/// Place in the evidence.
const YEAR: usize = EVIDENCE.len() - 1;

/// Adds what the candidates have of the years a query names.
pub(super) fn add(
    stage: &SecondStage<'_>,
    information: f32,
    candidates: &[Candidate],
    evidence: &mut [Evidence],
) -> tantivy::Result<()> {
    if stage.years.is_empty() {
        return Ok(());
    }
    let is_named = |value: &i64| {
        stage
            .years
            .iter()
            .any(|year| i64::from(year.value) == *value)
    };
    let mut first = 0;
    for segment in candidates.chunk_by(|a, b| a.address.segment_ord == b.address.segment_ord) {
        let reader = stage
            .searcher
            .segment_reader(segment[0].address.segment_ord);
        let column: Column<i64> = reader.fast_fields().i64(Facet::Year.name())?;
        for (candidate, evidence) in segment.iter().zip(&mut evidence[first..]) {
            let own = column.values_for_doc(candidate.address.doc_id);
            let found = own.filter(is_named).count();
            evidence[YEAR] = information * found as f32 / stage.years.len() as f32;
        }
        first += segment.len();
    }
    Ok(())
}
