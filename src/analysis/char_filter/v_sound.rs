//! The sound v, which Japanese writes as ヴ or as b: ヴェトナム → ベトナム, ヴ → ブ, ゔ → ぶ.
//!
//! Before words are cut: of the two, it is b that most words of the dictionary have.

use super::Place;

/// Writes ヴ and the small vowel after it with b.
pub(super) fn fold(place: &Place<'_>, into: &mut String) -> Option<usize> {
    let small = place.after.chars().next().unwrap_or_default();
    let (written, more) = with_b(place.c, small)?;
    into.push(written);
    Some(if more { small.len_utf8() } else { 0 })
}

/// A kana that no small vowel belongs to, with b if it has the sound v.
pub(super) fn spelt(kana: char) -> char {
    with_b(kana, '\0').map_or(kana, |(written, _)| written)
}

/// What a kana of the sound v is with b, and whether the small vowel after it is in that.
fn with_b(kana: char, small: char) -> Option<(char, bool)> {
    Some(match (kana, small) {
        ('ヷ', _) => ('バ', false),
        ('ヸ', _) => ('ビ', false),
        ('ヹ', _) => ('ベ', false),
        ('ヺ', _) => ('ボ', false),
        ('ヴ', 'ァ') => ('バ', true),
        ('ヴ', 'ィ') => ('ビ', true),
        ('ヴ', 'ェ') => ('ベ', true),
        ('ヴ', 'ォ') => ('ボ', true),
        // ヴュ is ビュ: the small kana stays.
        ('ヴ', 'ャ' | 'ュ' | 'ョ') => ('ビ', false),
        ('ヴ', _) => ('ブ', false),
        ('ゔ', 'ぁ') => ('ば', true),
        ('ゔ', 'ぃ') => ('び', true),
        ('ゔ', 'ぇ') => ('べ', true),
        ('ゔ', 'ぉ') => ('ぼ', true),
        ('ゔ', 'ゃ' | 'ゅ' | 'ょ') => ('び', false),
        ('ゔ', _) => ('ぶ', false),
        _ => return None,
    })
}
