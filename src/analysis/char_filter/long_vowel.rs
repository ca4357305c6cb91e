//! Dashes and hyphens that stand for the long vowel mark: コンピュ−タ, センタ―. Any other of these hyphens becomes the plain one.
//!
//! Between two long words in katakana a dash stands between two names (ロシア−ウクライナ), and so does one before a digit or letter
//! (アポロ-11): these are left.

use super::{Place, replace};

/// From this length on what stands on both sides of a dash are two words.
const WORD_CHARS: usize = 3;

/// Hyphens, dashes, minus and box drawings that look like ー, after NFKC.
pub(super) fn is_look_alike(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{2500}' | '\u{2501}'
    )
}

/// Writes a dash as the long vowel mark where it is one.
pub(super) fn fold(place: &Place<'_>, into: &mut String) -> Option<usize> {
    match place.c {
        _ if is_long_vowel(place) => replace(into, 'ー'),
        '\u{2010}'..='\u{2013}' | '\u{2043}' | '\u{2212}' => replace(into, '-'),
        _ => None,
    }
}

fn is_long_vowel(place: &Place<'_>) -> bool {
    if !place.before().next().is_some_and(is_katakana) {
        return false;
    }
    let in_word = |c: &char| is_katakana(*c) || is_look_alike(*c);
    let left = (place.before().take(WORD_CHARS))
        .take_while(in_word)
        .count();
    let right = (place.after.chars().take(WORD_CHARS))
        .take_while(in_word)
        .count();
    let two_words = left == WORD_CHARS && right == WORD_CHARS && !place.after.starts_with("ション");
    let next = place.after.chars().next();
    let is_mark = next.is_some_and(|c| is_look_alike(c) || c.is_ascii_alphanumeric());
    !two_words && !is_mark && (left > 1 || right > 0)
}

fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー')
}
