//! Years of Japanese eras.
//!
//! In: folded text at the first character of an era's name. Out: mentions, and where to read on. An era's year is one
//! Gregorian year, also where an era begins in its midst: 昭和64年 and 平成元年 are both 1989.

use super::{Mentions, context, numeral};

struct Era {
    name: &'static str,
    /// The Gregorian year of its first year.
    first: i32,
    /// The number of its last year.
    years: i32,
}

/// The eras since 1868. The last year of 令和 is open.
const ERAS: [Era; 5] = [
    Era {
        name: "令和",
        first: 2019,
        years: 80,
    },
    Era {
        name: "平成",
        first: 1989,
        years: 31,
    },
    Era {
        name: "昭和",
        first: 1926,
        years: 64,
    },
    Era {
        name: "大正",
        first: 1912,
        years: 15,
    },
    Era {
        name: "明治",
        first: 1868,
        years: 45,
    },
];

pub(super) fn read(text: &str, at: usize, mentions: &mut Mentions) -> usize {
    let Some(era) = ERAS.iter().find(|era| text[at..].starts_with(era.name)) else {
        return at;
    };
    let start = context::skip_space(text, at + era.name.len());
    let Some((number, end)) = numeral::below_hundred(text, start) else {
        return start;
    };
    let year = |number: i32| {
        (1..=era.years)
            .contains(&number)
            .then_some(era.first + number - 1)
    };
    let Some(first) = year(number) else {
        return end;
    };

    // 平成20～25年, 平成20年～25年
    let (word_end, has_word) = context::after_year_word(text, end);
    if let Some(second) = context::after_link(text, word_end)
        && let Some((number, second_end)) = numeral::below_hundred(text, second)
        && let (range_end, true) = context::after_year_word(text, second_end)
        && let Some(last) = year(number).filter(|&last| last > first)
        && !context::is_duration(text, range_end, first)
    {
        mentions.years(first, last, at..range_end);
        return range_end;
    }
    if !has_word {
        // 昭和64(1989)年
        if text[end..].starts_with('(') && numeral::digits(text, end + 1).1 == 4 {
            mentions.year(first, at..end);
        }
        return end;
    }
    if let Some(decade_end) = context::after_decade_word(text, end).filter(|_| number % 10 == 0) {
        mentions.years(
            first,
            year(number + 9).unwrap_or(era.first + era.years - 1),
            at..decade_end,
        );
        return decade_end;
    }
    if !context::is_duration(text, word_end, first) {
        mentions.year(first, at..word_end);
    }
    word_end
}
