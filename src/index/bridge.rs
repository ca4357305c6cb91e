//! The bridge between our analyzer and the engine; the only file that knows both.
//!
//! In: a passage and an analyzer. Out: an engine document. The analysis runs when the engine first asks for the document's
//! values, which is on one of its indexing threads: that is all it takes to analyse in parallel. Facets were found before, when the
//! document was at hand as a whole. Terms reach the engine as one
//! string per field, which [`TermTokenizer`] cuts at the marks between them: it must not analyse again, and a token a `String`
//! would cost a third of the time.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use tantivy::schema::{Document as EngineDocument, Facet, Field, TantivyDocument};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::stored::StoredPassage;
use crate::analysis::{Analyzer, Signature, Tokens};
use crate::facet::Finder;
use crate::schema::{AFTER_LANGUAGE, Schema, TextFields};

/// Before a term at the next position.
const NEXT: char = '\u{1f}';
/// Before another term at the same position.
const SAME: char = '\u{1e}';
/// Before a term after a gap: words were left out in between.
const GAP: char = '\u{1d}';

/// A passage on its way into the index.
#[derive(Debug)]
pub(crate) struct PendingPassage {
    pub(crate) stored: StoredPassage,
    /// On the first passage of a document, the hash of all that was read of it.
    pub(crate) content: Option<u64>,
    pub(crate) tools: Tools,
    pub(crate) document: OnceLock<TantivyDocument>,
}

/// What documents are read and analysed with; cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Tools {
    pub(crate) schema: std::sync::Arc<Schema>,
    pub(crate) analyzer: Analyzer,
    pub(crate) finder: Finder,
}

impl EngineDocument for PendingPassage {
    type Value<'a> = <TantivyDocument as EngineDocument>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as EngineDocument>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document
            .get_or_init(|| self.build())
            .iter_fields_and_values()
    }
}

impl PendingPassage {
    fn build(&self) -> TantivyDocument {
        let Tools {
            schema, analyzer, ..
        } = &self.tools;
        let stored = &self.stored;
        let mut document = TantivyDocument::new();
        let texts = [
            (schema.title, &stored.document.title),
            (schema.heading, &stored.passage.heading),
            (schema.text, &stored.passage.text),
        ];
        let language =
            Some(stored.passage.language.as_str()).filter(|language| !language.is_empty());
        for (TextFields { words, grams }, text) in texts {
            if !text.is_empty() {
                let analysis = analyzer.analyze(text, language);
                let language = language.unwrap_or_default();
                document.add_text(words, joined(language, &analysis.words));
                document.add_text(grams, joined(language, &analysis.grams));
            }
        }
        document.add_text(schema.shelf, language.unwrap_or_default());
        let mut facet =
            |field: Field, path: &str| document.add_facet(field, Facet::from_path(path.split('/')));
        for country in &stored.facets.countries {
            facet(schema.country, country.value.as_str());
            if country.range.is_some() {
                facet(schema.named, country.value.as_str());
            }
        }
        for topic in with_groups(
            stored
                .facets
                .topics
                .iter()
                .map(|found| found.value.as_str()),
        ) {
            facet(schema.topic, topic);
        }
        if let Some(language) = language {
            facet(schema.language, language);
        }
        for year in &stored.facets.years {
            document.add_i64(schema.year, i64::from(year.value));
        }
        if let Some(date) = stored.document.date.as_deref().and_then(date_number) {
            document.add_i64(schema.date, date);
        }
        document.add_text(schema.document, &stored.document.id);
        document.add_text(schema.source, &stored.source);
        document.add_u64(
            schema.order,
            order(&stored.document.id, stored.passage.ordinal),
        );
        if let Some(signature) = Signature::of(&analyzer.normalize(&stored.passage.text)) {
            document.add_u64(schema.signature, signature.0);
        }
        if let Some(content) = self.content {
            document.add_u64(schema.content, content);
            if stored.is_record {
                document.add_u64(schema.record_line, stored.passage.line as u64);
            }
        }
        document.add_bytes(schema.passage, &stored.to_json());
        document
    }
}

/// What ties are broken by, and what tells the passages of one document from those of another: 40 bits of a hash of the
/// document's id and 24 bits of the passage's ordinal.
fn order(document_id: &str, ordinal: usize) -> u64 {
    let hash = blake3::hash(document_id.as_bytes());
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hash.as_bytes()[..8]);
    u64::from_le_bytes(bytes) << ORDINAL_BITS | ordinal as u64 & ((1 << ORDINAL_BITS) - 1)
}

/// Low bits of the field `order` that number a document's passages.
pub(crate) const ORDINAL_BITS: u32 = 24;

/// Topic paths with all their groups, each once: `経済/貿易` is also `経済`.
fn with_groups<'t>(topics: impl Iterator<Item = &'t str>) -> BTreeSet<&'t str> {
    let groups = |topic: &'t str| {
        let ends = topic.match_indices('/').map(|(at, _)| at);
        ends.chain([topic.len()]).map(|end| &topic[..end])
    };
    topics.flat_map(groups).collect()
}

/// An ISO date, whole or in part, as YYYYMMDD.
fn date_number(date: &str) -> Option<i64> {
    let mut parts = date
        .split(['-', 'T', ' ', '/'])
        .map(|part| part.parse::<i64>());
    let year = parts
        .next()?
        .ok()
        .filter(|year| (1..=9999).contains(year))?;
    let month = parts
        .next()
        .and_then(Result::ok)
        .filter(|month| (1..=12).contains(month))
        .unwrap_or(0);
    let day = parts
        .next()
        .and_then(Result::ok)
        .filter(|day| (1..=31).contains(day))
        .unwrap_or(0);
    Some(year * 10_000 + month * 100 + day)
}

/// The language and the content terms as one string, each term after the mark that says where it stands.
fn joined(language: &str, tokens: &Tokens) -> String {
    let mut text = language.to_owned();
    let mut last: Option<usize> = None;
    for token in tokens.content() {
        text.push(match last {
            Some(last) if token.position == last => SAME,
            Some(last) if token.position > last + 1 => GAP,
            _ => NEXT,
        });
        text.push_str(token.term);
        last = Some(token.position);
    }
    text
}

/// Cuts the strings of [`joined`] back into terms.
#[derive(Debug, Clone, Default)]
pub(crate) struct TermTokenizer {
    token: Token,
}

/// The terms of one field of one passage.
pub(crate) struct TermStream<'a> {
    language: &'a str,
    rest: &'a str,
    token: &'a mut Token,
}

impl Tokenizer for TermTokenizer {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        self.token.reset();
        let (language, rest) = text.split_at(text.find([NEXT, SAME, GAP]).unwrap_or(text.len()));
        TermStream {
            language,
            rest,
            token: &mut self.token,
        }
    }
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(mark) = self.rest.chars().next() else {
            return false;
        };
        let term = &self.rest[mark.len_utf8()..];
        let end = term.find([NEXT, SAME, GAP]).unwrap_or(term.len());
        // Positions begin one before 0, see `Token::default`.
        self.token.position = match mark {
            SAME => self.token.position,
            GAP => self.token.position.wrapping_add(2),
            _ => self.token.position.wrapping_add(1),
        };
        self.token.text.clear();
        self.token.text.push_str(self.language);
        self.token.text.push(AFTER_LANGUAGE);
        self.token.text.push_str(&term[..end]);
        self.rest = &term[end..];
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::TokenKind;

    #[test]
    fn terms_survive_the_way_through_the_engine() {
        let mut tokens = Tokens::default();
        for (term, position, kind) in [
            ("両国", 0, TokenKind::Content),
            ("は", 1, TokenKind::Function),
            ("貿易", 2, TokenKind::Content),
            ("交易", 2, TokenKind::Content),
            ("協定", 3, TokenKind::Content),
        ] {
            tokens.push(term, 0..0, position, kind);
        }
        let text = joined("ja", &tokens);
        let mut tokenizer = TermTokenizer::default();
        let mut stream = tokenizer.token_stream(&text);
        let mut found = Vec::new();
        while stream.advance() {
            found.push((stream.token().text.clone(), stream.token().position));
        }
        let expected = [
            ("ja:両国", 0),
            ("ja:貿易", 2),
            ("ja:交易", 2),
            ("ja:協定", 3),
        ];
        assert_eq!(
            found,
            expected.map(|(term, position)| (term.to_owned(), position))
        );
    }

    #[test]
    fn groups_and_dates() {
        let topics = ["経済/貿易", "経済/投資", "観光"];
        let found: Vec<&str> = with_groups(topics.into_iter()).into_iter().collect();
        assert_eq!(found, ["経済", "経済/投資", "経済/貿易", "観光"]);
        assert_eq!(date_number("2024-05-01"), Some(20_240_501));
        assert_eq!(date_number("2024-05-01T09:00:00Z"), Some(20_240_501));
        assert_eq!(date_number("2024"), Some(20_240_000));
        assert_eq!(date_number("昨年"), None);
    }
}
