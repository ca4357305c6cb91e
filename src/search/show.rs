//! A document or passage by its id.

use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

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
        let passages = self.located(id)?;
        Ok(Shown {
            document: passages[0].1.document.clone(),
            metadata: passages[0].1.other.clone(),
            passages: passages
                .into_iter()
                .map(|(_, stored)| ShownPassage {
                    passage: stored.passage,
                    facets: stored.facets,
                })
                .collect(),
        })
    }

    /// The passages of a document, or one of them, in order; at least one.
    pub(super) fn located(&self, id: &str) -> Result<Vec<(DocAddress, StoredPassage)>> {
        let mut passages = self.passages_of(id)?;
        if passages.is_empty()
            && let Some((document, ordinal)) = id.rsplit_once('#')
            && let Ok(ordinal) = ordinal.parse::<usize>()
        {
            passages = self.passages_of(document)?;
            passages.retain(|(_, stored)| stored.passage.ordinal == ordinal);
        }
        passages.sort_by_key(|(_, stored)| stored.passage.ordinal);
        if passages.is_empty() {
            return Err(Error::new(
                ErrorKind::NotFound,
                format!("the index has no document or passage `{id}`"),
            )
            .with_hint("ids stand in the answers of: fumikura search --json"));
        }
        Ok(passages)
    }

    fn passages_of(&self, document: &str) -> Result<Vec<(DocAddress, StoredPassage)>> {
        let term = Term::from_field_text(self.index.schema().document, document);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let found = self
            .engine
            .search(&query, &DocSetCollector)
            .map_err(|cause| self.index.damaged(cause))?;
        found
            .into_iter()
            .map(|address| Ok((address, self.stored(address)?)))
            .collect()
    }
}
