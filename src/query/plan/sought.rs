//! What the second stage looks for in the best passages: the terms of a query's running texts, in their order.
//!
//! In: texts and their analyses. Out: [`Sought`]. Texts that are to be found in one field only are not among them.

use super::terms::{bag_of_grams, exact_and_looser, weights};
use crate::analysis::Analysis;
use crate::query::kind::QueryKind;

/// The terms of a query, and its kind.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Sought {
    pub(crate) kind: QueryKind,
    /// The texts themselves, a line each.
    pub(crate) text: String,
    /// Content words with their weights, each once, in order.
    pub(crate) words: Vec<(String, f32)>,
    /// Grams with their weights, each once, in order.
    pub(crate) grams: Vec<(String, f32)>,
}

impl Sought {
    /// Adds a text of the query.
    pub(super) fn add(&mut self, text: &str, analysis: &Analysis) {
        self.kind = self.kind.max(QueryKind::of(text, analysis));
        self.text.push_str(text);
        self.text.push('\n');
        let (words, _) = exact_and_looser(analysis);
        let words = words.iter().map(|token| (token.term, 1.0));
        add_once(&mut self.words, &weights(words));
        add_once(&mut self.grams, &weights(bag_of_grams(analysis)));
    }
}

/// A term typed twice is no more to be found than one typed once.
fn add_once(terms: &mut Vec<(String, f32)>, more: &[(&str, f32)]) {
    for &(term, weight) in more {
        if !terms.iter().any(|(known, _)| known == term) {
            terms.push((term.to_owned(), weight.min(1.0)));
        }
    }
}
