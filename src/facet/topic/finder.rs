//! Topics of a text, by terms.
//!
//! In: a folded text, and the title and headings above it. Out: a few topics, strongest first, each with the place of its
//! first term. A main topic has the points of the different terms in the text that show it or a topic below it; how
//! often they occur counts only in ties. To replace the scoring, replace this file.
//!
//! Terms are looked for in the text as it is written, not among its analysed words. One pass of an automaton serves all
//! languages at a fraction of the cost of analysis, needs no dictionary and says where a term stands. What analysis
//! would bring, whole words and their inflections, is here in boundaries and in the `*` of terms.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::{Taxonomy, Topic};
use crate::facet::Found;
use crate::facet::fold::{Folded, fold};

/// Points of strong, medium and weak terms.
const POINTS: [u32; 3] = [3, 2, 1];

/// Least points of a main topic, and of one below it that is shown in its place: one strong term, a medium and another,
/// or three weak ones. This and the shares below are calibrated on half of the passages in `tests/facets`; see the
/// head of `data/topics.toml`.
const MIN_POINTS: u32 = 3;

/// A main topic with less than this share of the best one's points (in %) is a side remark.
const MIN_SHARE_PERCENT: u32 = 50;

/// The same for a topic below, of the best one below the same main topic.
const MIN_SHARE_BELOW_PERCENT: u32 = 60;

/// A term in a title or heading has this part of its points (a half): a passage may have moved on.
const HEADING_DIVISOR: u32 = 2;

/// Main topics of one text at most.
const MAX_MAIN_TOPICS: usize = 3;

/// Topics of one text at most.
const MAX_TOPICS: usize = 5;

/// Finds topics in texts.
pub(in crate::facet) struct TopicFinder {
    /// Finds the beginnings of terms: all of a term up to its first `*`. `None` for a taxonomy without terms.
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// The terms with each beginning.
    terms: Vec<Vec<Term>>,
    term_count: usize,
    /// The path of each topic, and the place of its main topic.
    topics: Vec<(String, usize)>,
}

struct Term {
    id: usize,
    /// What follows the beginning, any letters before each part.
    rest: Vec<String>,
    /// The topics that the term shows, with its points; none if it only hides what it contains.
    points: Vec<(usize, u32)>,
}

/// A term at a place of the text.
struct Match<'a> {
    range: Range<usize>,
    /// Length of the term up to its first `*`.
    beginning_bytes: usize,
    term: &'a Term,
}

#[derive(Default, Clone)]
struct Score {
    points: u32,
    /// Terms in the text itself, with repetitions.
    count: u32,
    first: Option<Range<usize>>,
    /// For a main topic, the points of all below it and its own, each term once.
    main_points: u32,
}

impl TopicFinder {
    pub(in crate::facet) fn new(taxonomy: &Taxonomy) -> Self {
        let mut beginnings: BTreeMap<String, Vec<Term>> = BTreeMap::new();
        let terms = terms(&taxonomy.topics);
        let term_count = terms.len();
        for (id, (term, points)) in terms.into_iter().enumerate() {
            let mut parts = term.split('*').map(str::to_owned);
            let beginning = parts.next().unwrap_or_default();
            let rest = parts.collect();
            beginnings
                .entry(beginning)
                .or_default()
                .push(Term { id, rest, points });
        }
        let topics = taxonomy.topics.iter();
        TopicFinder {
            automaton: CharwiseDoubleArrayAhoCorasick::with_values(beginnings.keys().zip(0u32..))
                .ok(),
            terms: beginnings.into_values().collect(),
            term_count,
            topics: topics
                .map(|topic| (topic.path.clone(), topic.main(&taxonomy.topics)))
                .collect(),
        }
    }

    /// The topics of a text that stands below some headings. Headings add to a topic that the text itself shows by
    /// one term at least.
    pub(in crate::facet) fn find(&self, text: &Folded, headings: &str) -> Vec<Found<String>> {
        let own = self.matches(&text.text);
        if own.is_empty() {
            return Vec::new();
        }
        let headings = fold(headings);
        let mut scores = vec![Score::default(); self.topics.len()];
        let mut seen = vec![false; self.term_count];
        for found in &own {
            self.count(&mut scores, found);
            self.score(&mut scores, &mut seen, found.term, 1);
        }
        for found in self.matches(&headings) {
            self.score(&mut scores, &mut seen, found.term, HEADING_DIVISOR);
        }
        self.best(text, &scores)
    }

    fn count(&self, scores: &mut [Score], found: &Match) {
        for &(topic, _) in &found.term.points {
            scores[topic].count += 1;
            scores[topic]
                .first
                .get_or_insert_with(|| found.range.clone());
        }
    }

    /// Adds the points of a term that occurs for the first time.
    fn score(&self, scores: &mut [Score], seen: &mut [bool], term: &Term, divisor: u32) {
        if std::mem::replace(&mut seen[term.id], true) {
            return;
        }
        // A term of several topics below one main topic counts there once, with the most points.
        let mut mains: Vec<(usize, u32)> = Vec::new();
        for &(topic, points) in &term.points {
            let (points, main) = (points / divisor, self.topics[topic].1);
            scores[topic].points += points;
            match mains.iter_mut().find(|(known, _)| *known == main) {
                Some((_, most)) => *most = points.max(*most),
                None => mains.push((main, points)),
            }
        }
        for (main, points) in mains {
            scores[main].main_points += points;
        }
    }

    /// The main topics with enough points, each as those below it that have enough by themselves, if there are any.
    fn best(&self, text: &Folded, scores: &[Score]) -> Vec<Found<String>> {
        let best = scores
            .iter()
            .map(|score| score.main_points)
            .max()
            .unwrap_or(0);
        let mut mains: Vec<usize> = (0..scores.len())
            .filter(|&main| is_enough(scores[main].main_points, best, MIN_SHARE_PERCENT))
            .collect();
        mains.sort_by_key(|&main| Reverse(scores[main].main_points));
        let shown = mains.into_iter().take(MAX_MAIN_TOPICS).flat_map(|main| {
            let within = |&topic: &usize| self.topics[topic].1 == main && scores[topic].count > 0;
            let within: Vec<usize> = (0..scores.len()).filter(within).collect();
            let below = || within.iter().copied().filter(|&topic| topic != main);
            let best = below().map(|topic| scores[topic].points).max().unwrap_or(0);
            let mut shown: Vec<usize> = below()
                .filter(|&topic| is_enough(scores[topic].points, best, MIN_SHARE_BELOW_PERCENT))
                .collect();
            shown.sort_by_key(|&topic| Reverse((scores[topic].points, scores[topic].count)));
            match shown.is_empty() {
                false => shown
                    .iter()
                    .filter_map(|&topic| self.shown(text, topic, &scores[topic..=topic]))
                    .collect(),
                true => {
                    let scores: Vec<Score> =
                        within.iter().map(|&topic| scores[topic].clone()).collect();
                    self.shown(text, main, &scores)
                        .into_iter()
                        .collect::<Vec<_>>()
                }
            }
        });
        shown.take(MAX_TOPICS).collect()
    }

    /// A topic with the first place of some scores and the sum of their counts.
    fn shown(&self, text: &Folded, topic: usize, scores: &[Score]) -> Option<Found<String>> {
        let firsts = scores.iter().filter_map(|score| score.first.as_ref());
        let first = firsts.min_by_key(|range| range.start)?;
        let mut found = Found::in_text(self.topics[topic].0.clone(), text.original_range(first));
        found.count = scores.iter().map(|score| score.count).sum();
        Some(found)
    }

    /// The terms in a folded text; of those that overlap the leftmost longest.
    fn matches(&self, text: &str) -> Vec<Match<'_>> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        let mut matches: Vec<Match> = Vec::new();
        for found in automaton.find_overlapping_iter(text) {
            let range = found.start()..found.end();
            if !begins_whole(text, &range) {
                continue;
            }
            for term in &self.terms[found.value() as usize] {
                if let Some(end) = whole_end(text, &range, &term.rest) {
                    matches.push(Match {
                        range: range.start..end,
                        beginning_bytes: range.len(),
                        term,
                    });
                }
            }
        }
        // Of two at the same place the one that leaves less to its `*`.
        matches.sort_by_key(|found| {
            let Range { start, end } = found.range;
            (start, Reverse((end, found.beginning_bytes)))
        });
        let mut end = 0;
        matches.retain(|found| {
            let counts = found.range.start >= end;
            if counts {
                end = found.range.end;
            }
            counts
        });
        matches
    }
}

/// All terms, folded, with the topics they show and the points there.
fn terms(topics: &[Topic]) -> BTreeMap<String, Vec<(usize, u32)>> {
    let mut terms: BTreeMap<String, Vec<(usize, u32)>> = BTreeMap::new();
    for (id, topic) in topics.iter().enumerate() {
        for (list, points) in [&topic.strong, &topic.medium, &topic.weak]
            .into_iter()
            .zip(POINTS)
        {
            for term in list {
                terms.entry(fold(term)).or_default().push((id, points));
            }
        }
        for hiding in &topic.not {
            terms.entry(fold(hiding)).or_default();
        }
    }
    terms
}

fn is_enough(points: u32, best: u32, share_percent: u32) -> bool {
    points >= MIN_POINTS && points * 100 >= best * share_percent
}

/// Whether a term begins where a word does, in scripts that put spaces between words. Short katakana (ガス, ビザ) stands
/// alone; longer katakana, Han, Hangul and Thai may be parts of compounds.
fn begins_whole(text: &str, range: &Range<usize>) -> bool {
    let (before, term) = (&text[..range.start], &text[range.clone()]);
    if term.starts_with(is_arabic) {
        return ARABIC_PREFIXES.iter().any(|prefix| {
            let before = before.strip_suffix(prefix);
            before.is_some_and(|before| !before.ends_with(is_arabic))
        });
    }
    !(term.starts_with(is_letter) && before.ends_with(is_letter)
        || is_short_katakana(term) && before.ends_with(is_katakana))
}

/// Where a term ends whose beginning is at `beginning`, if its `rest` follows and it ends where a word does, perhaps in
/// the plural.
fn whole_end(text: &str, beginning: &Range<usize>, rest: &[String]) -> Option<usize> {
    let mut end = beginning.end;
    for part in rest {
        end = text.len() - text[end..].trim_start_matches(is_letter).len();
        end += text[end..]
            .starts_with(part.as_str())
            .then_some(part.len())?;
    }
    if rest.last().is_some_and(String::is_empty) {
        return Some(end);
    }
    let term = &text[beginning.start..end];
    if term.ends_with(|c: char| c.is_ascii_alphabetic()) {
        let plural = ["es", "s"].into_iter().find(|plural| {
            let after = text[end..].strip_prefix(plural);
            after.is_some_and(|after| !after.starts_with(is_letter))
        });
        end += plural.map_or(0, str::len);
    }
    let after = &text[end..];
    let goes_on = term.ends_with(is_letter) && after.starts_with(is_letter)
        || is_short_katakana(term) && after.starts_with(is_katakana);
    (!goes_on).then_some(end)
}

/// What is written together with an Arabic word before it: the article, and the words for and, so, in, as, for.
const ARABIC_PREFIXES: [&str; 16] = [
    "", "ال", "و", "ف", "ب", "ك", "ل", "لل", "وال", "فال", "بال", "كال", "ولل", "وب", "ول", "وبال",
];

fn is_arabic(c: char) -> bool {
    matches!(c, 'ء'..='ي')
}

/// Letters of scripts that put spaces between words, and digits.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && (c < '\u{e00}' || ('\u{1e00}'..'\u{2000}').contains(&c))
}

fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー')
}

fn is_short_katakana(term: &str) -> bool {
    term.chars().count() <= 3 && term.chars().all(is_katakana)
}
