//! The sample texts: what they are, and whether questions about them are answered.

#![cfg(feature = "ja")]
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::ControlFlow;

use fumikura::{
    Event, Hit, Index, Query, SearchOptions, Searcher, Source, UpdateSummary, WriterOptions,
};

/// What the sample holds.
const SOURCES: usize = 51;
const DOCUMENTS: usize = 72;
/// Share of questions whose document must be among the first three; 181 of 183 were when this was written.
const ANSWERED: f64 = 0.975;

fn index(observer: impl FnMut(Event<'_>) -> ControlFlow<()>) -> (Searcher, UpdateSummary) {
    let index = Index::in_memory(common::analyzer());
    let mut writer = index.writer(&WriterOptions::default()).unwrap();
    let summary = writer
        .update(&[common::repository("corpus")], observer)
        .unwrap();
    (index.searcher().unwrap(), summary)
}

#[test]
fn every_text_is_read() {
    let mut said = Vec::new();
    let (_, summary) = index(|event| {
        if let Event::Problem(_) | Event::Complaint { .. } = event {
            said.push(format!("{event:?}"));
        }
        ControlFlow::Continue(())
    });
    assert_eq!(said, Vec::<String>::new());
    assert_eq!((summary.new, summary.documents), (SOURCES, DOCUMENTS));
}

#[test]
fn questions_are_answered() {
    let (searcher, _) = index(|_| ControlFlow::Continue(()));
    let questions =
        fs::read_to_string(common::repository("tests/data/corpus-questions.tsv")).unwrap();
    let options = SearchOptions {
        per_document: 1,
        ..SearchOptions::top(3)
    };
    // Per kind: answered, asked.
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut failed = Vec::new();
    for line in questions.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [question, document, kind] = columns[..] else {
            panic!("not three columns: {line}");
        };
        let query = Query::parse(question).query;
        let hits = searcher.search(&query, &options).unwrap().hits;
        let found: Vec<&str> = hits.iter().map(|hit| hit.document.id.as_str()).collect();
        let (answered, asked) = kinds.entry(kind).or_default();
        *asked += 1;
        if found.contains(&document) {
            *answered += 1;
        } else {
            failed.push(format!(
                "{kind}: {question}\n  wanted {document}\n  found {found:?}"
            ));
        }
    }
    let asked: usize = kinds.values().map(|(_, asked)| asked).sum();
    let share = 1.0 - failed.len() as f64 / asked as f64;
    assert!(
        share >= ANSWERED,
        "{share:.3} of {asked}, per kind (answered, asked): {kinds:?}\n{}",
        failed.join("\n")
    );
}

/// What the columns of `SOURCES.md` before the last say of one file.
fn described(name: &str, hits: &[Hit]) -> String {
    let bytes = fs::read(common::repository("corpus").join(name)).unwrap();
    let passages: Vec<&Hit> = hits
        .iter()
        .filter(|hit| hit.document.path.ends_with(&format!("/corpus/{name}")))
        .collect();
    let documents: BTreeSet<&str> = passages
        .iter()
        .map(|hit| hit.document.id.as_str())
        .collect();
    let languages: BTreeSet<&str> = passages
        .iter()
        .map(|hit| hit.passage.language.as_str())
        .collect();
    format!(
        "| {name} | {} | {} | {} | {} | {} |",
        Vec::from_iter(languages).join(" "),
        encoding(&bytes),
        documents.len(),
        passages.len(),
        &blake3::hash(&bytes).to_hex()[..16],
    )
}

fn encoding(bytes: &[u8]) -> &'static str {
    let is = |encoding: &'static encoding_rs::Encoding| !encoding.decode(bytes).2;
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => "UTF-8 with mark",
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "UTF-16",
        _ if bytes.contains(&0x1b) => "ISO-2022-JP",
        _ if std::str::from_utf8(bytes).is_ok() => "UTF-8",
        _ if is(encoding_rs::EUC_JP) => "EUC-JP",
        _ if is(encoding_rs::SHIFT_JIS) => "Shift_JIS",
        _ => "unknown",
    }
}

#[test]
fn every_text_is_listed_as_it_is() {
    let (searcher, _) = index(|_| ControlFlow::Continue(()));
    let all = SearchOptions::top(10_000);
    let hits = searcher.search(&Query::All, &all).unwrap().hits;
    let path = common::repository("corpus/SOURCES.md");
    let list = fs::read_to_string(&path).unwrap();
    let is_row = |line: &str| line.starts_with("| ") && !line.starts_with("| file |");
    let lines: Vec<String> = list
        .lines()
        .map(|line| {
            if !is_row(line) {
                return line.to_owned();
            }
            let columns: Vec<&str> = line.split('|').map(str::trim).collect();
            assert_eq!(columns.len(), 9, "seven columns are needed: {line}");
            assert!(!columns[7].is_empty(), "where can this be checked? {line}");
            format!("{} {} |", described(columns[1], &hits), columns[7])
        })
        .collect();
    let found = lines.join("\n") + "\n";
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(&path, found).unwrap();
        return;
    }
    for (listed, found) in list.lines().zip(&lines) {
        assert_eq!(listed, found, "UPDATE_GOLDENS=1 takes what was found");
    }
    let listed: Vec<&str> = list
        .lines()
        .filter(|line| is_row(line))
        .filter_map(|line| line.split('|').nth(1).map(str::trim))
        .collect();
    let walked: Vec<String> = Source::walk(common::repository("corpus"))
        .unwrap()
        .map(|source| source.unwrap().name().to_owned())
        .collect();
    assert_eq!(listed, walked, "the files of the folder, in order");
}
