//! A text of a query, read in the language of one shelf.
//!
//! In: a text, a [`Shelf`], the analyzer. Out: the engine's query for the passages of that shelf, and what of it can be seen there.

use std::ops::Range;
use std::sync::Arc;

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur as EngineOccur, PhraseQuery,
    Query as EngineQuery,
};
use tantivy::schema::Field;

use super::bag::{Bag, Weighted};
use super::leaf::{beginning_with, term_query, union};
use super::on_shelf::OnShelf;
use super::shelf::Shelf;
use super::sounds::Sounding;
use super::statistics::Statistics;
use super::terms::{bag_of_grams, exact_and_looser, grams, is_single_unspaced, places, weights};
use super::thesaurus::Thesaurus;
use super::{Clauses, Seen, Use};
use crate::analysis::{Analysis, Analyzer, Token};
use crate::query::{Text, TextField};
use crate::schema::{Schema, TextFields, term};

/// Weight of a word in title, heading and text; measured, see `docs/ranking.md`.
pub(super) const WORD_WEIGHTS: [f32; 3] = [1.0, 1.0, 1.0];
/// Weight of a gram in title, heading and text.
pub(super) const GRAM_WEIGHTS: [f32; 3] = [1.0, 1.0, 0.4];
/// Weight of a phrase beside its words.
const PHRASE_WEIGHT: f32 = 2.0;

/// Reads texts in the language of a shelf.
pub(super) struct Reader<'p> {
    pub(super) schema: &'p Schema,
    pub(super) analyzer: &'p Analyzer,
    pub(super) shelves: &'p [Arc<Shelf>],
    pub(super) statistics: &'p Statistics<'p>,
    pub(super) thesaurus: &'p Thesaurus,
    pub(super) seen: Seen,
}

impl Reader<'_> {
    /// What the shelf is asked for a text.
    pub(super) fn text(&mut self, text: &Text, used: Use) -> Box<dyn EngineQuery> {
        let query = match used {
            Use::Wished => {
                let analysis = self.analyze(&text.text);
                let others = self.otherwise(text, &analysis);
                self.any_of(text, &analysis, others.into_iter().map(|(_, other)| other))
            }
            Use::Required => self.each_of(text),
            Use::Excluded => {
                let units = text
                    .text
                    .split_whitespace()
                    .map(|unit| self.verbatim(unit, text.field, true));
                union(units.collect())
            }
        };
        self.on_shelf(query, used)
    }

    /// What may stand for parts of a text: other words, and what sounds alike.
    fn otherwise(&mut self, text: &Text, analysis: &Analysis) -> Vec<Sounding> {
        let mut all = self.synonyms(text, analysis);
        for (range, sound) in self.sounding(text) {
            match all.iter_mut().find(|(known, _)| *known == range) {
                Some((_, other)) => *other = union(vec![other.box_clone(), sound]),
                None => all.push((range, sound)),
            }
        }
        all
    }

    /// Any word or gram of a text, the more and the rarer the better; or what may stand for them.
    fn any_of(
        &mut self,
        text: &Text,
        analysis: &Analysis,
        others: impl Iterator<Item = Box<dyn EngineQuery>>,
    ) -> Box<dyn EngineQuery> {
        self.see(&text.text, analysis);
        if text.field.is_none() {
            self.seen.sought.add(&text.text, analysis);
        }
        let words = weights(analysis.words.content().map(|token| (token.term, 1.0)));
        let (telling, partial): (Vec<_>, Vec<_>) =
            bag_of_grams(analysis).partition(|(_, weight)| *weight == 1.0);
        let (telling, partial) = (weights(telling.into_iter()), weights(partial.into_iter()));
        let sought = words
            .iter()
            .chain(&telling)
            .map(|(term, _)| (*term).to_owned());
        self.seen.terms.extend(sought);
        let mut bag = Bag {
            ways: self.single_character(&text.text, analysis, text.field),
            ..Bag::default()
        };
        bag.ways.extend(others);
        for (index, fields) in self.fields(text.field) {
            let gram = |&(term, weight): &(&str, f32)| {
                self.known_term(fields.grams, term, weight * GRAM_WEIGHTS[index])
            };
            bag.matching
                .extend(words.iter().filter_map(|&(term, weight)| {
                    self.known_term(fields.words, term, weight * WORD_WEIGHTS[index])
                }));
            bag.matching.extend(telling.iter().filter_map(gram));
            // は日 is in every other passage: it ranks those that match, and makes none match.
            bag.adding.extend(partial.iter().filter_map(gram));
        }
        bag.query()
    }

    /// A query of one character of a script without spaces finds what it is a part of: every character begins a gram.
    fn single_character(
        &self,
        text: &str,
        analysis: &Analysis,
        field: Option<TextField>,
    ) -> Vec<Box<dyn EngineQuery>> {
        let mut grams = analysis.grams.iter();
        match (grams.next(), grams.next()) {
            (Some(gram), None)
                if gram.term.chars().count() == 1 && text.trim().chars().count() == 1 =>
            {
                let fields = self.fields(field).into_iter();
                fields
                    .map(|(_, fields)| self.beginning(fields.grams, gram.term))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// Every word of a text, as a word or letter by letter; and the score of any of them.
    fn each_of(&mut self, text: &Text) -> Box<dyn EngineQuery> {
        let analysis = self.analyze(&text.text);
        let mut required: Clauses = Vec::new();
        let must = |way| -> (EngineOccur, Box<dyn EngineQuery>) {
            (EngineOccur::Must, Box::new(ConstScoreQuery::new(way, 0.0)))
        };
        // What may be there as a sound alone, or in other words, need not be there as words.
        let others = self.otherwise(text, &analysis);
        let adding: Vec<_> = others.iter().map(|(_, other)| other.box_clone()).collect();
        let mut written: Vec<Clauses> = others.iter().map(|_| Vec::new()).collect();
        let words: Vec<Token<'_>> = analysis.words.content().collect();
        for place in places(&words) {
            let way = must(self.one_of(text, place));
            let span = &place[0].range;
            let holds = |unit: &Range<usize>| unit.start <= span.start && span.end <= unit.end;
            match others.iter().position(|(unit, _)| holds(unit)) {
                Some(unit) => written[unit].push(way),
                None => required.push(way),
            }
        }
        let others = others.into_iter().zip(written);
        let (found, mut left): (Vec<_>, Vec<_>) =
            others.partition(|(_, written)| !written.is_empty());
        for ((_, other), written) in found {
            let written = Box::new(BooleanQuery::new(written));
            required.push(must(union(vec![written, other])));
        }
        if required.is_empty() {
            // Nothing but function words, or a script that is cut into grams alone.
            for unit in text.text.split_whitespace() {
                let mut ways = vec![self.verbatim(unit, text.field, false)];
                let is_unit =
                    |((range, _), _): &mut (Sounding, _)| text.text[range.clone()] == *unit;
                ways.extend(left.extract_if(.., is_unit).map(|((_, sound), _)| sound));
                required.push(must(union(ways)));
            }
        }
        let any = self.any_of(text, &analysis, adding.into_iter());
        required.push((EngineOccur::Should, any));
        Box::new(BooleanQuery::new(required))
    }

    /// One of the readings of a stretch of text: a term for the whole of it, its letters, or all of its parts (ト ラム).
    fn one_of(&self, text: &Text, words: &[Token<'_>]) -> Box<dyn EngineQuery> {
        let span = words[0].range.clone();
        let (wholes, parts): (Vec<Token<'_>>, Vec<Token<'_>>) =
            words.iter().cloned().partition(|word| word.range == span);
        let mut ways = vec![self.verbatim(&text.text[span], text.field, false)];
        for (_, fields) in self.fields(text.field) {
            let term = |word: &Token<'_>| self.term(fields.words, word.term, 1.0);
            ways.extend(wholes.iter().map(term));
        }
        if !parts.is_empty() {
            let all = places(&parts).map(|part| (EngineOccur::Must, self.one_of(text, part)));
            ways.push(Box::new(BooleanQuery::new(all.collect())));
        }
        union(ways)
    }

    /// What the shelf is asked for a phrase.
    pub(super) fn phrase(&mut self, text: &Text, used: Use) -> Box<dyn EngineQuery> {
        let folded = self.normalize(&text.text);
        if used == Use::Excluded {
            let verbatim = self.verbatim(&text.text, text.field, false);
            return self.on_shelf(verbatim, used);
        }
        push_once(&mut self.seen.spellings, folded.trim());
        let mut ways = Vec::new();
        let verbatim = self.verbatim(&text.text, text.field, false);
        if !verbatim.is::<EmptyQuery>() {
            let boosted = BoostQuery::new(verbatim, PHRASE_WEIGHT);
            ways.push(Box::new(boosted) as Box<dyn EngineQuery>);
        }
        if self.analyzer.has_stems(self.seen.shelf.language()) {
            ways.push(self.inflected(text));
        }
        // The words of the phrase score too: a passage that is about them comes before one that mentions them.
        let analysis = self.analyze(&text.text);
        // Quotes mean these words, and no others for them.
        let sounds = self.sounding(text).into_iter().map(|(_, sound)| sound);
        let words = self.any_of(text, &analysis, sounds);
        let ways = union(ways);
        let query: Box<dyn EngineQuery> = match ways.is::<EmptyQuery>() {
            true => ways,
            false => Box::new(BooleanQuery::new(vec![
                (EngineOccur::Must, ways),
                (EngineOccur::Should, words),
            ])),
        };
        self.on_shelf(query, used)
    }

    /// A text in any form of its words, side by side: quotation marks are also put around what is inflected.
    fn inflected(&self, text: &Text) -> Box<dyn EngineQuery> {
        let analysis = self.analyze(&text.text);
        let (exact, _) = exact_and_looser(&analysis);
        let mut words: Vec<(usize, Token<'_>)> = Vec::new();
        for token in exact {
            let place = match words.last() {
                // However many words are left out, the index has one place for them.
                Some((place, before)) => place + (token.position - before.position).min(2),
                None => 0,
            };
            words.push((place, token));
        }
        let fields = self.fields(text.field).into_iter();
        let ways = fields.map(|(_, fields)| match words.as_slice() {
            words if !(words.iter()).all(|(_, word)| self.is_known(fields.words, word.term)) => {
                Box::new(EmptyQuery) as Box<dyn EngineQuery>
            }
            [] => Box::new(EmptyQuery),
            [(_, word)] => self.term(fields.words, word.term, 1.0),
            words => {
                let language = &self.seen.shelf.language;
                let term = |word: &Token<'_>| term(fields.words, language, word.term);
                let terms = words.iter().map(|(place, word)| (*place, term(word)));
                Box::new(PhraseQuery::new_with_offset(terms.collect()))
            }
        });
        union(ways.collect())
    }

    /// A text letter by letter, as grams side by side; `or_word` also takes the word whose form it is.
    pub(super) fn verbatim(
        &self,
        text: &str,
        field: Option<TextField>,
        or_word: bool,
    ) -> Box<dyn EngineQuery> {
        let analysis = self.analyze(text);
        let grams: Vec<Token<'_>> = grams(&analysis).collect();
        let mut ways: Vec<Box<dyn EngineQuery>> = Vec::new();
        let words: Vec<Token<'_>> = analysis.words.content().collect();
        let is_one_word = words.iter().all(|word| word.range == words[0].range);
        for (_, fields) in self.fields(field) {
            match grams.as_slice() {
                [] => {}
                [gram] if is_single_unspaced(gram.term) => {
                    ways.push(self.beginning(fields.grams, gram.term))
                }
                _ if !grams
                    .iter()
                    .all(|gram| self.is_known(fields.grams, gram.term)) => {}
                [gram] => ways.push(self.term(fields.grams, gram.term, 1.0)),
                _ => {
                    let term =
                        |gram: &Token<'_>| term(fields.grams, &self.seen.shelf.language, gram.term);
                    let terms = grams.iter().map(|gram| (gram.position, term(gram)));
                    ways.push(Box::new(PhraseQuery::new_with_offset(terms.collect())));
                }
            }
            if or_word && is_one_word {
                let words = words.iter();
                let known = words.filter(|word| self.is_known(fields.words, word.term));
                ways.extend(known.map(|word| self.term(fields.words, word.term, 1.0)));
            }
        }
        union(ways)
    }

    /// Words that begin with a text. In a script without spaces every place may begin a word, so the text itself must
    /// be there.
    pub(super) fn prefix(&mut self, text: &Text, used: Use) -> Box<dyn EngineQuery> {
        let folded = self.normalize(text.text.trim());
        if used != Use::Excluded {
            push_once(&mut self.seen.prefixes, &folded);
        }
        let mut ways = vec![self.verbatim(&text.text, text.field, false)];
        for (_, fields) in self.fields(text.field) {
            ways.push(self.beginning(fields.words, &folded));
            ways.push(self.beginning(fields.grams, &folded));
        }
        self.on_shelf(union(ways), used)
    }

    /// The fields a text is looked for in, with their places in the tables of weights.
    pub(super) fn fields(&self, field: Option<TextField>) -> Vec<(usize, TextFields)> {
        let all = self.schema.text_fields().into_iter().enumerate();
        match field {
            None => all.collect(),
            Some(field) => {
                let wanted = match field {
                    TextField::Title => 0,
                    TextField::Heading => 1,
                    TextField::Text => 2,
                };
                all.filter(|(index, _)| *index == wanted).collect()
            }
        }
    }

    pub(super) fn analyze(&self, text: &str) -> Analysis {
        self.analyzer.analyze(text, self.seen.shelf.language())
    }

    pub(super) fn normalize(&self, text: &str) -> String {
        self.analyzer.normalize_in(text, self.seen.shelf.language())
    }

    pub(super) fn term(&self, field: Field, text: &str, weight: f32) -> Box<dyn EngineQuery> {
        term_query(term(field, &self.seen.shelf.language, text), weight)
    }

    /// A term, if some passage has it in this field.
    fn known_term(&self, field: Field, text: &str, weight: f32) -> Option<Weighted> {
        let term = term(field, &self.seen.shelf.language, text);
        let is_known = self.statistics.in_field(&term).is_ok_and(|found| found > 0);
        is_known.then_some((term, weight))
    }

    fn is_known(&self, field: Field, text: &str) -> bool {
        self.known_term(field, text, 1.0).is_some()
    }

    pub(super) fn reading_term(&self, field: Field, reading: &str) -> Term {
        term(field, &self.seen.shelf.language, reading)
    }

    pub(super) fn beginning(&self, field: Field, prefix: &str) -> Box<dyn EngineQuery> {
        beginning_with(field, &self.seen.shelf.language, prefix)
    }

    /// Scores a query by the statistics of the shelf.
    fn on_shelf(&mut self, query: Box<dyn EngineQuery>, used: Use) -> Box<dyn EngineQuery> {
        if query.is::<EmptyQuery>() {
            return query;
        }
        self.seen.may_match |= used != Use::Excluded;
        Box::new(OnShelf {
            query,
            shelf: self.seen.shelf.clone(),
            balance: self.seen.balance.clone(),
        })
    }

    /// Notes what of a text can be seen in a passage.
    fn see(&mut self, text: &str, analysis: &Analysis) {
        let (words, looser) = exact_and_looser(analysis);
        for word in &words {
            push_once(&mut self.seen.words, word.term);
            // A single character is a part of too many other words, unless it is all that was asked for.
            let written = &text[word.range.clone()];
            if words.len() == 1 || written.chars().count() > 1 {
                let spelling = self.normalize(written);
                push_once(&mut self.seen.spellings, &spelling);
            }
        }
        // Words written together are marked together: 観光客 is cut into 観光 and 客.
        for run in words
            .chunk_by(|a, b| a.range.end == b.range.start)
            .filter(|run| run.len() > 1)
        {
            let written = &text[run[0].range.start..run[run.len() - 1].range.end];
            let spelling = self.normalize(written);
            push_once(&mut self.seen.spellings, &spelling);
        }
        // Looser terms are marked, too.
        for term in looser {
            push_once(&mut self.seen.words, term.term);
        }
        if words.is_empty() {
            for unit in text.split_whitespace() {
                let spelling = self.normalize(unit);
                push_once(&mut self.seen.spellings, &spelling);
            }
        }
    }
}

pub(super) fn push_once(list: &mut Vec<String>, text: &str) {
    if !text.is_empty() && !list.iter().any(|other| other == text) {
        list.push(text.to_owned());
    }
}
