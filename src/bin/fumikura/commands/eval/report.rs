//! The figures, for people and for programs.

use std::io::Write;

use anyhow::Result;
use fumikura::Searcher;
use fumikura::evaluation::{Change, Comparison, MEASURES};
use serde_json::{Map, Value, json};

use super::Figures;

/// Questions shown of those that gained and those that lost.
const CHANGES: usize = 5;
/// Characters shown of a document.
const BEGINNING_CHARS: usize = 40;

pub(super) fn json(mut out: impl Write, all: &[Figures]) -> Result<()> {
    let of_set = |figures: &Figures| {
        let means: Map<String, Value> = figures
            .means
            .iter()
            .map(|(name, mean)| ((*name).to_owned(), json!(mean)))
            .collect();
        let mut object =
            json!({ "queries": figures.questions, "measures": means, "ms_per_query": figures.ms });
        if let Some(name) = &figures.name {
            object["set"] = json!(name);
        }
        if let Some(comparison) = &figures.comparison {
            object["comparison"] = json!(comparison);
        }
        object
    };
    let object = match all {
        [figures] if figures.name.is_none() => of_set(figures),
        _ => json!({
            "sets": all.iter().map(of_set).collect::<Vec<_>>(),
            "mean": MEASURES.into_iter().zip(means(all)).collect::<std::collections::BTreeMap<_, _>>(),
        }),
    };
    serde_json::to_writer(&mut out, &object)?;
    writeln!(out)?;
    Ok(())
}

pub(super) fn text(mut out: impl Write, all: &[Figures]) -> Result<()> {
    for (number, figures) in all.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        if let Some(name) = &figures.name {
            write!(out, "{name}: ")?;
        }
        let (questions, ms) = (figures.questions, figures.ms);
        writeln!(
            out,
            "{questions} questions, {ms:.1} ms each; mean and 95 % interval"
        )?;
        for (name, mean) in &figures.means {
            writeln!(
                out,
                "{name:<11} {:.4}  {:.4} to {:.4}",
                mean.mean, mean.low, mean.high
            )?;
        }
        if let Some(comparison) = &figures.comparison {
            compared(&mut out, comparison, &figures.searcher)?;
        }
    }
    if all.len() > 1 {
        writeln!(out, "\nmean of {} sets", all.len())?;
        for (name, mean) in MEASURES.into_iter().zip(means(all)) {
            writeln!(out, "{name:<11} {mean:.4}")?;
        }
    }
    Ok(())
}

/// The mean over sets of each measure.
fn means(all: &[Figures]) -> Vec<f64> {
    let mean = |at: usize| {
        all.iter()
            .map(|figures| figures.means[at].1.mean)
            .sum::<f64>()
    };
    (0..MEASURES.len())
        .map(|at| mean(at) / all.len() as f64)
        .collect()
}

fn compared(mut out: impl Write, comparison: &Comparison, searcher: &Searcher) -> Result<()> {
    writeln!(
        out,
        "\nother run, this run, difference, probability that it is chance"
    )?;
    for difference in &comparison.differences {
        let (name, other, own) = (difference.measure, difference.other, difference.own);
        let p = difference.p;
        writeln!(
            out,
            "{name:<11} {other:.4}  {own:.4}  {:+.4}  {p:.4}",
            own - other
        )?;
    }
    for (what, changes) in [("gained", &comparison.gained), ("lost", &comparison.lost)] {
        if changes.is_empty() {
            continue;
        }
        let questions = if changes.len() == 1 {
            "question"
        } else {
            "questions"
        };
        writeln!(out, "\n{} {questions} {what}; most:", changes.len())?;
        for change in changes.iter().take(CHANGES) {
            changed(&mut out, change, searcher)?;
        }
    }
    Ok(())
}

/// A question, the ranks of its answer and the first hits.
fn changed(mut out: impl Write, change: &Change, searcher: &Searcher) -> Result<()> {
    let rank = |rank: Option<usize>| rank.map_or("-".to_owned(), |rank| rank.to_string());
    let (other, own) = (rank(change.other_rank), rank(change.own_rank));
    writeln!(out, "{other} → {own}  {}: {}", change.id, change.text)?;
    let firsts = [("other", &change.other_first), ("this", &change.own_first)];
    for (run, first) in firsts {
        if let Some(id) = first {
            writeln!(out, "    {run:<5}  {id}  {}", beginning(id, searcher))?;
        }
    }
    Ok(())
}

/// What can be read first of a document; nothing if the index does not have it.
fn beginning(id: &str, searcher: &Searcher) -> String {
    let Ok(shown) = searcher.show(id, "en") else {
        return String::new();
    };
    let text = shown
        .passages
        .first()
        .map(|shown| shown.passage.text.as_str());
    let all = [shown.document.title.as_str(), text.unwrap_or_default()].join(" ");
    let all = all.split_whitespace().collect::<Vec<_>>().join(" ");
    all.chars().take(BEGINNING_CHARS).collect()
}
