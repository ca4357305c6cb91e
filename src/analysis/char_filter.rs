//! Char filters: edits of the text before it is cut, with the way back to the original.
//!
//! In: a text as written. Out: [`Filtered`]. Filters know characters, no words, so a part of a text is edited as it is in the
//! whole. There are three lots of them:
//!
//! - [`fold`]: width, composition, case; what is invisible goes. For all languages.
//! - [`CharFilters::spell`]: other characters for the same thing (國, 经, ヴ, ゝ), written as the dictionary writes them. For Japanese
//!   words, and for all grams.
//! - [`loosen`]: spellings whose own form the dictionary needs (キャノン and キヤノン, 人々, ト・ラム). For grams and marks only.
//!
//! Each asks at every character of the text and looks at no more than a few characters around it: the time is linear in the text.

mod digit_group;
mod han_variant;
mod iteration_mark;
mod long_vowel;
mod middle_dot;
mod small_kana;
mod v_sound;
mod width;

use std::ops::Range;

use super::characters::is_han;
use crate::offsets::OffsetMap;
use han_variant::HanVariants;
#[cfg(feature = "ja")]
pub(super) use small_kana::large;
pub(super) use width::fold;

/// A filtered text and where its parts came from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filtered {
    pub(crate) text: String,
    /// One for each lot of filters that edited something, in their order.
    maps: Vec<OffsetMap>,
}

/// The filters that need tables.
#[derive(Debug)]
pub(crate) struct CharFilters {
    han: HanVariants,
}

impl CharFilters {
    pub(crate) fn new() -> Self {
        CharFilters {
            han: HanVariants::built_in(),
        }
    }

    /// One spelling for each character, the one that dictionaries have. The recipe:
    pub(crate) fn spell(&self, folded: Filtered) -> Filtered {
        folded.edited(|place, into| match Spelling::at(place.c)? {
            // 國, 圀, 囯 → 国: old, variant and Chinese forms.
            Spelling::HanVariant => self.han.fold(place.c, into),
            // こゝろ → こころ, いろ〱 → いろいろ
            Spelling::IterationMark => iteration_mark::repeat(&place, into),
            // ヴェトナム → ベトナム
            Spelling::VSound => v_sound::fold(&place, into),
            // コンピュ−タ → コンピュータ
            Spelling::LongVowel => long_vowel::fold(&place, into),
            // 1,000 → 1000
            Spelling::DigitGroup => digit_group::join(&place, into),
            // Tokyo’s → Tokyo's
            Spelling::Apostrophe => replace(into, '\''),
        })
    }

    /// A part of a folded text in that spelling.
    pub(crate) fn spelt(&self, folded: &str) -> String {
        self.spell(Filtered::unedited(folded)).text
    }
}

/// Spellings that are one to whoever searches, though not to a dictionary.
pub(crate) fn loosen(spelt: Filtered) -> Filtered {
    spelt.edited(|place, into| match Loosening::at(place.c)? {
        // 人々 → 人人
        Loosening::RepeatedHan => iteration_mark::repeat_han(&place, into),
        // ト・ラム → トラム
        Loosening::MiddleDot => middle_dot::join(&place),
        // キャノン → キヤノン
        Loosening::SmallKana => small_kana::enlarge(place.c, into),
        // 斎藤 → 斉藤: two characters to a dictionary (書斎, 一斉), one to whoever looks for a name.
        Loosening::Name => replace(into, '斉'),
    })
}

/// The filters of [`CharFilters::spell`], by the characters at which they are asked.
#[derive(Debug, Clone, Copy)]
enum Spelling {
    HanVariant,
    IterationMark,
    VSound,
    LongVowel,
    DigitGroup,
    Apostrophe,
}

impl Spelling {
    fn at(c: char) -> Option<Self> {
        Some(match c {
            c if is_han(c) => Spelling::HanVariant,
            'ゝ' | 'ゞ' | 'ヽ' | 'ヾ' | '〱' | '〲' | '〳' | '〴' => {
                Spelling::IterationMark
            }
            'ヴ' | 'ゔ' | 'ヷ'..='ヺ' => Spelling::VSound,
            c if long_vowel::is_look_alike(c) => Spelling::LongVowel,
            ',' => Spelling::DigitGroup,
            '’' | 'ʼ' => Spelling::Apostrophe,
            _ => return None,
        })
    }
}

/// The filters of [`loosen`].
#[derive(Debug, Clone, Copy)]
enum Loosening {
    RepeatedHan,
    MiddleDot,
    SmallKana,
    Name,
}

impl Loosening {
    fn at(c: char) -> Option<Self> {
        Some(match c {
            '々' => Loosening::RepeatedHan,
            '・' | '=' | '゠' | '-' => Loosening::MiddleDot,
            'ァ'..='ヶ' => Loosening::SmallKana,
            '斎' => Loosening::Name,
            _ => return None,
        })
    }
}

/// What a filter edited, for people: its name, what was there, what is there now.
pub(super) type Traced = (&'static str, String, String);

/// The filter that edits the first of some characters, by the number of its lot ([`fold`], spell, [`loosen`]).
fn name(lot: usize, before: &str, after: &str) -> &'static str {
    let first = before.chars().next().unwrap_or_default();
    match (lot, Spelling::at(first), Loosening::at(first)) {
        (0, ..) if first.is_whitespace() || first.is_control() => "white space",
        (0, ..) if before.starts_with(after) => "invisible",
        (0, ..) if before.to_lowercase() == after => "case",
        (0, ..) => "width",
        (1, Some(Spelling::HanVariant), _) => "han variant",
        (1, Some(Spelling::IterationMark), _) => "iteration mark",
        (1, Some(Spelling::VSound), _) => "v sound",
        (1, Some(Spelling::LongVowel), _) => "long vowel",
        (1, Some(Spelling::DigitGroup), _) => "digit group",
        (1, Some(Spelling::Apostrophe), _) => "apostrophe",
        (_, _, Some(Loosening::RepeatedHan)) => "iteration mark",
        (_, _, Some(Loosening::MiddleDot)) => "middle dot",
        (_, _, Some(Loosening::SmallKana)) => "small kana",
        (_, _, Some(Loosening::Name)) => "name variant",
        _ => "other",
    }
}

impl Filtered {
    /// What the last lot of filters edited; `before` is the text it was given. Edits of one filter side by side are one.
    pub(super) fn traced(&self, lot: usize, before: &Filtered) -> Vec<Traced> {
        let map = self
            .maps
            .last()
            .filter(|_| self.maps.len() > before.maps.len());
        let edits = map.map(|map| map.edits(before.text.len()));
        let mut traced: Vec<Traced> = Vec::new();
        let mut end = None;
        for (edited, original) in edits.unwrap_or_default() {
            let (from, to) = (&before.text[original.clone()], &self.text[edited]);
            let name = name(lot, from, to);
            match traced.last_mut() {
                Some((last, all_from, all_to)) if *last == name && end == Some(original.start) => {
                    all_from.push_str(from);
                    all_to.push_str(to);
                }
                _ => traced.push((name, from.to_owned(), to.to_owned())),
            }
            end = Some(original.end);
        }
        traced
    }

    /// A text before any filter.
    pub(super) fn unedited(text: &str) -> Self {
        let text = text.to_owned();
        Filtered {
            text,
            maps: Vec::new(),
        }
    }
}

/// Where a filter is asked.
#[derive(Debug, Clone, Copy)]
struct Place<'t> {
    written: &'t str,
    unwritten: &'t str,
    c: char,
    after: &'t str,
}

impl<'t> Place<'t> {
    /// The characters before this one, as they are after the edits so far, the nearest first.
    fn before(&self) -> impl Iterator<Item = char> + 't {
        let written = self.written.chars().rev();
        self.unwritten.chars().rev().chain(written)
    }
}

/// Replaces one character by another.
fn replace(into: &mut String, c: char) -> Option<usize> {
    into.push(c);
    Some(0)
}

impl Filtered {
    /// The bytes of the text as written that a range of the filtered text came from.
    pub(crate) fn original(&self, range: Range<usize>) -> Range<usize> {
        self.maps
            .iter()
            .rev()
            .fold(range, |range, map| map.original(range))
    }

    /// Whether the text is as it was written.
    pub(crate) fn is_as_written(&self) -> bool {
        self.maps.is_empty()
    }

    /// Asks a filter at every character. It answers how many bytes after the character it replaces as well, having written what
    /// with, or nothing.
    fn edited(
        mut self,
        mut filter: impl FnMut(Place<'_>, &mut String) -> Option<usize>,
    ) -> Filtered {
        let mut edit = Edit::default();
        let mut replacement = String::new();
        let mut at = 0;
        for (start, c) in self.text.char_indices() {
            if start < at || c.is_ascii_alphanumeric() {
                continue;
            }
            let place = Place {
                written: &edit.text,
                unwritten: &self.text[edit.copied..start],
                c,
                after: &self.text[start + c.len_utf8()..],
            };
            replacement.clear();
            if let Some(more) = filter(place, &mut replacement) {
                at = start + c.len_utf8() + more;
                edit.replace(&self.text, start..at, &replacement);
            }
        }
        if let Some((text, map)) = edit.finish(&self.text) {
            self.text = text;
            self.maps.push(map);
        }
        self
    }
}

/// An edited text while it is written.
#[derive(Debug, Default)]
struct Edit {
    text: String,
    map: OffsetMap,
    /// End of what stands in `text` already.
    copied: usize,
}

impl Edit {
    fn replace(&mut self, original: &str, range: Range<usize>, replacement: &str) {
        self.copy(original, range.start);
        if !replacement.is_empty() {
            let from = self.text.len();
            self.text.push_str(replacement);
            self.map.push_replaced(from..self.text.len(), range.clone());
        }
        self.copied = range.end;
    }

    fn copy(&mut self, original: &str, end: usize) {
        if self.copied < end {
            let from = self.text.len();
            self.text.push_str(&original[self.copied..end]);
            self.map
                .push_copied(from..self.text.len(), self.copied..end);
        }
    }

    /// The edited text; none when nothing was edited, as in many texts.
    fn finish(mut self, original: &str) -> Option<(String, OffsetMap)> {
        if self.copied == 0 {
            return None;
        }
        self.copy(original, original.len());
        Some((self.text, self.map))
    }
}

#[cfg(test)]
mod tests;
