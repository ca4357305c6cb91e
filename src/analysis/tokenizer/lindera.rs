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
const READING: usize = 7;
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
    words: HashMap<Key, W>,
}

/// The number of a word, in the lexicon that has it.
type Key = (u32, Lexicon);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Lexicon {
    /// The dictionary.
    Known,
    /// Words of the user.
    Own,
    /// None: a stretch of letters, taken for a word. All such stretches of a script have one entry.
    Unknown,
}

/// What the dictionary says of a word.
#[derive(Debug)]
pub(crate) struct Entry<'d> {
    pub(crate) surface: &'d str,
    /// Level by level.
    pub(crate) part_of_speech: &'d [&'d str],
    /// The word without inflection.
    pub(crate) base_form: &'d str,
    /// How the word as written sounds, in katakana.
    pub(crate) reading: Option<&'d str>,
    pub(crate) lexicon: Lexicon,
}

/// A part of the text, and the key of its word.
#[derive(Debug)]
pub(crate) struct Morpheme {
    pub(crate) range: Range<usize>,
    key: Key,
}

/// Words by the morphemes that stand for them.
#[derive(Debug)]
pub(crate) struct Words<'w, W>(&'w HashMap<Key, W>);

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
        let (dictionary, own) = dictionary.into_inner();
        LinderaTokenizer {
            segmenter: Segmenter::new(Mode::Decompose(Penalty::default()), dictionary, own),
            idle: Mutex::default(),
        }
    }

    /// Hands every entry on, with its place in the text.
    pub(crate) fn entries(&self, text: &str, mut entry: impl FnMut(Range<usize>, &Entry<'_>)) {
        let mut worker = self.segmenter.new_worker();
        for mut token in worker.segment(text).unwrap_or_default() {
            let range = token.byte_start..token.byte_end;
            let surface = &text[range.clone()];
            with_entry(surface, &mut token, |found| entry(range.clone(), found));
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
            let key = (token.word_id.id(), lexicon(token.word_id));
            words
                .entry(key)
                .or_insert_with(|| with_entry(surface, &mut token, &mut word));
            Morpheme { range, key }
        };
        tokens.into_iter().map(morpheme).collect()
    }
}

fn lexicon(id: ::lindera::dictionary::WordId) -> Lexicon {
    match id.is_unknown() {
        true => Lexicon::Unknown,
        false if id.is_system() => Lexicon::Known,
        false => Lexicon::Own,
    }
}

fn with_entry<R>(
    surface: &str,
    token: &mut ::lindera::token::Token<'_>,
    then: impl FnOnce(&Entry<'_>) -> R,
) -> R {
    let lexicon = lexicon(token.word_id);
    let details = token.details();
    let known = |field: usize| {
        let text = details.get(field).copied();
        text.filter(|text| lexicon != Lexicon::Unknown && *text != "*")
    };
    then(&Entry {
        surface,
        part_of_speech: &details[..details.len().min(PART_OF_SPEECH_LEVELS)],
        base_form: known(BASE_FORM).unwrap_or(surface),
        reading: known(READING),
        lexicon,
    })
}
