//! Evaluation: how good a ranking is, given questions and the documents that answer them.
//!
//! In: queries, judgements (qrels) and rankings. Out: the usual measures with intervals, the difference between two rankings, and runs in
//! TREC's format. All measures are over documents. Definitions are those of `trec_eval`: nDCG with gains as judged and a logarithmic discount (Järvelin and Kekäläinen
//! 2002), reciprocal rank of the first relevant document within ten, recall over all relevant documents.

mod compare;
mod files;

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

pub use compare::{Change, Comparison, Difference, compare};
pub use files::{read_qrels, read_run, read_topics, write_run};

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

/// Rankings: for each question, its documents, best first.
pub type Run = HashMap<String, Vec<String>>;

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
    let mut random = random();
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

/// Numbers that look random, the same ones every time: xorshift64 (Marsaglia 2003).
fn random() -> impl FnMut() -> u64 {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
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
}
