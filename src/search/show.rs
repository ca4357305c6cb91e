//! A document or passage by its id.

use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use super::{Searcher, label};
use crate::error::{Error, ErrorKind, Result};
use crate::facet::{Country, Found, MainFacets, Part, Taxonomy};
use crate::hit::{
    Evidence, FacetValue, MainValue, MainValues, PassageHit, Shown, ShownFacets, ShownPassage,
    ShownValue,
};
use crate::index::StoredPassage;
use crate::query::Facet;

/// A passage and its place in the index.
pub(super) type Located = (DocAddress, StoredPassage);

impl Searcher {
    /// Gives a document by its id, or one of its passages by `DOCUMENT#ORDINAL`, with names for readers in a locale.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] when the index has neither.
    pub fn show(&self, id: &str, locale: &str) -> Result<Shown> {
        self.index.guarded(|| self.shown(id, locale))
    }

    fn shown(&self, id: &str, locale: &str) -> Result<Shown> {
        let (mut passages, ordinal) = self.document_of(id)?;
        // What is known of the document stands with its first passage.
        let first = &mut passages[0].1;
        let main = first.main.take().unwrap_or_default();
        let (document, metadata) = (first.document.clone(), first.other.clone());
        let labels = Labels {
            locale,
            taxonomy: self.taxonomy(),
        };
        Ok(Shown {
            document,
            main: labels.main(main),
            metadata,
            passages: one_of(id, passages, ordinal)?
                .into_iter()
                .map(|(_, stored)| labels.passage(stored))
                .collect(),
        })
    }

    /// The passages of a document, or one of them, in order; at least one.
    pub(super) fn located(&self, id: &str) -> Result<Vec<Located>> {
        let (passages, ordinal) = self.document_of(id)?;
        one_of(id, passages, ordinal)
    }

    /// All passages of the document, in order, at least one; and the number of the passage if the id is that of one.
    fn document_of(&self, id: &str) -> Result<(Vec<Located>, Option<usize>)> {
        let mut passages = self.passages_of(id)?;
        let mut ordinal = None;
        if passages.is_empty()
            && let Some((document, number)) = id.rsplit_once('#')
            && let Ok(number) = number.parse::<usize>()
        {
            passages = self.passages_of(document)?;
            ordinal = Some(number);
        }
        if passages.is_empty() {
            return Err(unknown(id));
        }
        passages.sort_by_key(|(_, stored)| stored.passage.ordinal);
        Ok((passages, ordinal))
    }

    fn passages_of(&self, document: &str) -> Result<Vec<Located>> {
        let indexed = self.snapshot.moved.indexed_id(document);
        let indexed = indexed.as_deref().unwrap_or(document);
        let term = Term::from_field_text(self.index.schema().document, indexed);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let found = self
            .engine
            .search(&query, &DocSetCollector)
            .map_err(|cause| self.index.damaged(cause))?;
        let mut passages = Vec::with_capacity(found.len());
        for address in found {
            let stored = self.stored(address)?;
            // A renamed document is not found by its old name.
            if stored.document.id == document {
                passages.push((address, stored));
            }
        }
        Ok(passages)
    }
}

/// The passage with the number, or all if there is no number.
fn one_of(id: &str, mut passages: Vec<Located>, ordinal: Option<usize>) -> Result<Vec<Located>> {
    passages.retain(|(_, stored)| ordinal.is_none_or(|number| stored.passage.ordinal == number));
    match passages.is_empty() {
        true => Err(unknown(id)),
        false => Ok(passages),
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
