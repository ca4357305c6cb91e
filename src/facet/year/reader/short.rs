//! Numbers of less than four digits: years of antiquity, of the last century, and of an era whose name stood before.
//!
//! In: a number, and the mentions before it. Out: the calendar that counts it; the Gregorian one, in which it is none, if nothing tells.

use std::ops::RangeInclusive;

use super::super::calendar::{self, Calendar};
use super::super::context;
use super::super::numeral::{self, Number, Style};
use super::{Reader, Reading};

/// Years of two digits that no era since 1868 has reached: 95年5月.
const SHORT: RangeInclusive<i32> = 65..=99;

impl Reader<'_> {
    /// 90年代, the late 80s, 90-х годов. Decades before the fifties may be those of an era or of another century.
    pub(super) fn is_short_decade(&self, number: &Number) -> bool {
        let least = match context::century_before(self.text, number.range.start) {
            Some(_) => 10,
            None if self.decade_before(number).is_some() => 10,
            None => 50,
        };
        let is_decade = number.digits == 2 && number.value >= least && number.value % 10 == 0;
        is_decade && context::is_short_decade(self.text, &number.range)
    }

    /// The century of the decade that a short one goes on with: 1920年代から30年代.
    pub(super) fn decade_before(&self, number: &Number) -> Option<i32> {
        let last = self.mentions.last()?;
        let first = *last.years.start();
        let goes_on = last.years.end() - first == 9 && first % 100 < number.value;
        (goes_on && self.is_joined(last, number.range.start)).then_some(first / 100 * 100)
    }

    /// What counts a number of less than four digits that is called a year, with no era before it.
    pub(super) fn short_calendar(&self, number: &Number, reading: &Reading) -> Calendar {
        if number.style == Style::HanCounted && number.range.len() == '元'.len_utf8() {
            return Calendar::GREGORIAN;
        }
        let rest = &self.text[reading.word_end.unwrap_or(reading.end)..];
        let month = rest
            .find(|c| !numeral::is_numeral(c))
            .is_some_and(|digits| digits > 0 && rest[digits..].starts_with('月'));
        let before = self.text[..reading.start].chars().next_back();
        match number.digits {
            3 if self.is_early(number, month, rest) => Calendar::ANNO_DOMINI,
            3 => Calendar::GREGORIAN,
            _ if self.continues(number, month, rest) => self.last_calendar(),
            2 if self.text[number.range.clone()].starts_with('0') => Calendar::century(2000),
            2 if before.is_some_and(|c| c.is_ascii_alphanumeric() || calendar::is_han(c)) => {
                Calendar::GREGORIAN
            }
            // 95年5月, 87年から
            2 if SHORT.contains(&number.value) && (month || context::is_point_in_time(rest)) => {
                Calendar::century(1900)
            }
            _ => Calendar::GREGORIAN,
        }
    }

    /// Whether a number of three digits is a year, as in histories, and no length of time: 645年6月, (794年), 663年に.
    fn is_early(&self, number: &Number, month: bool, rest: &str) -> bool {
        let before = self.text[..number.range.start].trim_end_matches(' ');
        let bracketed = before.ends_with(['(', ':', '〜', '~', '-', '–', '/', '='])
            || before.ends_with("、") && rest.starts_with(')');
        let closes = rest.is_empty()
            || rest.trim_start().starts_with([
                ')', '-', '〜', '~', '–', '/', '、', '。', '頃', '春', '夏', '秋', '冬', '末',
            ]);
        let speaks = rest.starts_with([
            '(', 'に', '、', 'の', 'か', '頃', 'ご', 'ま', '以', '春', '夏', '秋', '冬', '末',
        ]);
        // Among years as old, a round number is one, too.
        let in_history = self
            .mentions
            .iter()
            .rev()
            .take(8)
            .any(|mention| *mention.years.end() < 1300);
        let is_round = number.value % if in_history { 100 } else { 10 } == 0;
        month
            || bracketed && closes && number.value % 100 != 0
            || speaks && number.value >= 300 && !is_round
    }

    /// Whether a short number goes on with the calendar of the year before it: 平成20年、21年 and 2005年、07年.
    fn continues(&self, number: &Number, month: bool, rest: &str) -> bool {
        let Some(last) = self.mentions.last() else {
            return false;
        };
        let Some(between) = self.text.get(last.range.end..number.range.start) else {
            return false;
        };
        let is_next = self
            .last_calendar()
            .year(number)
            .is_some_and(|year| year > *last.years.end() || between.is_empty());
        // 明治5年に開校し、同10年に
        let same = between.len() <= 200 && between.ends_with('同') && !between.contains('\n');
        let joined = same || self.is_joined(last, number.range.start);
        let padded = self.text[number.range.clone()].starts_with('0');
        let speaks = month
            || padded
            || rest.is_empty()
            || rest.starts_with('の') && self.last_calendar().is_era()
            || rest.starts_with([
                'に', '、', 'と', 'ま', ')', '・', '度', '。', 'は', '(', 'か', '末', '春', '秋',
                '頃', 'ご',
            ]);
        is_next && joined && speaks || self.is_near_fiscal_year(number, month, rest)
    }

    /// Whether a short number is a year or a fiscal year of the era that the text spoke of before: 平成十年度 … 十一年度.
    fn is_near_fiscal_year(&self, number: &Number, month: bool, rest: &str) -> bool {
        let Some(last) = self
            .mentions
            .last()
            .filter(|last| last.calendar.is_modern_era())
        else {
            return false;
        };
        let before = &self.text[..number.range.start];
        let fiscal = self.text[..self.text.len() - rest.len()].ends_with("年度")
            && !rest.starts_with(['に', '間', '分']);
        let part = before.ends_with(|c: char| calendar::is_han(c) || c.is_ascii_alphanumeric());
        let near = last
            .calendar
            .year(number)
            .is_some_and(|year| (year - last.years.end()).abs() <= 10);
        (fiscal || month) && near && !part
    }

    /// The calendar of the last mention, with its century if years of two digits go on with it.
    fn last_calendar(&self) -> Calendar {
        match self.mentions.last() {
            Some(last) if last.calendar.is_long() => {
                Calendar::century(*last.years.end() / 100 * 100)
            }
            Some(last) => last.calendar,
            None => Calendar::GREGORIAN,
        }
    }
}
