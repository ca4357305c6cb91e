//! Reading a text from number to number.
//!
//! In: folded text. Out: mentions in order. Each number is read as far as its chain goes; a calendar counts it; words around it decide. A
//! number that nothing calls a year is one only if it looks like one and stands where years stand.

mod short;

use std::ops::{Range, RangeInclusive};

use super::calendar::{self, Calendar, Named, Needs, POSSIBLE};
use super::chain::{Chain, Shape};
use super::context::{self, Introduction};
use super::numeral::{self, Number, Style};
use super::{Mention, relative};

/// Years that a number may be where no word says so.
const PLAUSIBLE: RangeInclusive<i32> = 1800..=2100;

/// The same for a number that stands where years stand: in 1648, (1603-1868).
const EARLY: RangeInclusive<i32> = 1000..=2100;

/// Longest range without a word for year.
const MAX_LIFE_YEARS: i32 = 500;

/// Longest range whose years are all taken as spoken of; of longer ones only the ends.
const MAX_FILLED_YEARS: i32 = 30;

/// Reads a text once.
pub(super) fn mentions(text: &str) -> Vec<Mention> {
    let mut reader = Reader {
        text,
        mentions: Vec::new(),
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        at = match bytes[at] {
            b'0'..=b'9' => reader.number(at),
            b'y' => reader.relative(at),
            b'\'' => reader.apostrophe(at),
            // Han numerals, 年 and digits of other scripts.
            0xd9 | 0xdb | 0xe0 | 0xe1 | 0xe3..=0xe9 | 0xed => reader.character(at),
            _ => at + 1,
        };
    }
    reader.mentions
}

struct Reader<'t> {
    text: &'t str,
    mentions: Vec<Mention>,
}

/// A number or chain and what is known of it.
struct Reading {
    calendar: Calendar,
    /// Whether the calendar's name alone makes it a year.
    is_certain: bool,
    /// Where the calendar's name, or else the number, begins.
    start: usize,
    /// Where the number ends.
    end: usize,
    /// Where the word for year behind it ends.
    word_end: Option<usize>,
}

impl Reading {
    fn range(&self) -> Range<usize> {
        self.start..self.word_end.unwrap_or(self.end)
    }
}

impl Reader<'_> {
    fn character(&mut self, at: usize) -> usize {
        let Some(c) = self.text[at..].chars().next() else {
            return self.text.len();
        };
        match c {
            '年' | '해' => self.relative(at).max(at + c.len_utf8()),
            _ if numeral::is_numeral(c) => self.number(at),
            _ => at + c.len_utf8(),
        }
    }

    fn relative(&mut self, at: usize) -> usize {
        match relative::read(self.text, at, &self.mentions) {
            Some((year, range)) => {
                let end = range.end;
                self.add(year..=year, range, Calendar::GREGORIAN);
                end
            }
            None => at + 1,
        }
    }

    /// '90s and '98.
    fn apostrophe(&mut self, at: usize) -> usize {
        let joined = self.text[..at].ends_with(|c: char| c.is_alphanumeric());
        let number = numeral::number(self.text, at + 1)
            .filter(|number| !joined && number.style == Style::Decimal && number.digits == 2);
        let Some(number) = number else {
            return at + 1;
        };
        let century = if number.value < 30 { 2000 } else { 1900 };
        let (year, end) = (century + number.value, number.range.end);
        match context::after_decade_word(self.text, end) {
            Some(decade_end) if number.value % 10 == 0 => {
                self.add(year..=year + 9, at..decade_end, Calendar::GREGORIAN);
                decade_end
            }
            None if number.value >= 60 && context::ends_phrase(self.text, end) => {
                self.add(year..=year, at..end, Calendar::GREGORIAN);
                end
            }
            _ => end,
        }
    }

    fn number(&mut self, at: usize) -> usize {
        let Some(first) = numeral::number(self.text, at) else {
            return at + 1;
        };
        let chain = Chain::read(self.text, first);
        let end = chain.range.end;
        let reading = self.reading(&chain);
        if context::is_ruled_out(self.text, reading.start) {
            return end;
        }
        match chain.shape(reading.calendar, reading.word_end.is_some()) {
            Shape::Date(years) if self.accepts_date(&chain, &reading) => {
                self.add(years, reading.range(), reading.calendar);
            }
            Shape::Year(year) => self.year(year, &chain, &reading),
            Shape::Years(years) => self.range(years, &reading),
            Shape::List(years) if self.accepts_list(&years, &reading) => {
                for (year, range) in years {
                    self.add(year..=year, range, reading.calendar);
                }
            }
            Shape::DayAndYear(year, range)
                if PLAUSIBLE.contains(&year) && self.is_open(Introduction::Year, end, 1) =>
            {
                self.add(year..=year, range, reading.calendar);
            }
            _ => {}
        }
        self.mentions
            .last()
            .map_or(end, |last| end.max(last.range.end))
    }

    /// Which calendar counts a chain, and whether its last number is called a year.
    fn reading(&self, chain: &Chain) -> Reading {
        let first = &chain.numbers[0];
        let end = chain.range.end;
        let mut reading = Reading {
            calendar: Calendar::GREGORIAN,
            is_certain: false,
            start: chain.range.start,
            end,
            word_end: context::after_year_word(self.text, end),
        };
        if let Some(Named {
            calendar,
            needs,
            start,
        }) = calendar::before(self.text, first)
        {
            reading.calendar = calendar;
            reading.start = start;
            reading.is_certain = match needs {
                Needs::Nothing => true,
                Needs::NoLetterAfter => !self.text[end..].starts_with(char::is_alphanumeric),
                // 昭和64(1989)年
                Needs::YearWord => self.text[end..].strip_prefix('(').is_some_and(|rest| {
                    rest.find(|c: char| !c.is_ascii_digit())
                        .is_some_and(|digits| digits == 4)
                }),
            };
        } else if self.is_short_decade(first) {
            let century = context::century_before(self.text, first.range.start)
                .or_else(|| self.decade_before(first))
                .unwrap_or(1900);
            reading.calendar = Calendar::century(century);
        } else if first.digits < 4 && reading.word_end.is_some() {
            reading.calendar = self.short_calendar(first, &reading);
        }
        reading
    }

    /// Whether a link or the sign of a list stands between a mention and `at`.
    fn is_joined(&self, last: &Mention, at: usize) -> bool {
        let between = self.text.get(last.range.end..at);
        between.is_some_and(context::is_list) || self.is_linked(last, at)
    }

    fn accepts_date(&self, chain: &Chain, reading: &Reading) -> bool {
        let is_date = chain.numbers.len() >= 3 || reading.calendar.is_long();
        let blocked =
            reading.start == chain.range.start && context::is_blocked(self.text, reading.start);
        is_date && !blocked
    }

    fn accepts_list(&self, years: &[(i32, Range<usize>)], reading: &Reading) -> bool {
        if reading.word_end.is_some() {
            return true;
        }
        years.iter().all(|(year, _)| PLAUSIBLE.contains(year))
            && !context::is_blocked(self.text, reading.start)
            && self.is_open(Introduction::Preposition, reading.end, 1)
    }

    /// A number that may be a year.
    fn year(&mut self, year: i32, chain: &Chain, reading: &Reading) {
        if let Some(decade_end) = self.decade(year, chain, reading) {
            let last = reading.calendar.decade_end(year).unwrap_or(year);
            self.add(year..=last, reading.start..decade_end, reading.calendar);
            return;
        }
        let range = reading.range();
        let first = self.open_range(&range, year);
        let last = self.mentions.last();
        let goes_on = last.is_some_and(|last| self.is_joined(last, range.start));
        let is_year = match reading.word_end {
            Some(word_end) if goes_on && context::is_span(self.text, word_end) => true,
            Some(word_end) => self.is_called_year(&chain.numbers[0], reading, word_end),
            None if reading.is_certain => true,
            None => {
                let is_bare = chain.numbers[0].style == Style::Decimal;
                is_bare && reading.calendar.is_long() && self.is_bare_year(year, reading)
            }
        };
        match first {
            _ if !is_year => {}
            Some(first) => self.extend(first, year, range),
            None => self.add(year..=year, range, reading.calendar),
        }
    }

    /// Whether a number that is called a year is one, and no length of time.
    fn is_called_year(&self, number: &Number, reading: &Reading, word_end: usize) -> bool {
        let is_round = number.value % 100 == 0;
        let doubtful = !reading.calendar.is_era() && (number.value < 1000 || is_round);
        // 二千年 is rather a length of time.
        let is_long_time =
            is_round && number.style == Style::HanCounted && reading.start == number.range.start;
        !context::is_duration(self.text, word_end, doubtful)
            && !context::is_rough(self.text, reading.start, number.value)
            && !is_long_time
    }

    /// Whether a number of four digits that no word calls a year is one.
    fn is_bare_year(&self, year: i32, reading: &Reading) -> bool {
        let (start, end) = (reading.start, reading.end);
        if context::is_blocked(self.text, start) {
            return false;
        }
        if context::is_rough(self.text, start, year) {
            return false;
        }
        let last = self.mentions.last().filter(|last| last.calendar.is_long());
        let linked = last.is_some_and(|last| self.is_linked(last, start));
        let listed =
            last.is_some_and(|last| self.is_joined(last, start) && *last.years.end() < year);
        let introduction = match linked || context::is_called_later(self.text, end) {
            true => Introduction::Year,
            false => context::introduction(self.text, start),
        };
        // The 1800s are a century.
        if year % 100 == 0 && context::after_decade_word(self.text, end).is_some() {
            return false;
        }
        if PLAUSIBLE.contains(&year) {
            return self.is_open(introduction, end, year);
        }
        EARLY.contains(&year)
            && match introduction {
                Introduction::Year => self.is_open(introduction, end, 1),
                Introduction::In => {
                    year % 100 != 0
                        && self.is_open(introduction, end, year)
                        && !context::is_plural(self.text, end)
                }
                Introduction::Preposition => {
                    context::ends_phrase(self.text, end) && year % 100 != 0
                }
                Introduction::None => {
                    let stands_alone = listed && context::ends_phrase(self.text, end)
                        || context::is_bracketed(self.text, start, end);
                    stands_alone && year % 100 != 0
                }
            }
    }

    fn is_open(&self, introduction: Introduction, end: usize, number: i32) -> bool {
        context::is_open_after(self.text, introduction, end, number)
    }

    /// Where a decade ends that begins with the number just read.
    fn decade(&self, year: i32, chain: &Chain, reading: &Reading) -> Option<usize> {
        let number = &chain.numbers[0];
        // The 1800s may be a century; the 2000s are rather a decade.
        let is_doubtful = year % 100 == 0 && !(year == 1900 || year == 2000);
        reading.calendar.decade_end(year).filter(|_| !is_doubtful)?;
        if context::is_after_decade_word(self.text, reading.start) && number.digits == 4 {
            return Some(reading.end);
        }
        let end = context::after_decade_word(self.text, reading.end)?;
        let century = year % 100 == 0 && year != 2000 && !self.text[..end].ends_with("代");
        (!century && !context::is_blocked(self.text, reading.start)).then_some(end)
    }

    /// A chain that may be the first and last year of a range.
    fn range(&mut self, years: RangeInclusive<i32>, reading: &Reading) {
        let is_range = match reading.word_end {
            Some(word_end) => {
                context::is_span(self.text, word_end)
                    || !context::is_duration(self.text, word_end, false)
            }
            None => {
                // 973-1048, as lives are written, and 1629-31: quantities look like it only beside what they count.
                let (first, last) = (*years.start(), *years.end());
                let introduction = match PLAUSIBLE.contains(&last) {
                    true => Introduction::Preposition,
                    false => match context::introduction(self.text, reading.start) {
                        Introduction::Preposition => Introduction::None,
                        introduction => introduction,
                    },
                };
                let likely = EARLY.contains(&last) && last - first <= MAX_LIFE_YEARS;
                reading.calendar.is_long()
                    && (likely || reading.is_certain)
                    && !context::is_blocked(self.text, reading.start)
                    && self.is_open(introduction, reading.end, 1)
            }
        };
        if is_range {
            self.add(years, reading.range(), reading.calendar);
        }
    }

    /// The first year of a range whose last year was just read: 2020年～2024年, from 2019 to 2021.
    fn open_range(&self, range: &Range<usize>, year: i32) -> Option<i32> {
        let last = self.mentions.last()?;
        let first = *last.years.start();
        let is_link = self.is_linked(last, range.start);
        (is_link && last.years.end() == &first && first < year).then_some(first)
    }

    /// Whether what stands between a mention and `at` makes a range of what it joins.
    fn is_linked(&self, last: &Mention, at: usize) -> bool {
        let opener = context::last_word(self.text[..last.range.start].trim_end());
        self.text
            .get(last.range.end..at)
            .is_some_and(|between| context::is_link(opener, between))
    }

    /// Makes a range of the last mention and the year that `range` shows.
    fn extend(&mut self, first: i32, year: i32, range: Range<usize>) {
        if let Some(last) = self.mentions.pop() {
            self.add(first..=year, last.range.start..range.end, last.calendar);
        }
    }

    /// Adds years: all of them, or the ends of a long range.
    fn add(&mut self, years: RangeInclusive<i32>, range: Range<usize>, calendar: Calendar) {
        let (first, last) = (*years.start(), *years.end());
        if !(POSSIBLE.contains(&first) && POSSIBLE.contains(&last)) {
            return;
        }
        let mut push = |years, range| {
            self.mentions.push(Mention {
                years,
                range,
                calendar,
            });
        };
        if last - first <= MAX_FILLED_YEARS {
            push(years, range);
        } else {
            push(first..=first, range.clone());
            push(last..=last, range);
        }
    }
}
