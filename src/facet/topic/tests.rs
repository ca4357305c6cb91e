//! Cases for topics.

use super::finder::TopicFinder;
use super::*;
use crate::facet::fold::Folded;

fn found(text: &str) -> Vec<String> {
    let topics = TopicFinder::new(Taxonomy::built_in()).find(&Folded::new(text));
    topics.into_iter().map(|found| found.value).collect()
}

#[test]
fn the_built_in_taxonomy_is_well_formed() {
    let taxonomy = Taxonomy::parse(include_str!("../data/topics.toml")).unwrap();
    let main: Vec<&str> = taxonomy
        .paths()
        .filter(|path| !path.contains('/'))
        .collect();
    assert!(main.len() >= 12, "{main:?}");
    for path in &main {
        let below = taxonomy
            .paths()
            .filter(|p| p.starts_with(&format!("{path}/")))
            .count();
        assert!((2..=8).contains(&below), "{path}: {below}");
    }
    for path in taxonomy.paths() {
        assert_eq!(taxonomy.resolve(path), Some(path));
        assert_eq!(taxonomy.resolve(&taxonomy.label(path, "ja")), Some(path));
        assert_eq!(taxonomy.resolve(&taxonomy.label(path, "en")), Some(path));
    }
}

#[test]
fn texts_are_about_topics() {
    for (text, topic) in [
        ("両国は1992年に外交関係を樹立した。", "政治/外交"),
        ("大統領は国賓訪問し、共同声明を発表した。", "政治/首脳会談"),
        ("安全保障に関する協力とミサイル防衛", "政治/安全保障"),
        ("平和条約に署名し、議会が批准した。", "政治/条約"),
        ("国境画定交渉は領土問題を解決した。", "政治/領土"),
        ("貿易額は8億米ドルで、主な輸出品は小麦である。", "経済/貿易"),
        ("外国からの直接投資が増えた。", "経済/投資"),
        (
            "カザフスタンは石油と天然ガスを輸出し、パイプラインを持つ。",
            "経済/エネルギー",
        ),
        ("鉄道と港湾を結ぶ輸送回廊", "経済/交通"),
        ("文化交流の行事が開かれた。", "文化/交流"),
        ("日本語教育と国語の公用語としての地位", "文化/言語"),
        ("オリンピックの選手", "文化/スポーツ"),
        ("観光客が訪れる", "観光"),
        ("留学生への奨学金", "教育/留学"),
        ("アラル海の水資源の管理", "環境/水"),
        ("気候変動と温室効果ガスの排出", "環境/気候変動"),
        ("バイコヌールからロケットが打ち上げられた", "科学技術/宇宙"),
        ("外国人労働者の受け入れ", "移民/労働"),
        ("国連安保理の決議", "国際機関/国連"),
        ("ＡＳＥＡＮと上海協力機構", "国際機関/地域機構"),
        ("政府開発援助（ＯＤＡ）による無償資金協力", "開発協力/ODA"),
        ("感染症の流行とワクチン", "保健/感染症"),
        (
            "The free trade agreement lowers tariffs on exports.",
            "経済/貿易",
        ),
        (
            "A crude oil pipeline and natural gas deposits",
            "経済/エネルギー",
        ),
        (
            "The ambassador opened the embassy; diplomatic relations",
            "政治/外交",
        ),
        (
            "Climate change and greenhouse gas emissions",
            "環境/気候変動",
        ),
        ("Refugees seeking asylum", "移民/難民"),
    ] {
        let found = found(text);
        assert!(
            found.iter().any(|path| path == topic),
            "{text}: {found:?}, not {topic}"
        );
        assert!(found.len() <= 3, "{text}: {found:?}");
    }
}

#[test]
fn texts_about_nothing_in_particular() {
    for text in [
        "",
        "今日はよい天気です。",
        "吾輩は猫である。名前はまだ無い。",
        "It is important to report this.",
        "ガスパール",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn names_of_topics() {
    for (name, path) in [
        ("経済/貿易", Some("経済/貿易")),
        ("経済／貿易", Some("経済/貿易")),
        ("経済 / 貿易", Some("経済/貿易")),
        ("貿易", Some("経済/貿易")),
        ("経済", Some("経済")),
        ("trade", Some("経済/貿易")),
        ("Economy/Trade", Some("経済/貿易")),
        ("oda", Some("開発協力/ODA")),
        ("ＯＤＡ", Some("開発協力/ODA")),
        ("経済/", Some("経済")),
        ("占星術", None),
        ("", None),
    ] {
        assert_eq!(resolve(name), path, "{name}");
    }
    assert_eq!(label("経済/貿易", "ja_JP.UTF-8"), "経済 / 貿易");
    assert_eq!(label("経済/貿易", "fr"), "Economy / Trade");
    assert_eq!(label("占星術", "ja"), "占星術");
}

#[test]
fn mistakes_in_a_taxonomy() {
    for (toml, reason) in [
        (
            "[[topic]]\npath = \"a/b\"\nen = \"B\"\n",
            "topic \"a/b\" stands before its parent \"a\"",
        ),
        (
            "[[topic]]\npath = \"a\"\nen = \"A\"\n[[topic]]\npath = \"a\"\nen = \"A\"\n",
            "topic \"a\" is in the taxonomy twice",
        ),
        (
            "[[topic]]\npath = \"a\"\nen = \"A\"\nstorng = []\n",
            "the taxonomy is not valid",
        ),
    ] {
        assert_eq!(Taxonomy::parse(toml).unwrap_err().to_string(), reason);
    }
}
