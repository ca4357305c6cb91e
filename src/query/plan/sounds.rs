//! Units of a query that say how something sounds: がいこう, カンコウ, kazafusutan, keizaikyouryoku.
//!
//! In: a text of a query, and how common the readings of the index are. Out: for each such unit, what sounds so and is written in another way.
//! Several words written together are cut into readings that the index has, as few as possible, which must stand side by side. What is
//! written as it was typed is left to words and grams: a reading adds passages, and never outdoes the word itself.

use std::ops::Range;

use tantivy::query::{
    Bm25StatisticsProvider, BooleanQuery, BoostQuery, Occur as EngineOccur, PhraseQuery,
    Query as EngineQuery,
};

use super::excluded::Excluded;
use super::leaf::{term_query, union};
use super::reading::Reader;
use crate::analysis::Spoken;
use crate::query::Text;
use crate::schema::term;

/// Weight of a reading beside a word: many words sound alike.
const WEIGHT: f32 = 0.3;
/// Weight of a reading of Latin letters that are a word of some text, too: made, image.
const FOREIGN_WEIGHT: f32 = 0.1;
/// Weight of a reading of hiragana. The dictionary cuts them into scraps, which many passages have: below what has all of them as typed,
/// which then weighs as a phrase, what sounds so comes first.
const HIRAGANA_WEIGHT: f32 = 0.8;
/// Fewer kana are too many things.
const MIN_KANA: usize = 2;
/// The least for what is a word of another kind, too: Latin words that some text has as they are, function words.
const MIN_FOREIGN_KANA: usize = 3;
/// The least for several words written together that look like function words.
const MIN_ROW_KANA: usize = 6;
/// Longer units are sentences.
const MAX_KANA: usize = 24;
/// The longest part of a unit that is looked up.
const MAX_PART_KANA: usize = 12;
/// Units of a text that are looked at.
const MAX_UNITS: usize = 16;
/// Ways to cut a unit that are asked for.
const MAX_WAYS: usize = 8;
/// What a part costs, and one of a single kana: 都 and 語 are words, but any row of kana could be cut into such.
const PART_COST: usize = 2;
const SINGLE_COST: usize = 3;

/// A unit of a text, and the query for what sounds like it.
pub(super) type Sounding = (Range<usize>, Box<dyn EngineQuery>);

impl Reader<'_> {
    /// The units of a text that sound like something on the shelf.
    pub(super) fn sounding(&mut self, text: &Text) -> Vec<Sounding> {
        if !matches!(self.seen.shelf.language.as_str(), "ja" | "") {
            return Vec::new();
        }
        let units = units(&text.text).take(MAX_UNITS);
        units
            .filter_map(|range| Some((range.clone(), self.sounds_like(&text.text[range], text)?)))
            .collect()
    }

    /// What sounds like a unit, and is not written like it.
    fn sounds_like(&mut self, unit: &str, text: &Text) -> Option<Box<dyn EngineQuery>> {
        let spoken = self.analyzer.spoken(unit);
        let kana = spoken.first()?.kana.chars().count();
        let is_romaji = spoken.first()?.is_romaji;
        let is_foreign = is_romaji && self.is_word_somewhere(unit);
        let least = if is_foreign {
            MIN_FOREIGN_KANA
        } else {
            MIN_KANA
        };
        if kana < least || kana > MAX_KANA {
            return None;
        }
        let mut ways = spoken.iter().map(|spoken| self.ways(spoken));
        let mut ways = ways.find(|ways| !ways.is_empty())?;
        // どこ and ください say nothing, however they are written; べとなむ is taken for such words.
        if self.analyze(unit).words.content().next().is_none() {
            ways.retain(|way| kana >= MIN_FOREIGN_KANA && (way.len() == 1 || kana >= MIN_ROW_KANA));
        }
        if ways.is_empty() {
            return None;
        }
        let is_hiragana = unit.contains(|c| matches!(c, 'ぁ'..='ゖ'));
        let weight = match is_foreign {
            true => FOREIGN_WEIGHT,
            false if is_hiragana => HIRAGANA_WEIGHT,
            false => WEIGHT,
        };
        let mut queries: Vec<Box<dyn EngineQuery>> = Vec::new();
        for (_, fields) in self.fields(text.field) {
            for way in &ways {
                let mut terms = way
                    .iter()
                    .map(|reading| self.reading_term(fields.readings, reading));
                queries.push(match way.len() {
                    1 => term_query(terms.next()?, weight),
                    _ => Box::new(BoostQuery::new(
                        Box::new(PhraseQuery::new(terms.collect())),
                        weight,
                    )),
                });
            }
        }
        for way in ways {
            if !self.seen.sounds.contains(&way) {
                self.seen.sounds.push(way);
            }
        }
        let written = self.verbatim(unit, text.field, true);
        let as_typed = is_hiragana.then(|| written.box_clone());
        let sounding: Box<dyn EngineQuery> = Box::new(BooleanQuery::new(vec![
            (EngineOccur::Must, union(queries)),
            (EngineOccur::MustNot, Box::new(Excluded(written))),
        ]));
        Some(union(as_typed.into_iter().chain([sounding]).collect()))
    }

    /// Whether some shelf has a Latin word as it was typed.
    fn is_word_somewhere(&self, unit: &str) -> bool {
        self.shelves.iter().any(|shelf| {
            let analysis = self.analyzer.analyze(unit, shelf.language());
            let mut words = analysis.words.iter();
            words.any(|word| {
                let term = term(self.schema.text.words, &shelf.language, word.term);
                self.statistics.doc_freq(&term).unwrap_or_default() > 0
            })
        })
    }

    /// The ways to cut kana into readings of the index that cost least, each as its terms.
    fn ways(&self, spoken: &Spoken) -> Vec<Vec<String>> {
        let ends: Vec<usize> = (spoken.kana.char_indices().map(|(at, _)| at))
            .chain([spoken.kana.len()])
            .collect();
        let last = ends.len() - 1;
        // For each place, from the end: the least cost from there on, and the parts that begin there with what they cost.
        let mut costs: Vec<Option<usize>> = vec![None; last + 1];
        let mut parts: Vec<Vec<Part>> = vec![Vec::new(); last + 1];
        costs[last] = Some(0);
        for start in (0..last).rev() {
            for end in start + 1..=last.min(start + MAX_PART_KANA) {
                let part = &spoken.kana[ends[start]..ends[end]];
                let Some(rest) = costs[end].filter(|_| may_be_word(part)) else {
                    continue;
                };
                let cost = rest
                    + if end == start + 1 {
                        SINGLE_COST
                    } else {
                        PART_COST
                    };
                let known = |reading: &String| {
                    let term = self.reading_term(self.schema.text.readings, reading);
                    self.statistics.doc_freq(&term).unwrap_or_default() > 0
                };
                let terms: Vec<String> = spoken.terms(part).into_iter().filter(known).collect();
                if !terms.is_empty() {
                    costs[start] = Some(costs[start].map_or(cost, |least| least.min(cost)));
                    parts[start].push(Part { end, cost, terms });
                }
            }
        }
        let mut ways = Vec::new();
        if costs[0].is_some_and(|cost| cost <= last + 1) {
            walk(0, &costs, &parts, &mut Vec::new(), &mut ways);
        }
        ways
    }
}

/// A part of a unit that the index has.
#[derive(Debug, Clone)]
struct Part {
    end: usize,
    /// With all that follows.
    cost: usize,
    terms: Vec<String>,
}

/// Follows the parts of least cost to the end.
fn walk(
    at: usize,
    costs: &[Option<usize>],
    parts: &[Vec<Part>],
    way: &mut Vec<String>,
    ways: &mut Vec<Vec<String>>,
) {
    if at + 1 == costs.len() {
        ways.push(way.clone());
        return;
    }
    for part in parts[at].iter().filter(|part| Some(part.cost) == costs[at]) {
        for reading in &part.terms {
            if ways.len() == MAX_WAYS {
                return;
            }
            way.push(reading.clone());
            walk(part.end, costs, parts, way, ways);
            way.pop();
        }
    }
}

/// Whether kana can be a word: none begins in the middle of a syllable.
fn may_be_word(part: &str) -> bool {
    let begins_inside = |c| {
        matches!(
            c,
            'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ャ' | 'ュ' | 'ョ' | 'ッ' | 'ー' | 'ン' | 'ヮ'
        )
    };
    !part.starts_with(begins_inside) && !part.ends_with('ッ')
}

/// What stands between spaces and marks.
pub(crate) fn units(text: &str) -> impl Iterator<Item = Range<usize>> {
    // Marks that belong to words: ō may be two characters, and half-width kana have their sound marks behind them.
    let is_inside = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '-' | '\'' | '’' | '\u{300}'..='\u{36f}' | '\u{3099}'..='\u{309c}')
    };
    let mut end = 0;
    text.split_inclusive(move |c| !is_inside(c))
        .map(move |unit| {
            let start = end;
            end += unit.len();
            start..start + unit.trim_end_matches(|c| !is_inside(c)).len()
        })
        .filter(|unit| !unit.is_empty())
}
