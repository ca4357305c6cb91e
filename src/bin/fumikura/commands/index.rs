//! `fumikura index`: files and folders into an index.

use std::fs;
use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use fumikura::{ErrorKind, Event, Index, Source, Taxonomy, UpdateSummary, WriterOptions};
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Outcome;
use crate::args::IndexArgs;
use crate::messages;

pub(crate) fn run(args: &IndexArgs) -> Result<Outcome> {
    let started = Instant::now();
    for path in &args.paths {
        // Nothing is created when a path was mistyped.
        Source::walk(path)?;
    }
    let topics = args.topics.as_deref().map(topics).transpose()?;
    let analyzer = super::analyzer()?;
    let folder = &args.index.index;
    let index = if args.rebuild {
        Index::create_next(folder, analyzer)?
    } else {
        match Index::open(folder, analyzer.clone()) {
            Err(error) if error.kind() == ErrorKind::IndexMissing => {
                Index::create(folder, analyzer)?
            }
            opened => opened?,
        }
    };
    let mut options = WriterOptions {
        memory_bytes: args.memory as usize * 1_000_000,
        ..WriterOptions::default()
    };
    if let Some(threads) = args.threads {
        options.threads = usize::from(threads);
    }
    let stop = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&stop);
    ctrlc::set_handler(move || raised.store(true, Ordering::Relaxed))
        .context("cannot listen to Ctrl-C")?;
    let mut writer = index.writer(&options)?;
    if let Some(topics) = topics {
        writer.set_topics(topics);
    }
    let progress = progress_bar();
    let updated = writer.update(&args.paths, |event| {
        observe(&progress, &event);
        match stop.load(Ordering::Relaxed) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    });
    progress.finish_and_clear();
    let summary = updated?;
    writer.close()?;
    if args.rebuild {
        index.publish()?;
    }
    report(&summary, &index, started.elapsed())?;
    match summary.problems {
        0 => Ok(Outcome::Done),
        _ => Ok(Outcome::Failed),
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
        Event::TopicsChanged => progress.suspend(|| {
            messages::note("the topics are others than before: all texts are read again")
        }),
        Event::Problem(error) => progress.suspend(|| messages::problem(*error)),
        Event::Complaint { path, text } => {
            progress.suspend(|| messages::note(&format!("{path}: {text}")))
        }
        _ => {}
    }
}

fn report(summary: &UpdateSummary, index: &Index, elapsed: Duration) -> Result<()> {
    let status = index.searcher()?.status()?;
    let seconds = elapsed.as_secs_f64();
    let mb = summary.bytes as f64 / 1e6;
    let read = match summary.bytes {
        0 => String::new(),
        // The rate of a moment says nothing.
        bytes @ 1..1_000_000 => format!(" ({} kB)", bytes.div_ceil(1000)),
        _ => format!(" ({mb:.1} MB, {:.1} MB/s)", mb / seconds.max(1e-9)),
    };
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{} new, {} changed, {} removed, {} unchanged in {seconds:.1} s{read}",
        HumanCount(summary.new as u64),
        HumanCount(summary.changed as u64),
        HumanCount(summary.removed as u64),
        HumanCount(summary.unchanged as u64),
    )?;
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

fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}
