//! What users of other engines complained about.

use fumikura::SearchOptions;

use super::Shelf;

#[test]
fn a_chinese_document_hides_no_japanese_one() {
    let japanese = [
        ("a", "国際会議が開かれた。"),
        ("b", "日本国憲法は一九四六年に公布された。"),
        ("c", "東京外国語大学"),
        ("d", "有料配信"),
    ];
    let queries = [
        "国際",
        "会議",
        "日本国憲法",
        "憲法",
        "東京",
        "外国語",
        "大学",
        "有料",
        "配信",
        "東",
        "\"国語大\"",
        "+国際",
        "国際会議はいつ開かれたか",
        "公布*",
    ];
    let alone = Shelf::of(&japanese);
    let mut texts = japanese.to_vec();
    texts.push((
        "zh",
        "国际会议在北京举行，日本国宪法，东京外国语大学，收费播放。",
    ));
    texts.push(("zh-hant", "國際會議在臺北舉行。"));
    texts.push(("ko", "국제 회의"));
    let among = Shelf::of(&texts);
    for query in queries {
        let among = among.found(query);
        for id in alone.found(query) {
            assert!(among.contains(&id), "{query}: {id} is gone");
        }
    }
}

#[test]
fn a_document_of_han_characters_alone_is_found() {
    let shelf = Shelf::of(&[
        ("name", "日東電工"),
        ("stream", "有料配信"),
        ("east", "東"),
        ("kana", "これはひらがなのぶんしょうです。"),
    ]);
    shelf.ranks(&[
        ("日東電工", "name"),
        ("有料配信", "stream"),
        ("有料", "stream"),
        ("配信", "stream"),
        ("電工", "name"),
        ("ひらがな", "kana"),
    ]);
    shelf.finds(&[("東", "name east"), ("日東", "name")]);
}

#[test]
fn a_word_is_found_whatever_follows_it() {
    let shelf = Shelf::of(&[
        ("dior", "Dior化粧品等の輸入が増えた。"),
        ("cola", "コカ・コーラとアイス・キューブ"),
        ("resto", "レストランテスト"),
        ("vegan", "ヴィーガン"),
        ("line", "新幹線の駅"),
        ("manchu", "南満州鉄道株式会社の設立"),
    ]);
    shelf.ranks(&[
        ("Dior化粧品", "dior"),
        ("化粧品", "dior"),
        ("dior", "dior"),
        ("コカコーラ", "cola"),
        ("コカ・コーラ", "cola"),
        ("アイス", "cola"),
        ("キューブ", "cola"),
        ("レストラン", "resto"),
        ("テスト", "resto"),
        ("ヴィーガン", "vegan"),
        ("新幹線", "line"),
        ("南満州鉄道", "manchu"),
        ("株式会社", "manchu"),
    ]);
    shelf.finds(&[("\"Dior化粧品\"", "dior"), ("\"コカ・コーラ\"", "cola")]);
}

#[test]
fn letters_in_another_order_are_another_word() {
    let shelf = Shelf::of(&[
        ("green", "グリーン水素の輸出が始まる。"),
        ("ring", "指に光るリングを外した。"),
        ("rings", "五つのリング"),
    ]);
    let ranked = shelf.ranked("リング");
    assert!(!ranked.contains(&"green".to_owned()), "{ranked:?}");
    shelf.finds(&[("\"リング\"", "ring rings"), ("+リング", "ring rings")]);
}

#[test]
fn a_document_of_lone_marks_is_harmless() {
    let shelf = Shelf::of(&[
        ("tsu", "ッー"),
        ("marks", "゛゜"),
        ("repeat", "々々 ゝ 〱 ヽ"),
        ("oni", "魈"),
        ("ivan", "いう゛ぁんか"),
        ("panic", "パニック が起きた"),
    ]);
    shelf.finds(&[("魈", "oni"), ("パニック", "panic")]);
    shelf.ranks(&[
        ("ッー", "tsu"),
        ("いゔぁんか", "ivan"),
        ("いう゛ぁんか", "ivan"),
    ]);
}

#[test]
fn months_and_days_are_found() {
    let shelf = Shelf::of(&[
        ("march", "会議は3月に閉幕した。"),
        ("may", "会議は5月に閉幕した。"),
        ("day", "協定は2024年3月15日に発効した。"),
    ]);
    shelf.ranks(&[
        ("5月", "may"),
        ("2024年3月15日", "day"),
        ("３月　会議", "march"),
        ("3月15日", "day"),
    ]);
    shelf.finds(&[
        ("\"3月\"", "march day"),
        ("+3月 会議", "march day"),
        ("\"15日\"", "day"),
    ]);
}

#[test]
fn highlights_show_the_words_as_written() {
    let cases = [
        ("ベトナム", "ﾍﾞﾄﾅﾑの首相が来日した。", vec!["ﾍﾞﾄﾅﾑ"]),
        ("署名する", "両国は協定に署名した。", vec!["署名"]),
        ("盗む", "記録が盗まれた。", vec!["盗ま"]),
        ("2024", "２０２４年の会談", vec!["２０２４"]),
        ("協会", "株式会社日本協会㍿", vec!["協会"]),
        ("株式会社", "㍿日本", vec!["㍿"]),
        ("\"由貿\"", "自由貿易", vec!["由貿"]),
        ("カザフ*", "カザフスタン人", vec!["カザフスタン"]),
        ("OECD", "oecdとＯＥＣＤ", vec!["oecd", "ＯＥＣＤ"]),
        ("trade", "Trade, not tradesmen.", vec!["Trade"]),
        ("東", "東京と関東", vec!["東", "東"]),
    ];
    for (query, text, expected) in cases {
        let shelf = Shelf::of(&[("a", text)]);
        let hits = shelf.hits(query, &SearchOptions::top(1));
        let snippet = &hits
            .hits
            .first()
            .unwrap_or_else(|| panic!("{query} in {text}"))
            .snippet;
        assert_eq!(snippet.text, text, "without its marks");
        let chars: Vec<char> = snippet.text.chars().collect();
        let marked: Vec<String> = snippet
            .highlights
            .iter()
            .map(|&(start, end)| chars[start..end].iter().collect())
            .collect();
        assert_eq!(marked, expected, "{query} in {text}");
    }
}

#[test]
fn a_query_of_ten_thousand_characters_is_quick() {
    let shelf = Shelf::of(&[("a", "外相会談が東京で開かれた。"), ("b", "石油の輸出")]);
    let queries = [
        "東京の外相会談について".repeat(900),
        "外交".repeat(5_000),
        "\"".to_owned() + &"会談".repeat(4_999) + "\"",
        "a ".repeat(5_000),
        "東京* ".repeat(2_500),
        "+東京 ".repeat(2_500),
        "(".repeat(10_000),
        "あ".repeat(10_000) + "*",
    ];
    for query in queries {
        let started = std::time::Instant::now();
        shelf.hits(&query, &SearchOptions::top(10));
        let took = started.elapsed();
        let start: String = query.chars().take(8).collect();
        assert!(took.as_secs_f32() < 2.0, "{start}…: {took:?}");
    }
}
