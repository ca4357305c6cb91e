//! Numbers joined by signs: `2020-2024`, `2024-05-01`, `R7.5.12`, `1,234.5`, `03-1234-2019`.
//!
//! In: folded text at a digit. Out: what the shape of the chain says it is. Not here: what the words around it say.

use std::ops::{Range, RangeInclusive};

use super::calendar::Calendar;
use super::numeral::{self, Number, Style};

/// Numbers of a chain beyond these are passed over; no date and no sensible list is that long.
const MAX_NUMBERS: usize = 32;

/// Numbers joined by single signs.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) numbers: Vec<Number>,
    signs: Vec<char>,
    pub(super) range: Range<usize>,
    is_cut: bool,
}

/// What a chain is by its shape.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A number that may be a year.
    Year(i32),
    /// Two numbers that may be the first and last year of a range.
    Years(RangeInclusive<i32>),
    /// Years side by side, each with its range.
    List(Vec<(i32, Range<usize>)>),
    /// One or two full dates, or a year and a month.
    Date(RangeInclusive<i32>),
    /// A day and a year: `May 5,2025`.
    DayAndYear(i32, Range<usize>),
    /// None of these.
    Other,
}

/// Signs between numbers that make a range. `ー` is a common slip for a dash.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '–' | '—' | '−' | '~' | '〜' | 'ー' | '―')
}

impl Chain {
    /// Reads the chain that begins with the number `first`. Numbers in Han are joined only by a dash or a middle dot.
    pub(super) fn read(text: &str, first: Number) -> Chain {
        let mut chain = Chain {
            range: first.range.clone(),
            numbers: vec![first],
            signs: Vec::new(),
            is_cut: false,
        };
        loop {
            let end = chain.range.end;
            let style = chain.numbers[0].style;
            let mut after = text[end..].chars();
            let (Some(sign), Some(next)) = (after.next(), after.next()) else {
                return chain;
            };
            let joins = is_dash(sign)
                || sign == '・'
                || style == Style::Decimal && matches!(sign, '/' | '.' | ',' | ':');
            let continues = match style {
                Style::Decimal => numeral::is_decimal(next),
                _ => numeral::is_han_numeral(next) && next != '元',
            };
            let at = end + sign.len_utf8();
            let Some(number) = numeral::number(text, at).filter(|_| joins && continues) else {
                return chain;
            };
            chain.range.end = number.range.end;
            if chain.numbers.len() < MAX_NUMBERS {
                chain.signs.push(sign);
                chain.numbers.push(number);
            } else {
                chain.is_cut = true;
            }
        }
    }

    /// What the chain is if its years are counted by `calendar`. `called` tells whether a word for year follows.
    pub(super) fn shape(&self, calendar: Calendar, called: bool) -> Shape {
        if self.is_cut {
            return Shape::Other;
        }
        let year = |number: &Number| calendar.year(number);
        match (self.numbers.as_slice(), self.signs.as_slice()) {
            ([number], _) => year(number).map_or(Shape::Other, Shape::Year),
            ([first, last], [sign]) if is_dash(*sign) || *sign == '/' => {
                self.pair(calendar, first, last, *sign, called)
            }
            ([day, last], [',']) if day.digits <= 2 && last.digits == 4 => match year(last) {
                Some(year) if (1..=31).contains(&day.value) => {
                    Shape::DayAndYear(year, last.range.clone())
                }
                _ => Shape::Other,
            },
            _ => self
                .date(calendar)
                .unwrap_or_else(|| self.list(calendar, called)),
        }
    }

    fn pair(
        &self,
        calendar: Calendar,
        first: &Number,
        last: &Number,
        sign: char,
        called: bool,
    ) -> Shape {
        let is_month = |number: &Number| number.digits <= 2 && (1..=12).contains(&number.value);
        // 973-1048
        let is_early = first.digits == 3
            && first.value >= 300
            && last.digits == 4
            && (1..=120).contains(&(last.value - first.value));
        if let Some(last) = calendar.year(last).filter(|_| is_early && is_dash(sign)) {
            return Shape::Years(first.value..=last);
        }
        let Some(year) = calendar.year(first) else {
            // 05/2024
            return match calendar.year(last) {
                Some(year) if sign == '/' && is_month(first) && last.digits == 4 => {
                    Shape::Date(year..=year)
                }
                _ => Shape::Other,
            };
        };
        if first.digits == 4 && is_month(last) && matches!(sign, '-' | '/') && !called {
            return Shape::Date(year..=year);
        }
        match calendar.year(last).or_else(|| in_century(year, last)) {
            Some(other) if sign == '/' && other != year + 1 && last.digits == first.digits => {
                Shape::List(vec![
                    (year, first.range.clone()),
                    (other, last.range.clone()),
                ])
            }
            Some(last) if year < last => Shape::Years(year..=last),
            _ => Shape::Other,
        }
    }

    /// Dates with their year first or last, and intervals of them: `2024-05-01`, `12.05.2024`, `5-12.05.2024`, `2024/5/1-5/3`.
    fn date(&self, calendar: Calendar) -> Option<Shape> {
        let short = |numbers: &[Number]| numbers.iter().all(|number| number.digits <= 2);
        let at = |first: usize| {
            let joined = self.signs.get(first..first + 2)?;
            let sound = joined[0] == joined[1] && matches!(joined[0], '-' | '/' | '.');
            let numbers = self.numbers.get(first..first + 3).filter(|_| sound)?;
            let (a, b, c) = (&numbers[0], &numbers[1], &numbers[2]);
            let day_and_month =
                |day: i32, month: i32| (1..=31).contains(&day) && (1..=12).contains(&month);
            if b.digits > 2 {
                None
            } else if c.digits <= 2 && day_and_month(c.value, b.value) {
                calendar.year(a)
            } else if c.digits == 4
                && a.digits <= 2
                && (day_and_month(a.value, b.value) || day_and_month(b.value, a.value))
            {
                calendar.year(c)
            } else {
                None
            }
        };
        let last = self.numbers.len().checked_sub(3)?;
        let (first, rest) = match (at(0), at(last)) {
            (Some(from), Some(to)) if last >= 3 && from <= to && short(&self.numbers[4..5]) => {
                return Some(Shape::Date(from..=to));
            }
            (Some(year), _) if short(&self.numbers[3..]) => (year, true),
            (_, Some(year)) if short(&self.numbers[..last]) => (year, true),
            _ => (0, false),
        };
        rest.then_some(Shape::Date(first..=first))
    }

    /// `1994,1996,2000`, `平成20・21・23` and, if called years, `2005・07・09`.
    fn list(&self, calendar: Calendar, called: bool) -> Shape {
        let mut years: Vec<(i32, Range<usize>)> = Vec::new();
        for number in &self.numbers {
            let in_century = || {
                let (before, _) = years.last().filter(|_| called)?;
                in_century(*before, number)
            };
            match calendar.year(number).or_else(in_century) {
                Some(year) => years.push((year, number.range.clone())),
                None => return Shape::Other,
            }
        }
        match self.signs.iter().all(|sign| matches!(sign, ',' | '・')) {
            true => Shape::List(years),
            false => Shape::Other,
        }
    }
}

/// The year that two digits stand for behind a year of four: 2023-25.
pub(super) fn in_century(year: i32, last: &Number) -> Option<i32> {
    (last.digits == 2 && year >= 1000).then_some(year / 100 * 100 + last.value)
}
