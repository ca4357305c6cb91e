//! Words of one's own: names and terms that no dictionary has.
//!
//! In: a table of three columns, as simple user dictionaries for kuromoji's successors and lindera have them. Out: [`UserDictionary`], checked and
//! plain. What the words look like to the tokenizer is the business of [`Analyzer`](super::Analyzer).
//!
//! ```text
//! # word, part of speech, reading in kana
//! 令月会館,名詞,レイゲツカイカン
//! "A, B及びC",カスタム名詞,エービーオヨビシー
//! ```
//!
//! A word is one word wherever it stands, also where the dictionary would cut it; its parts are found by their grams. Bounds: [`MAX_BYTES`],
//! [`MAX_WORDS`], [`MAX_CHARS`].

use std::collections::HashMap;

use super::char_filter;
use super::characters::is_kana;
#[cfg(doc)]
use crate::error::ErrorKind;
use crate::error::{Error, Result};

/// No file of words is longer.
pub const MAX_BYTES: usize = 16 << 20;
/// Words of a user dictionary.
pub const MAX_WORDS: usize = 100_000;
/// Characters of a word, and of its reading.
pub const MAX_CHARS: usize = 64;

const HINT: &str =
    "a line is `word,part of speech,reading`, such as `令月会館,名詞,レイゲツカイカン`";

/// Words of one's own, for [`Analyzer::with_user_dictionary`](super::Analyzer::with_user_dictionary).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserDictionary {
    words: Vec<UserWord>,
}

/// A word of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UserWord {
    /// The word as texts have it, in any width and spelling.
    pub surface: String,
    /// Its part of speech, such as 名詞; those that the dictionary takes for function words are such here, too.
    pub part_of_speech: String,
    /// How it sounds, in kana.
    pub reading: String,
}

impl UserDictionary {
    /// Reads the text of a file; [the module](self) describes the format.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Malformed`] with the line and the reason of each mistake.
    ///
    /// ```
    /// use fumikura::UserDictionary;
    ///
    /// let words = UserDictionary::parse("令月会館,名詞,れいげつかいかん\n").unwrap();
    /// assert_eq!(words.words()[0].reading, "レイゲツカイカン");
    /// let error = UserDictionary::parse("令月会館,名詞\n").unwrap_err();
    /// assert_eq!(error.to_string(), "line 1: has 2 columns, 3 are needed");
    /// ```
    pub fn parse(text: &str) -> Result<Self> {
        let failed = |mistakes: &[(usize, String)]| Err(Error::mistakes(mistakes).with_hint(HINT));
        if text.len() > MAX_BYTES {
            return failed(&[(1, "the file is longer than 16 MiB".to_owned())]);
        }
        let mut words: Vec<UserWord> = Vec::new();
        let mut lines: HashMap<String, usize> = HashMap::new();
        let mut mistakes = Vec::new();
        for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            if words.len() == MAX_WORDS {
                mistakes.push((number, format!("more than {MAX_WORDS} words")));
                break;
            }
            match UserWord::parse(line) {
                Err(reason) => mistakes.push((number, reason)),
                Ok(word) => match lines.get(&word.surface) {
                    Some(first) => {
                        let surface = &word.surface;
                        let reason = format!("`{surface}` stands in line {first} already");
                        mistakes.push((number, reason));
                    }
                    None => {
                        lines.insert(word.surface.clone(), number);
                        words.push(word);
                    }
                },
            }
        }
        match mistakes.is_empty() {
            true => Ok(UserDictionary { words }),
            false => failed(&mistakes),
        }
    }

    /// The words, in their order.
    pub fn words(&self) -> &[UserWord] {
        &self.words
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words as a file.
    pub fn to_csv(&self) -> String {
        let mut csv = String::new();
        for word in &self.words {
            let columns = [&word.surface, &word.part_of_speech, &word.reading];
            csv.push_str(&row(&columns.map(String::as_str)));
        }
        csv
    }

    /// BLAKE3 of the words in their order, 16 hex digits.
    pub fn checksum(&self) -> String {
        blake3::hash(self.to_csv().as_bytes()).to_hex()[..16].to_owned()
    }
}

impl UserWord {
    fn parse(line: &str) -> std::result::Result<Self, String> {
        let columns = columns(line)?;
        let [surface, part_of_speech, reading] = <[String; 3]>::try_from(columns)
            .map_err(|columns| format!("has {} columns, 3 are needed", columns.len()))?;
        for (name, value) in [
            ("word", &surface),
            ("part of speech", &part_of_speech),
            ("reading", &reading),
        ] {
            if value.is_empty() {
                return Err(format!("the {name} is missing"));
            }
            if value.chars().count() > MAX_CHARS {
                return Err(format!("the {name} has more than {MAX_CHARS} characters"));
            }
            if value.contains(char::is_control) {
                return Err(format!("the {name} has a control character"));
            }
        }
        if !surface.contains(char::is_alphanumeric) {
            return Err(format!("the word `{surface}` has no letter"));
        }
        let folded = char_filter::fold(&reading, None).text;
        let kana: String = folded.chars().map(super::reading::katakana).collect();
        if !kana.chars().all(is_kana) {
            return Err(format!("the reading `{reading}` is not kana"));
        }
        Ok(UserWord {
            surface,
            part_of_speech,
            reading: kana,
        })
    }
}

/// The columns of a line; a column with commas or quotes in it stands in quotes.
fn columns(line: &str) -> std::result::Result<Vec<String>, String> {
    let mut columns = Vec::new();
    let mut rest = line.trim();
    loop {
        let column;
        (column, rest) = match rest.strip_prefix('"') {
            Some(quoted) => {
                let end = (quoted.match_indices('"').map(|(at, _)| at))
                    .scan(0, |after, at| {
                        // Two quotes are one in the text.
                        let is_second = at < *after;
                        let is_first = !is_second && quoted[at + 1..].starts_with('"');
                        *after = if is_first { at + 2 } else { *after };
                        Some((at, !is_first && !is_second))
                    })
                    .find_map(|(at, ends)| ends.then_some(at))
                    .ok_or("a quote is not closed")?;
                (quoted[..end].replace("\"\"", "\""), &quoted[end + 1..])
            }
            None => {
                let end = rest.find(',').unwrap_or(rest.len());
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        columns.push(column.trim().to_owned());
        rest = match rest.trim_start().strip_prefix(',') {
            Some(rest) => rest.trim_start(),
            None if rest.trim().is_empty() => return Ok(columns),
            None => return Err("text stands behind a closed quote".to_owned()),
        };
    }
}

/// A line of a file, every column in quotes.
pub(super) fn row(columns: &[&str]) -> String {
    let quoted = columns
        .iter()
        .map(|text| format!("\"{}\"", text.replace('"', "\"\"")));
    quoted.collect::<Vec<_>>().join(",") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let text = "\u{feff}# 会館\r\n令月会館, 名詞 ,れいげつ\r\n\r\n\"A, \"\"B\"\"\",カスタム名詞,ｴｰﾋﾞｰ\n";
        let words = UserDictionary::parse(text).unwrap();
        assert_eq!(words.words()[0].reading, "レイゲツ");
        assert_eq!(words.words()[1].surface, "A, \"B\"");
        assert_eq!(words.words()[1].reading, "エービー");
        assert_eq!(UserDictionary::parse(&words.to_csv()).unwrap(), words);
        let other = UserDictionary::parse("令月会館,名詞,レイゲツ").unwrap();
        assert_ne!(other.checksum(), words.checksum());
    }

    #[test]
    fn every_mistake_is_told_with_its_line() {
        let long = "長".repeat(65);
        for (text, told) in [
            ("a", "line 1: has 1 columns, 3 are needed"),
            (
                "日経,日 経,ニッ ケイ,名詞",
                "line 1: has 4 columns, 3 are needed",
            ),
            (",名詞,ア", "line 1: the word is missing"),
            ("会,,カイ", "line 1: the part of speech is missing"),
            ("会,名詞,", "line 1: the reading is missing"),
            ("会,名詞,kai", "line 1: the reading `kai` is not kana"),
            ("会,名詞,会", "line 1: the reading `会` is not kana"),
            ("。,名詞,マル", "line 1: the word `。` has no letter"),
            ("\"会,名詞,カイ", "line 1: a quote is not closed"),
            (
                "\"会\"a,名詞,カイ",
                "line 1: text stands behind a closed quote",
            ),
            (
                "会\u{1},名詞,カイ",
                "line 1: the word has a control character",
            ),
            (
                "\n会,名詞,カイ\n会,名詞,エ",
                "line 3: `会` stands in line 2 already",
            ),
            (
                &format!("{long},名詞,ア"),
                "line 1: the word has more than 64 characters",
            ),
        ] {
            assert_eq!(
                UserDictionary::parse(text).unwrap_err().to_string(),
                told,
                "{text}"
            );
        }
    }

    #[test]
    fn a_broken_file_is_refused_quickly() {
        for text in [
            "\"".repeat(100_000),
            "\",\"\n".repeat(100_000),
            ",".repeat(1_000_000),
        ] {
            assert!(UserDictionary::parse(&text).is_err());
        }
    }
}
