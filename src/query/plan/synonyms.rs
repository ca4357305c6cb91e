//! Other words for what was typed, as the engine is asked for them.
//!
//! In: the places of a text that have synonyms ([`Thesaurus`](super::thesaurus::Thesaurus)). Out: for each place, the passages that say the same in
//! other words. They weigh less than what was typed would, however rare they are, and passages that have what was typed are
//! scored as if there were no synonyms.

use tantivy::query::{
    Bm25StatisticsProvider, BooleanQuery, BoostQuery, Occur as EngineOccur, PhraseQuery,
    Query as EngineQuery,
};
use tantivy::schema::Field;

use super::excluded::Excluded;
use super::leaf::union;
use super::reading::{GRAM_WEIGHTS, Reader, WORD_WEIGHTS, push_once};
use super::sounds::Sounding;
use super::terms::{exact_and_looser, grams, is_single_unspaced};
use crate::analysis::{Analysis, Token};
use crate::query::{Text, TextField};
use crate::schema::term;

/// Weight of another word beside the one that was typed.
pub(crate) const WEIGHT: f32 = 0.8;

/// A part of a query, and what else was looked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tried {
    /// As typed.
    pub(crate) typed: String,
    /// Each with whether the shelf has its words.
    pub(crate) others: Vec<(String, bool)>,
    /// The words and grams of what was typed.
    pub(crate) words: Vec<String>,
    pub(crate) grams: Vec<String>,
    /// The words of each other that the shelf has.
    pub(crate) found: Vec<Vec<String>>,
}

impl Reader<'_> {
    /// The places of a text for which other words are looked for.
    pub(super) fn synonyms(&mut self, text: &Text, analysis: &Analysis) -> Vec<Sounding> {
        if self.thesaurus.is_empty() {
            return Vec::new();
        }
        let language = self.seen.shelf.language();
        let places = (self.thesaurus).places(&text.text, language, self.analyzer, analysis);
        let mut asked = Vec::with_capacity(places.len());
        for place in places {
            let typed = &text.text[place.range.clone()];
            let analysis = self.analyze(typed);
            let weight = self.weight(&analysis);
            let mut ways = Vec::new();
            let mut tried = Tried {
                typed: typed.to_owned(),
                others: Vec::with_capacity(place.others.len()),
                words: texts(exact_and_looser(&analysis).0),
                grams: texts(grams(&analysis)),
                found: Vec::new(),
            };
            for other in place.others {
                let own = self.other_word(&other, weight, text.field, &mut tried);
                tried.others.push((other, !own.is_empty()));
                ways.extend(own);
            }
            if !ways.is_empty() {
                let written = self.verbatim(typed, text.field, true);
                let query = Box::new(BooleanQuery::new(vec![
                    (EngineOccur::Must, union(ways)),
                    (EngineOccur::MustNot, Box::new(Excluded(written))),
                ]));
                asked.push((place.range, query as Box<dyn EngineQuery>));
            }
            self.seen.synonyms.push(tried);
        }
        asked
    }

    /// Another word, or several side by side; nothing if the shelf does not have them. `typed` is what the word that was typed weighs.
    fn other_word(
        &mut self,
        other: &str,
        typed: f32,
        field: Option<TextField>,
        tried: &mut Tried,
    ) -> Vec<Box<dyn EngineQuery>> {
        let analysis = self.analyze(other);
        let (words, _) = exact_and_looser(&analysis);
        let is_function = words.is_empty() && !analysis.words.is_empty();
        let grams: Vec<Token<'_>> = match is_function {
            // A word without meaning in this language: WHO in English.
            true => Vec::new(),
            false => grams(&analysis).collect(),
        };
        let own = self.weight(&analysis);
        let boost = WEIGHT * (typed / own.max(f32::MIN_POSITIVE)).min(1.0);
        let schema = self.schema.text;
        // A word is no part of another one. Letters decide where the index has no such words.
        let as_words = self.has_all(schema.words, &words);
        let as_grams = !as_words && self.has_all(schema.grams, &grams);
        let mut ways: Vec<Box<dyn EngineQuery>> = Vec::new();
        for (index, fields) in self.fields(field) {
            let (query, weight) = match grams.as_slice() {
                _ if as_words => (self.side_by_side(fields.words, &words), WORD_WEIGHTS[index]),
                _ if !as_grams => break,
                [gram] if is_single_unspaced(gram.term) => {
                    (self.beginning(fields.grams, gram.term), GRAM_WEIGHTS[index])
                }
                grams => (self.side_by_side(fields.grams, grams), GRAM_WEIGHTS[index]),
            };
            ways.push(Box::new(BoostQuery::new(query, boost * weight)));
        }
        if !ways.is_empty() {
            if as_words {
                tried.found.push(texts(words));
            }
            let spelling = self.normalize(other);
            push_once(&mut self.seen.spellings, &spelling);
        }
        ways
    }

    /// What the terms of a text weigh together, as they would be scored.
    fn weight(&self, analysis: &Analysis) -> f32 {
        let (words, _) = exact_and_looser(analysis);
        let words = words
            .iter()
            .map(|word| self.idf(self.schema.text.words, word));
        let grams = grams(analysis).map(|gram| self.idf(self.schema.text.grams, &gram));
        words.sum::<f32>() + GRAM_WEIGHTS[2] * grams.sum::<f32>()
    }

    fn idf(&self, field: Field, token: &Token<'_>) -> f32 {
        let shelf = &self.seen.shelf;
        shelf.idf(self.passages_with(field, token))
    }

    fn has_all(&self, field: Field, tokens: &[Token<'_>]) -> bool {
        // A single character is a part of grams, and no term of its own in most places.
        let is_there = |token: &Token<'_>| {
            tokens.len() == 1 && is_single_unspaced(token.term)
                || self.passages_with(field, token) > 0
        };
        !tokens.is_empty() && tokens.iter().all(is_there)
    }

    fn passages_with(&self, field: Field, token: &Token<'_>) -> u64 {
        let term = term(field, &self.seen.shelf.language, token.term);
        self.statistics.doc_freq(&term).unwrap_or_default()
    }

    /// Terms in their order without others between them.
    fn side_by_side(&self, field: Field, tokens: &[Token<'_>]) -> Box<dyn EngineQuery> {
        match tokens {
            [token] => self.term(field, token.term, 1.0),
            tokens => {
                let first = tokens.first().map_or(0, |token| token.position);
                let terms = tokens.iter().map(|token| {
                    let term = term(field, &self.seen.shelf.language, token.term);
                    (token.position - first, term)
                });
                Box::new(PhraseQuery::new_with_offset(terms.collect()))
            }
        }
    }
}

fn texts<'t>(tokens: impl IntoIterator<Item = Token<'t>>) -> Vec<String> {
    let terms = tokens.into_iter().map(|token| token.term.to_owned());
    terms.collect()
}
