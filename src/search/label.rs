//! Facet values as people read them.
//!
//! In: counts by name, as columns have them. Out: counts with labels, sorted.

use std::collections::HashMap;

use tantivy::schema::Facet as EngineFacet;

use super::collect::FACETS;
use crate::error::{Error, ErrorKind, Result};
use crate::facet::{Taxonomy, label};
use crate::hit::{FacetCount, FacetCounts, FacetValue};
use crate::query::Facet;

/// The counts of every facet of [`FACETS`].
pub(super) fn all(
    counts: &[HashMap<String, usize>; 4],
    locale: &str,
    taxonomy: &Taxonomy,
) -> Result<FacetCounts> {
    let mut all = FacetCounts::default();
    for (facet, counts) in FACETS.into_iter().zip(counts) {
        let into = match facet {
            Facet::Country => &mut all.country,
            Facet::Year => &mut all.year,
            Facet::Topic => &mut all.topic,
            Facet::Language => &mut all.language,
        };
        *into = labelled(facet, counts, locale, taxonomy)?;
    }
    Ok(all)
}

/// Counts with labels: the latest year first, of other facets the most frequent value.
pub(super) fn labelled(
    facet: Facet,
    counts: &HashMap<String, usize>,
    locale: &str,
    taxonomy: &Taxonomy,
) -> Result<Vec<FacetCount>> {
    let mut labelled = Vec::with_capacity(counts.len());
    for (name, &count) in counts {
        let value = value(facet, name)?;
        let label = label_of(facet, &value, locale, taxonomy);
        labelled.push(FacetCount {
            value,
            label,
            count,
        });
    }
    labelled.sort_by(|a, b| match (&a.value, &b.value) {
        (FacetValue::Year(a), FacetValue::Year(b)) => b.cmp(a),
        _ => b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)),
    });
    Ok(labelled)
}

/// A value as a person reads it.
pub(super) fn label_of(
    facet: Facet,
    value: &FacetValue,
    locale: &str,
    taxonomy: &Taxonomy,
) -> String {
    match value {
        FacetValue::Year(year) => year.to_string(),
        FacetValue::Name(name) => label(facet, name, locale, taxonomy),
    }
}

/// The value that a column has by this name.
pub(super) fn value(facet: Facet, name: &str) -> Result<FacetValue> {
    if facet == Facet::Year {
        return Ok(FacetValue::Year(name.parse().unwrap_or_default()));
    }
    let path = EngineFacet::from_encoded(name.as_bytes().to_vec()).map_err(|_| {
        Error::new(
            ErrorKind::Damaged,
            "a facet value of the index cannot be read",
        )
    })?;
    Ok(FacetValue::Name(path.to_path().join("/")))
}
