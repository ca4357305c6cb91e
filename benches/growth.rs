//! How an index fares as it grows: `cargo bench --bench growth`.
//!
//! - 20,000 files: the first build, an update without a change, and the time until one changed file can be searched.
//! - A thousand small updates against a fresh build: size, and the time of queries.
//! - Eight readers beside a writer that commits every second, for `FUMIKURA_BENCH_SECONDS` (120): errors, stale answers, and the time of
//!   queries against a quiet index.
//!
//! Times depend on the machine and on what else it does; what is comparable are the ratios within one run.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

#[path = "common/sample.rs"]
mod sample;

use std::env;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use fumikura::{
    Analyzer, Dictionary, Document, Index, IndexWriter, Query, SearchOptions, Source,
    UpdateSummary, WriterOptions,
};
use sample::{dictionary, questions};

const FILES: usize = 20_000;
const UPDATES: usize = 1_000;
const READERS: usize = 8;

fn main() {
    // `cargo test` runs benches, too: there is nothing to check here.
    if !env::args().any(|argument| argument == "--bench") {
        return;
    }
    let analyzer = Analyzer::new(Dictionary::open(dictionary()).unwrap());
    let texts = texts();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-growth");
    let _ = fs::remove_dir_all(&folder);
    many_files(&folder, &analyzer, &texts);
    small_updates(&folder, &analyzer, &texts);
    readers(&folder);
    let _ = fs::remove_dir_all(&folder);
}

fn many_files(folder: &Path, analyzer: &Analyzer, texts: &[String]) {
    let root = folder.join("texts");
    for number in 0..FILES {
        let path = root.join(format!("{}/{number}.txt", number % 100));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = &texts[number % texts.len()];
        fs::write(&path, format!("第{number}号\n\n{text}\n")).unwrap();
        age(&path);
    }
    let index = Index::create(folder.join("files"), analyzer.clone()).unwrap();
    let (first, _) = timed(|| update(&index, &root));
    let (unchanged, summary) = timed(|| update(&index, &root));
    assert_eq!(summary.unchanged, FILES);
    println!(
        "{FILES} files: first build {first:.2} s, unchanged {unchanged:.2} s, {:.2} %",
        unchanged / first * 100.0
    );

    fs::write(root.join("7/7.txt"), "目印の改訂版を置いた。").unwrap();
    let started = Instant::now();
    let mut writer = index.writer(&WriterOptions::default()).unwrap();
    writer
        .update(&[&root], |_| ControlFlow::Continue(()))
        .unwrap();
    assert_eq!(count(&index, "\"目印の改訂版\""), 1);
    println!(
        "one changed file among them: searchable after {:.2} s",
        started.elapsed().as_secs_f64()
    );
    writer.close().unwrap();

    fs::rename(root.join("3"), root.join("three")).unwrap();
    let (renamed, summary) = timed(|| update(&index, &root));
    println!("{} renamed: {renamed:.2} s", summary.renamed);
}

fn small_updates(folder: &Path, analyzer: &Analyzer, texts: &[String]) {
    let grown = Index::create(folder.join("grown"), analyzer.clone()).unwrap();
    let base = UPDATES * 4;
    let document = |number: usize, version: usize| {
        let text = format!(
            "{}\n\n第{number}号、第{version}版。",
            texts[number % texts.len()]
        );
        Document::new(format!("d{number}"), "", text)
    };
    let fill = |writer: &mut IndexWriter, last: usize| {
        for number in 0..base {
            let version = if number < UPDATES { last } else { 0 };
            writer.add(document(number, version)).unwrap();
        }
        writer.commit().unwrap();
    };
    let mut writer = grown.writer(&WriterOptions::default()).unwrap();
    fill(&mut writer, 0);
    for number in 0..UPDATES {
        writer.add(document(number, 1)).unwrap();
        writer.commit().unwrap();
    }
    writer.close().unwrap();
    let fresh = Index::create(folder.join("fresh"), analyzer.clone()).unwrap();
    let mut writer = fresh.writer(&WriterOptions::default()).unwrap();
    fill(&mut writer, 1);
    writer.close().unwrap();
    let status = |index: &Index| index.searcher().unwrap().status().unwrap();
    let (one, other) = (status(&grown), status(&fresh));
    assert_eq!(one.passages, other.passages);
    println!(
        "{UPDATES} updates among {base} documents: {:.2} of the size of a fresh build, {} segments for {}",
        one.bytes as f64 / other.bytes as f64,
        one.segments,
        other.segments
    );
    let quick = |index: &Index| {
        let searcher = index.searcher().unwrap();
        let mut best = f64::MAX;
        for _ in 0..7 {
            let (seconds, ()) = timed(|| {
                for query in queries() {
                    searcher.search(&query, &SearchOptions::default()).unwrap();
                }
            });
            best = best.min(seconds);
        }
        best
    };
    // In turns, as the machine may be busy.
    let (first, second) = (quick(&grown), quick(&fresh));
    println!(
        "queries take {:.2} of the time",
        first.min(quick(&grown)) / second.min(quick(&fresh))
    );
}

/// Readers open a searcher for every query, as a program that wants the newest state does.
fn readers(folder: &Path) {
    let seconds = env::var("FUMIKURA_BENCH_SECONDS").ok();
    let seconds = seconds.and_then(|s| s.parse().ok()).unwrap_or(120);
    let analyzer = Analyzer::new(Dictionary::open(dictionary()).unwrap());
    let index = Index::open(folder.join("grown"), analyzer).unwrap();
    let mut writer = index.writer(&WriterOptions::default()).unwrap();
    let report = |name: &str, times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize] * 1e3;
        println!(
            "{name}: {} searches, p50 {:.2} ms, p95 {:.2} ms, p99 {:.2} ms",
            times.len(),
            at(0.5),
            at(0.95),
            at(0.99)
        );
        (at(0.5), at(0.95))
    };
    let quiet_seconds = (seconds / 4).max(1);
    let quiet = search_for(&index, quiet_seconds, || false);
    let (quiet_p50, quiet_p95) = report("quiet", &mut quiet.times.clone());
    let busy = search_for(&index, seconds, || {
        let number = MARKS.load(Ordering::SeqCst);
        let text = format!("第{number}回の定例の会合を開いた。目印{number}番。");
        writer
            .add(Document::new(format!("mark{number}"), "", text))
            .unwrap();
        writer.commit().unwrap();
        MARKS.store(number + 1, Ordering::SeqCst);
        true
    });
    let (p50, p95) = report("with a commit every second", &mut busy.times.clone());
    println!(
        "{} commits, {} errors, {} stale answers; p50 {:.2} and p95 {:.2} of quiet",
        MARKS.load(Ordering::SeqCst),
        busy.errors,
        busy.stale,
        p50 / quiet_p50,
        p95 / quiet_p95
    );
}

/// Commits that are done.
static MARKS: AtomicUsize = AtomicUsize::new(0);

#[derive(Default)]
struct Searched {
    times: Vec<f64>,
    errors: usize,
    stale: usize,
}

/// Searches without pause for some seconds; `tick` is called every second.
fn search_for(index: &Index, seconds: u64, mut tick: impl FnMut() -> bool) -> Searched {
    let done = AtomicBool::new(false);
    let mut all = Searched::default();
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..READERS)
            .map(|reader| {
                let done = &done;
                scope.spawn(move || {
                    let mut searched = Searched::default();
                    let queries = queries();
                    for query in queries.iter().cycle().skip(reader * 7) {
                        if done.load(Ordering::SeqCst) {
                            break;
                        }
                        let committed = MARKS.load(Ordering::SeqCst);
                        let started = Instant::now();
                        let searcher = index.searcher();
                        let hits =
                            searcher.and_then(|s| s.search(query, &SearchOptions::default()));
                        searched.times.push(started.elapsed().as_secs_f64());
                        searched.errors += usize::from(hits.is_err());
                        if committed > 0 && searched.times.len() % 20 == 0 {
                            let mark = format!("\"目印{}番\"", committed - 1);
                            searched.stale += usize::from(count(index, &mark) == 0);
                        }
                    }
                    searched
                })
            })
            .collect();
        let until = Instant::now() + Duration::from_secs(seconds);
        while Instant::now() < until {
            std::thread::sleep(Duration::from_secs(1));
            tick();
        }
        done.store(true, Ordering::SeqCst);
        for reader in readers {
            let searched = reader.join().unwrap();
            all.times.extend(searched.times);
            all.errors += searched.errors;
            all.stale += searched.stale;
        }
    });
    all
}

fn count(index: &Index, query: &str) -> usize {
    let searcher = index.searcher().unwrap();
    let hits = searcher.search(&Query::parse(query).query, &SearchOptions::top(1));
    hits.unwrap().total
}

fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let started = Instant::now();
    let done = work();
    (started.elapsed().as_secs_f64(), done)
}

/// As the program does: with the writer opened and closed.
fn update(index: &Index, root: &Path) -> UpdateSummary {
    let mut writer = index.writer(&WriterOptions::default()).unwrap();
    let summary = writer
        .update(&[root], |_| ControlFlow::Continue(()))
        .unwrap();
    writer.close().unwrap();
    summary
}

/// Files that were just written are looked at more closely.
fn age(path: &Path) {
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(3600))
        .unwrap();
}

/// Texts of the sample corpus.
fn texts() -> Vec<String> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let sources = Source::walk(corpus).unwrap().map(Result::unwrap);
    let documents = sources.flat_map(|source| source.read().unwrap().map(Result::unwrap));
    documents.map(|document| document.text).collect()
}

fn queries() -> Vec<Query> {
    let questions = questions().into_iter();
    questions.map(|text| Query::parse(&text).query).collect()
}
