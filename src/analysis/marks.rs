//! Marks on letters that people leave out: résumé is typed resume, Đà Nẵng da nang, Горбачёв Горбачев.
//!
//! In: a folded word or stem. Out: the same without the marks of Latin, Greek, Hebrew and Arabic letters, and with digits as in ASCII. Letters of
//! their own stay: й is not и, and the vowel signs of India are no marks.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Takes the marks off.
pub(crate) fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return Cow::Borrowed(word);
    }
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'ħ' => folded.push('h'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ð' => folded.push('d'),
            'ё' => folded.push('е'),
            'ς' => folded.push('σ'),
            'آ' | 'أ' | 'إ' | 'ٱ' => folded.push('ا'),
            'ى' | 'ی' => folded.push('ي'),
            'ة' => folded.push('ه'),
            'ک' => folded.push('ك'),
            'ँ' => folded.push('ं'),
            // Marks that stand by themselves: of Latin and Greek, Hebrew and Arabic points, tatweel, nukta.
            '\u{300}'..='\u{36f}'
            | '\u{591}'..='\u{5c7}'
            | '\u{640}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{93c}' => {}
            '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}' => {
                folded.extend(
                    std::iter::once(c)
                        .nfd()
                        .filter(|c| !matches!(c, '\u{300}'..='\u{36f}')),
                );
            }
            _ => folded.push(ascii_digit(c).unwrap_or(c)),
        }
    }
    Cow::Owned(folded)
}

/// Zero in scripts with digits of their own: Arabic, Persian, Devanagari, Bengali, Thai, Lao, Burmese, Khmer.
const ZEROS: [char; 8] = ['٠', '۰', '०', '০', '๐', '໐', '၀', '០'];

fn ascii_digit(c: char) -> Option<char> {
    let value = |zero: &char| u32::from(c).checked_sub(u32::from(*zero));
    let digit = ZEROS.iter().filter_map(value).find(|value| *value < 10)?;
    char::from_digit(digit, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_letters_stay() {
        for (word, folded) in [
            ("résumé", "resume"),
            ("đà", "da"),
            ("straße", "strasse"),
            ("горбачёв", "горбачев"),
            ("мой", "мой"),
            ("їжак", "їжак"),
            ("αθήνα", "αθηνα"),
            ("أحمد", "احمد"),
            ("לָשׁוֹן", "לשון"),
            ("२०२४", "2024"),
            ("हिन्दी", "हिन्दी"),
            ("abc", "abc"),
        ] {
            assert_eq!(fold(word), folded);
        }
    }
}
