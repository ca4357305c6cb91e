//! The one place that writes to stderr.
#![allow(clippy::print_stderr)]

use std::io;

/// Prints an error with its causes on one line, and what to do about it on the next.
pub(crate) fn error(error: &anyhow::Error) {
    eprintln!("fumikura: {}", one_line(&format!("{error:#}")));
    let hint = error.chain().find_map(|cause| {
        cause
            .downcast_ref::<fumikura::Error>()?
            .hint()
            .map(str::to_owned)
    });
    if let Some(hint) = hint {
        eprintln!("  {}", one_line(&hint));
    }
}

/// Prints a problem that did not end the run.
pub(crate) fn problem(problem: &fumikura::Error) {
    let mut text = problem.to_string();
    let mut cause = std::error::Error::source(problem);
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    eprintln!("fumikura: {}", one_line(&text));
    if let Some(hint) = problem.hint() {
        eprintln!("  {}", one_line(hint));
    }
}

/// Prints something the user should know.
pub(crate) fn note(text: &str) {
    eprintln!("fumikura: {}", one_line(text));
}

/// Whether the reader of our output went away, which is no failure.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let direct = cause
            .downcast_ref::<io::Error>()
            .is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe);
        let json = cause.downcast_ref::<serde_json::Error>();
        direct || json.and_then(serde_json::Error::io_error_kind) == Some(io::ErrorKind::BrokenPipe)
    })
}

/// Messages carry paths and words of files: one line each, harmless to a terminal.
fn one_line(text: &str) -> String {
    fumikura::render::sanitize(text).replace('\n', " ")
}
