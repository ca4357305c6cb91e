//! Years as people type them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::facet::year::{NoYears, Years};

/// A year or a range of years, both ends included.
///
/// ```
/// use fumikura::query::YearRange;
///
/// for text in ["2020..2024", "2020-2024", "2020～2024", "２０２０年〜２０２４年"] {
///     assert_eq!(YearRange::parse(text).unwrap().to_string(), "2020..2024");
/// }
/// assert_eq!(YearRange::parse("2024年").unwrap(), YearRange { from: Some(2024), to: Some(2024) });
/// assert_eq!(YearRange::parse("..2020").unwrap(), YearRange { from: None, to: Some(2020) });
/// assert!(YearRange::parse("二千").is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct YearRange {
    /// The first year; `None` means from the beginning.
    pub from: Option<i32>,
    /// The last year; `None` means to the end.
    pub to: Option<i32>,
}

/// Why a text is no range of years.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum YearError {
    /// Neither a year nor a range.
    #[error("`{0}` is no year")]
    NotAYear(String),
    /// A range that ends before it begins; with what was probably meant.
    #[error("`{0}` runs backwards, the range is `{1}`")]
    Reversed(String, YearRange),
}

impl YearRange {
    /// What can be typed, for messages.
    pub const FORMS: &str = "years are written 2024, 令和6年, 2020..2024, ..2020 or 2020..";

    /// Reads a year or a range: `2024`, `令和6年`, `R6`, `1990年代`, `2020..2024`, `..2020`, `2020..`. Between two years `-`, `～`, `〜`
    /// and から do as well, and `～2020`, `2020～` are open ranges; digits may be full-width.
    ///
    /// # Errors
    ///
    /// When it is something else, when a year lies outside 1 to 2999, and when the range runs backwards.
    pub fn parse(text: &str) -> Result<YearRange, YearError> {
        match Years::parse(text) {
            Ok(Years { from, to }) => Ok(YearRange { from, to }),
            Err(NoYears::Reversed(from, to)) => Err(YearError::Reversed(
                text.to_owned(),
                YearRange {
                    from: Some(to),
                    to: Some(from),
                },
            )),
            Err(NoYears::NotAYear | NoYears::OutOfBounds) => {
                Err(YearError::NotAYear(text.to_owned()))
            }
        }
    }

    /// Whether a year lies in the range.
    pub fn contains(&self, year: i32) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }
}

impl FromStr for YearRange {
    type Err = YearError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        YearRange::parse(text)
    }
}

impl fmt::Display for YearRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            YearRange {
                from: Some(from),
                to: Some(to),
            } if from == to => write!(f, "{from}"),
            YearRange { from, to } => {
                from.map_or(Ok(()), |year| write!(f, "{year}"))?;
                f.write_str("..")?;
                to.map_or(Ok(()), |year| write!(f, "{year}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let cases = [
            ("2024", "2024"),
            ("２０２４", "2024"),
            ("2024年", "2024"),
            (" 2024 ", "2024"),
            ("2020..2024", "2020..2024"),
            ("2020．．2024", "2020..2024"),
            ("2020‥2024", "2020..2024"),
            ("2020-2024", "2020..2024"),
            ("2020－2024", "2020..2024"),
            ("2020−2024", "2020..2024"),
            ("2020–2024", "2020..2024"),
            ("2020~2024", "2020..2024"),
            ("2020～2024", "2020..2024"),
            ("2020〜2024", "2020..2024"),
            ("2020年〜2024年", "2020..2024"),
            ("２０２０年～２０２４年", "2020..2024"),
            ("2020..2020", "2020"),
            ("..2020", "..2020"),
            ("2020..", "2020.."),
            ("2020年～", "2020.."),
            ("〜2020", "..2020"),
            ("1000..2999", "1000..2999"),
            ("794", "794"),
            ("令和6年", "2024"),
            ("R6", "2024"),
            ("1990年代", "1990..1999"),
            ("2020-24", "2020..2024"),
        ];
        for (typed, printed) in cases {
            let range = YearRange::parse(typed).unwrap_or_else(|error| panic!("{typed}: {error}"));
            assert_eq!(range.to_string(), printed, "{typed}");
            assert_eq!(YearRange::parse(printed).as_ref(), Ok(&range), "{printed}");
        }
    }

    #[test]
    fn refused() {
        let bad = [
            "",
            "..",
            "～",
            "-",
            "-2020",
            "2020-",
            "二千",
            "20255",
            "3000",
            "0999",
            "2020.2024",
            "2020..2022..2024",
            "昭和99年",
            "年",
            "+2020",
            "2020年年",
        ];
        for text in bad {
            let error = YearRange::parse(text).unwrap_err();
            assert_eq!(error.to_string(), format!("`{text}` is no year"));
        }
        assert!(YearRange::parse(&"2".repeat(100_000)).is_err());
    }

    #[test]
    fn reversed() {
        let error = YearRange::parse("2024..2020").unwrap_err();
        assert_eq!(
            error.to_string(),
            "`2024..2020` runs backwards, the range is `2020..2024`"
        );
    }

    #[test]
    fn contains() {
        let range = YearRange::parse("2020..2024").unwrap();
        assert!(range.contains(2020) && range.contains(2024));
        assert!(!range.contains(2019) && !range.contains(2025));
        assert!(YearRange::parse("2020..").unwrap().contains(2999));
        assert!(YearRange::parse("..2020").unwrap().contains(-1));
    }
}
