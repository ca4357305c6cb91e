//! The folder of a generation, as the engine sees it.
//!
//! In: what the engine reads and writes. Out: files mapped into memory, as its own kind of folder does it, with some differences. Its
//! small lists (`meta.json`) are sealed, so that an altered one is noticed. A commit is on disk when it returns: the folder is told, too.
//! Who may read but not write can search: the lock that keeps files while they are opened is then taken without writing. Locks end when they are
//! dropped, whatever processes are started meanwhile. And a writer reads the large files of segments that it merges in pieces.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::error::{
    DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError,
};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

use super::lock::Locked;
use super::pieces::Pieces;
use super::seal::{sealed, unsealed};

/// What the engine calls the file that makes a commit.
pub(super) const META: &str = "meta.json";
/// Endings of the files that make up most of a segment, which a merge reads once: postings, positions, stored passages.
const READ_ONCE: [&str; 3] = ["idx", "pos", "store"];

/// A folder with the engine's files.
#[derive(Debug, Clone)]
pub(super) struct Storage {
    files: MmapDirectory,
    path: PathBuf,
    for_writer: bool,
}

impl Storage {
    pub(super) fn open(path: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Storage {
            files: MmapDirectory::open(path)?,
            path: path.to_owned(),
            for_writer: false,
        })
    }

    /// The same folder for a writer, which searches nothing.
    pub(super) fn for_writer(self) -> Self {
        Storage {
            for_writer: true,
            ..self
        }
    }

    fn pieces(&self, path: &Path) -> Result<Pieces, OpenReadError> {
        let (files, name) = (self.files.clone(), path.to_owned());
        let whole = move || {
            let mapped = files.get_file_handle(&name);
            mapped.map_err(io::Error::other)
        };
        Pieces::open(&self.path.join(path), whole).map_err(|cause| match cause.kind() {
            io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
            _ => OpenReadError::wrap_io_error(cause, path.to_owned()),
        })
    }
}

impl Directory for Storage {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let ending = path.extension().and_then(|ending| ending.to_str());
        match self.for_writer && ending.is_some_and(|ending| READ_ONCE.contains(&ending)) {
            true => Ok(Arc::new(self.pieces(path)?)),
            false => self.files.get_file_handle(path),
        }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.files.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        unsealed(self.files.atomic_read(path)?).ok_or_else(|| {
            let altered = io::Error::from(io::ErrorKind::InvalidData);
            OpenReadError::wrap_io_error(altered, path.to_owned())
        })
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.files.atomic_write(path, &sealed(data.to_vec()))?;
        match path == Path::new(META) {
            true => self.files.sync_directory(),
            false => Ok(()),
        }
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let path = self.path.join(&lock.filepath);
        let failed = |cause: io::Error| LockError::IoError(Arc::new(cause));
        let opened = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path);
        let file = match opened {
            Err(cause) if lock.is_blocking && is_read_only(&cause) => {
                let held = File::open(&path).and_then(|file| file.lock().map(|()| file));
                // Where not even that is possible, whoever finds a file gone opens the index once more.
                return Ok(match held {
                    Ok(file) => Box::new(Locked(file)).into(),
                    Err(_) => Box::new(()).into(),
                });
            }
            opened => opened.map_err(failed)?,
        };
        match lock.is_blocking {
            true => file.lock().map_err(failed)?,
            false => file.try_lock().map_err(|cause| match cause {
                TryLockError::WouldBlock => LockError::LockBusy,
                TryLockError::Error(cause) => failed(cause),
            })?,
        }
        Ok(Box::new(Locked(file)).into())
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

fn is_read_only(cause: &io::Error) -> bool {
    matches!(
        cause.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
    )
}
