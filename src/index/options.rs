//! How much a writer may use.
//!
//! In: what the user allows the process. Out: what the engine may use of it.

use tantivy::indexer::IndexWriterOptions;

/// The engine refuses less than this, and more than that.
const MIN_THREAD_MEMORY_BYTES: usize = 16_000_000;
const MAX_THREAD_MEMORY_BYTES: usize = 4_000_000_000;
/// What is needed beside the engine's postings: program, dictionary and tables; a part of a text with all that is known of it; what waits; what is
/// mapped of segments while they are merged.
const BESIDE_POSTINGS_BYTES: usize = 190_000_000;
/// More threads do not help it.
const MAX_THREADS: usize = 8;

/// How much a writer may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriterOptions {
    /// What a process that writes may take of memory, in bytes, mapped files included. Beside it there is only what must be held of the
    /// sources (`docs/growth.md`). With less than 200 MB it does as well as it can.
    pub memory_bytes: usize,
    /// Threads that analyse and index.
    pub threads: usize,
    /// Whether countries, years and topics are looked for in the texts; without, only what is declared counts.
    pub find_facets: bool,
}

impl Default for WriterOptions {
    fn default() -> Self {
        let threads =
            std::thread::available_parallelism().map_or(1, |threads| threads.get().min(4));
        WriterOptions {
            memory_bytes: 256_000_000,
            threads,
            find_facets: true,
        }
    }
}

impl WriterOptions {
    /// Threads as far as there is memory for them. The engine counts its postings; what it needs to write them to disk comes on top, half
    /// as much again. Merges come one at a time.
    pub(super) fn for_engine(&self) -> IndexWriterOptions {
        let postings_bytes = self.memory_bytes.saturating_sub(BESIDE_POSTINGS_BYTES) / 3 * 2;
        let most = (postings_bytes / MIN_THREAD_MEMORY_BYTES).clamp(1, MAX_THREADS);
        let threads = self.threads.clamp(1, most);
        let thread_bytes = postings_bytes / threads;
        IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread(
                thread_bytes.clamp(MIN_THREAD_MEMORY_BYTES, MAX_THREAD_MEMORY_BYTES),
            )
            .num_merge_threads(1)
            .build()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;
    use crate::index::Index;

    #[test]
    fn the_engine_takes_whatever_is_allowed() {
        for (memory_bytes, threads) in [(0, 0), (0, 99), (256_000_000, 4), (16_384_000_000, 1)] {
            let options = WriterOptions {
                memory_bytes,
                threads,
                ..WriterOptions::default()
            };
            let index = Index::in_memory(Analyzer::grams_only());
            assert!(index.writer(&options).is_ok(), "{options:?}");
        }
    }
}
