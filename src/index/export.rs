//! An index as JSON Lines, which are a source again.
//!
//! In: a state of an index. Out: a record per document: what its author declared, its text, and in `exported` where it was from and how it was
//! cut. An index made from these records answers as this one does; what is found in a text (facets, terms) is found again, but for what
//! corrections beside the source took away.

use std::collections::BTreeMap;
use std::io::Write;

use serde::Serialize;
use serde_json::Value;
use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use super::snapshot::Snapshot;
use super::{Index, StoredPassage};
use crate::document::{Cut, Removed};
use crate::error::Result;
use crate::facet::{Corrections, DocumentFinder, Facets, Finder, Found};

/// A document on a line of its own.
#[derive(Serialize)]
struct Record {
    id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    title: String,
    text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    country: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    year: Vec<i32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    topic: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    exported: Exported,
    #[serde(flatten)]
    other: BTreeMap<String, Value>,
}

#[derive(Serialize)]
struct Exported {
    path: String,
    passages: Vec<Cut>,
    #[serde(skip_serializing_if = "Removed::is_empty")]
    removed: Removed,
}

impl Index {
    /// Writes all documents as JSON Lines, and gives their number. Only one document is in memory at a time.
    ///
    /// # Errors
    ///
    /// What the writer fails with, as the cause of an error of kind [`ErrorKind::Io`](crate::ErrorKind::Io);
    /// [`ErrorKind::Damaged`](crate::ErrorKind::Damaged) when the index cannot be read.
    pub fn export(&self, out: impl Write) -> Result<usize> {
        let newest = self.newest()?;
        let snapshot = newest.snapshot()?;
        newest.guarded(|| newest.write_documents(&snapshot, out))
    }

    fn write_documents(&self, snapshot: &Snapshot, mut out: impl Write) -> Result<usize> {
        let finder = Finder::with_taxonomy(self.topics()?.custom());
        let mut documents = 0;
        for (ordinal, segment) in snapshot.engine.segment_readers().iter().enumerate() {
            let first = self.first_passages(segment)?;
            for doc in segment.doc_ids_alive() {
                if first.first(doc).is_none() {
                    continue;
                }
                let stored = self.stored(snapshot, DocAddress::new(ordinal as u32, doc))?;
                let record = record(self.passages_of(snapshot, &stored)?, &finder);
                serde_json::to_writer(&mut out, &record)
                    .map_err(std::io::Error::from)
                    .and_then(|()| out.write_all(b"\n"))
                    .map_err(unwritten)?;
                documents += 1;
            }
        }
        out.flush().map_err(unwritten)?;
        Ok(documents)
    }

    /// All passages of the document of one of them, in order.
    fn passages_of(&self, snapshot: &Snapshot, one: &StoredPassage) -> Result<Vec<StoredPassage>> {
        let id = &one.document.id;
        let indexed = snapshot.moved.indexed_id(id).unwrap_or_else(|| id.clone());
        let term = Term::from_field_text(self.schema().document, &indexed);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let found = snapshot.engine.search(&query, &DocSetCollector);
        let found = found.map_err(|cause| self.damaged(cause))?.into_iter();
        let mut passages = found
            .map(|address| self.stored(snapshot, address))
            .collect::<Result<Vec<_>>>()?;
        passages.retain(|passage| passage.source == one.source);
        passages.sort_by_key(|passage| passage.passage.ordinal);
        Ok(passages)
    }
}

fn unwritten(cause: std::io::Error) -> crate::error::Error {
    crate::error::Error::new(crate::error::ErrorKind::Io, "cannot write the documents")
        .with_source(cause)
}

fn record(passages: Vec<StoredPassage>, finder: &Finder) -> Record {
    let removed = removed(&passages, finder);
    let mut text = String::new();
    let mut cuts = Vec::with_capacity(passages.len());
    for passage in passages.iter().map(|stored| &stored.passage) {
        if !cuts.is_empty() {
            text.push_str(Cut::SEPARATOR);
        }
        text.push_str(&passage.text);
        cuts.push(Cut {
            bytes: passage.text.len(),
            heading: passage.heading.clone(),
            start: passage.start,
            end: passage.end,
            line: passage.line,
            language: passage.language.clone(),
        });
    }
    let first = passages
        .into_iter()
        .next()
        .map(StoredPassage::only_declared);
    let StoredPassage {
        document,
        facets,
        other,
        ..
    } = first.expect("a document has a first passage");
    Record {
        id: document.id,
        title: document.title,
        text,
        country: values(facets.countries, |country| country.to_string()),
        year: values(facets.years, |year| year),
        topic: values(facets.topics, |topic| topic),
        date: document.date,
        url: document.url,
        exported: Exported {
            path: document.path,
            passages: cuts,
            removed,
        },
        other,
    }
}

/// What the texts of a document seem to speak of, and the index does not say of it.
fn removed(passages: &[StoredPassage], finder: &Finder) -> Removed {
    let mut removed = Removed::default();
    let Some(first) = passages.first() else {
        return removed;
    };
    let document = &first.document;
    let given = Corrections::new(first.clone().only_declared().facets);
    let date = document.date.as_deref();
    let mut found = DocumentFinder::new(finder, given, &document.title, date);
    let mut add = |found: Facets, kept: &Facets| {
        add_missing(&mut removed.country, found.countries, &kept.countries);
        add_missing(&mut removed.year, found.years, &kept.years);
        add_missing(&mut removed.topic, found.topics, &kept.topics);
    };
    for StoredPassage {
        passage, facets, ..
    } in passages
    {
        add(found.passage(&passage.heading, &passage.text), facets);
    }
    if let Some(main) = &first.main {
        // A title speaks for the document, not for its passages.
        let facets = passages.iter().map(|stored| &stored.facets);
        let kept = facets.fold(main.as_found(), |kept, facets| kept.joined(facets));
        add(finder.find(&document.title), &kept);
    }
    removed
}

fn add_missing<T: PartialEq + ToString>(
    removed: &mut Vec<String>,
    found: Vec<Found<T>>,
    kept: &[Found<T>],
) {
    for found in found {
        let is_kept = kept.iter().any(|kept| kept.value == found.value);
        let value = found.value.to_string();
        if !is_kept && !removed.contains(&value) {
            removed.push(value);
        }
    }
}

fn values<T, V>(found: Vec<Found<T>>, value: impl Fn(T) -> V) -> Vec<V> {
    found.into_iter().map(|found| value(found.value)).collect()
}
