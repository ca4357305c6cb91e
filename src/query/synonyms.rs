//! Synonyms: other words for the same thing, which are looked for beside those of a query.
//!
//! In: a file of sets. Out: [`Synonyms`], plain data. They are applied to queries alone, so that changing them needs no new index; where they stand
//! in a query, and what they weigh, is the plan's business.
//!
//! ```text
//! # one set a line, its words or phrases separated by tabs (⇥): whoever types one of them finds the others
//! 首相⇥総理大臣
//! # one way: what stands before the arrow also finds what stands behind it
//! 文科省 => 文部科学省
//! # nothing behind the arrow: no other words are tried for this
//! ラテンアメリカ =>
//! # holds for texts of one language only
//! en: foreign minister⇥minister of foreign affairs
//! ```
//!
//! Spellings (ベトナム and ﾍﾞﾄﾅﾑ) need no line: width, case and variants of characters are folded. Bounds:
//! [`MAX_BYTES`], [`MAX_SETS`], [`MAX_WORDS`], [`MAX_CHARS`].

use std::collections::HashSet;

#[cfg(doc)]
use crate::error::ErrorKind;
use crate::error::{Error, Result};
use crate::language::Language;

/// No file of synonyms is longer.
pub const MAX_BYTES: usize = 4 << 20;
/// Sets of a file.
pub const MAX_SETS: usize = 50_000;
/// Words or phrases of a set.
pub const MAX_WORDS: usize = 32;
/// Characters of a word or phrase.
pub const MAX_CHARS: usize = 64;

const HINT: &str =
    "a line is a set of words with tabs between them, or `word => other words` for one way";

/// Sets of words that mean the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synonyms {
    sets: Vec<Set>,
}

/// A line: whoever types one looks for all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Set {
    /// The language of the texts for which it holds, an ISO 639 code; none for all.
    pub(crate) language: Option<String>,
    pub(crate) typed: Vec<String>,
    pub(crate) others: Vec<String>,
}

impl Synonyms {
    /// Equivalents that Japanese texts on international affairs use side by side: 米国 and アメリカ, 首相 and 総理大臣.
    pub fn built_in() -> Self {
        let text = include_str!("data/synonyms.tsv");
        Synonyms::parse(text).expect("the built-in synonyms are well formed")
    }

    /// Reads the text of a file; [the module](self) describes the format.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Malformed`] with the line and the reason of each mistake.
    ///
    /// ```
    /// use fumikura::query::Synonyms;
    ///
    /// assert_eq!(Synonyms::parse("首相\t総理大臣\n文科省 => 文部科学省").unwrap().len(), 2);
    /// let error = Synonyms::parse("首相\n").unwrap_err();
    /// assert_eq!(error.to_string(), "line 1: `首相` stands alone");
    /// ```
    pub fn parse(text: &str) -> Result<Self> {
        if text.len() > MAX_BYTES {
            let reason = "the file is longer than 4 MiB".to_owned();
            return Err(Error::mistakes(&[(1, reason)]).with_hint(HINT));
        }
        let mut sets = Vec::new();
        let mut mistakes = Vec::new();
        for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match Set::parse(line) {
                Ok(_) if sets.len() == MAX_SETS => {
                    mistakes.push((number + 1, format!("more than {MAX_SETS} sets")));
                    break;
                }
                Ok(set) => sets.push(set),
                Err(reason) => mistakes.push((number + 1, reason)),
            }
        }
        match mistakes.is_empty() {
            true => Ok(Synonyms { sets }),
            false => Err(Error::mistakes(&mistakes).with_hint(HINT)),
        }
    }

    /// These sets, and behind them others.
    pub fn and(mut self, others: Synonyms) -> Self {
        self.sets.extend(others.sets);
        self
    }

    /// Number of sets.
    pub fn len(&self) -> usize {
        self.sets.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }

    pub(crate) fn sets(&self) -> &[Set] {
        &self.sets
    }
}

impl Set {
    fn parse(line: &str) -> std::result::Result<Set, String> {
        let (language, words) = language(line)?;
        let (typed, others) = match words.split_once("=>") {
            Some((_, others)) if others.contains("=>") => return Err("has two arrows".to_owned()),
            Some((typed, others)) if others.trim().is_empty() => (list(typed)?, Vec::new()),
            Some((typed, others)) => (list(typed)?, list(others)?),
            None => {
                let all = list(words)?;
                match all.as_slice() {
                    [word] => return Err(format!("`{word}` stands alone")),
                    _ => (all.clone(), all),
                }
            }
        };
        Ok(Set {
            language,
            typed,
            others,
        })
    }
}

/// The language at the beginning of a line, and what follows it.
fn language(line: &str) -> std::result::Result<(Option<String>, &str), String> {
    let is_code = |code: &str| {
        (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    match line.split_once(": ").filter(|(code, _)| is_code(code)) {
        None => Ok((None, line)),
        Some((code, rest)) => match Language::from_tag(code) {
            Some(language) => Ok((Some(language.as_str().to_owned()), rest)),
            None => Err(format!("`{code}` is no code of a language")),
        },
    }
}

/// Words or phrases with tabs between them.
fn list(text: &str) -> std::result::Result<Vec<String>, String> {
    let mut seen = HashSet::new();
    let mut words = Vec::new();
    for word in text.trim().split('\t').map(str::trim) {
        if word.is_empty() {
            return Err("a word is missing between two tabs or before the arrow".to_owned());
        }
        if !word.contains(char::is_alphanumeric) {
            return Err(format!("`{word}` has no letter"));
        }
        if word.chars().count() > MAX_CHARS {
            let start: String = word.chars().take(10).collect();
            return Err(format!("`{start}…` has more than {MAX_CHARS} characters"));
        }
        if !seen.insert(word) {
            return Err(format!("`{word}` is there twice"));
        }
        if words.len() == MAX_WORDS {
            return Err(format!("has more than {MAX_WORDS} words"));
        }
        words.push(word.to_owned());
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_goes_both_ways_and_an_arrow_one() {
        let synonyms = Synonyms::parse(
            "\u{feff}# 会議\n首相\t総理大臣\r\nja: 文科省 => 文部科学省\tMEXT\n\n南アメリカ =>\n",
        );
        let sets = synonyms.unwrap().sets;
        let words = |words: &[String]| words.join(" ");
        let read: Vec<_> = sets
            .iter()
            .map(|set| {
                (
                    set.language.as_deref(),
                    words(&set.typed),
                    words(&set.others),
                )
            })
            .collect();
        let own = str::to_owned;
        assert_eq!(
            read,
            [
                (None, own("首相 総理大臣"), own("首相 総理大臣")),
                (Some("ja"), own("文科省"), own("文部科学省 MEXT")),
                (None, own("南アメリカ"), String::new()),
            ]
        );
    }

    #[test]
    fn every_mistake_is_told_with_its_line() {
        let long = "長".repeat(65);
        for (text, told) in [
            ("首相", "line 1: `首相` stands alone"),
            (
                "a\t\tb",
                "line 1: a word is missing between two tabs or before the arrow",
            ),
            (
                "=> b",
                "line 1: a word is missing between two tabs or before the arrow",
            ),
            ("a => b => c", "line 1: has two arrows"),
            ("a\ta", "line 1: `a` is there twice"),
            ("a\t※", "line 1: `※` has no letter"),
            (
                "# ok\na\tb\na\nb",
                "line 3: `a` stands alone; line 4: `b` stands alone",
            ),
            (
                &format!("a\t{long}"),
                "line 1: `長長長長長長長長長長…` has more than 64 characters",
            ),
        ] {
            assert_eq!(Synonyms::parse(text).unwrap_err().to_string(), told);
        }
        let many = "a\n".repeat(9);
        let told = Synonyms::parse(&many).unwrap_err().to_string();
        assert!(told.ends_with("; and 4 more"), "{told}");
    }

    #[test]
    fn the_built_in_sets_are_well_formed() {
        assert!(Synonyms::built_in().len() > 50);
    }
}
