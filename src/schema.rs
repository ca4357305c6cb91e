//! The fields of an index.
//!
//! In: nothing. Out: the engine's schema and a handle for each field. A passage is one engine document; what it says lies in the stored
//! field `passage`, the other fields are there to find, filter and count it. Words, grams and readings carry the language of their passage
//! ([`term`]).
//!
//! | field | holds |
//! |---|---|
//! | `title_words`, `heading_words`, `text_words` | content words with positions |
//! | `title_grams`, `heading_grams`, `text_grams` | character grams with positions |
//! | `title_readings`, `heading_readings`, `text_readings` | how Japanese content words sound, at the positions of the words |
//! | `shelf` | the language its terms are of, empty where it is not known |
//! | `country`, `topic`, `language` | facet paths; a topic's groups are values of their own |
//! | `named` | the countries that the passage itself names |
//! | `year` | years as numbers, for ranges |
//! | `date` | the document's date as the number YYYYMMDD, missing parts 0 |
//! | `document`, `source` | exact keys, to replace and remove |
//! | `order` | what ties are broken by: a hash of the document and the ordinal |
//! | `signature` | by which near copies are recognised, on passages long enough |
//! | `content` | on a document's first passage, a hash of all that was read of the document, to tell whether it changed |
//! | `record_line` | on the first passage of a record, the line it stood on when it was analysed |
//! | `passage` | the passage and its document as JSON, only stored |

use crate::query::Facet;
use tantivy::Term;
use tantivy::schema::{
    FAST, FacetOptions, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema as EngineSchema,
    TextFieldIndexing, TextOptions,
};

/// Version of the index folder and of these fields; another version is rebuilt, not read.
pub(crate) const FORMAT_VERSION: u32 = 5;

/// Name under which the engine finds the tokenizer for analysed terms.
pub(crate) const TERMS_TOKENIZER: &str = "terms";

/// Between the language of a term and its text.
pub(crate) const AFTER_LANGUAGE: char = ':';

/// A word, gram or reading of a passage in a language (an ISO 639 code or nothing). The same letters in another language are another term: what
/// one language has does not change how rare a word of the other is, and a Russian stem is no Bulgarian word.
pub(crate) fn term(field: Field, language: &str, text: &str) -> Term {
    Term::from_field_text(field, &format!("{language}{AFTER_LANGUAGE}{text}"))
}

/// Where the terms end that begin so, in their order.
pub(crate) fn behind(beginning: &str) -> Vec<u8> {
    let mut end = beginning.as_bytes().to_vec();
    // They end where the last byte is another; no UTF-8 has 0xff.
    if let Some(last) = end.last_mut() {
        *last += 1;
    }
    end
}

/// The three views of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TextFields {
    pub(crate) words: Field,
    pub(crate) grams: Field,
    pub(crate) readings: Field,
}

/// The fields of an index.
#[derive(Debug, Clone)]
pub(crate) struct Schema {
    pub(crate) engine: EngineSchema,
    pub(crate) title: TextFields,
    pub(crate) heading: TextFields,
    pub(crate) text: TextFields,
    pub(crate) shelf: Field,
    pub(crate) country: Field,
    pub(crate) named: Field,
    pub(crate) topic: Field,
    pub(crate) language: Field,
    pub(crate) year: Field,
    pub(crate) date: Field,
    pub(crate) document: Field,
    pub(crate) source: Field,
    pub(crate) order: Field,
    pub(crate) signature: Field,
    pub(crate) content: Field,
    pub(crate) record_line: Field,
    pub(crate) passage: Field,
}

impl Schema {
    pub(crate) fn new() -> Self {
        let mut builder = EngineSchema::builder();
        let terms = TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(TERMS_TOKENIZER)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions),
        );
        let mut text = |name: &str| TextFields {
            words: builder.add_text_field(&format!("{name}_words"), terms.clone()),
            grams: builder.add_text_field(&format!("{name}_grams"), terms.clone()),
            readings: builder.add_text_field(&format!("{name}_readings"), terms.clone()),
        };
        let title = text("title");
        let heading = text("heading");
        let text = text("text");
        Schema {
            title,
            heading,
            text,
            shelf: builder.add_text_field("shelf", STRING),
            country: builder.add_facet_field("country", FacetOptions::default()),
            named: builder.add_facet_field("named", FacetOptions::default()),
            topic: builder.add_facet_field("topic", FacetOptions::default()),
            language: builder.add_facet_field("language", FacetOptions::default()),
            year: builder.add_i64_field("year", INDEXED | FAST),
            date: builder.add_i64_field("date", FAST),
            document: builder.add_text_field("document", STRING),
            source: builder.add_text_field("source", STRING),
            order: builder.add_u64_field("order", FAST),
            signature: builder.add_u64_field("signature", FAST),
            content: builder.add_u64_field("content", FAST),
            record_line: builder.add_u64_field("record_line", FAST),
            passage: builder.add_bytes_field("passage", STORED),
            engine: builder.build(),
        }
    }

    /// The field of a facet.
    pub(crate) fn facet(&self, facet: Facet) -> Field {
        match facet {
            Facet::Country => self.country,
            Facet::Year => self.year,
            Facet::Topic => self.topic,
            Facet::Language => self.language,
        }
    }

    /// The fields a text can be searched in: title, heading and text.
    pub(crate) fn text_fields(&self) -> [TextFields; 3] {
        [self.title, self.heading, self.text]
    }
}
