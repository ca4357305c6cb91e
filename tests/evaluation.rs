//! The figures of `fumikura eval` are those of a public evaluator. Skipped where Python and `ir_measures` are not installed.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::collections::HashMap;
use std::fs;
use std::process::Command;

use fumikura::evaluation::{MEASURES, measure, read_qrels, read_run, summary, write_run};

/// Prints the mean of each measure, in the order of `MEASURES`.
const EVALUATOR: &str = "
import sys, ir_measures
from ir_measures import nDCG, RR, R, Success
qrels = list(ir_measures.read_trec_qrels(sys.argv[1]))
run = list(ir_measures.read_trec_run(sys.argv[2]))
measures = [nDCG@10, RR@10, R@10, R@100, Success@1]
means = ir_measures.calc_aggregate(measures, qrels, run)
print(*[means[measure] for measure in measures])
";

/// Judgements and a run with graded relevance, ties in score, several relevant documents and questions that find nothing.
fn files() -> (String, String) {
    let mut state = 7u32;
    let mut random = |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) % below
    };
    let (mut qrels, mut run) = (String::new(), Vec::new());
    for question in 0..60 {
        let mut judged = vec![];
        for _ in 0..=random(4) {
            let document = random(150);
            if !judged.contains(&document) {
                judged.push(document);
                qrels += &format!("q{question} 0 d{document} {}\n", random(4));
            }
        }
        let ranking: Vec<(String, f32)> = (0..120)
            .map(|rank| {
                (
                    format!("d{}", (rank * 7 + question) % 150),
                    (120 - rank / 3) as f32,
                )
            })
            .collect();
        write_run(&mut run, &format!("q{question}"), &ranking).unwrap();
    }
    (qrels, String::from_utf8(run).unwrap())
}

#[test]
fn figures_are_those_of_ir_measures() {
    let folder = tempfile::tempdir().unwrap();
    let (qrels, run) = files();
    let paths = ["qrels.txt", "a.run"].map(|name| folder.path().join(name));
    fs::write(&paths[0], &qrels).unwrap();
    fs::write(&paths[1], &run).unwrap();
    let python = Command::new("python3")
        .args(["-c", EVALUATOR])
        .args(&paths)
        .output();
    let Some(python) = python.ok().filter(|output| output.status.success()) else {
        eprintln!("skipped: no python3 with ir_measures (pip install ir-measures)");
        return;
    };
    let qrels = read_qrels(qrels.as_bytes(), "qrels.txt").unwrap();
    let run: HashMap<String, Vec<String>> = read_run(run.as_bytes(), "a.run").unwrap();
    let measured: Vec<[f64; 5]> = qrels
        .iter()
        .map(|(id, judged)| measure(&run[id], judged))
        .collect();
    let own = summary(&measured);
    let theirs = String::from_utf8(python.stdout).unwrap();
    let theirs: Vec<f64> = theirs
        .split_whitespace()
        .map(|mean| mean.parse().unwrap())
        .collect();
    for (name, theirs) in MEASURES.iter().zip(theirs) {
        let own = own[name].mean;
        assert!(
            (own - theirs).abs() < 1e-6,
            "{name}: {own} here, {theirs} there"
        );
    }
}
