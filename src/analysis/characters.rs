//! What a character is to the analyzer: part of a script without spaces, of a spaced word, or neither.

/// How a character behaves when text is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CharClass {
    /// Han, kana, Hangul, Thai, Lao, Khmer, Burmese: cut into bigrams.
    Unspaced,
    /// Letters, digits and marks of all other scripts: runs of them are words.
    Word,
    /// Spaces, punctuation, symbols: end a run.
    Other,
}

/// The class of a character of folded text.
pub(crate) fn class(c: char) -> CharClass {
    match c {
        'a'..='z' | '0'..='9' => CharClass::Word,
        '\0'..='\u{7f}' => CharClass::Other,
        _ if is_kana(c) || is_han(c) || is_hangul(c) || is_southeast_asian(c) => {
            CharClass::Unspaced
        }
        _ if c.is_alphanumeric() || is_mark(c) => CharClass::Word,
        _ => CharClass::Other,
    }
}

/// Hiragana or katakana, with the long vowel mark and iteration marks.
pub(crate) fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309a}' | '\u{309d}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}' | '\u{1b000}'..='\u{1b16f}')
}

/// Han characters, with 々, 〆 and 〇.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Hangul syllables and letters.
pub(crate) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}')
}

/// Thai, Lao, Burmese and Khmer, with their vowel signs.
pub(crate) fn is_southeast_asian(c: char) -> bool {
    matches!(c, '\u{0e01}'..='\u{0e3a}' | '\u{0e40}'..='\u{0e4e}' | '\u{0e81}'..='\u{0ece}' | '\u{0edc}'..='\u{0edf}'
        | '\u{1000}'..='\u{103f}' | '\u{1050}'..='\u{109f}' | '\u{1780}'..='\u{17d3}' | '\u{aa60}'..='\u{aa7f}')
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes() {
        for c in "漢々〇かカーｶ한ไลမ".chars() {
            assert_eq!(
                class(c),
                if c == 'ｶ' {
                    CharClass::Word
                } else {
                    CharClass::Unspaced
                },
                "{c}"
            );
        }
        for c in "a0éжңđक".chars() {
            assert_eq!(class(c), CharClass::Word, "{c}");
        }
        for c in " 　、。・-()「」\n€".chars() {
            assert_eq!(class(c), CharClass::Other, "{c}");
        }
    }
}
