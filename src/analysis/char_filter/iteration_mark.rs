//! Iteration marks: what they repeat is written out.
//!
//! - ゝ ヽ repeat a kana without its sound mark, ゞ ヾ with it: すゝめ → すすめ, いすゞ → いすず.
//! - 〱 〲 repeat two kana, and 〳〵 〴〵 are their halves: いろ〱 → いろいろ, しみ〲 → しみじみ.
//! - 々 repeats a Han character, a run of them as many: 人々 → 人人, 馬鹿々々 → 馬鹿馬鹿.
//!
//! A mark with nothing to repeat stays, and one with a sound mark of its own behind it.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

use super::{Place, v_sound};
use crate::analysis::characters::{is_han, is_kana};

/// A longer run of 々 repeats no more than this.
const MAX_RUN: usize = 8;
const SOUND_MARK: char = '\u{3099}';
const SOUND_MARKS: [char; 2] = [SOUND_MARK, '\u{309a}'];

/// Writes what a kana mark repeats.
pub(super) fn repeat(place: &Place<'_>, into: &mut String) -> Option<usize> {
    let lower_half = place.after.starts_with('〵').then_some('〵'.len_utf8());
    let (count, voiced, more) = match place.c {
        'ゝ' | 'ヽ' => (1, false, 0),
        'ゞ' | 'ヾ' => (1, true, 0),
        '〱' => (2, false, 0),
        '〲' => (2, true, 0),
        '〳' => (2, false, lower_half?),
        _ => (2, true, lower_half?),
    };
    if place.after[more..].starts_with(SOUND_MARKS) {
        return None;
    }
    let repeated = back(place, count, is_syllable)?;
    let mut chars = repeated.into_iter().rev();
    let first = chars.next()?;
    into.push(match (count, voiced) {
        (2, false) => first,
        _ => with_sound(first, voiced),
    });
    into.extend(chars);
    Some(more)
}

/// Writes what a run of 々 repeats.
pub(super) fn repeat_han(place: &Place<'_>, into: &mut String) -> Option<usize> {
    let more = place.after.chars().take(MAX_RUN - 1);
    let more = more.take_while(|c| *c == '々').count();
    let repeated = back(place, more + 1, |c| is_han(c) && c != '々')?;
    into.extend(repeated.into_iter().rev());
    Some(more * '々'.len_utf8())
}

/// The characters before a place, the last first, if there are so many of a kind.
fn back(place: &Place<'_>, count: usize, is_kind: fn(char) -> bool) -> Option<Vec<char>> {
    let found: Vec<char> = place.before().take(count).filter(|c| is_kind(*c)).collect();
    (found.len() == count).then_some(found)
}

fn is_syllable(c: char) -> bool {
    let is_mark = matches!(c, 'ー' | '\u{3099}'..='ゞ' | 'ヽ' | 'ヾ');
    is_kana(c) && !is_mark
}

/// A kana with its sound mark or without.
fn with_sound(kana: char, voiced: bool) -> char {
    let plain = kana.nfd().next().unwrap_or(kana);
    match voiced {
        // ヱヾ is ヱヹ, which is spelt ヱベ.
        true => compose(plain, SOUND_MARK).map_or(kana, v_sound::spelt),
        // ぱ has another mark, which nothing takes away.
        false if compose(plain, SOUND_MARK) == Some(kana) => plain,
        false => kana,
    }
}
