//! The terms of a query's text, and what each of them weighs.
//!
//! In: an analysis. Out: words and grams as they are looked up. Passages have more grams than a query needs, so that any part of them
//! can be found.

use std::ops::Range;

use crate::analysis::{Analysis, Token, TokenKind};

/// Weight of a gram that lies partly in function words, against one in content words.
const PARTLY_FUNCTION: f32 = 0.3;

/// Terms once each, with their weights summed: a word typed twice counts twice.
pub(super) fn weights<'t>(terms: impl Iterator<Item = (&'t str, f32)>) -> Vec<(&'t str, f32)> {
    let mut all: Vec<(&str, f32)> = Vec::new();
    for (term, weight) in terms {
        match all.iter_mut().find(|(other, _)| *other == term) {
            Some((_, sum)) => *sum += weight,
            None => all.push((term, weight)),
        }
    }
    all
}

/// The words of a text by where they stand: those of one position, and where one of them stands for several (トラム for ト ラム), these too.
pub(super) fn places<'w, 't>(words: &'w [Token<'t>]) -> impl Iterator<Item = &'w [Token<'t>]> {
    let mut rest = words;
    std::iter::from_fn(move || {
        let first = rest.first()?;
        let beside = |word: &Token<'_>| word.position == first.position;
        let has_parts = rest
            .iter()
            .take_while(|word| beside(word))
            .any(|word| word.range.end < first.range.end);
        let is_here =
            |word: &Token<'_>| beside(word) || has_parts && word.range.end <= first.range.end;
        let len = rest.iter().take_while(|word| is_here(word)).count();
        let (place, after) = rest.split_at(len);
        rest = after;
        Some(place)
    })
}

/// The words of a text, and the looser terms beside them. Of the terms at one position the last is the word.
pub(super) fn exact_and_looser(analysis: &Analysis) -> (Vec<Token<'_>>, Vec<Token<'_>>) {
    let mut after = analysis.words.content().skip(1);
    analysis.words.content().partition(|word| {
        let next = after.next();
        next.is_none_or(|next| next.position != word.position)
    })
}

/// The grams of a text without their order, with their weights: 1 for those that lie in content words, less for those that reach
/// into function words. Those that lie wholly in function words are left out: です and は何 say nothing.
pub(super) fn bag_of_grams(analysis: &Analysis) -> impl Iterator<Item = (&str, f32)> {
    let function: Vec<Range<usize>> = analysis
        .words
        .iter()
        .filter(|token| token.kind == TokenKind::Function)
        .map(|token| token.range)
        .collect();
    // A query of function words alone still asks for something.
    let only_function = analysis.words.content().next().is_none();
    grams(analysis).filter_map(move |token| {
        let overlap = |range: &Range<usize>| {
            let end = range.end.min(token.range.end);
            end.saturating_sub(range.start.max(token.range.start))
        };
        let covered: usize = function.iter().map(overlap).sum();
        match covered {
            _ if covered == 0 || only_function => Some((token.term, 1.0)),
            _ if covered < token.range.len() => Some((token.term, PARTLY_FUNCTION)),
            _ => None,
        }
    })
}

/// The grams of a query, less those that others imply.
///
/// - The single character that ends a run: the pair before it holds it. Left out of a phrase, it also lets a passage go on where a
///   line break of the query stands between two characters.
/// - The single character that begins a run behind letters or digits, where its pair follows.
/// - The single character behind a mark at the end of the text: a passage may go on there and have it in a pair only.
pub(super) fn grams(analysis: &Analysis) -> impl Iterator<Item = Token<'_>> {
    let last = analysis.grams.len().saturating_sub(1);
    let mut before_end = 0;
    let mut tokens = analysis.grams.iter().enumerate().peekable();
    std::iter::from_fn(move || {
        loop {
            let (index, token) = tokens.next()?;
            let is_single = index > 0 && is_single_unspaced(token.term);
            let ends_a_run = is_single && token.range.end == before_end;
            let is_open = is_single && token.range.start > before_end && index == last;
            before_end = token.range.end;
            let has_pair = tokens
                .peek()
                .is_some_and(|(_, next)| next.position == token.position);
            if !(ends_a_run || is_open || has_pair) {
                return Some(token);
            }
        }
    })
}

pub(super) fn is_single_unspaced(gram: &str) -> bool {
    let mut chars = gram.chars();
    chars.next().is_some_and(|c| !c.is_ascii()) && chars.next().is_none()
}
