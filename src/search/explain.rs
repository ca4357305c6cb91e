//! How a query was read: what of it is looked for, and how.
//!
//! In: a query and filters. Out: [`QueryExplanation`], words a person understands. What each hit's score rests on is told where it
//! is computed.

use super::{Asked, Searcher, label};
use crate::analysis::TokenKind;
use crate::hit::{FacetValue, QueryExplanation};
use crate::query::filter::{self, Values};
use crate::query::{FacetFilter, Occur, Query};

impl Searcher {
    /// How a query and its filters were read.
    pub(super) fn explain_query(&self, asked: Asked<'_>) -> QueryExplanation {
        let mut reader = Reader {
            searcher: self,
            locale: &asked.options.locale,
            read: QueryExplanation::default(),
        };
        reader.read(asked.query, Occur::Should);
        for filter in &asked.options.filters {
            reader.filter(filter, Occur::Must);
        }
        reader.read
    }
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
