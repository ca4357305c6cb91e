//! Overlapping pairs of characters in scripts without spaces; runs of other letters and digits whole.
//!
//! In: folded text. Out: tokens with positions such that the grams of any substring of two or more characters stand
//! side by side: a phrase query over them finds it, however a dictionary would have cut the text. The last character of a
//! run is a gram by itself, so that every character begins a gram: 東 is found as a prefix of grams. So is the first one behind
//! letters or digits, at the position of its pair: the 月 of 3月に is found as itself.

use std::ops::Range;

use crate::analysis::characters::{CharClass, class};
use crate::analysis::token::{TokenKind, Tokens};

/// Cuts folded text into grams.
pub(crate) fn grams(text: &str) -> Tokens {
    let mut tokens = Tokens::default();
    let mut position = 0;
    let mut at = 0;
    let mut before = CharClass::Other;
    while let Some(c) = text[at..].chars().next() {
        let run_class = class(c);
        let rest = &text[at..];
        let end = at
            + rest
                .find(|next| class(next) != run_class)
                .unwrap_or(rest.len());
        match run_class {
            CharClass::Other => {}
            CharClass::Word => {
                tokens.push(&text[at..end], at..end, position, TokenKind::Content);
                position += 1;
            }
            CharClass::Unspaced => {
                let after_first = at + c.len_utf8();
                if before == CharClass::Word && after_first < end {
                    tokens.push(
                        &text[at..after_first],
                        at..after_first,
                        position,
                        TokenKind::Content,
                    );
                }
                position = pairs(text, at..end, position, &mut tokens);
            }
        }
        before = run_class;
        at = end;
    }
    tokens
}

/// Adds the pairs of a run and its last character; returns the position after it.
fn pairs(text: &str, run: Range<usize>, mut position: usize, tokens: &mut Tokens) -> usize {
    let mut starts = text[run.clone()]
        .char_indices()
        .map(|(offset, _)| run.start + offset);
    let mut first = starts.next();
    let mut second = starts.next();
    while let Some(start) = first {
        let after_second = starts.next();
        let end = match second {
            Some(_) => after_second.unwrap_or(run.end),
            None => run.end,
        };
        tokens.push(&text[start..end], start..end, position, TokenKind::Content);
        position += 1;
        first = second;
        second = after_second;
    }
    position
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<(String, usize)> {
        grams(text)
            .iter()
            .map(|token| (token.term.to_owned(), token.position))
            .collect()
    }

    #[test]
    fn pairs_words_and_single_characters() {
        let expected = [
            ("2024", 0),
            ("年", 1),
            ("eu", 2),
            ("首", 3),
            ("首脳", 3),
            ("脳会", 4),
            ("会談", 5),
            ("談", 6),
            ("月", 7),
        ];
        let found = terms("2024年、EU首脳会談/月".to_lowercase().as_str());
        assert_eq!(
            found,
            expected.map(|(term, position)| (term.to_owned(), position))
        );
    }

    #[test]
    fn nothing_but_marks_gives_nothing() {
        assert!(terms("、。 …").is_empty());
        assert!(terms("").is_empty());
    }
}
