//! The folder of a generation, as the engine sees it.
//!
//! In: what the engine reads and writes. Out: files mapped into memory, as its own kind of folder does it, with three differences. Its
//! small lists (`meta.json`) are sealed, so that an altered one is noticed. A commit is on disk when it returns: the folder is told, too.
//! And who may read but not write can search: the lock that keeps files while they are opened is then taken without writing.

use std::fs::File;
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

use super::seal::{sealed, unsealed};

/// What the engine calls the file that makes a commit.
pub(super) const META: &str = "meta.json";

/// A folder with the engine's files.
#[derive(Debug, Clone)]
pub(super) struct Storage {
    files: MmapDirectory,
    path: PathBuf,
}

impl Storage {
    pub(super) fn open(path: &Path) -> Result<Self, OpenDirectoryError> {
        let files = MmapDirectory::open(path)?;
        let path = path.to_owned();
        Ok(Storage { files, path })
    }
}

impl Directory for Storage {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
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
        match self.files.acquire_lock(lock) {
            Err(LockError::IoError(cause)) if lock.is_blocking && is_read_only(&cause) => {
                let held = File::open(self.path.join(&lock.filepath))
                    .and_then(|file| file.lock().map(|()| file));
                // Where not even that is possible, whoever finds a file gone opens the index once more.
                Ok(match held {
                    Ok(file) => Box::new(file).into(),
                    Err(_) => Box::new(()).into(),
                })
            }
            taken => taken,
        }
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
