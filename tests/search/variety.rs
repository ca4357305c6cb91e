//! Near copies behind the first of them, and documents that do not fill the page.

use fumikura::{Document, FacetFilter, SearchOptions};

use super::{Shelf, ids};

const REPORT: &str = "両国の外相は三日、首都で会談し、貿易協定の交渉を年内に終えることで一致した。会談では港と鉄道の整備、\
    留学生の受け入れ、漁業の取り決めについても話し合われ、次の会談は来年の春に東京で開かれる。共同の声明は夜に発表された。";
const OTHER: &str = "貿易協定の交渉がまとまれば、果物の関税は五年で無くなる。農家の団体は、安い輸入品に押されるとして反対の集会を開いた。\
    政府は、農地の集約と輸出の支援に予算をつけると説明している。協定は国会の承認を経て来年の夏に効力を生じる見込みである。";

fn folded(limit: usize) -> SearchOptions {
    SearchOptions {
        fold_duplicates: true,
        ..SearchOptions::top(limit)
    }
}

/// A report in three papers, and another report on the same matter.
fn papers() -> Shelf {
    let mut agency = Document::new("agency", "外相会談、貿易協定で一致", REPORT);
    agency.metadata.country = vec!["VN".to_owned()];
    let local = REPORT.rsplit_once("共同の").map_or("", |(kept, _)| kept);
    Shelf::with(vec![
        agency,
        Document::new("local", "年内に決着へ", local),
        Document::new("evening", "外相が会談", format!("【首都＝通信社】{REPORT}")),
        Document::new("farmers", "農家は反対", OTHER),
    ])
}

#[test]
fn near_copies_stand_behind_the_first_of_them() {
    let shelf = papers();
    for query in [
        "貿易協定",
        "外相 会談 貿易協定",
        "貿易協定の交渉はいつ終わるか",
    ] {
        let hits = shelf.hits(query, &folded(10));
        assert_eq!(hits.hits.len(), 2, "{query}");
        let (copied, own): (Vec<_>, Vec<_>) =
            hits.hits.iter().partition(|hit| !hit.duplicates.is_empty());
        assert_eq!(own[0].document.id, "farmers", "{query}");
        let mut all = copied[0].duplicates.clone();
        all.push(copied[0].passage.id.clone());
        all.sort();
        assert_eq!(all, ["agency#0", "evening#0", "local#0"], "{query}");
    }
}

#[test]
fn totals_and_counts_know_all_copies() {
    let shelf = papers();
    let all = shelf.hits("貿易協定", &SearchOptions::top(10));
    let fewer = shelf.hits("貿易協定", &folded(10));
    assert_eq!((fewer.total, all.total, all.hits.len()), (4, 4, 4));
    assert_eq!(fewer.facets, all.facets);
    assert!(all.hits.iter().all(|hit| hit.duplicates.is_empty()));
    // What a filter leaves out is no copy either.
    let narrowed = SearchOptions {
        filters: vec![FacetFilter::Country("VN".to_owned())],
        ..folded(10)
    };
    let hits = shelf.hits("貿易協定", &narrowed);
    assert_eq!(ids(&hits), ["agency"]);
    assert!(hits.hits[0].duplicates.is_empty());
    // Evaluation ranks documents, copies or not.
    let query = fumikura::Query::parse("貿易協定").query;
    assert_eq!(shelf.searcher.documents(&query, 10).unwrap().len(), 4);
}

#[test]
fn pages_with_copies_cover_everything_once() {
    let mut documents = Vec::new();
    for number in 0..60 {
        let own = format!(
            "会談は第{number}回である。{}",
            "話し合い".repeat(number % 7)
        );
        documents.push(Document::new(
            format!("own{number}"),
            "",
            format!("{OTHER}{own}{own}"),
        ));
        documents.push(Document::new(format!("copy{number}"), "", REPORT));
    }
    let shelf = Shelf::with(documents);
    let mut seen: Vec<String> = Vec::new();
    loop {
        let shown = seen.iter().filter(|id| !id.starts_with('+')).count();
        let options = SearchOptions {
            offset: shown,
            ..folded(7)
        };
        let hits = shelf.hits("貿易協定", &options).hits;
        if hits.is_empty() {
            break;
        }
        for hit in hits {
            seen.extend(hit.duplicates.iter().map(|id| format!("+{id}")));
            seen.push(hit.passage.id);
        }
    }
    let mut all: Vec<&str> = seen.iter().map(|id| id.trim_start_matches('+')).collect();
    all.sort_unstable();
    let number = all.len();
    all.dedup();
    assert_eq!((number, all.len()), (120, 120));
}

#[test]
fn a_document_says_how_many_more_of_its_passages_match() {
    let paragraph = |place: &str| format!("{place}の貿易。{}", "交渉が続いている。".repeat(40));
    let places = ["港", "空港", "鉄道", "倉庫", "市場"].map(paragraph);
    let shelf = Shelf::with(vec![
        Document::new("long", "", places.join("\n\n")),
        Document::new("short", "", "貿易の話。"),
    ]);
    for (per_document, more) in [
        (0, vec![]),
        (1, vec![4]),
        (2, vec![3]),
        (5, vec![]),
        (9, vec![]),
    ] {
        let options = SearchOptions {
            per_document,
            ..SearchOptions::top(10)
        };
        let hits = shelf.hits("貿易", &options);
        let told: Vec<usize> = hits.hits.iter().map(|hit| hit.more_in_document).collect();
        let told: Vec<usize> = told.into_iter().filter(|more| *more > 0).collect();
        assert_eq!(told, more, "{per_document} a document");
    }
}
