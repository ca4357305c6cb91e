//! Cases for topics.

use proptest::prelude::*;

use super::finder::TopicFinder;
use super::*;
use crate::error::ErrorKind;
use crate::facet::fold::Folded;

fn found_by(finder: &TopicFinder, text: &str, headings: &str) -> Vec<String> {
    let topics = finder.find(&Folded::new(text), headings);
    topics.into_iter().map(|found| found.value).collect()
}

fn found(text: &str) -> Vec<String> {
    // Its tables take a while to build.
    static FINDER: LazyLock<TopicFinder> = LazyLock::new(|| TopicFinder::new(Taxonomy::built_in()));
    found_by(&FINDER, text, "")
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
        assert!((3..=8).contains(&below), "{path}: {below}");
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
        ("两国签署了自由贸易协定，降低关税。", "経済/貿易"),
        ("양국은 외교 관계를 수립했다.", "政治/外交"),
        ("В стране началась эпидемия гриппа.", "保健/感染症"),
        ("Страны оказали гуманитарную помощь.", "開発協力/人道支援"),
        ("Елшіліктер мен дипломатияның тарихы", "政治/外交"),
        ("Chính phủ giảm thuế quan và tăng xuất khẩu.", "経済/貿易"),
        ("Die Regierung senkt die Zölle.", "経済/貿易"),
        ("Les réfugiés demandent l’asile.", "移民/難民"),
        ("La inflación y el desempleo suben.", "経済/景気"),
        ("وصل آلاف اللاجئين إلى الحدود", "移民/難民"),
    ] {
        let found = found(text);
        assert!(
            found.iter().any(|path| path == topic),
            "{text}: {found:?}, not {topic}"
        );
        assert!(found.len() <= 5, "{text}: {found:?}");
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
        "外交的な性格の人",
        "交流電源と直流",
        "協定世界時に合わせる",
        "学校の審議会と協議会",
        "The trade union met in the convention center.",
        "Trade winds and an energy drink",
        "Этот газон зеленый, а отель далеко",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

/// What a small taxonomy finds, `|` between text and headings.
#[test]
fn terms_and_their_boundaries() {
    let taxonomy = Taxonomy::parse(
        r#"
        [[topic]]
        path = "a"
        en = "A"
        [[topic]]
        path = "a/x"
        en = "X"
        strong = ["port", "дипломат*", "гуманитарн* помощ*", "ビザ", "パイプライン", "نفط", "国交"]
        medium = ["harbour", "quay"]
        weak = ["ship", "sail", "mast"]
        not = ["port wine", "外国交流"]
        [[topic]]
        path = "b"
        en = "B"
        strong = ["quayside", "sail loft", "rope", "oar"]
        "#,
    )
    .unwrap();
    let finder = TopicFinder::new(&taxonomy);
    for (text, expected) in [
        ("A port.", "a/x"),
        ("PORTS", "a/x"),
        ("ＰＯＲＴ", "a/x"),
        ("airport portal sport 2port", ""),
        ("port wine", ""),
        ("port wine at the port", "a/x"),
        ("российская дипломатия", "a/x"),
        ("дипломат", "a/x"),
        ("недипломатично", ""),
        ("гуманитарную помощь", "a/x"),
        ("гуманитарную и помощь", ""),
        ("ビザの申請", "a/x"),
        ("ビザンツとモビザ", ""),
        ("石油パイプライン網", "a/x"),
        ("والنفط", "a/x"),
        ("منفط", ""),
        ("国交を", "a/x"),
        ("外国交流", ""),
        // Two mediums, or a medium and a weak one; the same one twice does not count twice.
        ("harbour and quay", "a/x"),
        ("harbour and ship", "a/x"),
        ("harbour and harbour", ""),
        ("a ship, a sail, a mast", "a/x"),
        ("a ship and a sail", ""),
        // The longest of terms that overlap.
        ("quayside", "b"),
        // A side remark: 3 points of 9.
        ("rope, oar, sail loft and port", "b"),
        ("rope and port", "a/x b"),
        // Headings add to what the text shows, by half.
        ("harbour|quay", "a/x"),
        ("harbour|ship", ""),
        ("nothing|port", ""),
        ("ship|port and harbour", "a/x"),
    ] {
        let (text, headings) = text.split_once('|').unwrap_or((text, ""));
        assert_eq!(
            found_by(&finder, text, headings).join(" "),
            expected,
            "{text}|{headings}"
        );
    }
}

#[test]
fn places_and_counts() {
    let text = "両国は貿易を拡げ、ﾎﾞｳｴｷ、貿易と関税を論じた。";
    let topics = TopicFinder::new(Taxonomy::built_in()).find(&Folded::new(text), "");
    assert_eq!(topics[0].value, "経済/貿易");
    assert_eq!(&text[topics[0].range.clone().unwrap()], "貿易");
    assert_eq!(topics[0].count, 3);
}

/// Text of one word that goes on and on, where every place is a candidate.
#[test]
fn long_words_take_no_longer_than_others() {
    for unit in ["نفط", "дипломат", "port", "国交", "ビザ", "a "] {
        let found = found(&unit.repeat(1_000_000 / unit.len()));
        assert!(found.len() <= 5, "{unit}: {found:?}");
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
fn a_taxonomy_that_extends_the_built_in_one() {
    let taxonomy = Taxonomy::parse(
        "extend = true\n[[topic]]\npath = \"経済/貿易\"\nen = \"Commerce\"\nstrong = [\"行商\"]\n\
         not = [\"関税\"]\n[[topic]]\npath = \"経済/市場\"\nen = \"Markets\"\nstrong = [\"朝市\"]\n",
    )
    .unwrap();
    assert_eq!(taxonomy.label("経済/貿易", "en"), "Economy / Commerce");
    assert_eq!(taxonomy.resolve("markets"), Some("経済/市場"));
    assert_eq!(taxonomy.resolve("観光"), Some("観光"));
    let finder = TopicFinder::new(&taxonomy);
    for (text, expected) in [
        ("行商", "経済/貿易"),
        ("貿易", "経済/貿易"),
        ("関税", ""),
        ("朝市", "経済/市場"),
    ] {
        assert_eq!(found_by(&finder, text, "").join(" "), expected, "{text}");
    }
}

#[test]
fn mistakes_in_a_taxonomy() {
    // `@` stands for this.
    const A: &str = "[[topic]]\npath = \"a\"\nen = \"A\"\n";
    for (toml, reason) in [
        ("", "line 1: there is no topic"),
        ("[[topic]", "line 1: unclosed array table"),
        ("[[topic]]\npath = \"a\"\n", "line 1: missing field `en`"),
        ("[[topic]]\npath = 5\nen = \"A\"\n", "line 2: invalid type"),
        ("stron = 1\n", "line 1: unknown field `stron`"),
        ("@storng = []\n", "line 4: unknown field `storng`"),
        (
            "[[topic]]\npath = \"a/b\"\nen = \"B\"\n@",
            "line 2: topic `a/b` stands before `a`",
        ),
        (
            "@[[topic]]\npath = \"c/b\"\nen = \"B\"\n",
            "line 5: topic `c/b` stands below `c`, which is not there",
        ),
        ("@@", "line 5: topic `a` is there twice"),
        (
            "[[topic]]\npath = \"\"\nen = \"A\"\n",
            "line 2: path `` has an empty part or a space around one",
        ),
        (
            "@[[topic]]\npath = \"a/\"\nen = \"A\"\n",
            "line 5: path `a/` has an empty part or a space around one",
        ),
        (
            "@[[topic]]\npath = \"a / b\"\nen = \"A\"\n",
            "line 5: path `a / b` has an empty part or a space around one",
        ),
        (
            "[[topic]]\npath = \"a\"\nen = \" \"\n",
            "line 3: the English label `en` of topic `a` is empty",
        ),
        (
            "@strong = [\"ab\",\n\"\"]\n",
            "line 5: term `` of topic `a` is empty",
        ),
        (
            "@weak = [\"あ\"]\n",
            "line 4: term `あ` of topic `a` would be found nearly everywhere",
        ),
        (
            "@weak = [\"*\"]\n",
            "line 4: term `*` of topic `a` would be found nearly everywhere",
        ),
        (
            "@weak = [\"x*\"]\n",
            "line 4: term `x*` of topic `a` would be found nearly everywhere",
        ),
        (
            "@not = [\" ab\"]\n",
            "line 4: term ` ab` of topic `a` has a space around it",
        ),
        (
            "@strong = [\"ab\"]\nweak = [\"ＡＢ\"]\n",
            "line 5: term `ＡＢ` of topic `a` is there twice, in some width or case",
        ),
    ] {
        let error = Taxonomy::parse(&toml.replace('@', A)).unwrap_err();
        // What the reader of TOML says may go on.
        assert!(error.to_string().starts_with(reason), "{toml}: {error}");
        assert_eq!(error.kind(), ErrorKind::Malformed);
        assert!(error.hint().is_some(), "{toml}");
    }
    assert!(Taxonomy::parse(&format!("{A}strong = [\"米\"]")).is_ok());
}

proptest! {
    #[test]
    fn any_file_is_read_or_refused(toml in "(\\[\\[topic\\]\\]\n|path = |en = |weak = |\"a\"|\"a/b\"|\"\"|\\[|\\]|\n|extend = true|é|\\PC){0,16}") {
        let _ = Taxonomy::parse(&toml);
    }
}
