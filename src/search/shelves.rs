//! The shelves of an index, counted.
//!
//! In: a searcher. Out: for each language its passages and the lengths of their fields. Lengths are counted as they are scored, in
//! the engine's steps, passage by passage: so they do not depend on what else is in the index. Deleted passages count until the engine
//! lets go of them, as in all its statistics.

use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, TERMINATED};

use crate::query::plan::Shelf;
use crate::schema::Schema;

/// All shelves of an index, in the order of their languages.
pub(super) fn shelves(searcher: &Searcher, schema: &Schema) -> tantivy::Result<Vec<Arc<Shelf>>> {
    let fields: Vec<Field> = schema
        .text_fields()
        .into_iter()
        .flat_map(|fields| [fields.words, fields.grams])
        .collect();
    let mut shelves: BTreeMap<String, Shelf> = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let lengths = fields
            .iter()
            .map(|&field| segment.get_fieldnorms_reader(field))
            .collect::<tantivy::Result<Vec<_>>>()?;
        let index = segment.inverted_index(schema.shelf)?;
        let mut terms = index.terms().stream()?;
        while let Some((language, term)) = terms.next() {
            let language = String::from_utf8_lossy(language).into_owned();
            let shelf = shelves.entry(language.clone()).or_insert_with(|| Shelf {
                language,
                passages: 0,
                tokens: fields.iter().map(|&field| (field, 0)).collect(),
            });
            shelf.passages += u64::from(term.doc_freq);
            let mut passages = index.read_postings_from_terminfo(term, IndexRecordOption::Basic)?;
            while passages.doc() != TERMINATED {
                for ((_, tokens), lengths) in shelf.tokens.iter_mut().zip(&lengths) {
                    *tokens += u64::from(lengths.fieldnorm(passages.doc()));
                }
                passages.advance();
            }
        }
    }
    Ok(shelves.into_values().map(Arc::new).collect())
}
