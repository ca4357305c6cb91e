//! Bringing an index into line with its sources.
//!
//! In: files and folders. Out: one commit in which new and changed sources were read, renamed ones have their new names, and those of
//! vanished ones are gone; sources that did not change are not opened. A source that cannot be read is a problem that is told, not
//! the end: what the index knew of it stays. Only a first build, which may take hours, is committed in steps; each is a
//! sound index of the sources read so far, and the next update goes on from there.

mod plan;
mod read;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::manifest::Root;
use super::moved::{Lines, MAX_MOVED, Moved};
use super::sidecar::Sidecars;
use super::snapshot::Snapshot;
use super::sources::{CommitNote, Records, SourceRecord};
use super::{Index, IndexWriter};
use crate::error::{Error, ErrorKind, Result};
use plan::{Pending, Plan};

/// What happens during an update, as it happens.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// The topics to look for are others than before: everything the index knows is read again.
    TopicsChanged,
    /// The sources were compared with what the index knows. Told for each one that is not as it was, before anything is read.
    Changed(&'a Change),
    /// The sources were listed; this many, with this many bytes, will be read.
    Listed {
        /// Number of new and changed sources.
        sources: usize,
        /// Their size.
        bytes: u64,
    },
    /// Some more was read. Told at least once for a source, and often for a large one.
    Read {
        /// Bytes since the last time.
        bytes: u64,
        /// Documents read so far in this update.
        documents: usize,
    },
    /// Something could not be read, and was left out.
    Problem(&'a Error),
    /// A document was read, but something in it could not be used.
    Complaint {
        /// Where it was read.
        path: &'a str,
        /// What and why, one line.
        text: &'a str,
    },
}

/// A source that is not as it was when the index was updated last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What became of it.
    pub kind: ChangeKind,
    /// Its path, as a person would type it.
    pub path: String,
    /// Where it stood before, if it was renamed.
    pub before: Option<String>,
}

/// What became of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// It was not there.
    New,
    /// Its content is another.
    Changed,
    /// It has another name or folder, and the same content.
    Renamed,
    /// It is not there any more.
    Removed,
}

/// What an update did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UpdateSummary {
    /// Sources read for the first time.
    pub new: usize,
    /// Sources read again.
    pub changed: usize,
    /// Sources with another name and the same content.
    pub renamed: usize,
    /// Sources that vanished.
    pub removed: usize,
    /// Sources left alone.
    pub unchanged: usize,
    /// Documents read.
    pub documents: usize,
    /// Documents of changed sources that were as before, and left alone.
    pub kept_documents: usize,
    /// Passages made of them.
    pub passages: usize,
    /// Bytes read.
    pub bytes: u64,
    /// Sources, or parts of them, that could not be read.
    pub problems: usize,
    /// Things in documents that could not be used.
    pub complaints: usize,
}

/// Is told what happens, and may end it.
type Observer<'o> = dyn FnMut(Event<'_>) -> ControlFlow<()> + 'o;

/// A first build commits after reading this much: what a crash may cost.
const STEP_BYTES: u64 = 64 << 20;

/// A running update.
struct Update<'w> {
    writer: &'w mut IndexWriter,
    observer: &'w mut Observer<'w>,
    summary: UpdateSummary,
    /// What is known of each source, by its key.
    records: Records,
    /// Number of renamed ones among them.
    moved: usize,
    /// The source that is being read.
    open: Option<SourceRecord>,
    /// Documents read in this update, by a hash of their id: the number of their source in `paths`.
    ids: HashMap<u64, u32>,
    paths: Vec<String>,
    /// Lines of records that were analysed when they stood elsewhere.
    lines: Lines,
    /// Keys of passages that this update removes, and hashes of ids of documents it removes from sources that stay.
    removed: HashSet<String>,
    removed_ids: HashSet<u64>,
    /// The index before the update.
    before: Snapshot,
    /// Whether this is a first build, which may be committed in part.
    in_steps: bool,
    topics_changed: bool,
    uncommitted_bytes: u64,
}

impl IndexWriter {
    /// Brings the index into line with files and folders, in one commit. `observer` is told what happens and may stop the update:
    /// the index is then as it was. A first build alone is committed in steps, and keeps what was read when it is stopped.
    ///
    /// Documents of other roots stay. Within the given roots, sources that vanished are removed. The index remembers
    /// the roots ([`Index::roots`]).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] when a root does not exist, [`ErrorKind::Interrupted`] when the observer stops the update,
    /// [`ErrorKind::Io`] when the index cannot be written.
    pub fn update<P: AsRef<Path>>(
        &mut self,
        roots: &[P],
        mut observer: impl FnMut(Event<'_>) -> ControlFlow<()>,
    ) -> Result<UpdateSummary> {
        let roots = resolve(roots)?;
        if let Some(folder) = &self.index.folder {
            folder.remember(&roots)?;
        }
        let before = self.index.snapshot()?;
        let records = self.index.records(&before.note)?;
        let is_first = before.note.unfinished || before.engine.num_docs() == 0;
        let mut update = Update {
            in_steps: is_first && self.index.is_published(),
            moved: records.values().filter(|r| r.moved.is_some()).count(),
            writer: self,
            observer: &mut observer,
            summary: UpdateSummary::default(),
            records,
            open: None,
            ids: HashMap::new(),
            paths: Vec::new(),
            lines: before.moved.lines.clone(),
            removed: HashSet::new(),
            removed_ids: HashSet::new(),
            before,
            topics_changed: false,
            uncommitted_bytes: 0,
        };
        match update.run(&roots) {
            Ok(()) => {
                let Update {
                    summary, records, ..
                } = update;
                if let Some(folder) = &self.index.folder {
                    folder.forget(|root| !records.values().any(|record| record.root == root))?;
                }
                Ok(summary)
            }
            Err(stopped) if stopped.kind() == ErrorKind::Interrupted && update.in_steps => {
                Err(update.keep_part()?)
            }
            Err(error) => {
                // The engine may be beyond rolling back; then the lock goes with the writer and nothing was committed.
                let _ = self.rollback();
                Err(error)
            }
        }
    }
}

impl Index {
    /// Compares files and folders with what the index knows, as an update would, and changes nothing. `observer` is told each
    /// [`Change`].
    ///
    /// # Errors
    ///
    /// As [`IndexWriter::update`].
    pub fn changes<P: AsRef<Path>>(
        &self,
        roots: &[P],
        mut observer: impl FnMut(Event<'_>) -> ControlFlow<()>,
    ) -> Result<UpdateSummary> {
        let newest = self.newest()?;
        let records = newest.records(&newest.snapshot()?.note)?;
        let mut summary = UpdateSummary::default();
        let roots = resolve(roots)?;
        let (topics, _) = newest.topics()?.chosen(&roots);
        let mut sidecars = Sidecars::new(topics.taxonomy());
        let plan = Plan::new(&roots, &records, &mut sidecars, &mut summary, &mut observer)?;
        summary.removed = plan.removed.len();
        summary.renamed = plan.renamed.len();
        for pending in &plan.read {
            summary.bytes += pending.record.bytes;
            match pending.kind {
                Some(ChangeKind::New) => summary.new += 1,
                Some(_) => summary.changed += 1,
                None => summary.unchanged += 1,
            }
        }
        Ok(summary)
    }
}

fn resolve<P: AsRef<Path>>(roots: &[P]) -> Result<Vec<Root>> {
    roots.iter().map(|root| Root::new(root.as_ref())).collect()
}

impl Update<'_> {
    fn run(&mut self, roots: &[Root]) -> Result<()> {
        let roots = self.choose_topics(roots)?;
        let finder = self.writer.index.tools.finder.clone();
        let mut sidecars = Sidecars::new(finder.taxonomy());
        let plan = Plan::new(
            &roots,
            &self.records,
            &mut sidecars,
            &mut self.summary,
            self.observer,
        )?;
        for error in &sidecars.problems {
            self.problem(error)?;
        }
        for (path, text) in &sidecars.complaints {
            self.complain(path, text)?;
        }
        let nothing_to_do = plan.is_empty() && !self.before.note.unfinished && !self.topics_changed;
        for record in plan.displaced() {
            self.remove(&record);
        }
        for record in plan.removed {
            self.remove(&record);
            self.summary.removed += 1;
        }
        for record in plan.touched {
            self.records.insert(record.key(), record);
        }
        let pending = plan.renamed.iter().map(|(_, pending)| pending);
        let pending = pending.chain(&plan.read);
        self.tell(Event::Listed {
            sources: plan.read.len(),
            bytes: pending.map(|pending| pending.record.bytes).sum(),
        })?;
        for (before, pending) in plan.renamed {
            self.rename(before, pending)?;
        }
        for pending in plan.read {
            self.read(pending)?;
        }
        match nothing_to_do {
            true => Ok(()),
            false => self.commit(false),
        }
    }

    /// Takes the topics that hold for the roots. Where they are new, the roots are all that the index knows: everything is read again.
    fn choose_topics(&mut self, roots: &[Root]) -> Result<Vec<Root>> {
        let (topics, problem) = self.writer.topics.chosen(roots);
        if let Some(error) = problem {
            self.problem(&error)?;
        }
        let before = self.writer.index.topics()?;
        self.topics_changed = topics.taxonomy().toml() != before.taxonomy().toml();
        let mut roots = roots.to_vec();
        if self.topics_changed && !self.records.is_empty() {
            self.tell(Event::TopicsChanged)?;
            let known: BTreeSet<&String> =
                self.records.values().map(|record| &record.root).collect();
            for path in known {
                let is_given = roots.iter().any(|root| root.path == *path);
                let typed = PathBuf::from(path);
                if !is_given && typed.try_exists().unwrap_or(false) {
                    let path = path.clone();
                    roots.push(Root { path, typed });
                }
            }
        }
        self.writer.use_topics(topics);
        Ok(roots)
    }

    fn complain(&mut self, path: &str, text: &str) -> Result<()> {
        self.summary.complaints += 1;
        self.tell(Event::Complaint { path, text })
    }

    /// Commits together with the list of sources.
    fn commit(&mut self, unfinished: bool) -> Result<()> {
        self.uncommitted_bytes = 0;
        let documents = self.summary.documents;
        let (observer, in_steps) = (&mut *self.observer, self.in_steps);
        let (index, topics) = (self.writer.index.clone(), self.writer.topics.clone());
        let confirm = || {
            // Whoever stops a first build wants what there is of it.
            if !in_steps {
                let bytes = 0;
                notify(observer, Event::Read { bytes, documents })?;
            }
            index.remember(&topics)
        };
        let Some(folder) = self.writer.index.generation_path() else {
            return self.writer.commit_with(None, confirm);
        };
        // Of the source that is being read, that much is known.
        let open = self.open.clone().filter(|open| open.documents > 0);
        let known = open.map(|open| (open.key(), self.records.insert(open.key(), open)));
        let note = CommitNote::write(&folder, &self.records, &self.lines, unfinished);
        match known {
            Some((key, Some(record))) => self.records.insert(key, record),
            Some((key, None)) => self.records.remove(&key),
            None => None,
        };
        let note = note?;
        self.writer.commit_with(Some(&note.to_payload()), confirm)?;
        note.remove_others(&folder);
        Ok(())
    }

    /// Ends a first build before it is done, with what was read.
    fn keep_part(&mut self) -> Result<Error> {
        self.commit(true)?;
        let sources = self.records.len();
        let message = format!("stopped; {sources} sources are indexed and can be searched");
        Ok(Error::new(ErrorKind::Interrupted, message)
            .with_hint("the same command goes on with the others"))
    }

    /// Removes a source and its passages.
    fn remove(&mut self, record: &SourceRecord) {
        let key = record.passages_key();
        self.writer.delete_source(&key);
        self.removed.insert(key);
        self.records.remove(&record.key());
    }

    /// Gives a source its new name, without reading it where the name is no part of what is searched.
    fn rename(&mut self, before: SourceRecord, pending: Pending) -> Result<()> {
        let key = before.passages_key();
        let must_be_read = pending.displaced.is_some() || self.moved >= MAX_MOVED;
        if must_be_read || !self.keeps_passages(&before, &pending)? {
            self.remove(&before);
            return self.read(pending);
        }
        self.records.remove(&before.key());
        self.moved += usize::from(before.moved.is_none());
        let moved = Moved {
            key,
            name: pending.record.name.clone(),
            path: pending.source.path().to_string_lossy().into_owned(),
        };
        let record = SourceRecord {
            hash: before.hash,
            documents: before.documents,
            // Under its first name it needs no correction.
            moved: Some(moved).filter(|moved| moved.key != pending.record.key()),
            ..pending.record
        };
        self.records.insert(record.key(), record);
        self.summary.renamed += 1;
        Ok(())
    }

    fn tell(&mut self, event: Event<'_>) -> Result<()> {
        notify(self.observer, event)
    }

    fn problem(&mut self, error: &Error) -> Result<()> {
        self.summary.problems += 1;
        self.tell(Event::Problem(error))
    }
}

/// Tells the observer, who may end the update.
fn notify(observer: &mut Observer<'_>, event: Event<'_>) -> Result<()> {
    match observer(event) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Error::new(
            ErrorKind::Interrupted,
            "stopped; the index is as it was before",
        )),
    }
}
