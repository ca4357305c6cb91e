//! Words of every language but Japanese, script by script.
//!
//! In: folded text and the [`Recipe`] of its language. Out: its words. Spaced scripts are cut by Unicode's rules
//! ([UAX #29](https://unicode.org/reports/tr29/)), the others by dictionary where there is one, and otherwise left to the grams. What
//! stands in another script is cut as that script is: Thai in a Russian text by the Thai dictionary, Han by the Japanese one unless the text
//! is Chinese.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::icu;
use crate::analysis::characters::{self, CharClass, class};
use crate::analysis::recipe::Recipe;
use crate::analysis::token::{TokenKind, Tokens};
use crate::analysis::tokenizer::lindera::JapaneseTokenizer;

/// How a stretch of text is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// At spaces and marks.
    Spaces,
    /// By a dictionary.
    Dictionary,
    /// By the Japanese dictionary.
    Japanese,
}

/// Cuts folded text into words.
pub(crate) fn words(
    text: &str,
    chinese: bool,
    recipe: &Recipe,
    japanese: Option<&JapaneseTokenizer>,
) -> Tokens {
    let cut = |c: char| match class(c) {
        CharClass::Unspaced if characters::is_hangul(c) => Cut::Spaces,
        CharClass::Unspaced if characters::is_kana(c) => Cut::Japanese,
        CharClass::Unspaced if characters::is_han(c) && !chinese => Cut::Japanese,
        CharClass::Unspaced => Cut::Dictionary,
        CharClass::Word | CharClass::Other => Cut::Spaces,
    };
    let mut tokens = Tokens::default();
    let mut at = 0;
    while let Some(own) = text[at..].chars().next().map(cut) {
        let rest = &text[at..];
        let end = at + rest.find(|c| cut(c) != own).unwrap_or(rest.len());
        let run = &text[at..end];
        match (own, japanese) {
            (Cut::Spaces, _) => spaced(run, at, recipe, &mut tokens),
            (Cut::Dictionary, _) => {
                for word in icu::words(run) {
                    let range = at + word.start..at + word.end;
                    push(&run[word], range, recipe, &mut tokens);
                }
            }
            (Cut::Japanese, Some(japanese)) => {
                for token in japanese.words(run).iter() {
                    let range = at + token.range.start..at + token.range.end;
                    let position = tokens.next_position();
                    tokens.push(token.term, range, position, token.kind);
                }
            }
            (Cut::Japanese, None) => {}
        }
        at = end;
    }
    tokens
}

/// Adds a word of a script without spaces, which has no other form.
fn push(word: &str, range: Range<usize>, recipe: &Recipe, tokens: &mut Tokens) {
    let position = tokens.next_position();
    tokens.push(word, range, position, recipe.kind(word));
}

/// Adds the words of a run of spaced scripts: each as its stem, and two words with a hyphen between them also as one.
fn spaced(run: &str, offset: usize, recipe: &Recipe, tokens: &mut Tokens) {
    let mut words = run
        .unicode_word_indices()
        .filter(|(_, word)| word.chars().next().is_some_and(is_letter))
        .peekable();
    while let Some((start, word)) = words.next() {
        let spelling = plain_spelling(word);
        let elided = recipe.elided(&spelling);
        let position = tokens.next_position();
        let kind = recipe.kind(&spelling[elided..]);
        let range = offset + start + elided_bytes(word, elided)..offset + start + word.len();
        tokens.push(&recipe.stem(&spelling[elided..]), range, position, kind);
        if let Some(&(next, other)) = words.peek()
            && is_hyphen(&run[start + word.len()..next])
            && other.chars().all(char::is_alphabetic)
            && word.chars().all(char::is_alphabetic)
        {
            let range = offset + start..offset + next + other.len();
            let joined = recipe.stem(&format!("{word}{other}")).into_owned();
            tokens.push(&joined, range, position, TokenKind::Content);
        }
    }
}

fn is_letter(c: char) -> bool {
    class(c) == CharClass::Word || characters::is_hangul(c)
}

fn is_hyphen(between: &str) -> bool {
    matches!(between, "-" | "\u{2010}" | "\u{2011}")
}

/// A word without what is written or not: the shape of its apostrophe, the points of an abbreviation (u.s), the commas of a number.
fn plain_spelling(word: &str) -> Cow<'_, str> {
    let is_abbreviation = || {
        let mut parts = word.split('.');
        parts.all(|part| {
            let mut chars = part.chars();
            chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
        })
    };
    match () {
        () if word.contains(['\u{2019}', '\u{2bc}']) => {
            Cow::Owned(word.replace(['\u{2019}', '\u{2bc}'], "'"))
        }
        () if word.contains('.') && is_abbreviation() => Cow::Owned(word.replace('.', "")),
        () if word.contains(',') => Cow::Owned(word.replace(',', "")),
        () => Cow::Borrowed(word),
    }
}

/// The bytes of a word as written that the first bytes of its plain spelling take: apostrophes have several lengths.
fn elided_bytes(word: &str, elided: usize) -> usize {
    match elided {
        0 => 0,
        _ => word
            .char_indices()
            .find(|(_, c)| matches!(c, '\'' | '\u{2019}' | '\u{2bc}'))
            .map_or(0, |(at, apostrophe)| at + apostrophe.len_utf8()),
    }
}
