//! Facets: the countries, years and topics of a document or passage.
//!
//! In: what an author declared ([`Metadata`]), what a sidecar corrects, and texts. Out: [`Facets`] of passages, in which
//! each value says where it comes from and which words show it, and [`MainFacets`] of documents, with shares. Values that
//! are given are checked: one that makes no sense becomes a complaint, not a facet. Not here: counting over an index,
//! filters, and the language of a text ([`Language`]).
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

mod corrections;
pub mod country;
mod declared;
mod document;
mod fold;
pub mod topic;
pub(crate) mod year;

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use crate::document::{Metadata, Removed};
use crate::language::Language;
use crate::query::Facet;

pub(crate) use corrections::{Corrections, Sidecar};
pub use country::Country;
pub(crate) use document::DocumentFinder;
pub use document::{Main, MainFacets};
pub use topic::Taxonomy;

use country::finder::CountryFinder;
use fold::Folded;
use topic::finder::TopicFinder;

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    /// The author said so.
    Declared,
    /// Whoever keeps the texts said so, in a sidecar.
    Corrected,
    /// The year of the document's date, for a text that speaks of no year.
    DocumentDate,
    /// The text shows it.
    Found,
}

/// What of a passage shows a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Its text.
    #[default]
    Text,
    /// The headings above it.
    Heading,
}

impl Part {
    fn is_text(&self) -> bool {
        *self == Part::Text
    }
}

/// A value with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub provenance: Provenance,
    /// The part of the passage that shows it.
    #[serde(default, skip_serializing_if = "Part::is_text")]
    pub part: Part,
    /// Bytes of that part, on character boundaries: the first place that shows the value, if one does.
    pub range: Option<Range<usize>>,
    /// How often that part shows it; 0 if it does not.
    pub count: u32,
}

impl<T> Found<T> {
    /// A value that the text shows at a place.
    fn in_text(value: T, range: Range<usize>) -> Self {
        Found {
            range: Some(range),
            count: 1,
            ..Found::given(value, Provenance::Found)
        }
    }

    /// A value that somebody gave, without evidence in a text.
    fn given(value: T, provenance: Provenance) -> Self {
        Found {
            value,
            provenance,
            part: Part::Text,
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

    /// These facets as shown by a passage's headings.
    fn of_heading(mut self) -> Facets {
        fn mark<T>(values: &mut [Found<T>]) {
            values
                .iter_mut()
                .for_each(|found| found.part = Part::Heading);
        }
        mark(&mut self.countries);
        mark(&mut self.years);
        mark(&mut self.topics);
        self
    }

    /// These facets with those of `other` that they lack, behind their own; a value without evidence takes that of `other`.
    pub fn joined(mut self, other: &Facets) -> Facets {
        fn add<T: Clone + PartialEq>(values: &mut Vec<Found<T>>, others: &[Found<T>]) {
            for other in others {
                match values.iter_mut().find(|found| found.value == other.value) {
                    Some(found) if found.range.is_none() => {
                        *found = Found {
                            provenance: found.provenance,
                            ..other.clone()
                        }
                    }
                    Some(_) => {}
                    None => values.push(other.clone()),
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
pub fn label(facet: Facet, value: &str, locale: &str, taxonomy: &Taxonomy) -> String {
    let label = match facet {
        Facet::Country => Country::from_code(value).map(|country| country.name(locale)),
        Facet::Year => None,
        Facet::Topic => Some(taxonomy.label(value, locale)),
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
    /// None for the built-in one, which is not read before it is needed.
    taxonomy: Option<Arc<Taxonomy>>,
    tables: Arc<OnceLock<Tables>>,
    /// Nothing is looked for; only what is declared counts.
    is_idle: bool,
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

    /// A finder with other topics; none for the built-in ones.
    pub fn with_taxonomy(taxonomy: Option<Arc<Taxonomy>>) -> Self {
        Finder {
            taxonomy,
            ..Finder::default()
        }
    }

    /// A finder that finds nothing in texts, and checks what is declared.
    pub fn idle(mut self) -> Self {
        self.is_idle = true;
        self
    }

    /// The topics it looks for.
    pub fn taxonomy(&self) -> &Taxonomy {
        self.taxonomy
            .as_deref()
            .unwrap_or_else(|| Taxonomy::built_in())
    }

    /// What a text speaks of. The ranges are bytes of `text`.
    pub fn find(&self, text: &str) -> Facets {
        self.find_below(text, "")
    }

    /// What a text speaks of that stands below a title and headings (a line each): they tell its topics more clearly.
    pub fn find_below(&self, text: &str, headings: &str) -> Facets {
        if self.is_idle {
            return Facets::default();
        }
        let tables = self.tables();
        let folded = Folded::new(text);
        Facets {
            countries: tables.countries.find(&folded),
            years: year::find(&folded),
            topics: tables.topics.find(&folded, headings),
        }
    }

    /// The years that a text speaks of. Quick also when nothing was found before: years need no tables.
    pub(crate) fn years(&self, text: &str) -> Vec<Found<i32>> {
        year::find(&Folded::new(text))
    }

    /// What an author declared, and a complaint for each value that is ignored. The year of `date` is not a declared
    /// year: it says when the document was written, not what it speaks of.
    pub fn declared(&self, metadata: &Metadata) -> (Facets, Vec<String>) {
        declared::read(metadata, self.taxonomy())
    }

    /// The values that were taken away from a document.
    pub(crate) fn removed(&self, removed: &Removed) -> Facets {
        let metadata = Metadata {
            country: removed.country.clone(),
            year: removed.year.clone(),
            topic: removed.topic.clone(),
            ..Metadata::default()
        };
        self.declared(&metadata).0
    }

    fn tables(&self) -> &Tables {
        self.tables.get_or_init(|| Tables {
            countries: CountryFinder::new(),
            topics: TopicFinder::new(self.taxonomy()),
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
