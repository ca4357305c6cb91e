//! What speaks for a passage beside the sum of its terms.
//!
//! In: where the terms of a query stand in the candidates. Out: [`Evidence`], a number for each name in [`EVIDENCE`]. All of them are shares of
//! the query's information: a term's information is its rarity (idf), so that a piece of evidence never is more than what all terms
//! are worth together (BM25 goes to 2.2 times that). None falls when one more term matches. It knows no weights.

use std::collections::HashMap;

use super::super::collect::Candidate;
use super::occurrences::Occurrences;
use crate::index::ORDINAL_BITS;

/// The pieces of evidence, in the order of [`Evidence`].
pub(crate) const EVIDENCE: [&str; 12] = [
    "title",
    "whole title",
    "words covered",
    "rarest word",
    "first word",
    "numbers",
    "grams together",
    "document covers grams",
    "document words",
    "document opening",
    "document opening early",
    "year",
];

/// A number for each piece of evidence.
pub(crate) type Evidence = [f32; EVIDENCE.len()];

/// A word at this place is worth half of one at the beginning.
const EARLY_WORDS: f32 = 30.0;

/// One view of the query's terms, words or grams, in all candidates.
pub(super) struct View {
    /// What each term is worth.
    pub(super) information: Vec<f32>,
    /// In titles, headings and texts.
    pub(super) fields: [Occurrences; 3],
}

/// How much a term's count says: BM25's saturation (Robertson and Zaragoza 2009).
#[derive(Clone, Copy)]
struct Saturation {
    k1: f32,
    b: f32,
}

/// As in the first stage.
const PASSAGE: Saturation = Saturation { k1: 1.2, b: 0.75 };
/// Whether a term is there at all, with little regard to how often; in a short passage it says more.
const PRESENCE: Saturation = Saturation { k1: 0.3, b: 0.75 };
/// In documents, whose length says less.
const DOCUMENT: Saturation = Saturation { k1: 1.2, b: 0.25 };

impl Saturation {
    fn of(self, count: f32, length: f32, average_length: f32) -> f32 {
        let Saturation { k1, b } = self;
        if count == 0.0 {
            return 0.0;
        }
        count * (k1 + 1.0) / (count + k1 * (1.0 - b + b * length / average_length))
    }
}

impl View {
    fn title(&self) -> &Occurrences {
        &self.fields[0]
    }

    fn text(&self) -> &Occurrences {
        &self.fields[2]
    }

    fn sum(&self, mut share: impl FnMut(usize) -> f32) -> f32 {
        let terms = self.information.iter().enumerate();
        terms.map(|(term, worth)| worth * share(term)).sum()
    }

    fn is_in(&self, candidate: usize, term: usize) -> bool {
        self.fields.iter().any(|field| field.has(candidate, term))
    }

    /// BM25 of one field.
    fn bm25(&self, field: &Occurrences, candidate: usize, saturation: Saturation) -> f32 {
        let (length, average) = (field.length(candidate), field.average_length());
        self.sum(|term| saturation.of(field.count(candidate, term), length, average))
    }

    /// What of the query is in the passage, its title or its headings.
    fn covered(&self, candidate: usize) -> f32 {
        let (length, average) = (self.text().length(candidate), self.text().average_length());
        self.sum(|term| {
            let count = (self.fields.iter())
                .map(|field| field.count(candidate, term))
                .sum();
            PRESENCE.of(count, length, average)
        })
    }

    /// The share of the query that the passage has, of what that is worth: the more is there, the more each further term says.
    fn together(&self, candidate: usize) -> f32 {
        let all = self.sum(|_| 1.0);
        let here = self.sum(|term| f32::from(u8::from(self.is_in(candidate, term))));
        here * here / all.max(f32::MIN_POSITIVE)
    }

    /// What of the query only other passages of the document have.
    fn elsewhere(&self, candidate: usize, document: &[usize]) -> f32 {
        self.sum(|term| {
            let here = self.is_in(candidate, term);
            let there = !here && document.iter().any(|&other| self.is_in(other, term));
            f32::from(u8::from(there))
        })
    }

    /// BM25 of the text of a document's candidates, as if it were one.
    fn document(&self, document: &[usize]) -> f32 {
        let length = document
            .iter()
            .map(|&passage| self.text().length(passage))
            .sum();
        self.sum(|term| {
            let counts = document
                .iter()
                .map(|&passage| self.text().count(passage, term));
            DOCUMENT.of(counts.sum(), length, self.text().average_length())
        })
    }

    /// What the title has of the query, the more of the title that is the better: 富士山 and not 富士山の噴火史.
    fn whole_title(&self, candidate: usize) -> f32 {
        let found = self.information.iter().enumerate();
        let found = found.filter(|(term, _)| self.title().has(candidate, *term));
        let share = found.count() as f32 / self.title().length(candidate).max(1.0);
        share.min(1.0).powi(3)
            * self.sum(|term| f32::from(u8::from(self.title().has(candidate, term))))
    }

    /// What a term is worth, if it is there.
    fn found(&self, candidate: usize, term: usize) -> f32 {
        match self.information.get(term) {
            Some(worth) if self.is_in(candidate, term) => *worth,
            _ => 0.0,
        }
    }

    /// What the most telling term is worth that is there.
    fn rarest(&self, candidate: usize) -> f32 {
        let terms = 0..self.information.len();
        let found = terms.map(|term| self.found(candidate, term));
        found.fold(0.0, f32::max)
    }

    /// Terms near the beginning of the passage.
    fn early(&self, candidate: usize) -> f32 {
        self.sum(|term| {
            let first = self.text().positions(candidate, term).first();
            first.map_or(0.0, |&place| 1.0 / (1.0 + place as f32 / EARLY_WORDS))
        })
    }
}

/// The evidence for each candidate but its years, from words and grams; `numbers` are those among the words.
pub(super) fn gather(
    [words, grams]: &[View; 2],
    numbers: &[usize],
    candidates: &[Candidate],
) -> Vec<Evidence> {
    let mut documents: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, candidate) in candidates.iter().enumerate() {
        documents.entry(candidate.document()).or_default().push(at);
    }
    let mut of_document: HashMap<u64, [f32; 3]> = HashMap::with_capacity(documents.len());
    for (&document, passages) in &documents {
        let first = passages
            .iter()
            .copied()
            .find(|&at| candidates[at].order & ((1 << ORDINAL_BITS) - 1) == 0);
        let opening = |part: &dyn Fn(usize) -> f32| first.map_or(0.0, part);
        let whole = [
            words.document(passages),
            opening(&|first| words.bm25(words.text(), first, DOCUMENT)),
            opening(&|first| words.early(first)),
        ];
        of_document.insert(document, whole);
    }
    let evidence = |(at, candidate): (usize, &Candidate)| {
        let document = candidate.document();
        let passages = &documents[&document];
        let [document_words, opening, opening_early] = of_document[&document];
        [
            grams.bm25(grams.title(), at, PASSAGE),
            words.whole_title(at),
            words.covered(at),
            words.rarest(at),
            words.found(at, 0),
            numbers
                .iter()
                .fold(0.0, |sum, &term| sum + words.found(at, term)),
            grams.together(at),
            grams.elsewhere(at, passages),
            document_words,
            opening,
            opening_early,
            0.0,
        ]
    };
    candidates.iter().enumerate().map(evidence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_more_occurrence_never_says_less() {
        for saturation in [PASSAGE, PRESENCE, DOCUMENT] {
            let says: Vec<f32> = (0..9)
                .map(|n| saturation.of(n as f32, 100.0, 80.0))
                .collect();
            assert!(says.is_sorted(), "{says:?}");
        }
    }
}
