//! Parts side by side → one query. Here it is decided what is wished for and what is required.

use super::syntax::is_punctuation;
use super::{Clause, Facet, FacetFilter, Occur, Query, Text, TextField};

/// Parts of a query side by side.
#[derive(Debug, Default)]
pub(super) struct Run(Vec<Part>);

#[derive(Debug)]
enum Part {
    /// Bare words.
    Words(String),
    /// A phrase in Japanese brackets, nothing else said.
    Bracketed(String),
    /// A facet, nothing else said.
    Facet(FacetFilter),
    Clause(Clause),
}

/// What was typed around a part.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Marks {
    /// What a sign or `NOT` says.
    pub(super) occur: Option<Occur>,
    /// Its own field name stands before it.
    pub(super) has_field: bool,
    /// A phrase in Japanese brackets.
    pub(super) is_bracketed: bool,
}

impl Run {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a part to a run whose bare words are to be looked for in `field`; says whether it becomes a clause of its
    /// own.
    pub(super) fn push(&mut self, query: Query, marks: Marks, field: Option<TextField>) -> bool {
        let clause = |occur, query| Part::Clause(Clause { occur, query });
        let part = if let Some(occur) = marks.occur {
            clause(occur, query)
        } else if let Query::Facet(filter) = query {
            Part::Facet(filter)
        } else if marks.has_field {
            clause(Occur::Must, query)
        } else {
            match query {
                Query::Text(text) if text.field == field => {
                    let is_first = !self.0.iter().any(|part| matches!(part, Part::Words(_)));
                    self.0.push(Part::Words(text.text));
                    return is_first;
                }
                Query::Phrase(text) if marks.is_bracketed => Part::Bracketed(text.text),
                Query::Prefix(text) if text.field == field => {
                    clause(Occur::Should, Query::Prefix(text))
                }
                query => clause(Occur::Must, query),
            }
        };
        self.0.push(part);
        true
    }

    /// The query of the run, whose bare words are to be looked for in `field`.
    pub(super) fn into_query(self, field: Option<TextField>) -> Query {
        let has_words = self.0.iter().any(|part| part.has_words(field));
        let mut clauses: Vec<Clause> = Vec::with_capacity(self.0.len());
        // Bare words and the phrases among them become one text, at the place of its first part.
        let mut words: Vec<String> = Vec::new();
        let mut phrases: Vec<Clause> = Vec::new();
        let mut words_at = None;
        // A facet typed twice means either value; here, for each facet, where its clause is.
        let mut facets: Vec<(Facet, usize)> = Vec::new();
        let text = |text| Text { text, field };
        for part in self.0 {
            match part {
                Part::Words(typed) => {
                    words_at.get_or_insert(clauses.len());
                    words.push(typed);
                }
                Part::Bracketed(typed) if has_words => {
                    words_at.get_or_insert(clauses.len());
                    words.push(typed.clone());
                    phrases.push(Clause::should(Query::Phrase(text(typed))));
                }
                Part::Bracketed(typed) => {
                    clauses.push(Clause::must(Query::Phrase(text(typed))));
                }
                Part::Facet(filter) => {
                    let facet = filter.facet();
                    let value = Clause::should(Query::Facet(filter));
                    match facets.iter().find(|(known, _)| *known == facet) {
                        Some(&(_, at)) => {
                            if let Query::Boolean(values) = &mut clauses[at].query {
                                values.push(value);
                            }
                        }
                        None => {
                            facets.push((facet, clauses.len()));
                            clauses.push(Clause::must(Query::Boolean(vec![value])));
                        }
                    }
                }
                Part::Clause(clause) => clauses.push(clause),
            }
        }
        if let Some(at) = words_at {
            let words = Clause::should(Query::Text(text(words.join(" "))));
            clauses.splice(at..at, std::iter::once(words).chain(phrases));
        }
        for clause in &mut clauses {
            if let Query::Boolean(values) = &mut clause.query
                && values.len() == 1
            {
                clause.query = Query::boolean(std::mem::take(values));
            }
        }
        Query::boolean(clauses)
    }
}

impl Part {
    /// Whether these are words to which a phrase in Japanese brackets belongs: then the whole is running text.
    fn has_words(&self, field: Option<TextField>) -> bool {
        match self {
            Part::Words(text) => is_wordlike(text),
            Part::Clause(clause) => clause.has_words(field),
            Part::Bracketed(_) | Part::Facet(_) => false,
        }
    }
}

impl Clause {
    /// Whether the clause stands for words typed bare, or with a plus, in a place whose field is `field`.
    pub(super) fn has_words(&self, field: Option<TextField>) -> bool {
        match &self.query {
            Query::Text(text) | Query::Prefix(text) => {
                self.occur != Occur::MustNot && text.field == field && is_wordlike(&text.text)
            }
            _ => false,
        }
    }
}

pub(super) fn is_wordlike(text: &str) -> bool {
    !text.chars().all(|c| is_punctuation(c) || c == ' ')
}
