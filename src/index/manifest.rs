//! The manifest of an index folder.
//!
//! In and out: `manifest.json`, one per index, which a person can read: format, fingerprint, the folder that holds the current
//! generation, and the files and folders the index is made from. It is replaced by renaming, so that a rebuilt index appears at
//! once and as a whole. What is known of each source is in a list of its own ([`sources`](super::sources)).

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::folder::sync_folder;
use super::hint;
use crate::analysis::Fingerprint;
use crate::error::{Error, ErrorKind, Result};
use crate::schema::FORMAT_VERSION;

const FILE: &str = "manifest.json";
/// The manifest while it is written.
pub(super) const UNFINISHED: &str = "manifest.new";

/// What an index folder says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// Version of the folder's format.
    pub(crate) format: u32,
    /// Version of the program that created it.
    pub(crate) program: String,
    /// What decided its terms.
    pub(crate) fingerprint: Fingerprint,
    /// The subfolder with the current generation.
    pub(crate) generation: String,
    /// What was given to be indexed.
    #[serde(default)]
    pub(crate) roots: Vec<Root>,
}

/// A file or folder that was given to be indexed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Root {
    /// What it is known by: its whole path.
    pub(crate) path: String,
    /// As it was typed, which is how its sources are shown.
    #[serde(with = "any_name")]
    pub(crate) typed: PathBuf,
}

/// A path as text; one that is no text as its bytes.
mod any_name {
    use std::ffi::OsString;
    use std::path::{Path, PathBuf};

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(path: &Path, to: S) -> Result<S::Ok, S::Error> {
        match path.to_str() {
            Some(text) => text.serialize(to),
            None => path.as_os_str().serialize(to),
        }
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<PathBuf, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Name {
            Text(PathBuf),
            Bytes(OsString),
        }
        Ok(match Name::deserialize(from)? {
            Name::Text(path) => path,
            Name::Bytes(name) => name.into(),
        })
    }
}

impl Root {
    /// A root that exists.
    pub(crate) fn new(typed: &Path) -> Result<Self> {
        let path = fs::canonicalize(typed).map_err(|cause| {
            Error::io(typed, "cannot read", cause)
                .with_hint("give a file or a folder of texts that exists")
        })?;
        Ok(Root {
            path: path.to_string_lossy().into_owned(),
            typed: typed.to_owned(),
        })
    }

    /// A path that leads there from where we are.
    pub(crate) fn reachable(&self) -> PathBuf {
        match Root::new(&self.typed) {
            Ok(found) if found.path == self.path => self.typed.clone(),
            _ => PathBuf::from(&self.path),
        }
    }
}

impl Manifest {
    pub(crate) fn new(fingerprint: Fingerprint, generation: u32) -> Self {
        Manifest {
            format: FORMAT_VERSION,
            program: concat!("fumikura ", env!("CARGO_PKG_VERSION")).to_owned(),
            fingerprint,
            generation: format!("generation-{generation}"),
            roots: Vec::new(),
        }
    }

    /// Number of the generation, for the next one to be told apart.
    pub(crate) fn generation_number(&self) -> Option<u32> {
        generation_number(&self.generation)
    }

    /// Reads the manifest of an index folder.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::IndexMissing`] when there is no index, [`ErrorKind::Incompatible`] when another version made it,
    /// [`ErrorKind::Damaged`] when it cannot be read.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(FILE);
        let json = fs::read(&path).map_err(|cause| missing(folder, cause))?;
        let damaged = |cause: serde_json::Error| {
            Error::at(
                ErrorKind::Damaged,
                &path,
                "the manifest of the index cannot be read",
            )
            .with_hint(hint::rebuild(folder))
            .with_source(cause)
        };
        let value: serde_json::Value = serde_json::from_slice(&json).map_err(damaged)?;
        let format = value.get("format").and_then(serde_json::Value::as_u64);
        if format.is_some_and(|format| format != u64::from(FORMAT_VERSION)) {
            let found = format.unwrap_or_default();
            let message =
                format!("the index has format {found}, this version reads format {FORMAT_VERSION}");
            return Err(Error::at(ErrorKind::Incompatible, folder, message)
                .with_hint(hint::rebuild(folder)));
        }
        let manifest: Manifest = serde_json::from_value(value).map_err(damaged)?;
        match manifest.generation_number() {
            Some(_) => Ok(manifest),
            // A path to somewhere else would be opened, and removed when the index is rebuilt.
            None => Err(damaged(serde::de::Error::custom(format!(
                "`{}` is no generation",
                manifest.generation
            )))),
        }
    }

    /// What an index is made from, whichever version or dictionary made it; nothing if that cannot be read.
    pub(crate) fn roots_of(folder: &Path) -> Vec<Root> {
        let json = fs::read(folder.join(FILE)).unwrap_or_default();
        let mut value: serde_json::Value = serde_json::from_slice(&json).unwrap_or_default();
        let roots = value.get_mut("roots").map(serde_json::Value::take);
        serde_json::from_value(roots.unwrap_or_default()).unwrap_or_default()
    }

    /// The generation of an index that was built with words of one's own, and their checksum, whichever version made it.
    pub(crate) fn user_dictionary_of(folder: &Path) -> Option<(String, String)> {
        let json = fs::read(folder.join(FILE)).ok()?;
        let value: serde_json::Value = serde_json::from_slice(&json).ok()?;
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        let generation = text(value.get("generation")?)?;
        generation_number(&generation)?;
        let checksum = text(value.get("fingerprint")?.get("user_dictionary")?)?;
        Some((generation, checksum))
    }

    /// Writes the manifest in one step.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        let json = serde_json::to_vec_pretty(self).expect("strings and numbers always serialise");
        write_in_one_step(&folder.join(FILE), &json)
    }

    /// An error unless this index was built by what `fingerprint` describes.
    pub(crate) fn check(&self, folder: &Path, fingerprint: &Fingerprint) -> Result<()> {
        if self.fingerprint == *fingerprint {
            return Ok(());
        }
        let message = format!(
            "the index was built with {}, but now there is {fingerprint}",
            self.fingerprint
        );
        Err(Error::at(ErrorKind::Incompatible, folder, message).with_hint(hint::rebuild(folder)))
    }
}

/// The number in the name of a generation's folder.
pub(crate) fn generation_number(name: &str) -> Option<u32> {
    name.strip_prefix("generation-")?.parse().ok()
}

fn missing(folder: &Path, cause: std::io::Error) -> Error {
    if folder.is_file() {
        return Error::at(
            ErrorKind::Io,
            folder,
            "this is a file, and an index is a folder",
        )
        .with_hint("choose another: --index FOLDER");
    }
    let reason = match folder.try_exists() {
        _ if cause.kind() != std::io::ErrorKind::NotFound => {
            return Error::io(
                &folder.join(FILE),
                "cannot read the manifest of the index",
                cause,
            );
        }
        Ok(true) => "this folder is no index: it has no manifest.json",
        _ => "there is no index here",
    };
    Error::at(ErrorKind::IndexMissing, folder, reason).with_hint(format!(
        "build one: fumikura index FOLDER --index {}",
        folder.display()
    ))
}

/// Writes a file so that it is there whole or not at all, and on disk when this returns.
pub(super) fn write_in_one_step(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |cause| Error::io(path, "cannot write", cause).with_hint(hint::NOT_WRITTEN);
    let new = path.with_extension("new");
    let mut file = fs::File::create(&new).map_err(failed)?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(failed)?;
    fs::rename(&new, path).map_err(failed)?;
    if let Some(folder) = path.parent() {
        sync_folder(folder);
    }
    Ok(())
}
