//! The index: passages, ready to be searched.
//!
//! In: documents ([`IndexWriter`]) and an [`Analyzer`]. Out: a folder, or memory, from which [`Searcher`]
//! answers. What is in the folder:
//!
//! ```text
//! manifest.json      format, fingerprint, current generation
//! .writer.lock       locked by whoever writes
//! generation-N/      the engine's files, sources-M.jsonl: what is known of each source at commit M, and topics.toml: the
//!                    topics, if they are not the built-in ones
//! ```
//!
//! A rebuilt index is a new generation beside the old one; replacing the manifest makes it current.

mod bridge;
mod engine_error;
mod folder;
mod hint;
mod lock;
mod manifest;
mod sidecar;
mod stored;
mod topics;
mod update;
mod writer;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use tantivy::DocAddress;
use tantivy::directory::MmapDirectory;
use tantivy::schema::{TantivyDocument, Value};

pub(crate) use bridge::ORDINAL_BITS;
pub(crate) use stored::StoredPassage;
pub use update::{Event, UpdateSummary};
pub use writer::{Added, IndexWriter, WriterOptions};

use crate::analysis::{Analyzer, Fingerprint};
use crate::error::{Error, ErrorKind, Result};
use crate::facet::Finder;
use crate::schema::{Schema, TERMS_TOKENIZER};
use crate::search::Searcher;
use bridge::{TermTokenizer, Tools};
use engine_error::readable;
use folder::{Folder, check_free, generations, lock_new};
use lock::WriterLock;
use manifest::Manifest;
use topics::Topics;

/// An index that is open for searching and writing. Cheap to clone, shared between threads.
#[derive(Clone)]
pub struct Index {
    engine: tantivy::Index,
    tools: Tools,
    /// The topics of an index in memory; those of a folder lie in it.
    memory: Arc<Mutex<Topics>>,
    /// None for an index in memory.
    folder: Option<Arc<Folder>>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

impl Index {
    /// Creates an empty index in a folder that is missing or empty.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] when the folder cannot be written or holds something else.
    pub fn create(folder: impl AsRef<Path>, analyzer: Analyzer) -> Result<Self> {
        let folder = folder.as_ref();
        check_free(folder)?;
        let lock = lock_new(folder)?;
        // Whoever had the lock before may have made an index here.
        check_free(folder)?;
        let index = Index::create_generation(folder, analyzer, 1, lock)?;
        index.publish()?;
        Ok(index)
    }

    /// Begins a new generation in an index folder, or in a free one. It becomes current by [`Index::publish`]; until then searches
    /// answer from the old one.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] when the folder cannot be written or holds something else.
    pub fn create_next(folder: impl AsRef<Path>, analyzer: Analyzer) -> Result<Self> {
        let folder = folder.as_ref();
        if let Err(error) = Manifest::read(folder)
            && !matches!(error.kind(), ErrorKind::Incompatible | ErrorKind::Damaged)
        {
            check_free(folder)?;
        }
        let lock = lock_new(folder)?;
        let newest = match Manifest::read(folder) {
            Ok(manifest) => manifest.generation_number(),
            Err(_) => generations(folder).map(|(number, _)| number).max(),
        };
        let newest = newest.unwrap_or(0);
        Index::create_generation(folder, analyzer, newest + 1, lock)
    }

    fn create_generation(
        folder: &Path,
        analyzer: Analyzer,
        generation: u32,
        lock: WriterLock,
    ) -> Result<Self> {
        // From here on an error removes what was begun.
        let folder = Folder {
            path: folder.to_owned(),
            manifest: Manifest::new(analyzer.fingerprint().clone(), generation),
            unpublished: Mutex::new(Some(lock)),
        };
        let path = folder.path.join(&folder.manifest.generation);
        if path.is_dir() {
            // What an interrupted rebuild left behind.
            fs::remove_dir_all(&path).map_err(|cause| Error::io(&path, "cannot remove", cause))?;
        }
        fs::create_dir_all(&path).map_err(|cause| {
            Error::io(&path, "cannot create the folder", cause).with_hint(hint::NOT_WRITTEN)
        })?;
        let schema = Schema::new();
        let engine =
            tantivy::Index::create_in_dir(&path, schema.engine.clone()).map_err(|cause| {
                Error::at(ErrorKind::Io, &folder.path, "cannot create the index")
                    .with_hint(hint::NOT_WRITTEN)
                    .with_source(readable(cause))
            })?;
        Ok(Index::assemble(engine, schema, analyzer, Some(folder)))
    }

    /// Makes this generation the current one and removes the others. Does nothing for an index in memory.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] when the manifest cannot be replaced.
    pub fn publish(&self) -> Result<()> {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        folder.manifest.write(&folder.path)?;
        // The lock is released when all others are removed.
        let _lock = folder.unpublished().take();
        for (_, path) in generations(&folder.path) {
            if path
                .file_name()
                .is_some_and(|name| name != folder.manifest.generation.as_str())
            {
                // Readers that still have it open keep their files; what cannot be removed now is removed next time.
                let _ = fs::remove_dir_all(path);
            }
        }
        Ok(())
    }

    /// Opens the index in a folder.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::IndexMissing`] when there is none, [`ErrorKind::Incompatible`] when it was built by another version,
    /// dictionary or analyzer, [`ErrorKind::Damaged`] when its files cannot be read.
    pub fn open(folder: impl AsRef<Path>, analyzer: Analyzer) -> Result<Self> {
        let folder = folder.as_ref();
        let manifest = Manifest::read(folder)?;
        manifest.check(folder, analyzer.fingerprint())?;
        let path = folder.join(&manifest.generation);
        let damaged = |cause: tantivy::TantivyError| {
            Error::at(ErrorKind::Damaged, folder, "the index cannot be opened")
                .with_hint(hint::rebuild(folder))
                .with_source(readable(cause))
        };
        let directory = MmapDirectory::open(&path).map_err(|cause| damaged(cause.into()))?;
        let engine = tantivy::Index::open(directory).map_err(damaged)?;
        let schema = Schema::new();
        if engine.schema() != schema.engine {
            return Err(Error::at(
                ErrorKind::Incompatible,
                folder,
                "the index has other fields than this version's",
            )
            .with_hint(hint::rebuild(folder)));
        }
        let folder = Folder {
            path: folder.to_owned(),
            manifest,
            unpublished: Mutex::new(None),
        };
        Ok(Index::assemble(engine, schema, analyzer, Some(folder)))
    }

    /// Creates an empty index in memory.
    ///
    /// ```
    /// use fumikura::{Analyzer, Document, Index, Query, SearchOptions, WriterOptions};
    ///
    /// # fn main() -> fumikura::Result<()> {
    /// let index = Index::in_memory(Analyzer::grams_only());
    /// let mut writer = index.writer(&WriterOptions::default())?;
    /// writer.add(Document::new("memo", "会談", "両国の外相は貿易協定に署名した。"))?;
    /// writer.commit()?;
    /// let query = Query::parse("貿易協定").query;
    /// let hits = index.searcher()?.search(&query, &SearchOptions::top(10))?;
    /// assert_eq!(hits.hits[0].document.id, "memo");
    /// # Ok(())
    /// # }
    /// ```
    pub fn in_memory(analyzer: Analyzer) -> Self {
        let schema = Schema::new();
        let engine = tantivy::Index::create_in_ram(schema.engine.clone());
        Index::assemble(engine, schema, analyzer, None)
    }

    fn assemble(
        engine: tantivy::Index,
        schema: Schema,
        analyzer: Analyzer,
        folder: Option<Folder>,
    ) -> Self {
        engine
            .tokenizers()
            .register(TERMS_TOKENIZER, TermTokenizer::default());
        let tools = Tools {
            schema: Arc::new(schema),
            analyzer,
            finder: Finder::new(),
        };
        Index {
            engine,
            tools,
            memory: Arc::default(),
            folder: folder.map(Arc::new),
        }
    }

    /// A writer. There is one at a time for an index.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Busy`] while another writer is open, in this process or another.
    pub fn writer(&self, options: &WriterOptions) -> Result<IndexWriter> {
        IndexWriter::open(self.clone(), options)
    }

    /// A searcher over what was committed last.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Damaged`] when the index's files cannot be read.
    pub fn searcher(&self) -> Result<Searcher> {
        Searcher::open(self.clone())
    }

    /// What the index in a folder was built with, without opening it.
    ///
    /// # Errors
    ///
    /// As [`Index::open`].
    pub fn fingerprint_of(folder: impl AsRef<Path>) -> Result<Fingerprint> {
        Ok(Manifest::read(folder.as_ref())?.fingerprint)
    }

    /// Checks the checksum of every file.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Damaged`] naming the files that do not hold what was written.
    pub fn verify(&self) -> Result<()> {
        let directory = self.engine.directory();
        let known = directory.list_managed_files();
        let meta = self
            .engine
            .load_metas()
            .map_err(|cause| self.damaged(cause))?;
        let mut damaged: Vec<String> = meta
            .list_segment_files()
            .into_iter()
            // Not every segment has every kind of file; those that were written are known.
            .filter(|file| known.contains(file))
            .filter(|file| !matches!(directory.validate_checksum(file), Ok(true)))
            .map(|file| format!("`{}`", file.display()))
            .collect();
        self.source_records()?;
        if damaged.is_empty() {
            return Ok(());
        }
        damaged.sort();
        let message = format!("damaged or missing: {}", damaged.join(", "));
        Err(self.damage(&message))
    }

    pub(crate) fn engine(&self) -> &tantivy::Index {
        &self.engine
    }

    pub(crate) fn schema(&self) -> &Schema {
        &self.tools.schema
    }

    pub(crate) fn analyzer(&self) -> &Analyzer {
        &self.tools.analyzer
    }

    pub(crate) fn finder(&self) -> &Finder {
        &self.tools.finder
    }

    /// Reads what is kept of a passage.
    pub(crate) fn stored(
        &self,
        searcher: &tantivy::Searcher,
        address: DocAddress,
    ) -> Result<StoredPassage> {
        let document: TantivyDocument =
            searcher.doc(address).map_err(|cause| self.damaged(cause))?;
        let json = document.get_first(self.schema().passage);
        let json = json.as_ref().and_then(|json| json.as_bytes());
        StoredPassage::from_json(json.unwrap_or_default())
    }

    /// Wraps an engine error that can only mean unreadable files.
    pub(crate) fn damaged(
        &self,
        cause: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Error {
        self.damage("the index cannot be read")
            .with_source(readable(cause))
    }

    fn damage(&self, message: &str) -> Error {
        match &self.folder {
            Some(folder) => Error::at(ErrorKind::Damaged, &folder.path, message)
                .with_hint(hint::rebuild(&folder.path)),
            None => Error::new(ErrorKind::Damaged, message),
        }
    }

    /// The right to write: for a generation that is not published the one it has, for an index in memory none is needed.
    fn lock(&self) -> Result<Option<WriterLock>> {
        let Some(folder) = &self.folder else {
            return Ok(None);
        };
        if let Some(lock) = &*folder.unpublished() {
            return Ok(Some(lock.clone()));
        }
        let lock = WriterLock::take(&folder.path)?;
        // While nobody held the lock, a rebuild may have replaced what is open here.
        match Manifest::read(&folder.path)? == folder.manifest {
            true => Ok(Some(lock)),
            false => Err(lock::busy(&folder.path)),
        }
    }

    /// Size of all files of the index, and when the last commit was written; nothing for an index in memory.
    pub(crate) fn files(&self) -> (u64, Option<Duration>) {
        let Some(folder) = self.generation_path() else {
            return (0, None);
        };
        let files = fs::read_dir(&folder).into_iter().flatten().flatten();
        let bytes = files
            .filter_map(|file| file.metadata().ok())
            .map(|metadata| metadata.len())
            .sum();
        let committed =
            fs::metadata(folder.join("meta.json")).and_then(|metadata| metadata.modified());
        (
            bytes,
            committed
                .ok()
                .and_then(|time| time.duration_since(UNIX_EPOCH).ok()),
        )
    }

    /// The folder of the current generation; none in memory.
    fn generation_path(&self) -> Option<PathBuf> {
        self.folder
            .as_ref()
            .map(|folder| folder.path.join(&folder.manifest.generation))
    }
}
