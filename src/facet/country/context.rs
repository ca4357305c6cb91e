//! What the words around a name say.
//!
//! In: a folded text and the place of a name in it. Out: whether the name is a language or a currency, whether a
//! capital stands for its government, whether a doubtful name is a state. The words are data:
//! `data/country_contexts.tsv`.

use std::collections::HashMap;
use std::ops::Range;

use super::tables;
use crate::facet::fold::{Folded, fold};

pub(super) struct Contexts {
    rules: HashMap<String, Vec<String>>,
}

impl Contexts {
    pub(super) fn new() -> Self {
        let rules = tables::contexts()
            .filter_map(|row| match row[..] {
                [rule, words] => Some((fold(rule), words.split('|').map(fold).collect())),
                _ => None,
            })
            .collect();
        Contexts { rules }
    }

    fn words(&self, rule: &str) -> &[String] {
        self.rules.get(rule).map_or(&[], Vec::as_slice)
    }

    fn follows(&self, rule: &str, rest: &str) -> bool {
        self.words(rule).iter().any(|word| rest.starts_with(word))
    }

    /// Whether a name that ends here is a language or a currency.
    pub(super) fn is_no_state(&self, text: &str, end: usize) -> bool {
        self.follows("not-before", &text[end..])
    }

    /// Whether an adjective is a language: `Japanese-language`, `in Japanese.`, `French and German` where the first is
    /// one that ends at `other_end`.
    pub(super) fn is_language(&self, text: &str, range: &Range<usize>, other_end: usize) -> bool {
        let (before, rest) = (&text[..range.start], &text[range.end..]);
        if self.follows("language-after", rest) {
            return true;
        }
        let clause_ends = !rest
            .strip_prefix([' ', '-'])
            .is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
            || [" and ", " or "].iter().any(|word| rest.starts_with(word));
        let is_listed = || {
            let between = text.get(other_end..range.start).unwrap_or_default();
            other_end > 0 && [" and ", " or ", ", ", ", and "].contains(&between)
        };
        clause_ends
            && (is_listed()
                || self.words("language-before").iter().any(|word| {
                    before.strip_suffix(word).is_some_and(|before| {
                        !before.ends_with(char::is_alphanumeric) || word.starts_with(' ')
                    })
                }))
    }

    /// Whether the words of a government follow a capital: ワシントン政府.
    pub(super) fn is_government(&self, text: &str, end: usize) -> bool {
        self.follows("government", &text[end..])
    }

    /// Whether a text speaks of states at all.
    pub(super) fn speaks_of_states(&self, text: &str) -> bool {
        self.words("state").iter().any(|word| text.contains(word))
    }

    /// Whether a text shows a doubtful name to be a state: it has what the name asks for (else `is_among_states`
    /// decides), and nothing that makes it something else, as `Alabama` does beside `Georgia`.
    pub(super) fn bears_out(
        &self,
        text: &str,
        name: &str,
        is_among_states: impl FnOnce() -> bool,
    ) -> bool {
        let has_any = |words: &[String]| words.iter().any(|word| text.contains(word.as_str()));
        let needed = self.rules.get(&format!("with {name}"));
        needed.map_or_else(is_among_states, |needed| has_any(needed))
            && !has_any(self.words(&format!("unless {name}")))
    }
}

/// Whether a name is one of several capitalised words: `Michael Jordan`, `Jordan Peele`. At the beginning of a sentence
/// the word before may be a small one (`In Jordan`).
pub(super) fn is_part_of_a_longer_name(text: &Folded, range: &Range<usize>) -> bool {
    let original = text.original_range(range);
    let (before, rest) = (
        &text.original[..original.start],
        &text.original[original.end..],
    );
    let word_before = before.strip_suffix(' ').map(|before| {
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next();
        word.unwrap_or_default()
    });
    let is_name = |word: &str| {
        let mut characters = word.chars();
        characters.next().is_some_and(char::is_uppercase)
            && characters.next().is_some_and(char::is_lowercase)
    };
    let named_before = word_before
        .is_some_and(|word| is_name(word) && !SMALL_WORDS.split(' ').any(|small| small == word));
    let word_after = rest.strip_prefix(' ').map(|rest| {
        let word = rest.split(|c: char| !c.is_alphanumeric()).next();
        word.unwrap_or_default()
    });
    let named_after = word_after
        .is_some_and(|word| is_name(word) && !TITLES.split(' ').any(|title| title == word));
    named_before || named_after
}

/// Words before a name that begin a sentence or a heading, and titles of states.
const SMALL_WORDS: &str = "In From To With And The For Of By Between Both While But As At When Since If Although \
    Neighboring Neighbouring Visit Visiting King President Minister Ambassador Kingdom Republic State Nước";

/// Words after a name that leave it a name.
const TITLES: &str = "President King Queen Prince Minister Foreign Prime Ambassador Government And In On To With \
    Valley Relations Embassy";
