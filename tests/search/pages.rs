//! Pages, ties and limits.

use fumikura::{Document, SearchOptions};

use super::{Shelf, ids};

/// Forty documents: half of them answer alike, some have several passages.
fn documents() -> Vec<Document> {
    (0..40)
        .map(|number| match number % 4 {
            0 => Document::new(format!("d{number}"), "", "両国の貿易が増えた。"),
            1 => Document::new(format!("d{number}"), "", "両国の貿易が増えた。"),
            2 => {
                let paragraph =
                    "貿易について長い交渉が続き、関税の引き下げが話し合われた。".repeat(12);
                let text = format!("{paragraph}\n\n{paragraph}\n\n{paragraph}");
                Document::new(format!("d{number}"), "", text)
            }
            _ => Document::new(
                format!("d{number}"),
                "",
                format!("第{number}回の貿易会議。"),
            ),
        })
        .collect()
}

fn passages(shelf: &Shelf, query: &str, options: &SearchOptions) -> Vec<String> {
    let hits = shelf.hits(query, options);
    hits.hits.into_iter().map(|hit| hit.passage.id).collect()
}

#[test]
fn pages_cover_everything_once() {
    let shelf = Shelf::with(documents());
    for query in ["貿易", "", "貿易 会議", "\"貿易\""] {
        let all = passages(&shelf, query, &SearchOptions::top(1_000));
        assert_eq!(all.len(), shelf.hits(query, &SearchOptions::top(0)).total);
        for limit in [1, 7, 10] {
            let mut paged = Vec::new();
            loop {
                let options = SearchOptions {
                    offset: paged.len(),
                    ..SearchOptions::top(limit)
                };
                let hits = shelf.hits(query, &options);
                if hits.hits.is_empty() {
                    break;
                }
                assert_eq!(hits.hits[0].rank, paged.len() + 1);
                paged.extend(hits.hits.into_iter().map(|hit| hit.passage.id));
            }
            assert_eq!(paged, all, "{query}, {limit} a page");
        }
    }
}

#[test]
fn pages_cover_everything_below_the_candidates() {
    // More passages than are looked at for one page.
    let texts: Vec<Document> = (0..350)
        .map(|number| {
            let text = match number % 3 {
                0 => "防衛について話し、協力を約した。".to_owned(),
                1 => "防衛協力が進んだ。".to_owned(),
                _ => format!("防衛の協力、第{number}号。"),
            };
            Document::new(format!("d{number}"), "", text)
        })
        .collect();
    let shelf = Shelf::with(texts);
    let mut paged = Vec::new();
    for offset in (0..350).step_by(25) {
        let options = SearchOptions {
            offset,
            ..SearchOptions::top(25)
        };
        paged.extend(passages(&shelf, "防衛協力", &options));
    }
    assert_eq!(paged.len(), 350);
    let mut once = paged.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), 350, "a passage on two pages, or on none");
}

#[test]
fn a_page_beyond_the_end_is_empty() {
    let shelf = Shelf::of(&[("a", "貿易"), ("b", "貿易協定")]);
    for offset in [2, 3, 1_000_000, usize::MAX] {
        let options = SearchOptions {
            offset,
            ..SearchOptions::top(10)
        };
        let hits = shelf.hits("貿易", &options);
        assert_eq!((hits.total, hits.hits.len()), (2, 0), "offset {offset}");
    }
    assert_eq!(
        shelf
            .hits("貿易", &SearchOptions::top(usize::MAX))
            .hits
            .len(),
        2
    );
}

#[test]
fn a_document_may_be_kept_from_filling_the_page() {
    let shelf = Shelf::with(documents());
    for per_document in 1..=3 {
        let options = SearchOptions {
            per_document,
            ..SearchOptions::top(1_000)
        };
        let found = ids(&shelf.hits("貿易", &options));
        let most = found
            .iter()
            .map(|id| found.iter().filter(|other| *other == id).count())
            .max();
        assert_eq!(most, Some(per_document.min(3)));
        let mut documents = found.clone();
        documents.sort();
        documents.dedup();
        assert_eq!(documents.len(), 40);
    }
    let one_each = SearchOptions {
        per_document: 1,
        ..SearchOptions::top(20)
    };
    assert_eq!(ids(&shelf.hits("貿易", &one_each)).len(), 20);
}

#[test]
fn the_passages_of_one_document_are_found_by_what_they_say() {
    let filler = "両国の政府は、これからも話し合いを続けることで一致した。".repeat(9);
    let text = format!("港の建設。{filler}\n\n鉄道の敷設。{filler}\n\n空路の開設。{filler}");
    let shelf = Shelf::with(vec![Document::new("a", "交通の計画", text)]);
    for (query, ordinal) in [("港", 0), ("鉄道の敷設", 1), ("空路", 2)] {
        let hits = shelf.hits(query, &SearchOptions::top(3));
        assert_eq!(hits.hits[0].passage.ordinal, ordinal, "{query}");
    }
    let shown = shelf.searcher.show("a", "en").unwrap();
    assert_eq!(shown.passages.len(), 3);
    assert_eq!(
        shelf.searcher.show("a#1", "en").unwrap().passages[0]
            .passage
            .ordinal,
        1
    );
    assert!(shelf.searcher.show("b", "en").is_err());
}

#[test]
fn snippets_keep_their_length() {
    let text = format!(
        "{}両国は貿易協定に署名した。{}",
        "前置きが続く。".repeat(30),
        "後の話も続く。".repeat(20)
    );
    let shelf = Shelf::with(vec![Document::new("a", "", text)]);
    for snippet_chars in [1, 20, 60, 160, 10_000] {
        let options = SearchOptions {
            snippet_chars,
            ..SearchOptions::top(1)
        };
        let hits = shelf.hits("貿易協定", &options);
        let snippet = &hits.hits[0].snippet;
        assert!(snippet.text.chars().count() <= snippet_chars);
        assert!(hits.hits[0].passage.text.contains(&snippet.text));
        assert!(
            snippet_chars < 20 || snippet.text.contains("貿易協定"),
            "{}",
            snippet.text
        );
    }
}

#[test]
fn an_index_without_documents_answers() {
    let shelf = Shelf::with(Vec::new());
    for query in ["", "貿易", "country:VN", "\"a b\"", "カ*"] {
        let hits = shelf.hits(query, &SearchOptions::top(10));
        assert_eq!((hits.total, hits.hits.len()), (0, 0), "{query}");
    }
}
