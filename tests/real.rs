//! Real texts as users have them, which are no part of this repository: tests skip without them.

#![cfg(feature = "ja")]
#![allow(clippy::unwrap_used)]

mod common;

use std::ops::ControlFlow;

use fumikura::{
    Analyzer, Document, Event, Index, Query, SearchOptions, Source, UpdateSummary, WriterOptions,
};

const ARTICLES: [&str; 2] = [
    "kazakhstan-foreign-policy.txt",
    "vietnam-kazakhstan-relations.txt",
];

/// Questions of five kinds, and letters that only a right passage has.
const QUESTIONS: [(&str, &str); 36] = [
    // names
    ("シェブロン", "シェブロン"),
    ("ルカシェンコ", "ルカシェンコ"),
    ("ヴォー・ヴァン・キエット", "キエット"),
    ("ホルゴス", "ホルゴス"),
    ("トゥミシュ大使", "トゥミシュ"),
    ("シルクロード経済ベルト", "シルクロード"),
    ("ユーラシア経済連合", "ユーラシア経済連合"),
    // two keywords
    ("観光客 急増", "62,500人"),
    ("ビザ免除 30日", "ビザ免除"),
    ("クリミア 中立", "クリミア"),
    ("油田 シェブロン 投資", "テンギス"),
    ("牛肉 羊肉", "羊肉"),
    ("インスタントラーメン 企業", "ラーメン"),
    ("ダナン 映画", "ダナン"),
    ("シリア 和平", "シリア"),
    ("トルコ 文化 宗教", "文化と宗教"),
    ("大使館 開設 ベトナム", "大使館"),
    ("ベトナム人 コミュニティ", "コミュニティ"),
    // whole questions
    (
        "ベトナムとカザフスタンはいつ外交関係を樹立しましたか？",
        "6月29日",
    ),
    (
        "カザフスタンの独立を最初に承認した国はどこですか",
        "最初の国となり",
    ),
    (
        "カザフスタンと中国の国境問題はどのように解決されたのですか？",
        "57%",
    ),
    (
        "ベトナムはカザフスタンに何を輸出していますか？",
        "カシューナッツ",
    ),
    ("カザフスタン外務省はいつ設立された？", "1991年に設立"),
    (
        "カザフスタンはロシアとどのような条約を結びましたか",
        "永遠の友情",
    ),
    (
        "アメリカ企業はカザフスタンにいくら投資していますか？",
        "500億ドル",
    ),
    ("中間回廊とは何ですか？", "中間回廊"),
    ("カザフスタンの外務大臣は誰が任命しますか？", "任命され"),
    // full width
    ("ＣＩＣＡ－６　首脳会議", "CICA-6"),
    ("ＥＡＥＵ　加盟国　統合", "EAEU"),
    ("ｶｻﾞﾌｽﾀﾝ　国連安全保障理事会　非常任理事国", "非常任理事国"),
    ("ＩＰＵ　ハノイ", "IPU-132"),
    // numbers with their year
    ("２０２４年　貿易額　８億米ドル", "8億米ドル"),
    ("2018年3月 首脳会談 アスタナ", "2018年3月"),
    ("1994年 ユーラシア連合 提案", "1994年"),
    ("2022年11月 直行便", "直行便"),
    ("1992年 国連 加盟 168", "168名"),
];
/// Questions that may fail.
const UNANSWERED: usize = 2;

/// Indexes files in memory; nothing may be lost or complained of.
fn index(names: &[&str]) -> Option<(Index, UpdateSummary)> {
    let paths: Vec<_> = names
        .iter()
        .map(|name| common::real_texts(name))
        .collect::<Option<_>>()?;
    let index = Index::in_memory(common::analyzer());
    let mut writer = index.writer(&WriterOptions::default()).unwrap();
    let mut problems = Vec::new();
    let summary = writer
        .update(&paths, |event| {
            if let Event::Problem(error) = event {
                problems.push(error.to_string());
            }
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(problems, Vec::<String>::new());
    Some((index, summary))
}

#[test]
fn raw_articles_become_clean_passages() {
    let Some((index, _)) = index(&ARTICLES) else {
        return;
    };
    let searcher = index.searcher().unwrap();
    let hits = searcher
        .search(&Query::All, &SearchOptions::top(1_000))
        .unwrap()
        .hits;
    assert!((12..=40).contains(&hits.len()), "{} passages", hits.len());
    let furniture = ["Image", "Anonim", "目次:", "コメント (0)", "政治"];
    let mut comfortable = 0;
    for hit in &hits {
        for line in hit.passage.text.lines() {
            assert!(
                !furniture.contains(&line.trim()),
                "{line} in {}",
                hit.passage.id
            );
        }
        let chars = hit.passage.text.chars().count();
        assert!(chars <= 580, "{chars} characters in {}", hit.passage.id);
        comfortable += usize::from((150..=500).contains(&chars));
        assert!(!hit.document.title.is_empty());
        assert_eq!(hit.passage.language, "ja");
    }
    let share = comfortable as f64 / hits.len() as f64;
    assert!(
        share > 0.7,
        "only {share:.2} of the passages are of a comfortable length"
    );
    let headings = hits
        .iter()
        .filter(|hit| !hit.passage.heading.is_empty())
        .count();
    assert!(headings * 2 > hits.len(), "headings are kept: {headings}");
}

#[test]
fn questions_about_raw_articles_are_answered() {
    let Some((index, _)) = index(&ARTICLES) else {
        return;
    };
    let searcher = index.searcher().unwrap();
    let mut failed = Vec::new();
    for (question, letters) in QUESTIONS {
        let query = Query::parse(question).query;
        let hits = searcher
            .search(&query, &SearchOptions::top(3))
            .unwrap()
            .hits;
        let is_right = |text: &str| text.contains(letters);
        if !hits.iter().any(|hit| is_right(&hit.passage.text)) {
            let found: Vec<String> = hits
                .iter()
                .map(|hit| format!("{}: {}", hit.passage.id, hit.snippet.text))
                .collect();
            failed.push(format!("{question} ({letters})\n  {}", found.join("\n  ")));
        }
    }
    assert!(
        failed.len() <= UNANSWERED,
        "{} of {}:\n{}",
        failed.len(),
        QUESTIONS.len(),
        failed.join("\n")
    );
}

#[test]
fn no_document_is_lost() {
    for (name, documents) in [
        ("wikinews-diplomacy.jsonl", 287),
        ("policy-speeches.jsonl", 630),
        ("country-profiles-en.jsonl", 1_284),
        ("aozora", 56),
    ] {
        let Some(path) = common::real_texts(name) else {
            continue;
        };
        // What matters here are the documents: grams alone are quicker, and on disk.
        let folder = tempfile::tempdir().unwrap();
        let index = Index::create(folder.path(), Analyzer::grams_only()).unwrap();
        let mut writer = index.writer(&WriterOptions::default()).unwrap();
        let mut said = Vec::new();
        let summary = writer
            .update(&[&path], |event| {
                if let Event::Problem(_) = event {
                    said.push(format!("{event:?}"));
                }
                ControlFlow::Continue(())
            })
            .unwrap();
        assert_eq!(said, Vec::<String>::new(), "{name}");
        assert_eq!(summary.documents, documents, "{name}");
        let sources = Source::walk(&path).unwrap().map(Result::unwrap);
        let read: Vec<Document> = sources
            .flat_map(|source| source.read().unwrap())
            .map(Result::unwrap)
            .collect();
        assert_eq!(read.len(), documents);
        assert_eq!(
            index.searcher().unwrap().status().unwrap().documents,
            documents,
            "{name}"
        );
        index.verify().unwrap();
    }
}

#[test]
#[allow(clippy::print_stdout)]
fn a_country_profile_is_about_its_country() {
    let Some((index, _)) = index(&["country-profiles-en.jsonl"]) else {
        return;
    };
    let searcher = index.searcher().unwrap();
    let options = SearchOptions {
        per_document: 1,
        ..SearchOptions::top(2_000)
    };
    let hits = searcher.search(&Query::All, &options).unwrap().hits;
    let (mut right, mut wrong) = (0, Vec::new());
    for hit in hits {
        let shown = searcher.show(&hit.document.id, "en").unwrap();
        let name = shown.metadata["country_name"].as_str().unwrap_or_default();
        let Some(country) = fumikura::Country::named(name) else {
            continue; // A place that is no country's code: the Paracel Islands.
        };
        let main = shown.main.countries.first().map(|main| main.value.clone());
        match main == Some(fumikura::FacetValue::Name(country.to_string())) {
            true => right += 1,
            false => wrong.push(format!("{}: {main:?}", hit.document.title)),
        }
    }
    println!(
        "{right} right, {} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(right > 1_000 && right >= 95 * (right + wrong.len()) / 100);
}
