//! What comes first: whole questions, keywords and statements, and what must hold for any of them.

use std::time::{Duration, Instant};

use fumikura::{Document, Query, QueryKind, SearchOptions};

use super::{Shelf, ids};

fn treaties() -> Shelf {
    Shelf::of(&[
        ("signed", "1992年、両国の外相は首都で貿易協定に署名した。"),
        ("harbour", "港の工事は十年続いた。"),
        ("trade", "貿易は年ごとに増え、港は広がった。"),
        ("agreement", "協定は議会で承認された。"),
        ("minister", "外相は各国を歴訪し、首都に戻った。"),
    ])
}

#[test]
fn question_words_weigh_little_and_never_empty_a_query() {
    let shelf = treaties();
    let asked = [
        "貿易協定",
        "貿易協定とは",
        "貿易協定は何ですか",
        "貿易協定について教えて",
        "貿易協定について教えてください",
        "貿易協定はいつ署名されましたか？",
    ];
    for query in asked {
        assert_eq!(shelf.ranked(query)[0], "signed", "query: {query}");
        assert!(
            !shelf.ranked(query).contains(&"harbour".to_owned()),
            "query: {query}"
        );
    }
    let shelf = Shelf::of(&[("what", "これは何ですか。"), ("where", "港はどこですか。")]);
    for query in ["何", "どこ", "何ですか", "とは", "どこですか"] {
        let _ = shelf.hits(query, &SearchOptions::default());
    }
    assert_eq!(shelf.ranked("どこですか")[0], "where");
    assert_eq!(shelf.ranked("何ですか")[0], "what");
}

#[test]
fn one_more_matching_term_never_lowers_a_passage() {
    // The same words about the matter, with and without one more that was asked for.
    let cases = [
        (
            "外相 首都 貿易",
            "外相は首都にいた。",
            "外相は首都で貿易を語った。",
        ),
        (
            "外相が首都で署名した協定は何か",
            "外相は首都で協定を語った。",
            "外相は首都で協定に署名した。",
        ),
        (
            "外相が首都で貿易協定に署名、議会は承認へ",
            "外相は首都で協定に署名。",
            "外相は首都で貿易協定に署名。",
        ),
    ];
    for (query, less, more) in cases {
        let shelf = Shelf::of(&[
            ("less", less),
            ("more", more),
            ("other", "港の工事は続いた。"),
        ]);
        shelf.ranks(&[(query, "more less")]);
    }
}

#[test]
fn the_title_that_was_asked_for_comes_before_one_that_has_more() {
    let with_title = |id, title, text| Document::new(id, title, text);
    let shelf = Shelf::with(vec![
        with_title("history", "富士山の噴火史", "噴火の記録を古い順に並べる。"),
        with_title(
            "mountain",
            "富士山",
            "高さは三千七百メートルを超え、裾野は広い。",
        ),
        with_title("view", "展望台", "富士山が見える場所を並べる。"),
    ]);
    shelf.ranks(&[
        ("富士山", "mountain"),
        ("富士山 高さ", "mountain"),
        ("富士山の高さは？", "mountain"),
    ]);
}

#[test]
fn a_year_in_the_query_prefers_passages_of_that_year_in_any_words() {
    let shelf = Shelf::of(&[
        ("era", "令和6年、首脳会談が開かれた。"),
        ("before", "平成6年、首脳会談が開かれた。"),
        ("after", "令和7年、首脳会談が開かれた。"),
    ]);
    shelf.ranks(&[("2024年の首脳会談", "era"), ("首脳会談 2024年", "era")]);
}

#[test]
fn the_word_that_comes_first_is_what_a_query_is_about() {
    let shelf = Shelf::of(&[
        ("harbour", "港の話を聞いた。"),
        ("bridge", "橋の話を聞いた。"),
    ]);
    shelf.ranks(&[("港 橋", "harbour bridge"), ("橋 港", "bridge harbour")]);
}

#[test]
fn numbers_speak_for_a_passage_and_years_only_as_years() {
    let shelf = Shelf::of(&[
        ("both", "2024年、17か国が会談した。"),
        ("neither", "各国が会談した。"),
    ]);
    let query = Query::parse("2024年の17か国の会談").query;
    let explained = shelf.searcher.explain(&query, 10).unwrap();
    let value = |id: &str, name: &str| {
        let (_, explanation) = explained.iter().find(|(own, _)| own == id).unwrap();
        let mut parts = explanation.parts.iter();
        parts.find(|part| part.name == name).unwrap().value
    };
    let one_number = value("both", "rarest word");
    assert!((value("both", "numbers") - one_number).abs() < 1e-3);
    assert!(value("both", "year") > 0.0);
    assert_eq!(value("neither", "numbers") + value("neither", "year"), 0.0);
}

#[test]
fn full_and_half_width_give_the_same_list() {
    let shelf = treaties();
    let options = SearchOptions::top(10);
    for (full, half) in [
        ("貿易協定　１９９２年", "貿易協定 1992年"),
        ("ﾎﾞｳｴｷ 協定", "ボウエキ 協定"),
    ] {
        let (full, half) = (shelf.hits(full, &options), shelf.hits(half, &options));
        assert_eq!(ids(&full), ids(&half));
        let scores =
            |hits: &fumikura::Hits| hits.hits.iter().map(|hit| hit.score).collect::<Vec<_>>();
        assert_eq!(scores(&full), scores(&half));
    }
}

#[test]
fn one_character_is_enough() {
    let shelf = treaties();
    for query in ["港", "相", "議"] {
        assert!(!shelf.ranked(query).is_empty(), "query: {query}");
    }
}

#[test]
fn a_quoted_phrase_wins() {
    let shelf = Shelf::of(&[
        (
            "apart",
            "協定の貿易条項。貿易、協定、貿易、協定、貿易についての協定。",
        ),
        (
            "phrase",
            "長い交渉の末に貿易協定がまとまり、外相は記者に経過を説明した。",
        ),
    ]);
    assert_eq!(shelf.ranked("\"貿易協定\""), ["phrase"]);
    shelf.ranks(&[("外相 「貿易協定」", "phrase")]);
}

#[test]
fn ties_are_broken_the_same_way_every_time() {
    let texts: Vec<(String, &str)> = (0..40)
        .map(|n| (format!("d{n}"), "貿易協定の署名。"))
        .collect();
    let borrowed: Vec<(&str, &str)> = texts
        .iter()
        .map(|(id, text)| (id.as_str(), *text))
        .collect();
    let backwards: Vec<(&str, &str)> = borrowed.iter().rev().copied().collect();
    let (one, other) = (Shelf::of(&borrowed), Shelf::of(&backwards));
    assert_eq!(one.ranked("貿易協定"), other.ranked("貿易協定"));
    assert_eq!(
        one.ranked("貿易協定の署名は？"),
        other.ranked("貿易協定の署名は？")
    );
}

#[test]
fn a_query_of_500_characters_is_quick() {
    let shelf = treaties();
    let query: String = "外相は首都で貿易協定に署名し、議会は承認した。".repeat(22);
    assert!(query.chars().count() >= 500);
    let started = Instant::now();
    assert_eq!(shelf.ranked(&query)[0], "signed");
    // Generous: other tests run beside this one, and the build is not optimised.
    assert!(
        started.elapsed() < Duration::from_secs(5),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn a_score_is_the_sum_of_what_it_rests_on() {
    let shelf = treaties();
    let options = SearchOptions {
        explain: true,
        ..SearchOptions::default()
    };
    let cases = [
        ("貿易協定 署名", QueryKind::Keywords),
        (
            "外相が首都で貿易協定に署名、議会も承認へ",
            QueryKind::Statement,
        ),
        ("貿易協定に署名したのは誰か", QueryKind::Question),
    ];
    for (query, kind) in cases {
        let hits = shelf.hits(query, &options).hits;
        for hit in &hits {
            let explanation = hit.explanation.as_ref().unwrap();
            assert_eq!(explanation.kind, kind, "query: {query}");
            let sum: f32 = explanation
                .parts
                .iter()
                .map(|part| part.contribution())
                .sum();
            assert!(
                (sum - hit.score).abs() < 1e-3 * hit.score.max(1.0),
                "{explanation:?}"
            );
        }
    }
    let plain = shelf
        .searcher
        .search(&Query::parse("貿易").query, &SearchOptions::default());
    assert!(plain.unwrap().hits[0].explanation.is_none());
}
