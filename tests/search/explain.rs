//! What an explanation says.

use fumikura::{FacetFilter, SearchOptions};

use super::Shelf;

fn explained() -> SearchOptions {
    SearchOptions {
        explain: true,
        ..SearchOptions::top(10)
    }
}

#[test]
fn a_query_is_read_alike_in_both_widths() {
    let shelf = Shelf::of(&[("a", "カザフスタンは2024年に貿易協定に署名した。")]);
    let read = |query: &str| shelf.hits(query, &explained()).explanation.unwrap();
    let wide = read("カザフスタンの２０２４年の「貿易協定」　－石油　題*　国:KZ");
    assert_eq!(wide, read("ｶｻﾞﾌｽﾀﾝの2024年の「貿易協定」 -石油 題* 国:KZ"));
    assert_eq!(wide.named, ["Kazakhstan", "2024"]);
    assert_eq!(wide.phrases, ["貿易協定"]);
    assert_eq!(wide.excluded, ["石油"]);
    assert_eq!(wide.prefixes, ["題"]);
    assert_eq!(wide.filters, ["country:KZ (Kazakhstan)"]);
    assert!(wide.words.contains(&"貿易".to_owned()) && wide.grams.contains(&"易協".to_owned()));
    assert_eq!(wide.function_words, ["の"]);
}

#[test]
fn the_parts_of_a_score_add_up() {
    let shelf = Shelf::of(&[
        ("a", "カザフスタンは2024年に貿易協定に署名した。"),
        ("b", "協定の前に貿易があった。"),
    ]);
    for prefer_recent in [false, true] {
        let options = SearchOptions {
            prefer_recent,
            ..explained()
        };
        for hit in shelf.hits("貿易協定に署名した国", &options).hits {
            let parts = hit.explanation.unwrap().parts;
            let sum: f32 = parts.iter().map(|part| part.contribution()).sum();
            assert!((sum - hit.score).abs() < 1e-4, "{sum} {}", hit.score);
        }
    }
}

#[test]
fn nothing_is_explained_unasked() {
    let shelf = Shelf::of(&[("a", "貿易")]);
    let hits = shelf.hits("貿易", &SearchOptions::top(1));
    assert!(hits.explanation.is_none() && hits.hits[0].explanation.is_none());
    let options = SearchOptions {
        filters: vec![FacetFilter::Country("VN".to_owned())],
        ..explained()
    };
    let read = shelf.hits("", &options).explanation.unwrap();
    assert_eq!(read.filters, ["country:VN (Vietnam)"]);
    assert!(read.words.is_empty());
}
