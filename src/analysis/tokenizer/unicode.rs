//! Words of every language but Japanese, script by script.
//!
//! In: filtered text and the [`Recipe`] of its language. Out: its words. Spaced scripts are cut by Unicode's rules
//! ([UAX #29](https://unicode.org/reports/tr29/)), the others by dictionary where there is one, and otherwise left to the grams. What
//! stands in another script is cut as that script is: Thai in a Russian text by the Thai dictionary, Han by the Japanese one unless the text
//! is Chinese.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use super::icu;
use crate::analysis::char_filter::CharFilters;
use crate::analysis::characters::{self, CharClass, class};
use crate::analysis::japanese::Japanese;
use crate::analysis::recipe::Recipe;
use crate::analysis::token::{TokenKind, Tokens};

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

/// What cuts the words of a language other than Japanese.
#[derive(Debug)]
pub(crate) struct Other<'a> {
    /// Given for Chinese: what makes one of its simplified and traditional characters, once they are cut.
    pub(crate) chinese: Option<&'a CharFilters>,
    pub(crate) recipe: Recipe,
    pub(crate) japanese: Option<&'a Japanese>,
}

impl Other<'_> {
    /// Cuts filtered text into words.
    pub(crate) fn words(&self, text: &str) -> Tokens {
        let cut = |c: char| match class(c) {
            CharClass::Unspaced if characters::is_hangul(c) => Cut::Spaces,
            CharClass::Unspaced if characters::is_kana(c) => Cut::Japanese,
            CharClass::Unspaced if characters::is_han(c) && self.chinese.is_none() => Cut::Japanese,
            CharClass::Unspaced => Cut::Dictionary,
            CharClass::Word | CharClass::Other => Cut::Spaces,
        };
        let mut tokens = Tokens::default();
        let mut at = 0;
        while let Some(own) = text[at..].chars().next().map(cut) {
            let rest = &text[at..];
            let end = at + rest.find(|c| cut(c) != own).unwrap_or(rest.len());
            let run = &text[at..end];
            match own {
                Cut::Spaces => spaced(run, at, &self.recipe, &mut tokens),
                Cut::Dictionary => self.by_dictionary(run, at, &mut tokens),
                Cut::Japanese => self.japanese(run, at, &mut tokens),
            }
            at = end;
        }
        tokens
    }

    /// Adds the words of a script without spaces, which have no other form.
    fn by_dictionary(&self, run: &str, offset: usize, tokens: &mut Tokens) {
        for range in icu::words(run) {
            let word = &run[range.clone()];
            let term = match self.chinese {
                Some(filters) => Cow::Owned(filters.spelt(word)),
                None => Cow::Borrowed(word),
            };
            let position = tokens.next_position();
            let range = offset + range.start..offset + range.end;
            tokens.push(&term, range, position, self.recipe.kind(word));
        }
    }

    fn japanese(&self, run: &str, offset: usize, tokens: &mut Tokens) {
        let first = tokens.next_position();
        let Some(japanese) = self.japanese else {
            return;
        };
        for token in japanese.words(run).iter() {
            let range = offset + token.range.start..offset + token.range.end;
            tokens.push(token.term, range, first + token.position, token.kind);
        }
    }
}

/// Adds the words of a run of spaced scripts, each as its stem. Two words with a hyphen between them are also one, before the first and
/// at its position.
fn spaced(run: &str, offset: usize, recipe: &Recipe, tokens: &mut Tokens) {
    let mut words = run
        .unicode_word_indices()
        .filter(|(_, word)| word.chars().next().is_some_and(is_letter))
        .peekable();
    while let Some((start, word)) = words.next() {
        let position = tokens.next_position();
        if let Some(&(next, other)) = words.peek()
            && is_hyphen(&run[start + word.len()..next])
            && other.chars().all(char::is_alphabetic)
            && word.chars().all(char::is_alphabetic)
        {
            let range = offset + start..offset + next + other.len();
            let joined = recipe.stem(&format!("{word}{other}")).into_owned();
            tokens.push(&joined, range, position, TokenKind::Content);
        }
        let spelling = plain_spelling(word);
        let elided = recipe.elided(&spelling);
        let kind = recipe.kind(&spelling[elided..]);
        let range = offset + start + elided_bytes(word, elided)..offset + start + word.len();
        tokens.push(&recipe.stem(&spelling[elided..]), range, position, kind);
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
