//! Countries in one character: 日越関係, 訪中, 米大統領, 日・EU.
//!
//! In: a letter's place in a folded text, and the names found behind it. Out: the countries of the run of letters that
//! begins there, if what stands around it shows that they are countries. The letters and the words around them are data:
//! `data/country_shorthand.tsv`. Not here: shorthand in alphabets (`Sino-`, 한중), which is in the alias table.

use std::collections::HashMap;
use std::ops::Range;

use super::boundary::{is_han, is_katakana, neighbours};
use super::{Country, tables};
use crate::facet::fold::fold;

/// Letters with at least this weight together need no context.
const SURE_WEIGHT: u8 = 3;

/// Letters in a run.
const MAX_LETTERS: usize = 6;

/// A character that may stand for a country.
#[derive(Debug)]
struct Letter {
    /// `None`: a region, 欧.
    country: Option<Country>,
    is_doubtful: bool,
    languages: &'static str,
    weight: u8,
    uses: &'static str,
    not_before: &'static str,
    not_after: &'static str,
}

/// What a run of letters says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// Each with whether it is doubtful: 朝 is North Korea or the kingdom of old.
    pub(super) countries: Vec<(Country, bool)>,
    pub(super) end: usize,
}

/// Words by language.
type Words = HashMap<&'static str, Vec<String>>;

pub(super) struct Shorthand {
    letters: HashMap<char, Vec<Letter>>,
    prefixes: HashMap<&'static str, String>,
    contexts: Words,
    offices: Words,
    /// Runs that are words, too: 日中.
    doubtful: Vec<&'static str>,
    /// What may stand right before and right behind a letter that counts, sorted: a quick look that leaves out most.
    before: Vec<char>,
    behind: Vec<char>,
}

/// Where a run stands: the text around it, and what is known of its neighbours.
pub(super) struct Place<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
    /// A country ends where the run begins: 米 in 在日米軍.
    pub(super) after_country: bool,
    /// Another word ends there: 中 in 滞在中.
    pub(super) after_word: bool,
    /// Where names of countries begin behind it, and where they end.
    pub(super) names: &'a dyn Fn(usize) -> Option<usize>,
    /// `ja` or `zh`.
    pub(super) language: &'a str,
}

impl Shorthand {
    pub(super) fn new() -> Self {
        let mut shorthand = Shorthand {
            letters: HashMap::new(),
            prefixes: HashMap::new(),
            contexts: Words::new(),
            offices: Words::new(),
            doubtful: Vec::new(),
            before: Vec::new(),
            behind: Vec::new(),
        };
        for row in tables::shorthand() {
            match row[..] {
                [
                    "letter",
                    letter,
                    code,
                    languages,
                    weight,
                    uses,
                    not_before,
                    not_after,
                ] => shorthand.add_letter(
                    letter,
                    Letter {
                        country: Country::from_code(code.trim_start_matches('~')),
                        is_doubtful: code.starts_with('~'),
                        languages,
                        weight: weight.parse().unwrap_or(0),
                        uses,
                        not_before,
                        not_after,
                    },
                ),
                ["prefix", languages, characters] => {
                    for language in languages.split(' ') {
                        let prefixes = shorthand.prefixes.entry(language).or_default();
                        prefixes.push_str(characters);
                    }
                }
                ["context", language, words] => add_words(&mut shorthand.contexts, language, words),
                ["office", language, words] => add_words(&mut shorthand.offices, language, words),
                ["alone", runs] => shorthand.doubtful.extend(runs.split(' ')),
                _ => {}
            }
        }
        let words = shorthand.offices.values().flatten();
        shorthand.behind = words.filter_map(|word| word.chars().next()).collect();
        shorthand.behind.extend(shorthand.letters.keys().copied());
        shorthand.behind.sort_unstable();
        let prefixes = shorthand.prefixes.values();
        shorthand.before = prefixes.flat_map(|prefixes| prefixes.chars()).collect();
        shorthand.before.sort_unstable();
        shorthand
    }

    /// Whether a letter may count at all, by its neighbours.
    pub(super) fn may_stand(&self, text: &str, range: &Range<usize>) -> bool {
        let (before, behind) = neighbours(text, range);
        behind.is_some_and(|c| {
            !is_han(c) && !matches!(c, 'ぁ'..='ん' | '、' | '。')
                || self.behind.binary_search(&c).is_ok()
        }) || before.is_some_and(|c| self.before.binary_search(&c).is_ok())
    }

    fn add_letter(&mut self, written: &str, letter: Letter) {
        if let Some(c) = written.chars().next() {
            self.letters.entry(c).or_default().push(letter);
        }
    }

    /// The letters, folded, to look for.
    pub(super) fn letters(&self) -> impl Iterator<Item = String> {
        self.letters.keys().map(|c| fold(&c.to_string()))
    }

    /// The country that a letter stands for when a person asks for it.
    pub(super) fn country(&self, letter: &str) -> Option<Country> {
        let mut characters = letter.chars();
        let (c, None) = (characters.next()?, characters.next()) else {
            return None;
        };
        let letters = self.letters.get(&c)?;
        letters.iter().find_map(|letter| letter.country)
    }

    fn letter(&self, c: char, language: &str) -> Option<&Letter> {
        let letters = self.letters.get(&c)?;
        letters
            .iter()
            .find(|letter| letter.languages.contains(language))
    }

    /// What the letters at a place say, the longest run that makes sense.
    pub(super) fn read(&self, place: &Place) -> Option<Reading> {
        let run = self.run(place);
        let first = run.first()?;
        let before = place.text[..place.start].chars().next_back();
        if before.is_some_and(|c| c.is_numeric() || first.0.not_after.contains(c))
            && !place.after_country
        {
            return None;
        }
        (1..=run.len()).rev().find_map(|length| {
            let part = &run[..length];
            let end = part.last()?.1;
            let shown = match length {
                1 => self.stands_alone(place, first.0, before, end),
                _ => self.stand_together(place, part, before),
            };
            let countries = part
                .iter()
                .filter_map(|(letter, _)| Some((letter.country?, letter.is_doubtful)))
                .collect();
            shown.then_some(Reading { countries, end })
        })
    }

    /// The letters from the place on, each with its end; a middle dot may stand between them.
    fn run(&self, place: &Place) -> Vec<(&Letter, usize)> {
        let mut run: Vec<(&Letter, usize)> = Vec::new();
        let mut end = place.start;
        while run.len() < MAX_LETTERS {
            let rest = &place.text[end..];
            let letters = if run.is_empty() {
                rest
            } else {
                rest.strip_prefix('・').unwrap_or(rest)
            };
            let Some(c) = letters.chars().next() else {
                break;
            };
            let Some(letter) = self.letter(c, place.language) else {
                break;
            };
            // 日日, and ソロ: neither.
            if run.iter().any(|&(other, _)| std::ptr::eq(other, letter)) {
                break;
            }
            end += rest.len() - letters.len() + c.len_utf8();
            run.push((letter, end));
        }
        run
    }

    /// 日越関係, 日米韓: letters of one run.
    fn stand_together(
        &self,
        place: &Place,
        run: &[(&Letter, usize)],
        before: Option<char>,
    ) -> bool {
        let (Some(first), Some(&(last, end))) = (run.first(), run.last()) else {
            return false;
        };
        let rest = &place.text[end..];
        let written = &place.text[place.start..end];
        let linked = rest.trim_start_matches(['の', '、', '・']);
        if starts_with_any(linked, &self.contexts, place.language) {
            return true;
        }
        let next = rest.chars().next();
        let after_prefix = self.is_prefix(place, before);
        let free_before = place.after_country || after_prefix || before.is_none_or(|c| !is_han(c));
        let weight: u8 = run.iter().map(|(letter, _)| letter.weight).sum();
        let free_after = match next {
            Some(c) if is_han(c) => weight > SURE_WEIGHT && !last.not_before.contains(c),
            Some(c) => {
                let within_katakana = is_katakana(c) && written.ends_with(is_katakana);
                !within_katakana && !last.not_before.contains(c)
            }
            None => true,
        };
        place.language == "ja"
            && free_before
            && free_after
            && weight >= SURE_WEIGHT
            && !first.0.is_dated(before)
            && !self.doubtful.contains(&written)
            // 訪米中: during a visit.
            && !(after_prefix && written.ends_with('中'))
    }

    /// 訪米, 米大統領, 米アップル, 日・ベトナム: one letter.
    fn stands_alone(
        &self,
        place: &Place,
        letter: &Letter,
        before: Option<char>,
        end: usize,
    ) -> bool {
        let rest = &place.text[end..];
        let next = rest.chars().next();
        if next.is_some_and(|c| letter.not_before.contains(c)) {
            return false;
        }
        if letter.uses.contains('p') && self.is_prefix(place, before) {
            return true;
        }
        let behind_title = before.is_some_and(|c| "現前元旧次故両各".contains(c));
        let free_before = place.after_country || before.is_none_or(|c| !is_han(c)) || behind_title;
        let free_before = free_before || place.language == "zh";
        if !free_before || before == Some('お') {
            return false;
        }
        if letter.uses.contains('o') && starts_with_any(rest, &self.offices, place.language) {
            return true;
        }
        if letter.weight + 1 < SURE_WEIGHT && place.language == "ja" && !rest.starts_with('・') {
            return false;
        }
        let name = rest.strip_prefix(['・', '-', '–']).unwrap_or(rest);
        let name_start = place.text.len() - name.len();
        if let Some(name_end) = (place.names)(name_start) {
            let dotted = name.len() < rest.len();
            return (dotted && letter.weight > 0
                || letter.uses.contains('k')
                || starts_with_any(&place.text[name_end..], &self.contexts, place.language))
                && !letter.is_dated(before);
        }
        letter.uses.contains('k')
            && place.language == "ja"
            && next.is_some_and(is_katakana)
            && rest.chars().nth(1).is_some_and(is_katakana)
    }

    fn is_prefix(&self, place: &Place, before: Option<char>) -> bool {
        let prefixes = self.prefixes.get(place.language);
        !place.after_word
            && before.is_some_and(|c| prefixes.is_some_and(|prefixes| prefixes.contains(c)))
    }
}

impl Letter {
    /// Whether a letter ends a phrase that began before it: その日, 会った日.
    fn is_dated(&self, before: Option<char>) -> bool {
        self.country.is_some_and(|country| country.as_str() == "JP")
            && before.is_some_and(|c| "のるたいなうむすくぐつぶぬだ".contains(c))
    }
}

fn add_words(into: &mut Words, language: &'static str, words: &str) {
    into.entry(language)
        .or_default()
        .extend(words.split(' ').map(fold));
}

fn starts_with_any(rest: &str, words: &Words, language: &str) -> bool {
    words
        .get(language)
        .is_some_and(|words| words.iter().any(|word| rest.starts_with(word.as_str())))
}
