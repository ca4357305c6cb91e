//! Countries: codes, names in every language, and where a text names one.
//!
//! In: a code or a name as a person types it, or a text. Out: a [`Country`], its name in the reader's language, and for
//! a text the countries it names with the place that shows it. Names are CLDR's (through `icu_locale`) and those of the
//! tables in `data/`; each table says in its head what it holds and how to add a line.
//!
//! What counts in a text: names, also former ones and in other cases (`Казахстана`), peoples and adjectives
//! (`Vietnamese`, アメリカ人, 日本料理), and shorthand where it stands like one (日越関係, 訪中, 米大統領, `Sino-`). What does not:
//! languages and currencies (韓国語, `in Japanese`, 米ドル), names that two states share (コンゴ, `Korean`), regions, seas and
//! what only looks like a name (日本海, 中国地方, `New Mexico`). Doubtful names (`Jordan`, `Georgia`, マリ) count in a text that
//! speaks of states, and not within a person's name. Capitals are weak: one counts where the text names its state, too, or
//! where its government is meant (ワシントン政府).
//!
//! ```
//! use fumikura::Country;
//!
//! let country = Country::named("ベトナム");
//! assert_eq!(country, Country::named("Вьетнам"));
//! assert_eq!(country.map(|c| c.to_string()), Some("VN".to_owned()));
//! assert_eq!(country.map(|c| c.name("ja")), Some("ベトナム".to_owned()));
//! ```

mod boundary;
mod context;
pub(super) mod finder;
mod inflection;
mod names;
mod patterns;
mod shorthand;
mod suggest;
mod tables;

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

use super::fold::fold;

/// A state or territory: its ISO 3166-1 code, or `EU`, `UN`, `XK` (Kosovo), or one of the former `SU`, `YU`, `CS`
/// (Czechoslovakia), `DD`.
///
/// As data it is a string: `"VN"`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 2]);

impl Country {
    /// The country with a code of two or three letters, in any case and width.
    pub fn from_code(code: &str) -> Option<Country> {
        let code = fold(code.trim()).to_ascii_uppercase();
        match code.len() {
            2 => TABLE.iter().find(|row| row.country.as_str() == code),
            3 => TABLE.iter().find(|row| row.alpha_3 == code),
            _ => None,
        }
        .map(|row| row.country)
    }

    /// The country with a code or a name: in any language CLDR knows, in any width, case and kana spelling of `ヴ`; also
    /// a former name, a people or adjective (`Vietnamese`, ベトナム人) and the one character of headlines (越).
    ///
    /// `None` for unknown names, and for names that two countries share (コンゴ).
    pub fn named(name: &str) -> Option<Country> {
        Country::from_code(name).or_else(|| names::resolve(name))
    }

    /// Countries whose code or name is close to what was typed, best first, at most three.
    pub fn nearest(name: &str) -> Vec<Country> {
        suggest::nearest(name)
    }

    /// All countries, by code.
    pub fn all() -> impl Iterator<Item = Country> {
        TABLE.iter().map(|row| row.country)
    }

    /// The code of two capital letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("ZZ")
    }

    /// The name for readers in a locale (`ja`, `en`, `ja_JP.UTF-8`): the short one where CLDR has one and it is no
    /// abbreviation, else the usual one, else in English, else the code.
    pub fn name(self, locale: &str) -> String {
        let locale = crate::language::display_locale(locale);
        names::display(self, &locale)
            .or_else(|| names::display(self, &crate::language::display_locale("en")))
            .unwrap_or_else(|| self.to_string())
    }

    fn row(self) -> Option<&'static Row> {
        TABLE.iter().find(|row| row.country == self)
    }
}

/// A line of `data/countries.tsv`.
#[derive(Debug)]
struct Row {
    country: Country,
    alpha_3: &'static str,
    /// Names in Japanese and English where CLDR has none.
    own_names: Option<(&'static str, &'static str)>,
}

static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let lines = include_str!("data/countries.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let &[a, b] = columns.next()?.as_bytes() else {
                return None;
            };
            let alpha_3 = columns.next()?;
            Some(Row {
                country: Country([a, b]),
                alpha_3,
                own_names: columns.next().zip(columns.next()),
            })
        })
        .collect()
});

impl FromStr for Country {
    type Err = Error;

    fn from_str(code: &str) -> Result<Self, Error> {
        Country::from_code(code).ok_or_else(|| {
            Error::new(
                ErrorKind::UnknownValue,
                format!("country code {code:?} is not known"),
            )
            .with_hint("use an ISO 3166 code such as VN, or EU or UN")
        })
    }
}

impl TryFrom<String> for Country {
    type Error = Error;

    fn try_from(code: String) -> Result<Self, Error> {
        code.parse()
    }
}

impl From<Country> for String {
    fn from(country: Country) -> String {
        country.to_string()
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests;
