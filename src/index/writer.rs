//! The index writer: documents in, commits out.
//!
//! In: documents, one at a time, each cut into passages here and analysed on the engine's threads. Out: a commit, which a searcher
//! sees whole or not at all. What was added and not committed is gone when the writer is.

use std::sync::OnceLock;

use tantivy::directory::error::LockError;
use tantivy::{TantivyError, Term};

use super::Index;
use super::bridge::PendingPassage;
use super::content::content_hash;
use super::engine_error::readable;
use super::lock::{self, WriterLock};
use super::merging::Merging;
use super::options::WriterOptions;
use super::queue::{Queue, Queued};
use super::sidecar::SourceRules;
use super::stored::StoredPassage;
use super::topics::Topics;
use crate::document::Document;
use crate::error::{Error, ErrorKind, Result};
use crate::facet::{Corrections, DocumentFinder, Facets, Finder, Taxonomy};
use crate::hit::{DocumentHit, PassageHit};
use crate::language::Language;
use crate::passage::{Passage, passages};

/// What became of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Added {
    /// Number of its passages.
    pub passages: usize,
    /// What it declared and could not be used, a line each.
    pub complaints: Vec<String>,
}

/// Adds and removes documents. There is one writer at a time for an index.
pub struct IndexWriter {
    pub(super) index: Index,
    /// The topics that the next commit remembers.
    pub(super) topics: Topics,
    find_facets: bool,
    engine: tantivy::IndexWriter<Queued>,
    queue: Queue,
    /// The document that was added last, which may have further parts, and the number of its passages.
    last: (String, usize),
    /// Released after the engine is done.
    _lock: Option<WriterLock>,
}

impl std::fmt::Debug for IndexWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IndexWriter")
            .field("index", &self.index)
            .finish_non_exhaustive()
    }
}

impl IndexWriter {
    pub(super) fn open(index: Index, options: &WriterOptions) -> Result<Self> {
        let lock = index.lock()?;
        let engine = index
            .engine_for_writer()?
            .writer_with_options(options.for_engine())
            .map_err(|cause| match cause {
                TantivyError::LockFailure(LockError::LockBusy, _) => match &index.folder {
                    Some(folder) => lock::busy(&folder.path),
                    None => Error::new(ErrorKind::Busy, "this index has a writer already"),
                },
                cause @ TantivyError::LockFailure(..) => write_failed(cause),
                cause => index.damaged(cause),
            })?;
        engine.set_merge_policy(Box::new(Merging::new(index.generation_path())));
        index.remove_strays()?;
        let topics = index.topics()?;
        let mut writer = IndexWriter {
            index,
            topics: Topics::default(),
            find_facets: options.find_facets,
            engine,
            queue: Queue::default(),
            last: Default::default(),
            _lock: lock,
        };
        writer.use_topics(topics);
        Ok(writer)
    }

    /// Finds these topics from now on, and in everything that [`IndexWriter::update`] reads; the index remembers them. Without this
    /// call the topics are those the index was built with, and the built-in ones for a new index.
    pub fn set_topics(&mut self, taxonomy: Taxonomy) {
        self.use_topics(Topics::given(taxonomy));
    }

    pub(super) fn use_topics(&mut self, topics: Topics) {
        let finder = Finder::with_taxonomy(topics.custom());
        self.index.tools.finder = match self.find_facets {
            true => finder,
            false => finder.idle(),
        };
        self.topics = topics;
    }

    /// Adds a document; one with the same id is replaced. A further part of the document that was added last
    /// ([`Document::part`]) continues it. Visible after the next commit.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] when the index cannot be written.
    pub fn add(&mut self, document: Document) -> Result<Added> {
        if document.part == 0 {
            self.delete(&document.id);
        }
        let content = content_hash(&document, "", "");
        self.add_from("", document, content, &SourceRules::default(), |_| Ok(()))
    }

    /// Adds a document that a source holds, corrected by the rules beside it, without looking for one with the same id.
    /// `advance` is told the bytes of each passage and may end it.
    pub(super) fn add_from(
        &mut self,
        source: &str,
        document: Document,
        content: u64,
        rules: &SourceRules,
        mut advance: impl FnMut(u64) -> Result<()>,
    ) -> Result<Added> {
        let finder = self.index.tools.finder.clone();
        let (declared, doubts) = finder.declared(&document.metadata);
        let mut corrections = Corrections::new(declared);
        corrections.remove(&finder.removed(&document.removed));
        let kept = rules.correct(&document.id, &mut corrections);
        let place = document.origin.record_line();
        let place = place.map_or_else(String::new, |line| format!("line {line}: "));
        let mut complaints = document.complaints.clone();
        complaints.extend(
            doubts
                .into_iter()
                .chain(kept)
                .map(|text| place.clone() + &text),
        );
        let header = Header::new(source, &document);
        if document.part == 0 || self.last.0 != document.id {
            self.last = (document.id.clone(), 0);
        }
        let mut facets = DocumentFinder::new(
            &finder,
            corrections,
            &document.title,
            document.metadata.date.as_deref(),
        );
        // Sent last: what the document is about as a whole is known at its end.
        let mut first = None;
        let mut count = 0;
        for passage in passages(&document) {
            advance(passage.text.len() as u64)?;
            let found = facets.passage(&passage.heading, passage.text);
            let ordinal = self.last.1;
            let stored = header.passage(passage, ordinal, found);
            self.last.1 += 1;
            count += 1;
            match ordinal {
                0 => first = Some(stored),
                _ => self.add_passage(stored, None)?,
            }
        }
        if self.last.1 == 0 && !document.title.is_empty() {
            // A title without a text can be searched for, too.
            let facets = facets.passage("", "");
            first = Some(StoredPassage {
                facets,
                ..header.stored
            });
            count = 1;
        }
        if let Some(mut first) = first {
            first.main = Some(facets.main());
            self.add_passage(first, Some(content))?;
        }
        Ok(Added {
            passages: count,
            complaints,
        })
    }

    fn add_passage(&mut self, stored: StoredPassage, content: Option<u64>) -> Result<()> {
        let pending = PendingPassage {
            stored,
            content,
            tools: self.index.tools.clone(),
            document: OnceLock::new(),
        };
        match self.engine.add_document(self.queue.put(pending)) {
            Ok(_) => Ok(()),
            // The engine only says that a thread of it is gone; why, it says to whoever waits for that thread.
            Err(cause) => Err(write_failed(match self.engine.prepare_commit() {
                Err(reason) => reason,
                Ok(_) => cause,
            })),
        }
    }

    /// Removes a document. Visible after the next commit.
    pub fn delete(&mut self, id: &str) {
        self.engine
            .delete_term(Term::from_field_text(self.index.schema().document, id));
    }

    /// Removes all passages of a source.
    pub(super) fn delete_source(&mut self, key: &str) {
        self.engine
            .delete_term(Term::from_field_text(self.index.schema().source, key));
    }

    /// Makes what was added and removed visible, and durable.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] when the index cannot be written; it is then as it was at the last commit.
    pub fn commit(&mut self) -> Result<()> {
        // What is known of the sources stays.
        let meta = self.index.engine.load_metas();
        let payload = meta.map_err(|cause| self.index.damaged(cause))?.payload;
        let (index, topics) = (self.index.clone(), self.topics.clone());
        self.commit_with(payload.as_deref(), || index.remember(&topics))
    }

    /// Commits, with a text of ours that belongs to this commit. `confirm` is asked when everything is analysed and on disk,
    /// and nothing but the commit itself is left.
    pub(super) fn commit_with(
        &mut self,
        payload: Option<&str>,
        confirm: impl FnOnce() -> Result<()>,
    ) -> Result<()> {
        let mut commit = self.engine.prepare_commit().map_err(write_failed)?;
        if let Err(refused) = confirm() {
            commit.abort().map_err(write_failed)?;
            return Err(refused);
        }
        if let Some(payload) = payload {
            commit.set_payload(payload);
        }
        commit.commit().map_err(write_failed)?;
        Ok(())
    }

    /// Forgets what was added and removed since the last commit.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] when the index cannot be written.
    pub fn rollback(&mut self) -> Result<()> {
        self.engine.rollback().map_err(write_failed)?;
        Ok(())
    }

    /// Writes all passages into one segment, without those that were deleted. Needs as much room again as the index has, until it is
    /// done; searches go on meanwhile. Usually there is no need: the writer tidies up as it goes.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] when the index cannot be written; it is then as it was.
    pub fn optimize(&mut self) -> Result<()> {
        let segments = self.index.engine.searchable_segment_metas();
        let segments = segments.map_err(|cause| self.index.damaged(cause))?;
        let is_compact = segments
            .iter()
            .all(|segment| segment.num_deleted_docs() == 0);
        if segments.len() > 1 || !is_compact {
            let ids: Vec<_> = segments.iter().map(|segment| segment.id()).collect();
            // The files of a segment stay as long as anything knows it.
            drop(segments);
            self.engine.merge(&ids).wait().map_err(write_failed)?;
        }
        let removed = self.engine.garbage_collect_files();
        removed.wait().map_err(write_failed)?;
        Ok(())
    }

    /// Closes the writer after the merges under way are done, so that the index is as compact as it gets.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`] when a merge failed; what was committed is safe.
    pub fn close(self) -> Result<()> {
        self.engine.wait_merging_threads().map_err(write_failed)
    }
}

fn write_failed(cause: TantivyError) -> Error {
    Error::new(ErrorKind::Io, "cannot write to the index")
        .with_hint("the index is as it was at the last commit; is the disk full?")
        .with_source(readable(cause))
}

/// What the passages of a document have in common.
struct Header {
    stored: StoredPassage,
    language: Option<Language>,
}

impl Header {
    fn new(source: &str, document: &Document) -> Self {
        let metadata = &document.metadata;
        let language = metadata.language.as_deref().and_then(Language::named);
        let language = language.or_else(|| Language::of(&document.text));
        let hit = DocumentHit {
            id: document.id.clone(),
            path: document.path.clone(),
            title: document.title.clone(),
            date: metadata.date.clone(),
            url: metadata.url.clone(),
        };
        let stored = StoredPassage {
            source: source.to_owned(),
            document: hit,
            passage: PassageHit {
                id: format!("{}#0", document.id),
                line: 1,
                ..PassageHit::default()
            },
            facets: Facets::default(),
            main: None,
            is_record: document.origin.is_record() && document.cuts.is_empty(),
            other: metadata.other.clone(),
        };
        Header { stored, language }
    }

    /// A passage with its number in the document, of which this may be a part.
    fn passage(&self, passage: Passage<'_>, ordinal: usize, facets: Facets) -> StoredPassage {
        let language = match passage.language {
            Some(known) => known.to_owned(),
            None => {
                let found = Language::of_part(passage.text, self.language);
                found
                    .map(|language| language.to_string())
                    .unwrap_or_default()
            }
        };
        let hit = PassageHit {
            id: format!("{}#{ordinal}", self.stored.document.id),
            ordinal,
            heading: passage.heading,
            text: passage.text.to_owned(),
            start: passage.source_range.start,
            end: passage.source_range.end,
            line: passage.line,
            language,
            ..PassageHit::default()
        };
        StoredPassage {
            passage: hit,
            facets,
            ..self.stored.clone()
        }
    }
}
