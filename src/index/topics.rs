//! The topics an index was built with.
//!
//! In: a taxonomy that was given, or stands beside the texts. Out: `topics.toml` in the folder of the generation, from which later
//! searches know names and labels, and later updates what to look for. There is none for the built-in topics.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use super::manifest::{Root, write_in_one_step};
use super::{Index, hint, sidecar};
use crate::error::{Error, ErrorKind, Result};
use crate::facet::Taxonomy;

const FILE: &str = "topics.toml";
/// Begins the line that says where the topics are from.
const FROM: &str = "# from ";

/// Topics, and where they are from.
#[derive(Debug, Clone, Default)]
pub(super) struct Topics {
    /// None for the built-in ones.
    taxonomy: Option<Arc<Taxonomy>>,
    /// The file beside the texts; none where the topics were given, and stay until others are.
    path: Option<PathBuf>,
}

impl Topics {
    pub(super) fn given(taxonomy: Taxonomy) -> Self {
        Topics {
            taxonomy: Some(Arc::new(taxonomy)),
            path: None,
        }
    }

    pub(super) fn taxonomy(&self) -> &Taxonomy {
        self.taxonomy
            .as_deref()
            .unwrap_or_else(|| Taxonomy::built_in())
    }

    /// The taxonomy if it is not the built-in one.
    pub(super) fn custom(&self) -> Option<Arc<Taxonomy>> {
        self.taxonomy.clone()
    }

    /// The topics for an update of roots, when these were the last: those that were given stay; else the first file beside the
    /// texts counts, and where the one that counted is gone, the built-in ones. What is wrong with a file is told, and these stay.
    pub(super) fn chosen(&self, roots: &[Root]) -> (Topics, Option<Error>) {
        if self.taxonomy.is_some() && self.path.is_none() {
            return (self.clone(), None);
        }
        for root in roots {
            match sidecar::topics(&root.typed, Path::new(&root.path)) {
                Ok(None) => {}
                Ok(Some((shown, path, text))) => match Taxonomy::parse(&text) {
                    Ok(taxonomy) => {
                        let taxonomy = Some(Arc::new(taxonomy));
                        let path = Some(path);
                        return (Topics { taxonomy, path }, None);
                    }
                    Err(error) => return (self.clone(), Some(error.in_file(&shown))),
                },
                Err(error) => return (self.clone(), Some(error)),
            }
        }
        let is_gone = |path: &PathBuf| {
            let mut folders = roots
                .iter()
                .map(|root| sidecar::folder(Path::new(&root.path)));
            folders.any(|folder| path.starts_with(folder))
        };
        match self.path.as_ref().is_some_and(is_gone) {
            true => (Topics::default(), None),
            false => (self.clone(), None),
        }
    }

    fn to_file(&self) -> Option<String> {
        let toml = self.taxonomy.as_ref()?.toml();
        let path = self.path.as_ref();
        let path = path.map_or_else(String::new, |path| {
            path.to_string_lossy().replace(['\n', '\r'], " ")
        });
        Some(format!("{FROM}{path}\n{toml}"))
    }

    fn from_file(text: &str) -> Result<Self> {
        let (first, toml) = text.split_once('\n').unwrap_or_default();
        let path = first.strip_prefix(FROM).filter(|path| !path.is_empty());
        Ok(Topics {
            taxonomy: Some(Arc::new(Taxonomy::parse(toml)?)),
            path: path.map(PathBuf::from),
        })
    }
}

impl Index {
    /// The topics of the last commit.
    pub(super) fn topics(&self) -> Result<Topics> {
        let Some(folder) = self.generation_path() else {
            return Ok(self
                .memory
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone());
        };
        let path = folder.join(FILE);
        let damaged = |cause: Box<dyn std::error::Error + Send + Sync>| {
            Error::at(
                ErrorKind::Damaged,
                &path,
                "the topics of the index cannot be read",
            )
            .with_hint(hint::rebuild(folder.parent().unwrap_or(&folder)))
            .with_source(cause)
        };
        match fs::read_to_string(&path) {
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(Topics::default()),
            Err(cause) => Err(damaged(cause.into())),
            Ok(text) => Topics::from_file(&text).map_err(|cause| damaged(cause.into())),
        }
    }

    /// The taxonomy of the last commit; none for the built-in one.
    pub(crate) fn taxonomy(&self) -> Result<Option<Arc<Taxonomy>>> {
        Ok(self.topics()?.taxonomy)
    }

    /// Keeps the topics of a commit.
    pub(super) fn remember(&self, topics: &Topics) -> Result<()> {
        let Some(folder) = self.generation_path() else {
            *self.memory.lock().unwrap_or_else(PoisonError::into_inner) = topics.clone();
            return Ok(());
        };
        let path = folder.join(FILE);
        match topics.to_file() {
            Some(text) if fs::read_to_string(&path).is_ok_and(|known| known == text) => Ok(()),
            Some(text) => write_in_one_step(&path, text.as_bytes()),
            None => match fs::remove_file(&path) {
                Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                    Err(Error::io(&path, "cannot be removed", cause))
                }
                _ => Ok(()),
            },
        }
    }
}
