//! What may have been meant by words that nothing has.

use fumikura::SearchOptions;

use super::Shelf;

const TEXTS: [(&str, &str); 4] = [
    ("a", "カザフスタンとの貿易は増えている。"),
    ("b", "カザフスタンの外交と資源。"),
    ("c", "ウズベキスタンの綿花は外国に売られる。"),
    (
        "d",
        "The minister of Kazakhstan talked about cotton and about trade.",
    ),
];

fn nearest(shelf: &Shelf, query: &str) -> Vec<(String, Vec<String>)> {
    let hits = shelf.hits(query, &SearchOptions::default());
    let suggestions = hits.suggestions.into_iter();
    suggestions
        .map(|suggestion| (suggestion.word, suggestion.nearest))
        .collect()
}

#[test]
fn words_that_nothing_has_lead_to_the_nearest() {
    let shelf = Shelf::of(&TEXTS);
    for (typed, meant) in [
        ("カザフスタソ", "カザフスタン"),
        ("カサフスタン", "カザフスタン"),
        ("ウズベキスン", "ウズベキスタン"),
        ("かざふすたそ", "カザフスタン"),
        ("kazafusutaso", "カザフスタン"),
        ("Kazakstan", "kazakhstan"),
        ("cottn", "cotton"),
        ("minsiter", "minister"),
    ] {
        let found = nearest(&shelf, typed);
        let first = found.first().and_then(|(_, nearest)| nearest.first());
        assert_eq!(first.map(String::as_str), Some(meant), "{typed}: {found:?}");
    }
}

#[test]
fn only_words_that_nothing_has_fail() {
    let shelf = Shelf::of(&TEXTS);
    for query in [
        "カザフスタン",
        "gaikou",
        "がいこう",
        "trade",
        "貿易",
        "-潜水艦",
        "は",
        "貿易はいつのことですか",
        "貿易とは、どこのことでしたか？",
    ] {
        assert!(nearest(&shelf, query).is_empty(), "{query}");
    }
    let failed: Vec<String> = nearest(&shelf, "貿易 カザフスタソ -ロケッツ")
        .into_iter()
        .map(|(word, _)| word)
        .collect();
    assert_eq!(failed, ["カザフスタソ"]);
    assert_eq!(
        nearest(&shelf, "潜水艦"),
        [("潜水艦".to_owned(), Vec::new())]
    );
    // A number is like many others.
    assert_eq!(nearest(&shelf, "2031"), [("2031".to_owned(), Vec::new())]);
    // Neither a megabyte without a space nor a thousand words take long.
    nearest(&shelf, &"ア".repeat(9_000));
    nearest(&shelf, &"ロケッツ ".repeat(1_000));
}

#[test]
fn required_parts_that_fail_are_told() {
    let shelf = Shelf::of(&TEXTS);
    for (query, failed) in [
        ("\"貿易の外交\"", &["\"貿易の外交\""][..]),
        ("+カザフスタン +2031", &["2031"]),
        ("貿易 AND (潜水艦 OR 艀)", &["潜水艦", "艀"]),
        ("貿易 AND 綿花", &[]),
    ] {
        let found = nearest(&shelf, query).into_iter();
        let words: Vec<String> = found.map(|(word, _)| word).collect();
        assert_eq!(words, failed, "{query}");
    }
    let told = shelf
        .hits("貿易 AND 綿花", &SearchOptions::default())
        .complaints;
    assert!(
        told[0].contains("no passage meets all conditions"),
        "{told:?}"
    );
}
