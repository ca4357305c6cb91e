//! Facets that a query names: a question about 2024 prefers passages of that year, one about Vietnam those about Vietnam, in
//! whatever words they say it.
//!
//! In: the countries and years of a query, candidates. Out: the share of them that each candidate has, times what the query is worth.

use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::Facet as EngineFacet;

use super::super::collect::Candidate;
use super::SecondStage;
use super::evidence::{EVIDENCE, Evidence};
use crate::query::Facet;

/// Places in the evidence.
const COUNTRY: usize = EVIDENCE.len() - 2;
const YEAR: usize = EVIDENCE.len() - 1;

/// Adds what the candidates have of the facets a query names.
pub(super) fn add(
    stage: &SecondStage<'_>,
    information: f32,
    candidates: &[Candidate],
    evidence: &mut [Evidence],
) -> tantivy::Result<()> {
    let (countries, years) = (&stage.named.countries, &stage.named.years);
    if countries.is_empty() && years.is_empty() {
        return Ok(());
    }
    let mut first = 0;
    for segment in candidates.chunk_by(|a, b| a.address.segment_ord == b.address.segment_ord) {
        let reader = stage
            .searcher
            .segment_reader(segment[0].address.segment_ord);
        let columns = reader.fast_fields();
        let year: Column<i64> = columns.i64(Facet::Year.name())?;
        let country = columns.str(Facet::Country.name())?;
        let known = known_countries(stage, country.as_ref())?;
        for (candidate, evidence) in segment.iter().zip(&mut evidence[first..]) {
            let doc = candidate.address.doc_id;
            if let Some(column) = country.as_ref().filter(|_| !countries.is_empty()) {
                let found = column.ords().values_for_doc(doc);
                let found = found.filter(|ord| known.contains(ord)).count();
                evidence[COUNTRY] = information * found as f32 / countries.len() as f32;
            }
            if !years.is_empty() {
                let is_named =
                    |value: &i64| years.iter().any(|year| i64::from(year.value) == *value);
                let found = year.values_for_doc(doc).filter(is_named).count();
                evidence[YEAR] = information * found as f32 / years.len() as f32;
            }
        }
        first += segment.len();
    }
    Ok(())
}

/// The numbers of the named countries in a segment.
fn known_countries(
    stage: &SecondStage<'_>,
    column: Option<&StrColumn>,
) -> tantivy::Result<Vec<u64>> {
    let Some(column) = column else {
        return Ok(Vec::new());
    };
    let mut known = Vec::new();
    for country in &stage.named.countries {
        let path = EngineFacet::from_path([country.value.to_string()]);
        known.extend(column.dictionary().term_ord(path.encoded_str())?);
    }
    Ok(known)
}
