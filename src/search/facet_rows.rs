//! The values of all facets of a passage in one row: where no facet is narrowed, a passage is counted in one walk.
//!
//! In: columns. Out: counts. Half of what counting took was waiting: for rows of any length, whose ends no processor foresees, and for a
//! count to be written before it is read again. So the rows are equally long, and their empty places count something, too, each its own.

use std::sync::Arc;

use tantivy::{DocId, SegmentOrdinal};

use super::facet_column::FacetColumn;

/// Values in a row: few passages have more.
const WIDTH: usize = 12;
type Row = [u16; WIDTH];

/// The values of the passages of an index.
#[derive(Debug)]
pub(super) struct FacetRows {
    /// The first code of each facet, and behind the last of them the number of codes. Then come those of the empty places.
    bases: Vec<u16>,
    segments: Vec<Rows>,
}

/// The values of the passages of a segment.
#[derive(Debug, Default)]
struct Rows {
    rows: Vec<Row>,
    /// Values that have no place in a row, and for each passage where its own end.
    more: Vec<u16>,
    ends: Vec<u32>,
}

impl FacetRows {
    /// The rows of some columns; none when they have more values than a row has codes for.
    pub(super) fn new(columns: &[Arc<FacetColumn>]) -> Option<Self> {
        let mut bases = vec![0_u16];
        for column in columns {
            let values = u16::try_from(column.values().len()).ok()?;
            bases.push(bases[bases.len() - 1].checked_add(values)?);
        }
        let values = bases[bases.len() - 1];
        values.checked_add(WIDTH as u16)?;
        let empty = empty(values);
        let passages = columns.first().map(|column| column.passages());
        let mut segments = Vec::new();
        for (segment, passages) in passages.into_iter().flatten().enumerate() {
            let mut rows = Rows::default();
            rows.rows.reserve_exact(passages);
            rows.ends.reserve_exact(passages);
            for doc in 0..passages as DocId {
                let codes = columns.iter().zip(&bases).flat_map(|(column, base)| {
                    let codes = column.codes(segment as SegmentOrdinal, doc).iter();
                    codes.map(move |code| base + *code as u16)
                });
                rows.push(codes, empty);
            }
            segments.push(rows);
        }
        Some(FacetRows { bases, segments })
    }

    fn values(&self) -> usize {
        self.bases.last().map_or(0, |end| usize::from(*end))
    }

    /// No counts yet.
    pub(super) fn zeros(&self) -> Vec<u32> {
        vec![0; self.values() + WIDTH]
    }

    /// Counts a passage.
    pub(super) fn count(&self, segment: SegmentOrdinal, doc: DocId, counts: &mut [u32]) {
        let rows = &self.segments[segment as usize];
        let row = rows.rows[doc as usize];
        for code in row {
            counts[usize::from(code)] += 1;
        }
        if usize::from(row[WIDTH - 1]) < self.values() {
            for code in rows.more(doc as usize) {
                counts[usize::from(*code)] += 1;
            }
        }
    }

    /// The counts of each facet, by its own codes.
    pub(super) fn split(&self, counts: &[u32]) -> impl Iterator<Item = Vec<usize>> {
        let facets = self.bases.windows(2);
        facets.map(|ends| {
            let own = counts[usize::from(ends[0])..usize::from(ends[1])].iter();
            own.map(|count| *count as usize).collect()
        })
    }
}

impl Rows {
    /// Adds the next passage.
    fn push(&mut self, mut codes: impl Iterator<Item = u16>, empty: Row) {
        let mut row = empty;
        for (place, code) in row.iter_mut().zip(&mut codes) {
            *place = code;
        }
        self.rows.push(row);
        self.more.extend(codes);
        self.ends.push(self.more.len() as u32);
    }

    /// The values of a passage that have no place in its row.
    fn more(&self, doc: usize) -> &[u16] {
        let start = doc.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.more[start as usize..self.ends[doc] as usize]
    }
}

/// A row without values.
fn empty(values: u16) -> Row {
    std::array::from_fn(|place| values + place as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_rows_full_ones_and_longer_ones() {
        let passages = [0..0, 1..7, 3..20, 4..16, 4..17];
        let mut rows = Rows::default();
        for values in passages.clone() {
            rows.push(values, empty(20));
        }
        let facets = FacetRows {
            bases: vec![0, 5, 20],
            segments: vec![rows],
        };
        let mut counts = facets.zeros();
        (0..5).for_each(|doc| facets.count(0, doc, &mut counts));
        let having = |code| passages.iter().filter(|own| own.contains(&code)).count();
        let counted: Vec<Vec<usize>> = facets.split(&counts).collect();
        assert_eq!(
            counted,
            [
                (0..5).map(having).collect(),
                (5..20).map(having).collect::<Vec<_>>()
            ]
        );
    }
}
