//! The plan of a query: what the engine is asked, and what of the text counts as a match.
//!
//! In: a [`Query`], the fields, the analyzer. Out: [`Plan`]. Each text is cut as the passages were, and every leaf is widened in place, so
//! that a Boolean query means what it says:
//!
//! - text: any of its words and grams, in every field, summed (BM25);
//! - required text: each of its words, as a word or letter by letter;
//! - excluded text: the whole of it, as a word or letter by letter;
//! - a phrase: letter by letter, as grams side by side, however the dictionary cuts it.
//!
//! It does not read the index and does not score.

mod excluded;
mod leaf;
mod sought;
mod terms;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur as EngineOccur,
    PhraseQuery, Query as EngineQuery, TermQuery,
};
use tantivy::schema::{Facet as EngineFacet, IndexRecordOption};

use super::filter::{self, Values};
use super::{Clause, FacetFilter, Occur, Query, Text, TextField};
use crate::analysis::{Analysis, Analyzer, Token};
use crate::schema::{Schema, TextFields};
use excluded::Excluded;
use leaf::{beginning_with, term_query, union, year_query};
pub(crate) use sought::Sought;
use terms::{bag_of_grams, exact_and_looser, grams, is_single_unspaced, places, weights};

/// Weight of a word in title, heading and text; measured, see `docs/ranking.md`.
const WORD_WEIGHTS: [f32; 3] = [1.0, 1.0, 1.0];
/// Weight of a gram in title, heading and text.
const GRAM_WEIGHTS: [f32; 3] = [1.0, 1.0, 0.4];
/// Weight of a phrase beside its words.
const PHRASE_WEIGHT: f32 = 2.0;

/// What the engine is asked, and what of the query can be seen in a passage.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The query over the index.
    pub(crate) query: Box<dyn EngineQuery>,
    /// What to look for in a passage that matched.
    pub(crate) evidence: Evidence,
    /// What the second stage looks for in the best passages.
    pub(crate) sought: Sought,
    /// What could not be used, a line each.
    pub(crate) complaints: Vec<String>,
}

/// The parts of a query that can be seen in a passage; excluded parts are not among them.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Evidence {
    /// Words in base form, each once.
    pub(crate) words: Vec<String>,
    /// Spellings to be found letter by letter, folded: the words as typed, phrases, single characters.
    pub(crate) spellings: Vec<String>,
    /// Beginnings of words, folded.
    pub(crate) prefixes: Vec<String>,
}

/// Makes the plan of a query.
pub(crate) fn plan(query: &Query, schema: &Schema, analyzer: &Analyzer) -> Plan {
    let mut planner = Planner {
        schema,
        analyzer,
        evidence: Evidence::default(),
        sought: Sought::default(),
        complaints: Vec::new(),
    };
    let query = planner.query(query, Use::Wished);
    Plan {
        query,
        evidence: planner.evidence,
        sought: planner.sought,
        complaints: planner.complaints,
    }
}

struct Planner<'p> {
    schema: &'p Schema,
    analyzer: &'p Analyzer,
    evidence: Evidence,
    sought: Sought,
    complaints: Vec<String>,
}

/// What a part of a query is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Wished,
    Required,
    Excluded,
}

type Clauses = Vec<(EngineOccur, Box<dyn EngineQuery>)>;

impl Planner<'_> {
    fn query(&mut self, query: &Query, used: Use) -> Box<dyn EngineQuery> {
        match query {
            Query::All => Box::new(AllQuery),
            Query::Text(text) => self.text(text, used),
            Query::Phrase(text) => self.phrase(text, used),
            Query::Prefix(text) => self.prefix(text, used),
            Query::Facet(filter) => self.facet(filter),
            Query::Boolean(clauses) => self.boolean(clauses, used),
        }
    }

    fn boolean(&mut self, clauses: &[Clause], used: Use) -> Box<dyn EngineQuery> {
        let mut planned: Clauses = Vec::new();
        for clause in clauses {
            let (occur, used) = match (clause.occur, used) {
                (Occur::MustNot, _) => (EngineOccur::MustNot, Use::Excluded),
                (Occur::Must, Use::Excluded) => (EngineOccur::Must, Use::Excluded),
                (Occur::Should, Use::Excluded) => (EngineOccur::Should, Use::Excluded),
                (Occur::Must, _) => (EngineOccur::Must, Use::Required),
                (Occur::Should, _) => (EngineOccur::Should, Use::Wished),
            };
            let mut query = self.query(&clause.query, used);
            if occur == EngineOccur::MustNot {
                query = Box::new(Excluded(query));
            }
            planned.push((occur, query));
        }
        if planned
            .iter()
            .all(|(occur, _)| *occur == EngineOccur::MustNot)
        {
            planned.push((
                EngineOccur::Must,
                Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0)),
            ));
        }
        let wished = planned
            .iter()
            .any(|(occur, _)| *occur == EngineOccur::Should);
        let required_text = clauses
            .iter()
            .any(|clause| clause.occur == Occur::Must && !clause.query.is_filter());
        let mut query = BooleanQuery::new(planned);
        // Beside a required text, what is wished for only adds; beside filters alone, some of it must be there.
        query.set_minimum_number_should_match(usize::from(wished && !required_text));
        Box::new(query)
    }

    fn text(&mut self, text: &Text, used: Use) -> Box<dyn EngineQuery> {
        match used {
            Use::Wished => self.any_of(text),
            Use::Required => self.each_of(text),
            Use::Excluded => {
                let units = text
                    .text
                    .split_whitespace()
                    .map(|unit| self.verbatim(unit, text.field, true));
                union(units.collect())
            }
        }
    }

    /// Any word or gram of a text, the more and the rarer the better.
    fn any_of(&mut self, text: &Text) -> Box<dyn EngineQuery> {
        let analysis = self.analyzer.analyze(&text.text, None);
        self.see(&text.text, &analysis);
        if text.field.is_none() {
            self.sought.add(&text.text, &analysis);
        }
        let words = weights(analysis.words.content().map(|token| (token.term, 1.0)));
        let (telling, partial): (Vec<_>, Vec<_>) =
            bag_of_grams(&analysis).partition(|(_, weight)| *weight == 1.0);
        let (telling, partial) = (weights(telling.into_iter()), weights(partial.into_iter()));
        let mut matching = self.single_character(&text.text, &analysis, text.field);
        let mut adding: Vec<Box<dyn EngineQuery>> = Vec::new();
        for (index, fields) in self.fields(text.field) {
            let gram = |&(term, weight): &(&str, f32)| {
                term_query(fields.grams, term, weight * GRAM_WEIGHTS[index])
            };
            matching.extend(words.iter().map(|&(term, weight)| {
                term_query(fields.words, term, weight * WORD_WEIGHTS[index])
            }));
            matching.extend(telling.iter().map(gram));
            adding.extend(partial.iter().map(gram));
        }
        if adding.is_empty() {
            return union(matching);
        }
        // は日 is in every other passage: it ranks those that match, and makes none match.
        Box::new(BooleanQuery::new(vec![
            (EngineOccur::Must, union(matching)),
            (EngineOccur::Should, union(adding)),
        ]))
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
                    .map(|(_, fields)| beginning_with(fields.grams, gram.term))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// Every word of a text, as a word or letter by letter; and the score of any of them.
    fn each_of(&mut self, text: &Text) -> Box<dyn EngineQuery> {
        let analysis = self.analyzer.analyze(&text.text, None);
        let mut required: Clauses = Vec::new();
        let words: Vec<Token<'_>> = analysis.words.content().collect();
        for place in places(&words) {
            let way = self.one_of(text, place);
            required.push((EngineOccur::Must, Box::new(ConstScoreQuery::new(way, 0.0))));
        }
        if required.is_empty() {
            // Nothing but function words, or a script that is cut into grams alone.
            for unit in text.text.split_whitespace() {
                let unit = self.verbatim(unit, text.field, false);
                required.push((EngineOccur::Must, Box::new(ConstScoreQuery::new(unit, 0.0))));
            }
        }
        required.push((EngineOccur::Should, self.any_of(text)));
        Box::new(BooleanQuery::new(required))
    }

    /// One of the readings of a stretch of text: a term for the whole of it, its letters, or all of its parts (ト ラム).
    fn one_of(&self, text: &Text, words: &[Token<'_>]) -> Box<dyn EngineQuery> {
        let span = words[0].range.clone();
        let (wholes, parts): (Vec<Token<'_>>, Vec<Token<'_>>) =
            words.iter().cloned().partition(|word| word.range == span);
        let mut ways = vec![self.verbatim(&text.text[span], text.field, false)];
        for (_, fields) in self.fields(text.field) {
            let term = |word: &Token<'_>| term_query(fields.words, word.term, 1.0);
            ways.extend(wholes.iter().map(term));
        }
        if !parts.is_empty() {
            let all = places(&parts).map(|part| (EngineOccur::Must, self.one_of(text, part)));
            ways.push(Box::new(BooleanQuery::new(all.collect())));
        }
        union(ways)
    }

    fn phrase(&mut self, text: &Text, used: Use) -> Box<dyn EngineQuery> {
        let folded = self.analyzer.normalize(&text.text);
        if used == Use::Excluded {
            return self.verbatim(&text.text, text.field, false);
        }
        push_once(&mut self.evidence.spellings, folded.trim());
        let phrase = Box::new(BoostQuery::new(
            self.verbatim(&text.text, text.field, false),
            PHRASE_WEIGHT,
        ));
        // The words of the phrase score too: a passage that is about them comes before one that mentions them.
        let words = self.any_of(text);
        Box::new(BooleanQuery::new(vec![
            (EngineOccur::Must, phrase),
            (EngineOccur::Should, words),
        ]))
    }

    /// A text letter by letter, as grams side by side; `or_word` also takes the word whose form it is.
    fn verbatim(
        &self,
        text: &str,
        field: Option<TextField>,
        or_word: bool,
    ) -> Box<dyn EngineQuery> {
        let analysis = self.analyzer.analyze(text, None);
        let grams: Vec<Token<'_>> = grams(&analysis).collect();
        let mut ways: Vec<Box<dyn EngineQuery>> = Vec::new();
        let words: Vec<Token<'_>> = analysis.words.content().collect();
        let is_one_word = words.iter().all(|word| word.range == words[0].range);
        for (_, fields) in self.fields(field) {
            match grams.as_slice() {
                [] => {}
                [gram] if is_single_unspaced(gram.term) => {
                    ways.push(beginning_with(fields.grams, gram.term))
                }
                [gram] => ways.push(term_query(fields.grams, gram.term, 1.0)),
                _ => {
                    let term = |gram: &Token<'_>| Term::from_field_text(fields.grams, gram.term);
                    let terms = grams.iter().map(|gram| (gram.position, term(gram)));
                    ways.push(Box::new(PhraseQuery::new_with_offset(terms.collect())));
                }
            }
            if or_word && is_one_word {
                let term = |word: &Token<'_>| term_query(fields.words, word.term, 1.0);
                ways.extend(words.iter().map(term));
            }
        }
        union(ways)
    }

    /// Words that begin with a text. In a script without spaces every place may begin a word, so the text itself must
    /// be there.
    fn prefix(&mut self, text: &Text, used: Use) -> Box<dyn EngineQuery> {
        let folded = self.analyzer.normalize(text.text.trim());
        if used != Use::Excluded {
            push_once(&mut self.evidence.prefixes, &folded);
        }
        let mut ways = vec![self.verbatim(&text.text, text.field, false)];
        for (_, fields) in self.fields(text.field) {
            ways.push(beginning_with(fields.words, &folded));
            ways.push(beginning_with(fields.grams, &folded));
        }
        union(ways)
    }

    fn facet(&mut self, filter: &FacetFilter) -> Box<dyn EngineQuery> {
        match filter::resolve(filter) {
            Ok(Values::Years(years)) => year_query(self.schema.year, years),
            Ok(Values::Path(path)) => {
                let facet = EngineFacet::from_path(path.split('/'));
                let term = Term::from_facet(self.schema.facet(filter.facet()), &facet);
                let query = TermQuery::new(term, IndexRecordOption::Basic);
                Box::new(ConstScoreQuery::new(Box::new(query), 0.0))
            }
            Err(error) => {
                let hint = error
                    .hint()
                    .map(|hint| format!("; {hint}"))
                    .unwrap_or_default();
                self.complaints.push(format!("{error}{hint}"));
                Box::new(EmptyQuery)
            }
        }
    }

    /// The fields a text is looked for in, with their places in the tables of weights.
    fn fields(&self, field: Option<TextField>) -> Vec<(usize, TextFields)> {
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

    /// Notes what of a text can be seen in a passage.
    fn see(&mut self, text: &str, analysis: &Analysis) {
        let (words, looser) = exact_and_looser(analysis);
        for word in &words {
            push_once(&mut self.evidence.words, word.term);
            // A single character is a part of too many other words, unless it is all that was asked for.
            let written = &text[word.range.clone()];
            if words.len() == 1 || written.chars().count() > 1 {
                push_once(
                    &mut self.evidence.spellings,
                    &self.analyzer.normalize(written),
                );
            }
        }
        // Words written together are marked together: 観光客 is cut into 観光 and 客.
        for run in words
            .chunk_by(|a, b| a.range.end == b.range.start)
            .filter(|run| run.len() > 1)
        {
            let written = &text[run[0].range.start..run[run.len() - 1].range.end];
            push_once(
                &mut self.evidence.spellings,
                &self.analyzer.normalize(written),
            );
        }
        // Looser terms are marked, too.
        for term in looser {
            push_once(&mut self.evidence.words, term.term);
        }
        if words.is_empty() {
            for unit in text.split_whitespace() {
                push_once(&mut self.evidence.spellings, &self.analyzer.normalize(unit));
            }
        }
    }
}

fn push_once(list: &mut Vec<String>, text: &str) {
    if !text.is_empty() && !list.iter().any(|other| other == text) {
        list.push(text.to_owned());
    }
}
