//! Texts in several languages in one index: each query is read in every language that is there, and no language changes what another finds.

use fumikura::{Document, SearchOptions};

use super::Shelf;

/// A few documents in each language: id and text.
const JAPANESE: &[(&str, &str)] = &[
    (
        "ja-trade",
        "日本とカザフスタンは自由貿易協定に署名した。関税は五年で下がる。",
    ),
    (
        "ja-talks",
        "両国の外相は東京で会談し、経済協力について話し合った。",
    ),
    (
        "ja-river",
        "中国から東南アジアへ流れるメコン川は、米の産地を潤す。",
    ),
    ("ja-rail", "中国と欧州を結ぶ鉄道がカザフスタンを通る。"),
    ("ja-museum", "国立博物館で中央アジアの織物が展示された。"),
    (
        "ja-oil",
        "石油の輸出が増え、経済が成長した。OPEC加盟国も増産する。",
    ),
    (
        "ja-city",
        "首都アスタナで国際会議が開かれ、大統領が演説した。",
    ),
    ("ja-rice", "ベトナムは米の輸出国であり、経済協力も進む。"),
];
const CHINESE: &[(&str, &str)] = &[
    (
        "zh-trade",
        "中国和越南签署了自由贸易协定，关税将在五年内下降。",
    ),
    ("zh-talks", "两国外长在北京举行会谈，讨论经济合作问题。"),
    (
        "zh-rail",
        "连接中国和欧洲的铁路经过哈萨克斯坦，国际运输增加。",
    ),
    (
        "zh-oil",
        "石油出口增加，经济增长。总统在国际会议上发表了讲话。",
    ),
];
const OTHERS: &[(&str, &str)] = &[
    (
        "en-trade",
        "The two countries signed a free trade agreement after long negotiations with the OPEC members.",
    ),
    (
        "en-rail",
        "A railway that connects China with Europe passes through Kazakhstan, and more countries use it.",
    ),
    (
        "ru-trade",
        "Министры двух стран подписали соглашение о свободной торговле после долгих переговоров.",
    ),
    (
        "bg-trade",
        "Министрите на двете страни подписаха споразумение за свободна търговия след дълги преговори.",
    ),
    (
        "th-trade",
        "รัฐมนตรีของทั้งสองประเทศลงนามในข้อตกลงการค้าเสรีหลังจากการเจรจา",
    ),
    (
        "ko-trade",
        "양국의 외교장관은 서울에서 만나 자유무역협정에 서명했다.",
    ),
    (
        "vi-trade",
        "Bộ trưởng hai nước đã ký hiệp định thương mại tự do tại thành phố Đà Nẵng.",
    ),
    (
        "kk-trade",
        "Екі елдің министрлері ұзақ келіссөздерден кейін еркін сауда туралы келісімге қол қойды.",
    ),
];

/// Queries of one character, a word, several words and a question.
const QUERIES: &[&str] = &[
    "米",
    "中国",
    "経済",
    "経済協力",
    "国際会議",
    "石油 輸出",
    "カザフスタン",
    "自由貿易協定",
    "東京で会談した外相",
    "鉄道が通る国はどこですか",
    "OPEC",
    "カザフスタン OR ベトナム",
    "経済 -石油",
    "+経済 協力",
    "\"自由貿易協定\"",
    "カザ*",
    "経済 growth",
    "五年",
];

fn shelf(parts: &[&[(&str, &str)]]) -> Shelf {
    Shelf::of(&parts.concat())
}

/// Ids that begin so, in the order found.
fn of_language(ranked: Vec<String>, language: &str) -> Vec<String> {
    let own = |id: &String| id.starts_with(language);
    ranked.into_iter().filter(own).collect()
}

#[test]
fn other_languages_change_nothing_of_what_a_query_finds() {
    let alone = shelf(&[JAPANESE]);
    let mixed = [
        shelf(&[JAPANESE, CHINESE]),
        shelf(&[CHINESE, JAPANESE, OTHERS]),
    ];
    for query in QUERIES {
        let expected = alone.ranked(query);
        assert!(!expected.is_empty(), "{query}");
        for mixed in &mixed {
            assert_eq!(of_language(mixed.ranked(query), "ja"), expected, "{query}");
        }
    }
    let alone = shelf(&[CHINESE]);
    for query in [
        "经济",
        "中国",
        "国际会议",
        "铁路经过哪里？",
        "签署 协定",
        "石油出口",
    ] {
        let expected = alone.ranked(query);
        assert!(!expected.is_empty(), "{query}");
        assert_eq!(
            of_language(mixed[1].ranked(query), "zh"),
            expected,
            "{query}"
        );
    }
}

#[test]
fn han_characters_alone_find_both_languages() {
    let shelf = shelf(&[JAPANESE, CHINESE]);
    for query in ["中国", "石油", "北京", "国際会議"] {
        let found = shelf.ranked(query);
        assert!(!found.is_empty(), "{query}");
    }
    let found = shelf.found("石油");
    assert_eq!(found, ["ja-oil", "zh-oil"]);
    let found = shelf.found("\"中国\"");
    assert_eq!(found, ["ja-rail", "ja-river", "zh-rail", "zh-trade"]);
}

#[test]
fn a_few_passages_among_thousands_are_found() {
    let filler: Vec<(String, String)> = (0..8_000)
        .map(|number| (format!("filler-{number}"), format!("{number}番の資料。")))
        .collect();
    let filler: Vec<(&str, &str)> = filler
        .iter()
        .map(|(id, text)| (id.as_str(), text.as_str()))
        .collect();
    let few = shelf(&[JAPANESE, OTHERS]);
    let among = shelf(&[JAPANESE, OTHERS, &filler]);
    for query in [
        "trade",
        "OPEC",
        "country",
        "министр",
        "รัฐ",
        "\"free trade\"",
        "\"国際会議\" OR railway",
        "自由貿易協定 agreement",
        "+railway +China",
        "countr*",
        "language:en OR 貿易",
        "貿易 OR (language:ru министр)",
        "language:en -OPEC",
    ] {
        let others = |shelf: &Shelf| {
            let mut found = shelf.found(query);
            found.retain(|id| !id.starts_with("filler"));
            found
        };
        let found = others(&among);
        assert!(
            found.iter().any(|id| !id.starts_with("ja")),
            "{query}: {found:?}"
        );
        assert_eq!(found, others(&few), "{query}");
    }
}

#[test]
fn inflected_forms_are_found_and_marked_whole() {
    let shelf = shelf(&[JAPANESE, OTHERS]);
    let options = SearchOptions::top(10);
    for (query, id, marked) in [
        ("country", "en-trade", "countries"),
        ("negotiation", "en-trade", "negotiations"),
        ("соглашения", "ru-trade", "соглашение"),
        ("министр", "ru-trade", "Министры"),
        ("외교장관이", "ko-trade", "외교장관"),
        ("келіссөз", "kk-trade", "келіссөздерден"),
        ("da nang", "vi-trade", "Đà Nẵng"),
    ] {
        let hits = shelf.hits(query, &options);
        let hit = hits.hits.iter().find(|hit| hit.document.id == id);
        let hit = hit.unwrap_or_else(|| panic!("{query} does not find {id}"));
        let text: Vec<char> = hit.snippet.text.chars().collect();
        let marks: Vec<String> = hit
            .snippet
            .highlights
            .iter()
            .map(|&(start, end)| text[start..end].iter().collect())
            .collect();
        let joined = marks.join(" ");
        assert!(joined.contains(marked), "{query}: {marks:?}");
    }
}

#[test]
fn what_is_written_as_typed_comes_first() {
    let english = |id: &str, text: &str| {
        let mut document = Document::new(id, "", text);
        document.metadata.language = Some("en".to_owned());
        document
    };
    let shelf = Shelf::with(vec![
        english("plural", "The countries agreed on the tariff of the year."),
        english("singular", "The country agreed on the tariff of the year."),
        english("plain", "A resume of the year was written by the minister."),
        english(
            "marked",
            "A résumé of the year was written by the minister.",
        ),
    ]);
    shelf.ranks(&[
        ("country", "singular plural"),
        ("countries", "plural singular"),
    ]);
    shelf.ranks(&[("\"countries agreed\"", "plural singular")]);
}

#[test]
fn hyphens_and_points_are_written_or_not() {
    let english = |id: &str, text: &str| {
        let mut document = Document::new(id, "", text);
        document.metadata.language = Some("en".to_owned());
        document
    };
    let shelf = Shelf::with(vec![
        english("hyphen", "Economic co-operation grew in the region."),
        english("one", "Economic cooperation grew in the region."),
        english("points", "The U.S. economy shrank."),
        english("bare", "The US economy shrank."),
    ]);
    shelf.finds(&[
        ("+cooperation", "hyphen one"),
        ("+co-operation", "hyphen one"),
        ("+U.S.", "points bare"),
        ("+US", "points bare"),
    ]);
}
