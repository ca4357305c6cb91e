//! The manifest of an index folder, and the list of sources of each commit.
//!
//! In and out: two small files that a person can read.
//!
//! - `manifest.json`, one per index: format, fingerprint, and the folder that holds the current generation.
//!   It is replaced by renaming, so that a rebuilt index appears at once and as a whole.
//! - `sources-N.jsonl`, one per commit, a line per source. The engine's commit names the file that belongs to it: what is known of
//!   the sources changes with the passages or not at all.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

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
}

impl Manifest {
    pub(crate) fn new(fingerprint: Fingerprint, generation: u32) -> Self {
        Manifest {
            format: FORMAT_VERSION,
            program: concat!("fumikura ", env!("CARGO_PKG_VERSION")).to_owned(),
            fingerprint,
            generation: format!("generation-{generation}"),
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
        // A folder cannot be opened for this on every platform; where it can, the rename is made durable.
        let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(())
}

/// What the index knows of one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SourceRecord {
    /// The file or folder that was given.
    pub(crate) root: String,
    /// Path relative to it.
    pub(crate) name: String,
    /// Size in bytes and time of change, as a shortcut.
    pub(crate) bytes: u64,
    pub(crate) modified_ms: u64,
    /// BLAKE3 of the content.
    pub(crate) hash: String,
    /// What decided its facets beside its content: topics, and the rules of sidecars.
    pub(crate) facets: String,
    /// Documents taken from it.
    pub(crate) documents: u64,
    /// Documents and lines that could not be taken from it. They are told at every update, not only at the first.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) problems: u64,
    /// Those of them whose id was taken by another source.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) left_out: u64,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl SourceRecord {
    /// The term that marks the passages of this source.
    pub(crate) fn key(&self) -> String {
        source_key(&self.root, &self.name)
    }
}

/// The term that marks the passages of a source.
pub(crate) fn source_key(root: &str, name: &str) -> String {
    format!("{root}\n{name}")
}

/// Writes the list of sources of a commit.
pub(crate) fn write_sources<'a>(
    path: &Path,
    sources: impl Iterator<Item = &'a SourceRecord>,
) -> Result<()> {
    let mut lines = Vec::new();
    for source in sources {
        serde_json::to_writer(&mut lines, source).expect("strings and numbers always serialise");
        lines.push(b'\n');
    }
    write_in_one_step(path, &lines)
}

/// Reads the list of sources of a commit of the index in the folder `index`.
pub(crate) fn read_sources(path: &Path, index: &Path) -> Result<Vec<SourceRecord>> {
    let damaged = |cause: std::io::Error| {
        let message = "the list of sources cannot be read";
        Error::at(ErrorKind::Damaged, path, message)
            .with_hint(hint::rebuild(index))
            .with_source(cause)
    };
    let file = fs::File::open(path).map_err(damaged)?;
    BufReader::new(file)
        .lines()
        .map(|line| serde_json::from_str(&line.map_err(damaged)?).map_err(|e| damaged(e.into())))
        .collect()
}
