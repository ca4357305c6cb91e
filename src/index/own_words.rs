//! The user dictionary an index was built with.
//!
//! In: an analyzer. Out: `user-dictionary.csv` in the folder of the generation, from which later searches and updates cut alike. Its checksum is a part
//! of the fingerprint.

use std::fs;
use std::path::Path;

use super::manifest::{Manifest, write_in_one_step};
use super::{Index, hint};
use crate::analysis::{Analyzer, UserDictionary};
use crate::error::{Error, ErrorKind, Result};

const FILE: &str = "user-dictionary.csv";

/// Keeps the words of an analyzer in the folder of a generation.
pub(super) fn keep(analyzer: &Analyzer, generation: &Path) -> Result<()> {
    match analyzer.user_dictionary() {
        Some(words) => write_in_one_step(&generation.join(FILE), words.to_csv().as_bytes()),
        None => Ok(()),
    }
}

impl Index {
    /// The user dictionary that the index in a folder was built with, also of an index that is not of this version; none if it has none, or there
    /// is no index.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Damaged`] when the index had one and does not have it as it was.
    pub fn user_dictionary_of(folder: impl AsRef<Path>) -> Result<Option<UserDictionary>> {
        let folder = folder.as_ref();
        let Some((generation, checksum)) = Manifest::user_dictionary_of(folder) else {
            return Ok(None);
        };
        let path = folder.join(generation).join(FILE);
        let words = fs::read_to_string(&path).ok();
        let words = words.and_then(|text| UserDictionary::parse(&text).ok());
        match words.filter(|words| words.checksum() == checksum) {
            Some(words) => Ok(Some(words)),
            None => Err(Error::at(
                ErrorKind::Damaged,
                &path,
                "the user dictionary of the index is missing or was altered",
            )
            .with_hint(format!("{} --user-dictionary FILE", hint::rebuild(folder)))),
        }
    }
}
