//! Facets: the countries, years and topics of a document or passage.
//!
//! In: what an author declared ([`Metadata`]) and texts. Out: [`Facets`], in which each value says whether it was
//! declared or found, and where the text shows it. Declared values are checked: one that makes no sense becomes a
//! complaint, not a facet. Not here: counting over an index, filters, and the language of a text
//! ([`Language`]).
//!
//! ```
//! use fumikura::{Country, Finder};
//!
//! let text = "ベトナムとカザフスタンは1992年に外交関係を樹立した。";
//! let facets = Finder::new().find(text);
//! assert_eq!(facets.countries[0].value.as_str(), "VN");
//! assert_eq!(facets.years[0].value, 1992);
//! assert_eq!(&text[facets.years[0].range.clone().unwrap()], "1992年");
//! assert_eq!(facets.topics[0].value, "政治/外交");
//! ```

pub mod country;
mod declared;
mod fold;
pub mod topic;
pub(crate) mod year;

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use crate::document::Metadata;
use crate::language::Language;
use crate::query::Facet;

pub use country::Country;
use country::finder::CountryFinder;
use fold::Folded;
use topic::Taxonomy;
use topic::finder::TopicFinder;

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provenance {
    /// The author said so.
    Declared,
    /// The text shows it.
    Found,
}

/// A value with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Bytes of the text that show it, on character boundaries: the first place, if the value was found.
    pub range: Option<Range<usize>>,
    /// How often the text shows it; 0 if the value was declared.
    pub count: u32,
}

impl<T> Found<T> {
    /// A value that the text shows at a place.
    fn in_text(value: T, range: Range<usize>) -> Self {
        Found {
            value,
            provenance: Provenance::Found,
            range: Some(range),
            count: 1,
        }
    }

    /// A value that the author declared.
    fn by_author(value: T) -> Self {
        Found {
            value,
            provenance: Provenance::Declared,
            range: None,
            count: 0,
        }
    }
}

/// The facets of a text, each value once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    /// Countries, those named most often first.
    pub countries: Vec<Found<Country>>,
    /// Years, in order.
    pub years: Vec<Found<i32>>,
    /// Paths of topics such as `経済/貿易`, the strongest first.
    pub topics: Vec<Found<String>>,
}

impl Facets {
    /// Whether there is no value at all.
    pub fn is_empty(&self) -> bool {
        self.countries.is_empty() && self.years.is_empty() && self.topics.is_empty()
    }

    /// These facets without the places that show them, for a text that is shown elsewhere.
    pub(crate) fn without_ranges(mut self) -> Facets {
        fn forget<T>(values: &mut [Found<T>]) {
            values.iter_mut().for_each(|found| found.range = None);
        }
        forget(&mut self.countries);
        forget(&mut self.years);
        forget(&mut self.topics);
        self
    }

    /// These facets with those of `other` that they lack, behind their own.
    pub fn joined(mut self, other: &Facets) -> Facets {
        fn add<T: Clone + PartialEq>(values: &mut Vec<Found<T>>, others: &[Found<T>]) {
            for other in others {
                if !values.iter().any(|found| found.value == other.value) {
                    values.push(other.clone());
                }
            }
        }
        add(&mut self.countries, &other.countries);
        add(&mut self.years, &other.years);
        add(&mut self.topics, &other.topics);
        self.years.sort_by_key(|found| found.value);
        self
    }
}

/// A facet's value as readers in a locale (`ja`, `en`, `ja_JP.UTF-8`) say it; the value itself where nothing is known.
pub fn label(facet: Facet, value: &str, locale: &str) -> String {
    let label = match facet {
        Facet::Country => Country::from_code(value).map(|country| country.name(locale)),
        Facet::Year => None,
        Facet::Topic => Some(topic::label(value, locale)),
        Facet::Language => Language::from_tag(value).map(|language| language.name(locale)),
    };
    label.unwrap_or_else(|| value.to_owned())
}

/// Finds facets in texts and checks declared ones.
///
/// Cheap to make and to clone; its tables are built when they are first needed (some tens of milliseconds) and shared by
/// clones and threads.
#[derive(Clone, Default)]
pub struct Finder {
    tables: Arc<OnceLock<Tables>>,
}

struct Tables {
    countries: CountryFinder,
    topics: TopicFinder,
}

impl Finder {
    /// A finder with the built-in names and topics.
    pub fn new() -> Self {
        Finder::default()
    }

    /// What a text speaks of. The ranges are bytes of `text`.
    pub fn find(&self, text: &str) -> Facets {
        self.find_below(text, "")
    }

    /// What a text speaks of that stands below a title and headings (a line each): they tell its topics more clearly.
    pub fn find_below(&self, text: &str, headings: &str) -> Facets {
        let tables = self.tables();
        let folded = Folded::new(text);
        Facets {
            countries: tables.countries.find(&folded),
            years: year::find(&folded),
            topics: tables.topics.find(&folded, headings),
        }
    }

    /// What an author declared, and a complaint for each value that is ignored. The year of `date` is not a declared
    /// year: it says when the document was written, not what it speaks of.
    pub fn declared(&self, metadata: &Metadata) -> (Facets, Vec<String>) {
        declared::read(metadata, Taxonomy::built_in())
    }

    fn tables(&self) -> &Tables {
        self.tables.get_or_init(|| Tables {
            countries: CountryFinder::new(),
            topics: TopicFinder::new(Taxonomy::built_in()),
        })
    }
}

impl fmt::Debug for Finder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let built = self.tables.get().is_some();
        f.debug_struct("Finder")
            .field("built", &built)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
