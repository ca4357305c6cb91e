//! What of a query stands where in the passages of a page.
//!
//! In: passages, what can be seen of the query. Out: ranges of their texts. It cuts no snippets.

use std::ops::Range;
use std::panic::resume_unwind;
use std::thread;

use super::Searcher;
use crate::index::StoredPassage;
use crate::query::plan::Evidence;
use crate::snippet::highlights;

impl Searcher {
    /// The places in each passage, in bytes of its text. To find them, each is analysed again, which takes longer than anything else in a
    /// search: another thread does half of them.
    pub(super) fn marks(
        &self,
        passages: &[StoredPassage],
        evidence: &Evidence,
    ) -> Vec<Vec<Range<usize>>> {
        let mark = |stored: &StoredPassage| {
            let language = stored.passage.language.as_str();
            let seen = evidence.in_language(language);
            let language = Some(language).filter(|language| !language.is_empty());
            let text = &stored.passage.text;
            let marks = |seen| highlights(text, language, self.index.analyzer(), seen);
            seen.map_or_else(Vec::new, marks)
        };
        let (first, second) = passages.split_at(passages.len().div_ceil(2));
        if second.is_empty() {
            return first.iter().map(mark).collect();
        }
        thread::scope(|scope| {
            let others = scope.spawn(|| second.iter().map(mark).collect::<Vec<_>>());
            let mut marks: Vec<_> = first.iter().map(mark).collect();
            marks.extend(others.join().unwrap_or_else(|panic| resume_unwind(panic)));
            marks
        })
    }
}
