//! What the char filters make of texts, and where its parts came from.

use super::*;

fn spelt(text: &str) -> String {
    CharFilters::new().spell(fold(text, None)).text
}

fn loose(text: &str) -> String {
    loosen(CharFilters::new().spell(fold(text, None))).text
}

#[test]
fn spellings_before_words_are_cut() {
    for (text, expected) in [
        ("國際聯合", "国際連合"),
        ("南滿洲鐵道", "南満州鉄道"),
        ("经济", "経済"),
        ("皇后と雲と裏", "皇后と雲と裏"),
        ("髙﨑さん", "高崎さん"),
        ("こゝろ", "こころ"),
        ("いすゞ", "いすず"),
        ("づゝ", "づつ"),
        ("いろ〱な", "いろいろな"),
        ("しみ〲", "しみじみ"),
        ("いよ〳〵", "いよいよ"),
        ("ヱヾ", "ヱベ"),
        ("ウヾェ", "ウブェ"),
        ("ゝ", "ゝ"),
        ("〱の", "〱の"),
        ("ヴェトナム", "ベトナム"),
        ("ｳﾞｪﾄﾅﾑ", "ベトナム"),
        ("ウ\u{3099}ィザ", "ビザ"),
        ("レヴュー", "レビュー"),
        ("ヴ", "ブ"),
        ("ゔぇ", "べ"),
        ("コンピュ−タ", "コンピュータ"),
        ("ニュ‐ヨ‐ク", "ニューヨーク"),
        ("コミュニケ－ション", "コミュニケーション"),
        ("センタ―の", "センターの"),
        ("ロシア−ウクライナ", "ロシア-ウクライナ"),
        ("アポロ-11", "アポロ-11"),
        ("ロシア――隣国", "ロシア――隣国"),
        ("300,000,000人", "300000000人"),
        ("1,2と12,34と1234,567", "1,2と12,34と1234,567"),
        ("Tokyo’s", "tokyo's"),
    ] {
        assert_eq!(spelt(text), expected, "{text:?}");
    }
}

#[test]
fn spelling_twice_changes_nothing() {
    for text in [
        "ヱヾ",
        "ウヾェ",
        "ウァ〲",
        "うゞ",
        "ゔゞ",
        "ヴヽ",
        "は〲",
        "ぱゞ",
        "づゝ",
        "國々",
    ] {
        let once = spelt(text);
        assert_eq!(spelt(&once), once, "{text:?}");
    }
}

#[test]
fn looser_spellings() {
    for (text, expected) in [
        ("人々", "人人"),
        ("馬鹿々々しい", "馬鹿馬鹿しい"),
        ("々木", "々木"),
        ("キャノン", "キヤノン"),
        ("びょういん", "びょういん"),
        ("ト・ラム書記長", "トラム書記長"),
        ("カシム＝ヨルマト", "カシムヨルマト"),
        ("輸出・輸入", "輸出・輸入"),
        ("齋藤と斎藤", "斉藤と斉藤"),
    ] {
        assert_eq!(loose(text), expected, "{text:?}");
    }
}

#[test]
fn places_survive_all_filters() {
    let text = "米ｳﾞｪﾄﾅﾑ㍿の國々とト・ラム";
    let filtered = loosen(CharFilters::new().spell(fold(text, None)));
    let original = |part: &str| {
        let start = filtered
            .text
            .find(part)
            .expect("part is in the filtered text");
        &text[filtered.original(start..start + part.len())]
    };
    assert_eq!(original("ベ"), "ｳﾞｪ");
    assert_eq!(original("ベトナム"), "ｳﾞｪﾄﾅﾑ");
    assert_eq!(original("会社"), "㍿");
    assert_eq!(original("国"), "國");
    assert_eq!(original("国国"), "國々");
    assert_eq!(original("トラム"), "ト・ラム");
    assert_eq!(original("の"), "の");
}

/// Marks, vowels and dots of all the filters, in any order: places lie in the text, and what was spelt once stays.
#[test]
fn no_text_breaks_a_filter() {
    let pieces = [
        "ー",
        "ッ",
        "ゝ",
        "ゞ",
        "々",
        "〱",
        "〳",
        "〵",
        "ヴ",
        "ウ",
        "ヱ",
        "ヾ",
        "は",
        "〲",
        "ァ",
        "・",
        "−",
        "-",
        ",",
        "1",
        "国",
        "國",
        "ｳ",
        "ﾞ",
        "\u{3099}",
        "か",
        "\n",
        "\u{202e}",
        "\u{10ffff}",
        "\u{e000}",
    ];
    let filters = CharFilters::new();
    let mut state = 1u64;
    for _ in 0..100_000 {
        let mut text = String::new();
        for _ in 0..6 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
        }
        let spelt = filters.spell(fold(&text, None));
        if !text.contains('\n') {
            let again = filters.spell(fold(&spelt.text, None));
            assert_eq!(again.text, spelt.text, "{text:?}");
        }
        let filtered = loosen(spelt);
        let mut end = 0;
        for (at, c) in filtered.text.char_indices() {
            let range = filtered.original(at..at + c.len_utf8());
            assert!(
                range.start <= range.end && text.get(range.clone()).is_some(),
                "{text:?}"
            );
            assert!(range.end >= end, "{text:?}");
            end = range.end;
        }
    }
}
