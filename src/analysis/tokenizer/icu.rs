//! Words of scripts without spaces, by the dictionaries of [ICU4X](https://docs.rs/icu_segmenter); the only file that knows it.
//!
//! In: a run of Han characters, or of Thai, Lao, Khmer or Burmese. Out: where its words are.

use std::ops::Range;

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

/// Longer runs are cut here (in characters), to bound the memory that one needs.
const MAX_RUN_CHARS: usize = 2_000;

/// Which words: the minor version of the dictionaries, as pinned in `Cargo.toml`.
pub(crate) const VERSION: Option<&str> = Some("icu-2.4");

/// The words of a run, side by side.
pub(crate) fn words(run: &str) -> impl Iterator<Item = Range<usize>> {
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let mut start = 0;
    let pieces = std::iter::from_fn(move || {
        let rest = run.get(start..).filter(|rest| !rest.is_empty())?;
        let end = rest
            .char_indices()
            .nth(MAX_RUN_CHARS)
            .map_or(run.len(), |(end, _)| start + end);
        let piece = start..end;
        start = end;
        Some(piece)
    });
    pieces.flat_map(move |piece| {
        let ends = segmenter.segment_str(&run[piece.clone()]).skip(1);
        ends.scan(piece.start, move |start, end| {
            let word = *start..piece.start + end;
            *start = word.end;
            Some(word)
        })
    })
}
