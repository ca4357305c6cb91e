//! One writer at a time, over all generations of an index folder.
//!
//! The engine locks a generation; a rebuild writes another one and then removes the first. This lock spans both. It ends with the
//! process, however that ends: a lock file that is left behind locks nothing. The file says whose it is, for the message to others.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::hint;
use crate::error::{Error, ErrorKind, Result};
use crate::search::utc;

const FILE: &str = ".writer.lock";

/// The right to write to an index folder, until the last clone is dropped.
#[derive(Debug, Clone)]
pub(super) struct WriterLock {
    _file: Arc<Locked>,
}

/// A locked file. It is unlocked, and not only closed: a process that is being started has a copy of all open files for a moment.
#[derive(Debug)]
pub(super) struct Locked(pub(super) File);

impl Drop for Locked {
    fn drop(&mut self) {
        // A file system without locks has nothing to unlock.
        let _ = self.0.unlock();
    }
}

impl WriterLock {
    /// Takes the lock of a folder that exists.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Busy`] while somebody else has it, [`ErrorKind::Io`] when the folder cannot be written.
    pub(super) fn take(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE);
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|cause| {
                Error::io(folder, "cannot write to the index", cause).with_hint(hint::NOT_WRITTEN)
            })?;
        match file.try_lock() {
            Ok(()) => sign(&file),
            Err(TryLockError::WouldBlock) => return Err(busy(folder)),
            // A file system without locks; the engine's own is all there is.
            Err(TryLockError::Error(cause)) if cause.kind() == std::io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(cause)) => {
                return Err(Error::io(folder, "cannot lock the index", cause));
            }
        }
        Ok(WriterLock {
            _file: Arc::new(Locked(file)),
        })
    }
}

/// Notes who has the lock. It holds without the note, too: on a full disk there is none.
fn sign(mut file: &File) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let since = now.map(utc).unwrap_or_default();
    let _ = file.set_len(0);
    let _ = write!(file, "process {} since {since}", std::process::id());
}

/// Somebody else is writing.
pub(super) fn busy(folder: &Path) -> Error {
    const LONGEST_NOTE: usize = 80;
    let note = fs::read_to_string(folder.join(FILE)).unwrap_or_default();
    let message = match note.len() {
        1..=LONGEST_NOTE => format!("{note} is writing to this index"),
        _ => "another process is writing to this index".to_owned(),
    };
    Error::at(ErrorKind::Busy, folder, message)
        .with_hint("wait until it is done; searching works meanwhile")
}

/// The index that is open is not the one to write to any more.
pub(super) fn replaced(folder: &Path) -> Error {
    let message = "the index was rebuilt by another process meanwhile";
    Error::at(ErrorKind::Busy, folder, message).with_hint("open it again; run the command again")
}
