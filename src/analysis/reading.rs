//! Readings: how a word sounds, as one term whatever it is written in.
//!
//! In: kana, from the dictionary, from a text or from a query; Latin letters that spell Japanese. Out: terms. The exact one has every long
//! vowel as ー (とうきょう, トーキョー and toukyou are トーキョー); beside it may stand a loose one without them, for those who type tokyo, in
//! hiragana so that nobody confuses the two. It knows no words: which kana are one is told by the dictionary, or by an index.

#[cfg_attr(not(feature = "ja"), path = "reading/romaji_disabled.rs")]
mod romaji;

use super::characters::{is_kana, vowel};

/// Shorter words keep a long vowel at their end: コピー is not コピ.
const MIN_STEM_CHARS: usize = 4;

/// Sounds that older or simpler spellings write in another way; ti and di are all that Latin letters have for ティ and ディ.
const ALIKE: [(&str, &str); 16] = [
    ("ヴァ", "バ"),
    ("ヴィ", "ビ"),
    ("ヴェ", "ベ"),
    ("ヴォ", "ボ"),
    ("ヴ", "ブ"),
    ("ティ", "チ"),
    ("ディ", "ジ"),
    ("トゥ", "ツ"),
    ("ドゥ", "ズ"),
    ("ウィ", "ウイ"),
    ("ウェ", "ウエ"),
    ("ウォ", "オ"),
    ("ヂ", "ジ"),
    ("ヅ", "ズ"),
    ("ヲ", "オ"),
    ("ヶ", "ケ"),
];

/// A unit of a query that says how something sounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spoken {
    /// In katakana, with long vowels as they were typed.
    pub(crate) kana: String,
    /// Whether it was typed in Latin letters.
    pub(crate) is_romaji: bool,
}

impl Spoken {
    /// What a folded unit of a query sounds like; none if it is not kana or romaji. Some Latin spellings are read in several ways, the most
    /// literal one comes first.
    pub(crate) fn readings(unit: &str) -> Vec<Spoken> {
        let is_romaji = !unit.chars().all(is_kana);
        let ways = match is_romaji {
            true => romaji::kana(unit),
            false => vec![unit.chars().map(katakana).collect()],
        };
        let spoken = |kana| Spoken { kana, is_romaji };
        ways.into_iter().map(spoken).collect()
    }

    /// The exact term for the whole.
    pub(crate) fn exact(&self) -> String {
        exact(&self.kana)
    }

    /// The terms to look up for a part of the kana: the exact one, and the loose one for Latin letters without long vowels.
    pub(crate) fn terms(&self, part: &str) -> Vec<String> {
        let exact = exact(part);
        match self.is_romaji && !exact.contains('ー') {
            true => vec![short(&exact), exact],
            false => vec![exact],
        }
    }
}

/// The exact term of kana.
pub(crate) fn exact(kana: &str) -> String {
    let kana: String = kana.chars().map(katakana).collect();
    let mut term = String::with_capacity(kana.len());
    let mut last = ' ';
    let mut rest = kana.as_str();
    while let Some(first) = rest.chars().next() {
        let alike = ALIKE.iter().find(|(from, _)| rest.starts_with(from));
        let (len, sounds) = alike.map_or((first.len_utf8(), ""), |(from, to)| (from.len(), *to));
        for c in sounds.chars().chain(alike.is_none().then_some(first)) {
            last = if lengthens(c, last) { 'ー' } else { c };
            term.push(last);
        }
        rest = &rest[len..];
    }
    // サーバー, サーバ; after the other vowels the mark tells words apart: こうしょう is not こうしょ.
    if let Some(stem) = term.strip_suffix('ー')
        && stem.chars().count() + 1 >= MIN_STEM_CHARS
        && stem.ends_with(|c| matches!(vowel(c), 'ア' | 'イ' | 'エ'))
    {
        term.truncate(stem.len());
    }
    term
}

/// The loose term of an exact one; none where that has no long vowel.
#[cfg(any(feature = "ja", test))]
pub(crate) fn loose(exact: &str) -> Option<String> {
    exact.contains('ー').then(|| short(exact))
}

fn short(exact: &str) -> String {
    exact.chars().filter(|c| *c != 'ー').map(hiragana).collect()
}

/// Whether a vowel only makes the one before it longer.
fn lengthens(c: char, before: char) -> bool {
    matches!(c, 'ア' | 'イ' | 'ウ' | 'エ' | 'オ')
        && (vowel(before) == c || (vowel(before), c) == ('オ', 'ウ'))
}

/// A hiragana as katakana.
pub(crate) fn katakana(c: char) -> char {
    match c {
        'ぁ'..='ゖ' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
        _ => c,
    }
}

fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sounds_alike_is_one_term() {
        for (spellings, term) in [
            (
                &["とうきょう", "トウキョウ", "トーキョー"][..],
                "トーキョー",
            ),
            (&["おおさか", "オーサカ"], "オーサカ"),
            (&["べとなむ", "ヴェトナム", "ベトナム"], "ベトナム"),
            (&["さーばー", "サーバ", "サアバア"], "サーバ"),
            (&["パーティー", "パアチイ"], "パーチ"),
            (&["こーひー", "コーヒイ"], "コーヒ"),
            (&["けいざい"], "ケイザイ"),
            (&["つづき", "ツズキ"], "ツズキ"),
            (&["コピー", "コピイ"], "コピー"),
        ] {
            for spelling in spellings {
                assert_eq!(exact(spelling), term, "{spelling}");
            }
        }
    }

    #[test]
    fn what_sounds_different_is_not() {
        for (one, other) in [
            ("こうしょう", "こうしょ"),
            ("おばさん", "おばあさん"),
            ("びょういん", "びよういん"),
            ("かんこう", "かんこ"),
            ("きって", "きて"),
        ] {
            assert_ne!(exact(one), exact(other), "{one} {other}");
        }
        assert_eq!(loose("トーキョー").as_deref(), Some("ときょ"));
        assert_eq!(loose("ベトナム"), None);
    }

    #[test]
    fn parts_of_a_query() {
        let spoken = &Spoken::readings("けいざい")[0];
        assert_eq!(spoken.terms("ケイザイ"), ["ケイザイ"]);
        assert!(Spoken::readings("経済").is_empty());
        assert!(Spoken::readings("けいざい2024").is_empty());
    }
}
