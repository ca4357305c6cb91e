//! The Japanese recipe: what the words of a text become.
//!
//! In: text that went through the char filters. Out: terms in the order of the text, and how they sound. Looser terms share the position of
//! the exact one, and a reading has the position of its word.

use std::ops::Range;

use super::characters::{CharClass, class, is_kana};
use super::dictionary::Dictionary;
use super::reading;
use super::stages::{KnownBy, TokenStage};
use super::token::{TokenKind, Tokens};
use super::token_filter::number::{self, Number};
use super::token_filter::spelling::Spellings;
use super::token_filter::stop_words::StopList;
use super::token_filter::{joined_name, katakana};
use super::tokenizer::lindera::{Entry, Lexicon, LinderaTokenizer, Morpheme, Words};

/// Cuts Japanese text into words, by dictionary. Shared between threads.
#[derive(Debug)]
pub(crate) struct Japanese {
    tokenizer: LinderaTokenizer<Word>,
    stop_list: StopList,
    spellings: Spellings,
}

/// What the recipe makes of an entry of the dictionary.
#[derive(Debug)]
struct Word {
    kind: TokenKind,
    is_numeral: bool,
    /// The entry stands for no word but for any stretch of letters.
    is_unknown: bool,
    /// The term, where it is not the word as written.
    term: Option<Box<str>>,
    /// How its base form sounds, as a term; function words have none.
    reading: Option<Box<str>>,
}

impl Japanese {
    pub(crate) fn new(dictionary: Dictionary) -> Self {
        Japanese {
            tokenizer: LinderaTokenizer::new(dictionary),
            stop_list: StopList::japanese(),
            spellings: Spellings::japanese(),
        }
    }

    /// The terms of a text, and their readings; none if the dictionary gives up, which leaves the text to its grams.
    pub(crate) fn words(&self, text: &str) -> (Tokens, Tokens) {
        let mut terms = Terms {
            text,
            tokens: Tokens::default(),
            readings: Tokens::default(),
            position: 0,
        };
        let all = |morphemes: &[Morpheme], words: &Words<'_, Word>| {
            let mut rest = morphemes;
            while let Some(morpheme) = rest.first() {
                let taken = self.add(text, rest, words, &mut terms);
                debug_assert!(taken > 0, "{:?}", morpheme.range);
                rest = &rest[taken.max(1)..];
            }
        };
        self.tokenizer.cut(text, |entry| self.word(entry), all);
        (terms.tokens, terms.readings)
    }

    /// What the dictionary says of each part of a filtered text, and whether it is kept.
    pub(crate) fn stages(&self, text: &str) -> Vec<(Range<usize>, TokenStage)> {
        let mut stages = Vec::new();
        self.tokenizer.entries(text, |range, entry| {
            let tag = self.stop_list.tag(entry.part_of_speech);
            let stopped_by = match self.stop_list.has_word(entry.base_form) {
                true => Some(format!("stop word {}", entry.base_form)),
                false => tag.map(|tag| format!("part of speech {tag}")),
            };
            let levels = entry.part_of_speech.iter().filter(|level| **level != "*");
            let stage = TokenStage {
                token: entry.surface.to_owned(),
                part_of_speech: levels.copied().collect::<Vec<_>>().join("-"),
                base_form: Some(entry.base_form.to_owned()),
                reading: entry.reading.map(str::to_owned),
                known_by: Some(match entry.lexicon {
                    Lexicon::Known => KnownBy::Dictionary,
                    Lexicon::Own => KnownBy::UserDictionary,
                    Lexicon::Unknown => KnownBy::Nobody,
                }),
                stopped_by,
                ..TokenStage::default()
            };
            stages.push((range, stage));
        });
        stages
    }

    /// What an entry of the dictionary becomes.
    fn word(&self, entry: &Entry<'_>) -> Word {
        // の, です, する carry no meaning of their own.
        let kind = match self.stop_list.has_word(entry.base_form) {
            true => TokenKind::Function,
            false => self.stop_list.kind(entry.part_of_speech),
        };
        // 走った → 走る, 引越し → 引っ越す, サーバー → サーバ
        let term = match kind {
            TokenKind::Content => katakana::stem(self.spellings.of(entry.base_form)),
            TokenKind::Function => entry.base_form,
        };
        Word {
            kind,
            is_numeral: entry.part_of_speech.starts_with(&["名詞", "数"]),
            is_unknown: entry.lexicon == Lexicon::Unknown,
            term: (term != entry.surface && entry.lexicon != Lexicon::Unknown).then(|| term.into()),
            reading: (kind == TokenKind::Content)
                .then(|| base_reading(entry))
                .flatten(),
        }
    }

    /// Adds the terms of the word at the beginning of `rest`, or of a number there. Returns how many morphemes that were.
    fn add(
        &self,
        text: &str,
        rest: &[Morpheme],
        words: &Words<'_, Word>,
        terms: &mut Terms<'_>,
    ) -> usize {
        let range = rest[0].range.clone();
        let surface = &text[range.clone()];
        let Some(word) = words.of(&rest[0]) else {
            return 1;
        };
        // 三億 → 300000000 3 億
        if word.is_numeral
            && !number::begins_with_word(&text[range.start..])
            && let Some((taken, number)) = read_number(text, rest, words)
        {
            terms.number(&number, range.start);
            return taken;
        }
        // ホー・チ・ミン → ホーチミン ホー チ ミン
        if let Some((name, end)) = joined_name::at(text, range.start, range.end) {
            terms.spellings(katakana::stem(&name), range.start..end, TokenKind::Content);
            terms.reading(&reading::exact(&name), range.start..end);
        }
        let kind = match word.is_unknown && self.stop_list.has_word(surface) {
            true => TokenKind::Function,
            false => word.kind,
        };
        if let Some(reading) = &word.reading {
            terms.reading(reading, range.clone());
        }
        match &word.term {
            Some(term) => terms.word(term, range, kind),
            None => terms.parts(range, kind, word.is_unknown),
        }
        // 六月 → 六月 6 月
        if kind == TokenKind::Content
            && let Some(number) = number::counted(surface)
        {
            terms.counted(&number, &rest[0].range);
        }
        1
    }
}

/// How the base form of a word sounds, as a term: ハシッ of 走っ and 走る together say ハシル.
fn base_reading(entry: &Entry<'_>) -> Option<Box<str>> {
    let kana = |text: &str| -> String { text.chars().map(reading::katakana).collect() };
    let reading = entry.reading?;
    let common: usize = (entry.surface.chars().zip(entry.base_form.chars()))
        .take_while(|(a, b)| a == b)
        .map(|(c, _)| c.len_utf8())
        .sum();
    let stem = reading.strip_suffix(&kana(&entry.surface[common..]));
    let base = stem.map(|stem| stem.to_owned() + &kana(&entry.base_form[common..]));
    let base = base.filter(|base| base.chars().all(is_kana));
    Some(reading::exact(base.as_deref().unwrap_or(reading)).into())
}

/// A longer row of numerals is several numbers.
const MAX_NUMERALS: usize = 64;

/// The number at the beginning of `rest`, and how many morphemes it takes.
fn read_number(text: &str, rest: &[Morpheme], words: &Words<'_, Word>) -> Option<(usize, Number)> {
    let surface = |morpheme: &Morpheme| &text[morpheme.range.clone()];
    let is_numeral = |morpheme: &Morpheme| {
        words.of(morpheme).is_some_and(|word| word.is_numeral)
            && surface(morpheme).chars().all(number::is_numeral)
    };
    let mut taken = 0;
    let mut has_point = false;
    while let Some(morpheme) = rest.get(taken).filter(|_| taken < MAX_NUMERALS) {
        let touches = taken == 0 || rest[taken - 1].range.end == morpheme.range.start;
        let is_point = !has_point
            && taken > 0
            && surface(morpheme) == "."
            && rest.get(taken + 1).is_some_and(is_numeral);
        if !touches || !(is_point || is_numeral(morpheme)) {
            break;
        }
        has_point |= is_point;
        taken += 1;
    }
    let last = rest.get(taken.checked_sub(1)?)?;
    let number = number::read(&text[rest[0].range.start..last.range.end])?;
    Some((taken, number))
}

/// Terms on their way into tokens.
struct Terms<'t> {
    text: &'t str,
    tokens: Tokens,
    readings: Tokens,
    position: usize,
}

impl Terms<'_> {
    /// A term and, beside it, how it sounds, where it is a loanword that is spelt in many ways.
    fn spellings(&mut self, term: &str, range: Range<usize>, kind: TokenKind) {
        if let Some(sound) = katakana::sound(term) {
            self.tokens.push(&sound, range.clone(), self.position, kind);
        }
        self.tokens.push(term, range, self.position, kind);
    }

    /// How the word that comes next sounds, precisely and without its long vowels.
    fn reading(&mut self, exact: &str, range: Range<usize>) {
        let mut push = |term: &str| {
            (self.readings).push(term, range.clone(), self.position, TokenKind::Content)
        };
        push(exact);
        if let Some(loose) = reading::loose(exact) {
            push(&loose);
        }
    }

    fn word(&mut self, term: &str, range: Range<usize>, kind: TokenKind) {
        self.spellings(term, range, kind);
        self.position += 1;
    }

    /// The parts of a word with marks in it, each as a word; most words have none. The dictionary knows some names with their middle
    /// dot (コカ・コーラ), and takes it for a letter in those it does not know (カシムジョマルト・トカエフ): the parts could not be found.
    /// Line breaks get into unknown words, too.
    fn parts(&mut self, range: Range<usize>, kind: TokenKind, is_unknown: bool) {
        let is_mark = |c: char| class(c) == CharClass::Other;
        let mut at = range.start;
        for part in self.text[range].split_inclusive(is_mark) {
            let letters = part.trim_end_matches(is_mark);
            if !letters.is_empty() {
                // No dictionary says how an unknown word sounds, but kana do.
                if is_unknown && kind == TokenKind::Content && letters.chars().all(is_kana) {
                    self.reading(&reading::exact(letters), at..at + letters.len());
                }
                self.word(katakana::stem(letters), at..at + letters.len(), kind);
            }
            at += part.len();
        }
    }

    /// The value of a number and its parts, the parts as words.
    fn number(&mut self, number: &Number, start: usize) {
        let len: usize = number.parts.iter().map(|part| part.len).sum();
        if let Some(value) = &number.value {
            self.tokens
                .push(value, start..start + len, self.position, TokenKind::Content);
        }
        let mut at = start;
        for part in &number.parts {
            self.word(&part.term, at..at + part.len, TokenKind::Content);
            at += part.len;
        }
    }

    /// The number and the counter of the word that was added last, beside it.
    fn counted(&mut self, number: &Number, range: &Range<usize>) {
        self.position -= 1;
        self.number(number, range.start);
        let len: usize = number.parts.iter().map(|part| part.len).sum();
        let counter = range.start + len..range.end;
        self.word(&self.text[counter.clone()], counter, TokenKind::Content);
    }
}
