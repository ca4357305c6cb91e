//! The values of one facet in a segment.
//!
//! In: a column of the engine, and what a filter allows. Out: whether a passage passes, its values, and how many passages have each.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

use crate::query::Facet;

/// What one facet may be; a passage passes if it has any of the values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Filter {
    /// Encoded facet paths (countries, topics, languages).
    pub(super) paths: Vec<String>,
    /// Years.
    pub(super) years: Vec<RangeInclusive<i64>>,
}

/// The values of one facet in a segment, the filter over them, and the counts so far.
pub(super) enum FacetColumn {
    /// No passage of the segment has a value.
    Absent { filtered: bool },
    Years {
        column: Column<i64>,
        first: i64,
        allowed: Option<Vec<RangeInclusive<i64>>>,
        counts: Vec<usize>,
    },
    Paths {
        column: StrColumn,
        allowed: Option<Vec<u64>>,
        counts: Vec<usize>,
    },
}

/// Years outside are not counted; no finder gives them.
const YEARS: RangeInclusive<i64> = 0..=9999;

impl FacetColumn {
    /// The column of a facet.
    pub(super) fn open(
        reader: &SegmentReader,
        facet: Facet,
        filter: Option<&Filter>,
    ) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        if facet == Facet::Year {
            return Ok(FacetColumn::years(columns.i64(facet.name())?, filter));
        }
        FacetColumn::of_paths(reader, facet.name(), filter)
    }

    /// A column of facet paths.
    pub(super) fn of_paths(
        reader: &SegmentReader,
        name: &str,
        filter: Option<&Filter>,
    ) -> tantivy::Result<Self> {
        match reader.fast_fields().str(name)? {
            Some(column) => FacetColumn::paths(column, filter),
            None => Ok(FacetColumn::Absent {
                filtered: filter.is_some(),
            }),
        }
    }

    fn years(column: Column<i64>, filter: Option<&Filter>) -> Self {
        let first = column.min_value().max(*YEARS.start());
        let last = column.max_value().min(*YEARS.end());
        let counts = vec![0; usize::try_from(last - first + 1).unwrap_or(0)];
        FacetColumn::Years {
            column,
            first,
            allowed: filter.map(|filter| filter.years.clone()),
            counts,
        }
    }

    fn paths(column: StrColumn, filter: Option<&Filter>) -> tantivy::Result<Self> {
        let allowed = match filter {
            None => None,
            Some(filter) => {
                let ords = filter
                    .paths
                    .iter()
                    .map(|path| column.dictionary().term_ord(path));
                Some(
                    ords.filter_map(Result::transpose)
                        .collect::<Result<Vec<u64>, _>>()?,
                )
            }
        };
        let counts = vec![0; column.num_terms()];
        Ok(FacetColumn::Paths {
            column,
            allowed,
            counts,
        })
    }

    pub(super) fn passes(&self, doc: DocId) -> bool {
        match self {
            FacetColumn::Absent { filtered } => !filtered,
            FacetColumn::Years { allowed: None, .. } | FacetColumn::Paths { allowed: None, .. } => {
                true
            }
            FacetColumn::Years {
                column,
                allowed: Some(allowed),
                ..
            } => column
                .values_for_doc(doc)
                .any(|year| allowed.iter().any(|range| range.contains(&year))),
            FacetColumn::Paths {
                column,
                allowed: Some(allowed),
                ..
            } => column
                .ords()
                .values_for_doc(doc)
                .any(|ord| allowed.contains(&ord)),
        }
    }

    pub(super) fn count(&mut self, doc: DocId) {
        match self {
            FacetColumn::Absent { .. } => {}
            FacetColumn::Years {
                column,
                first,
                counts,
                ..
            } => {
                for year in column.values_for_doc(doc) {
                    if let Some(count) = usize::try_from(year - *first)
                        .ok()
                        .and_then(|at| counts.get_mut(at))
                    {
                        *count += 1;
                    }
                }
            }
            FacetColumn::Paths { column, counts, .. } => {
                for ord in column.ords().values_for_doc(doc) {
                    counts[ord as usize] += 1;
                }
            }
        }
    }

    /// Codes of a passage's values that the filter allows, which [`FacetColumn::name`] reads.
    pub(super) fn codes(&self, doc: DocId, into: &mut Vec<u64>) {
        match self {
            FacetColumn::Absent { .. } => {}
            FacetColumn::Years {
                column, allowed, ..
            } => {
                let is_allowed = |year: &i64| {
                    let allowed = allowed.as_ref();
                    allowed.is_none_or(|ranges| ranges.iter().any(|range| range.contains(year)))
                };
                let years = column.values_for_doc(doc).filter(is_allowed);
                into.extend(years.filter_map(|year| u64::try_from(year).ok()));
            }
            FacetColumn::Paths {
                column, allowed, ..
            } => {
                let ords = column.ords().values_for_doc(doc);
                into.extend(
                    ords.filter(|ord| allowed.as_ref().is_none_or(|allowed| allowed.contains(ord))),
                );
            }
        }
    }

    /// The value with a code: a year as a decimal number, others as encoded paths.
    pub(super) fn name(&self, code: u64) -> tantivy::Result<String> {
        let mut name = String::new();
        match self {
            FacetColumn::Absent { .. } => {}
            FacetColumn::Years { .. } => name = code.to_string(),
            FacetColumn::Paths { column, .. } => {
                column.ord_to_str(code, &mut name)?;
            }
        }
        Ok(name)
    }

    /// The values counted, by name.
    pub(super) fn counts(&self) -> tantivy::Result<HashMap<String, usize>> {
        let (first, counts) = match self {
            FacetColumn::Absent { .. } => return Ok(HashMap::new()),
            FacetColumn::Years { first, counts, .. } => (*first as u64, counts),
            FacetColumn::Paths { counts, .. } => (0, counts),
        };
        let counted = counts.iter().enumerate().filter(|(_, count)| **count > 0);
        counted
            .map(|(at, &count)| Ok((self.name(first + at as u64)?, count)))
            .collect()
    }
}
