//! Languages that share a script, told apart by their letters.
//!
//! In: a text whose script is known. Out: its language, or `None` where the text is too short to tell.

use std::sync::LazyLock;

use whatlang::{Detector, Lang};

use super::{Language, scripts};

/// Characters that only one of Japanese and Chinese writes.
const HAN: &str = include_str!("data/han.txt");

/// Japanese or Chinese for text without kana, by characters that only one of them uses.
pub(super) fn han(text: &str) -> Option<Language> {
    static SETS: LazyLock<(Vec<char>, Vec<char>)> = LazyLock::new(|| {
        let data = HAN.lines().filter(|line| !line.starts_with('#'));
        let mut sets = (Vec::new(), Vec::new());
        let mut chinese = false;
        for line in data {
            match line {
                "[ja]" => chinese = false,
                "[zh]" => chinese = true,
                _ if chinese => sets.1.extend(line.chars()),
                _ => sets.0.extend(line.chars()),
            }
        }
        sets
    });
    let count = |set: &[char]| {
        text.chars()
            .filter(|c| set.binary_search(c).is_ok())
            .count()
    };
    let (japanese, chinese) = (count(&SETS.0), count(&SETS.1));
    match chinese.cmp(&japanese) {
        std::cmp::Ordering::Less => Some(Language::code("ja")),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(Language::code("zh")),
    }
}

/// Cyrillic languages by the letters that Russian lacks. Words of one of them in a Russian text (names) are below
/// the threshold.
pub(super) fn cyrillic(text: &str) -> Option<Language> {
    let mut letters = 0;
    let (mut kazakh, mut kyrgyz, mut ukrainian, mut belarusian, mut tajik) = (0, 0, 0, 0, 0);
    let (mut serbian, mut macedonian, mut uzbek, mut russian, mut hard_sign) = (0, 0, 0, 0, 0);
    for c in text.chars().flat_map(char::to_lowercase) {
        letters += usize::from(scripts::script_of(c) == Some(scripts::Script::Cyrillic));
        match c {
            'ә' | 'ұ' | 'һ' => kazakh += 1,
            'қ' | 'ғ' => (kazakh, tajik, uzbek) = (kazakh + 1, tajik + 1, uzbek + 1),
            'ң' | 'ө' | 'ү' => (kazakh, kyrgyz) = (kazakh + 1, kyrgyz + 1),
            'і' => (kazakh, ukrainian, belarusian) = (kazakh + 1, ukrainian + 1, belarusian + 1),
            'ї' | 'є' | 'ґ' => ukrainian += 2,
            'ў' => (belarusian, uzbek) = (belarusian + 2, uzbek + 1),
            'ҳ' => (tajik, uzbek) = (tajik + 1, uzbek + 1),
            'ӣ' | 'ӯ' | 'ҷ' => tajik += 2,
            'ђ' | 'ћ' => serbian += 2,
            'љ' | 'њ' | 'џ' | 'ј' => (serbian, macedonian) = (serbian + 1, macedonian + 1),
            'ѓ' | 'ќ' | 'ѕ' => macedonian += 2,
            'ы' | 'э' | 'ё' => russian += 1,
            'ъ' => hard_sign += 1,
            _ => {}
        }
    }
    // Mongolian and Kyrgyz share ө and ү; only Kyrgyz has ң.
    let mongolian = if text.contains(['ң', 'Ң']) {
        0
    } else {
        kyrgyz
    };
    // Of equals the last one counts: what has more letters of its own would have put it ahead.
    let (best, count) = [
        ("uz", uzbek),
        ("tg", tajik),
        ("kk", kazakh),
        ("ky", kyrgyz),
        ("mn", mongolian),
        ("be", belarusian),
        ("uk", ukrainian),
        ("mk", macedonian),
        ("sr", serbian),
    ]
    .into_iter()
    .max_by_key(|&(_, count)| count)?;
    if count >= 1 && count * 40 >= letters {
        return Some(Language::code(best));
    }
    // Bulgarian writes ъ as a vowel, and has neither ы nor э.
    let bulgarian = russian == 0 && hard_sign >= 2 && hard_sign * 150 >= letters;
    Some(Language::code(if bulgarian { "bg" } else { "ru" }))
}

/// Languages of the Arabic script by the letters that Arabic lacks.
pub(super) fn arabic(text: &str) -> Language {
    let count = |letters: &[char]| text.chars().filter(|c| letters.contains(c)).count();
    let urdu = count(&['ٹ', 'ڈ', 'ڑ', 'ں', 'ے', 'ہ']);
    let uyghur = count(&['ۇ', 'ۆ', 'ۈ', 'ې', 'ە', 'ۋ']);
    let persian = count(&['پ', 'چ', 'ژ', 'گ', 'ی', 'ک']);
    let letters = text
        .chars()
        .filter(|&c| scripts::script_of(c).is_some())
        .count();
    Language::code(match () {
        () if uyghur * 20 > letters => "ug",
        () if urdu * 25 > letters => "ur",
        () if persian * 25 > letters => "fa",
        () => "ar",
    })
}

/// Letters read by the trigram models: enough to be sure, and few enough to be quick.
const TRIGRAM_SAMPLE_BYTES: usize = 240;

/// Languages of the Latin alphabet that texts here may be in. More of them only add confusion between neighbours.
const LATIN: [Lang; 18] = [
    Lang::Eng,
    Lang::Fra,
    Lang::Deu,
    Lang::Spa,
    Lang::Por,
    Lang::Ita,
    Lang::Nld,
    Lang::Pol,
    Lang::Tur,
    Lang::Ind,
    Lang::Vie,
    Lang::Ces,
    Lang::Swe,
    Lang::Dan,
    Lang::Fin,
    Lang::Hun,
    Lang::Ron,
    Lang::Aze,
];

/// Languages of the Latin alphabet: Vietnamese by its letters, the others by trigrams.
pub(super) fn latin(text: &str) -> Option<Language> {
    static DETECTOR: LazyLock<Detector> =
        LazyLock::new(|| Detector::with_allowlist(LATIN.to_vec()));
    let mut letters = 0;
    let mut vietnamese = 0;
    for c in text.chars() {
        letters += usize::from(c.is_alphabetic());
        let own = matches!(
            c,
            'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1ea0}'..='\u{1ef9}' | '\u{323}' | '\u{309}'
        );
        vietnamese += usize::from(own);
    }
    if vietnamese * 20 >= letters && vietnamese > 0 {
        return Some(Language::code("vi"));
    }
    detect(&DETECTOR, text)
}

/// The language of a text that trigrams must tell from others of its script, else the likeliest one.
pub(super) fn by_trigrams(text: &str, likeliest: &str) -> Option<Language> {
    static DETECTOR: LazyLock<Detector> = LazyLock::new(Detector::new);
    detect(&DETECTOR, text).or_else(|| Language::from_tag(likeliest))
}

fn detect(detector: &Detector, text: &str) -> Option<Language> {
    let mut end = text.len().min(TRIGRAM_SAMPLE_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let info = detector.detect(&text[..end])?;
    (info.confidence() >= MIN_CONFIDENCE)
        .then(|| Language::from_tag(info.lang().code()))
        .flatten()
}

/// Below this, whatlang guesses. Found by trying headlines of three to six words.
const MIN_CONFIDENCE: f64 = 0.2;
