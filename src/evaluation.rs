//! Evaluation: how good a ranking is, given questions and the documents that answer them.
//!
//! In: queries, judgements (qrels) and rankings. Out: the usual measures with intervals, and runs in TREC's format. All measures are over
//! documents. Definitions are those of `trec_eval`: nDCG with gains as judged and a logarithmic discount (Järvelin and Kekäläinen
//! 2002), reciprocal rank of the first relevant document within ten, recall over all relevant documents.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, BufRead, Write};

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Topic {
    /// Its id.
    #[serde(alias = "_id")]
    pub id: String,
    /// Its text, as typed.
    pub text: String,
}

/// Judgements: for each question, the relevance of documents; above 0 is relevant.
pub type Qrels = HashMap<String, HashMap<String, u32>>;

/// A mean over questions with the middle 95 % of its bootstrap distribution.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Mean {
    /// The mean.
    pub mean: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// Names of the measures, in the order they are printed.
pub const MEASURES: [&str; 5] = ["nDCG@10", "MRR@10", "recall@10", "recall@100", "success@1"];

/// Reads questions, one JSON object with `id` and `text` a line.
///
/// # Errors
///
/// [`ErrorKind::Malformed`] with the line that is none.
pub fn read_topics(reader: impl BufRead, name: &str) -> Result<Vec<Topic>> {
    let mut topics = Vec::new();
    for (number, line) in lines(reader, name) {
        let line = line?;
        let topic = serde_json::from_str(&line).map_err(|cause| {
            Error::new(
                ErrorKind::Malformed,
                format!("{name}:{number}: no question with `id` and `text`"),
            )
            .with_source(cause)
        })?;
        topics.push(topic);
    }
    Ok(topics)
}

/// Reads judgements in TREC's format, `question 0 document relevance` a line.
///
/// # Errors
///
/// [`ErrorKind::Malformed`] with the line that is none.
pub fn read_qrels(reader: impl BufRead, name: &str) -> Result<Qrels> {
    let mut qrels = Qrels::new();
    for (number, line) in lines(reader, name) {
        let line = line?;
        let fields: Vec<&str> = line.split_whitespace().collect();
        let (&[topic, _, document, _], Some(Ok(relevance))) = (
            fields.as_slice(),
            fields.get(3).map(|field| field.parse::<i64>()),
        ) else {
            let message = format!("{name}:{number}: no judgement `question 0 document relevance`");
            return Err(Error::new(ErrorKind::Malformed, message));
        };
        let relevance = u32::try_from(relevance.max(0)).unwrap_or(u32::MAX);
        qrels
            .entry(topic.to_owned())
            .or_default()
            .insert(document.to_owned(), relevance);
    }
    Ok(qrels)
}

/// Lines that are not empty, numbered from 1.
fn lines(reader: impl BufRead, name: &str) -> impl Iterator<Item = (usize, Result<String>)> {
    reader
        .lines()
        .enumerate()
        .map(move |(index, line)| {
            let line = line.map_err(|cause| {
                Error::new(ErrorKind::Io, format!("{name}:{}: cannot read", index + 1))
                    .with_source(cause)
            });
            (index + 1, line)
        })
        .filter(|(_, line)| !matches!(line, Ok(line) if line.trim().is_empty()))
}

/// The measures of one ranking, best document first, in the order of [`MEASURES`].
pub fn measure(ranking: &[String], judged: &HashMap<String, u32>) -> [f64; 5] {
    let gain = |document: &String| judged.get(document).copied().unwrap_or(0);
    let relevant = judged
        .values()
        .filter(|&&relevance| relevance > 0)
        .count()
        .max(1) as f64;
    let discounted = |gains: &mut dyn Iterator<Item = u32>| -> f64 {
        gains
            .take(10)
            .enumerate()
            .map(|(rank, gain)| f64::from(gain) / (rank as f64 + 2.0).log2())
            .sum()
    };
    let mut ideal: Vec<u32> = judged.values().copied().collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let ideal = discounted(&mut ideal.into_iter());
    let found = |depth: usize| {
        ranking
            .iter()
            .take(depth)
            .filter(|document| gain(document) > 0)
            .count() as f64
    };
    let first = ranking
        .iter()
        .take(10)
        .position(|document| gain(document) > 0);
    [
        if ideal > 0.0 {
            discounted(&mut ranking.iter().map(gain)) / ideal
        } else {
            0.0
        },
        first.map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0)),
        found(10) / relevant,
        found(100) / relevant,
        found(1).min(1.0),
    ]
}

/// Resamples of the questions behind an interval.
const RESAMPLES: usize = 1000;

/// The mean of a measure over questions, with its interval: percentile bootstrap (Efron and Tibshirani 1993) from a fixed
/// seed, so that the same figures give the same interval.
pub fn mean(values: &[f64]) -> Mean {
    let count = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / count;
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = || {
        // xorshift64 (Marsaglia 2003)
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut means: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            values
                .iter()
                .map(|_| values[(random() % values.len() as u64) as usize])
                .sum::<f64>()
                / count
        })
        .collect();
    means.sort_unstable_by(f64::total_cmp);
    Mean {
        mean,
        low: means[RESAMPLES / 40],
        high: means[RESAMPLES - 1 - RESAMPLES / 40],
    }
}

/// Sums up the measures of all questions, by name.
pub fn summary(measured: &[[f64; 5]]) -> BTreeMap<&'static str, Mean> {
    let column = |at: usize| {
        measured
            .iter()
            .map(|values| values[at])
            .collect::<Vec<f64>>()
    };
    MEASURES
        .iter()
        .enumerate()
        .map(|(at, name)| (*name, mean(&column(at))))
        .collect()
}

/// Writes a ranking in TREC's run format.
///
/// # Errors
///
/// What the writer says.
pub fn write_run(mut out: impl Write, topic: &str, ranking: &[(String, f32)]) -> io::Result<()> {
    for (rank, (document, score)) in ranking.iter().enumerate() {
        writeln!(out, "{topic} Q0 {document} {} {score} fumikura", rank + 1)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranking(documents: &[&str]) -> Vec<String> {
        documents
            .iter()
            .map(|&document| document.to_owned())
            .collect()
    }

    #[test]
    fn measures_by_hand() {
        let judged = HashMap::from([
            ("a".to_owned(), 1),
            ("b".to_owned(), 1),
            ("c".to_owned(), 0),
        ]);
        let [ndcg, mrr, recall, _, success] = measure(&ranking(&["c", "a", "x"]), &judged);
        // Gain at rank 2 over the ideal gains at ranks 1 and 2.
        let ideal = 1.0 + 1.0 / 3f64.log2();
        assert!((ndcg - (1.0 / 3f64.log2()) / ideal).abs() < 1e-12);
        assert_eq!((mrr, recall, success), (0.5, 0.5, 0.0));
    }

    #[test]
    fn an_interval_holds_its_mean() {
        let values: Vec<f64> = (0..200).map(|at| f64::from(at % 2)).collect();
        let mean = mean(&values);
        assert_eq!(mean.mean, 0.5);
        assert!(
            mean.low > 0.4 && mean.low < 0.5 && mean.high > 0.5 && mean.high < 0.6,
            "{mean:?}"
        );
    }

    #[test]
    fn bad_lines_are_named() {
        let error = read_qrels("q1 0 d1 1\nq2 d2\n".as_bytes(), "qrels.txt").unwrap_err();
        assert_eq!(
            error.to_string(),
            "qrels.txt:2: no judgement `question 0 document relevance`"
        );
        assert!(read_topics("{\"id\": 1}".as_bytes(), "q.jsonl").is_err());
    }
}
