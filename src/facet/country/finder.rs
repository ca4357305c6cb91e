//! Countries that a text names.
//!
//! In: a folded text. Out: countries with the place of their first name and the number of names, most named first.
//! One pass of an automaton finds every name of CLDR and of our tables ([`super::patterns`]), also inside other words.
//! Then each name must stand on word boundaries ([`super::boundary`]), and of overlapping ones the leftmost longest
//! counts. Text that only looks like a name (日本海) is in the table too: it takes part and names nothing. What is
//! ambiguous is settled by what stands around it ([`super::context`], [`super::shorthand`]) or left out.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::Range;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use super::Country;
use super::boundary::{self, Attachments};
use super::context::{self, Contexts};
use super::patterns::{self, Kind, Name};
use super::shorthand::{Place, Shorthand};
use crate::facet::Found;
use crate::facet::fold::Folded;
use crate::language::Language;

/// Finds countries in texts.
pub(in crate::facet) struct CountryFinder {
    /// `None` only if the automaton could not be built, which the tests rule out for the tables we ship.
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// What each pattern may be: the first that fits its place counts.
    names: Vec<Vec<Name>>,
    attachments: Attachments,
    contexts: Contexts,
    shorthand: Shorthand,
}

/// A name at a place of the folded text.
#[derive(Debug)]
struct Candidate<'a> {
    range: Range<usize>,
    name: &'a Name,
}

/// A country at a place of the folded text.
struct Mention {
    country: Country,
    range: Range<usize>,
    kind: Kind,
}

impl CountryFinder {
    pub(in crate::facet) fn new() -> Self {
        let shorthand = Shorthand::new();
        let mut names: Vec<(String, Vec<Name>)> =
            patterns::collect(&shorthand).into_iter().collect();
        names.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let patterns = names
            .iter()
            .zip(0u32..)
            .map(|((pattern, _), id)| (pattern, id));
        CountryFinder {
            automaton: CharwiseDoubleArrayAhoCorasick::with_values(patterns).ok(),
            names: names.into_iter().map(|(_, name)| name).collect(),
            attachments: Attachments::new(),
            contexts: Contexts::new(),
            shorthand,
        }
    }

    pub(in crate::facet) fn find(&self, text: &Folded) -> Vec<Found<Country>> {
        let mut found: Vec<Found<Country>> = Vec::new();
        for mention in self.mentions(text) {
            match found
                .iter_mut()
                .find(|found| found.value == mention.country)
            {
                Some(found) => found.count += 1,
                None => found.push(Found::in_text(
                    mention.country,
                    text.original_range(&mention.range),
                )),
            }
        }
        found.sort_by_key(|found| Reverse(found.count));
        found
    }

    /// Every place that names a country, in order.
    fn mentions(&self, text: &Folded) -> Vec<Mention> {
        let detected: OnceCell<Option<Language>> = OnceCell::new();
        let language = || {
            let language = detected.get_or_init(|| match is_plainly_japanese(&text.text) {
                true => Language::from_tag("ja"),
                false => Language::of(&text.text),
            });
            language.as_ref().map(Language::as_str)
        };
        let candidates = self.candidates(text, &language);
        let mut mentions = self.read(text, &candidates, &language);
        self.settle_doubts(text, &mut mentions);
        mentions
    }

    /// What the candidates say from left to right, doubtful ones among it.
    fn read<'t>(
        &self,
        text: &Folded,
        candidates: &[Candidate],
        language: &dyn Fn() -> Option<&'t str>,
    ) -> Vec<Mention> {
        let mut mentions: Vec<Mention> = Vec::new();
        let (mut end, mut language_end) = (0, 0);
        for (index, candidate) in candidates.iter().enumerate() {
            let (range, name) = (&candidate.range, candidate.name);
            if range.start < end {
                continue;
            }
            let (countries, range) = match name.kind {
                Kind::Letter => {
                    let language = language().filter(|&language| language == "zh");
                    let adjoins = end == range.start && end > 0;
                    let after_country =
                        adjoins && mentions.last().is_some_and(|last| last.range.end == end);
                    let place = Place {
                        text: &text.text,
                        start: range.start,
                        after_country,
                        after_word: adjoins && !after_country,
                        names: &|start| name_at(&candidates[index + 1..], start),
                        language: language.unwrap_or("ja"),
                    };
                    match self.shorthand.read(&place) {
                        Some(reading) => (reading.countries, range.start..reading.end),
                        None => continue,
                    }
                }
                _ => {
                    let sure = name.countries.iter().map(|&country| (country, false));
                    (sure.collect(), range.clone())
                }
            };
            end = range.end;
            if name.kind == Kind::Adjective
                && self.contexts.is_language(&text.text, &range, language_end)
            {
                language_end = end;
                continue;
            }
            if self.contexts.is_no_state(&text.text, end) {
                continue;
            }
            mentions.extend(countries.into_iter().map(|(country, is_doubtful)| Mention {
                country,
                range: range.clone(),
                kind: if is_doubtful { Kind::Weak } else { name.kind },
            }));
        }
        mentions
    }

    /// Drops what the rest of the text does not bear out.
    fn settle_doubts(&self, text: &Folded, mentions: &mut Vec<Mention>) {
        let is_sure = |kind| !matches!(kind, Kind::Doubtful | Kind::Weak);
        if mentions.iter().all(|mention| is_sure(mention.kind)) {
            return;
        }
        let names_a_state = mentions.iter().any(|mention| is_sure(mention.kind));
        let states = OnceCell::new();
        let is_among_states =
            || names_a_state || *states.get_or_init(|| self.contexts.speaks_of_states(&text.text));
        // A name is judged once, however often the text has it.
        let mut judged: Vec<(&str, bool)> = Vec::new();
        mentions.retain(|mention| {
            if mention.kind != Kind::Doubtful {
                return true;
            }
            let name = &text.text[mention.range.clone()];
            let known = judged.iter().find(|(other, _)| *other == name);
            let holds = known.map_or_else(
                || self.contexts.bears_out(&text.text, name, is_among_states),
                |&(_, holds)| holds,
            );
            if known.is_none() {
                judged.push((name, holds));
            }
            holds && !context::is_part_of_a_longer_name(text, &mention.range)
        });
        let named: HashSet<Country> = mentions
            .iter()
            .filter(|mention| mention.kind != Kind::Weak)
            .map(|mention| mention.country)
            .collect();
        mentions.retain(|mention| {
            mention.kind != Kind::Weak
                || named.contains(&mention.country)
                || self.contexts.is_government(&text.text, mention.range.end)
        });
    }

    /// The names that stand on boundaries, leftmost first, of those that begin together the longest first.
    fn candidates<'a, 't>(
        &'a self,
        text: &Folded,
        language: &dyn Fn() -> Option<&'t str>,
    ) -> Vec<Candidate<'a>> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        let mut candidates: Vec<Candidate> = automaton
            .find_overlapping_iter(&text.text)
            .filter_map(|found| {
                let range = found.start()..found.end();
                let names = self.names.get(found.value() as usize)?;
                let name = names
                    .iter()
                    .find(|name| name.fits(text, &range, language))?;
                if name.kind == Kind::Letter && !self.shorthand.may_stand(&text.text, &range) {
                    return None;
                }
                self.attachments
                    .is_whole_word(&text.text, &range, language)
                    .then_some(Candidate { range, name })
            })
            .collect();
        boundary::keep_whole_katakana(&text.text, &mut candidates, |c| c.range.clone());
        candidates.sort_by_key(|c| (c.range.start, Reverse(c.range.end)));
        candidates
    }
}

/// Whether a text begins with so much hiragana that a look at the whole would say the same.
fn is_plainly_japanese(text: &str) -> bool {
    let hiragana = |c: &char| matches!(c, 'ぁ'..='ん');
    text.chars().take(64).filter(hiragana).count() >= 8
}

/// Where the longest sure name that begins at a place ends.
fn name_at(candidates: &[Candidate], start: usize) -> Option<usize> {
    candidates
        .iter()
        .take_while(|candidate| candidate.range.start <= start)
        .find(|candidate| candidate.range.start == start && candidate.name.kind == Kind::Name)
        .filter(|candidate| !candidate.name.countries.is_empty())
        .map(|candidate| candidate.range.end)
}
