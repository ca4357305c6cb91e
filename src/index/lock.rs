//! One writer at a time, over all generations of an index folder.
//!
//! The engine locks a generation; a rebuild writes another one and then removes the first. This lock spans both. It ends with the
//! process, however that ends: a lock file that is left behind locks nothing.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::Arc;

use super::hint;
use crate::error::{Error, ErrorKind, Result};

const FILE: &str = ".writer.lock";

/// The right to write to an index folder, until the last clone is dropped.
#[derive(Debug, Clone)]
pub(super) struct WriterLock {
    _file: Arc<File>,
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
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(busy(folder)),
            // A file system without locks; the engine's own is all there is.
            Err(TryLockError::Error(cause)) if cause.kind() == std::io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(cause)) => {
                return Err(Error::io(folder, "cannot lock the index", cause));
            }
        }
        Ok(WriterLock {
            _file: Arc::new(file),
        })
    }
}

/// Somebody else is writing.
pub(super) fn busy(folder: &Path) -> Error {
    Error::at(
        ErrorKind::Busy,
        folder,
        "another process is writing to this index",
    )
    .with_hint("wait until it is done; searching works meanwhile")
}
