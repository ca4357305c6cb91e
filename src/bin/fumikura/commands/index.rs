//! `fumikura index`: files and folders into an index.

use std::collections::HashSet;
use std::fs;
use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fumikura::analysis::user_dictionary::UserWord;
use fumikura::{
    Analyzer, ChangeKind, CorpusSettings, ErrorKind, Event, Index, Source, Taxonomy, UpdateSummary,
    UserDictionary, WriterOptions,
};
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Outcome, count};
use crate::args::IndexArgs;
use crate::messages;

/// What is indexed where nothing else was ever said.
const DEFAULT_ROOT: &str = "corpus";

/// Nobody reads more problems; they are counted.
const MAX_PROBLEMS: usize = 100;

pub(crate) fn run(args: &IndexArgs) -> Result<Outcome> {
    let started = Instant::now();
    for path in &args.paths {
        // Nothing is created when a path was mistyped.
        Source::walk(path)?;
    }
    if let Some(path) = &args.topics {
        // Nor when there is something wrong with the topics.
        topics(path)?;
    }
    let folder = &args.index.index;
    let own = user_dictionary(args, folder)?;
    let others = differences(own.as_ref(), folder)?;
    if args.dry_run {
        if let Some(others) = others {
            messages::note(&format!("{others}: the index would be built again"));
            return Ok(Outcome::Done);
        }
        return dry_run(&args.paths, folder);
    }
    let stop = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&stop);
    ctrlc::set_handler(move || raised.store(true, Ordering::Relaxed))
        .context("cannot listen to Ctrl-C")?;
    let attempt = |rebuild: bool, given: &[PathBuf]| -> Result<Outcome> {
        let analyzer = super::analyzer(own.clone())?;
        let (index, paths) = open_for_update(folder, rebuild, given, analyzer)?;
        let outcome = update(&index, &paths, args, &stop, |summary| {
            if rebuild {
                index.publish()?;
            }
            report(summary, &index, started.elapsed())
        })?;
        match args.watch {
            true => super::watch::run(args, &paths, &stop),
            false => Ok(outcome),
        }
    };
    let all_paths = || {
        let mut paths = Index::roots_of(folder);
        for path in &args.paths {
            if !paths.contains(path) {
                paths.push(path.clone());
            }
        }
        paths
    };
    if let Some(others) = others.filter(|_| !args.rebuild) {
        messages::note(&format!("{others}: building the index again"));
        return attempt(true, &all_paths());
    }
    match attempt(args.rebuild, &args.paths) {
        Err(error) if super::is(&error, ErrorKind::Damaged) && !args.rebuild => {
            if Index::roots_of(folder).is_empty() {
                return Err(error);
            }
            messages::note(&format!("{error:#}; building the index again"));
            attempt(true, &all_paths())
        }
        ended => ended,
    }
}

/// The words of one's own for an index: those that are given, those that a folder of texts names, those it has.
fn user_dictionary(args: &IndexArgs, folder: &Path) -> Result<Option<UserDictionary>> {
    if args.no_user_dictionary {
        return Ok(None);
    }
    if !cfg!(feature = "ja") {
        if args.user_dictionary.is_some() {
            bail!("this build has no Japanese dictionary to which words could be added");
        }
        return Ok(None);
    }
    if let Some(path) = &args.user_dictionary {
        return Ok(Some(super::parsed(path, UserDictionary::parse)?));
    }
    let remembered = Index::roots_of(folder);
    for root in args.paths.iter().chain(&remembered) {
        if let Some(path) = CorpusSettings::read(root)?.user_dictionary {
            return Ok(Some(super::parsed(&path, UserDictionary::parse)?));
        }
    }
    Ok(Index::user_dictionary_of(folder)?)
}

/// How the words of one's own differ from those the index was built with; nothing if they do not, or there is no index.
fn differences(own: Option<&UserDictionary>, folder: &Path) -> Result<Option<String>> {
    let Ok(before) = Index::fingerprint_of(folder) else {
        return Ok(None);
    };
    let own = own.filter(|own| !own.is_empty());
    if before.dictionary.is_none() || before.user_dictionary == own.map(UserDictionary::checksum) {
        return Ok(None);
    }
    let before = Index::user_dictionary_of(folder).ok().flatten();
    let words = |dictionary: Option<&UserDictionary>| -> HashSet<UserWord> {
        let words = dictionary.map(UserDictionary::words);
        words.unwrap_or_default().iter().cloned().collect()
    };
    let (own, before) = (words(own), words(before.as_ref()));
    let added = own.difference(&before).count();
    let removed = before.difference(&own).count();
    Ok(Some(format!(
        "the user dictionary is another than before (lines added: {added}, removed: {removed})"
    )))
}

/// The index to write to, and what it is to be made from.
fn open_for_update(
    folder: &Path,
    rebuild: bool,
    given: &[PathBuf],
    analyzer: Analyzer,
) -> Result<(Index, Vec<PathBuf>)> {
    if rebuild {
        let paths = given_or_remembered(given, || Index::roots_of(folder))?;
        return Ok((Index::create_next(folder, analyzer)?, paths));
    }
    match Index::open(folder, analyzer.clone()) {
        Err(error) if error.kind() == ErrorKind::IndexMissing => {
            let paths = given_or_remembered(given, Vec::new)?;
            Ok((Index::create(folder, analyzer)?, paths))
        }
        opened => {
            let index = opened?;
            let paths = given_or_remembered(given, || index.roots())?;
            Ok((index, paths))
        }
    }
}

fn given_or_remembered(
    given: &[PathBuf],
    remembered: impl FnOnce() -> Vec<PathBuf>,
) -> Result<Vec<PathBuf>> {
    if !given.is_empty() {
        return Ok(given.to_vec());
    }
    let mut paths = remembered();
    if paths.is_empty() {
        paths.push(PathBuf::from(DEFAULT_ROOT));
    }
    for path in &paths {
        Source::walk(path)?;
    }
    Ok(paths)
}

/// Updates an index, and has the outcome told.
pub(super) fn update(
    index: &Index,
    paths: &[PathBuf],
    args: &IndexArgs,
    stop: &AtomicBool,
    report: impl FnOnce(&UpdateSummary) -> Result<()>,
) -> Result<Outcome> {
    let mut options = WriterOptions {
        memory_bytes: args.memory as usize * 1_000_000,
        ..WriterOptions::default()
    };
    if let Some(threads) = args.threads {
        options.threads = usize::from(threads);
    }
    let mut writer = index.writer(&options)?;
    if let Some(path) = &args.topics {
        writer.set_topics(topics(path)?);
    }
    let progress = progress_bar();
    let mut told = 0;
    let updated = writer.update(paths, |event| {
        observe(&progress, &event, &mut told);
        match stop.load(Ordering::Relaxed) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    });
    progress.finish_and_clear();
    let summary = updated?;
    writer.close()?;
    report(&summary)?;
    match summary.problems {
        0 => Ok(Outcome::Done),
        _ => Ok(Outcome::Failed),
    }
}

fn dry_run(given: &[PathBuf], folder: &Path) -> Result<Outcome> {
    let index = match super::open(folder) {
        Ok(index) => index,
        Err(error) if super::is(&error, ErrorKind::IndexMissing) => {
            Index::in_memory(Analyzer::grams_only())
        }
        Err(error) => return Err(error),
    };
    let paths = given_or_remembered(given, || index.roots())?;
    let mut lines = Vec::new();
    let summary = index.changes(&paths, |event| {
        match event {
            Event::Changed(change) => lines.push(match (change.kind, &change.before) {
                (ChangeKind::Renamed, Some(before)) => {
                    format!("renamed  {before} to {}", change.path)
                }
                (kind, _) => format!("{:<8} {}", name(kind), change.path),
            }),
            Event::Problem(error) => messages::problem(error),
            _ => {}
        }
        ControlFlow::Continue(())
    })?;
    let mut out = std::io::stdout().lock();
    for line in lines {
        writeln!(out, "{}", fumikura::render::sanitize(&line))?;
    }
    writeln!(out, "would be {}", changes(&summary))?;
    match summary.problems {
        0 => Ok(Outcome::Done),
        _ => Ok(Outcome::Failed),
    }
}

fn name(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::New => "new",
        ChangeKind::Changed => "changed",
        ChangeKind::Renamed => "renamed",
        ChangeKind::Removed => "removed",
    }
}

/// Reads a file of topics.
fn topics(path: &Path) -> Result<Taxonomy> {
    let text = fs::read_to_string(path)
        .with_context(|| format!("cannot read the topics in {}", path.display()))?;
    Taxonomy::parse(&text).with_context(|| path.display().to_string())
}

/// A bar on a terminal, nothing in a pipe.
fn progress_bar() -> ProgressBar {
    let target = match std::io::stderr().is_terminal() {
        true => ProgressDrawTarget::stderr(),
        false => ProgressDrawTarget::hidden(),
    };
    let bar = ProgressBar::with_draw_target(Some(0), target);
    let style = ProgressStyle::with_template(
        "{bar:30} {bytes}/{total_bytes}  {msg} documents  {bytes_per_sec}  {eta} left",
    );
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn observe(progress: &ProgressBar, event: &Event<'_>, told: &mut usize) {
    match event {
        Event::Listed { bytes, .. } => {
            progress.set_length(*bytes);
            progress.enable_steady_tick(Duration::from_millis(200));
        }
        Event::Read { bytes, documents } => {
            progress.inc(*bytes);
            progress.set_message(HumanCount(*documents as u64).to_string());
        }
        Event::TopicsChanged => progress.suspend(|| {
            messages::note("the topics are others than before: all texts are read again")
        }),
        Event::Problem(error) => {
            *told += 1;
            if *told <= MAX_PROBLEMS {
                progress.suspend(|| messages::problem(*error));
            }
        }
        Event::Complaint { path, text } => {
            progress.suspend(|| messages::note(&format!("{path}: {text}")))
        }
        _ => {}
    }
}

/// `3 new, 1 changed, 1 renamed, 2 removed, 4,211 unchanged`
pub(super) fn changes(summary: &UpdateSummary) -> String {
    let count = |number: usize| HumanCount(number as u64);
    format!(
        "{} new, {} changed, {} renamed, {} removed, {} unchanged",
        count(summary.new),
        count(summary.changed),
        count(summary.renamed),
        count(summary.removed),
        count(summary.unchanged),
    )
}

/// Says what was done, and what the index holds now.
pub(super) fn report(summary: &UpdateSummary, index: &Index, elapsed: Duration) -> Result<()> {
    let status = index.searcher()?.status()?;
    let seconds = elapsed.as_secs_f64();
    let mb = summary.bytes as f64 / 1e6;
    let mut read = match summary.bytes {
        0 => String::new(),
        // The rate of a moment says nothing.
        bytes @ 1..1_000_000 => format!(" ({} kB", bytes.div_ceil(1000)),
        _ => format!(" ({mb:.1} MB, {:.1} MB/s", mb / seconds.max(1e-9)),
    };
    if !read.is_empty() {
        if summary.kept_documents > 0 {
            let (new, kept) = (summary.documents as u64, summary.kept_documents as u64);
            let (new, kept) = (HumanCount(new), HumanCount(kept));
            read.push_str(&format!("; {new} documents analysed, {kept} as before"));
        }
        read.push(')');
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} in {seconds:.1} s{read}", changes(summary))?;
    writeln!(
        out,
        "the index holds {} passages of {} documents",
        HumanCount(status.passages as u64),
        HumanCount(status.documents as u64)
    )?;
    if summary.problems > 0 {
        let problems = count(summary.problems, "problem");
        let above = match summary.problems > MAX_PROBLEMS {
            true => format!("the first {MAX_PROBLEMS} are above"),
            false => "see above".to_owned(),
        };
        messages::note(&format!("{problems}, {above}; everything else is indexed"));
    }
    Ok(())
}
