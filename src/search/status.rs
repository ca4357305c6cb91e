//! What an index holds.

use std::time::{Duration, UNIX_EPOCH};

use super::{SearchOptions, Searcher};
use crate::error::Result;
use crate::hit::Status;
use crate::index::ORDINAL_BITS;
use crate::query::Query;
use crate::schema::FORMAT_VERSION;

impl Searcher {
    /// Sums up what the index holds.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Damaged`](crate::ErrorKind::Damaged) when the index's files cannot be read.
    pub fn status(&self) -> Result<Status> {
        let hits = self.search(&Query::All, &SearchOptions::top(0))?;
        let note = &self.snapshot.note;
        let (bytes, committed) = self.index.files();
        let fingerprint = self.index.analyzer().fingerprint();
        Ok(Status {
            documents: self.index.guarded(|| self.count_documents())?,
            passages: hits.total,
            languages: hits.facets.language,
            sources: note.count,
            unfinished: note.unfinished,
            roots: self.index.root_paths(),
            bytes,
            segments: self.engine.segment_readers().len(),
            format: FORMAT_VERSION,
            fingerprint: fingerprint.to_string(),
            dictionary: fingerprint.dictionary.clone(),
            committed: committed.map(utc),
        })
    }

    /// Every document has exactly one first passage.
    fn count_documents(&self) -> Result<usize> {
        let mut documents = 0;
        for segment in self.engine.segment_readers() {
            let order = segment
                .fast_fields()
                .u64("order")
                .map_err(|cause| self.index.damaged(cause))?;
            let is_first = |doc| {
                order
                    .first(doc)
                    .is_some_and(|order| order & ((1 << ORDINAL_BITS) - 1) == 0)
            };
            documents += segment.doc_ids_alive().filter(|&doc| is_first(doc)).count();
        }
        Ok(documents)
    }
}

/// A time as `2024-05-01 12:00:00 UTC`, by the civil calendar (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
pub(crate) fn utc(since_epoch: Duration) -> String {
    debug_assert!(UNIX_EPOCH.checked_add(since_epoch).is_some());
    let seconds = since_epoch.as_secs();
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_index + 2) / 5 + 1;
    let month = if month_index < 10 {
        month_index + 3
    } else {
        month_index - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!(
        "{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02} UTC",
        rest / 3600,
        rest / 60 % 60,
        rest % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        assert_eq!(utc(Duration::from_secs(0)), "1970-01-01 00:00:00 UTC");
        assert_eq!(
            utc(Duration::from_secs(951_782_400)),
            "2000-02-29 00:00:00 UTC"
        );
        assert_eq!(
            utc(Duration::from_secs(1_732_320_061)),
            "2024-11-23 00:01:01 UTC"
        );
    }
}
