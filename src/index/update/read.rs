//! Reading sources into the index.
//!
//! In: a source that is new or was changed. Out: its documents in the index and a record of it, or the problem that is told. Of a
//! source that was there before, only those documents are analysed that are not as they were.

use std::collections::HashMap;
use std::time::SystemTime;

use tantivy::collector::TopDocs;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, TERMINATED, Term};

use super::super::content::{content_hash, id_hash};
use super::super::sidecar::SourceRules;
use super::super::sources::SourceRecord;
use super::plan::{Pending, hash, stamp};
use super::{ChangeKind, Event, STEP_BYTES, Update, notify};
use crate::document::Document;
use crate::error::{Error, ErrorKind, Result};
use crate::source::{Documents, Source, date_in_name};

/// Documents of a source at the last commit, by what was read of each.
type Contents = HashMap<u64, Indexed>;

/// Where a document is in the index, and the line it stood on when it was analysed, if it is a record.
#[derive(Clone, Copy)]
struct Indexed {
    address: DocAddress,
    line: Option<u64>,
}

/// Where a document's id is in use.
enum Owner {
    Nobody,
    /// An older version of the same source.
    Same,
    /// A document at this path.
    Other(String),
}

impl Update<'_> {
    /// Reads one source into the index.
    pub(super) fn read(&mut self, pending: Pending) -> Result<()> {
        let Pending {
            source,
            mut record,
            rules,
            kind,
            ..
        } = pending;
        let key = record.key();
        let hashed = match record.hash.is_empty() {
            true => hash(source.path()),
            false => Ok(std::mem::take(&mut record.hash)),
        };
        let opened = hashed.and_then(|hash| Ok((hash, source.read()?)));
        let (hash, documents) = match opened {
            Ok(opened) => opened,
            Err(error) => {
                self.problem(&error)?;
                return self.advance(record.bytes);
            }
        };
        let known = self.records.get(&key).cloned();
        if let Some(known) = known
            .as_ref()
            .filter(|known| known.hash == hash && known.facets == record.facets)
            .filter(|known| known.left_out == 0 && known.moved.is_none())
        {
            (record.hash, record.documents, record.problems) =
                (hash, known.documents, known.problems);
            return self.leave(record, documents);
        }
        if let Some(moved) = known.as_ref().filter(|known| known.moved.is_some()) {
            // Its documents get the ids of its new name.
            self.remove(moved);
        }
        let modified_ns = std::mem::take(&mut record.modified_ns);
        self.open = Some(record);
        let is_whole = self.read_documents(&source, documents, &rules, &hash)?;
        let Some(mut record) = self.open.take() else {
            return Ok(());
        };
        match kind {
            Some(ChangeKind::New) => self.summary.new += 1,
            Some(ChangeKind::Renamed) => self.summary.renamed += 1,
            Some(_) => self.summary.changed += 1,
            None => self.summary.unchanged += 1,
        }
        self.summary.bytes += record.bytes;
        if stamp(source.path(), SystemTime::now()).0 != record.bytes {
            record.problems += 1;
            let message = "it was changed while it was read";
            let error = Error::at(ErrorKind::Io, source.path(), message);
            self.problem(&error.with_hint("run the command again"))?;
        } else if is_whole {
            (record.hash, record.modified_ns) = (hash, modified_ns);
        }
        self.records.insert(key, record);
        self.step()
    }

    /// Reads the documents of the open source, and removes those that it had before and has no more. Whether it was read to its end.
    fn read_documents(
        &mut self,
        source: &Source,
        documents: Documents,
        rules: &SourceRules,
        hash: &str,
    ) -> Result<bool> {
        let key = &self.open().key();
        // A text has other facets under other rules.
        let facets = self.open().facets.clone();
        let mut before = match self.removed.contains(key) {
            true => Contents::new(),
            false => self.contents(key)?,
        };
        let place = self.paths.len() as u32;
        self.paths
            .push(source.path().to_string_lossy().into_owned());
        let mut left = self.open.as_ref().map_or(0, |open| open.bytes);
        let mut is_whole = true;
        // Whether the further parts of a long document are to be added, too.
        let mut continues = false;
        for document in documents {
            let mut document = match document {
                Ok(document) => document,
                Err(error) => {
                    is_whole &= error.kind() != ErrorKind::Io;
                    self.open().problems += 1;
                    self.problem(&error)?;
                    continue;
                }
            };
            if document.path.is_empty() {
                document.path.clone_from(&self.paths[place as usize]);
            }
            let content = content_hash(&document, hash, &facets);
            if document.part > 0 {
                match continues {
                    true => self.add(key, document, content, rules, &mut left)?,
                    false => self.advance(0)?,
                }
                continue;
            }
            continues = false;
            self.step()?;
            if let Some(indexed) = before.remove(&content) {
                self.ids.insert(id_hash(&document.id), place);
                self.keep_line(&document, indexed);
                self.open().documents += 1;
                self.summary.kept_documents += 1;
                self.advance(0)?;
                continue;
            }
            match self.owner(&document.id, key)? {
                Owner::Nobody => {}
                Owner::Same => self.writer.delete(&document.id),
                Owner::Other(path) => {
                    self.open().problems += 1;
                    self.open().left_out += 1;
                    self.problem(&taken(&document, &path))?;
                    continue;
                }
            }
            self.ids.insert(id_hash(&document.id), place);
            self.lines.remove(&id_hash(&document.id));
            self.add(key, document, content, rules, &mut left)?;
            continues = true;
            self.open().documents += 1;
            self.summary.documents += 1;
        }
        if is_whole {
            for Indexed { address, .. } in before.into_values() {
                let stored = self.writer.index.stored(&self.before, address)?;
                let id = id_hash(&stored.document.id);
                if !self.ids.contains_key(&id) {
                    self.writer.delete(&stored.document.id);
                    self.removed_ids.insert(id);
                    self.lines.remove(&id);
                }
            }
        }
        self.advance(left)?;
        Ok(is_whole)
    }

    /// Notes the line of a record that was analysed before.
    fn keep_line(&mut self, document: &Document, indexed: Indexed) {
        let id = id_hash(&document.id);
        let line = document.origin.line(&document.text, 0);
        match (indexed.line, u32::try_from(line)) {
            (Some(before), Ok(line)) if before != u64::from(line) => self.lines.insert(id, line),
            _ => self.lines.remove(&id),
        };
    }

    /// The record of the source that is being read.
    fn open(&mut self) -> &mut SourceRecord {
        self.open.get_or_insert_default()
    }

    /// Adds a document. Of the `left` bytes of its source those that were read are told and taken off.
    fn add(
        &mut self,
        key: &str,
        document: Document,
        content: u64,
        rules: &SourceRules,
        left: &mut u64,
    ) -> Result<()> {
        let (path, id) = (document.path.clone(), document.id.clone());
        self.uncommitted_bytes += document.text.len() as u64;
        let (observer, documents) = (&mut *self.observer, self.summary.documents);
        let added = self
            .writer
            .add_from(key, document, content, rules, |bytes| {
                // A text may be longer than its file: encodings differ.
                let bytes = bytes.min(*left);
                *left -= bytes;
                notify(observer, Event::Read { bytes, documents })
            });
        let added = added.inspect_err(|_| {
            // A first build keeps what it has when it is stopped, but no half of a document.
            self.writer.delete(&id);
        })?;
        self.summary.passages += added.passages;
        for text in &added.complaints {
            self.complain(&path, text)?;
        }
        Ok(())
    }

    /// Commits what a long first build has read so far.
    fn step(&mut self) -> Result<()> {
        match self.in_steps && self.uncommitted_bytes >= STEP_BYTES {
            true => self.commit(true),
            false => Ok(()),
        }
    }

    /// Leaves a source as it is, and tells what is still wrong with it.
    fn leave(&mut self, record: SourceRecord, documents: Documents) -> Result<()> {
        if record.problems > 0 {
            for document in documents {
                match document {
                    Ok(_) => self.advance(0)?,
                    Err(error) => self.problem(&error)?,
                }
            }
        }
        self.summary.unchanged += 1;
        let bytes = record.bytes;
        self.records.insert(record.key(), record);
        self.advance(bytes)
    }

    fn advance(&mut self, bytes: u64) -> Result<()> {
        let documents = self.summary.documents;
        self.tell(Event::Read { bytes, documents })
    }

    /// The documents of a source at the last commit.
    fn contents(&self, key: &str) -> Result<Contents> {
        let index = &self.writer.index;
        let damaged = |cause: tantivy::TantivyError| index.damaged(cause);
        let field = index.schema().source;
        let term = Term::from_field_text(field, key);
        let mut contents = Contents::new();
        for (ordinal, segment) in self.before.engine.segment_readers().iter().enumerate() {
            let inverted = segment.inverted_index(field).map_err(damaged)?;
            let postings = inverted.read_postings(&term, IndexRecordOption::Basic);
            let Some(mut postings) = postings.map_err(|cause| damaged(cause.into()))? else {
                continue;
            };
            let first = index.first_passages(segment)?;
            let lines = segment.fast_fields().u64("record_line").map_err(damaged)?;
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                if let Some(content) = first.first(doc).filter(|_| !segment.is_deleted(doc)) {
                    let address = DocAddress::new(ordinal as u32, doc);
                    let line = lines.first(doc);
                    contents.insert(content, Indexed { address, line });
                }
                postings.advance();
            }
        }
        Ok(contents)
    }

    /// Who has this id and will still have it after the update.
    fn owner(&self, id: &str, key: &str) -> Result<Owner> {
        let hash = id_hash(id);
        if let Some(&place) = self.ids.get(&hash) {
            return Ok(Owner::Other(self.paths[place as usize].clone()));
        }
        if self.removed_ids.contains(&hash) {
            return Ok(Owner::Nobody);
        }
        let index = &self.writer.index;
        let indexed = self.before.moved.indexed_id(id);
        let indexed = indexed.as_deref().unwrap_or(id);
        let term = Term::from_field_text(index.schema().document, indexed);
        let engine = &self.before.engine;
        let frequency = engine.doc_freq(&term);
        if frequency.map_err(|cause| index.damaged(cause))? == 0 {
            return Ok(Owner::Nobody);
        }
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let found = engine.search(&query, &TopDocs::with_limit(1).order_by_score());
        let Some((_, address)) = found.map_err(|cause| index.damaged(cause))?.pop() else {
            return Ok(Owner::Nobody);
        };
        let stored = index.stored(&self.before, address)?;
        Ok(match stored.source {
            source if self.removed.contains(&source) => Owner::Nobody,
            source if source == key => Owner::Same,
            _ => Owner::Other(stored.document.path),
        })
    }

    /// Whether the passages of a renamed source can stay: the name is no part of what is searched, and the new id is free.
    pub(super) fn keeps_passages(&self, before: &SourceRecord, now: &Pending) -> Result<bool> {
        let contents = self.contents(&before.passages_key())?;
        let Some(Indexed { address, .. }) = contents.values().next().copied() else {
            return Ok(true);
        };
        let document = self.writer.index.stored(&self.before, address)?.document;
        let stem = |name: &str| {
            let file = name.rsplit('/').next().unwrap_or_default();
            file.rsplit_once('.')
                .map_or(file, |(stem, _)| stem)
                .to_owned()
        };
        let name = &now.record.name;
        // The rules beside the texts, and the date in a name, decide facets.
        if before.facets != now.record.facets || date_in_name(&before.name) != date_in_name(name) {
            return Ok(false);
        }
        let is_named_after = document.id == before.name && document.title == stem(&document.id);
        let is_free = matches!(self.owner(name, "")?, Owner::Nobody);
        Ok(is_free && (!is_named_after || stem(name) == document.title))
    }
}

fn taken(document: &Document, other: &str) -> Error {
    let message = format!(
        "{}: the id `{}` is taken by {other}, this document was left out",
        document.path, document.id
    );
    Error::new(ErrorKind::Malformed, message)
        .with_hint("give each document an id of its own, or index one common folder")
}
