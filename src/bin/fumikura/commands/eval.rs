//! `fumikura eval`: how good the ranking is on sets of questions, and whether it got better.

mod report;

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use fumikura::evaluation::{self, Comparison, Mean, Qrels, Run, Topic};
use fumikura::{Index, Query, Searcher, Source, WriterOptions};

use super::Outcome;
use crate::args::EvalArgs;
use crate::messages;

/// Documents per question.
const DEPTH: usize = 100;

/// The documents found for a question, best first, with their scores.
type Ranking = Vec<(String, f32)>;

/// Questions, and what answers them.
struct Set {
    /// None for questions to the index of `--index`.
    name: Option<String>,
    topics: Vec<Topic>,
    qrels: Qrels,
    searcher: Searcher,
}

/// The figures of a set.
struct Figures {
    name: Option<String>,
    questions: usize,
    ms: f64,
    means: Vec<(&'static str, Mean)>,
    comparison: Option<Comparison>,
    searcher: Searcher,
}

pub(crate) fn run(args: &EvalArgs) -> Result<Outcome> {
    let mut all = Vec::new();
    if let (Some(queries), Some(qrels)) = (&args.queries, &args.qrels) {
        let topics = evaluation::read_topics(open(queries)?, &queries.to_string_lossy())?;
        let qrels_read = evaluation::read_qrels(open(qrels)?, &qrels.to_string_lossy())?;
        let set = Set {
            name: None,
            topics: judged(topics, &qrels_read, queries, qrels)?,
            qrels: qrels_read,
            searcher: super::open(&args.index.index)?.searcher()?,
        };
        all.push(measure(set, args)?);
    }
    for folder in &args.set {
        all.push(measure(read_set(folder)?, args)?);
    }
    let mut out = std::io::stdout().lock();
    match args.json {
        true => report::json(&mut out, &all)?,
        false => report::text(&mut out, &all)?,
    }
    Ok(Outcome::Done)
}

fn read_set(folder: &Path) -> Result<Set> {
    let file = |name: &str| folder.join(name);
    let (queries, qrels, corpus) = (
        file("queries.jsonl"),
        file("qrels.txt"),
        file("corpus.jsonl"),
    );
    let topics = evaluation::read_topics(open(&queries)?, &queries.to_string_lossy())?;
    let qrels_read = evaluation::read_qrels(open(&qrels)?, &qrels.to_string_lossy())?;
    let topics = judged(topics, &qrels_read, &queries, &qrels)?;
    let index = Index::in_memory(super::analyzer(None)?);
    let mut writer = index.writer(&WriterOptions::default())?;
    for source in Source::walk(&corpus)? {
        for document in source?.read()? {
            writer.add(document?)?;
        }
    }
    writer.commit()?;
    let name = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let name = name.file_name().unwrap_or(folder.as_os_str());
    Ok(Set {
        name: Some(name.to_string_lossy().into_owned()),
        topics,
        qrels: qrels_read,
        searcher: index.searcher()?,
    })
}

/// The questions that have judgements.
fn judged(topics: Vec<Topic>, known: &Qrels, queries: &Path, qrels: &Path) -> Result<Vec<Topic>> {
    let count = topics.len();
    let is_judged = |topic: &Topic| known.contains_key(&topic.id);
    let topics: Vec<Topic> = topics.into_iter().filter(is_judged).collect();
    if topics.is_empty() {
        bail!(
            "no question of {} is judged in {}",
            queries.display(),
            qrels.display()
        );
    }
    match count - topics.len() {
        0 => {}
        1 => messages::note("1 question has no judgement and was left out"),
        more => messages::note(&format!(
            "{more} questions have no judgement and were left out"
        )),
    }
    Ok(topics)
}

fn measure(set: Set, args: &EvalArgs) -> Result<Figures> {
    let started = Instant::now();
    let rankings = rank(&set)?;
    let ms = started.elapsed().as_secs_f64() * 1e3 / set.topics.len() as f64;
    if let Some(path) = &args.run {
        if set.name.is_some() {
            fs::create_dir_all(path)
                .with_context(|| format!("{}: cannot create the folder", path.display()))?;
        }
        write_run(&run_file(path, &set), &set.topics, &rankings)?;
    }
    let ids = |ranking: Ranking| ranking.into_iter().map(|(id, _)| id).collect();
    let topics = set.topics.iter().map(|topic| topic.id.clone());
    let own: Run = topics.zip(rankings.into_iter().map(ids)).collect();
    let measured = set
        .topics
        .iter()
        .map(|topic| evaluation::measure(&own[&topic.id], &set.qrels[&topic.id]));
    let summary = evaluation::summary(&measured.collect::<Vec<_>>());
    let comparison = match &args.compare {
        Some(path) => {
            let path = run_file(path, &set);
            let other = evaluation::read_run(open(&path)?, &path.to_string_lossy())?;
            Some(evaluation::compare(&set.topics, &set.qrels, &other, &own))
        }
        None => None,
    };
    let means = evaluation::MEASURES
        .iter()
        .map(|&name| (name, summary[name]));
    Ok(Figures {
        name: set.name,
        questions: set.topics.len(),
        ms,
        means: means.collect(),
        comparison,
        searcher: set.searcher,
    })
}

/// Ranks for every question, on all processors.
fn rank(set: &Set) -> Result<Vec<Ranking>> {
    let threads = std::thread::available_parallelism().map_or(1, |threads| threads.get());
    let next = AtomicUsize::new(0);
    let work = || -> Result<Vec<(usize, Ranking)>> {
        let mut ranked = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(topic) = set.topics.get(at) else {
                return Ok(ranked);
            };
            let query = Query::parse(&topic.text).query;
            ranked.push((at, set.searcher.documents(&query, DEPTH)?));
        }
    };
    let mut rankings = vec![Vec::new(); set.topics.len()];
    std::thread::scope(|scope| -> Result<()> {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            let ranked = worker
                .join()
                .map_err(|_| anyhow::anyhow!("a thread stopped"))??;
            for (at, ranking) in ranked {
                rankings[at] = ranking;
            }
        }
        Ok(())
    })?;
    Ok(rankings)
}

/// A run's file: as typed, or named after the set in the folder that was typed.
fn run_file(path: &Path, set: &Set) -> PathBuf {
    match &set.name {
        Some(name) => path.join(format!("{name}.run")),
        None => path.to_owned(),
    }
}

fn write_run(path: &Path, topics: &[Topic], rankings: &[Ranking]) -> Result<()> {
    let cannot_write = || format!("{}: cannot write", path.display());
    let mut run = BufWriter::new(File::create(path).with_context(cannot_write)?);
    for (topic, ranking) in topics.iter().zip(rankings) {
        evaluation::write_run(&mut run, &topic.id, ranking).with_context(cannot_write)?;
    }
    run.flush().with_context(cannot_write)
}

fn open(path: &Path) -> Result<BufReader<File>> {
    let file = File::open(path).with_context(|| format!("{}: cannot read", path.display()))?;
    Ok(BufReader::new(file))
}
