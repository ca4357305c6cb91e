//! More like a passage.

use fumikura::{Document, FacetFilter, Index, SearchOptions};

use super::{Shelf, ids, writer};

const RAILWAY: &str = "国境の駅では貨車の台車を入れ替える。線路の幅が両国で違うためで、鉄道の職員は三交代で働き、積み替えを一時間で終える。\
    乾いた港と呼ばれる貨物の基地には、倉庫と税関が並ぶ。貨物列車は一日に三十本が着き、西へ向かう。";
const TRAINS: &str = "貨物列車が着くと、職員は線路の幅に合わせて台車を替える。基地の税関は夜も開いている。鉄道は海運より速い。";
const COFFEE: &str = "高原の農家はコーヒーの豆を干し、港の倉庫へ送る。豆の値段は去年の倍になった。";
const ORCHARD: &str = "果樹園では林檎の収穫が始まった。甘い品種は輸出に回る。";

fn shelf() -> Shelf {
    let mut trains = Document::new("trains", "国境の貨物列車", TRAINS);
    trains.metadata.country = vec!["KZ".to_owned()];
    Shelf::with(vec![
        Document::new("railway", "乾いた港", RAILWAY),
        Document::new("copy", "国境の駅", format!("（通信社）{RAILWAY}")),
        trains,
        Document::new("coffee", "", COFFEE),
        Document::new("orchard", "", ORCHARD),
    ])
}

fn like(shelf: &Shelf, id: &str, options: &SearchOptions) -> Vec<String> {
    ids(&shelf.searcher.like(id, options).unwrap())
}

#[test]
fn what_shares_the_most_telling_words_comes_first() {
    let shelf = shelf();
    let options = SearchOptions::top(10);
    assert_eq!(like(&shelf, "railway#0", &options)[0], "trains");
    // The passage and its near copies are known already, from either side.
    for id in ["railway#0", "copy#0"] {
        let hits = shelf.searcher.like(id, &options).unwrap();
        assert!(
            hits.hits
                .iter()
                .all(|hit| hit.document.id != "railway" && hit.document.id != "copy")
        );
        assert_eq!(hits.total, hits.hits.len());
        assert_eq!(hits.like.as_deref(), Some(id));
        assert!(hits.query.contains("貨物"), "{}", hits.query);
    }
    let twice = [0, 1].map(|_| shelf.searcher.like("railway#0", &options).unwrap().query);
    assert_eq!(twice[0], twice[1]);
}

#[test]
fn filters_apply() {
    let options = SearchOptions {
        filters: vec![FacetFilter::Country("KZ".to_owned())],
        ..SearchOptions::top(10)
    };
    assert_eq!(like(&shelf(), "railway#0", &options), ["trains"]);
}

#[test]
fn an_id_that_is_no_passage_says_what_to_do() {
    let filler = "両国の政府は、これからも話し合いを続けることで一致した。".repeat(12);
    let shelf = Shelf::with(vec![Document::new(
        "long",
        "",
        format!("{filler}\n\n{filler}"),
    )]);
    let options = SearchOptions::top(10);
    let error = shelf.searcher.like("long", &options).unwrap_err();
    assert_eq!(error.to_string(), "`long` is a document of 2 passages");
    assert_eq!(error.hint(), Some("give one of them: `long#0` to `long#1`"));
    assert!(shelf.searcher.like("nothing#0", &options).is_err());
}

#[test]
fn without_words_pairs_of_characters_do() {
    let index = Index::in_memory(fumikura::Analyzer::grams_only());
    let mut writer = writer(&index);
    for (id, text) in [
        ("railway", RAILWAY),
        ("trains", TRAINS),
        ("orchard", ORCHARD),
    ] {
        writer.add(Document::new(id, "", text)).unwrap();
    }
    writer.commit().unwrap();
    let searcher = index.searcher().unwrap();
    let hits = searcher.like("railway", &SearchOptions::top(10)).unwrap();
    assert_eq!(ids(&hits)[0], "trains");
}
