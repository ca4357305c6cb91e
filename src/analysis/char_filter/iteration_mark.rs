//! Iteration marks: what they repeat is written out.
//!
//! - ゝ ヽ repeat a kana without its sound mark, ゞ ヾ with it: すゝめ → すすめ, いすゞ → いすず.
//! - 〱 〲 repeat two kana, and 〳〵 〴〵 are their halves: いろ〱 → いろいろ, しみ〲 → しみじみ.
//! - 々 repeats a Han character, a run of them as many: 人々 → 人人, 馬鹿々々 → 馬鹿馬鹿.
//!
//! A mark with nothing to repeat stays.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

use super::Place;
use crate::analysis::characters::{is_han, is_kana};

/// Marks side by side that are looked past; nobody writes more.
const MAX_RUN: usize = 8;
const SOUND_MARK: char = '\u{3099}';

/// Writes what a kana mark repeats.
pub(super) fn repeat(place: &Place<'_>, into: &mut String) -> Option<usize> {
    let halved = |lower: char| place.after.starts_with(lower).then_some(lower.len_utf8());
    match place.c {
        'ゝ' | 'ヽ' => one(place.before, false, into).map(|()| 0),
        'ゞ' | 'ヾ' => one(place.before, true, into).map(|()| 0),
        '〱' => two(place.before, false, into).map(|()| 0),
        '〲' => two(place.before, true, into).map(|()| 0),
        '〳' => halved('〵').filter(|_| two(place.before, false, into).is_some()),
        _ => halved('〵').filter(|_| two(place.before, true, into).is_some()),
    }
}

/// Writes what 々 repeats.
pub(super) fn repeat_han(place: &Place<'_>, into: &mut String) -> Option<usize> {
    let is_mark = |c: &char| *c == '々';
    let marks_before = place
        .before
        .chars()
        .rev()
        .take(MAX_RUN)
        .take_while(is_mark)
        .count();
    let marks_after = place
        .after
        .chars()
        .take(MAX_RUN)
        .take_while(is_mark)
        .count();
    let run = marks_before + 1 + marks_after;
    // In a run, each mark stands for the character as many places back as the run is long.
    let repeated = place.before.chars().nth_back(run - 1)?;
    (is_han(repeated) && repeated != '々').then(|| into.push(repeated))?;
    Some(0)
}

fn one(before: &str, voiced: bool, into: &mut String) -> Option<()> {
    let repeated = before
        .chars()
        .rev()
        .take(MAX_RUN)
        .find(|c| !matches!(c, 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ'))
        .filter(|&c| is_syllable(c))?;
    into.push(with_sound(repeated, voiced));
    Some(())
}

fn two(before: &str, voiced: bool, into: &mut String) -> Option<()> {
    let mut back = before.chars().rev();
    let (second, first) = (back.next()?, back.next()?);
    if !is_syllable(second) || !is_syllable(first) {
        return None;
    }
    into.push(if voiced {
        with_sound(first, true)
    } else {
        first
    });
    into.push(second);
    Some(())
}

fn is_syllable(c: char) -> bool {
    is_kana(c) && !matches!(c, 'ー' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ')
}

/// A kana with its sound mark or without.
fn with_sound(kana: char, voiced: bool) -> char {
    let plain = kana.nfd().next().unwrap_or(kana);
    match voiced {
        true => compose(plain, SOUND_MARK).unwrap_or(kana),
        // ぱ has another mark, which nothing takes away.
        false if compose(plain, SOUND_MARK) == Some(kana) => plain,
        false => kana,
    }
}
