//! What was found by fuzzing and by hand, each with the smallest input that showed it.

#![cfg(feature = "ja")]
#![allow(clippy::unwrap_used)]

mod common;

use std::time::{Duration, Instant};

use fumikura::{Country, Document, Finder, Metadata, Source, passages};

fn read(name: &str, text: &str) -> Vec<Document> {
    let documents = Source::from_bytes(name, text).read().unwrap();
    documents.map(Result::unwrap).collect()
}

#[test]
fn a_mark_without_a_letter_is_no_word() {
    // A stroke that only lengthens an Arabic word, a vowel sign, a long vowel that lengthens nothing.
    for (text, language) in [
        ("\u{640}", Some("ar")),
        ("$\u{640}", None),
        ("\u{64b}\u{640}", Some("fa")),
        ("か ー", Some("ja")),
    ] {
        let analysis = common::analyzer().analyze(text, language);
        for tokens in [&analysis.words, &analysis.grams, &analysis.readings] {
            assert!(
                tokens.iter().all(|token| !token.term.is_empty()),
                "{text:?}: {tokens:?}"
            );
        }
    }
}

#[test]
fn exported_passages_that_do_not_fit_their_text_are_cut_anew() {
    let record = |text: &str, cuts: [(usize, usize, usize); 2]| {
        let cuts = cuts.map(|(bytes, start, end)| {
            format!("{{\"bytes\": {bytes}, \"start\": {start}, \"end\": {end}, \"line\": 1}}")
        });
        let passages = cuts.join(",");
        format!(
            "{{\"text\": \"{text}\", \"exported\": {{\"path\": \"a\", \"passages\": [{passages}]}}}}"
        )
    };
    // As exported; within a character; nothing between; backwards.
    for (text, cuts, is_kept) in [
        ("一つ\\n\\n二つ", [(6, 0, 6), (6, 8, 14)], true),
        ("一つ\\n\\n二つ", [(5, 0, 6), (7, 8, 14)], false),
        ("一つの会談", [(6, 0, 6), (7, 8, 14)], false),
        ("一つ\\n\\n二つ", [(6, 6, 0), (6, 8, 14)], false),
    ] {
        let documents = read("a.jsonl", &record(text, cuts));
        assert_eq!(!documents[0].cuts.is_empty(), is_kept, "{cuts:?}");
        let shown: String = passages(&documents[0])
            .map(|passage| passage.text)
            .collect();
        assert!(
            shown.starts_with("一つ") && shown.contains(['二', '談']),
            "{shown}"
        );
    }
}

#[test]
fn long_lists_of_unknown_names_cost_little() {
    let start = Instant::now();
    for number in 0..2_000 {
        assert_eq!(Country::named(&format!("国{number}")), None);
    }
    let metadata = Metadata {
        country: (0..100_000).map(|number| format!("国{number}")).collect(),
        year: vec!["2000..2299".to_owned(); 100_000],
        topic: (0..100_000).map(|number| format!("題{number}")).collect(),
        ..Metadata::default()
    };
    let (facets, complaints) = Finder::new().declared(&metadata);
    assert_eq!(
        (facets.years.len(), complaints.len()),
        (300, 2 * (8 + 2) + 1)
    );
    assert!(
        start.elapsed() < Duration::from_secs(60),
        "{:?}",
        start.elapsed()
    );
}
