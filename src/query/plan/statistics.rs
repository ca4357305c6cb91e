//! How rare a term is, over title, heading and text together.
//!
//! In: a searcher. Out: the statistics the engine scores with. Field by field they would mislead: the title of a document stands in
//! front of each of its passages, so on a small shelf its words look as rare as the documents are few, while the text shows them
//! everywhere. A term is as common as it is in the field where it is most common, as in BM25F (Robertson, Zaragoza and Taylor
//! 2004), where a term has one frequency for all fields. What was looked up once is known for the rest of a search: the same term is
//! asked for by plan, balance, scores and second stage.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{InvertedIndexReader, Searcher, Term};

use super::Shelf;
use crate::schema::{Schema, TextFields};

/// In how many passages a term is: in their titles, headings and texts.
type Frequencies = [u64; 3];

/// The terms of a segment: those of words, grams and readings of titles, of headings and of texts.
type Terms = [[Arc<InvertedIndexReader>; 3]; 3];

/// Statistics over the fields of a schema, for one search.
pub(crate) struct Statistics<'s> {
    searcher: &'s Searcher,
    fields: [TextFields; 3],
    shelves: &'s [Arc<Shelf>],
    /// For each segment, by fields and views.
    terms: OnceCell<Vec<Terms>>,
    /// By the bytes of the term, for words, grams and readings.
    known: [RefCell<HashMap<Vec<u8>, Frequencies>>; 3],
}

impl<'s> Statistics<'s> {
    pub(crate) fn new(searcher: &'s Searcher, schema: &Schema, shelves: &'s [Arc<Shelf>]) -> Self {
        Statistics {
            searcher,
            fields: schema.text_fields(),
            shelves,
            terms: OnceCell::new(),
            known: Default::default(),
        }
    }

    /// Number of passages with a term in its own field.
    pub(crate) fn in_field(&self, term: &Term) -> tantivy::Result<u64> {
        match self.place(term.field()) {
            Some((view, field)) => Ok(self.frequencies(view, term)?[field]),
            None => self.searcher.doc_freq(term),
        }
    }

    /// Which of the views a field is, and of what.
    fn place(&self, field: Field) -> Option<(usize, usize)> {
        self.fields.iter().enumerate().find_map(|(at, fields)| {
            let view = views(fields).iter().position(|view| *view == field)?;
            Some((view, at))
        })
    }

    fn frequencies(&self, view: usize, term: &Term) -> tantivy::Result<Frequencies> {
        let bytes = term.serialized_value_bytes();
        if self.shelves.iter().any(|shelf| shelf.lacks(bytes)) {
            return Ok([0; 3]);
        }
        if let Some(known) = self.known[view].borrow().get(bytes) {
            return Ok(*known);
        }
        let mut found = [0; 3];
        for segment in self.terms()? {
            for (found, views) in found.iter_mut().zip(segment) {
                let own = views[view].terms().get(bytes)?;
                *found += own.map_or(0, |own| u64::from(own.doc_freq));
            }
        }
        self.known[view].borrow_mut().insert(bytes.to_vec(), found);
        Ok(found)
    }

    fn terms(&self) -> tantivy::Result<&[Terms]> {
        if let Some(terms) = self.terms.get() {
            return Ok(terms);
        }
        let mut all = Vec::with_capacity(self.searcher.segment_readers().len());
        for segment in self.searcher.segment_readers() {
            let read = |fields: &TextFields| {
                let [words, grams, readings] = views(fields);
                let read = |field| segment.inverted_index(field);
                Ok::<_, tantivy::TantivyError>([read(words)?, read(grams)?, read(readings)?])
            };
            let [title, heading, text] = &self.fields;
            all.push([read(title)?, read(heading)?, read(text)?]);
        }
        Ok(self.terms.get_or_init(|| all))
    }
}

fn views(fields: &TextFields) -> [Field; 3] {
    [fields.words, fields.grams, fields.readings]
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.searcher.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        match self.place(term.field()) {
            Some((view, _)) => {
                let [title, heading, text] = self.frequencies(view, term)?;
                Ok(title.max(heading).max(text))
            }
            None => self.searcher.doc_freq(term),
        }
    }
}
