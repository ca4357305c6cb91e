//! Cases for languages of texts.

use super::*;
use proptest::prelude::*;

#[test]
fn languages_of_texts() {
    for (text, code) in [
        ("両国の外相は東京で会談した。", "ja"),
        ("日越外交関係樹立に関する経済協力", "ja"),
        ("NHKニュース", "ja"),
        ("ベトナム", "ja"),
        ("ﾍﾞﾄﾅﾑ", "ja"),
        ("対外関係", "ja"),
        ("两国外长在东京举行了会谈。", "zh"),
        ("哈薩克與日本的合作關係", "zh"),
        ("对外关系", "zh"),
        (
            "中国和哈萨克斯坦签署了协议，日本の公司参加了建设工程和投资项目的谈判工作，双方表示今后将继续加强经贸往来与合作",
            "zh",
        ),
        ("日本", ""),
        ("外交政策", ""),
        ("한국과 카자흐스탄의 관계", "ko"),
        ("韓國과 日本의 관계는 오랜 역사를 가지고 있다", "ko"),
        (
            "The foreign ministers of the two countries met in Tokyo on Monday.",
            "en",
        ),
        ("Trade relations between the two countries", "en"),
        (
            "Les ministres des affaires étrangères des deux pays se sont rencontrés à Tokyo.",
            "fr",
        ),
        (
            "Die Außenminister der beiden Länder trafen sich am Montag in Tokio.",
            "de",
        ),
        (
            "Los ministros de Asuntos Exteriores de los dos países se reunieron en Tokio.",
            "es",
        ),
        ("Hai bộ trưởng ngoại giao đã gặp nhau tại Tokyo.", "vi"),
        ("Quan hệ đối ngoại", "vi"),
        (
            "Министры иностранных дел двух стран встретились в Токио.",
            "ru",
        ),
        ("Екі елдің сыртқы істер министрлері Токиода кездесті.", "kk"),
        ("Қазақстан", "kk"),
        (
            "Міністри закордонних справ двох країн зустрілися в Токіо.",
            "uk",
        ),
        (
            "Эки өлкөнүн тышкы иштер министрлери Токиодо жолугушту, бул жөнүндө кеңири",
            "ky",
        ),
        (
            "Хоёр улсын Гадаад хэргийн сайд нар Токиод уулзав, өнөөдөр үүнийг",
            "mn",
        ),
        ("รัฐมนตรีต่างประเทศของทั้งสองประเทศพบกันที่โตเกียว", "th"),
        ("ລັດຖະມົນຕີຕ່າງປະເທດ", "lo"),
        ("រដ្ឋមន្ត្រីការបរទេស", "km"),
        ("နိုင်ငံခြားရေးဝန်ကြီး", "my"),
        ("საგარეო საქმეთა მინისტრები", "ka"),
        ("Արտաքին գործերի նախարարներ", "hy"),
        ("שרי החוץ של שתי המדינות", "he"),
        ("التقى وزيرا خارجية البلدين في طوكيو", "ar"),
        ("وزیران خارجه دو کشور در توکیو دیدار کردند و گفتگو", "fa"),
        ("दोनों देशों के विदेश मंत्री टोक्यो में मिले", "hi"),
        ("Οι υπουργοί Εξωτερικών", "el"),
        ("", ""),
        ("1992-2025 !?", ""),
    ] {
        let language = Language::of(text).map(|language| language.to_string());
        assert_eq!(language.unwrap_or_default(), code, "{text}");
    }
}

#[test]
fn codes() {
    for (tag, code) in [
        ("ja", Some("ja")),
        ("JA", Some("ja")),
        ("zh-Hant", Some("zh")),
        ("zh_TW.UTF-8", Some("zh")),
        ("jpn", Some("ja")),
        ("tlh", Some("tlh")),
        (" en ", Some("en")),
        ("japanese", None),
        ("日本語", None),
        ("", None),
        ("x", None),
    ] {
        let language = Language::from_tag(tag);
        assert_eq!(language.as_ref().map(Language::as_str), code, "{tag}");
    }
    let japanese: Language = serde_json::from_str("\"ja\"").unwrap();
    assert_eq!(serde_json::to_string(&japanese).unwrap(), "\"ja\"");
}

#[test]
fn stray_parts_are_of_the_language_of_the_whole() {
    let part =
        |text: &str, whole: &str| Language::of_part(text, Language::from_tag(whole)).unwrap();
    for (text, whole, expected) in [
        (
            "山田太郎、鈴木一郎、佐藤花子、高橋次郎、渡辺三郎、伊藤四郎",
            "ja",
            "ja",
        ),
        (
            "\"Minister visits capital after flood\" — Example News、2005年",
            "ja",
            "ja",
        ),
        (
            "The minister visited the capital after the flood and spoke with people who had lost their homes.",
            "ja",
            "en",
        ),
        ("รัฐมนตรีเดินทางเยือนกรุงโตเกียว", "ja", "th"),
        ("12 345", "ja", "ja"),
    ] {
        assert_eq!(part(text, whole).as_str(), expected, "{text} in {whole}");
    }
}

#[test]
fn names_for_readers() {
    let name = |code: &str, locale: &str| Language::from_tag(code).unwrap().name(locale);
    assert_eq!(name("ja", "ja_JP.UTF-8"), "日本語");
    assert_eq!(name("ja", "en"), "Japanese");
    assert_eq!(name("kk", "ja"), "カザフ語");
    assert_eq!(name("zh", "C"), "Chinese");
    assert_eq!(name("ja", "fr"), "japonais");
    assert_eq!(name("kk", "fr"), "Kazakh");
    assert_eq!(name("qqq", "ja"), "qqq");
}

proptest! {
    #[test]
    fn never_panics(text in "\\PC*") {
        let _ = Language::of(&text);
        let _ = Language::from_tag(&text);
        let _ = display_locale(&text);
    }
}
