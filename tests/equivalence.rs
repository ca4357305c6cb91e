//! Spellings that must find each other, and words that must not, through an index: `tests/equivalence/{same,different}.tsv`.
//!
//! Each spelling stands in a document of its own. A spelling finds another when a query that requires all of it finds the other's document,
//! and what is marked there is the other spelling or a part of it.

#![cfg(feature = "ja")]
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;

use fumikura::query::{Clause, Occur};
use fumikura::{Document, Index, Query, SearchOptions, Searcher, WriterOptions};

/// The spellings of a line of a table.
fn table(name: &str) -> Vec<Vec<String>> {
    let path = common::repository("tests/equivalence").join(name);
    let table = std::fs::read_to_string(path).unwrap();
    let spellings = |line: &str| {
        let columns = line.split('\t').filter(|column| !column.starts_with("# "));
        columns
            .map(|spelling| spelling.replace("\\u200b", "\u{200b}"))
            .collect()
    };
    let lines = table.lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(spellings)
        .collect()
}

/// The sentence in which a spelling stands.
fn sentence(spelling: &str) -> String {
    format!("昨日、「{spelling}」という見出しがあった。")
}

fn searcher<'s>(spellings: impl Iterator<Item = &'s String>) -> Searcher {
    let index = Index::in_memory(common::analyzer());
    let mut writer = index.writer(&WriterOptions::default()).unwrap();
    for spelling in spellings.collect::<BTreeSet<_>>() {
        writer
            .add(Document::new(spelling, "", sentence(spelling)))
            .unwrap();
    }
    writer.commit().unwrap();
    index.searcher().unwrap()
}

/// The documents that have all of a text, with what is marked in each.
fn found(searcher: &Searcher, text: &str) -> Vec<(String, String)> {
    // One required text alone is a wish: what all the sentences say is required beside it.
    let clause = |text: &str| Clause {
        occur: Occur::Must,
        query: Query::text(text),
    };
    let query = Query::Boolean(vec![clause(text), clause("見出し")]);
    let hits = searcher.search(&query, &SearchOptions::top(1_000)).unwrap();
    let marked = |hit: fumikura::Hit| {
        let chars: Vec<char> = hit.snippet.text.chars().collect();
        let marks = hit.snippet.highlights.iter();
        let marked: String = marks.flat_map(|&(start, end)| &chars[start..end]).collect();
        (hit.document.id, marked.replace("見出し", ""))
    };
    hits.hits.into_iter().map(marked).collect()
}

/// All ordered pairs of a line.
fn pairs(line: &[String]) -> impl Iterator<Item = (&String, &String)> {
    line.iter()
        .flat_map(move |one| line.iter().map(move |other| (one, other)))
        .filter(|(one, other)| one != other)
}

#[test]
fn spellings_of_one_word_find_each_other() {
    let table = table("same.tsv");
    let searcher = searcher(table.iter().flatten());
    let mut wrong = Vec::new();
    let mut count = 0;
    for (one, other) in table.iter().flat_map(|line| pairs(line)) {
        count += 1;
        let found = found(&searcher, one);
        match found.iter().find(|(id, _)| id == other) {
            None => wrong.push(format!("{one} does not find {other}")),
            Some((_, marked)) if marked.is_empty() => {
                wrong.push(format!("{one} finds {other} and marks nothing"))
            }
            Some(_) => {}
        }
    }
    assert!(count >= 400, "the table has lost pairs: {count}");
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_spelling_ranks_its_own_form_first() {
    let table = table("same.tsv");
    let searcher = searcher(table.iter().flatten());
    let mut wrong = Vec::new();
    for spelling in table.iter().flatten() {
        let hits = searcher
            .search(&Query::text(spelling), &SearchOptions::top(10))
            .unwrap();
        let own = hits.hits.iter().find(|hit| hit.document.id == *spelling);
        // Spellings that the filters make one are equal; no other may be better.
        if own.is_none_or(|own| own.score < hits.hits[0].score * 0.999) {
            wrong.push(format!(
                "{spelling} ranks {} first",
                hits.hits[0].document.id
            ));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn different_words_do_not_find_each_other() {
    let table = table("different.tsv");
    let searcher = searcher(table.iter().flatten());
    let mut wrong = Vec::new();
    let mut count = 0;
    for (one, other) in table.iter().flat_map(|line| pairs(line)) {
        count += 1;
        if found(&searcher, one).iter().any(|(id, _)| id == other) {
            wrong.push(format!("{one} finds {other}"));
        }
    }
    assert!(count >= 120, "the table has lost pairs: {count}");
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
