//! What the passages of a document speak of, and what the document is about as a whole.
//!
//! In: what is given for a document, and its passages in order. Out: the facets of each passage, and at the end the
//! document's main values with their shares. Every text is searched once, a heading once however many passages stand
//! below it. Not here: cutting passages, and storing what is found.
//!
//! A mention in the text weighs 1, in a heading [`HEADING_WEIGHT`]; the title weighs one more than all the rest, divided
//! among what it names. So the country that the title of a report names comes first although its text says “the
//! country”. A share is a value's part of the weight of its facet.

use std::collections::HashMap;
use std::hash::Hash;

use serde::{Deserialize, Serialize};

use super::corrections::Corrections;
use super::declared;
use super::{Country, Facets, Finder, Found, Provenance};

/// Mentions in the text that one in a heading is worth.
const HEADING_WEIGHT: u32 = 3;
/// Main values of a facet at most, besides those that are given.
const MAX_VALUES: usize = 6;
/// A found value with less of the weight is no main value, unless it is the foremost.
const MIN_SHARE: f32 = 0.05;

/// A value of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Main<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Its part of what the document mentions, 0 to 1.
    pub share: f32,
}

/// What a document is about: declared and corrected values first, then those found, the most mentioned first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MainFacets {
    /// Countries.
    pub countries: Vec<Main<Country>>,
    /// Years.
    pub years: Vec<Main<i32>>,
    /// Paths of topics.
    pub topics: Vec<Main<String>>,
}

impl MainFacets {
    /// The values alone.
    pub(crate) fn as_found(&self) -> Facets {
        fn values<T: Clone>(main: &[Main<T>]) -> Vec<Found<T>> {
            let found = main
                .iter()
                .map(|main| Found::given(main.value.clone(), main.provenance));
            found.collect()
        }
        Facets {
            countries: values(&self.countries),
            years: values(&self.years),
            topics: values(&self.topics),
        }
    }
}

/// Finds the facets of one document's passages.
#[derive(Debug)]
pub(crate) struct DocumentFinder<'f> {
    finder: &'f Finder,
    corrections: Corrections,
    /// The year of its date.
    date: Option<Found<i32>>,
    /// The title and what it speaks of.
    title: (String, Facets),
    /// The headings above the last passage, and what they speak of.
    heading: (String, Facets),
    countries: Weights<Country>,
    years: Weights<i32>,
    topics: Weights<String>,
}

impl<'f> DocumentFinder<'f> {
    /// A finder for a document with what is given for it, its title and date.
    pub(crate) fn new(
        finder: &'f Finder,
        corrections: Corrections,
        title: &str,
        date: Option<&str>,
    ) -> Self {
        let year = date.and_then(declared::year_of_date);
        let mut dated = Facets::default();
        dated
            .years
            .extend(year.map(|year| Found::given(year, Provenance::DocumentDate)));
        corrections.prune(&mut dated);
        let mut named = finder.find(title);
        corrections.prune(&mut named);
        DocumentFinder {
            finder,
            corrections,
            date: dated.years.pop(),
            title: (title.to_owned(), named),
            heading: Default::default(),
            countries: Weights::default(),
            years: Weights::default(),
            topics: Weights::default(),
        }
    }

    /// The facets of the next passage: what is given for the document, what its text and headings speak of, and if that is
    /// no year the document's. Its topics are those of its text, which title and headings only make clearer.
    pub(crate) fn passage(&mut self, heading: &str, text: &str) -> Facets {
        if self.heading.0 != heading {
            let mut found = self.find(heading, "").of_heading();
            self.weigh(&found, HEADING_WEIGHT);
            found.topics.clear();
            self.heading = (heading.to_owned(), found);
        }
        let above = format!("{}\n{}", self.title.0, heading.replace(" > ", "\n"));
        let found = self.find(text, &above);
        self.weigh(&found, 1);
        let given = self.corrections.given().clone();
        let mut facets = given.joined(&found).joined(&self.heading.1);
        if facets.years.is_empty() {
            facets.years.extend(self.date.clone());
        }
        facets
    }

    /// What the document is about, after its last passage.
    pub(crate) fn main(self) -> MainFacets {
        let given = self.corrections.given();
        let mut main = MainFacets {
            countries: self
                .countries
                .main(&given.countries, &self.title.1.countries),
            years: self.years.main(&given.years, &self.title.1.years),
            topics: self.topics.main(&given.topics, &self.title.1.topics),
        };
        if let (true, Some(date)) = (main.years.is_empty(), self.date) {
            main.years.push(Main {
                value: date.value,
                provenance: date.provenance,
                share: 1.0,
            });
        }
        main
    }

    fn find(&self, text: &str, above: &str) -> Facets {
        let mut found = self.finder.find_below(text, above);
        self.corrections.prune(&mut found);
        found
    }

    fn weigh(&mut self, found: &Facets, weight: u32) {
        self.countries.add(&found.countries, weight);
        self.years.add(&found.years, weight);
        self.topics.add(&found.topics, weight);
    }
}

/// How much a document speaks of each value.
#[derive(Debug)]
struct Weights<T>(HashMap<T, u32>);

impl<T> Default for Weights<T> {
    fn default() -> Self {
        Weights(HashMap::new())
    }
}

impl<T: Clone + Eq + Hash + Ord> Weights<T> {
    fn add(&mut self, found: &[Found<T>], weight: u32) {
        for found in found {
            let sum = self.0.entry(found.value.clone()).or_default();
            *sum = sum.saturating_add(found.count.saturating_mul(weight));
        }
    }

    fn main(self, given: &[Found<T>], title: &[Found<T>]) -> Vec<Main<T>> {
        let mut weights: HashMap<T, f32> = self
            .0
            .into_iter()
            .map(|(value, weight)| (value, weight as f32))
            .collect();
        let all: f32 = weights.values().sum();
        let named: u32 = title.iter().map(|found| found.count).sum();
        for found in title {
            *weights.entry(found.value.clone()).or_default() +=
                (all + 1.0) * found.count as f32 / named as f32;
        }
        let all: f32 = weights.values().sum::<f32>().max(1.0);
        let share = |value: &T| {
            weights
                .get(value)
                .map_or(0.0, |weight| (weight / all * 1000.0).round() / 1000.0)
        };
        let main = |value: &T, provenance| Main {
            value: value.clone(),
            provenance,
            share: share(value),
        };
        let mut found: Vec<Main<T>> = weights
            .keys()
            .filter(|value| !given.iter().any(|given| given.value == **value))
            .map(|value| main(value, Provenance::Found))
            .collect();
        found.sort_by(|a, b| {
            b.share
                .total_cmp(&a.share)
                .then_with(|| a.value.cmp(&b.value))
        });
        let foremost = found
            .iter()
            .take(MAX_VALUES)
            .filter(|main| main.share >= MIN_SHARE)
            .count();
        found.truncate(foremost.max(1));
        let mut all: Vec<Main<T>> = given
            .iter()
            .map(|given| main(&given.value, given.provenance))
            .collect();
        all.sort_by(|a, b| b.share.total_cmp(&a.share));
        all.extend(found);
        all
    }
}
