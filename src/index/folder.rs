//! The folder of an index: who may use it, and what lies in it.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::hint;
use super::lock::WriterLock;
use super::manifest::{Manifest, Root, UNFINISHED, generation_number};
use crate::error::{Error, ErrorKind, Result};

/// Where an index lies.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) path: PathBuf,
    pub(super) manifest: Manifest,
    /// What the index is made from, as the manifest says or will say.
    roots: Mutex<Vec<Root>>,
    /// Held by a generation that is not published yet.
    unpublished: Mutex<Option<WriterLock>>,
    /// Files of the engine whose checksum was looked at.
    checked: Mutex<HashSet<PathBuf>>,
}

impl Folder {
    pub(super) fn new(path: &Path, manifest: Manifest, unpublished: Option<WriterLock>) -> Self {
        Folder {
            path: path.to_owned(),
            roots: Mutex::new(manifest.roots.clone()),
            manifest,
            unpublished: Mutex::new(unpublished),
            checked: Mutex::default(),
        }
    }

    /// The folder of the engine's files.
    pub(super) fn generation(&self) -> PathBuf {
        self.path.join(&self.manifest.generation)
    }

    pub(super) fn unpublished(&self) -> MutexGuard<'_, Option<WriterLock>> {
        locked(&self.unpublished)
    }

    pub(super) fn checked(&self) -> MutexGuard<'_, HashSet<PathBuf>> {
        locked(&self.checked)
    }

    pub(super) fn roots(&self) -> Vec<Root> {
        locked(&self.roots).clone()
    }

    /// Adds to what the index is made from; how a root was typed last counts.
    pub(super) fn remember(&self, given: &[Root]) -> Result<()> {
        let mut roots = locked(&self.roots);
        let before = roots.clone();
        for root in given {
            match roots.iter_mut().find(|known| known.path == root.path) {
                Some(known) => known.clone_from(root),
                None => roots.push(root.clone()),
            }
        }
        let is_published = self.unpublished().is_none();
        let changed = *roots != before;
        drop(roots);
        match changed && is_published {
            true => self.write_manifest(),
            false => Ok(()),
        }
    }

    /// Forgets roots that are gone, if nothing is left of them.
    pub(super) fn forget(&self, is_empty: impl Fn(&str) -> bool) -> Result<()> {
        let mut roots = locked(&self.roots);
        let before = roots.len();
        roots.retain(|root| {
            !matches!(Path::new(&root.path).try_exists(), Ok(false)) || !is_empty(&root.path)
        });
        let changed = roots.len() < before;
        drop(roots);
        match changed && self.unpublished().is_none() {
            true => self.write_manifest(),
            false => Ok(()),
        }
    }

    pub(super) fn write_manifest(&self) -> Result<()> {
        let manifest = Manifest {
            roots: self.roots(),
            ..self.manifest.clone()
        };
        manifest.write(&self.path)
    }
}

/// Nothing that is kept here is left half changed by a panic.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes the names in a folder durable: without it a power failure may forget a file that is written. Not every platform
/// and file system can, and there is nothing to do about it where it cannot.
pub(super) fn sync_folder(folder: &Path) {
    let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
}

impl Drop for Folder {
    /// A generation that was given up takes no room.
    fn drop(&mut self) {
        if self.unpublished().is_some() {
            let _ = fs::remove_dir_all(self.generation());
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
