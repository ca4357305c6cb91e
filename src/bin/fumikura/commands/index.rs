//! `fumikura index`: files and folders into an index.

use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use fumikura::{
    Analyzer, ChangeKind, ErrorKind, Event, Index, Source, UpdateSummary, WriterOptions,
};
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Outcome, count};
use crate::args::IndexArgs;
use crate::messages;

/// What is indexed where nothing else was ever said.
const DEFAULT_ROOT: &str = "corpus";

pub(crate) fn run(args: &IndexArgs) -> Result<Outcome> {
    let started = Instant::now();
    for path in &args.paths {
        // Nothing is created when a path was mistyped.
        Source::walk(path)?;
    }
    let folder = &args.index.index;
    if args.dry_run {
        return dry_run(&args.paths, folder);
    }
    let stop = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&stop);
    ctrlc::set_handler(move || raised.store(true, Ordering::Relaxed))
        .context("cannot listen to Ctrl-C")?;
    let (index, paths) = open_for_update(args)?;
    let outcome = update(&index, &paths, args, &stop, |summary| {
        if args.rebuild {
            index.publish()?;
        }
        report(summary, &index, started.elapsed())
    })?;
    match args.watch {
        true => super::watch::run(args, &paths, &stop),
        false => Ok(outcome),
    }
}

/// The index to write to, and what it is to be made from.
fn open_for_update(args: &IndexArgs) -> Result<(Index, Vec<PathBuf>)> {
    let folder = &args.index.index;
    let analyzer = super::analyzer()?;
    if args.rebuild {
        let paths = given_or_remembered(&args.paths, || {
            Index::open(folder, analyzer.clone()).map_or_else(|_| Vec::new(), |old| old.roots())
        })?;
        return Ok((Index::create_next(folder, analyzer)?, paths));
    }
    match Index::open(folder, analyzer.clone()) {
        Err(error) if error.kind() == ErrorKind::IndexMissing => {
            let paths = given_or_remembered(&args.paths, Vec::new)?;
            Ok((Index::create(folder, analyzer)?, paths))
        }
        opened => {
            let index = opened?;
            let paths = given_or_remembered(&args.paths, || index.roots())?;
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
    let progress = progress_bar();
    let updated = writer.update(paths, |event| {
        observe(&progress, &event);
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
        Err(error)
            if error
                .downcast_ref::<fumikura::Error>()
                .is_some_and(|error| error.kind() == ErrorKind::IndexMissing) =>
        {
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

fn observe(progress: &ProgressBar, event: &Event<'_>) {
    match event {
        Event::Listed { bytes, .. } => {
            progress.set_length(*bytes);
            progress.enable_steady_tick(Duration::from_millis(200));
        }
        Event::Read { bytes, documents } => {
            progress.inc(*bytes);
            progress.set_message(HumanCount(*documents as u64).to_string());
        }
        Event::Problem(error) => progress.suspend(|| messages::problem(*error)),
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
        messages::note(&format!(
            "{}, see above; everything else is indexed",
            count(summary.problems, "problem")
        ));
    }
    Ok(())
}
