//! Japanese words by dictionary; the only file that segments with lindera.
//!
//! In: text that went through the char filters. Out: morphemes, compounds cut into their parts (関西国際空港 → 関西 国際 空港), and what the
//! caller made of the dictionary's entry for each. It does not fold or filter, and it knows no other language: Latin words inside Japanese
//! text come out as they stand.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use ::lindera::mode::{Mode, Penalty};
use ::lindera::segmenter::Segmenter;
use ::lindera::worker::SegmentWorker;

use crate::analysis::dictionary::Dictionary;

/// Fields of an IPADIC entry after its four numbers.
const BASE_FORM: usize = 6;
const PART_OF_SPEECH_LEVELS: usize = 4;

/// Cuts Japanese text. Shared between threads; each call borrows a worker. `W` is what the caller makes of an entry.
pub(crate) struct LinderaTokenizer<W> {
    segmenter: Segmenter,
    idle: Mutex<Vec<Worker<W>>>,
}

/// Buffers of one running segmentation, and what is known of words seen before: reading a word's entry costs more
/// than finding the word.
struct Worker<W> {
    segmenter: SegmentWorker,
    words: HashMap<(u32, bool), W>,
}

/// What the dictionary says of a word.
#[derive(Debug)]
pub(crate) struct Entry<'d> {
    pub(crate) surface: &'d str,
    /// Level by level.
    pub(crate) part_of_speech: &'d [&'d str],
    /// The word without inflection.
    pub(crate) base_form: &'d str,
    /// It is in no dictionary: a stretch of letters, taken for a word. All such stretches of a script have one entry.
    pub(crate) is_unknown: bool,
}

/// A part of the text, and the key of its word.
#[derive(Debug)]
pub(crate) struct Morpheme {
    pub(crate) range: Range<usize>,
    key: (u32, bool),
}

/// Words by the morphemes that stand for them.
#[derive(Debug)]
pub(crate) struct Words<'w, W>(&'w HashMap<(u32, bool), W>);

impl<W> Words<'_, W> {
    pub(crate) fn of(&self, morpheme: &Morpheme) -> Option<&W> {
        self.0.get(&morpheme.key)
    }
}

impl<W> std::fmt::Debug for LinderaTokenizer<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LinderaTokenizer").finish_non_exhaustive()
    }
}

impl<W> LinderaTokenizer<W> {
    pub(crate) fn new(dictionary: Dictionary) -> Self {
        LinderaTokenizer {
            segmenter: Segmenter::new(
                Mode::Decompose(Penalty::default()),
                dictionary.into_inner(),
                None,
            ),
            idle: Mutex::default(),
        }
    }

    /// Cuts a text and hands its morphemes on; none if the segmenter gives up. `word` is asked once for each entry.
    pub(crate) fn cut<R>(
        &self,
        text: &str,
        word: impl FnMut(&Entry<'_>) -> W,
        then: impl FnOnce(&[Morpheme], &Words<'_, W>) -> R,
    ) -> R {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let mut worker = idle().pop().unwrap_or_else(|| Worker {
            segmenter: self.segmenter.new_worker(),
            words: HashMap::new(),
        });
        let morphemes = worker.morphemes(text, word);
        let result = then(&morphemes, &Words(&worker.words));
        idle().push(worker);
        result
    }
}

impl<W> Worker<W> {
    fn morphemes(&mut self, text: &str, mut word: impl FnMut(&Entry<'_>) -> W) -> Vec<Morpheme> {
        let Ok(tokens) = self.segmenter.segment(text) else {
            return Vec::new();
        };
        let words = &mut self.words;
        let morpheme = |mut token: ::lindera::token::Token<'_>| {
            let range = token.byte_start..token.byte_end;
            let surface = &text[range.clone()];
            let key = (token.word_id.id(), token.word_id.is_unknown());
            words.entry(key).or_insert_with(|| {
                let details = token.details();
                let base_form = details
                    .get(BASE_FORM)
                    .filter(|form| !key.1 && **form != "*");
                word(&Entry {
                    surface,
                    part_of_speech: &details[..details.len().min(PART_OF_SPEECH_LEVELS)],
                    base_form: base_form.copied().unwrap_or(surface),
                    is_unknown: key.1,
                })
            });
            Morpheme { range, key }
        };
        tokens.into_iter().map(morpheme).collect()
    }
}
