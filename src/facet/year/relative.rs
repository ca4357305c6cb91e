//! Years told by the year before: 同年, 翌年, "the following year".
//!
//! In: folded text at a word for year, and the mentions before it. Out: a year, only where it is certain. Words that lean on the day of
//! writing (昨年, 今年, last year) are not read: a text does not say when it was written.

use std::ops::Range;

use super::{Mention, calendar};

/// How far back, in bytes, the year may stand.
const MAX_DISTANCE_BYTES: usize = 400;

/// Words before 年 and "year", with how many years on they lead.
const WORDS: [(&str, &str, i32); 10] = [
    ("翌々", "年", 2),
    ("翌", "年", 1),
    ("同", "年", 0),
    ("同じ", "年", 0),
    ("前", "年", -1),
    ("that same ", "year", 0),
    ("that ", "year", 0),
    ("the same ", "year", 0),
    ("the following ", "year", 1),
    ("같은 ", "해", 0),
];

/// Continuations that make other words: 同年代, 前年比, 同年齢. Comparisons do not speak of the year before.
const NOT_BEFORE: [&str; 16] = [
    "代", "輩", "齢", "令", "配", "比", "同", "並", "実績", "対比", "増", "減", "割", "s", "度",
    "の同",
];

/// The year told at `at`, where a word for year begins, and the range of the words.
pub(super) fn read(text: &str, at: usize, mentions: &[Mention]) -> Option<(i32, Range<usize>)> {
    let (word, year_word, years) = WORDS
        .into_iter()
        .find(|(word, year, _)| text[at..].starts_with(year) && text[..at].ends_with(word))?;
    let range = at - word.len()..at + year_word.len();
    let rest = &text[range.end..];
    let joined = text[..range.start].chars().next_back();
    let is_other_word = NOT_BEFORE.iter().any(|other| rest.starts_with(other))
        || joined.is_some_and(|c| calendar::is_han(c) || c.is_alphanumeric() && c.is_ascii());
    if is_other_word {
        return None;
    }
    anchor(text, range.start, mentions).map(|year| (year + years, range))
}

/// The year that words at `at` lean on: the last one mentioned in this sentence or the one before. Where a text goes back and forth
/// nothing is certain: it must be the latest of those near it, or tell when in the same sentence (1992年に, not 1992年の).
fn anchor(text: &str, at: usize, mentions: &[Mention]) -> Option<i32> {
    let last = mentions.last()?;
    let year = *last.years.start();
    let from = at.saturating_sub(MAX_DISTANCE_BYTES);
    if last.years.end() != &year || last.range.end < from {
        return None;
    }
    let between = text.get(last.range.end..at)?;
    let reach = match sentence_ends(between) {
        0 if !between.starts_with(['の', ')']) => 0,
        0 | 1 => 1,
        _ => return None,
    };
    let in_reach = mentions.iter().rev().take_while(|mention| {
        mention.range.start >= from
            && text
                .get(mention.range.end..at)
                .is_some_and(|between| sentence_ends(between) <= reach)
    });
    in_reach
        .take(16)
        .all(|mention| *mention.years.end() <= year)
        .then_some(year)
}

fn sentence_ends(text: &str) -> usize {
    text.matches(['。', '!', '?', '\n']).count() + text.matches(". ").count()
}
