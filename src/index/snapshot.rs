//! One state of an index: the passages, and what belongs to the same commit.
//!
//! In: an index that others may be writing to. Out: a [`Snapshot`] that is of one commit as a whole, and passages read from it. What
//! the engine makes of altered files, errors and panics alike, becomes an error here.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, UNIX_EPOCH};

use tantivy::schema::{TantivyDocument, Value};
use tantivy::{DocAddress, ReloadPolicy, TantivyError};

use super::moved::MovedSources;
use super::sources::{CommitNote, Records};
use super::storage::META;
use super::{Index, StoredPassage};
use crate::error::{Error, Result};

/// More commits than this do not happen while one snapshot is taken.
const MAX_ATTEMPTS: usize = 100;

/// What was committed at one time.
pub(crate) struct Snapshot {
    pub(crate) engine: tantivy::Searcher,
    pub(crate) note: CommitNote,
    pub(crate) moved: MovedSources,
}

impl Index {
    /// The newest state.
    pub(crate) fn snapshot(&self) -> Result<Snapshot> {
        let mut attempts = 0;
        loop {
            let before = self.committed_list();
            let taken = self.guarded(|| self.take_snapshot());
            attempts += 1;
            // With a commit in between, what was read may be of two states, or gone before it was read.
            if attempts == MAX_ATTEMPTS || self.committed_list() == before {
                return taken;
            }
        }
    }

    /// The engine's list of files, which is replaced by every commit; none in memory.
    fn committed_list(&self) -> Option<Vec<u8>> {
        fs::read(self.generation_path()?.join(META)).ok()
    }

    fn take_snapshot(&self) -> Result<Snapshot> {
        let damaged = |cause: TantivyError| self.damaged(cause);
        let meta = self.engine.load_metas().map_err(damaged)?;
        self.check_altered(&meta)?;
        let note = CommitNote::from_payload(meta.payload.as_deref()).unwrap_or_default();
        let reader = self.engine.reader_builder();
        let reader: tantivy::IndexReader = reader
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(damaged)?;
        let moved = match self.generation_path() {
            Some(folder) => note.read_moved(&folder)?,
            None => MovedSources::default(),
        };
        Ok(Snapshot {
            engine: reader.searcher(),
            note,
            moved,
        })
    }

    /// What is known of the sources in a state that is the newest.
    pub(crate) fn records(&self, note: &CommitNote) -> Result<Records> {
        match self.generation_path() {
            Some(folder) => note.read_sources(&folder),
            None => Ok(Records::new()),
        }
    }

    /// Reads what is kept of a passage.
    pub(crate) fn stored(&self, snapshot: &Snapshot, address: DocAddress) -> Result<StoredPassage> {
        let document: TantivyDocument = snapshot
            .engine
            .doc(address)
            .map_err(|cause| self.damaged(cause))?;
        let json = document.get_first(self.schema().passage);
        let json = json.as_ref().and_then(|json| json.as_bytes());
        let mut stored = StoredPassage::from_json(json.unwrap_or_default()).map_err(|cause| {
            self.damage("a stored passage cannot be read")
                .with_source(cause)
        })?;
        snapshot.moved.correct(&mut stored);
        Ok(stored)
    }

    /// Does something with the engine. It panics over files that were altered where it does not look for it; that is an error here.
    pub(crate) fn guarded<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        // What a panic leaves half done is not looked at again: snapshots are only read.
        catch_unwind(AssertUnwindSafe(work))
            .unwrap_or_else(|_| Err(self.damage("a file of the index was altered")))
    }

    /// Wraps an engine error that can only mean unreadable files.
    pub(crate) fn damaged(
        &self,
        cause: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Error {
        self.damage("the index cannot be read")
            .with_source(super::readable(cause))
    }

    /// Size of all files of the index, and when the last commit was written; nothing for an index in memory.
    pub(crate) fn files(&self) -> (u64, Option<Duration>) {
        let Some(folder) = self.generation_path() else {
            return (0, None);
        };
        let files = fs::read_dir(&folder).into_iter().flatten().flatten();
        let metadata = files.filter_map(|file| file.metadata().ok());
        let committed = fs::metadata(folder.join(META)).and_then(|metadata| metadata.modified());
        let committed = committed.ok();
        (
            metadata.map(|metadata| metadata.len()).sum(),
            committed.and_then(|time| time.duration_since(UNIX_EPOCH).ok()),
        )
    }
}
