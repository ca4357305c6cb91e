//! How quick indexing and searching are on this machine: `make bench`.
//!
//! Texts: the sample corpus, several times over, or the documents of a JSON Lines file named by `FUMIKURA_BENCH_TEXTS` (with
//! questions from `FUMIKURA_BENCH_QUERIES`, a JSON object with `text` a line). With an index named by `FUMIKURA_BENCH_INDEX` only
//! searching is timed, in that index. Times depend on the machine and on what else it does;
//! what is comparable are the ratios within one run.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

#[path = "common/sample.rs"]
mod sample;

use std::env;
use std::fs;
use std::path::Path;
use std::time::Instant;

use fumikura::{
    Analyzer, Dictionary, Document, Finder, Index, Query, SearchOptions, Source, WriterOptions,
};
use lindera::mode::{Mode, Penalty};
use lindera::segmenter::Segmenter;
use sample::{dictionary, questions};

/// The sample corpus is this many times as long here.
const COPIES: usize = 40;

fn main() {
    // `cargo test` runs benches, too: there is nothing to check here.
    if !env::args().any(|argument| argument == "--bench") {
        return;
    }
    let dictionary = dictionary();
    if let Some(folder) = env::var_os("FUMIKURA_BENCH_INDEX") {
        let analyzer = Analyzer::new(Dictionary::open(&dictionary).unwrap());
        return search(&Index::open(Path::new(&folder), analyzer).unwrap());
    }
    let documents = documents();
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    let mb = bytes as f64 / 1e6;
    println!("{} documents, {mb:.1} MB of text", documents.len());

    let segmenter = Segmenter::new(
        Mode::Decompose(Penalty::default()),
        lindera_dictionary(&dictionary),
        None,
    );
    let mut worker = segmenter.new_worker();
    let started = Instant::now();
    let tokens: usize = documents
        .iter()
        .map(|document| worker.segment(&document.text).unwrap().len())
        .sum();
    let alone = mb / started.elapsed().as_secs_f64();
    println!("lindera alone, 1 thread     {alone:6.1} MB/s  ({tokens} tokens)");

    let analyzer = Analyzer::new(Dictionary::open(&dictionary).unwrap());
    let started = Instant::now();
    let words: usize = documents
        .iter()
        .map(|document| analyzer.analyze(&document.text, None).words.len())
        .sum();
    let analysis = mb / started.elapsed().as_secs_f64();
    println!(
        "words and grams, 1 thread   {analysis:6.1} MB/s  {:.2} of lindera  ({words} words)",
        analysis / alone
    );

    let finder = Finder::new();
    finder.find(""); // builds its tables
    let started = Instant::now();
    let values: usize = documents
        .iter()
        .map(|document| finder.find(&document.text).years.len())
        .sum();
    let seconds = started.elapsed().as_secs_f64();
    // Indexing one text after the other costs about what analysis and facets cost together.
    println!(
        "facets, 1 thread            {:6.1} MB/s  {:.0} % of analysis and facets  ({values} years)",
        mb / seconds,
        100.0 * seconds / (seconds + mb / analysis)
    );

    for (threads, find_facets) in [(1, true), (1, false), (2, false), (2, true)] {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-index");
        let _ = fs::remove_dir_all(&folder);
        let index = Index::create(&folder, analyzer.clone()).unwrap();
        let mut writer = index
            .writer(&WriterOptions {
                threads,
                find_facets,
                ..WriterOptions::default()
            })
            .unwrap();
        let started = Instant::now();
        for document in documents.clone() {
            writer.add(document).unwrap();
        }
        writer.commit().unwrap();
        let rate = mb / started.elapsed().as_secs_f64();
        writer.close().unwrap();
        let what = if find_facets { "" } else { ", without facets" };
        println!(
            "index on disk, {threads} thread(s)  {rate:6.1} MB/s  {:.2} of lindera{what}",
            rate / alone
        );
        if threads == 2 && find_facets {
            search(&index);
        }
    }
}

/// Times the stages of searching, on the middle and the slow queries.
fn search(index: &Index) {
    let queries = queries();
    let searcher = index.searcher().unwrap();
    let modes = [
        (
            "first 100, counts",
            // The first page behind the hundred best of the first stage is empty.
            SearchOptions {
                limit: 0,
                offset: 100,
                rescored: 0,
                ..SearchOptions::default()
            },
        ),
        (
            "ranking alone",
            SearchOptions {
                limit: 0,
                facet_counts: false,
                ..SearchOptions::default()
            },
        ),
        (
            "with counts",
            SearchOptions {
                limit: 0,
                ..SearchOptions::default()
            },
        ),
        ("with ten snippets", SearchOptions::default()),
    ];
    println!(
        "{} queries over {} passages, ms",
        queries.len(),
        searcher.status().unwrap().passages
    );
    let read = |query: &str| index.analyzer().analyze(query, None);
    report("query analysis", &queries, |query| read(query).words.len());
    for (name, options) in modes {
        let find = |query: &str| {
            let found = searcher.search(&Query::parse(query).query, &options);
            found.unwrap().total
        };
        // What is read when it is first asked for is there then.
        find(&queries[0]);
        report(name, &queries, find);
    }
}

/// Times something done with each query.
fn report(name: &str, queries: &[String], work: impl Fn(&str) -> usize) {
    let mut times: Vec<f64> = Vec::new();
    let mut total = 0;
    for query in queries {
        let started = Instant::now();
        total += work(query);
        times.push(started.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "{name:<18} p50 {:6.2}  p95 {:6.2}  p99 {:6.2}  ({total} found)",
        at(0.5),
        at(0.95),
        at(0.99)
    );
}

fn documents() -> Vec<Document> {
    let read = |path: &Path| -> Vec<Document> {
        let sources = Source::walk(path).unwrap().map(Result::unwrap);
        sources
            .flat_map(|source| {
                source
                    .read()
                    .unwrap()
                    .map(Result::unwrap)
                    .collect::<Vec<_>>()
            })
            .collect()
    };
    match env::var_os("FUMIKURA_BENCH_TEXTS") {
        Some(path) => read(Path::new(&path)),
        None => {
            let corpus = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"));
            let copy = |number: usize| {
                corpus.iter().cloned().map(move |document| Document {
                    id: format!("{number}/{}", document.id),
                    ..document
                })
            };
            (0..COPIES).flat_map(copy).collect()
        }
    }
}

fn queries() -> Vec<String> {
    match env::var_os("FUMIKURA_BENCH_QUERIES") {
        Some(path) => {
            let text = fs::read_to_string(path).unwrap();
            let lines = text
                .lines()
                .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
            lines
                .map(|query| query["text"].as_str().unwrap().to_owned())
                .collect()
        }
        None => questions(),
    }
}

fn lindera_dictionary(folder: &Path) -> lindera::dictionary::Dictionary {
    lindera::dictionary::load_fs_dictionary(folder).unwrap()
}
