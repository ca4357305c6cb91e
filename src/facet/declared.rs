//! Declared facets: what an author wrote into front matter or JSON.
//!
//! In: [`Metadata`] as written. Out: facets, and one complaint for each value that makes no sense: what it is, that it
//! is ignored, what to write instead. The caller knows the file and puts it in front.

use std::ops::RangeInclusive;

use super::country::Country;
use super::fold::Folded;
use super::topic::Taxonomy;
use super::year::{self, NoYears, Years};
use super::{Facets, Found, Provenance};
use crate::document::Metadata;
use crate::language::Language;

/// Longest range an author may declare.
const MAX_DECLARED_YEARS: i32 = 300;

pub(super) fn read(metadata: &Metadata, taxonomy: &Taxonomy) -> (Facets, Vec<String>) {
    let mut complaints = Vec::new();
    let written = Written {
        country: &metadata.country,
        year: &metadata.year,
        topic: &metadata.topic,
    };
    let facets = resolve(&written, Provenance::Declared, taxonomy, &mut complaints);
    if let Some(date) = metadata.date.as_deref()
        && year_of_date(date).is_none()
    {
        complaints.push(format!(
            "date `{date}` is not read as a date, shown but not used; give 2024-05-01, 2024-05 or 2024"
        ));
    }
    if let Some(language) = metadata.language.as_deref()
        && Language::named(language).is_none()
    {
        complaints.push(format!(
            "language `{language}` is not known, left out; give a code (ja) or a name (日本語, Japanese)"
        ));
    }
    (facets, complaints)
}

/// The year of a document's date: an ISO date, whole or in part, or a date in words that names one year.
pub(super) fn year_of_date(date: &str) -> Option<i32> {
    let folded = Folded::new(date.trim());
    let day = folded.text.split(['t', ' ']).next().unwrap_or_default();
    let parts: Option<Vec<i32>> = day
        .split(['-', '/', '.'])
        .map(|part| part.parse().ok())
        .collect();
    match parts.as_deref() {
        Some(&[year @ 1000..=2999, ref rest @ ..]) => match *rest {
            [] | [1..=12] | [1..=12, 1..=31] => Some(year),
            _ => None,
        },
        _ => match year::find(&folded).as_slice() {
            [found] => Some(found.value),
            _ => None,
        },
    }
}

/// Values of each facet as somebody wrote them.
#[derive(Default)]
pub(super) struct Written<'w> {
    pub(super) country: &'w [String],
    pub(super) year: &'w [String],
    pub(super) topic: &'w [String],
}

/// The values that what is written stands for; each that stands for none becomes a complaint.
pub(super) fn resolve(
    written: &Written<'_>,
    provenance: Provenance,
    taxonomy: &Taxonomy,
    complaints: &mut Vec<String>,
) -> Facets {
    let mut facets = Facets::default();
    for name in values(written.country) {
        match Country::named(name) {
            Some(country) => add(&mut facets.countries, country, provenance),
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
    for years in values(written.year) {
        match all_years(years) {
            Ok(years) => years.for_each(|year| add(&mut facets.years, year, provenance)),
            Err(reason) => complaints.push(format!(
                "year `{years}` {reason}, left out; give a year (2024) or a range (2020..2024)"
            )),
        }
    }
    facets.years.sort_by_key(|found| found.value);
    for name in values(written.topic) {
        match taxonomy.resolve(name) {
            Some(path) => add(&mut facets.topics, path.to_owned(), provenance),
            None => complaints.push(format!(
                "topic `{name}` is not known, left out; give a path (経済/貿易) or a part of one (貿易, trade)"
            )),
        }
    }
    facets
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

fn add<T: PartialEq>(values: &mut Vec<Found<T>>, value: T, provenance: Provenance) {
    if !values.iter().any(|found| found.value == value) {
        values.push(Found::given(value, provenance));
    }
}

fn join(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
