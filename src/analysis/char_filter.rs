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
#[derive(Debug, Default)]
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
        folded.edited(|place, into| match place.c {
            // 國, 圀, 囯 → 国: old, variant and Chinese forms.
            c if is_han(c) => self.han.fold(c, into),
            // こゝろ → こころ, いろ〱 → いろいろ
            'ゝ' | 'ゞ' | 'ヽ' | 'ヾ' | '〱' | '〲' | '〳' | '〴' => {
                iteration_mark::repeat(&place, into)
            }
            // ヴェトナム → ベトナム
            'ヴ' | 'ゔ' | 'ヷ'..='ヺ' => v_sound::fold(&place, into),
            // コンピュ−タ → コンピュータ
            c if long_vowel::is_look_alike(c) => long_vowel::fold(&place, into),
            // 1,000 → 1000
            ',' => digit_group::join(&place, into),
            // Tokyo’s → Tokyo's
            '’' | 'ʼ' => replace(into, '\''),
            _ => None,
        })
    }

    /// A part of a folded text in that spelling.
    pub(crate) fn spelt(&self, folded: &str) -> String {
        let text = folded.to_owned();
        let maps = Vec::new();
        self.spell(Filtered { text, maps }).text
    }
}

/// Spellings that are one to whoever searches, though not to a dictionary.
pub(crate) fn loosen(spelt: Filtered) -> Filtered {
    spelt.edited(|place, into| match place.c {
        // 人々 → 人人
        '々' => iteration_mark::repeat_han(&place, into),
        // ト・ラム → トラム
        '・' | '=' | '゠' | '-' => middle_dot::join(&place),
        // キャノン → キヤノン
        c @ 'ァ'..='ヶ' => small_kana::enlarge(c, into),
        // 斎藤 → 斉藤: two characters to a dictionary (書斎, 一斉), one to whoever looks for a name.
        '斎' => replace(into, '斉'),
        _ => None,
    })
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
