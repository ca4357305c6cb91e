//! What a facet filter stands for: names as typed become the values in the index.

use super::{FacetFilter, YearRange};
use crate::error::{Error, ErrorKind, Result};
use crate::facet::{Country, topic};
use crate::language::Language;

/// Values that a filter accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Values {
    /// Years in a range.
    Years(YearRange),
    /// Any of these facet paths.
    Paths(Vec<String>),
}

/// Finds the values a filter stands for.
///
/// # Errors
///
/// [`ErrorKind::UnknownValue`] for a name nobody knows.
pub(crate) fn resolve(filter: &FacetFilter) -> Result<Values> {
    match filter {
        FacetFilter::Year(range) => Ok(Values::Years(*range)),
        FacetFilter::Country(name) => match Country::named(name) {
            Some(country) => Ok(Values::Paths(vec![country.to_string()])),
            None => Err(unknown("country", name, "give a code (VN) or a name in any language (ベトナム, Vietnam)")),
        },
        FacetFilter::Topic(name) => match topic::resolve(name) {
            paths if paths.is_empty() => {
                Err(unknown("topic", name, "give a path or a part of one (経済/貿易, 貿易); see: fumikura facets"))
            }
            paths => Ok(Values::Paths(paths)),
        },
        FacetFilter::Language(name) => match Language::from_tag(name) {
            Some(language) => Ok(Values::Paths(vec![language.to_string()])),
            None => Err(unknown("language", name, "give an ISO 639 code such as ja, en, kk")),
        },
    }
}

fn unknown(facet: &str, name: &str, hint: &str) -> Error {
    Error::new(ErrorKind::UnknownValue, format!("{facet} `{name}` is not known")).with_hint(hint)
}
