//! Tokens: what an analyzer makes of a text.

use std::ops::Range;

/// What a token says about the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// A word that carries meaning. Indexed and searched.
    Content,
    /// A particle, an auxiliary, a filler: cut out by its part of speech, shown but not indexed as a word.
    Function,
}

/// One token: a term and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// What is indexed and looked up.
    pub term: &'a str,
    /// Bytes in the text that was analysed, on character boundaries.
    pub range: Range<usize>,
    /// Number in the text, in tokens from 0. Several spellings of one word share a position.
    pub position: usize,
    /// What it says about the text.
    pub kind: TokenKind,
}

/// Tokens of a text in order. Terms share one allocation: an index run makes hundreds of millions of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokens {
    terms: String,
    spans: Vec<Span>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Span {
    term_end: u32,
    start: u32,
    end: u32,
    position: u32,
    kind: TokenKind,
}

/// Longer terms are cut here (in characters): a base64 blob is one "word" of a million letters. Text and query are cut alike.
pub(crate) const MAX_TERM_CHARS: usize = 64;

impl Tokens {
    /// Appends a token; its position is not below the one before it. What folding left nothing of is none: a word of vowel signs, the
    /// sound of a long vowel alone.
    pub(crate) fn push(
        &mut self,
        term: &str,
        range: Range<usize>,
        position: usize,
        kind: TokenKind,
    ) {
        if term.is_empty() {
            return;
        }
        let end = term
            .char_indices()
            .nth(MAX_TERM_CHARS)
            .map_or(term.len(), |(end, _)| end);
        self.terms.push_str(&term[..end]);
        // A passage is far below 4 GiB: texts are cut before they are analysed.
        self.spans.push(Span {
            term_end: self.terms.len() as u32,
            start: range.start as u32,
            end: range.end as u32,
            position: position as u32,
            kind,
        });
    }

    /// The position after the last token.
    pub(crate) fn next_position(&self) -> usize {
        let last = self.spans.last();
        last.map_or(0, |last| last.position as usize + 1)
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The tokens in order.
    pub fn iter(&self) -> impl Iterator<Item = Token<'_>> + Clone {
        self.spans.iter().enumerate().map(|(index, span)| {
            let term_start = match index {
                0 => 0,
                _ => self.spans[index - 1].term_end as usize,
            };
            Token {
                term: &self.terms[term_start..span.term_end as usize],
                range: span.start as usize..span.end as usize,
                position: span.position as usize,
                kind: span.kind,
            }
        })
    }

    /// The tokens that carry meaning.
    pub fn content(&self) -> impl Iterator<Item = Token<'_>> + Clone {
        self.iter().filter(|token| token.kind == TokenKind::Content)
    }

    /// Maps all ranges, from the text that was cut to the text as written.
    pub(crate) fn map_ranges(&mut self, original: impl Fn(Range<usize>) -> Range<usize>) {
        for span in &mut self.spans {
            let range = original(span.start as usize..span.end as usize);
            span.start = range.start as u32;
            span.end = range.end as u32;
        }
    }
}
