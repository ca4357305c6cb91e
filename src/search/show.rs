//! A document or passage by its id.

use tantivy::Term;
use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;

use super::Searcher;
use crate::error::{Error, ErrorKind, Result};
use crate::hit::{Shown, ShownPassage};
use crate::index::StoredPassage;

impl Searcher {
    /// Gives a document by its id, or one of its passages by `DOCUMENT#ORDINAL`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] when the index has neither.
    pub fn show(&self, id: &str) -> Result<Shown> {
        self.index.guarded(|| self.shown(id))
    }

    fn shown(&self, id: &str) -> Result<Shown> {
        let mut passages = self.passages_of(id)?;
        if passages.is_empty()
            && let Some((document, ordinal)) = id.rsplit_once('#')
            && let Ok(ordinal) = ordinal.parse::<usize>()
        {
            passages = self.passages_of(document)?;
            passages.retain(|stored| stored.passage.ordinal == ordinal);
        }
        passages.sort_by_key(|stored| stored.passage.ordinal);
        let Some(first) = passages.first() else {
            return Err(Error::new(
                ErrorKind::NotFound,
                format!("the index has no document or passage `{id}`"),
            )
            .with_hint("ids stand in the answers of: fumikura search --json"));
        };
        Ok(Shown {
            document: first.document.clone(),
            metadata: first.other.clone(),
            passages: passages
                .into_iter()
                .map(|stored| ShownPassage {
                    passage: stored.passage,
                    facets: stored.facets,
                })
                .collect(),
        })
    }

    fn passages_of(&self, document: &str) -> Result<Vec<StoredPassage>> {
        let indexed = self.snapshot.moved.indexed_id(document);
        let indexed = indexed.as_deref().unwrap_or(document);
        let term = Term::from_field_text(self.index.schema().document, indexed);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let found = self
            .engine
            .search(&query, &DocSetCollector)
            .map_err(|cause| self.index.damaged(cause))?;
        let mut passages = Vec::with_capacity(found.len());
        for address in found {
            let stored = self.stored(address)?;
            // A renamed document is not found by its old name.
            if stored.document.id == document {
                passages.push(stored);
            }
        }
        Ok(passages)
    }
}
