//! Adding, replacing and removing.

use fumikura::{Document, Index, SearchOptions};

use super::{Shelf, ids, writer};
use crate::common;

fn texts() -> Vec<(String, String)> {
    let countries = ["日本", "韓国", "中国", "タイ", "インド", "ベトナム"];
    (0..30)
        .map(|number| {
            let country = countries[number % countries.len()];
            (format!("d{number}"), format!("{country}の貿易が増えた。"))
        })
        .collect()
}

fn build(texts: &[(String, String)], per_commit: usize) -> Shelf {
    let index = Index::in_memory(common::analyzer());
    let mut writer = writer(&index);
    for part in texts.chunks(per_commit) {
        for (id, text) in part {
            writer.add(Document::new(id, "", text)).unwrap();
        }
        writer.commit().unwrap();
    }
    let searcher = index.searcher().unwrap();
    Shelf { index, searcher }
}

#[test]
fn the_order_of_hits_does_not_depend_on_how_the_index_came_about() {
    let texts = texts();
    let mut reversed = texts.clone();
    reversed.reverse();
    let once = build(&texts, 100);
    let others = [build(&reversed, 100), build(&texts, 1), build(&reversed, 7)];
    for query in [
        "貿易",
        "ベトナムの貿易",
        "",
        "貿易 -日本",
        "\"の貿易\"",
        "貿* 増える",
    ] {
        for limit in [3, 10, 100] {
            let options = SearchOptions::top(limit);
            let expected = ids(&once.hits(query, &options));
            for other in &others {
                assert_eq!(
                    ids(&other.hits(query, &options)),
                    expected,
                    "{query}, top {limit}"
                );
            }
        }
    }
}

#[test]
fn ties_are_stable_beyond_the_candidates() {
    // More equal passages than are kept as candidates.
    let texts: Vec<(String, String)> = (0..250)
        .map(|number| (format!("d{number}"), "貿易が増えた。".to_owned()))
        .collect();
    let mut reversed = texts.clone();
    reversed.reverse();
    let options = SearchOptions::top(10);
    let expected = ids(&build(&texts, 1_000).hits("貿易", &options));
    for other in [
        build(&reversed, 1_000),
        build(&texts, 60),
        build(&reversed, 33),
    ] {
        assert_eq!(ids(&other.hits("貿易", &options)), expected);
    }
}

#[test]
fn a_document_is_replaced_by_its_id() {
    let shelf = Shelf::of(&[("a", "石油の輸出"), ("b", "鉄道の建設")]);
    let mut writer = writer(&shelf.index);
    writer.add(Document::new("a", "", "港湾の整備")).unwrap();
    // Not before the commit.
    assert_eq!(
        shelf.index.searcher().unwrap().status().unwrap().documents,
        2
    );
    writer.commit().unwrap();
    let after = Shelf {
        searcher: shelf.index.searcher().unwrap(),
        index: shelf.index.clone(),
    };
    after.finds(&[("港湾", "a"), ("石油", ""), ("鉄道", "b"), ("", "a b")]);
    // A searcher is a snapshot.
    shelf.finds(&[("石油", "a"), ("港湾", "")]);
}

#[test]
fn a_document_is_removed_by_its_id() {
    let long = "長い交渉の記録。".repeat(200);
    let shelf = Shelf::of(&[("a", &long), ("b", "短い記録")]);
    let mut writer = writer(&shelf.index);
    writer.delete("a");
    writer.delete("no such document");
    writer.commit().unwrap();
    let searcher = shelf.index.searcher().unwrap();
    let after = Shelf {
        index: shelf.index.clone(),
        searcher,
    };
    after.finds(&[("記録", "b"), ("交渉", "")]);
    assert_eq!(after.hits("", &SearchOptions::top(9)).total, 1);
    assert!(after.searcher.show("a", "en").is_err());
}

#[test]
fn the_same_id_twice_is_the_last_one() {
    let shelf = Shelf::of(&[("a", "一つ目の文章"), ("a", "二つ目の文章")]);
    shelf.finds(&[("文章", "a"), ("\"二つ目\"", "a"), ("\"一つ目\"", "")]);
}

#[test]
fn what_is_rolled_back_was_never_there() {
    let shelf = Shelf::of(&[("a", "石油")]);
    let mut writer = writer(&shelf.index);
    writer.add(Document::new("b", "", "石炭")).unwrap();
    writer.delete("a");
    writer.rollback().unwrap();
    writer.add(Document::new("c", "", "鉄鋼")).unwrap();
    writer.commit().unwrap();
    let searcher = shelf.index.searcher().unwrap();
    let after = Shelf {
        index: shelf.index.clone(),
        searcher,
    };
    after.finds(&[("", "a c"), ("石炭", "")]);
}

#[test]
fn an_id_may_be_any_text() {
    let shelf = Shelf::of(&[
        ("外交/2024 年#1.txt", "石油"),
        ("a\u{1f}b", "石炭"),
        ("", "鉄鋼"),
    ]);
    assert_eq!(shelf.found("石油"), ["外交/2024 年#1.txt"]);
    assert!(shelf.searcher.show("外交/2024 年#1.txt", "en").is_ok());
    assert!(shelf.searcher.show("外交/2024 年#1.txt#0", "en").is_ok());
    assert_eq!(shelf.found("鉄鋼"), [""]);
}
