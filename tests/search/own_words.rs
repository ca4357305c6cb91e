//! Words of one's own, and the settings of a folder of texts.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use fumikura::{
    Analyzer, CorpusSettings, Dictionary, ErrorKind, Index, Query, SearchOptions, UserDictionary,
    WriterOptions,
};

use super::{common, ids};

const WORDS: &str = "山背月宮,名詞,ヤマセゲッキュウ\nヴォルタ條約,名詞,ボルタジョウヤク\n";

fn analyzer(words: &str) -> Analyzer {
    let dictionary = Dictionary::open(common::dictionary()).unwrap();
    Analyzer::with_user_dictionary(dictionary, UserDictionary::parse(words).unwrap()).unwrap()
}

fn words(analyzer: &Analyzer, text: &str) -> Vec<String> {
    let analysis = analyzer.analyze(text, Some("ja"));
    let content = analysis.words.content();
    content.map(|token| token.term.to_owned()).collect()
}

#[test]
fn a_word_of_ones_own_is_one_word_in_any_spelling() {
    let own = analyzer(WORDS);
    assert!(words(&own, "山背月宮の鐘").contains(&"山背月宮".to_owned()));
    assert!(!words(&common::analyzer(), "山背月宮の鐘").contains(&"山背月宮".to_owned()));
    assert_eq!(words(&own, "ボルタ条約"), ["ボルタ条約"]);
    let readings = own.analyze("山背月宮", Some("ja")).readings;
    assert!(
        readings
            .iter()
            .any(|token| token.term == "ヤマセゲッキュー")
    );
    let known_by = own.stages("山背月宮", None).tokens[0].known_by;
    assert_eq!(
        known_by,
        Some(fumikura::analysis::stages::KnownBy::UserDictionary)
    );
}

#[test]
fn the_words_decide_the_fingerprint() {
    let (own, plain) = (analyzer(WORDS), common::analyzer());
    assert_ne!(own.fingerprint(), plain.fingerprint());
    assert_eq!(analyzer("").fingerprint(), plain.fingerprint());
    assert_eq!(own.fingerprint(), analyzer(WORDS).fingerprint());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index");
    Index::create(&path, own.clone()).unwrap();
    let kept = Index::user_dictionary_of(&path).unwrap().unwrap();
    assert_eq!(Some(&kept), own.user_dictionary());
    assert_eq!(
        Index::open(&path, plain).unwrap_err().kind(),
        ErrorKind::Incompatible
    );
    Index::open(&path, own).unwrap();
    fs::write(
        path.join("generation-1/user-dictionary.csv"),
        "別,名詞,ベツ",
    )
    .unwrap();
    let altered = Index::user_dictionary_of(&path).unwrap_err();
    assert_eq!(altered.kind(), ErrorKind::Damaged);
}

fn found(index: &Index, query: &str) -> (Vec<String>, Vec<String>) {
    let query = Query::parse(query).query;
    let hits = index
        .searcher()
        .unwrap()
        .search(&query, &SearchOptions::top(10))
        .unwrap();
    (ids(&hits), hits.complaints)
}

fn update(index: &Index, texts: &Path) -> Vec<String> {
    let mut told = Vec::new();
    let mut writer = index.writer(&WriterOptions::default()).unwrap();
    let summary = writer.update(&[texts], |event| {
        if let fumikura::Event::Problem(error) = event {
            told.push(error.to_string());
        }
        ControlFlow::Continue(())
    });
    summary.unwrap();
    told
}

#[test]
fn synonyms_beside_the_texts_need_no_new_index() {
    let folder = tempfile::tempdir().unwrap();
    let texts = folder.path().join("texts");
    fs::create_dir(&texts).unwrap();
    fs::write(texts.join("a.txt"), "鐘楼の修理は春に終わる。").unwrap();
    let index = Index::create(folder.path().join("index"), common::analyzer()).unwrap();
    update(&index, &texts);
    assert!(found(&index, "つりがね堂").0.is_empty());

    fs::write(texts.join("synonyms.tsv"), "つりがね堂\t鐘楼\n").unwrap();
    assert_eq!(
        found(&index, "つりがね堂"),
        (vec!["a.txt".to_owned()], Vec::new())
    );
    assert!(update(&index, &texts).is_empty());
    assert_eq!(
        index.searcher().unwrap().status().unwrap().documents,
        1,
        "no text"
    );

    fs::write(texts.join("synonyms.tsv"), "つりがね堂\n").unwrap();
    let (ids, complaints) = found(&index, "鐘楼");
    assert_eq!(ids, ["a.txt"]);
    assert!(
        complaints[0].contains("synonyms.tsv:1: `つりがね堂` stands alone, searched without it"),
        "{complaints:?}"
    );

    // Under another name, which the folder says.
    fs::rename(texts.join("synonyms.tsv"), texts.join("words.txt")).unwrap();
    fs::write(texts.join("words.txt"), "つりがね堂\t鐘楼\n").unwrap();
    fs::write(texts.join("fumikura.toml"), "synonyms = './words.txt'\n").unwrap();
    assert!(update(&index, &texts).is_empty());
    assert_eq!(found(&index, "つりがね堂").0, ["a.txt"]);
    assert_eq!(
        index.searcher().unwrap().status().unwrap().documents,
        1,
        "no text"
    );

    fs::write(texts.join("fumikura.toml"), "synonym = 'words.txt'\n").unwrap();
    let told = update(&index, &texts);
    assert!(
        told[0].contains("fumikura.toml:1: unknown field `synonym`"),
        "{told:?}"
    );
    assert_eq!(
        CorpusSettings::read(&texts).unwrap_err().kind(),
        ErrorKind::Malformed
    );
}
