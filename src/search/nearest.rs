//! What may have been meant: words of a query that nothing has, and the terms of the index that are nearest to them.
//!
//! In: a query. Out: a [`Suggestion`] for each such word. Nearest are the terms that one edit of a letter makes of the word, else those that
//! two make of it behind its first letter, the most frequent first; readings count too, so that kazafusutaso leads to カザフスタン. The engine walks its sorted terms with a
//! Levenshtein automaton (Schulz and Mihov 2002), so that few of them are looked at.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use tantivy::query::{Bm25StatisticsProvider, EnableScoring, FuzzyTermQuery, Query as EngineQuery};
use tantivy::schema::Field;
use tantivy::{DocSet, TERMINATED, Term};

use super::{Asked, Searcher};
use crate::analysis::{Analysis, Token};
use crate::error::Result;
use crate::hit::Suggestion;
use crate::query::plan::{Evidence, Shelf, Statistics, units};
use crate::query::{Clause, Occur, Query};
use crate::schema::{AFTER_LANGUAGE, behind, term};

/// Words of a query that are looked at.
const MAX_WORDS: usize = 16;
/// Failed words for which others are sought.
const MAX_FAILED: usize = 4;
/// Terms that are named.
const MAX_NEAREST: usize = 3;
/// Shorter words are near to everything, longer ones are none.
const WORD_CHARS: RangeInclusive<usize> = 3..=32;
/// From this length on two letters may be wrong.
const TWO_EDITS_CHARS: usize = 6;
/// Near terms of a field that are weighed.
const MAX_NEAR: usize = 1_000;
/// Told when no part of a query fails by itself.
const NOT_TOGETHER: &str = "each part is somewhere, but no passage meets all conditions: leave out a filter, a +, a -, AND or quotes";

/// A word of a query.
#[derive(PartialEq)]
struct Word {
    /// As typed.
    text: String,
    /// The term that the analyzer makes of it where it stands.
    term: Option<String>,
}

impl Searcher {
    /// The words of a query that nothing has, and what may have been meant.
    pub(super) fn suggestions(
        &self,
        query: &Query,
        evidence: &Evidence,
        statistics: &Statistics<'_>,
    ) -> Result<Vec<Suggestion>> {
        if self.has_all_words(query, evidence, statistics) {
            return Ok(Vec::new());
        }
        let mut shelves: Vec<&Shelf> = self.shelves()?.iter().map(Arc::as_ref).collect();
        if shelves.is_empty() {
            return Ok(Vec::new());
        }
        // Nearly every word is found where most passages are.
        shelves.sort_by_key(|shelf| Reverse(shelf.passages));
        let mut runs = Vec::new();
        self.runs(query, &mut runs);
        runs.dedup();
        let mut all: Vec<Suggestion> = Vec::new();
        let mut looked_at = 0;
        for run in runs {
            looked_at += run.len();
            if looked_at > MAX_WORDS || all.len() >= MAX_FAILED {
                break;
            }
            let mut failed = Vec::new();
            for word in &run {
                if self.is_nowhere(word, &shelves, statistics)? {
                    let nearest = self.nearest(&word.text)?;
                    let word = word.text.clone();
                    failed.push(Suggestion { word, nearest });
                }
            }
            // 潜水艦 fails as a whole, not 潜水 and 艦.
            if failed.len() == run.len() && failed.len() > 1 {
                let nearest = failed.into_iter().flat_map(|failed| failed.nearest);
                let words: Vec<String> = run.into_iter().map(|word| word.text).collect();
                failed = vec![Suggestion {
                    word: words.concat(),
                    nearest: nearest.collect(),
                }];
            }
            all.extend(failed);
        }
        Ok(all)
    }

    /// Whether a running text has nothing but words that stand somewhere, which most texts have. What may be a word by its sound is not cut
    /// into words here.
    fn has_all_words(
        &self,
        query: &Query,
        evidence: &Evidence,
        statistics: &Statistics<'_>,
    ) -> bool {
        let largest = evidence
            .shelves
            .iter()
            .max_by_key(|seen| seen.shelf.passages);
        let (Query::Text(text), Some(seen)) = (query, largest) else {
            return false;
        };
        let field = self.index.schema().text.words;
        let is_there = |word: &String| {
            let found = statistics.doc_freq(&term(field, &seen.shelf.language, word));
            found.is_ok_and(|found| found > 0)
        };
        let analyzer = self.index.analyzer();
        !seen.words.is_empty()
            && seen.words.iter().all(is_there)
            && units(&text.text).all(|unit| {
                let unit = &text.text[unit];
                analyzer.spoken(unit).is_empty() || says_nothing(&analyzer.analyze(unit, None))
            })
    }

    /// Why a query has no hits although each of its words is somewhere: the parts that nothing has; or else one line, for no passage has
    /// all of them.
    pub(super) fn failed_parts(
        &self,
        asked: Asked<'_>,
    ) -> Result<(Vec<Suggestion>, Option<&'static str>)> {
        if self.shelves()?.is_empty() {
            return Ok((Vec::new(), None));
        }
        let (query, filters) = asked.query.clone().split_facets();
        let has_filters = !(filters.is_empty() && asked.options.filters.is_empty());
        let parts: Vec<Clause> = match query {
            Query::All => Vec::new(),
            Query::Boolean(clauses) => clauses,
            query => vec![Clause {
                occur: Occur::Must,
                query,
            }],
        };
        let required = parts.iter().filter(|part| part.occur == Occur::Must);
        let mut failed = Vec::new();
        for part in required.take(MAX_WORDS) {
            if !self.finds_any(&Query::Boolean(vec![part.clone()]), asked.statistics)? {
                failed.push(Suggestion {
                    word: part.query.to_string(),
                    nearest: Vec::new(),
                });
            }
        }
        let is_joint = failed.is_empty() && (parts.len() > 1 || has_filters);
        Ok((failed, is_joint.then_some(NOT_TOGETHER)))
    }

    /// The words that a query wishes to find, those written together in one run: what may be a word by its sound, and what the analyzer
    /// takes for words.
    fn runs(&self, query: &Query, into: &mut Vec<Vec<Word>>) {
        match query {
            Query::Text(text) | Query::Phrase(text) => {
                let analyzer = self.index.analyzer();
                for unit in units(&text.text)
                    .map(|unit| &text.text[unit])
                    .take(MAX_WORDS)
                {
                    let analysis = analyzer.analyze(unit, None);
                    if says_nothing(&analysis) {
                        continue;
                    }
                    if !analyzer.spoken(unit).is_empty() {
                        let text = unit.to_owned();
                        into.push(vec![Word { text, term: None }]);
                        continue;
                    }
                    let words = analysis.words.content();
                    let mut words: Vec<Token<'_>> = words
                        .filter(|word| !unit[word.range.clone()].contains(char::is_numeric))
                        .collect();
                    words.dedup_by(|a, b| a.range == b.range);
                    let word = |word: &Token<'_>| Word {
                        text: unit[word.range.clone()].to_owned(),
                        term: Some(word.term.to_owned()),
                    };
                    let runs = words.chunk_by(|a, b| a.range.end == b.range.start);
                    into.extend(runs.map(|run| run.iter().map(word).collect()));
                }
            }
            Query::Boolean(clauses) => {
                let wished = clauses
                    .iter()
                    .filter(|clause| clause.occur != Occur::MustNot);
                wished.for_each(|clause| self.runs(&clause.query, into));
            }
            Query::All | Query::Prefix(_) | Query::Facet(_) => {}
        }
    }

    /// Whether no passage has a word in any form or by its sound.
    fn is_nowhere(
        &self,
        word: &Word,
        shelves: &[&Shelf],
        statistics: &Statistics<'_>,
    ) -> Result<bool> {
        let analyzer = self.index.analyzer();
        let term =
            |shelf: &Shelf, word: &str| term(self.index.schema().text.words, &shelf.language, word);
        let passages_with = |term: Term| statistics.doc_freq(&term).unwrap_or_default();
        if let (Some(in_query), Some(largest)) = (&word.term, shelves.first())
            && passages_with(term(largest, in_query)) > 0
        {
            return Ok(false);
        }
        let word = &word.text;
        for shelf in shelves {
            let analysis = analyzer.analyze(word, shelf.language());
            let mut words = analysis.words.iter();
            let only = words.next().filter(|_| words.next().is_none());
            if only.is_some_and(|token| passages_with(term(shelf, token.term)) > 0) {
                return Ok(false);
            }
        }
        let query = Query::Boolean(vec![Clause {
            occur: Occur::Must,
            query: Query::text(word),
        }]);
        Ok(!self.finds_any(&query, statistics)?)
    }

    /// Whether a query has a match, whatever the filters say.
    fn finds_any(&self, query: &Query, statistics: &Statistics<'_>) -> Result<bool> {
        let plan = self.planned(query, self.shelves()?, statistics);
        let found = self.has_match(plan.query.as_ref());
        found.map_err(|cause| self.index.damaged(cause))
    }

    /// Whether the engine has a match; the first will do.
    fn has_match(&self, query: &dyn EngineQuery) -> tantivy::Result<bool> {
        let weight = query.weight(EnableScoring::disabled_from_searcher(&self.engine))?;
        for segment in self.engine.segment_readers() {
            let mut matches = weight.scorer(segment, 1.0)?;
            while matches.doc() != TERMINATED {
                if !segment.is_deleted(matches.doc()) {
                    return Ok(true);
                }
                matches.advance();
            }
        }
        Ok(false)
    }

    /// The terms nearest to a word, on all shelves.
    fn nearest(&self, word: &str) -> Result<Vec<String>> {
        let (schema, analyzer) = (self.index.schema(), self.index.analyzer());
        let mut sought: Vec<(Field, &str, String)> = Vec::new();
        for shelf in self.shelves()? {
            let language = shelf.language();
            for fields in schema.text_fields() {
                // Stems are no words that anybody would type.
                let field = match analyzer.has_stems(language) {
                    true => fields.grams,
                    false => fields.words,
                };
                sought.push((
                    field,
                    &shelf.language,
                    analyzer.normalize_in(word, language),
                ));
                if let Some(spoken) = analyzer.spoken(word).first() {
                    sought.push((fields.readings, &shelf.language, spoken.exact()));
                }
            }
        }
        for edits in 1..=2 {
            let mut found: HashMap<String, u64> = HashMap::new();
            for (field, language, word) in &sought {
                let chars = word.chars().count();
                if WORD_CHARS.contains(&chars) && (edits == 1 || chars >= TWO_EDITS_CHARS) {
                    let near = self.near(*field, language, word, edits, &mut found);
                    near.map_err(|cause| self.index.damaged(cause))?;
                }
            }
            if !found.is_empty() {
                let mut found: Vec<(String, u64)> = found.into_iter().collect();
                found.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
                let words = found.into_iter().map(|(word, _)| word);
                return Ok(words.take(MAX_NEAREST).collect());
            }
        }
        Ok(Vec::new())
    }

    /// Adds the terms of a field that some edits make of a word, and how many passages have them.
    fn near(
        &self,
        field: Field,
        language: &str,
        word: &str,
        edits: u8,
        found: &mut HashMap<String, u64>,
    ) -> tantivy::Result<()> {
        let prefix = format!("{language}{AFTER_LANGUAGE}");
        // With two wrong letters the first must be right: else most of the terms would have to be looked at.
        let begin = match word.chars().next() {
            Some(first) if edits > 1 => format!("{prefix}{first}"),
            _ => prefix.clone(),
        };
        let end = behind(&begin);
        let chars = word.chars().count();
        let nearby = FuzzyTermQuery::new(term(field, language, word), edits, true).automaton()?;
        for segment in self.engine.segment_readers() {
            let index = segment.inverted_index(field)?;
            let terms = index.terms().search(&nearby);
            let mut terms = terms.ge(&begin).lt(&end).into_stream()?;
            let mut seen = 0;
            while seen < MAX_NEAR && terms.advance() {
                seen += 1;
                let near = std::str::from_utf8(terms.key()).ok();
                let near = near.and_then(|near| near.strip_prefix(&prefix));
                // A bigram is no word.
                if let Some(near) = near
                    .filter(|near| near.chars().count() + 1 >= chars.max(WORD_CHARS.start() + 1))
                {
                    *found.entry(near.to_owned()).or_default() += u64::from(terms.value().doc_freq);
                }
            }
        }
        Ok(())
    }
}

/// Whether a unit has nothing but function words: いつのことですか.
fn says_nothing(unit: &Analysis) -> bool {
    !unit.words.is_empty() && unit.words.content().next().is_none()
}
