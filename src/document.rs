//! A document: the text of a source, its structure and what its author declared about it.
//!
//! In: nothing but plain data, from the readers in [`source`](crate::source) or from code. Out: what
//! [`passage`](crate::passage) cuts and [`facet`](crate::facet) reads. A document knows where each part of its text stood in the
//! decoded source, so that hits can point there although markup and page furniture were left out.
//!
//! ```
//! use fumikura::Document;
//!
//! let document = Document::new("memo", "会談の記録", "両国の外相は東京で会談した。");
//! assert_eq!(document.text.len(), 42);
//! ```

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::offsets::OffsetMap;

/// A text with an id, ready to be cut into passages.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Unique in an index. Given by the author (JSON `id`) or the path relative to the folder that was indexed.
    pub id: String,
    /// Which part of a long text this is, from 0. The parts of a document have one id and come one after the other.
    pub part: usize,
    /// Where the document came from, as a person would type it; empty for documents made in code.
    pub path: String,
    /// The title; may be empty.
    pub title: String,
    /// The readable text, without markup and page furniture.
    pub text: String,
    /// Headings and paragraphs of `text`, in order, not overlapping. Parts of `text` outside every block (the
    /// white space between them) are never shown. Empty means: blank lines separate paragraphs, nothing is a heading.
    pub blocks: Vec<Block>,
    /// How the text was cut before, for a document that comes from an index; empty: it is cut by its blocks.
    pub cuts: Vec<Cut>,
    /// What is not to be found in it, for a document that comes from an index.
    pub removed: Removed,
    /// Where the parts of `text` stood in the decoded source.
    pub origin: Origin,
    /// What the author declared.
    pub metadata: Metadata,
    /// What was lost or ignored while reading, one line each, for people.
    pub complaints: Vec<String>,
}

impl Document {
    /// A document made in code: `text` is taken as it is, blank lines separate paragraphs.
    pub fn new(id: impl Into<String>, title: impl Into<String>, text: impl Into<String>) -> Self {
        Document {
            id: id.into(),
            title: title.into(),
            text: text.into(),
            ..Document::default()
        }
    }
}

#[cfg(test)]
impl Document {
    /// The text of each block.
    pub(crate) fn block_texts(&self) -> Vec<&str> {
        let text = |block: &Block| &self.text[block.range.clone()];
        self.blocks.iter().map(text).collect()
    }
}

/// A heading or a paragraph: a part of a document's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Bytes in the document's `text`, on character boundaries.
    pub range: Range<usize>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading; 1 is the highest level.
    Heading(u8),
    /// A paragraph, a list item, a row of a table.
    Paragraph,
}

/// A passage of an indexed document, as `fumikura export` writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// Length of its text in bytes. The texts of all passages follow each other, with [`Cut::SEPARATOR`] between them.
    pub bytes: usize,
    /// The headings above it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub heading: String,
    /// First byte in the decoded source.
    pub start: usize,
    /// Byte after its last in the decoded source.
    pub end: usize,
    /// Line of the decoded source it begins on, from 1.
    pub line: usize,
    /// ISO 639 code; empty if it could not be told.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
}

impl Cut {
    /// What stands between the passages in the text of an exported document.
    pub const SEPARATOR: &str = "\n\n";
}

/// Values that a text seems to speak of and that were taken away beside it, as `fumikura export` writes them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Removed {
    /// Country codes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub country: Vec<String>,
    /// Years.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub year: Vec<String>,
    /// Topic paths.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topic: Vec<String>,
}

impl Removed {
    /// Whether nothing was taken away.
    pub fn is_empty(&self) -> bool {
        self.country.is_empty() && self.year.is_empty() && self.topic.is_empty()
    }
}

/// What a document declares about itself, as written; resolved and checked by [`facet`](crate::facet).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Metadata {
    /// Country codes or names.
    pub country: Vec<String>,
    /// Years, or ranges such as `2020..2024`.
    pub year: Vec<String>,
    /// Topic paths such as `経済/貿易`.
    pub topic: Vec<String>,
    /// ISO date, whole or in part: `2024-05-01`, `2024-05`, `2024`.
    pub date: Option<String>,
    /// ISO 639 code, perhaps with a region: `ja`, `zh-Hant`.
    pub language: Option<String>,
    /// Where the document can be read.
    pub url: Option<String>,
    /// Everything else, kept and shown.
    pub other: BTreeMap<String, serde_json::Value>,
}

/// Maps places in a document's text to places in the decoded source it was taken from.
///
/// Empty for a document whose text is its source. Otherwise pieces in order: a piece whose two lengths agree is
/// copied byte for byte, any other is a replacement (an entity, a collapsed space) that maps as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    map: OffsetMap,
    /// Line of each piece's start in the source, from 1.
    lines: Vec<usize>,
    record_line: Option<usize>,
    /// Bytes and lines of the source before the part that all other places count from.
    before: (usize, usize),
}

impl Origin {
    /// An origin for a text that is one record on a given line of its source (JSON Lines): offsets are those of the
    /// text itself, every place is on that line.
    pub fn record(line: usize) -> Self {
        Origin {
            record_line: Some(line),
            ..Origin::default()
        }
    }

    /// Whether the text is one record of its source.
    pub(crate) fn is_record(&self) -> bool {
        self.record_line.is_some()
    }

    /// Appends a piece: `text` bytes came from `source` bytes, which begin on `line` (from 1). Pieces come in order.
    /// Short pieces that continue each other are joined.
    pub fn push(&mut self, text: Range<usize>, source: Range<usize>, line: usize) {
        let added = match text.len() == source.len() {
            true => self.map.push_copied(text, source),
            false => {
                self.map.push_replaced(text, source);
                true
            }
        };
        if added {
            self.lines.push(line);
        }
    }

    /// Bytes of the decoded source that the bytes `range` of the document's text came from.
    pub fn source_range(&self, range: Range<usize>) -> Range<usize> {
        let range = self.map.original(range);
        self.before.0 + range.start..self.before.0 + range.end
    }

    /// Makes places count from the start of the source, of which this much stands before.
    pub(crate) fn shift(&mut self, bytes: usize, lines: usize) {
        self.before = (bytes, lines);
    }

    /// The line of the source that a record is, from 1; none for other sources.
    pub(crate) fn record_line(&self) -> Option<usize> {
        self.record_line
    }

    /// Line of the decoded source, from 1, on which byte `offset` of `text` stood.
    pub fn line(&self, text: &str, offset: usize) -> usize {
        self.line_after((0, 1 + self.before.1), text, offset)
    }

    /// As [`Origin::line`], given a place before and its line: without pieces, lines are counted from there.
    pub(crate) fn line_after(&self, known: (usize, usize), text: &str, offset: usize) -> usize {
        let newlines = |range: Range<usize>| {
            text.as_bytes()[range]
                .iter()
                .filter(|&&byte| byte == b'\n')
                .count()
        };
        if let Some(line) = self.record_line {
            return line;
        }
        match self.map.piece_at(offset) {
            Some(index) => {
                let line = self.lines[index] + self.before.1;
                match self.map.piece_start(index) {
                    (start, true) if start < offset => line + newlines(start..offset),
                    _ => line,
                }
            }
            None if self.map.is_empty() => known.1 + newlines(known.0..offset),
            None => self.lines.last().copied().unwrap_or(1) + self.before.1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_made_in_code_is_its_own_source() {
        let origin = Origin::default();
        assert_eq!(origin.source_range(3..9), 3..9);
        assert_eq!(origin.line("一\n二\n三", 8), 3);
    }

    #[test]
    fn places_are_found_around_removed_and_replaced_parts() {
        // source: `<p>a&amp;b</p>\n<p>cd</p>`, text: `a&b\ncd`
        let mut origin = Origin::default();
        origin.push(0..1, 3..4, 1);
        origin.push(1..2, 4..9, 1);
        origin.push(2..3, 9..10, 1);
        origin.push(4..6, 18..20, 2);
        assert_eq!(origin.source_range(0..3), 3..10);
        assert_eq!(origin.source_range(1..2), 4..9);
        assert_eq!(origin.source_range(4..6), 18..20);
        assert_eq!(origin.source_range(0..6), 3..20);
        assert_eq!(origin.line("a&b\ncd", 4), 2);
        assert_eq!(origin.line("a&b\ncd", 5), 2);
    }

    #[test]
    fn every_place_of_a_record_is_on_its_line() {
        assert_eq!(Origin::record(7).line("一\n二", 4), 7);
    }
}
