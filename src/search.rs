//! Searching: a query in, ranked passages and counts out.
//!
//! In: a [`Query`] and [`SearchOptions`]. Out: [`Hits`]. The way there: facet clauses at the top of the query become filters, the rest
//! a plan (`query::plan`); one pass collects candidates and counts (`collect`); the best of them are looked at more closely
//! (`rescore`); near copies go behind their first (`variety`); the page is cut, its passages read and their matches marked. A searcher
//! is a snapshot: it does not see later commits.

mod collect;
mod cross;
mod explain;
mod facet_column;
mod facet_rows;
mod facets;
mod label;
mod like;
mod marks;
mod nearest;
mod options;
mod recency;
mod rescore;
mod shelves;
mod show;
mod status;
mod variety;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use tantivy::query::{BooleanQuery, Query as EngineQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

#[cfg(doc)]
use crate::error::ErrorKind;
use crate::error::{Error, Result};
use crate::facet::Taxonomy;
use crate::hit::{Explanation, Hit, Hits, ScorePart};
use crate::index::{Index, Snapshot, StoredPassage};
use crate::query::plan::{Evidence, Plan, Shelf, Statistics, Thesaurus, plan};
use crate::query::{Query, Synonyms, bounded};
use crate::snippet::snippet;
use collect::{Candidate, Collected, FACETS, Facets, LeftOut, PassageCollector};
use facet_column::FacetColumn;
use facet_rows::FacetRows;
pub use options::{SearchOptions, Sort};
use rescore::{FIRST_STAGE, SecondStage};
pub(crate) use status::utc;
use variety::Group;

/// A page further down is not served: ranking everything is no search.
const MAX_RANK: usize = 100_000;

/// Answers queries from one state of an index. Shared between threads.
#[derive(Clone)]
pub struct Searcher {
    index: Index,
    engine: tantivy::Searcher,
    snapshot: Arc<Snapshot>,
    /// The topics of the index; none for the built-in ones.
    taxonomy: Option<Arc<Taxonomy>>,
    thesaurus: Arc<Thesaurus>,
    /// What cannot be used of the synonyms beside the texts.
    problems: Vec<String>,
    /// Counted when they are first asked for.
    shelves: Arc<OnceLock<Vec<Arc<Shelf>>>>,
    /// The columns of [`FACETS`], and that of the countries which passages name, read when they are first asked for.
    columns: Arc<[OnceLock<Arc<FacetColumn>>; FACETS.len() + 1]>,
    /// The columns of [`FACETS`] side by side, unless they have too many values for that.
    rows: Arc<OnceLock<Option<Arc<FacetRows>>>>,
}

impl std::fmt::Debug for Searcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Searcher")
            .field("index", &self.index)
            .finish_non_exhaustive()
    }
}

impl Searcher {
    pub(crate) fn open(index: Index) -> Result<Self> {
        let snapshot = Arc::new(index.snapshot()?);
        let taxonomy = index.taxonomy()?;
        let (synonyms, problems) = index.synonyms();
        let thesaurus = Thesaurus::new(&[&synonyms, &Synonyms::built_in()], index.analyzer());
        let not_used = |error: &Error| {
            let hint = error.hint().map(|hint| format!("; {hint}"));
            format!("{error}, searched without it{}", hint.unwrap_or_default())
        };
        Ok(Searcher {
            engine: snapshot.engine.clone(),
            index,
            snapshot,
            taxonomy,
            thesaurus: Arc::new(thesaurus),
            problems: problems.iter().map(not_used).collect(),
            shelves: Arc::default(),
            columns: Arc::default(),
            rows: Arc::default(),
        })
    }

    /// The topics that the index was built with.
    pub fn taxonomy(&self) -> &Taxonomy {
        self.taxonomy
            .as_deref()
            .unwrap_or_else(|| Taxonomy::built_in())
    }

    /// This searcher with other synonyms: in place of those beside the texts ([`CorpusSettings`](crate::CorpusSettings)) and the built-in
    /// ones. What a layer says of a word counts, and not what the layers behind it say; with none, queries are searched as typed.
    pub fn with_synonyms(mut self, layers: &[&Synonyms]) -> Self {
        self.thesaurus = Arc::new(Thesaurus::new(layers, self.index.analyzer()));
        self.problems.clear();
        self
    }

    /// Searches.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnknownValue`] when `options.filters` names an unknown country, topic or language; in the query itself that is a
    /// complaint. [`ErrorKind::Damaged`] when the index's files cannot be read.
    pub fn search(&self, query: &Query, options: &SearchOptions) -> Result<Hits> {
        self.index
            .guarded(|| self.answer(Asked::new(query, options, &self.statistics()?)))
    }

    fn answer(&self, asked: Asked<'_>) -> Result<Hits> {
        let started = Instant::now();
        let Asked { query, options, .. } = asked;
        let found = self.find_in_order(asked)?;
        let stored = found.page.iter();
        let stored = stored.map(|group| self.stored(group.first.address));
        let stored = stored.collect::<Result<Vec<StoredPassage>>>()?;
        let marks = self.marks(&stored, &found.evidence);
        let mut hits = Vec::with_capacity(found.page.len());
        let page = found.page.iter().zip(stored).zip(marks);
        for (at, ((group, stored), marks)) in page.enumerate() {
            let copy = |copy: &Candidate| Ok(self.stored(copy.address)?.passage.id);
            let duplicates = group.copies.iter().map(copy).collect::<Result<_>>()?;
            let more_in_document = match group.closes_document {
                true => self.more(&found, &stored.document.id, asked)?,
                false => 0,
            };
            let text = &stored.passage.text;
            let snippet = snippet(text, &marks, options.snippet_chars);
            let matched = match options.explain {
                true => explain::matched(text, &marks),
                false => Vec::new(),
            };
            let rank = options.offset + at + 1;
            hits.push(Hit {
                rank,
                score: group.first.score,
                passage: stored.passage,
                document: stored.document,
                snippet,
                duplicates,
                more_in_document,
                explanation: options.explain.then(|| found.explanation(&group.first)),
                matched,
            });
        }
        let facets = label::all(found.counted(), &options.locale, self.taxonomy());
        let mut complaints = [self.problems.as_slice(), &found.complaints].concat();
        let mut suggestions = self.suggestions(query, &found.evidence, asked.statistics)?;
        if found.total == 0 && suggestions.is_empty() && complaints.is_empty() {
            let (failed, together) = self.failed_parts(asked)?;
            suggestions = failed;
            complaints.extend(together.map(str::to_owned));
        }
        Ok(Hits {
            query: query.to_string(),
            like: None,
            complaints,
            suggestions,
            total: found.total,
            undated: found.undated,
            hits,
            facets,
            explanation: (options.explain).then(|| self.explain_query(asked, &found.evidence)),
            took_ms: (started.elapsed().as_secs_f64() * 1e5).round() / 1e2,
        })
    }

    /// Ranked documents, by their best passage: id and score.
    ///
    /// # Errors
    ///
    /// As [`Searcher::search`].
    pub fn documents(&self, query: &Query, limit: usize) -> Result<Vec<(String, f32)>> {
        let options = SearchOptions {
            limit,
            per_document: 1,
            fold_duplicates: false,
            facet_counts: false,
            ..SearchOptions::default()
        };
        self.index.guarded(|| {
            let found = self.find(Asked::new(query, &options, &self.statistics()?))?;
            let ids = found.page.iter();
            ids.map(|Group { first, .. }| {
                Ok((self.stored(first.address)?.document.id, first.score))
            })
            .collect()
        })
    }

    /// Ranks and counts. Whoever wants the newest first wants those that speak of the matter: the newest passage with any word of a
    /// question hardly ever does.
    fn find_in_order(&self, asked: Asked<'_>) -> Result<Found> {
        let every_word = asked.options.sort == Sort::Newest;
        let found = self.find(Asked {
            every_word,
            ..asked
        })?;
        if found.total > 0 || !every_word {
            return Ok(found);
        }
        let mut found = self.find(asked)?;
        if found.total > 0 {
            let told = "no passage has every word: those with any of them are shown, newest first";
            found.complaints.push(told.to_owned());
        }
        Ok(found)
    }

    /// The best passages with what their scores rest on: document and explanation. Weights are learned from this, see
    /// `examples/learn_ranking.rs`.
    ///
    /// # Errors
    ///
    /// As [`Searcher::search`].
    pub fn explain(&self, query: &Query, limit: usize) -> Result<Vec<(String, Explanation)>> {
        let options = SearchOptions {
            limit,
            facet_counts: false,
            explain: true,
            ..SearchOptions::default()
        };
        self.index.guarded(|| {
            let found = self.find(Asked::new(query, &options, &self.statistics()?))?;
            let mut explained = Vec::with_capacity(found.page.len());
            for Group { first, .. } in &found.page {
                if let Some(explanation) = found.explanations.get(&first.address) {
                    let id = self.stored(first.address)?.document.id;
                    explained.push((id, explanation.clone()));
                }
            }
            Ok(explained)
        })
    }

    /// Ranks and counts without reading passages.
    fn find(&self, asked: Asked<'_>) -> Result<Found> {
        let damaged = |cause: tantivy::TantivyError| self.index.damaged(cause);
        let options = asked.options;
        let (mut query, filters, mut complaints) = self.narrowed(asked.query, options)?;
        if asked.every_word {
            query = recency::every_word(query);
        }
        let schema = self.index.schema();
        let shelves = self.shelves()?;
        let statistics = asked.statistics;
        let mut plan = self.planned(&query, shelves, statistics);
        if shelves.len() > 1 {
            plan.evidence.leave_what_may_match();
            shelves::balance(statistics, schema, &plan.evidence).map_err(damaged)?;
        }
        complaints.extend(plan.complaints);
        let complaints = bounded(complaints);
        let facets = self.facets(&filters, options.facet_counts)?;
        let wanted = options.offset.saturating_add(options.limit).min(MAX_RANK);
        let newest = options.sort == Sort::Newest;
        let mut explanations = HashMap::new();
        let mut limit = wanted.max(options.rescored);
        loop {
            let collector = PassageCollector {
                limit,
                facets: &facets,
                counts: options.facet_counts,
                rows: self.rows(&facets, options.facet_counts),
                newest,
                left_out: asked.left_out,
            };
            let Collected {
                mut candidates,
                total,
                undated,
                counts,
            } = self
                .engine
                .search_with_statistics_provider(plan.query.as_ref(), &collector, statistics)
                .map_err(damaged)?;
            if !newest && options.rescored > 0 {
                // Scores only grow, so those that are looked at stay before the rest.
                let best = candidates.len().min(options.rescored);
                let looked_at = self
                    .look_closer(
                        &plan.evidence,
                        &candidates[..best],
                        asked,
                        &mut explanations,
                    )
                    .map_err(damaged)?;
                candidates.splice(..best, looked_at);
            }
            let exhausted = candidates.len() < limit;
            let mut groups = variety::fold(candidates, options.fold_duplicates);
            variety::spread(&mut groups, options.per_document);
            // Copies and documents with many passages may leave too few: look deeper.
            if groups.len() >= wanted || exhausted || limit >= MAX_RANK {
                groups.truncate(wanted);
                let page = groups.split_off(options.offset.min(groups.len()));
                return Ok(Found {
                    page,
                    total,
                    undated: newest.then_some(undated),
                    counts,
                    complaints,
                    evidence: plan.evidence,
                    query: plan.query,
                    facets,
                    explanations,
                });
            }
            limit = (limit * 4).min(MAX_RANK);
        }
    }

    /// Number of passages of a document that match and that its limit leaves out.
    fn more(&self, found: &Found, document: &str, asked: Asked<'_>) -> Result<usize> {
        let indexed = self.snapshot.moved.indexed_id(document);
        let indexed = indexed.as_deref().unwrap_or(document);
        let document = Term::from_field_text(self.index.schema().document, indexed);
        let document = TermQuery::new(document, IndexRecordOption::Basic);
        let both = BooleanQuery::intersection(vec![found.query.box_clone(), Box::new(document)]);
        let counter = PassageCollector {
            limit: 0,
            facets: &found.facets,
            counts: false,
            rows: None,
            newest: false,
            left_out: asked.left_out,
        };
        let counted = self.engine.search(&both, &counter);
        let counted = counted.map_err(|cause| self.index.damaged(cause))?;
        Ok(counted.total.saturating_sub(asked.options.per_document))
    }

    /// Candidates with the scores of the second stage, the best first, and what they rest on.
    fn look_closer(
        &self,
        evidence: &Evidence,
        candidates: &[Candidate],
        asked: Asked<'_>,
        explanations: &mut HashMap<DocAddress, Explanation>,
    ) -> tantivy::Result<Vec<Candidate>> {
        let (schema, options) = (self.index.schema(), asked.options);
        let mut all = candidates.to_vec();
        all.sort_unstable_by_key(|candidate| candidate.address);
        let any = evidence.shelves.first();
        let years = any.map(|seen| self.index.finder().years(&seen.sought.text));
        let years = years.unwrap_or_default();
        let mut best = Vec::with_capacity(all.len());
        for seen in &evidence.shelves {
            let mut own = shelves::on(&self.engine, schema, &seen.shelf, &all)?;
            let stage = SecondStage {
                searcher: &self.engine,
                schema,
                statistics: asked.statistics,
                seen,
                years: &years,
            };
            if options.explain {
                let explained = stage.explain(&own)?;
                let addresses = own.iter().map(|candidate| candidate.address);
                explanations.extend(addresses.zip(explained));
            }
            stage.rescore(&mut own)?;
            best.append(&mut own);
        }
        // What matches lies on a shelf that may match.
        debug_assert_eq!(best.len(), candidates.len());
        if options.prefer_recent {
            best.sort_unstable_by_key(|candidate| candidate.address);
            for (address, gain) in recency::prefer(&self.engine, &mut best)? {
                let explanation = explanations.entry(address);
                explanation.and_modify(|explanation| explanation.parts.push(gain));
            }
        }
        collect::sort(&mut best);
        Ok(best)
    }

    fn planned(&self, query: &Query, shelves: &[Arc<Shelf>], statistics: &Statistics<'_>) -> Plan {
        let (schema, analyzer) = (self.index.schema(), self.index.analyzer());
        plan(
            query,
            schema,
            analyzer,
            self.taxonomy(),
            &self.thesaurus,
            shelves,
            statistics,
        )
    }

    /// What is looked up of terms is known for as long as this is kept: for one search.
    fn statistics(&self) -> Result<Statistics<'_>> {
        let (schema, shelves) = (self.index.schema(), self.shelves()?);
        Ok(Statistics::new(&self.engine, schema, shelves))
    }

    fn shelves(&self) -> Result<&[Arc<Shelf>]> {
        if let Some(shelves) = self.shelves.get() {
            return Ok(shelves);
        }
        let shelves = shelves::shelves(&self.engine, self.index.schema())
            .map_err(|cause| self.index.damaged(cause))?;
        Ok(self.shelves.get_or_init(|| shelves))
    }

    fn stored(&self, address: tantivy::DocAddress) -> Result<StoredPassage> {
        self.index.stored(&self.snapshot, address)
    }
}

/// What is asked of the index.
#[derive(Clone, Copy)]
struct Asked<'a> {
    query: &'a Query,
    options: &'a SearchOptions,
    statistics: &'a Statistics<'a>,
    /// What the asker has already.
    left_out: Option<LeftOut>,
    /// Whether a passage must have all of the running text.
    every_word: bool,
}

impl<'a> Asked<'a> {
    fn new(query: &'a Query, options: &'a SearchOptions, statistics: &'a Statistics<'a>) -> Self {
        Asked {
            query,
            options,
            statistics,
            left_out: None,
            every_word: false,
        }
    }
}

/// What was found, before it is read.
struct Found {
    page: Vec<Group>,
    total: usize,
    undated: Option<usize>,
    counts: [Vec<usize>; 4],
    complaints: Vec<String>,
    evidence: Evidence,
    query: Box<dyn EngineQuery>,
    facets: Facets,
    explanations: HashMap<DocAddress, Explanation>,
}

impl Found {
    /// The facets that were counted.
    fn counted(&self) -> impl Iterator<Item = (&FacetColumn, &[usize])> {
        let facets = self.facets.iter().flatten().zip(&self.counts);
        facets.map(|(facet, counts)| (&*facet.column, counts.as_slice()))
    }

    fn explanation(&self, candidate: &Candidate) -> Explanation {
        let first_stage = || Explanation {
            kind: self.evidence.kind(),
            parts: vec![ScorePart::new(FIRST_STAGE, candidate.score, 1.0)],
        };
        let known = self.explanations.get(&candidate.address).cloned();
        known.unwrap_or_else(first_stage)
    }
}
