//! Hits: what a search answers with, as plain data.
//!
//! In: nothing but values. Out: types that serialise to the JSON that `fumikura search --json` prints; their fields are a promise
//! to scripts. Nothing here is marked up: a snippet is a text and ranges, and a renderer decides what they look like.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::facet::{Part, Provenance};
use crate::query::QueryKind;

/// The answer to a query: one page of ranked passages, and counts over all of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Hits {
    /// The query as it was understood.
    pub query: String,
    /// The passage whose words are the query, where more like it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub like: Option<String>,
    /// What of the query or the filters could not be used, a line each.
    pub complaints: Vec<String>,
    /// Words of the query that nothing has, and what may have been meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<Suggestion>,
    /// Number of passages that match.
    pub total: usize,
    /// Of these, passages whose document has no date; they come last. Only where the newest come first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undated: Option<usize>,
    /// Time the search took, in milliseconds.
    pub took_ms: f64,
    /// The passages of this page, best first.
    pub hits: Vec<Hit>,
    /// Counts over all matching passages.
    pub facets: FacetCounts,
    /// How the query was read, if that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<QueryExplanation>,
}

/// How a query was read.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct QueryExplanation {
    /// Words that are looked for, in their base form.
    pub words: Vec<String>,
    /// Particles and auxiliaries: they are not looked for.
    pub function_words: Vec<String>,
    /// Pairs of characters that are looked for; those of function words weigh less or nothing.
    pub grams: Vec<String>,
    /// What must stand in a passage letter by letter.
    pub phrases: Vec<String>,
    /// Beginnings of words.
    pub prefixes: Vec<String>,
    /// What no passage may have.
    pub excluded: Vec<String>,
    /// Facets, as typed and as understood.
    pub filters: Vec<String>,
    /// Countries and years that the query names.
    pub named: Vec<String>,
    /// What is looked for in each language of the index that may have any of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<LanguageReading>,
}

/// How a query was read in one language.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LanguageReading {
    /// The language as an ISO 639 code; empty where that of passages is not known.
    pub language: String,
    /// Words in base form or stems, looser forms too.
    pub words: Vec<String>,
    /// What is marked letter by letter, folded.
    pub spellings: Vec<String>,
    /// What sounds as it was typed: terms, or several side by side.
    pub sounds: Vec<String>,
    /// Other words that were tried.
    pub synonyms: Vec<Substitution>,
}

/// Other words for a part of a query.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Substitution {
    /// As typed.
    pub typed: String,
    /// Words that were tried and that passages may have.
    pub tried: Vec<String>,
    /// Those that no passage has.
    pub missing: Vec<String>,
}

/// A word of a query that no passage has, and the words of the index that are most like it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The word as typed.
    pub word: String,
    /// Words a letter or two away, by spelling or by sound, the most frequent first; perhaps none.
    pub nearest: Vec<String>,
}

/// One ranked passage.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// Place in the ranking, from 1.
    pub rank: usize,
    /// How well it answers, comparable within one search.
    pub score: f32,
    /// The passage.
    pub passage: PassageHit,
    /// The document it is a part of.
    pub document: DocumentHit,
    /// The part of the passage that matches best.
    pub snippet: Snippet,
    /// Ids of near copies of the passage in other documents, which are not hits of their own.
    #[serde(default)]
    pub duplicates: Vec<String>,
    /// Number of other passages of the document that match and are left out by [`SearchOptions::per_document`]; on the last hit of
    /// the document.
    ///
    /// [`SearchOptions::per_document`]: crate::SearchOptions::per_document
    #[serde(default)]
    pub more_in_document: usize,
    /// What the score rests on, if that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
    /// The words of the passage that matched, each once, if an explanation was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub matched: Vec<String>,
}

/// What a score rests on: it is the sum of the parts, or of the first one alone for hits behind the best.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// What the query was taken for, which decides the weights.
    pub kind: QueryKind,
    /// The parts: the sum of the terms first, then the evidence of the second stage (see `docs/ranking.md`).
    pub parts: Vec<ScorePart>,
}

/// A part of a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScorePart {
    /// What it is: `words covered`, `whole title`.
    pub name: String,
    /// How much of it there is, in units of the query's information.
    pub value: f32,
    /// What it weighs.
    pub weight: f32,
}

impl ScorePart {
    pub(crate) fn new(name: &str, value: f32, weight: f32) -> Self {
        ScorePart {
            name: name.to_owned(),
            value,
            weight,
        }
    }

    /// What it adds to the score.
    pub fn contribution(&self) -> f32 {
        self.value * self.weight
    }
}

/// A passage as it is shown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PassageHit {
    /// `DOCUMENT#ORDINAL`; what `fumikura show` takes.
    pub id: String,
    /// Number in its document, from 0.
    pub ordinal: usize,
    /// The headings above it, outermost first.
    pub heading: String,
    /// Its text.
    pub text: String,
    /// First byte in the decoded source.
    pub start: usize,
    /// Byte after its last in the decoded source.
    pub end: usize,
    /// Line of the decoded source it begins on, from 1.
    pub line: usize,
    /// ISO 639 code; empty if it could not be told.
    pub language: String,
    /// ISO 3166 codes of the countries it speaks of or was declared to be about.
    pub countries: Vec<String>,
    /// The years.
    pub years: Vec<i32>,
    /// Whether the passage speaks of no year, and `years` is that of its document's date.
    #[serde(default)]
    pub years_from_date: bool,
    /// Topic paths.
    pub topics: Vec<String>,
}

/// The document of a hit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct DocumentHit {
    /// Its id.
    pub id: String,
    /// Where it was read from.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its date as declared.
    pub date: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
}

/// A short text with the places that matched.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Snippet {
    /// The text, a part of the passage's text as written.
    pub text: String,
    /// `[start, end)` in characters of `text`, in order, not overlapping.
    pub highlights: Vec<(usize, usize)>,
}

/// Counts of passages per facet value. A facet's own filter does not narrow its counts, so that another of its values can be
/// chosen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FacetCounts {
    /// Per country, most first.
    pub country: Vec<FacetCount>,
    /// Per year, latest first.
    pub year: Vec<FacetCount>,
    /// Per topic and topic group, most first.
    pub topic: Vec<FacetCount>,
    /// Per language, most first.
    pub language: Vec<FacetCount>,
}

/// A facet value and its number of passages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FacetCount {
    /// What a filter takes.
    pub value: FacetValue,
    /// What a person reads, in the language asked for.
    pub label: String,
    /// Number of passages.
    pub count: usize,
}

/// The value of a facet: a year is a number, all others are strings.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FacetValue {
    /// A year.
    Year(i32),
    /// A country code, a topic path, a language code.
    Name(String),
}

/// Passages that have a value of one facet and a value of another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CrossTable {
    /// The facets of rows and columns, by name.
    pub by: [String; 2],
    /// Number of passages that match.
    pub total: usize,
    /// Values of the first facet with their number of passages, in the order of [`FacetCounts`].
    pub rows: Vec<FacetCount>,
    /// Values of the second.
    pub columns: Vec<FacetCount>,
    /// Number of passages with both, most first; pairs that no passage has are left out. Of a facet with itself each pair of values
    /// stands here once.
    pub cells: Vec<Cell>,
}

/// A cell of a [`CrossTable`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Value of the row.
    pub row: FacetValue,
    /// Value of the column.
    pub column: FacetValue,
    /// Number of passages.
    pub count: usize,
}

/// A document, or one of its passages, as the index has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// The document.
    pub document: DocumentHit,
    /// What it is about as a whole.
    pub main: MainValues,
    /// Its metadata beside the fields known here.
    pub metadata: BTreeMap<String, serde_json::Value>,
    /// Its passages in order, or the one asked for.
    pub passages: Vec<ShownPassage>,
}

/// What a document is about: given values first, then those found, the most mentioned first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MainValues {
    /// Countries.
    pub countries: Vec<MainValue>,
    /// Years.
    pub years: Vec<MainValue>,
    /// Topics.
    pub topics: Vec<MainValue>,
}

/// A value of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MainValue {
    /// What a filter takes.
    pub value: FacetValue,
    /// What a person reads, in the language asked for.
    pub label: String,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Its part of what the document mentions, 0 to 1; title and headings weigh more than the text.
    pub share: f32,
}

/// A passage and why it has its facets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShownPassage {
    /// The passage.
    pub passage: PassageHit,
    /// Its facets with their origin.
    pub facets: ShownFacets,
}

/// The facets of a passage with their evidence.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ShownFacets {
    /// Countries.
    pub countries: Vec<ShownValue>,
    /// Years.
    pub years: Vec<ShownValue>,
    /// Topics.
    pub topics: Vec<ShownValue>,
}

/// A value of a passage and why it has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShownValue {
    /// What a filter takes.
    pub value: FacetValue,
    /// What a person reads, in the language asked for.
    pub label: String,
    /// Where it comes from.
    pub provenance: Provenance,
    /// How often the passage shows it; 0 if it does not.
    pub count: u32,
    /// The first place that shows it.
    pub evidence: Option<Evidence>,
}

/// Words that show a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The part of the passage they are in.
    pub part: Part,
    /// Bytes of that part.
    pub range: Range<usize>,
    /// The words.
    pub words: String,
}

/// What an index holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Status {
    /// Number of documents.
    pub documents: usize,
    /// Number of passages.
    pub passages: usize,
    /// Passages per language.
    pub languages: Vec<FacetCount>,
    /// Number of sources that were read.
    pub sources: usize,
    /// Whether its first build was interrupted, and more sources are to be read.
    pub unfinished: bool,
    /// The files and folders it was built from.
    pub roots: Vec<String>,
    /// Size of its files, in bytes; 0 for an index in memory.
    pub bytes: u64,
    /// Number of the engine's segments.
    pub segments: usize,
    /// Version of the folder's format.
    pub format: u32,
    /// What decided its terms.
    pub fingerprint: String,
    /// The Japanese dictionary among it; none where Japanese is cut into grams alone.
    pub dictionary: Option<String>,
    /// Time of the last commit, UTC; none before the first and in memory.
    pub committed: Option<String>,
}
