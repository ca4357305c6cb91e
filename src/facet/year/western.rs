//! Years of the Gregorian calendar, alone, in dates and in ranges.
//!
//! In: folded text at a digit. Out: mentions, and where to read on. Digits and the signs between them are read as one
//! chain first (`2020-2024`, `2024-05-01`, `1,234.5`, `03-1234-2019`): its shape says what it can be.

use std::ops::Range;

use super::{Mentions, context, numeral};

/// Years that a number may be where no word says so.
const PLAUSIBLE: std::ops::RangeInclusive<i32> = 1800..=2100;

/// Years that a number may be where a word says so.
const POSSIBLE: std::ops::RangeInclusive<i32> = 1000..=2999;

/// The Buddhist calendar of Thailand counts from 543 BC.
const BUDDHIST: i32 = 543;

/// Digits joined by single signs.
#[derive(Debug)]
struct Chain {
    runs: Vec<Run>,
    signs: Vec<char>,
    range: Range<usize>,
}

#[derive(Debug, Clone, Copy)]
struct Run {
    value: i32,
    digits: usize,
    end: usize,
}

impl Chain {
    fn read(text: &str, start: usize) -> Chain {
        let mut chain = Chain {
            runs: Vec::new(),
            signs: Vec::new(),
            range: start..start,
        };
        let mut at = start;
        loop {
            let digits = text.as_bytes()[at..]
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            let end = at + digits;
            let value = text[at..end].parse().unwrap_or(i32::MAX);
            chain.runs.push(Run { value, digits, end });
            chain.range.end = end;
            let mut after = text[end..].chars();
            match (after.next(), after.next()) {
                (Some(sign), Some('0'..='9'))
                    if context::is_dash(sign) || matches!(sign, '/' | '.' | ',' | ':' | '・') =>
                {
                    chain.signs.push(sign);
                    at = end + sign.len_utf8();
                }
                _ => return chain,
            }
        }
    }
}

/// Reads from a digit on.
pub(super) fn read(text: &str, start: usize, mentions: &mut Mentions) -> usize {
    let chain = Chain::read(text, start);
    let end = chain.range.end;
    if context::is_blocked_before(text, start) {
        return end;
    }
    let called_year = context::after_year_word(text, end).1;
    match (chain.runs.as_slice(), chain.signs.as_slice()) {
        (&[year], _) if year.digits == 4 => {
            return read_year(text, start, year.value, end, mentions);
        }
        (&[first, last], &[sign])
            if first.digits == 4 && last.digits == 4 && context::is_dash(sign) =>
        {
            return read_range(text, start, (first.value, last.value), end, mentions);
        }
        (&[year, second], &[sign])
            if year.digits == 4 && second.digits == 2 && sign != ',' && sign != ':' =>
        {
            let last = year.value / 100 * 100 + second.value;
            let month = (1..=12).contains(&second.value);
            if called_year && last > year.value && sign != '.' {
                return read_range(text, start, (year.value, last), end, mentions);
            } else if month && matches!(sign, '-' | '/') && PLAUSIBLE.contains(&year.value) {
                mentions.year(year.value, start..end);
            } else if sign != '.' && sign != '・' && last > year.value {
                return read_range(text, start, (year.value, last), end, mentions);
            }
        }
        // 05/2024
        (&[month, year], &['/'])
            if year.digits == 4
                && (1..=12).contains(&month.value)
                && PLAUSIBLE.contains(&year.value) =>
        {
            mentions.year(year.value, start..end);
        }
        // May 5,2025
        (&[day, year], &[',']) if year.digits == 4 && (1..=31).contains(&day.value) => {
            return read_year(text, day.end + 1, year.value, end, mentions);
        }
        (&[a, b, c], &[sign, other]) if sign == other && is_date((a, b, c), sign) => {
            mentions.year(if a.digits == 4 { a.value } else { c.value }, start..end);
        }
        (&[a, b, c, d, e, f], &[sign, _, _, _, other])
            if sign == other
                && is_date((a, b, c), sign)
                && is_date((d, e, f), sign)
                && a.digits == 4 =>
        {
            mentions.years(a.value, d.value.max(a.value), start..end);
        }
        // 1994,1996,2000
        (runs, signs)
            if signs.iter().all(|sign| matches!(sign, ',' | '・'))
                && runs
                    .iter()
                    .all(|run| run.digits == 4 && PLAUSIBLE.contains(&run.value))
                && (called_year || context::is_open_after(text, start, end, 1)) =>
        {
            for run in runs {
                mentions.year(run.value, run.end - 4..run.end);
            }
        }
        _ => {}
    }
    end
}

/// Reads from a digit in Han on: 二〇二五年.
pub(super) fn read_kanji(text: &str, start: usize, mentions: &mut Mentions) -> usize {
    let (year, digits, end) = numeral::digits(text, start);
    let before = text[..start].chars().next_back();
    let part_of_number = before.is_some_and(|c| "十百千万億兆第約数".contains(c));
    if digits != 4 || part_of_number || !context::after_year_word(text, end).1 {
        return end;
    }
    read_year(text, start, year, end, mentions)
}

fn is_date((a, b, c): (Run, Run, Run), sign: char) -> bool {
    if !(matches!(sign, '-' | '/' | '.') && b.digits <= 2) {
        return false;
    }
    let day_and_month = |day: i32, month: i32| (1..=31).contains(&day) && (1..=12).contains(&month);
    match (a.digits, c.digits) {
        (4, 1..=2) => PLAUSIBLE.contains(&a.value) && day_and_month(c.value, b.value),
        (1..=2, 4) => {
            let either_order = day_and_month(a.value, b.value) || day_and_month(b.value, a.value);
            PLAUSIBLE.contains(&c.value) && either_order
        }
        _ => false,
    }
}

/// A number of four digits: a year, the first of a range, a decade, or none of these.
fn read_year(text: &str, start: usize, year: i32, end: usize, mentions: &mut Mentions) -> usize {
    if (PLAUSIBLE.start() + BUDDHIST..=PLAUSIBLE.end() + BUDDHIST).contains(&year)
        && context::is_thai(text, start)
    {
        mentions.year(year - BUDDHIST, start..end);
        return end;
    }
    let (word_end, called_year) = context::after_year_word(text, end);
    if called_year {
        if !POSSIBLE.contains(&year) || context::is_rough(text, start) {
            return word_end;
        }
        if let Some(decade_end) = context::after_decade_word(text, end).filter(|_| year % 10 == 0) {
            mentions.years(year, year + 9, start..decade_end);
            return decade_end;
        }
        if let Some((last, range_end)) = second_year(text, word_end, year) {
            return read_range(text, start, (year, last), range_end, mentions);
        }
        if !context::is_duration(text, word_end, year) {
            mentions.year(year, start..word_end);
        }
        return word_end;
    }
    if !PLAUSIBLE.contains(&year) || context::is_rough(text, start) {
        return end;
    }
    let rest = &text[end..];
    // the 1990s, the 1990's; 2019's
    let owned = rest.starts_with('\'');
    if let Some(after) = rest.strip_prefix("'s").or_else(|| rest.strip_prefix('s')) {
        // The 1900s may be a century; the 2000s are rather a decade.
        let doubtful = !owned && (year % 10 != 0 || year % 100 == 0 && year != 2000);
        if !after.starts_with(char::is_alphanumeric) && !doubtful {
            let last = if year % 10 == 0 { year + 9 } else { year };
            mentions.years(year, last, start..text.len() - after.len());
        }
        return end;
    }
    // 1980-х годов
    if let Some(after) = rest.strip_prefix("-х").or_else(|| rest.strip_prefix("-е"))
        && year % 10 == 0
        && after.trim_start().starts_with("год")
    {
        mentions.years(year, year + 9, start..text.len() - after.len());
        return end;
    }
    // from 2019 to 2021, between 2019 and 2021
    if let Some(link) = context::opens_range(text, start)
        && let Some(after) = rest.strip_prefix(link)
    {
        let at = text.len() - after.len();
        let (last, digits, range_end) = numeral::digits(text, at);
        if digits == 4
            && PLAUSIBLE.contains(&last)
            && last >= year
            && context::is_open_after(text, start, range_end, 1)
        {
            mentions.years(year, last, start..range_end);
            return range_end;
        }
    }
    if context::is_open_after(text, start, end, year) {
        mentions.year(year, start..end);
    }
    end
}

/// The last year of a range whose first year ends at `at` (2020年～2024年, 2020年から24年): its value and end.
fn second_year(text: &str, at: usize, first: i32) -> Option<(i32, usize)> {
    let second = context::after_link(text, at)?;
    let (value, digits, end) = numeral::digits(text, second);
    if !context::after_year_word(text, end).1 {
        return None;
    }
    let last = match digits {
        4 => value,
        2 => first / 100 * 100 + value,
        _ => return None,
    };
    (last > first && POSSIBLE.contains(&last)).then_some((last, end))
}

/// A range of years of four digits each. `end` is where its last digit ends.
fn read_range(
    text: &str,
    start: usize,
    (first, last): (i32, i32),
    end: usize,
    mentions: &mut Mentions,
) -> usize {
    let (word_end, called_year) = context::after_year_word(text, end);
    let likely = if called_year {
        let is_ago =
            context::is_duration(text, word_end, 1) && !text[word_end..].starts_with(['間', '间']);
        POSSIBLE.contains(&first) && POSSIBLE.contains(&last) && !is_ago
    } else {
        PLAUSIBLE.contains(&first)
            && PLAUSIBLE.contains(&last)
            && context::is_open_after(text, start, end, 1)
    };
    if likely && first <= last && !context::is_rough(text, start) {
        mentions.years(first, last, start..word_end);
    }
    word_end
}
