//! Numbers: 三億, 3億 and 300000000 are one number, 二〇二四 is 2024.
//!
//! In: words that the dictionary takes for numerals, so that 三菱 and 万一 never come here; what it gets wrong of these (七夕) stands in
//! `data/number_words_ja.txt`. Out: their parts in ASCII digits (3, 億), and the
//! value of the whole. Both are terms: 三億ドル is also found by who types 億.

/// A number that was read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Number {
    /// The whole in digits, where it has several parts and is below 10²⁰.
    pub(crate) value: Option<String>,
    pub(crate) parts: Vec<Part>,
}

/// Digits, or a unit from 万 up.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) term: String,
    /// Bytes of it in the text.
    pub(crate) len: usize,
}

/// Whether a character belongs to a number.
pub(crate) fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || digit(c).is_some() || small_unit(c).is_some() || large_unit(c).is_some()
}

/// Whether a text begins with a word that begins with a numeral and is no number.
pub(crate) fn begins_with_word(text: &str) -> bool {
    // No list for digits: 10分 is ten minutes.
    !text.starts_with(|c: char| c.is_ascii())
        && super::lines(include_str!("../data/number_words_ja.txt"))
            .any(|word| text.starts_with(word))
}

/// Words that end in one of these are a number and what it counts, although the dictionary has them whole: 六月, 二人, 十日.
const COUNTERS: [char; 4] = ['月', '日', '人', '年'];

/// The number that a word begins with which the dictionary has with its counter.
pub(crate) fn counted(word: &str) -> Option<Number> {
    let numeral = word.strip_suffix(COUNTERS)?;
    let is_number = !numeral.is_empty() && numeral.chars().all(is_numeral);
    is_number.then(|| read(numeral)).flatten()
}

/// Reads a number; none where the numerals make none, as in 十百.
pub(crate) fn read(text: &str) -> Option<Number> {
    let mut number = Number::default();
    let mut value = Some(0u64);
    let mut last_unit = u64::MAX;
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c| large_unit(c).is_some()).unwrap_or(rest.len());
        let (written, after) = rest.split_at(end);
        let digits = coefficient(written)?;
        let unit = after.chars().next().and_then(large_unit).unwrap_or(1);
        if unit >= last_unit {
            return None;
        }
        last_unit = unit;
        value = value
            .zip(times(&digits, unit))
            .and_then(|(sum, part)| sum.checked_add(part));
        number.parts.push(Part {
            term: digits,
            len: written.len(),
        });
        rest = after;
        if let Some(c) = rest.chars().next() {
            number.parts.push(Part {
                term: c.to_string(),
                len: c.len_utf8(),
            });
            rest = &rest[c.len_utf8()..];
        }
    }
    number.value = value
        .filter(|_| number.parts.len() > 1)
        .map(|value| value.to_string());
    (!number.parts.is_empty()).then_some(number)
}

/// What stands before 万, 億 or the end, in digits.
fn coefficient(text: &str) -> Option<String> {
    if !text.contains(|c| small_unit(c).is_some()) {
        // Digit by digit, as in 二〇二四 or 3.14.
        let digits: Option<String> = text
            .chars()
            .map(|c| digit(c).or((c.is_ascii_digit() || c == '.').then_some(c)))
            .collect();
        return digits.filter(|digits| !digits.is_empty());
    }
    let (mut sum, mut last_unit) = (0u64, 10_000);
    let mut before = String::new();
    for c in text.chars() {
        let Some(unit) = small_unit(c) else {
            before.push(digit(c).unwrap_or(c));
            continue;
        };
        if unit >= last_unit {
            return None;
        }
        last_unit = unit;
        let times: u64 = match before.as_str() {
            "" => 1,
            digits => digits
                .parse()
                .ok()
                .filter(|times| (1..=9).contains(times))?,
        };
        before.clear();
        sum += times * unit;
    }
    let ones: u64 = match before.as_str() {
        "" => 0,
        digits => digits.parse().ok().filter(|ones| *ones < last_unit)?,
    };
    Some((sum + ones).to_string())
}

/// Digits, perhaps with a point, times a unit.
fn times(digits: &str, unit: u64) -> Option<u64> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let scale = 10u64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let all: u64 = format!("{whole}{fraction}").parse().ok()?;
    let value = all.checked_mul(unit)?;
    (value % scale == 0).then_some(value / scale)
}

fn digit(c: char) -> Option<char> {
    let value = "〇一二三四五六七八九"
        .chars()
        .position(|digit| digit == c)?;
    char::from_digit(u32::try_from(value).ok()?, 10)
}

fn small_unit(c: char) -> Option<u64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

fn large_unit(c: char) -> Option<u64> {
    match c {
        '万' => Some(10_000),
        '億' => Some(100_000_000),
        '兆' => Some(1_000_000_000_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Option<Vec<String>> {
        let number = read(text)?;
        let parts = number.parts.into_iter().map(|part| part.term);
        Some(number.value.into_iter().chain(parts).collect())
    }

    #[test]
    fn numbers() {
        for (text, expected) in [
            ("三億", "300000000 3 億"),
            ("3億", "300000000 3 億"),
            ("300000000", "300000000"),
            ("二〇二四", "2024"),
            ("一九九二", "1992"),
            ("二十九", "29"),
            ("百", "100"),
            ("三百六十五", "365"),
            ("1万5千", "15000 1 万 5000"),
            ("6億2280万", "622800000 6 億 2280 万"),
            ("1.5億", "150000000 1.5 億"),
            ("3.14", "3.14"),
            ("99999999999999999999999999", "99999999999999999999999999"),
            ("99999999999999999999億", "99999999999999999999 億"),
        ] {
            assert_eq!(
                terms(text).unwrap_or_default().join(" "),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_number() {
        for text in ["十百", "万", "三億億", "5万億", "", "二三十"] {
            assert_eq!(terms(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_with_their_counter() {
        assert_eq!(
            counted("十二月").map(|number| number.parts[0].term.clone()),
            Some("12".to_owned())
        );
        for word in ["三菱", "十分", "月", "一部", "四国"] {
            assert_eq!(counted(word), None, "{word}");
        }
    }
}
