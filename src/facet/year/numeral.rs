//! Numbers as they are written: decimal digits of several scripts, and Han numerals.
//!
//! In: folded text at a place. Out: a number, how it was written, and where it ends.

use std::ops::Range;

/// Beyond this many digits a number is no year, and its value is not kept.
const MAX_DIGITS: usize = 8;

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `2025`, `٢٠٢٥`
    Decimal,
    /// `二〇二五`
    HanDigits,
    /// `二千二十五`, `元`
    HanCounted,
}

/// A number in a text.
#[derive(Debug, Clone)]
pub(super) struct Number {
    pub(super) value: i32,
    /// How many digits it has; for a counted number, those it would have.
    pub(super) digits: usize,
    pub(super) style: Style,
    pub(super) range: Range<usize>,
}

/// The value of a decimal digit.
fn decimal(c: char) -> Option<i32> {
    /// The zeros of Arabic, Persian, Devanagari, Bengali, Thai, Lao, Burmese and Khmer.
    const ZEROS: [char; 8] = ['٠', '۰', '०', '০', '๐', '໐', '၀', '០'];
    let value = match c {
        '0'..='9' => c as u32 - '0' as u32,
        _ if !('٠'..='៩').contains(&c) => return None,
        _ => ZEROS
            .iter()
            .map(|&zero| (c as u32).wrapping_sub(zero as u32))
            .find(|&value| value < 10)?,
    };
    Some(value as i32)
}

/// The value of a digit in Han.
fn han_digit(c: char) -> Option<i32> {
    let digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    match c {
        '零' | '○' | '◯' => Some(0),
        _ => digits
            .iter()
            .position(|&digit| digit == c)
            .map(|value| value as i32),
    }
}

/// Whether a number may begin with this character.
pub(super) fn is_numeral(c: char) -> bool {
    decimal(c).is_some() || is_han_numeral(c)
}

pub(super) fn is_decimal(c: char) -> bool {
    decimal(c).is_some()
}

pub(super) fn is_han_numeral(c: char) -> bool {
    matches!(c, '十' | '百' | '千' | '廿' | '卅' | '元') || han_digit(c).is_some()
}

/// The number that begins at byte `at`, if there is one.
pub(super) fn number(text: &str, at: usize) -> Option<Number> {
    let first = text[at..].chars().next()?;
    if is_decimal(first) {
        Some(digits(text, at, Style::Decimal, decimal))
    } else if is_han_numeral(first) {
        han(text, at)
    } else {
        None
    }
}

fn digits(text: &str, at: usize, style: Style, digit: fn(char) -> Option<i32>) -> Number {
    let mut number = Number {
        value: 0,
        digits: 0,
        style,
        range: at..at,
    };
    for c in text[at..].chars() {
        let Some(digit) = digit(c) else { break };
        number.digits += 1;
        number.range.end += c.len_utf8();
        if number.digits <= MAX_DIGITS {
            number.value = number.value * 10 + digit;
        }
    }
    number
}

fn han(text: &str, at: usize) -> Option<Number> {
    let row = digits(text, at, Style::HanDigits, han_digit);
    let unit = |c| match c {
        '千' => Some(1000),
        '百' => Some(100),
        '十' | '廿' | '卅' => Some(10),
        _ => None,
    };
    let mut number = Number {
        style: Style::HanCounted,
        value: 0,
        range: at..at,
        ..row
    };
    let (mut pending, mut pending_digits, mut below) = (0, 0, 10_000);
    for c in text[at..].chars() {
        if let Some(digit) = han_digit(c) {
            (pending, pending_digits) = (digit, pending_digits + 1);
        } else if let Some(unit) = unit(c) {
            let times = match (c, pending_digits) {
                ('廿', 0) => 2,
                ('卅', 0) => 3,
                ('十' | '百' | '千', 0) => 1,
                ('十' | '百' | '千', 1) => pending,
                _ => 0,
            };
            // 十千, 二三十: no number, and what follows is a part of it.
            below = if unit < below && times > 0 { unit } else { 0 };
            number.value += if below > 0 { times * unit } else { 0 };
            (pending, pending_digits) = (0, 0);
        } else if c == '元' && number.range.is_empty() {
            return Some(Number {
                value: 1,
                digits: 1,
                range: at..at + c.len_utf8(),
                ..number
            });
        } else {
            break;
        }
        number.range.end += c.len_utf8();
    }
    if below == 10_000 {
        return Some(row);
    }
    number.value += pending;
    let is_sound = below > 0 && pending_digits <= 1;
    number.digits = match number.value {
        _ if !is_sound => MAX_DIGITS + 1,
        ..10 => 1,
        10..100 => 2,
        100..1000 => 3,
        _ => 4,
    };
    Some(number)
}
