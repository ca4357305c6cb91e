//! Sidecars: files beside the texts that say how their facets are found.
//!
//! In: the folders of sources. Out: the rules of `facets.toml` for each source, and the topics of `topics.toml`. Neither is indexed as
//! a text. A `facets.toml` holds for its folder and all below it, the rules of inner folders after those of outer ones; `topics.toml`
//! stands in the folder that is indexed, and holds for the whole index. What is wrong with them is told and does not end an update.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::CorpusSettings;
use crate::error::{Error, ErrorKind, Result};
use crate::facet::{Corrections, Sidecar, Taxonomy};

const FACETS: &str = "facets.toml";
/// No sidecar is longer.
const MAX_BYTES: u64 = 16 << 20;

/// Whether a file below a folder is a sidecar, by its name relative to it.
pub(super) fn is_sidecar(settings: &CorpusSettings, folder: &Path, name: &str) -> bool {
    settings.has(&folder.join(name)) || name.rsplit('/').next() == Some(FACETS)
}

/// The topics that stand beside the texts of a root, if there are any: their path as shown, as it is known, and their text.
pub(super) fn topics(root: &Path, key: &Path) -> Result<Option<(PathBuf, PathBuf, String)>> {
    let Some(path) = CorpusSettings::read(root)?.topics else {
        return Ok(None);
    };
    let name = path.strip_prefix(folder(root)).unwrap_or(&path);
    let known = folder(key).join(name);
    match read(&path)? {
        Some(text) => Ok(Some((path, known, text))),
        None => Err(
            Error::at(ErrorKind::NotFound, &path, "there is no such file")
                .with_hint("fumikura.toml beside the texts names it"),
        ),
    }
}

/// The folder of a root, which may be a single file.
pub(super) fn folder(root: &Path) -> &Path {
    match root.is_file() {
        true => root.parent().unwrap_or(Path::new("")),
        false => root,
    }
}

/// The rules of all folders, each read once.
#[derive(Debug)]
pub(super) struct Sidecars<'t> {
    taxonomy: &'t Taxonomy,
    /// The topics, hashed once for all sources.
    topics: blake3::Hasher,
    known: HashMap<PathBuf, Option<Arc<Sidecar>>>,
    /// What could not be read.
    pub(super) problems: Vec<Error>,
    /// Values that were left out: `path:line`, and why.
    pub(super) complaints: Vec<(String, String)>,
}

/// The rules for one source: each sidecar with its path, and the source's path relative to its folder.
#[derive(Debug, Clone, Default)]
pub(super) struct SourceRules(Vec<(Arc<Sidecar>, PathBuf, String)>);

impl<'t> Sidecars<'t> {
    pub(super) fn new(taxonomy: &'t Taxonomy) -> Self {
        let mut topics = blake3::Hasher::new();
        // What extends the built-in topics changes with them.
        topics.update(Taxonomy::built_in().toml().as_bytes());
        topics.update(taxonomy.toml().as_bytes());
        Sidecars {
            taxonomy,
            topics,
            known: HashMap::new(),
            problems: Vec::new(),
            complaints: Vec::new(),
        }
    }

    /// The rules for the source of a root with a name relative to it.
    pub(super) fn rules(&mut self, root: &Path, name: &str) -> SourceRules {
        let mut folder = folder(root).to_owned();
        let mut rest = name;
        let mut rules = SourceRules::default();
        loop {
            if let Some(sidecar) = self.sidecar(&folder) {
                rules
                    .0
                    .push((sidecar, folder.join(FACETS), rest.to_owned()));
            }
            let Some((inner, below)) = rest.split_once('/') else {
                return rules;
            };
            folder.push(inner);
            rest = below;
        }
    }

    /// What decides the facets of a source beside itself: changes when they may.
    pub(super) fn fingerprint(&self, rules: &SourceRules) -> String {
        let mut hasher = self.topics.clone();
        for (sidecar, _, name) in &rules.0 {
            // A sidecar without a rule for the source is as good as none.
            let written = sidecar.written_for(name);
            if !written.is_empty() {
                hasher.update(&[0]);
                hasher.update(written.as_bytes());
            }
        }
        hasher.finalize().to_hex()[..16].to_owned()
    }

    fn sidecar(&mut self, folder: &Path) -> Option<Arc<Sidecar>> {
        if let Some(known) = self.known.get(folder) {
            return known.clone();
        }
        let path = folder.join(FACETS);
        let parsed = match read(&path) {
            Ok(None) => None,
            Ok(Some(text)) => match Sidecar::parse(&text, self.taxonomy) {
                Ok((sidecar, complaints)) => {
                    let told = complaints.into_iter();
                    self.complaints.extend(
                        told.map(|(line, text)| (format!("{}:{line}", path.display()), text)),
                    );
                    Some(Arc::new(sidecar))
                }
                Err(error) => {
                    self.problems.push(error.in_file(&path));
                    None
                }
            },
            Err(error) => {
                self.problems.push(error);
                None
            }
        };
        self.known.insert(folder.to_owned(), parsed.clone());
        parsed
    }
}

impl SourceRules {
    /// Corrects a document of the source; says what cannot be corrected.
    pub(super) fn correct(&self, id: &str, corrections: &mut Corrections) -> Vec<String> {
        let mut told = Vec::new();
        for (sidecar, path, name) in &self.0 {
            let kept = sidecar.correct(name, id, corrections);
            let shown = path.display();
            told.extend(kept.into_iter().map(|value| {
                format!("{value} is declared here, {shown} does not remove it; take it out here")
            }));
        }
        told
    }
}

/// The text of a sidecar, if there is one.
pub(super) fn read(path: &Path) -> Result<Option<String>> {
    let failed = |cause| Error::io(path, "cannot be read", cause);
    let file = match File::open(path) {
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        file => file.map_err(failed)?,
    };
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Error::at(
            ErrorKind::Malformed,
            path,
            "is longer than 16 MiB, not used",
        ));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Some(text.trim_start_matches('\u{feff}').to_owned())),
        Err(_) => Err(
            Error::at(ErrorKind::Malformed, path, "is not UTF-8, not used")
                .with_hint("such files are written in UTF-8; save it so"),
        ),
    }
}
