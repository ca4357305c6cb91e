//! An index that grows: updates by content, many processes at once, faults, and the way back.
//!
//! `FUMIKURA_SOAK_ROUNDS=200 cargo test --release --test growth kill` runs the random faults longer (`make soak`).

#![allow(clippy::unwrap_used)]

mod common;
mod program;

#[path = "growth/changes.rs"]
mod changes;
#[path = "growth/damage.rs"]
mod damage;
#[path = "growth/disk.rs"]
mod disk;
#[path = "growth/faults.rs"]
mod faults;
#[path = "growth/formats.rs"]
mod formats;
#[path = "growth/memory.rs"]
mod memory;
#[path = "growth/readers.rs"]
mod readers;

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use fumikura::{Analyzer, Index, Query, SearchOptions, UpdateSummary, WriterOptions};
use tempfile::TempDir;

/// A folder with `texts`, and an index of them, written with the library.
struct Shelf {
    folder: TempDir,
}

impl Shelf {
    fn new(texts: &[(&str, &str)]) -> Self {
        let shelf = Shelf {
            folder: tempfile::tempdir().expect("there is room for a folder"),
        };
        for (name, text) in texts {
            shelf.put(name, text);
        }
        Index::create(shelf.path("index"), Analyzer::grams_only()).expect("the folder is free");
        shelf
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a text, which is an hour old: fresh files are looked at more closely.
    fn put(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path("texts").join(name);
        fs::create_dir_all(path.parent().expect("it has a parent")).expect("the folder is ours");
        fs::write(&path, text).expect("the folder is ours");
        age(&path);
    }

    fn index(&self) -> Index {
        Index::open(self.path("index"), Analyzer::grams_only()).expect("the index is sound")
    }

    fn update(&self) -> UpdateSummary {
        self.update_of(&[self.path("texts")])
    }

    fn update_of(&self, roots: &[PathBuf]) -> UpdateSummary {
        let mut writer = self.index().writer(&options()).expect("nobody writes");
        let summary = writer.update(roots, |_| ControlFlow::Continue(()));
        let summary = summary.expect("the texts can be read");
        writer.close().expect("merges succeed");
        summary
    }

    /// Hits as `path:line id`, sorted.
    fn find(&self, query: &str) -> Vec<String> {
        find(&self.index(), query)
    }
}

fn find(index: &Index, query: &str) -> Vec<String> {
    let query = Query::parse(query).query;
    let searcher = index.searcher().expect("the index is sound");
    let hits = searcher.search(&query, &SearchOptions::top(1000));
    let hits = hits.expect("the index is sound").hits.into_iter();
    let mut found: Vec<String> = hits
        .map(|hit| {
            let name = hit
                .document
                .path
                .rsplit("texts/")
                .next()
                .unwrap_or_default();
            format!("{name}:{} {}", hit.passage.line, hit.document.id)
        })
        .collect();
    found.sort();
    found
}

fn options() -> WriterOptions {
    WriterOptions {
        memory_bytes: 32_000_000,
        threads: 1,
        ..WriterOptions::default()
    }
}

fn age(path: &Path) {
    let hour_ago = SystemTime::now() - Duration::from_secs(3600);
    let file = fs::File::options().write(true).open(path);
    let aged = file.and_then(|file| file.set_modified(hour_ago));
    aged.expect("the file is ours");
}

/// What an update did: new, changed, renamed, removed, unchanged.
fn counts(summary: &UpdateSummary) -> [usize; 5] {
    let UpdateSummary {
        new,
        changed,
        renamed,
        removed,
        unchanged,
        ..
    } = *summary;
    [new, changed, renamed, removed, unchanged]
}

/// Output of a command that may fail but must not crash.
#[track_caller]
fn run(command: &mut Command) -> (i32, String, String) {
    let output = command.output().expect("the program can be run");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    let code = output.status.code();
    assert!(matches!(code, Some(0..=2)), "{code:?}: {stderr}");
    for word in ["panicked", "fault in the program", "memory allocation"] {
        assert!(!stderr.contains(word), "{stderr}");
    }
    (code.unwrap_or(-1), stdout, stderr)
}

/// All documents, sorted, as an export writes them.
fn export(index: &Index) -> Vec<String> {
    let mut bytes = Vec::new();
    index.export(&mut bytes).expect("the index is sound");
    let text = String::from_utf8(bytes).expect("JSON is UTF-8");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}
