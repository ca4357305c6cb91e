//! Phrases, operators, fields and prefixes.

use fumikura::{Block, BlockKind, Document};

use super::Shelf;

fn shelf() -> Shelf {
    Shelf::of(&[
        ("tokyo", "東京で首脳会談が開かれた。"),
        ("tokyo-trade", "東京で貿易の会議が開かれた。"),
        ("hanoi", "ハノイで首脳会談が開かれた。"),
        ("hanoi-trade", "ハノイで貿易が話し合われた。"),
        ("kazakh", "カザフスタンは石油を輸出する。"),
        ("kazakh-people", "カザフ人の詩人が来日した。"),
        ("west", "大西洋を渡る船が増えた。"),
    ])
}

#[test]
fn and_or_not() {
    shelf().finds(&[
        ("東京 AND 貿易", "tokyo-trade"),
        ("東京　ＡＮＤ　貿易", "tokyo-trade"),
        ("東京 OR ハノイ", "tokyo tokyo-trade hanoi hanoi-trade"),
        ("東京 NOT 貿易", "tokyo"),
        ("東京 -貿易", "tokyo"),
        ("東京　－貿易", "tokyo"),
        ("+東京 +首脳", "tokyo"),
        ("(東京 OR ハノイ) AND 貿易", "tokyo-trade hanoi-trade"),
        ("東京 AND 貿易 OR ハノイ AND 首脳", "tokyo-trade hanoi"),
        ("(東京 AND NOT 貿易) OR 石油", "tokyo kazakh"),
        ("(東京 AND NOT 貿易) OR ハノイ", "tokyo hanoi hanoi-trade"),
        ("NOT (東京 OR ハノイ)", "kazakh kazakh-people west"),
        ("-東京 -ハノイ", "kazakh kazakh-people west"),
        (
            "NOT 首脳会談",
            "tokyo-trade hanoi-trade kazakh kazakh-people west",
        ),
        ("貿易 -東京 -ハノイ", ""),
    ]);
}

#[test]
fn what_is_required_is_there_and_what_is_wished_for_adds() {
    let shelf = shelf();
    shelf.finds(&[("+石油 貿易", "kazakh"), ("+首脳 東京", "tokyo hanoi")]);
    shelf.ranks(&[
        ("+首脳 東京", "tokyo hanoi"),
        ("+首脳 ハノイ", "hanoi tokyo"),
    ]);
}

#[test]
fn excluding_a_part_of_a_word_excludes_the_word_alone() {
    let shelf = Shelf::of(&[("metropolis", "東京都の会議"), ("kyoto", "京都の会議")]);
    // Letter by letter 京都 stands in 東京都, too: what is excluded is gone for certain.
    shelf.finds(&[("会議 -東京都", "kyoto"), ("会議 -東京", "kyoto")]);
}

#[test]
fn a_phrase_is_found_wherever_the_dictionary_cuts() {
    let text = "昨年、大韓民国と日本国の外務大臣が、関西国際空港の会議室で3月7日に自由貿易協定の草案へ署名した。";
    let shelf = Shelf::of(&[("a", text), ("b", "何の関わりもない文章がここにある。")]);
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for length in 1..=12 {
        for start in 0..chars.len() - length {
            let part = &text[chars[start].0..chars[start + length].0];
            if part.chars().all(|c| matches!(c, '、' | '。')) {
                continue;
            }
            let found = shelf.found(&format!("\"{part}\""));
            assert!(found.contains(&"a".to_owned()), "\"{part}\": {found:?}");
        }
    }
}

#[test]
fn a_phrase_is_verbatim() {
    let shelf = Shelf::of(&[
        ("free", "自由貿易協定に署名した。"),
        ("fair", "公正で自由な貿易のための協定に署名した。"),
        ("english", "They signed a Free Trade Agreement."),
        ("reversed", "An agreement on trade, free of charge."),
    ]);
    shelf.finds(&[
        ("\"自由貿易協定\"", "free"),
        ("「自由貿易」", "free"),
        ("“自由な貿易”", "fair"),
        ("\"free trade\"", "english"),
        ("＂ｆｒｅｅ　ｔｒａｄｅ＂", "english"),
        ("\"由貿\"", "free"),
        ("署名 -\"自由貿易\"", "fair"),
        ("\"貿易自由\"", ""),
    ]);
}

#[test]
fn prefixes_begin_words() {
    shelf().finds(&[
        ("カザフ*", "kazakh kazakh-people"),
        ("カザフス＊", "kazakh"),
        ("ｶｻﾞﾌ*", "kazakh kazakh-people"),
        ("首*", "tokyo hanoi"),
        ("貿易*", "tokyo-trade hanoi-trade"),
    ]);
    let latin = Shelf::of(&[
        ("a", "Kazakhstan and Kazakhs"),
        ("b", "Qazaqstan"),
        ("c", "a.b* c"),
    ]);
    latin.finds(&[
        ("kazakh*", "a"),
        ("Kaz*", "a"),
        ("stan*", ""),
        ("qazaq*", "b"),
    ]);
}

#[test]
fn a_single_character_is_found_anywhere() {
    shelf().finds(&[
        ("東", "tokyo tokyo-trade"),
        ("脳", "tokyo hanoi"),
        ("洋", "west"),
        ("西", "west"),
        ("カ", "kazakh kazakh-people"),
        ("\"洋\"", "west"),
        ("+東", "tokyo tokyo-trade"),
        ("会議 -東", ""),
    ]);
}

fn with_headings() -> Shelf {
    let mut report = Document::new("report", "外交白書", "");
    for (kind, text) in [
        (BlockKind::Heading(1), "東南アジア"),
        (BlockKind::Paragraph, "貿易が増えた。"),
        (BlockKind::Heading(1), "中東"),
        (BlockKind::Paragraph, "石油の輸入が減った。"),
    ] {
        let start = report.text.len();
        report.text.push_str(text);
        let range = start..report.text.len();
        report.blocks.push(Block { kind, range });
        report.text.push('\n');
    }
    let memo = Document::new("memo", "貿易の記録", "白書は中東を論じた。");
    Shelf::with(vec![report, memo])
}

#[test]
fn fields_narrow() {
    let shelf = with_headings();
    let passages = |query: &str| {
        let hits = shelf.hits(query, &fumikura::SearchOptions::top(10));
        let mut ids: Vec<String> = hits.hits.into_iter().map(|hit| hit.passage.id).collect();
        ids.sort();
        ids
    };
    for (query, expected) in [
        ("title:白書", vec!["report#0", "report#1"]),
        ("題名：白書", vec!["report#0", "report#1"]),
        ("text:白書", vec!["memo#0"]),
        ("heading:中東", vec!["report#1"]),
        ("見出し:中東", vec!["report#1"]),
        ("text:中東", vec!["memo#0"]),
        ("title:貿易", vec!["memo#0"]),
        ("本文:貿易", vec!["report#0"]),
        ("heading:アジア", vec!["report#0"]),
        ("title:\"外交白書\" 石油", vec!["report#0", "report#1"]),
        ("title:外交 AND text:石油", vec!["report#1"]),
        ("heading:貿易", vec![]),
    ] {
        assert_eq!(passages(query), expected, "{query}");
    }
}

#[test]
fn a_passage_of_its_section_comes_first() {
    let shelf = with_headings();
    let hits = shelf.hits("中東 石油", &fumikura::SearchOptions::top(10));
    assert_eq!(hits.hits[0].passage.id, "report#1");
    assert_eq!(hits.hits[0].passage.heading, "中東");
}
