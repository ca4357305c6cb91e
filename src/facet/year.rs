//! Years: where a text speaks of one, and years as an author declares them.
//!
//! In: a folded text. Out: years of the Gregorian calendar with the place of their first mention and the number of
//! mentions, in order. Read are Western years (`2025年`, `２０２５年`, `二〇二五年`, `in 2018`, `2025 г.`), dates, ranges
//! (the years between are filled in, up to 30), decades and Japanese eras. Not read: durations (25年前), quantities
//! (1000平方キロ), ordinals (第2020回), codes, years before 1000, and words such as 昨年 or 同年.

mod context;
mod era;
mod numeral;
mod western;

use std::ops::{Range, RangeInclusive};

use super::Found;
use super::fold::{Folded, fold};

/// Longest range whose years are all taken as spoken of; of longer ones only the ends.
const MAX_FILLED_YEARS: i32 = 30;

/// Longest range an author may declare.
const MAX_DECLARED_YEARS: i32 = 300;

/// A stretch of the folded text that stands for one or more years.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mention {
    years: RangeInclusive<i32>,
    range: Range<usize>,
}

/// Mentions in the order they are read.
#[derive(Debug, Default)]
struct Mentions(Vec<Mention>);

impl Mentions {
    fn year(&mut self, year: i32, range: Range<usize>) {
        self.0.push(Mention {
            years: year..=year,
            range,
        });
    }

    /// A range of years: all of them, or the ends of a long one.
    fn years(&mut self, first: i32, last: i32, range: Range<usize>) {
        if last - first <= MAX_FILLED_YEARS {
            self.0.push(Mention {
                years: first..=last,
                range,
            });
        } else {
            self.year(first, range.clone());
            self.year(last, range);
        }
    }
}

/// The years that a text speaks of.
pub(super) fn find(text: &Folded) -> Vec<Found<i32>> {
    let mut found: Vec<Found<i32>> = Vec::new();
    for mention in mentions(&text.text).0 {
        for year in mention.years {
            match found.iter_mut().find(|found| found.value == year) {
                Some(found) => found.count += 1,
                None => found.push(Found::in_text(year, text.original_range(&mention.range))),
            }
        }
    }
    found.sort_by_key(|found| found.value);
    found
}

/// Reads a folded text once, from number to number.
fn mentions(text: &str) -> Mentions {
    let mut mentions = Mentions::default();
    let mut resume = 0;
    for (at, c) in text.char_indices() {
        if at < resume {
            continue;
        }
        resume = match c {
            '0'..='9' => western::read(text, at, &mut mentions),
            '令' | '平' | '昭' | '大' | '明' => era::read(text, at, &mut mentions),
            _ if numeral::digit(c).is_some() => western::read_kanji(text, at, &mut mentions),
            _ => continue,
        };
    }
    mentions
}

/// Reads a declared year or range: `2024`, `2020..2024`, `2020-2024`, `令和5年`, `2023-05-01`. The error says what is
/// wrong with it, to stand behind the value.
pub(super) fn parse(written: &str) -> Result<RangeInclusive<i32>, String> {
    let written = fold(written.trim());
    if let Some((first, last)) = written.split_once("..") {
        let (first, last) = (single(first)?, single(last.trim_start_matches(['.', '=']))?);
        return checked(first, last);
    }
    match single(&written) {
        Ok(year) => Ok(year..=year),
        Err(reason) => match mentions(&written).0.as_slice() {
            [Mention { years, range }] if *range == (0..written.len()) => {
                checked(*years.start(), *years.end())
            }
            [first, last] if first.range == last.range && first.range == (0..written.len()) => {
                checked(*first.years.start(), *last.years.end())
            }
            _ => Err(reason),
        },
    }
}

fn checked(first: i32, last: i32) -> Result<RangeInclusive<i32>, String> {
    match last - first {
        ..0 => Err("ends before it begins".to_owned()),
        0..MAX_DECLARED_YEARS => Ok(first..=last),
        _ => Err(format!("is longer than {MAX_DECLARED_YEARS} years")),
    }
}

fn single(written: &str) -> Result<i32, String> {
    let digits = written.trim().trim_end_matches('年').trim_end();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("is not a year".to_owned());
    }
    match digits.parse() {
        Ok(year @ 1..=2999) => Ok(year),
        _ => Err("is not between 1 and 2999".to_owned()),
    }
}

#[cfg(test)]
mod tests;
