//! How rare a term is, over title, heading and text together.
//!
//! In: a searcher. Out: the statistics the engine scores with. Field by field they would mislead: the title of a document stands in
//! front of each of its passages, so on a small shelf its words look as rare as the documents are few, while the text shows them
//! everywhere. A term is as common as it is in the field where it is most common, as in BM25F (Robertson, Zaragoza and Taylor
//! 2004), where a term has one frequency for all fields.

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use crate::schema::{Schema, TextFields};

/// Statistics over the fields of a schema.
pub(super) struct SharedStatistics<'s> {
    pub(super) searcher: &'s Searcher,
    pub(super) schema: &'s Schema,
}

impl Bm25StatisticsProvider for SharedStatistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.searcher.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let fields = self.schema.text_fields();
        let same_view: [fn(&TextFields) -> Field; 3] = [
            |fields| fields.words,
            |fields| fields.grams,
            |fields| fields.readings,
        ];
        let Some(view) = same_view
            .into_iter()
            .find(|view| fields.iter().any(|fields| view(fields) == term.field()))
        else {
            return self.searcher.doc_freq(term);
        };
        let Some(text) = term.value().as_str().map(str::to_owned) else {
            return self.searcher.doc_freq(term);
        };
        let mut most = 0;
        for fields in &fields {
            most = most.max(
                self.searcher
                    .doc_freq(&Term::from_field_text(view(fields), &text))?,
            );
        }
        Ok(most)
    }
}
