//! Japanese in Latin letters: Hepburn, Kunrei, and what people type into an input method.
//!
//! In: a folded unit of a query. Out: its kana, if it can be read as Japanese from the first letter to the last.

use unicode_normalization::UnicodeNormalization;
use wana_kana::ConvertJapanese;

use crate::analysis::characters::is_kana;

/// Longer units are no words.
const MAX_BYTES: usize = 96;

/// What a unit may be in katakana, the most literal way first.
pub(super) fn kana(unit: &str) -> Vec<String> {
    if unit.len() > MAX_BYTES {
        return Vec::new();
    }
    let Some(letters) = letters(unit) else {
        return Vec::new();
    };
    let mut ways: Vec<String> = Vec::new();
    for way in [
        letters.clone(),
        // Many leave out the apostrophe of kin'yū.
        letters.replace("ny", "n'y"),
        // A hyphen is a long vowel for some, and joins words for others: sa-bisu, Shin-Yokohama.
        letters.replace("n-", "n'").replace('-', ""),
    ] {
        let kana = way.to_katakana();
        if !kana.is_empty() && kana.chars().all(is_kana) && !ways.contains(&kana) {
            ways.push(kana);
        }
    }
    ways
}

/// The letters as an input method takes them; none for what Japanese is not written with.
fn letters(unit: &str) -> Option<String> {
    let mut plain = String::with_capacity(unit.len() + 4);
    for c in unit.nfd() {
        match c {
            // These make small kana in an input method: nobody reads them so.
            'l' | 'q' | 'x' => return None,
            'a'..='z' | '\'' | '-' => plain.push(c),
            // ō, ô
            '\u{302}' | '\u{304}' => {
                let vowel = plain.chars().next_back().filter(|c| is_vowel(*c))?;
                plain.push(vowel);
            }
            _ => return None,
        }
    }
    if !plain.starts_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    let mut letters = String::with_capacity(plain.len());
    for (at, c) in plain.char_indices() {
        let mut after = plain[at + 1..].chars();
        let next = after.next();
        letters.push(match (c, next) {
            // shimbun, gumma
            ('m', Some('b' | 'p' | 'm')) => 'n',
            // matcha
            ('t', Some('c')) if after.next() == Some('h') => 'c',
            // Ohtani, Satoh
            ('h', next)
                if letters.ends_with('o') && next.is_none_or(|c| !is_vowel(c) && c != 'y') =>
            {
                'o'
            }
            _ => c,
        });
    }
    Some(letters)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'i' | 'u' | 'e' | 'o')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        for (unit, expected) in [
            ("gaikou", "ガイコウ"),
            ("gaikō", "ガイコオ"),
            ("tôkyô", "トオキョオ"),
            ("kazafusutan", "カザフスタン"),
            ("shimbun", "シンブン"),
            ("gumma", "グンマ"),
            ("matcha", "マッチャ"),
            ("maccha", "マッチャ"),
            ("shin'ya", "シンヤ"),
            ("huzisan", "フジサン"),
            ("syakai", "シャカイ"),
            ("sa-bisu", "サービス"),
            ("ohtani", "オオタニ"),
            ("tohoku", "トホク"),
        ] {
            assert_eq!(
                kana(unit).first().map(String::as_str),
                Some(expected),
                "{unit}"
            );
        }
        assert_eq!(kana("kinyuu"), ["キニュウ", "キンユウ"]);
        assert_eq!(kana("shin-yokohama")[1], "シンヨコハマ");
    }

    #[test]
    fn other_languages() {
        for unit in [
            "people",
            "laos",
            "trade",
            "kazakhstan",
            "café",
            "2024",
            "-",
            "'",
            "",
            "москва",
        ] {
            assert!(kana(unit).is_empty(), "{unit} {:?}", kana(unit));
        }
    }
}
