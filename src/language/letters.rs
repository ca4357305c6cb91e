//! Languages that share a script, told apart by their letters.
//!
//! In: a text whose script is known. Out: its language, or `None` where the text is too short to tell.

use std::sync::LazyLock;

use whatlang::{Detector, Lang};

use super::{Language, scripts};

/// Characters that only one of Japanese and Chinese writes.
const HAN: &str = include_str!("data/han.txt");

/// Characters read to tell Japanese from Chinese. A sentence is enough.
const HAN_SAMPLE_CHARS: usize = 300;

/// Japanese or Chinese for text without kana, by characters that only one of them uses.
pub(super) fn han(text: &str) -> Option<Language> {
    /// In the order of Unicode: the character, and whether it is Chinese.
    static TELLING: LazyLock<Vec<(char, bool)>> = LazyLock::new(|| {
        let mut telling = Vec::new();
        let mut chinese = false;
        for line in HAN.lines().filter(|line| !line.starts_with('#')) {
            match line {
                "[ja]" => chinese = false,
                "[zh]" => chinese = true,
                _ => telling.extend(line.chars().map(|c| (c, chinese))),
            }
        }
        telling.sort_unstable();
        telling
    });
    let (mut japanese, mut chinese) = (0, 0);
    for c in text.chars().take(HAN_SAMPLE_CHARS) {
        if let Ok(found) = TELLING.binary_search_by_key(&c, |&(c, _)| c) {
            if TELLING[found].1 {
                chinese += 1
            } else {
                japanese += 1
            }
        }
    }
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
    let vowels = hard_sign >= 2 && hard_sign * 150 >= letters;
    let mut words = text.split(|c: char| !c.is_alphabetic());
    let bulgarian = russian == 0 && (vowels || words.any(|word| BULGARIAN_WORDS.contains(&word)));
    Some(Language::code(if bulgarian { "bg" } else { "ru" }))
}

/// Small words of Bulgarian that are none of Russian.
const BULGARIAN_WORDS: [&str; 12] = [
    "беше",
    "бяха",
    "във",
    "което",
    "която",
    "които",
    "който",
    "към",
    "през",
    "са",
    "със",
    "това",
];

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

/// Bytes read by the trigram models: enough to be sure, and few enough to be quick.
const TRIGRAM_BYTES: usize = 300;

/// Bytes read for small words, most texts show enough of them in a tenth of it.
const SMALL_WORD_BYTES: usize = 1_500;

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
    static UNACCENTED: LazyLock<Detector> = LazyLock::new(|| {
        Detector::with_allowlist(vec![Lang::Eng, Lang::Deu, Lang::Nld, Lang::Ita, Lang::Ind])
    });
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
    by_small_words(sample(text, SMALL_WORD_BYTES)).or_else(|| {
        let unaccented = letters >= UNACCENTED_BYTES && text.is_ascii();
        detect(if unaccented { &UNACCENTED } else { &DETECTOR }, text)
    })
}

/// Small words and their languages, in the order of Unicode. They settle most texts of more than a line at a tenth of
/// the cost of trigrams.
static SMALL_WORDS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let lines = include_str!("data/small_words.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let mut words: Vec<(&str, &str)> = lines
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(code, words)| words.split(' ').map(move |word| (word, code)))
        .collect();
    words.sort_unstable();
    words
});

/// The language of which a text has three small words, and three times as many as of any other.
fn by_small_words(text: &str) -> Option<Language> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for word in text.split(|c: char| !c.is_alphabetic()) {
        let Ok(found) = SMALL_WORDS.binary_search_by_key(&word, |&(word, _)| word) else {
            continue;
        };
        let code = SMALL_WORDS[found].1;
        match counts.iter_mut().find(|(other, _)| *other == code) {
            Some((_, count)) => *count += 1,
            None => counts.push((code, 1)),
        }
        if counts.len() == 1 && counts[0].1 == ENOUGH_SMALL_WORDS {
            break;
        }
    }
    counts.sort_unstable_by_key(|&(_, count)| std::cmp::Reverse(count));
    let second = counts.get(1).map_or(0, |&(_, count)| count);
    let &(code, count) = counts.first()?;
    (count >= 3 && count >= 3 * second).then_some(Language::code(code))
}

/// So many small words of one language, and none of another, need no further reading.
const ENOUGH_SMALL_WORDS: usize = 5;

/// Bytes of a text after which a language with accents would have shown one.
const UNACCENTED_BYTES: usize = 150;

/// The language of a text that trigrams must tell from others of its script, else the likeliest one.
pub(super) fn by_trigrams(text: &str, likeliest: &str) -> Option<Language> {
    static DETECTOR: LazyLock<Detector> = LazyLock::new(Detector::new);
    detect(&DETECTOR, text).or_else(|| Language::from_tag(likeliest))
}

fn detect(detector: &Detector, text: &str) -> Option<Language> {
    let info = detector.detect(sample(text, TRIGRAM_BYTES))?;
    (info.confidence() >= MIN_CONFIDENCE)
        .then(|| Language::from_tag(info.lang().code()))
        .flatten()
}

/// The beginning of a text.
fn sample(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Below this, whatlang guesses. Found by trying headlines of three to six words.
const MIN_CONFIDENCE: f64 = 0.2;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_word_has_one_language() {
        assert!(SMALL_WORDS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(SMALL_WORDS.len() > 100);
    }
}
