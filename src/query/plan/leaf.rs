//! The engine's queries for single terms, beginnings and ranges.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, InvertedIndexRangeQuery,
    Query as EngineQuery, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use crate::query::YearRange;
use crate::schema::term;

/// Score of a prefix match, which ranks nothing by itself.
const PREFIX_SCORE: f32 = 1.0;
/// Stands behind every character that a term may have.
const LAST_CHAR: char = char::MAX;

pub(super) fn term_query(term: Term, weight: f32) -> Box<dyn EngineQuery> {
    let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
    match weight {
        1.0 => Box::new(query),
        _ => Box::new(BoostQuery::new(Box::new(query), weight)),
    }
}

/// Terms that begin with a text, scored alike. They lie side by side in the engine's dictionary.
pub(super) fn beginning_with(field: Field, language: &str, prefix: &str) -> Box<dyn EngineQuery> {
    if prefix.is_empty() {
        return Box::new(EmptyQuery);
    }
    let first = term(field, language, prefix);
    let last = term(field, language, &format!("{prefix}{LAST_CHAR}"));
    let terms = InvertedIndexRangeQuery::new(Bound::Included(first), Bound::Excluded(last));
    Box::new(ConstScoreQuery::new(Box::new(terms), PREFIX_SCORE))
}

pub(super) fn year_query(field: Field, years: YearRange) -> Box<dyn EngineQuery> {
    let bound = |year: Option<i32>| match year {
        Some(year) => Bound::Included(Term::from_field_i64(field, i64::from(year))),
        None => Bound::Unbounded,
    };
    let lower = match years.from {
        Some(_) => bound(years.from),
        // The engine needs one bound to know the field.
        None => Bound::Included(Term::from_field_i64(field, i64::from(i32::MIN))),
    };
    Box::new(ConstScoreQuery::new(
        Box::new(RangeQuery::new(lower, bound(years.to))),
        0.0,
    ))
}

pub(super) fn union(queries: Vec<Box<dyn EngineQuery>>) -> Box<dyn EngineQuery> {
    joined(queries, |queries| Box::new(BooleanQuery::union(queries)))
}

/// Those of some queries that can match in one; the empty query where none can.
pub(super) fn joined(
    mut queries: Vec<Box<dyn EngineQuery>>,
    join: impl FnOnce(Vec<Box<dyn EngineQuery>>) -> Box<dyn EngineQuery>,
) -> Box<dyn EngineQuery> {
    queries.retain(|query| !query.is::<EmptyQuery>());
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => join(queries),
    }
}
