//! Learns what the evidence of the second stage weighs: `src/search/rescore/weights.tsv`.
//!
//! ```text
//! cargo run --release --example learn_ranking -- [--out weights.tsv] SET[+joined|+leads|+keywords]...
//! ```
//!
//! A set is a folder with `corpus.jsonl`, `queries.jsonl` and `qrels.txt`; from one with titles others are made (`sets.rs`): questions over
//! long documents, statements, keywords. Kinds and lengths belong together, or what is learned from one ruins the others. Sets whose
//! names begin alike up to the first `-` share texts: no set is scored with weights learned from one of its group. The dictionary
//! is built from the system's sources (`mecab-ipadic`).
//!
//! # How
//!
//! The weights that make the judged documents most likely under a softmax over the best passages of each query (listwise maximum
//! likelihood, Cao and others 2007), each set counting the same, none below 0 or above [`MOST`]: first over all sets, pulled towards the first stage alone
//! by their squares; then for each kind of query over the sets of that kind, pulled towards those of all. A set has the kind of most of its
//! queries, or a few misjudged ones would count as much as a set. Gradient descent with momentum; the same sets give the same weights.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod sets;

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use fumikura::{Analyzer, Dictionary, Explanation, Index, Query, QueryKind, WriterOptions};
use sets::Texts;

/// Passages of a query that are scored.
const DEPTH: usize = 100;
/// The best of them, among which the right one is to be told: what is further down is told apart by the first stage.
const COMPARED: usize = 10;
/// Queries that a set teaches, evenly chosen; all are scored.
const TAUGHT: usize = 1000;
/// Pull towards the first stage alone, per standard deviation of a piece of evidence.
const PULL: f64 = 0.0003;
/// Pull of a kind's weights towards those of all kinds.
const KIND_PULL: f64 = 0.001;
/// Weight of the first stage where the pull leads, per unit of a query's mean first score: BM25 alone.
const FIRST_STAGE: f64 = 3.0;
/// No piece of evidence weighs more beside the first stage, however few queries speak for it: none decides alone.
const MOST: f64 = 8.0;
const STEPS: usize = 3000;
const RATE: f64 = 0.1;
const KINDS: [QueryKind; 3] = [
    QueryKind::Keywords,
    QueryKind::Statement,
    QueryKind::Question,
];

/// A passage of a query: its document by number, whether it is judged relevant, the parts of its score.
struct Candidate {
    document: usize,
    relevant: bool,
    parts: Vec<f64>,
}

/// What a query found.
struct Found {
    kind: QueryKind,
    candidates: Vec<Candidate>,
}

struct Set {
    name: String,
    queries: Vec<Found>,
}

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let out = arguments
        .iter()
        .position(|argument| argument == "--out")
        .map(|at| {
            arguments.remove(at);
            arguments.remove(at)
        });
    let dictionary = dictionary();
    let mut names: Vec<String> = Vec::new();
    let sets: Vec<Set> = arguments
        .iter()
        .map(|argument| read_set(argument, &dictionary, &mut names))
        .collect();
    let all = learn_all(&sets, names.len(), None);
    println!(
        "{:<22} {:>7} {:>9} {:>9} {:>9}",
        "MRR@10", "queries", "1st stage", "left out", "all"
    );
    let first = KINDS.map(|_| {
        (0..names.len())
            .map(|at| f64::from(u8::from(at == 0)))
            .collect()
    });
    let mut without: BTreeMap<&str, [Vec<f64>; 3]> = BTreeMap::new();
    for set in &sets {
        let group = group(&set.name);
        let alone = without
            .entry(group)
            .or_insert_with(|| learn_all(&sets, names.len(), Some(group)));
        let [first, alone, own] =
            [&first, &*alone, &all].map(|weights| mean_reciprocal_rank(set, weights));
        let count = set.queries.len();
        println!(
            "{:<22} {count:>7} {first:>9.4} {alone:>9.4} {own:>9.4}",
            set.name
        );
    }
    let table = table(&names, &all);
    print!("{table}");
    if let Some(out) = out {
        fs::write(out, table).unwrap();
    }
}

/// Sets of one group share texts.
fn group(name: &str) -> &str {
    name.split('-').next().unwrap_or_default()
}

/// The weights of all kinds, relative to the first stage and rounded; without one group of sets.
fn learn_all(sets: &[Set], parts: usize, without: Option<&str>) -> [Vec<f64>; 3] {
    let others = |set: &&Set| without != Some(group(&set.name));
    let taught: Vec<(QueryKind, Vec<&Found>)> = sets.iter().filter(others).map(taught).collect();
    let of = |kind: Option<QueryKind>| -> Vec<&[&Found]> {
        let fits = taught
            .iter()
            .filter(|set| kind.is_none_or(|kind| kind == set.0));
        fits.map(|(_, queries)| queries.as_slice()).collect()
    };
    let mut first_stage = vec![0.0; parts];
    first_stage[0] = FIRST_STAGE;
    let shared = learn(&of(None), &first_stage, PULL);
    KINDS.map(|kind| {
        let learned = learn(&of(Some(kind)), &shared, KIND_PULL);
        let relative = learned.iter().map(|weight| weight / learned[0]);
        relative
            .map(|weight| (weight * 20.0).round() / 20.0)
            .collect()
    })
}

/// The kind of most queries of a set, and what it teaches of that kind.
fn taught(set: &Set) -> (QueryKind, Vec<&Found>) {
    let teaches = |query: &&Found| query.compared().iter().any(|c| c.relevant);
    let able: Vec<&Found> = set.queries.iter().filter(teaches).collect();
    let count = |kind: &QueryKind| able.iter().filter(|query| query.kind == *kind).count();
    let kind = KINDS.into_iter().max_by_key(count).unwrap_or_default();
    let fits: Vec<&Found> = able
        .into_iter()
        .filter(|query| query.kind == kind)
        .collect();
    let step = fits.len().div_ceil(TAUGHT).max(1);
    (kind, fits.into_iter().step_by(step).collect())
}

/// The most likely weights for queries, set by set, pulled towards others.
fn learn(sets: &[&[&Found]], towards: &[f64], pull: f64) -> Vec<f64> {
    let parts = towards.len();
    let deviations = deviations(sets, parts);
    let aim: Vec<f64> = towards
        .iter()
        .zip(&deviations)
        .map(|(w, d)| w * d)
        .collect();
    let mut scaled = aim.clone();
    let mut momentum = vec![0.0; parts];
    for _ in 0..STEPS {
        let mut gradient = vec![0.0; parts];
        for set in sets {
            for query in *set {
                let share = 1.0 / (sets.len() * set.len()) as f64;
                descend(query, &scaled, &deviations, share, &mut gradient);
            }
        }
        for at in 0..parts {
            let slope = gradient[at] + 2.0 * pull * (scaled[at] - aim[at]);
            momentum[at] = 0.9 * momentum[at] - RATE * slope;
            // The other weights are relative to that of the first stage.
            let (least, most) = match at {
                0 => (0.5 * aim[0], f64::INFINITY),
                _ => (0.0, MOST * scaled[0] / deviations[0] * deviations[at]),
            };
            let next = scaled[at] + momentum[at];
            scaled[at] = next.clamp(least, most);
            if scaled[at] != next {
                momentum[at] = 0.0;
            }
        }
    }
    scaled.iter().zip(&deviations).map(|(w, d)| w / d).collect()
}

/// Standard deviation of each part within a query, over those in which it varies; 1 where it never does.
fn deviations(sets: &[&[&Found]], parts: usize) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); parts];
    for query in sets.iter().copied().flatten() {
        let compared = query.compared();
        let count = compared.len() as f64;
        for (at, (sum, varies)) in sums.iter_mut().enumerate() {
            let values = || compared.iter().map(|candidate| candidate.parts[at]);
            let mean = values().sum::<f64>() / count;
            let variance = values().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
            if variance > 1e-12 {
                *sum += variance;
                *varies += 1.0;
            }
        }
    }
    let deviation = |(sum, varies): (f64, f64)| {
        if varies > 0.0 {
            (sum / varies).sqrt()
        } else {
            1.0
        }
    };
    sums.into_iter().map(deviation).collect()
}

/// Adds a query's part of the gradient: expected evidence of all passages less that of the relevant ones.
fn descend(query: &Found, scaled: &[f64], deviations: &[f64], share: f64, gradient: &mut [f64]) {
    let score = |candidate: &Candidate| -> f64 {
        let parts = candidate.parts.iter().zip(scaled).zip(deviations);
        parts
            .map(|((part, weight), deviation)| part * weight / deviation)
            .sum()
    };
    let compared = query.compared();
    let scores: Vec<f64> = compared.iter().map(score).collect();
    let best = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let likely: Vec<f64> = scores.iter().map(|score| (score - best).exp()).collect();
    let total: f64 = likely.iter().sum();
    let right = compared.iter().zip(&likely);
    let right = right.filter(|(candidate, _)| candidate.relevant);
    let right: f64 = right.map(|(_, likely)| likely).sum::<f64>().max(1e-300);
    for (candidate, likely) in compared.iter().zip(&likely) {
        let of_right = if candidate.relevant {
            likely / right
        } else {
            0.0
        };
        let pull = share * (likely / total - of_right);
        for (at, part) in candidate.parts.iter().enumerate() {
            gradient[at] += pull * part / deviations[at];
        }
    }
}

/// MRR@10 over documents, each at its best passage.
fn mean_reciprocal_rank(set: &Set, weights: &[Vec<f64>; 3]) -> f64 {
    let rank = |query: &Found| {
        let weights = &weights[query.kind as usize];
        let mut documents: HashMap<usize, (f64, bool)> = HashMap::new();
        for candidate in &query.candidates {
            let score: f64 = candidate
                .parts
                .iter()
                .zip(weights)
                .map(|(p, w)| p * w)
                .sum();
            let best = documents
                .entry(candidate.document)
                .or_insert((score, candidate.relevant));
            best.0 = best.0.max(score);
        }
        let right = documents.values().filter(|(_, relevant)| *relevant);
        let right = right
            .map(|(score, _)| *score)
            .fold(f64::NEG_INFINITY, f64::max);
        let before = documents
            .values()
            .filter(|(score, _)| *score > right)
            .count();
        if right.is_finite() && before < 10 {
            1.0 / (before + 1) as f64
        } else {
            0.0
        }
    };
    set.queries.iter().map(rank).sum::<f64>() / set.queries.len() as f64
}

fn table(names: &[String], weights: &[Vec<f64>; 3]) -> String {
    let mut table = String::from(
        "# What each piece of evidence weighs beside the sum of the terms, by the kind of the query. Made by\n\
         # examples/learn_ranking.rs; the command and its figures are in docs/ranking.md. Licence: that of the project.\n\
         # evidence\tkeywords\tstatement\tquestion\n",
    );
    // The first part is the first stage itself.
    for (at, name) in names.iter().enumerate().skip(1) {
        let [keywords, statement, question] = weights.each_ref().map(|weights| weights[at]);
        table += &format!("{name}\t{keywords}\t{statement}\t{question}\n");
    }
    table
}

fn read_set(argument: &str, dictionary: &Path, names: &mut Vec<String>) -> Set {
    let analyzer = Analyzer::new(Dictionary::open(dictionary).unwrap());
    let (folder, made) = argument.split_once('+').unwrap_or((argument, ""));
    let texts = Texts::read(Path::new(folder));
    let texts = match made {
        "" => texts,
        "joined" => texts.joined(),
        "leads" => texts.leads(),
        "keywords" => texts.keywords(&analyzer),
        _ => panic!("`{argument}`: joined, leads and keywords can be made from a set"),
    };
    let index = Index::in_memory(analyzer);
    let mut writer = index.writer(&WriterOptions::default()).unwrap();
    for document in texts.documents {
        writer.add(document).unwrap();
    }
    writer.commit().unwrap();
    let searcher = index.searcher().unwrap();
    let mut queries = Vec::new();
    for topic in &texts.topics {
        let Some(judged) = texts.qrels.get(&topic.id) else {
            continue;
        };
        let mut explained = searcher
            .explain(&Query::parse(&topic.text).query, usize::MAX)
            .unwrap();
        let first_stage = |explanation: &Explanation| explanation.parts[0].value;
        explained.sort_by(|(_, a), (_, b)| first_stage(b).total_cmp(&first_stage(a)));
        explained.truncate(DEPTH);
        if let (true, Some((_, explanation))) = (names.is_empty(), explained.first()) {
            names.extend(explanation.parts.iter().map(|part| part.name.clone()));
        }
        queries.push(Found::new(&explained, judged));
    }
    let name = argument.rsplit('/').next().unwrap_or_default().to_owned();
    Set { name, queries }
}

impl Found {
    /// The passages that are compared.
    fn compared(&self) -> &[Candidate] {
        &self.candidates[..self.candidates.len().min(COMPARED)]
    }

    fn new(explained: &[(String, Explanation)], judged: &HashMap<String, u32>) -> Self {
        // What a query is worth differs much from query to query; the order within one does not depend on it.
        let first = explained
            .iter()
            .map(|(_, explanation)| explanation.parts[0].value);
        let unit = f64::from(first.sum::<f32>()) / explained.len().max(1) as f64;
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let candidate = |(document, explanation): &'_ (String, Explanation), number: usize| {
            let parts = explanation
                .parts
                .iter()
                .map(|part| f64::from(part.value) / unit.max(1e-6));
            Candidate {
                document: number,
                relevant: judged.get(document).is_some_and(|relevance| *relevance > 0),
                parts: parts.collect(),
            }
        };
        let mut candidates = Vec::with_capacity(explained.len());
        for found in explained {
            let next = numbers.len();
            let number = *numbers.entry(&found.0).or_insert(next);
            candidates.push(candidate(found, number));
        }
        let kind = explained.first().map(|(_, explanation)| explanation.kind);
        Found {
            kind: kind.unwrap_or_default(),
            candidates,
        }
    }
}

fn dictionary() -> PathBuf {
    let folder = std::env::temp_dir().join("fumikura-learn-ranking-dictionary");
    if Dictionary::open(&folder).is_err() {
        Dictionary::build(Path::new("/usr/share/mecab/dic/ipadic"), &folder)
            .expect("install the package mecab-ipadic");
    }
    folder
}
