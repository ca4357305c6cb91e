//! Which segments are merged.
//!
//! In: the segments of an index. Out: those that are written again as one: several of a like size, and those with many deleted passages. A
//! large one is left as it is, so that a merge takes no more memory however much the index has grown.

use std::fs;
use std::path::PathBuf;

use tantivy::SegmentMeta;
use tantivy::index::SegmentComponent;
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// Segments of a like size that are merged into one: so many small updates add to a search before they are tidied up. With six a build took 20 s for
/// 25, and left seven segments for one, in which a search took half as long again.
const MERGED_SEGMENTS: usize = 4;
/// A segment with a larger share of deleted passages is written again without them.
const MAX_DELETED: f32 = 0.15;
/// A segment whose stored passages take more is not merged with others: the engine looks at them as a whole, as long as none was deleted.
const MAX_STORED_BYTES: u64 = 32 << 20;

/// Merges what is small.
#[derive(Debug)]
pub(super) struct Merging {
    by_size: LogMergePolicy,
    /// Where the segments lie; none in memory.
    folder: Option<PathBuf>,
}

impl Merging {
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        let mut by_size = LogMergePolicy::default();
        by_size.set_min_num_segments(MERGED_SEGMENTS);
        by_size.set_del_docs_ratio_before_merge(MAX_DELETED);
        Merging { by_size, folder }
    }

    fn is_small(&self, segment: &SegmentMeta) -> bool {
        let Some(folder) = &self.folder else {
            return true;
        };
        let stored = segment.relative_path(SegmentComponent::Store);
        let stored = fs::metadata(folder.join(stored));
        stored.is_ok_and(|stored| stored.len() <= MAX_STORED_BYTES)
    }
}

impl MergePolicy for Merging {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let merged = segments.iter();
        let merged = merged.filter(|segment| segment.has_deletes() || self.is_small(segment));
        let merged: Vec<SegmentMeta> = merged.cloned().collect();
        self.by_size.compute_merge_candidates(&merged)
    }
}
