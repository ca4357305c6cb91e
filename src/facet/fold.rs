//! One spelling for matching, with the way back.
//!
//! In: a text as it is written. Out: the same text in NFKC (full-width `ＵＳ` and half-width `ﾍﾞﾄﾅﾑ` become `US` and
//! `ベトナム`), with `ヴ` as `ブ`, `’` as `'` and in lower case, and for each place in it the place in the original.
//! Superscript digits stay: in `km²` and `2019¹` they are no part of a number. Not here: what the text means.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use crate::offsets::OffsetMap;

/// A text folded for matching.
#[derive(Debug)]
pub(super) struct Folded<'a> {
    /// The text as written.
    pub(super) original: &'a str,
    /// The folded text.
    pub(super) text: String,
    map: OffsetMap,
}

impl<'a> Folded<'a> {
    pub(super) fn new(original: &'a str) -> Self {
        let mut folded = Folded {
            original,
            text: String::with_capacity(original.len()),
            map: OffsetMap::default(),
        };
        let mut copied = 0; // bytes of the original that are in `text` already
        let mut characters = original.char_indices().peekable();
        while let Some((start, c)) = characters.next() {
            let continued = characters.peek().is_some_and(|&(_, next)| continues(next));
            if is_plain(c) && !continued {
                continue;
            }
            let mut end = start + c.len_utf8();
            while let Some((at, next)) = characters.next_if(|&(_, next)| continues(next)) {
                end = at + next.len_utf8();
            }
            // `ヴァ` folds as a whole, however wide and however composed its `ヴ` is.
            if matches!(c, 'ヴ' | 'ウ' | 'ｳ')
                && original[start..end].nfkc().eq(['ヴ'])
                && let Some((at, next)) = characters.next_if(|&(_, next)| small_vowel(next))
            {
                end = at + next.len_utf8();
                while let Some((at, next)) = characters.next_if(|&(_, next)| continues(next)) {
                    end = at + next.len_utf8();
                }
            }
            folded.copy(copied, start);
            folded.replace(start, end);
            copied = end;
        }
        folded.copy(copied, original.len());
        if copied == 0 {
            // Nothing was replaced, as in most texts: no map is needed.
            folded.map = OffsetMap::default();
        }
        folded
    }

    /// The bytes of the original that the bytes `range` of the folded text stand for, on character boundaries.
    pub(super) fn original_range(&self, range: &Range<usize>) -> Range<usize> {
        self.map.original(range.clone())
    }

    /// The original spelling of the bytes `range` of the folded text.
    pub(super) fn original_text(&self, range: &Range<usize>) -> &'a str {
        self.original
            .get(self.original_range(range))
            .unwrap_or_default()
    }

    fn copy(&mut self, start: usize, end: usize) {
        if start < end {
            self.text.push_str(&self.original[start..end]);
            let from = self.text.len() - (end - start);
            if let Some(copied) = self.text.get_mut(from..) {
                copied.make_ascii_lowercase();
            }
            self.map.push_copied(from..self.text.len(), start..end);
        }
    }

    fn replace(&mut self, start: usize, end: usize) {
        let from = self.text.len();
        fold_stretch(&self.original[start..end], &mut self.text);
        if self.text.len() > from {
            self.map.push_replaced(from..self.text.len(), start..end);
        }
    }
}

/// Adds a stretch that folding changes.
fn fold_stretch(stretch: &str, into: &mut String) {
    // The most frequent case by far: full-width letters, digits and brackets.
    let mut characters = stretch.chars();
    if let (Some(c @ '！'..='～'), None) = (characters.next(), characters.next())
        && let Some(c) = char::from_u32(u32::from(c) - 0xfee0)
    {
        into.push(c.to_ascii_lowercase());
        return;
    }
    let from = into.len();
    for c in stretch.nfkc().flat_map(char::to_lowercase) {
        into.push(match c {
            '\u{2019}' | '\u{2bc}' => '\'',
            c => c,
        });
    }
    fold_vu(into, from);
}

/// The folded text alone, without the way back.
pub(super) fn fold(text: &str) -> String {
    Folded::new(text).text
}

/// Whether folding leaves a character as it is (but for the case of ASCII), if no mark follows it.
fn is_plain(c: char) -> bool {
    match u32::from(c) {
        0..=0x9f => true,
        // Lower-case Latin and Cyrillic letters, superscript digits.
        0xb2 | 0xb3 | 0xb9 | 0xdf..=0xf6 | 0xf8..=0xff | 0x430..=0x45f | 0x2070..=0x208e => true,
        // Lower case has the odd numbers here: Kazakh and its neighbours, Vietnamese.
        0x48b..=0x4bf | 0x4d1..=0x52f | 0x1ea1..=0x1ef9 => u32::from(c) % 2 == 1,
        0x5d0..=0x5ea | 0x620..=0x64a | 0xe01..=0xe32 | 0xe34..=0xe4e => true,
        // Dashes, quotes, CJK punctuation.
        0x2012..=0x2016 | 0x2018 | 0x201c..=0x201f | 0x2212 | 0x3001..=0x3035 => true,
        0x3041..=0x3096 | 0x309d..=0x309e | 0x30a1..=0x30fe => c != 'ヴ',
        0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7a3 => true,
        _ => false,
    }
}

/// Whether a character may melt into the one before it.
fn continues(c: char) -> bool {
    match u32::from(c) {
        0..=0x2ff | 0x3000..=0x3098 | 0x30a0..=0x9fff | 0xac00..=0xd7a3 => false,
        0xff9e | 0xff9f | 0x1160..=0x11ff => true,
        _ => canonical_combining_class(c) != 0,
    }
}

fn small_vowel(c: char) -> bool {
    matches!(c, 'ァ' | 'ィ' | 'ェ' | 'ォ' | 'ｧ' | 'ｨ' | 'ｪ' | 'ｫ')
}

/// Writes `ヴァ ヴィ ヴェ ヴォ ヴ` as `バ ビ ベ ボ ブ` from byte `from` on: `ヴェトナム` is `ベトナム`.
fn fold_vu(text: &mut String, from: usize) {
    if !text[from..].contains('ヴ') {
        return;
    }
    let folded = text[from..]
        .replace("ヴァ", "バ")
        .replace("ヴィ", "ビ")
        .replace("ヴェ", "ベ")
        .replace("ヴォ", "ボ")
        .replace('ヴ', "ブ");
    text.truncate(from);
    text.push_str(&folded);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_become_one() {
        for (written, folded) in [
            ("ＵＳＡ", "usa"),
            ("ﾍﾞﾄﾅﾑ", "ベトナム"),
            ("ヴェトナム", "ベトナム"),
            ("ｳﾞｪﾄﾅﾑ", "ベトナム"),
            ("ウ\u{3099}ァヌアツ", "バヌアツ"),
            ("ヴ", "ブ"),
            ("２０２５年", "2025年"),
            ("Côte d’Ivoire", "côte d'ivoire"),
            ("Co\u{302}te", "côte"),
            ("1000 km²", "1000 km²"),
            ("㍻元年", "平成元年"),
            ("Қазақстан", "қазақстан"),
            ("\u{1112}\u{1161}\u{11ab}국", "한국"),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
    }

    #[test]
    fn ranges_lead_back() {
        let folded = Folded::new("１９９２年、ﾍﾞﾄﾅﾑとヴェトナム。");
        assert_eq!(folded.text, "1992年、ベトナムとベトナム。");
        let at = |part: &str| {
            folded
                .text
                .find(part)
                .map(|start| start..start + part.len())
                .unwrap()
        };
        assert_eq!(folded.original_text(&at("1992")), "１９９２");
        assert_eq!(folded.original_text(&at("年")), "年");
        assert_eq!(folded.original_text(&at("ベ")), "ﾍﾞ");
        assert_eq!(folded.original_text(&at("ベトナム")), "ﾍﾞﾄﾅﾑ");
        assert_eq!(folded.original_text(&at("ベトナム。")), "ヴェトナム。");
    }

    proptest! {
        #[test]
        fn every_range_is_on_boundaries_of_the_original(text in "\\PC{0,40}|[ヴｳﾞァﾍﾟヘ゛゙゚0-9０-９A-Zａ-ｚéÀ 　年]{0,40}") {
            let folded = Folded::new(&text);
            let places: Vec<usize> =
                folded.text.char_indices().map(|(at, _)| at).chain([folded.text.len()]).collect();
            for (i, &start) in places.iter().enumerate() {
                for &end in &places[i..] {
                    let range = folded.original_range(&(start..end));
                    prop_assert!(text.get(range.clone()).is_some(), "{range:?} of {text:?}");
                }
            }
            prop_assert_eq!(folded.original_range(&(0..folded.text.len())), 0..text.len());
        }
    }
}
