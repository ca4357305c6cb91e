//! Stands in for the dictionary in a build without the feature `ja`: there is none to open.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// A dictionary of Japanese words; without the feature `ja` there is none.
#[derive(Debug, Clone)]
pub struct Dictionary(std::convert::Infallible);

/// What a built dictionary says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DictionaryInfo {
    /// Name of the dictionary: `ipadic`.
    pub name: String,
    /// BLAKE3 of the built files, 16 hex digits: two dictionaries with one checksum cut alike.
    pub checksum: String,
    /// Size of the built files.
    pub bytes: u64,
}

fn disabled() -> Error {
    Error::new(
        ErrorKind::FeatureDisabled,
        "this build has no Japanese dictionary: its feature `ja` is off",
    )
    .with_hint("build with: --features ja")
}

impl Dictionary {
    /// Always an error.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::FeatureDisabled`].
    pub fn open(_: impl AsRef<Path>) -> Result<Self> {
        Err(disabled())
    }

    /// Always an error.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::FeatureDisabled`].
    pub fn build(_: &Path, _: &Path) -> Result<DictionaryInfo> {
        Err(disabled())
    }

    /// What the dictionary says of itself.
    pub fn info(&self) -> &DictionaryInfo {
        match self.0 {}
    }

    pub(crate) fn with_words(self, _: &str) -> Result<Self> {
        match self.0 {}
    }
}

impl DictionaryInfo {
    /// Always an error.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::FeatureDisabled`].
    pub fn read(_: &Path) -> Result<Self> {
        Err(disabled())
    }
}
