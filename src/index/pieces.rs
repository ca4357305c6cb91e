//! Large files of the engine, read piece by piece.
//!
//! In: a file that a merge reads once, from its beginning to its end. Out: the same bytes as if it were mapped into memory. The pages of a
//! mapped file count as memory of the process until the mapping ends, and a merge ends when all of its files are read; of a file that is
//! read in pieces there is one piece at a time.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::HasLen;
use tantivy::directory::{FileHandle, OwnedBytes};

/// What is read at a time: enough for the postings of most terms, and those of the next terms are in it.
const PIECE_BYTES: usize = 256 << 10;
/// What is longer than this is mapped for as long as it is needed.
const MAX_READ_BYTES: usize = 2 << 20;

/// Gives the whole file.
type Whole = dyn Fn() -> io::Result<Arc<dyn FileHandle>> + Send + Sync;

/// A file that is read in pieces.
pub(super) struct Pieces {
    len: usize,
    current: Mutex<Piece>,
    whole: Box<Whole>,
}

/// The file, and what was read of it last.
struct Piece {
    file: File,
    start: usize,
    bytes: OwnedBytes,
}

impl Pieces {
    /// Opens a file; `whole` maps it.
    pub(super) fn open(
        path: &Path,
        whole: impl Fn() -> io::Result<Arc<dyn FileHandle>> + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let file = File::open(path)?;
        let current = Piece {
            start: 0,
            bytes: OwnedBytes::empty(),
            file,
        };
        Ok(Pieces {
            len: usize::try_from(current.file.metadata()?.len()).map_err(io::Error::other)?,
            current: Mutex::new(current),
            whole: Box::new(whole),
        })
    }
}

impl Piece {
    fn read(&mut self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0; range.len()];
        self.file.seek(SeekFrom::Start(range.start as u64))?;
        self.file.read_exact(&mut bytes)?;
        Ok(OwnedBytes::new(bytes))
    }
}

impl FileHandle for Pieces {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.len() > MAX_READ_BYTES {
            return (self.whole)()?.read_bytes(range);
        }
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if range.len() > PIECE_BYTES {
            return current.read(range);
        }
        let known = current.start..current.start + current.bytes.len();
        if range.start < known.start || known.end < range.end {
            let end = (range.start + PIECE_BYTES).min(self.len).max(range.end);
            current.bytes = current.read(range.start..end)?;
            current.start = range.start;
        }
        let start = range.start - current.start;
        Ok(current.bytes.slice(start..start + range.len()))
    }
}

impl HasLen for Pieces {
    fn len(&self) -> usize {
        self.len
    }
}

impl fmt::Debug for Pieces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pieces")
            .field("len", &self.len)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_part_is_what_is_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let bytes: Vec<u8> = (0..3 * MAX_READ_BYTES)
            .map(|at| ((at * at) >> 7) as u8)
            .collect();
        std::fs::write(&path, &bytes).unwrap();
        let whole = bytes.clone();
        let mapped = move || {
            let file: Arc<dyn FileHandle> = Arc::new(OwnedBytes::new(whole.clone()));
            Ok(file)
        };
        let pieces = Pieces::open(&path, mapped).unwrap();
        assert_eq!(pieces.len(), bytes.len());
        let end = bytes.len();
        for range in [
            0..10,
            5..PIECE_BYTES,
            5..PIECE_BYTES + 5,
            PIECE_BYTES..PIECE_BYTES + 1,
            3..4,
            end - 8..end,
            end..end,
            7..PIECE_BYTES + 8,
            0..MAX_READ_BYTES,
            1..MAX_READ_BYTES + 2,
        ] {
            let read = pieces.read_bytes(range.clone()).unwrap();
            assert_eq!(read.as_slice(), &bytes[range]);
        }
        assert!(pieces.read_bytes(end - 1..end + 1).is_err());
    }
}
