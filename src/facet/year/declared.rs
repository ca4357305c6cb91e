//! Years as people write them where a year is expected: in front matter, in filters.
//!
//! In: what was typed: `2024`, `令和6年`, `R6`, `2020..2024`, `1990年代`, `..2020`. Out: the first and the last year, or why it is none.

use super::chain::is_dash;
use super::numeral;
use super::{Mention, reader};
use crate::facet::fold::fold;

/// Nothing longer than this is read; keeps the work on hostile input small.
const MAX_BYTES: usize = 64;

/// Years that may be written.
const ACCEPTED: std::ops::RangeInclusive<i32> = 1..=2999;

/// Years from the first to the last; an end that is open is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Years {
    pub(crate) from: Option<i32>,
    pub(crate) to: Option<i32>,
}

/// Why what was written is no year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoYears {
    /// It is not written as years are.
    NotAYear,
    /// It is a number that no year has.
    OutOfBounds,
    /// It ends before it begins.
    Reversed(i32, i32),
}

impl Years {
    /// Reads years as they are typed.
    pub(crate) fn parse(written: &str) -> Result<Years, NoYears> {
        if written.len() > MAX_BYTES {
            return Err(NoYears::NotAYear);
        }
        let written = fold(written.trim()).replace('‥', "..");
        let whole = point(&written);
        if let Ok((from, to)) = whole {
            return Ok(Years {
                from: Some(from),
                to: Some(to),
            });
        }
        let Some((first, last)) = split(&written) else {
            return Err(whole.err().unwrap_or(NoYears::NotAYear));
        };
        let years = Years {
            from: end(first)?.map(|years| years.0),
            to: end(last)?.map(|years| years.1),
        };
        match years {
            Years {
                from: None,
                to: None,
            } => Err(NoYears::NotAYear),
            Years {
                from: Some(from),
                to: Some(to),
            } if from > to => Err(NoYears::Reversed(from, to)),
            years => Ok(years),
        }
    }
}

/// Cuts a range in two. An end may be left open behind or before `..` and `~`, not beside a hyphen, which looks like a slip.
fn split(written: &str) -> Option<(&str, &str)> {
    if let Some((first, last)) = written.split_once("..") {
        return Some((first, last.strip_prefix('=').unwrap_or(last)));
    }
    for link in ["~", "〜", "から", " to "] {
        if let Some((first, last)) = written.split_once(link) {
            return Some((first, last.strip_suffix("まで").unwrap_or(last)));
        }
    }
    let (first, last) = written.split_once(is_dash)?;
    (!first.trim().is_empty() && !last.trim().is_empty()).then_some((first, last))
}

fn end(written: &str) -> Result<Option<(i32, i32)>, NoYears> {
    match written.trim() {
        "" => Ok(None),
        written => point(written).map(Some),
    }
}

/// A single expression: its first and last year, which differ for a decade or a range such as 2023-25年.
fn point(written: &str) -> Result<(i32, i32), NoYears> {
    let written = written.trim();
    let plain = written.strip_suffix('年').unwrap_or(written).trim_end();
    if !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_digit()) {
        let year = plain
            .parse()
            .ok()
            .filter(|year| ACCEPTED.contains(year) && !plain.starts_with('0'));
        return year.map(|year| (year, year)).ok_or(NoYears::OutOfBounds);
    }
    // R6, 令和6: nothing else can be meant here.
    let called = match written.ends_with(numeral::is_numeral) {
        true => reader::mentions(&format!("{written}年")),
        false => Vec::new(),
    };
    let as_written = reader::mentions(written);
    let covers = |mentions: &[Mention], bytes: usize| match mentions {
        [first, rest @ ..] if first.range == (0..bytes) => {
            let last = rest.last().unwrap_or(first);
            (last.range == first.range).then_some((*first.years.start(), *last.years.end()))
        }
        _ => None,
    };
    covers(&as_written, written.len())
        .or_else(|| covers(&called, written.len() + '年'.len_utf8()))
        .ok_or(NoYears::NotAYear)
}
