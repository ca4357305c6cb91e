//! Reading sources into the index.
//!
//! In: a source that is new or was changed. Out: its documents in the index and a record of it, or the problem that is told.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use tantivy::Term;
use tantivy::collector::TopDocs;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;

use super::{Event, Pending, Update, notify};
use crate::document::Document;
use crate::error::{Error, ErrorKind, Result};
use crate::index::sidecar::SourceRules;
use crate::source::Documents;

impl<F: FnMut(Event<'_>) -> ControlFlow<()>> Update<'_, F> {
    /// Reads one source into the index.
    pub(super) fn read(&mut self, pending: Pending) -> Result<()> {
        let Pending {
            source,
            mut record,
            rules,
            shown_root,
            known,
        } = pending;
        let key = record.key();
        let opened = hash(source.path()).and_then(|hash| Ok((hash, source.read()?)));
        let (hash, documents) = match opened {
            Ok(opened) => opened,
            Err(error) => {
                self.problem(&error)?;
                return self.advance(record.bytes);
            }
        };
        record.hash = hash;
        let before = self.records.get(&key).filter(|before| {
            // What was left out because its id was taken may have its turn now.
            before.hash == record.hash && before.facets == record.facets && before.left_out == 0
        });
        if let Some(before) = before {
            (record.documents, record.problems) = (before.documents, before.problems);
            if record.problems > 0 {
                self.tell_again(documents)?;
            }
            self.summary.unchanged += 1;
            let bytes = record.bytes;
            self.records.insert(key, record);
            return self.advance(bytes);
        }
        if known {
            self.writer.delete_source(&key);
            self.removed.insert(key.clone());
        }
        let mut left = record.bytes;
        for document in documents {
            let mut document = match document {
                Ok(document) => document,
                Err(error) => {
                    record.problems += 1;
                    self.problem(&error)?;
                    continue;
                }
            };
            if document.path.is_empty() {
                document.path = shown_root.join(source.name()).display().to_string();
            }
            if let Some(other) = self.owner(&document.id)? {
                record.problems += 1;
                record.left_out += 1;
                self.problem(&taken(&document, &other))?;
                continue;
            }
            self.add(&key, document, &rules, &mut left)?;
            record.documents += 1;
        }
        match known {
            true => self.summary.changed += 1,
            false => self.summary.new += 1,
        }
        self.summary.bytes += record.bytes;
        self.records.insert(key, record);
        self.advance(left)
    }

    /// Adds a document. Of the `left` bytes of its source those that were read are told and taken off.
    fn add(
        &mut self,
        key: &str,
        document: Document,
        rules: &SourceRules,
        left: &mut u64,
    ) -> Result<()> {
        let path = document.path.clone();
        self.ids.insert(document.id.clone(), path.clone());
        let (observer, documents) = (&mut self.observer, self.summary.documents);
        let added = self.writer.add_from(key, document, rules, |bytes| {
            // A text may be longer than its file: encodings differ.
            let bytes = bytes.min(*left);
            *left -= bytes;
            notify(observer, Event::Read { bytes, documents })
        })?;
        self.summary.documents += 1;
        self.summary.passages += added.passages;
        for text in &added.complaints {
            self.complain(&path, text)?;
        }
        Ok(())
    }

    /// Tells what is still wrong with a source that has not changed.
    fn tell_again(&mut self, documents: Documents) -> Result<()> {
        for document in documents {
            match document {
                Ok(_) => self.advance(0)?,
                Err(error) => self.problem(&error)?,
            }
        }
        Ok(())
    }

    fn advance(&mut self, bytes: u64) -> Result<()> {
        let documents = self.summary.documents;
        self.tell(Event::Read { bytes, documents })
    }

    /// Where a document with this id stands that will still be there after the update.
    fn owner(&self, id: &str) -> Result<Option<String>> {
        if let Some(path) = self.ids.get(id) {
            return Ok(Some(path.clone()));
        }
        let index = &self.writer.index;
        let term = Term::from_field_text(index.schema().document, id);
        if self
            .before
            .doc_freq(&term)
            .map_err(|cause| index.damaged(cause))?
            == 0
        {
            return Ok(None);
        }
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let found = self
            .before
            .search(&query, &TopDocs::with_limit(1).order_by_score())
            .map_err(|cause| index.damaged(cause))?;
        let Some((_, address)) = found.first() else {
            return Ok(None);
        };
        let stored = index.stored(&self.before, *address)?;
        Ok((!self.removed.contains(&stored.source)).then_some(stored.document.path))
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

/// BLAKE3 of a file's content.
fn hash(path: &Path) -> Result<String> {
    let mut hasher = blake3::Hasher::new();
    let file = fs::File::open(path).map_err(|cause| {
        let error = Error::io(path, "cannot open", cause);
        match error.kind() {
            ErrorKind::NotFound => {
                error.with_hint("it was there when the folder was listed; run the command again")
            }
            _ => error,
        }
    })?;
    hasher
        .update_reader(file)
        .map_err(|cause| Error::io(path, "cannot read", cause))?;
    Ok(hasher.finalize().to_hex().to_string())
}
