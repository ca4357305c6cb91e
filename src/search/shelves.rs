//! The shelves of an index, counted.
//!
//! In: a searcher. Out: for each language its passages and the lengths of their fields. Lengths are counted as they are scored, in
//! the engine's steps, passage by passage: so they do not depend on what else is in the index. Deleted passages count until the engine
//! lets go of them, as in all its statistics.
//!
//! Scores of two shelves are not alike: what is rare among few passages is not rare among many, and English words are rare among
//! Japanese texts. They are compared by the share of a query that a passage has: the scores of a shelf are divided by what the words of the query
//! weigh there, those it lacks included ([`balance`]). That keeps the order within each shelf.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, Term};

use super::collect::Candidate;
use crate::query::plan::{Evidence, Shelf, Statistics};
use crate::schema::{AFTER_LANGUAGE, Schema, behind, term};

/// The terms of a shelf with so few passages are kept in memory,
const MAX_STRAY: u64 = 32;
/// if the index has so many times as many.
const STRAY_SHARE: u64 = 1_000;

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
                terms: None,
            });
            shelf.passages += u64::from(term.doc_freq);
            let option = IndexRecordOption::Basic;
            let mut passages = index.read_block_postings_from_terminfo(term, option)?;
            let mut counts = vec![[0; 256]; fields.len()];
            while !passages.docs().is_empty() {
                for (lengths, counts) in lengths.iter().zip(&mut counts) {
                    for &doc in passages.docs() {
                        counts[usize::from(lengths.fieldnorm_id(doc))] += 1;
                    }
                }
                passages.advance();
            }
            for ((_, tokens), counts) in shelf.tokens.iter_mut().zip(counts) {
                let counts = (0..=u8::MAX).zip(counts);
                let steps = counts.map(|(step, count): (u8, u64)| {
                    count * u64::from(FieldNormReader::id_to_fieldnorm(step))
                });
                *tokens += steps.sum::<u64>();
            }
        }
    }
    let passages: u64 = shelves.values().map(|shelf| shelf.passages).sum();
    for shelf in shelves.values_mut() {
        if shelf.passages <= MAX_STRAY && shelf.passages * STRAY_SHARE <= passages {
            shelf.terms = Some(terms(searcher, schema, &shelf.language)?);
        }
    }
    Ok(shelves.into_values().map(Arc::new).collect())
}

/// All terms of a language, the language included.
fn terms(
    searcher: &Searcher,
    schema: &Schema,
    language: &str,
) -> tantivy::Result<HashSet<Box<[u8]>>> {
    let first = format!("{language}{AFTER_LANGUAGE}");
    let end = behind(&first);
    let fields = schema.text_fields().into_iter();
    let fields: Vec<Field> = fields
        .flat_map(|fields| [fields.words, fields.grams, fields.readings])
        .collect();
    let mut all = HashSet::new();
    for segment in searcher.segment_readers() {
        for &field in &fields {
            let index = segment.inverted_index(field)?;
            let own = index.terms().range().ge(&first).lt(&end);
            let mut own = own.into_stream()?;
            while own.advance() {
                all.insert(own.key().into());
            }
        }
    }
    Ok(all)
}

/// Those of some passages that lie on a shelf; they come in the order of their addresses, and stay so.
pub(super) fn on(
    searcher: &Searcher,
    schema: &Schema,
    shelf: &Shelf,
    candidates: &[Candidate],
) -> tantivy::Result<Vec<Candidate>> {
    let term = Term::from_field_text(schema.shelf, &shelf.language);
    let mut found = Vec::new();
    for segment in candidates.chunk_by(|a, b| a.address.segment_ord == b.address.segment_ord) {
        let reader = searcher.segment_reader(segment[0].address.segment_ord);
        let index = reader.inverted_index(schema.shelf)?;
        let Some(mut passages) = index.read_postings(&term, IndexRecordOption::Basic)? else {
            continue;
        };
        for candidate in segment {
            let wanted = candidate.address.doc_id;
            if passages.doc() < wanted {
                passages.seek(wanted);
            }
            if passages.doc() == wanted {
                found.push(*candidate);
            }
        }
    }
    Ok(found)
}

/// Balances the scores of the shelves for a query.
pub(super) fn balance(
    statistics: &Statistics<'_>,
    schema: &Schema,
    evidence: &Evidence,
) -> tantivy::Result<()> {
    let mut weights = Vec::with_capacity(evidence.shelves.len());
    for seen in &evidence.shelves {
        let shelf = &seen.shelf;
        let rarity = |field, text: &str| -> tantivy::Result<f32> {
            Ok(shelf.idf(statistics.in_field(&term(field, &shelf.language, text))?))
        };
        let mut weight = 0.0;
        for text in seen.terms.iter().take(MAX_TERMS) {
            // A word and a gram of the same letters are as rare as each other.
            let gram = rarity(schema.text.grams, text)?;
            weight += gram.min(rarity(schema.text.words, text)?);
        }
        weights.push(weight);
    }
    let least = weights.iter().copied().filter(|weight| *weight > 0.0);
    let least = least.fold(f32::INFINITY, f32::min);
    for (seen, weight) in evidence.shelves.iter().zip(weights) {
        seen.balance
            .set(if weight > 0.0 { least / weight } else { 1.0 });
    }
    Ok(())
}

/// Terms of a query that are weighed: more make a text, not a question.
const MAX_TERMS: usize = 200;
