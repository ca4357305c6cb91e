//! Other words for what was typed.

use fumikura::{SearchOptions, Synonyms};

use super::Shelf;

fn shelf() -> Shelf {
    Shelf::of(&[
        (
            "bei",
            "米国の首相格の補佐官が東京を訪れ、港の使い方を話し合った。",
        ),
        (
            "usa",
            "アメリカの総理にあたる職はなく、大統領が港の予算に署名した。",
        ),
        ("south", "南アメリカの港では銅の積み出しが増えている。"),
        ("asean", "東南アジア諸国連合の会議は港の安全を取り上げた。"),
        (
            "minister",
            "総理大臣は港の祭りに招かれ、漁師と昼食をとった。",
        ),
        ("english", "The United Nations held a meeting on harbours."),
        ("short", "The UN report on harbours is late."),
    ])
}

#[test]
fn what_means_the_same_is_found_below_what_was_typed() {
    let shelf = shelf();
    shelf.finds(&[
        ("米国", "bei south usa"),
        ("ASEAN", "asean"),
        ("ａｓｅａｎ", "asean"),
        ("United Nations", "english short"),
        ("+米国 +大統領", "usa"),
    ]);
    shelf.ranks(&[
        ("米国", "bei"),
        ("首相", "bei minister"),
        ("米国の港", "bei"),
    ]);
}

#[test]
fn other_words_are_evidence_for_less_than_what_was_typed() {
    let shelf = Shelf::of(&[
        ("typed", "米国の港は広い。"),
        ("other", "アメリカの港は広い。"),
        ("neither", "港、港、港、港の話。"),
    ]);
    let query = fumikura::Query::parse("米国の港はどこですか").query;
    let explained = shelf.searcher.explain(&query, 10).unwrap();
    let part = |id: &str, name: &str| {
        let (_, explanation) = explained.iter().find(|(own, _)| own == id).unwrap();
        let mut parts = explanation.parts.iter();
        parts.find(|part| part.name == name).unwrap().value
    };
    let (typed, other) = (part("typed", "first word"), part("other", "first word"));
    assert!(
        typed > 0.0 && (other - 0.8 * typed).abs() < 1e-3,
        "{other} of {typed}"
    );
    assert!(part("other", "words covered") > part("neither", "words covered"));
    shelf.ranks(&[
        ("米国の港はどこですか", "typed other neither"),
        ("米国 港", "typed other neither"),
    ]);
}

#[test]
fn quotes_and_exclusions_mean_what_was_typed() {
    shelf().finds(&[
        ("\"米国\"", "bei"),
        ("港 -米国", "usa south asean minister"),
        ("\"ASEAN\"", ""),
    ]);
}

#[test]
fn other_words_are_marked() {
    let shelf = shelf();
    for (query, id, marked) in [
        ("米国", "usa", "アメリカ"),
        ("ASEAN", "asean", "東南アジア諸国連合"),
        ("UN", "english", "United Nations"),
    ] {
        let hits = shelf.hits(query, &SearchOptions::top(10)).hits;
        let hit = hits.iter().find(|hit| hit.document.id == id).unwrap();
        let (start, end) = hit.snippet.highlights[0];
        let text: String = (hit.snippet.text.chars().skip(start).take(end - start)).collect();
        assert_eq!(text, marked, "{query}");
    }
}

#[test]
fn a_set_of_ones_own_counts_before_the_built_in_ones() {
    let shelf = shelf();
    let own = Synonyms::parse("米国 =>\n魚市場\t漁師の昼食\n漁師 => fisherman\tharbours").unwrap();
    let found = |layers: &[&Synonyms], query: &str| {
        let searcher = shelf.searcher.clone().with_synonyms(layers);
        let query = fumikura::Query::parse(query).query;
        let hits = searcher.search(&query, &SearchOptions::top(10)).unwrap();
        let mut ids = super::ids(&hits);
        ids.sort();
        ids
    };
    let both = [&own, &Synonyms::built_in()];
    assert_eq!(found(&both, "米国"), ["bei"]);
    assert_eq!(found(&both, "アメリカ大統領"), found(&[], "アメリカ大統領"));
    assert_eq!(found(&both, "アメリカ"), ["bei", "south", "usa"]);
    assert_eq!(found(&both, "ASEAN"), ["asean"]);
    // Words of a language are looked for in its texts, in whatever language was typed.
    assert_eq!(found(&both, "漁師"), ["english", "minister", "short"]);
    assert_eq!(found(&[], "ASEAN"), [""; 0]);
}

#[test]
fn what_was_tried_is_told() {
    let shelf = shelf();
    let options = SearchOptions {
        explain: true,
        ..SearchOptions::top(10)
    };
    let hits = shelf.hits("米国", &options);
    let read = hits.explanation.unwrap().languages;
    let japanese = read
        .iter()
        .find(|reading| reading.language == "ja")
        .unwrap();
    let tried = &japanese.synonyms[0];
    assert_eq!(
        (tried.typed.as_str(), tried.tried.as_slice()),
        ("米国", &["アメリカ".to_owned()][..])
    );
    assert!(tried.missing.contains(&"アメリカ合衆国".to_owned()));
    assert_eq!(hits.hits[1].matched, ["アメリカ"]);
}

#[test]
fn a_query_of_ten_thousand_words_is_answered() {
    let shelf = shelf();
    for query in [
        "米国 ".repeat(10_000),
        "+米国 ".repeat(1_000),
        "ASEAN国連EU".repeat(900),
    ] {
        let started = std::time::Instant::now();
        shelf.hits(&query, &SearchOptions::top(10));
        assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    }
}
