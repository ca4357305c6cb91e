//! What the index knows of its sources: a list per commit.
//!
//! In and out: `sources-N.jsonl`, a line per source, which a person can read; beside it the renamed ones, and the lines of records
//! that moved. The engine's commit names the file that belongs to it
//! ([`CommitNote`]): what is known of the sources changes with the passages or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::folder::sync_folder;
use super::hint;
use super::manifest::write_in_one_step;
use super::moved::{Lines, Moved, MovedSources, lines_from_bytes, lines_to_bytes};
use super::seal::{MARK, seal, sealed, unsealed};
use crate::error::{Error, ErrorKind, Result};

/// What is known of the sources, by the key of each.
pub(crate) type Records = BTreeMap<String, SourceRecord>;

/// What the index knows of one source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SourceRecord {
    /// The file or folder that was given.
    pub(crate) root: String,
    /// Path relative to it.
    pub(crate) name: String,
    /// Size in bytes and time of change, as a shortcut. The time is 0 where it proves nothing: it was too fresh.
    pub(crate) bytes: u64,
    pub(crate) modified_ns: u64,
    /// BLAKE3 of the content; empty while only a part of it was read.
    pub(crate) hash: String,
    /// What decided its facets beside its content: topics, and the rules of sidecars.
    #[serde(default)]
    pub(crate) facets: String,
    /// Documents taken from it.
    pub(crate) documents: u64,
    /// Documents and lines that could not be taken from it. They are told at every update, not only at the first.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) problems: u64,
    /// Those of them whose id was taken by another source.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) left_out: u64,
    /// Where its passages say they are from, if it was renamed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) moved: Option<Moved>,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl SourceRecord {
    /// What tells this source from all others.
    pub(crate) fn key(&self) -> String {
        source_key(&self.root, &self.name)
    }

    /// The term that marks its passages.
    pub(crate) fn passages_key(&self) -> String {
        match &self.moved {
            Some(moved) => moved.key.clone(),
            None => self.key(),
        }
    }
}

/// The term that marks the passages of a source.
pub(crate) fn source_key(root: &str, name: &str) -> String {
    format!("{root}\n{name}")
}

/// What the engine keeps of ours in a commit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CommitNote {
    /// The file with the list of sources; empty if there are none.
    pub(crate) sources: String,
    /// Their number.
    pub(crate) count: usize,
    /// The file with the renamed ones, if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) moved: Option<String>,
    /// The file with the lines of records that moved, if there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) lines: Option<String>,
    /// Whether a first build was not finished.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) unfinished: bool,
}

impl CommitNote {
    pub(crate) fn from_payload(payload: Option<&str>) -> Option<Self> {
        serde_json::from_str(payload?).ok()
    }

    pub(crate) fn to_payload(&self) -> String {
        serde_json::to_string(self).expect("strings always serialise")
    }

    /// Writes the lists of a commit to come beside those of the last one.
    pub(super) fn write(
        folder: &Path,
        records: &Records,
        lines: &Lines,
        unfinished: bool,
    ) -> Result<Self> {
        let numbers = lists(folder).filter_map(|path| list_number(&path));
        let number = numbers.max().unwrap_or(0) + 1;
        let sources = format!("{SOURCES}{number}{EXTENSION}");
        write_lines(&folder.join(&sources), records.values())?;
        let moved = records.values().filter_map(|record| record.moved.as_ref());
        let mut moved = moved.peekable();
        let moved = match moved.peek() {
            None => None,
            Some(_) => {
                let name = format!("{MOVED}{number}{EXTENSION}");
                write_lines(&folder.join(&name), moved)?;
                Some(name)
            }
        };
        let lines = match lines.is_empty() {
            true => None,
            false => {
                let name = format!("{LINES}{number}{BINARY}");
                write_in_one_step(&folder.join(&name), &sealed(lines_to_bytes(lines)))?;
                Some(name)
            }
        };
        sync_folder(folder);
        Ok(CommitNote {
            lines,
            sources,
            count: records.len(),
            moved,
            unfinished,
        })
    }

    /// Removes the lists of other commits. What cannot be removed now is removed next time.
    pub(super) fn remove_others(&self, folder: &Path) {
        for path in lists(folder) {
            let name = path.file_name().and_then(|name| name.to_str());
            if ![
                Some(self.sources.as_str()),
                self.moved.as_deref(),
                self.lines.as_deref(),
            ]
            .contains(&name)
            {
                let _ = fs::remove_file(path);
            }
        }
    }

    /// Reads the list of sources of the generation in `folder`.
    pub(super) fn read_sources(&self, folder: &Path) -> Result<Records> {
        if self.sources.is_empty() {
            return Ok(Records::new());
        }
        let records: Vec<SourceRecord> = read_lines(folder, &self.sources)?;
        Ok(records.into_iter().map(|r| (r.key(), r)).collect())
    }

    /// Reads what is elsewhere than when it was analysed, in the generation in `folder`.
    pub(super) fn read_moved(&self, folder: &Path) -> Result<MovedSources> {
        let moved = match &self.moved {
            Some(name) => read_lines(folder, name)?,
            None => Vec::new(),
        };
        let lines = match &self.lines {
            Some(name) => {
                let path = folder.join(name);
                let bytes = fs::read(&path).map_err(|cause| unreadable(&path, cause))?;
                let altered = || unreadable(&path, std::io::ErrorKind::InvalidData.into());
                lines_from_bytes(&unsealed(bytes).ok_or_else(altered)?)
            }
            None => Lines::new(),
        };
        Ok(MovedSources::new(moved, lines))
    }
}

const SOURCES: &str = "sources-";
const MOVED: &str = "moved-";
const LINES: &str = "lines-";
const EXTENSION: &str = ".jsonl";
const BINARY: &str = ".bin";

/// The number of a list.
fn list_number(path: &Path) -> Option<u64> {
    let name = path.file_name()?.to_str()?;
    let (stem, end) = name.split_at_checked(name.rfind('.')?)?;
    let prefixes = match end {
        EXTENSION => [SOURCES, MOVED].as_slice(),
        BINARY => &[LINES],
        _ => &[],
    };
    let number = prefixes
        .iter()
        .find_map(|prefix| stem.strip_prefix(prefix))?;
    number.parse().ok()
}

/// All lists in a generation's folder, also what an interrupted run left.
pub(super) fn lists(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.path())
        .filter(|path| list_number(path).is_some())
}

/// Writes values, a line each, and a seal; on disk when this returns.
fn write_lines<T: Serialize>(path: &Path, values: impl Iterator<Item = T>) -> Result<()> {
    let failed = |cause| Error::io(path, "cannot write", cause).with_hint(hint::NOT_WRITTEN);
    let mut file = BufWriter::new(fs::File::create(path).map_err(failed)?);
    let mut hasher = blake3::Hasher::new();
    for value in values {
        let mut line = serde_json::to_vec(&value).expect("strings and numbers always serialise");
        line.push(b'\n');
        hasher.update(&line);
        file.write_all(&line).map_err(failed)?;
    }
    file.write_all(seal(&hasher).as_bytes()).map_err(failed)?;
    let file = file
        .into_inner()
        .map_err(|error| failed(error.into_error()))?;
    file.sync_all().map_err(failed)
}

fn unreadable(path: &Path, cause: std::io::Error) -> Error {
    let index = path.parent().and_then(Path::parent);
    let message = "the list of sources cannot be read";
    Error::at(ErrorKind::Damaged, path, message)
        .with_hint(hint::rebuild(index.unwrap_or(path)))
        .with_source(cause)
}

/// Reads what [`write_lines`] wrote.
fn read_lines<T: for<'d> Deserialize<'d>>(folder: &Path, name: &str) -> Result<Vec<T>> {
    let path = folder.join(name);
    let damaged = |cause: std::io::Error| unreadable(&path, cause);
    let mut lines = BufReader::new(fs::File::open(&path).map_err(damaged)?);
    let (mut values, mut hasher, mut line) = (Vec::new(), blake3::Hasher::new(), String::new());
    loop {
        line.clear();
        lines.read_line(&mut line).map_err(damaged)?;
        if line.starts_with(MARK) && line == seal(&hasher) {
            return Ok(values);
        }
        let value = serde_json::from_str(&line);
        values.push(value.map_err(|cause| damaged(cause.into()))?);
        hasher.update(line.as_bytes());
    }
}
