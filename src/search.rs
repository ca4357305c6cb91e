//! Searching: a query in, ranked passages and counts out.
//!
//! In: a [`Query`] and [`SearchOptions`]. Out: [`Hits`]. The way there: facet clauses at the top of the query become filters, the rest
//! a plan (`query::plan`); one pass collects candidates and counts (`collect`); the best of them are looked at more closely
//! (`rescore`); the page is cut, its passages read and their matches marked. A searcher is a snapshot: it does not see later
//! commits.

mod collect;
mod rescore;
mod show;
mod statistics;
mod status;

use std::collections::HashMap;
use std::time::Instant;

use tantivy::DocAddress;
use tantivy::schema::Facet as EngineFacet;

use crate::error::{Error, ErrorKind, Result};
use crate::facet;
use crate::hit::{Explanation, FacetCount, FacetCounts, FacetValue, Hit, Hits};
use crate::index::{Index, StoredPassage};
use crate::query::filter::{self, Values};
use crate::query::plan::{Evidence, plan};
use crate::query::{Facet, FacetFilter, Query};
use crate::snippet::{highlights, snippet};
use collect::{Candidate, Collected, FACETS, Filter, Filters, PassageCollector};
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
        Ok(Searcher { index, engine })
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
            let marks = highlights(text, language, self.index.analyzer(), &found.evidence);
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
            facets: label(&found.counts, &options.locale)?,
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
        let (query, own_filters) = query.clone().split_facets();
        let mut complaints = Vec::new();
        let mut filters: Filters = Filters::default();
        for wanted in &options.filters {
            narrow(&mut filters, wanted)?;
        }
        for wanted in &own_filters {
            if let Err(error) = narrow(&mut filters, wanted) {
                complaints.push(format!(
                    "{error}, left out; {}",
                    error.hint().unwrap_or_default()
                ));
            }
        }
        let plan = plan(&query, self.index.schema(), self.index.analyzer());
        complaints.extend(plan.complaints);
        let wanted = options.offset.saturating_add(options.limit).min(MAX_RANK);
        let statistics = SharedStatistics {
            searcher: &self.engine,
            schema: self.index.schema(),
        };
        let named = self.index.finder().find(&plan.sought.text);
        let second_stage = SecondStage {
            searcher: &self.engine,
            schema: self.index.schema(),
            sought: &plan.sought,
            named: &named,
        };
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
            if options.explain {
                let explained = second_stage.explain(best).map_err(damaged)?;
                let addresses = best.iter().map(|candidate| candidate.address);
                explanations = addresses.zip(explained).collect();
            }
            second_stage.rescore(best).map_err(damaged)?;
            collect::sort(best);
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
fn narrow(filters: &mut Filters, wanted: &FacetFilter) -> Result<()> {
    let at = FACETS
        .iter()
        .position(|facet| *facet == wanted.facet())
        .expect("every facet is listed");
    let values = filter::resolve(wanted)?;
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

/// Counts with the names people read, sorted.
fn label(counts: &[HashMap<String, usize>; 4], locale: &str) -> Result<FacetCounts> {
    let damaged = |_| {
        Error::new(
            ErrorKind::Damaged,
            "a facet value of the index cannot be read",
        )
    };
    let mut labelled = FacetCounts::default();
    for (facet, counts) in FACETS.into_iter().zip(counts) {
        let into = match facet {
            Facet::Country => &mut labelled.country,
            Facet::Year => &mut labelled.year,
            Facet::Topic => &mut labelled.topic,
            Facet::Language => &mut labelled.language,
        };
        for (value, &count) in counts {
            let (value, label) = match facet {
                Facet::Year => (
                    FacetValue::Year(value.parse().unwrap_or_default()),
                    value.clone(),
                ),
                _ => {
                    let path =
                        EngineFacet::from_encoded(value.clone().into_bytes()).map_err(damaged)?;
                    let path = path.to_path().join("/");
                    let label = facet::label(facet, &path, locale);
                    (FacetValue::Name(path), label)
                }
            };
            into.push(FacetCount {
                value,
                label,
                count,
            });
        }
        into.sort_by(|a, b| match (&a.value, &b.value) {
            (FacetValue::Year(a), FacetValue::Year(b)) => b.cmp(a),
            _ => b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)),
        });
    }
    Ok(labelled)
}
