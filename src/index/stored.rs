//! What the index keeps of a passage, to show it without its source.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::facet::{Facets, Found, MainFacets, Provenance};
use crate::hit::{DocumentHit, PassageHit};

/// A passage and its document, as JSON in the field `passage`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredPassage {
    /// The key of the source it came from; empty for documents made in code.
    pub(crate) source: String,
    pub(crate) document: DocumentHit,
    /// Without the values of its facets: those stand in `facets` and are put back when it is read.
    pub(crate) passage: PassageHit,
    /// The facets with their provenance: those given for the document, and those found in the passage.
    pub(crate) facets: Facets,
    /// Whether the document is one line of its source.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) is_record: bool,
    /// What the document is about as a whole; kept with its first passage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) main: Option<MainFacets>,
    /// Other metadata of the document.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) other: BTreeMap<String, serde_json::Value>,
}

impl StoredPassage {
    /// The passage before anything was found in it.
    pub(crate) fn only_declared(mut self) -> Self {
        fn keep<T>(values: &mut Vec<Found<T>>) {
            let given = [Provenance::Declared, Provenance::Corrected];
            values.retain(|found| given.contains(&found.provenance));
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
        let stored: StoredPassage = serde_json::from_slice(json).map_err(|cause| {
            Error::new(ErrorKind::Damaged, "its JSON is not what was written").with_source(cause)
        })?;
        Ok(stored.with_values())
    }

    /// Puts the values of the facets where hits have them.
    fn with_values(mut self) -> Self {
        let Facets {
            countries,
            years,
            topics,
        } = &self.facets;
        let passage = &mut self.passage;
        passage.countries = countries.iter().map(|f| f.value.to_string()).collect();
        passage.years = years.iter().map(|f| f.value).collect();
        passage.years_from_date = years
            .iter()
            .any(|f| f.provenance == Provenance::DocumentDate);
        passage.topics = topics.iter().map(|f| f.value.clone()).collect();
        self
    }
}
