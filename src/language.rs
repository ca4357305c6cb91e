//! The language of a text.
//!
//! In: a text. Out: a [`Language`], or `None` where the text is too short or too odd to tell, so that the document's
//! language can decide. Scripts decide first (kana means Japanese, Hangul Korean), letters that only one language uses
//! second (`ң` and `қ` Kazakh, `ơ` and `ư` Vietnamese), trigrams last, for the Latin alphabet. Not here: cutting a text
//! into parts of one language each.
//!
//! ```
//! use fumikura::Language;
//!
//! let language = Language::of("両国の外相は東京で会談した。");
//! assert_eq!(language.map(|l| l.to_string()), Some("ja".to_owned()));
//! ```

mod letters;
mod named;
mod scripts;

use std::fmt;
use std::str::FromStr;

use icu_locale::names::{LanguageIdentifierDisplayName, LanguageIdentifierDisplayNameOptions};
use icu_locale::{LanguageIdentifier, Locale};
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

/// A language: its ISO 639 code in lower case, two letters where there is such a code.
///
/// As data it is a string: `"ja"`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language([u8; 3]);

impl Language {
    /// The language of a text, if the text shows it. Reads the first 2,000 characters at most.
    pub fn of(text: &str) -> Option<Language> {
        scripts::detect(text)
    }

    /// The language of a part of a text whose language as a whole is known. What strays is of the whole's language: a few Han characters, such
    /// as a list of names, do not make a Japanese document Chinese, nor sources in Latin letters English.
    pub(crate) fn of_part(text: &str, whole: Option<Language>) -> Option<Language> {
        match (Self::of(text), whole) {
            (Some(found), Some(whole)) if !scripts::strays(text, found, whole) => Some(found),
            (found, None) => found,
            (_, whole) => whole,
        }
    }

    /// The primary language of a BCP 47 tag, an ISO 639 code or a POSIX locale: `ja`, `zh-Hant`, `jpn`, `ja_JP.UTF-8`.
    pub fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.trim().split(['-', '_', '.', '@']).next()?;
        let bytes = primary.as_bytes();
        if !(2..=3).contains(&bytes.len()) || !bytes.iter().all(u8::is_ascii_alphabetic) {
            return None;
        }
        let mut code = [0; 3];
        code[..bytes.len()].copy_from_slice(bytes);
        code.make_ascii_lowercase();
        let shorter = LONG_CODES.iter().find(|(long, _)| long.as_bytes() == code);
        Some(shorter.map_or(Language(code), |(_, short)| Language::code(short)))
    }

    /// The language with a tag, a code, or a name in any language: `ja`, 日本語, Japanese, японский.
    pub fn named(name: &str) -> Option<Language> {
        named::named(name)
    }

    /// The ISO 639 code.
    pub fn as_str(&self) -> &str {
        let length = if self.0[2] == 0 { 2 } else { 3 };
        std::str::from_utf8(&self.0[..length]).unwrap_or("und")
    }

    /// The language's name in a locale (`ja`, `en`, `ja_JP.UTF-8`), else in English, else its code.
    pub fn name(self, locale: &str) -> String {
        let locale = display_locale(locale);
        let own = include_str!("language/data/names.tsv")
            .lines()
            .find_map(|line| {
                let mut columns = line.split('\t');
                (columns.next() == Some(self.as_str()))
                    .then(|| columns.next().zip(columns.next()))?
            });
        match (locale.id.language.as_str(), own) {
            ("ja", Some((japanese, _))) => japanese.to_owned(),
            ("en", Some((_, english))) => english.to_owned(),
            _ => self
                .name_in_cldr(locale)
                .or_else(|| own.map(|(_, english)| english.to_owned()))
                .or_else(|| self.name_in_cldr(display_locale("en")))
                .unwrap_or_else(|| self.to_string()),
        }
    }

    fn name_in_cldr(self, locale: Locale) -> Option<String> {
        name_in_cldr(self.as_str().parse().ok()?, locale)
    }

    /// A code known to be well formed.
    const fn code(code: &str) -> Language {
        let bytes = code.as_bytes();
        Language([
            bytes[0],
            bytes[1],
            if bytes.len() > 2 { bytes[2] } else { 0 },
        ])
    }
}

fn name_in_cldr(subject: LanguageIdentifier, locale: Locale) -> Option<String> {
    let code = subject.to_string();
    let options = LanguageIdentifierDisplayNameOptions::default();
    let name =
        LanguageIdentifierDisplayName::try_new_light(locale.into(), subject, options).ok()?;
    // Without a name icu_locale answers with the code.
    Some(name.as_borrowed().to_string()).filter(|name| *name != code)
}

/// Reads a locale as users and their environment write it; English for what is no locale (`C`, `POSIX`, nothing).
pub(crate) fn display_locale(name: &str) -> Locale {
    let tag = name
        .trim()
        .split(['.', '@'])
        .next()
        .unwrap_or_default()
        .replace('_', "-");
    match Locale::try_from_str(&tag) {
        Ok(locale) if !locale.id.language.is_unknown() && tag != "C" => locale,
        _ => Locale::try_from_str("en").unwrap_or(Locale::UNKNOWN),
    }
}

impl FromStr for Language {
    type Err = Error;

    fn from_str(tag: &str) -> Result<Self, Error> {
        Language::from_tag(tag).ok_or_else(|| {
            Error::new(
                ErrorKind::UnknownValue,
                format!("language {tag:?} is not a language code"),
            )
            .with_hint("use an ISO 639 code such as ja, zh or en")
        })
    }
}

impl TryFrom<String> for Language {
    type Error = Error;

    fn try_from(tag: String) -> Result<Self, Error> {
        tag.parse()
    }
}

impl From<Language> for String {
    fn from(language: Language) -> String {
        language.to_string()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Three-letter codes that have a shorter twin: those whatlang answers with, and the usual ones in metadata.
const LONG_CODES: [(&str, &str); 66] = [
    ("jpn", "ja"),
    ("eng", "en"),
    ("zho", "zh"),
    ("chi", "zh"),
    ("cmn", "zh"),
    ("kor", "ko"),
    ("rus", "ru"),
    ("kaz", "kk"),
    ("vie", "vi"),
    ("tha", "th"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("deu", "de"),
    ("ger", "de"),
    ("spa", "es"),
    ("por", "pt"),
    ("ita", "it"),
    ("nld", "nl"),
    ("dut", "nl"),
    ("pol", "pl"),
    ("tur", "tr"),
    ("ind", "id"),
    ("ces", "cs"),
    ("swe", "sv"),
    ("dan", "da"),
    ("nob", "nb"),
    ("fin", "fi"),
    ("hun", "hu"),
    ("ron", "ro"),
    ("ukr", "uk"),
    ("ara", "ar"),
    ("hin", "hi"),
    ("mar", "mr"),
    ("nep", "ne"),
    ("uzb", "uz"),
    ("mon", "mn"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("bur", "my"),
    ("cat", "ca"),
    ("ell", "el"),
    ("est", "et"),
    ("fas", "fa"),
    ("geo", "ka"),
    ("gre", "el"),
    ("heb", "he"),
    ("hye", "hy"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kir", "ky"),
    ("lao", "lo"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("may", "ms"),
    ("msa", "ms"),
    ("mya", "my"),
    ("per", "fa"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("srp", "sr"),
    ("tam", "ta"),
    ("tgk", "tg"),
    ("uig", "ug"),
    ("urd", "ur"),
];

#[cfg(test)]
mod tests;
