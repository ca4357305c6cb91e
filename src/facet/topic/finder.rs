//! Topics of a text, by terms.
//!
//! In: a folded text. Out: at most three topics, strongest first, each with the place of its first term. The score of a
//! topic is the sum of the weights of its different terms that occur; how often they occur counts only in ties. To
//! replace the scoring, replace this file.

use std::collections::BTreeMap;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use super::Taxonomy;
use crate::facet::Found;
use crate::facet::fold::{Folded, fold};

/// Weights of strong, medium and weak terms.
const WEIGHTS: [u32; 3] = [3, 2, 1];

/// Least score of a topic: one strong term, or a medium and another, or three weak ones.
const MIN_SCORE: u32 = 3;

/// Topics of one text at most.
const MAX_TOPICS: usize = 3;

/// A topic below this share of the best one's score (in %) is a side remark.
const MIN_SHARE_PERCENT: u32 = 40;

/// Finds topics in texts.
pub(in crate::facet) struct TopicFinder {
    /// `None` for a taxonomy without terms.
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// For each term the topics it shows, with its weight there.
    terms: Vec<Vec<(usize, u32)>>,
    paths: Vec<String>,
}

#[derive(Debug, Default, Clone)]
struct Score {
    /// Terms that occurred, few enough for a list.
    terms: Vec<usize>,
    score: u32,
    found: Option<Found<String>>,
}

impl TopicFinder {
    pub(in crate::facet) fn new(taxonomy: &Taxonomy) -> Self {
        let mut terms: BTreeMap<String, Vec<(usize, u32)>> = BTreeMap::new();
        for (id, topic) in taxonomy.topics.iter().enumerate() {
            for (list, weight) in [&topic.strong, &topic.medium, &topic.weak]
                .into_iter()
                .zip(WEIGHTS)
            {
                for term in list {
                    terms.entry(fold(term)).or_default().push((id, weight));
                }
            }
        }
        let patterns = terms.keys().zip(0u32..);
        TopicFinder {
            automaton: CharwiseDoubleArrayAhoCorasickBuilder::new()
                .match_kind(MatchKind::LeftmostLongest)
                .build_with_values(patterns)
                .ok(),
            paths: taxonomy.paths().map(str::to_owned).collect(),
            terms: terms.into_values().collect(),
        }
    }

    pub(in crate::facet) fn find(&self, text: &Folded) -> Vec<Found<String>> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        let mut scores: BTreeMap<usize, Score> = BTreeMap::new();
        for found in automaton.leftmost_find_iter(&text.text) {
            let (range, term) = (found.start()..found.end(), found.value() as usize);
            if !is_whole(&text.text, range.start, range.end) {
                continue;
            }
            for &(topic, weight) in self.terms.get(term).map(Vec::as_slice).unwrap_or_default() {
                let score = scores.entry(topic).or_default();
                if !score.terms.contains(&term) {
                    score.terms.push(term);
                    score.score += weight;
                }
                match &mut score.found {
                    Some(found) => found.count += 1,
                    None => {
                        score.found = Some(Found::in_text(
                            self.paths[topic].clone(),
                            text.original_range(&range),
                        ));
                    }
                }
            }
        }
        let mut scores: Vec<Score> = scores
            .into_values()
            .filter(|score| score.score >= MIN_SCORE)
            .collect();
        scores.sort_by_key(|score| {
            std::cmp::Reverse((
                score.score,
                score.found.as_ref().map_or(0, |found| found.count),
            ))
        });
        let best = scores.first().map_or(0, |score| score.score);
        scores.retain(|score| score.score * 100 >= best * MIN_SHARE_PERCENT);
        scores
            .into_iter()
            .filter_map(|score| score.found)
            .take(MAX_TOPICS)
            .collect()
    }
}

/// Whether a term is no part of a longer word: Latin and Cyrillic terms are whole words, perhaps in the plural; short
/// katakana (ガス, ビザ) stands alone. Longer katakana and Han may be parts of compounds.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let term = &text[start..end];
    let before = text[..start].chars().next_back();
    let mut rest = &text[end..];
    let alphabetic =
        |c: char| c.is_alphanumeric() && (c < '\u{e00}' || ('\u{1e00}'..'\u{2000}').contains(&c));
    let katakana = |c: char| matches!(c, 'ァ'..='ヺ' | 'ー');
    if term.starts_with(alphabetic) {
        if term.ends_with(|c: char| c.is_ascii_alphabetic()) {
            rest = rest
                .strip_prefix("es")
                .or_else(|| rest.strip_prefix('s'))
                .unwrap_or(rest);
        }
        return !before.is_some_and(alphabetic) && !rest.starts_with(alphabetic);
    }
    if term.chars().count() <= 3 && term.chars().all(katakana) {
        return !before.is_some_and(katakana) && !rest.starts_with(katakana);
    }
    true
}
