//! The one place that writes to stderr.
#![allow(clippy::print_stderr)]

use std::error::Error;
use std::io;
use std::sync::Mutex;

use fumikura::ErrorKind;

/// Prints the error that ended the run.
pub(crate) fn error(error: &anyhow::Error) {
    let error: &(dyn Error + 'static) = error.as_ref();
    if error.is::<io::Error>() {
        // Files of the index and of the user come with their path.
        eprintln!("fumikura: cannot write the output: {}", chain(error));
    } else {
        problem(error);
    }
}

/// Prints an error with its causes on one line, and what to do about it on the next.
pub(crate) fn problem(error: &(dyn Error + 'static)) {
    eprintln!("fumikura: {}", chain(error));
    let known = causes(error).find_map(|cause| cause.downcast_ref::<fumikura::Error>());
    let usage = causes(error).find_map(|cause| cause.downcast_ref::<Usage>());
    let hint = known.and_then(fumikura::Error::hint);
    if let Some(hint) = hint.or(usage.map(|usage| usage.hint)) {
        eprintln!("  {}", one_line(hint));
    }
}

/// Something typed that makes no sense, and what would.
#[derive(Debug)]
pub(crate) struct Usage {
    pub(crate) message: String,
    pub(crate) hint: &'static str,
}

impl std::fmt::Display for Usage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Usage {}

/// What a fault that nothing has dealt with is told with.
static FAULT: Mutex<Option<String>> = Mutex::new(None);

/// Instead of a panic's report, which is made for developers: nothing yet, for the library makes an error of what the engine does over
/// damaged files.
pub(crate) fn hold_faults() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |fault| {
        let place = fault.location().map_or_else(String::new, |place| {
            let file = place
                .file()
                .rsplit("/registry/src/")
                .next()
                .unwrap_or_default();
            format!(" ({file}, line {})", place.line())
        });
        if let Ok(mut held) = FAULT.lock() {
            *held = Some(place);
        }
        if std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value == "full") {
            report(fault);
        }
    }));
}

/// Tells a fault that ended the run: one line, and how to find out more.
pub(crate) fn fault() {
    let place = FAULT.lock().ok().and_then(|mut held| held.take());
    let place = place.unwrap_or_default();
    eprintln!("fumikura: stopped by a fault in the program, or by a damaged index{place}");
    eprintln!("  check the index: fumikura verify; if it is sound, please report this line");
}

/// An error and what led to it.
fn causes<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// An error and its causes as one line, without the numbers of the operating system.
fn chain(error: &(dyn Error + 'static)) -> String {
    let mut texts: Vec<String> = Vec::new();
    let mut is_said = false;
    for cause in causes(error) {
        let missing = cause
            .downcast_ref::<io::Error>()
            .is_some_and(|cause| cause.kind() == io::ErrorKind::NotFound);
        if !(missing && is_said) {
            texts.push(without_number(&cause.to_string()));
        }
        // "there is no dictionary: No such file or directory" says it twice.
        is_said = cause
            .downcast_ref::<fumikura::Error>()
            .is_some_and(|cause| cause.kind() == ErrorKind::Dictionary);
    }
    one_line(&texts.join(": "))
}

/// `Permission denied (os error 13)` says no more than without its number.
fn without_number(text: &str) -> String {
    let number = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once(" (os error "));
    match number {
        Some((reason, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            reason.to_owned()
        }
        _ => text.to_owned(),
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

/// The longest value that is repeated whole, in characters.
const MAX_VALUE_CHARS: usize = 200;

/// Messages carry paths and words of files: one line each, harmless to a terminal, values in backticks not longer than anyone reads.
fn one_line(text: &str) -> String {
    let line = fumikura::render::sanitize(text).replace('\n', " ");
    let mut parts: Vec<String> = line.split('`').map(str::to_owned).collect();
    for value in parts.iter_mut().skip(1).step_by(2) {
        if let Some((end, _)) = value.char_indices().nth(MAX_VALUE_CHARS) {
            value.truncate(end);
            value.push('…');
        }
    }
    parts.join("`")
}
