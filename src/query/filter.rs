//! What a facet filter stands for: names as typed become the values in the index.

use super::{FacetFilter, YearRange};
use crate::error::{Error, ErrorKind, Result};
use crate::facet::{Country, Taxonomy};
use crate::language::Language;

/// Values that a filter accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Values {
    /// Years in a range.
    Years(YearRange),
    /// A facet path: a country, a topic with all below it, a language.
    Path(String),
}

/// Finds the values a filter stands for.
///
/// # Errors
///
/// [`ErrorKind::UnknownValue`] for a name nobody knows.
pub(crate) fn resolve(filter: &FacetFilter, taxonomy: &Taxonomy) -> Result<Values> {
    match filter {
        FacetFilter::Year(range) => Ok(Values::Years(*range)),
        FacetFilter::Country(name) => match Country::named(name) {
            Some(country) => Ok(Values::Path(country.to_string())),
            None => Err(unknown("country", name, &country_hint(name))),
        },
        FacetFilter::Topic(name) => match taxonomy.resolve(name) {
            Some(path) => Ok(Values::Path(path.to_owned())),
            None => Err(unknown(
                "topic",
                name,
                "give a path or a part of one (経済/貿易, 貿易); see: fumikura facets",
            )),
        },
        FacetFilter::Language(name) => match Language::named(name) {
            Some(language) => Ok(Values::Path(language.to_string())),
            None => Err(unknown(
                "language",
                name,
                "give an ISO 639 code (ja) or a name in any language (日本語, Japanese)",
            )),
        },
    }
}

fn unknown(facet: &str, name: &str, hint: &str) -> Error {
    Error::new(
        ErrorKind::UnknownValue,
        format!("{facet} `{name}` is not known"),
    )
    .with_hint(hint)
}

fn country_hint(name: &str) -> String {
    let near: Vec<String> = Country::nearest(name)
        .into_iter()
        .map(|country| country.to_string())
        .collect();
    match near.is_empty() {
        true => "give a code (VN) or a name in any language (ベトナム, Vietnam)".to_owned(),
        false => format!(
            "did you mean {}? a code (VN) or a name in any language (ベトナム, Vietnam) will do",
            near.join(", ")
        ),
    }
}
