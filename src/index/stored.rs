//! What the index keeps of a passage, to show it without its source.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::facet::{Facets, Finder, Found, Provenance};
use crate::hit::{DocumentHit, PassageHit};

/// A passage and its document, as JSON in the field `passage`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredPassage {
    /// The key of the source it came from; empty for documents made in code.
    pub(crate) source: String,
    pub(crate) document: DocumentHit,
    pub(crate) passage: PassageHit,
    /// The facets with their provenance: those declared for the document, and those found in the passage.
    pub(crate) facets: Facets,
    /// Whether the document is one line of its source.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) is_record: bool,
    /// Other metadata of the document.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) other: BTreeMap<String, serde_json::Value>,
}

impl StoredPassage {
    /// Adds what the passage itself speaks of to what was declared.
    pub(crate) fn find_facets(&mut self, finder: &Finder) {
        let passage = &mut self.passage;
        let found = finder
            .find(&passage.text)
            .joined(&finder.find(&passage.heading).without_ranges());
        self.facets = std::mem::take(&mut self.facets).joined(&found);
        passage.countries = self
            .facets
            .countries
            .iter()
            .map(|found| found.value.to_string())
            .collect();
        passage.years = self.facets.years.iter().map(|found| found.value).collect();
        passage.topics = self
            .facets
            .topics
            .iter()
            .map(|found| found.value.clone())
            .collect();
    }

    /// The passage before anything was found in it.
    pub(crate) fn only_declared(mut self) -> Self {
        fn keep<T>(values: &mut Vec<Found<T>>) {
            values.retain(|found| found.provenance == Provenance::Declared);
        }
        keep(&mut self.facets.countries);
        keep(&mut self.facets.years);
        keep(&mut self.facets.topics);
        self
    }

    pub(crate) fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("strings, numbers and JSON values always serialise")
    }

    pub(crate) fn from_json(json: &[u8]) -> Result<Self> {
        serde_json::from_slice(json).map_err(|cause| {
            Error::new(ErrorKind::Damaged, "its JSON is not what was written").with_source(cause)
        })
    }
}
