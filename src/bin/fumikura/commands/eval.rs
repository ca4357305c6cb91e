//! `fumikura eval`: how good the ranking is on a set of questions.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use fumikura::{Query, evaluation};
use serde_json::json;

use super::Outcome;
use crate::args::EvalArgs;
use crate::messages;

/// Documents per question.
const DEPTH: usize = 100;

pub(crate) fn run(args: &EvalArgs) -> Result<Outcome> {
    let topics = evaluation::read_topics(open(&args.queries)?, &args.queries.to_string_lossy())?;
    let qrels = evaluation::read_qrels(open(&args.qrels)?, &args.qrels.to_string_lossy())?;
    let searcher = super::open(&args.index.index)?.searcher()?;
    let mut run = match &args.run {
        Some(path) => {
            let file =
                File::create(path).with_context(|| format!("{}: cannot write", path.display()))?;
            Some(BufWriter::new(file))
        }
        None => None,
    };
    let started = Instant::now();
    let mut measured = Vec::new();
    for topic in &topics {
        let Some(judged) = qrels.get(&topic.id) else {
            continue;
        };
        let ranking = searcher.documents(&Query::parse(&topic.text).query, DEPTH)?;
        if let Some(run) = &mut run {
            evaluation::write_run(run, &topic.id, &ranking).context("cannot write the run")?;
        }
        let documents: Vec<String> = ranking.into_iter().map(|(document, _)| document).collect();
        measured.push(evaluation::measure(&documents, judged));
    }
    if let Some(mut run) = run {
        run.flush().context("cannot write the run")?;
    }
    if measured.is_empty() {
        bail!(
            "no question of {} is judged in {}",
            args.queries.display(),
            args.qrels.display()
        );
    }
    match topics.len() - measured.len() {
        0 => {}
        1 => messages::note("1 question has no judgement and was left out"),
        more => messages::note(&format!(
            "{more} questions have no judgement and were left out"
        )),
    }
    let summary = evaluation::summary(&measured);
    let ms = started.elapsed().as_secs_f64() * 1e3 / measured.len() as f64;
    let mut out = std::io::stdout().lock();
    if args.json {
        serde_json::to_writer(
            &mut out,
            &json!({ "queries": measured.len(), "measures": summary, "ms_per_query": ms }),
        )?;
        writeln!(out)?;
    } else {
        writeln!(
            out,
            "{} questions, {ms:.1} ms each; mean and 95 % interval",
            measured.len()
        )?;
        for name in evaluation::MEASURES {
            let mean = summary[name];
            writeln!(
                out,
                "{name:<11} {:.4}  {:.4} to {:.4}",
                mean.mean, mean.low, mean.high
            )?;
        }
    }
    Ok(Outcome::Done)
}

fn open(path: &Path) -> Result<BufReader<File>> {
    let file = File::open(path).with_context(|| format!("{}: cannot read", path.display()))?;
    Ok(BufReader::new(file))
}
