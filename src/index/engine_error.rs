//! What the engine says when it fails, in words for people.
//!
//! In: an error of the engine, whose own text is made for its developers. Out: an error of one line: the file and the reason. The
//! engine's error itself is kept for `{:?}` alone.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::path::Path;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

/// An error of the engine that people can read.
pub(super) struct EngineError(TantivyError);

/// Any error, made readable if it is one of the engine's.
pub(super) fn readable(
    cause: impl Into<Box<dyn StdError + Send + Sync>>,
) -> Box<dyn StdError + Send + Sync> {
    match cause.into().downcast::<TantivyError>() {
        Ok(cause) => Box::new(EngineError(*cause)),
        Err(other) => other,
    }
}

impl fmt::Debug for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for EngineError {}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(path)) => {
                write!(f, "the file `{}` is missing", name(path))
            }
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
                match system_error(io_error) {
                    Some(reason) => write!(f, "{}: {reason}", name(filepath)),
                    None => write!(
                        f,
                        "the file `{}` does not hold what was written",
                        name(filepath)
                    ),
                }
            }
            TantivyError::OpenReadError(OpenReadError::IncompatibleIndex(_))
            | TantivyError::IncompatibleIndex(_) => {
                f.write_str("its files were written by another version")
            }
            TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, filepath }) => {
                write!(f, "{}: {}", name(filepath), reason(io_error))
            }
            TantivyError::OpenWriteError(OpenWriteError::FileAlreadyExists(path)) => {
                write!(f, "the file `{}` is there already", name(path))
            }
            TantivyError::OpenDirectoryError(OpenDirectoryError::DoesNotExist(path)) => {
                write!(f, "the folder `{}` is missing", name(path))
            }
            TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. })
            | TantivyError::LockFailure(LockError::IoError(io_error), _)
            | TantivyError::IoError(io_error) => f.write_str(&reason(io_error)),
            TantivyError::DataCorruption(_) | TantivyError::DeserializeError(_) => {
                f.write_str("a file does not hold what was written")
            }
            TantivyError::InternalError(text)
            | TantivyError::SystemError(text)
            | TantivyError::ErrorInThread(text)
            | TantivyError::SchemaError(text)
            | TantivyError::InvalidArgument(text) => f.write_str(text),
            other => other.fmt(f),
        }
    }
}

fn name(path: &Path) -> std::borrow::Cow<'_, str> {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
}

fn reason(error: &io::Error) -> String {
    system_error(error)
        .unwrap_or(io::Error::from(error.kind()))
        .to_string()
}

/// The operating system's error at the bottom; what lies above it is wrapped in debug format.
fn system_error(error: &io::Error) -> Option<io::Error> {
    if let Some(code) = error.raw_os_error() {
        return Some(io::Error::from_raw_os_error(code));
    }
    let mut inner = error
        .get_ref()
        .map(|inner| inner as &(dyn StdError + 'static));
    while let Some(cause) = inner {
        if let Some(code) = cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::raw_os_error)
        {
            return Some(io::Error::from_raw_os_error(code));
        }
        inner = cause.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn no_message_is_in_debug_format() {
        let full = || io::Error::from_raw_os_error(28);
        let wrapped = || Arc::new(io::Error::other(full()));
        let path = || Path::new("ix/generation-1/a.store").to_owned();
        let read = |io_error| OpenReadError::IoError {
            io_error,
            filepath: path(),
        };
        let cases: Vec<(TantivyError, &str)> = vec![
            (
                OpenReadError::FileDoesNotExist(path()).into(),
                "the file `a.store` is missing",
            ),
            (
                read(Arc::new(io::Error::other("Footer magic byte mismatch"))).into(),
                "the file `a.store` does not hold what was written",
            ),
            (
                read(wrapped()).into(),
                "a.store: No space left on device (os error 28)",
            ),
            (
                TantivyError::IoError(wrapped()),
                "No space left on device (os error 28)",
            ),
            (
                TantivyError::InternalError("File too large".to_owned()),
                "File too large",
            ),
        ];
        for (cause, text) in cases {
            assert_eq!(readable(cause).to_string(), text);
        }
    }
}
