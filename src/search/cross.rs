//! How many passages have a value of one facet and a value of another.
//!
//! In: a query, filters, two facets. Out: a [`CrossTable`] of the passages that match. Of countries with countries those pairs count
//! that a passage itself names; for all others what its document was given counts, too, as it does for filters.

use std::collections::HashMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::collect::{FACETS, Facets};
use super::facet_column::NarrowedFacet;
use super::label::labelled;
use super::{SearchOptions, Searcher};
use crate::error::Result;
use crate::hit::{Cell, CrossTable};
use crate::query::{Facet, Query, bounded};

/// A passage with more values of a facet than this counts for these alone: work per passage stays bounded.
const MAX_VALUES: usize = 64;

impl Searcher {
    /// Counts passages by two facets. Pages and snippets of `options` do not matter.
    ///
    /// # Errors
    ///
    /// As [`Searcher::search`].
    pub fn cross(
        &self,
        query: &Query,
        by: [Facet; 2],
        options: &SearchOptions,
    ) -> Result<(CrossTable, Vec<String>)> {
        let (narrowed, filters, mut complaints) = self.narrowed(query, options)?;
        let plan = self.planned(&narrowed, self.shelves()?, &self.statistics()?);
        complaints.extend(plan.complaints);
        let complaints = bounded(complaints);
        let square = by[0] == by[1];
        let axis = |facet: Facet| {
            let at = FACETS.iter().position(|other| *other == facet);
            let at = at.unwrap_or_default();
            let (column, filter) = match by {
                [Facet::Country, Facet::Country] => (self.column(FACETS.len())?, None),
                // Other values than those asked for are left out; a topic stands for all below it, and a pair needs another value.
                _ if !square && facet != Facet::Topic => (self.column(at)?, filters[at].as_ref()),
                _ => (self.column(at)?, None),
            };
            Ok(NarrowedFacet::new(column, filter))
        };
        let axes = [axis(by[0])?, axis(by[1])?];
        let collector = PairCollector {
            facets: &self.facets(&filters, false)?,
            axes: &axes,
            is_square: square,
        };
        let Pairs {
            total,
            values,
            cells,
        } = self
            .engine
            .search(plan.query.as_ref(), &collector)
            .map_err(|cause| self.index.damaged(cause))?;
        let [rows, columns] = [0, 1].map(|at| {
            let column = &axes[at].column;
            labelled(column, &values[at], &options.locale, self.taxonomy())
        });
        let value = |at: usize, code: u32| axes[at].column.values()[code as usize].clone();
        let mut cells: Vec<Cell> = (cells.into_iter())
            .map(|((row, column), count)| Cell {
                row: value(0, row),
                column: value(1, column),
                count,
            })
            .collect();
        cells.sort_by(|a, b| {
            b.count
                .cmp(&a.count)
                .then_with(|| (&a.row, &a.column).cmp(&(&b.row, &b.column)))
        });
        let by = by.map(|facet| facet.name().to_owned());
        Ok((
            CrossTable {
                by,
                total,
                rows,
                columns,
                cells,
            },
            complaints,
        ))
    }
}

/// Counts pairs of values.
struct PairCollector<'f> {
    facets: &'f Facets,
    axes: &'f [NarrowedFacet; 2],
    /// Whether both are the same facet: then a pair counts once, and a value with itself not at all.
    is_square: bool,
}

/// What was counted, values by their codes.
#[derive(Debug, Default)]
struct Pairs {
    total: usize,
    values: [Vec<usize>; 2],
    cells: HashMap<(u32, u32), usize>,
}

struct SegmentPairs {
    segment: SegmentOrdinal,
    facets: Facets,
    axes: [NarrowedFacet; 2],
    is_square: bool,
    pairs: Pairs,
    /// Values of one passage.
    codes: [Vec<u32>; 2],
}

impl Collector for PairCollector<'_> {
    type Fruit = Pairs;
    type Child = SegmentPairs;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        _: &SegmentReader,
    ) -> tantivy::Result<SegmentPairs> {
        let values = self.axes.each_ref();
        let values = values.map(|axis| vec![0; axis.column.values().len()]);
        Ok(SegmentPairs {
            segment,
            facets: self.facets.clone(),
            axes: self.axes.clone(),
            is_square: self.is_square,
            pairs: Pairs {
                values,
                ..Pairs::default()
            },
            codes: Default::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Pairs>) -> tantivy::Result<Pairs> {
        let mut all = Pairs::default();
        for fruit in fruits {
            all.total += fruit.total;
            for (all, counts) in all.values.iter_mut().zip(fruit.values) {
                all.resize(counts.len(), 0);
                all.iter_mut()
                    .zip(counts)
                    .for_each(|(all, count)| *all += count);
            }
            for (pair, count) in fruit.cells {
                *all.cells.entry(pair).or_default() += count;
            }
        }
        Ok(all)
    }
}

impl SegmentCollector for SegmentPairs {
    type Fruit = Pairs;

    fn collect(&mut self, doc: DocId, _: Score) {
        let mut facets = self.facets.iter().flatten();
        if !facets.all(|facet| facet.passes(self.segment, doc)) {
            return;
        }
        self.pairs.total += 1;
        for (at, codes) in self.codes.iter_mut().enumerate() {
            let allowed = self.axes[at].allowed_codes(self.segment, doc);
            codes.clear();
            codes.extend(allowed.take(MAX_VALUES));
            for &code in codes.iter() {
                self.pairs.values[at][code as usize] += 1;
            }
        }
        let [rows, columns] = &self.codes;
        for &row in rows {
            for &column in columns {
                if !self.is_square || row < column {
                    *self.pairs.cells.entry((row, column)).or_default() += 1;
                }
            }
        }
    }

    fn harvest(self) -> Pairs {
        self.pairs
    }
}
