//! Searching: a query in, ranked passages and counts out.
//!
//! In: a [`Query`] and [`SearchOptions`]. Out: [`Hits`]. The way there: facet clauses at the top of the query become filters, the rest
//! a plan (`query::plan`); one pass collects candidates and counts (`collect`); the best of them are looked at more closely
//! (`rescore`); the page is cut, its passages read and their matches marked. A searcher is a snapshot: it does not see later
//! commits.

mod collect;
mod cross;
mod facet_column;
mod label;
mod rescore;
mod shelves;
mod show;
mod statistics;
mod status;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use tantivy::DocAddress;
use tantivy::schema::Facet as EngineFacet;

#[cfg(doc)]
use crate::error::ErrorKind;
use crate::error::Result;
use crate::facet::Taxonomy;
use crate::hit::{Explanation, Hit, Hits};
use crate::index::{Index, StoredPassage};
use crate::query::filter::{self, Values};
use crate::query::plan::{Evidence, Plan, Shelf, plan};
use crate::query::{FacetFilter, Query};
use crate::snippet::{highlights, snippet};
use collect::{Candidate, Collected, FACETS, Filters, PassageCollector};
use facet_column::Filter;
use rescore::{RESCORED, SecondStage};
use statistics::SharedStatistics;

/// What to search for beside the query, and what to show.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchOptions {
    /// Number of hits on the page.
    pub limit: usize,
    /// Number of hits before the page.
    pub offset: usize,
    /// Filters: any of the values within one facet, all of the facets.
    pub filters: Vec<FacetFilter>,
    /// At most this many passages of one document; 0 for no limit.
    pub per_document: usize,
    /// Longest snippet, in characters.
    pub snippet_chars: usize,
    /// Whether passages are counted per facet value.
    pub facet_counts: bool,
    /// Whether each of the best hits says what its score rests on.
    pub explain: bool,
    /// Language of facet labels: `ja`, `en`, `ja_JP.UTF-8`.
    pub locale: String,
}

impl Default for SearchOptions {
    fn default() -> Self {
        SearchOptions {
            limit: 10,
            offset: 0,
            filters: Vec::new(),
            per_document: 0,
            snippet_chars: 160,
            facet_counts: true,
            explain: false,
            locale: "en".to_owned(),
        }
    }
}

impl SearchOptions {
    /// The first `limit` hits, everything else as by default.
    pub fn top(limit: usize) -> Self {
        SearchOptions {
            limit,
            ..SearchOptions::default()
        }
    }
}

/// A page further down is not served: ranking everything is no search.
const MAX_RANK: usize = 100_000;

/// Answers queries from one state of an index. Shared between threads.
#[derive(Clone)]
pub struct Searcher {
    index: Index,
    engine: tantivy::Searcher,
    /// The topics of the index; none for the built-in ones.
    taxonomy: Option<Arc<Taxonomy>>,
    /// Counted when they are first asked for.
    shelves: Arc<OnceLock<Vec<Arc<Shelf>>>>,
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
        let engine = index.engine_searcher()?;
        let taxonomy = index.taxonomy()?;
        Ok(Searcher {
            index,
            engine,
            taxonomy,
            shelves: Arc::default(),
        })
    }

    /// The topics that the index was built with.
    pub fn taxonomy(&self) -> &Taxonomy {
        self.taxonomy
            .as_deref()
            .unwrap_or_else(|| Taxonomy::built_in())
    }

    /// Searches.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::UnknownValue`] when `options.filters` names an unknown country, topic or language; in the query itself that is a
    /// complaint. [`ErrorKind::Damaged`] when the index's files cannot be read.
    pub fn search(&self, query: &Query, options: &SearchOptions) -> Result<Hits> {
        let started = Instant::now();
        let found = self.find(query, options)?;
        let mut hits = Vec::with_capacity(found.page.len());
        for (at, candidate) in found.page.iter().enumerate() {
            let stored = self.stored(candidate.address)?;
            let language =
                Some(stored.passage.language.as_str()).filter(|language| !language.is_empty());
            let text = &stored.passage.text;
            let seen = found.evidence.in_language(language.unwrap_or_default());
            let marks = seen.map_or_else(Vec::new, |seen| {
                highlights(text, language, self.index.analyzer(), seen)
            });
            let snippet = snippet(text, &marks, options.snippet_chars);
            let rank = options.offset + at + 1;
            hits.push(Hit {
                rank,
                score: candidate.score,
                passage: stored.passage,
                document: stored.document,
                snippet,
                explanation: found.explanations.get(&candidate.address).cloned(),
            });
        }
        Ok(Hits {
            query: query.to_string(),
            complaints: found.complaints,
            total: found.total,
            hits,
            facets: label::all(&found.counts, &options.locale, self.taxonomy())?,
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
            facet_counts: false,
            ..SearchOptions::default()
        };
        let found = self.find(query, &options)?;
        found
            .page
            .iter()
            .map(|c| Ok((self.stored(c.address)?.document.id, c.score)))
            .collect()
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
        let mut found = self.find(query, &options)?;
        let mut explained = Vec::with_capacity(found.explanations.len());
        for candidate in &found.page {
            if let Some(explanation) = found.explanations.remove(&candidate.address) {
                explained.push((self.stored(candidate.address)?.document.id, explanation));
            }
        }
        Ok(explained)
    }

    /// Ranks and counts without reading passages.
    fn find(&self, query: &Query, options: &SearchOptions) -> Result<Found> {
        let damaged = |cause: tantivy::TantivyError| self.index.damaged(cause);
        let (query, filters, mut complaints) = self.narrowed(query, options)?;
        let schema = self.index.schema();
        let shelves = self.shelves()?;
        let mut plan = self.planned(&query, shelves);
        if shelves.len() > 1 {
            let balanced = shelves::balanced(&self.engine, schema, &plan.evidence);
            plan = self.planned(&query, &balanced.map_err(damaged)?);
        }
        complaints.extend(plan.complaints);
        let wanted = options.offset.saturating_add(options.limit).min(MAX_RANK);
        let statistics = SharedStatistics {
            searcher: &self.engine,
            schema,
        };
        let asked = plan.evidence.shelves.first();
        let years = asked.map(|seen| self.index.finder().years(&seen.sought.text));
        let years = years.unwrap_or_default();
        let mut explanations = HashMap::new();
        let mut limit = wanted.max(RESCORED);
        loop {
            let collector = PassageCollector {
                limit,
                filters: &filters,
                counts: options.facet_counts,
            };
            let Collected {
                mut candidates,
                total,
                counts,
            } = self
                .engine
                .search_with_statistics_provider(plan.query.as_ref(), &collector, &statistics)
                .map_err(damaged)?;
            // Scores only grow, so the rescored ones stay before the rest.
            let rescored = candidates.len().min(RESCORED);
            let best = &mut candidates[..rescored];
            best.sort_unstable_by_key(|candidate| candidate.address);
            let mut looked_at = Vec::with_capacity(rescored);
            for seen in &plan.evidence.shelves {
                let mut own =
                    shelves::on(&self.engine, schema, &seen.shelf, best).map_err(damaged)?;
                let stage = SecondStage {
                    searcher: &self.engine,
                    schema,
                    seen,
                    years: &years,
                };
                if options.explain {
                    let explained = stage.explain(&own).map_err(damaged)?;
                    let addresses = own.iter().map(|candidate| candidate.address);
                    explanations.extend(addresses.zip(explained));
                }
                stage.rescore(&mut own).map_err(damaged)?;
                looked_at.append(&mut own);
            }
            collect::sort(&mut looked_at);
            candidates.splice(..rescored, looked_at);
            let exhausted = candidates.len() < limit;
            spread(&mut candidates, options.per_document);
            // Documents with many passages may leave too few: look deeper.
            if candidates.len() >= wanted || exhausted || limit >= MAX_RANK {
                candidates.truncate(wanted);
                let page = candidates.split_off(options.offset.min(candidates.len()));
                return Ok(Found {
                    page,
                    total,
                    counts,
                    complaints,
                    evidence: plan.evidence,
                    explanations,
                });
            }
            limit = (limit * 4).min(MAX_RANK);
        }
    }

    /// The query without the facets at its top, the filters that these and the options are, and what cannot be used of them.
    fn narrowed(
        &self,
        query: &Query,
        options: &SearchOptions,
    ) -> Result<(Query, Filters, Vec<String>)> {
        let (query, own_filters) = query.clone().split_facets();
        let mut complaints = Vec::new();
        let mut filters: Filters = Filters::default();
        for wanted in &options.filters {
            narrow(&mut filters, wanted, self.taxonomy())?;
        }
        for wanted in &own_filters {
            if let Err(error) = narrow(&mut filters, wanted, self.taxonomy()) {
                complaints.push(format!(
                    "{error}, left out; {}",
                    error.hint().unwrap_or_default()
                ));
            }
        }
        Ok((query, filters, complaints))
    }

    fn planned(&self, query: &Query, shelves: &[Arc<Shelf>]) -> Plan {
        let (schema, analyzer) = (self.index.schema(), self.index.analyzer());
        plan(query, schema, analyzer, self.taxonomy(), shelves)
    }

    fn shelves(&self) -> Result<&[Arc<Shelf>]> {
        if let Some(shelves) = self.shelves.get() {
            return Ok(shelves);
        }
        let shelves = shelves::shelves(&self.engine, self.index.schema())
            .map_err(|cause| self.index.damaged(cause))?;
        Ok(self.shelves.get_or_init(|| shelves))
    }

    fn stored(&self, address: DocAddress) -> Result<StoredPassage> {
        self.index.stored(&self.engine, address)
    }
}

/// What was found, before it is read.
struct Found {
    page: Vec<Candidate>,
    total: usize,
    counts: [HashMap<String, usize>; 4],
    complaints: Vec<String>,
    evidence: Evidence,
    explanations: HashMap<DocAddress, Explanation>,
}

/// Adds a value to the filter of its facet.
fn narrow(filters: &mut Filters, wanted: &FacetFilter, taxonomy: &Taxonomy) -> Result<()> {
    let at = FACETS
        .iter()
        .position(|facet| *facet == wanted.facet())
        .expect("every facet is listed");
    let values = filter::resolve(wanted, taxonomy)?;
    let filter = filters[at].get_or_insert_with(Filter::default);
    match values {
        Values::Years(years) => {
            let from = years.from.unwrap_or(i32::MIN);
            filter
                .years
                .push(i64::from(from)..=i64::from(years.to.unwrap_or(i32::MAX)));
        }
        Values::Path(path) => {
            filter.paths.push(
                EngineFacet::from_path(path.split('/'))
                    .encoded_str()
                    .to_owned(),
            );
        }
    }
    Ok(())
}

/// Leaves at most `per_document` candidates of each document.
fn spread(candidates: &mut Vec<Candidate>, per_document: usize) {
    if per_document == 0 {
        return;
    }
    let mut seen: HashMap<u64, usize> = HashMap::new();
    candidates.retain(|candidate| {
        let count = seen.entry(candidate.document()).or_default();
        *count += 1;
        *count <= per_document
    });
}
