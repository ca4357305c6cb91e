//! `fumikura index --watch`: an index that follows its sources.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use fumikura::{ErrorKind, UpdateSummary};
use notify::{EventKind, RecursiveMode, Watcher};

use super::{Outcome, index, is};
use crate::args::IndexArgs;
use crate::messages;

/// How long nothing may happen before an update: whoever writes files writes several.
const QUIET: Duration = Duration::from_millis(300);
/// Where something always happens, this is waited for at most.
const MAX_WAIT: Duration = Duration::from_secs(3);
/// How often Ctrl-C is looked for.
const TICK: Duration = Duration::from_millis(100);

/// Updates the index after every change, until `stop`.
pub(crate) fn run(args: &IndexArgs, paths: &[PathBuf], stop: &AtomicBool) -> Result<Outcome> {
    let (told, changes) = mpsc::channel();
    let own = std::path::absolute(&args.index.index)?;
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let matters = match &event {
            // Reading is no change, and our own writing is none of theirs.
            Ok(event) => {
                !matches!(event.kind, EventKind::Access(_))
                    && !event.paths.iter().all(|path| path.starts_with(&own))
            }
            // What was missed is found by the next update.
            Err(_) => true,
        };
        if matters {
            let _ = told.send(());
        }
    })
    .context("cannot watch folders here")?;
    for path in paths {
        let path = std::path::absolute(path)?;
        let (folder, mode) = match path.is_dir() {
            true => (path.as_path(), RecursiveMode::Recursive),
            // An editor may replace a file by another.
            false => (
                path.parent().unwrap_or(Path::new("/")),
                RecursiveMode::NonRecursive,
            ),
        };
        watcher
            .watch(folder, mode)
            .with_context(|| format!("cannot watch {}", folder.display()))?;
    }
    messages::note("watching for changes; Ctrl-C ends it");
    let mut is_waiting = true;
    // What changed between the first update and now is looked at right away.
    while !stop.load(Ordering::Relaxed) {
        if is_waiting {
            match update(args, paths, stop) {
                Ok(()) => is_waiting = false,
                Err(error) if is(&error, ErrorKind::Interrupted) => return Err(error),
                Err(error) => {
                    messages::error(&error);
                    // Another process is writing: later.
                    is_waiting = is(&error, ErrorKind::Busy);
                }
            }
        }
        is_waiting |= wait(&changes, stop)?;
    }
    messages::note("stopped; the index is up to date");
    Ok(Outcome::Done)
}

/// Waits for a change and for the quiet after it, or for a while.
fn wait(changes: &Receiver<()>, stop: &AtomicBool) -> Result<bool> {
    let mut first: Option<Instant> = None;
    let mut last = Instant::now();
    while !stop.load(Ordering::Relaxed) {
        match changes.recv_timeout(TICK) {
            Ok(()) => {
                last = Instant::now();
                first.get_or_insert(last);
            }
            Err(RecvTimeoutError::Timeout) if first.is_none() => return Ok(false),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => anyhow::bail!("folders are watched no more"),
        }
        if first.is_some_and(|first| last.elapsed() >= QUIET || first.elapsed() >= MAX_WAIT) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn update(args: &IndexArgs, paths: &[PathBuf], stop: &AtomicBool) -> Result<()> {
    let started = Instant::now();
    // Opened each time: somebody else may have rebuilt it.
    let index = super::open(&args.index.index)?;
    index::update(&index, paths, args, stop, |summary| {
        let UpdateSummary {
            new,
            changed,
            renamed,
            removed,
            ..
        } = summary;
        match new + changed + renamed + removed {
            0 => Ok(()),
            _ => index::report(summary, &index, started.elapsed()),
        }
    })?;
    Ok(())
}
