//! Filters and counts.

use fumikura::{
    Document, ErrorKind, FacetCount, FacetFilter, FacetValue, Query, SearchOptions, YearRange,
};

use super::{Shelf, ids};

fn declared(id: &str, text: &str, country: &[&str], year: &[&str], topic: &[&str]) -> Document {
    let own = |values: &[&str]| values.iter().map(|&value| value.to_owned()).collect();
    let mut document = Document::new(id, "", text);
    document.metadata.country = own(country);
    document.metadata.year = own(year);
    document.metadata.topic = own(topic);
    document
}

fn shelf() -> Shelf {
    Shelf::with(vec![
        declared(
            "vn-2020",
            "貿易の記録、一",
            &["VN"],
            &["2020"],
            &["経済/貿易"],
        ),
        declared(
            "vn-2024",
            "貿易の記録、二",
            &["ベトナム"],
            &["2024"],
            &["経済/貿易"],
        ),
        declared(
            "kz-2020",
            "投資の記録、三",
            &["KZ"],
            &["2020"],
            &["経済/投資"],
        ),
        declared(
            "kz-2024",
            "会談の記録、四",
            &["Kazakhstan"],
            &["2022..2024"],
            &["政治/外交"],
        ),
        declared("vn-kz", "協定の記録、五", &["VN", "KZ"], &["2015"], &[]),
        declared(
            "found",
            "1992年にモンゴルで外相会談の記録があった。",
            &[],
            &[],
            &[],
        ),
        declared(
            "en",
            "A record of the talks in the capital city, with no date given at all.",
            &[],
            &[],
            &[],
        ),
    ])
}

fn filtered(shelf: &Shelf, query: &str, filters: &[FacetFilter]) -> Vec<String> {
    let options = SearchOptions {
        filters: filters.to_vec(),
        ..SearchOptions::top(100)
    };
    let mut found = ids(&shelf.hits(query, &options));
    found.sort();
    found
}

fn country(name: &str) -> FacetFilter {
    FacetFilter::Country(name.to_owned())
}

fn topic(name: &str) -> FacetFilter {
    FacetFilter::Topic(name.to_owned())
}

fn language(name: &str) -> FacetFilter {
    FacetFilter::Language(name.to_owned())
}

fn years(text: &str) -> FacetFilter {
    FacetFilter::Year(YearRange::parse(text).unwrap())
}

fn counts(counts: &[FacetCount]) -> Vec<(String, usize)> {
    counts
        .iter()
        .map(|count| match &count.value {
            FacetValue::Year(year) => (year.to_string(), count.count),
            FacetValue::Name(name) => (name.clone(), count.count),
        })
        .collect()
}

#[test]
fn a_country_is_known_by_any_name() {
    let shelf = shelf();
    for name in [
        "VN",
        "vn",
        "ベトナム",
        "Vietnam",
        "越南",
        "ヴェトナム",
        "Việt Nam",
    ] {
        let found = filtered(&shelf, "", &[country(name)]);
        assert_eq!(found, ["vn-2020", "vn-2024", "vn-kz"], "{name}");
    }
    assert_eq!(filtered(&shelf, "", &[country("モンゴル")]), ["found"]);
}

#[test]
fn filters_are_or_within_a_facet_and_and_between() {
    let shelf = shelf();
    let either = filtered(&shelf, "", &[country("VN"), country("KZ")]);
    assert_eq!(
        either,
        ["kz-2020", "kz-2024", "vn-2020", "vn-2024", "vn-kz"]
    );
    let both = filtered(&shelf, "", &[country("VN"), country("KZ"), years("2020")]);
    assert_eq!(both, ["kz-2020", "vn-2020"]);
    let with_text = filtered(&shelf, "貿易", &[country("VN"), years("2024")]);
    assert_eq!(with_text, ["vn-2024"]);
    assert!(filtered(&shelf, "貿易", &[country("MN")]).is_empty());
    assert!(filtered(&shelf, "", &[country("JP")]).is_empty());
}

#[test]
fn years_are_ranges() {
    let shelf = shelf();
    for (range, expected) in [
        ("2020", vec!["kz-2020", "vn-2020"]),
        ("2023", vec!["kz-2024"]),
        ("2015..2020", vec!["kz-2020", "vn-2020", "vn-kz"]),
        ("..1999", vec!["found"]),
        ("2022..", vec!["kz-2024", "vn-2024"]),
        ("1900..1950", vec![]),
    ] {
        assert_eq!(filtered(&shelf, "", &[years(range)]), expected, "{range}");
        assert_eq!(shelf.found(&format!("year:{range}")), expected, "{range}");
    }
}

#[test]
fn a_topic_is_all_that_is_below_it() {
    let shelf = shelf();
    for (name, expected) in [
        ("経済", vec!["kz-2020", "vn-2020", "vn-2024"]),
        ("経済/貿易", vec!["vn-2020", "vn-2024"]),
        ("貿易", vec!["vn-2020", "vn-2024"]),
        ("投資", vec!["kz-2020"]),
    ] {
        assert_eq!(filtered(&shelf, "", &[topic(name)]), expected, "{name}");
    }
}

#[test]
fn languages_are_filters_too() {
    let shelf = shelf();
    assert_eq!(filtered(&shelf, "", &[language("en")]), ["en"]);
    assert_eq!(filtered(&shelf, "", &[language("ja")]).len(), 6);
    assert_eq!(shelf.found("lang:en"), ["en"]);
}

#[test]
fn facets_may_stand_in_the_query() {
    shelf().finds(&[
        ("country:VN", "vn-2020 vn-2024 vn-kz"),
        ("国：ベトナム　年：２０２０", "vn-2020"),
        ("country:VN country:KZ year:2020", "vn-2020 kz-2020"),
        ("country:VN AND country:KZ", "vn-kz"),
        ("+country:VN +country:KZ", "vn-kz"),
        ("country:VN -country:KZ", "vn-2020 vn-2024"),
        ("country:VN -year:2024", "vn-2020 vn-kz"),
        ("投資 OR country:VN", "kz-2020 vn-2020 vn-2024 vn-kz"),
        ("country:KZ AND (投資 OR year:2023)", "kz-2020 kz-2024"),
        ("NOT country:VN", "kz-2020 kz-2024 found en"),
        ("NOT (country:VN OR country:KZ)", "found en"),
        ("topic:経済 -country:VN", "kz-2020"),
        (
            "(country:VN OR country:MN) AND NOT year:2020..",
            "vn-kz found",
        ),
    ]);
}

#[test]
fn an_unknown_value_is_said() {
    let shelf = shelf();
    let hits = shelf.hits("貿易 country:アトランティス", &SearchOptions::top(10));
    assert_eq!(hits.total, 2);
    assert!(
        hits.complaints[0].contains("アトランティス"),
        "{:?}",
        hits.complaints
    );
    let options = SearchOptions {
        filters: vec![country("アトランティス")],
        ..SearchOptions::top(10)
    };
    let error = shelf.searcher.search(&Query::All, &options).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnknownValue);
}

#[test]
fn counts_cover_all_matches() {
    let shelf = shelf();
    let hits = shelf.hits("記録", &SearchOptions::top(1));
    assert_eq!((hits.total, hits.hits.len()), (6, 1));
    let of = |name: &str, counted: &[(String, usize)]| {
        counted
            .iter()
            .find(|(value, _)| value == name)
            .map(|(_, count)| *count)
    };
    let countries = counts(&hits.facets.country);
    assert_eq!(
        countries,
        [("KZ", 3), ("VN", 3), ("MN", 1)].map(|(v, n)| (v.to_owned(), n))
    );
    let topics = counts(&hits.facets.topic);
    assert_eq!(of("経済", &topics), Some(3));
    assert_eq!(of("経済/貿易", &topics), Some(2));
    let years = counts(&hits.facets.year);
    assert_eq!(years.first(), Some(&("2024".to_owned(), 2)));
    assert_eq!(of("2022", &years), Some(1));
    assert_eq!(counts(&hits.facets.language), [("ja".to_owned(), 6)]);
    assert_eq!(hits.facets.country[0].label, "Kazakhstan");
}

#[test]
fn a_facet_is_not_narrowed_by_its_own_filter() {
    let shelf = shelf();
    for query in ["country:VN", "記録 country:VN"] {
        let hits = shelf.hits(query, &SearchOptions::top(10));
        assert_eq!(hits.total, 3);
        // Other countries can still be chosen; years are those of Vietnam alone.
        let countries: Vec<String> = counts(&hits.facets.country)
            .into_iter()
            .map(|(v, _)| v)
            .collect();
        assert_eq!(countries, ["KZ", "VN", "MN"], "{query}");
        let years = counts(&hits.facets.year);
        assert_eq!(
            years,
            [("2024", 1), ("2020", 1), ("2015", 1)].map(|(v, n)| (v.to_owned(), n))
        );
    }
    let hits = shelf.hits("country:VN year:2020", &SearchOptions::top(10));
    assert_eq!(hits.total, 1);
    let countries = counts(&hits.facets.country);
    assert_eq!(
        countries,
        [("KZ", 1), ("VN", 1)].map(|(v, n)| (v.to_owned(), n))
    );
    let years = counts(&hits.facets.year);
    assert_eq!(
        years,
        [("2024", 1), ("2020", 1), ("2015", 1)].map(|(v, n)| (v.to_owned(), n))
    );
}

#[test]
fn labels_follow_the_locale() {
    let options = SearchOptions {
        locale: "ja_JP.UTF-8".to_owned(),
        ..SearchOptions::top(10)
    };
    let hits = shelf().hits("country:VN", &options);
    let labels: Vec<&str> = hits
        .facets
        .country
        .iter()
        .map(|c| c.label.as_str())
        .collect();
    assert!(
        labels.contains(&"ベトナム") && labels.contains(&"カザフスタン"),
        "{labels:?}"
    );
    assert_eq!(hits.facets.language[0].label, "日本語");
}
