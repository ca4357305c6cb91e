//! Full-text search for a shelf of Japanese texts, and of whatever stands beside them in other languages. Documents are cut into
//! passages; a query, from a single word to a whole question, gets ranked passages back, with what matched in them and with
//! counts per country, year, topic and language. An index is a folder, or lies in memory; there is no server.
//!
//! ```
//! use fumikura::{Analyzer, Document, Index, Query, SearchOptions, WriterOptions};
//!
//! # fn main() -> fumikura::Result<()> {
//! let index = Index::in_memory(Analyzer::grams_only());
//! let mut writer = index.writer(&WriterOptions::default())?;
//! writer.add(Document::new("memo", "会談の記録", "1992年、両国の外相は貿易協定に署名した。"))?;
//! writer.commit()?;
//! let query = Query::parse("貿易協定に署名したのはいつですか？").query;
//! let hits = index.searcher()?.search(&query, &SearchOptions::top(10))?;
//! assert_eq!(hits.hits[0].document.id, "memo");
//! assert_eq!(hits.facets.year[0].label, "1992");
//! # Ok(())
//! # }
//! ```
//!
//! # The way of the data
//!
//! - A [`Source`] is a file: text, Markdown, HTML or JSON Lines, in any encoding that Japanese texts come in. Reading it gives
//!   [`Documents`].
//! - A [`Document`] has an id, a text with its headings and paragraphs ([`Block`]), what its author declared ([`Metadata`]) and where
//!   each part of it stood in the source ([`Origin`]). Documents may be made in code, too.
//! - A [`Passage`] is what is indexed, scored and shown: some 200 to 500 characters of one section ([`passages`]).
//! - [`Facets`] are the countries, years and topics of a passage, declared by the author or found in the text by a [`Finder`];
//!   [`Language`] is what it is written in.
//! - An [`Analyzer`] cuts texts and queries into [`Tokens`]: words by a [`Dictionary`], and character grams. Its [`Fingerprint`] says what
//!   decides them.
//! - An [`Index`] is filled by an [`IndexWriter`], document by document or from files and folders
//!   ([`IndexWriter::update`]), and answers through a [`Searcher`], a snapshot that threads can share.
//! - A [`Query`] is what is asked, as data; [`Query::parse`] reads what people type and never fails. [`SearchOptions`] say which page, which
//!   filters ([`FacetFilter`]), which snippets.
//! - [`Searcher::like`] finds more like a passage.
//! - [`Hits`] are plain data: each [`Hit`] a passage, its document and a [`Snippet`] with the places that matched; [`FacetCounts`] beside them.
//!   [`render`] writes them for people and programs, [`evaluation`] says how good a ranking is.
//!
//! # What it does, and what it does not
//!
//! A question is a wish: any of its words may match, the more, the rarer and the closer together the better. Words are found in
//! every inflection, width and case; what a dictionary cuts in another place is found by its grams, so that a verbatim part of a
//! text in quotes always finds it. A query is read in every language of the index, as the texts in it were, and each language is
//! ranked by its own statistics: adding a document in another language changes nothing of what is found in Japanese. Ranking is BM25 over words and grams of title, heading and
//! text; the best passages are then looked at more closely (`docs/ranking.md`).
//!
//! There is no search by meaning. Spellings are looked up, 國 finds 国 and ヴェトナム finds ベトナム, readings are (がいこう finds 外交), and so are
//! [`Synonyms`] (`docs/spellings.md`). It does not read
//! PDF or office files, and it does not fetch pages. An index is searched only with the analyzer it was built with; another one,
//! or another version's, is refused with [`ErrorKind::Incompatible`]. The library does not print, does not read the
//! environment and keeps no global state.
//!
//! # Features
//!
//! | feature | by default | brings |
//! |---|---|---|
//! | `ja` | yes | Japanese words with a dictionary from a folder; without it [`Analyzer::grams_only`] is all there is |
//! | `stem` | yes | stems of 37 languages: countries finds country; without it words are found as they are written |
//! | `segment` | yes | words of Chinese, Thai, Lao, Khmer and Burmese, 2 MB of dictionaries; without it they are cut into grams alone |
//! | `cli` | yes | the program `fumikura` and what it needs; a library does without: `default-features = false, features = ["ja"]` |
//!
//! # Where to go next
//!
//! `examples/quickstart.rs` is the way above in one file. The language of queries is described at [`query`], the layout of an index
//! folder at [`index`], the JSON of answers at [`hit`], the measures at [`evaluation`].

pub mod analysis;
pub mod document;
pub mod error;
pub mod evaluation;
pub mod facet;
pub mod hit;
pub mod index;
pub mod language;
mod offsets;
pub mod passage;
pub mod query;
pub mod render;
mod schema;
pub mod search;
mod snippet;
pub mod source;

pub use analysis::{
    Analysis, Analyzer, Dictionary, DictionaryInfo, Fingerprint, Stages, Token, TokenKind, Tokens,
    UserDictionary,
};
pub use document::{Block, BlockKind, Cut, Document, Metadata, Origin, Removed};
pub use error::{Error, ErrorKind, Result};
pub use facet::{Country, Facets, Finder, Found, Provenance, Taxonomy};
pub use hit::{
    CrossTable, Explanation, FacetCount, FacetCounts, FacetValue, Hit, Hits, LanguageReading,
    QueryExplanation, ScorePart, Shown, Snippet, Status, Substitution, Suggestion,
};
pub use index::{
    Added, Change, ChangeKind, CorpusSettings, Event, Index, IndexWriter, UpdateSummary,
    WriterOptions,
};
pub use language::Language;
pub use passage::{Passage, Passages, passages};
pub use query::{
    Complaint, Facet, FacetFilter, ParseError, Parsed, Query, QueryKind, Synonyms, YearRange,
};
pub use search::{SearchOptions, Searcher, Sort};
pub use source::{Documents, Source, Walk};

/// The Rust code of both READMEs compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
#[doc = include_str!("../README.ja.md")]
struct Readme;
