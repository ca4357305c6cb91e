//! The plan of a query: what the engine is asked, and what of the text counts as a match.
//!
//! In: a [`Query`], the fields, the analyzer. Out: [`Plan`]. Each text is cut as the passages were, and every leaf is widened in place, so
//! that a Boolean query means what it says:
//!
//! - text: any of its words and grams, in every field, summed (BM25);
//! - required text: each of its words, as a word or letter by letter;
//! - excluded text: the whole of it, as a word or letter by letter;
//! - what was typed in kana or Latin letters: also by how words sound, below what is written so ([`sounds`]);
//! - what means the same: other words in place of those typed, below them ([`synonyms`]);
//! - a phrase: letter by letter, as grams side by side, however the dictionary cuts it; in languages with stems also in other forms.
//!
//! An index holds shelves, one for each language ([`shelf`]), and every shelf is asked in its own language ([`reading`]): nobody
//! guesses what language three characters are in. Of the index it asks only how common a term is, and it does not score.

mod bag;
mod excluded;
mod leaf;
mod on_shelf;
mod reading;
mod shelf;
mod sought;
mod sounds;
mod statistics;
mod synonyms;
mod terms;
mod thesaurus;

use std::sync::Arc;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, Occur as EngineOccur,
    Query as EngineQuery, TermQuery,
};
use tantivy::schema::{Facet as EngineFacet, IndexRecordOption};

use super::filter::{self, Values};
use super::{Clause, FacetFilter, Occur, Query, QueryKind};
use crate::analysis::Analyzer;
use crate::facet::Taxonomy;
use crate::schema::Schema;
use excluded::Excluded;
use leaf::year_query;
use on_shelf::AnyShelf;
use reading::Reader;
pub(crate) use shelf::{Balance, Shelf};
pub(crate) use sought::Sought;
pub(crate) use sounds::units;
pub(crate) use statistics::Statistics;
pub(crate) use synonyms::{Tried, WEIGHT as SYNONYM_WEIGHT};
pub(crate) use thesaurus::Thesaurus;

/// What the engine is asked, and what of the query can be seen in a passage.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The query over the index.
    pub(crate) query: Box<dyn EngineQuery>,
    /// What to look for in a passage that matched.
    pub(crate) evidence: Evidence,
    /// What could not be used, a line each.
    pub(crate) complaints: Vec<String>,
}

/// The parts of a query that can be seen in a passage, for each shelf; excluded parts are not among them.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Evidence {
    /// One for each shelf of the index.
    pub(crate) shelves: Vec<Seen>,
}

impl Evidence {
    /// What the query was taken for.
    pub(crate) fn kind(&self) -> QueryKind {
        let kinds = self.shelves.iter().map(|seen| seen.sought.kind);
        kinds.max().unwrap_or_default()
    }

    /// Takes the shelves away that cannot have a match, unless that are all.
    pub(crate) fn leave_what_may_match(&mut self) {
        if self.shelves.iter().any(|seen| seen.may_match) {
            self.shelves.retain(|seen| seen.may_match);
        }
    }

    /// What can be seen in passages of a language, given as an ISO 639 code or nothing.
    pub(crate) fn in_language(&self, language: &str) -> Option<&Seen> {
        let mut shelves = self.shelves.iter();
        shelves.find(|seen| seen.shelf.language == language)
    }
}

/// What of a query can be seen in the passages of one shelf.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Seen {
    /// Where it can be seen.
    pub(crate) shelf: Arc<Shelf>,
    /// What its scores are multiplied by.
    pub(crate) balance: Balance,
    /// Whether it may have a passage that matches, for all that its terms tell.
    pub(crate) may_match: bool,
    /// Words in base form, each once.
    pub(crate) words: Vec<String>,
    /// Words and grams that are looked for.
    pub(crate) terms: Vec<String>,
    /// Spellings to be found letter by letter, folded: the words as typed, phrases, single characters.
    pub(crate) spellings: Vec<String>,
    /// Beginnings of words, folded.
    pub(crate) prefixes: Vec<String>,
    /// Rows of readings that stand side by side.
    pub(crate) sounds: Vec<Vec<String>>,
    /// What was looked for beside parts of it.
    pub(crate) synonyms: Vec<Tried>,
    /// What the second stage looks for in the best passages.
    pub(crate) sought: Sought,
}

impl Seen {
    pub(crate) fn on(shelf: Arc<Shelf>) -> Self {
        Seen {
            shelf,
            balance: Balance::default(),
            may_match: false,
            words: Vec::new(),
            terms: Vec::new(),
            spellings: Vec::new(),
            prefixes: Vec::new(),
            sounds: Vec::new(),
            synonyms: Vec::new(),
            sought: Sought::default(),
        }
    }
}

/// Makes the plan of a query for the shelves of an index, whose statistics say which terms it has.
pub(crate) fn plan(
    query: &Query,
    schema: &Schema,
    analyzer: &Analyzer,
    taxonomy: &Taxonomy,
    thesaurus: &Thesaurus,
    shelves: &[Arc<Shelf>],
    statistics: &Statistics<'_>,
) -> Plan {
    let reader = |shelf: &Arc<Shelf>| Reader {
        schema,
        analyzer,
        shelves,
        statistics,
        thesaurus,
        seen: Seen::on(shelf.clone()),
    };
    let mut planner = Planner {
        schema,
        taxonomy,
        readers: shelves.iter().map(reader).collect(),
        complaints: Vec::new(),
    };
    let query = planner.query(query, Use::Wished);
    let shelves = planner.readers.into_iter().map(|reader| reader.seen);
    Plan {
        query,
        evidence: Evidence {
            shelves: shelves.collect(),
        },
        complaints: planner.complaints,
    }
}

struct Planner<'p> {
    schema: &'p Schema,
    taxonomy: &'p Taxonomy,
    readers: Vec<Reader<'p>>,
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
            Query::All => self.all(),
            Query::Text(text) => self.read(|reader| reader.text(text, used)),
            Query::Phrase(text) => self.read(|reader| reader.phrase(text, used)),
            Query::Prefix(text) => self.read(|reader| reader.prefix(text, used)),
            Query::Facet(filter) => self.facet(filter),
            Query::Boolean(clauses) => self.boolean(clauses, used),
        }
    }

    fn all(&mut self) -> Box<dyn EngineQuery> {
        self.may_match_anywhere();
        Box::new(AllQuery)
    }

    fn may_match_anywhere(&mut self) {
        let readers = self.readers.iter_mut();
        readers.for_each(|reader| reader.seen.may_match = true);
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
                Box::new(ConstScoreQuery::new(self.all(), 0.0)),
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

    /// What every shelf is asked for a text; a passage stands on one of them.
    fn read(
        &mut self,
        ask: impl Fn(&mut Reader<'_>) -> Box<dyn EngineQuery>,
    ) -> Box<dyn EngineQuery> {
        AnyShelf::of(self.readers.iter_mut().map(ask).collect())
    }

    fn facet(&mut self, filter: &FacetFilter) -> Box<dyn EngineQuery> {
        self.may_match_anywhere();
        match filter::resolve(filter, self.taxonomy) {
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
}
