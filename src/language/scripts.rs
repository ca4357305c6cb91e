//! Language by script.
//!
//! In: a text. Out: its language where the script shows it; where several languages share the script, the letters of
//! the text or, for Latin, trigrams decide in [`letters`].

use super::{Language, letters};

/// Characters read at most. More do not change the answer, only the cost.
const SAMPLE_CHARS: usize = 2_000;

/// Below this share of kana among kana and Han (in %), kana is a quotation or a name in a Chinese text.
const MIN_KANA_PERCENT: usize = 2;

/// Han-only text shorter than this without a telling character may be either Japanese or Chinese.
const SHORT_HAN_CHARS: usize = 24;

/// Han-only parts of a Japanese text shorter than this are lists of names, not Chinese.
const STRAY_HAN_CHARS: usize = 200;

/// With one character of its own script for so many letters of an alphabet, a part of an East Asian text quotes and is not written in
/// another language.
const STRAY_LETTERS: usize = 60;

/// Scripts that are told apart here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Han,
    Kana,
    Hangul,
    Latin,
    Cyrillic,
    Arabic,
    Devanagari,
    /// Used by one living language that matters here.
    Only(Language),
}

/// The script of a letter; `None` for digits, punctuation and scripts that are not told apart.
pub(super) fn script_of(c: char) -> Option<Script> {
    Some(match u32::from(c) {
        0x41..=0x5a | 0x61..=0x7a | 0xc0..=0xd6 | 0xd8..=0xf6 | 0xf8..=0x24f | 0x1e00..=0x1eff => {
            Script::Latin
        }
        0xff21..=0xff3a | 0xff41..=0xff5a => Script::Latin,
        0x370..=0x3ff | 0x1f00..=0x1fff => Script::Only(Language::code("el")),
        0x400..=0x52f => Script::Cyrillic,
        0x531..=0x58f => Script::Only(Language::code("hy")),
        0x5d0..=0x5ea => Script::Only(Language::code("he")),
        0x620..=0x65f | 0x66e..=0x6d5 | 0x750..=0x77f | 0xfb50..=0xfdff | 0xfe70..=0xfefc => {
            Script::Arabic
        }
        0x900..=0x97f => Script::Devanagari,
        0x980..=0x9ff => Script::Only(Language::code("bn")),
        0xa00..=0xa7f => Script::Only(Language::code("pa")),
        0xa80..=0xaff => Script::Only(Language::code("gu")),
        0xb80..=0xbff => Script::Only(Language::code("ta")),
        0xc00..=0xc7f => Script::Only(Language::code("te")),
        0xc80..=0xcff => Script::Only(Language::code("kn")),
        0xd00..=0xd7f => Script::Only(Language::code("ml")),
        0xd80..=0xdff => Script::Only(Language::code("si")),
        0xe01..=0xe4e => Script::Only(Language::code("th")),
        0xe81..=0xedf => Script::Only(Language::code("lo")),
        0xf40..=0xfbc => Script::Only(Language::code("bo")),
        0x1000..=0x109f => Script::Only(Language::code("my")),
        0x10a0..=0x10ff => Script::Only(Language::code("ka")),
        0x1100..=0x11ff | 0x3131..=0x318e | 0xac00..=0xd7a3 => Script::Hangul,
        0x1200..=0x137f => Script::Only(Language::code("am")),
        0x1780..=0x17d3 => Script::Only(Language::code("km")),
        0x3041..=0x3096 | 0x309d..=0x309f | 0x30a1..=0x30fa | 0x30fc..=0x30ff | 0xff66..=0xff9d => {
            Script::Kana
        }
        0x3005 | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x323af => {
            Script::Han
        }
        _ => return None,
    })
}

pub(super) fn detect(text: &str) -> Option<Language> {
    let end = text
        .char_indices()
        .nth(SAMPLE_CHARS)
        .map_or(text.len(), |(end, _)| end);
    let text = &text[..end];
    let counts = Counts::of(text);
    // A Han, kana or Hangul character says about as much as three letters of an alphabet.
    let cjk = 3 * (counts.han + counts.kana + counts.hangul);
    let (only, only_count) = counts
        .only
        .map_or((None, 0), |(language, n)| (Some(language), n));
    let alphabets = [
        only_count,
        counts.latin,
        counts.cyrillic,
        counts.arabic,
        counts.devanagari,
    ];
    let largest = alphabets.into_iter().max().unwrap_or(0);
    if cjk > 0 && cjk >= largest {
        return counts.east_asian(text);
    }
    match largest {
        0 => None,
        n if n == only_count => only,
        n if n == counts.cyrillic => letters::cyrillic(text),
        n if n == counts.arabic => Some(letters::arabic(text)),
        n if n == counts.devanagari => letters::by_trigrams(text, "hi"),
        _ => letters::latin(text),
    }
}

/// Whether a part that looks like one language is a stray part of a text in another.
pub(super) fn strays(part: &str, found: Language, whole: Language) -> bool {
    let counts = Counts::of(part);
    let own = match whole.as_str() {
        "ja" if found.as_str() == "zh" => return part.chars().count() < STRAY_HAN_CHARS,
        "ja" => counts.han + counts.kana,
        "zh" => counts.han,
        "ko" => counts.hangul,
        _ => return false,
    };
    let only = counts.only.map_or(0, |(_, n)| n);
    let letters = counts.latin + counts.cyrillic + counts.arabic + counts.devanagari + only;
    let is_alphabet = !["ja", "zh", "ko"].contains(&found.as_str());
    is_alphabet && own > 0 && own * STRAY_LETTERS >= letters
}

/// Letters of a text by script.
#[derive(Debug, Default)]
struct Counts {
    han: usize,
    kana: usize,
    hangul: usize,
    latin: usize,
    cyrillic: usize,
    arabic: usize,
    devanagari: usize,
    /// The first language met that has a script to itself. A text with two of them is none this module is for.
    only: Option<(Language, usize)>,
}

impl Counts {
    fn of(text: &str) -> Counts {
        let mut counts = Counts::default();
        for c in text.chars() {
            match script_of(c) {
                None => {}
                Some(Script::Han) => counts.han += 1,
                Some(Script::Kana) => counts.kana += 1,
                Some(Script::Hangul) => counts.hangul += 1,
                Some(Script::Latin) => counts.latin += 1,
                Some(Script::Cyrillic) => counts.cyrillic += 1,
                Some(Script::Arabic) => counts.arabic += 1,
                Some(Script::Devanagari) => counts.devanagari += 1,
                Some(Script::Only(language)) => match &mut counts.only {
                    Some((first, n)) => *n += usize::from(*first == language),
                    None => counts.only = Some((language, 1)),
                },
            }
        }
        counts
    }

    fn east_asian(&self, text: &str) -> Option<Language> {
        if self.hangul > 0 && self.hangul >= self.han && self.hangul > self.kana {
            return Some(Language::code("ko"));
        }
        if self.kana * 100 >= MIN_KANA_PERCENT * (self.han + self.kana) && self.kana > 0 {
            return Some(Language::code("ja"));
        }
        letters::han(text).or((self.han >= SHORT_HAN_CHARS).then_some(Language::code("zh")))
    }
}
