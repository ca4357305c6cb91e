//! A handful of sentences, a query, the documents it must find: what a person who types expects, and what users of other engines
//! complained about.

#![cfg(all(feature = "ja", feature = "stem", feature = "segment"))]
#![allow(clippy::unwrap_used)]

mod common;

#[path = "search/changes.rs"]
mod changes;
#[path = "search/complaints.rs"]
mod complaints;
#[path = "search/evidence.rs"]
mod evidence;
#[path = "search/explain.rs"]
mod explain;
#[path = "search/facets.rs"]
mod facets;
#[path = "search/like.rs"]
mod like;
#[path = "search/nearest.rs"]
mod nearest;
#[path = "search/operators.rs"]
mod operators;
#[path = "search/own_words.rs"]
mod own_words;
#[path = "search/pages.rs"]
mod pages;
#[path = "search/ranking.rs"]
mod ranking;
#[path = "search/recency.rs"]
mod recency;
#[path = "search/shelves.rs"]
mod shelves;
#[path = "search/sidecars.rs"]
mod sidecars;
#[path = "search/synonyms.rs"]
mod synonyms;
#[path = "search/variety.rs"]
mod variety;
#[path = "search/words.rs"]
mod words;

use fumikura::{Document, Hits, Index, IndexWriter, Query, SearchOptions, Searcher, WriterOptions};

/// An index in memory and what it answers.
struct Shelf {
    index: Index,
    searcher: Searcher,
}

impl Shelf {
    /// Documents of one sentence each: id and text.
    fn of(texts: &[(&str, &str)]) -> Shelf {
        Shelf::with(
            texts
                .iter()
                .map(|(id, text)| Document::new(*id, "", *text))
                .collect(),
        )
    }

    fn with(documents: Vec<Document>) -> Shelf {
        let index = Index::in_memory(common::analyzer());
        let mut writer = writer(&index);
        for document in documents {
            writer.add(document).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.searcher().unwrap();
        Shelf { index, searcher }
    }

    fn hits(&self, query: &str, options: &SearchOptions) -> Hits {
        self.searcher
            .search(&Query::parse(query).query, options)
            .unwrap()
    }

    /// Ids of all documents found, best first.
    fn ranked(&self, query: &str) -> Vec<String> {
        ids(&self.hits(query, &SearchOptions::top(100)))
    }

    /// Ids of all documents found, sorted.
    fn found(&self, query: &str) -> Vec<String> {
        let mut found = self.ranked(query);
        found.sort();
        found
    }

    /// Each query and all documents it finds, in any order, separated by spaces.
    fn finds(&self, cases: &[(&str, &str)]) {
        for (query, expected) in cases {
            let mut expected: Vec<&str> = expected.split_whitespace().collect();
            expected.sort_unstable();
            assert_eq!(self.found(query), expected, "query: {query}");
        }
    }

    /// Each query and the documents it must rank first, in order; others may follow.
    fn ranks(&self, cases: &[(&str, &str)]) {
        for (query, expected) in cases {
            let expected: Vec<&str> = expected.split_whitespace().collect();
            let mut ranked = self.ranked(query);
            let all = ranked.clone();
            ranked.truncate(expected.len());
            assert_eq!(ranked, expected, "query: {query}, found: {all:?}");
        }
    }
}

fn writer(index: &Index) -> IndexWriter {
    let options = WriterOptions {
        threads: 1,
        ..WriterOptions::default()
    };
    index.writer(&options).unwrap()
}

fn ids(hits: &Hits) -> Vec<String> {
    hits.hits
        .iter()
        .map(|hit| hit.document.id.clone())
        .collect()
}

#[test]
fn everything_that_answers_is_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Index>();
    shared::<Searcher>();
    shared::<fumikura::Analyzer>();
    shared::<fumikura::Error>();
    let shelf = Shelf::of(&[("a", "外相会談が開かれた。")]);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(shelf.found("外相"), ["a"]));
        }
    });
}
