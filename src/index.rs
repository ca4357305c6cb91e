//! The index: passages, ready to be searched.
//!
//! In: documents ([`IndexWriter`]) and an [`Analyzer`]. Out: a folder, or memory, from which [`Searcher`]
//! answers. What is in the folder:
//!
//! ```text
//! manifest.json      format, fingerprint, current generation, what it is made from
//! .writer.lock       locked by whoever writes, and who that is
//! generation-N/      the engine's files; sources-M.jsonl, what is known of each source at commit M; moved-M.jsonl and
//!                    lines-M.bin, what was renamed or moved to another line since it was analysed; topics.toml: the
//!                    topics, if they are not the built-in ones; user-dictionary.csv: words of one's own, if there are any
//! ```
//!
//! A rebuilt index is a new generation beside the old one; replacing the manifest makes it current.
//!
//! A commit is on disk when it returns: every file is synced before the engine's list of files is replaced by renaming, and then the
//! folder. A reader sees the list before or the list after. An opened [`Index`] gives the newest state at every call of
//! [`Index::searcher`], also after another process committed or rebuilt; a [`Searcher`] stays as it was.

mod bridge;
mod check;
mod content;
mod engine_error;
mod export;
mod folder;
mod hint;
mod lock;
mod manifest;
mod merging;
mod moved;
mod options;
mod own_words;
mod pieces;
mod queue;
mod seal;
mod settings;
mod sidecar;
mod snapshot;
mod sources;
mod storage;
mod stored;
mod strays;
mod topics;
mod update;
mod writer;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

pub(crate) use bridge::ORDINAL_BITS;
pub use options::WriterOptions;
pub use settings::CorpusSettings;
pub(crate) use snapshot::Snapshot;
pub(crate) use stored::StoredPassage;
pub use update::{Change, ChangeKind, Event, UpdateSummary};
pub use writer::{Added, IndexWriter};

use crate::analysis::{Analyzer, Fingerprint};
use crate::error::{Error, ErrorKind, Result};
use crate::facet::Finder;
use crate::schema::{Schema, TERMS_TOKENIZER};
use crate::search::Searcher;
use bridge::{TermTokenizer, Tools};
use engine_error::readable;
use folder::{Folder, check_free, generations, lock_new, sync_folder};
use lock::WriterLock;
use manifest::{Manifest, Root};
use storage::Storage;
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
        let manifest = Manifest::new(analyzer.fingerprint().clone(), generation);
        let folder = Folder::new(folder, manifest, Some(lock));
        let path = folder.generation();
        if path.is_dir() {
            // What an interrupted rebuild left behind.
            fs::remove_dir_all(&path).map_err(|cause| Error::io(&path, "cannot remove", cause))?;
        }
        fs::create_dir_all(&path).map_err(|cause| {
            Error::io(&path, "cannot create the folder", cause).with_hint(hint::NOT_WRITTEN)
        })?;
        own_words::keep(&analyzer, &path)?;
        let schema = Schema::new();
        let failed = |cause: tantivy::TantivyError| {
            Error::at(ErrorKind::Io, &folder.path, "cannot create the index")
                .with_hint(hint::NOT_WRITTEN)
                .with_source(readable(cause))
        };
        let storage = Storage::open(&path).map_err(|cause| failed(cause.into()))?;
        let settings = tantivy::IndexSettings::default();
        let engine =
            tantivy::Index::create(storage, schema.engine.clone(), settings).map_err(failed)?;
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
        folder.write_manifest()?;
        if let Some(parent) = folder.path.parent() {
            sync_folder(parent);
        }
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
        let mut manifest = Manifest::read(folder)?;
        loop {
            let generation = manifest.generation.clone();
            let opened = Index::open_generation(folder, manifest, analyzer.clone());
            let Err(error) = opened else {
                return opened;
            };
            // A rebuild may have replaced it in this moment.
            manifest = Manifest::read(folder)?;
            if manifest.generation == generation {
                return Err(error);
            }
        }
    }

    fn open_generation(folder: &Path, manifest: Manifest, analyzer: Analyzer) -> Result<Self> {
        manifest.check(folder, analyzer.fingerprint())?;
        let damaged = |cause: tantivy::TantivyError| {
            Error::at(ErrorKind::Damaged, folder, "the index cannot be opened")
                .with_hint(hint::rebuild(folder))
                .with_source(readable(cause))
        };
        let folder = Folder::new(folder, manifest, None);
        let storage = Storage::open(&folder.generation()).map_err(|cause| damaged(cause.into()))?;
        let engine = tantivy::Index::open(storage).map_err(damaged)?;
        let schema = Schema::new();
        if engine.schema() != schema.engine {
            return Err(Error::at(
                ErrorKind::Incompatible,
                &folder.path,
                "the index has other fields than this version's",
            )
            .with_hint(hint::rebuild(&folder.path)));
        }
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
        register_tokenizer(&engine);
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

    /// The engine as a writer uses it.
    fn engine_for_writer(&self) -> Result<tantivy::Index> {
        let Some(folder) = self.generation_path() else {
            return Ok(self.engine.clone());
        };
        let storage = Storage::open(&folder).map_err(|cause| self.damaged(cause))?;
        let engine = tantivy::Index::open(storage.for_writer());
        let engine = engine.map_err(|cause| self.damaged(cause))?;
        register_tokenizer(&engine);
        Ok(engine)
    }

    /// A searcher over what was committed last, by whatever process.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Damaged`] when the index's files cannot be read.
    pub fn searcher(&self) -> Result<Searcher> {
        let mut newest = self.newest()?;
        loop {
            let generation = newest.generation_path();
            let opened = Searcher::open(newest);
            let Err(error) = opened else {
                return opened;
            };
            // A rebuild may have replaced it in this moment.
            newest = self.newest()?;
            if newest.generation_path() == generation {
                return Err(error);
            }
        }
    }

    /// This index, or the one by which a rebuild has replaced it.
    fn newest(&self) -> Result<Index> {
        let Some(folder) = &self.folder else {
            return Ok(self.clone());
        };
        if folder.unpublished().is_some() {
            return Ok(self.clone());
        }
        match Manifest::read(&folder.path)?.generation == folder.manifest.generation {
            true => Ok(self.clone()),
            false => Index::open(&folder.path, self.tools.analyzer.clone()),
        }
    }

    /// The files and folders the index is made from, as paths that lead there from the current folder; none in memory.
    pub fn roots(&self) -> Vec<PathBuf> {
        let roots = self.folder.as_ref().map(|folder| folder.roots());
        roots.iter().flatten().map(Root::reachable).collect()
    }

    /// As [`Index::roots`], of an index that need not be sound or of this version.
    pub fn roots_of(folder: impl AsRef<Path>) -> Vec<PathBuf> {
        let roots = Manifest::roots_of(folder.as_ref());
        roots.iter().map(Root::reachable).collect()
    }

    /// What the index in a folder was built with, without opening it.
    ///
    /// # Errors
    ///
    /// As [`Index::open`].
    pub fn fingerprint_of(folder: impl AsRef<Path>) -> Result<Fingerprint> {
        Ok(Manifest::read(folder.as_ref())?.fingerprint)
    }

    pub(crate) fn schema(&self) -> &Schema {
        &self.tools.schema
    }

    /// The analyzer that cuts its texts, and queries for it.
    pub fn analyzer(&self) -> &Analyzer {
        &self.tools.analyzer
    }

    pub(crate) fn finder(&self) -> &Finder {
        &self.tools.finder
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
        match Manifest::read(&folder.path)?.generation == folder.manifest.generation {
            true => Ok(Some(lock)),
            false => Err(lock::replaced(&folder.path)),
        }
    }

    /// Whether what is committed can be searched by others: it lies in a folder and is the current generation.
    fn is_published(&self) -> bool {
        let folder = self.folder.as_ref();
        folder.is_some_and(|folder| folder.unpublished().is_none())
    }

    /// The files and folders the index is made from, as whole paths.
    pub(crate) fn root_paths(&self) -> Vec<String> {
        let roots = self.folder.as_ref().map(|folder| folder.roots());
        let mut paths: Vec<String> = roots.into_iter().flatten().map(|root| root.path).collect();
        paths.sort();
        paths
    }

    /// The folder of the current generation; none in memory.
    fn generation_path(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.generation())
    }
}

fn register_tokenizer(engine: &tantivy::Index) {
    let tokenizers = engine.tokenizers();
    tokenizers.register(TERMS_TOKENIZER, TermTokenizer::default());
}
