//! The same battery for every language: what must hold whatever the rules of its words are.

#![cfg(all(feature = "ja", feature = "stem", feature = "segment"))]
#![allow(clippy::unwrap_used)]

mod common;

use fumikura::{Analysis, Language, Token, Tokens};

/// A sentence with a number in each language, and a character that its texts are full of.
const LANGUAGES: [(&str, &str, char); 32] = [
    (
        "ar",
        "وقّع وزراء خارجية البلدين اتفاقية في عام 2024 بعد محادثات طويلة.",
        'ا',
    ),
    (
        "az",
        "İki ölkənin nazirləri 2024-cü ildə Bakıda saziş imzaladılar.",
        'ə',
    ),
    (
        "bg",
        "Министрите на двете страни подписаха споразумение през 2024 година.",
        'ъ',
    ),
    (
        "cs",
        "Ministři obou zemí podepsali dohodu v roce 2024.",
        'ř',
    ),
    (
        "da",
        "Ministrene fra begge lande underskrev en aftale i 2024.",
        'ø',
    ),
    (
        "de",
        "Die Minister der beiden Länder unterzeichneten 2024 eine Übereinkunft.",
        'ß',
    ),
    (
        "el",
        "Οι υπουργοί των δύο χωρών υπέγραψαν συμφωνία το 2024.",
        'ώ',
    ),
    (
        "en",
        "The ministers of both countries signed an agreement in 2024.",
        'a',
    ),
    (
        "es",
        "Los ministros de ambos países firmaron un acuerdo en 2024.",
        'ñ',
    ),
    (
        "fa",
        "وزیران دو کشور در سال 2024 توافق‌نامه‌ای امضا کردند.",
        'ی',
    ),
    (
        "fi",
        "Maiden ministerit allekirjoittivat sopimuksen vuonna 2024.",
        'ä',
    ),
    (
        "fr",
        "Les ministres des deux pays ont signé l'accord en 2024.",
        'é',
    ),
    ("he", "שרי שתי המדינות חתמו על הסכם בשנת 2024.", 'ש'),
    (
        "hi",
        "दोनों देशों के मंत्रियों ने 2024 में समझौते पर हस्ताक्षर किए।",
        'क',
    ),
    (
        "hu",
        "A két ország miniszterei 2024-ben megállapodást írtak alá.",
        'ű',
    ),
    (
        "id",
        "Para menteri kedua negara menandatangani perjanjian pada 2024.",
        'e',
    ),
    (
        "it",
        "I ministri dei due paesi hanno firmato l'accordo nel 2024.",
        'è',
    ),
    ("ja", "両国の外相は2024年に協定に署名した。", '国'),
    (
        "kk",
        "Екі елдің министрлері 2024 жылы келісімге қол қойды.",
        'ұ',
    ),
    ("km", "រដ្ឋមន្ត្រីនៃប្រទេសទាំងពីរបានចុះហត្ថលេខា 2024", 'ក'),
    (
        "ko",
        "양국의 외교장관은 2024년에 서울에서 협정에 서명했다.",
        '한',
    ),
    ("lo", "ລັດຖະມົນຕີຂອງສອງປະເທດໄດ້ລົງນາມ 2024", 'ກ'),
    ("my", "နှစ်နိုင်ငံဝန်ကြီးများ 2024 ခုနှစ်တွင် လက်မှတ်ရေးထိုးခဲ့သည်", 'က'),
    (
        "nl",
        "De ministers van beide landen ondertekenden in 2024 een verdrag.",
        'ĳ',
    ),
    (
        "pl",
        "Ministrowie obu państw podpisali umowę w 2024 roku.",
        'ł',
    ),
    (
        "pt",
        "Os ministros dos dois países assinaram um acordo em 2024.",
        'ã',
    ),
    (
        "ru",
        "Министры двух стран подписали соглашение в 2024 году.",
        'ё',
    ),
    ("th", "รัฐมนตรีของทั้งสองประเทศลงนามในข้อตกลงเมื่อ 2024", 'ก'),
    (
        "tr",
        "İki ülkenin bakanları 2024 yılında IŞIK anlaşmasını imzaladı.",
        'İ',
    ),
    (
        "uk",
        "Міністри двох країн підписали угоду у 2024 році.",
        'ї',
    ),
    (
        "vi",
        "Bộ trưởng hai nước đã ký hiệp định vào năm 2024.",
        'đ',
    ),
    ("zh", "两国外长于2024年签署了协定。", '国'),
];

fn analyse(text: &str, language: &str) -> Analysis {
    common::analyzer().analyze(text, Some(language))
}

fn terms<'t>(tokens: impl Iterator<Item = Token<'t>>) -> Vec<String> {
    tokens.map(|token| token.term.to_owned()).collect()
}

/// Ranges on character boundaries, positions that never fall, terms that are something.
fn check(tokens: &Tokens, text: &str, language: &str) {
    let mut position = 0;
    for token in tokens.iter() {
        let written = text.get(token.range.clone());
        assert!(
            written.is_some_and(|written| !written.is_empty()),
            "{language}: {token:?}"
        );
        assert!(!token.term.is_empty(), "{language}: {token:?}");
        assert!(token.position >= position, "{language}: {token:?}");
        position = token.position;
    }
}

#[test]
fn ranges_and_positions() {
    for (language, text, _) in LANGUAGES {
        let analysis = analyse(text, language);
        check(&analysis.words, text, language);
        check(&analysis.grams, text, language);
        assert!(analysis.words.content().count() >= 4, "{language}");
    }
}

#[test]
fn a_sentence_shows_its_language() {
    let found = |text| Language::of(text).map(|found| found.to_string());
    let wrong: Vec<(&str, Option<String>)> = LANGUAGES
        .into_iter()
        .map(|(language, text, _)| (language, found(text)))
        .filter(|(language, found)| found.as_deref() != Some(*language))
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn a_word_of_a_text_is_found_when_it_is_typed_alone() {
    for (language, text, _) in LANGUAGES
        .into_iter()
        .filter(|(_, text, _)| text.contains(' '))
    {
        for token in analyse(text, language).words.content() {
            let typed = analyse(&text[token.range.clone()], language);
            let typed = terms(typed.words.iter());
            assert!(
                typed.contains(&token.term.to_owned()),
                "{language}: {token:?}, {typed:?}"
            );
        }
    }
}

#[test]
fn numbers_are_words() {
    for (language, text, _) in LANGUAGES {
        let words = terms(analyse(text, language).words.content());
        assert!(
            words.iter().any(|word| word.starts_with("2024")),
            "{language}: {words:?}"
        );
    }
}

#[test]
fn capitals_and_small_letters_are_one() {
    for (language, text, _) in LANGUAGES {
        // Turkish capitals are those of Turkish.
        let capitals = match language {
            "tr" | "az" => text.replace('i', "İ").to_uppercase(),
            _ => text.to_uppercase(),
        };
        if !matches!(language, "de" | "el") {
            let small = terms(analyse(text, language).words.iter());
            assert_eq!(
                terms(analyse(&capitals, language).words.iter()),
                small,
                "{language}"
            );
        }
    }
}

#[test]
fn nothing_gives_nothing() {
    for (language, ..) in LANGUAGES {
        for text in ["", " ", "\n", ".,;!?", "\u{200b}", "\u{301}"] {
            let analysis = analyse(text, language);
            assert!(
                analysis.words.content().count() <= 1,
                "{language}: {text:?}"
            );
        }
    }
}

#[test]
fn a_text_of_one_character_is_bounded() {
    let started = std::time::Instant::now();
    for (language, _, c) in LANGUAGES {
        let text: String = std::iter::repeat_n(c, 300_000).collect();
        let analysis = analyse(&text, language);
        check(&analysis.words, &text, language);
        assert!(
            analysis
                .grams
                .iter()
                .all(|token| token.term.chars().count() <= 64),
            "{language}"
        );
    }
    // Linear in the text: a quadratic step anywhere would take hours.
    assert!(started.elapsed().as_secs() < 300, "{:?}", started.elapsed());
}

#[test]
fn bad_input_does_no_harm() {
    let texts = [
        "\u{202e}abc\u{202c}",
        "\u{301}\u{301}\u{301}",
        "''''",
        "l'",
        "'l",
        "-a-",
        "a--b",
        "a-\u{301}b",
        "...",
        "a.b.",
        ",,,1,,",
        "\u{e01}\u{e31}\u{e31}\u{e31}",
        "\u{ac00}\u{11a8}",
        "\u{378}\u{ffff}",
        "İ̇İI\u{307}",
        "ﷺ",
        "\u{93c}\u{93c}",
        "x\u{200d}\u{200c}y",
        "1,2,3,",
        "u.s.a.",
        "U.S",
        "ё\u{308}",
        "ß\u{1e9e}",
    ];
    for (language, sentence, _) in LANGUAGES {
        for text in texts {
            for text in [
                text.to_owned(),
                format!("{sentence}{text}"),
                format!("{text}{sentence}"),
            ] {
                let analysis = analyse(&text, language);
                check(&analysis.words, &text, language);
                check(&analysis.grams, &text, language);
            }
        }
    }
}
