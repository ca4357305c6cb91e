//! The folder of an index: who may use it, and what lies in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::hint;
use super::lock::WriterLock;
use super::manifest::{Manifest, UNFINISHED, generation_number};
use crate::error::{Error, ErrorKind, Result};

/// Where an index lies.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) path: PathBuf,
    pub(super) manifest: Manifest,
    /// Held by a generation that is not published yet.
    pub(super) unpublished: Mutex<Option<WriterLock>>,
}

impl Folder {
    pub(super) fn unpublished(&self) -> MutexGuard<'_, Option<WriterLock>> {
        self.unpublished
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Folder {
    /// A generation that was given up takes no room.
    fn drop(&mut self) {
        if self.unpublished().is_some() {
            let _ = fs::remove_dir_all(self.path.join(&self.manifest.generation));
        }
    }
}

/// An index may be created in a folder that is missing, or holds nothing but notes of its owner.
pub(super) fn check_free(folder: &Path) -> Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => entries
            .map_err(|cause| Error::io(folder, "cannot use this folder for an index", cause))?,
    };
    let foreign = entries
        .flatten()
        .map(|entry| entry.file_name())
        .filter(|name| {
            let name = name.to_string_lossy();
            !(name.starts_with('.')
                || name.starts_with("README")
                || name == UNFINISHED
                || name.starts_with("generation-"))
        })
        .min();
    match foreign {
        None => Ok(()),
        Some(name) => {
            let message = format!(
                "this folder holds other files (`{}`), an index needs its own",
                name.to_string_lossy()
            );
            Err(Error::at(ErrorKind::Io, folder, message)
                .with_hint("choose another: --index FOLDER"))
        }
    }
}

/// Creates the folder of an index and locks it.
pub(super) fn lock_new(folder: &Path) -> Result<WriterLock> {
    fs::create_dir_all(folder).map_err(|cause| {
        Error::io(folder, "cannot create the folder", cause).with_hint(hint::NOT_WRITTEN)
    })?;
    WriterLock::take(folder)
}

/// The generations in an index folder, with their numbers.
pub(super) fn generations(folder: &Path) -> impl Iterator<Item = (u32, PathBuf)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| {
        let name = entry.file_name();
        let number = generation_number(name.to_str()?)?;
        Some((number, entry.path()))
    })
}
