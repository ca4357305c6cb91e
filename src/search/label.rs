//! Facet values as people read them.
//!
//! In: counts by code, as they were collected. Out: counts with labels, sorted.

use super::facet_column::FacetColumn;
use crate::facet::{Taxonomy, label};
use crate::hit::{FacetCount, FacetCounts, FacetValue};
use crate::query::Facet;

/// The counts of some facets.
pub(super) fn all<'c>(
    counted: impl Iterator<Item = (&'c FacetColumn, &'c [usize])>,
    locale: &str,
    taxonomy: &Taxonomy,
) -> FacetCounts {
    let mut all = FacetCounts::default();
    for (column, counts) in counted {
        let into = match column.facet() {
            Facet::Country => &mut all.country,
            Facet::Year => &mut all.year,
            Facet::Topic => &mut all.topic,
            Facet::Language => &mut all.language,
        };
        *into = labelled(column, counts, locale, taxonomy);
    }
    all
}

/// Counts with labels: the latest year first, of other facets the most frequent value.
pub(super) fn labelled(
    column: &FacetColumn,
    counts: &[usize],
    locale: &str,
    taxonomy: &Taxonomy,
) -> Vec<FacetCount> {
    let labels = column.labels(locale, taxonomy);
    let values = column.values().iter().zip(labels.iter()).zip(counts);
    let counted = values.filter(|(_, count)| **count > 0);
    let mut labelled: Vec<FacetCount> = counted
        .map(|((value, label), &count)| FacetCount {
            value: value.clone(),
            label: label.clone(),
            count,
        })
        .collect();
    labelled.sort_by(|a, b| match (&a.value, &b.value) {
        (FacetValue::Year(a), FacetValue::Year(b)) => b.cmp(a),
        _ => b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)),
    });
    labelled
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
