//! Facets: the countries, years and topics of a document or passage.
//!
//! In: what an author declared ([`Metadata`]) and texts. Out: [`Facets`], in which each value says whether it was
//! declared or found, and where the text shows it. Declared values are checked: one that makes no sense becomes a
//! complaint, not a facet. Not here: counting over an index, filters, and the language of a text
//! ([`Language`](crate::Language)).
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
mod year;

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
    fn found(value: T, range: Range<usize>) -> Self {
        Found {
            value,
            provenance: Provenance::Found,
            range: Some(range),
            count: 1,
        }
    }

    /// A value that the author declared.
    fn declared(value: T) -> Self {
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
/// Cheap to make and to clone; its tables are built when they are first needed (a few milliseconds) and shared by
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
        let tables = self.tables();
        let folded = Folded::new(text);
        Facets {
            countries: tables.countries.find(&folded),
            years: year::find(&folded),
            topics: tables.topics.find(&folded),
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn metadata(country: &[&str], year: &[&str], topic: &[&str]) -> Metadata {
        let owned = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        Metadata {
            country: owned(country),
            year: owned(year),
            topic: owned(topic),
            date: Some("2024-05-01".to_owned()),
            ..Metadata::default()
        }
    }

    #[test]
    fn declared_values_are_resolved() {
        let metadata = metadata(
            &["VN", "カザフスタン", "Vietnam", ""],
            &["2020..2022", "令和元年"],
            &["貿易", "政治/外交"],
        );
        let (facets, complaints) = Finder::new().declared(&metadata);
        assert_eq!(complaints, Vec::<String>::new());
        let countries: Vec<String> = facets
            .countries
            .iter()
            .map(|c| c.value.to_string())
            .collect();
        assert_eq!(countries, ["VN", "KZ"]);
        assert_eq!(
            facets.years.iter().map(|y| y.value).collect::<Vec<_>>(),
            [2019, 2020, 2021, 2022]
        );
        assert_eq!(
            facets
                .topics
                .iter()
                .map(|t| t.value.as_str())
                .collect::<Vec<_>>(),
            ["経済/貿易", "政治/外交"]
        );
        assert!(
            facets
                .countries
                .iter()
                .all(|c| c.provenance == Provenance::Declared && c.range.is_none())
        );
    }

    #[test]
    fn impossible_values_become_complaints() {
        let metadata = metadata(&["Atlantis", "Kazakhstn"], &["二千", "20255"], &["占星術"]);
        let (facets, complaints) = Finder::new().declared(&metadata);
        assert!(facets.is_empty());
        assert_eq!(
            complaints,
            [
                "country \"Atlantis\" is not known; ignored. try a code (VN) or a name (ベトナム, Vietnam)",
                "country \"Kazakhstn\" is not known; ignored. did you mean Kazakhstan (KZ)?",
                "year \"二千\" is not a year; ignored. try a year (2024) or a range (2020..2024)",
                "year \"20255\" is not between 1 and 2999; ignored. try a year (2024) or a range (2020..2024)",
                "topic \"占星術\" is not in the taxonomy; ignored. try a path (経済/貿易) or a part of one (貿易, trade)",
            ]
        );
    }

    #[test]
    fn joined_keeps_the_first_evidence() {
        let finder = Finder::new();
        let (declared, _) = finder.declared(&metadata(&["VN"], &["2024"], &[]));
        let joined = declared.joined(&finder.find("ベトナムと日本は1992年に"));
        assert_eq!(joined.countries[0].provenance, Provenance::Declared);
        assert_eq!(joined.countries[1].value.as_str(), "JP");
        assert_eq!(
            joined.years.iter().map(|y| y.value).collect::<Vec<_>>(),
            [1992, 2024]
        );
    }

    #[test]
    fn labels() {
        for (kind, value, locale, expected) in [
            (Facet::Country, "VN", "ja", "ベトナム"),
            (Facet::Year, "1992", "ja", "1992"),
            (Facet::Topic, "経済/貿易", "en", "Economy / Trade"),
            (Facet::Language, "ja", "ja", "日本語"),
            (Facet::Country, "??", "ja", "??"),
        ] {
            assert_eq!(label(kind, value, locale), expected);
        }
    }

    #[test]
    fn facets_are_plain_data() {
        fn shared<T: Send + Sync + Clone>(_: &T) {}
        let finder = Finder::new();
        shared(&finder);
        let facets = finder.find("ベトナムは1992年に外交関係を樹立した。");
        let json = serde_json::to_string(&facets).unwrap();
        assert!(
            json.contains(
                r#"{"value":"VN","provenance":"found","range":{"start":0,"end":12},"count":1}"#
            ),
            "{json}"
        );
        assert_eq!(serde_json::from_str::<Facets>(&json).unwrap(), facets);
    }

    /// Half-width as full-width, full-width as half-width ASCII.
    fn widened(text: &str) -> String {
        let wide = |c: char| match c {
            '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
            c => c,
        };
        text.chars().map(wide).collect()
    }

    fn values(facets: &Facets) -> (Vec<(Country, u32)>, Vec<i32>, Vec<String>) {
        (
            facets
                .countries
                .iter()
                .map(|c| (c.value, c.count))
                .collect(),
            facets.years.iter().map(|y| y.value).collect(),
            facets.topics.iter().map(|t| t.value.clone()).collect(),
        )
    }

    const PIECES: &str = "(ベトナム|ﾍﾞﾄﾅﾑ|ヴ|マリ|タイ|インド|ア|ー|・|中国|日本|海|語|US|Mali|India|n|Island|1992|20|年|年代|～|-|, |in |第|令和|七|条約|貿易|trade|oil|s| |　|。|é|の|Қазақстан|한국|은|ไทย|\\PC){0,12}";

    fn finder() -> Finder {
        // Its tables take a while to build.
        static FINDER: std::sync::LazyLock<Finder> = std::sync::LazyLock::new(Finder::new);
        FINDER.clone()
    }

    proptest! {
        #[test]
        fn ranges_lie_in_the_text(text in PIECES) {
            let facets = finder().find(&text);
            let ranges = facets.countries.iter().map(|c| &c.range)
                .chain(facets.years.iter().map(|y| &y.range))
                .chain(facets.topics.iter().map(|t| &t.range));
            for range in ranges {
                let range = range.clone().unwrap();
                prop_assert!(text.get(range.clone()).is_some_and(|shown| !shown.is_empty()), "{range:?} of {text:?}");
            }
        }

        #[test]
        fn width_makes_no_difference(text in PIECES) {
            let finder = finder();
            let (half, full) = (finder.find(&text), finder.find(&widened(&text)));
            prop_assert_eq!(values(&half), values(&full));
        }
    }
}
