//! Ways to count years, and how a text says which one it uses.
//!
//! In: folded text before a number. Out: a calendar that turns the number into a Gregorian year, and where its name
//! stands. A year is one Gregorian year also where an era begins in its midst: 昭和64年 and 平成元年 are both 1989.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::numeral::Number;

/// Years that are ever found or accepted where a word calls them so.
pub(super) const POSSIBLE: std::ops::RangeInclusive<i32> = 1..=2200;

/// A way to count years: the first year, in the Gregorian calendar, and the numbers it uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Calendar {
    /// The Gregorian year before its year 1.
    offset: i32,
    first: i32,
    last: i32,
    digits: (usize, usize),
}

impl Calendar {
    pub(super) const GREGORIAN: Calendar = Calendar {
        offset: 0,
        first: 1000,
        last: *POSSIBLE.end(),
        digits: (4, 4),
    };

    /// The Gregorian calendar where a text says so: 西暦794年, AD 794.
    pub(super) const ANNO_DOMINI: Calendar = Calendar {
        first: 1,
        digits: (1, 4),
        ..Calendar::GREGORIAN
    };

    /// Thailand counts from the Buddha's death; before the 1850s hardly in texts of today.
    const BUDDHIST: Calendar = Calendar {
        offset: -543,
        first: 2343,
        last: 2643,
        digits: (4, 4),
    };

    /// Iran counts solar years from the Hijra; most of a year lies in the first of its two Gregorian years.
    const SOLAR_HIJRI: Calendar = Calendar {
        offset: 621,
        first: 1250,
        last: 1450,
        digits: (4, 4),
    };

    fn era(first: i32, last: i32) -> Calendar {
        Calendar {
            offset: first - 1,
            first: 1,
            last: last - first + 1,
            digits: (1, 3),
        }
    }

    /// The Gregorian year that a number stands for.
    pub(super) fn year(self, number: &Number) -> Option<i32> {
        let fits = (self.digits.0..=self.digits.1).contains(&number.digits)
            && (self.first..=self.last).contains(&number.value);
        fits.then_some(self.offset + number.value)
    }

    /// The last year of the decade that begins with the year `first`, if it is one's first.
    pub(super) fn decade_end(self, first: i32) -> Option<i32> {
        let number = first - self.offset;
        (number > 0 && number % 10 == 0).then(|| (first + 9).min(self.offset + self.last))
    }

    /// The years of a century, written with two digits.
    pub(super) fn century(first: i32) -> Calendar {
        Calendar {
            offset: first,
            first: 0,
            last: 99,
            digits: (2, 2),
        }
    }

    /// Whether it is an era's, whose numbers are small.
    pub(super) fn is_era(self) -> bool {
        self.digits.1 == 3
    }

    /// Whether it is the era of a time when years were counted without its name once it was clear.
    pub(super) fn is_modern_era(self) -> bool {
        self.is_era() && self.offset >= 1867
    }

    /// Whether years are written with four digits.
    pub(super) fn is_long(self) -> bool {
        self.digits.0 == 4
    }
}

/// What a number needs to be a year of the calendar named before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needs {
    /// Nothing: พ.ศ. 2567.
    Nothing,
    /// To stand alone: 令7.
    NoLetterAfter,
    /// A word for year, or to begin a full date: 平成20年, H31.4.30.
    YearWord,
}

/// A calendar that is named before a number.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) calendar: Calendar,
    pub(super) needs: Needs,
    /// Where the name begins.
    pub(super) start: usize,
}

/// Names that stand for no more than a calendar.
const NAMES: [(&str, Calendar); 18] = [
    ("พ.ศ.", Calendar::BUDDHIST),
    ("พ.ศ", Calendar::BUDDHIST),
    ("พุทธศักราช", Calendar::BUDDHIST),
    ("仏暦", Calendar::BUDDHIST),
    ("佛历", Calendar::BUDDHIST),
    ("佛曆", Calendar::BUDDHIST),
    ("ค.ศ.", Calendar::ANNO_DOMINI),
    ("ค.ศ", Calendar::ANNO_DOMINI),
    ("คริสต์ศักราช", Calendar::ANNO_DOMINI),
    ("西暦", Calendar::ANNO_DOMINI),
    ("西紀", Calendar::ANNO_DOMINI),
    ("西元", Calendar::ANNO_DOMINI),
    ("公元", Calendar::ANNO_DOMINI),
    ("公历", Calendar::ANNO_DOMINI),
    ("서기", Calendar::ANNO_DOMINI),
    ("a.d.", Calendar::ANNO_DOMINI),
    ("c.e.", Calendar::ANNO_DOMINI),
    (" ad", Calendar::ANNO_DOMINI),
];

/// Words for year and months before a number of the local calendar, which Gregorian years do not reach.
const LOCAL_WORDS: [(&str, Calendar); 5] = [
    ("ปี", Calendar::BUDDHIST),
    ("คม", Calendar::BUDDHIST),
    ("ยน", Calendar::BUDDHIST),
    ("ธ์", Calendar::BUDDHIST),
    ("سال", Calendar::SOLAR_HIJRI),
];

/// Eras by name.
static ERAS: LazyLock<HashMap<&str, Calendar>> = LazyLock::new(|| {
    let lines = include_str!("../data/eras.tsv").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (name, years) = line.split_once('\t')?;
            let (first, last) = years.split_once('\t')?;
            Some((name, Calendar::era(first.parse().ok()?, last.parse().ok()?)))
        })
        .collect()
});

/// The calendar named before a number.
pub(super) fn before(text: &str, number: &Number) -> Option<Named> {
    let start = number.range.start;
    let before = text[..start].trim_end_matches([' ', ':']);
    let named = |calendar, needs, name: &str| {
        Some(Named {
            calendar,
            needs,
            start: before.len() - name.trim_start().len(),
        })
    };
    if number.digits >= 2
        && let Some((name, calendar)) = NAMES.iter().find(|(name, _)| before.ends_with(name))
    {
        return named(*calendar, Needs::Nothing, name);
    }
    if number.digits == 4
        && let Some((_, calendar)) = LOCAL_WORDS.iter().find(|(word, _)| before.ends_with(word))
        && calendar.year(number).is_some()
        && !text[number.range.end..].trim_start().starts_with("میلادی")
    {
        return named(*calendar, Needs::Nothing, "");
    }
    if number.digits > 3 {
        return None;
    }
    if let Some((name, era)) = era_before(before) {
        return named(era, Needs::YearWord, name);
    }
    if before.len() == start {
        let (name, era, needs) = abbreviation_before(before)?;
        return named(era, needs, name);
    }
    None
}

/// The era whose name ends a text.
fn era_before(before: &str) -> Option<(&str, Calendar)> {
    /// Eras that are also words, and no eras behind another word: 日本文化2年.
    const WORDS: [&str; 5] = ["文化", "文明", "天文", "養老", "興国"];
    let ending = |characters: usize| {
        let (at, _) = before.char_indices().rev().nth(characters - 1)?;
        before.get(at..)
    };
    let (name, era) = [4, 2]
        .into_iter()
        .find_map(|length| ending(length).and_then(|name| ERAS.get_key_value(name)))?;
    let is_part = WORDS.contains(name) && is_han_before(before, name);
    (!is_part).then_some((*name, *era))
}

/// The era whose first letter or character ends a text: R7.5.12, 令7.
fn abbreviation_before(before: &str) -> Option<(&'static str, Calendar, Needs)> {
    let (short, name, needs) = match before.chars().next_back()? {
        'r' => ("r", "令和", Needs::YearWord),
        'h' => ("h", "平成", Needs::YearWord),
        's' => ("s", "昭和", Needs::YearWord),
        't' => ("t", "大正", Needs::YearWord),
        'm' => ("m", "明治", Needs::YearWord),
        '令' => ("令", "令和", Needs::NoLetterAfter),
        '平' => ("平", "平成", Needs::NoLetterAfter),
        '昭' => ("昭", "昭和", Needs::NoLetterAfter),
        '大' => ("大", "大正", Needs::YearWord),
        '明' => ("明", "明治", Needs::YearWord),
        _ => return None,
    };
    let joined = before[..before.len() - short.len()].chars().next_back();
    // 提出日R7.5.12, but no 大正 in 最大7.
    let is_part = joined.is_some_and(|c| {
        c.is_ascii_alphanumeric()
            || is_han(c) && short.starts_with(is_han)
            || matches!(c, '-' | '_' | '/' | '\\' | '\'' | '.')
    });
    if is_part {
        return None;
    }
    ERAS.get(name).map(|era| (short, *era, needs))
}

fn is_han_before(before: &str, name: &str) -> bool {
    before[..before.len() - name.len()]
        .chars()
        .next_back()
        .is_some_and(is_han)
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '々' | '\u{3400}'..='\u{9fff}')
}
