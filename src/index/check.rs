//! Whether an index is what was written, and what would be written today.
//!
//! In: an index. Out: an error that names what is damaged. Two occasions: before every search, quickly, what was touched after the commit;
//! and on demand everything: the checksum of each file, the list of sources against the passages, and a sample of passages
//! analysed once more.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::{Document as _, IndexRecordOption, Value};
use tantivy::tokenizer::{TokenStream, Tokenizer};
use tantivy::{DocAddress, DocSet, IndexMeta, SegmentReader, TERMINATED, Term};

use super::bridge::{PendingPassage, TermTokenizer};
use super::hint;
use super::snapshot::Snapshot;
use super::storage::META;
use super::strays::remove_strays;
use super::{Index, StoredPassage};
use crate::error::{Error, ErrorKind, Result};

/// Files up to this size are checked before every search: that costs some microseconds, and the engine trusts the numbers in them.
const ALWAYS_CHECKED_BYTES: u64 = 256 << 10;
/// Passages that are analysed once more.
const SAMPLE: usize = 100;

impl Index {
    /// Checks files that were touched after the commit, and small ones.
    pub(super) fn check_altered(&self, meta: &IndexMeta) -> Result<()> {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        let path = folder.generation();
        let changed = |path: &Path| {
            let metadata = fs::metadata(path).ok()?;
            Some((metadata.len(), metadata.modified().ok()))
        };
        let committed = changed(&path.join(META)).and_then(|(_, modified)| modified);
        let mut checked = folder.checked();
        for file in files(meta) {
            if checked.contains(&file) {
                continue;
            }
            let is_suspicious = changed(&path.join(&file)).is_none_or(|(bytes, modified)| {
                bytes <= ALWAYS_CHECKED_BYTES || modified > committed
            });
            if !is_suspicious {
                continue;
            }
            if !self.is_whole(&file) {
                return Err(self.damaged_files([file.display().to_string()]));
            }
            checked.insert(file);
        }
        Ok(())
    }

    /// Checks the checksum of every file, that each source has its passages and each passage its source, and, with a sample, that
    /// passages would be analysed today as they were.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Damaged`] naming the files or sources that are not what was written, [`ErrorKind::Incompatible`] when passages
    /// would be analysed otherwise.
    pub fn verify(&self) -> Result<()> {
        self.guarded(|| {
            let snapshot = self.verify_files()?;
            self.verify_sources(&snapshot)?;
            self.verify_sample(&snapshot)
        })
    }

    /// Checks every file, and opens what they hold.
    fn verify_files(&self) -> Result<Snapshot> {
        let meta = self.engine.load_metas();
        let meta = meta.map_err(|cause| self.damaged(cause))?;
        let damaged: BTreeSet<String> = files(&meta)
            .filter(|file| !self.is_whole(file))
            .map(|file| file.display().to_string())
            .collect();
        match damaged.is_empty() {
            true => self.snapshot(),
            false => Err(self.damaged_files(damaged)),
        }
    }

    /// Removes what a writer that died left behind. Only for whoever has the lock.
    pub(super) fn remove_strays(&self) -> Result<()> {
        let Some(generation) = self.generation_path() else {
            return Ok(());
        };
        let meta = self.engine.load_metas();
        let meta = meta.map_err(|cause| self.damaged(cause))?;
        remove_strays(&generation, &files(&meta).collect());
        Ok(())
    }

    fn is_whole(&self, file: &Path) -> bool {
        matches!(self.engine.directory().validate_checksum(file), Ok(true))
    }

    fn damaged_files(&self, files: impl IntoIterator<Item = String>) -> Error {
        let files: Vec<String> = files.into_iter().map(|file| format!("`{file}`")).collect();
        self.damage(&format!("damaged or missing: {}", files.join(", ")))
    }

    /// Compares the list of sources with the passages.
    fn verify_sources(&self, snapshot: &Snapshot) -> Result<()> {
        let mut counted = BTreeMap::new();
        for segment in snapshot.engine.segment_readers() {
            self.count_documents(segment, &mut counted)?;
        }
        for record in self.records(&snapshot.note)?.into_values() {
            let found = counted.remove(&record.passages_key()).unwrap_or(0);
            if found != record.documents {
                let (name, expected) = (record.name, record.documents);
                let message =
                    format!("of `{name}` there are {found} documents, and should be {expected}");
                return Err(self.damage(&message));
            }
        }
        match counted.into_keys().find(|key| !key.is_empty()) {
            None => Ok(()),
            Some(key) => {
                let name = key.rsplit('\n').next().unwrap_or_default();
                Err(self.damage(&format!("`{name}` is not in the list of sources")))
            }
        }
    }

    /// Adds the documents of each source in a segment.
    fn count_documents(
        &self,
        segment: &SegmentReader,
        counted: &mut BTreeMap<String, u64>,
    ) -> Result<()> {
        let damaged = |cause: tantivy::TantivyError| self.damaged(cause);
        let first = self.first_passages(segment)?;
        let inverted = segment
            .inverted_index(self.schema().source)
            .map_err(damaged)?;
        let mut terms = inverted.terms().stream().map_err(|e| damaged(e.into()))?;
        while terms.advance() {
            let key = String::from_utf8_lossy(terms.key()).into_owned();
            let postings =
                inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic);
            let mut postings = postings.map_err(|cause| damaged(cause.into()))?;
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                if !segment.is_deleted(doc) && first.first(doc).is_some() {
                    *counted.entry(key.clone()).or_default() += 1;
                }
                postings.advance();
            }
        }
        Ok(())
    }

    /// The column that only first passages have.
    pub(super) fn first_passages(&self, segment: &SegmentReader) -> Result<Column<u64>> {
        let column = segment.fast_fields().u64("content");
        column.map_err(|cause| self.damaged(cause))
    }

    /// Analyses some passages, evenly spread, once more.
    fn verify_sample(&self, snapshot: &Snapshot) -> Result<()> {
        let passages = snapshot.engine.num_docs() as usize;
        let step = passages.div_ceil(SAMPLE).max(1);
        let (mut seen, mut sampled) = (0, 0);
        let mut drifted = Vec::new();
        for (ordinal, segment) in snapshot.engine.segment_readers().iter().enumerate() {
            for doc in segment.doc_ids_alive() {
                seen += 1;
                if seen % step != 0 {
                    continue;
                }
                sampled += 1;
                let stored = self.stored(snapshot, DocAddress::new(ordinal as u32, doc))?;
                let id = stored.passage.id.clone();
                if !self.is_as_today(segment, doc, stored)? {
                    drifted.push(id);
                }
            }
        }
        let (count, Some(first)) = (drifted.len(), drifted.first()) else {
            return Ok(());
        };
        let message = format!(
            "{count} of {sampled} passages would be analysed otherwise now, such as `{first}`"
        );
        let folder = self
            .folder
            .as_ref()
            .map_or(Path::new(""), |f| f.path.as_path());
        Err(Error::at(ErrorKind::Incompatible, folder, message).with_hint(hint::rebuild(folder)))
    }

    /// Whether a passage has the terms that it would be given today.
    fn is_as_today(
        &self,
        segment: &SegmentReader,
        doc: u32,
        stored: StoredPassage,
    ) -> Result<bool> {
        let damaged = |cause: tantivy::TantivyError| self.damaged(cause);
        let pending = PendingPassage {
            stored,
            content: None,
            tools: self.tools.clone(),
            document: Default::default(),
        };
        let texts = self.schema().text_fields();
        let fields: BTreeSet<_> = texts.iter().flat_map(|t| [t.words, t.grams]).collect();
        for (field, value) in pending.iter_fields_and_values() {
            let Some(text) = value.as_str().filter(|_| fields.contains(&field)) else {
                continue;
            };
            let inverted = segment.inverted_index(field).map_err(damaged)?;
            let mut tokenizer = TermTokenizer::default();
            let mut stream = tokenizer.token_stream(text);
            let (mut terms, mut tokens) = (BTreeSet::new(), 0);
            while stream.advance() {
                tokens += 1;
                terms.insert(stream.token().text.clone());
            }
            for term in terms {
                let term = Term::from_field_text(field, &term);
                let postings = inverted.read_postings(&term, IndexRecordOption::Basic);
                let found = match postings.map_err(|cause| damaged(cause.into()))? {
                    Some(mut postings) => postings.doc() <= doc && postings.seek(doc) == doc,
                    None => false,
                };
                if !found {
                    return Ok(false);
                }
            }
            // And none beside them: the engine keeps the number of tokens, roughly.
            let norms = segment.get_fieldnorms_reader(field).map_err(damaged)?;
            if norms.fieldnorm_id(doc) != FieldNormReader::fieldnorm_to_id(tokens) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// The files of a commit. The engine's own list has names for what a segment may have, too: deletions, if there are any, and what is
/// there while it is built.
fn files(meta: &IndexMeta) -> impl Iterator<Item = PathBuf> {
    let files = meta.list_segment_files().into_iter();
    files.filter(|file| {
        let name = file.to_string_lossy();
        !name.ends_with(".0.del") && !name.ends_with(".store.temp")
    })
}
