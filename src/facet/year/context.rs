//! What stands around a number: does it make a year of it, or a quantity?
//!
//! In: folded text and a place in it. Out: places after words, and yes or no. The word lists are in `words`.

use std::ops::Range;

use super::calendar::is_han;
use super::chain::is_dash;
use super::numeral;
use super::words;

/// No word in the lists is as long; what is longer is not looked through to its end.
const MAX_WORD_CHARS: usize = 32;

/// After the word for year that follows a number which ends at `at`: 年, 年度, 년, году, жылы. One bracket may come between, as in
/// 1989(平成元)年.
pub(super) fn after_year_word(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let rest = match rest.strip_prefix(')') {
        Some(rest) if rest.starts_with('年') => rest,
        _ => rest.strip_prefix(' ').unwrap_or(rest),
    };
    let rest = match strip_any(rest, words::AFTER_JOINED) {
        Some(rest) => rest,
        None => {
            let word = first_word(rest);
            let rest = is_one_of(word, words::AFTER).then(|| &rest[word.len()..])?;
            return Some(text.len() - rest.strip_prefix('.').unwrap_or(rest).len());
        }
    };
    if words::NOT_AFTER
        .iter()
        .any(|ending| rest.starts_with(ending))
    {
        return None;
    }
    let rest = strip_any(rest, words::AFTER_TAILS).unwrap_or(rest);
    Some(text.len() - rest.len())
}

/// After what makes a decade of the number that ends at `at`: 年代, s, -х годов.
pub(super) fn after_decade_word(text: &str, at: usize) -> Option<usize> {
    let rest = strip_any(&text[at..], words::DECADE)?;
    let is_whole = !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    // 1980-х годов: the ending belongs to it.
    let rest = rest.trim_start_matches(|c: char| matches!(c, 'а'..='я'));
    is_whole.then_some(text.len() - rest.len())
}

/// Whether a number of two digits is called a decade: 90年代, the late 80s, but not "in his 80s".
pub(super) fn is_short_decade(text: &str, range: &Range<usize>) -> bool {
    let Some(end) = after_decade_word(text, range.end) else {
        return false;
    };
    let before = text[..range.start].chars().next_back();
    let part =
        before.is_some_and(|c| c.is_alphanumeric() && !is_unspaced(c) || numeral::is_numeral(c));
    let called = !text[..end].ends_with('s')
        || is_one_of(word_before(text, range.start), "the early mid late");
    called && !part && !is_ruled_out(text, range.start)
}

/// The first year of the century that is named before a number: 20世紀90年代.
pub(super) fn century_before(text: &str, start: usize) -> Option<i32> {
    let before = text[..start].trim_end();
    let before = before
        .strip_suffix("世紀")
        .or_else(|| before.strip_suffix("世纪"))?
        .trim_end();
    let number = before.trim_end_matches(numeral::is_numeral);
    let number = numeral::number(before, number.len())?;
    (1..=22)
        .contains(&number.value)
        .then_some((number.value - 1) * 100)
}

/// Whether a word for decade stands before a number: années 1990.
pub(super) fn is_after_decade_word(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches(' ');
    before.len() < start
        && words::BEFORE_DECADE
            .iter()
            .any(|word| before.ends_with(word))
}

/// Whether what follows the word for year makes a length of time of it: 2000年前, 1000年間, 1300年祭. Of a doubtful number, one that is
/// round or small, more does: 2000年の歴史.
pub(super) fn is_duration(text: &str, after_word: usize, doubtful: bool) -> bool {
    let rest = text[after_word..].trim_start_matches(' ');
    if let Some(rest) = rest.strip_prefix('前') {
        return !rest.starts_with(['半', '期', '後', '年', '回']);
    }
    if let Some(rest) = rest.strip_prefix(['後', '后']) {
        return !rest.starts_with(['半', '期']);
    }
    starts_with_any(rest, words::DURATION)
        || doubtful && starts_with_any(rest, words::DURATION_IF_ROUND)
}

/// Whether 間 follows a range, which then is none the less one: 2020-2024年間.
pub(super) fn is_span(text: &str, after_word: usize) -> bool {
    text[after_word..].starts_with(['間', '间'])
}

/// Whether what stands before a number rules out that it is a year, even if a word for year follows: 第2020年, 紀元前27年, 3億2024年.
pub(super) fn is_ruled_out(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches(' ');
    let last = before.chars().next_back();
    let number_goes_on = last.is_some_and(|c| {
        matches!(
            c,
            '第' | '億' | '万' | '兆' | '亿' | '萬' | '数' | '$' | '€' | '£'
        ) || before.len() == start && numeral::is_numeral(c)
    });
    let before_christ = before.strip_suffix('前').is_some_and(|rest| {
        rest.ends_with(['紀', '元']) || !rest.chars().next_back().is_some_and(is_han)
    });
    number_goes_on || before_christ || ends_with_any(before, words::JUBILEE)
}

/// Whether a number is called rough, as quantities are: 約2000年. Only a round number is: "since about 2005".
pub(super) fn is_rough(text: &str, start: usize, number: i32) -> bool {
    number % 10 == 0 && ends_with_any(text[..start].trim_end_matches(' '), words::ROUGH)
}

/// Whether what follows 年 makes a point in time of a year of two digits: 87年から.
pub(super) fn is_point_in_time(rest: &str) -> bool {
    starts_with_any(rest, words::POINT_IN_TIME)
        || rest
            .strip_prefix("から")
            .is_some_and(|rest| !rest.starts_with(numeral::is_numeral))
}

/// Whether a word in the plural, or one that counts, follows a number.
pub(super) fn is_plural(text: &str, end: usize) -> bool {
    let word = first_word(text[end..].trim_start_matches(' '));
    word.ends_with('s') && !is_one_of(word, words::FUNCTION) || is_one_of(word, words::COUNTED)
}

/// Whether what stands before a number that no word calls a year rules it out: `#2020`, `$2019`, `AK-2000`, `tel. 03-2019`.
pub(super) fn is_blocked(text: &str, start: usize) -> bool {
    let before = &text[..start];
    let Some(last) = before.chars().next_back() else {
        return false;
    };
    if is_ruled_out(text, start)
        || ends_with_any(before, words::BLOCKING_JOINED)
        || is_one_of(word_before(text, start), words::BLOCKING)
    {
        return true;
    }
    match last {
        '$' | '€' | '£' | '¥' | '₩' | '₽' | '₹' | '฿' | '₫' | '#' | '№' | '@' | '=' | '&' | '%'
        | '+' | '*' | '/' | '\\' | '_' | '§' | '〒' | '千' | '百' => true,
        ' ' if is_dialling_code(before) => true,
        ' ' => before
            .trim_end()
            .ends_with(['#', '№', '$', '€', '£', '¥', '〒', '☎']),
        '.' => before
            .trim_end_matches('.')
            .ends_with(|c: char| c.is_ascii_digit()),
        _ if is_dash(last) && last != 'ー' => {
            let before = before.trim_end_matches(is_dash);
            let word = last_word(before);
            before.ends_with(|c: char| c.is_ascii_digit())
                || !word.is_empty() && word.chars().count() < 4 && word != "mid"
        }
        _ if is_cased_letter(last) => !is_one_of(last_word(before), "fy cy cop"),
        _ => false,
    }
}

/// Whether digits in brackets stand before a number: (+598) 1770.
fn is_dialling_code(before: &str) -> bool {
    let before = before.trim_end();
    before.strip_suffix(')').is_some_and(|before| {
        let rest = before.trim_end_matches(|c: char| c.is_ascii_digit());
        before.len() - rest.len() < 4 && rest.len() < before.len() && rest.ends_with(['(', '+'])
    })
}

/// How much of a year the words before a number make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Introduction {
    /// May 2025, año 2025, ปี 2025: only a year stands there.
    Year,
    /// in 2018, since 2018: a year, unless a measure follows.
    In,
    /// to 2018, the 2018: a year, unless a unit follows.
    Preposition,
    /// Nothing that tells.
    None,
}

pub(super) fn introduction(text: &str, start: usize) -> Introduction {
    let before = text[..start].trim_end_matches(' ');
    let word = word_before(text, start);
    // May 5, 2025
    let after_day = before.strip_suffix(',').is_some_and(|before| {
        let day = before.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = before.len() - day.len();
        let month = day.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ' || is_dash(c));
        (1..=2).contains(&digits)
            && is_one_of(last_word(month.trim_end_matches('.')), words::YEAR_BEFORE)
    });
    if after_day
        || is_one_of(word, words::YEAR_BEFORE)
        || ends_with_any(before, words::YEAR_BEFORE_JOINED)
    {
        Introduction::Year
    } else if before.len() < start && is_one_of(word, words::IN) {
        Introduction::In
    } else if before.len() < start && is_one_of(word, words::PREPOSITIONS) {
        Introduction::Preposition
    } else {
        Introduction::None
    }
}

/// Whether what follows a number that no word calls a year leaves it a year. A round number is rather a quantity.
pub(super) fn is_open_after(
    text: &str,
    introduction: Introduction,
    end: usize,
    number: i32,
) -> bool {
    let rest = &text[end..];
    let Some(next) = rest.chars().next() else {
        return true;
    };
    let is_round = number % 100 == 0;
    match next {
        '%' | '‰' | '°' | '℃' | '+' | '$' | '€' | '£' | '¥' | '=' | '/' | '_' | '@' | '²' | '³'
        | '\u{66a}' => false,
        '-' => {
            let word = first_word(&rest[1..]);
            !word.starts_with(|c: char| c.is_ascii_alphanumeric())
                || is_one_of(word, words::SUFFIXES)
        }
        '\'' => !rest[1..].starts_with(|c: char| c.is_ascii_digit()),
        ' ' => is_open_after_space(rest.trim_start_matches(' '), introduction, is_round),
        _ if starts_with_any(rest, words::JOINED_AFTER) => true,
        _ if starts_with_any(rest, words::PARTICLES) => !is_round,
        c if numeral::is_numeral(c) => false,
        c if is_unspaced(c) => introduction == Introduction::Year,
        c => !c.is_alphanumeric(),
    }
}

fn is_open_after_space(rest: &str, introduction: Introduction, is_round: bool) -> bool {
    let word = first_word(rest);
    let Some(first) = rest.chars().next() else {
        return true;
    };
    if starts_with_any(rest, words::BEFORE_CHRIST) {
        return false;
    }
    if first.is_ascii_digit() {
        // 2 024 000 is one number.
        return rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len())
            != 3;
    }
    if !first.is_alphabetic() {
        return !matches!(first, '%' | '°' | '$' | '€' | '£' | '¥' | '×' | '+' | '=');
    }
    match introduction {
        Introduction::Year => return true,
        Introduction::In | Introduction::Preposition if is_one_of(word, words::FUNCTION) => {
            return true;
        }
        _ => {}
    }
    let is_latin = u32::from(first) < 0x250 || matches!(u32::from(first), 0x1e00..=0x1eff);
    if !is_latin {
        // A year is called so in these scripts, or stands before a word that joins.
        return introduction != Introduction::None && is_one_of(word, words::FUNCTION_OTHER);
    }
    if is_one_of(word, words::MEASURES) || is_address(rest) {
        return false;
    }
    // In 1998 workers went, but 1950 workers, and by 1950 people.
    introduction == Introduction::In
        || is_one_of(word, words::FUNCTION)
        || !is_one_of(word, words::COUNTED)
            && (introduction == Introduction::Preposition || !is_round && !word.ends_with('s'))
}

/// Whether a street is named: 1950 Main Street.
fn is_address(rest: &str) -> bool {
    rest.split(' ').take(3).any(|word| {
        let word = word.trim_end_matches([',', '.']);
        is_one_of(
            word,
            "street st avenue ave road rd boulevard blvd lane drive nw ne sw se",
        )
    })
}

/// Whether what stands between two years, months aside, makes them the first and last of a range: 1992年6月から, "to". `opener` is the word
/// before the first.
pub(super) fn is_link(opener: &str, between: &str) -> bool {
    if between.len() > 40 {
        return false;
    }
    let between = between.trim_matches(' ');
    let link = match between.starts_with(numeral::is_numeral) {
        true => between.trim_start_matches(|c| numeral::is_numeral(c) || "月日".contains(c)),
        false => between.trim_start_matches(['春', '夏', '秋', '冬', '末', '頃']),
    };
    let mut characters = link.chars();
    matches!((characters.next(), characters.next()), (Some(sign), None) if is_dash(sign))
        || is_one_of(&link.replace(' ', "_"), words::LINKS)
        || words::LINKS_BEHIND.contains(&(opener, link))
}

/// Whether a number that ends at `end` is called a year with the next one: 1361和1528年.
pub(super) fn is_called_later(text: &str, end: usize) -> bool {
    let rest = &text[end..];
    let sign = rest
        .find(numeral::is_numeral)
        .filter(|&sign| sign > 0 && sign <= 12);
    let Some(sign) = sign.filter(|&sign| is_list(&rest[..sign]) || is_link("", &rest[..sign]))
    else {
        return false;
    };
    numeral::number(rest, sign)
        .is_some_and(|next| next.digits == 4 && after_year_word(rest, next.range.end).is_some())
}

/// Whether nothing but the sign of a list stands between two years.
pub(super) fn is_list(between: &str) -> bool {
    between.len() <= 20 && is_one_of(between.trim_matches(' '), words::LIST)
}

/// Whether nothing but the end of a phrase follows, so that a number behind "in" is rather a year than a quantity.
pub(super) fn ends_phrase(text: &str, end: usize) -> bool {
    let rest = &text[end..];
    let word = first_word(rest.trim_start_matches(' '));
    match rest.chars().next() {
        None | Some(',' | ';' | ')' | '\n' | ']') => true,
        Some('.') => !rest[1..].starts_with(|c: char| c.is_alphanumeric()),
        Some(' ') => is_one_of(word, words::FUNCTION) || is_one_of(word, words::FUNCTION_OTHER),
        _ => false,
    }
}

/// Whether a number stands alone in brackets: (1095).
pub(super) fn is_bracketed(text: &str, start: usize, end: usize) -> bool {
    text[..start].ends_with('(') && text[end..].starts_with(')')
}

pub(super) fn is_one_of(word: &str, words: &str) -> bool {
    !word.is_empty() && words.split_ascii_whitespace().any(|other| other == word)
}

fn starts_with_any(text: &str, words: &str) -> bool {
    strip_any(text, words).is_some()
}

fn ends_with_any(text: &str, words: &str) -> bool {
    words
        .split_ascii_whitespace()
        .any(|word| text.ends_with(word))
}

/// A text without the first of the words that begins it. `_` in a word stands for a space.
fn strip_any<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    words
        .split_ascii_whitespace()
        .find_map(|word| match word.contains('_') {
            true => text.strip_prefix(word.replace('_', " ").as_str()),
            false => text.strip_prefix(word),
        })
}

/// The word that ends before the spaces, full stops and colons before `start`, if it begins a word of its own.
fn word_before(text: &str, start: usize) -> &str {
    last_word(text[..start].trim_end_matches([' ', '.', ':']))
}

/// The letters at the end of a text.
pub(super) fn last_word(text: &str) -> &str {
    let letters = text
        .char_indices()
        .rev()
        .take(MAX_WORD_CHARS)
        .take_while(|&(_, c)| is_spaced_letter(c));
    letters.last().map_or("", |(start, _)| &text[start..])
}

/// The word that begins a text, as far as words go.
fn first_word(text: &str) -> &str {
    let end = text
        .char_indices()
        .take(MAX_WORD_CHARS)
        .find(|&(_, c)| !c.is_alphanumeric() && c != '\'');
    end.map_or(text, |(end, _)| &text[..end])
}

/// A letter of a script that puts spaces between words.
fn is_spaced_letter(c: char) -> bool {
    c.is_alphabetic() && !is_unspaced(c)
}

/// A letter of a script without spaces between words, or with endings joined to numbers.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{edf}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

fn is_cased_letter(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase()
}
