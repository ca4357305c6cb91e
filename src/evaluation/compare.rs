//! Two rankings of the same questions: is one better, and where.
//!
//! In: questions, judgements and two runs. Out: [`Comparison`]. Whether a difference may be chance is told by a randomisation test
//! (Smucker, Allan and Carterette 2007): how often is the mean difference as large if every question's two results are
//! swapped at random.

use serde::Serialize;

use super::{MEASURES, Qrels, Run, Topic, measure, random};

/// Random swaps behind a probability.
const SWAPS: usize = 5_000;
/// The measure by which questions gain and lose: MRR@10.
const BY: usize = 1;

/// What is different between two runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// One for each of [`MEASURES`].
    pub differences: Vec<Difference>,
    /// Questions that gained, most first.
    pub gained: Vec<Change>,
    /// Questions that lost, most first.
    pub lost: Vec<Change>,
}

/// The difference in one measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// Name of the measure.
    pub measure: &'static str,
    /// Mean of the other run.
    pub other: f64,
    /// Mean of this run.
    pub own: f64,
    /// Probability that a difference as large is chance.
    pub p: f64,
}

/// A question whose answer moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Rank of its first relevant document in the other run, if it has one.
    pub other_rank: Option<usize>,
    /// Rank of its first relevant document in this run.
    pub own_rank: Option<usize>,
    /// First document of the other run.
    pub other_first: Option<String>,
    /// First document of this run.
    pub own_first: Option<String>,
}

/// Compares two runs on the judged questions; a question that a run lacks found nothing there.
pub fn compare(topics: &[Topic], qrels: &Qrels, other: &Run, own: &Run) -> Comparison {
    let mut pairs: Vec<([f64; 5], [f64; 5])> = Vec::new();
    let mut changes: Vec<(f64, Change)> = Vec::new();
    for topic in topics {
        let Some(judged) = qrels.get(&topic.id) else {
            continue;
        };
        let of = |run: &Run| run.get(&topic.id).cloned().unwrap_or_default();
        let (other, own) = (of(other), of(own));
        let measured = (measure(&other, judged), measure(&own, judged));
        let gain = measured.1[BY] - measured.0[BY];
        pairs.push(measured);
        let is_relevant = |id: &String| judged.get(id).is_some_and(|relevance| *relevance > 0);
        let rank = |run: &[String]| run.iter().position(is_relevant).map(|at| at + 1);
        changes.push((
            gain,
            Change {
                id: topic.id.clone(),
                text: topic.text.clone(),
                other_rank: rank(&other),
                own_rank: rank(&own),
                other_first: other.into_iter().next(),
                own_first: own.into_iter().next(),
            },
        ));
    }
    changes.sort_by(|a, b| b.0.total_cmp(&a.0));
    let gained = changes.iter().filter(|(gain, _)| *gain > 0.0);
    let lost = changes.iter().rev().filter(|(gain, _)| *gain < 0.0);
    let differences = MEASURES.iter().enumerate().map(|(at, &measure)| {
        let (other, own): (Vec<f64>, Vec<f64>) = pairs
            .iter()
            .map(|(other, own)| (other[at], own[at]))
            .unzip();
        Difference {
            measure,
            other: average(&other),
            own: average(&own),
            p: chance(&other, &own),
        }
    });
    Comparison {
        differences: differences.collect(),
        gained: gained.map(|(_, change)| change.clone()).collect(),
        lost: lost.map(|(_, change)| change.clone()).collect(),
    }
}

fn average(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Share of random swaps that give a difference at least as large.
fn chance(other: &[f64], own: &[f64]) -> f64 {
    // Questions without a difference stay what they are in every swap.
    let gains: Vec<f64> = own
        .iter()
        .zip(other)
        .map(|(own, other)| own - other)
        .filter(|gain| *gain != 0.0)
        .collect();
    let seen = gains.iter().sum::<f64>().abs();
    let mut random = random();
    let as_large = (0..SWAPS).filter(|_| {
        let swapped = gains.iter().map(|gain| match random() >> 63 {
            0 => *gain,
            _ => -gain,
        });
        swapped.sum::<f64>().abs() >= seen - 1e-9
    });
    (as_large.count() + 1) as f64 / (SWAPS + 1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(firsts: &[&str]) -> Run {
        let run = |(number, first): (usize, &&str)| (number.to_string(), vec![(*first).to_owned()]);
        firsts.iter().enumerate().map(run).collect()
    }

    #[test]
    fn gains_losses_and_chance() {
        let topics: Vec<Topic> = (0..20)
            .map(|number| Topic {
                id: number.to_string(),
                text: format!("question {number}"),
            })
            .collect();
        let right = |topic: &Topic| {
            let judged = std::collections::HashMap::from([("right".to_owned(), 1)]);
            (topic.id.clone(), judged)
        };
        let qrels: Qrels = topics.iter().map(right).collect();
        let worse = runs(&["wrong"; 20]);
        let mut firsts = ["right"; 20];
        firsts[19] = "wrong";
        let better = runs(&firsts);
        let found = compare(&topics, &qrels, &worse, &better);
        assert_eq!((found.gained.len(), found.lost.len()), (19, 0));
        assert_eq!(
            (found.gained[0].other_rank, found.gained[0].own_rank),
            (None, Some(1))
        );
        assert!((found.differences[1].own - 0.95).abs() < 1e-12);
        assert!(found.differences[1].p < 0.01, "{}", found.differences[1].p);
        let same = compare(&topics, &qrels, &better, &better);
        assert_eq!(
            (same.differences[0].p, same.gained, same.lost),
            (1.0, vec![], vec![])
        );
    }
}
