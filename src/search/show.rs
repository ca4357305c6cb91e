//! A document or passage by its id.

use tantivy::Term;
use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;

use super::{Searcher, label};
use crate::error::{Error, ErrorKind, Result};
use crate::facet::{Country, Found, MainFacets, Part, Taxonomy};
use crate::hit::{
    Evidence, FacetValue, MainValue, MainValues, PassageHit, Shown, ShownFacets, ShownPassage,
    ShownValue,
};
use crate::index::StoredPassage;
use crate::query::Facet;

impl Searcher {
    /// Gives a document by its id, or one of its passages by `DOCUMENT#ORDINAL`, with names for readers in a locale.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] when the index has neither.
    pub fn show(&self, id: &str, locale: &str) -> Result<Shown> {
        let mut passages = self.passages_of(id)?;
        let mut ordinal = None;
        if passages.is_empty()
            && let Some((document, number)) = id.rsplit_once('#')
            && let Ok(number) = number.parse::<usize>()
        {
            passages = self.passages_of(document)?;
            ordinal = Some(number);
        }
        let is_shown = |stored: &StoredPassage| {
            ordinal.is_none_or(|ordinal| stored.passage.ordinal == ordinal)
        };
        passages.sort_by_key(|stored| stored.passage.ordinal);
        let Some(first) = passages.first_mut() else {
            return Err(unknown(id));
        };
        let main = first.main.take().unwrap_or_default();
        let labels = Labels {
            locale,
            taxonomy: self.taxonomy(),
        };
        let (document, metadata) = (first.document.clone(), first.other.clone());
        passages.retain(is_shown);
        if passages.is_empty() {
            return Err(unknown(id));
        }
        Ok(Shown {
            document,
            main: labels.main(main),
            metadata,
            passages: passages
                .into_iter()
                .map(|stored| labels.passage(stored))
                .collect(),
        })
    }

    fn passages_of(&self, document: &str) -> Result<Vec<StoredPassage>> {
        let term = Term::from_field_text(self.index.schema().document, document);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let found = self
            .engine
            .search(&query, &DocSetCollector)
            .map_err(|cause| self.index.damaged(cause))?;
        found
            .into_iter()
            .map(|address| self.stored(address))
            .collect()
    }
}

fn unknown(id: &str) -> Error {
    Error::new(
        ErrorKind::NotFound,
        format!("the index has no document or passage `{id}`"),
    )
    .with_hint("ids stand in the answers of: fumikura search --json")
}

/// Gives values their names.
struct Labels<'l> {
    locale: &'l str,
    taxonomy: &'l Taxonomy,
}

impl Labels<'_> {
    fn main(&self, main: MainFacets) -> MainValues {
        let value = |facet, value: FacetValue, provenance, share| MainValue {
            label: self.of(facet, &value),
            value,
            provenance,
            share,
        };
        let countries = main.countries.into_iter();
        let years = main.years.into_iter();
        let topics = main.topics.into_iter();
        MainValues {
            countries: countries
                .map(|m| value(Facet::Country, country(m.value), m.provenance, m.share))
                .collect(),
            years: years
                .map(|m| {
                    value(
                        Facet::Year,
                        FacetValue::Year(m.value),
                        m.provenance,
                        m.share,
                    )
                })
                .collect(),
            topics: topics
                .map(|m| {
                    value(
                        Facet::Topic,
                        FacetValue::Name(m.value),
                        m.provenance,
                        m.share,
                    )
                })
                .collect(),
        }
    }

    fn passage(&self, stored: StoredPassage) -> ShownPassage {
        let StoredPassage {
            passage, facets, ..
        } = stored;
        let countries = facets.countries.into_iter();
        let years = facets.years.into_iter();
        let topics = facets.topics.into_iter();
        let shown = ShownFacets {
            countries: countries
                .map(|f| self.value(Facet::Country, f, country, &passage))
                .collect(),
            years: years
                .map(|f| self.value(Facet::Year, f, FacetValue::Year, &passage))
                .collect(),
            topics: topics
                .map(|f| self.value(Facet::Topic, f, FacetValue::Name, &passage))
                .collect(),
        };
        ShownPassage {
            passage,
            facets: shown,
        }
    }

    fn value<T>(
        &self,
        facet: Facet,
        found: Found<T>,
        value: fn(T) -> FacetValue,
        passage: &PassageHit,
    ) -> ShownValue {
        let value = value(found.value);
        let part = match found.part {
            Part::Text => &passage.text,
            Part::Heading => &passage.heading,
        };
        let evidence = found.range.and_then(|range| {
            let words = part.get(range.clone())?.to_owned();
            Some(Evidence {
                part: found.part,
                range,
                words,
            })
        });
        ShownValue {
            label: self.of(facet, &value),
            value,
            provenance: found.provenance,
            count: found.count,
            evidence,
        }
    }

    fn of(&self, facet: Facet, value: &FacetValue) -> String {
        label::label_of(facet, value, self.locale, self.taxonomy)
    }
}

fn country(country: Country) -> FacetValue {
    FacetValue::Name(country.to_string())
}
