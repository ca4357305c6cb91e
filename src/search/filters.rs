//! Which facet values passages must have.
//!
//! In: the filters of the options, and the facets at the top of a query. Out: [`Filters`] for the columns of an index, and what of the query is left.

use tantivy::schema::Facet as EngineFacet;

use super::collect::{FACETS, Filters};
use super::facet_column::Filter;
use super::{SearchOptions, Searcher};
use crate::error::Result;
use crate::facet::Taxonomy;
use crate::query::filter::{self, Values};
use crate::query::{FacetFilter, Query};

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
            filter
                .years
                .push(i64::from(from)..=i64::from(years.to.unwrap_or(i32::MAX)));
        }
        Values::Path(path) => {
            filter.paths.push(
                EngineFacet::from_path(path.split('/'))
                    .encoded_str()
                    .to_owned(),
            );
        }
    }
    Ok(())
}
