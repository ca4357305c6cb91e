//! Japanese words by dictionary; the only file that segments with lindera.
//!
//! In: folded text. Out: words as base forms, compounds cut into their parts (関西国際空港 → 関西 国際 空港), each with its
//! kind by part of speech, and names at their middle dots. It does not fold, and it knows no other language: Latin words inside Japanese text come out
//! as they stand.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use ::lindera::mode::{Mode, Penalty};
use ::lindera::segmenter::Segmenter;
use ::lindera::worker::SegmentWorker;

use crate::analysis::characters::{CharClass, class};
use crate::analysis::dictionary::Dictionary;
use crate::analysis::token::{TokenKind, Tokens};
use crate::analysis::token_filter::{StopList, katakana_stem};

/// Fields of an IPADIC entry after its four numbers.
const BASE_FORM: usize = 6;
const PART_OF_SPEECH_LEVELS: usize = 4;

/// Cuts Japanese text into words. Shared between threads; each call borrows a worker.
pub(crate) struct JapaneseTokenizer {
    segmenter: Segmenter,
    stop_list: StopList,
    idle: Mutex<Vec<Worker>>,
}

/// Buffers of one running segmentation, and what is known of words seen before: reading a word's entry costs more
/// than finding the word.
struct Worker {
    segmenter: SegmentWorker,
    words: HashMap<(u32, bool), Word>,
}

/// What an entry of the dictionary says.
struct Word {
    kind: TokenKind,
    base_form: Option<Box<str>>,
}

impl std::fmt::Debug for JapaneseTokenizer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("JapaneseTokenizer").finish_non_exhaustive()
    }
}

impl JapaneseTokenizer {
    pub(crate) fn new(dictionary: Dictionary) -> Self {
        JapaneseTokenizer {
            segmenter: Segmenter::new(
                Mode::Decompose(Penalty::default()),
                dictionary.into_inner(),
                None,
            ),
            stop_list: StopList::japanese(),
            idle: Mutex::default(),
        }
    }

    /// The words of a folded text; none if the segmenter gives up, which leaves the text to its grams.
    pub(crate) fn words(&self, text: &str) -> Tokens {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let mut worker = idle().pop().unwrap_or_else(|| Worker {
            segmenter: self.segmenter.new_worker(),
            words: HashMap::new(),
        });
        let tokens = worker.words(text, &self.stop_list);
        idle().push(worker);
        tokens
    }
}

impl Worker {
    fn words(&mut self, text: &str, stop_list: &StopList) -> Tokens {
        let mut tokens = Tokens::default();
        let Ok(found) = self.segmenter.segment(text) else {
            return tokens;
        };
        for mut token in found {
            let range = token.byte_start..token.byte_end;
            let surface = &text[range.clone()];
            if surface.chars().all(is_mark) {
                continue;
            }
            let key = (token.word_id.id(), token.word_id.is_unknown());
            let word = self.words.entry(key).or_insert_with(|| {
                let details = token.details();
                let base_form = details
                    .get(BASE_FORM)
                    .filter(|form| !key.1 && **form != "*" && **form != surface);
                let tags = &details[..details.len().min(PART_OF_SPEECH_LEVELS)];
                Word {
                    kind: stop_list.kind(tags),
                    base_form: base_form.map(|form| Box::from(*form)),
                }
            });
            let kind = word.kind;
            if word.base_form.is_none() && surface.contains(is_mark) {
                push_parts(surface, range.start, kind, &mut tokens);
                continue;
            }
            let term = word.base_form.as_deref().unwrap_or(surface);
            let kind = if stop_list.has_word(term) {
                TokenKind::Function
            } else {
                kind
            };
            tokens.push(katakana_stem(term), range, tokens.len(), kind);
        }
        tokens
    }
}

/// Neither letter nor digit: nothing that a search could ask for.
fn is_mark(c: char) -> bool {
    class(c) == CharClass::Other
}

/// Adds the parts of a word with marks in it, each as a word. The dictionary knows some names with their middle dot (コカ・コーラ), and
/// takes it for a letter in those it does not know (カシムジョマルト・トカエフ): the parts could not be found. Line breaks get into
/// unknown words, too.
fn push_parts(word: &str, start: usize, kind: TokenKind, tokens: &mut Tokens) {
    let mut at = start;
    for part in word.split_inclusive(is_mark) {
        let letters = part.trim_end_matches(is_mark);
        if !letters.is_empty() {
            tokens.push(
                katakana_stem(letters),
                at..at + letters.len(),
                tokens.len(),
                kind,
            );
        }
        at += part.len();
    }
}
