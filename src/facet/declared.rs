//! Declared facets: what an author wrote into front matter or JSON.
//!
//! In: [`Metadata`] as written. Out: facets, and one complaint for each value that makes no sense: what it is, that it
//! is ignored, what to write instead. The caller knows the file and puts it in front.

use super::country::Country;
use super::topic::Taxonomy;
use super::{Facets, Found, year};
use crate::document::Metadata;

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
        match year::parse(years) {
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
