//! The normal form of queries, and their facets taken apart.

use super::{Clause, Facet, FacetFilter, Occur, Query};

impl Clause {
    /// A wish.
    pub fn should(query: Query) -> Clause {
        Clause {
            occur: Occur::Should,
            query,
        }
    }

    /// A requirement.
    pub fn must(query: Query) -> Clause {
        Clause {
            occur: Occur::Must,
            query,
        }
    }

    /// An exclusion.
    pub fn must_not(query: Query) -> Clause {
        Clause {
            occur: Occur::MustNot,
            query,
        }
    }
}

impl Query {
    /// The clauses together, in the simplest form that means the same. What they hold is taken to be in normal form.
    ///
    /// ```
    /// use fumikura::query::{Clause, Query};
    ///
    /// let query = Query::boolean([Clause::should(Query::text("貿易"))]);
    /// assert_eq!(query, Query::text("貿易"));
    ///
    /// let query = Query::boolean([Clause::must_not(Query::text("貿易"))]);
    /// assert_eq!(query, Query::Boolean(vec![Clause::must(Query::All), Clause::must_not(Query::text("貿易"))]));
    /// ```
    pub fn boolean(clauses: impl IntoIterator<Item = Clause>) -> Query {
        let clauses: Vec<Clause> = clauses.into_iter().collect();
        let clauses = match <[Clause; 1]>::try_from(clauses) {
            Ok([clause]) if clause.occur != Occur::MustNot => return clause.query,
            Ok(clauses) => Vec::from(clauses),
            Err(clauses) => clauses,
        };
        let mut out = Vec::new();
        for clause in clauses {
            match clause {
                Clause {
                    occur: Occur::Must,
                    query: Query::Boolean(inner),
                } => lift(inner, &mut out),
                Clause {
                    occur: Occur::Should,
                    query: Query::Boolean(inner),
                } if is_choice(&inner) => {
                    out.extend(inner);
                }
                Clause {
                    occur: Occur::MustNot,
                    query: Query::Boolean(inner),
                } if is_choice(&inner) => {
                    out.extend(
                        inner
                            .into_iter()
                            .map(|clause| Clause::must_not(clause.query)),
                    );
                }
                // Stands for "the rest" beside exclusions; it is put back below where needed.
                Clause {
                    occur: Occur::Must,
                    query: Query::All,
                } => {}
                clause => out.push(clause),
            }
        }
        if out.iter().all(|clause| clause.occur == Occur::MustNot) {
            if out.is_empty() {
                return Query::All;
            }
            out.insert(0, Clause::must(Query::All));
        }
        match <[Clause; 1]>::try_from(out) {
            Ok([clause]) => clause.query,
            Err(out) => Query::Boolean(out),
        }
    }

    /// Whether the query only narrows: it asks for facets, or excludes, and for no text.
    pub fn is_filter(&self) -> bool {
        match self {
            Query::All | Query::Facet(_) => true,
            Query::Text(_) | Query::Phrase(_) | Query::Prefix(_) => false,
            Query::Boolean(clauses) => clauses
                .iter()
                .all(|clause| clause.occur == Occur::MustNot || clause.query.is_filter()),
        }
    }

    /// Takes out the facets that every hit must have. What remains asks for the rest, or for everything.
    ///
    /// Filters of one facet mean either value, different facets narrow each other. Facets that are excluded, that are
    /// an alternative to something else, or of which two values are required together, stay in the query.
    ///
    /// ```
    /// use fumikura::Query;
    ///
    /// let query = Query::parse("貿易 country:VN country:KZ year:2024").query;
    /// let (query, filters) = query.split_facets();
    /// assert_eq!(query, Query::text("貿易"));
    /// let filters: Vec<String> = filters.iter().map(ToString::to_string).collect();
    /// assert_eq!(filters, ["country:VN", "country:KZ", "year:2024"]);
    /// ```
    pub fn split_facets(self) -> (Query, Vec<FacetFilter>) {
        let clauses = match self {
            Query::Boolean(clauses) if choice_of(&clauses).is_none() => clauses,
            query => vec![Clause::must(query)],
        };
        let facet = |clause: &Clause| match (clause.occur, &clause.query) {
            (Occur::Must, Query::Facet(filter)) => Some(filter.facet()),
            (Occur::Must, Query::Boolean(values)) => choice_of(values),
            _ => None,
        };
        let facets: Vec<Facet> = clauses.iter().filter_map(facet).collect();
        let is_single = |facet: &Facet| facets.iter().filter(|other| *other == facet).count() == 1;
        let (taken, kept): (Vec<Clause>, Vec<Clause>) = clauses
            .into_iter()
            .partition(|clause| facet(clause).is_some_and(|facet| is_single(&facet)));
        let mut filters = Vec::new();
        for clause in taken {
            match clause.query {
                Query::Facet(filter) => filters.push(filter),
                Query::Boolean(values) => {
                    filters.extend(values.into_iter().filter_map(|value| match value.query {
                        Query::Facet(filter) => Some(filter),
                        _ => None,
                    }));
                }
                _ => {}
            }
        }
        (Query::boolean(kept), filters)
    }
}

/// Whether any one clause is enough.
fn is_choice(clauses: &[Clause]) -> bool {
    clauses.iter().all(|clause| clause.occur == Occur::Should)
}

/// The facet of which these clauses are alternative values.
fn choice_of(clauses: &[Clause]) -> Option<Facet> {
    let facet = |clause: &Clause| match (clause.occur, &clause.query) {
        (Occur::Should, Query::Facet(filter)) => Some(filter.facet()),
        _ => None,
    };
    let first = facet(clauses.first()?)?;
    clauses
        .iter()
        .all(|clause| facet(clause) == Some(first))
        .then_some(first)
}

/// Adds a required Boolean to the clauses around it: filters and exclusions mean the same outside.
fn lift(inner: Vec<Clause>, out: &mut Vec<Clause>) {
    if inner.iter().all(|clause| clause.occur != Occur::Should) {
        out.extend(
            inner
                .into_iter()
                .filter(|clause| *clause != Clause::must(Query::All)),
        );
        return;
    }
    let (outside, inside): (Vec<Clause>, Vec<Clause>) =
        inner.into_iter().partition(|clause| match clause.occur {
            Occur::Must => clause.query.is_filter(),
            Occur::MustNot => true,
            Occur::Should => false,
        });
    match Query::boolean(inside) {
        Query::Boolean(inner) if !outside.is_empty() => lift(inner, out),
        query => out.push(Clause::must(query)),
    }
    out.extend(outside);
}
