//! Bringing an index into line with its sources.
//!
//! In: files and folders. Out: one commit in which new and changed sources were read, and those of vanished ones are gone; sources
//! that did not change are not opened. A source that cannot be read is a problem that is told, not the end: what the index knew of it stays.

mod read;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use tantivy::Searcher;

use super::manifest::{SourceRecord, read_sources, source_key, write_sources};
use super::sidecar::{Sidecars, SourceRules, is_sidecar};
use super::{Index, IndexWriter};
use crate::error::{Error, ErrorKind, Result};
use crate::source::Source;

/// What happens during an update, as it happens.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
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
    /// The topics are others than those the index was built with: everything is read again.
    TopicsChanged,
    /// A document or a sidecar was read, but something in it could not be used.
    Complaint {
        /// Where it was read.
        path: &'a str,
        /// What and why, one line.
        text: &'a str,
    },
}

/// What an update did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UpdateSummary {
    /// Sources read for the first time.
    pub new: usize,
    /// Sources read again.
    pub changed: usize,
    /// Sources that vanished.
    pub removed: usize,
    /// Sources left alone.
    pub unchanged: usize,
    /// Documents read.
    pub documents: usize,
    /// Passages made of them.
    pub passages: usize,
    /// Bytes read.
    pub bytes: u64,
    /// Sources, or parts of them, that could not be read.
    pub problems: usize,
    /// Things in documents that could not be used.
    pub complaints: usize,
}

/// A source to be read.
struct Pending {
    source: Source,
    record: SourceRecord,
    rules: SourceRules,
    shown_root: PathBuf,
    known: bool,
}

/// A running update.
struct Update<'w, F> {
    writer: &'w mut IndexWriter,
    observer: F,
    summary: UpdateSummary,
    /// What is known of each source, by its key.
    records: BTreeMap<String, SourceRecord>,
    /// Ids of documents added in this update, and where they stood.
    ids: HashMap<String, String>,
    /// Keys of sources whose passages are removed by this update.
    removed: HashSet<String>,
    /// The index before the update.
    before: Searcher,
}

/// A file or folder that was given, and what it is known by.
type Root = (PathBuf, String);

impl IndexWriter {
    /// Brings the index into line with files and folders, in one commit. `observer` is told what happens and may stop the update:
    /// the index is then as it was.
    ///
    /// Documents of other roots stay. Within the given roots, sources that vanished are removed.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] when a root does not exist, [`ErrorKind::Interrupted`] when the observer stops the update,
    /// [`ErrorKind::Io`] when the index cannot be written.
    pub fn update<P: AsRef<Path>>(
        &mut self,
        roots: &[P],
        observer: impl FnMut(Event<'_>) -> ControlFlow<()>,
    ) -> Result<UpdateSummary> {
        let roots: Vec<Root> = roots
            .iter()
            .map(|root| Ok((root.as_ref().to_owned(), root_key(root.as_ref())?)))
            .collect::<Result<_>>()?;
        let records = self.index.source_records()?;
        let before = self.index.engine_searcher()?;
        let mut update = Update {
            writer: self,
            observer,
            summary: UpdateSummary::default(),
            records: records
                .into_iter()
                .map(|record| (record.key(), record))
                .collect(),
            ids: HashMap::new(),
            removed: HashSet::new(),
            before,
        };
        match update.run(&roots) {
            Ok(()) => {
                let Update {
                    summary,
                    records,
                    mut observer,
                    ..
                } = update;
                let documents = summary.documents;
                let topics = self.topics.clone();
                let index = self.index.clone();
                self.commit_sources(&records, || {
                    notify(
                        &mut observer,
                        Event::Read {
                            bytes: 0,
                            documents,
                        },
                    )?;
                    index.remember(&topics)
                })?;
                Ok(summary)
            }
            Err(error) => {
                // The engine may be beyond rolling back; then the lock goes with the writer and nothing was committed.
                let _ = self.rollback();
                Err(error)
            }
        }
    }

    /// Commits together with the list of sources.
    fn commit_sources(
        &mut self,
        records: &BTreeMap<String, SourceRecord>,
        confirm: impl FnOnce() -> Result<()>,
    ) -> Result<()> {
        let Some(folder) = self.index.generation_path() else {
            return self.commit_with("", confirm);
        };
        let lists = |folder: &Path| -> Vec<PathBuf> {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            entries
                .map(|entry| entry.path())
                .filter(|path| list_number(path).is_some())
                .collect()
        };
        let old = lists(&folder);
        let number = old
            .iter()
            .filter_map(|path| list_number(path))
            .max()
            .unwrap_or(0)
            + 1;
        let name = format!("sources-{number}.jsonl");
        write_sources(&folder.join(&name), records.values())?;
        self.commit_with(&name, confirm)?;
        for path in old {
            // A list nobody names any more; if it cannot be removed now, it is next time.
            let _ = fs::remove_file(path);
        }
        Ok(())
    }
}

impl Index {
    /// What is known of the sources at the last commit.
    pub(crate) fn source_records(&self) -> Result<Vec<SourceRecord>> {
        let Some(folder) = self.generation_path() else {
            return Ok(Vec::new());
        };
        let meta = self
            .engine()
            .load_metas()
            .map_err(|cause| self.damaged(cause))?;
        match meta.payload {
            Some(name) if list_number(Path::new(&name)).is_some() => {
                read_sources(&folder.join(name), folder.parent().unwrap_or(&folder))
            }
            _ => Ok(Vec::new()),
        }
    }

    pub(crate) fn engine_searcher(&self) -> Result<Searcher> {
        let reader = self
            .engine()
            .reader_builder()
            .reload_policy(tantivy::ReloadPolicy::Manual);
        let reader: tantivy::IndexReader = reader
            .try_into()
            .map_err(|cause: tantivy::TantivyError| self.damaged(cause))?;
        Ok(reader.searcher())
    }
}

/// The number of a list of sources.
fn list_number(path: &Path) -> Option<u64> {
    path.file_name()?
        .to_str()?
        .strip_prefix("sources-")?
        .strip_suffix(".jsonl")?
        .parse()
        .ok()
}

/// What a root is known by: its path, however it was typed.
fn root_key(root: &Path) -> Result<String> {
    let path = fs::canonicalize(root).map_err(|cause| {
        Error::io(root, "cannot read", cause)
            .with_hint("give a file or a folder of texts that exists")
    })?;
    Ok(path.to_string_lossy().into_owned())
}

impl<F: FnMut(Event<'_>) -> ControlFlow<()>> Update<'_, F> {
    fn run(&mut self, roots: &[Root]) -> Result<()> {
        let roots = self.choose_topics(roots)?;
        let finder = self.writer.index.tools.finder.clone();
        let mut sidecars = Sidecars::new(finder.taxonomy());
        let mut pending = Vec::new();
        for (root, key) in &roots {
            self.list(root, key, &mut sidecars, &mut pending)?;
        }
        for error in &sidecars.problems {
            self.problem(error)?;
        }
        for (path, text) in &sidecars.complaints {
            self.complain(path, text)?;
        }
        let bytes = pending.iter().map(|source| source.record.bytes).sum();
        self.tell(Event::Listed {
            sources: pending.len(),
            bytes,
        })?;
        for pending in pending {
            self.read(pending)?;
        }
        Ok(())
    }

    /// Takes the topics that hold for the roots. Where they are new, the roots are all that the index knows: everything is read again.
    fn choose_topics(&mut self, roots: &[Root]) -> Result<Vec<Root>> {
        let (topics, problem) = self.writer.topics.chosen(roots);
        if let Some(error) = problem {
            self.problem(&error)?;
        }
        let before = self.writer.index.topics()?;
        let are_new = topics.taxonomy().toml() != before.taxonomy().toml();
        let mut roots = roots.to_vec();
        if are_new && !self.records.is_empty() {
            self.tell(Event::TopicsChanged)?;
            let known: BTreeSet<&String> =
                self.records.values().map(|record| &record.root).collect();
            let others = known
                .into_iter()
                .filter(|root| roots.iter().all(|(_, key)| key != *root));
            let others: Vec<Root> = others
                .map(|root| (PathBuf::from(root), root.clone()))
                .collect();
            roots.extend(
                others
                    .into_iter()
                    .filter(|(path, _)| path.try_exists().unwrap_or(false)),
            );
        }
        self.writer.use_topics(topics);
        Ok(roots)
    }

    fn complain(&mut self, path: &str, text: &str) -> Result<()> {
        self.summary.complaints += 1;
        self.tell(Event::Complaint { path, text })
    }

    fn tell(&mut self, event: Event<'_>) -> Result<()> {
        notify(&mut self.observer, event)
    }

    fn problem(&mut self, error: &Error) -> Result<()> {
        self.summary.problems += 1;
        self.tell(Event::Problem(error))
    }

    /// Lists the sources under a root: what is to be read, and what vanished.
    fn list(
        &mut self,
        root: &Path,
        root_key: &str,
        sidecars: &mut Sidecars<'_>,
        pending: &mut Vec<Pending>,
    ) -> Result<()> {
        let in_folder = root.is_dir();
        let mut seen = HashSet::new();
        let mut incomplete = false;
        for source in Source::walk(root)? {
            let source = match source {
                Ok(source) => source,
                Err(error) => {
                    incomplete = true;
                    self.problem(&error)?;
                    continue;
                }
            };
            if in_folder && is_sidecar(source.name()) {
                continue;
            }
            let key = source_key(root_key, source.name());
            if !seen.insert(key.clone()) {
                continue;
            }
            let (bytes, modified_ms) = match fs::metadata(source.path()) {
                Ok(metadata) => {
                    let modified = metadata
                        .modified()
                        .ok()
                        .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
                    (
                        metadata.len(),
                        modified.map_or(0, |time| time.as_millis() as u64),
                    )
                }
                // Reading it will tell what is wrong.
                Err(_) => (0, 0),
            };
            let rules = sidecars.rules(root, source.name());
            let facets = rules.fingerprint(sidecars.taxonomy);
            let known = self.records.get(&key);
            if known.is_some_and(|known| {
                known.problems == 0
                    && known.facets == facets
                    && (known.bytes, known.modified_ms) == (bytes, modified_ms)
                    && modified_ms > 0
            }) {
                self.summary.unchanged += 1;
                continue;
            }
            let record = SourceRecord {
                root: root_key.to_owned(),
                name: source.name().to_owned(),
                bytes,
                modified_ms,
                hash: String::new(),
                facets,
                documents: 0,
                problems: 0,
                left_out: 0,
            };
            pending.push(Pending {
                source,
                record,
                rules,
                shown_root: root.to_owned(),
                known: known.is_some(),
            });
        }
        if seen.is_empty() && !incomplete {
            let error = Error::at(ErrorKind::NotFound, root, "no files in this folder");
            let hint = "give a folder with texts; hidden files, and those that .gitignore and .ignore name, are left out";
            self.problem(&error.with_hint(hint))?;
        }
        let vanished: Vec<String> = self
            .records
            .values()
            .filter(|record| record.root == root_key && !seen.contains(&record.key()))
            // Where a folder could not be listed, a file that is still there did not vanish.
            .filter(|record| {
                !incomplete
                    || !matches!(
                        Path::new(&record.root).join(&record.name).try_exists(),
                        Ok(true)
                    )
            })
            .map(SourceRecord::key)
            .collect();
        for key in vanished {
            self.writer.delete_source(&key);
            self.records.remove(&key);
            self.removed.insert(key);
            self.summary.removed += 1;
        }
        Ok(())
    }
}

/// Tells the observer, who may end the update.
fn notify(observer: &mut impl FnMut(Event<'_>) -> ControlFlow<()>, event: Event<'_>) -> Result<()> {
    match observer(event) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Error::new(
            ErrorKind::Interrupted,
            "stopped; the index is as it was before",
        )),
    }
}
