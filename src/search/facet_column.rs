//! The values of one facet of all passages, side by side in memory.
//!
//! In: a field of the engine. Out: the values there are, by codes that count from 0, and which of them each passage has. The engine's
//! own columns are packed for the disk: unpacking them passage by passage took a fourth of a search with counts. Here the postings of
//! all values are turned around when a searcher first needs them.

use std::collections::{BTreeSet, HashMap};
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::columnar::MonotonicallyMappableToU64;
use tantivy::error::DataCorruption;
use tantivy::schema::{Facet as EngineFacet, Field, IndexRecordOption};
use tantivy::{DocId, Searcher, SegmentOrdinal, SegmentReader, TantivyError};

use super::label;
use crate::facet::Taxonomy;
use crate::hit::FacetValue;
use crate::query::Facet;

/// What one facet may be; a passage passes if it has any of the values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Filter {
    /// Countries, topics, languages.
    pub(super) names: Vec<String>,
    pub(super) years: Vec<RangeInclusive<i32>>,
}

impl Filter {
    fn allows(&self, value: &FacetValue) -> bool {
        match value {
            FacetValue::Year(year) => self.years.iter().any(|range| range.contains(year)),
            FacetValue::Name(name) => self.names.contains(name),
        }
    }
}

/// The values of one facet.
#[derive(Debug)]
pub(super) struct FacetColumn {
    facet: Facet,
    /// By their codes, in order.
    values: Vec<FacetValue>,
    segments: Vec<Rows>,
    /// The labels of the values in the locale that was last asked for.
    labels: Mutex<Option<(String, Arc<[String]>)>>,
}

/// The codes of the passages of a segment.
#[derive(Debug)]
struct Rows {
    /// Where the codes of each passage begin, and where the last of them end.
    starts: Vec<u32>,
    codes: Vec<u32>,
}

impl Rows {
    fn of(&self, doc: usize) -> &[u32] {
        &self.codes[self.starts[doc] as usize..self.starts[doc + 1] as usize]
    }
}

impl FacetColumn {
    /// Reads the values of a facet from the postings of its field.
    pub(super) fn read(searcher: &Searcher, facet: Facet, field: Field) -> tantivy::Result<Self> {
        let mut segments = Vec::new();
        for segment in searcher.segment_readers() {
            segments.push(Postings::read(segment, field)?);
        }
        let names = segments.iter().flat_map(|postings| &postings.names);
        let names: BTreeSet<&[u8]> = names.map(Vec::as_slice).collect();
        let codes: HashMap<&[u8], u32> = names.iter().copied().zip(0..).collect();
        let values = names.iter().map(|name| match facet {
            Facet::Year => year(name),
            _ => path(name),
        });
        Ok(FacetColumn {
            facet,
            values: values.collect::<tantivy::Result<_>>()?,
            segments: (segments.iter().map(|postings| postings.rows(&codes))).collect(),
            labels: Mutex::default(),
        })
    }

    pub(super) fn facet(&self) -> Facet {
        self.facet
    }

    /// The values of the facet, by their codes.
    pub(super) fn values(&self) -> &[FacetValue] {
        &self.values
    }

    /// Number of passages of each segment.
    pub(super) fn passages(&self) -> impl Iterator<Item = usize> {
        self.segments.iter().map(|rows| rows.starts.len() - 1)
    }

    /// The codes of what a passage has.
    pub(super) fn codes(&self, segment: SegmentOrdinal, doc: DocId) -> &[u32] {
        self.segments[segment as usize].of(doc as usize)
    }

    /// The values as a person reads them.
    pub(super) fn labels(&self, locale: &str, taxonomy: &Taxonomy) -> Arc<[String]> {
        let mut known = self.labels.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, labels)) = known.as_ref()
            && known == locale
        {
            return labels.clone();
        }
        let labels = self.values.iter();
        let labels = labels.map(|value| label::label_of(self.facet, value, locale, taxonomy));
        let labels: Arc<[String]> = labels.collect();
        *known = Some((locale.to_owned(), labels.clone()));
        labels
    }
}

/// A facet in a search: its values, and which of them it may be.
#[derive(Debug, Clone)]
pub(super) struct NarrowedFacet {
    pub(super) column: Arc<FacetColumn>,
    /// For each code whether a passage passes by it; none where all pass.
    allowed: Option<Arc<[bool]>>,
}

impl NarrowedFacet {
    pub(super) fn new(column: Arc<FacetColumn>, filter: Option<&Filter>) -> Self {
        let allowed = filter.map(|filter| {
            let values = column.values.iter();
            values.map(|value| filter.allows(value)).collect()
        });
        NarrowedFacet { column, allowed }
    }

    pub(super) fn is_narrowed(&self) -> bool {
        self.allowed.is_some()
    }

    pub(super) fn passes(&self, segment: SegmentOrdinal, doc: DocId) -> bool {
        let Some(allowed) = &self.allowed else {
            return true;
        };
        let mut codes = self.column.codes(segment, doc).iter();
        codes.any(|&code| allowed[code as usize])
    }

    /// Codes of all values that a passage has.
    pub(super) fn codes(&self, segment: SegmentOrdinal, doc: DocId) -> &[u32] {
        self.column.codes(segment, doc)
    }

    /// Codes of a passage's values that the filter allows.
    pub(super) fn allowed_codes(
        &self,
        segment: SegmentOrdinal,
        doc: DocId,
    ) -> impl Iterator<Item = u32> {
        let allowed = self.allowed.as_deref();
        let codes = self.column.codes(segment, doc).iter().copied();
        codes.filter(move |&code| allowed.is_none_or(|allowed| allowed[code as usize]))
    }
}

fn year(name: &[u8]) -> tantivy::Result<FacetValue> {
    let bytes: [u8; 8] = name.try_into().map_err(|_| altered())?;
    let year = i64::from_u64(u64::from_be_bytes(bytes));
    year.try_into().map(FacetValue::Year).map_err(|_| altered())
}

fn path(name: &[u8]) -> tantivy::Result<FacetValue> {
    let facet = EngineFacet::from_encoded(name.to_vec()).map_err(|_| altered())?;
    Ok(FacetValue::Name(facet.to_path().join("/")))
}

fn altered() -> TantivyError {
    TantivyError::DataCorruption(DataCorruption::comment_only("a facet has no such value"))
}

/// The passages of each value in a segment.
struct Postings {
    passages: usize,
    names: Vec<Vec<u8>>,
    /// The passages of the first name, those of the second, and so on; `ends` are the places where they end.
    docs: Vec<DocId>,
    ends: Vec<usize>,
}

impl Postings {
    fn read(segment: &SegmentReader, field: Field) -> tantivy::Result<Self> {
        let mut postings = Postings {
            passages: segment.max_doc() as usize,
            names: Vec::new(),
            docs: Vec::new(),
            ends: Vec::new(),
        };
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().stream()?;
        while let Some((name, term)) = terms.next() {
            // What every facet lies below.
            if name.is_empty() {
                continue;
            }
            let option = IndexRecordOption::Basic;
            let mut blocks = index.read_block_postings_from_terminfo(term, option)?;
            while !blocks.docs().is_empty() {
                postings.docs.extend_from_slice(blocks.docs());
                blocks.advance();
            }
            postings.names.push(name.to_vec());
            postings.ends.push(postings.docs.len());
        }
        Ok(postings)
    }

    /// The same by passages.
    fn rows(&self, codes: &HashMap<&[u8], u32>) -> Rows {
        let mut starts = vec![0; self.passages + 1];
        for &doc in &self.docs {
            starts[doc as usize] += 1;
        }
        let mut end = 0;
        for start in &mut starts {
            end += *start;
            *start = end;
        }
        // Filled from the back, each start moves from the end of its passage to its beginning.
        let mut rows = Rows {
            codes: vec![0; self.docs.len()],
            starts,
        };
        let mut end = self.docs.len();
        for (at, name) in self.names.iter().enumerate().rev() {
            let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
            let code = codes[name.as_slice()];
            for &doc in &self.docs[start..end] {
                let place = &mut rows.starts[doc as usize];
                *place -= 1;
                rows.codes[*place as usize] = code;
            }
            end = start;
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_turned_around() {
        let postings = Postings {
            passages: 5,
            names: vec![b"JP".to_vec(), b"VN".to_vec()],
            docs: vec![1, 3, 0, 3],
            ends: vec![2, 4],
        };
        let codes = HashMap::from([(&b"JP"[..], 7), (&b"VN"[..], 9)]);
        let rows = postings.rows(&codes);
        assert_eq!(rows.starts, [0, 1, 2, 2, 4, 4]);
        assert_eq!(rows.codes, [9, 7, 7, 9]);
    }
}
