//! How a query was read: what of it is looked for, and how.
//!
//! In: a query and filters. Out: [`QueryExplanation`], words a person understands. What each hit's score rests on is told where it
//! is computed.

use std::ops::Range;
use std::sync::Arc;

use super::{Asked, SearchOptions, Searcher, label};
use crate::analysis::TokenKind;
use crate::error::Result;
use crate::hit::{FacetValue, LanguageReading, QueryExplanation, Substitution};
use crate::query::filter::{self, Values};
use crate::query::plan::{Evidence, Seen, Shelf, Tried};
use crate::query::{FacetFilter, Occur, Query};

/// Words of a passage that are named as its matches.
const MAX_MATCHED: usize = 16;

impl Searcher {
    /// How a query is read, in the languages of the index, or in those given as ISO 639 codes.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Damaged`](crate::ErrorKind::Damaged) when the index's files cannot be read.
    pub fn read_query(
        &self,
        query: &Query,
        languages: &[&str],
        locale: &str,
    ) -> Result<QueryExplanation> {
        self.index.guarded(|| {
            let own = self.shelves()?;
            let shelf = |language: &&str| {
                let known = own.iter().find(|shelf| shelf.language == *language);
                known.cloned().unwrap_or_else(|| Shelf::empty(language))
            };
            let named: Vec<Arc<Shelf>> = languages.iter().map(shelf).collect();
            let shelves = if named.is_empty() { own } else { &named };
            let statistics = self.statistics()?;
            let plan = self.planned(query, shelves, &statistics);
            let options = SearchOptions {
                locale: locale.to_owned(),
                ..SearchOptions::default()
            };
            let asked = Asked::new(query, &options, &statistics);
            Ok(self.explain_query(asked, &plan.evidence))
        })
    }

    /// How a query and its filters were read.
    pub(super) fn explain_query(&self, asked: Asked<'_>, evidence: &Evidence) -> QueryExplanation {
        let Asked { query, options, .. } = asked;
        let mut reader = Reader {
            searcher: self,
            locale: &options.locale,
            read: QueryExplanation::default(),
        };
        reader.read(query, Occur::Should);
        for filter in &options.filters {
            reader.filter(filter, Occur::Must);
        }
        reader.read.languages = evidence.shelves.iter().map(language_reading).collect();
        reader.read
    }
}

/// What is looked for on a shelf.
fn language_reading(seen: &Seen) -> LanguageReading {
    let substitution = |tried: &Tried| {
        // Where there are no passages, none lacks a word.
        let is_empty = seen.shelf.passages == 0;
        let (here, missing): (Vec<_>, Vec<_>) =
            (tried.others.iter().cloned()).partition(|(_, is_there)| *is_there || is_empty);
        let words = |words: Vec<(String, bool)>| words.into_iter().map(|(word, _)| word).collect();
        Substitution {
            typed: tried.typed.clone(),
            tried: words(here),
            missing: words(missing),
        }
    };
    LanguageReading {
        language: seen.shelf.language.clone(),
        words: seen.words.clone(),
        spellings: seen.spellings.clone(),
        sounds: seen.sounds.iter().map(|row| row.join(" ")).collect(),
        synonyms: seen.synonyms.iter().map(substitution).collect(),
    }
}

/// The parts of a text that are marked, each once.
pub(super) fn matched(text: &str, marks: &[Range<usize>]) -> Vec<String> {
    let mut matched: Vec<String> = Vec::new();
    for mark in marks {
        let part = &text[mark.clone()];
        if matched.len() < MAX_MATCHED {
            push_once(&mut matched, part);
        }
    }
    matched
}

struct Reader<'r> {
    searcher: &'r Searcher,
    locale: &'r str,
    read: QueryExplanation,
}

impl Reader<'_> {
    fn read(&mut self, query: &Query, occur: Occur) {
        match query {
            Query::All => {}
            Query::Facet(filter) => self.filter(filter, occur),
            query if occur == Occur::MustNot => {
                push_once(&mut self.read.excluded, &query.to_string())
            }
            Query::Text(text) => self.text(&text.text),
            Query::Phrase(text) => {
                push_once(&mut self.read.phrases, &text.text);
                self.text(&text.text);
            }
            Query::Prefix(text) => push_once(&mut self.read.prefixes, &text.text),
            Query::Boolean(clauses) => {
                for clause in clauses {
                    self.read(&clause.query, clause.occur);
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        let analysis = self.searcher.index.analyzer().analyze(text, None);
        for token in analysis.words.iter() {
            match token.kind {
                TokenKind::Content => push_once(&mut self.read.words, token.term),
                TokenKind::Function => push_once(&mut self.read.function_words, token.term),
            }
        }
        for token in analysis.grams.iter() {
            push_once(&mut self.read.grams, token.term);
        }
        let named = self.searcher.index.finder().find(text);
        for country in named.countries {
            push_once(&mut self.read.named, &country.value.name(self.locale));
        }
        for year in named.years {
            push_once(&mut self.read.named, &year.value.to_string());
        }
    }

    /// A filter as it was typed, and what it was taken for where that is something else.
    fn filter(&mut self, filter: &FacetFilter, occur: Occur) {
        let label = match filter::resolve(filter, self.searcher.taxonomy()) {
            Ok(Values::Path(path)) => {
                let (value, taxonomy) = (FacetValue::Name(path), self.searcher.taxonomy());
                label::label_of(filter.facet(), &value, self.locale, taxonomy)
            }
            Ok(Values::Years(_)) => String::new(),
            // The search says what is wrong with it.
            Err(_) => return,
        };
        let typed = filter.to_string();
        let told = match label.is_empty() || typed.ends_with(&format!(":{label}")) {
            true => typed,
            false => format!("{typed} ({label})"),
        };
        match occur {
            Occur::MustNot => push_once(&mut self.read.excluded, &told),
            Occur::Must | Occur::Should => push_once(&mut self.read.filters, &told),
        }
    }
}

fn push_once(list: &mut Vec<String>, text: &str) {
    if !list.iter().any(|other| other == text) {
        list.push(text.to_owned());
    }
}
