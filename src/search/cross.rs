//! How many passages have a value of one facet and a value of another.
//!
//! In: a query, filters, two facets. Out: a [`CrossTable`] of the passages that match. Of countries with countries those pairs count
//! that a passage itself names; for all others what its document was given counts, too, as it does for filters.

use std::collections::HashMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::collect::{FACETS, Filters};
use super::facet_column::FacetColumn;
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
        let plan = self.planned(&narrowed, self.shelves()?);
        complaints.extend(plan.complaints);
        let complaints = bounded(complaints);
        let collector = PairCollector {
            filters: &filters,
            by,
        };
        let Pairs {
            total,
            values,
            cells,
        } = self
            .engine
            .search(plan.query.as_ref(), &collector)
            .map_err(|cause| self.index.damaged(cause))?;
        let [rows, columns] = values;
        let label = |facet, counts| labelled(facet, counts, &options.locale, self.taxonomy());
        let rows = label(by[0], &rows)?;
        let columns = label(by[1], &columns)?;
        let value = |facet, name: &str| super::label::value(facet, name);
        let mut cells: Vec<Cell> = cells
            .iter()
            .map(|((row, column), &count)| {
                Ok(Cell {
                    row: value(by[0], row)?,
                    column: value(by[1], column)?,
                    count,
                })
            })
            .collect::<Result<_>>()?;
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
    filters: &'f Filters,
    by: [Facet; 2],
}

/// What was counted, values by name.
#[derive(Debug, Default)]
struct Pairs {
    total: usize,
    values: [HashMap<String, usize>; 2],
    cells: HashMap<(String, String), usize>,
}

struct SegmentPairs {
    filters: Vec<FacetColumn>,
    axes: [FacetColumn; 2],
    /// Whether both are the same facet: then a pair counts once, and a value with itself not at all.
    is_square: bool,
    total: usize,
    values: [HashMap<u64, usize>; 2],
    cells: HashMap<(u64, u64), usize>,
    /// Values of one passage.
    codes: [Vec<u64>; 2],
}

impl Collector for PairCollector<'_> {
    type Fruit = Pairs;
    type Child = SegmentPairs;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentPairs> {
        let filters = FACETS.iter().zip(self.filters);
        let filters = filters
            .filter(|(_, filter)| filter.is_some())
            .map(|(facet, filter)| FacetColumn::open(reader, *facet, filter.as_ref()));
        let axis = |facet: Facet| {
            let at = FACETS.iter().position(|other| *other == facet);
            let filter = at.and_then(|at| self.filters[at].as_ref());
            match self.by {
                [Facet::Country, Facet::Country] => FacetColumn::of_paths(reader, "named", None),
                // Other values than those asked for are left out; a topic stands for all below it, and a pair needs another value.
                [rows, columns] if rows != columns && facet != Facet::Topic => {
                    FacetColumn::open(reader, facet, filter)
                }
                _ => FacetColumn::open(reader, facet, None),
            }
        };
        Ok(SegmentPairs {
            filters: filters.collect::<tantivy::Result<_>>()?,
            axes: [axis(self.by[0])?, axis(self.by[1])?],
            is_square: self.by[0] == self.by[1],
            total: 0,
            values: Default::default(),
            cells: HashMap::new(),
            codes: Default::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<tantivy::Result<Pairs>>) -> tantivy::Result<Pairs> {
        let mut all = Pairs::default();
        for fruit in fruits {
            let fruit = fruit?;
            all.total += fruit.total;
            for (all, values) in all.values.iter_mut().zip(fruit.values) {
                for (value, count) in values {
                    *all.entry(value).or_default() += count;
                }
            }
            for (pair, count) in fruit.cells {
                *all.cells.entry(pair).or_default() += count;
            }
        }
        Ok(all)
    }
}

impl SegmentCollector for SegmentPairs {
    type Fruit = tantivy::Result<Pairs>;

    fn collect(&mut self, doc: DocId, _: Score) {
        if !self.filters.iter().all(|filter| filter.passes(doc)) {
            return;
        }
        self.total += 1;
        for (at, codes) in self.codes.iter_mut().enumerate() {
            codes.clear();
            self.axes[at].codes(doc, codes);
            codes.truncate(MAX_VALUES);
            for &code in codes.iter() {
                *self.values[at].entry(code).or_default() += 1;
            }
        }
        let [rows, columns] = &self.codes;
        for &row in rows {
            for &column in columns {
                if !self.is_square || row < column {
                    *self.cells.entry((row, column)).or_default() += 1;
                }
            }
        }
    }

    fn harvest(self) -> tantivy::Result<Pairs> {
        let [rows, columns] = &self.axes;
        let named = |axis: &FacetColumn, counts: &HashMap<u64, usize>| {
            let named = counts
                .iter()
                .map(|(&code, &count)| Ok((axis.name(code)?, count)));
            named.collect::<tantivy::Result<HashMap<String, usize>>>()
        };
        let cells = self
            .cells
            .iter()
            .map(|(&(row, column), &count)| Ok(((rows.name(row)?, columns.name(column)?), count)));
        Ok(Pairs {
            total: self.total,
            values: [
                named(rows, &self.values[0])?,
                named(columns, &self.values[1])?,
            ],
            cells: cells.collect::<tantivy::Result<_>>()?,
        })
    }
}
