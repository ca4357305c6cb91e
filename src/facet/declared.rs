//! Declared facets: what an author wrote into front matter or JSON.
//!
//! In: [`Metadata`] as written. Out: facets, and one complaint for each value that makes no sense: what it is, that it
//! is ignored, what to write instead. The caller knows the file and puts it in front.

use std::ops::RangeInclusive;

use super::country::Country;
use super::topic::Taxonomy;
use super::year::{NoYears, Years};
use super::{Facets, Found};
use crate::document::Metadata;

/// Longest range an author may declare.
const MAX_DECLARED_YEARS: i32 = 300;

pub(super) fn read(metadata: &Metadata, taxonomy: &Taxonomy) -> (Facets, Vec<String>) {
    let mut facets = Facets::default();
    let mut complaints = Vec::new();
    for name in values(&metadata.country) {
        match Country::named(name) {
            Some(country) => add(&mut facets.countries, country),
            None => complaints.push(format!(
                "country `{name}` is not known, left out; {}",
                match Country::nearest(name).as_slice() {
                    [] => "give a code (VN) or a name (ベトナム, Vietnam)".to_owned(),
                    near => format!(
                        "did you mean {}?",
                        join(near.iter().map(|c| format!("{} ({c})", c.name("en"))))
                    ),
                }
            )),
        }
    }
    for years in values(&metadata.year) {
        match all_years(years) {
            Ok(years) => years.for_each(|year| add(&mut facets.years, year)),
            Err(reason) => complaints.push(format!(
                "year `{years}` {reason}, left out; give a year (2024) or a range (2020..2024)"
            )),
        }
    }
    facets.years.sort_by_key(|found| found.value);
    for name in values(&metadata.topic) {
        match taxonomy.resolve(name) {
            Some(path) => add(&mut facets.topics, path.to_owned()),
            None => complaints.push(format!(
                "topic `{name}` is not known, left out; give a path (経済/貿易) or a part of one (貿易, trade)"
            )),
        }
    }
    (facets, complaints)
}

/// Every year of what an author wrote, or what is wrong with it, to stand behind the value.
fn all_years(written: &str) -> Result<RangeInclusive<i32>, String> {
    match Years::parse(written) {
        Ok(Years {
            from: Some(from),
            to: Some(to),
        }) if to - from < MAX_DECLARED_YEARS => Ok(from..=to),
        Ok(Years {
            from: Some(_),
            to: Some(_),
        }) => Err(format!("is longer than {MAX_DECLARED_YEARS} years")),
        Ok(_) => Err("has no end".to_owned()),
        Err(NoYears::NotAYear) => Err("is not a year".to_owned()),
        Err(NoYears::OutOfBounds) => Err("is not between 1 and 2999".to_owned()),
        Err(NoYears::Reversed(..)) => Err("ends before it begins".to_owned()),
    }
}

/// The values as written; readers leave empty ones for `country:` without a value.
fn values(written: &[String]) -> impl Iterator<Item = &str> {
    written
        .iter()
        .map(|value| value.trim())
        .filter(|value| !value.is_empty())
}

fn add<T: PartialEq>(values: &mut Vec<Found<T>>, value: T) {
    if !values.iter().any(|found| found.value == value) {
        values.push(Found::by_author(value));
    }
}

fn join(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
