//! Puts a document's text together from parts of the decoded source.
//!
//! In: ranges of the source, in order, and where a block ends. Out: the text, its blocks (a blank line between two) and
//! the [`Origin`] that leads back. What nobody copies is left out. It does not decide what belongs to the text.

use std::ops::Range;

use super::lines::floor_boundary;
use crate::document::{Block, BlockKind, Document, Origin};

/// Bytes after which a copied part begins a new piece, so that [`Origin::line`] never counts far.
const PIECE_BYTES: usize = 4096;

pub(super) struct Builder<'a> {
    source: &'a str,
    text: String,
    blocks: Vec<Block>,
    origin: Origin,
    /// Where the open block begins in `text`; nothing while no block is open.
    open: Option<usize>,
    lines: LineCounter<'a>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Builder {
            source,
            text: String::new(),
            blocks: Vec::new(),
            origin: Origin::default(),
            open: None,
            lines: LineCounter {
                source,
                offset: 0,
                line: 1,
            },
        }
    }

    /// A builder for the text of one block alone; its lines are counted from byte `offset` on.
    pub(super) fn excerpt(source: &'a str, offset: usize) -> Self {
        let mut builder = Builder::new(source);
        builder.lines.offset = offset;
        builder
    }

    /// The text written so far.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    pub(super) fn source(&self) -> &'a str {
        self.source
    }

    /// Whether the block that is being written has any text yet.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The last character of the open block.
    pub(super) fn last_char(&self) -> Option<char> {
        self.text[self.open?..].chars().next_back()
    }

    pub(super) fn has_blocks(&self) -> bool {
        !self.blocks.is_empty()
    }

    /// Adds a part of the source as it is.
    pub(super) fn copy(&mut self, range: Range<usize>) {
        let mut rest = range;
        while !rest.is_empty() {
            let end = floor_boundary(self.source, rest.end.min(rest.start + PIECE_BYTES));
            let line = self.lines.at(rest.start);
            let start = self.begin();
            self.text.push_str(&self.source[rest.start..end]);
            self.origin
                .push(start..self.text.len(), rest.start..end, line);
            rest.start = end;
        }
    }

    /// Adds text that stands for a part of the source: an entity, a line end.
    pub(super) fn replace(&mut self, text: &str, range: Range<usize>) {
        if text.is_empty() {
            return;
        }
        let line = self.lines.at(range.start);
        let start = self.begin();
        self.text.push_str(text);
        self.origin.push(start..self.text.len(), range, line);
    }

    /// Adds text that stands nowhere in the source: what separates two cells of a table.
    pub(super) fn insert(&mut self, text: &str) {
        self.begin();
        self.text.push_str(text);
    }

    /// Ends the open block, if there is one with text in it.
    pub(super) fn end(&mut self, kind: BlockKind) {
        if let Some(start) = self.open.take() {
            self.blocks.push(Block {
                kind,
                range: start..self.text.len(),
            });
        }
    }

    /// The text written so far, if it all belongs to the open block.
    pub(super) fn first_block(&self) -> Option<&str> {
        (self.blocks.is_empty() && self.is_open()).then_some(self.text.as_str())
    }

    /// Takes back the block of [`first_block`](Self::first_block).
    pub(super) fn discard_first_block(&mut self) {
        if self.blocks.is_empty() {
            self.text.clear();
            self.origin = Origin::default();
            self.open = None;
        }
    }

    /// Ends the open block as a paragraph and hands everything to the document.
    pub(super) fn finish(mut self, document: &mut Document) {
        self.end(BlockKind::Paragraph);
        document.text = self.text;
        document.blocks = self.blocks;
        document.origin = self.origin;
    }

    /// Where the next text goes, after opening a block if none is open.
    fn begin(&mut self) -> usize {
        if self.open.is_none() {
            if !self.blocks.is_empty() {
                self.text.push_str("\n\n");
            }
            self.open = Some(self.text.len());
        }
        self.text.len()
    }
}

/// What joins two lines of a paragraph: nothing between two characters of a script without spaces, else a space.
pub(super) fn joint(before: Option<char>, after: Option<char>) -> &'static str {
    match (before, after) {
        (Some(before), Some(after)) if is_spaceless(before) && is_spaceless(after) => "",
        (Some(_), Some(_)) => " ",
        _ => "",
    }
}

/// Chinese characters, kana and their punctuation. Korean writes spaces.
fn is_spaceless(c: char) -> bool {
    matches!(c,
        '\u{2014}' | '\u{2015}' | '\u{2026}' | '\u{2E80}'..='\u{30FF}' | '\u{31F0}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Line numbers of offsets that mostly grow.
struct LineCounter<'a> {
    source: &'a str,
    offset: usize,
    line: usize,
}

impl LineCounter<'_> {
    fn at(&mut self, offset: usize) -> usize {
        if offset < self.offset {
            self.line = self
                .line
                .saturating_sub(self.line_ends(offset..self.offset));
        } else {
            self.line += self.line_ends(self.offset..offset);
        }
        self.offset = offset;
        self.line
    }

    fn line_ends(&self, range: Range<usize>) -> usize {
        let bytes = self.source.as_bytes();
        let is_end = |&place: &usize| match bytes[place] {
            b'\n' => true,
            b'\r' => bytes.get(place + 1) != Some(&b'\n'),
            _ => false,
        };
        range.filter(is_end).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_lead_back_to_their_source() {
        let source = "題\r\n\r\nこれは&amp;長い\r行";
        let mut builder = Builder::new(source);
        builder.copy(0..3);
        builder.end(BlockKind::Heading(2));
        let entity = source.find('&').unwrap();
        builder.copy(7..entity);
        builder.replace("&", entity..entity + 5);
        builder.copy(entity + 5..entity + 11);
        builder.replace("\n", entity + 11..entity + 12);
        builder.copy(entity + 12..source.len());
        let mut document = Document::default();
        builder.finish(&mut document);
        assert_eq!(document.text, "題\n\nこれは&長い\n行");
        assert_eq!(document.blocks.len(), 2);
        assert_eq!(document.blocks[1].range, 5..document.text.len());
        let place = document.text.find('&').unwrap();
        assert_eq!(
            document.origin.source_range(place..place + 1),
            entity..entity + 5
        );
        assert_eq!(document.origin.line(&document.text, 5), 3);
        let last = document.text.find('行').unwrap();
        assert_eq!(document.origin.line(&document.text, last), 4);
    }

    #[test]
    fn long_parts_are_cut_into_pieces_that_join_again() {
        let source = "長".repeat(10_000);
        let mut builder = Builder::new(&source);
        builder.copy(0..source.len());
        let mut document = Document::default();
        builder.finish(&mut document);
        assert_eq!(document.text, source);
        assert_eq!(document.origin.source_range(29_997..30_000), 29_997..30_000);
    }

    #[test]
    fn lines_are_joined_as_their_script_is_written() {
        assert_eq!(joint(Some('国'), Some('の')), "");
        assert_eq!(joint(Some('国'), Some('A')), " ");
        assert_eq!(joint(Some('a'), Some('b')), " ");
        assert_eq!(joint(Some('한'), Some('국')), " ");
        assert_eq!(joint(None, Some('a')), "");
    }
}
