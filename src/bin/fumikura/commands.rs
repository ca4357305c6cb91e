//! One file per command.

mod analyze;
mod dictionary;
mod eval;
mod export;
mod facets;
mod index;
mod optimize;
mod search;
mod show;
mod status;
mod verify;
mod watch;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use fumikura::{Analyzer, Dictionary, ErrorKind, Index, Searcher, UserDictionary};

use crate::args::{Args, Command};
use crate::{config, messages};

/// How a command ended, as the exit code tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Hits were found, or all was done.
    Done,
    /// Nothing was found.
    NoHits,
    /// There was an error, or not everything was done.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::NoHits => ExitCode::from(1),
            Outcome::Failed => ExitCode::from(2),
        }
    }
}

/// Runs the command that was typed.
pub(crate) fn run(args: Args) -> Result<Outcome> {
    match args.command {
        Command::Index(args) => index::run(&args),
        Command::Search(args) => search::run(&args),
        Command::Facets(args) => facets::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Analyze(args) => analyze::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Status(args) => status::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Optimize(args) => optimize::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Dictionary(command) => dictionary::run(&command),
    }
}

/// Says so when nothing can be found because nothing is there.
fn note_if_empty(searcher: &Searcher, folder: &Path) -> Result<()> {
    if searcher.status()?.passages == 0 {
        messages::note(&format!(
            "{}: the index is empty; fill it: fumikura index FOLDER",
            folder.display()
        ));
    }
    Ok(())
}

/// The analyzer for new indexes: with the dictionary, where this build can read one, and words of one's own.
fn analyzer(own: Option<UserDictionary>) -> Result<Analyzer> {
    if !cfg!(feature = "ja") {
        return Ok(Analyzer::grams_only());
    }
    let dictionary = Dictionary::open(config::dictionary_folder()?)?;
    Ok(match own {
        Some(own) => Analyzer::with_user_dictionary(dictionary, own)?,
        None => Analyzer::new(dictionary),
    })
}

/// Opens an index with the analyzer it was built with.
fn open(folder: &Path) -> Result<Index> {
    let analyzer = match Index::fingerprint_of(folder)?.dictionary {
        Some(_) => analyzer(Index::user_dictionary_of(folder)?)?,
        None => Analyzer::grams_only(),
    };
    Ok(Index::open(folder, analyzer)?)
}

/// What a file holds, as its `parse` reads it.
fn parsed<T>(path: &Path, parse: impl FnOnce(&str) -> fumikura::Result<T>) -> Result<T> {
    let text = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let text = String::from_utf8(text)
        .map_err(|_| anyhow!("{}: is not UTF-8; save it so", path.display()))?;
    parse(&text).map_err(|error| error.in_file(path).into())
}

fn is(error: &anyhow::Error, kind: ErrorKind) -> bool {
    let known = error.downcast_ref::<fumikura::Error>();
    known.is_some_and(|error| error.kind() == kind)
}

fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}
