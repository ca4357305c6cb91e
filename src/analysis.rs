//! Analysis: what a text, and a query for it, is cut into.
//!
//! In: text as written. Out: [`Analysis`], the words and the character grams of the text, each with its range in the text as
//! written. Texts and queries go through the same chain: char filters (`char_filter`), a tokenizer (`tokenizer`), token
//! filters (`token_filter`). It knows no index, no schema and no file but the dictionary.
//!
//! Words, grams and readings are three views of one text, for three fields of the index. Words know inflection and do not
//! confuse 京都 with 東京都; grams find what the dictionary cut in another place; readings find what was typed in kana or Latin letters.
//! Which of them counts how much is the ranking's business.
//!
//! ```
//! use fumikura::Analyzer;
//!
//! let analysis = Analyzer::grams_only().analyze("ﾍﾞﾄﾅﾑ 2024", None);
//! let grams: Vec<&str> = analysis.grams.iter().map(|token| token.term).collect();
//! assert_eq!(grams, ["ベト", "トナ", "ナム", "ム", "2024"]);
//! ```

mod char_filter;
mod characters;
#[cfg_attr(not(feature = "ja"), path = "analysis/dictionary_disabled.rs")]
mod dictionary;
#[cfg_attr(not(feature = "ja"), path = "analysis/japanese_disabled.rs")]
mod japanese;
mod marks;
mod reading;
mod recipe;
mod signature;
pub mod stages;
#[cfg_attr(not(feature = "stem"), path = "analysis/stemmer_disabled.rs")]
mod stemmer;
mod token;
#[cfg(feature = "ja")]
mod token_filter;
mod tokenizer;
pub mod user_dictionary;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

pub use dictionary::{Dictionary, DictionaryInfo};
use serde::{Deserialize, Serialize};
pub(crate) use signature::Signature;
pub use stages::Stages;
pub use token::{Token, TokenKind, Tokens};
pub use user_dictionary::UserDictionary;

use char_filter::CharFilters;
pub(crate) use char_filter::Filtered;
use characters::CharClass;
use japanese::Japanese;
pub(crate) use reading::Spoken;
use recipe::Recipe;

use crate::error::Result;

/// Raised whenever the same text would give other terms, so that old indexes are rebuilt and not searched wrongly.
const ANALYSIS_VERSION: u32 = 8;

/// Cuts texts and queries into terms. Cheap to clone, shared between threads.
#[derive(Debug, Clone)]
pub struct Analyzer {
    char_filters: Arc<CharFilters>,
    japanese: Option<Arc<Japanese>>,
    user_dictionary: Option<Arc<UserDictionary>>,
    fingerprint: Fingerprint,
}

/// All that decides the terms of an index. An index built under one fingerprint is not searched under another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Version of the chain in this module.
    pub analysis: u32,
    /// Name and checksum of the Japanese dictionary; none where Japanese is cut into grams alone.
    pub dictionary: Option<String>,
    /// Checksum of the words of one's own beside it, if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_dictionary: Option<String>,
    /// What cuts and stems the words of other languages, with versions; a build without a feature lacks its part.
    #[serde(default)]
    pub words: Vec<String>,
}

impl Fingerprint {
    fn of(dictionary: Option<String>) -> Self {
        let words = [tokenizer::icu::VERSION, stemmer::VERSION];
        Fingerprint {
            analysis: ANALYSIS_VERSION,
            dictionary,
            user_dictionary: None,
            words: words.into_iter().flatten().map(str::to_owned).collect(),
        }
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "analysis-{}+{}",
            self.analysis,
            self.dictionary.as_deref().unwrap_or("grams-only")
        )?;
        if let Some(own) = &self.user_dictionary {
            write!(f, "+user-dictionary-{own}")?;
        }
        self.words.iter().try_for_each(|part| write!(f, "+{part}"))
    }
}

/// A text, cut into views. All ranges are bytes of the text as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Analysis {
    /// Words: base forms in Japanese, words between spaces elsewhere. Function words are included and marked.
    pub words: Tokens,
    /// Pairs of characters in scripts without spaces, whole words elsewhere.
    pub grams: Tokens,
    /// How the words of Japanese sound, each at the position of its word: 外交 and がいこう are ガイコー. Where a long vowel may be left out
    /// in Latin letters, a second term says so (がいこ). Function words, numbers and what no dictionary reads have none.
    pub readings: Tokens,
}

impl Analyzer {
    /// An analyzer that cuts Japanese with a dictionary.
    pub fn new(dictionary: Dictionary) -> Self {
        let info = dictionary.info();
        let name = format!("{}-{}", info.name, info.checksum);
        Analyzer {
            char_filters: Arc::new(CharFilters::new()),
            japanese: Some(Arc::new(Japanese::new(dictionary))),
            user_dictionary: None,
            fingerprint: Fingerprint::of(Some(name)),
        }
    }

    /// An analyzer that cuts Japanese with a dictionary and words of one's own.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Dictionary`](crate::ErrorKind::Dictionary) when no dictionary can be made of the words.
    pub fn with_user_dictionary(dictionary: Dictionary, own: UserDictionary) -> Result<Self> {
        if own.is_empty() {
            return Ok(Analyzer::new(dictionary));
        }
        let filters = CharFilters::new();
        let mut rows = String::new();
        let mut known = HashSet::new();
        for word in own.words() {
            // The tokenizer sees filtered texts.
            let surface = filters.spell(char_filter::fold(&word.surface, None)).text;
            if known.insert(surface.clone()) {
                let columns = [surface.as_str(), &word.part_of_speech, &word.reading];
                rows.push_str(&user_dictionary::row(&columns));
            }
        }
        let mut analyzer = Analyzer::new(dictionary.with_words(&rows)?);
        analyzer.fingerprint.user_dictionary = Some(own.checksum());
        analyzer.user_dictionary = Some(Arc::new(own));
        Ok(analyzer)
    }

    /// The words of one's own, if there are any.
    pub fn user_dictionary(&self) -> Option<&UserDictionary> {
        self.user_dictionary.as_deref()
    }

    /// An analyzer without a dictionary: Japanese is cut into grams alone, which finds everything and ranks it worse.
    pub fn grams_only() -> Self {
        Analyzer {
            char_filters: Arc::new(CharFilters::new()),
            japanese: None,
            user_dictionary: None,
            fingerprint: Fingerprint::of(None),
        }
    }

    /// What decides the terms this analyzer makes.
    pub fn fingerprint(&self) -> &Fingerprint {
        &self.fingerprint
    }

    /// Cuts a text. `language` is an ISO 639 code if it is known; a query's language is not: then Japanese is what has
    /// Han characters or kana.
    pub fn analyze(&self, text: &str, language: Option<&str>) -> Analysis {
        let folded = char_filter::fold(text, language);
        // Chinese dictionaries have the characters of Chinese, which filters for Japanese make Japanese.
        let ((words, readings), spelt) = match language {
            Some("zh") => {
                let words = self.words(&folded, language);
                (words, self.char_filters.spell(folded))
            }
            _ => {
                let spelt = self.char_filters.spell(folded);
                (self.words(&spelt, language), spelt)
            }
        };
        let loose = char_filter::loosen(spelt);
        let mut grams = tokenizer::ngram::grams(&loose.text);
        if !loose.is_as_written() {
            grams.map_ranges(|range| loose.original(range));
        }
        Analysis {
            words,
            grams,
            readings,
        }
    }

    /// Finds folded spellings in a text as written, in any width, case and old or new characters. In scripts with spaces only whole
    /// words count.
    pub fn find_spellings<'s>(
        &self,
        text: &str,
        language: Option<&str>,
        spellings: impl Iterator<Item = &'s str>,
    ) -> Vec<Range<usize>> {
        let filtered = self.loosened(text, language);
        let folded = filtered.text.as_str();
        let is_word = |c: Option<char>| c.is_some_and(|c| characters::class(c) == CharClass::Word);
        let mut found = Vec::new();
        for spelling in spellings.filter(|spelling| !spelling.is_empty()) {
            let spelling = self.loosened(spelling, language).text;
            let spelling = spelling.as_str();
            for (at, _) in folded.match_indices(spelling) {
                let end = at + spelling.len();
                let cut_before =
                    is_word(folded[..at].chars().next_back()) && is_word(spelling.chars().next());
                let cut_after =
                    is_word(folded[end..].chars().next()) && is_word(spelling.chars().next_back());
                if !cut_before && !cut_after {
                    found.push(filtered.original(at..end));
                }
            }
        }
        found
    }

    /// What a unit of a query, typed in kana or Latin letters, sounds like; none where nothing is known of readings.
    pub(crate) fn spoken(&self, unit: &str) -> Vec<Spoken> {
        match &self.japanese {
            Some(_) => Spoken::readings(&self.normalize_in(unit, Some("ja"))),
            None => Vec::new(),
        }
    }

    /// Folds a term that is looked up without being cut, such as a prefix.
    pub fn normalize(&self, term: &str) -> String {
        self.normalize_in(term, None)
    }

    /// Folds a term as texts of a language are folded.
    pub(crate) fn normalize_in(&self, term: &str, language: Option<&str>) -> String {
        self.spelt(term, language).text
    }

    /// A text in the one spelling that all its spellings have.
    pub(crate) fn loosened(&self, text: &str, language: Option<&str>) -> Filtered {
        char_filter::loosen(self.spelt(text, language))
    }

    fn spelt(&self, text: &str, language: Option<&str>) -> Filtered {
        self.char_filters.spell(char_filter::fold(text, language))
    }

    /// The words of a filtered text and their readings, with their places in the text as written.
    fn words(&self, filtered: &Filtered, language: Option<&str>) -> (Tokens, Tokens) {
        let text = filtered.text.as_str();
        let (mut words, mut readings) = match &self.japanese {
            Some(japanese) if is_japanese(text, language) => japanese.words(text),
            japanese => {
                let other = tokenizer::unicode::Other {
                    chinese: (language == Some("zh")).then_some(&*self.char_filters),
                    recipe: Recipe::of(language),
                    japanese: japanese.as_deref(),
                };
                (other.words(text), Tokens::default())
            }
        };
        if !filtered.is_as_written() {
            words.map_ranges(|range| filtered.original(range));
            readings.map_ranges(|range| filtered.original(range));
        }
        (words, readings)
    }

    /// Whether the words of a language are cut down to stems, so that different words may become one term.
    pub(crate) fn has_stems(&self, language: Option<&str>) -> bool {
        Recipe::of(language).has_stems()
    }
}

/// Whether a folded text is cut by the Japanese dictionary. Kana decide; Han characters alone do unless the text is
/// known to be of another language.
fn is_japanese(text: &str, language: Option<&str>) -> bool {
    language.is_none_or(|language| language == "ja")
        && text
            .chars()
            .any(|c| characters::is_kana(c) || characters::is_han(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_point_into_the_text_as_written() {
        let text = "㍿とﾍﾞﾄﾅﾑ";
        let analysis = Analyzer::grams_only().analyze(text, None);
        let parts: Vec<&str> = analysis
            .grams
            .iter()
            .map(|token| &text[token.range])
            .collect();
        assert_eq!(
            parts,
            ["㍿", "㍿", "㍿", "㍿と", "とﾍﾞ", "ﾍﾞﾄ", "ﾄﾅ", "ﾅﾑ", "ﾑ"]
        );
    }

    #[test]
    fn the_language_decides_han_alone() {
        assert!(is_japanese("日越関係", None) && is_japanese("日越関係", Some("ja")));
        assert!(!is_japanese("中国外交", Some("zh")) && !is_japanese("「の」は日本語", Some("zh")));
        assert!(!is_japanese("foreign policy", None));
    }
}
