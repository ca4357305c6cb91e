//! Words by Unicode's rules ([UAX #29](https://unicode.org/reports/tr29/)), for scripts that put spaces between them.
//!
//! In: folded text. Out: its words; Han, kana and Southeast Asian runs, which have no spaces, are left to the grams.

use unicode_segmentation::UnicodeSegmentation;

use crate::analysis::characters::{CharClass, class};
use crate::analysis::token::{TokenKind, Tokens};

/// Cuts folded text into words.
pub(crate) fn words(text: &str) -> Tokens {
    let mut tokens = Tokens::default();
    for (start, word) in text.unicode_word_indices() {
        let spaced = word.chars().next().is_some_and(|c| match class(c) {
            CharClass::Word => true,
            // Korean writes spaces between its phrases, unlike its neighbours.
            CharClass::Unspaced => matches!(c, '\u{ac00}'..='\u{d7a3}'),
            CharClass::Other => false,
        });
        if spaced {
            tokens.push(
                word,
                start..start + word.len(),
                tokens.len(),
                TokenKind::Content,
            );
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_spaced_scripts() {
        let terms = |text: &str| {
            words(text)
                .iter()
                .map(|token| token.term.to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            terms("the u.s. didn't sign 3.14"),
            ["the", "u.s", "didn't", "sign", "3.14"]
        );
        assert_eq!(terms("внешняя политика"), ["внешняя", "политика"]);
        assert_eq!(terms("한국 외교"), ["한국", "외교"]);
        assert_eq!(terms("中国外交 ok ประเทศ"), ["ok"]);
    }
}
