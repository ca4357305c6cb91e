//! What is asked: a [`Query`] as plain data, and the language in which people type it.
//!
//! In: a text as typed. Out: a [`Query`], and [`Complaint`]s about what could not be used. The query knows no index and
//! no analyzer: it can be compared, printed, stored and sent; whoever searches decides which words a text contains.
//!
//! # The language
//!
//! Whatever is merely typed is wished for, whatever is marked is required. Bare words are running text (any may match,
//! more is better); quotes, brackets around alternatives, field names and facets narrow.
//!
//! ```text
//! query   = either
//! either  = both { OR both }                  OR  ||
//! both    = run { AND run }                   AND &&   every run is required
//! run     = part { part }                     side by side binds tightest: a b OR c d = (a b) OR (c d)
//! part    = [ NOT | sign ] [ name ":" ] unit
//! sign    = "+" required | "-" excluded       directly before the unit, at the start of a word
//! unit    = word | word "*" | phrase | "(" query ")"
//! phrase  = "…" “…” ”…” „…“ «…» 「…」 『…』
//! name    = title heading text | country year topic language        and their Japanese names
//! ```
//!
//! | typed | means |
//! |---|---|
//! | `カザフスタン 貿易 2024` | one running text; words side by side are joined, also across other parts of a run |
//! | `"自由貿易協定"` | a phrase, verbatim and required |
//! | `「自由で開かれたインド太平洋」とは` | 「」 and 『』 are ordinary punctuation in a question: beside bare words the phrase is part of the running text, and standing verbatim counts more. Without bare words (`「自由貿易協定」`) it is required |
//! | `カザフ*` | words that begin so; beside other words a wish like them |
//! | `+貿易`, `-投資`, `NOT 投資` | required, excluded. A query of exclusions finds everything else |
//! | `日本 AND 越`, `日本 OR 越` | both, either; `NOT` binds tighter than side by side, then `AND`, then `OR` |
//! | `(日本 OR 越) 会談` | brackets with structure are required; brackets around bare words are only punctuation |
//! | `欧州連合(EU)の加盟国` | a bracket directly behind a word is punctuation, unless operators join something in it |
//! | `title:会談`, `見出し:(日本 越)` | `title` 題名 タイトル, `heading` 見出し, `text` 本文: the unit, required, in that field |
//! | `country:VN`, `国:(VN カザフスタン)` | `country` 国, `topic` 分野 トピック, `language` `lang` 言語: a filter, required; the value is not interpreted here |
//! | `year:2020..2024` | `year` 年: see [`YearRange`] |
//! | `country:VN country:KZ` | the same facet typed twice side by side: either. With `AND` or `+`: both |
//! | `\-5`, `\AND`, `foo\:bar` | a backslash before a mark takes its meaning away; elsewhere it is itself |
//!
//! White space is any Unicode white space (U+3000 too) and control characters. Full-width twins of marks, operators and
//! field names (`－`, `（`, `：`, `＂`, `＊`, `ＡＮＤ`, `ｙｅａｒ`) are the same as their ASCII forms; `−` and `‐` are minus signs.
//! Words are kept as typed. Lower-case `and`, `or`, `not`, an apostrophe, 、 and 。, a minus, quote or colon inside a word
//! (`2020-2024`, `12:30`, `https://…`) are ordinary text. Operators stand alone or beside brackets and quotes.
//!
//! Words of a running text also find their [`synonyms`], below what was typed; quotes and exclusions mean what was typed.
//!
//! The lenient parser ([`Query::parse`]) uses what it can and says what it did with the rest; the strict one
//! ([`Query::parse_strict`]) stops at the first such place. Bounds: [`MAX_CHARS`], [`MAX_CLAUSES`], [`MAX_DEPTH`]. Printing a
//! query that was parsed gives a text that parses to the same query without complaint, within these bounds.
//!
//! ```
//! use fumikura::Query;
//!
//! let parsed = Query::parse("カザフスタン　貿易　－投資　国：VN");
//! assert_eq!(parsed.query.to_string(), "カザフスタン 貿易 -投資 country:VN");
//! assert!(parsed.complaints.is_empty());
//!
//! let parsed = Query::parse("日本 year:20255");
//! assert_eq!(
//!     parsed.complaints[0].to_string(),
//!     "`20255` is no year at character 9: searched as a word \
//!      (years are written 2024, 令和6年, 2020..2024, ..2020 or 2020..)"
//! );
//! ```

mod brackets;
mod complaint;
pub(crate) mod filter;
mod kind;
mod lexer;
mod normal;
mod parser;
pub(crate) mod plan;
mod print;
mod run;
pub mod synonyms;
mod syntax;
mod year;

#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};

pub(crate) use complaint::bounded;
pub use complaint::{Complaint, ParseError};
pub use kind::QueryKind;
pub use synonyms::Synonyms;
pub use year::{YearError, YearRange};

/// Characters of a query that are read; the rest is left out with a complaint.
pub const MAX_CHARS: usize = 10_000;
/// Clauses of a query that are read; a running text is one. The rest is left out with a complaint.
pub const MAX_CLAUSES: usize = 1_024;
/// Levels of brackets; deeper ones are taken as text with a complaint.
pub const MAX_DEPTH: usize = 32;

/// What is asked.
///
/// The parser makes queries in normal form: no Boolean with a single clause, nothing empty, nested Booleans only where
/// they mean something. [`Query::boolean`] gives the same form to queries made in code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Query {
    /// Everything: the empty query.
    All,
    /// Running text, from one word to a whole question: any of its words may match, more is better.
    Text(Text),
    /// The words of the text next to each other in this order.
    Phrase(Text),
    /// Words that begin with the text.
    Prefix(Text),
    /// A facet has a value.
    Facet(FacetFilter),
    /// Clauses together. A passage matches when every [`Must`](Occur::Must) matches, no [`MustNot`](Occur::MustNot)
    /// does and at least one [`Should`](Occur::Should) does, if there are any. That last condition falls away when a
    /// `Must` asks for text ([`Query::is_filter`] is false): then `Should` only adds to the score.
    Boolean(Vec<Clause>),
}

/// A text to look for, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// As typed, with single spaces for white space.
    pub text: String,
    /// Only in this field; `None` means in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<TextField>,
}

/// A field of a passage that holds text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextField {
    /// The title of the document.
    Title,
    /// The headings above the passage.
    Heading,
    /// The text of the passage.
    Text,
}

/// A part of a Boolean query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Clause {
    /// Whether it is wished for, required or excluded.
    pub occur: Occur,
    /// What is asked.
    pub query: Query,
}

/// What a clause does to the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occur {
    /// Wished for: a match adds to the score.
    Should,
    /// Required.
    Must,
    /// Excluded.
    MustNot,
}

/// A property of passages by which they are counted and narrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Facet {
    /// Countries a passage is about.
    Country,
    /// Years a passage is about.
    Year,
    /// Topics of a passage.
    Topic,
    /// The language of a passage.
    Language,
}

/// A facet and the value it is to have. Names are as typed (`VN`, `ベトナム`, `経済/貿易`): what they stand for is known
/// to those who know the countries and topics.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FacetFilter {
    /// A country: code or name.
    Country(String),
    /// A year in this range.
    Year(YearRange),
    /// A topic: a path or a part of one.
    Topic(String),
    /// A language: code or name.
    Language(String),
}

/// What the lenient parser gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Parsed {
    /// The query as understood.
    pub query: Query,
    /// What could not be used, in the order of the text.
    pub complaints: Vec<Complaint>,
}

impl Query {
    /// Reads a query in the language of [this module](self). Never fails: what cannot be used becomes a complaint.
    pub fn parse(text: &str) -> Parsed {
        parser::parse(text)
    }

    /// Reads a query in the language of [this module](self).
    ///
    /// # Errors
    ///
    /// The first complaint the lenient parser would have.
    ///
    /// ```
    /// use fumikura::Query;
    ///
    /// let error = Query::parse_strict("貿易 “自由").unwrap_err();
    /// assert_eq!(error.to_string(), "unclosed quote `“` at character 4");
    /// assert_eq!(error.range, 7..10);
    /// ```
    pub fn parse_strict(text: &str) -> Result<Query, ParseError> {
        let parsed = Query::parse(text);
        match parsed.complaints.into_iter().next() {
            Some(complaint) => Err(complaint.into()),
            None => Ok(parsed.query),
        }
    }

    /// Running text in all fields, taken literally; everything if there is nothing in it.
    pub fn text(text: &str) -> Query {
        match syntax::squeeze(text) {
            text if text.is_empty() => Query::All,
            text => Query::Text(Text { text, field: None }),
        }
    }

    /// A phrase in all fields, taken literally; everything if there is nothing in it.
    pub fn phrase(text: &str) -> Query {
        match syntax::squeeze(text) {
            text if text.is_empty() => Query::All,
            text => Query::Phrase(Text { text, field: None }),
        }
    }
}

impl TextField {
    /// The name by which it is typed.
    pub fn name(self) -> &'static str {
        match self {
            TextField::Title => "title",
            TextField::Heading => "heading",
            TextField::Text => "text",
        }
    }
}

impl Facet {
    /// The name by which it is typed.
    pub fn name(self) -> &'static str {
        match self {
            Facet::Country => "country",
            Facet::Year => "year",
            Facet::Topic => "topic",
            Facet::Language => "language",
        }
    }
}

impl FacetFilter {
    /// The facet that is narrowed.
    pub fn facet(&self) -> Facet {
        match self {
            FacetFilter::Country(_) => Facet::Country,
            FacetFilter::Year(_) => Facet::Year,
            FacetFilter::Topic(_) => Facet::Topic,
            FacetFilter::Language(_) => Facet::Language,
        }
    }
}

impl fmt::Display for TextField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
