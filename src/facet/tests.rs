//! Facets as a whole: declared values, labels, data, and what holds for every text.

use super::*;
use proptest::prelude::*;

fn metadata(country: &[&str], year: &[&str], topic: &[&str]) -> Metadata {
    let owned = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    Metadata {
        country: owned(country),
        year: owned(year),
        topic: owned(topic),
        date: Some("2024-05-01".to_owned()),
        ..Metadata::default()
    }
}

#[test]
fn declared_values_are_resolved() {
    let metadata = metadata(
        &["VN", "カザフスタン", "Vietnam", ""],
        &["2020..2022", "令和元年"],
        &["貿易", "政治/外交"],
    );
    let (facets, complaints) = Finder::new().declared(&metadata);
    assert_eq!(complaints, Vec::<String>::new());
    let countries: Vec<String> = facets
        .countries
        .iter()
        .map(|c| c.value.to_string())
        .collect();
    assert_eq!(countries, ["VN", "KZ"]);
    assert_eq!(
        facets.years.iter().map(|y| y.value).collect::<Vec<_>>(),
        [2019, 2020, 2021, 2022]
    );
    assert_eq!(
        facets
            .topics
            .iter()
            .map(|t| t.value.as_str())
            .collect::<Vec<_>>(),
        ["経済/貿易", "政治/外交"]
    );
    assert!(
        facets
            .countries
            .iter()
            .all(|c| c.provenance == Provenance::Declared && c.range.is_none())
    );
}

#[test]
fn impossible_values_become_complaints() {
    let metadata = metadata(&["Atlantis", "Kazakhstn"], &["二千", "20255"], &["占星術"]);
    let (facets, complaints) = Finder::new().declared(&metadata);
    assert!(facets.is_empty());
    assert_eq!(
        complaints,
        [
            "country `Atlantis` is not known, left out; give a code (VN) or a name (ベトナム, Vietnam)",
            "country `Kazakhstn` is not known, left out; did you mean Kazakhstan (KZ)?",
            "year `二千` is not a year, left out; give a year (2024) or a range (2020..2024)",
            "year `20255` is not between 1 and 2999, left out; give a year (2024) or a range (2020..2024)",
            "topic `占星術` is not known, left out; give a path (経済/貿易) or a part of one (貿易, trade)",
        ]
    );
}

#[test]
fn joined_keeps_the_first_evidence() {
    let finder = Finder::new();
    let (declared, _) = finder.declared(&metadata(&["VN"], &["2024"], &[]));
    let joined = declared.joined(&finder.find("ベトナムと日本は1992年に"));
    assert_eq!(joined.countries[0].provenance, Provenance::Declared);
    assert_eq!(joined.countries[1].value.as_str(), "JP");
    assert_eq!(
        joined.years.iter().map(|y| y.value).collect::<Vec<_>>(),
        [1992, 2024]
    );
}

#[test]
fn labels() {
    for (kind, value, locale, expected) in [
        (Facet::Country, "VN", "ja", "ベトナム"),
        (Facet::Year, "1992", "ja", "1992"),
        (Facet::Topic, "経済/貿易", "en", "Economy / Trade"),
        (Facet::Language, "ja", "ja", "日本語"),
        (Facet::Country, "??", "ja", "??"),
    ] {
        assert_eq!(label(kind, value, locale, Taxonomy::built_in()), expected);
    }
}

#[test]
fn facets_are_plain_data() {
    fn shared<T: Send + Sync + Clone>(_: &T) {}
    let finder = Finder::new();
    shared(&finder);
    let facets = finder.find("ベトナムは1992年に外交関係を樹立した。");
    let json = serde_json::to_string(&facets).unwrap();
    assert!(
        json.contains(
            r#"{"value":"VN","provenance":"found","range":{"start":0,"end":12},"count":1}"#
        ),
        "{json}"
    );
    assert_eq!(serde_json::from_str::<Facets>(&json).unwrap(), facets);
}

/// Half-width as full-width, full-width as half-width ASCII.
fn widened(text: &str) -> String {
    let wide = |c: char| match c {
        '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
        c => c,
    };
    text.chars().map(wide).collect()
}

fn values(facets: &Facets) -> (Vec<(Country, u32)>, Vec<i32>, Vec<String>) {
    (
        facets
            .countries
            .iter()
            .map(|c| (c.value, c.count))
            .collect(),
        facets.years.iter().map(|y| y.value).collect(),
        facets.topics.iter().map(|t| t.value.clone()).collect(),
    )
}

const PIECES: &str = "(ベトナム|ﾍﾞﾄﾅﾑ|ヴ|マリ|タイ|インド|ア|ー|・|中国|日本|海|語|US|Mali|India|n|Island|1992|20|年|年代|～|-|, |in |第|令和|七|条約|貿易|trade|oil|s| |　|。|é|の|Қазақстан|한국|은|ไทย|\\PC|[\\x00-\\x1f\u{300}\u{3099}\u{feff}]){0,12}";

fn finder() -> Finder {
    // Its tables take a while to build.
    static FINDER: std::sync::LazyLock<Finder> = std::sync::LazyLock::new(Finder::new);
    FINDER.clone()
}

proptest! {
    #[test]
    fn ranges_lie_in_the_text(text in PIECES) {
        let facets = finder().find(&text);
        let ranges = facets.countries.iter().map(|c| &c.range)
            .chain(facets.years.iter().map(|y| &y.range))
            .chain(facets.topics.iter().map(|t| &t.range));
        for range in ranges {
            let range = range.clone().unwrap();
            prop_assert!(text.get(range.clone()).is_some_and(|shown| !shown.is_empty()), "{range:?} of {text:?}");
        }
    }

    #[test]
    fn width_makes_no_difference(text in PIECES) {
        let finder = finder();
        let (half, full) = (finder.find(&text), finder.find(&widened(&text)));
        prop_assert_eq!(values(&half), values(&full));
    }
}
