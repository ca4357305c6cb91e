//! How well countries, years and topics are found, on passages that were labelled by hand before the finders saw them.
//!
//! `cargo test --test facets -- --nocapture` prints precision and recall of each facet and language, and every mistake.
//!
//! `facets/LANGUAGE.jsonl` has a passage a line: `text`, perhaps with the `title` and `heading` above it, its
//! `language`, and what a careful reader finds: `countries` as codes, `years` as numbers and ranges (`"2020-2024"`),
//! `topics` as paths, and `why` where that is not plain. Only main topics are counted, because readers differ on those
//! below. Every other line (the first, the third) may be used to choose terms and thresholds of topics; the others are
//! held out, and what is required of topics is required of them.
//!
//! Origin of the passages: written for this project, free to use under its licence.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::fs;

use fumikura::{Facets, Finder};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Passage {
    text: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    heading: String,
    language: String,
    countries: Vec<String>,
    years: Vec<Years>,
    topics: Vec<String>,
    #[serde(default)]
    why: String,
    /// `vi:12`, where to find it.
    #[serde(skip)]
    place: String,
    /// Whether nothing was chosen by it.
    #[serde(skip)]
    is_held_out: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Years {
    One(i32),
    Range(String),
}

impl Passage {
    fn years(&self) -> BTreeSet<i32> {
        let range = |years: &Years| match years {
            Years::One(year) => *year..=*year,
            Years::Range(range) => {
                let (first, last) = range.split_once('-').unwrap();
                first.parse().unwrap()..=last.parse().unwrap()
            }
        };
        self.years.iter().flat_map(range).collect()
    }

    fn found(&self, finder: &Finder) -> Facets {
        finder.find_below(&self.text, &format!("{}\n{}", self.title, self.heading))
    }
}

fn passages() -> Vec<Passage> {
    let mut paths: Vec<_> = fs::read_dir(common::repository("tests/facets"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "jsonl")
        })
        .collect();
    paths.sort();
    let mut passages = Vec::new();
    for path in paths {
        let name = path.file_stem().unwrap().to_str().unwrap();
        for (i, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            let mut passage: Passage = serde_json::from_str(line)
                .unwrap_or_else(|error| panic!("{name}:{}: {error}", i + 1));
            passage.place = format!("{name}:{}", i + 1);
            passage.is_held_out = i % 2 == 1;
            passages.push(passage);
        }
    }
    passages
}

/// Values that were found rightly, found wrongly, and missed.
#[derive(Default, Clone, Copy)]
struct Tally {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Tally {
    fn precision(&self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    fn recall(&self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    fn f1(&self) -> f64 {
        share(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }
}

fn share(part: usize, all: usize) -> f64 {
    if all == 0 {
        1.0
    } else {
        part as f64 / all as f64
    }
}

/// The tallies of one facet by language, and its mistakes.
#[derive(Default)]
struct Report {
    languages: BTreeMap<String, Tally>,
    mistakes: Vec<String>,
}

impl Report {
    fn add<T: Ord + Display>(
        &mut self,
        passage: &Passage,
        expected: &BTreeSet<T>,
        found: &BTreeSet<T>,
    ) {
        let list = |values: Vec<&T>| {
            values
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(" ")
        };
        let (wrong, missed): (Vec<_>, Vec<_>) = (
            found.difference(expected).collect(),
            expected.difference(found).collect(),
        );
        let tally = self.languages.entry(passage.language.clone()).or_default();
        tally.right += found.intersection(expected).count();
        tally.wrong += wrong.len();
        tally.missed += missed.len();
        if !wrong.is_empty() || !missed.is_empty() {
            let text: String = passage.text.chars().take(60).collect();
            self.mistakes.push(format!(
                "{}: wrong [{}], missed [{}]: {} ({})",
                passage.place,
                list(wrong),
                list(missed),
                text.replace('\n', " "),
                passage.why
            ));
        }
    }

    fn total(&self) -> Tally {
        let sum = |sum: Tally, tally: &Tally| Tally {
            right: sum.right + tally.right,
            wrong: sum.wrong + tally.wrong,
            missed: sum.missed + tally.missed,
        };
        self.languages.values().fold(Tally::default(), sum)
    }

    fn print(&self, name: &str) {
        println!("\n{name:24} precision  recall     F1   right wrong missed");
        let all = self.total();
        for (language, tally) in self
            .languages
            .iter()
            .map(|(l, t)| (l.as_str(), t))
            .chain([("all", &all)])
        {
            println!(
                "  {language:22} {:9.3} {:7.3} {:6.3} {:7} {:5} {:6}",
                tally.precision(),
                tally.recall(),
                tally.f1(),
                tally.right,
                tally.wrong,
                tally.missed
            );
        }
        for mistake in &self.mistakes {
            println!("  {mistake}");
        }
    }
}

fn main_topics<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<&'a str> {
    paths.filter_map(|path| path.split('/').next()).collect()
}

#[test]
fn labelled_passages() {
    let passages = passages();
    assert!(passages.len() >= 330, "{}", passages.len());
    let finder = Finder::new();
    let [mut countries, mut years, mut calibration, mut held_out] =
        [(); 4].map(|()| Report::default());
    for passage in &passages {
        let found = passage.found(&finder);
        countries.add(
            passage,
            &passage.countries.iter().cloned().collect(),
            &found
                .countries
                .iter()
                .map(|found| found.value.to_string())
                .collect(),
        );
        years.add(
            passage,
            &passage.years(),
            &found.years.iter().map(|found| found.value).collect(),
        );
        let topics = if passage.is_held_out {
            &mut held_out
        } else {
            &mut calibration
        };
        topics.add(
            passage,
            &main_topics(passage.topics.iter().map(String::as_str)),
            &main_topics(found.topics.iter().map(|found| found.value.as_str())),
        );
    }
    countries.print("countries");
    years.print("years");
    calibration.print("topics, calibration half");
    held_out.print("topics, held-out half");
    assert!(countries.total().precision() >= 0.98 && countries.total().recall() >= 0.95);
    assert!(years.total().precision() >= 0.99 && years.total().recall() >= 0.97);
    assert!(held_out.total().f1() >= 0.80);
}

/// The labels themselves: known codes and paths.
#[test]
fn labels_are_values_of_the_facets() {
    let mut languages = BTreeSet::new();
    for passage in passages() {
        for code in &passage.countries {
            assert!(
                fumikura::Country::from_code(code).is_some(),
                "{}: {code}",
                passage.place
            );
        }
        for path in &passage.topics {
            let known = fumikura::facet::topic::resolve(path);
            assert_eq!(known, Some(path.as_str()), "{}", passage.place);
        }
        languages.insert(passage.language);
    }
    assert!(languages.len() >= 8, "{languages:?}");
}
