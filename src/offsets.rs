//! Where an edited text came from: a map from its bytes to the bytes of the original.
//!
//! In: the pieces of an edited text in order, each with its original range. Out: original ranges for edited ranges. A *copied*
//! piece maps byte for byte; any other piece (㍿ → 株式会社) maps as a whole, so that no mapped place can fall inside a
//! character. It does not know what was edited or why.

use std::ops::Range;

/// Maps byte ranges of an edited text to byte ranges of the original. Empty: the text was not edited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct OffsetMap {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    edited: Range<usize>,
    original: Range<usize>,
    copied: bool,
}

/// A copied piece is not lengthened beyond this, so that what is counted within a piece stays little.
const PIECE_BYTES: usize = 4096;

impl OffsetMap {
    pub(crate) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Appends a piece that was copied byte for byte. Returns false when it was joined to the piece before it.
    pub(crate) fn push_copied(&mut self, edited: Range<usize>, original: Range<usize>) -> bool {
        debug_assert_eq!(edited.len(), original.len());
        if let Some(last) = self.pieces.last_mut()
            && last.copied
            && last.edited.end == edited.start
            && last.original.end == original.start
            && last.edited.len() < PIECE_BYTES
        {
            last.edited.end = edited.end;
            last.original.end = original.end;
            return false;
        }
        self.pieces.push(Piece {
            edited,
            original,
            copied: true,
        });
        true
    }

    /// Appends a piece that replaces the original as a whole.
    pub(crate) fn push_replaced(&mut self, edited: Range<usize>, original: Range<usize>) {
        self.pieces.push(Piece {
            edited,
            original,
            copied: false,
        });
    }

    /// The original bytes that the edited bytes `range` came from; the empty map answers `range`.
    pub(crate) fn original(&self, range: Range<usize>) -> Range<usize> {
        if self.pieces.is_empty() {
            return range;
        }
        let start = match self.piece_at(range.start) {
            Some(index) => {
                let piece = &self.pieces[index];
                match piece.copied {
                    true => piece.original.start + range.start.saturating_sub(piece.edited.start),
                    false => piece.original.start,
                }
            }
            None => self.pieces.last().map_or(0, |last| last.original.end),
        };
        let last_byte = range.end.saturating_sub(1).max(range.start);
        let before = self
            .pieces
            .partition_point(|piece| piece.edited.start <= last_byte);
        let end = match self.pieces[..before].last() {
            Some(piece) if piece.copied => {
                (piece.original.start + (range.end - piece.edited.start)).min(piece.original.end)
            }
            Some(piece) => piece.original.end,
            None => start,
        };
        start..end.max(start)
    }

    /// What was edited, in order: ranges of the edited text and of the original, which has `original_len` bytes.
    pub(crate) fn edits(&self, original_len: usize) -> Vec<(Range<usize>, Range<usize>)> {
        let mut edits = Vec::new();
        let (mut edited, mut original) = (0, 0);
        for piece in &self.pieces {
            if original < piece.original.start {
                edits.push((edited..edited, original..piece.original.start));
            }
            if !piece.copied {
                edits.push((piece.edited.clone(), piece.original.clone()));
            }
            (edited, original) = (piece.edited.end, piece.original.end);
        }
        if original < original_len {
            edits.push((edited..edited, original..original_len));
        }
        edits
    }

    /// Index of the piece that holds byte `offset` of the edited text, or else of the first one after it.
    pub(crate) fn piece_at(&self, offset: usize) -> Option<usize> {
        let index = self
            .pieces
            .partition_point(|piece| piece.edited.end <= offset);
        (index < self.pieces.len()).then_some(index)
    }

    /// Where piece `index` begins in the edited text, and whether it was copied.
    pub(crate) fn piece_start(&self, index: usize) -> (usize, bool) {
        (self.pieces[index].edited.start, self.pieces[index].copied)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copied_pieces_map_by_byte_and_replaced_ones_as_a_whole() {
        let mut map = OffsetMap::default();
        map.push_copied(0..3, 10..13);
        map.push_replaced(3..15, 13..16);
        map.push_copied(15..20, 20..25);
        assert_eq!(map.original(1..3), 11..13);
        assert_eq!(map.original(6..9), 13..16);
        assert_eq!(map.original(2..16), 12..21);
        assert_eq!(map.original(20..20), 25..25);
    }

    #[test]
    fn an_unedited_text_is_its_own_original() {
        assert_eq!(OffsetMap::default().original(4..9), 4..9);
    }

    #[test]
    fn adjacent_copies_are_joined() {
        let mut map = OffsetMap::default();
        assert!(map.push_copied(0..3, 0..3));
        assert!(!map.push_copied(3..5, 3..5));
        assert!(map.push_copied(5..6, 9..10));
        assert_eq!(map.original(4..6), 4..10);
    }
}
