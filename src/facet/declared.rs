//! Declared facets: what an author wrote into front matter or JSON.
//!
//! In: [`Metadata`] as written. Out: facets, and one complaint for each value that makes no sense: what it is, that it
//! is ignored, what to write instead. The caller knows the file and puts it in front.

use std::collections::BTreeSet;
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
/// Values of a facet that are read of one document.
const MAX_VALUES: usize = 1_000;
/// Values of a facet that are complained of one by one.
const MAX_TOLD: usize = 8;

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
    read_each(
        "country",
        written.country,
        complaints,
        |name| {
            let country = Country::named(name);
            country.map(|country| add(&mut facets.countries, country, provenance))
        },
        unknown_country,
    );
    let mut years = BTreeSet::new();
    read_each(
        "year",
        written.year,
        complaints,
        |written| all_years(written).ok().map(|all| years.extend(all)),
        |written| {
            let reason = all_years(written).err().unwrap_or_default();
            format!(
                "year `{written}` {reason}, left out; give a year (2024) or a range (2020..2024)"
            )
        },
    );
    let given = |year| Found::given(year, provenance);
    facets.years = years.into_iter().map(given).collect();
    read_each(
        "topic",
        written.topic,
        complaints,
        |name| {
            let path = taxonomy.resolve(name);
            path.map(|path| add(&mut facets.topics, path.to_owned(), provenance))
        },
        |name| {
            format!(
                "topic `{name}` is not known, left out; give a path (経済/貿易) or a part of one (貿易, trade)"
            )
        },
    );
    facets
}

/// Reads the values that somebody wrote for a facet, and complains of those that stand for none. Readers leave empty ones for `country:`
/// without a value.
fn read_each<'w>(
    facet: &str,
    written: &'w [String],
    complaints: &mut Vec<String>,
    mut read: impl FnMut(&'w str) -> Option<()>,
    complain: impl Fn(&str) -> String,
) {
    let trimmed = written.iter().map(|value| value.trim());
    let mut values = trimmed.filter(|value| !value.is_empty());
    let mut wrong: Vec<&str> = values.by_ref().take(MAX_VALUES).collect();
    wrong.retain(|value| read(value).is_none());
    complaints.extend(wrong.iter().take(MAX_TOLD).map(|value| complain(value)));
    if let Some(more @ 1..) = wrong.len().checked_sub(MAX_TOLD) {
        complaints.push(format!(
            "{more} more values of `{facet}` are not known, left out"
        ));
    }
    if let more @ 1.. = values.count() {
        complaints.push(format!(
            "`{facet}` has more than {MAX_VALUES} values, the other {more} were left out"
        ));
    }
}

fn unknown_country(name: &str) -> String {
    let near = Country::nearest(name);
    let near: Vec<String> = near
        .iter()
        .map(|c| format!("{} ({c})", c.name("en")))
        .collect();
    let hint = match near.is_empty() {
        true => "give a code (VN) or a name (ベトナム, Vietnam)".to_owned(),
        false => format!("did you mean {}?", near.join(", ")),
    };
    format!("country `{name}` is not known, left out; {hint}")
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

fn add<T: PartialEq>(values: &mut Vec<Found<T>>, value: T, provenance: Provenance) {
    if !values.iter().any(|found| found.value == value) {
        values.push(Found::given(value, provenance));
    }
}
