//! What was typed, the environment and the terminal, resolved and checked before any work begins.

use std::env;
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;

use anyhow::{Context, Result};
use fumikura::query::{FacetFilter, YearRange};
use fumikura::render::PlainOptions;

use crate::args::Filters;
use crate::messages::Usage;

/// Where the dictionary is.
///
/// # Errors
///
/// When no folder of the user is known.
pub(crate) fn dictionary_folder() -> Result<PathBuf> {
    let set = |name: &str| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let data = set("FUMIKURA_DATA")
        .or_else(|| set("XDG_DATA_HOME").map(|folder| folder.join("fumikura")))
        .or_else(|| env::home_dir().map(|home| home.join(".local/share/fumikura")))
        .context("no home folder is known; set FUMIKURA_DATA to a folder for the dictionary")?;
    Ok(data.join("dictionary").join("ipadic"))
}

/// The locale for names: `ja_JP.UTF-8`, `en`.
pub(crate) fn locale() -> String {
    let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(set)
        .unwrap_or_default();
    match locale.split('.').next() {
        Some("" | "C" | "POSIX") | None => "en".to_owned(),
        Some(_) => locale,
    }
}

/// Layout for standard output: colours and width on a terminal, plain lines in a pipe.
pub(crate) fn layout() -> PlainOptions {
    let terminal = std::io::stdout().is_terminal();
    let colour = anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
    let columns = match terminal {
        true => terminal_size::terminal_size()
            .map_or(80, |(width, _)| usize::from(width.0).clamp(20, 120)),
        false => 0,
    };
    PlainOptions {
        colour,
        columns,
        ..PlainOptions::default()
    }
}

/// Filters as the library takes them.
pub(crate) fn filters(filters: &Filters) -> Result<Vec<FacetFilter>> {
    let mut all = Vec::new();
    all.extend(filters.country.iter().cloned().map(FacetFilter::Country));
    for year in &filters.year {
        let range = YearRange::parse(year).map_err(|error| Usage {
            message: format!("--year: {error}"),
            hint: YearRange::FORMS,
        })?;
        all.push(FacetFilter::Year(range));
    }
    all.extend(filters.topic.iter().cloned().map(FacetFilter::Topic));
    all.extend(filters.language.iter().cloned().map(FacetFilter::Language));
    Ok(all)
}

/// A program on the user's path.
pub(crate) fn program(name: &str) -> Option<OsString> {
    let paths = env::var_os("PATH")?;
    env::split_paths(&paths)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
        .map(PathBuf::into_os_string)
}
