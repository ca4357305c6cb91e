//! The facets of a search: what narrows it, and the columns that are counted.
//!
//! In: a query and options. Out: the query without the facets at its top, filters, and the columns of the facets that matter. It reads
//! columns and counts nothing.

use std::sync::Arc;

use super::collect::{FACETS, Facets, Filters};
use super::facet_column::{FacetColumn, Filter, NarrowedFacet};
use super::facet_rows::FacetRows;
use super::{SearchOptions, Searcher};
use crate::error::Result;
use crate::facet::Taxonomy;
use crate::query::filter::{self, Values};
use crate::query::{Facet, FacetFilter, Query};

impl Searcher {
    /// The query without the facets at its top, the filters that these and the options are, and what cannot be used of them.
    pub(super) fn narrowed(
        &self,
        query: &Query,
        options: &SearchOptions,
    ) -> Result<(Query, Filters, Vec<String>)> {
        let (query, own_filters) = query.clone().split_facets();
        let mut complaints = Vec::new();
        let mut filters: Filters = Filters::default();
        for wanted in &options.filters {
            narrow(&mut filters, wanted, self.taxonomy())?;
        }
        for wanted in &own_filters {
            if let Err(error) = narrow(&mut filters, wanted, self.taxonomy()) {
                complaints.push(format!(
                    "{error}, left out; {}",
                    error.hint().unwrap_or_default()
                ));
            }
        }
        Ok((query, filters, complaints))
    }

    /// The facets that a search needs: those that are narrowed, and all where they are counted.
    pub(super) fn facets(&self, filters: &Filters, counted: bool) -> Result<Facets> {
        let mut facets = Facets::default();
        for (at, filter) in filters.iter().enumerate() {
            if counted || filter.is_some() {
                let column = self.column(at)?;
                facets[at] = Some(NarrowedFacet::new(column, filter.as_ref()));
            }
        }
        Ok(facets)
    }

    /// The values of all facets in one row for each passage, where all are counted and none is narrowed.
    pub(super) fn rows(&self, facets: &Facets, counted: bool) -> Option<&Arc<FacetRows>> {
        let is_narrowed = facets.iter().flatten().any(NarrowedFacet::is_narrowed);
        if !counted || is_narrowed {
            return None;
        }
        let rows = || {
            let columns = facets.iter().flatten().map(|facet| facet.column.clone());
            FacetRows::new(&columns.collect::<Vec<_>>()).map(Arc::new)
        };
        self.rows.get_or_init(rows).as_ref()
    }

    /// The column of a facet of [`FACETS`], or behind them that of the countries which passages name.
    pub(super) fn column(&self, at: usize) -> Result<Arc<FacetColumn>> {
        if let Some(column) = self.columns[at].get() {
            return Ok(column.clone());
        }
        let schema = self.index.schema();
        let (facet, field) = match FACETS.get(at) {
            Some(facet) => (*facet, schema.facet(*facet)),
            None => (Facet::Country, schema.named),
        };
        let column = FacetColumn::read(&self.engine, facet, field);
        let column = column.map_err(|cause| self.index.damaged(cause))?;
        Ok(self.columns[at].get_or_init(|| Arc::new(column)).clone())
    }
}

/// Adds a value to the filter of its facet.
fn narrow(filters: &mut Filters, wanted: &FacetFilter, taxonomy: &Taxonomy) -> Result<()> {
    let at = FACETS
        .iter()
        .position(|facet| *facet == wanted.facet())
        .expect("every facet is listed");
    let values = filter::resolve(wanted, taxonomy)?;
    let filter = filters[at].get_or_insert_with(Filter::default);
    match values {
        Values::Years(years) => {
            let from = years.from.unwrap_or(i32::MIN);
            filter.years.push(from..=years.to.unwrap_or(i32::MAX));
        }
        Values::Path(path) => filter.names.push(path),
    }
    Ok(())
}
