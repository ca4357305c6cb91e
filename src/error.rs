//! The crate's one error type.
//!
//! In: what went wrong, where, and what to do about it. Out: [`Error`], whose `Display` is its own layer only;
//! [`std::error::Error::source`] leads to the cause, and [`Error::hint`] to the way out. Foreign error types are
//! wrapped where they occur and never appear in the public API.

use std::path::Path;

/// The result of everything in this crate that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What kind of thing went wrong, for callers that act on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file, folder, document or passage is not there.
    NotFound,
    /// Reading or writing failed.
    Io,
    /// The bytes are no text in any known encoding.
    Undecodable,
    /// The text is not what its format promises (JSON, front matter).
    Malformed,
    /// A format this build cannot read.
    UnsupportedFormat,
    /// A Cargo feature that was left out is needed.
    FeatureDisabled,
    /// There is no dictionary, or it cannot be read.
    Dictionary,
    /// There is no index at this place.
    IndexMissing,
    /// Another process is writing to the index.
    Busy,
    /// The index was built by another format version, dictionary or analyzer.
    Incompatible,
    /// Files of the index are missing or altered.
    Damaged,
    /// A value that is not known: a field, a country, a year.
    UnknownValue,
    /// The caller asked to stop.
    Interrupted,
}

/// An error of this crate: a kind, one line for people, perhaps a way out and a cause.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    kind: ErrorKind,
    message: String,
    hint: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error with a message: lower case, no full stop, the user's own value in it.
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error {
            kind,
            message: message.into(),
            hint: None,
            source: None,
        }
    }

    /// An error that concerns a path: `path: message`.
    pub(crate) fn at(kind: ErrorKind, path: &Path, message: impl std::fmt::Display) -> Self {
        Error::new(kind, format!("{}: {message}", path.display()))
    }

    /// Mistakes in a file, each with its line and reason: `line 3: has 2 columns; line 7: …`.
    pub(crate) fn mistakes(mistakes: &[(usize, String)]) -> Self {
        const MAX_TOLD: usize = 5;
        let told = mistakes.iter().take(MAX_TOLD);
        let mut told: Vec<String> = told
            .map(|(line, reason)| format!("line {line}: {reason}"))
            .collect();
        if mistakes.len() > MAX_TOLD {
            told.push(format!("and {} more", mistakes.len() - MAX_TOLD));
        }
        Error::new(ErrorKind::Malformed, told.join("; "))
    }

    /// This error with its file, where the message begins with a line: `path:line: message`.
    pub fn in_file(mut self, path: &Path) -> Self {
        let message = self.message.trim_start_matches("line ");
        self.message = format!("{}:{message}", path.display());
        self
    }

    /// A failed read or write of a path, with its cause.
    pub(crate) fn io(path: &Path, action: &str, cause: std::io::Error) -> Self {
        let kind = match cause.kind() {
            std::io::ErrorKind::NotFound => ErrorKind::NotFound,
            _ => ErrorKind::Io,
        };
        Error::at(kind, path, action).with_source(cause)
    }

    /// Adds what to do about it, if possible a command to paste.
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the cause.
    pub(crate) fn with_source(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What kind of error this is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What to do about it: a sentence or a command, without a full stop.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}
