//! Closeness: words of the query that stand near each other, in their order, say more than the same words far apart.
//!
//! In: candidates and the words of the query as one shelf has them. Out: higher scores. For each pair of words that were typed side by side without a space, the score
//! grows by `WEIGHT · min(idf) / (1 + gap)`, where `gap` is the number of words between the two in the passage, plus one if their
//! order is reversed; gaps above [`MAX_GAP`] add nothing. Positions are read for the candidates only.

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Searcher, Term};

use super::collect::Candidate;
use crate::query::plan::Seen;
use crate::schema::{Schema, term};

/// Share of a pair's rarity that two words side by side add. Measured, see `docs/ranking.md`.
const WEIGHT: f32 = 0.4;
/// Pairs further apart add nothing.
const MAX_GAP: u32 = 8;
/// Words of the query that are looked at: more make a text, not a question.
const MAX_WORDS: usize = 24;

/// Raises the scores of candidates in which words of the query stand together.
pub(super) fn add(
    searcher: &Searcher,
    schema: &Schema,
    seen: &Seen,
    candidates: &mut [Candidate],
) -> tantivy::Result<()> {
    let words = &seen.words[..seen.words.len().min(MAX_WORDS)];
    if words.len() < 2 || candidates.is_empty() {
        return Ok(());
    }
    let terms: Vec<Term> = words
        .iter()
        .map(|word| term(schema.text.words, &seen.shelf.language, &word.term))
        .collect();
    let idf = terms
        .iter()
        .map(|term| idf(searcher, term, seen.shelf.passages))
        .collect::<tantivy::Result<Vec<f32>>>()?;
    candidates.sort_unstable_by_key(|candidate| candidate.address);
    let positions = positions(searcher, schema, &terms, candidates)?;
    for (candidate, positions) in candidates.iter_mut().zip(&positions) {
        for at in 1..words.len() {
            if words[at - 1].unit != words[at].unit {
                continue;
            }
            let gap = smallest_gap(&positions[at - 1], &positions[at]);
            if let Some(gap) = gap.filter(|gap| *gap <= MAX_GAP) {
                candidate.score +=
                    seen.shelf.balance * WEIGHT * idf[at - 1].min(idf[at]) / (1 + gap) as f32;
            }
        }
    }
    Ok(())
}

/// How rare a term is: BM25's inverse document frequency (Robertson and Zaragoza 2009), as the engine computes it.
pub(super) fn idf(searcher: &Searcher, term: &Term, passages: u64) -> tantivy::Result<f32> {
    let passages = passages as f32;
    let found = (searcher.doc_freq(term)? as f32).min(passages);
    Ok((1.0 + (passages - found + 0.5) / (found + 0.5)).ln())
}

/// Where each term stands in each candidate, which come in the order of their addresses.
fn positions(
    searcher: &Searcher,
    schema: &Schema,
    terms: &[Term],
    candidates: &[Candidate],
) -> tantivy::Result<Vec<Vec<Vec<u32>>>> {
    let mut all = vec![vec![Vec::new(); terms.len()]; candidates.len()];
    let segments = candidates.chunk_by(|a, b| a.address.segment_ord == b.address.segment_ord);
    let mut first = 0;
    for segment in segments {
        let reader = searcher.segment_reader(segment[0].address.segment_ord);
        let index = reader.inverted_index(schema.text.words)?;
        for (word, term) in terms.iter().enumerate() {
            let Some(mut postings) =
                index.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?
            else {
                continue;
            };
            for (at, candidate) in segment.iter().enumerate() {
                let doc = candidate.address.doc_id;
                if postings.doc() < doc && postings.seek(doc) == tantivy::TERMINATED {
                    break;
                }
                if postings.doc() == doc {
                    postings.positions(&mut all[first + at][word]);
                }
            }
        }
        first += segment.len();
    }
    Ok(all)
}

/// The smallest number of words between a place of `first` and a place of `second`; one more when they are reversed.
fn smallest_gap(first: &[u32], second: &[u32]) -> Option<u32> {
    let gaps = first.iter().flat_map(|a| {
        // Only the neighbours of `a` among the places of `second` can be nearest.
        let after = second.partition_point(|b| b <= a);
        let forward = second.get(after).map(|b| b - a - 1);
        let backward = after.checked_sub(1).map(|before| a - second[before]);
        [forward, backward].into_iter().flatten()
    });
    gaps.min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps() {
        assert_eq!(smallest_gap(&[0, 10], &[3, 11]), Some(0));
        assert_eq!(smallest_gap(&[4], &[3]), Some(1));
        assert_eq!(smallest_gap(&[4], &[7]), Some(2));
        assert_eq!(smallest_gap(&[], &[7]), None);
    }
}
