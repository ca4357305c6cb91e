//! Years: where a text speaks of one, and years as people write them into front matter and filters.
//!
//! In: a folded text. Out: years of the Gregorian calendar with the place of their first mention and the number of
//! mentions, in order.
//!
//! Read are years that a word calls so (`2025年`, `二千二十五年`, `2025 г.`, `năm 2025`), dates (`2024-05-01`, `5.5.2025`), years where
//! years stand (`in 2018`, `(1991)`), ranges (the years between are filled in, up to 30), decades, eras (`令和7年`, `R7.5.12`, `民國113年`),
//! the Buddhist and the Iranian calendar where the text uses them, and 同年, 翌年, 前年, "that year", "the following year" where the year
//! before is beyond doubt. Bare numbers are years from 1800 to 2100, from 1000 where a preposition or brackets say so.
//!
//! Not read: durations (25年前), quantities (1000平方キロ), ordinals (第2020回), codes, years before Christ, centuries, dates with a year
//! of two digits (12/05/24), and words that lean on the day of writing (昨年, 今年, last year).

mod calendar;
mod chain;
mod context;
mod declared;
mod numeral;
mod reader;
mod relative;
mod words;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::{Range, RangeInclusive};

use super::Found;
use super::fold::Folded;
use calendar::Calendar;

pub(crate) use declared::{NoYears, Years};

/// A stretch of the folded text that stands for one or more years.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mention {
    years: RangeInclusive<i32>,
    range: Range<usize>,
    calendar: Calendar,
}

/// The years that a text speaks of.
pub(super) fn find(text: &Folded) -> Vec<Found<i32>> {
    let mut found: BTreeMap<i32, Found<i32>> = BTreeMap::new();
    for mention in reader::mentions(&text.text) {
        for year in mention.years {
            match found.entry(year) {
                Entry::Occupied(mut found) => found.get_mut().count += 1,
                Entry::Vacant(place) => {
                    place.insert(Found::in_text(year, text.original_range(&mention.range)));
                }
            }
        }
    }
    found.into_values().collect()
}

#[cfg(test)]
mod tests;
